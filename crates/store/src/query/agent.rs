//! Reading agents, the customers that order through them, and what they earn by it (PTY-06).

use domain::{
    Agency, Agent, AgentCustomer, CommissionBasis, CommissionPart, CompanyId, Currency, Customer, CustomerId, Date, InvoiceId, Money,
    OrderAgent, OrderId, PaymentId, Rate,
};

use std::sync::LazyLock;

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::text("code", "c.code"), Sort::text("name", "c.name"), Sort::int("commission_rate", "a.commission_bp")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "a.customer_id")];

/// Which agents. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in name, pinyin, initials or code of the customer file.
    pub q: Option<String>,
    /// Whether their terms are active.
    pub active: Option<bool>,
}

/// An agent with its customer file.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Its terms.
    pub agent: Agent,
    /// Code of the customer file.
    pub code: String,
    /// Name of the customer file.
    pub name: String,
    /// How many customers order through it.
    pub customers: i64,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    let count = "(SELECT count(*) FROM agent_customers l WHERE l.company_id = a.company_id AND l.agent_id = a.customer_id)";
    format!("{}, c.code, c.name, {count}", columns::<Agent>("a"))
});

const FROM: &str = "FROM agents a JOIN customers c ON c.company_id = a.company_id AND c.id = a.customer_id WHERE a.company_id = ?1";

fn known(source: &dyn Source) -> Result<Known, Fault> {
    let first = Agent::table().columns.len();
    Ok(Known {
        agent: Agent::read(source)?,
        code: read(source, first)?,
        name: read(source, first + 1)?,
        customers: read(source, first + 2)?,
    })
}

/// A page of agents.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Known>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["c.search"], words);
    }
    select.and_if("a.active = ?", filter.active.map(i64::from));
    select.page(reader, page, known)
}

/// One agent.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: CustomerId) -> Result<Option<Known>, Fault> {
    reader.one(&format!("SELECT {} {FROM} AND a.customer_id = ?2", *COLUMNS), &[company.raw().into(), id.raw().into()], known)
}

/// The customers that order through an agent, by code, a bounded number.
///
/// # Errors
/// Any fault of the database.
pub fn customers(reader: &Reader<'_>, company: CompanyId, agent: CustomerId, most: i64) -> Result<Vec<(AgentCustomer, Customer)>, Fault> {
    let text = format!(
        "SELECT {}, {} FROM agent_customers l JOIN customers c ON c.company_id = l.company_id AND c.id = l.customer_id \
         WHERE l.company_id = ?1 AND l.agent_id = ?2 ORDER BY c.code, c.id LIMIT ?3",
        columns::<AgentCustomer>("l"),
        columns::<Customer>("c"),
    );
    let first = AgentCustomer::table().columns.len();
    reader.rows(&text, &[company.raw().into(), agent.raw().into(), most.into()], |source| {
        Ok((AgentCustomer::read(source)?, Customer::read(&crate::query::list::Behind(source, first))?))
    })
}

/// Through whom a customer orders.
///
/// # Errors
/// Any fault of the database.
pub fn of_customer(reader: &Reader<'_>, company: CompanyId, customer: CustomerId) -> Result<Option<(AgentCustomer, Known)>, Fault> {
    let Some(link) = reader.get::<AgentCustomer>(company, customer)? else { return Ok(None) };
    Ok(one(reader, company, link.agent_id)?.map(|agent| (link, agent)))
}

/// The agent that an order keeps, with its customer file.
///
/// # Errors
/// Any fault of the database.
pub fn of_order(reader: &Reader<'_>, company: CompanyId, order: OrderId) -> Result<Option<(OrderAgent, Customer)>, Fault> {
    let Some(kept) = reader.get::<OrderAgent>(company, order)? else { return Ok(None) };
    Ok(reader.get::<Customer>(company, kept.agent_id)?.map(|agent| (kept, agent)))
}

