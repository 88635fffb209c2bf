//! What cancelling an order costs, by the stage it has come to (CHG-04).

use serde::Deserialize;
use toml::Spanned;

use crate::currency::Currency;
use crate::decimal::divide_rounded;
use crate::exchange_rate::Conversion;
use crate::money::Money;
use crate::order::{CancelStage, Order};
use crate::rule::FieldRule;
use crate::rules::blueprint::{Blueprint, LocalText};
use crate::rules::check::Known;
use crate::rules::condition::Condition;
use crate::rules::fact::{FactSource, Facts};
use crate::rules::mistake::BlueprintRule;
use crate::rules::read::{Reader, unknown};
use crate::rules::value::ONE;

/// What cancelling costs. In a file, of which the first entry that fits counts:
///
/// ```toml
/// [[cancellation]]
/// code = "reserved"
/// stage = "reserved"                  # or "confirmed"; left out: at every stage
/// when = "order.payable > 10000"
/// percent = 10                        # of what the customer was to pay
/// amount = 200                        # and so much, in the currency of the books
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CancellationRule {
    /// Its code, unique in the blueprint.
    pub code: String,
    /// What it is called.
    pub name: LocalText,
    /// At which stage; nothing: at every one.
    pub stage: Option<CancelStage>,
    /// For which orders; for all where nothing is said.
    pub when: Option<Condition>,
    /// Of what the customer was to pay, in millionths of a percent.
    pub percent: i128,
    /// And so much, in millionths of the currency of the books.
    pub amount: i128,
}

impl CancellationRule {
    /// What it costs to cancel this order, in its currency: no more than the customer was to pay. Nothing where a foreign order has no rate for the amount.
    pub fn cost(&self, order: &Order, books: Currency) -> Option<Money> {
        let share = divide_rounded(i128::from(order.payable_minor.minor()).checked_mul(self.percent)?, 100 * ONE)?;
        let digits = 10_i128.pow(order.currency.minor_digits());
        let fixed = if self.amount == 0 || order.currency == books {
            divide_rounded(self.amount.checked_mul(digits)?, ONE)?
        } else {
            let rate = order.exchange_rate_nano.map(Conversion::nano).filter(|nano| *nano > 0)?;
            divide_rounded(self.amount.checked_mul(digits)?.checked_mul(1_000)?, i128::from(rate))?
        };
        Some(Money::from_wide(share.checked_add(fixed)?)?.min(order.payable_minor))
    }
}

