//! Reading attachments and their content.

use domain::{Attachment, AttachmentId, CompanyId};

use crate::fault::Fault;
use crate::read::{Param, Reader};
use crate::rows::Blob;

/// An attachment.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: AttachmentId) -> Result<Option<Attachment>, Fault> {
    reader.get::<Attachment>(company, id)
}

/// The attachments of an order and of its papers, oldest first.
///
/// # Errors
/// Any fault of the database.
pub fn of_order(reader: &Reader<'_>, company: CompanyId, order: domain::OrderId) -> Result<Vec<Attachment>, Fault> {
    reader.all::<Attachment>(company, "AND order_id = ?2 ORDER BY id", &[Param::Int(order.raw())])
}

/// The content of a file.
///
/// # Errors
/// Any fault of the database.
pub fn content(reader: &Reader<'_>, company: CompanyId, sha256: &str) -> Result<Option<Vec<u8>>, Fault> {
    Ok(reader.get::<Blob>(company, sha256.to_owned())?.map(|blob| blob.bytes))
}