/// How a customer file stands to agents.
///
/// # Errors
/// Any fault of the database.
pub fn agency(reader: &Reader<'_>, company: CompanyId, customer: CustomerId) -> Result<Agency, Fault> {
    Ok(Agency {
        is_agent: reader.get::<Agent>(company, customer)?.is_some(),
        has_agent: reader.get::<AgentCustomer>(company, customer)?.is_some(),
    })
}

/// Whether an agent may act for a customer now.
///
/// # Errors
/// Any fault of the database.
pub fn may_act(reader: &Reader<'_>, company: CompanyId, agent: CustomerId, customer: CustomerId) -> Result<bool, Fault> {
    let link = reader.get::<AgentCustomer>(company, customer)?.filter(|link| link.agent_id == agent);
    Ok(link.is_some() && reader.get::<Agent>(company, agent)?.is_some_and(|agent| agent.active))
}

/// The customers that people of a customer may act for now, by code, a bounded number: none unless it is an active agent.
///
/// # Errors
/// Any fault of the database.
pub fn acts_for(reader: &Reader<'_>, company: CompanyId, agent: CustomerId, most: i64) -> Result<Vec<Customer>, Fault> {
    if !reader.get::<Agent>(company, agent)?.is_some_and(|agent| agent.active) {
        return Ok(Vec::new());
    }
    Ok(customers(reader, company, agent, most)?.into_iter().map(|(_, customer)| customer).collect())
}

/// Something an agent earns by: an invoice, or what was paid of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Earning {
    /// Who earns.
    pub agent_id: CustomerId,
    /// What is counted of the invoice.
    pub part: CommissionPart,
    /// Of both amounts.
    pub currency: Currency,
    /// What it is counted by.
    pub basis: CommissionBasis,
    /// On which day.
    pub counted_on: Date,
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub invoice_number: String,
    /// The payment, where it is counted by payments.
    pub payment: Option<(PaymentId, String)>,
    /// The order.
    pub order_id: OrderId,
    /// Its number.
    pub order_number: String,
    /// The end customer.
    pub customer_id: CustomerId,
    /// Its name on the invoice.
    pub customer_name: String,
}

/// What earnings may be sorted by.
pub const EARNING_SORTS: &[Sort] = &[Sort::text("counted_on", "s.counted_on")];

/// The columns that make every order certain.
pub const EARNING_TIES: &[Sort] = &[Sort::int("invoice_id", "s.invoice_id"), Sort::int("payment_id", "s.payment_id")];

const EARNING: &str = "s.agent_id, s.commission_bp, s.basis, s.counted_on, s.invoice_id, s.invoice_number, s.payment_id, s.payment_number, \
     s.order_id, s.order_number, s.customer_id, s.customer_name, s.currency, s.net_minor, s.gross_minor, s.before_minor, s.amount_minor";

/// Invoices of orders that keep an agent; where payments count, what was paid of them, each part with what was paid before it. Money that came
/// before the invoice counts on the day of the invoice.
const EARNINGS: &str = "FROM (
    SELECT g.company_id, g.agent_id, g.commission_bp, g.basis, i.issued_on AS counted_on, i.id AS invoice_id, i.number AS invoice_number,
        CAST(0 AS BIGINT) AS payment_id, CAST('' AS TEXT) AS payment_number, i.order_id, i.order_number, i.customer_id, i.customer_name, o.currency,
        i.net_minor, i.gross_minor, CAST(0 AS BIGINT) AS before_minor, i.gross_minor AS amount_minor
    FROM order_agents g
    JOIN orders o ON o.company_id = g.company_id AND o.id = g.order_id
    JOIN invoices i ON i.company_id = g.company_id AND i.order_id = g.order_id
    WHERE g.company_id = ?1 AND g.basis = 'invoiced' AND i.status <> 'void'
    UNION ALL
    SELECT g.company_id, g.agent_id, g.commission_bp, g.basis, CASE WHEN p.paid_on > i.issued_on THEN p.paid_on ELSE i.issued_on END, i.id, i.number,
        p.id, p.number, i.order_id, i.order_number, i.customer_id, i.customer_name, o.currency,
        i.net_minor, i.gross_minor,
        (SELECT CAST(coalesce(sum(b.amount_minor), 0) AS BIGINT) FROM allocations b
            JOIN payments q ON q.company_id = b.company_id AND q.id = b.payment_id
            WHERE b.company_id = ?1 AND b.invoice_id = i.id
                AND (CASE WHEN q.paid_on > i.issued_on THEN q.paid_on ELSE i.issued_on END, q.id)
                  < (CASE WHEN p.paid_on > i.issued_on THEN p.paid_on ELSE i.issued_on END, p.id)),
        a.amount_minor
    FROM order_agents g
    JOIN orders o ON o.company_id = g.company_id AND o.id = g.order_id
    JOIN invoices i ON i.company_id = g.company_id AND i.order_id = g.order_id
    JOIN allocations a ON a.company_id = i.company_id AND a.invoice_id = i.id
    JOIN payments p ON p.company_id = a.company_id AND p.id = a.payment_id
    WHERE g.company_id = ?1 AND g.basis = 'paid' AND i.status <> 'void'
    ) s WHERE s.company_id = ?1";

