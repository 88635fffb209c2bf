//! Worker profiles: who can do what, where, and how much of it a day (TSK-01).

pub mod create;
pub mod edit;

use domain::{FieldError, Skill, Worker};
use store::{Outcome, UnitOfWork};

use crate::field::unknown;

/// What is wrong with a profile, also beside the company's skills.
fn check(work: &mut UnitOfWork, worker: &Worker) -> Outcome<Vec<FieldError>> {
    let mut errors = worker.check();
    let codes: Vec<String> = worker.skills.iter().map(|(code, _)| code.to_owned()).collect();
    work.want::<Skill>(codes.iter().cloned());
    for (place, code) in codes.iter().enumerate() {
        if work.find::<Skill>(code.clone())?.is_none() {
            errors.push(unknown(format!("/skills/{place}/skill"), code));
        }
    }
    Ok(errors)
}
