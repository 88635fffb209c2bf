//! Suppliers of the demo and purchase orders to them: one that came in two parts, one that came in part, one confirmed, one written.

use domain::{Currency, Date, PurchaseArrival, PurchaseId, PurchaseTerms, Quantity, Rate, SupplierConfirmation, UnitPrice};
use store::Failure;

use super::people::Staff;
use crate::App;
use crate::purchase::{PurchaseInput, PurchaseLineInput, PurchaseNeed, confirm, create, receive, send};
use crate::supplier::{SuppliedInput, SupplierInput, create as add};

/// Who buys, and who takes in.
const BUYER: &str = "manager";
const KEEPER: &str = "warehouse";

fn supplied(product: &str, code: &str, price: i64, (minimum, multiple): (i64, i64), (days, rush): (i64, Option<i64>)) -> SuppliedInput {
    SuppliedInput {
        product: product.to_owned(),
        supplier_code: code.to_owned(),
        unit_price: UnitPrice::from_micro(price * 10_000),
        minimum: Quantity::units(minimum),
        multiple: Quantity::units(multiple),
        lead_days: Some(days),
        rush_lead_days: rush,
        rush_rate: rush.map_or(Rate::ZERO, |_| Rate::from_bp(1_500)),
        rush_amount: UnitPrice::ZERO,
        preferred: true,
    }
}

fn suppliers() -> [SupplierInput; 2] {
    let usual = |code: &str, name: &str, contact: &str, phone: &str, lead_days: i64, products: Vec<SuppliedInput>| SupplierInput {
        code: code.to_owned(),
        name: name.to_owned(),
        contact: contact.to_owned(),
        phone: phone.to_owned(),
        email: String::new(),
        address: String::new(),
        currency: Some(Currency::CNY),
        terms_days: 30,
        lead_days,
        calendar: String::new(),
        over_tolerance: Rate::from_bp(500),
        under_tolerance: Rate::from_bp(200),
        notes: String::new(),
        active: true,
        products,
    };
    let racks =
        vec![supplied("CC-003", "LH-1200", 29_800, (4, 2), (8, Some(4))), supplied("CC-005", "LH-2000", 47_600, (2, 1), (8, Some(4)))];
    let tools = vec![
        supplied("GJ-002", "QZ16", 8_900, (10, 5), (6, Some(2))),
        supplied("GJ-003", "JD-2", 1_480, (50, 10), (5, None)),
        supplied("GJ-005", "FJD-12", 2_450, (20, 20), (6, Some(3))),
    ];
    [
        usual("G1001", "苏州联合仓储设备有限公司", "陆经理", "13812340021", 10, racks),
        usual("G1002", "永康市强众五金工具厂", "胡厂长", "13957920033", 7, tools),
    ]
}

fn line(product: &str, quantity: i64, rush: bool, asked_on: Option<Date>) -> PurchaseLineInput {
    PurchaseLineInput {
        product: product.to_owned(),
        quantity: Quantity::units(quantity),
        unit: String::new(),
        unit_price: None,
        asked_on,
        rush,
        need: PurchaseNeed::Stock,
        note: String::new(),
    }
}

async fn written(app: &App, staff: &Staff, supplier: &str, lines: Vec<PurchaseLineInput>) -> Result<PurchaseId, Failure> {
    let terms = PurchaseTerms { over_tolerance: None, under_tolerance: None, notes: String::new() };
    let input = PurchaseInput { supplier: supplier.to_owned(), warehouse: String::new(), terms, lines };
    Ok(app.command(staff.by(BUYER), None, move |work, by| create::create(work, by, &input)).await?.id)
}

async fn sent(app: &App, staff: &Staff, supplier: &str, lines: Vec<PurchaseLineInput>) -> Result<PurchaseId, Failure> {
    let id = written(app, staff, supplier, lines).await?;
    app.command(staff.by(BUYER), None, move |work, by| send::send(work, by, id, None)).await?;
    Ok(id)
}

/// Adds the suppliers and sends the first orders, at the beginning of the story.
///
/// # Errors
/// Any failure of the database.
pub async fn order(app: &App, staff: &Staff) -> Result<[PurchaseId; 2], Failure> {
    for supplier in suppliers() {
        app.command(staff.by(BUYER), None, move |work, by| add::create(work, by, &supplier)).await?;
    }
    let tools = sent(app, staff, "G1002", vec![line("GJ-002", 20, false, None), line("GJ-005", 40, true, None)]).await?;
    let racks = sent(app, staff, "G1001", vec![line("CC-005", 10, false, None), line("CC-003", 8, false, None)]).await?;
    Ok([tools, racks])
}

/// What came of them until today, and what is on its way or written today; the first were ordered on `ordered`.
///
/// # Errors
/// Any failure of the database.
pub async fn follow(app: &App, staff: &Staff, [tools, racks]: &[PurchaseId; 2], ordered: Date, today: Date) -> Result<(), Failure> {
    let came = |days: i64, reference: &str, lines: &[(i64, i64)]| PurchaseArrival {
        received_on: Some(ordered.plus_days(days)),
        reference: reference.to_owned(),
        note: String::new(),
        lines: lines.iter().map(|(no, quantity)| (*no, Quantity::units(*quantity))).collect(),
    };
    let arrivals = [
        (*tools, came(3, "SH-26101", &[(2, 40)])),
        (*tools, came(6, "SH-26107", &[(1, 10)])),
        (*tools, came(8, "SH-26115", &[(1, 10)])),
        (*racks, came(11, "LH-7718", &[(1, 6)])),
    ];
    for (id, arrival) in arrivals {
        app.command(staff.by(KEEPER), None, move |work, by| receive::receive(work, by, id, None, &arrival)).await?;
    }
    // The rest of the racks is promised anew.
    let racks = *racks;
    let anew =
        SupplierConfirmation { supplier_ref: "LH-2026-118".to_owned(), lines: vec![(1, today.plus_days(6)), (2, today.plus_days(9))] };
    app.command(staff.by(BUYER), None, move |work, by| confirm::confirm(work, by, racks, None, &anew)).await?;

    let confirmed =
        sent(app, staff, "G1002", vec![line("GJ-003", 100, false, Some(today.plus_days(5))), line("GJ-002", 15, true, None)]).await?;
    let said = SupplierConfirmation { supplier_ref: "QZ-0932".to_owned(), lines: vec![(1, today.plus_days(7))] };
    app.command(staff.by(BUYER), None, move |work, by| confirm::confirm(work, by, confirmed, None, &said)).await?;
    written(app, staff, "G1001", vec![line("CC-005", 6, false, None)]).await?;
    Ok(())
}
