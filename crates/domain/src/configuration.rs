//! Configurable products (CAT-02): groups of options with choices, what a choice adds to the price, and which choices go together.
//!
//! A line keeps its choices with the names and prices they were sold with. A forbidden set of choices is refused with every reason and the nearest
//! set that is allowed: what to add, what to take away.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::kept_json::{raw, raw_option};
use crate::product::Product;
use crate::refusal::{FieldError, Reason, rejections};
use crate::rule::{FieldCheck, FieldRule};
use crate::unit_price::UnitPrice;

codes! {
    /// How two choices go together.
    OptionRuleKind in "option.kind" {
        /// The choice only with the other one.
        Requires = "requires",
        /// The choice not with the other one.
        Excludes = "excludes",
    }
}

rejections! {
    /// Why choices are refused; every one says what to do.
    ChoiceRule {
        /// The product has no options.
        NoOptions => Invalid "option.none",
        Unknown { value: String } => Invalid "option.unknown",
        /// It was chosen once, and is not offered any more.
        Withdrawn { choice: String } => Invalid "option.withdrawn",
        TooFew { group: String, min: i64, nearest: String } => Invalid "option.too_few",
        TooMany { group: String, max: i64, nearest: String } => Invalid "option.too_many",
        Requires { choice: String, other: String, nearest: String } => Invalid "option.requires",
        Excludes { choice: String, other: String, nearest: String } => Invalid "option.excludes",
    }
}

/// A choice of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionChoice {
    /// Its code, unique in the product.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it adds to the price of one unit in the currency of the books, with tax where the price has it; may be below zero.
    #[serde(with = "raw")]
    pub price: UnitPrice,
}

/// A group of choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionGroup {
    /// Its code, unique in the product.
    pub code: String,
    /// Its name.
    pub name: String,
    /// So many must be chosen; 0: none has to.
    pub min: i64,
    /// So many may be chosen.
    pub max: i64,
    /// What there is to choose.
    pub choices: Vec<OptionChoice>,
}

/// Two choices that belong together or do not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionRule {
    /// Code of the choice the rule is about.
    pub choice: String,
    /// Only with, or not with.
    pub kind: String,
    /// Code of the other choice.
    pub other: String,
}

/// What of a product can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// The groups, in the order they are asked.
    pub groups: Vec<OptionGroup>,
    /// What goes together.
    pub rules: Vec<OptionRule>,
    /// A configuration may be changed until so many days before the promised day (the factory's freeze day).
    pub freeze_days: i64,
}

/// A choice as a line keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chosen {
    /// Name of its group when it was sold.
    pub group: String,
    /// Code of the choice.
    pub code: String,
    /// Its name when it was sold.
    pub name: String,
    /// What it added to the price of one unit.
    #[serde(with = "raw")]
    pub price: UnitPrice,
}

/// The choices of a line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Configuration {
    /// What the book said of one unit without any choice; nothing where it said nothing.
    #[serde(with = "raw_option", default)]
    pub base: Option<UnitPrice>,
    /// The choices, in the order of the product's options.
    pub choices: Vec<Chosen>,
}

impl Configuration {
    /// What the choices add to the price of one unit.
    pub fn effect(&self) -> UnitPrice {
        UnitPrice::from_micro(self.choices.iter().map(|choice| choice.price.micro()).fold(0, i64::saturating_add))
    }

    /// Whether nothing was chosen.
    pub fn is_empty(&self) -> bool {
        self.choices.is_empty()
    }

    /// The codes of the choices.
    pub fn codes(&self) -> Vec<String> {
        self.choices.iter().map(|choice| choice.code.clone()).collect()
    }

    /// The names of the choices as one line of text.
    pub fn names(&self) -> String {
        self.choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(" + ")
    }
}

/// What would make a set of choices an allowed one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nearest {
    /// Codes of the choices to add.
    pub add: Vec<String>,
    /// Codes of the choices to take away.
    pub remove: Vec<String>,
}

/// A set of choices looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedChoices {
    /// The choices that are known, in the order of the options.
    pub configuration: Configuration,
    /// Why it is refused; nothing where it is allowed.
    pub reasons: Vec<Reason>,
    /// What would make it allowed; nothing where it is, or no near set is.
    pub nearest: Option<Nearest>,
}

