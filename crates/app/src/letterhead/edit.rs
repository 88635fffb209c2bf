//! A changed letterhead.

use domain::{Act, Actor, Attachment, AttachmentId, DocumentRejection, Event, EventKind, Letterhead, Refusal, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// A picture of the letterhead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// As it is.
    Keep,
    /// None.
    Remove,
    /// This file, uploaded before.
    Take(AttachmentId),
}

/// Writes the letterhead; its pictures are PNG or JPEG files that were uploaded before. Version 0 stands for none before.
///
/// # Errors
/// `denied`, `stale`, `invalid` at each field.
pub fn edit(
    work: &mut UnitOfWork,
    by: &Actor,
    expected: Option<Version>,
    wanted: &Letterhead,
    (logo, seal): (&Picture, &Picture),
) -> Outcome<Saved> {
    by.may(Act::EditDocumentTemplate)?;
    Refusal::unless_valid(wanted.check())?;
    let held = work.find::<Letterhead>(Letterhead::CODE.to_owned())?;
    let before = held.as_ref().map_or_else(Letterhead::empty, |held| (**held).clone());
    on_version(expected, before.version, "letterhead")?;
    let new = Letterhead {
        code: before.code.clone(),
        version: before.version,
        logo_sha256: picture(work, logo, &before.logo_sha256, "/logo_id")?,
        seal_sha256: picture(work, seal, &before.seal_sha256, "/seal_id")?,
        changed_by: by.user_id,
        changed_at: work.now(),
        ..wanted.clone()
    };
    let changes = new.changes_from(&before);
    if changes.is_empty() {
        return Ok(Saved::new(Letterhead::CODE, before.version, Letterhead::CODE));
    }
    let version = match held {
        Some(mut held) => {
            *held = new;
            work.save(&mut held);
            held.version
        }
        None => work.add(Letterhead { version: Version::FIRST, ..new }).version,
    };
    work.record(by, Event::of(EventKind::LetterheadEdited, "letterhead", 0, Letterhead::CODE).changing(changes));
    Ok(Saved::new(Letterhead::CODE, version, Letterhead::CODE))
}

fn picture(work: &mut UnitOfWork, wanted: &Picture, before: &str, pointer: &str) -> Outcome<String> {
    match wanted {
        Picture::Keep => Ok(before.to_owned()),
        Picture::Remove => Ok(String::new()),
        Picture::Take(id) => match work.find::<Attachment>(*id)? {
            Some(file) if matches!(file.mime.as_str(), "image/png" | "image/jpeg") => Ok(file.sha256.clone()),
            _ => Err(Refusal::field(pointer, DocumentRejection::WrongPicture).into()),
        },
    }
}
