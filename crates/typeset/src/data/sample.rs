//! A sample of each kind of document: the order of the scenario `standard`, with as many lines as wanted.

use std::collections::BTreeMap;

use domain::{
    Actor, Channel, Codes, Company, CompanyId, Currency, Customer, CustomerId, Date, DocumentKind, DocumentSubject, Grade, Instant,
    Invoice, InvoiceId, InvoiceKind, InvoiceLine, InvoiceStatus, Language, Letterhead, Money, Order, OrderId, OrderLine, OrderStatus,
    Quantity, Rate, SalesCategory, Settlement, Shipment, ShipmentId, ShipmentLine, ShipmentStatus, TaxRounding, UnitPrice, UserId, Version,
    Warehouse, WarehouseId,
};
use serde_json::{Value, json};

use super::{About, Entry, OrderFacts, Statement, invoice, order, shipment, statement};

/// The data of a sample with so many lines.
pub fn sample(kind: DocumentKind, language: Language, lines: i64) -> Value {
    let (company, customer) = (company(language), customer(language));
    let letterhead = letterhead();
    let (head, lines) = ordered(language, &company, &customer, lines);
    let names = BTreeMap::from([(UserId::from_raw(1), said(language, "陈晓", "陳曉", "Chen Xiao"))]);
    let warehouse = Warehouse {
        id: WarehouseId::from_raw(31),
        version: Version::FIRST,
        code: "W1".to_owned(),
        name: said(language, "总仓", "總倉", "Main warehouse"),
        address: String::new(),
        active: true,
        also_from: domain::Kept::default(),
    };
    let about = About { kind, language, made_on: day(11), company: &company, letterhead: &letterhead, customer: &customer };
    let facts = OrderFacts { order: &head, lines: &lines, warehouse: Some(&warehouse), names: &names };
    match kind.subject() {
        DocumentSubject::Order => order(&about, &facts),
        DocumentSubject::Quotation => {
            let mut data = order(&about, &facts);
            data["quotation"] = json!({ "version": "1", "valid_until": "2026-10-31", "lead_time": "7", "terms": "" });
            data
        }
        DocumentSubject::Shipment => {
            let (note, lines) = shipped(language, &head, &lines);
            shipment(&about, &facts, &note, &lines)
        }
        DocumentSubject::Invoice => {
            let (bill, lines) = billed(&head, &lines);
            invoice(&about, &facts, &bill, &lines)
        }
        DocumentSubject::Customer => statement(&about, &account(&head, lines.len())),
    }
}

fn said(language: Language, simplified: &str, traditional: &str, english: &str) -> String {
    match language {
        Language::ZhCn => simplified,
        Language::ZhTw => traditional,
        Language::En => english,
    }
    .to_owned()
}

fn day(of_month: i8) -> Date {
    Date::of(2026, 10, of_month).expect("days of October")
}

fn company(language: Language) -> Company {
    Company {
        id: CompanyId::from_raw(1),
        version: Version::FIRST,
        code: "sample".to_owned(),
        name: said(language, "顺单样例有限公司", "順單樣例有限公司", "Shundan Sample Ltd."),
        currency: Currency::CNY,
        tax_rounding: TaxRounding::Line,
        blueprint_no: 0,
        follow_up_days: 3,
        cart_hold_minutes: 30,
        reserve_hours: 0,
        promise_dates: false,
        order_pattern: String::new(),
        shipment_pattern: String::new(),
        invoice_pattern: String::new(),
        payment_pattern: String::new(),
        task_pattern: String::new(),
        change_pattern: String::new(),
        quotation_pattern: String::new(),
        contract_pattern: String::new(),
        inquiry_pattern: String::new(),
        purchase_pattern: String::new(),
        renumbered: false,
        default_tax_rate: Rate::from_bp(1300),
        time_zone: "Asia/Shanghai".to_owned(),
        created_at: Instant::from_micros(0),
    }
}

fn letterhead() -> Letterhead {
    Letterhead {
        address: "杭州市余杭区文一西路 969 号".to_owned(),
        address_en: "969 West Wenyi Road, Hangzhou".to_owned(),
        phone: "0571-8888 0000".to_owned(),
        email: "sales@example.com".to_owned(),
        credit_code: "91330100799655058B".to_owned(),
        bank: "中国工商银行杭州分行".to_owned(),
        bank_account: "1202 0000 0000 0000 000".to_owned(),
        ..Letterhead::empty()
    }
}

