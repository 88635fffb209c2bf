//! Reading evidence, and taking its hashes again.

use domain::{CompanyId, Evidence, EvidenceId, OrderId};
use sha2::{Digest, Sha256};

use crate::fault::Fault;
use crate::query::attachment;
use crate::read::{Param, Reader};

/// Whether a proof is what it was when it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Integrity {
    /// What it says has its hash.
    pub text: bool,
    /// The content of its file has its hash; nothing without a file.
    pub file: Option<bool>,
}

impl Integrity {
    /// Whether nothing was changed.
    pub fn is_whole(self) -> bool {
        self.text && self.file != Some(false)
    }
}

/// The SHA-256 of bytes in hex, as evidence keeps it.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// One proof.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: EvidenceId) -> Result<Option<Evidence>, Fault> {
    reader.get::<Evidence>(company, id)
}

/// The evidence of an order, oldest first, withdrawn ones too.
///
/// # Errors
/// Any fault of the database.
pub fn of_order(reader: &Reader<'_>, company: CompanyId, order: OrderId) -> Result<Vec<Evidence>, Fault> {
    reader.all::<Evidence>(company, "AND order_id = ?2 ORDER BY id", &[Param::Int(order.raw())])
}

/// Takes the hashes of a proof again: of what it says, and of its file.
///
/// # Errors
/// Any fault of the database.
pub fn held(reader: &Reader<'_>, company: CompanyId, proof: &Evidence) -> Result<Integrity, Fault> {
    let text = sha256(proof.canonical().as_bytes()) == proof.sha256;
    if proof.file_sha256.is_empty() {
        return Ok(Integrity { text, file: None });
    }
    let bytes = attachment::content(reader, company, &proof.file_sha256)?;
    Ok(Integrity { text, file: Some(bytes.is_some_and(|bytes| sha256(&bytes) == proof.file_sha256)) })
}
