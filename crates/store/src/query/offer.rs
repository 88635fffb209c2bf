//! Reading quotations as they were sent, and taking their hashes again.

use domain::{CompanyId, Offer, OfferId, QuotationId};

use crate::fault::Fault;
use crate::query::attachment;
use crate::query::evidence::sha256;
use crate::read::{Param, Reader};

/// One that was sent.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: OfferId) -> Result<Option<Offer>, Fault> {
    reader.get::<Offer>(company, id)
}

/// Those of a version of a quotation, oldest first.
///
/// # Errors
/// Any fault of the database.
pub fn of_quotation(reader: &Reader<'_>, company: CompanyId, quotation: QuotationId) -> Result<Vec<Offer>, Fault> {
    reader.all::<Offer>(company, "AND quotation_id = ?2 ORDER BY no", &[Param::Int(quotation.raw())])
}

/// Whether the document and the signature have the hashes that were sent and signed; also where there is no signature yet.
///
/// # Errors
/// Any fault of the database.
pub fn held(reader: &Reader<'_>, company: CompanyId, offer: &Offer) -> Result<(bool, bool), Fault> {
    let has = |hash: &str| -> Result<bool, Fault> {
        let bytes = attachment::content(reader, company, hash)?;
        Ok(bytes.is_some_and(|bytes| sha256(&bytes) == hash))
    };
    let signature = offer.signature_sha256.is_empty() || has(&offer.signature_sha256)?;
    Ok((has(&offer.document_sha256)?, signature))
}
