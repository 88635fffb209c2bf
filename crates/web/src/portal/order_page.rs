//! One order as its customer sees it: the five tracks, what was shipped, billed and paid, and what happened in words for customers. Costs,
//! margins, approvals, remarks and names of the company's people are not in it.

use axum::extract::{Path, State};
use domain::{Attachment, AttachmentKind, Currency, EventKind, Language, Order, OrderLine};
use serde::Serialize;
use store::query::order::{self as query, Page, ShipmentWithLines};
use store::rows::ChainedEvent;
use utoipa::ToSchema;

use super::order::{PortalOrderRow, id_of};
use super::paper::{PortalDocument, PortalInvoice, PortalPayment};
use super::person::Person;
use super::session::company_of;
use crate::error::{Error, Problem};
use crate::order::charge::ChargeJson;
use crate::state::Web;
use crate::value::{AttachmentKindCode, Coded, MoneyJson, QuantityJson, SettlementCode};
use crate::version::Tagged;

/// A line of an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalOrderLine {
    /// Number of the line, from 1.
    pub line_no: i64,
    /// What.
    pub product: Coded,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// How much.
    pub quantity: QuantityJson,
    /// Price of one unit.
    pub unit_price: MoneyJson,
    /// With tax.
    pub gross: MoneyJson,
    /// Of the quantity, reserved or shipped.
    pub ready: QuantityJson,
    /// Shipped.
    pub shipped: QuantityJson,
    /// Signed for.
    pub delivered: QuantityJson,
    /// Note.
    pub note: String,
}

/// A part of a shipment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalShipmentLine {
    /// What.
    pub name: String,
    /// How much.
    pub quantity: QuantityJson,
}

/// Goods on their way, or arrived.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalShipment {
    /// Number of the delivery note.
    pub number: String,
    /// When they were sent.
    pub shipped_on: String,
    /// Who carries them.
    pub carrier: String,
    /// Tracking number.
    pub tracking: String,
    /// When they were signed for.
    pub delivered_on: Option<String>,
    /// Who signed.
    pub signer: String,
    /// What it is.
    pub lines: Vec<PortalShipmentLine>,
}

/// A file that is for the customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalFile {
    /// Its id.
    pub id: String,
    /// Its name.
    pub filename: String,
    /// What it is.
    pub kind: AttachmentKindCode,
    /// The same for people.
    pub kind_name: String,
    /// Bytes.
    pub size: i64,
}

/// Something that happened, in words for the customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalStep {
    /// When.
    pub at: String,
    /// What.
    pub text: String,
    /// Whether a person of the customer did it.
    pub own: bool,
}

/// A question that the customer is asked about an order, which rests until it is answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalQuestion {
    /// Number of the question.
    pub no: i64,
    /// What is asked.
    pub question: String,
    /// Since when.
    pub asked_at: String,
    /// The answer; empty until there is one.
    pub answer: String,
}

/// An order as its customer sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalOrder {
    /// Head and tracks.
    #[serde(flatten)]
    pub head: PortalOrderRow,
    /// Contact at the customer.
    pub contact_name: String,
    /// Phone of the contact.
    pub contact_phone: String,
    /// Who takes the goods.
    pub receiver: String,
    /// Where the goods go.
    pub delivery_address: String,
    /// How it is paid.
    pub settlement: SettlementCode,
    /// The same for people.
    pub settlement_name: String,
    /// Note.
    pub notes: String,
    /// Sum of the lines.
    pub goods: MoneyJson,
    /// Freight.
    pub freight: MoneyJson,
    /// Discount.
    pub discount: MoneyJson,
    /// Further charges and allowances.
    pub charges: Vec<ChargeJson>,
    /// Tax.
    pub tax: MoneyJson,
    /// What is asked for in advance.
    pub deposit: MoneyJson,
    /// What is not paid yet.
    pub open: MoneyJson,
    /// The lines.
    pub lines: Vec<PortalOrderLine>,
    /// The shipments.
    pub shipments: Vec<PortalShipment>,
    /// The invoices.
    pub invoices: Vec<PortalInvoice>,
    /// The payments.
    pub payments: Vec<PortalPayment>,
    /// The files that are for the customer.
    pub files: Vec<PortalFile>,
    /// The documents that the company made for the customer, the newest first.
    pub documents: Vec<PortalDocument>,
    /// What the customer is asked, the oldest first.
    pub questions: Vec<PortalQuestion>,
    /// What happened, newest first.
    pub steps: Vec<PortalStep>,
}

/// Shows an order of the customer.
#[utoipa::path(get, path = "/portal/orders/{id}", operation_id = "show_portal_order", tag = "portal", security(("portal" = [])),
    responses((status = 200, body = PortalOrder), (status = "default", body = Problem)))]
pub(super) async fn show(State(web): State<Web>, person: Person, Path(id): Path<String>) -> Result<Tagged<PortalOrder>, Error> {
    let page = own(&web, &person, &id).await?;
    let (company, order) = (person.company_id, page.order.id);
    let read = web.app.store.read(move |reader| {
        Ok((query::timeline(reader, company, order, None, 200)?, store::query::document::of_order(reader, company, order)?))
    });
    let (events, documents) = read.await?;
    let documents = PortalDocument::of(&documents, person.customer.id, person.language);
    let today = company_of(&web, &person).await?.date_of(web.now());
    let head = PortalOrderRow::of(&page.order, today, person.language);
    Ok(Tagged(head.version, shown(&page, head, documents, &events, person.language)))
}

