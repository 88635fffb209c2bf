//! Making a role.

use domain::{Act, Actor, Event, EventKind, FieldError, FieldRule, Refusal, Role, Version};
use store::{Outcome, UnitOfWork};

use super::RoleInput;
use crate::saved::Saved;

/// Makes a role.
///
/// # Errors
/// Refused without `role.edit`, for a code that is taken or malformed, and for unknown permissions.
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &RoleInput) -> Outcome<Saved> {
    by.may(Act::EditRole)?;
    let taken = work.find::<Role>(input.code.clone())?.is_some();
    let mut role = Role {
        code: input.code.clone(),
        version: Version::FIRST,
        name_zh_cn: String::new(),
        name_zh_tw: String::new(),
        name_en: String::new(),
        permissions: domain::Codes::default(),
        built_in: false,
    };
    input.put_into(&mut role);
    let mut wrong = role.check();
    if taken {
        wrong.push(FieldError::new("/code", FieldRule::Taken { value: input.code.clone() }));
    }
    Refusal::unless_valid(wrong)?;
    let event = Event::of(EventKind::RoleCreated, "role", 0, &role.code).with("permissions", role.permissions.clone());
    work.add(role);
    work.record(by, event);
    Ok(Saved::new(&input.code, Version::FIRST, &input.code))
}
