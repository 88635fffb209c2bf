//! The unit of work on both engines.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::Arc;

use domain::{CompanyId, Instant, Product, ProductId, Quantity, Stock, Version, Warehouse, WarehouseId};
use store::engine::postgres::Postgres;
use store::engine::sqlite::Sqlite;
use store::engine::{Changes, Count, Engine, Guards, TableChanges, Update};
use store::key::Key;
use store::row::TableDef;
use store::rows::ProductByCode;
use store::{Failure, Fault, Place, Row, Store};

fn clock() -> store::Clock {
    Arc::new(|| Instant::from_micros(1_790_000_000_000_000))
}

/// The stores to run a test on: SQLite always, PostgreSQL where one is given.
async fn stores() -> Vec<(Store, Option<tempfile::TempDir>)> {
    let directory = tempfile::tempdir().unwrap();
    let mut all = vec![(Store::open(Place::Directory(directory.path().into()), clock()).await.unwrap(), Some(directory))];
    if let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") {
        let url = fresh_database(&server).await;
        all.push((Store::open(Place::Postgres(url), clock()).await.unwrap(), None));
    }
    all
}

async fn fresh_database(server: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("store_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

const COMPANY: CompanyId = CompanyId::from_raw(1);

fn product(id: ProductId, code: &str) -> Product {
    Product {
        code: code.into(),
        name: "A产品".into(),
        search: code.to_lowercase(),
        unit: "台".into(),
        tax_rate: domain::Rate::from_bp(1300),
        ..domain::Product::blank(id, Instant::from_micros(0))
    }
}

async fn with_stock(store: &Store, pieces: i64) -> (ProductId, WarehouseId) {
    let made = store.write(COMPANY, move |work| {
        let (id, house) = (work.id::<ProductId>(), work.id::<WarehouseId>());
        work.add(product(id, "P001"));
        work.add(Warehouse {
            id: house,
            version: Version::FIRST,
            code: "W1".into(),
            name: "主仓".into(),
            address: String::new(),
            active: true,
            also_from: domain::Kept::default(),
        });
        let on_hand_micro = Quantity::from_micro(pieces * 1_000_000);
        work.add(Stock { on_hand_micro, ..Stock::none(id, house) });
        Ok((id, house))
    });
    made.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_callers_never_reserve_more_than_there_is() {
    for (store, _keep) in stores().await {
        let store = Arc::new(store);
        let (product, house) = with_stock(&store, 150).await;
        let callers: Vec<_> = (0..200)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    store.write(COMPANY, move |work| work.count::<Stock>((product, house), &[0, 1_000_000], false)).await
                })
            })
            .collect();
        let mut won = 0;
        for caller in callers {
            won += i32::from(caller.await.unwrap().unwrap());
        }
        assert_eq!(won, 150);
        let stock = store.read(move |r| r.get::<Stock>(COMPANY, (product, house))).await.unwrap().unwrap();
        assert_eq!(stock.reserved_micro.micro(), 150_000_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_command_leaves_no_trace() {
    for (store, _keep) in stores().await {
        let (product, house) = with_stock(&store, 5).await;
        let refused: Result<(), Failure> = store
            .write(COMPANY, move |work| {
                work.count::<Stock>((product, house), &[0, 5_000_000], false)?;
                let mut row = work.get::<Product>(product)?;
                row.name = "B".into();
                work.save(&mut row);
                Err(domain::Refusal::not_found("order").into())
            })
            .await;
        assert!(matches!(refused, Err(Failure::Refused(_))));
        let (stock, row) = store
            .read(move |r| Ok((r.get::<Stock>(COMPANY, (product, house))?.unwrap(), r.get::<Product>(COMPANY, product)?.unwrap())))
            .await
            .unwrap();
        assert_eq!((stock.reserved_micro.micro(), row.name.as_str(), row.version), (0, "A产品", Version::FIRST));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_sees_what_commands_before_staged() {
    for (store, _keep) in stores().await {
        let (id, _) = with_stock(&store, 5).await;
        store
            .write(COMPANY, move |work| {
                let mut row = work.get::<Product>(id)?;
                row.code = "P002".into();
                work.save(&mut row);
                assert!(work.one::<ProductByCode>("P001".to_owned())?.is_none());
                assert_eq!(work.one::<ProductByCode>("P002".to_owned())?.map(|p| p.id), Some(id));
                Ok(())
            })
            .await
            .unwrap();
        let found = store.write(COMPANY, |work| Ok(work.one::<ProductByCode>("P002".to_owned())?.map(|p| p.version.raw()))).await.unwrap();
        assert_eq!(found, Some(2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_of_a_series_have_no_gaps() {
    for (store, _keep) in stores().await {
        let store = Arc::new(store);
        let callers: Vec<_> = (0..50)
            .map(|i| {
                let store = store.clone();
                tokio::spawn(async move {
                    store
                        .write(COMPANY, move |work| {
                            let number = work.draw("order.2026")?;
                            if i % 5 == 0 { Err(domain::Refusal::not_found("order").into()) } else { Ok(number) }
                        })
                        .await
                })
            })
            .collect();
        let mut numbers = Vec::new();
        for caller in callers {
            numbers.extend(caller.await.unwrap().ok());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn what_is_told_of_the_past_does_not_move_the_time_of_others() {
    for (store, _directory) in stores().await {
        let past = Instant::from_micros(1_000_000);
        let told = store.write(COMPANY, move |work| {
            work.tell_of(past);
            work.add(product(ProductId::from_raw(1), "P001"));
            Ok(work.now())
        });
        let after = store.write(COMPANY, |work| Ok(work.now()));
        let (told, after) = (told.await.unwrap(), after.await.unwrap());
        assert_eq!((told, after), (past, clock()()));
    }
}

/// Another process moves goods between the reading of a count and its writing.
#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_counter_is_read_again_when_another_process_counted() {
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") else { return };
    let url = fresh_database(&server).await;
    let one = Store::open(Place::Postgres(url.clone()), clock()).await.unwrap();
    let other = Store::open(Place::Postgres(url), clock()).await.unwrap();
    let key = with_stock(&one, 5).await;
    let (read, moved) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (says, waits) = (read.clone(), moved.clone());
    let counting = tokio::spawn(async move {
        let counted = one.write(COMPANY, move |work| {
            let on_hand = work.get::<Stock>(key)?.on_hand_micro.micro();
            work.pin::<Stock>(key)?;
            says.store(true, SeqCst);
            while !waits.load(SeqCst) {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            work.count::<Stock>(key, &[10_000_000 - on_hand, 0], false)
        });
        counted.await.unwrap();
        one
    });
    while !read.load(SeqCst) {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    other.write(COMPANY, move |work| work.count::<Stock>(key, &[3_000_000, 0], false)).await.unwrap();
    moved.store(true, SeqCst);
    let one = counting.await.unwrap();
    let stock = one.read(move |r| r.get::<Stock>(COMPANY, key)).await.unwrap().unwrap();
    assert_eq!(stock.on_hand_micro.micro(), 10_000_000);
}

/// What a writer writes, with the engine's own word on it; nothing of it stays.
fn attempt(engine: &mut dyn Engine, table: &'static TableDef, change: TableChanges<'_>) -> Result<(), Fault> {
    engine.begin(COMPANY).unwrap();
    engine.lock_chain(COMPANY).unwrap();
    let written = engine.flush(COMPANY, &Changes { tables: vec![(table, change)], tallies: Vec::new(), head: None });
    engine.rollback();
    written
}

/// Versions, guards, pinned counters and keys are the database's to keep as well, should the program ever be wrong.
#[tokio::test]
async fn what_is_not_so_any_more_is_refused_by_the_database() {
    for (store, _directory) in stores().await {
        let (id, house) = with_stock(&store, 5).await;
        let place = store.place().clone();
        let tried = tokio::task::spawn_blocking(move || {
            let mut engine: Box<dyn Engine> = match &place {
                Place::Directory(folder) => Box::new(Sqlite::open(&folder.join(store::FILE)).unwrap()),
                Place::Postgres(url) => Box::new(Postgres::new(url).unwrap()),
            };
            let row = Product { version: Version::from_raw(2), name: "B".into(), ..product(id, "P001") };
            let columns = (0..Product::table().columns.len()).filter(|i| [1, 3].contains(i)).fold(0, |bits, i| bits | (1 << i));
            let update =
                |version| TableChanges { updates: vec![Update { row: &row, columns, version: Some(version) }], ..TableChanges::default() };
            let delete = |version| TableChanges { deletes: vec![(Key::raw(&house), Some(version))], ..TableChanges::default() };
            let count = |[on_hand, reserved]: [i64; 2], pinned: bool, base: [i64; 2]| {
                // What is held and placed stays nothing.
                let deltas = [on_hand, reserved, 0, 0];
                let base = if pinned { [base[0], base[1], 0, 0].to_vec() } else { Vec::new() };
                let guards = Guards { claimed: false, pinned };
                let count = Count { key: Key::raw(&(id, house)), deltas: deltas.to_vec(), guards, base };
                TableChanges { counts: vec![count], ..TableChanges::default() }
            };
            let twin = product(ProductId::from_raw(7), "P001");
            let insert = TableChanges { inserts: vec![&twin], ..TableChanges::default() };
            let (five, one) = (5_000_000, 1_000_000);
            let mut said = Vec::new();
            let mut attempt = |table, change| said.push(attempt(&mut *engine, table, change));
            attempt(Product::table(), update(1));
            attempt(Stock::table(), count([0, five], false, [0, 0]));
            attempt(Stock::table(), count([one, 0], true, [five, 0]));
            attempt(Product::table(), update(2));
            attempt(Warehouse::table(), delete(9));
            attempt(Stock::table(), count([0, five + one], false, [0, 0]));
            attempt(Stock::table(), count([one, 0], true, [five, one]));
            attempt(Product::table(), insert);
            said
        });
        let said = tried.await.unwrap();
        assert_eq!(said[..3], [Ok(()), Ok(()), Ok(())]);
        assert!(said[3..].iter().all(|said| matches!(said, Err(Fault::Conflict(_)))), "{said:?}");
    }
}
