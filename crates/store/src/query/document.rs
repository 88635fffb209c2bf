//! Reading documents that were made, their templates, and what a statement of account is put together from.

use std::sync::LazyLock;

use domain::{
    CompanyId, Currency, CustomerId, Date, Document, DocumentId, DocumentKind, DocumentSubject, DocumentTemplate, DocumentTemplateVersion,
    Instant, Language, Letterhead, Money, OrderId,
};

use crate::fault::Fault;
use crate::query::attachment;
use crate::query::evidence::sha256;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// A document.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: DocumentId) -> Result<Option<Document>, Fault> {
    reader.get::<Document>(company, id)
}

/// What the list may be sorted by; the first is the usual one. Ids rise with time.
pub const SORTS: &[Sort] =
    &[Sort::int("created_at", "x.id"), Sort::text("subject_number", "x.subject_number"), Sort::int("size", "x.size")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "x.id")];

/// Which documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Part of the number of what it is made of, of the customer's code or name, or the beginning of its hash.
    pub q: Option<String>,
    /// Made of one of these; what nobody is told of is not among them.
    pub subjects: Vec<DocumentSubject>,
    /// Of these kinds; none: of all.
    pub kinds: Vec<DocumentKind>,
    /// In this language.
    pub language: Option<Language>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Made at this time or later.
    pub from: Option<Instant>,
    /// Made before this time.
    pub before: Option<Instant>,
}

/// A document with the customer it belongs to and who made it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The document.
    pub document: Document,
    /// The customer, with the code and the name.
    pub customer: Option<(CustomerId, String, String)>,
    /// Name of who made it.
    pub by_name: String,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| format!("{}, c.id, c.code, c.name, u.name", columns::<Document>("x")));

const FROM: &str = "FROM documents x LEFT JOIN customers c ON c.company_id = x.company_id AND c.id = x.customer_id \
    LEFT JOIN users u ON u.company_id = x.company_id AND u.id = x.created_by WHERE x.company_id = ?1";

/// A page of all documents that were made.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(x.subject_number)", "c.search", "x.sha256"], words);
    }
    if filter.subjects.is_empty() {
        select.and("1 = 0", []);
    }
    select.and_in("x.subject_kind", filter.subjects.iter().map(|one| one.as_str()));
    select.and_in("x.kind", filter.kinds.iter().map(|one| one.as_str()));
    select.and_if("x.language = ?", filter.language.map(|one| one.as_str().to_owned()));
    select.and_if("x.customer_id = ?", filter.customer.map(CustomerId::raw));
    select.and_if("x.created_at >= ?", filter.from.map(Instant::micros));
    select.and_if("x.created_at < ?", filter.before.map(Instant::micros));
    let first = Document::table().columns.len();
    select.page(reader, page, |source| {
        let customer: Option<i64> = read(source, first)?;
        let (code, name) = (read::<Option<String>>(source, first + 1)?, read::<Option<String>>(source, first + 2)?);
        let by_name = read::<Option<String>>(source, first + 3)?.unwrap_or_default();
        let customer = customer.map(|id| (CustomerId::from_raw(id), code.unwrap_or_default(), name.unwrap_or_default()));
        Ok(Listed { document: Document::read(source)?, customer, by_name })
    })
}

/// The documents of an order and of its papers, newest first.
///
/// # Errors
/// Any fault of the database.
pub fn of_order(reader: &Reader<'_>, company: CompanyId, order: OrderId) -> Result<Vec<Document>, Fault> {
    reader.all(company, "AND order_id = ?2 ORDER BY id DESC LIMIT 500", &[Param::Int(order.raw())])
}

/// The documents of a customer that belong to no order: statements. Newest first.
///
/// # Errors
/// Any fault of the database.
pub fn of_customer(reader: &Reader<'_>, company: CompanyId, customer: CustomerId) -> Result<Vec<Document>, Fault> {
    let and = "AND customer_id = ?2 AND subject_kind = 'customer' ORDER BY id DESC LIMIT 500";
    reader.all(company, and, &[Param::Int(customer.raw())])
}

/// The documents of a delivery note or an invoice, newest first.
///
/// # Errors
/// Any fault of the database.
pub fn of_subject(reader: &Reader<'_>, company: CompanyId, kind: DocumentSubject, id: i64) -> Result<Vec<Document>, Fault> {
    let and = "AND subject_id = ?2 AND subject_kind = ?3 ORDER BY id DESC LIMIT 500";
    reader.all(company, and, &[Param::Int(id), kind.as_str().into()])
}

