//! Keeping a file.

use domain::{
    Act, Actor, Attachment, AttachmentId, AttachmentKind, Event, EventKind, FieldRule, Inquiry, InquiryId, Instant, Order, OrderId,
    Refusal, Task, TaskId,
};
use serde::{Deserialize, Serialize};
use store::rows::{Blob, OrderByNumber};
use store::{Held, Outcome, UnitOfWork};

/// A file to keep; its kind was told from its content before.
#[derive(Clone, Debug)]
pub struct NewAttachment {
    /// Id or number of the order it belongs to; empty: to be linked by a later step.
    pub order: String,
    /// Id of the task it belongs to; empty: none. Its order is then that of the task.
    pub task: String,
    /// Id of the inquiry it belongs to; empty: none.
    pub inquiry: String,
    /// What it shows.
    pub kind: AttachmentKind,
    /// Its name, without folders.
    pub filename: String,
    /// Its media type.
    pub mime: &'static str,
    /// Hex SHA-256 of the content.
    pub sha256: String,
    /// The content.
    pub bytes: std::sync::Arc<Vec<u8>>,
}

/// The file as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// When it was kept.
    pub created_at: i64,
}

/// Keeps a file; the same content is kept once.
///
/// # Errors
/// Refused without `attachment.add`, and where there is no such order.
pub fn add(work: &mut UnitOfWork, by: &Actor, new: &NewAttachment) -> Outcome<Kept> {
    by.may(Act::AddAttachment)?;
    work.want::<Blob>([new.sha256.clone()]);
    let task = task(work, by, &new.task)?;
    let order = match task.as_ref().and_then(|task| task.order_id) {
        Some(id) => work.find::<Order>(id)?,
        None => order(work, &new.order)?,
    };
    if !new.order.is_empty() && order.is_none() {
        return Err(Refusal::field("/order_id", FieldRule::Unknown { value: new.order.clone() }).into());
    }
    let order_id = order.as_ref().map(|order| order.id);
    let inquiry = inquiry(work, by, &new.inquiry)?;
    let subject = match (&task, &inquiry, order_id) {
        (Some(task), ..) => ("task", task.id.raw()),
        (None, Some(inquiry), _) => ("inquiry", inquiry.id.raw()),
        (None, None, Some(order)) => ("order", order.raw()),
        (None, None, None) => ("", 0),
    };
    let file = File { kind: new.kind, filename: &new.filename, mime: new.mime, sha256: &new.sha256, bytes: &new.bytes };
    let kept = keep(work, by, order_id, subject, &file)?;
    let event = match (&task, &inquiry, &order) {
        (Some(task), ..) => Event::of(EventKind::AttachmentAdded, "task", task.id.raw(), &task.number),
        (None, Some(inquiry), _) => inquiry.event(EventKind::AttachmentAdded),
        (None, None, Some(order)) => Event::of_order(EventKind::AttachmentAdded, order.id, &order.number),
        (None, None, None) => Event::of(EventKind::AttachmentAdded, "attachment", kept.0.raw(), &new.filename),
    };
    work.record(by, event.with("filename", new.filename.as_str()).with("kind", new.kind));
    Ok(Kept { id: kept.0.to_string(), created_at: kept.1.micros() })
}

/// A file by what it shows, its name, type, hash and content.
pub(crate) struct File<'a> {
    pub(crate) kind: AttachmentKind,
    pub(crate) filename: &'a str,
    pub(crate) mime: &'a str,
    pub(crate) sha256: &'a str,
    pub(crate) bytes: &'a [u8],
}

/// Keeps a file as evidence for a row, its content once; the caller records what happened.
pub(crate) fn keep(
    work: &mut UnitOfWork,
    by: &Actor,
    order_id: Option<OrderId>,
    (subject_kind, subject_id): (&str, i64),
    file: &File<'_>,
) -> Outcome<(AttachmentId, Instant)> {
    if work.find::<Blob>(file.sha256.to_owned())?.is_none() {
        work.add(Blob { sha256: file.sha256.to_owned(), bytes: file.bytes.to_vec() });
    }
    let (id, created_at) = (work.id::<AttachmentId>(), work.now());
    work.add(Attachment {
        id,
        order_id,
        subject_kind: subject_kind.to_owned(),
        subject_id,
        kind: file.kind,
        filename: file.filename.to_owned(),
        mime: file.mime.to_owned(),
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        sha256: file.sha256.to_owned(),
        created_by: by.user_id,
        created_at,
    });
    Ok((id, created_at))
}

fn task(work: &mut UnitOfWork, by: &Actor, reference: &str) -> Outcome<Option<Held<Task>>> {
    if reference.is_empty() {
        return Ok(None);
    }
    by.may(Act::ViewTask)?;
    let found = match reference.parse::<TaskId>() {
        Ok(id) => work.find::<Task>(id)?,
        Err(_) => None,
    };
    found.map(Some).ok_or_else(|| Refusal::field("/task_id", FieldRule::Unknown { value: reference.to_owned() }).into())
}

fn inquiry(work: &mut UnitOfWork, by: &Actor, reference: &str) -> Outcome<Option<Held<Inquiry>>> {
    if reference.is_empty() {
        return Ok(None);
    }
    by.may(Act::ViewInquiry)?;
    let found = match reference.parse::<InquiryId>() {
        Ok(id) => work.find::<Inquiry>(id)?,
        Err(_) => None,
    };
    found.map(Some).ok_or_else(|| Refusal::field("/inquiry_id", FieldRule::Unknown { value: reference.to_owned() }).into())
}

fn order(work: &mut UnitOfWork, reference: &str) -> Outcome<Option<Held<Order>>> {
    if reference.is_empty() {
        return Ok(None);
    }
    if let Ok(id) = reference.parse::<OrderId>()
        && let Some(order) = work.find::<Order>(id)?
    {
        return Ok(Some(order));
    }
    work.one::<OrderByNumber>(reference.to_owned())
}
