//! Everything about one order, in a fixed number of statements however long it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{
    Agreed, Approval, Attachment, Blueprint, Calendar, ChangeOrder, Company, CompanyId, Currency, Customer, CustomerAccount, Evidence,
    FollowUp, Inquiry, Invoice, InvoiceLine, KeptBlueprint, Order, OrderId, OrderLine, OrderQuestion, Override, Payment, PortalUser,
    PortalUserId, ProductId, Proving, Quantity, Quotation, Shipment, ShipmentLine, SlipRule, UserId, Warehouse, WarehouseId, WorkCalendar,
    standard_blueprint,
};

use crate::fault::Fault;
use crate::query::among::among;
use crate::query::change;
use crate::query::contract;
use crate::query::credit::{self, Credit};
use crate::read::{Param, Reader, read};
use crate::rows::ChainedEvent;

/// A delivery note with its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct ShipmentWithLines {
    /// The note.
    pub shipment: Shipment,
    /// Its lines.
    pub lines: Vec<ShipmentLine>,
}

/// An invoice with its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct InvoiceWithLines {
    /// The invoice.
    pub invoice: Invoice,
    /// Its lines.
    pub lines: Vec<InvoiceLine>,
}

/// One order with all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The head.
    pub order: Order,
    /// The lines.
    pub lines: Vec<OrderLine>,
    /// The steps of approval, of all rounds.
    pub approvals: Vec<Approval>,
    /// The delivery notes.
    pub shipments: Vec<ShipmentWithLines>,
    /// The invoices.
    pub invoices: Vec<InvoiceWithLines>,
    /// The payments.
    pub payments: Vec<Payment>,
    /// The follow-ups.
    pub follow_ups: Vec<FollowUp>,
    /// The files.
    pub attachments: Vec<Attachment>,
    /// Who buys.
    pub customer: Customer,
    /// What the customer owes.
    pub account: Option<CustomerAccount>,
    /// What finance says about the customer's credit.
    pub credit: Credit,
    /// Where it ships from.
    pub warehouse: Option<Warehouse>,
    /// Names of everybody, by id.
    pub names: BTreeMap<UserId, String>,
    /// What is free in the order's warehouse, by product.
    pub available: BTreeMap<ProductId, Quantity>,
    /// The currency of the company's books.
    pub books: Currency,
    /// The rules it was made under.
    pub rules: Arc<Blueprint>,
    /// What is proven by evidence, and by whom.
    pub proven: Vec<Proving>,
    /// Gates that were overridden for it.
    pub overrides: Vec<Override>,
    /// What was asked about it.
    pub questions: Vec<OrderQuestion>,
    /// The calendar by which its promised date slips, where it does so by working days.
    pub office: Option<WorkCalendar>,
    /// Changes of it that are not decided yet.
    pub open_changes: Vec<ChangeOrder>,
    /// The quotation it was made from.
    pub quotation: Option<Quotation>,
    /// The contract it is placed under.
    pub contract: Option<Agreed>,
    /// The inquiry it was made from.
    pub inquiry: Option<Inquiry>,
}

/// Whether the company has this order.
///
/// # Errors
/// Any fault of the database.
pub fn exists(reader: &Reader<'_>, company: CompanyId, id: OrderId) -> Result<bool, Fault> {
    Ok(reader.int("SELECT count(*) FROM orders WHERE company_id = ?1 AND id = ?2", &[company.raw().into(), id.raw().into()])? > 0)
}

/// The lines of an order, in their order.
///
/// # Errors
/// Any fault of the database.
pub fn lines(reader: &Reader<'_>, company: CompanyId, id: OrderId) -> Result<Vec<OrderLine>, Fault> {
    reader.all(company, "AND order_id = ?2 ORDER BY line_no", &[Param::Int(id.raw())])
}

/// The id of an order by its number.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, number: &str) -> Result<Option<OrderId>, Fault> {
    let text = "SELECT id FROM orders WHERE company_id = ?1 AND number = ?2 AND number <> ''";
    reader.one(text, &[company.raw().into(), number.into()], |s| read(s, 0))
}

