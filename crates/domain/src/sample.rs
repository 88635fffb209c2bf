//! Good rows for tests.

#![allow(clippy::vec_box)] // Steps take whatever derefs to a line; here that is a box.

use crate::*;

/// 2026-11-21, a Saturday.
pub fn today() -> Date {
    Date::of(2026, 11, 21).unwrap()
}

/// A moment of that day.
pub fn now() -> Instant {
    Instant::parse("2026-11-21T02:00:00Z").unwrap()
}

/// Renminbi.
pub fn cny(amount: &str) -> Money {
    Money::parse(amount, Currency::CNY).unwrap()
}

/// A quantity.
pub fn quantity(amount: &str) -> Quantity {
    Quantity::parse(amount).unwrap()
}

/// Somebody with the permissions of a role.
pub fn actor(id: i64, role: &str) -> Actor {
    let roles = default_roles();
    let role = roles.iter().find(|known| known.code == role).unwrap();
    Actor {
        user_id: UserId::from_raw(id),
        name: format!("{} {id}", role.code),
        roles: Codes::parse(&role.code),
        permissions: role.permissions.clone(),
        language: Language::ZhCn,
        channel: "web".to_owned(),
        address: "127.0.0.1".to_owned(),
        company_id: CompanyId::from_raw(1),
        customer_id: None,
    }
}

/// The company of the scenario `standard`.
pub fn company() -> Company {
    Company {
        id: CompanyId::from_raw(1),
        version: Version::FIRST,
        code: "standard".to_owned(),
        name: "标准贸易有限公司".to_owned(),
        currency: Currency::CNY,
        tax_rounding: TaxRounding::Line,
        blueprint_no: 0,
        follow_up_days: 3,
        cart_hold_minutes: 30,
        reserve_hours: 0,
        promise_dates: false,
        order_pattern: "SO{yyyy}{000000}".to_owned(),
        shipment_pattern: "DN{yyyy}{000000}".to_owned(),
        invoice_pattern: "INV{yyyy}{000000}".to_owned(),
        payment_pattern: "PAY{yyyy}{000000}".to_owned(),
        task_pattern: "TK{yyyy}{000000}".to_owned(),
        change_pattern: "BG{yyyy}{000000}".to_owned(),
        quotation_pattern: "BJ{yyyy}{000000}".to_owned(),
        contract_pattern: "HT{yyyy}{000000}".to_owned(),
        inquiry_pattern: "XJ{yyyy}{000000}".to_owned(),
        purchase_pattern: "CG{yyyy}{000000}".to_owned(),
        renumbered: false,
        default_tax_rate: Rate::from_bp(1300),
        time_zone: "Asia/Shanghai".to_owned(),
        created_at: now(),
    }
}

/// Its customer CUST001: prices contain tax, 30 % in advance.
pub fn customer() -> Customer {
    Customer {
        id: CustomerId::from_raw(11),
        version: Version::FIRST,
        code: "CUST001".to_owned(),
        name: "明华印务有限公司".to_owned(),
        short_name: "明华印务".to_owned(),
        search: String::new(),
        credit_code: "91330100799655058B".to_owned(),
        grade: Grade::A,
        channel: Channel::Phone,
        category: SalesCategory::Direct,
        settlement: Settlement::DepositBalance,
        terms_days: 30,
        deposit_rate: Rate::from_bp(3000),
        currency: Currency::CNY,
        language: Language::ZhCn,
        tax_inclusive: true,
        owner_id: Some(UserId::from_raw(1)),
        bank: String::new(),
        bank_account: String::new(),
        invoice_title: String::new(),
        invoice_address: String::new(),
        notes: String::new(),
        active: true,
        verified: true,
        merged_into: None,
        former: String::new(),
        created_at: now(),
    }
}

/// Its product P001.
pub fn product() -> Product {
    Product {
        code: "P001".to_owned(),
        name: "A产品".to_owned(),
        spec: "L-500×300".to_owned(),
        unit: "台".to_owned(),
        tax_rate: Rate::from_bp(1300),
        ..Product::blank(ProductId::from_raw(21), now())
    }
}

/// Its warehouse.
pub fn warehouse() -> Warehouse {
    Warehouse {
        id: WarehouseId::from_raw(31),
        version: Version::FIRST,
        code: "W1".to_owned(),
        name: "总仓".to_owned(),
        address: String::new(),
        active: true,
        also_from: crate::kept::Kept::default(),
    }
}

/// A complete draft with one line for each `quantity × price`, entered by user 1.
pub fn draft(lines: &[(&str, &str)]) -> (Order, Vec<Box<OrderLine>>) {
    let (company, customer, by) = (company(), customer(), actor(1, "sales_rep"));
    let mut order = Order::draft(OrderId::from_raw(41), &customer, &company, warehouse().id, &by, (now(), today()));
    order.contact_name = "李华".to_owned();
    order.contact_phone = "13800138000".to_owned();
    order.delivery_address = "浙江省杭州市余杭区文一西路 969 号".to_owned();
    order.required_on = Some(today().plus_days(10));
    let mut rows = Vec::new();
    for (number, (ordered, price)) in (1..).zip(lines) {
        let product = Product { id: ProductId::from_raw(20 + number), ..product() };
        let mut line = OrderLine::of_product(order.id, number, &product, quantity(ordered));
        line.set_price(Some(UnitPrice::parse(price).unwrap()), None);
        rows.push(Box::new(line));
    }
    order.total_up(&mut rows).unwrap();
    (order, rows)
}

/// Every item of the standard checklist.
pub fn ticked() -> Codes {
    STANDARD_CHECKLIST.iter().copied().collect()
}

/// The signatures that the standard rules ask for.
pub fn wanted(order: &Order) -> Vec<WantedStep> {
    standard_blueprint().wanted_steps(&Facts::of(order, today(), now(), Currency::CNY))
}
