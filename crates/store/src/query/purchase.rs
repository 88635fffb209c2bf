//! Reading purchase orders, what of them is still awaited and when, and what receipts say about lead times (PUR-01).

use std::sync::LazyLock;

use domain::{
    CompanyId, Date, LeadTimes, ProductId, Purchase, PurchaseId, PurchaseLine, PurchaseReceipt, PurchaseStatus, Quantity, SupplierId,
    WarehouseId,
};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::int("created_at", "p.id"), Sort::text("number", "p.number"), Sort::text("supplier", "p.supplier_name")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "p.id")];

/// Which purchase orders. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in number, supplier or the supplier's number.
    pub q: Option<String>,
    /// In any of these states.
    pub status: Vec<PurchaseStatus>,
    /// To this supplier.
    pub supplier: Option<SupplierId>,
    /// With this product.
    pub product: Option<ProductId>,
    /// Into this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// Something of it was expected before this day and has not come.
    pub late_on: Option<Date>,
}

/// A purchase order in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The order.
    pub purchase: Purchase,
    /// Code and name of its warehouse.
    pub warehouse: (String, String),
    /// The first day on which something of it is expected; nothing: nothing is awaited.
    pub expected_on: Option<Date>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    let next = "(SELECT min(coalesce(l.confirmed_on, l.asked_on)) FROM purchase_lines l \
        WHERE l.company_id = p.company_id AND l.purchase_id = p.id AND l.open_micro > 0)";
    format!("{}, w.code, w.name, {next}", columns::<Purchase>("p"))
});

const FROM: &str = "FROM purchases p JOIN warehouses w ON w.company_id = p.company_id AND w.id = p.warehouse_id WHERE p.company_id = ?1";

fn listed(source: &dyn Source) -> Result<Listed, Fault> {
    let first = Purchase::table().columns.len();
    Ok(Listed {
        purchase: Purchase::read(source)?,
        warehouse: (read(source, first)?, read(source, first + 1)?),
        expected_on: read(source, first + 2)?,
    })
}

/// A page of purchase orders.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(p.number)", "lower(p.supplier_name)", "lower(p.supplier_code)", "lower(p.supplier_ref)"], words);
    }
    select.and_in("p.status", filter.status.iter().map(|status| status.as_str()));
    select.and_if("p.supplier_id = ?", filter.supplier.map(SupplierId::raw));
    select.and_if("p.warehouse_id = ?", filter.warehouse.map(WarehouseId::raw));
    select.and_if(
        "EXISTS (SELECT 1 FROM purchase_lines l WHERE l.company_id = p.company_id AND l.purchase_id = p.id AND l.product_id = ?)",
        filter.product.map(ProductId::raw),
    );
    select.and_if(
        "EXISTS (SELECT 1 FROM purchase_lines l WHERE l.company_id = p.company_id AND l.purchase_id = p.id AND l.open_micro > 0 \
         AND coalesce(l.confirmed_on, l.asked_on) < ?)",
        filter.late_on.map(|day| day.as_str().to_owned()),
    );
    select.page(reader, page, listed)
}

/// One purchase order.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: PurchaseId) -> Result<Option<Listed>, Fault> {
    reader.one(&format!("SELECT {} {FROM} AND p.id = ?2", *COLUMNS), &[company.raw().into(), id.raw().into()], listed)
}

/// The id of a purchase order by its number.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, number: &str) -> Result<Option<PurchaseId>, Fault> {
    let text = "SELECT id FROM purchases WHERE company_id = ?1 AND number = ?2";
    let found = reader.one(text, &[company.raw().into(), number.into()], |source| read::<i64>(source, 0))?;
    Ok(found.map(PurchaseId::from_raw))
}

/// The lines of a purchase order.
///
/// # Errors
/// Any fault of the database.
pub fn lines(reader: &Reader<'_>, company: CompanyId, purchase: PurchaseId) -> Result<Vec<PurchaseLine>, Fault> {
    reader.all(company, "AND purchase_id = ?2 ORDER BY line_no", &[Param::Int(purchase.raw())])
}

/// What has come in for a purchase order, newest first.
///
/// # Errors
/// Any fault of the database.
pub fn receipts(reader: &Reader<'_>, company: CompanyId, purchase: PurchaseId) -> Result<Vec<PurchaseReceipt>, Fault> {
    reader.all(company, "AND purchase_id = ?2 ORDER BY id DESC", &[Param::Int(purchase.raw())])
}

