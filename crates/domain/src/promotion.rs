//! Promotions: what customers get off for a time and on a condition, put in force by somebody other than who wrote it (PRC-06).

mod grant;
mod moves;

#[cfg(test)]
mod tests;

pub use grant::*;
pub use moves::*;

use serde::{Deserialize, Serialize};

use crate::codes::{Channel, Grade, SalesCategory, codes};
use crate::currency::Currency;
use crate::date::Date;
use crate::event::{Change, Event, EventKind, changes};
use crate::id::{CustomerId, ProductId, PromotionId, UserId, Version};
use crate::instant::Instant;
use crate::kept::Kept;
use crate::kept_json::{raw, raw_option};
use crate::money::Money;
use crate::names::Names;
use crate::price::{Buyer, Selector};
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};
use crate::unit_price::UnitPrice;

codes! {
    /// The state of a promotion.
    PromotionStatus in "promotion.status" {
        Draft = "draft",
        Active = "active",
        Ended = "ended",
    }
}

codes! {
    /// What a promotion gives.
    PromotionEffect in "promotion.effect" {
        /// Percent off the lines it is for.
        LinePercent = "line_percent",
        /// So much off each base unit of the lines it is for.
        UnitOff = "unit_off",
        /// Percent off the goods of the order.
        OrderPercent = "order_percent",
        /// An amount off the goods of the order.
        OrderAmount = "order_amount",
        /// Of so many units of a line so many cost nothing.
        FreeUnits = "free_units",
    }
}

rejections! {
    /// Why a promotion refuses.
    PromotionRejection {
        NotDraft { status: PromotionStatus } => Conflict "promotion.not_draft",
        NotActive { status: PromotionStatus } => Conflict "promotion.not_active",
        /// Who wrote a promotion does not put it in force.
        Own => Denied "promotion.own",
        /// Its last day is over already.
        Over { valid_to: Date } => Conflict "promotion.over",
        /// Another order took the last use there was.
        UsedUp { promotion: String } => Conflict "promotion.used_up",
    }
}

rejections! {
    /// What is wrong with an order that has promotions.
    PromotionRule {
        /// The order was drafted with more off than is given now.
        Changed { before: (Money, Currency), now: (Money, Currency) } => Invalid "promotion.changed",
    }
}

/// A limit that is none, as it is kept beside the counter.
const NO_LIMIT: i64 = 1_000_000_000;

/// The condition and what is given. Amounts are in the promotion's currency and contain tax where the order's prices do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PromotionTerms {
    /// A line takes part from this quantity of the base unit on; zero: from any.
    #[serde(with = "raw")]
    pub min_quantity: Quantity,
    /// The goods of the order come to this at least; zero: to anything.
    #[serde(with = "raw")]
    pub min_goods: Money,
    /// What is given.
    pub effect: PromotionEffect,
    /// Percent off.
    #[serde(with = "raw")]
    pub percent: Rate,
    /// Off one base unit.
    #[serde(with = "raw")]
    pub unit_off: UnitPrice,
    /// Off the order.
    #[serde(with = "raw")]
    pub amount: Money,
    /// For so many units that are paid …
    #[serde(with = "raw")]
    pub buy: Quantity,
    /// … so many more cost nothing.
    #[serde(with = "raw")]
    pub free: Quantity,
    /// The most units of a line that cost nothing; nothing: any number.
    #[serde(default, with = "raw_option")]
    pub most_free: Option<Quantity>,
}

impl Default for PromotionTerms {
    fn default() -> Self {
        Self {
            min_quantity: Quantity::ZERO,
            min_goods: Money::ZERO,
            effect: PromotionEffect::LinePercent,
            percent: Rate::ZERO,
            unit_off: UnitPrice::ZERO,
            amount: Money::ZERO,
            buy: Quantity::ZERO,
            free: Quantity::ZERO,
            most_free: None,
        }
    }
}

/// A promotion.
#[derive(Clone, Debug, PartialEq)]
pub struct Promotion {
    /// Key.
    pub id: PromotionId,
    /// Raised by every change.
    pub version: Version,
    /// Its code, of which there is one in the company.
    pub code: String,
    /// State.
    pub status: PromotionStatus,
    /// Name in Simplified Chinese.
    pub name_zh_cn: String,
    /// Name in Traditional Chinese.
    pub name_zh_tw: String,
    /// Name in English.
    pub name_en: String,
    /// First day, in the company's time zone.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// For which customer; [`CustomerId::NONE`] is everybody.
    pub customer_id: CustomerId,
    /// For customers of which grade.
    pub grade: Selector<Grade>,
    /// For orders of which sales category.
    pub category: Selector<SalesCategory>,
    /// For orders from which channel.
    pub channel: Selector<Channel>,
    /// For orders in this currency, in which its amounts are.
    pub currency: Currency,
    /// For these products; none named: for all.
    pub products: Kept<Vec<ProductId>>,
    /// Condition and effect.
    pub terms: Kept<PromotionTerms>,
    /// Whether it is given beside others that may be combined.
    pub combinable: bool,
    /// Of promotions that give as much, the one with the higher priority is given.
    pub priority: i64,
    /// The most orders it is given to; zero: any number.
    pub limit_total: i64,
    /// The most orders of one customer it is given to; zero: any number.
    pub limit_customer: i64,
    /// Who wrote it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// Who changed it last.
    pub edited_by: UserId,
    /// Who put it in force.
    pub activated_by: Option<UserId>,
    /// When.
    pub activated_at: Option<Instant>,
    /// Who ended it or gave it up.
    pub ended_by: Option<UserId>,
    /// When.
    pub ended_at: Option<Instant>,
    /// Why.
    pub end_reason: String,
}

