//! The company: a legal entity with its own books.

use crate::codes::TaxRounding;
use crate::currency::Currency;
use crate::date::Date;
use crate::event::{Change, changes};
use crate::id::{CompanyId, Version};
use crate::instant::{Instant, zone_is_known};
use crate::number_pattern::{NumberPattern, Numbered};
use crate::rate::Rate;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};

rejections! {
    /// Why a company refuses.
    CompanyRejection {
        /// Others are founded from the company that was first on this server: its people run it.
        NotFirst => Denied "company.not_first",
    }
}

/// A company and its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Company {
    /// First key of every row.
    pub id: CompanyId,
    /// Raised by every change.
    pub version: Version,
    /// Typed at sign-in.
    pub code: String,
    /// Legal name.
    pub name: String,
    /// Of its books.
    pub currency: Currency,
    /// How new orders round tax; an order keeps the way it was made under.
    pub tax_rounding: TaxRounding,
    /// The blueprint in force, which new orders are made under; 0: `standard` as it comes with the product.
    pub blueprint_no: i64,
    /// Days from full delivery to the follow-up.
    pub follow_up_days: i64,
    /// Minutes for which a cart of the portal holds stock; 0: it holds none (INT-07).
    pub cart_hold_minutes: i64,
    /// After so many hours what is reserved for an order that has not taken effect is free again; 0: never (INV-02).
    pub reserve_hours: i64,
    /// Whether an order's promised day and the day it is planned to leave are set by what is promised, where nobody has set them (PRM-01).
    pub promise_dates: bool,
    /// Pattern of order numbers, `SO{yyyy}{000000}` (INT-10).
    pub order_pattern: String,
    /// Of delivery notes.
    pub shipment_pattern: String,
    /// Of invoices.
    pub invoice_pattern: String,
    /// Of payments.
    pub payment_pattern: String,
    /// Of tasks.
    pub task_pattern: String,
    /// Of change orders.
    pub change_pattern: String,
    /// Of quotations.
    pub quotation_pattern: String,
    /// Of contracts.
    pub contract_pattern: String,
    /// Of inquiries.
    pub inquiry_pattern: String,
    /// Of purchase orders.
    pub purchase_pattern: String,
    /// Whether a pattern was ever another: then a number may be taken already, and each is looked for before it is given.
    pub renumbered: bool,
    /// For products without a rate of their own.
    pub default_tax_rate: Rate,
    /// Zone that decides which day it is.
    pub time_zone: String,
    /// When it was set up.
    pub created_at: Instant,
}

/// The longest a cart may hold stock: three days, in minutes.
pub const CART_HOLD_MOST: i64 = 3 * 24 * 60;

/// The most hours goods stay reserved for an order that has not taken effect: a year.
pub const RESERVE_MOST: i64 = 365 * 24;

/// How long a cart holds stock where nobody said otherwise, in minutes.
pub const CART_HOLD_USUAL: i64 = 30;

impl Company {
    /// The calendar day in the company's zone; in UTC where the zone is not known on this machine.
    pub fn date_of(&self, instant: Instant) -> Date {
        let date = instant.date_in(&self.time_zone).or_else(|| instant.date_in("UTC"));
        date.expect("UTC is known everywhere")
    }

    /// The pattern of the numbers of a kind of document (INT-10).
    pub fn pattern(&self, kind: Numbered) -> &str {
        match kind {
            Numbered::Order => &self.order_pattern,
            Numbered::Shipment => &self.shipment_pattern,
            Numbered::Invoice => &self.invoice_pattern,
            Numbered::Payment => &self.payment_pattern,
            Numbered::Task => &self.task_pattern,
            Numbered::Change => &self.change_pattern,
            Numbered::Quotation => &self.quotation_pattern,
            Numbered::Contract => &self.contract_pattern,
            Numbered::Inquiry => &self.inquiry_pattern,
            Numbered::Purchase => &self.purchase_pattern,
        }
    }

    /// Sets the pattern of a kind of document; documents that are there keep their numbers.
    pub fn number_by(&mut self, kind: Numbered, pattern: &str) {
        if self.pattern(kind) == pattern {
            return;
        }
        self.renumbered = true;
        let place = match kind {
            Numbered::Order => &mut self.order_pattern,
            Numbered::Shipment => &mut self.shipment_pattern,
            Numbered::Invoice => &mut self.invoice_pattern,
            Numbered::Payment => &mut self.payment_pattern,
            Numbered::Task => &mut self.task_pattern,
            Numbered::Change => &mut self.change_pattern,
            Numbered::Quotation => &mut self.quotation_pattern,
            Numbered::Contract => &mut self.contract_pattern,
            Numbered::Inquiry => &mut self.inquiry_pattern,
            Numbered::Purchase => &mut self.purchase_pattern,
        };
        pattern.clone_into(place);
    }

    /// What is wrong with the settings, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.code, "/code");
        check.required(&self.name, 200, "/name");
        let days = FieldRule::OutOfRange { min: 0, max: 365 };
        check.that((0..=365).contains(&self.follow_up_days), "/follow_up_days", days);
        let minutes = FieldRule::OutOfRange { min: 0, max: CART_HOLD_MOST };
        check.that((0..=CART_HOLD_MOST).contains(&self.cart_hold_minutes), "/cart_hold_minutes", minutes);
        let hours = FieldRule::OutOfRange { min: 0, max: RESERVE_MOST };
        check.that((0..=RESERVE_MOST).contains(&self.reserve_hours), "/reserve_hours", hours);
        for kind in Numbered::ALL {
            if let Err(error) = NumberPattern::parse(self.pattern(*kind)) {
                check.errors.push(FieldError::new(format!("/{kind}_pattern"), error));
            }
        }
        check.that(self.default_tax_rate.is_share(), "/default_tax_rate", FieldRule::NotAShare);
        let zone = FieldRule::Unknown { value: self.time_zone.clone() };
        check.that(zone_is_known(&self.time_zone), "/time_zone", zone);
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "name": |company| company.name.clone(),
            "currency": |company| company.currency,
            "tax_rounding": |company| company.tax_rounding,
            "blueprint_no": |company| company.blueprint_no,
            "follow_up_days": |company| company.follow_up_days,
            "cart_hold_minutes": |company| company.cart_hold_minutes,
            "reserve_hours": |company| company.reserve_hours,
            "promise_dates": |company| company.promise_dates,
            "order_pattern": |company| company.order_pattern.clone(),
            "shipment_pattern": |company| company.shipment_pattern.clone(),
            "invoice_pattern": |company| company.invoice_pattern.clone(),
            "payment_pattern": |company| company.payment_pattern.clone(),
            "task_pattern": |company| company.task_pattern.clone(),
            "change_pattern": |company| company.change_pattern.clone(),
            "quotation_pattern": |company| company.quotation_pattern.clone(),
            "contract_pattern": |company| company.contract_pattern.clone(),
            "inquiry_pattern": |company| company.inquiry_pattern.clone(),
            "purchase_pattern": |company| company.purchase_pattern.clone(),
            "default_tax_rate": |company| company.default_tax_rate,
            "time_zone": |company| company.time_zone.clone(),
        )
    }
}
