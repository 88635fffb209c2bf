//! Bins, lots, transfers and counts of the demo, in every state.

use domain::{Date, Quantity, Spot, StockStatus, TransferId, Warehouse, WarehouseId};
use store::Failure;
use store::query::stock::{PlaceFilter, places};

use super::master::WAREHOUSES;
use super::people::Staff;
use crate::App;
use crate::stock::read_tags::{TagRead, read_tags};
use crate::stock::receive::{Material, Receipt, ReceiptLine, receive};
use crate::stock::{LotDays, SaidSpot};
use crate::stock_count::enter::{Entered, enter};
use crate::stock_count::open::{OpenCount, open};
use crate::stock_count::submit;
use crate::transfer::{TransferInput, TransferInputLine, create, receive as arrive, send};
use crate::warehouse::add_bin::{BinInput, add_bin};

const WHO: &str = "warehouse";
/// Code, name, place in [`WAREHOUSES`].
const BINS: [(&str, &str, usize); 6] = [
    ("A-01-01", "标签耗材 1 层", 0),
    ("A-01-02", "标签耗材 2 层", 0),
    ("A-02-01", "包材", 0),
    ("QC-01", "待检区", 0),
    ("TH-01", "退货区", 0),
    ("A-01-01", "标签耗材", 1),
];

fn lot(product: &str, pieces: i64, bin: &str, lot: &str, last: Option<Date>) -> ReceiptLine {
    let spot = SaidSpot { bin: bin.to_owned(), lot: lot.to_owned(), status: StockStatus::Free };
    let days = LotDays { expires_on: last, ..LotDays::default() };
    ReceiptLine { spot, days, ..ReceiptLine::of(product, Quantity::units(pieces)) }
}

/// Writes them on this day.
///
/// # Errors
/// Any failure of the database.
pub async fn write(app: &App, staff: &Staff, today: Date) -> Result<(), Failure> {
    let company = staff.by(WHO).company_id;
    let found = app.store.read(move |reader| reader.all::<Warehouse>(company, "ORDER BY code", &[])).await?;
    let warehouses: Vec<WarehouseId> = found.iter().map(|warehouse| warehouse.id).collect();
    for (code, name, place) in BINS {
        let input = BinInput { code: code.to_owned(), name: name.to_owned(), active: true };
        let id = warehouses[place];
        app.command(staff.by(super::people::ADMIN), None, move |work, by| add_bin(work, by, id, &input)).await?;
    }
    let mut inspected = lot("BQ-006", 200, "QC-01", "SZ2611-07", Some(today.plus_days(540)));
    inspected.spot.status = StockStatus::Quality;
    let mut boxes = lot("DB-002", 60, "A-02-01", "LH2611-02", None);
    let board = SaidSpot { bin: "A-02-01".to_owned(), lot: "FWB-88".to_owned(), status: StockStatus::Free };
    boxes.made_from = vec![Material { product: "WL-006".to_owned(), quantity: Quantity::units(30), spot: board }];
    let mut supplied = lot("WL-006", 80, "A-02-01", "FWB-88", None);
    supplied.days.origin = "供应商批号 20261108".to_owned();
    let lines = vec![
        lot("BQ-005", 300, "A-01-01", "HH2609-01", Some(today.plus_days(25))),
        lot("BQ-005", 500, "A-01-02", "HH2611-03", Some(today.plus_days(400))),
        inspected,
        supplied,
    ];
    for (reference, lines) in [("RK-PC-01", lines), ("WG-LH-02", vec![boxes])] {
        let receipt = Receipt { warehouse: WAREHOUSES[0].0.to_owned(), reference: reference.to_owned(), note: String::new(), lines };
        app.command(staff.by(WHO), None, move |work, by| receive(work, by, &receipt)).await?;
    }
    transfers(app, staff, today).await?;
    counts(app, staff, warehouses[0]).await?;
    let now = app.store.now();
    let reads = vec![TagRead { tag: "HH2611-03".to_owned(), at: now }, TagRead { tag: "E280-1160-6000".to_owned(), at: now }];
    app.command(staff.by(WHO), None, move |work, by| read_tags(work, by, "A-01-02", &reads)).await?;
    Ok(())
}

/// One that is drawn up, one on its way, one that arrived.
async fn transfers(app: &App, staff: &Staff, today: Date) -> Result<(), Failure> {
    let sent = |product: &str, pieces: i64, note: &str| TransferInput {
        from: WAREHOUSES[0].0.to_owned(),
        to: WAREHOUSES[1].0.to_owned(),
        expected_on: Some(today.plus_days(2)),
        note: note.to_owned(),
        lines: vec![TransferInputLine { product: product.to_owned(), quantity: Quantity::units(pieces), unit: None, lot: String::new() }],
    };
    let mut made: Vec<TransferId> = Vec::new();
    for input in [sent("BQ-005", 20, "周转"), sent("BQ-005", 320, "华南补货"), sent("BQ-005", 40, "急件")] {
        let saved = app.command(staff.by(WHO), None, move |work, by| create::create(work, by, &input)).await?;
        made.push(saved.id.parse().expect("an id that was given"));
    }
    for id in [made[2], made[1]] {
        app.command(staff.by(WHO), None, move |work, by| send::send(work, by, id, None)).await?;
    }
    let parts = [domain::Part { line_no: 1, quantity: Quantity::units(40) }];
    let id = made[2];
    app.command(staff.by(WHO), None, move |work, by| arrive::receive(work, by, id, None, &parts, "A-01-01")).await?;
    Ok(())
}

/// One that is being counted, one whose differences wait.
async fn counts(app: &App, staff: &Staff, warehouse: WarehouseId) -> Result<(), Failure> {
    let company = staff.by(WHO).company_id;
    let filter = PlaceFilter { product: None, warehouse: Some(warehouse), bin: None };
    let lying = app.store.read(move |reader| places(reader, company, filter, 10_000)).await?;
    let in_bin = |bin: &str| -> Vec<(domain::ProductId, Spot)> {
        lying.iter().filter(|row| row.bin == bin).map(|row| (row.product_id, row.spot)).collect()
    };
    let (first, second) = (in_bin("A-02-01"), in_bin("A-01-02"));
    for (places, note, less) in [(first, "包材循环盘点", false), (second, "标签循环盘点", true)] {
        let count = lying.iter().find(|row| places.first() == Some(&(row.product_id, row.spot))).map(|row| row.on_hand);
        let said = OpenCount { warehouse: WAREHOUSES[0].0.to_owned(), blind: true, note: note.to_owned(), places };
        let saved = app.command(staff.by(WHO), None, move |work, by| open(work, by, &said)).await?;
        let id = saved.id.parse().expect("an id that was given");
        let (Some(there), true) = (count, less) else { continue };
        let counted = there - Quantity::units(3);
        let lines = [Entered { line_no: 1, product: String::new(), spot: SaidSpot::default(), counted }];
        app.command(staff.by(WHO), None, move |work, by| enter(work, by, id, None, &lines)).await?;
        app.command(staff.by(WHO), None, move |work, by| submit::submit(work, by, id, None)).await?;
    }
    Ok(())
}