fn customer(language: Language) -> Customer {
    Customer {
        id: CustomerId::from_raw(11),
        version: Version::FIRST,
        code: "CUST001".to_owned(),
        name: said(language, "明华印务有限公司", "明華印務有限公司", "Minghua Printing Ltd."),
        short_name: String::new(),
        search: String::new(),
        credit_code: "91330100799655058B".to_owned(),
        grade: Grade::A,
        channel: Channel::Phone,
        category: SalesCategory::Direct,
        settlement: Settlement::DepositBalance,
        terms_days: 30,
        deposit_rate: Rate::from_bp(3000),
        currency: Currency::CNY,
        language,
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
        created_at: Instant::from_micros(0),
    }
}

fn ordered(language: Language, company: &Company, customer: &Customer, count: i64) -> (Order, Vec<OrderLine>) {
    let by = Actor {
        user_id: UserId::from_raw(1),
        name: String::new(),
        roles: Codes::default(),
        permissions: Codes::default(),
        language,
        channel: String::new(),
        address: String::new(),
        company_id: company.id,
        customer_id: None,
    };
    let id = OrderId::from_raw(41);
    let mut order = Order::draft(id, customer, company, WarehouseId::from_raw(31), &by, (Instant::from_micros(0), day(8)));
    order.number = "SO2026000123".to_owned();
    order.status = OrderStatus::Effective;
    order.contact_name = said(language, "李华", "李華", "Li Hua");
    order.contact_phone = "138 0013 8000".to_owned();
    order.receiver = order.contact_name.clone();
    order.delivery_address =
        said(language, "浙江省杭州市余杭区文一西路 969 号", "浙江省杭州市餘杭區文一西路 969 號", "969 West Wenyi Road, Hangzhou");
    order.required_on = Some(day(15));
    order.promised_on = Some(day(15));
    order.planned_ship_on = Some(day(14));
    order.expected_on = Some(day(16));
    order.customer_po = "PO-7788".to_owned();
    order.packing = said(language, "防潮包装", "防潮包裝", "Damp-proof packing");
    order.transport = said(language, "公路运输", "公路運輸", "By road");
    order.special_requirements = said(language, "送货前一天电话预约", "送貨前一天電話預約", "Call one day before delivery");
    order.freight_minor = Money::from_minor(80_000);
    order.paid_minor = Money::from_minor(100_000);
    let mut lines: Vec<Box<OrderLine>> = (1..=count.clamp(1, 500)).map(|no| Box::new(line(language, &order, no))).collect();
    // What is sampled is far below the largest amount.
    let _ = order.total_up(&mut lines);
    (order, lines.into_iter().map(|line| *line).collect())
}

fn line(language: Language, order: &Order, no: i64) -> OrderLine {
    let (name, spec, unit, quantity, price) = match no % 3 {
        1 => (said(language, "A产品", "A產品", "Product A"), "L-500×300", said(language, "台", "台", "pcs"), 100, 500_000_000),
        2 => {
            (said(language, "80 克双胶纸", "80 克雙膠紙", "80 g offset paper"), "787 mm", said(language, "吨", "噸", "t"), 3, 6_200_000_000)
        }
        _ => (said(language, "控制器", "控制器", "Controller"), "DK-200", said(language, "套", "套", "sets"), 12, 3_450_500_000),
    };
    OrderLine {
        order_id: order.id,
        line_no: no,
        product_id: domain::ProductId::from_raw(20 + no),
        product_code: format!("P{no:03}"),
        name,
        spec: spec.to_owned(),
        unit,
        quantity_micro: Quantity::units(quantity),
        unit_price_micro: UnitPrice::from_micro(price),
        book_price_micro: None,
        price_source: domain::PriceSource::List,
        book_rule: String::new(),
        last_price_micro: None,
        last_price_on: None,
        price_reason: String::new(),
        unit_cost_micro: None,
        unit_floor_micro: None,
        discount_rate: Rate::ZERO,
        tax_rate: Rate::from_bp(1300),
        net_minor: Money::ZERO,
        tax_minor: Money::ZERO,
        gross_minor: Money::ZERO,
        reserved_micro: Quantity::units(quantity),
        shipped_micro: Quantity::ZERO,
        delivered_micro: Quantity::ZERO,
        refused_micro: Quantity::ZERO,
        billed_micro: Quantity::ZERO,
        closed_micro: Quantity::ZERO,
        closed_reason: String::new(),
        over_tolerance: Rate::from_bp(500),
        under_tolerance: Rate::from_bp(500),
        required_on: None,
        note: String::new(),
        contract_line: 0,
        called_micro: Quantity::ZERO,
        sold: domain::Kept::default(),
        configuration: domain::Kept::default(),
        quality_standard: String::new(),
    }
}

