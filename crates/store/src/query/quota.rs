//! Reading quotas and what orders took of them (PRM-06).

use std::sync::LazyLock;

use domain::{CompanyId, CustomerAddress, CustomerId, Date, Instant, OrderId, OrderStatus, ProductId, Quantity, Quota, QuotaId};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::among::among;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[
    Sort::text("valid_to", "q.valid_to"),
    Sort::text("code", "q.code"),
    Sort::text("name", "q.name"),
    Sort::text("product", "p.code"),
    Sort::int("taken", "c.taken_micro"),
    Sort::int("created_at", "q.id"),
];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "q.id")];

/// Which quotas. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in code, name or region, or in the product.
    pub q: Option<String>,
    /// Whether orders take of them.
    pub active: Option<bool>,
    /// Of this product.
    pub product: Option<ProductId>,
    /// In force on this day.
    pub on: Option<Date>,
}

/// A quota with what is taken of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The quota.
    pub quota: Quota,
    /// Taken by orders.
    pub taken: Quantity,
    /// Code of the product.
    pub product_code: String,
    /// Its name.
    pub product_name: String,
    /// Its base unit.
    pub unit: String,
}

/// What a line of an order took.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The order.
    pub order_id: OrderId,
    /// Its number.
    pub number: String,
    /// Its state.
    pub status: OrderStatus,
    /// Whose order it is.
    pub customer: (CustomerId, String),
    /// The line.
    pub line_no: i64,
    /// How much.
    pub quantity: Quantity,
    /// Since when.
    pub at: Instant,
}

/// Lines that are shown of a quota at the most, the newest.
pub const MOST_TAKES: i64 = 500;

static COLUMNS: LazyLock<String> = LazyLock::new(|| format!("{}, c.taken_micro, p.code, p.name, p.unit", columns::<Quota>("q")));

const FROM: &str = "FROM quotas q JOIN quota_counts c ON c.company_id = q.company_id AND c.quota_id = q.id \
    JOIN products p ON p.company_id = q.company_id AND p.id = q.product_id WHERE q.company_id = ?1";

fn listed(source: &dyn Source) -> Result<Listed, Fault> {
    let quota = Quota::read(source)?;
    let first = Quota::table().columns.len();
    Ok(Listed {
        quota,
        taken: read(source, first)?,
        product_code: read(source, first + 1)?,
        product_name: read(source, first + 2)?,
        unit: read(source, first + 3)?,
    })
}

/// A page of quotas.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(q.code)", "lower(q.name)", "lower(q.region)", "p.search"], &words.to_lowercase());
    }
    select.and_if("q.active = ?", filter.active.map(i64::from));
    select.and_if("q.product_id = ?", filter.product.map(ProductId::raw));
    let on = filter.on.map(|day| day.to_string());
    select.and_if("q.valid_from <= ?", on.clone());
    select.and_if("q.valid_to >= ?", on);
    select.page(reader, page, listed)
}

/// One quota.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: QuotaId) -> Result<Option<Listed>, Fault> {
    let text = format!("SELECT {} {FROM} AND q.id = ?2", *COLUMNS);
    reader.one(&text, &[company.raw().into(), id.raw().into()], listed)
}

/// The quota with this id or this code.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, reference: &str) -> Result<Option<QuotaId>, Fault> {
    super::search::id_of::<Quota>(reader, company, reference)
}

/// What lines of orders took of a quota, the newest first, [`MOST_TAKES`] at the most.
///
/// # Errors
/// Any fault of the database.
pub fn takes(reader: &Reader<'_>, company: CompanyId, id: QuotaId) -> Result<Vec<Taken>, Fault> {
    let text = format!(
        "SELECT t.order_id, o.number, o.status, o.customer_id, o.customer_name, t.line_no, t.quantity_micro, t.taken_at \
         FROM quota_takes t JOIN orders o ON o.company_id = t.company_id AND o.id = t.order_id \
         WHERE t.company_id = ?1 AND t.quota_id = ?2 ORDER BY t.taken_at DESC, t.order_id DESC, t.line_no LIMIT {MOST_TAKES}"
    );
    reader.rows(&text, &[company.raw().into(), id.raw().into()], |source| {
        Ok(Taken {
            order_id: read(source, 0)?,
            number: read(source, 1)?,
            status: read(source, 2)?,
            customer: (read(source, 3)?, read(source, 4)?),
            line_no: read(source, 5)?,
            quantity: read(source, 6)?,
            at: read(source, 7)?,
        })
    })
}

/// The quotas of these products in use, with what is left of each.
///
/// # Errors
/// Any fault of the database.
pub fn of_products(reader: &Reader<'_>, company: CompanyId, products: &[ProductId]) -> Result<Vec<(Quota, Quantity)>, Fault> {
    let mut all = Vec::new();
    for some in products.chunks(1000) {
        let ids: Vec<i64> = some.iter().map(|id| id.raw()).collect();
        let Some((among, params)) = among(company.raw(), &ids) else { continue };
        let text = format!("SELECT {} {FROM} AND q.active = 1 AND q.product_id {among} ORDER BY q.code, q.id", *COLUMNS);
        let found = reader.rows(&text, &params, listed)?;
        all.extend(found.into_iter().map(|one| {
            let left = (one.quota.limit_micro - one.taken).or_zero();
            (one.quota, left)
        }));
    }
    Ok(all)
}

/// Province or state of a customer's main address, else of its first; empty where it has none.
///
/// # Errors
/// Any fault of the database.
pub fn region_of(reader: &Reader<'_>, company: CompanyId, customer: CustomerId) -> Result<String, Fault> {
    let params = [customer.raw().into()];
    let addresses = reader.all::<CustomerAddress>(company, "AND customer_id = ?2 ORDER BY main DESC, position LIMIT 1", &params)?;
    Ok(addresses.into_iter().next().map(|address| address.province).unwrap_or_default())
}
