//! Putting a draft in force: the next order is made under it, those there are keep theirs; roles become as it says.

use domain::{
    Act, Actor, Blueprint, BlueprintRejection, BlueprintState, Calendar, Company, CompanyCodes, Event, EventKind, KeptBlueprint, Mistake,
    Refusal, Role, RoleChange, STANDARD, TaskKind, Version, checked_reason,
};
use store::{Held, Outcome, UnitOfWork};

use super::edit::draft;
use crate::saved::Saved;
use crate::user;

/// Activates a draft without mistakes. Roles that it names are made, or changed where they differ, for the same reason.
///
/// # Errors
/// Refused without `blueprint.edit`, and where roles change without `role.edit`; where nobody, or not the caller, could edit users any more; `NotDraft`,
/// `NothingNew`; `HasMistakes`; `stale`; `invalid` without a reason.
///
/// Source: POL-01, SEC-01, INT-10
pub fn activate(work: &mut UnitOfWork, by: &Actor, number: i64, version: Option<Version>, why: &str) -> Outcome<Saved> {
    by.may(Act::EditBlueprint)?;
    let mut kept = draft(work, number, version)?;
    let roles = user::roles(work)?;
    let read = checked(work, kept.content.as_str(), &roles)?;
    let in_force = work.get::<Company>(work.company())?.blueprint_no;
    let before = match in_force {
        0 => None,
        number => Some(work.get::<KeptBlueprint>(number)?),
    };
    if before.as_ref().map_or(STANDARD, |before| before.content.as_str()) == kept.content.as_str() {
        return Err(BlueprintRejection::NothingNew.into());
    }
    let why = checked_reason(why).map_err(|refusal| at_why(&refusal))?;
    change_roles(work, by, &read, &roles, why)?;

    if let Some(mut before) = before {
        before.state = BlueprintState::Retired;
        work.save(&mut before);
    }
    kept.state = BlueprintState::Active;
    why.clone_into(&mut kept.why);
    kept.activated_by = Some(by.user_id);
    kept.activated_at = Some(work.now());
    work.save(&mut kept);
    let mut company = work.get::<Company>(work.company())?;
    let settings = (*company).clone();
    company.blueprint_no = number;
    read.numbers.iter().for_each(|(kind, pattern)| company.number_by(*kind, pattern));
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

/// What a draft says, checked against what the company has.
fn checked(work: &mut UnitOfWork, content: &str, roles: &[Held<Role>]) -> Outcome<Blueprint> {
    let wrong = |mistakes: Vec<Mistake>| {
        Refusal::from(BlueprintRejection::HasMistakes { count: i64::try_from(mistakes.len()).unwrap_or(i64::MAX) })
    };
    let read = Blueprint::read(content, None).map_err(wrong)?;
    work.want::<Calendar>(read.named_calendars().map(str::to_owned));
    work.want::<TaskKind>(read.named_task_kinds().map(str::to_owned));
    let (mut calendars, mut kinds) = (Vec::new(), Vec::new());
    for code in read.named_calendars() {
        calendars.extend(work.find::<Calendar>(code.to_owned())?.map(|calendar| calendar.code.clone()));
    }
    for code in read.named_task_kinds() {
        kinds.extend(work.find::<TaskKind>(code.to_owned())?.map(|kind| kind.code.clone()));
    }
    let known = CompanyCodes::of(roles, calendars.into_iter().collect(), kinds.into_iter().collect());
    Ok(Blueprint::read(content, Some(&known)).map_err(wrong)?)
}

/// Makes and changes the roles that the rules name.
fn change_roles(work: &mut UnitOfWork, by: &Actor, read: &Blueprint, roles: &[Held<Role>], why: &str) -> Outcome<()> {
    let before: Vec<Role> = roles.iter().map(|role| (**role).clone()).collect();
    let changes = read.role_changes(&before);
    if changes.is_empty() {
        return Ok(());
    }
    by.may(Act::EditRole)?;
    let right = Act::EditUser.as_str();
    if changes.iter().any(|change| change.lost.contains(right)) {
        let mut after = before.clone();
        for change in &changes {
            after.iter_mut().filter(|role| role.code == change.rule.code).for_each(|role| change.rule.put_into(role));
        }
        let users = user::active(work)?;
        user::guard_administration(work, by, &users, &after)?;
    }
    for RoleChange { rule, .. } in changes {
        match roles.iter().find(|role| role.code == rule.code) {
            Some(held) => {
                let (mut role, was) = (held.clone(), (**held).clone());
                rule.put_into(&mut role);
                work.save(&mut role);
                work.record(by, Event::of(EventKind::RoleEdited, "role", 0, &rule.code).because(why).changing(role.changes_from(&was)));
            }
            None => {
                work.find::<Role>(rule.code.clone())?;
                let role = rule.role();
                let event = Event::of(EventKind::RoleCreated, "role", 0, &rule.code).because(why);
                work.record(by, event.with("permissions", role.permissions.clone()));
                work.add(role);
            }
        }
    }
    Ok(())
}
