//! Gates: what must hold before a step, and who may override it.

use std::borrow::Cow;

use crate::lifecycle::Verb;
use crate::refusal::{Detail, GateRefusal, MissingFact};
use crate::rules::blueprint::{Blueprint, LocalText};
use crate::rules::condition::{Comparison, Condition, Tree};
use crate::rules::fact::{Facts, VOCABULARY};
use crate::rules::value::{FactKind, Value};
use crate::text::text;

/// A rule that must hold before a step of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Its code, unique in the blueprint.
    pub code: String,
    /// Before which steps it stands.
    pub on: Vec<Verb>,
    /// For which orders; for all where nothing is said.
    pub when: Option<Condition>,
    /// What must hold.
    pub require: Condition,
    /// What it says when it is shut.
    pub message: LocalText,
    /// Roles that may override it; none: nobody.
    pub override_by: Vec<String>,
    /// Seconds after an override by which what is missing must be brought; nothing: it need not be.
    pub backfill_seconds: Option<i64>,
}

impl Gate {
    /// Whether it stands before this order: where that is not known, it does.
    pub fn applies(&self, facts: &Facts<'_>) -> bool {
        self.when.as_ref().is_none_or(|when| when.holds(facts).unwrap_or(true))
    }

    /// Whether it lets the order through: where that is not known, it does not.
    pub fn is_open(&self, facts: &Facts<'_>) -> bool {
        !self.applies(facts) || self.require.holds(facts).unwrap_or(false)
    }

    /// Why it is shut, if it is.
    pub fn refusal(&self, facts: &Facts<'_>, blueprint: &Blueprint) -> Option<GateRefusal> {
        if self.is_open(facts) {
            return None;
        }
        let mut missing = Vec::new();
        self.require.tree.missing(facts, blueprint, &mut missing);
        Some(GateRefusal {
            code: Cow::Owned(self.code.clone()),
            details: Vec::new(),
            missing,
            override_by: self.override_by.clone(),
            text: Some(self.message.clone()),
        })
    }
}

impl Blueprint {
    /// Every gate of a step that is shut.
    pub fn shut(&self, verb: Verb, facts: &Facts<'_>) -> Vec<GateRefusal> {
        self.gates_on(verb).filter_map(|gate| gate.refusal(facts, self)).collect()
    }
}

impl Tree {
    /// The facts that keep it from holding, each with what it is and what it must be.
    fn missing(&self, facts: &Facts<'_>, blueprint: &Blueprint, out: &mut Vec<MissingFact>) {
        if self.value(facts).truth() == Some(true) {
            return;
        }
        match self {
            Self::And(a, b) | Self::Or(a, b) => {
                a.missing(facts, blueprint, out);
                b.missing(facts, blueprint, out);
            }
            Self::Proven(code) => out.push(proof(code, false, blueprint)),
            Self::Compare(how, a, b) => match (&**a, &**b) {
                (Self::Fact(place), other) => out.push(fact(*place, *how, other, facts)),
                (Self::People(code), other) => out.push(people(code, *how, other, facts, blueprint)),
                (other, Self::People(code)) => out.push(people(code, how.turned(), other, facts, blueprint)),
                (other, Self::Fact(place)) => out.push(fact(*place, how.turned(), other, facts)),
                _ => self.rest(facts, out),
            },
            Self::In(a, list) => match &**a {
                Self::Fact(place) => {
                    let kind = VOCABULARY[*place].kind;
                    let any = list.iter().map(|item| item.told(kind, facts)).collect();
                    push(out, *place, Detail::AnyOf(any), facts);
                }
                _ => self.rest(facts, out),
            },
            Self::Not(a) => match &**a {
                Self::Proven(code) => out.push(proof(code, true, blueprint)),
                Self::Fact(place) => push(out, *place, Detail::from(false), facts),
                _ => self.rest(facts, out),
            },
            Self::Fact(place) => push(out, *place, Detail::from(true), facts),
            _ => self.rest(facts, out),
        }
    }

