//! The company that benchmarks are run on: customers, products with prices and stock, and the people who act.

use app::company::create::{NewCompany, founder};
use app::token::create::NewToken;
use app::user::create::NewUser;
use domain::{
    Act, Actor, Channel, Codes, Company, CompanyId, Currency, Customer, CustomerAccount, CustomerAddress, CustomerContact, CustomerId,
    Date, Grade, Language, Money, MovementKind, Price, Product, ProductId, Quantity, Rate, SalesCategory, Selector, Settlement, Stock,
    StockMovement, UnitPrice, UserId, Version, Warehouse, WarehouseId,
};
use store::{Store, UnitOfWork};

use crate::args::{BenchWrite, RuleSet};
use crate::trouble::Trouble;

/// Pieces of each product in stock: more than any run takes.
const PLENTY: i64 = 1_000_000_000;

/// The first id of products; the others follow.
const PRODUCTS: i64 = 1_000;

/// The first id of customers; the others follow.
const CUSTOMERS: i64 = 10_000_000;

const HOUSE: WarehouseId = WarehouseId::from_raw(5);

/// A company with its people, ready for load.
#[derive(Clone, Debug)]
pub struct Masters {
    /// The company.
    pub company: CompanyId,
    /// Enters orders.
    pub rep: Actor,
    /// Reviews, approves and does everything else.
    pub other: Actor,
    /// The bearer token of the one and of the other.
    pub tokens: [String; 2],
    /// How many products.
    pub products: u64,
    /// How many customers.
    pub customers: u64,
}

impl Masters {
    /// Product number `place`.
    pub fn product(&self, place: u64) -> ProductId {
        ProductId::from_raw(PRODUCTS + i64::try_from(place % self.products).unwrap_or(0))
    }

    /// Customer number `place`.
    pub fn customer(&self, place: u64) -> CustomerId {
        CustomerId::from_raw(CUSTOMERS + i64::try_from(place % self.customers).unwrap_or(0))
    }
}

/// Sets the company up; `pieces` of each product are in stock, plenty where left out.
pub async fn make(store: &Store, typed: &BenchWrite, pieces: Option<i64>) -> Result<Masters, Trouble> {
    let person = |username: &str, roles: &str| NewUser {
        username: username.to_owned(),
        name: username.to_owned(),
        email: String::new(),
        language: Language::ZhCn,
        roles: Codes::parse(roles),
        password_hash: String::new(),
    };
    let company = NewCompany {
        code: "bench".to_owned(),
        name: "Benchmark".to_owned(),
        currency: Currency::CNY,
        time_zone: "Asia/Shanghai".to_owned(),
        rules: app::company::create::PRODUCT.to_owned(),
        warehouse: String::new(),
        admin: person("admin", "admin"),
    };
    let company = app::company::create::create(store, company).await?;
    let people = store.write(company, move |work| {
        let by = founder(company);
        let rep = app::user::create::create(work, &by, &person("rep", "sales_rep,customer_service"))?;
        let other = app::user::create::create(work, &by, &person("other", "sales_manager,finance,warehouse,after_sales,customer_service"))?;
        Ok((rep.id, other.id))
    });
    let (rep, other) = people.await?;
    let actor = |id: &str, name: &str, roles: &str| Actor {
        user_id: id.parse().unwrap_or(UserId::NONE),
        name: name.to_owned(),
        roles: Codes::parse(roles),
        permissions: Act::ALL.iter().map(|act| act.as_str()).collect(),
        language: Language::ZhCn,
        channel: "api".to_owned(),
        address: "127.0.0.1".to_owned(),
        company_id: company,
        customer_id: None,
    };
    let rep = actor(&rep, "rep", "sales_rep");
    let other = actor(&other, "other", "sales_manager,finance,warehouse,after_sales");
    let tokens = [token(store, &rep, "rep").await?, token(store, &other, "other").await?];
    let (products, customers) = (u64::from(typed.products), u64::from(typed.customers));
    let masters = Masters { company, rep, other, tokens, products, customers };
    fill(store, &masters, pieces.unwrap_or(PLENTY), typed.rules).await?;
    Ok(masters)
}

/// A new bearer token of somebody.
pub async fn token(store: &Store, by: &Actor, name: &str) -> Result<String, Trouble> {
    let secret = format!("shundan_{}.{}", by.company_id, store::chain::hex(&crate::outside::random::<32>()));
    let new = NewToken {
        name: name.to_owned(),
        scopes: by.permissions.clone(),
        expires_on: None,
        token_hash: store::chain::sha256(secret.as_bytes()),
    };
    let by = by.clone();
    store.write(by.company_id, move |work| app::token::create::create(work, &by, &new)).await?;
    Ok(secret)
}

/// The day it is.
///
/// # Panics
/// Never: UTC is known everywhere.
pub fn today() -> Date {
    crate::outside::now().date_in("UTC").expect("UTC is a zone")
}

