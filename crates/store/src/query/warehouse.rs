//! Reading warehouses.

use std::sync::LazyLock;

use domain::{Bin, CompanyId, Warehouse, WarehouseId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::text("code", "w.code"), Sort::text("name", "w.name"), Sort::int("created_at", "w.id")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "w.id")];

/// Which warehouses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in name or code.
    pub q: Option<String>,
    /// Used for new orders or not.
    pub active: Option<bool>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<Warehouse>("w"));

/// A page of warehouses.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Warehouse>, Fault> {
    let mut select = Select::new(company, &COLUMNS, "FROM warehouses w WHERE w.company_id = ?1", TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(w.name)", "lower(w.code)"], words);
    }
    select.and_if("w.active = ?", filter.active.map(i64::from));
    select.page(reader, page, |source| Warehouse::read(source))
}

/// The warehouse with this id or this code.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, reference: &str) -> Result<Option<WarehouseId>, Fault> {
    super::search::id_of::<Warehouse>(reader, company, reference)
}

/// The bins of a warehouse by code, and how many places of goods lie in each.
///
/// # Errors
/// Any fault of the database.
pub fn bins(reader: &Reader<'_>, company: CompanyId, warehouse: WarehouseId) -> Result<Vec<(Bin, i64)>, Fault> {
    let text = format!(
        "SELECT {}, (SELECT count(*) FROM stock_places s WHERE s.company_id = b.company_id AND s.warehouse_id = b.warehouse_id \
         AND s.bin_id = b.id AND s.on_hand_micro > 0) FROM bins b WHERE b.company_id = ?1 AND b.warehouse_id = ?2 ORDER BY b.code",
        columns::<Bin>("b")
    );
    let first = Bin::table().columns.len();
    reader.rows(&text, &[company.raw().into(), warehouse.raw().into()], |source| Ok((Bin::read(source)?, read(source, first)?)))
}
