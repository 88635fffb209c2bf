//! A robot taken away.

use domain::notify::Robot;
use domain::{Act, Actor, Event, EventKind, RobotId, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Takes a robot away; what was not sent to it yet is given up when it is due.
///
/// # Errors
/// `denied`, `not-found`, `stale`.
pub fn delete(work: &mut UnitOfWork, by: &Actor, id: RobotId, expected: Option<Version>) -> Outcome<Saved> {
    by.may(Act::EditNotification)?;
    let robot = work.get::<Robot>(id)?;
    on_version(expected, robot.version, "robot")?;
    work.remove(&robot);
    work.record(by, Event::of(EventKind::RobotDeleted, "robot", id.raw(), &robot.name));
    Ok(Saved::new(id, robot.version, &robot.name))
}