impl Blueprint {
    /// What must be at hand to know what cancelling costs.
    pub fn cancellation_sources(&self) -> Vec<FactSource> {
        let mut sources: Vec<FactSource> =
            self.cancellations.iter().filter_map(|rule| rule.when.as_ref()).flat_map(Condition::sources).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// Whether what cancelling costs depends on evidence.
    pub fn cancellation_asks_for_proof(&self) -> bool {
        self.cancellations.iter().filter_map(|rule| rule.when.as_ref()).any(|when| !when.proofs().is_empty())
    }

    /// The rule that says what cancelling costs: the first that fits. One whose condition is not known fits.
    ///
    /// Source: CHG-04
    pub fn cancellation(&self, stage: CancelStage, facts: &Facts<'_>) -> Option<&CancellationRule> {
        let fits = |rule: &&CancellationRule| {
            rule.stage.is_none_or(|at| at == stage) && rule.when.as_ref().is_none_or(|when| when.holds(facts) != Some(false))
        };
        self.cancellations.iter().find(fits)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCancellation {
    pub(super) code: Spanned<String>,
    #[serde(default)]
    name: LocalText,
    #[serde(default)]
    stage: Option<String>,
    #[serde(default)]
    when: Option<Spanned<String>>,
    #[serde(default)]
    percent: Option<Spanned<toml::Value>>,
    #[serde(default)]
    amount: Option<Spanned<toml::Value>>,
}

impl Reader<'_> {
    pub(super) fn cancellations(&mut self, raw: &[RawCancellation], known: &Known<'_>) -> Vec<CancellationRule> {
        self.codes("cancellation", raw.iter().map(|rule| &rule.code));
        raw.iter().enumerate().filter_map(|(place, rule)| self.one_cancellation(place, rule, known)).collect()
    }

    fn one_cancellation(&mut self, place: usize, raw: &RawCancellation, known: &Known<'_>) -> Option<CancellationRule> {
        let (at, path) = (format!("/cancellation/{place}"), format!("cancellation[{}]", place + 1));
        let named = raw.stage.as_deref();
        let stage = named.and_then(CancelStage::parse);
        if let (None, Some(name)) = (stage, named) {
            self.wrong_at(&format!("{at}/stage"), unknown(name, CancelStage::ALL.iter().map(|stage| stage.as_str())));
        }
        if raw.percent.is_none() && raw.amount.is_none() {
            self.wrong_at(&at, BlueprintRule::MissingField { name: "percent".to_owned() });
        }
        let mut cost = |field: &str, value: &Option<Spanned<toml::Value>>, most: i64| {
            let Some(value) = value else { return Some(0) };
            let number = self.number(&format!("{path}.{field}"), value)?;
            if !(0..=i128::from(most) * ONE).contains(&number) {
                self.wrong_at(&format!("{at}/{field}"), FieldRule::OutOfRange { min: 0, max: most });
                return None;
            }
            Some(number)
        };
        let (percent, amount) = (cost("percent", &raw.percent, 100), cost("amount", &raw.amount, 1_000_000_000));
        let when = match &raw.when {
            Some(text) => Some(self.condition(&format!("{path}.when"), text, known)?),
            None => None,
        };
        Some(CancellationRule { code: raw.code.get_ref().clone(), name: raw.name.clone(), stage, when, percent: percent?, amount: amount? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{cny, draft, now, today};

    const RULES: &str = "title = \"x\"\n[[cancellation]]\ncode = \"large\"\nstage = \"reserved\"\nwhen = \"order.payable > 1000\"\npercent = \"12.5\"\namount = 20\n\
        [[cancellation]]\ncode = \"reserved\"\nstage = \"reserved\"\npercent = 5\n[[cancellation]]\ncode = \"any\"\namount = 0.005\n";

    #[test]
    fn the_first_rule_that_fits_says_what_it_costs() {
        let rules = Blueprint::read(RULES, None).unwrap();
        let check = |price: &str, stage: CancelStage, code: &str, cost: &str| {
            let (order, _) = draft(&[("1", price)]);
            let facts = Facts::of(&order, today(), now(), Currency::CNY);
            let rule = rules.cancellation(stage, &facts).unwrap();
            assert_eq!((rule.code.as_str(), rule.cost(&order, Currency::CNY)), (code, Some(cny(cost))), "{price} {stage}");
        };
        check("2000.01", CancelStage::Reserved, "large", "270.00");
        check("1000.00", CancelStage::Reserved, "reserved", "50.00");
        check("0.30", CancelStage::Reserved, "reserved", "0.02");
        check("2000.00", CancelStage::Confirmed, "any", "0.01");
        check("0.00", CancelStage::Confirmed, "any", "0.00");
        assert!(
            Blueprint::read("title = \"x\"", None)
                .unwrap()
                .cancellation(CancelStage::Confirmed, &{
                    let order = Box::leak(Box::new(draft(&[]).0));
                    Facts::of(order, today(), now(), Currency::CNY)
                })
                .is_none()
        );
    }

    #[test]
    fn an_amount_is_in_the_currency_of_the_books() {
        let rules = Blueprint::read(RULES, None).unwrap();
        let (mut order, _) = draft(&[("1", "2000.00")]);
        order.currency = Currency::parse("USD").unwrap();
        assert_eq!(rules.cancellations[0].cost(&order, Currency::CNY), None, "without a rate");
        order.exchange_rate_nano = Some(Conversion::parse("8").unwrap());
        assert_eq!(rules.cancellations[0].cost(&order, Currency::CNY), Some(cny("252.50")));
        assert_eq!(rules.cancellations[1].cost(&order, Currency::CNY), Some(cny("100.00")));
    }

    #[test]
    fn mistakes_have_a_place() {
        let check = |from: &str, to: &str, path: &str| {
            let mistakes = Blueprint::read(&RULES.replacen(from, to, 1), None).unwrap_err();
            assert_eq!((mistakes[0].path.as_str(), mistakes.len()), (path, 1), "{to}");
        };
        check("stage = \"reserved\"", "stage = \"reservd\"", "cancellation[1].stage");
        check("order.payable", "order.payabel", "cancellation[1].when");
        check("\"12.5\"", "\"100.01\"", "cancellation[1].percent");
        check("\"12.5\"", "\"ten\"", "cancellation[1].percent");
        check("amount = 20", "amount = -1", "cancellation[1].amount");
        check("code = \"any\"", "code = \"large\"", "cancellation[3].code");
        check("amount = 0.005", "", "cancellation[3]");
    }
}
