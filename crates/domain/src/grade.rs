//! Grades of customers: what the company's rule makes of their figures, and what people set by hand with the approval of somebody else (PTY-02).

use crate::actor::Actor;
use crate::codes::{Grade, codes};
use crate::currency::Currency;
use crate::customer::Customer;
use crate::date::Date;
use crate::decimal::divide_rounded;
use crate::event::{Change, Event, EventKind};
use crate::id::{CustomerId, UserId, Version};
use crate::instant::Instant;
use crate::money::Money;
use crate::permission::Act;
use crate::refusal::{FieldError, Refusal, rejections};
use crate::rule::FieldCheck;

codes! {
    /// What a grade asks of a customer.
    GradeCondition in "grade_condition" {
        /// Orders of the last twelve months come to at least so much.
        Turnover = "turnover",
        /// At most this share of the invoices that were due was paid late.
        LatePercent = "late_percent",
        /// Invoices were paid at most so many days late, on the average of all that were due.
        DaysLate = "days_late",
        /// Has ordered for at least so many years.
        Years = "years",
    }
}

codes! {
    /// Where the grade of a customer comes from.
    GradeSource in "grade_source" {
        /// Said with the file, by who may decide grades.
        Entered = "entered",
        /// The rule.
        Rule = "rule",
        /// Set by hand, approved by somebody else.
        Hand = "hand",
    }
}

rejections! {
    /// Why a grade is not changed.
    GradeRejection {
        /// The company's rules say nothing of grades.
        NoRule => Conflict "grade.no_rule",
        /// Nothing was worked out yet.
        NotComputed => Conflict "grade.not_computed",
        /// The rules are others than those it was worked out by.
        RulesChanged => Conflict "grade.rules_changed",
        /// Another grade was proposed before and waits.
        AlreadyProposed => Conflict "grade.already_proposed",
        NotProposed => Conflict "grade.not_proposed",
        /// Somebody else than who proposed it approves it.
        SamePerson => Denied "grade.same_person",
    }
}

rejections! {
    /// Why a grade in a field is refused.
    GradeRule {
        /// It has this grade already.
        Unchanged => Invalid "grade.unchanged",
        /// The grade of a file that is there changes by the rule, or by a proposal that is approved.
        ByApproval => Invalid "grade.by_approval",
        /// Without permission a new customer begins with the lowest grade.
        NeedsApproval => Invalid "grade.needs_approval",
    }
}

/// How long the reason of a proposal may be, in characters.
const REASON_MAX: i64 = 500;

/// What grades are judged by, as of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GradeFigures {
    /// Payable of orders of the last twelve months that took effect and were not cancelled, in the currency of the books.
    pub turnover: Money,
    /// Orders in a foreign currency that have no rate: they are not in the turnover.
    pub unrated: i64,
    /// Invoices of the last twelve months whose last day to pay is over.
    pub due: i64,
    /// Of those, paid after that day or still open.
    pub late: i64,
    /// Days those were late, together; open ones until the day of the figures.
    pub late_days: i64,
    /// Day of the first order that took effect.
    pub since: Option<Date>,
}

impl GradeFigures {
    /// The same day a year before: what was after it is of the last twelve months.
    pub fn window(on: Date) -> Date {
        Date::of(on.year() - 1, on.month(), on.day()).unwrap_or_else(|| on.plus_days(-366))
    }

    /// Counts invoices that were due on one day and paid on one day, or are still open.
    pub fn count(&mut self, due_on: Date, paid_on: Option<Date>, invoices: i64, on: Date) {
        let days = due_on.days_until(paid_on.unwrap_or(on)).max(0);
        self.due += invoices;
        if days > 0 {
            self.late += invoices;
            self.late_days += days * invoices;
        }
    }

    /// Share of the due invoices that were late, in millionths of a percent; nothing where none was due.
    pub fn late_percent(&self) -> Option<i128> {
        divide_rounded(i128::from(self.late) * 100_000_000, i128::from(self.due)).filter(|_| self.due > 0)
    }

    /// Days late on the average of all due invoices, in millionths; nothing where none was due.
    pub fn days_late(&self) -> Option<i128> {
        divide_rounded(i128::from(self.late_days) * 1_000_000, i128::from(self.due)).filter(|_| self.due > 0)
    }

    /// Whole months since the first order.
    pub fn months(&self, on: Date) -> i64 {
        let Some(since) = self.since.filter(|since| *since <= on) else { return 0 };
        let years = i64::from(on.year()) - i64::from(since.year());
        let months = i64::from(on.month()) - i64::from(since.month());
        years * 12 + months - i64::from(on.day() < since.day())
    }
}