/// An order of the person's customer; those of others, and what was never handed in, are not there.
pub(super) async fn own(web: &Web, person: &Person, id: &str) -> Result<Page, Error> {
    let (id, company, customer) = (id_of(id)?, person.company_id, person.customer.id);
    let found = web.app.store.read(move |reader| {
        let order = reader.get::<Order>(company, id)?;
        if order.is_some_and(|order| order.is_seen_by(customer)) { query::page(reader, company, id) } else { Ok(None) }
    });
    found.await?.ok_or_else(|| Error::not_found("order"))
}

/// Files that are for customers.
const FOR_CUSTOMERS: &[AttachmentKind] =
    &[AttachmentKind::ProofOfDelivery, AttachmentKind::SignedOrder, AttachmentKind::Contract, AttachmentKind::Confirmation];

/// Whether a file of an order is for its customer.
pub(super) fn is_for_customer(file: &Attachment) -> bool {
    matches!(file.subject_kind.as_str(), "order" | "shipment") && FOR_CUSTOMERS.contains(&file.kind)
}

fn shown(page: &Page, head: PortalOrderRow, documents: Vec<PortalDocument>, events: &[ChainedEvent], language: Language) -> PortalOrder {
    let order = &page.order;
    let money = |amount| MoneyJson::of(amount, order.currency);
    PortalOrder {
        contact_name: order.contact_name.clone(),
        contact_phone: order.contact_phone.clone(),
        receiver: order.receiver.clone(),
        delivery_address: order.delivery_address.clone(),
        settlement: order.settlement.into(),
        settlement_name: domain::name_of(language, order.settlement),
        notes: order.notes.clone(),
        goods: money(order.goods_minor),
        freight: money(order.freight_minor),
        discount: money(order.discount_minor),
        charges: ChargeJson::all(&order.charges, order.currency, language),
        tax: money(order.tax_minor),
        deposit: money(order.deposit_minor),
        open: money(order.open()),
        lines: page.lines.iter().map(|one| line(one, order.currency)).collect(),
        shipments: page.shipments.iter().map(shipment).collect(),
        invoices: page.invoices.iter().map(|one| PortalInvoice::of(&one.invoice, order.currency, language)).collect(),
        payments: page.payments.iter().filter(|one| !one.reversed).map(|one| PortalPayment::of(one, order.currency, language)).collect(),
        files: page.attachments.iter().filter(|file| is_for_customer(file)).map(|one| file(one, language)).collect(),
        documents,
        questions: page.questions.iter().filter(|one| one.for_customer && one.withdrawn_at.is_none()).map(question).collect(),
        steps: events.iter().filter_map(|event| step(event, language)).collect(),
        head,
    }
}

fn question(one: &domain::OrderQuestion) -> PortalQuestion {
    PortalQuestion { no: one.no, question: one.question.clone(), asked_at: one.asked_at.to_string(), answer: one.answer.clone() }
}

fn line(line: &OrderLine, currency: Currency) -> PortalOrderLine {
    let quantity = |quantity| QuantityJson::of(quantity, &line.unit);
    PortalOrderLine {
        line_no: line.line_no,
        product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
        spec: line.spec.clone(),
        unit: line.unit.clone(),
        quantity: quantity(line.quantity_micro),
        unit_price: MoneyJson::price(line.unit_price_micro, currency),
        gross: MoneyJson::of(line.gross_minor, currency),
        ready: quantity(line.reserved_micro + line.shipped_micro),
        shipped: quantity(line.shipped_micro),
        delivered: quantity(line.delivered_micro),
        note: line.note.clone(),
    }
}

fn shipment(one: &ShipmentWithLines) -> PortalShipment {
    let note = &one.shipment;
    let line = |line: &domain::ShipmentLine| PortalShipmentLine {
        name: line.name.clone(),
        quantity: QuantityJson::of(line.quantity_micro, &line.unit),
    };
    PortalShipment {
        number: note.number.clone(),
        shipped_on: note.shipped_on.to_string(),
        carrier: note.carrier.clone(),
        tracking: note.tracking.clone(),
        delivered_on: note.delivered_on.map(|day| day.to_string()),
        signer: note.signer.clone(),
        lines: one.lines.iter().map(line).collect(),
    }
}

fn file(file: &Attachment, language: Language) -> PortalFile {
    PortalFile {
        id: file.id.to_string(),
        filename: file.filename.clone(),
        kind: file.kind.into(),
        kind_name: domain::name_of(language, file.kind),
        size: file.size,
    }
}

/// What customers are told of; all else stays in the house.
const TOLD: &[EventKind] = &[
    EventKind::OrderSubmitted,
    EventKind::OrderEdited,
    EventKind::OrderApproved,
    EventKind::OrderTookEffect,
    EventKind::OrderRejected,
    EventKind::OrderVoided,
    EventKind::OrderCancelled,
    EventKind::OrderChanged,
    EventKind::OrderReady,
    EventKind::OrderShipped,
    EventKind::ShipmentDelivered,
    EventKind::OrderInvoiced,
    EventKind::InvoiceVoided,
    EventKind::PaymentRecorded,
    EventKind::RefundRecorded,
    EventKind::OrderClosedShort,
    EventKind::OrderClosed,
];

fn step(event: &ChainedEvent, language: Language) -> Option<PortalStep> {
    let kind = TOLD.iter().find(|kind| kind.as_str() == event.kind)?;
    let text = domain::text(language, &format!("portal.step.{kind}"), &[]);
    Some(PortalStep { at: event.at.to_string(), text, own: event.channel == "portal" })
}