/// Whether the content of a document still has its hash.
///
/// # Errors
/// Any fault of the database.
pub fn is_whole(reader: &Reader<'_>, company: CompanyId, document: &Document) -> Result<bool, Fault> {
    let bytes = attachment::content(reader, company, &document.sha256)?;
    Ok(bytes.is_some_and(|bytes| sha256(&bytes) == document.sha256))
}

/// The company's own template with this key.
///
/// # Errors
/// Any fault of the database.
pub fn template(reader: &Reader<'_>, company: CompanyId, code: &str) -> Result<Option<DocumentTemplate>, Fault> {
    reader.get::<DocumentTemplate>(company, code.to_owned())
}

/// All templates of the company.
///
/// # Errors
/// Any fault of the database.
pub fn templates(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<DocumentTemplate>, Fault> {
    reader.all(company, "ORDER BY code", &[])
}

/// The versions of a template, newest first.
///
/// # Errors
/// Any fault of the database.
pub fn versions(reader: &Reader<'_>, company: CompanyId, code: &str) -> Result<Vec<DocumentTemplateVersion>, Fault> {
    reader.all(company, "AND code = ?2 ORDER BY no DESC LIMIT 200", &[code.into()])
}

/// The letterhead; one that says nothing where none was entered.
///
/// # Errors
/// Any fault of the database.
pub fn letterhead(reader: &Reader<'_>, company: CompanyId) -> Result<Letterhead, Fault> {
    Ok(reader.get::<Letterhead>(company, Letterhead::CODE.to_owned())?.unwrap_or_else(Letterhead::empty))
}

/// An invoice or a payment in the account of a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountEntry {
    /// Its day.
    pub on: Date,
    /// Number.
    pub number: String,
    /// Number of the order.
    pub order: String,
    /// Last day to pay, of invoices.
    pub due_on: Option<Date>,
    /// Amount.
    pub amount: Money,
}

/// What a customer was charged and paid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// Charged before the first day.
    pub charged_before: Money,
    /// Paid before the first day.
    pub paid_before: Money,
    /// Invoices of the period that are not void, in the order of their days.
    pub invoices: Vec<AccountEntry>,
    /// Payments of the period that were not taken back, in the order of their days.
    pub payments: Vec<AccountEntry>,
}

const INVOICES: &str = "FROM invoices p JOIN orders o ON o.company_id = ?1 AND o.id = p.order_id
    WHERE p.company_id = ?1 AND p.customer_id = ?2 AND o.currency = ?3 AND p.status <> 'void'";

const PAYMENTS: &str = "FROM payments p JOIN orders o ON o.company_id = ?1 AND o.id = p.order_id
    WHERE p.company_id = ?1 AND p.customer_id = ?2 AND o.currency = ?3 AND p.reversed = 0";

/// What a customer was charged and paid in a currency from one day to another, both included.
///
/// # Errors
/// Any fault of the database.
///
/// Source: BIL-05
pub fn account(
    reader: &Reader<'_>,
    company: CompanyId,
    customer: CustomerId,
    currency: Currency,
    (from, to): (Date, Date),
) -> Result<Account, Fault> {
    let params = || -> Vec<Param> { vec![company.raw().into(), customer.raw().into(), currency.as_str().into(), from.as_str().into()] };
    let mut period = params();
    period.push(to.as_str().into());
    let before = |what: &str, text: &str, day: &str| {
        let text = format!("SELECT CAST(coalesce(sum(p.{what}), 0) AS BIGINT) {text} AND p.{day} < ?4");
        reader.int(&text, &params()).map(Money::from_minor)
    };
    let entries = |columns: &str, text: &str, day: &str| {
        let text =
            format!("SELECT p.{day}, p.number, p.order_number, {columns} {text} AND p.{day} BETWEEN ?4 AND ?5 ORDER BY p.{day}, p.id");
        reader.rows(&text, &period, |s| {
            Ok(AccountEntry { on: read(s, 0)?, number: read(s, 1)?, order: read(s, 2)?, due_on: read(s, 3)?, amount: read(s, 4)? })
        })
    };
    Ok(Account {
        charged_before: before("gross_minor", INVOICES, "issued_on")?,
        paid_before: before("amount_minor", PAYMENTS, "paid_on")?,
        invoices: entries("p.due_on, p.gross_minor", INVOICES, "issued_on")?,
        payments: entries("NULL, p.amount_minor", PAYMENTS, "paid_on")?,
    })
}
