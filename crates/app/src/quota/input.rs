//! What is said of a quota, and the checks that need other rows.

use domain::{Channel, Date, FieldError, Grade, Product, Quantity, Quota, QuotaCount, QuotaId, Refusal, Selector, Version};
use store::rows::QuotaByCode;
use store::{Held, Outcome, UnitOfWork};

use crate::field::{taken, unknown};
use crate::product;

/// A quota, as it is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotaInput {
    /// Code, unique in the company.
    pub code: String,
    /// Name.
    pub name: String,
    /// Id or code of the product.
    pub product: String,
    /// For customers of which grade.
    pub grade: Selector<Grade>,
    /// For orders from which channel.
    pub channel: Selector<Channel>,
    /// For customers in which province or state; empty: anywhere.
    pub region: String,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// How much there is, in the unit that was said.
    pub quantity: Quantity,
    /// The unit of the quantity; empty: the product's.
    pub unit: String,
}

impl QuotaInput {
    /// The quota with this content and its product; `known` is the quota that is edited, with its counter.
    ///
    /// # Errors
    /// `invalid` with everything that is wrong at its field.
    pub(super) fn read(&self, work: &mut UnitOfWork, id: QuotaId, known: Option<(&Quota, &QuotaCount)>) -> Outcome<(Quota, Held<Product>)> {
        let found = product::by_id_or_code(work, std::slice::from_ref(&self.product));
        let same = work.one::<QuotaByCode>(self.code.trim().to_owned());
        let (mut found, same) = (found?, same?);
        let mut errors: Vec<FieldError> = Vec::new();
        if same.is_some_and(|other| other.id != id) {
            errors.push(taken("/code", self.code.trim()));
        }
        let Some(product) = found.pop().flatten() else {
            errors.push(unknown("/product_id", &self.product));
            return Err(Refusal::invalid(errors).into());
        };
        let limit = product.said(self.quantity, &self.unit).map_or_else(
            |reason| {
                errors.push(FieldError::new("/quantity", reason));
                Quantity::units(1)
            },
            |said| said.base,
        );
        let quota = Quota {
            id,
            version: known.map_or(Version::FIRST, |(before, _)| before.version),
            code: self.code.trim().to_owned(),
            name: self.name.trim().to_owned(),
            product_id: product.id,
            grade: self.grade,
            channel: self.channel,
            region: self.region.trim().to_owned(),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            limit_micro: limit,
            active: known.is_none_or(|(before, _)| before.active),
            created_at: known.map_or(work.now(), |(before, _)| before.created_at),
        };
        let has = known.map_or(Quantity::ZERO, |(_, count)| count.taken_micro);
        if errors.iter().all(|error| error.pointer != "/quantity") {
            errors.extend(quota.check((has, &product.unit)));
        }
        if let Some((before, _)) = known.filter(|_| has.is_positive()) {
            errors.extend(quota.scope_changes(before));
        }
        Refusal::unless_valid(errors)?;
        Ok((quota, product))
    }
}
