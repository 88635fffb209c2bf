//! What is stored of a company, read back for the check.

use std::collections::BTreeMap;

use domain::{
    CompanyId, CustomerAccount, Invoice, Order, OrderLine, Payment, Product, ProductId, Shipment, Stock, StockMovement, Warehouse,
};
use store::rows::ChainedEvent;
use store::{Failure, Reader, Store};

use crate::world::HOUSES;

/// All rows that the check needs.
#[derive(Debug)]
pub struct Facts {
    pub orders: BTreeMap<i64, Order>,
    pub lines: BTreeMap<(i64, i64), OrderLine>,
    pub shipments: Vec<Shipment>,
    pub invoices: Vec<Invoice>,
    pub payments: BTreeMap<i64, Payment>,
    /// By product and place of the warehouse.
    pub stock: BTreeMap<(ProductId, usize), Stock>,
    pub movements: Vec<StockMovement>,
    pub accounts: BTreeMap<i64, CustomerAccount>,
    pub products: BTreeMap<ProductId, String>,
    pub events: Vec<ChainedEvent>,
    /// What `verify` found.
    pub findings: Vec<String>,
}

/// Reads it, and lets the product check itself.
///
/// # Errors
/// Any fault of the database.
pub async fn read(store: &Store, company: CompanyId) -> Result<Facts, Failure> {
    Ok(store.read(move |reader| facts(reader, company)).await?)
}

fn facts(reader: &Reader<'_>, company: CompanyId) -> Result<Facts, store::Fault> {
    let report = store::verify::verify(reader, company)?;
    Ok(Facts {
        orders: reader.all::<Order>(company, "", &[])?.into_iter().map(|o| (o.id.raw(), o)).collect(),
        lines: reader.all::<OrderLine>(company, "", &[])?.into_iter().map(|l| ((l.order_id.raw(), l.line_no), l)).collect(),
        shipments: reader.all(company, "ORDER BY id", &[])?,
        invoices: reader.all(company, "ORDER BY id", &[])?,
        payments: reader.all::<Payment>(company, "", &[])?.into_iter().map(|p| (p.id.raw(), p)).collect(),
        stock: by_house(reader.all::<Stock>(company, "", &[])?, &reader.all::<Warehouse>(company, "", &[])?),
        movements: reader.all(company, "ORDER BY id", &[])?,
        accounts: reader.all::<CustomerAccount>(company, "", &[])?.into_iter().map(|a| (a.customer_id.raw(), a)).collect(),
        products: reader.all::<Product>(company, "", &[])?.into_iter().map(|p| (p.id, p.code)).collect(),
        events: reader.all(company, "ORDER BY position", &[])?,
        findings: report.findings.iter().map(|finding| format!("{}: {}", finding.check, finding.what)).collect(),
    })
}

fn by_house(stocks: Vec<Stock>, houses: &[Warehouse]) -> BTreeMap<(ProductId, usize), Stock> {
    let code = |stock: &Stock| houses.iter().find(|house| house.id == stock.warehouse_id).map(|house| house.code.as_str());
    let place = |stock: &Stock| HOUSES.iter().position(|house| Some(*house) == code(stock)).unwrap();
    stocks.into_iter().map(|stock| ((stock.product_id, place(&stock)), stock)).collect()
}

/// What must never be seen, not even for a moment: a stock that promises more than it has, a line shipped beyond its tolerance.
///
/// # Errors
/// Any fault of the database.
pub async fn oversold(store: &Store, company: CompanyId) -> Result<i64, Failure> {
    let text = "SELECT (SELECT count(*) FROM stock WHERE company_id = ?1 AND (on_hand_micro < reserved_micro OR reserved_micro < 0))
        + (SELECT count(*) FROM order_lines WHERE company_id = ?1
            AND (shipped_micro * 10000 > quantity_micro * (10000 + over_tolerance) OR delivered_micro > shipped_micro OR billed_micro > shipped_micro))";
    Ok(store.read(move |reader| reader.int(text, &[company.raw().into()])).await?)
}
