//! Back to the built-in words.

use domain::notify::Template;
use domain::{Act, Actor, Event, EventKind};
use store::{Outcome, UnitOfWork};

/// Takes the company's own words for a template away.
///
/// # Errors
/// `denied`, `not-found`.
pub fn reset(work: &mut UnitOfWork, by: &Actor, code: &str) -> Outcome<()> {
    by.may(Act::EditNotification)?;
    super::known(code)?;
    if let Some(held) = work.find::<Template>(code.to_owned())? {
        work.remove(&held);
        work.record(by, Event::of(EventKind::TemplateReset, "template", 0, code));
    }
    Ok(())
}
