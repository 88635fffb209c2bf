//! Rebates: what a customer is credited at the end of a period for what was invoiced in it (PRC-06).

mod accrue;
mod moves;

#[cfg(test)]
mod tests;

pub use accrue::*;
pub use moves::*;

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::currency::Currency;
use crate::date::Date;
use crate::event::{Change, Event, EventKind, changes};
use crate::id::{CustomerId, InvoiceId, OrderId, PaymentId, ProductId, RebateId, UserId, Version};
use crate::instant::Instant;
use crate::kept::Kept;
use crate::kept_json::raw;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};
use crate::unit_price::UnitPrice;

codes! {
    /// The state of a rebate agreement.
    RebateStatus in "rebate.status" {
        Draft = "draft",
        /// It runs by its dates, and waits for its settlement after them.
        Approved = "approved",
        /// Its settlement is proposed.
        Proposed = "proposed",
        Settled = "settled",
        /// Given up before anybody approved it.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// What a rebate is reckoned from.
    RebateBasis in "rebate.basis" {
        /// Net amount invoiced; tiers give a percentage of it.
        Amount = "amount",
        /// Quantity invoiced; tiers give an amount per unit.
        Quantity = "quantity",
    }
}

rejections! {
    /// Why a rebate agreement refuses.
    RebateRejection {
        WrongState { status: RebateStatus } => Conflict "rebate.wrong_state",
        /// Who wrote an agreement does not approve it.
        Own => Denied "rebate.own",
        /// Who proposed a settlement does not approve it.
        OwnProposal => Denied "rebate.own_proposal",
        /// Its period is not over.
        Running { until: Date } => Conflict "rebate.running",
        /// Its period is over: it is settled, not ended.
        Over { until: Date } => Conflict "rebate.over",
        /// What comes of it is more than money can be.
        TooLarge => Conflict "rebate.too_large",
        /// What was invoiced in the period is no longer what was proposed.
        Changed { before: (Money, Currency), now: (Money, Currency) } => Conflict "rebate.changed",
        /// The orders have less open than is credited.
        NoRoom { missing: (Money, Currency) } => Conflict "rebate.no_room",
    }
}

rejections! {
    /// What is wrong with what is said of a rebate agreement.
    RebateRule {
        /// A tier begins above the one before.
        NotAscending => Invalid "rebate.not_ascending",
        /// An order of this customer, in this currency, named once.
        NotItsOrder { value: String } => Invalid "rebate.not_its_order",
        /// Somebody pays: by which remittance.
        NoReference => Invalid "rebate.no_reference",
    }
}

/// From where on what is given. A tier of an agreement on the amount has an amount and a percentage, one on the quantity a quantity and an amount per unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RebateTier {
    /// From this net amount on, in the agreement's currency.
    #[serde(with = "raw")]
    pub from_amount: Money,
    /// From this quantity on.
    #[serde(with = "raw")]
    pub from_quantity: Quantity,
    /// Share of the net amount.
    #[serde(with = "raw")]
    pub percent: Rate,
    /// For each unit, in the agreement's currency.
    #[serde(with = "raw")]
    pub per_unit: UnitPrice,
}

/// An invoice a settlement rests on: what of it counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RebateInvoice {
    /// Its id.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: String,
    /// Net amount of the lines that count.
    #[serde(with = "raw")]
    pub amount: Money,
    /// Quantity of the lines that count.
    #[serde(with = "raw")]
    pub quantity: Quantity,
}

/// What an order is credited.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RebateCredit {
    /// Its id.
    pub order_id: OrderId,
    /// The payment on account that carries it.
    pub payment_id: PaymentId,
    /// Number of that payment.
    pub payment: String,
    /// How much.
    #[serde(with = "raw")]
    pub amount: Money,
}

/// What is credited, and why. Never changed once it is approved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RebateSettlement {
    /// The rebate.
    #[serde(with = "raw")]
    pub amount: Money,
    /// What it rests on.
    pub invoices: Vec<RebateInvoice>,
    /// Orders that are credited, in this turn.
    pub orders: Vec<OrderId>,
    /// Whether the customer is paid what the orders do not take.
    pub pay_rest: bool,
    /// What the customer was paid; nothing before the approval.
    #[serde(with = "raw")]
    pub paid: Money,
    /// By which remittance it was paid, or empty.
    pub reference: String,
    /// What they were credited; nothing before the approval.
    pub credits: Vec<RebateCredit>,
}

