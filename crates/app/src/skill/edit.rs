//! A changed skill.

use domain::{Act, Actor, Event, EventKind, Refusal, Skill, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Makes a skill what `new` says; its code stays. Nothing happens where nothing differs.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
///
/// Source: TSK-01
pub fn edit(work: &mut UnitOfWork, by: &Actor, expected: Option<Version>, new: &Skill) -> Outcome<Saved> {
    by.may(Act::EditWorker)?;
    let mut skill = work.get::<Skill>(new.code.clone())?;
    on_version(expected, skill.version, "skill")?;
    let before = (*skill).clone();
    *skill = Skill { version: before.version, ..new.clone() };
    Refusal::unless_valid(skill.check())?;
    let changes = skill.changes_from(&before);
    if !changes.is_empty() {
        work.save(&mut skill);
        work.record(by, Event::of(EventKind::SkillEdited, "skill", 0, &skill.code).changing(changes));
    }
    Ok(Saved::new(&skill.code, skill.version, &skill.code))
}
