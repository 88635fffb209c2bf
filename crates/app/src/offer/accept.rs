//! The customer accepts a quotation by its link or at the portal.

use domain::{AcceptInput, Actor, AttachmentId, AttachmentKind, SignatureWay};
use store::{Outcome, UnitOfWork};

use super::{Access, Answered, kept_with, moment, shown};
use crate::attachment::keep::keep;
use crate::order::confirmation::Content;

/// An acceptance.
#[derive(Clone, Debug)]
pub struct Accepting {
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

/// Accepts what was sent: the quotation is won in the same transaction, with the name, time, address and hashes of who accepted what. The same
/// acceptance again changes nothing.
///
/// # Errors
/// `link.not_valid`, `not-found`; `offer.already_accepted`, `offer.already_declined`, `offer.superseded`, `offer.withdrawn`, `offer.closed`, `offer.expired`,
/// `offer.other_document`; `invalid` at `/signer` and `/consent`.
///
/// Source: QUO-01, INT-07
pub fn accept(work: &mut UnitOfWork, by: &Actor, access: Access, new: &Accepting) -> Outcome<Answered> {
    let (mut offer, mut quotation) = shown(work, by, access)?;
    let at = moment(work)?;
    let input = |signature: AttachmentId| AcceptInput {
        signer: &new.signer,
        way: new.way,
        consent: new.consent,
        document_sha256: &new.document_sha256,
        signature: (signature, &new.signature.sha256),
    };
    if offer.is_accepted_as(&input(AttachmentId::NONE)) {
        return Ok(Answered { status: offer.status });
    }
    offer.check_accept(&quotation, &input(AttachmentId::NONE), at.today)?;
    let signature = keep(work, by, kept_with(&quotation), AttachmentKind::Signature, &new.signature)?;

    let event = quotation.accept(&mut offer, &input(signature), by, at)?;

    work.save(&mut offer);
    work.save(&mut quotation);
    work.record(by, event);
    Ok(Answered { status: offer.status })
}
