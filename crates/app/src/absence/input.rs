//! What is said of an absence.

use domain::{Absence, AbsenceId, Date, FieldError, FieldRule, User, UserId, Version};
use store::rows::UserAbsences;
use store::{Held, Outcome, UnitOfWork};

/// An absence, as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsenceInput {
    /// Who is away.
    pub user_id: UserId,
    /// Who stands in.
    pub substitute_id: UserId,
    /// First day.
    pub from_on: Date,
    /// Last day.
    pub to_on: Date,
    /// What to know.
    pub note: String,
}

impl AbsenceInput {
    pub(crate) fn absence(&self, id: AbsenceId, version: Version) -> Absence {
        let Self { user_id, substitute_id, from_on, to_on, ref note } = *self;
        Absence { id, version, user_id, substitute_id, from_on, to_on, note: note.trim().to_owned() }
    }
}

/// What is wrong with an absence, also beside the others of the same person. Whoever is away is raised in version, so that two absences that
/// overlap are not made at once.
pub(crate) fn check(work: &mut UnitOfWork, absence: &Absence) -> Outcome<(Vec<FieldError>, Held<User>, Held<User>)> {
    work.want::<User>([absence.user_id, absence.substitute_id]);
    work.want_of::<UserAbsences>([absence.user_id]);
    let user = super::user(work, "/user_id", absence.user_id)?;
    let substitute = super::user(work, "/substitute_id", absence.substitute_id)?;
    let others = work.of::<UserAbsences>(absence.user_id)?;
    let mut errors = absence.check(others.iter().map(|other| &**other));
    if !substitute.active {
        errors.push(FieldError::new("/substitute_id", FieldRule::Inactive { value: substitute.name.clone() }));
    }
    Ok((errors, user, substitute))
}
