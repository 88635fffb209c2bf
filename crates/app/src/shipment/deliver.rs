//! Proof of delivery.

use domain::{
    Act, Actor, Attachment, AttachmentId, Company, Counted, Date, DeliverInput, FieldError, FieldRule, Refusal, Shipment, ShipmentId, Verb,
    Version,
};
use store::rows::{OrderLines, ShipmentLines};
use store::{Outcome, UnitOfWork};

use crate::contract;
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

/// Records that a delivery note was signed for; with the last one the follow-up begins.
///
/// # Errors
/// `NotEffective`, `AlreadyDelivered`; `stale`; `invalid` where the counts do not come to what was shipped, or a file is unknown.
///
/// Source: SHP-07, SVC-01
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
    work.save_changed(&mut lines);
    work.save_changed(&mut counted);
    work.save(&mut shipment);
    work.save(&mut order);
    if let Some(follow_up) = delivered.follow_up {
        work.add(follow_up);
    }
    delivered.events.into_iter().for_each(|event| work.record(by, event));
    Ok(OrderState::of(&order).with("shipment", shipment.id, &shipment.number))
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
