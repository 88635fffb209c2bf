//! A new promotion.

use domain::{Act, Actor, EventKind};
use store::{Outcome, UnitOfWork};

use super::PromotionInput;
use crate::saved::Saved;

/// Writes a draft; nobody gets anything by it yet.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: PRC-06
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &PromotionInput) -> Outcome<Saved> {
    by.may(Act::CreatePromotion)?;
    let (id, now) = (work.id(), work.now());
    let promotion = input.promotion(work, id, by, now)?;
    let promotion = work.add(promotion);
    work.record(by, promotion.event(EventKind::PromotionCreated));
    Ok(Saved::new(promotion.id, promotion.version, &promotion.code))
}
