//! A small company of its own for every run, on stores that all runs share: few products with little stock, few customers with credit limits.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering::Relaxed};

use app::App;
use domain::{
    Actor, Channel, Codes, Company, CompanyId, Currency, Customer, CustomerAccount, CustomerAddress, CustomerContact, CustomerId, Grade,
    Instant, Language, Money, Product, ProductId, Rate, SalesCategory, Settlement, TaxRounding, UserId, Version, Warehouse, WarehouseId,
    default_roles, permissions_of,
};
use store::{Outcome, Place, Store, UnitOfWork};

/// Products, each with what may be shipped beyond what was ordered, in hundredths of a percent.
pub const PRODUCTS: &[(&str, i64)] = &[("P1", 0), ("P2", 0), ("P3", 1000), ("P4", 0)];

/// Customers, each with what they may owe, in minor units.
pub const CUSTOMERS: &[(&str, Option<i64>)] = &[("C1", Some(300_000)), ("C2", Some(120_000)), ("C3", None)];

/// The warehouses: orders are of the first, and where it has too few the other one helps out.
pub const HOUSES: &[&str] = &["W1", "W2"];

/// Above it, finance approves too; minor units.
const APPROVAL_LIMIT: &str = "900";

/// Stores on one database, as many server processes have them.
pub struct Servers {
    /// What it is called in messages.
    pub name: &'static str,
    /// One for each process.
    pub apps: Vec<App>,
    _keep: Option<tempfile::TempDir>,
}

/// A company of its own.
#[derive(Clone)]
pub struct World {
    /// The servers it can be reached by.
    pub apps: Vec<App>,
    /// The company.
    pub company: CompanyId,
}

fn clock() -> store::Clock {
    let now = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_micros();
    Arc::new(move || Instant::from_micros(i64::try_from(now()).unwrap()))
}

async fn open(name: &'static str, place: Place, stores: usize, keep: Option<tempfile::TempDir>) -> Servers {
    let mut apps = Vec::with_capacity(stores);
    for _ in 0..stores {
        apps.push(App::new(Store::open(place.clone(), clock()).await.unwrap()));
    }
    Servers { name, apps, _keep: keep }
}

/// SQLite with one writer and with two on one file; PostgreSQL, where one is given, with one server process and with three.
pub async fn all() -> Vec<Servers> {
    let mut all = Vec::new();
    for (name, stores) in [("SQLite, one store", 1), ("SQLite, two stores", 2)] {
        let directory = tempfile::tempdir().unwrap();
        let path: PathBuf = directory.path().into();
        all.push(open(name, Place::Directory(path), stores, Some(directory)).await);
    }
    if let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") {
        for (name, stores) in [("PostgreSQL, one server", 1), ("PostgreSQL, three servers", 3)] {
            all.push(open(name, Place::Postgres(fresh_database(&server).await), stores, None).await);
        }
    }
    all
}

async fn fresh_database(server: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("race_{}_{}", std::process::id(), NEXT.fetch_add(1, Relaxed));
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

impl Servers {
    /// A new company on these servers.
    pub async fn found(&self) -> World {
        static NEXT: AtomicI64 = AtomicI64::new(1);
        let company = CompanyId::from_raw(NEXT.fetch_add(1, Relaxed));
        self.apps[0].store.write(company, move |work| masters(work, company)).await.unwrap();
        World { apps: self.apps.clone(), company }
    }
}

impl World {
    /// Somebody with this role who may do everything, so that rules refuse and not permissions.
    pub fn actor(&self, role: &str) -> Actor {
        let roles = default_roles();
        let place = roles.iter().position(|r| r.code == role).unwrap_or_else(|| panic!("no role is called {role}"));
        Actor {
            user_id: UserId::from_raw(100 + i64::try_from(place).unwrap()),
            name: role.to_owned(),
            roles: Codes::parse(role),
            permissions: permissions_of(&roles),
            language: Language::En,
            channel: "web".to_owned(),
            address: String::new(),
            company_id: self.company,
            customer_id: None,
        }
    }
}

fn masters(work: &mut UnitOfWork, company: CompanyId) -> Outcome<()> {
    let now = work.now();
    work.add(Company {
        id: company,
        version: Version::FIRST,
        code: format!("race{company}"),
        name: "Race".into(),
        currency: Currency::CNY,
        tax_rounding: TaxRounding::Line,
        blueprint_no: 1,
        follow_up_days: 0,
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
    work.add(domain::KeptBlueprint::standard_with_limit(APPROVAL_LIMIT, now));
    let ids = [work.id::<WarehouseId>(), work.id::<WarehouseId>()];
    for (place, code) in HOUSES.iter().enumerate() {
        let also_from = if place == 0 { vec![ids[1]] } else { Vec::new() };
        work.add(Warehouse {
            id: ids[place],
            version: Version::FIRST,
            code: (*code).into(),
            name: format!("仓库{code}"),
            address: String::new(),
            active: true,
            also_from: domain::Kept::of(also_from),
        });
    }
    for (code, tolerance) in PRODUCTS {
        let id = work.id();
        work.add(product(id, code, Rate::from_bp(*tolerance), now));
    }
    for (code, limit) in CUSTOMERS {
        let id = work.id();
        work.add(customer(id, code, now));
        work.add(CustomerAccount::new(id, limit.map(Money::from_minor)));
        work.add(contact(id));
        work.add(address(id));
    }
    Ok(())
}

fn product(id: ProductId, code: &str, over_tolerance: Rate, created_at: Instant) -> Product {
    Product {
        code: code.into(),
        name: format!("产品{code}"),
        unit: "台".into(),
        tax_rate: Rate::from_bp(1300),
        over_tolerance,
        ..Product::blank(id, created_at)
    }
}

fn customer(id: CustomerId, code: &str, created_at: Instant) -> Customer {
    let text = String::new;
    Customer {
        id,
        version: Version::FIRST,
        code: code.into(),
        name: format!("客户{code}"),
        short_name: text(),
        search: text(),
        credit_code: text(),
        grade: Grade::B,
        channel: Channel::Phone,
        category: SalesCategory::Direct,
        settlement: Settlement::Monthly,
        terms_days: 30,
        deposit_rate: Rate::ZERO,
        currency: Currency::CNY,
        language: Language::ZhCn,
        tax_inclusive: true,
        owner_id: None,
        bank: text(),
        bank_account: text(),
        invoice_title: text(),
        invoice_address: text(),
        notes: text(),
        active: true,
        verified: true,
        merged_into: None,
        former: String::new(),
        created_at,
    }
}

fn contact(customer_id: CustomerId) -> CustomerContact {
    let text = String::new;
    CustomerContact {
        customer_id, position: 1, name: "王经理".into(), job: text(), phone: "13800138000".into(), email: text(), main: true
    }
}

fn address(customer_id: CustomerId) -> CustomerAddress {
    let text = String::new;
    CustomerAddress {
        customer_id,
        position: 1,
        label: text(),
        receiver: text(),
        phone: text(),
        country: text(),
        province: "上海市".into(),
        city: text(),
        district: text(),
        street: "人民路1号".into(),
        postal_code: text(),
        main: true,
    }
}
