//! Putting a draft in force: the next order is made under it, those there are keep theirs.

use domain::{
    Act, Actor, Blueprint, BlueprintRejection, BlueprintState, Company, Event, EventKind, KeptBlueprint, Refusal, Role, STANDARD, Version,
    checked_reason,
};
use store::rows::RolesByOrigin;
use store::{Outcome, UnitOfWork};

use super::edit::draft;
use crate::saved::Saved;

/// Activates a draft without mistakes.
///
/// # Errors
/// Refused without `blueprint.edit`; `NotDraft`, `NothingNew`; `HasMistakes`; `stale`; `invalid` without a reason.
///
/// Source: POL-01
pub fn activate(work: &mut UnitOfWork, by: &Actor, number: i64, version: Option<Version>, why: &str) -> Outcome<Saved> {
    by.may(Act::EditBlueprint)?;
    let mut kept = draft(work, number, version)?;
    let mut company = work.get::<Company>(work.company())?;
    let roles = roles(work)?;
    let read = Blueprint::read(kept.content.as_str(), Some(&roles))
        .map_err(|mistakes| Refusal::from(BlueprintRejection::HasMistakes { count: i64::try_from(mistakes.len()).unwrap_or(i64::MAX) }))?;
    let before = match company.blueprint_no {
        0 => None,
        number => Some(work.get::<KeptBlueprint>(number)?),
    };
    if before.as_ref().map_or(STANDARD, |before| before.content.as_str()) == kept.content.as_str() {
        return Err(BlueprintRejection::NothingNew.into());
    }
    let why = checked_reason(why).map_err(|refusal| at_why(&refusal))?;

    if let Some(mut before) = before {
        before.state = BlueprintState::Retired;
        work.save(&mut before);
    }
    kept.state = BlueprintState::Active;
    why.clone_into(&mut kept.why);
    kept.activated_by = Some(by.user_id);
    kept.activated_at = Some(work.now());
    work.save(&mut kept);
    let settings = (*company).clone();
    company.blueprint_no = number;
    if let Some(pattern) = read.order_pattern {
        company.order_pattern = pattern;
    }
    work.save(&mut company);
    let event = Event::of(EventKind::BlueprintActivated, "blueprint", number, &number.to_string()).because(why);
    work.record(by, event.changing(company.changes_from(&settings)));
    Ok(Saved::new(number, kept.version, &number.to_string()))
}

/// A reason is called `why` here.
fn at_why(refusal: &Refusal) -> Refusal {
    let mut refusal = refusal.clone();
    refusal.fields.iter_mut().for_each(|field| "/why".clone_into(&mut field.pointer));
    refusal
}

/// Codes of the company's roles.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn roles(work: &mut UnitOfWork) -> Outcome<Vec<String>> {
    work.want_of::<RolesByOrigin>([true, false]);
    let mut roles: Vec<Role> = Vec::new();
    for built_in in [true, false] {
        roles.extend(work.of::<RolesByOrigin>(built_in)?.iter().map(|role| (**role).clone()));
    }
    Ok(roles.into_iter().map(|role| role.code).collect())
}
