//! What a person wants to be told.

use domain::notify::NotifySettings;
use domain::{Actor, Refusal, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Keeps what the actor wants; version 0 stands for who has said nothing yet.
///
/// # Errors
/// `stale`; `invalid` with everything that is wrong at its field.
pub fn edit(work: &mut UnitOfWork, by: &Actor, expected: Option<Version>, wanted: &NotifySettings) -> Outcome<Saved> {
    Refusal::unless_valid(wanted.check())?;
    let user_id = by.user_id;
    match work.find::<NotifySettings>(user_id)? {
        Some(mut held) => {
            on_version(expected, held.version, "notify_settings")?;
            let version = held.version;
            *held = NotifySettings { user_id, version, ..wanted.clone() };
            work.save(&mut held);
            Ok(Saved::new(user_id, held.version, ""))
        }
        None => {
            on_version(expected, Version::from_raw(0), "notify_settings")?;
            let held = work.add(NotifySettings { user_id, version: Version::FIRST, ..wanted.clone() });
            Ok(Saved::new(user_id, held.version, ""))
        }
    }
}
