//! Reading confirmations, and taking their hashes again.

use domain::{CompanyId, Confirmation, ConfirmationId, Evidence, OrderId};

use crate::fault::Fault;
use crate::query::attachment;
use crate::query::evidence::sha256;
use crate::read::{Param, Reader};

/// Whether a confirmation is what was sent and signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The document has the hash that was sent.
    pub document: bool,
    /// The signature has its hash; also where there is none yet.
    pub signature: bool,
    /// The evidence of the signature names both hashes; also where there is none yet.
    pub evidence: bool,
}

/// One confirmation.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: ConfirmationId) -> Result<Option<Confirmation>, Fault> {
    reader.get::<Confirmation>(company, id)
}

/// The confirmations of an order, oldest first.
///
/// # Errors
/// Any fault of the database.
pub fn of_order(reader: &Reader<'_>, company: CompanyId, order: OrderId) -> Result<Vec<Confirmation>, Fault> {
    reader.all::<Confirmation>(company, "AND order_id = ?2 ORDER BY no", &[Param::Int(order.raw())])
}

/// Takes the hashes of a confirmation again.
///
/// # Errors
/// Any fault of the database.
pub fn held(reader: &Reader<'_>, company: CompanyId, confirmation: &Confirmation) -> Result<Held, Fault> {
    let has = |hash: &str| -> Result<bool, Fault> {
        let bytes = attachment::content(reader, company, hash)?;
        Ok(bytes.is_some_and(|bytes| sha256(&bytes) == hash))
    };
    let document = has(&confirmation.document_sha256)?;
    let signed = !confirmation.signature_sha256.is_empty();
    let signature = !signed || has(&confirmation.signature_sha256)?;
    let evidence = match confirmation.evidence_id {
        Some(id) => reader.get::<Evidence>(company, id)?.is_some_and(|proof| {
            proof.file_sha256 == confirmation.signature_sha256 && proof.statement.contains(&confirmation.document_sha256)
        }),
        None => !signed,
    };
    Ok(Held { document, signature, evidence })
}
