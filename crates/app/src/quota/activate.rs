//! A quota put out of use, and back into it.

use domain::{Act, Actor, EventKind, Quota, QuotaId, QuotaRejection, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Lets orders take of a quota again. Those that were submitted meanwhile did not.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `quota.already_active`.
///
/// Source: PRM-06
pub fn activate(work: &mut UnitOfWork, by: &Actor, id: QuotaId, expected: Option<Version>) -> Outcome<Saved> {
    set(work, by, id, expected, true)
}

/// Puts a quota out of use: it limits nobody any more. What orders have taken stays with it.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `quota.already_inactive`.
///
/// Source: PRM-06
pub fn deactivate(work: &mut UnitOfWork, by: &Actor, id: QuotaId, expected: Option<Version>) -> Outcome<Saved> {
    set(work, by, id, expected, false)
}

fn set(work: &mut UnitOfWork, by: &Actor, id: QuotaId, expected: Option<Version>, active: bool) -> Outcome<Saved> {
    by.may(Act::EditQuota)?;
    let mut quota = work.get::<Quota>(id)?;
    on_version(expected, quota.version, "quota")?;
    if quota.active == active {
        return Err(if active { QuotaRejection::AlreadyActive } else { QuotaRejection::AlreadyInactive }.into());
    }
    quota.active = active;
    work.save(&mut quota);
    work.record(by, quota.event(if active { EventKind::QuotaActivated } else { EventKind::QuotaDeactivated }));
    Ok(Saved::new(id, quota.version, &quota.code))
}