/// Rows written in one transaction at the most.
const PART: u64 = 2_000;

async fn fill(store: &Store, masters: &Masters, pieces: i64, rules: Option<RuleSet>) -> Result<(), Trouble> {
    let company = masters.company;
    store
        .write(company, move |work| {
            let mut own = work.get::<Company>(company)?;
            // One step of approval whatever the amount, unless other rules are asked for.
            own.blueprint_no = 1;
            let usual = domain::KeptBlueprint::standard_with_limit("10000000000", work.now());
            let content = rules.map_or_else(|| usual.content.clone(), |rules| domain::RuleText::new(rules.text()));
            work.add(domain::KeptBlueprint { content, ..usual });
            work.save(&mut own);
            work.add(Warehouse {
                id: HOUSE,
                version: Version::FIRST,
                code: "W1".to_owned(),
                name: "主仓".to_owned(),
                address: String::new(),
                active: true,
                also_from: domain::Kept::default(),
            });
            Ok(())
        })
        .await?;
    for start in (0..masters.products).step_by(2_000) {
        let (masters, end) = (masters.clone(), (start + PART).min(masters.products));
        let part = move |work: &mut UnitOfWork| {
            (start..end).for_each(|place| product(work, masters.product(place), place, pieces));
            Ok(())
        };
        store.write(company, part).await?;
    }
    for start in (0..masters.customers).step_by(2_000) {
        let (masters, end) = (masters.clone(), (start + PART).min(masters.customers));
        let part = move |work: &mut UnitOfWork| {
            (start..end).for_each(|place| customer(work, masters.customer(place), place));
            Ok(())
        };
        store.write(company, part).await?;
    }
    Ok(())
}

/// In millionths of the currency.
fn price_of(place: u64) -> i64 {
    12_340_000 + i64::try_from(place).unwrap_or(0) * 10_000
}

fn product(work: &mut UnitOfWork, id: ProductId, place: u64, pieces: i64) {
    let now = work.now();
    work.add(Product {
        code: format!("P{place:06}"),
        search: format!("p{place:06}"),
        name: format!("产品 {place}"),
        unit: "件".to_owned(),
        tax_rate: Rate::from_bp(1300),
        // Seven tenths of its price.
        standard_cost_micro: Some(UnitPrice::from_micro(price_of(place) / 10 * 7)),
        ..Product::blank(id, now)
    });
    let price = Price {
        id: work.id(),
        version: Version::FIRST,
        product_id: id,
        customer_id: CustomerId::NONE,
        grade: Selector::Any,
        category: Selector::Any,
        channel: Selector::Any,
        currency: Currency::CNY,
        min_quantity_micro: Quantity::ZERO,
        unit_price_micro: UnitPrice::from_micro(price_of(place)),
        valid_from: today().plus_days(-365),
        valid_to: None,
    };
    work.add(price);
    let quantity = Quantity::from_micro(pieces * 1_000_000);
    work.add(Stock { on_hand_micro: quantity, ..Stock::none(id, HOUSE) });
    let receipt = StockMovement {
        id: work.id(),
        product_id: id,
        warehouse_id: HOUSE,
        kind: MovementKind::Receipt,
        on_hand_delta_micro: quantity,
        reserved_delta_micro: Quantity::ZERO,
        bin_id: domain::BinId::NONE,
        lot_id: domain::LotId::NONE,
        status: domain::StockStatus::Free,
        unit_cost_micro: None,
        average_cost_micro: None,
        cause_kind: "receipt".to_owned(),
        cause_id: 0,
        note: String::new(),
        by: UserId::NONE,
        at: now,
    };
    work.append(receipt);
}

fn customer(work: &mut UnitOfWork, id: CustomerId, place: u64) {
    let now = work.now();
    let none = String::new;
    work.add(Customer {
        id,
        version: Version::FIRST,
        code: format!("C{place:06}"),
        name: format!("客户 {place}"),
        short_name: none(),
        search: format!("c{place:06}"),
        credit_code: none(),
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
        bank: none(),
        bank_account: none(),
        invoice_title: none(),
        invoice_address: none(),
        notes: none(),
        active: true,
        verified: true,
        merged_into: None,
        former: String::new(),
        created_at: now,
    });
    work.add(CustomerAccount::new(id, Some(Money::from_minor(1_000_000_000_000))));
    work.add(CustomerContact {
        customer_id: id,
        position: 1,
        name: "王经理".to_owned(),
        job: String::new(),
        phone: "13800138000".to_owned(),
        email: String::new(),
        main: true,
    });
    work.add(CustomerAddress {
        customer_id: id,
        position: 1,
        label: none(),
        receiver: "王经理".to_owned(),
        phone: "13800138000".to_owned(),
        country: none(),
        province: "上海市".to_owned(),
        city: "上海市".to_owned(),
        district: "黄浦区".to_owned(),
        street: "人民大道 200 号".to_owned(),
        postal_code: none(),
        main: true,
    });
}
