//! A changed robot.

use domain::notify::Robot;
use domain::{Act, Actor, Change, Event, EventKind, Refusal, RobotId, Version};
use store::{Outcome, UnitOfWork};

use super::RobotInput;
use crate::saved::{Saved, on_version};

/// Makes a robot what `input` says.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: RobotId, expected: Option<Version>, input: &RobotInput) -> Outcome<Saved> {
    by.may(Act::EditNotification)?;
    let mut robot = work.get::<Robot>(id)?;
    on_version(expected, robot.version, "robot")?;
    let before = (*robot).clone();
    let RobotInput { name, provider, url, secret, kinds, language, active } = input.clone();
    let (url, secret) = (url.unwrap_or_else(|| before.url.clone()), secret.unwrap_or_else(|| before.secret.clone()));
    *robot = Robot { name, provider, url, secret, kinds, language, active, ..before.clone() };
    Refusal::unless_valid(robot.check())?;
    let mut changes = robot.changes_from(&before);
    // Address and secret are keys: the log says only that they changed.
    if (&robot.url, &robot.secret) != (&before.url, &before.secret) {
        changes.extend(Change::between("secret", "", "******"));
    }
    if !changes.is_empty() {
        work.save(&mut robot);
        work.record(by, Event::of(EventKind::RobotEdited, "robot", id.raw(), &robot.name).changing(changes));
    }
    Ok(Saved::new(id, robot.version, &robot.name))
}
