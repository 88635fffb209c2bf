//! Ending a promotion.

use domain::{Actor, PromotionId, Version};
use store::{Outcome, UnitOfWork};

use super::{keep, load, moment};
use crate::saved::Saved;

/// Ends a promotion, or gives a draft up; orders that are submitted keep what they have.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotActive`; `invalid` without a reason.
///
/// Source: PRC-06
pub fn end(work: &mut UnitOfWork, by: &Actor, id: PromotionId, version: Option<Version>, reason: &str) -> Outcome<Saved> {
    let mut promotion = load(work, id, version)?;
    let at = moment(work)?;
    let event = promotion.end(reason, by, at)?;
    Ok(keep(work, by, promotion, event))
}