fn shipped(language: Language, order: &Order, lines: &[OrderLine]) -> (Shipment, Vec<ShipmentLine>) {
    let note = Shipment {
        id: ShipmentId::from_raw(51),
        version: Version::FIRST,
        number: "DN2026000088".to_owned(),
        order_id: order.id,
        order_number: order.number.clone(),
        customer_id: order.customer_id,
        customer_name: order.customer_name.clone(),
        warehouse_id: order.warehouse_id,
        status: ShipmentStatus::Shipped,
        shipped_on: day(14),
        carrier: said(language, "德邦物流", "德邦物流", "Deppon Logistics"),
        tracking: "DPK360012345678".to_owned(),
        note: String::new(),
        delivered_on: None,
        signer: String::new(),
        created_by: UserId::from_raw(1),
        created_at: Instant::from_micros(0),
        closed_note: String::new(),
    };
    let line = |line: &OrderLine| ShipmentLine {
        shipment_id: note.id,
        line_no: line.line_no,
        order_line_no: line.line_no,
        product_id: line.product_id,
        product_code: line.product_code.clone(),
        name: line.name.clone(),
        spec: line.spec.clone(),
        unit: line.unit.clone(),
        quantity_micro: line.quantity_micro,
        accepted_micro: Quantity::ZERO,
        refused_micro: Quantity::ZERO,
    };
    let lines = lines.iter().map(line).collect();
    (note, lines)
}

fn billed(order: &Order, lines: &[OrderLine]) -> (Invoice, Vec<InvoiceLine>) {
    let bill = Invoice {
        id: InvoiceId::from_raw(61),
        version: Version::FIRST,
        number: "INV2026000077".to_owned(),
        order_id: order.id,
        order_number: order.number.clone(),
        customer_id: order.customer_id,
        customer_name: order.customer_name.clone(),
        kind: InvoiceKind::Special,
        status: InvoiceStatus::PartPaid,
        issued_on: day(16),
        due_on: day(31),
        net_minor: order.net_minor,
        tax_minor: order.tax_minor,
        gross_minor: order.payable_minor,
        freight_minor: order.freight_minor,
        discount_minor: order.discount_minor,
        charges: order.charges.clone(),
        paid_minor: order.paid_minor,
        created_by: UserId::from_raw(1),
        created_at: Instant::from_micros(0),
        void_reason: String::new(),
    };
    let line = |line: &OrderLine| InvoiceLine {
        invoice_id: bill.id,
        line_no: line.line_no,
        order_line_no: line.line_no,
        name: line.name.clone(),
        spec: line.spec.clone(),
        unit: line.unit.clone(),
        quantity_micro: line.quantity_micro,
        tax_rate: line.tax_rate,
        net_minor: line.net_minor,
        tax_minor: line.tax_minor,
        gross_minor: line.gross_minor,
    };
    let lines = lines.iter().map(line).collect();
    (bill, lines)
}

/// As many invoices as the sample has lines, each but the last paid.
fn account(order: &Order, count: usize) -> Statement {
    let mut entries = Vec::new();
    for no in 1..=count {
        let (invoice, payment) = (format!("INV20260{no:05}"), format!("PAY20260{no:05}"));
        let entry = |is_payment, number, due_on| Entry {
            on: day(i8::try_from(no % 28).unwrap_or_default() + 1),
            is_payment,
            number,
            order: order.number.clone(),
            due_on,
            amount: Money::from_minor(1_250_000),
        };
        entries.push(entry(false, invoice, Some(day(31))));
        if no < count || count == 1 {
            entries.push(entry(true, payment, None));
        }
    }
    entries.sort_by_key(|entry| entry.on);
    Statement { from: day(1), to: day(31), currency: order.currency, opening: Money::from_minor(830_000), entries }
}
