//! What a customer's grade asks of it (PTY-02). In a file, the highest grade first; the first entry whose conditions all hold is the grade:
//!
//! ```toml
//! [[grade]]
//! grade = "A"
//! turnover = 500000      # orders of the last twelve months come to at least so much, in the currency of the books
//! late_percent = 10      # at most so many percent of the due invoices were late
//! days_late = 3          # on the average of all due invoices at most so many days
//! years = 2              # has ordered for at least so many years
//!
//! [[grade]]
//! grade = "C"            # the last one asks for nothing
//! ```

use serde::Deserialize;
use toml::Spanned;

use crate::codes::Grade;
use crate::currency::Currency;
use crate::date::Date;
use crate::grade::{GradeCondition, GradeFigures, GradeReason};
use crate::rule::FieldRule;
use crate::rules::blueprint::Blueprint;
use crate::rules::mistake::BlueprintRule;
use crate::rules::read::{Reader, unknown};
use crate::rules::value::ONE;

/// What one grade asks; what is not said is not asked. Limits are in millionths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeTerms {
    /// The grade.
    pub grade: Grade,
    /// Orders of the last twelve months, in the currency of the books, at least.
    pub turnover: Option<i128>,
    /// Percent of the due invoices that were late, at most.
    pub late_percent: Option<i128>,
    /// Days late on the average of all due invoices, at most.
    pub days_late: Option<i128>,
    /// Years since the first order, at least.
    pub years: Option<i128>,
}

