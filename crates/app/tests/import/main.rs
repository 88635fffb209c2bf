//! Imports of real data through the use case, on both engines.
#![allow(missing_docs, clippy::unwrap_used)]

mod killed;
mod northwind;
mod round;
mod superstore;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use app::App;
use app::import::{Ask, File, Mapping, Ran, Report, from_files, ready};
use domain::{
    Act, Actor, Codes, Company, CompanyId, Currency, Instant, Language, Rate, TaxRounding, User, UserId, Version, Warehouse, WarehouseId,
};
use store::{Param, Place, Store, UnitOfWork};

pub const COMPANY: CompanyId = CompanyId::from_raw(1);

/// 2026-11-21 10:00 in Shanghai.
const NOW: Instant = Instant::from_micros(1_795_226_400_000_000);

pub struct World {
    pub app: App,
    clock: Arc<AtomicI64>,
    _keep: Option<tempfile::TempDir>,
}

/// A company with one user and one warehouse, on SQLite and, where a server is given, on PostgreSQL.
pub async fn worlds() -> Vec<World> {
    let directory = tempfile::tempdir().unwrap();
    let mut all = vec![world(Place::Directory(directory.path().into()), Some(directory)).await];
    if let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") {
        all.push(world(Place::Postgres(fresh_database(&server).await), None).await);
    }
    all
}

pub async fn world(place: Place, keep: Option<tempfile::TempDir>) -> World {
    let clock = Arc::new(AtomicI64::new(NOW.micros()));
    let told = clock.clone();
    let store = Store::open(place, Arc::new(move || Instant::from_micros(told.load(Ordering::Relaxed)))).await.unwrap();
    store
        .write(COMPANY, |work| {
            if work.find::<Company>(COMPANY)?.is_none() {
                begin(work);
            }
            Ok(())
        })
        .await
        .unwrap();
    World { app: App::new(store), clock, _keep: keep }
}

async fn fresh_database(server: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("import_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

fn begin(work: &mut UnitOfWork) {
    let now = work.now();
    work.add(Company {
        id: COMPANY,
        version: Version::FIRST,
        code: "standard".into(),
        name: "标准公司".into(),
        currency: Currency::CNY,
        tax_rounding: TaxRounding::Line,
        blueprint_no: 0,
        follow_up_days: 3,
        cart_hold_minutes: 30,
        reserve_hours: 0,
        promise_dates: false,
        order_pattern: "SO{yyyy}{000000}".into(),
        shipment_pattern: "DN{yyyy}{000000}".into(),
        invoice_pattern: "INV{yyyy}{000000}".into(),
        payment_pattern: "PAY{yyyy}{000000}".into(),
        task_pattern: "TK{yyyy}{000000}".into(),
        change_pattern: "BG{yyyy}{000000}".into(),
        quotation_pattern: "BJ{yyyy}{000000}".into(),
        contract_pattern: "HT{yyyy}{000000}".into(),
        inquiry_pattern: "XJ{yyyy}{000000}".into(),
        purchase_pattern: "CG{yyyy}{000000}".into(),
        renumbered: false,
        default_tax_rate: Rate::from_bp(1300),
        time_zone: "Asia/Shanghai".into(),
        created_at: now,
    });
    work.add(User {
        id: UserId::from_raw(7),
        version: Version::FIRST,
        username: "zhang".into(),
        name: "张三".into(),
        email: String::new(),
        password_hash: String::new(),
        language: Language::ZhCn,
        roles: Codes::default(),
        active: true,
        created_at: now,
    });
    work.add(Warehouse {
        id: WarehouseId::from_raw(5),
        version: Version::FIRST,
        code: "MAIN".into(),
        name: "主仓".into(),
        address: String::new(),
        active: true,
        also_from: domain::Kept::default(),
    });
}

/// Somebody who may do everything.
pub fn founder() -> Actor {
    Actor {
        user_id: UserId::from_raw(7),
        name: "张三".into(),
        roles: Codes::default(),
        permissions: Act::ALL.iter().map(|act| act.as_str()).collect(),
        language: Language::En,
        channel: "cli".into(),
        address: String::new(),
        company_id: COMPANY,
        customer_id: None,
    }
}

/// A file of the test data.
pub fn file(name: &str) -> File {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    File { bytes: std::fs::read(path).unwrap(), name }
}

/// A file with this content.
pub fn written(name: &str, content: &str) -> File {
    File { name: name.into(), bytes: content.as_bytes().to_vec() }
}

pub fn mapping(name: &str) -> Option<Mapping> {
    ready().iter().find(|mapping| mapping.name == name).cloned()
}

impl World {
    /// An hour goes by.
    pub fn later(&self) {
        self.clock.fetch_add(3_600_000_000, Ordering::Relaxed);
    }

    pub async fn import(&self, files: Vec<File>, ask: Ask) -> Ran {
        from_files(&self.app, &founder(), files, ask, Arc::new(|_, _, _| {})).await.unwrap()
    }

    pub async fn int(&self, text: &'static str) -> i64 {
        self.app.store.read(move |reader| reader.int(text, &[Param::Int(COMPANY.raw())])).await.unwrap()
    }

    /// Nothing at all is there but what the company began with.
    pub async fn is_untouched(&self) -> bool {
        let mut rows = 0;
        for text in [
            "SELECT count(*) FROM customers WHERE company_id = ?1",
            "SELECT count(*) FROM products WHERE company_id = ?1",
            "SELECT count(*) FROM orders WHERE company_id = ?1",
            "SELECT count(*) FROM stock WHERE company_id = ?1",
            "SELECT count(*) FROM imports WHERE company_id = ?1",
            "SELECT count(*) FROM events WHERE company_id = ?1",
        ] {
            rows += self.int(text).await;
        }
        rows == 0
    }
}

/// New, changed, same and wrong rows of a noun.
pub fn counts(report: &Report, noun: &str) -> (usize, usize, usize, usize) {
    let tally = report.counts[noun];
    (tally.new, tally.changed, tally.same, tally.errors)
}