/// One condition of one grade, with what was found: why it is given or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeReason {
    /// Of which grade.
    pub grade: Grade,
    /// What is asked.
    pub condition: GradeCondition,
    /// The limit, in millionths.
    pub limit: i128,
    /// What was found, in millionths; nothing where there is nothing to judge by, which is no fault.
    pub found: Option<i128>,
    /// Whether it holds.
    pub holds: bool,
}

/// What is known of the grade of a customer beside the grade itself.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerGrade {
    /// Which.
    pub customer_id: CustomerId,
    /// Raised by every change.
    pub version: Version,
    /// Where its grade comes from.
    pub source: GradeSource,
    /// Who set it.
    pub set_by: Option<UserId>,
    /// When.
    pub set_at: Option<Instant>,
    /// Why, where it was set by hand.
    pub reason: String,
    /// What the rule says; nothing before it was asked, and where there is no rule.
    pub rule_grade: Option<Grade>,
    /// Figure of [`GradeFigures`].
    pub turnover_minor: Money,
    /// Figure of [`GradeFigures`].
    pub unrated_count: i64,
    /// Figure of [`GradeFigures`].
    pub due_count: i64,
    /// Figure of [`GradeFigures`].
    pub late_count: i64,
    /// Figure of [`GradeFigures`].
    pub late_days: i64,
    /// Figure of [`GradeFigures`].
    pub since_on: Option<Date>,
    /// The day of the figures.
    pub computed_on: Option<Date>,
    /// When they were worked out.
    pub computed_at: Option<Instant>,
    /// By which version of the rules.
    pub blueprint_no: i64,
    /// The grade that was proposed and waits for an approval.
    pub proposed_grade: Option<Grade>,
    /// Who proposed it.
    pub proposed_by: Option<UserId>,
    /// When.
    pub proposed_at: Option<Instant>,
    /// Why.
    pub proposed_reason: String,
}

impl CustomerGrade {
    /// Of a customer whose grade was said with its file.
    pub fn entered(customer_id: CustomerId) -> Self {
        Self {
            customer_id,
            version: Version::FIRST,
            source: GradeSource::Entered,
            set_by: None,
            set_at: None,
            reason: String::new(),
            rule_grade: None,
            turnover_minor: Money::ZERO,
            unrated_count: 0,
            due_count: 0,
            late_count: 0,
            late_days: 0,
            since_on: None,
            computed_on: None,
            computed_at: None,
            blueprint_no: 0,
            proposed_grade: None,
            proposed_by: None,
            proposed_at: None,
            proposed_reason: String::new(),
        }
    }

    /// The figures it was judged by.
    pub fn figures(&self) -> GradeFigures {
        GradeFigures {
            turnover: self.turnover_minor,
            unrated: self.unrated_count,
            due: self.due_count,
            late: self.late_count,
            late_days: self.late_days,
            since: self.since_on,
        }
    }

    /// Keeps what the rule says, and the figures it says it by.
    pub fn judge(&mut self, figures: &GradeFigures, says: Grade, blueprint_no: i64, (on, now): (Date, Instant)) {
        (self.turnover_minor, self.unrated_count) = (figures.turnover, figures.unrated);
        (self.due_count, self.late_count, self.late_days) = (figures.due, figures.late, figures.late_days);
        (self.since_on, self.rule_grade) = (figures.since, Some(says));
        (self.computed_on, self.computed_at, self.blueprint_no) = (Some(on), Some(now), blueprint_no);
    }

    /// Gives the customer the grade that the rule says; nothing happens where it has it already by the rule.
    ///
    /// # Errors
    /// `customer.merged`; `grade.not_computed`; `grade.rules_changed` where other rules are in force than it was judged by.
    ///
    /// Source: PTY-02
    pub fn apply(
        &mut self,
        customer: &mut Customer,
        (in_force, books): (i64, Currency),
        by: &Actor,
        now: Instant,
    ) -> Result<Option<Event>, Refusal> {
        customer.not_merged()?;
        let (Some(says), Some(on)) = (self.rule_grade, self.computed_on) else { return Err(GradeRejection::NotComputed.into()) };
        if self.blueprint_no != in_force {
            return Err(GradeRejection::RulesChanged.into());
        }
        if customer.grade == says && self.source == GradeSource::Rule {
            return Ok(None);
        }
        let change = Change::between("grade", customer.grade, says);
        customer.grade = says;
        self.set(GradeSource::Rule, "", by, now);
        let figures = self.figures();
        let event = Event::of(EventKind::CustomerGraded, "customer", customer.id.raw(), &customer.code)
            .changing(change)
            .with("grade", says)
            .with("turnover", (figures.turnover, books))
            .with("late", figures.late)
            .with("due", figures.due)
            .with("days_late", figures.days_late().map_or_else(|| "–".to_owned(), |days| decimal_text(days, 1)))
            .with("years", decimal_text(i128::from(figures.months(on)) * 1_000_000 / 12, 1));
        Ok(Some(event))
    }

