//! Quotas: a scarce product shared out by customer grade, channel or region and period, so that the first comer does not take all (PRM-06).

mod taking;

#[cfg(test)]
mod tests;

pub use taking::*;

use crate::codes::{Channel, Grade};
use crate::date::Date;
use crate::event::{Change, Event, EventKind, changes};
use crate::id::{OrderId, ProductId, QuotaId, Version};
use crate::instant::Instant;
use crate::price::Selector;
use crate::quantity::Quantity;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};

rejections! {
    /// Why a quota refuses.
    QuotaRejection {
        AlreadyActive => Conflict "quota.already_active",
        AlreadyInactive => Conflict "quota.already_inactive",
    }
}

rejections! {
    /// What is wrong with a quota, or with an order that takes of it.
    QuotaRule {
        /// The order wants more than is left.
        TooMuch { quota: String, left: (Quantity, String) } => Invalid "quota.too_much",
        /// Orders have taken more than this.
        BelowTaken { taken: (Quantity, String) } => Invalid "quota.below_taken",
        /// Orders have taken of it: whom it is for stays as it is.
        InUse => Invalid "quota.in_use",
    }
}

/// So much of a product for some customers in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Quota {
    /// Key.
    pub id: QuotaId,
    /// Raised by every change, but not by what orders take.
    pub version: Version,
    /// Code, unique in the company.
    pub code: String,
    /// Name.
    pub name: String,
    /// What is shared out.
    pub product_id: ProductId,
    /// For customers of which grade.
    pub grade: Selector<Grade>,
    /// For orders from which channel.
    pub channel: Selector<Channel>,
    /// For customers whose main address is in this province or state; empty: anywhere.
    pub region: String,
    /// First day of submission that it is for, in the company's time zone.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// How much there is, in the base unit.
    pub limit_micro: Quantity,
    /// Whether orders take of it.
    pub active: bool,
    /// When it was entered.
    pub created_at: Instant,
}

/// How much of a quota is taken. It never passes the limit, whoever orders at the same time.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotaCount {
    /// Key.
    pub quota_id: QuotaId,
    /// As the quota says.
    pub limit_micro: Quantity,
    /// Taken by orders.
    pub taken_micro: Quantity,
}

impl QuotaCount {
    /// What may still be taken.
    pub fn left(&self) -> Quantity {
        (self.limit_micro - self.taken_micro).or_zero()
    }
}

/// What a line of an order has taken of a quota.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotaTake {
    /// Key, with line and quota.
    pub order_id: OrderId,
    /// Number of the line.
    pub line_no: i64,
    /// Of which.
    pub quota_id: QuotaId,
    /// What the line was of.
    pub product_id: ProductId,
    /// How much, in the base unit.
    pub quantity_micro: Quantity,
    /// When it took the first of it.
    pub taken_at: Instant,
}

/// Who takes: what quotas are shared out by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaTaker<'a> {
    /// Grade of the customer; nothing: not known.
    pub grade: Option<Grade>,
    /// Channel of the order; nothing: not known.
    pub channel: Option<Channel>,
    /// Province or state of the customer's main address.
    pub region: &'a str,
}

impl Quota {
    /// Whether an order of this taker that is submitted on this day takes of it.
    ///
    /// Source: PRM-06
    pub fn covers(&self, taker: &QuotaTaker<'_>, day: Date) -> bool {
        self.active && self.valid_from <= day && day <= self.valid_to && self.is_for(taker)
    }

    /// Whether it is for this taker.
    pub fn is_for(&self, taker: &QuotaTaker<'_>) -> bool {
        let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
        self.grade.takes(taker.grade) && self.channel.takes(taker.channel) && (self.region.is_empty() || same(&self.region, taker.region))
    }

    /// What is wrong with it, each at its field; `taken` is what orders have of it already.
    pub fn check(&self, taken: (Quantity, &str)) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.code, "/code");
        check.required(&self.name, 200, "/name");
        check.optional(&self.region, 100, "/region");
        check.that(self.valid_from <= self.valid_to, "/valid_to", FieldRule::Before { date: self.valid_from });
        check.that(self.limit_micro.is_positive(), "/quantity", FieldRule::NotPositive);
        let mut errors = check.errors;
        if self.limit_micro.is_positive() && self.limit_micro < taken.0 {
            errors.push(FieldError::new("/quantity", QuotaRule::BelowTaken { taken: (taken.0, taken.1.to_owned()) }));
        }
        errors
    }

    /// Where this shares out something else, or to others, than `before`.
    pub fn scope_changes(&self, before: &Self) -> Vec<FieldError> {
        let places = [
            (self.product_id != before.product_id, "/product_id"),
            (self.grade != before.grade, "/grade"),
            (self.channel != before.channel, "/channel"),
            (self.region != before.region, "/region"),
        ];
        places.into_iter().filter(|(differs, _)| *differs).map(|(_, at)| FieldError::new(at, QuotaRule::InUse)).collect()
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "code": |one| one.code.clone(),
            "name": |one| one.name.clone(),
            "grade": |one| one.grade.value(),
            "channel": |one| one.channel.value(),
            "region": |one| one.region.clone(),
            "valid_from": |one| one.valid_from,
            "valid_to": |one| one.valid_to,
            "quantity": |one| one.limit_micro,
            "active": |one| one.active,
        )
    }

    /// Something of this kind happened to it.
    pub fn event(&self, kind: EventKind) -> Event {
        Event::of(kind, "quota", self.id.raw(), &self.code).with("name", self.name.as_str())
    }
}
