//! Reading rebate agreements and what counts in them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::{
    CompanyId, CustomerId, Date, InvoiceId, Money, Order, OrderId, ProductId, Quantity, Rebate, RebateId, RebateInvoice, RebateStatus,
    Turnover,
};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::int("created_at", "x.id"), Sort::text("number", "x.number"), Sort::text("valid_to", "x.valid_to")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "x.id")];

/// Which agreements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in number or customer.
    pub q: Option<String>,
    /// In these states; none: in any.
    pub status: Vec<RebateStatus>,
    /// With this customer.
    pub customer: Option<CustomerId>,
}

/// An agreement and with whom it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The agreement.
    pub rebate: Rebate,
    /// Code and name of the customer.
    pub customer: (String, String),
}

/// What of an invoice counts in an agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The agreement.
    pub rebate: RebateId,
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// Its order.
    pub order: OrderId,
    /// Its day of issue.
    pub issued_on: Date,
    /// What of it counts.
    pub turnover: Turnover,
}

impl Counted {
    /// As a settlement keeps it.
    pub fn into_invoice(self) -> RebateInvoice {
        RebateInvoice { invoice_id: self.invoice, number: self.number, amount: self.turnover.amount, quantity: self.turnover.quantity }
    }
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| format!("{}, c.code, c.name", columns::<Rebate>("x")));

const FROM: &str = "FROM rebates x JOIN customers c ON c.company_id = x.company_id AND c.id = x.customer_id WHERE x.company_id = ?1";

fn listed(source: &dyn Source) -> Result<Listed, Fault> {
    let first = Rebate::table().columns.len();
    Ok(Listed { rebate: Rebate::read(source)?, customer: (read(source, first)?, read(source, first + 1)?) })
}

/// A page of agreements.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(x.number)", "lower(c.code)", "lower(c.name)"], &words.to_lowercase());
    }
    select.and_in("x.status", filter.status.iter().map(|status| status.as_str()));
    select.and_if("x.customer_id = ?", filter.customer.map(CustomerId::raw));
    select.page(reader, page, listed)
}

/// One agreement.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: RebateId) -> Result<Option<Listed>, Fault> {
    let text = format!("SELECT {} {FROM} AND x.id = ?2", *COLUMNS);
    reader.one(&text, &[company.raw().into(), id.raw().into()], listed)
}

/// What counts in these agreements: the goods of invoices that are not void, issued in their periods in their currency, by invoice. One statement
/// however many agreements there are.
///
/// # Errors
/// Any fault of the database.
pub fn counted(reader: &Reader<'_>, company: CompanyId, rebates: &[&Rebate]) -> Result<Vec<Counted>, Fault> {
    if rebates.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = rebates.iter().map(|rebate| rebate.id.raw().to_string()).collect();
    let text = format!(
        "SELECT x.id, i.id, i.number, i.order_id, i.issued_on, l.product_id, \
            CAST(sum(b.net_minor) AS BIGINT), CAST(sum(b.quantity_micro) AS BIGINT) \
         FROM rebates x JOIN invoices i ON i.company_id = x.company_id AND i.customer_id = x.customer_id \
            AND i.issued_on >= x.valid_from AND i.issued_on <= x.valid_to AND i.status <> 'void' AND i.kind <> 'cancellation' \
         JOIN orders o ON o.company_id = i.company_id AND o.id = i.order_id AND o.currency = x.currency \
         JOIN invoice_lines b ON b.company_id = i.company_id AND b.invoice_id = i.id \
         JOIN order_lines l ON l.company_id = i.company_id AND l.order_id = i.order_id AND l.line_no = b.order_line_no \
         WHERE x.company_id = ?1 AND x.id IN ({}) GROUP BY x.id, i.id, i.number, i.order_id, i.issued_on, l.product_id ORDER BY x.id, i.issued_on, i.id",
        ids.join(", ")
    );
    let rows = reader.rows(&text, &[company.raw().into()], |source| {
        let turnover = Turnover { amount: read::<Money>(source, 6)?, quantity: read::<Quantity>(source, 7)? };
        let one = Counted {
            rebate: read(source, 0)?,
            invoice: read(source, 1)?,
            number: read(source, 2)?,
            order: read(source, 3)?,
            issued_on: read(source, 4)?,
            turnover,
        };
        Ok((read::<ProductId>(source, 5)?, one))
    })?;
    let by_id: BTreeMap<i64, &Rebate> = rebates.iter().map(|rebate| (rebate.id.raw(), *rebate)).collect();
    let mut all: Vec<Counted> = Vec::new();
    for (product, one) in rows {
        if !by_id.get(&one.rebate.raw()).is_some_and(|rebate| rebate.counts(product)) {
            continue;
        }
        match all.last_mut() {
            Some(last) if last.rebate == one.rebate && last.invoice == one.invoice => {
                last.turnover.amount += one.turnover.amount;
                last.turnover.quantity = Quantity::from_micro(last.turnover.quantity.micro() + one.turnover.quantity.micro());
            }
            _ => all.push(one),
        }
    }
    Ok(all)
}

/// Orders of the customer that could be credited: effective, in the agreement's currency, with something to pay; the oldest first, at most `most`.
///
/// # Errors
/// Any fault of the database.
pub fn open_orders(reader: &Reader<'_>, company: CompanyId, rebate: &Rebate, most: usize) -> Result<Vec<Order>, Fault> {
    let and =
        format!("AND customer_id = ?2 AND currency = ?3 AND status = 'effective' AND payable_minor > paid_minor ORDER BY id LIMIT {most}");
    let params = [rebate.customer_id.raw().into(), rebate.currency.as_str().into()];
    let orders: Vec<Order> = reader.all(company, &and, &params)?;
    Ok(orders.into_iter().filter(|order| order.check_payment().is_ok()).collect())
}

/// Numbers of orders.
///
/// # Errors
/// Any fault of the database.
pub fn numbers(reader: &Reader<'_>, company: CompanyId, orders: &[OrderId]) -> Result<Vec<(OrderId, String)>, Fault> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = orders.iter().map(|id| id.raw().to_string()).collect();
    let text = format!("SELECT id, number FROM orders WHERE company_id = ?1 AND id IN ({})", ids.join(", "));
    reader.rows(&text, &[company.raw().into()], |source| Ok((read(source, 0)?, read(source, 1)?)))
}

/// Customers by what was invoiced to them, the most first.
///
/// # Errors
/// Any fault of the database.
pub fn best_customers(reader: &Reader<'_>, company: CompanyId, most: usize) -> Result<Vec<CustomerId>, Fault> {
    let text = format!(
        "SELECT customer_id FROM invoices WHERE company_id = ?1 AND status <> 'void' GROUP BY customer_id \
         ORDER BY sum(net_minor) DESC, customer_id LIMIT {most}"
    );
    reader.rows(&text, &[company.raw().into()], |source| read(source, 0))
}
