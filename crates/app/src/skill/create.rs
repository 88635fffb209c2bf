//! A new skill.

use domain::{Act, Actor, Event, EventKind, Refusal, Skill, Version};
use store::{Outcome, UnitOfWork};

use crate::field::taken;
use crate::saved::Saved;

/// Adds a skill.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: TSK-01
pub fn create(work: &mut UnitOfWork, by: &Actor, skill: &Skill) -> Outcome<Saved> {
    by.may(Act::EditWorker)?;
    let known = work.find::<Skill>(skill.code.clone())?.is_some();
    let mut errors = skill.check();
    if known {
        errors.push(taken("/code", &skill.code));
    }
    Refusal::unless_valid(errors)?;
    work.add(Skill { version: Version::FIRST, ..skill.clone() });
    let event = Event::of(EventKind::SkillCreated, "skill", 0, &skill.code).with("name", skill.name_zh_cn.as_str());
    work.record(by, event);
    Ok(Saved::new(&skill.code, Version::FIRST, &skill.code))
}