/// One order with all that belongs to it.
///
/// # Errors
/// Any fault of the database.
pub fn page(reader: &Reader<'_>, company: CompanyId, id: OrderId) -> Result<Option<Page>, Fault> {
    let Some(order) = reader.get::<Order>(company, id)? else { return Ok(None) };
    let Some(customer) = reader.get::<Customer>(company, order.customer_id)? else { return Ok(None) };
    let this = [Param::Int(id.raw())];
    let account = reader.get::<CustomerAccount>(company, order.customer_id)?;
    let credit = credit::of(reader, company, order.customer_id, account.as_ref())?;
    let warehouse = reader.get::<Warehouse>(company, order.warehouse_id)?;
    let quotation = order.quotation_id.map_or(Ok(None), |quotation| reader.get::<Quotation>(company, quotation))?;
    let lines = lines(reader, company, id)?;
    let contract = contract::agreed(reader, company, &order, &lines, &customer)?;
    let inquiry = order.inquiry_id.map_or(Ok(None), |inquiry| reader.get::<Inquiry>(company, inquiry))?;
    Ok(Some(Page {
        lines,
        contract,
        approvals: reader.all(company, "AND order_id = ?2 ORDER BY round, step", &this)?,
        shipments: shipments(reader, company, &this)?,
        invoices: invoices(reader, company, &this)?,
        payments: reader.all(company, "AND order_id = ?2 ORDER BY id", &this)?,
        follow_ups: reader.all(company, "AND order_id = ?2 ORDER BY id", &this)?,
        attachments: reader.all(company, "AND order_id = ?2 ORDER BY id", &this)?,
        names: names_for(reader, company, &order)?,
        available: available(reader, company, &order, warehouse.as_ref())?,
        books: reader.get::<Company>(company, company)?.map_or(Currency::CNY, |settings| settings.currency),
        rules: rules(reader, company, order.blueprint_no)?,
        proven: proven(reader, company, &this)?,
        overrides: reader.all(company, "AND order_id = ?2 ORDER BY id", &this)?,
        questions: reader.all(company, "AND order_id = ?2 ORDER BY no", &this)?,
        office: match order.slip {
            SlipRule::Working => reader.get::<Calendar>(company, "office".to_owned())?.map(|calendar| calendar.hours()),
            _ => None,
        },
        open_changes: change::open_of(reader, company, id)?,
        order,
        customer,
        account,
        credit,
        warehouse,
        quotation,
        inquiry,
    }))
}

fn proven(reader: &Reader<'_>, company: CompanyId, this: &[Param]) -> Result<Vec<Proving>, Fault> {
    let all: Vec<Evidence> = reader.all(company, "AND order_id = ?2 ORDER BY id", this)?;
    Ok(all.into_iter().filter(|one| one.satisfies(&one.proves)).map(|one| Proving { code: one.proves, by: one.created_by }).collect())
}

/// The rules with this number; 0: those that come with the product.
///
/// # Errors
/// Any fault of the database.
pub fn rules(reader: &Reader<'_>, company: CompanyId, number: i64) -> Result<Arc<Blueprint>, Fault> {
    let kept = if number == 0 { None } else { reader.get::<KeptBlueprint>(company, number)? };
    Ok(kept.and_then(|kept| kept.content.blueprint().ok()).unwrap_or_else(standard_blueprint))
}

fn shipments(reader: &Reader<'_>, company: CompanyId, this: &[Param]) -> Result<Vec<ShipmentWithLines>, Fault> {
    let notes: Vec<Shipment> = reader.all(company, "AND order_id = ?2 ORDER BY id", this)?;
    let of_order =
        "AND shipment_id IN (SELECT s.id FROM shipments s WHERE s.company_id = ?1 AND s.order_id = ?2) ORDER BY shipment_id, line_no";
    let lines: Vec<ShipmentLine> = if notes.is_empty() { Vec::new() } else { reader.all(company, of_order, this)? };
    let with = |shipment: Shipment| ShipmentWithLines {
        lines: lines.iter().filter(|l| l.shipment_id == shipment.id).cloned().collect(),
        shipment,
    };
    Ok(notes.into_iter().map(with).collect())
}

