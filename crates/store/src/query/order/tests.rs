//! The order list finds what its filters say, in its order, page by page, by indexes only.
#![allow(clippy::unwrap_used)]

use domain::{CompanyId, CustomerId, Date, Instant, Order, OrderId, OrderStatus, UserId};

use super::{Filter, SORTS, VIEWS, list};
use crate::bulk::Bulk;
use crate::cell::Source;
use crate::fault::Fault;
use crate::query::dashboard;
use crate::query::list::{Page, Sort};
use crate::read::TEXTS;
use crate::row::Row;
use crate::{Param, Place, Reader, Store};

const COMPANY: CompanyId = CompanyId::from_raw(1);

/// The least that every column takes.
struct Blank;

impl Source for Blank {
    fn int(&self, i: usize) -> Result<Option<i64>, Fault> {
        let may_miss = ["rep_id", "reviewed_by", "submitted_at", "effective_at", "closed_at"];
        Ok((!may_miss.contains(&Order::table().columns[i].name)).then_some(0))
    }
    fn text(&self, i: usize) -> Result<Option<&str>, Fault> {
        Ok(match Order::table().columns[i].name {
            "status" => Some("draft"),
            "channel" | "category" => Some("direct"),
            "settlement" => Some("cash"),
            "currency" => Some("CNY"),
            "tax_rounding" => Some("line"),
            "supply" | "fulfilment" | "service" | "signature" | "slip" => Some("none"),
            "finance" => Some("unbilled"),
            "ordered_on" => Some("2026-11-21"),
            name if name.ends_with("_on") => None,
            _ => Some(""),
        })
    }
    fn blob(&self, _: usize) -> Result<Option<&[u8]>, Fault> {
        Ok(None)
    }
}

/// The order at this place: states, people, amounts and days mixed, many alike.
fn order(place: i64) -> Order {
    let mixed = place * 7919 % 1009;
    let mut order = Order::read(&Blank).unwrap();
    order.id = OrderId::from_raw(1_000 + place);
    order.status = OrderStatus::ALL[usize::try_from(mixed % 10).unwrap()];
    order.closed_at = (order.status == OrderStatus::Closed).then(|| Instant::from_micros(1));
    order.number = if order.status == OrderStatus::Draft { String::new() } else { format!("SO{:04}", mixed) };
    order.customer_id = CustomerId::from_raw(mixed % 7 + 1);
    order.held = mixed % 11 == 0;
    order.rep_id = (mixed % 3 > 0).then(|| UserId::from_raw(mixed % 3));
    order.entered_by = UserId::from_raw(mixed % 2 + 1);
    order.payable_minor = domain::Money::from_minor(mixed % 13 * 100);
    order.ordered_on = Date::of(2026, 11, i8::try_from(mixed % 5 + 1).unwrap()).unwrap();
    order.required_on = (mixed % 4 > 0).then(|| order.ordered_on.plus_days(mixed % 3));
    order.external_number = if mixed % 6 == 0 { format!("E{place}") } else { String::new() };
    order
}

fn day(day: i8) -> Option<Date> {
    Date::of(2026, 11, day)
}

fn holds(filter: &Filter, order: &Order) -> bool {
    let of_view = filter.view.is_none_or(|name| (VIEWS.iter().find(|view| view.name == name).unwrap().holds)(order));
    let late = |day: Date| order.status == OrderStatus::Effective && order.required_on.is_some_and(|on| on < day);
    let found = |q: &str| order.number.starts_with(q) || order.external_number == q || (q == "c3" && order.customer_id.raw() == 3);
    of_view
        && (filter.status.is_empty() || filter.status.iter().any(|status| status == order.status.as_str()))
        && filter.customer.is_none_or(|customer| customer == order.customer_id)
        && filter.rep.is_none_or(|rep| order.rep_id == Some(rep))
        && filter.mine.is_none_or(|me| order.rep_id == Some(me) || order.entered_by == me)
        && filter.held.is_none_or(|held| held == order.held)
        && filter.late_on.is_none_or(late)
        && filter.required_from.is_none_or(|day| order.required_on.is_some_and(|on| on >= day))
        && filter.required_to.is_none_or(|day| order.required_on.is_some_and(|on| on <= day))
        && filter.ordered_from.is_none_or(|day| order.ordered_on >= day)
        && filter.ordered_to.is_none_or(|day| order.ordered_on <= day)
        && filter.q.as_deref().is_none_or(found)
}

