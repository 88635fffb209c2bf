//! Sending again what failed.

use domain::notify::Delivery;
use domain::{Act, Actor, DeliveryId, Event, EventKind};
use store::{Outcome, UnitOfWork};

/// Sends a message again, under the same id as before.
///
/// # Errors
/// `denied`, `not-found`; `notify.not_resendable` unless it failed or was given up.
pub fn resend(work: &mut UnitOfWork, by: &Actor, id: DeliveryId) -> Outcome<i64> {
    by.may(Act::ResendDelivery)?;
    let mut delivery = work.get::<Delivery>(id)?;
    let now = work.now();
    delivery.resend(now)?;
    work.save(&mut delivery);
    let number = delivery.subject_number.clone();
    work.record(by, Event::of(EventKind::DeliveriesResent, "delivery", id.raw(), &number).with("count", 1_i64));
    Ok(1)
}

/// Sends those of these messages again that failed or were given up; answers with how many they are.
///
/// # Errors
/// `denied`.
pub fn resend_all(work: &mut UnitOfWork, by: &Actor, ids: &[DeliveryId]) -> Outcome<i64> {
    by.may(Act::ResendDelivery)?;
    work.want::<Delivery>(ids.iter().copied());
    let (now, mut count) = (work.now(), 0_i64);
    for id in ids {
        let Some(mut delivery) = work.find::<Delivery>(*id)? else { continue };
        if delivery.resend(now).is_ok() {
            work.save(&mut delivery);
            count += 1;
        }
    }
    if count > 0 {
        work.record(by, Event::of(EventKind::DeliveriesResent, "delivery", 0, "").with("count", count));
    }
    Ok(count)
}