    /// Its value beside a fact of this kind, as far as who is told may know it.
    fn told(&self, kind: FactKind, facts: &Facts<'_>) -> Detail {
        let mut confidential = false;
        self.each(&mut |tree| confidential |= matches!(tree, Self::Fact(place) if VOCABULARY[*place].is_confidential()));
        if confidential && !facts.shows_costs { CONFIDENTIAL } else { self.value(facts).detail(kind, facts.books) }
    }

    /// The facts of a part that says no more than that it does not hold.
    fn rest(&self, facts: &Facts<'_>, out: &mut Vec<MissingFact>) {
        let condition = Condition { text: String::new(), tree: self.clone() };
        condition.facts().into_iter().for_each(|place| push(out, place, Detail::Nothing, facts));
    }
}

impl Comparison {
    /// The same with its sides changed.
    fn turned(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }
}

fn fact(place: usize, how: Comparison, other: &Tree, facts: &Facts<'_>) -> MissingFact {
    // A text that must not be empty says so.
    let required = match (how, other.value(facts)) {
        (Comparison::NotEqual, Value::Text(text)) if text.is_empty() => Detail::Nothing,
        _ => Detail::Bound(how.sign(), Box::new(other.told(VOCABULARY[place].kind, facts))),
    };
    MissingFact { fact: VOCABULARY[place].name, current: current(place, facts), required, label: facts.label(&VOCABULARY[place]) }
}

fn push(out: &mut Vec<MissingFact>, place: usize, required: Detail, facts: &Facts<'_>) {
    let label = facts.label(&VOCABULARY[place]);
    out.push(MissingFact { fact: VOCABULARY[place].name, current: current(place, facts), required, label });
}

fn people(code: &str, how: Comparison, other: &Tree, facts: &Facts<'_>, blueprint: &Blueprint) -> MissingFact {
    use crate::language::Language::{En, ZhCn, ZhTw};
    let of = |language| text(language, "condition.people", &[("proof", Detail::Text(blueprint.proof_name(code, language)))]);
    let label = LocalText::Each { zh_cn: of(ZhCn), zh_tw: of(ZhTw), en: of(En) };
    let required = Detail::Bound(how.sign(), Box::new(other.told(FactKind::Count, facts)));
    let current = Value::count(facts.people(code)).detail(FactKind::Count, facts.books);
    MissingFact { fact: "people", current, required, label: Some(label) }
}

/// The value of a fact, as far as who is told may know it.
fn current(place: usize, facts: &Facts<'_>) -> Detail {
    let fact = &VOCABULARY[place];
    let value = (fact.read)(facts);
    if fact.is_confidential() && !facts.shows_costs && value != Value::Unknown {
        return CONFIDENTIAL;
    }
    value.detail(fact.kind, facts.books)
}

/// Stands for a value that who is told may not know: the text `value.confidential`.
const CONFIDENTIAL: Detail = Detail::Code("value", "confidential");

fn proof(code: &str, current: bool, blueprint: &Blueprint) -> MissingFact {
    let name = blueprint.proofs.iter().find(|proof| proof.code == code).map(|proof| proof.name.clone()).filter(|name| !name.is_none());
    let label = name.unwrap_or_else(|| {
        use crate::language::Language::{En, ZhCn, ZhTw};
        LocalText::Each {
            zh_cn: blueprint.proof_name(code, ZhCn),
            zh_tw: blueprint.proof_name(code, ZhTw),
            en: blueprint.proof_name(code, En),
        }
    });
    MissingFact { fact: "proven", current: Detail::from(current), required: Detail::from(!current), label: Some(label) }
}

/// Kinds of facts, for the documentation.
pub fn fact_kinds() -> impl Iterator<Item = (&'static str, FactKind)> {
    VOCABULARY.iter().map(|fact| (fact.name, fact.kind))
}