fn filters() -> Vec<Filter> {
    let none = Filter::default;
    let mut all: Vec<Filter> = VIEWS.iter().map(|view| Filter { view: Some(view.name), ..none() }).collect();
    let me = UserId::from_raw(1);
    all.extend([
        none(),
        Filter { status: vec!["closed".into(), "draft".into()], ..none() },
        Filter { status: vec!["void".into()], view: Some("held"), ..none() },
        Filter { status: vec!["closed".into()], view: Some("draft"), ..none() },
        Filter { customer: Some(CustomerId::from_raw(2)), ..none() },
        Filter { rep: Some(me), ..none() },
        Filter { mine: Some(me), ..none() },
        Filter { mine: Some(me), view: Some("effective"), held: Some(false), ..none() },
        Filter { mine: Some(UserId::from_raw(9)), ..none() },
        Filter { held: Some(true), ..none() },
        Filter { late_on: day(4), ..none() },
        Filter { required_from: day(2), ..none() },
        Filter { required_to: day(3), view: Some("closed"), ..none() },
        Filter { ordered_from: day(2), ordered_to: day(2), ..none() },
        Filter { ordered_from: day(3), status: vec!["effective".into(), "closed".into()], ..none() },
    ]);
    all.extend(["SO", "SO01", "SO0500", "E1", "c3", "nothing"].map(|q| Filter { q: Some(q.into()), ..none() }));
    all.push(Filter { q: Some("SO".into()), view: Some("effective"), ..none() });
    all.push(Filter { q: Some("c3".into()), mine: Some(me), ..none() });
    all
}

fn key(sort: &Sort, order: &Order) -> Vec<Param> {
    let id = Param::Int(order.id.raw());
    match sort.name {
        "number" => vec![Param::from(order.number.as_str()), id],
        "payable" => vec![Param::Int(order.payable_minor.minor()), id],
        "required_on" => vec![Param::Text(order.required_on.map_or("9999-12-31".to_owned(), |day| day.to_string())), id],
        "ordered_on" => vec![Param::from(order.ordered_on.as_str()), id],
        _ => vec![id],
    }
}

fn check(reader: &Reader<'_>, orders: &[Order]) -> Result<(), Fault> {
    for filter in filters() {
        for sort in SORTS {
            for descending in [false, true] {
                let mut expected: Vec<&Order> = orders.iter().filter(|order| holds(&filter, order)).collect();
                expected.sort_by_key(|order| key(sort, order));
                if descending {
                    expected.reverse();
                }
                let (mut found, mut after) = (Vec::new(), None);
                loop {
                    let page = Page { sort: *sort, descending, after, limit: 17 };
                    let part = list(reader, COMPANY, &filter, &page)?;
                    found.extend(part.rows.into_iter().map(|row| row.order.id));
                    after = part.next;
                    if after.is_none() {
                        break;
                    }
                }
                let expected: Vec<OrderId> = expected.iter().map(|order| order.id).collect();
                assert_eq!(found, expected, "{filter:?} by {} {descending}", sort.name);
            }
        }
    }
    Ok(())
}

