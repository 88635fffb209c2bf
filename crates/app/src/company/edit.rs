//! Changing the settings of the company.

use domain::{Act, Actor, Calendar, Company, Event, EventKind, Numbered, Rate, Refusal, TaxRounding, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// What the settings are to be.
#[derive(Clone, Debug)]
pub struct CompanyEdit {
    /// The version it was decided on.
    pub version: Option<Version>,
    /// On documents.
    pub name: String,
    /// Where tax is rounded.
    pub tax_rounding: TaxRounding,
    /// Days from delivery to the follow-up.
    pub follow_up_days: i64,
    /// Minutes for which a cart holds stock; left out: as before.
    pub cart_hold_minutes: Option<i64>,
    /// Hours until what is reserved for an order that has not taken effect is free again; 0: never.
    pub reserve_hours: Option<i64>,
    /// Whether an order's days are set by what is promised; left out: as before.
    pub promise_dates: Option<bool>,
    /// How orders are numbered.
    pub order_pattern: String,
    /// How other kinds of documents are numbered; those that are not named stay as they are.
    pub patterns: Vec<(Numbered, String)>,
    /// Of new products.
    pub default_tax_rate: Rate,
    /// Of the working day.
    pub time_zone: String,
    /// Codes of the company's calendars; those in its zone follow it.
    pub calendars: Vec<String>,
}

/// Changes the settings of the company. With its time zone go its calendars, those that are in the zone it leaves; one that was put into another zone
/// stays there. What runs by them is reckoned anew right after, as after any change of a calendar ([`crate::clock::reckon`]): from where a clock last
/// began to run its time is counted by the new hours, what was counted before a pause stays counted, and stages that have happened are not taken back.
///
/// # Errors
/// Refused without `company.edit`, on another version, and for wrong fields.
pub fn edit(work: &mut UnitOfWork, by: &Actor, edit: &CompanyEdit) -> Outcome<Saved> {
    by.may(Act::EditCompany)?;
    let mut company = work.get::<Company>(by.company_id)?;
    on_version(edit.version, company.version, "company")?;
    let before = (*company).clone();
    company.name.clone_from(&edit.name);
    company.tax_rounding = edit.tax_rounding;
    company.follow_up_days = edit.follow_up_days;
    company.cart_hold_minutes = edit.cart_hold_minutes.unwrap_or(company.cart_hold_minutes);
    company.reserve_hours = edit.reserve_hours.unwrap_or(company.reserve_hours);
    company.promise_dates = edit.promise_dates.unwrap_or(company.promise_dates);
    company.number_by(Numbered::Order, &edit.order_pattern);
    edit.patterns.iter().for_each(|(kind, pattern)| company.number_by(*kind, pattern));
    company.default_tax_rate = edit.default_tax_rate;
    company.time_zone.clone_from(&edit.time_zone);
    Refusal::unless_valid(company.check())?;
    if company.time_zone != before.time_zone {
        move_calendars(work, by, edit, &before.time_zone)?;
    }
    let changes = company.changes_from(&before);
    if !changes.is_empty() {
        work.save(&mut company);
        work.record(by, Event::of(EventKind::CompanyEdited, "company", company.id.raw(), &company.code).changing(changes));
    }
    Ok(Saved::new(company.id, company.version, &company.code))
}

/// Calendars that are in the zone the company leaves come along.
fn move_calendars(work: &mut UnitOfWork, by: &Actor, edit: &CompanyEdit, from: &str) -> Outcome<()> {
    work.want::<Calendar>(edit.calendars.iter().cloned());
    for code in &edit.calendars {
        let Some(mut calendar) = work.find::<Calendar>(code.clone())? else { continue };
        let mut hours = calendar.hours();
        if hours.zone != from {
            continue;
        }
        let before = (*calendar).clone();
        hours.zone.clone_from(&edit.time_zone);
        calendar.content = hours.to_json();
        let changes = calendar.changes_from(&before);
        work.save(&mut calendar);
        work.record(by, Event::of(EventKind::CalendarEdited, "calendar", 0, &calendar.code).changing(changes));
    }
    Ok(())
}
