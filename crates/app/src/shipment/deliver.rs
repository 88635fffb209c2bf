//! Proof of delivery.

use domain::{
    Act, Actor, Attachment, AttachmentId, Company, Counted, Date, DeliverInput, ExceptionKind, FieldError, FieldRule, Order, OrderLine,
    Part, Refusal, Shipment, ShipmentId, ShipmentLine, Verb, Version, name_of,
};
use store::rows::{OrderExceptions, OrderLines, ShipmentLines};
use store::{Held, Outcome, UnitOfWork};

use crate::contract;
use crate::exception::open::{self, What};
use crate::order::{OrderState, draft, gate, load};

/// What the customer signed for.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Day it was signed for; today where left out.
    pub delivered_on: Option<Date>,
    /// Who signed.
    pub signer: String,
    /// What was written down.
    pub note: String,
    /// What was counted; all accepted where left out.
    pub counted: Option<Vec<Counted>>,
    /// Photos or scans, uploaded before.
    pub attachments: Vec<AttachmentId>,
}

/// Records that a delivery note was signed for; with the last one the follow-up begins. What was refused opens an exception of the order.
///
/// # Errors
/// `NotEffective`, `AlreadyDelivered`; `stale`; `invalid` where the counts do not come to what was shipped, or a file is unknown.
///
/// Source: SHP-07, SVC-01, CHG-05
pub fn deliver(work: &mut UnitOfWork, by: &Actor, id: ShipmentId, version: Option<Version>, said: &Delivery) -> Outcome<OrderState> {
    by.may(Act::DeliverShipment)?;
    work.want_of::<ShipmentLines>([id]);
    work.want::<Company>([work.company()]);
    work.want::<Attachment>(said.attachments.iter().copied());
    let mut shipment = work.get::<Shipment>(id)?;
    if version.is_some_and(|v| v != shipment.version) {
        return Err(Refusal::stale("shipment").into());
    }
    work.want_of::<OrderLines>([shipment.order_id]);
    work.want_of::<OrderExceptions>([shipment.order_id]);
    let mut order = load::order(work, shipment.order_id, None)?;
    let mut lines = work.of::<OrderLines>(order.id)?;
    let mut counted = work.of::<ShipmentLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Deliver)?;
    let company = work.get::<Company>(work.company())?;
    let today = draft::today(work, &company);
    let input = DeliverInput {
        delivered_on: said.delivered_on.unwrap_or(today),
        signer: &said.signer,
        note: &said.note,
        counted: said.counted.as_deref(),
        follow_up_id: work.id(),
        follow_up_days: company.follow_up_days,
    };

    let delivered = order.deliver(&mut lines, &mut shipment, &mut counted, &input, today)?;

    attach(work, &shipment, &said.attachments)?;
    contract::settle(work, &order, &mut lines)?;
    delivered.events.into_iter().for_each(|event| work.record(by, event));
    refused(work, by, &mut order, &mut lines, (&shipment, &counted))?;
    work.save_changed(&mut lines);
    work.save_changed(&mut counted);
    work.save(&mut shipment);
    work.save(&mut order);
    if let Some(follow_up) = delivered.follow_up {
        work.add(follow_up);
    }
    Ok(OrderState::of(&order).with("shipment", shipment.id, &shipment.number))
}

/// What was refused waits for an answer.
fn refused(
    work: &mut UnitOfWork,
    by: &Actor,
    order: &mut Order,
    lines: &mut [Held<OrderLine>],
    (shipment, counted): (&Shipment, &[Held<ShipmentLine>]),
) -> Outcome<()> {
    let mut parts: Vec<Part> = Vec::new();
    for line in counted.iter().filter(|line| line.refused_micro.is_positive()) {
        match parts.iter_mut().find(|part| part.line_no == line.order_line_no) {
            Some(part) => part.quantity += line.refused_micro,
            None => parts.push(Part { line_no: line.order_line_no, quantity: line.refused_micro }),
        }
    }
    if parts.is_empty() {
        return Ok(());
    }
    let kind = ExceptionKind::GoodsRefused;
    let note = shipment.closed_note.trim();
    let cause = if note.is_empty() { name_of(by.language, kind) } else { note.to_owned() };
    let shipment = Some((shipment.id, shipment.number.as_str()));
    open::raise(work, by, order, lines, &What { kind, cause: &cause, parts: &parts, shipment, by_system: true })?;
    Ok(())
}

/// Files uploaded before become this note's proof.
fn attach(work: &mut UnitOfWork, shipment: &Shipment, files: &[AttachmentId]) -> Outcome<()> {
    for (place, file) in files.iter().enumerate() {
        let Some(mut file) = work.find::<Attachment>(*file)? else {
            let rule = FieldRule::Unknown { value: file.to_string() };
            return Err(Refusal::invalid(vec![FieldError::new(format!("/attachment_ids/{place}"), rule)]).into());
        };
        file.order_id = Some(shipment.order_id);
        "shipment".clone_into(&mut file.subject_kind);
        file.subject_id = shipment.id.raw();
        work.save(&mut file);
    }
    Ok(())
}