/// Two hundred orders in a place, past the unit of work.
async fn filled(place: Place) -> (Store, Vec<Order>) {
    let clock: crate::Clock = std::sync::Arc::new(|| Instant::from_micros(0));
    drop(Store::open(place.clone(), clock.clone()).await.unwrap());
    let orders: Vec<Order> = (0..200).map(order).collect();
    let (to, rows, handle) = (place.clone(), orders.clone(), tokio::runtime::Handle::current());
    let load = move || -> Result<(), Fault> {
        let mut bulk = Bulk::open(&to, COMPANY, handle)?;
        bulk.add(&rows)?;
        bulk.raw("INSERT INTO customers (company_id, id, version, code, name, short_name, search, credit_code, grade, channel, category, \
            settlement, terms_days, deposit_rate, currency, language, tax_inclusive, bank, bank_account, invoice_title, invoice_address, notes, \
            active, created_at) SELECT company_id, customer_id, 1, 'C' || customer_id, '', '', 'c' || customer_id, '', 'A', 'direct', 'direct', \
            'cash', 0, 0, 'CNY', 'zh-CN', 0, '', '', '', '', '', 1, 0 FROM orders GROUP BY company_id, customer_id")?;
        let count = |view: &super::View| (view.tally, rows.iter().filter(|order| (view.holds)(order)).count() as i64, 0);
        bulk.tallies(&VIEWS.iter().map(count).collect::<Vec<_>>())?;
        bulk.finish(|_, _| {})
    };
    tokio::task::spawn_blocking(load).await.unwrap().unwrap();
    (Store::open(place, clock).await.unwrap(), orders)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_and_sort_walks_just_its_rows_in_order() {
    let directory = tempfile::tempdir().unwrap();
    let (store, orders) = filled(Place::Directory(directory.path().into())).await;
    store.read(move |reader| check(reader, &orders)).await.unwrap();
    let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") else { return };
    let name = format!("order_list_{}", std::process::id());
    crate::administer(&server, &format!("CREATE DATABASE {name}")).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let (store, orders) = filled(Place::Postgres(format!("{base}/{name}"))).await;
    store.read(move |reader| check(reader, &orders)).await.unwrap();
}

/// Runs them and gives the plans of all their statements.
fn plans(reader: &Reader<'_>, run: impl FnOnce(&Reader<'_>)) -> Vec<(String, String)> {
    let Reader::Sqlite(connection) = reader else { panic!("plans are SQLite's") };
    TEXTS.with(|texts| texts.borrow_mut().clear());
    run(reader);
    let texts = TEXTS.with(std::cell::RefCell::take);
    let plan = |text: &String| {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {text}")).unwrap();
        let lines = statement.raw_query().mapped(|row| row.get::<_, String>(3)).collect::<Result<Vec<_>, _>>().unwrap();
        (text.clone(), lines.join("\n"))
    };
    texts.iter().map(plan).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_list_of_orders_scans_or_sorts_all_of_them() {
    let directory = tempfile::tempdir().unwrap();
    let (store, _) = filled(Place::Directory(directory.path().into())).await;
    let read = store.read(|reader| {
        for filter in filters() {
            for (sort, after) in SORTS.iter().flat_map(|sort| [(sort, false), (sort, true)]) {
                let after = after.then(|| key(sort, &order(5)));
                let deep = after.is_some() && filter == Filter::default();
                let page = Page { sort: *sort, descending: true, after, limit: 17 };
                for (text, plan) in plans(reader, |reader| drop(list(reader, COMPANY, &filter, &page).unwrap())) {
                    let scans = plan.lines().any(|line| line.starts_with("SCAN o") && !line.contains("INDEX"));
                    assert!(!scans, "{filter:?} by {}\n{text}\n{plan}", sort.name);
                    // The next page begins where the last one ended, not where the index does.
                    assert!(!deep || plan.contains('<'), "{filter:?} by {}\n{text}\n{plan}", sort.name);
                    // By days or amounts of what is not the view's own, the index of the sort is walked and nothing is sorted.
                    let walked = filter.view.is_some_and(|view| view != "held") && filter.q.is_none() && filter.mine.is_none();
                    let few = text.contains("orders_status_id") && sort.name != "created_at" || text.contains("LIMIT 9)");
                    assert!(!walked || few || !plan.contains("TEMP B-TREE"), "{filter:?} by {}\n{text}\n{plan}", sort.name);
                }
            }
        }
        for (text, plan) in plans(reader, |reader| {
            dashboard::mine(reader, COMPANY, UserId::from_raw(1)).unwrap();
            dashboard::late(reader, COMPANY, Date::of(2026, 11, 21).unwrap()).unwrap();
            super::counts(reader, COMPANY).unwrap();
        }) {
            assert!(!plan.contains("SCAN o") && !plan.contains("SCAN tallies"), "{text}\n{plan}");
        }
        Ok(())
    });
    read.await.unwrap();
}
