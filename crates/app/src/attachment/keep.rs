//! Keeping a file that a step made or was given.

use domain::{Actor, Attachment, AttachmentId, AttachmentKind, OrderId};
use store::rows::Blob;
use store::{Outcome, UnitOfWork};

use crate::order::confirmation::Content;

/// What a file is kept with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeptWith {
    /// Its order, where it is one's.
    pub order_id: Option<OrderId>,
    /// Kind of what it is kept with.
    pub kind: &'static str,
    /// Id of what it is kept with.
    pub id: i64,
}

/// Keeps a file; the same content is kept once.
///
/// # Errors
/// Leaves when it is not known yet whether the content is there.
pub(crate) fn keep(work: &mut UnitOfWork, by: &Actor, with: KeptWith, kind: AttachmentKind, file: &Content) -> Outcome<AttachmentId> {
    if work.find::<Blob>(file.sha256.clone())?.is_none() {
        work.add(Blob { sha256: file.sha256.clone(), bytes: (*file.bytes).clone() });
    }
    let (id, created_at) = (work.id::<AttachmentId>(), work.now());
    work.add(Attachment {
        id,
        order_id: with.order_id,
        subject_kind: with.kind.to_owned(),
        subject_id: with.id,
        kind,
        filename: file.filename.clone(),
        mime: file.mime.to_owned(),
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        sha256: file.sha256.clone(),
        created_by: by.user_id,
        created_at,
    });
    Ok(id)
}