/// How many orders have a promotion: all of them, or those of one customer. It never passes its limit, whoever orders at the same time.
#[derive(Clone, Debug, PartialEq)]
pub struct PromotionUse {
    /// Key, with the customer.
    pub promotion_id: PromotionId,
    /// Whose orders; [`CustomerId::NONE`] are all.
    pub customer_id: CustomerId,
    /// The most there may be.
    pub most: i64,
    /// How many there are.
    pub used: i64,
}

impl PromotionUse {
    /// Nothing used yet, of a limit where zero is none.
    pub fn new(promotion_id: PromotionId, customer_id: CustomerId, limit: i64) -> Self {
        Self { promotion_id, customer_id, most: if limit == 0 { NO_LIMIT } else { limit }, used: 0 }
    }
}

impl Promotion {
    /// Its name in each language.
    pub fn names(&self) -> Names {
        Names { zh_cn: self.name_zh_cn.clone(), zh_tw: self.name_zh_tw.clone(), en: self.name_en.clone() }
    }

    /// Whether it is given on a day.
    pub fn is_on(&self, day: Date) -> bool {
        self.status == PromotionStatus::Active && self.valid_from <= day && day <= self.valid_to
    }

    /// Whether it is for this buyer.
    pub fn is_for(&self, buyer: &Buyer) -> bool {
        (self.customer_id.is_none() || self.customer_id == buyer.customer)
            && self.grade.takes(buyer.grade)
            && self.category.takes(buyer.category)
            && self.channel.takes(buyer.channel)
            && self.currency == buyer.currency
    }

    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.required(&self.code, 40, "/code");
        self.names().check(&mut check, "/names");
        check.that(self.valid_from <= self.valid_to, "/valid_to", FieldRule::Before { date: self.valid_from });
        let terms = &self.terms;
        check.that(!terms.min_quantity.is_negative(), "/min_quantity", FieldRule::Negative);
        check.that(!terms.min_goods.is_negative(), "/min_goods", FieldRule::Negative);
        let share = terms.percent.is_share() && terms.percent != Rate::ZERO;
        match terms.effect {
            PromotionEffect::LinePercent | PromotionEffect::OrderPercent => check.that(share, "/percent", FieldRule::NotAShare),
            PromotionEffect::UnitOff => check.that(terms.unit_off > UnitPrice::ZERO, "/unit_off", FieldRule::NotPositive),
            PromotionEffect::OrderAmount => check.that(terms.amount.is_positive(), "/amount", FieldRule::NotPositive),
            PromotionEffect::FreeUnits => {
                check.that(terms.buy.is_positive(), "/buy", FieldRule::NotPositive);
                check.that(terms.free.is_positive(), "/free", FieldRule::NotPositive);
                check.that(terms.most_free.is_none_or(|most| most.is_positive()), "/most_free", FieldRule::NotPositive);
            }
        }
        let limit = FieldRule::OutOfRange { min: 0, max: NO_LIMIT - 1 };
        check.that((0..NO_LIMIT).contains(&self.limit_total), "/limit_total", limit.clone());
        check.that((0..NO_LIMIT).contains(&self.limit_customer), "/limit_customer", limit);
        check.that((0..=999).contains(&self.priority), "/priority", FieldRule::OutOfRange { min: 0, max: 999 });
        let max = 500;
        check.that(self.products.len() <= 500, "/products", FieldRule::TooMany { max });
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "code": |one| one.code.clone(),
            "name": |one| one.name_zh_cn.clone(),
            "valid_from": |one| one.valid_from,
            "valid_to": |one| one.valid_to,
            "grade": |one| one.grade.value(),
            "category": |one| one.category.value(),
            "channel": |one| one.channel.value(),
            "currency": |one| one.currency,
            "min_quantity": |one| one.terms.min_quantity,
            "min_goods": |one| (one.terms.min_goods, one.currency),
            "effect": |one| one.terms.effect,
            "percent": |one| one.terms.percent,
            "unit_off": |one| one.terms.unit_off,
            "amount": |one| (one.terms.amount, one.currency),
            "buy": |one| one.terms.buy,
            "free": |one| one.terms.free,
            "most_free": |one| one.terms.most_free,
            "combinable": |one| one.combinable,
            "priority": |one| one.priority,
            "limit_total": |one| one.limit_total,
            "limit_customer": |one| one.limit_customer,
        )
    }

    /// Something of this kind happened to it.
    pub fn event(&self, kind: EventKind) -> Event {
        Event::of(kind, "promotion", self.id.raw(), &self.code).with("name", self.name_zh_cn.clone())
    }
}
