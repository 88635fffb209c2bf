//! What was learned from a correction, as it is kept.

use super::matching::{Learned, LearnedKind};
use crate::id::{CustomerId, IntakePhraseId, ProductId, UserId, Version};
use crate::instant::Instant;

/// Words that mean a product, a unit or a customer, because a person said so.
#[derive(Clone, Debug, PartialEq)]
pub struct IntakePhrase {
    /// Key.
    pub id: IntakePhraseId,
    /// Raised by every change.
    pub version: Version,
    /// What kind of thing they mean.
    pub kind: LearnedKind,
    /// The words, as [`super::phrase_key`] keeps them.
    pub phrase: String,
    /// The words as they were written.
    pub said: String,
    /// Said by which customer; [`CustomerId::NONE`]: by anybody.
    pub customer_id: CustomerId,
    /// Which product they mean.
    pub product_id: Option<ProductId>,
    /// Which customer they mean.
    pub means_id: Option<CustomerId>,
    /// Which unit they mean, or empty.
    pub unit: String,
    /// Who said so last.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
}

impl IntakePhrase {
    /// What readings are told of it.
    pub fn learned(&self) -> Learned {
        Learned {
            kind: self.kind,
            phrase: self.phrase.clone(),
            customer: (!self.customer_id.is_none()).then_some(self.customer_id),
            product: self.product_id,
            means: self.means_id,
            unit: self.unit.clone(),
        }
    }
}
