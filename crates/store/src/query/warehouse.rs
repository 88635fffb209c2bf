//! Reading warehouses.

use std::sync::LazyLock;

use domain::{CompanyId, Warehouse, WarehouseId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns};
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
