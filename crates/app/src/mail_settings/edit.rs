//! Changed mail settings.

use domain::notify::{MAIL, MailSettings};
use domain::{Act, Actor, Event, EventKind, Refusal, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Makes the mail settings what `wanted` says; without a secret the one before stays, unless the server or who signs in there changes:
/// it is told to nobody else.
///
/// # Errors
/// `denied`, `stale`; `invalid` with everything that is wrong at its field.
pub fn edit(work: &mut UnitOfWork, by: &Actor, expected: Option<Version>, wanted: &MailSettings, secret: Option<&str>) -> Outcome<Saved> {
    by.may(Act::EditNotification)?;
    let found = work.find::<MailSettings>(MAIL)?;
    let before = found.as_deref().cloned().unwrap_or_else(MailSettings::unset);
    on_version(expected, before.version, "mail_settings")?;
    let same_place = (&wanted.host, wanted.port, &wanted.username) == (&before.host, before.port, &before.username);
    let kept = if same_place { before.secret.as_str() } else { "" };
    let secret = secret.unwrap_or(kept).to_owned();
    let after = MailSettings { id: MAIL, version: before.version, secret, ..wanted.clone() };
    Refusal::unless_valid(after.check())?;
    let changes = after.changes_from(&before);
    if changes.is_empty() && found.is_some() {
        return Ok(Saved::new(MAIL, before.version, ""));
    }
    let version = match found {
        Some(mut held) => {
            *held = after;
            work.save(&mut held);
            held.version
        }
        None => work.add(MailSettings { version: Version::FIRST, ..after }).version,
    };
    work.record(by, Event::of(EventKind::MailSettingsEdited, "mail_settings", MAIL, "").changing(changes));
    Ok(Saved::new(MAIL, version, ""))
}