impl GradeTerms {
    /// Each of its conditions with what was found. Where no invoice was due, nobody was late.
    pub fn reasons(&self, figures: &GradeFigures, on: Date, books: Currency) -> Vec<GradeReason> {
        let due = i128::from(figures.due);
        let turnover = i128::from(figures.turnover.minor()) * ONE / 10_i128.pow(books.minor_digits());
        let months = i128::from(figures.months(on)) * ONE;
        let reason = |condition: GradeCondition, limit: i128, found: Option<i128>, holds: bool| GradeReason {
            grade: self.grade,
            condition,
            limit,
            found,
            holds,
        };
        [
            self.turnover.map(|limit| reason(GradeCondition::Turnover, limit, Some(turnover), turnover >= limit)),
            self.late_percent.map(|limit| {
                let holds = i128::from(figures.late) * 100 * ONE <= limit * due;
                reason(GradeCondition::LatePercent, limit, figures.late_percent(), holds)
            }),
            self.days_late.map(|limit| {
                let holds = i128::from(figures.late_days) * ONE <= limit * due;
                reason(GradeCondition::DaysLate, limit, figures.days_late(), holds)
            }),
            self.years.map(|limit| reason(GradeCondition::Years, limit, Some(months / 12), months >= limit * 12)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn asks_nothing(&self) -> bool {
        [self.turnover, self.late_percent, self.days_late, self.years].iter().all(Option::is_none)
    }
}

impl Blueprint {
    /// The grade of a customer with these figures; nothing where the rules say nothing of grades.
    ///
    /// Source: PTY-02
    pub fn grade(&self, figures: &GradeFigures, on: Date, books: Currency) -> Option<Grade> {
        let holds = |terms: &&GradeTerms| terms.reasons(figures, on, books).iter().all(|reason| reason.holds);
        self.grades.iter().find(holds).map(|terms| terms.grade)
    }

    /// Every condition of every grade with what was found, in the order of the file.
    pub fn grade_reasons(&self, figures: &GradeFigures, on: Date, books: Currency) -> Vec<GradeReason> {
        self.grades.iter().flat_map(|terms| terms.reasons(figures, on, books)).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGrade {
    grade: Spanned<String>,
    #[serde(default)]
    turnover: Option<Spanned<toml::Value>>,
    #[serde(default)]
    late_percent: Option<Spanned<toml::Value>>,
    #[serde(default)]
    days_late: Option<Spanned<toml::Value>>,
    #[serde(default)]
    years: Option<Spanned<toml::Value>>,
}

impl Reader<'_> {
    pub(super) fn grades(&mut self, raw: &[RawGrade]) -> Vec<GradeTerms> {
        let read: Vec<Option<GradeTerms>> = raw.iter().enumerate().map(|(place, one)| self.one_grade(place, one)).collect();
        for (place, one) in read.iter().enumerate() {
            let Some(terms) = one else { continue };
            let at = format!("/grade/{place}");
            let before: Vec<Grade> = read[..place].iter().flatten().map(|terms| terms.grade).collect();
            if before.contains(&terms.grade) {
                self.wrong_at(&format!("{at}/grade"), BlueprintRule::Repeated { name: terms.grade.as_str().to_owned() });
            } else if before.last().is_some_and(|higher| higher.as_str() > terms.grade.as_str()) {
                self.wrong_at(&format!("{at}/grade"), BlueprintRule::GradeOrder { grade: terms.grade.as_str().to_owned() });
            }
            let last = place + 1 == read.len();
            if last && !terms.asks_nothing() {
                self.wrong_at(&at, BlueprintRule::LastGradeAsks { grade: terms.grade.as_str().to_owned() });
            } else if !last && terms.asks_nothing() {
                self.wrong_at(&at, BlueprintRule::GradeAsksNothing { grade: terms.grade.as_str().to_owned() });
            }
        }
        read.into_iter().flatten().collect()
    }

    fn one_grade(&mut self, place: usize, raw: &RawGrade) -> Option<GradeTerms> {
        let (at, path) = (format!("/grade/{place}"), format!("grade[{}]", place + 1));
        let named = raw.grade.get_ref();
        let grade = Grade::parse(named);
        if grade.is_none() {
            self.wrong_at(&format!("{at}/grade"), unknown(named, Grade::ALL.iter().map(|grade| grade.as_str())));
        }
        let mut limit = |field: &str, value: &Option<Spanned<toml::Value>>, most: i64| {
            let Some(value) = value else { return Some(None) };
            let number = self.number(&format!("{path}.{field}"), value)?;
            if !(0..=i128::from(most) * ONE).contains(&number) {
                self.wrong_at(&format!("{at}/{field}"), FieldRule::OutOfRange { min: 0, max: most });
                return None;
            }
            Some(Some(number))
        };
        let turnover = limit("turnover", &raw.turnover, 1_000_000_000_000);
        let late_percent = limit("late_percent", &raw.late_percent, 100);
        let (days_late, years) = (limit("days_late", &raw.days_late, 3_660), limit("years", &raw.years, 100));
        Some(GradeTerms { grade: grade?, turnover: turnover?, late_percent: late_percent?, days_late: days_late?, years: years? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;

    const RULES: &str = "title = \"x\"\n[[grade]]\ngrade = \"A\"\nturnover = \"1000.50\"\nlate_percent = 10\ndays_late = 2.5\nyears = 2\n\
        [[grade]]\ngrade = \"B\"\nturnover = 100\n[[grade]]\ngrade = \"C\"\n";

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    /// PTY-02
    #[test]
    fn the_highest_grade_whose_conditions_all_hold_is_given_with_the_reasons() {
        let rules = Blueprint::read(RULES, None).unwrap();
        let on = day("2026-11-21");
        let good = GradeFigures { turnover: Money::from_minor(100_050), since: Some(day("2024-11-21")), ..GradeFigures::default() };
        let check = |figures: &GradeFigures, grade: Grade| assert_eq!(rules.grade(figures, on, Currency::CNY), Some(grade), "{figures:?}");
        check(&good, Grade::A);
        check(&GradeFigures { turnover: Money::from_minor(100_049), ..good.clone() }, Grade::B);
        check(&GradeFigures { since: Some(day("2024-11-22")), ..good.clone() }, Grade::B);
        check(&GradeFigures { since: None, ..good.clone() }, Grade::B);
        check(&GradeFigures { due: 10, late: 1, late_days: 25, ..good.clone() }, Grade::A);
        check(&GradeFigures { due: 10, late: 1, late_days: 26, ..good.clone() }, Grade::B);
        check(&GradeFigures { due: 9, late: 1, late_days: 1, ..good.clone() }, Grade::B);
        check(&GradeFigures::default(), Grade::C);
        let reasons = rules.grade_reasons(&GradeFigures { due: 9, late: 1, late_days: 18, ..good }, on, Currency::CNY);
        let shown: Vec<_> = reasons.iter().map(|one| (one.grade, one.condition, one.found, one.holds)).collect();
        assert_eq!(
            shown,
            [
                (Grade::A, GradeCondition::Turnover, Some(1_000_500_000), true),
                (Grade::A, GradeCondition::LatePercent, Some(11_111_111), false),
                (Grade::A, GradeCondition::DaysLate, Some(2_000_000), true),
                (Grade::A, GradeCondition::Years, Some(2_000_000), true),
                (Grade::B, GradeCondition::Turnover, Some(1_000_500_000), true),
            ]
        );
        assert_eq!(Blueprint::read("title = \"x\"", None).unwrap().grade(&GradeFigures::default(), on, Currency::CNY), None);
    }

    #[test]
    fn mistakes_have_a_place() {
        let check = |from: &str, to: &str, path: &str, code: &str| {
            let mistakes = Blueprint::read(&RULES.replacen(from, to, 1), None).unwrap_err();
            let found: Vec<_> = mistakes.iter().map(|mistake| (mistake.path.as_str(), mistake.reason.code)).collect();
            assert_eq!(found, [(path, code)], "{to}");
        };
        check("grade = \"B\"", "grade = \"D\"", "grade[2].grade", "blueprint.unknown_name");
        check("grade = \"B\"", "grade = \"A\"", "grade[2].grade", "blueprint.repeated");
        let turned = RULES.replace("\"A\"", "\"X\"").replace("\"B\"", "\"A\"").replace("\"X\"", "\"B\"");
        let mistakes = Blueprint::read(&turned, None).unwrap_err();
        assert_eq!((mistakes[0].path.as_str(), mistakes[0].reason.code), ("grade[2].grade", "blueprint.grade_order"));
        check("turnover = 100\n", "", "grade[2]", "blueprint.grade_asks_nothing");
        check("grade = \"C\"\n", "grade = \"C\"\nyears = 1\n", "grade[3]", "blueprint.last_grade_asks");
        check("late_percent = 10", "late_percent = 101", "grade[1].late_percent", "value.out_of_range");
        check("days_late = 2.5", "days_late = \"few\"", "grade[1].days_late", "blueprint.not_a_number");
    }
}