/// Goods that are on their way: what is still awaited of a line, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedSupply {
    /// The purchase order.
    pub purchase_id: PurchaseId,
    /// Its number.
    pub number: String,
    /// To whom it went.
    pub supplier_id: SupplierId,
    /// Number of the line.
    pub line_no: i64,
    /// What.
    pub product_id: ProductId,
    /// Where it comes in.
    pub warehouse_id: WarehouseId,
    /// How much is still awaited, in the base unit.
    pub open: Quantity,
    /// When: the day the supplier confirmed, else the day that was asked.
    pub expected_on: Date,
    /// Whether the supplier confirmed it.
    pub confirmed: bool,
    /// Whether it is rushed.
    pub rush: bool,
}

/// What is awaited of these products, in one warehouse or in all, in the order of the days; in one statement.
///
/// # Errors
/// Any fault of the database.
///
/// Source: PUR-01, INV-03
pub fn dated_supply(
    reader: &Reader<'_>,
    company: CompanyId,
    products: &[ProductId],
    warehouse: Option<WarehouseId>,
) -> Result<Vec<DatedSupply>, Fault> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let (among, params) = among(company, products.iter().map(|product| product.raw()), warehouse.map(WarehouseId::raw));
    let there = if warehouse.is_some() { format!(" AND l.warehouse_id = ?{}", params.len()) } else { String::new() };
    let text = format!(
        "SELECT l.purchase_id, p.number, p.supplier_id, l.line_no, l.product_id, l.warehouse_id, l.open_micro, \
         coalesce(l.confirmed_on, l.asked_on), CASE WHEN l.confirmed_on IS NULL THEN 0 ELSE 1 END, l.rush \
         FROM purchase_lines l JOIN purchases p ON p.company_id = l.company_id AND p.id = l.purchase_id \
         WHERE l.company_id = ?1 AND l.open_micro > 0 AND l.product_id IN ({among}){there} \
         ORDER BY coalesce(l.confirmed_on, l.asked_on), l.purchase_id, l.line_no"
    );
    reader.rows(&text, &params, |s| {
        Ok(DatedSupply {
            purchase_id: PurchaseId::from_raw(read(s, 0)?),
            number: read(s, 1)?,
            supplier_id: SupplierId::from_raw(read(s, 2)?),
            line_no: read(s, 3)?,
            product_id: ProductId::from_raw(read(s, 4)?),
            warehouse_id: WarehouseId::from_raw(read(s, 5)?),
            open: read(s, 6)?,
            expected_on: read(s, 7)?,
            confirmed: read::<i64>(s, 8)? != 0,
            rush: read(s, 9)?,
        })
    })
}

/// What receipts say about how long a supplier takes for a product.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Who.
    pub supplier_id: SupplierId,
    /// What.
    pub product_id: ProductId,
    /// Of rush orders, or of usual ones.
    pub rush: bool,
    /// The figures.
    pub times: LeadTimes,
}

/// Measured lead times of these suppliers, for every product that ever came.
///
/// # Errors
/// Any fault of the database.
///
/// Source: PUR-01
pub fn lead_times(reader: &Reader<'_>, company: CompanyId, suppliers: &[SupplierId]) -> Result<Vec<Measured>, Fault> {
    if suppliers.is_empty() {
        return Ok(Vec::new());
    }
    let (among, params) = among(company, suppliers.iter().map(|supplier| supplier.raw()), None);
    let text = format!(
        "SELECT r.supplier_id, r.product_id, r.rush, count(*), CAST(sum(r.lead_days) AS BIGINT), CAST(sum(r.lead_days * r.lead_days) AS BIGINT) \
         FROM purchase_receipts r WHERE r.company_id = ?1 AND r.supplier_id IN ({among}) \
         GROUP BY r.supplier_id, r.product_id, r.rush ORDER BY r.supplier_id, r.product_id, r.rush"
    );
    reader.rows(&text, &params, |s| {
        Ok(Measured {
            supplier_id: SupplierId::from_raw(read(s, 0)?),
            product_id: ProductId::from_raw(read(s, 1)?),
            rush: read(s, 2)?,
            times: LeadTimes { count: read(s, 3)?, days: read(s, 4)?, squares: read(s, 5)? },
        })
    })
}

/// Places for a list of ids behind the company, and the parameters with one more behind them.
fn among(company: CompanyId, ids: impl Iterator<Item = i64>, last: Option<i64>) -> (String, Vec<Param>) {
    let mut params = vec![Param::Int(company.raw())];
    params.extend(ids.map(Param::Int));
    let places: Vec<String> = (2..=params.len()).map(|place| format!("?{place}")).collect();
    params.extend(last.map(Param::Int));
    (places.join(", "), params)
}
