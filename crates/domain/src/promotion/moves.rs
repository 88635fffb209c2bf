//! The one table of moves of the promotion: what may be done in which state, and by whom.

use PromotionStatus::{Active, Draft, Ended};

use super::{Promotion, PromotionRejection as No, PromotionStatus, PromotionUse};
use crate::actor::Actor;
use crate::codes::codes;
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::id::CustomerId;
use crate::order::checked_reason;
use crate::permission::Act;
use crate::quotation::Moment;
use crate::refusal::Refusal;

codes! {
    /// What may be done with a promotion; the code is the step's name in the API.
    PromotionVerb in "promotion.verb" {
        /// Puts it in force.
        Activate = "activate",
        Edit = "edit",
        /// Ends it, or gives a draft up.
        End = "end",
    }
}

/// Something that may be done with a promotion, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct PromotionAction {
    /// What.
    pub verb: PromotionVerb,
    /// Why not; nothing where it may be done.
    pub refusal: Option<Refusal>,
}

/// Every verb for this promotion and this actor.
pub fn promotion_actions(promotion: &Promotion, today: Date, by: &Actor) -> Vec<PromotionAction> {
    PromotionVerb::ALL.iter().map(|verb| PromotionAction { verb: *verb, refusal: promotion.may(*verb, today, by).err() }).collect()
}

impl Promotion {
    /// Whether this actor may do this in the promotion's state.
    ///
    /// # Errors
    /// `denied`, `NotDraft`, `NotActive`; `Own` for who wrote it or changed it last; `Over` once its last day is over.
    ///
    /// Source: PRC-06
    pub fn may(&self, verb: PromotionVerb, today: Date, by: &Actor) -> Result<(), Refusal> {
        let act = match (verb, self.status) {
            (PromotionVerb::Edit, _) | (PromotionVerb::End, Draft) => Act::CreatePromotion,
            _ => Act::ActivatePromotion,
        };
        by.may(act)?;
        match (verb, self.status) {
            (PromotionVerb::Edit | PromotionVerb::Activate, Active | Ended) => return Err(No::NotDraft { status: self.status }.into()),
            (PromotionVerb::End, Ended) => return Err(No::NotActive { status: self.status }.into()),
            _ => {}
        }
        if verb == PromotionVerb::Activate {
            if [self.created_by, self.edited_by].contains(&by.user_id) {
                return Err(No::Own.into());
            }
            if today > self.valid_to {
                return Err(No::Over { valid_to: self.valid_to }.into());
            }
        }
        Ok(())
    }

    /// Puts it in force: orders that are drafted from now on get it.
    ///
    /// # Errors
    /// As [`Promotion::may`]; `invalid` with everything that is wrong.
    ///
    /// Source: PRC-06
    pub fn activate(&mut self, by: &Actor, at: Moment) -> Result<(PromotionUse, Event), Refusal> {
        self.may(PromotionVerb::Activate, at.today, by)?;
        Refusal::unless_valid(self.check())?;
        self.status = Active;
        self.activated_by = Some(by.user_id);
        self.activated_at = Some(at.now);
        let event = self.event(EventKind::PromotionActivated).with("valid_from", self.valid_from).with("valid_to", self.valid_to);
        Ok((PromotionUse::new(self.id, CustomerId::NONE, self.limit_total), event))
    }

    /// Ends it, or gives a draft up; orders that have it keep it.
    ///
    /// # Errors
    /// As [`Promotion::may`]; `invalid` without a reason.
    ///
    /// Source: PRC-06
    pub fn end(&mut self, reason: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(PromotionVerb::End, at.today, by)?;
        let reason = checked_reason(reason)?;
        self.status = Ended;
        self.ended_by = Some(by.user_id);
        self.ended_at = Some(at.now);
        reason.clone_into(&mut self.end_reason);
        Ok(self.event(EventKind::PromotionEnded).because(reason))
    }
}