/// A broken rule, before it is told.
enum Broken<'a> {
    TooFew(&'a OptionGroup),
    TooMany(&'a OptionGroup),
    Requires(&'a OptionRule),
    Excludes(&'a OptionRule),
}

/// How many choices at the most are changed to find an allowed set.
const MAX_STEPS: usize = 3;

impl Options {
    /// Whether there is nothing to choose.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    fn choice(&self, code: &str) -> Option<(&OptionGroup, &OptionChoice)> {
        self.groups.iter().find_map(|group| group.choices.iter().find(|choice| choice.code == code).map(|choice| (group, choice)))
    }

    fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.choice(code).map_or(code, |(_, choice)| choice.name.as_str())
    }

    /// Every rule that these choices break.
    fn broken(&self, chosen: &[&str]) -> Vec<Broken<'_>> {
        let mut broken = Vec::new();
        for group in &self.groups {
            let count = group.choices.iter().filter(|choice| chosen.contains(&choice.code.as_str())).count();
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            if count < group.min {
                broken.push(Broken::TooFew(group));
            } else if count > group.max {
                broken.push(Broken::TooMany(group));
            }
        }
        for rule in self.rules.iter().filter(|rule| chosen.contains(&rule.choice.as_str())) {
            let with = chosen.contains(&rule.other.as_str());
            match OptionRuleKind::parse(&rule.kind) {
                Some(OptionRuleKind::Requires) if !with => broken.push(Broken::Requires(rule)),
                Some(OptionRuleKind::Excludes) if with => broken.push(Broken::Excludes(rule)),
                _ => {}
            }
        }
        broken
    }

    /// The allowed set that differs in the fewest choices: adding goes before taking away, and what was chosen last is taken away first.
    fn nearest(&self, chosen: &[&str]) -> Option<Nearest> {
        let all = || self.groups.iter().flat_map(|group| group.choices.iter().map(|choice| choice.code.as_str()));
        let steps: Vec<&str> = all().filter(|code| !chosen.contains(code)).chain(chosen.iter().rev().copied()).collect();
        (1..=MAX_STEPS).find_map(|count| self.within(chosen, &steps, count)).map(|set| {
            let own = |codes: Vec<&str>| codes.into_iter().map(str::to_owned).collect();
            Nearest {
                add: own(set.iter().filter(|code| !chosen.contains(code)).copied().collect()),
                remove: own(chosen.iter().filter(|code| !set.contains(code)).copied().collect()),
            }
        })
    }

    fn within<'a>(&self, chosen: &[&'a str], steps: &[&'a str], count: usize) -> Option<Vec<&'a str>> {
        if count == 0 {
            return self.broken(chosen).is_empty().then(|| chosen.to_vec());
        }
        steps.iter().enumerate().find_map(|(place, code)| {
            let mut next: Vec<&str> = chosen.iter().filter(|one| *one != code).copied().collect();
            if next.len() == chosen.len() {
                next.push(code);
            }
            self.within(&next, &steps[place + 1..], count - 1)
        })
    }

    /// Looks at a set of choices; codes said twice count once.
    ///
    /// Source: CAT-02
    pub fn look(&self, codes: &[String]) -> CheckedChoices {
        let mut chosen: Vec<&str> = Vec::new();
        let mut reasons: Vec<Reason> = Vec::new();
        for code in codes.iter().map(String::as_str).filter(|code| !code.is_empty()) {
            match self.choice(code) {
                _ if self.is_empty() => reasons = vec![ChoiceRule::NoOptions.into()],
                None => reasons.push(ChoiceRule::Unknown { value: code.to_owned() }.into()),
                Some(_) if chosen.contains(&code) => {}
                Some((_, choice)) => chosen.push(choice.code.as_str()),
            }
        }
        let broken = self.broken(&chosen);
        let nearest = if broken.is_empty() { None } else { self.nearest(&chosen) };
        let way = nearest.as_ref().map(|way| self.way(way)).unwrap_or_default();
        reasons.extend(broken.into_iter().map(|rule| self.reason(&rule, way.clone())));
        let kept = self.groups.iter().flat_map(|group| {
            let picked = group.choices.iter().filter(|choice| chosen.contains(&choice.code.as_str()));
            picked.map(|choice| Chosen {
                group: group.name.clone(),
                code: choice.code.clone(),
                name: choice.name.clone(),
                price: choice.price,
            })
        });
        CheckedChoices { configuration: Configuration { base: None, choices: kept.collect() }, reasons, nearest }
    }

    /// A way as signs that every language reads: `+ Leather − Wheels`.
    fn way(&self, way: &Nearest) -> String {
        let add = way.add.iter().map(|code| format!("+ {}", self.name(code)));
        let remove = way.remove.iter().map(|code| format!("− {}", self.name(code)));
        add.chain(remove).collect::<Vec<_>>().join("  ")
    }

    fn reason(&self, broken: &Broken<'_>, nearest: String) -> Reason {
        match broken {
            Broken::TooFew(group) => ChoiceRule::TooFew { group: group.name.clone(), min: group.min, nearest }.into(),
            Broken::TooMany(group) => ChoiceRule::TooMany { group: group.name.clone(), max: group.max, nearest }.into(),
            Broken::Requires(rule) => {
                let (choice, other) = (self.name(&rule.choice).to_owned(), self.name(&rule.other).to_owned());
                ChoiceRule::Requires { choice, other, nearest }.into()
            }
            Broken::Excludes(rule) => {
                let (choice, other) = (self.name(&rule.choice).to_owned(), self.name(&rule.other).to_owned());
                ChoiceRule::Excludes { choice, other, nearest }.into()
            }
        }
    }

    /// What is wrong with the options of a product, each at its field under `/options`.
    fn check(&self, check: &mut FieldCheck) {
        check.that(self.groups.len() <= 30, "/options/groups", FieldRule::TooMany { max: 30 });
        check.that(self.rules.len() <= 200, "/options/rules", FieldRule::TooMany { max: 200 });
        let days = FieldRule::OutOfRange { min: 0, max: 3660 };
        check.that((0..=3660).contains(&self.freeze_days), "/options/freeze_days", days);
        let mut codes: Vec<&str> = Vec::new();
        let mut groups: Vec<&str> = Vec::new();
        for (place, group) in self.groups.iter().enumerate() {
            let at = |field: &str| format!("/options/groups/{place}/{field}");
            check.code(&group.code, &at("code"));
            check.required(&group.name, 100, &at("name"));
            check.that(!groups.contains(&group.code.as_str()), &at("code"), FieldRule::Repeated);
            groups.push(&group.code);
            let count = i64::try_from(group.choices.len()).unwrap_or(i64::MAX);
            check.that((1..=50).contains(&count), &at("choices"), FieldRule::OutOfRange { min: 1, max: 50 });
            check.that((1..=count.max(1)).contains(&group.max), &at("max"), FieldRule::OutOfRange { min: 1, max: count.max(1) });
            check.that((0..=group.max).contains(&group.min), &at("min"), FieldRule::OutOfRange { min: 0, max: group.max });
            for (number, choice) in group.choices.iter().enumerate() {
                let at = |field: &str| at(&format!("choices/{number}/{field}"));
                check.code(&choice.code, &at("code"));
                check.required(&choice.name, 100, &at("name"));
                check.that(!codes.contains(&choice.code.as_str()), &at("code"), FieldRule::Repeated);
                codes.push(&choice.code);
            }
        }
        for (place, rule) in self.rules.iter().enumerate() {
            let at = |field: &str| format!("/options/rules/{place}/{field}");
            let unknown = |value: &String| FieldRule::Unknown { value: value.clone() };
            check.that_or(codes.contains(&rule.choice.as_str()), &at("choice"), || unknown(&rule.choice));
            check.that_or(codes.contains(&rule.other.as_str()), &at("other"), || unknown(&rule.other));
            check.that(rule.choice != rule.other, &at("other"), FieldRule::Repeated);
            let known = OptionRuleKind::parse(&rule.kind).is_some();
            check.that_or(known, &at("kind"), || FieldRule::UnknownChoice { value: rule.kind.clone() });
        }
    }
}

