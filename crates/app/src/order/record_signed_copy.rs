//! A signed paper that came back, checked item by item.

use domain::{
    Act, Actor, Attachment, AttachmentId, ConfirmationRejection, ConfirmationWay, CopyCheck, EvidenceRejection, FieldRule, LINK_DAYS,
    Order, OrderId, Refusal, SignInput, SignatureWay, Verb, Version,
};
use store::rows::{OrderConfirmations, OrderLines};
use store::{Held, Outcome, UnitOfWork};

use super::send_confirmation::invite;
use super::{OrderState, confirmation, gate, load};
use crate::link::Token;
use crate::price;

/// A signed paper and what was seen on it.
#[derive(Clone, Debug)]
pub struct SignedCopy {
    /// The scan or photo, uploaded before.
    pub file: AttachmentId,
    /// Name of who signed.
    pub signer: String,
    /// Each item, and whether it is right.
    pub checks: Vec<(CopyCheck, bool)>,
    /// Why it is sent back, where an item is not right.
    pub reason: String,
    /// Secret of the link with which the customer is asked again.
    pub token: Token,
}

/// Records the signed paper: an order that waited for it takes effect. Where an item is not right nothing is signed; the customer is asked again, by
/// e-mail where the confirmation went that way.
///
/// # Errors
/// `order.not_awaiting_signature`, `order.no_confirmation`, `order.already_signed`; `stale`; `invalid` at `/attachment_id`, `/checks`, `/signer` and
/// `/reason`; the gates.
///
/// Source: CNF-02
pub fn record_signed_copy(
    work: &mut UnitOfWork,
    by: &Actor,
    id: OrderId,
    version: Option<Version>,
    copy: &SignedCopy,
) -> Outcome<OrderState> {
    by.may(Act::RecordSignedCopy)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OrderConfirmations>([id]);
    work.want::<Attachment>([copy.file]);
    let mut order = load::order(work, id, version)?;
    price::want_last(work, &order);
    let lines = work.of::<OrderLines>(id)?;
    order.check_signature(Verb::RecordSignedCopy)?;
    gate::pass(work, &order, &lines, Verb::RecordSignedCopy)?;
    let mut confirmation = confirmation::current(work, &order)?;
    let file = linked(work, &order, copy.file)?;
    let failed = failed(&copy.checks)?;

    if !failed.is_empty() {
        let event = order.refuse_signed_copy(&mut confirmation, &failed, &copy.reason)?;
        if confirmation.way == ConfirmationWay::Email {
            let valid_days = gate::rules(work, &order)?.confirmation.as_ref().map_or(LINK_DAYS, |rule| rule.valid_days);
            invite(work, by, &order, &mut confirmation, &copy.token, valid_days, &event)?;
        }
        work.save(&mut confirmation);
        work.save(&mut order);
        work.record(by, event);
        return Ok(OrderState::of(&order));
    }
    let (today, calendar) = confirmation::today(work, &order)?;
    let input = SignInput {
        signer: &copy.signer,
        way: SignatureWay::Paper,
        signature_sha256: &file.sha256,
        address: "",
        calendar: &calendar,
        today,
    };
    let signed = order.sign(&lines, &mut confirmation, &input, work.now())?;
    confirmation::prove(work, by, &order, &mut confirmation, (file.id, &file.sha256), by.language)?;
    if signed.effective {
        price::remember(work, &order, &lines)?;
    }
    signed.events.into_iter().for_each(|event| work.record(by, event));
    work.save(&mut confirmation);
    work.save(&mut order);
    Ok(OrderState::of(&order))
}

/// The file, which is this order's, or nobody's yet and becomes this order's.
fn linked(work: &mut UnitOfWork, order: &Order, file: AttachmentId) -> Outcome<Held<Attachment>> {
    let Some(mut found) = work.find::<Attachment>(file)? else {
        return Err(Refusal::field("/attachment_id", FieldRule::Unknown { value: file.to_string() }).into());
    };
    match found.order_id {
        Some(other) if other != order.id => Err(Refusal::field("/attachment_id", EvidenceRejection::FileElsewhere).into()),
        Some(_) => Ok(found),
        None => {
            found.order_id = Some(order.id);
            "order".clone_into(&mut found.subject_kind);
            found.subject_id = order.id.raw();
            work.save(&mut found);
            Ok(found)
        }
    }
}

/// The items that are not right; each must be answered.
fn failed(checks: &[(CopyCheck, bool)]) -> Result<Vec<CopyCheck>, Refusal> {
    if CopyCheck::ALL.iter().any(|item| checks.iter().all(|(answered, _)| answered != item)) {
        return Err(Refusal::field("/checks", ConfirmationRejection::NotChecked));
    }
    Ok(checks.iter().filter(|(_, right)| !right).map(|(item, _)| *item).collect())
}