/// An agreement with one customer on a rebate.
#[derive(Clone, Debug, PartialEq)]
pub struct Rebate {
    /// Key.
    pub id: RebateId,
    /// Raised by every change.
    pub version: Version,
    /// Its number, of which there is one in the company.
    pub number: String,
    /// State.
    pub status: RebateStatus,
    /// With whom.
    pub customer_id: CustomerId,
    /// First day of issue of the invoices that count.
    pub valid_from: Date,
    /// Last day; the day it was ended where it was ended early.
    pub valid_to: Date,
    /// What it is reckoned from.
    pub basis: RebateBasis,
    /// Currency of the invoices that count.
    pub currency: Currency,
    /// Lines of these products count; none named: all.
    pub products: Kept<Vec<ProductId>>,
    /// Tiers, ascending.
    pub tiers: Kept<Vec<RebateTier>>,
    /// Whether the tier that is reached counts for the whole; else each counts for what is between it and the next.
    pub whole: bool,
    /// Who wrote it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// Who changed it last.
    pub edited_by: UserId,
    /// Who approved it.
    pub approved_by: Option<UserId>,
    /// When.
    pub approved_at: Option<Instant>,
    /// Why it was ended early or withdrawn, or empty.
    pub end_reason: String,
    /// Who proposed its settlement.
    pub proposed_by: Option<UserId>,
    /// Why the last proposal was sent back, or empty.
    pub return_reason: String,
    /// Who approved its settlement.
    pub settled_by: Option<UserId>,
    /// When.
    pub settled_at: Option<Instant>,
    /// The settlement that is proposed or approved.
    pub settlement: Kept<RebateSettlement>,
}

impl Rebate {
    /// Whether lines of a product count.
    pub fn counts(&self, product: ProductId) -> bool {
        self.products.is_empty() || self.products.contains(&product)
    }

    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.required(&self.number, 40, "/number");
        check.that(self.valid_from <= self.valid_to, "/valid_to", FieldRule::Before { date: self.valid_from });
        let max = 500;
        check.that(self.products.len() <= 500, "/products", FieldRule::TooMany { max });
        let max = 20;
        check.that(self.tiers.len() <= 20, "/tiers", FieldRule::TooMany { max });
        check.that(!self.tiers.is_empty(), "/tiers", FieldRule::Required);
        let mut last: Option<i64> = None;
        for (place, tier) in self.tiers.iter().enumerate() {
            let from = self.from(tier);
            check.that(from >= 0, &format!("/tiers/{place}/from"), FieldRule::Negative);
            if last.is_some_and(|last| last >= from) {
                check.errors.push(FieldError::new(format!("/tiers/{place}/from"), RebateRule::NotAscending));
            }
            last = Some(from);
            match self.basis {
                RebateBasis::Amount => {
                    let share = tier.percent.is_share() && !tier.percent.is_zero();
                    check.that(share, &format!("/tiers/{place}/percent"), FieldRule::NotAShare);
                }
                RebateBasis::Quantity => {
                    check.that(tier.per_unit > UnitPrice::ZERO, &format!("/tiers/{place}/per_unit"), FieldRule::NotPositive);
                }
            }
        }
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "number": |one| one.number.clone(),
            "valid_from": |one| one.valid_from,
            "valid_to": |one| one.valid_to,
            "basis": |one| one.basis,
            "currency": |one| one.currency,
            "products": |one| one.products.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            "tiers": |one| one.written_tiers(),
            "whole": |one| one.whole,
        )
    }

    /// The tiers in one line: `100000.00: 1%, 200000.00: 1.5%`.
    pub fn written_tiers(&self) -> String {
        let tier = |tier: &RebateTier| match self.basis {
            RebateBasis::Amount => format!("{}: {}%", tier.from_amount.decimal(self.currency), tier.percent.decimal()),
            RebateBasis::Quantity => format!("{}: {}", tier.from_quantity.decimal(), tier.per_unit.decimal()),
        };
        self.tiers.iter().map(tier).collect::<Vec<_>>().join(", ")
    }

    /// Something of this kind happened to it.
    pub fn event(&self, kind: EventKind) -> Event {
        Event::of(kind, "rebate", self.id.raw(), &self.number)
    }
}
