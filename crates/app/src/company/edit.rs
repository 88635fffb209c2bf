//! Changing the settings of the company.

use domain::{Act, Actor, Company, Event, EventKind, Rate, Refusal, TaxRounding, Version};
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
    /// How orders are numbered.
    pub order_pattern: String,
    /// Of new products.
    pub default_tax_rate: Rate,
    /// Of the working day.
    pub time_zone: String,
}

/// Changes the settings of the company.
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
    company.order_pattern.clone_from(&edit.order_pattern);
    company.default_tax_rate = edit.default_tax_rate;
    company.time_zone.clone_from(&edit.time_zone);
    Refusal::unless_valid(company.check())?;
    let changes = company.changes_from(&before);
    if !changes.is_empty() {
        work.save(&mut company);
        work.record(by, Event::of(EventKind::CompanyEdited, "company", company.id.raw(), &company.code).changing(changes));
    }
    Ok(Saved::new(company.id, company.version, &company.code))
}
