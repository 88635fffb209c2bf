//! Absences: who stands in for whom, and when (TSK-04).

use crate::date::Date;
use crate::event::{Change, changes};
use crate::id::{AbsenceId, UserId, Version};
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};

rejections! {
    /// What is wrong with an absence.
    AbsenceRule {
        /// Nobody stands in for oneself.
        Oneself => Invalid "absence.oneself",
        /// The same person is away at that time already.
        Overlapping { from: Date, to: Date } => Invalid "absence.overlapping",
    }
}

/// Somebody is away, and somebody stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Absence {
    /// Key.
    pub id: AbsenceId,
    /// Raised by every change.
    pub version: Version,
    /// Who is away.
    pub user_id: UserId,
    /// Who stands in.
    pub substitute_id: UserId,
    /// First day away.
    pub from_on: Date,
    /// Last day away.
    pub to_on: Date,
    /// Why, or what to know.
    pub note: String,
}

/// Days of one absence at the most.
const MAX_DAYS: i64 = 366;

impl Absence {
    /// Whether it lasts on a day.
    pub fn lasts_on(&self, day: Date) -> bool {
        self.from_on <= day && day <= self.to_on
    }

    /// What is wrong with it, each at its field; `others` are all absences of the same person.
    pub fn check<'a>(&self, others: impl IntoIterator<Item = &'a Self>) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        if self.user_id == self.substitute_id {
            check.errors.push(FieldError::new("/substitute_id", AbsenceRule::Oneself));
        }
        check.that(self.to_on >= self.from_on, "/to_on", FieldRule::Before { date: self.from_on });
        let last = self.from_on.plus_days(MAX_DAYS);
        check.that(self.to_on <= last, "/to_on", FieldRule::After { date: last });
        check.optional(&self.note, 500, "/note");
        let overlaps = |other: &&Self| other.id != self.id && other.from_on <= self.to_on && self.from_on <= other.to_on;
        let days = self.from_on <= self.to_on;
        if let Some(other) = others.into_iter().find(overlaps).filter(|_| days) {
            let rule = AbsenceRule::Overlapping { from: other.from_on, to: other.to_on };
            check.errors.push(FieldError::new("/from_on", rule));
        }
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "substitute_id": |absence| absence.substitute_id.to_string(),
            "from_on": |absence| absence.from_on,
            "to_on": |absence| absence.to_on,
            "note": |absence| absence.note.clone(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absences_of_one_person_do_not_overlap() {
        let absence = |id: i64, from: &str, to: &str| Absence {
            id: AbsenceId::from_raw(id),
            version: Version::FIRST,
            user_id: UserId::from_raw(1),
            substitute_id: UserId::from_raw(2),
            from_on: Date::parse(from).unwrap(),
            to_on: Date::parse(to).unwrap(),
            note: String::new(),
        };
        let there = [absence(1, "2026-11-10", "2026-11-20")];
        let check = |from: &str, to: &str, expected: &[&str]| {
            let codes: Vec<_> = absence(2, from, to).check(&there).into_iter().map(|error| error.code).collect();
            assert_eq!(codes, expected, "{from} {to}");
        };
        check("2026-11-21", "2026-11-21", &[]);
        check("2026-11-01", "2026-11-09", &[]);
        check("2026-11-20", "2026-11-25", &["absence.overlapping"]);
        check("2026-11-12", "2026-11-13", &["absence.overlapping"]);
        check("2026-11-25", "2026-11-24", &["date.before"]);
        assert_eq!(absence(1, "2026-11-12", "2026-11-30").check(&there), []);
        let alone = Absence { substitute_id: UserId::from_raw(1), ..absence(3, "2027-01-01", "2027-01-02") };
        assert_eq!(alone.check(&there)[0].code, "absence.oneself");
    }
}
