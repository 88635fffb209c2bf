//! What went wrong is written down; the order does not end until it is answered.

use domain::{
    Act, Actor, Attachment, AttachmentId, ExceptionId, ExceptionInput, ExceptionKind, FieldError, FieldRule, Order, OrderId, OrderLine,
    Part, Refusal, Shipment, ShipmentId, Version,
};
use store::rows::{OrderExceptions, OrderLines, ShipmentLines};
use store::{Held, Outcome, UnitOfWork};

use crate::contract;
use crate::order::{OrderState, load};

/// What went wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// What.
    pub kind: ExceptionKind,
    /// Why.
    pub cause: String,
    /// How much of which line; of a cancelled delivery left out, for all of it comes back.
    pub parts: Vec<Part>,
    /// The delivery note with which it happened; asked for where a delivery is cancelled.
    pub shipment: Option<ShipmentId>,
    /// Files that prove it, uploaded before.
    pub attachments: Vec<AttachmentId>,
}

/// Records an exception of an effective order by hand; a delivery that is cancelled takes its goods back with it.
///
/// # Errors
/// `NotEffective`, `NotOnTheRoad`; `stale`; `invalid` without a cause, for lines or quantities that do not fit, and for a delivery note or file that
/// is unknown.
///
/// Source: CHG-05
pub fn open(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, said: &Opening) -> Outcome<OrderState> {
    by.may(Act::OpenException)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OrderExceptions>([id]);
    work.want::<Shipment>(said.shipment);
    work.want_of::<ShipmentLines>(said.shipment);
    work.want::<Attachment>(said.attachments.iter().copied());
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    let shipment = shipment_of(work, &order, said)?;
    let number = shipment.as_ref().map(|shipment| (shipment.id, shipment.number.clone()));
    let mut parts = said.parts.clone();
    if let Some(mut shipment) = shipment.filter(|_| said.kind == ExceptionKind::DeliveryCancelled) {
        let mut counted = work.of::<ShipmentLines>(shipment.id)?;
        parts = order.turn_back(&mut lines, &mut shipment, &mut counted)?;
        work.save_changed(&mut counted);
        work.save(&mut shipment);
    }
    let (kind, cause) = (said.kind, said.cause.as_str());
    let what = What { kind, cause, parts: &parts, shipment: number.as_ref().map(|(id, number)| (*id, number.as_str())), by_system: false };
    let made = raise(work, by, &mut order, &mut lines, &what)?;
    attach(work, id, made.0, &said.attachments)?;
    work.save_changed(&mut lines);
    work.save(&mut order);
    Ok(OrderState::of(&order).with("exception", made.0, &made.1))
}

/// The delivery note that is named: of this order.
fn shipment_of(work: &mut UnitOfWork, order: &Order, said: &Opening) -> Outcome<Option<Held<Shipment>>> {
    let Some(id) = said.shipment else {
        if said.kind == ExceptionKind::DeliveryCancelled {
            return Err(Refusal::field("/shipment_id", FieldRule::Required).into());
        }
        return Ok(None);
    };
    match work.find::<Shipment>(id)?.filter(|shipment| shipment.order_id == order.id) {
        Some(shipment) => Ok(Some(shipment)),
        None => Err(Refusal::field("/shipment_id", FieldRule::Unknown { value: id.to_string() }).into()),
    }
}

/// An exception as a step raises it.
pub(crate) struct What<'a> {
    /// What went wrong.
    pub kind: ExceptionKind,
    /// Why.
    pub cause: &'a str,
    /// What it is about.
    pub parts: &'a [Part],
    /// The delivery note, with its number.
    pub shipment: Option<(ShipmentId, &'a str)>,
    /// Whether it follows from another step.
    pub by_system: bool,
}

/// Opens an exception of an order that the caller saves afterwards.
///
/// # Errors
/// As [`Order::open_exception`]; leaves when the order's exceptions are not loaded yet.
///
/// Source: CHG-05
pub(crate) fn raise(
    work: &mut UnitOfWork,
    by: &Actor,
    order: &mut Order,
    lines: &mut [Held<OrderLine>],
    what: &What<'_>,
) -> Outcome<(ExceptionId, String)> {
    let earlier = work.of::<OrderExceptions>(order.id)?;
    let What { kind, cause, parts, shipment, by_system } = *what;
    let input = ExceptionInput { id: work.id(), no: earlier.len() + 1, kind, cause, parts, shipment, by_system };
    let (exception, event) = order.open_exception(lines, &earlier, &input, by, work.now())?;
    order.derive(lines);
    contract::settle(work, order, lines)?;
    let made = (exception.id, exception.number.clone());
    work.add(exception);
    work.record(by, event);
    Ok(made)
}

/// Files uploaded before become what proves it.
fn attach(work: &mut UnitOfWork, order: OrderId, exception: ExceptionId, files: &[AttachmentId]) -> Outcome<()> {
    for (place, file) in files.iter().enumerate() {
        let known = work.find::<Attachment>(*file)?.filter(|file| file.order_id.is_none_or(|of| of == order));
        let Some(mut file) = known else {
            let rule = FieldRule::Unknown { value: file.to_string() };
            return Err(Refusal::invalid(vec![FieldError::new(format!("/attachment_ids/{place}"), rule)]).into());
        };
        file.order_id = Some(order);
        "exception".clone_into(&mut file.subject_kind);
        file.subject_id = exception.raw();
        work.save(&mut file);
    }
    Ok(())
}
