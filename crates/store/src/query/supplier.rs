//! Reading suppliers and what they supply (PUR-01).

use std::sync::LazyLock;

use domain::{CompanyId, Product, ProductId, Supplier, SupplierId, SupplierProduct};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Behind, Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] =
    &[Sort::text("code", "s.code"), Sort::text("name", "s.name"), Sort::int("lead_days", "s.lead_days"), Sort::int("created_at", "s.id")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "s.id")];

/// Which suppliers. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in name, pinyin, initials or code.
    pub q: Option<String>,
    /// Whether new purchase orders may go to them.
    pub active: Option<bool>,
    /// They supply this product.
    pub product: Option<ProductId>,
}

/// A supplier in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The supplier.
    pub supplier: Supplier,
    /// How many products it supplies.
    pub products: i64,
}

/// A product that a supplier supplies, with its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Supplied {
    /// What is agreed.
    pub supplied: SupplierProduct,
    /// Of the product.
    pub product: Product,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    let count = "(SELECT count(*) FROM supplier_products p WHERE p.company_id = s.company_id AND p.supplier_id = s.id)";
    format!("{}, {count}", columns::<Supplier>("s"))
});

/// A page of suppliers.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, "FROM suppliers s WHERE s.company_id = ?1", TIES);
    if let Some(words) = &filter.q {
        select.search(&["s.search"], words);
    }
    select.and_if("s.active = ?", filter.active.map(i64::from));
    select.and_if(
        "EXISTS (SELECT 1 FROM supplier_products p WHERE p.company_id = s.company_id AND p.supplier_id = s.id AND p.product_id = ?)",
        filter.product.map(ProductId::raw),
    );
    select.page(reader, page, |source| {
        let products = read(source, Supplier::table().columns.len())?;
        Ok(Listed { supplier: Supplier::read(source)?, products })
    })
}

/// The supplier with this id or this code.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, reference: &str) -> Result<Option<SupplierId>, Fault> {
    super::search::id_of::<Supplier>(reader, company, reference)
}

fn supplied(source: &dyn Source) -> Result<Supplied, Fault> {
    let first = SupplierProduct::table().columns.len();
    Ok(Supplied { supplied: SupplierProduct::read(source)?, product: Product::read(&Behind(source, first))? })
}

/// What a supplier supplies, by code of the product.
///
/// # Errors
/// Any fault of the database.
pub fn products(reader: &Reader<'_>, company: CompanyId, supplier: SupplierId) -> Result<Vec<Supplied>, Fault> {
    let text = format!(
        "SELECT {}, {} FROM supplier_products p JOIN products g ON g.company_id = p.company_id AND g.id = p.product_id \
         WHERE p.company_id = ?1 AND p.supplier_id = ?2 ORDER BY g.code, g.id",
        columns::<SupplierProduct>("p"),
        columns::<Product>("g"),
    );
    reader.rows(&text, &[Param::Int(company.raw()), Param::Int(supplier.raw())], supplied)
}

/// Who supplies these products and may be ordered from: for each product the preferred one first, then by code.
///
/// # Errors
/// Any fault of the database.
///
/// Source: PUR-01, INV-03
pub fn of_products(reader: &Reader<'_>, company: CompanyId, products: &[ProductId]) -> Result<Vec<(SupplierProduct, Supplier)>, Fault> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (2..products.len() + 2).map(|place| format!("?{place}")).collect();
    let text = format!(
        "SELECT {}, {} FROM supplier_products p JOIN suppliers s ON s.company_id = p.company_id AND s.id = p.supplier_id \
         WHERE p.company_id = ?1 AND p.product_id IN ({}) AND s.active = 1 ORDER BY p.product_id, p.preferred DESC, s.code, s.id",
        columns::<SupplierProduct>("p"),
        columns::<Supplier>("s"),
        places.join(", "),
    );
    let params: Vec<Param> = std::iter::once(company.raw()).chain(products.iter().map(|product| product.raw())).map(Param::Int).collect();
    let first = SupplierProduct::table().columns.len();
    reader.rows(&text, &params, |source| Ok((SupplierProduct::read(source)?, Supplier::read(&Behind(source, first))?)))
}