fn earning(s: &dyn Source) -> Result<Earning, Fault> {
    let payment: i64 = read(s, 6)?;
    let number: String = read(s, 7)?;
    let (net, gross, before, amount): (Money, Money, Money, Money) = (read(s, 13)?, read(s, 14)?, read(s, 15)?, read(s, 16)?);
    let rate: Rate = read(s, 1)?;
    Ok(Earning {
        agent_id: read(s, 0)?,
        part: CommissionPart { net, gross, before, amount, rate },
        basis: read(s, 2)?,
        counted_on: read(s, 3)?,
        invoice_id: read(s, 4)?,
        invoice_number: read(s, 5)?,
        payment: (payment != 0).then(|| (PaymentId::from_raw(payment), number)),
        order_id: read(s, 8)?,
        order_number: read(s, 9)?,
        customer_id: read(s, 10)?,
        customer_name: read(s, 11)?,
        currency: read(s, 12)?,
    })
}

/// From the first to the last day of a time.
pub type Days = (Date, Date);

fn earned(company: CompanyId, agents: &[CustomerId], (from, to): Days) -> Select {
    let mut select = Select::new(company, EARNING, EARNINGS, EARNING_TIES);
    select.and_in("s.agent_id", agents.iter().map(|agent| agent.raw()));
    select.and("s.counted_on >= ?", [from.as_str().into()]);
    select.and("s.counted_on <= ?", [to.as_str().into()]);
    select
}

/// A page of what an agent earned by from a day to another.
///
/// # Errors
/// Any fault of the database.
pub fn earnings(reader: &Reader<'_>, company: CompanyId, agent: CustomerId, days: Days, page: &Page) -> Result<Found<Earning>, Fault> {
    earned(company, &[agent], days).page(reader, page, earning)
}

/// What these agents earned in a currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Earned {
    /// Who.
    pub agent_id: CustomerId,
    /// Of the amounts.
    pub currency: Currency,
    /// Net amount it was counted by.
    pub net: Money,
    /// Commission, rounded by line.
    pub commission: Money,
    /// Lines.
    pub lines: i64,
}

/// What these agents earned from a day to another, by currency.
///
/// # Errors
/// Any fault of the database.
pub fn totals(reader: &Reader<'_>, company: CompanyId, agents: &[CustomerId], days: Days) -> Result<Vec<Earned>, Fault> {
    let mut totals: Vec<Earned> = Vec::new();
    if agents.is_empty() {
        return Ok(totals);
    }
    for one in earned(company, agents, days).all(reader, earning)? {
        let (net, commission) = (one.part.net(), one.part.commission());
        match totals.iter_mut().find(|known| (known.agent_id, known.currency) == (one.agent_id, one.currency)) {
            Some(known) => {
                known.net += net;
                known.commission += commission;
                known.lines += 1;
            }
            None => totals.push(Earned { agent_id: one.agent_id, currency: one.currency, net, commission, lines: 1 }),
        }
    }
    totals.sort_by(|one, other| (one.agent_id, one.currency.as_str()).cmp(&(other.agent_id, other.currency.as_str())));
    Ok(totals)
}
