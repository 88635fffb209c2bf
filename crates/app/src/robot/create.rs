//! A new robot.

use domain::notify::Robot;
use domain::{Act, Actor, Event, EventKind, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::RobotInput;
use crate::saved::Saved;

/// Adds a robot.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &RobotInput) -> Outcome<Saved> {
    by.may(Act::EditNotification)?;
    let (id, created_at) = (work.id(), work.now());
    let RobotInput { name, provider, url, secret, kinds, language, active } = input.clone();
    let (url, secret) = (url.unwrap_or_default(), secret.unwrap_or_default());
    let robot = Robot { id, version: Version::FIRST, name, provider, url, secret, kinds, language, active, created_at };
    Refusal::unless_valid(robot.check())?;
    let held = work.add(robot);
    let event = Event::of(EventKind::RobotCreated, "robot", id.raw(), &held.name).with("provider", held.provider);
    work.record(by, event.with("kinds", held.kinds.clone()));
    Ok(Saved::new(id, held.version, &held.name))
}