impl Product {
    /// The choices of a line of this product; an empty set is looked at too, for a group may ask for one.
    ///
    /// # Errors
    /// Every reason, at `pointer`.
    pub fn configured(&self, codes: &[String], pointer: &str) -> Result<Configuration, Vec<FieldError>> {
        if codes.is_empty() && self.options.is_empty() {
            return Ok(Configuration::default());
        }
        let looked = self.options.look(codes);
        if looked.reasons.is_empty() {
            return Ok(looked.configuration);
        }
        Err(looked.reasons.into_iter().map(|reason| FieldError::new(pointer, reason)).collect())
    }

    /// Why the choices that a line was made with are not allowed any more: a choice was withdrawn, or what goes together has changed since.
    ///
    /// Source: CAT-02
    pub fn broken_choices(&self, kept: &Configuration) -> Vec<Reason> {
        let gone = |choice: &&Chosen| self.options.choice(&choice.code).is_none();
        let withdrawn = |choice: &Chosen| ChoiceRule::Withdrawn { choice: choice.name.clone() }.into();
        let reasons: Vec<Reason> = kept.choices.iter().filter(gone).map(withdrawn).collect();
        if reasons.is_empty() { self.options.look(&kept.codes()).reasons } else { reasons }
    }

    pub(crate) fn check_options(&self, check: &mut FieldCheck) {
        self.options.check(check);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The car of the blueprint.
    pub(crate) fn car() -> Options {
        let choice = |code: &str, name: &str, price: i64| OptionChoice {
            code: code.into(),
            name: name.into(),
            price: UnitPrice::from_micro(price * 1_000_000),
        };
        let group = |code: &str, name: &str, min: i64, max: i64, choices: Vec<OptionChoice>| OptionGroup {
            code: code.into(),
            name: name.into(),
            min,
            max,
            choices,
        };
        let rule = |choice: &str, kind: &str, other: &str| OptionRule { choice: choice.into(), kind: kind.into(), other: other.into() };
        Options {
            groups: vec![
                group("colour", "颜色", 1, 1, vec![choice("white", "珠光白", 0), choice("red", "烈焰红", 1000)]),
                group("roof", "车顶", 0, 1, vec![choice("panorama", "全景天窗", 6000)]),
                group("seat", "座椅", 0, 1, vec![choice("leather", "真皮座椅", 4500)]),
                group("wheel", "轮毂", 0, 1, vec![choice("w20", "20 英寸轮毂", 5200)]),
                group("outside", "外观", 0, 2, vec![choice("tow", "拖车钩", 2600), choice("sport", "运动保险杠", 3200)]),
            ],
            rules: vec![rule("w20", "requires", "leather"), rule("tow", "excludes", "sport")],
            freeze_days: 20,
        }
    }

    fn look(codes: &str) -> CheckedChoices {
        car().look(&codes.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_car_costs_what_its_choices_add() {
        let check = |codes: &str, expected: &str| {
            let looked = look(codes);
            assert_eq!(looked.reasons, [], "{codes}");
            let price = UnitPrice::from_micro(189_800_000_000 + looked.configuration.effect().micro());
            assert_eq!(price.grouped(), expected, "{codes}");
        };
        check("white panorama leather w20", "205,500.00");
        check("white panorama leather", "200,300.00");
        check("white", "189,800.00");
    }

    #[test]
    fn what_is_forbidden_says_why_and_what_is_near() {
        let check = |codes: &str, expected: &[&str], add: &[&str], remove: &[&str]| {
            let looked = look(codes);
            let found: Vec<&str> = looked.reasons.iter().map(|reason| reason.code).collect();
            assert_eq!(found, expected, "{codes}");
            let nearest = looked.nearest.unwrap();
            assert_eq!(
                (nearest.add, nearest.remove),
                (add.iter().map(|c| (*c).to_owned()).collect(), remove.iter().map(|c| (*c).to_owned()).collect()),
                "{codes}"
            );
        };
        check("white w20", &["option.requires"], &["leather"], &[]);
        check("white sport tow", &["option.excludes"], &[], &["tow"]);
        check("white tow sport", &["option.excludes"], &[], &["sport"]);
        check("panorama", &["option.too_few"], &["white"], &[]);
        check("white red", &["option.too_many"], &[], &["red"]);
        check("w20 tow sport", &["option.too_few", "option.requires", "option.excludes"], &["white", "leather"], &["sport"]);
        let looked = look("white gold");
        assert_eq!(looked.reasons[0].code, "option.unknown");
        assert_eq!(Options::default().look(&["gold".to_owned()]).reasons[0].code, "option.none");
    }

    #[test]
    fn options_are_checked_at_their_fields() {
        let mut product = crate::sample::product();
        product.options = crate::kept::Kept::of(car());
        assert_eq!(product.check(), []);
        let mut bad = car();
        bad.groups[1].choices[0].code = "white".into();
        bad.groups[2].min = 2;
        bad.rules[0].other = "gold".into();
        bad.rules[1].kind = "maybe".into();
        product.options = crate::kept::Kept::of(bad);
        let found: Vec<_> = product.check().into_iter().map(|error| (error.pointer, error.code)).collect();
        let expected = [
            ("/options/groups/1/choices/0/code", "value.repeated"),
            ("/options/groups/2/min", "value.out_of_range"),
            ("/options/rules/0/other", "value.unknown"),
            ("/options/rules/1/kind", "value.unknown_choice"),
        ];
        assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    }
}
