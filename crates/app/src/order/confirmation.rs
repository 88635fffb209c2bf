//! What the steps of a confirmation have in common.

use std::ops::Deref;
use std::sync::Arc;

use domain::{
    Actor, AttachmentId, AttachmentKind, Calendar, ChangeOrder, ChangeStatus, Company, Confirmation, ConfirmationStatus, Date,
    EvidenceInput, EvidenceKind, Language, Order, OrderId, OrderLine, OrderRejection, SlipRule, WorkCalendar,
};
use store::query::evidence::sha256;
use store::rows::OrderConfirmations;
use store::{Held, Outcome, UnitOfWork};

use super::gate;
use crate::attachment::keep::{KeptWith, keep as keep_file};

/// A file whose kind was told from its content.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its name.
    pub filename: String,
    /// Its media type.
    pub mime: &'static str,
    /// Hex SHA-256 of the content.
    pub sha256: String,
    /// The content.
    pub bytes: Arc<Vec<u8>>,
}

/// Keeps a file with its order; the same content is kept once.
///
/// # Errors
/// Leaves when it is not known yet whether the content is there.
pub(super) fn keep(work: &mut UnitOfWork, by: &Actor, order: &Order, kind: AttachmentKind, file: &Content) -> Outcome<AttachmentId> {
    let with = KeptWith { order_id: Some(order.id), kind: "order", id: order.id.raw() };
    keep_file(work, by, with, kind, file)
}

/// The confirmation that is with the customer.
///
/// # Errors
/// `order.no_confirmation`.
pub(super) fn current(work: &mut UnitOfWork, order: &Order) -> Outcome<Held<Confirmation>> {
    let sent = work.of::<OrderConfirmations>(order.id)?;
    let found = sent.into_iter().find(|one| order.confirmation_no > 0 && one.no == order.confirmation_no);
    found.ok_or_else(|| OrderRejection::NoConfirmation.into())
}

/// Which version of an order counts now: 1 as it was approved, one more with each change that was applied.
pub fn order_revision<C: Deref<Target = ChangeOrder>>(changes: &[C]) -> i64 {
    let applied = changes.iter().filter(|change| change.status == ChangeStatus::Applied).count();
    i64::try_from(applied).unwrap_or(i64::MAX - 1) + 1
}

/// A change was applied: what is with the customer is replaced, and where the company asks for it the new version is to be signed again.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: CNF-01, CNF-02, CHG-01
pub(crate) fn anew(work: &mut UnitOfWork, order: &mut Held<Order>, lines: &[Held<OrderLine>]) -> Outcome<()> {
    let (asked, _) = gate::signature(work, order, lines)?;
    end(work, order.id, ConfirmationStatus::Superseded)?;
    order.confirm_anew(asked);
    Ok(())
}

/// Those that are with the customer do not count any more.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub(super) fn end(work: &mut UnitOfWork, order: OrderId, status: ConfirmationStatus) -> Outcome<()> {
    for mut sent in work.of::<OrderConfirmations>(order)? {
        if sent.end(status) {
            work.save(&mut sent);
        }
    }
    Ok(())
}

/// The day, and the calendar by which an order slips.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub(super) fn today(work: &mut UnitOfWork, order: &Order) -> Outcome<(Date, WorkCalendar)> {
    let company = work.get::<Company>(work.company())?;
    let today = company.date_of(work.now());
    if order.slip != SlipRule::Working {
        return Ok((today, WorkCalendar::always()));
    }
    let office = work.find::<Calendar>(SLIP_CALENDAR.to_owned())?;
    Ok((today, office.map_or_else(WorkCalendar::always, |calendar| calendar.hours())))
}

/// Code of the calendar by which working days are counted.
pub const SLIP_CALENDAR: &str = "office";

/// Records the proof of a signature: it says which document was signed, and by its file with which signature.
///
/// # Errors
/// `invalid` as [`Order::add_evidence`].
pub(super) fn prove(
    work: &mut UnitOfWork,
    by: &Actor,
    order: &Order,
    confirmation: &mut Confirmation,
    file: (AttachmentId, &str),
    language: Language,
) -> Outcome<()> {
    let details = [("number", order.number.as_str().into()), ("no", confirmation.no.into())];
    let mut statement = domain::text(language, "confirmation.statement", &details);
    statement.push_str(&format!("\ndocument sha256 {}\nsignature sha256 {}", confirmation.document_sha256, file.1));
    if !confirmation.signed_from.is_empty() {
        statement.push_str(&format!("\nfrom {}", confirmation.signed_from));
    }
    let signer = confirmation.signer.clone();
    let input = EvidenceInput {
        id: work.id(),
        kind: EvidenceKind::SignedConfirmation,
        proves: "signed_confirmation",
        statement: &statement,
        given_by: &signer,
        given_at: None,
        file: Some(file),
    };
    let (mut evidence, event) = order.add_evidence(&input, by, work.now())?;
    evidence.sha256 = sha256(evidence.canonical().as_bytes());
    confirmation.evidence_id = Some(evidence.id);
    work.record(by, event.with("sha256", evidence.sha256.as_str()));
    work.add(evidence);
    Ok(())
}
