//! Time limits, with several servers on one database.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use app::App;
use domain::{Clock, ClockStart, CompanyId, Due, EventKind, Instant, UserId, Version};
use store::query::{company, event};
use store::{Place, Store};
use tempfile::tempdir;

use super::program::{PASSWORD, Server, run_with};

/// Clocks that fall due in one minute.
const MANY: i64 = 10_000;

fn now() -> Instant {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    Instant::from_micros(i64::try_from(since.as_micros()).unwrap())
}

/// Adds clocks of orders that need not be there, due one after the other within the minute before `end`.
async fn add_many(store: &Store, company: CompanyId, end: Instant) {
    for part in 0..MANY / 500 {
        let add = move |work: &mut store::UnitOfWork| {
            let terms = domain::ClockTerms { role: "customer_service".into(), ..Default::default() };
            for place in 0..500 {
                let number = part * 500 + place;
                let start = ClockStart {
                    id: work.id(),
                    code: "order.answer",
                    terms: &terms,
                    subject: (domain::ClockSubject::Order, 1 + number, "SO1"),
                    calendar: ("", Version::default()),
                    at: end.plus_seconds(-3600),
                    due: Due::At(end.plus_seconds(-(number % 60))),
                    by: UserId::NONE,
                    note: "",
                };
                work.add(Clock::start(&start, &domain::WorkCalendar::always(), end.plus_seconds(-3600)));
            }
            Ok(())
        };
        store.write(company, add).await.unwrap();
    }
}

/// How often each clock was said to be over.
async fn breached(store: &Store, company: CompanyId) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    let mut after = 0;
    loop {
        let events = store.read(move |reader| event::behind(reader, company, after, 2000)).await.unwrap();
        let Some(last) = events.last() else { return times };
        after = last.position;
        for event in events.iter().filter(|event| event.kind == EventKind::ClockBreached.as_str()) {
            *times.entry(event.facts()["clock_id"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_clocks_are_fired_once_each_by_two_servers_within_a_minute() {
    let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") else {
        println!("SHUNDAN_TEST_POSTGRES is not set; left out");
        return;
    };
    let name = format!("shundan_clocks_{}", std::process::id());
    store::administer(&server, &format!("CREATE DATABASE {name}")).await.unwrap();
    let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    let home = tempdir().unwrap();
    let made = run_with(home.path(), &["company", "create", "acme", "--database", &url, "--name", "Acme Ltd."], PASSWORD);
    assert_eq!(made.code, 0, "{}", made.err);
    let app = App::new(Store::open(Place::Postgres(url.clone()), Arc::new(now)).await.unwrap());
    let company = app.store.read(|reader| company::by_code(reader, "acme")).await.unwrap().unwrap().id;
    add_many(&app.store, company, now()).await;

    let begun = std::time::Instant::now();
    let servers: Vec<Server> = (0..2).map(|_| Server::start(home.path(), &["serve", "--database", &url])).collect();
    let all = usize::try_from(MANY).unwrap();
    while breached(&app.store, company).await.len() < all && begun.elapsed() < Duration::from_secs(60) {
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let took = begun.elapsed();
    // Whoever would fire one again has had its look by then.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let times = breached(&app.store, company).await;
    assert_eq!((times.len(), times.values().sum::<usize>()), (all, all), "each once, in {took:?}");
    println!("{MANY} clocks by two servers in {took:?}");
    drop(servers);
    drop(app);
    store::administer(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
}
