//! A new proof.

use domain::{
    Act, Actor, Attachment, AttachmentId, EvidenceInput, EvidenceKind, EvidenceRejection, FieldRule, Instant, Order, OrderId, Refusal,
    Version,
};
use store::query::evidence::sha256;
use store::{Held, Outcome, UnitOfWork};

use crate::order::load;
use crate::saved::Saved;

/// What is said of a proof.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvidence {
    /// Kind.
    pub kind: EvidenceKind,
    /// What it proves: a code.
    pub proves: String,
    /// What is stated.
    pub statement: String,
    /// Who gave it.
    pub given_by: String,
    /// When; now where left out.
    pub given_at: Option<Instant>,
    /// The file, uploaded before.
    pub file: Option<AttachmentId>,
}

/// Records a proof of a fact about an order. The order's version is raised, for gates decide on its evidence.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` for a file that is unknown or another order's, and as [`Order::add_evidence`].
///
/// Source: APR-05
pub fn add(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, new: &NewEvidence) -> Outcome<Saved> {
    by.may(Act::AddEvidence)?;
    work.want::<Attachment>(new.file);
    let mut order = load::order(work, id, version)?;
    let file = new.file.map(|file| of_order(work, &order, file)).transpose()?;
    let input = EvidenceInput {
        id: work.id(),
        kind: new.kind,
        proves: &new.proves,
        statement: &new.statement,
        given_by: &new.given_by,
        given_at: new.given_at,
        file: file.as_ref().map(|file| (file.id, file.sha256.as_str())),
    };

    let (mut evidence, event) = order.add_evidence(&input, by, work.now())?;
    evidence.sha256 = sha256(evidence.canonical().as_bytes());

    if let Some(mut file) = file.filter(|file| file.order_id.is_none()) {
        file.order_id = Some(order.id);
        "order".clone_into(&mut file.subject_kind);
        file.subject_id = order.id.raw();
        work.save(&mut file);
    }
    let saved = Saved::new(evidence.id, evidence.version, &order.number);
    work.record(by, event.with("sha256", evidence.sha256.as_str()));
    work.add(evidence);
    work.save(&mut order);
    Ok(saved)
}

/// A file that is this order's, or nobody's yet.
fn of_order(work: &mut UnitOfWork, order: &Order, file: AttachmentId) -> Outcome<Held<Attachment>> {
    let Some(found) = work.find::<Attachment>(file)? else {
        return Err(Refusal::field("/attachment_id", FieldRule::Unknown { value: file.to_string() }).into());
    };
    if found.order_id.is_some_and(|other| other != order.id) {
        return Err(Refusal::field("/attachment_id", EvidenceRejection::FileElsewhere).into());
    }
    Ok(found)
}
