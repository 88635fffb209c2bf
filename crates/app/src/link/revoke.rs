//! Taking a link back.

use domain::{Actor, Event, EventKind, LinkId, PublicLink, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Takes a link back: who has it is told that it is not valid.
///
/// # Errors
/// `denied` without the permission its purpose asks for; `not-found`, `stale`, `link.already_revoked`.
pub fn revoke(work: &mut UnitOfWork, by: &Actor, id: LinkId, expected: Option<Version>) -> Outcome<Saved> {
    let mut link = work.get::<PublicLink>(id)?;
    by.may(link.purpose.act())?;
    on_version(expected, link.version, "link")?;

    link.revoke(work.now())?;

    work.save(&mut link);
    let number = link.subject_number.clone();
    work.record(by, Event::of(EventKind::LinkRevoked, "link", id.raw(), &number).with("purpose", link.purpose.as_str()));
    Ok(Saved::new(id, link.version, &number))
}
