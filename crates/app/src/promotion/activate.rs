//! Putting a promotion in force.

use domain::{Act, Actor, PromotionId, Version};
use store::{Outcome, UnitOfWork};

use super::{keep, load, moment};
use crate::saved::Saved;

/// Puts a promotion in force: orders that are drafted from now on get it in its period.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotDraft`, `Over`; `Own` for who wrote it or changed it last.
///
/// Source: PRC-06
pub fn activate(work: &mut UnitOfWork, by: &Actor, id: PromotionId, version: Option<Version>) -> Outcome<Saved> {
    by.may(Act::ActivatePromotion)?;
    let mut promotion = load(work, id, version)?;
    let at = moment(work)?;
    let (counter, event) = promotion.activate(by, at)?;
    work.add(counter);
    Ok(keep(work, by, promotion, event))
}
