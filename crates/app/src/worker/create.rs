//! A new worker profile.

use domain::{Act, Actor, Event, EventKind, FieldError, Refusal, TaskRejection, User, Version, Worker};
use store::{Outcome, UnitOfWork};

use super::check;
use crate::field::unknown;
use crate::saved::Saved;

/// Adds the profile of a user.
///
/// # Errors
/// `denied`; `invalid` for users who are not there or have one already, and with everything that is wrong at its field.
///
/// Source: TSK-01
pub fn create(work: &mut UnitOfWork, by: &Actor, worker: &Worker) -> Outcome<Saved> {
    by.may(Act::EditWorker)?;
    work.want::<User>([worker.user_id]);
    let known = work.find::<Worker>(worker.user_id)?.is_some();
    let user = work.find::<User>(worker.user_id)?;
    let mut errors = check(work, worker)?;
    let Some(user) = user else {
        errors.push(unknown("/user_id", &worker.user_id.to_string()));
        return Err(Refusal::invalid(errors).into());
    };
    if known {
        errors.push(FieldError::new("/user_id", TaskRejection::WorkerKnown));
    }
    Refusal::unless_valid(errors)?;
    work.add(Worker { version: Version::FIRST, ..worker.clone() });
    let event = Event::of(EventKind::WorkerCreated, "worker", worker.user_id.raw(), &user.name);
    work.record(by, event.with("skills", worker.skills.as_str()));
    Ok(Saved::new(worker.user_id, Version::FIRST, &user.username))
}
