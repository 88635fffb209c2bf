//! A changed draft of a promotion.

use domain::{Act, Actor, EventKind, Promotion, PromotionId, PromotionVerb, Version};
use store::{Outcome, UnitOfWork};

use super::{PromotionInput, keep, load, moment};
use crate::saved::Saved;

/// Replaces the content of a draft. Who changed it last does not put it in force.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotDraft`; `invalid` with everything that is wrong at its field.
///
/// Source: PRC-06
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: PromotionId, version: Option<Version>, input: &PromotionInput) -> Outcome<Saved> {
    by.may(Act::CreatePromotion)?;
    let mut promotion = load(work, id, version)?;
    let at = moment(work)?;
    promotion.may(PromotionVerb::Edit, at.today, by)?;
    let before = (*promotion).clone();
    let said = input.promotion(work, id, by, at.now)?;
    *promotion = Promotion { version: before.version, created_by: before.created_by, created_at: before.created_at, ..said };
    let event = promotion.event(EventKind::PromotionEdited).changing(promotion.changes_from(&before));
    Ok(keep(work, by, promotion, event))
}
