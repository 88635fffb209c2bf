//! What is said of a promotion, and the checks that need other rows.

use domain::{
    Actor, Channel, Company, Currency, CustomerId, Date, FieldError, FieldRule, Grade, Instant, Kept, Names, Promotion, PromotionId,
    PromotionStatus, PromotionTerms, Refusal, SalesCategory, Selector, Version,
};
use store::rows::PromotionByCode;
use store::{Outcome, UnitOfWork};

use crate::field::unknown;
use crate::{customer, product};

/// A promotion as it is sent. References are ids or codes.
#[derive(Clone, Debug, PartialEq)]
pub struct PromotionInput {
    /// Its code.
    pub code: String,
    /// Its names.
    pub names: Names,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// For which customer; `None`: for everybody.
    pub customer: Option<String>,
    /// For customers of which grade.
    pub grade: Selector<Grade>,
    /// For orders of which sales category.
    pub category: Selector<SalesCategory>,
    /// For orders from which channel.
    pub channel: Selector<Channel>,
    /// For orders in this currency; `None`: the company's.
    pub currency: Option<Currency>,
    /// For these products; none: for all.
    pub products: Vec<String>,
    /// Condition and effect.
    pub terms: PromotionTerms,
    /// Whether it is given beside others.
    pub combinable: bool,
    /// Which goes first.
    pub priority: i64,
    /// The most orders; zero: any number.
    pub limit_total: i64,
    /// The most orders of one customer; zero: any number.
    pub limit_customer: i64,
}

impl PromotionInput {
    /// A draft with this content.
    ///
    /// # Errors
    /// `invalid` with everything that is wrong at its field.
    pub(super) fn promotion(&self, work: &mut UnitOfWork, id: PromotionId, by: &Actor, now: Instant) -> Outcome<Promotion> {
        let company_id = work.company();
        work.want::<Company>([company_id]);
        let found = product::by_id_or_code(work, &self.products);
        let taken = work.one::<PromotionByCode>(self.code.trim().to_owned());
        let reference = self.customer.as_deref().map(str::trim).filter(|reference| !reference.is_empty());
        let customer = reference.map_or(Ok(None), |reference| customer::by_id_or_code(work, reference))?;
        let (found, taken, company) = (found?, taken?, work.get::<Company>(company_id)?);
        let mut errors: Vec<FieldError> = Vec::new();
        if let (Some(reference), None) = (reference, &customer) {
            errors.push(unknown("/customer_id", reference));
        }
        for (place, (product, said)) in found.iter().zip(&self.products).enumerate() {
            if product.is_none() {
                errors.push(FieldError::new(format!("/products/{place}"), FieldRule::Unknown { value: said.clone() }));
            }
        }
        if taken.is_some_and(|other| other.id != id) {
            errors.push(FieldError::new("/code", FieldRule::Taken { value: self.code.trim().to_owned() }));
        }
        let promotion = Promotion {
            id,
            version: Version::FIRST,
            code: self.code.trim().to_owned(),
            status: PromotionStatus::Draft,
            name_zh_cn: self.names.zh_cn.trim().to_owned(),
            name_zh_tw: self.names.zh_tw.trim().to_owned(),
            name_en: self.names.en.trim().to_owned(),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            customer_id: customer.map_or(CustomerId::NONE, |customer| customer.id),
            grade: self.grade,
            category: self.category,
            channel: self.channel,
            currency: self.currency.unwrap_or(company.currency),
            products: Kept::of(found.iter().flatten().map(|product| product.id).collect()),
            terms: Kept::of(self.terms.clone()),
            combinable: self.combinable,
            priority: self.priority,
            limit_total: self.limit_total,
            limit_customer: self.limit_customer,
            created_by: by.user_id,
            created_at: now,
            edited_by: by.user_id,
            activated_by: None,
            activated_at: None,
            ended_by: None,
            ended_at: None,
            end_reason: String::new(),
        };
        errors.extend(promotion.check());
        Refusal::unless_valid(errors)?;
        Ok(promotion)
    }
}
