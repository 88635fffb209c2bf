//! The `standard` company of the blueprints, from draft to closed, through the use cases.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::order::{LineInput, OrderInput, OrderState};
use app::order::{approve, close, create, follow_up, invoice, record_payment, reserve, review, ship};
use domain::{
    Actor, Codes, Company, CompanyId, Currency, Customer, CustomerAddress, CustomerContact, CustomerId, Date, FollowUpStatus, Instant,
    InvoiceKind, Language, Money, MovementKind, Order, OrderStatus, Part, PaymentMethod, Product, ProductId, Quantity, Rate, Refusal,
    Shipment, TaxRounding, UnitPrice, UserId, Version, Warehouse, WarehouseId,
};
use store::{Failure, Place, Store};

const COMPANY: CompanyId = CompanyId::from_raw(1);

/// How often a use case may go to the database before it decides.
const MAX_ROUNDS: u64 = 4;

struct World {
    store: Store,
    clock: Arc<AtomicI64>,
    product: ProductId,
    house: WarehouseId,
    _keep: Option<tempfile::TempDir>,
}

fn actor(id: i64, role: &str) -> Actor {
    let roles = domain::default_roles();
    let role = roles.iter().find(|r| r.code == role).unwrap();
    Actor {
        user_id: UserId::from_raw(id),
        name: role.name_zh_cn.clone(),
        roles: Codes::parse(&role.code),
        permissions: role.permissions.clone(),
        language: Language::ZhCn,
        channel: "web".into(),
        address: String::new(),
        company_id: COMPANY,
        customer_id: None,
    }
}

fn instant(text: &str) -> i64 {
    Instant::parse(text).unwrap().micros()
}

async fn worlds() -> Vec<World> {
    let directory = tempfile::tempdir().unwrap();
    let mut all = vec![world(Place::Directory(directory.path().into()), Some(directory)).await];
    if let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") {
        all.push(world(Place::Postgres(fresh_database(&server).await), None).await);
    }
    all
}

