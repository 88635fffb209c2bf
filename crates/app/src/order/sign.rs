//! The customer answers a confirmation by the link: signs, or asks for a correction.

use domain::{
    Actor, AttachmentKind, Confirmation, ConfirmationId, ConfirmationRejection, LinkId, Order, PublicLink, Refusal, SignInput,
    SignatureWay, TaskCause, TaskKind,
};
use store::rows::OrderLines;
use store::{Held, Outcome, UnitOfWork};

use super::confirmation::{self, Content};
use super::{OrderState, load};
use crate::price;
use crate::task::{NewTask, open};

/// A signature.
#[derive(Clone, Debug)]
pub struct Signing {
    /// Name of who signs.
    pub signer: String,
    /// How.
    pub way: SignatureWay,
    /// Whether the box was ticked.
    pub consent: bool,
    /// Hex SHA-256 of the document that the page showed.
    pub document_sha256: String,
    /// The picture of the signature.
    pub signature: Content,
}

/// The confirmation that a link shows, and its order.
fn shown(work: &mut UnitOfWork, link: LinkId) -> Outcome<(Held<Confirmation>, Held<Order>)> {
    let link = work.get::<PublicLink>(link)?;
    link.check(work.now())?;
    let confirmation = work.get::<Confirmation>(ConfirmationId::from_raw(link.subject_id))?;
    let order = load::order(work, confirmation.order_id, None)?;
    Ok((confirmation, order))
}

/// The customer signs what was sent: the signature is kept by its hash as evidence, and an order that waited for it takes effect in the same
/// transaction.
///
/// # Errors
/// `link.not_valid`; `confirmation.already_signed`, `confirmation.superseded`, `confirmation.withdrawn`, `confirmation.other_document`;
/// `order.not_awaiting_signature`; `invalid` at `/signer` and `/consent`.
///
/// Source: CNF-02, CNF-03
pub fn sign(work: &mut UnitOfWork, by: &Actor, link: LinkId, new: &Signing) -> Outcome<OrderState> {
    let (mut confirmation, mut order) = shown(work, link)?;
    work.want_of::<OrderLines>([order.id]);
    price::want_last(work, &order);
    let lines = work.of::<OrderLines>(order.id)?;
    confirmation.check_open()?;
    if new.document_sha256 != confirmation.document_sha256 {
        return Err(ConfirmationRejection::OtherDocument.into());
    }
    if !new.consent {
        return Err(Refusal::field("/consent", ConfirmationRejection::NotConsented).into());
    }
    let (today, calendar) = confirmation::today(work, &order)?;
    let input = SignInput {
        signer: &new.signer,
        way: new.way,
        signature_sha256: &new.signature.sha256,
        address: &by.address,
        calendar: &calendar,
        today,
    };
    let signed = order.sign(&lines, &mut confirmation, &input, work.now())?;

    let by = &Actor { name: confirmation.signer.clone(), ..by.clone() };
    let file = confirmation::keep(work, by, &order, AttachmentKind::Signature, &new.signature)?;
    let language = confirmation.language;
    confirmation::prove(work, by, &order, &mut confirmation, (file, &new.signature.sha256), language)?;
    if signed.effective {
        price::remember(work, &order, &lines)?;
    }
    signed.events.into_iter().for_each(|event| work.record(by, event));
    work.save(&mut confirmation);
    work.save(&mut order);
    Ok(OrderState::of(&order))
}

/// The customer asks for a correction instead: service is told, and has a task to call back where the company has such tasks.
///
/// # Errors
/// As `sign`; `invalid` at `/text`.
///
/// Source: CNF-02
pub fn ask_correction(work: &mut UnitOfWork, by: &Actor, link: LinkId, text: &str) -> Outcome<OrderState> {
    let (mut confirmation, mut order) = shown(work, link)?;
    let calls = work.find::<TaskKind>(CALL.to_owned())?.is_some_and(|kind| kind.active);

    let event = order.ask_correction(&mut confirmation, text)?;

    if calls {
        let cause = TaskCause::Person;
        open(work, by, &NewTask { detail: text.trim().to_owned(), order: Some(order.id), cause, ..NewTask::of(CALL) })?;
    }
    work.record(by, event);
    work.save(&mut confirmation);
    work.save(&mut order);
    Ok(OrderState::of(&order))
}

/// The kind of task for who calls the customer.
const CALL: &str = "call_customer";
