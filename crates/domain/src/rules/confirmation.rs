//! Whom a company asks to sign the confirmation of an order (CNF-02, CNF-03, CNF-04).

use serde::Deserialize;
use toml::Spanned;

use crate::link::LINK_DAYS;
use crate::order::{Signature, SlipRule};
use crate::rule::FieldRule;
use crate::rules::check::Known;
use crate::rules::condition::Condition;
use crate::rules::fact::{FactSource, Facts};
use crate::rules::read::{Reader, unknown};

/// Whom the customer's signature is asked of. In a file:
///
/// ```toml
/// [confirmation]
/// ask = "customer.grade != 'A'"      # the order takes effect with the signature
/// owe = "customer.grade == 'A'"      # it takes effect at once, and the signed copy is owed
/// slip = "calendar"                  # or "working", "none"
/// valid_days = 30
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ConfirmationRule {
    /// Of which orders the signature is waited for.
    pub ask: Option<Condition>,
    /// Of which orders it may come after they took effect.
    pub owe: Option<Condition>,
    /// How the promised date slips until it is back.
    pub slip: SlipRule,
    /// Days for which the customer's link may be used.
    pub valid_days: i64,
}

impl ConfirmationRule {
    /// What must be at hand to know whether an order is signed.
    pub fn sources(&self) -> Vec<FactSource> {
        let mut sources: Vec<FactSource> = self.conditions().flat_map(Condition::sources).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// Whether it asks for evidence.
    pub fn asks_for_proof(&self) -> bool {
        self.conditions().any(|condition| !condition.proofs().is_empty())
    }

    fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.ask.iter().chain(&self.owe)
    }

    /// Whether an order is signed before or after it takes effect. What is not known is signed before.
    ///
    /// Source: CNF-04
    pub fn signature(&self, facts: &Facts<'_>) -> Signature {
        if self.owe.as_ref().is_some_and(|owe| owe.holds(facts) == Some(true)) {
            return Signature::Owed;
        }
        if self.ask.as_ref().is_some_and(|ask| ask.holds(facts) != Some(false)) { Signature::Asked } else { Signature::None }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConfirmation {
    #[serde(default)]
    ask: Option<Spanned<String>>,
    #[serde(default)]
    owe: Option<Spanned<String>>,
    #[serde(default)]
    slip: Option<String>,
    #[serde(default)]
    valid_days: Option<i64>,
}

impl Reader<'_> {
    pub(super) fn confirmation(&mut self, raw: &RawConfirmation, known: &Known<'_>) -> ConfirmationRule {
        let ask = raw.ask.as_ref().and_then(|text| self.condition("confirmation.ask", text, known));
        let owe = raw.owe.as_ref().and_then(|text| self.condition("confirmation.owe", text, known));
        let named = raw.slip.as_deref();
        let slip = named.map_or(Some(SlipRule::Calendar), SlipRule::parse);
        if let (None, Some(name)) = (slip, named) {
            self.wrong_at("/confirmation/slip", unknown(name, SlipRule::ALL.iter().map(|rule| rule.as_str())));
        }
        let valid_days = raw.valid_days.unwrap_or(LINK_DAYS);
        if !(1..=365).contains(&valid_days) {
            self.wrong_at("/confirmation/valid_days", FieldRule::OutOfRange { min: 1, max: 365 });
        }
        ConfirmationRule { ask, owe, slip: slip.unwrap_or(SlipRule::Calendar), valid_days }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Blueprint;
    use crate::sample::{customer, draft, now, today};
    use crate::{Currency, Grade};

    const RULES: &str =
        "title = \"x\"\n[confirmation]\nask = \"customer.grade != 'A'\"\nowe = \"customer.grade == 'A'\"\nslip = \"working\"\n";

    #[test]
    fn grade_a_signs_afterwards_and_the_others_before() {
        let rules = Blueprint::read(RULES, None).unwrap();
        let rule = rules.confirmation.unwrap();
        assert_eq!((rule.slip, rule.valid_days, rule.sources()), (SlipRule::Working, 30, vec![FactSource::Customer]));
        let (order, _) = draft(&[("1", "10.00")]);
        let mut customer = customer();
        let mut check = |grade: Grade, expected: Signature| {
            customer.grade = grade;
            let mut facts = Facts::of(&order, today(), now(), Currency::CNY);
            assert_eq!(rule.signature(&facts), Signature::Asked, "of a customer that is not known");
            facts.customer = Some(&customer);
            assert_eq!(rule.signature(&facts), expected, "{grade}");
        };
        check(Grade::A, Signature::Owed);
        check(Grade::B, Signature::Asked);
        check(Grade::C, Signature::Asked);
    }

    #[test]
    fn mistakes_have_a_place() {
        let check = |from: &str, to: &str, path: &str| {
            let mistakes = Blueprint::read(&RULES.replace(from, to), None).unwrap_err();
            assert_eq!((mistakes[0].path.as_str(), mistakes.len()), (path, 1), "{to}");
        };
        check("customer.grade != 'A'", "customer.grad != 'A'", "confirmation.ask");
        check("\"working\"", "\"workin\"", "confirmation.slip");
        check("slip = \"working\"", "valid_days = 0", "confirmation.valid_days");
    }
}
