//! Customers, products, their prices, users, the warehouse and its stock.

use domain::{
    Channel, Codes, Company, Currency, Customer, CustomerId, Date, Grade, Instant, Language, MovementId, MovementKind, NumberPattern,
    Price, PriceId, Product, ProductId, Quantity, Rate, SalesCategory, Selector, Settlement, Stock, StockMovement, UnitPrice, User, UserId,
    Version, Warehouse, WarehouseId,
};
use store::Fault;
use store::bulk::Bulk;
use store::work::IdSource;

use super::{add, dice};

const CITIES: [&str; 16] =
    ["上海", "苏州", "杭州", "宁波", "南京", "无锡", "广州", "深圳", "东莞", "佛山", "厦门", "成都", "重庆", "武汉", "青岛", "天津"];
const WORDS: [&str; 24] = [
    "明华", "宏远", "新雅", "金海", "东方", "长城", "永兴", "嘉禾", "瑞丰", "天成", "华泰", "鼎盛", "宝利", "恒信", "百川", "锦程", "德润",
    "安达", "博文", "晨光", "方正", "国瑞", "和顺", "康宁",
];
const TRADES: [&str; 14] = ["印务", "包装", "纸业", "商贸", "文具", "食品", "电子", "机械", "服饰", "家居", "物流", "科技", "医药", "建材"];
const GOODS: [&str; 16] = [
    "双胶纸",
    "铜版纸",
    "白卡纸",
    "牛皮纸",
    "瓦楞纸箱",
    "不干胶标签",
    "打包带",
    "缠绕膜",
    "气泡膜",
    "文件夹",
    "复印纸",
    "档案盒",
    "信封",
    "胶带",
    "垫板",
    "礼品盒",
];

/// Users beside the first, who look after customers and enter orders.
const REPS: i64 = 20;

/// Everything orders speak of.
pub(in crate::bench) struct Masters {
    pub pattern: NumberPattern,
    pub admin: UserId,
    pub users: Vec<User>,
    pub warehouse: Warehouse,
    pub customers: Vec<Customer>,
    pub products: Vec<Product>,
    pub prices: Vec<Price>,
}

/// How many of a master for so many orders.
fn share(orders: u64, one_in: u64, least: u64, most: u64) -> usize {
    usize::try_from((orders / one_in).clamp(least, most)).unwrap_or(1)
}

impl Masters {
    /// As many as so many orders speak of.
    pub fn make(company: &Company, admin: &User, orders: u64, at: Instant) -> Self {
        Masters::of(company, admin, share(orders, 50, 500, 20_000), share(orders, 50, 200, 5_000), at)
    }

    /// So many products and customers.
    pub fn of(company: &Company, admin: &User, products: usize, customers: usize, at: Instant) -> Self {
        let ids = IdSource::new(0);
        let since = at.date_in("UTC").or_else(|| Date::of(2024, 1, 1)).expect("it is in the calendar");
        let users: Vec<User> = (1..=REPS).map(|place| rep(admin, UserId::from_raw(ids.next(at)), place)).collect();
        let customers = (0..customers).map(|place| {
            let owner = users[place % users.len()].id;
            customer(company, CustomerId::from_raw(ids.next(at)), place, owner, at)
        });
        let products: Vec<Product> = (0..products).map(|place| product(ProductId::from_raw(ids.next(at)), place, at)).collect();
        let price = |(place, product): (usize, &Product)| Price {
            id: PriceId::from_raw(ids.next(at)),
            version: Version::FIRST,
            product_id: product.id,
            customer_id: CustomerId::NONE,
            grade: Selector::Any,
            category: Selector::Any,
            channel: Selector::Any,
            currency: Currency::CNY,
            min_quantity_micro: Quantity::ZERO,
            unit_price_micro: UnitPrice::from_micro(1_500_000 + i64::try_from(place % 997).unwrap_or_default() * 370_000),
            valid_from: since,
            valid_to: None,
        };
        Masters {
            pattern: NumberPattern::parse(&company.order_pattern).expect("the company's pattern was checked"),
            admin: admin.id,
            customers: customers.collect(),
            prices: products.iter().enumerate().map(price).collect(),
            products,
            warehouse: Warehouse {
                id: WarehouseId::from_raw(ids.next(at)),
                version: Version::FIRST,
                code: "W1".to_owned(),
                name: "总仓".to_owned(),
                address: "江苏省苏州市昆山市花桥镇物流大道1号".to_owned(),
                active: true,
                also_from: domain::Kept::default(),
            },
            users,
        }
    }

