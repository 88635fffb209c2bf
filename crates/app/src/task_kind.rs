//! Kinds of tasks: what is done again and again, with its usual values (TSK-01).

pub mod create;
pub mod edit;

use domain::{FieldError, Role, Skill, TaskKind};
use store::{Outcome, UnitOfWork};

use crate::field::unknown;

/// What is wrong with a kind, also beside the company's skills and roles.
fn check(work: &mut UnitOfWork, kind: &TaskKind) -> Outcome<Vec<FieldError>> {
    let mut errors = kind.check();
    let skills: Vec<String> = kind.skills.iter().map(str::to_owned).collect();
    work.want::<Skill>(skills.iter().cloned());
    for (place, skill) in skills.iter().enumerate() {
        if work.find::<Skill>(skill.clone())?.is_none() {
            errors.push(unknown(format!("/skills/{place}"), skill));
        }
    }
    if !kind.role.is_empty() && work.find::<Role>(kind.role.clone())?.is_none() {
        errors.push(unknown("/role", &kind.role));
    }
    Ok(errors)
}
