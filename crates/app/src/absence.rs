//! Absences: who is away, and who stands in (TSK-04).

mod input;

pub mod create;
pub mod delete;
pub mod edit;

use std::collections::{BTreeMap, BTreeSet};

use domain::{Absence, Act, Actor, Codes, Date, Refusal, User, UserId};
use store::rows::{SubstituteAbsences, UserAbsences, UsersByActive};
use store::{Outcome, UnitOfWork};

pub use input::AbsenceInput;

/// Refuses who arranges the absence of somebody else without `absence.edit`.
fn may_arrange(by: &Actor, user: UserId) -> Result<(), Refusal> {
    if by.user_id == user && !user.is_none() { Ok(()) } else { by.may(Act::EditAbsence) }
}

/// For whom a user acts on a day beside oneself: for those who are away and named this user, and for those for whom they would have acted.
///
/// # Errors
/// Leaves when the absences are not loaded yet.
///
/// Source: TSK-04, APR-03
pub fn stands_in_for(work: &mut UnitOfWork, user: UserId, day: Date) -> Outcome<Vec<UserId>> {
    let (mut found, mut open) = (BTreeSet::new(), vec![user]);
    while let Some(substitute) = open.pop() {
        for absence in work.of::<SubstituteAbsences>(substitute)?.iter().filter(|absence| absence.lasts_on(day)) {
            if absence.user_id != user && found.insert(absence.user_id) {
                open.push(absence.user_id);
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// Who is there on a day: every user who may sign in, and who stands in for those who are away.
#[derive(Debug)]
pub struct Present {
    users: BTreeMap<UserId, (String, Codes)>,
    substitutes: BTreeMap<UserId, UserId>,
}

/// Who is there on a day.
///
/// # Errors
/// Leaves when users or absences are not loaded yet.
pub fn present(work: &mut UnitOfWork, day: Date) -> Outcome<Present> {
    let users: BTreeMap<UserId, (String, Codes)> =
        work.of::<UsersByActive>(true)?.into_iter().map(|user| (user.id, (user.name.clone(), user.roles.clone()))).collect();
    work.want_of::<UserAbsences>(users.keys().copied());
    let mut substitutes = BTreeMap::new();
    for user in users.keys() {
        let away: Option<store::Held<Absence>> = work.of::<UserAbsences>(*user)?.into_iter().find(|absence| absence.lasts_on(day));
        substitutes.extend(away.map(|absence| (*user, absence.substitute_id)));
    }
    Ok(Present { users, substitutes })
}

impl Present {
    /// Who acts for a user: oneself, or whoever stands in, or in turn for them. Nobody where all of them are away or gone.
    pub fn acting_for(&self, user: UserId) -> Option<UserId> {
        let (mut at, mut seen) = (user, BTreeSet::new());
        while seen.insert(at) {
            match self.substitutes.get(&at) {
                Some(next) => at = *next,
                None => return self.users.contains_key(&at).then_some(at),
            }
        }
        None
    }

    /// Who acts in a role, each once, with their names: those who have it and are there, and who stands in for the others. Where nobody is left,
    /// those who have it hear of it when they are back.
    pub fn in_role(&self, role: &str) -> Vec<(UserId, &str)> {
        let holders: Vec<UserId> = self.users.iter().filter(|(_, (_, roles))| roles.contains(role)).map(|(id, _)| *id).collect();
        let acting: BTreeSet<UserId> = holders.iter().filter_map(|user| self.acting_for(*user)).collect();
        let told: Vec<UserId> = if acting.is_empty() { holders } else { acting.into_iter().collect() };
        told.into_iter().filter_map(|id| self.users.get(&id).map(|(name, _)| (id, name.as_str()))).collect()
    }
}

/// The user, for whom something is arranged.
fn user(work: &mut UnitOfWork, pointer: &str, id: UserId) -> Outcome<store::Held<User>> {
    let found = work.find::<User>(id)?;
    found.ok_or_else(|| Refusal::invalid(vec![crate::field::unknown(pointer, &id.to_string())]).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substitutes_are_followed_to_somebody_who_is_there() {
        let id = UserId::from_raw;
        let user = |raw: i64, roles: &str| (id(raw), (format!("u{raw}"), Codes::parse(roles)));
        let users = [user(1, "finance"), user(2, "finance"), user(3, "sales_rep"), user(4, "admin")];
        let present = |away: &[(i64, i64)]| Present {
            users: users.iter().cloned().collect(),
            substitutes: away.iter().map(|(user, substitute)| (id(*user), id(*substitute))).collect(),
        };
        let check = |away: &[(i64, i64)], expected: &[i64]| {
            let there = present(away);
            let told: Vec<i64> = there.in_role("finance").into_iter().map(|(id, _)| id.raw()).collect();
            assert_eq!(told, expected, "{away:?}");
        };
        check(&[], &[1, 2]);
        check(&[(1, 3)], &[2, 3]);
        check(&[(1, 2)], &[2]);
        check(&[(1, 3), (3, 4)], &[2, 4]);
        check(&[(1, 2), (2, 1)], &[1, 2]);
        check(&[(1, 9)], &[2]);
    }
}
