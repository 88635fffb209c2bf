//! Reading contracts, what was called off of them, and the orders behind it (QUO-02, QUO-04).

use std::sync::LazyLock;

use domain::{
    Agreed, CompanyId, Contract, ContractCall, ContractId, ContractLine, ContractStatus, Customer, CustomerId, Date, Money, Order, OrderId,
    OrderLine, OrderStatus, ProductId, Quantity,
};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::int("created_at", "k.id"), Sort::text("number", "k.number"), Sort::text("valid_to", "k.valid_to")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "k.id")];

/// Which contracts. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in number, title, customer or the customer's number.
    pub q: Option<String>,
    /// Any of these states, as the day makes them; asks for `today`.
    pub status: Vec<ContractStatus>,
    /// The company's day.
    pub today: Option<Date>,
    /// With this customer.
    pub customer: Option<CustomerId>,
    /// With this product.
    pub product: Option<ProductId>,
    /// Something is still to be called off.
    pub remaining: bool,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<Contract>("k"));

fn select(company: CompanyId, filter: &Filter) -> Select {
    let mut select = Select::new(company, &COLUMNS, "FROM contracts k WHERE k.company_id = ?1", TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(k.number)", "lower(k.title)", "lower(k.customer_name)", "lower(k.customer_ref)"], words);
    }
    states(&mut select, filter);
    select.and_if("k.customer_id = ?", filter.customer.map(CustomerId::raw));
    select.and_if(
        "EXISTS (SELECT 1 FROM contract_lines l WHERE l.company_id = k.company_id AND l.contract_id = k.id AND l.product_id = ?)",
        filter.product.map(ProductId::raw),
    );
    if filter.remaining {
        let open = "EXISTS (SELECT 1 FROM contract_calls c WHERE c.company_id = k.company_id AND c.contract_id = k.id AND c.ended = ? AND c.called_micro < c.agreed_micro)";
        select.and(open, [Param::Int(0)]);
    }
    select
}

/// The SQL of [`Contract::status_on`].
fn states(select: &mut Select, filter: &Filter) {
    let Some(today) = filter.today.filter(|_| !filter.status.is_empty()) else {
        select.and_in("k.status", filter.status.iter().map(|status| status.as_str()));
        return;
    };
    let mut any = Vec::new();
    let mut values: Vec<Param> = Vec::new();
    for status in &filter.status {
        match status {
            ContractStatus::Expired => {
                any.push("(k.status = 'in_force' AND k.valid_to < ?)");
                values.push(today.as_str().into());
            }
            ContractStatus::InForce => {
                any.push("(k.status = 'in_force' AND k.valid_to >= ?)");
                values.push(today.as_str().into());
            }
            _ => {
                any.push("k.status = ?");
                values.push(status.as_str().into());
            }
        }
    }
    select.and(&format!("({})", any.join(" OR ")), values);
}

/// A page of contracts.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Contract>, Fault> {
    select(company, filter).page(reader, page, |source| Contract::read(source))
}

/// The id of a contract by its number.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, number: &str) -> Result<Option<ContractId>, Fault> {
    let text = "SELECT id FROM contracts WHERE company_id = ?1 AND number = ?2";
    let found = reader.one(text, &[company.raw().into(), number.into()], |source| read::<i64>(source, 0))?;
    Ok(found.map(ContractId::from_raw))
}

/// The lines of a contract.
///
/// # Errors
/// Any fault of the database.
pub fn lines(reader: &Reader<'_>, company: CompanyId, contract: ContractId) -> Result<Vec<ContractLine>, Fault> {
    reader.all(company, "AND contract_id = ?2 ORDER BY line_no", &[Param::Int(contract.raw())])
}

/// The counters of its frame lines.
///
/// # Errors
/// Any fault of the database.
pub fn calls(reader: &Reader<'_>, company: CompanyId, contract: ContractId) -> Result<Vec<ContractCall>, Fault> {
    reader.all(company, "AND contract_id = ?2 ORDER BY line_no", &[Param::Int(contract.raw())])
}

/// An order line behind what was called off of a contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Called {
    /// Number of the contract's line.
    pub contract_line: i64,
    /// The order.
    pub order_id: OrderId,
    /// Its number.
    pub order_number: String,
    /// Its state.
    pub status: OrderStatus,
    /// Its date.
    pub ordered_on: Date,
    /// Number of its line.
    pub line_no: i64,
    /// Called off by the line.
    pub called: Quantity,
    /// Shipped of it.
    pub shipped: Quantity,
    /// What the line comes to, with tax.
    pub gross: Money,
}

/// The order lines under a contract, newest first; of lines without a frame, `called` is zero.
///
/// # Errors
/// Any fault of the database.
pub fn called(reader: &Reader<'_>, company: CompanyId, contract: ContractId, limit: i64) -> Result<Vec<Called>, Fault> {
    let text = "SELECT l.contract_line, o.id, o.number, o.status, o.ordered_on, l.line_no, l.called_micro, l.shipped_micro, l.gross_minor
        FROM orders o JOIN order_lines l ON l.company_id = o.company_id AND l.order_id = o.id
        WHERE o.company_id = ?1 AND o.contract_id = ?2 ORDER BY o.id DESC, l.line_no LIMIT ?3";
    reader.rows(text, &[company.raw().into(), contract.raw().into(), limit.into()], |s| {
        Ok(Called {
            contract_line: read(s, 0)?,
            order_id: OrderId::from_raw(read(s, 1)?),
            order_number: read(s, 2)?,
            status: read(s, 3)?,
            ordered_on: read(s, 4)?,
            line_no: read(s, 5)?,
            called: read(s, 6)?,
            shipped: read(s, 7)?,
            gross: read(s, 8)?,
        })
    })
}

/// The contract of an order as the order sees it.
///
/// # Errors
/// Any fault of the database.
pub fn agreed(
    reader: &Reader<'_>,
    company: CompanyId,
    order: &Order,
    lines: &[OrderLine],
    customer: &Customer,
) -> Result<Option<Agreed>, Fault> {
    let Some(id) = order.contract_id else { return Ok(None) };
    let Some(contract) = reader.get::<Contract>(company, id)? else { return Ok(None) };
    let remaining =
        calls(reader, company, id)?.iter().map(|call| (call.line_no, call.remaining_for(&lines.iter().collect::<Vec<_>>()))).collect();
    Ok(Some(Agreed { contract, lines: self::lines(reader, company, id)?, remaining, terms_days: customer.terms_days }))
}