    /// Proposes another grade than the customer has; its grade stays until somebody else approves.
    ///
    /// # Errors
    /// `customer.merged`, `grade.already_proposed`; `invalid` at `/grade` where it is the grade it has, and at `/reason` without one.
    ///
    /// Source: PTY-02
    pub fn propose(&mut self, customer: &Customer, (grade, reason): (Grade, &str), by: &Actor, now: Instant) -> Result<Event, Refusal> {
        customer.not_merged()?;
        if self.proposed_grade.is_some() {
            return Err(GradeRejection::AlreadyProposed.into());
        }
        let mut check = FieldCheck::default();
        check.required(reason, REASON_MAX, "/reason");
        if grade == customer.grade {
            check.errors.push(FieldError::new("/grade", GradeRule::Unchanged));
        }
        Refusal::unless_valid(check.errors)?;
        (self.proposed_grade, self.proposed_by, self.proposed_at) = (Some(grade), Some(by.user_id), Some(now));
        reason.trim().clone_into(&mut self.proposed_reason);
        let event = Event::of(EventKind::CustomerGradeProposed, "customer", customer.id.raw(), &customer.code);
        Ok(event.with("grade", grade).with("now", customer.grade).because(reason.trim()))
    }

    /// Gives the customer the grade that was proposed.
    ///
    /// # Errors
    /// `customer.merged`, `grade.not_proposed`; `grade.same_person` for who proposed it; `invalid` at `/note`.
    ///
    /// Source: PTY-02
    pub fn approve(&mut self, customer: &mut Customer, note: &str, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        customer.not_merged()?;
        let Some(grade) = self.proposed_grade else { return Err(GradeRejection::NotProposed.into()) };
        if self.proposed_by == Some(by.user_id) {
            return Err(GradeRejection::SamePerson.into());
        }
        let mut check = FieldCheck::default();
        check.optional(note, REASON_MAX, "/note");
        Refusal::unless_valid(check.errors)?;
        let change = Change::between("grade", customer.grade, grade);
        customer.grade = grade;
        let reason = std::mem::take(&mut self.proposed_reason);
        self.set(GradeSource::Hand, &reason, by, now);
        self.settle();
        let event = Event::of(EventKind::CustomerGradeApproved, "customer", customer.id.raw(), &customer.code);
        Ok(event.changing(change).with("grade", grade).with("proposed_for", reason).because(note.trim()))
    }

    /// Leaves the customer the grade it has. Who proposed another one may take it back so.
    ///
    /// # Errors
    /// `denied` for others than who may decide grades and who proposed it; `grade.not_proposed`; `invalid` at `/reason` without one.
    ///
    /// Source: PTY-02
    pub fn refuse(&mut self, customer: &Customer, reason: &str, by: &Actor) -> Result<Event, Refusal> {
        let Some(grade) = self.proposed_grade else { return Err(GradeRejection::NotProposed.into()) };
        if self.proposed_by != Some(by.user_id) {
            by.may(Act::GradeCustomer)?;
        }
        let mut check = FieldCheck::default();
        check.required(reason, REASON_MAX, "/reason");
        Refusal::unless_valid(check.errors)?;
        self.settle();
        let event = Event::of(EventKind::CustomerGradeRefused, "customer", customer.id.raw(), &customer.code);
        Ok(event.with("grade", grade).with("now", customer.grade).because(reason.trim()))
    }

    fn set(&mut self, source: GradeSource, reason: &str, by: &Actor, now: Instant) {
        (self.source, self.set_by, self.set_at) = (source, Some(by.user_id), Some(now));
        reason.clone_into(&mut self.reason);
    }

    fn settle(&mut self) {
        (self.proposed_grade, self.proposed_by, self.proposed_at) = (None, None, None);
        self.proposed_reason.clear();
    }
}

