//! Suppliers: from whom goods are bought, at which prices, how much at a time and how soon (PUR-01).

mod product;

#[cfg(test)]
mod tests;

pub use product::*;

use crate::calendar::{Calendar, DayKind};
use crate::currency::Currency;
use crate::date::Date;
use crate::event::{Change, Event, EventKind, changes};
use crate::id::{SupplierId, Version};
use crate::instant::Instant;
use crate::rate::Rate;
use crate::refusal::rejections;
use crate::rule::{FieldCheck, FieldRule};
use crate::search::search_text;

rejections! {
    /// What is wrong with what is said of a supplier.
    SupplierRule {
        /// Another supplier is the preferred one of this product.
        OtherPreferred { supplier: String } => Invalid "supplier.other_preferred",
        /// A surcharge is a share of the price or an amount, not both.
        TwoSurcharges => Invalid "supplier.two_surcharges",
        /// What is rushed comes sooner than usual.
        RushNotSooner { days: i64 } => Invalid "supplier.rush_not_sooner",
        /// There is a surcharge, but no time in which a rush order comes.
        NoRushDays => Invalid "supplier.no_rush_days",
    }
}

/// Somebody goods are bought from.
#[derive(Clone, Debug, PartialEq)]
pub struct Supplier {
    /// Key.
    pub id: SupplierId,
    /// Raised by every change, also of what it supplies.
    pub version: Version,
    /// Code, unique in the company.
    pub code: String,
    /// Name.
    pub name: String,
    /// What a search looks at: name, pinyin, initials and code in lower case.
    pub search: String,
    /// Whom to talk to.
    pub contact: String,
    /// Phone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Address.
    pub address: String,
    /// Of its prices.
    pub currency: Currency,
    /// Days to pay an invoice of it.
    pub terms_days: i64,
    /// Days from order to arrival it states for what says nothing else.
    pub lead_days: i64,
    /// Code of the calendar of days on which goods of it arrive; empty: any day.
    pub calendar: String,
    /// How much more than ordered is taken, as a share of what was ordered.
    pub over_tolerance: Rate,
    /// How much less than ordered still completes a line.
    pub under_tolerance: Rate,
    /// Anything else.
    pub notes: String,
    /// Whether new purchase orders may go to it.
    pub active: bool,
    /// When it was entered.
    pub created_at: Instant,
}

/// Days that a supplier may take at the most.
pub(crate) const MAX_LEAD_DAYS: i64 = 3650;

impl Supplier {
    /// What a search looks at.
    pub fn search_of(name: &str, code: &str) -> String {
        search_text([name, code])
    }

    /// What is wrong with it, each at its field.
    pub(crate) fn check_file(&self, check: &mut FieldCheck) {
        check.code(&self.code, "/code");
        check.required(&self.name, 200, "/name");
        check.optional(&self.contact, 100, "/contact");
        check.phone(&self.phone, "/phone");
        check.email(&self.email, "/email");
        check.optional(&self.address, 500, "/address");
        check.optional(&self.notes, 2000, "/notes");
        check.that((0..=366).contains(&self.terms_days), "/terms_days", FieldRule::OutOfRange { min: 0, max: 366 });
        check.that(lead_fits(self.lead_days), "/lead_days", FieldRule::OutOfRange { min: 0, max: MAX_LEAD_DAYS });
        check.that(self.over_tolerance.is_share(), "/over_tolerance", FieldRule::NotAShare);
        check.that(self.under_tolerance.is_share(), "/under_tolerance", FieldRule::NotAShare);
    }

    /// The day on which something ordered on `day` arrives after so many days: the first day of its calendar from then on, within a year.
    /// Without a calendar every day is one.
    ///
    /// Source: PUR-01, INV-03
    pub fn arrival(day: Date, lead_days: i64, calendar: Option<&Calendar>) -> Date {
        let due = day.plus_days(lead_days);
        let Some(hours) = calendar.map(Calendar::hours).filter(|hours| !hours.always) else { return due };
        let open = |day: &Date| matches!(hours.kind_of(*day), DayKind::Work | DayKind::MakeUp);
        (0..366).map(|later| due.plus_days(later)).find(open).unwrap_or(due)
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "code": |one| one.code.clone(),
            "name": |one| one.name.clone(),
            "contact_name": |one| one.contact.clone(),
            "phone": |one| one.phone.clone(),
            "email": |one| one.email.clone(),
            "address": |one| one.address.clone(),
            "currency": |one| one.currency,
            "terms_days": |one| one.terms_days,
            "lead_days": |one| one.lead_days,
            "calendar": |one| one.calendar.clone(),
            "over_tolerance": |one| one.over_tolerance,
            "under_tolerance": |one| one.under_tolerance,
            "notes": |one| one.notes.clone(),
            "active": |one| one.active,
        )
    }

    /// Something of this kind happened to it.
    pub fn event(&self, kind: EventKind) -> Event {
        Event::of(kind, "supplier", self.id.raw(), &self.code).with("name", self.name.as_str())
    }
}

pub(crate) fn lead_fits(days: i64) -> bool {
    (0..=MAX_LEAD_DAYS).contains(&days)
}
