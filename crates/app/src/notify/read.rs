//! Marking notifications as read.

use domain::notify::Notification;
use domain::{Actor, NotificationId, Refusal};
use store::{Outcome, UnitOfWork};

/// Marks those of the actor's notifications as read that were not; answers with how many they are.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn read(work: &mut UnitOfWork, by: &Actor, ids: &[NotificationId]) -> Outcome<i64> {
    work.want::<Notification>(ids.iter().copied());
    let (now, mut count) = (work.now(), 0);
    for id in ids {
        let Some(mut notification) = work.find::<Notification>(*id)? else { continue };
        if notification.user_id == by.user_id && notification.read_at.is_none() {
            notification.read_at = Some(now);
            work.save(&mut notification);
            count += 1;
        }
    }
    Ok(count)
}

/// Marks one of the actor's notifications as read.
///
/// # Errors
/// `not-found` where there is none with this id, or it is another's.
pub fn read_one(work: &mut UnitOfWork, by: &Actor, id: NotificationId) -> Outcome<i64> {
    if work.get::<Notification>(id)?.user_id != by.user_id {
        return Err(Refusal::not_found("notification").into());
    }
    read(work, by, &[id])
}