/// Millionths as a plain decimal of at most so many digits, without zeros at the end.
pub fn decimal_text(millionths: i128, digits: u32) -> String {
    let unit = 10_i128.pow(6 - digits.min(6));
    let rounded = divide_rounded(millionths, unit).unwrap_or_default() * unit;
    let text = format!("{}.{:06}", rounded / 1_000_000, (rounded % 1_000_000).abs());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{actor, customer, now};

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn months_are_whole_and_the_window_is_a_year() {
        let check = |since: &str, on: &str, months: i64| {
            let figures = GradeFigures { since: Some(day(since)), ..GradeFigures::default() };
            assert_eq!(figures.months(day(on)), months, "{since} {on}");
        };
        check("2024-11-21", "2026-11-21", 24);
        check("2024-11-22", "2026-11-21", 23);
        check("2026-12-01", "2026-11-21", 0);
        assert_eq!(GradeFigures::window(day("2028-02-29")), day("2027-02-28"));
        assert_eq!(GradeFigures::window(day("2026-11-21")), day("2025-11-21"));
    }

    #[test]
    fn what_is_late_is_counted_until_it_is_paid() {
        let mut figures = GradeFigures::default();
        let on = day("2026-11-21");
        assert_eq!((figures.late_percent(), figures.days_late()), (None, None));
        figures.count(day("2026-11-01"), Some(day("2026-11-01")), 2, on);
        figures.count(day("2026-11-01"), Some(day("2026-11-04")), 1, on);
        figures.count(day("2026-11-11"), None, 1, on);
        assert_eq!((figures.due, figures.late, figures.late_days), (4, 2, 13));
        assert_eq!((figures.late_percent(), figures.days_late()), (Some(50_000_000), Some(3_250_000)));
        assert_eq!(
            (decimal_text(3_250_000, 1), decimal_text(50_000_000, 2), decimal_text(-1_500_000, 1)),
            ("3.3".into(), "50".into(), "-1.5".into())
        );
    }

    /// PTY-02
    #[test]
    fn a_grade_by_hand_waits_for_somebody_else() {
        let (mut file, rep, boss) = (customer(), actor(2, "sales_rep"), actor(3, "sales_manager"));
        file.grade = Grade::C;
        let mut kept = CustomerGrade::entered(file.id);
        let refused = |result: Result<Event, Refusal>| result.unwrap_err();
        assert_eq!(refused(kept.approve(&mut file, "", &boss, now())).code, "grade.not_proposed");
        let wrong = refused(kept.propose(&file, (Grade::C, " "), &rep, now()));
        let fields: Vec<_> = wrong.fields.iter().map(|field| (field.pointer.as_str(), field.code)).collect();
        assert_eq!(fields, [("/reason", "value.required"), ("/grade", "grade.unchanged")]);
        kept.propose(&file, (Grade::A, "年框客户"), &rep, now()).unwrap();
        assert_eq!(file.grade, Grade::C, "the old one holds");
        assert_eq!(refused(kept.propose(&file, (Grade::B, "x"), &rep, now())).code, "grade.already_proposed");
        assert_eq!(refused(kept.approve(&mut file, "", &rep, now())).code, "grade.same_person");
        assert_eq!(refused(kept.refuse(&file, "x", &actor(4, "sales_rep"))).code, "denied");
        kept.approve(&mut file, "同意", &boss, now()).unwrap();
        assert_eq!((file.grade, kept.source, kept.reason.as_str(), kept.proposed_grade), (Grade::A, GradeSource::Hand, "年框客户", None));
        kept.propose(&file, (Grade::B, "x"), &rep, now()).unwrap();
        kept.refuse(&file, "我撤回", &rep).unwrap();
        assert_eq!((file.grade, kept.proposed_grade), (Grade::A, None));
    }

    /// PTY-02
    #[test]
    fn the_rule_is_applied_as_it_was_worked_out() {
        let (mut file, boss) = (customer(), actor(3, "sales_manager"));
        file.grade = Grade::C;
        let mut kept = CustomerGrade::entered(file.id);
        let apply = |kept: &mut CustomerGrade, file: &mut Customer, no: i64| kept.apply(file, (no, Currency::CNY), &boss, now());
        assert_eq!(apply(&mut kept, &mut file, 1).unwrap_err().code, "grade.not_computed");
        let figures = GradeFigures { turnover: Money::from_minor(1_200_000), due: 4, late: 1, late_days: 6, ..GradeFigures::default() };
        kept.judge(&figures, Grade::B, 1, (day("2026-11-21"), now()));
        assert_eq!(apply(&mut kept, &mut file, 2).unwrap_err().code, "grade.rules_changed");
        let event = apply(&mut kept, &mut file, 1).unwrap().unwrap();
        assert_eq!((file.grade, kept.source), (Grade::B, GradeSource::Rule));
        assert_eq!(event.facts()["days_late"], "1.5");
        assert_eq!(apply(&mut kept, &mut file, 1).unwrap(), None);
    }
}
