//! A changed worker profile.

use domain::{Act, Actor, Event, EventKind, Refusal, User, Version, Worker};
use store::{Outcome, UnitOfWork};

use super::check;
use crate::saved::{Saved, on_version};

/// Makes a profile what `new` says. Nothing happens where nothing differs.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
///
/// Source: TSK-01
pub fn edit(work: &mut UnitOfWork, by: &Actor, expected: Option<Version>, new: &Worker) -> Outcome<Saved> {
    by.may(Act::EditWorker)?;
    work.want::<User>([new.user_id]);
    let mut worker = work.get::<Worker>(new.user_id)?;
    let user = work.get::<User>(new.user_id)?;
    on_version(expected, worker.version, "worker")?;
    let before = (*worker).clone();
    *worker = Worker { version: before.version, ..new.clone() };
    Refusal::unless_valid(check(work, &worker)?)?;
    let changes = worker.changes_from(&before);
    if !changes.is_empty() {
        work.save(&mut worker);
        work.record(by, Event::of(EventKind::WorkerEdited, "worker", new.user_id.raw(), &user.name).changing(changes));
    }
    Ok(Saved::new(new.user_id, worker.version, &user.username))
}
