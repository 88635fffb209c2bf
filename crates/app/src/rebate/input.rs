//! What is said of a rebate agreement, and the checks that need other rows.

use domain::{
    Actor, Company, Currency, CustomerId, Date, FieldError, FieldRule, Instant, Kept, Rebate, RebateBasis, RebateId, RebateSettlement,
    RebateStatus, RebateTier, Refusal, Version,
};
use store::rows::RebateByNumber;
use store::{Outcome, UnitOfWork};

use crate::field::unknown;
use crate::{customer, product};

/// A rebate agreement as it is sent. References are ids or codes.
#[derive(Clone, Debug, PartialEq)]
pub struct RebateInput {
    /// Its number.
    pub number: String,
    /// With which customer.
    pub customer: String,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// What it is reckoned from.
    pub basis: RebateBasis,
    /// Currency of the invoices; `None`: the company's.
    pub currency: Option<Currency>,
    /// Products that count; none: all.
    pub products: Vec<String>,
    /// Tiers, ascending.
    pub tiers: Vec<RebateTier>,
    /// Whether the tier that is reached counts for the whole.
    pub whole: bool,
}

impl RebateInput {
    /// A draft with this content.
    ///
    /// # Errors
    /// `invalid` with everything that is wrong at its field.
    pub(super) fn rebate(&self, work: &mut UnitOfWork, id: RebateId, by: &Actor, now: Instant) -> Outcome<Rebate> {
        let company_id = work.company();
        work.want::<Company>([company_id]);
        let found = product::by_id_or_code(work, &self.products);
        let taken = work.one::<RebateByNumber>(self.number.trim().to_owned());
        let customer = customer::by_id_or_code(work, self.customer.trim());
        let (found, taken, customer, company) = (found?, taken?, customer?, work.get::<Company>(company_id)?);
        let mut errors: Vec<FieldError> = Vec::new();
        if customer.is_none() {
            errors.push(unknown("/customer_id", self.customer.trim()));
        }
        for (place, (product, said)) in found.iter().zip(&self.products).enumerate() {
            if product.is_none() {
                errors.push(FieldError::new(format!("/products/{place}"), FieldRule::Unknown { value: said.clone() }));
            }
        }
        if taken.is_some_and(|other| other.id != id) {
            errors.push(FieldError::new("/number", FieldRule::Taken { value: self.number.trim().to_owned() }));
        }
        let rebate = Rebate {
            id,
            version: Version::FIRST,
            number: self.number.trim().to_owned(),
            status: RebateStatus::Draft,
            customer_id: customer.map_or(CustomerId::NONE, |customer| customer.id),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            basis: self.basis,
            currency: self.currency.unwrap_or(company.currency),
            products: Kept::of(found.iter().flatten().map(|product| product.id).collect()),
            tiers: Kept::of(self.tiers.clone()),
            whole: self.whole,
            created_by: by.user_id,
            created_at: now,
            edited_by: by.user_id,
            approved_by: None,
            approved_at: None,
            end_reason: String::new(),
            proposed_by: None,
            return_reason: String::new(),
            settled_by: None,
            settled_at: None,
            settlement: Kept::of(RebateSettlement::default()),
        };
        errors.extend(rebate.check());
        Refusal::unless_valid(errors)?;
        Ok(rebate)
    }
}
