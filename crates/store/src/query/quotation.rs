//! Reading quotations.

use std::sync::LazyLock;

use domain::{CompanyId, CustomerId, Date, Product, ProductId, Quotation, QuotationId, QuotationLine, QuotationStatus, UserId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[
    Sort::int("created_at", "q.id"),
    Sort::text("number", "q.number"),
    Sort::text("valid_until", "q.valid_until"),
    Sort::int("payable", "q.payable_minor"),
];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "q.id")];

/// Which quotations. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in number, customer or contact.
    pub q: Option<String>,
    /// Any of these states, as the day makes them; asks for `today`.
    pub status: Vec<QuotationStatus>,
    /// The company's day.
    pub today: Option<Date>,
    /// For this customer.
    pub customer: Option<CustomerId>,
    /// With this product.
    pub product: Option<ProductId>,
    /// Of this representative.
    pub rep: Option<UserId>,
    /// Written by this person.
    pub created_by: Option<UserId>,
    /// Valid until this day or an earlier one.
    pub valid_to: Option<Date>,
    /// Without an order, and valid on this day.
    pub to_order: Option<Date>,
    /// Earlier versions too.
    pub all_versions: bool,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<Quotation>("q"));

fn select(company: CompanyId, filter: &Filter) -> Select {
    let mut select = Select::new(company, &COLUMNS, "FROM quotations q WHERE q.company_id = ?1", TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(q.number)", "lower(q.customer_name)", "lower(q.contact_name)"], words);
    }
    if !filter.all_versions {
        select.and("q.latest = ?", [Param::Int(1)]);
    }
    states(&mut select, filter);
    select.and_if("q.customer_id = ?", filter.customer.map(CustomerId::raw));
    select.and_if(
        "EXISTS (SELECT 1 FROM quotation_lines l WHERE l.company_id = q.company_id AND l.quotation_id = q.id AND l.product_id = ?)",
        filter.product.map(ProductId::raw),
    );
    select.and_if("q.rep_id = ?", filter.rep.map(UserId::raw));
    select.and_if("q.created_by = ?", filter.created_by.map(UserId::raw));
    select.and_if("q.order_id IS NULL AND q.valid_until >= ?", filter.to_order.as_ref().map(|day| day.as_str()));
    select.and_if("q.valid_until <= ?", filter.valid_to.as_ref().map(|day| day.as_str()));
    select
}

/// The SQL of [`Quotation::status_on`].
fn states(select: &mut Select, filter: &Filter) {
    let Some(today) = filter.today else {
        select.and_in("q.status", filter.status.iter().map(|status| status.as_str()));
        return;
    };
    if filter.status.is_empty() {
        return;
    }
    let mut any = Vec::new();
    let mut values: Vec<Param> = Vec::new();
    for status in &filter.status {
        match status {
            QuotationStatus::Expired => {
                any.push("q.status IN ('approved', 'sent') AND q.valid_until < ?");
                values.push(today.as_str().into());
            }
            QuotationStatus::Approved | QuotationStatus::Sent => {
                any.push("q.status = ? AND q.valid_until >= ?");
                values.extend([status.as_str().into(), today.as_str().into()]);
            }
            _ => {
                any.push("q.status = ?");
                values.push(status.as_str().into());
            }
        }
    }
    let any: Vec<String> = any.into_iter().map(|one| format!("({one})")).collect();
    select.and(&format!("({})", any.join(" OR ")), values);
}

/// A page of quotations.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Quotation>, Fault> {
    select(company, filter).page(reader, page, |source| Quotation::read(source))
}

/// The lines of a quotation.
///
/// # Errors
/// Any fault of the database.
pub fn lines(reader: &Reader<'_>, company: CompanyId, quotation: QuotationId) -> Result<Vec<QuotationLine>, Fault> {
    reader.all(company, "AND quotation_id = ?2 ORDER BY line_no", &[Param::Int(quotation.raw())])
}

/// The products of a quotation.
///
/// # Errors
/// Any fault of the database.
pub fn products(reader: &Reader<'_>, company: CompanyId, quotation: QuotationId) -> Result<Vec<Product>, Fault> {
    let of = "AND id IN (SELECT l.product_id FROM quotation_lines l WHERE l.company_id = ?1 AND l.quotation_id = ?2) ORDER BY id";
    reader.all(company, of, &[Param::Int(quotation.raw())])
}

/// All versions of a quotation, oldest first.
///
/// # Errors
/// Any fault of the database.
pub fn versions(reader: &Reader<'_>, company: CompanyId, number: &str) -> Result<Vec<Quotation>, Fault> {
    reader.all(company, "AND number = ?2 ORDER BY revision", &[number.into()])
}

/// The id of the latest version of a quotation by its number.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, number: &str) -> Result<Option<QuotationId>, Fault> {
    let text = "SELECT id FROM quotations WHERE company_id = ?1 AND number = ?2 ORDER BY revision DESC LIMIT 1";
    let found = reader.one(text, &[company.raw().into(), number.into()], |source| read::<i64>(source, 0))?;
    Ok(found.map(QuotationId::from_raw))
}
