//! Changing a draft of the rules.

use domain::{
    Act, Actor, BlueprintRejection, BlueprintState, Change, Event, EventKind, FieldRule, KeptBlueprint, Refusal, RuleText, Version,
};
use store::{Held, Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// The longest text, in bytes.
const LONGEST: usize = 256 * 1024;

/// A text that may be kept.
///
/// # Errors
/// `invalid` at `/content` for one that is too long or holds the character NUL.
pub(super) fn checked_text(text: &str) -> Result<String, Refusal> {
    if text.len() > LONGEST {
        return Err(Refusal::field("/content", FieldRule::TooLong { max: 262_144 }));
    }
    if text.contains('\0') {
        return Err(Refusal::field("/content", FieldRule::Malformed));
    }
    Ok(text.to_owned())
}

/// The draft, at the version the caller saw.
///
/// # Errors
/// `not-found`, `stale`, `NotDraft`.
pub(super) fn draft(work: &mut UnitOfWork, number: i64, version: Option<Version>) -> Outcome<Held<KeptBlueprint>> {
    let kept = work.get::<KeptBlueprint>(number)?;
    on_version(version, kept.version, "blueprint")?;
    if kept.state != BlueprintState::Draft {
        return Err(BlueprintRejection::NotDraft { state: kept.state }.into());
    }
    Ok(kept)
}

/// Replaces the text of a draft; it may have mistakes for the time being.
///
/// # Errors
/// Refused without `blueprint.edit`; `NotDraft`; `stale`; `invalid` for a text that is too long.
///
/// Source: POL-01
pub fn edit(work: &mut UnitOfWork, by: &Actor, number: i64, version: Option<Version>, content: &str) -> Outcome<Saved> {
    by.may(Act::EditBlueprint)?;
    let mut kept = draft(work, number, version)?;
    let content = checked_text(content)?;
    if kept.content.as_str() != content {
        let lines = |text: &str| i64::try_from(text.lines().count()).unwrap_or_default();
        let change = Change::between("lines", lines(kept.content.as_str()), lines(&content));
        kept.content = RuleText::new(content);
        work.save(&mut kept);
        let event = Event::of(EventKind::BlueprintEdited, "blueprint", number, &number.to_string()).changing(change);
        work.record(by, event);
    }
    Ok(Saved::new(number, kept.version, &number.to_string()))
}
