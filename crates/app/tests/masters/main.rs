//! Master data and stock through the use cases, on both engines.
#![allow(missing_docs, clippy::unwrap_used)]

mod customer;
mod price;
mod product;
mod stock;
mod warehouse;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use app::App;
use app::customer::CustomerInput;
use app::product::{ListPrice, ProductInput};
use app::saved::Saved;
use app::warehouse::WarehouseInput;
use domain::{
    Actor, Codes, Company, CompanyId, Currency, Event, Grade, Instant, Language, Rate, Refusal, TaxRounding, User, UserId, Version,
};
use store::{Failure, Outcome, Place, Reader, Store, UnitOfWork};

const COMPANY: CompanyId = CompanyId::from_raw(1);

/// 2026-11-21 10:00 in Shanghai.
const NOW: Instant = Instant::from_micros(1_795_226_400_000_000);

struct World {
    app: App,
    _keep: Option<tempfile::TempDir>,
}

/// A company with one user, on SQLite and, where a server is given, on PostgreSQL.
async fn worlds() -> Vec<World> {
    let directory = tempfile::tempdir().unwrap();
    let mut all = vec![world(Place::Directory(directory.path().into()), Some(directory)).await];
    if let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") {
        all.push(world(Place::Postgres(fresh_database(&server).await), None).await);
    }
    all
}

async fn world(place: Place, keep: Option<tempfile::TempDir>) -> World {
    let store = Store::open(place, Arc::new(|| NOW)).await.unwrap();
    let begun = store.write(COMPANY, |work| {
        begin(work);
        Ok(())
    });
    begun.await.unwrap();
    World { app: App::new(store), _keep: keep }
}

async fn fresh_database(server: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("masters_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
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
        roles: Codes::parse("sales_rep"),
        active: true,
        created_at: now,
    });
}

/// Somebody with the permissions of these roles together.
fn actor(roles: &str) -> Actor {
    let roles = Codes::parse(roles);
    let known = domain::default_roles();
    Actor {
        user_id: UserId::from_raw(7),
        name: "张三".into(),
        permissions: domain::permissions_of(known.iter().filter(|role| roles.contains(&role.code))),
        roles,
        language: Language::ZhCn,
        channel: "web".into(),
        address: "127.0.0.1".into(),
        company_id: COMPANY,
        customer_id: None,
    }
}

impl World {
    /// Runs a use case as somebody with these roles.
    async fn run<T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static>(
        &self,
        roles: &str,
        act: impl Fn(&mut UnitOfWork, &Actor) -> Outcome<T> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.app.command(&actor(roles), None, act).await.map_err(|failure| match failure {
            Failure::Refused(refusal) => refusal,
            other => panic!("{other:?}"),
        })
    }

    async fn read<T: Send + 'static>(&self, act: impl FnOnce(&Reader<'_>) -> Result<T, store::Fault> + Send + 'static) -> T {
        self.app.store.read(act).await.unwrap()
    }

    /// The last event.
    async fn last(&self) -> Event {
        let newest = |reader: &Reader<'_>| {
            let position = store::query::event::newest(reader, COMPANY)?;
            store::query::event::behind(reader, COMPANY, position - 1, 1)
        };
        self.read(newest).await.remove(0)
    }

    async fn customer(&self, input: CustomerInput) -> Result<Saved, Refusal> {
        self.run("admin", move |work, by| app::customer::create::create(work, by, &input)).await
    }

    async fn product(&self, input: ProductInput) -> Result<Saved, Refusal> {
        self.run("admin", move |work, by| app::product::create::create(work, by, &input)).await
    }

    async fn warehouse(&self, code: &str) -> Saved {
        let input =
            WarehouseInput { code: code.into(), name: format!("{code} 仓"), address: String::new(), active: true, also_from: Vec::new() };
        self.run("admin", move |work, by| app::warehouse::create::create(work, by, &input)).await.unwrap()
    }
}

fn fields(refusal: &Refusal) -> Vec<(&str, &str)> {
    refusal.fields.iter().map(|field| (field.pointer.as_str(), field.code)).collect()
}

/// The fields an event says have changed.
fn changed(event: &Event) -> Vec<String> {
    let facts = event.facts();
    let changes = facts["changes"].as_array().unwrap();
    changes.iter().map(|change| change["field"].as_str().unwrap().to_owned()).collect()
}

fn customer_input(code: &str, name: &str) -> CustomerInput {
    CustomerInput {
        code: code.into(),
        name: name.into(),
        short_name: String::new(),
        credit_code: String::new(),
        grade: Some(Grade::B),
        channel: domain::Channel::Direct,
        category: domain::SalesCategory::Direct,
        settlement: domain::Settlement::Monthly,
        terms_days: 30,
        deposit_rate: Rate::ZERO,
        credit_limit: None,
        grace_days: domain::GRACE_DAYS,
        currency: Currency::CNY,
        language: Language::ZhCn,
        tax_inclusive: true,
        owner: None,
        bank: String::new(),
        bank_account: String::new(),
        invoice_title: String::new(),
        invoice_address: String::new(),
        notes: String::new(),
        contacts: Vec::new(),
        addresses: Vec::new(),
        duplicate_reason: String::new(),
        similar: Vec::new(),
    }
}

fn product_input(code: &str, name: &str) -> ProductInput {
    ProductInput {
        code: code.into(),
        name: name.into(),
        spec: String::new(),
        unit: "台".into(),
        kind: domain::ProductKind::Standard,
        category: String::new(),
        barcode: String::new(),
        tax_category: domain::TaxCategory::Standard,
        tax_rate: Rate::from_bp(1300),
        list_price: ListPrice::Keep,
        standard_cost: app::product::StandardCost::Keep,
        floor_price: app::product::StandardCost::Keep,
        lead_days: 0,
        over_tolerance: Rate::ZERO,
        under_tolerance: Rate::ZERO,
        weight_g: 0,
        details: Default::default(),
        notes: String::new(),
    }
}