    pub fn rows(&self) -> u64 {
        (self.users.len() + 1 + self.customers.len() + self.products.len() + self.prices.len()) as u64
    }

    pub fn write(&self, bulk: &mut Bulk) -> Result<(), Fault> {
        bulk.add(&self.users)?;
        bulk.add(std::slice::from_ref(&self.warehouse))?;
        bulk.add(&self.customers)?;
        bulk.add(&self.products)?;
        bulk.add(&self.prices)
    }

    /// What lies in the warehouse: an opening of every product, and what orders have reserved.
    pub fn stock(&self, bulk: &mut Bulk, reserved: &[i64], at: Instant) -> Result<u64, Fault> {
        let ids = IdSource::new(0);
        let (mut rows, mut movements) = (Vec::new(), Vec::new());
        for (product, reserved) in self.products.iter().zip(reserved) {
            let on_hand = reserved + 50_000_000_000;
            let movement = |kind, on_hand: i64, reserved: i64| StockMovement {
                id: MovementId::from_raw(ids.next(at)),
                product_id: product.id,
                warehouse_id: self.warehouse.id,
                kind,
                on_hand_delta_micro: Quantity::from_micro(on_hand),
                reserved_delta_micro: Quantity::from_micro(reserved),
                bin_id: domain::BinId::NONE,
                lot_id: domain::LotId::NONE,
                status: domain::StockStatus::Free,
                unit_cost_micro: None,
                average_cost_micro: None,
                cause_kind: "adjustment".to_owned(),
                cause_id: 0,
                note: String::new(),
                by: self.admin,
                at,
            };
            movements.push(movement(MovementKind::Opening, on_hand, 0));
            if *reserved > 0 {
                movements.push(movement(MovementKind::Reserve, 0, *reserved));
            }
            rows.push(Stock {
                product_id: product.id,
                warehouse_id: self.warehouse.id,
                on_hand_micro: Quantity::from_micro(on_hand),
                reserved_micro: Quantity::from_micro(*reserved),
                ..Stock::none(product.id, self.warehouse.id)
            });
        }
        Ok(add(bulk, &rows)? + add(bulk, &movements)?)
    }
}

fn rep(admin: &User, id: UserId, place: i64) -> User {
    User { id, username: format!("rep{place:02}"), name: format!("业务员{place:02}"), roles: Codes::parse("sales_rep"), ..admin.clone() }
}

fn customer(company: &Company, id: CustomerId, place: usize, owner: UserId, at: Instant) -> Customer {
    let mut dice = dice(place as u64 + 1);
    let (city, word, trade) = (*dice.pick(&CITIES), *dice.pick(&WORDS), *dice.pick(&TRADES));
    let name = format!("{city}{word}{trade}有限公司");
    let mut customer = Customer {
        id,
        version: Version::FIRST,
        code: format!("C{:05}", place + 1),
        short_name: format!("{word}{trade}"),
        search: String::new(),
        credit_code: String::new(),
        grade: *dice.pick(&[Grade::A, Grade::B, Grade::B, Grade::C]),
        channel: *dice.pick(&[Channel::Direct, Channel::SalesRep, Channel::Phone, Channel::Email, Channel::Portal]),
        category: *dice.pick(&[SalesCategory::Direct, SalesCategory::SubDistributor, SalesCategory::Supermarket]),
        settlement: *dice.pick(&[Settlement::Monthly, Settlement::Remittance, Settlement::Rolling]),
        terms_days: 30,
        deposit_rate: Rate::ZERO,
        currency: company.currency,
        language: Language::ZhCn,
        tax_inclusive: false,
        owner_id: Some(owner),
        bank: String::new(),
        bank_account: String::new(),
        invoice_title: name.clone(),
        invoice_address: String::new(),
        notes: String::new(),
        active: true,
        verified: true,
        merged_into: None,
        former: String::new(),
        created_at: at,
        name,
    };
    customer.index();
    customer
}

fn product(id: ProductId, place: usize, at: Instant) -> Product {
    let mut dice = dice(place as u64 + 1_000_003);
    let goods = *dice.pick(&GOODS);
    let mut product = Product {
        code: format!("P{:05}", place + 1),
        name: format!("{goods} {}号", place % 89 + 1),
        spec: format!("{}g {}×{}", dice.between(6, 40) * 10, dice.between(20, 90), dice.between(30, 120)),
        unit: (*dice.pick(&["令", "箱", "卷", "包", "个"])).to_owned(),
        category: goods.to_owned(),
        tax_rate: Rate::from_bp(1300),
        lead_days: 3,
        weight_g: dice.between(10, 3_000),
        ..Product::blank(id, at)
    };
    product.index();
    product
}