async fn fresh_database(server: &str) -> String {
    use std::sync::atomic::AtomicU32;
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("app_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

async fn world(place: Place, keep: Option<tempfile::TempDir>) -> World {
    let clock = Arc::new(AtomicI64::new(instant("2023-10-08T01:00:00Z")));
    let reads = clock.clone();
    let store = Store::open(place, Arc::new(move || Instant::from_micros(reads.load(Ordering::Relaxed)))).await.unwrap();
    let (product, house) = store.write(COMPANY, |work| Ok(masters(work))).await.unwrap();
    World { store, clock, product, house, _keep: keep }
}

fn masters(work: &mut store::UnitOfWork) -> (ProductId, WarehouseId) {
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
    let customer = work.id::<CustomerId>();
    work.add(customer_of(customer, now));
    work.add(domain::CustomerAccount::new(customer, None));
    work.add(CustomerContact {
        customer_id: customer,
        position: 1,
        name: "王经理".into(),
        job: String::new(),
        phone: "13800138000".into(),
        email: String::new(),
        main: true,
    });
    let text = String::new;
    work.add(CustomerAddress {
        customer_id: customer,
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
    });
    let product = work.id::<ProductId>();
    let product = work.add(product_of(product, now));
    let id = work.id();
    let house = work.add(Warehouse {
        id,
        version: Version::FIRST,
        code: "W1".into(),
        name: "主仓".into(),
        address: String::new(),
        active: true,
        also_from: domain::Kept::default(),
    });
    (product.id, house.id)
}

fn customer_of(id: CustomerId, created_at: Instant) -> Customer {
    let text = String::new;
    Customer {
        id,
        version: Version::FIRST,
        code: "CUST001".into(),
        name: "客户一".into(),
        short_name: text(),
        search: text(),
        credit_code: text(),
        grade: domain::Grade::B,
        channel: domain::Channel::Phone,
        category: domain::SalesCategory::Direct,
        settlement: domain::Settlement::DepositBalance,
        terms_days: 30,
        deposit_rate: Rate::from_bp(3000),
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

fn product_of(id: ProductId, created_at: Instant) -> Product {
    Product {
        code: "P001".into(),
        name: "A产品".into(),
        spec: "L-500×300".into(),
        unit: "台".into(),
        tax_rate: Rate::from_bp(1300),
        ..domain::Product::blank(id, created_at)
    }
}

impl World {
    async fn receive(&self, pieces: i64) {
        let (product, house) = (self.product, self.house);
        let by = actor(7, "warehouse");
        let done = self.store.write(COMPANY, move |work| {
            let quantity = Quantity::from_micro(pieces * 1_000_000);
            let movement = app::stock::Movement {
                product_id: product,
                warehouse_id: house,
                kind: MovementKind::Receipt,
                on_hand_delta: quantity,
                reserved_delta: Quantity::ZERO,
                spot: domain::Spot::PLAIN,
                unit_cost: None,
                cause_kind: "receipt",
                cause_id: 0,
                note: "",
            };
            app::stock::post(work, &by, &movement)
        });
        assert!(done.await.unwrap());
    }

    async fn step<F>(&self, by: &Actor, act: F) -> Result<OrderState, Refusal>
    where
        F: Fn(&mut store::UnitOfWork, &Actor) -> store::Outcome<OrderState> + Send + 'static,
    {
        let by = by.clone();
        let before = self.store.figures();
        let result = self.store.write(COMPANY, move |work| act(work, &by)).await;
        let done = self.store.figures();
        // A use case that asks row by row shows here, whatever it is called on.
        assert!(done.rounds - before.rounds <= MAX_ROUNDS, "{} rounds of loading", done.rounds - before.rounds);
        match result {
            Ok(state) => Ok(state),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(other) => panic!("{other:?}"),
        }
    }

    fn at(&self, text: &str) {
        self.clock.store(instant(text), Ordering::Relaxed);
    }
}

fn input(pieces: i64, freight: i64) -> OrderInput {
    OrderInput {
        customer: "CUST001".into(),
        required_on: Some(Date::parse("2023-10-15").unwrap()),
        freight: UnitPrice::from_micro(freight * 1_000_000),
        packing: "防潮包装".into(),
        lines: vec![LineInput {
            product: "P001".into(),
            quantity: Quantity::from_micro(pieces * 1_000_000),
            unit_price: Some(UnitPrice::from_micro(500_000_000)),
            ..LineInput::default()
        }],
        ..OrderInput::default()
    }
}

fn checklist() -> Codes {
    domain::STANDARD_CHECKLIST.iter().copied().collect()
}

fn codes(refusal: &Refusal) -> Vec<&str> {
    if refusal.gates.is_empty() { vec![refusal.code] } else { refusal.gates.iter().map(|g| &*g.code).collect() }
}

fn parts(pieces: i64) -> ship::Ship {
    let part = Part { line_no: 1, quantity: Quantity::from_micro(pieces * 1_000_000) };
    ship::Ship {
        warehouse_id: None,
        shipped_on: None,
        carrier: "顺丰".into(),
        tracking: "SF1".into(),
        note: String::new(),
        parts: vec![part],
        lots: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_taken_from_draft_to_closed() {
    for world in worlds().await {
        play(&world).await;
        let report = world.store.read(|reader| store::verify::verify(reader, COMPANY)).await.unwrap();
        assert_eq!(report.findings, []);
        assert!(report.events > 10);
    }
}

#[allow(clippy::too_many_lines)]
async fn play(world: &World) {
    let (rep, service) = (actor(2, "sales_rep"), actor(3, "customer_service"));
    let (manager, finance, stock, after) = (actor(4, "sales_manager"), actor(5, "finance"), actor(7, "warehouse"), actor(8, "after_sales"));
    world.receive(60).await;

    let order = world.step(&rep, |work, by| create::create(work, by, &input(100, 800), true)).await.unwrap();
    assert_eq!((order.number.as_str(), order.payable_minor), ("SO2023000001", 5_080_000));
    assert_eq!(order.supply.as_str(), "part_reserved");
    let id = order.id;

    let mut both = service.clone();
    both.user_id = rep.user_id;
    let refused = world.step(&both, move |work, by| review::review(work, by, id, None, &checklist())).await.unwrap_err();
    assert_eq!(refused.code, "order.same_person");
    world.step(&service, move |work, by| review::review(work, by, id, None, &checklist())).await.unwrap();

    let refused = world.step(&finance, move |work, by| approve::approve(work, by, id, None, "")).await.unwrap_err();
    assert_eq!(refused.code, "order.not_your_step");
    let first = world.step(&manager, move |work, by| approve::approve(work, by, id, None, "")).await.unwrap();
    assert_eq!(first.status, OrderStatus::Reviewed, "the first of two approvals makes nothing effective");
    let refused = world.step(&manager, move |work, by| approve::approve(work, by, id, None, "")).await.unwrap_err();
    assert_eq!(refused.code, "order.approved_before");
    let second = world.step(&finance, move |work, by| approve::approve(work, by, id, None, "")).await.unwrap();
    assert_eq!(second.status, OrderStatus::Effective);

    let refused = world.step(&stock, move |work, by| ship::ship(work, by, id, None, &parts(100))).await.unwrap_err();
    assert_eq!(refused.fields[0].code, "line.not_in_stock");
    let sent = world.step(&stock, move |work, by| ship::ship(work, by, id, None, &parts(60))).await.unwrap();
    assert_eq!(sent.fulfilment.as_str(), "part_shipped");
    world.receive(40).await;
    world.step(&service, move |work, by| reserve::reserve(work, by, id, None)).await.unwrap();
    world.at("2023-10-14T01:00:00Z");
    let sent = world.step(&stock, move |work, by| ship::ship(work, by, id, None, &parts(40))).await.unwrap();
    assert_eq!(sent.fulfilment.as_str(), "shipped");

    let bill = invoice::Bill { kind: InvoiceKind::Special, issued_on: None, due_on: None, parts: None };
    let billed = world.step(&finance, move |work, by| invoice::invoice(work, by, id, None, &bill)).await.unwrap();
    assert_eq!(billed.billed_minor, 5_080_000);
    let receipt = |yuan: i64| record_payment::Receipt {
        amount: UnitPrice::from_micro(yuan * 1_000_000),
        currency: None,
        method: PaymentMethod::Bank,
        paid_on: None,
        exchange_rate: None,
        reference: "B1".into(),
        note: String::new(),
    };
    let deposit = receipt(15_240);
    world.step(&finance, move |work, by| record_payment::record_payment(work, by, id, None, &deposit)).await.unwrap();

    world.at("2023-10-16T01:00:00Z");
    deliver_all(world, id, &service).await;
    let refused = world.step(&service, move |work, by| close::close(work, by, id, None)).await.unwrap_err();
    assert_eq!(codes(&refused), ["order.close.settled", "order.close.satisfied"]);
    let open = domain::Detail::Money(Money::from_minor(3_556_000), Currency::CNY);
    assert!(refused.gates[0].details.iter().any(|d| d.1 == open), "{refused:?}");

    let too_much = receipt(35_561);
    let refused = world.step(&finance, move |work, by| record_payment::record_payment(work, by, id, None, &too_much)).await.unwrap_err();
    assert_eq!(refused.fields[0].code, "payment.above_open");
    let rest = receipt(35_560);
    world.step(&finance, move |work, by| record_payment::record_payment(work, by, id, None, &rest)).await.unwrap();
    world.step(&after, move |work, by| follow_up::follow_up(work, by, id, None, 5, "满意")).await.unwrap();
    let closed = world.step(&service, move |work, by| close::close(work, by, id, None)).await.unwrap();
    assert_eq!((closed.status, closed.finance.as_str()), (OrderStatus::Closed, "settled"));
    let page = world.store.read(move |r| store::query::order::page(r, COMPANY, id)).await.unwrap().unwrap();
    assert_eq!((page.shipments.len(), page.invoices.len(), page.payments.len()), (2, 1, 2));
    assert_eq!(page.follow_ups[0].status, FollowUpStatus::Satisfied);
}

async fn deliver_all(world: &World, id: domain::OrderId, by: &Actor) {
    let notes: Vec<Shipment> =
        world.store.read(move |r| r.all(COMPANY, "AND order_id = ?2 ORDER BY id", &[id.raw().into()])).await.unwrap();
    for note in notes {
        let said = app::shipment::deliver::Delivery {
            delivered_on: None,
            signer: "李四".into(),
            note: String::new(),
            counted: None,
            attachments: Vec::new(),
        };
        world.step(by, move |work, by| app::shipment::deliver::deliver(work, by, note.id, None, &said)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_thousand_is_the_managers_alone() {
    for world in worlds().await {
        let (rep, service, manager) = (actor(2, "sales_rep"), actor(3, "customer_service"), actor(4, "sales_manager"));
        let order = world.step(&rep, |work, by| create::create(work, by, &input(100, 0), true)).await.unwrap();
        assert_eq!(order.payable_minor, 5_000_000);
        let id = order.id;
        world.step(&service, move |work, by| review::review(work, by, id, None, &checklist())).await.unwrap();
        let approved = world.step(&manager, move |work, by| approve::approve(work, by, id, None, "")).await.unwrap();
        assert_eq!(approved.status, OrderStatus::Effective);
        let stored: Order = world.store.read(move |r| r.get(COMPANY, id)).await.unwrap().unwrap();
        assert!(stored.effective_at.is_some());
    }
}
