//! The demo company is whole, alive, and what it says adds up.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::demo::{self, MovableClock, Standing};
use app::{App, follow};
use domain::{Clock, Company, Finance, Fulfilment, Instant, Order, OrderStatus, Service, Stock, Supply};
use store::query::company;
use store::{Place, Store};

async fn filled(now: Instant) -> (tempfile::TempDir, App, demo::Filled) {
    let directory = tempfile::tempdir().unwrap();
    let clock = MovableClock::new(Arc::new(move || now));
    let app = App::new(Store::open(Place::Directory(directory.path().into()), clock.clock()).await.unwrap());
    assert_eq!(demo::standing(&app).await.unwrap(), Standing::Absent);
    let mut steps = (0, 0);
    let filled = demo::fill(&app, &clock, "no hash", |done, all| steps = (done, all)).await.unwrap();
    assert!(steps.0 > 800 && steps.0 == steps.1, "{steps:?}");
    assert_eq!(demo::standing(&app).await.unwrap(), Standing::Whole);
    assert_eq!(app.store.now(), now);
    (directory, app, filled)
}

#[tokio::test]
async fn orders_are_in_every_state_and_everything_adds_up() {
    // A Saturday evening, a night before Monday, the first minutes of a year, noon: in China.
    for at in ["2026-11-21T10:00:00Z", "2026-11-22T19:30:00Z", "2026-12-31T16:05:00Z", "2027-03-03T04:00:00Z"] {
        check(Instant::parse(at).unwrap()).await;
    }
}

async fn check(now: Instant) {
    let (_directory, app, filled) = filled(now).await;
    assert_eq!((filled.customers, filled.products), (40, 60));
    let (orders, report, company, stock) = app
        .store
        .read(|reader| {
            let company = company::by_code(reader, demo::CODE)?.unwrap().id;
            let orders = reader.all::<Order>(company, "", &[])?;
            let stock = reader.all::<Stock>(company, "", &[])?;
            let settings = reader.get::<Company>(company, company)?.unwrap();
            Ok((orders, store::verify::verify(reader, company)?, settings, stock))
        })
        .await
        .unwrap();
    assert_eq!(report.findings, [], "the data must verify");
    assert_eq!(orders.len(), filled.orders);
    assert!(report.events > 1000);
    let all = |codes: BTreeSet<&'static str>, known: &[&'static str]| {
        let missing: Vec<_> = known.iter().filter(|code| !codes.contains(*code)).collect();
        assert!(missing.is_empty(), "no order is {missing:?}");
    };
    // An approved order takes effect at once, so none stays approved.
    let statuses: Vec<_> = OrderStatus::ALL
        .iter()
        .filter(|status| !matches!(status, OrderStatus::Approved | OrderStatus::AwaitingSignature))
        .map(|status| status.as_str())
        .collect();
    all(orders.iter().map(|order| order.status.as_str()).collect(), &statuses);
    all(orders.iter().map(|order| order.supply.as_str()).collect(), &Supply::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
    all(
        orders.iter().map(|order| order.fulfilment.as_str()).collect(),
        &Fulfilment::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>(),
    );
    all(orders.iter().map(|order| order.finance.as_str()).collect(), &Finance::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
    all(orders.iter().map(|order| order.service.as_str()).collect(), &Service::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
    let today = company.date_of(now);
    let count = |what: fn(&Order, domain::Date) -> bool| orders.iter().filter(|order| what(order, today)).count();
    assert!(count(|order, today| order.is_overdue(today)) >= 3);
    assert!(count(|order, today| order.is_late(today)) >= 3);
    assert!(count(|order, _| order.held) >= 3);
    let waits = |order: &&Order| order.status == OrderStatus::Submitted && order.submitted_at.unwrap().seconds_until(now) > 7200;
    assert!(orders.iter().filter(waits).count() >= 3, "some wait for review for more than two hours");
    assert!(stock.iter().any(|stock| stock.on_hand_micro == stock.reserved_micro), "something is short");
    let mut by_customer = BTreeMap::new();
    orders.iter().for_each(|order| *by_customer.entry(order.customer_id).or_insert(0) += 1);
    assert!(by_customer.len() >= 30, "{} customers order", by_customer.len());
}

#[tokio::test]
async fn months_of_business_leave_the_clocks_that_still_run_and_no_storm() {
    let (_directory, app, _) = filled(Instant::parse("2026-11-23T02:00:00Z").unwrap()).await;
    let company = app.store.read(|reader| Ok(company::by_code(reader, demo::CODE)?.unwrap().id)).await.unwrap();
    let before = app.store.read(move |reader| store::query::event::newest(reader, company)).await.unwrap();
    follow::catch_up(&app, company, app::clock::FOLLOWER).await.unwrap();
    let fired = app::clock::fire::fire_due(&app, company).await.unwrap();
    let (clocks, open, after) = app
        .store
        .read(move |reader| {
            let orders: BTreeMap<i64, Order> =
                reader.all::<Order>(company, "", &[])?.into_iter().map(|order| (order.id.raw(), order)).collect();
            let clocks = reader.all::<Clock>(company, "", &[])?;
            let open = clocks.iter().filter(|clock| clock.is_open());
            // The others are of inquiries.
            let open = open.filter_map(|clock| orders.get(&clock.subject_id).map(|order| order.status)).collect::<Vec<_>>();
            Ok((clocks, open, store::query::event::newest(reader, company)?))
        })
        .await
        .unwrap();
    assert!(open.len() > 20, "{}", open.len());
    assert!(open.iter().all(|status| !matches!(status, OrderStatus::Closed | OrderStatus::Void | OrderStatus::Cancelled)), "{open:?}");
    let day = app.store.now().plus_seconds(-24 * 3600);
    assert!(clocks.iter().all(|clock| clock.is_open() || clock.stopped_at.is_some_and(|at| at >= day)), "history is not kept");
    assert!(fired <= clocks.iter().filter(|clock| clock.is_open()).count(), "{fired} of {}: each clock at its last stage only", open.len());
    assert_eq!(after - before, i64::try_from(fired).unwrap());
    assert_eq!(app::clock::fire::fire_due(&app, company).await.unwrap(), 0);
    println!("{} clocks, {} open, {fired} fired", clocks.len(), open.len());
}