fn invoices(reader: &Reader<'_>, company: CompanyId, this: &[Param]) -> Result<Vec<InvoiceWithLines>, Fault> {
    let all: Vec<Invoice> = reader.all(company, "AND order_id = ?2 ORDER BY id", this)?;
    let of_order =
        "AND invoice_id IN (SELECT i.id FROM invoices i WHERE i.company_id = ?1 AND i.order_id = ?2) ORDER BY invoice_id, line_no";
    let lines: Vec<InvoiceLine> = if all.is_empty() { Vec::new() } else { reader.all(company, of_order, this)? };
    let with =
        |invoice: Invoice| InvoiceWithLines { lines: lines.iter().filter(|l| l.invoice_id == invoice.id).cloned().collect(), invoice };
    Ok(all.into_iter().map(with).collect())
}

/// Names of everybody, and of who entered the order at the portal.
fn names_for(reader: &Reader<'_>, company: CompanyId, order: &Order) -> Result<BTreeMap<UserId, String>, Fault> {
    let mut names = names(reader, company)?;
    if !names.contains_key(&order.entered_by)
        && let Some(user) = reader.get::<PortalUser>(company, PortalUserId::from_raw(order.entered_by.raw()))?
    {
        names.insert(order.entered_by, user.name);
    }
    Ok(names)
}

/// Names of everybody, by id.
///
/// # Errors
/// Any fault of the database.
pub fn names(reader: &Reader<'_>, company: CompanyId) -> Result<BTreeMap<UserId, String>, Fault> {
    let found =
        reader.rows("SELECT id, name FROM users WHERE company_id = ?1", &[company.raw().into()], |s| Ok((read(s, 0)?, read(s, 1)?)))?;
    Ok(found.into_iter().collect())
}

fn available(
    reader: &Reader<'_>,
    company: CompanyId,
    order: &Order,
    warehouse: Option<&Warehouse>,
) -> Result<BTreeMap<ProductId, Quantity>, Fault> {
    let Some(warehouse) = warehouse else { return Ok(BTreeMap::new()) };
    let sources: Vec<i64> = warehouse.sources().map(WarehouseId::raw).collect();
    let Some((among, mut params)) = among(company.raw(), &sources) else { return Ok(BTreeMap::new()) };
    params.push(order.id.raw().into());
    let text = format!(
        "SELECT s.product_id, CAST(sum(s.on_hand_micro - s.held_micro - s.reserved_micro) AS BIGINT) FROM stock s WHERE s.company_id = ?1 AND s.warehouse_id {among}
        AND s.product_id IN (SELECT l.product_id FROM order_lines l WHERE l.company_id = ?1 AND l.order_id = ?{}) GROUP BY s.product_id",
        params.len()
    );
    Ok(reader.rows(&text, &params, |s| Ok((read(s, 0)?, read(s, 1)?)))?.into_iter().collect())
}

/// What happened to an order and to its papers, newest first, before position `before`.
///
/// # Errors
/// Any fault of the database.
pub fn timeline(
    reader: &Reader<'_>,
    company: CompanyId,
    id: OrderId,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<ChainedEvent>, Fault> {
    let and = format!("AND subject_id = ?2 AND position < ?3 ORDER BY position DESC LIMIT {limit}");
    reader.all(company, &and, &[id.raw().into(), before.unwrap_or(i64::MAX).into()])
}

/// The role of the approval step that is next, for reviewed orders among these.
///
/// # Errors
/// Any fault of the database.
pub fn next_roles(reader: &Reader<'_>, company: CompanyId, orders: &[&Order]) -> Result<BTreeMap<OrderId, String>, Fault> {
    let reviewed: Vec<Param> =
        orders.iter().filter(|o| o.status == domain::OrderStatus::Reviewed).map(|o| Param::Int(o.id.raw())).collect();
    if reviewed.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places: Vec<String> = (0..reviewed.len()).map(|i| format!("?{}", i + 2)).collect();
    let text = format!(
        "SELECT a.order_id, a.role FROM approvals a JOIN orders o ON o.company_id = a.company_id AND o.id = a.order_id AND o.approval_round = a.round \
         WHERE a.company_id = ?1 AND a.decision IS NULL AND a.order_id IN ({}) ORDER BY a.order_id, a.stage DESC, a.step DESC",
        places.join(", ")
    );
    let mut params = vec![Param::Int(company.raw())];
    params.extend(reviewed);
    Ok(reader.rows(&text, &params, |s| Ok((read(s, 0)?, read(s, 1)?)))?.into_iter().collect())
}
