//! Conditions: CEL expressions over the vocabulary, checked when read and asked without allocating.
//!
//! The text is parsed by the `cel` crate. What is understood of the language: literals, facts, `limit.…`, `proven.…`, `people.…`, comparison, `&& || !`,
//! `+ - * /`, `? :`, `in [ … ]`, `date('…')`, and `startsWith`, `endsWith`, `contains` of texts. Numbers are exact to six decimals.
//! What is not known makes a comparison unknown, as `null` does in SQL; who asks decides what unknown means.
//!
//! Source: CEL, "Language Definition" (the subset named above)

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::rules::check::{self, Known};
use crate::rules::fact::{FactSource, Facts, VOCABULARY};
use crate::rules::value::{ONE, Sort, Value};

/// A checked condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// As it was written.
    pub text: String,
    pub(super) tree: Tree,
}

/// A part of a condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    Constant(Value<'static>),
    /// A place in the vocabulary.
    Fact(usize),
    /// Whether this is proven by evidence.
    Proven(String),
    /// How many different people gave evidence of this.
    People(String),
    Not(Box<Tree>),
    And(Box<Tree>, Box<Tree>),
    Or(Box<Tree>, Box<Tree>),
    Compare(Comparison, Box<Tree>, Box<Tree>),
    In(Box<Tree>, Vec<Tree>),
    Sum(Arithmetic, Box<Tree>, Box<Tree>),
    If(Box<Tree>, Box<Tree>, Box<Tree>),
    Like(Likeness, Box<Tree>, Box<Tree>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What is done with two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// How two texts are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    StartsWith,
    EndsWith,
    Contains,
}

impl Comparison {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }

    /// As people read it.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "",
            Self::NotEqual => "≠ ",
            Self::Less => "< ",
            Self::LessOrEqual => "≤ ",
            Self::Greater => "> ",
            Self::GreaterOrEqual => "≥ ",
        }
    }
}

impl Condition {
    /// One of the product's own, over facts alone.
    ///
    /// # Panics
    /// For a text that is no condition: they are all read by tests.
    pub(crate) fn of_facts(text: &str) -> Self {
        let known = Known { limits: &[], proofs: &[] };
        check::condition(text, &known).unwrap_or_else(|_| panic!("a condition: {text}"))
    }

    /// Whether it holds; nothing where what it asks is not known.
    pub fn holds(&self, facts: &Facts<'_>) -> Option<bool> {
        self.tree.value(facts).truth()
    }

    /// What must be at hand to ask it.
    pub fn sources(&self) -> Vec<FactSource> {
        let mut sources: Vec<FactSource> = self.facts().into_iter().map(|place| VOCABULARY[place].source).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// Places in the vocabulary of the facts it names, each once, in their order in the text.
    pub fn facts(&self) -> Vec<usize> {
        let mut places = Vec::new();
        self.tree.each(&mut |tree| {
            if let Tree::Fact(place) = tree
                && !places.contains(place)
            {
                places.push(*place);
            }
        });
        places
    }

    /// Codes of what must be proven for it, each once.
    pub fn proofs(&self) -> Vec<&str> {
        let mut codes = Vec::new();
        self.tree.each(&mut |tree| {
            if let Tree::Proven(code) | Tree::People(code) = tree
                && !codes.contains(&code.as_str())
            {
                codes.push(code.as_str());
            }
        });
        codes
    }
}

impl Tree {
    /// Calls `look` with each part of a tree.
    pub(super) fn each<'a>(&'a self, look: &mut impl FnMut(&'a Tree)) {
        look(self);
        match self {
            Self::Constant(_) | Self::Fact(_) | Self::Proven(_) | Self::People(_) => {}
            Self::Not(a) => a.each(look),
            Self::And(a, b) | Self::Or(a, b) | Self::Compare(_, a, b) | Self::Sum(_, a, b) | Self::Like(_, a, b) => {
                a.each(look);
                b.each(look);
            }
            Self::If(a, b, c) => {
                a.each(look);
                b.each(look);
                c.each(look);
            }
            Self::In(a, list) => {
                a.each(look);
                list.iter().for_each(|item| item.each(look));
            }
        }
    }

    pub(super) fn value<'a>(&'a self, facts: &Facts<'a>) -> Value<'a> {
        match self {
            Self::Constant(value) => borrowed(value),
            Self::Fact(place) => (VOCABULARY[*place].read)(facts),
            Self::Proven(code) => Value::Bool(facts.proven.iter().any(|known| known.code == *code)),
            Self::People(code) => Value::count(facts.people(code)),
            Self::Not(a) => truth(a.value(facts).truth().map(|truth| !truth)),
            Self::And(a, b) => match a.value(facts).truth() {
                Some(false) => Value::Bool(false),
                first => match (first, b.value(facts).truth()) {
                    (_, Some(false)) => Value::Bool(false),
                    (Some(true), Some(true)) => Value::Bool(true),
                    _ => Value::Unknown,
                },
            },
            Self::Or(a, b) => match a.value(facts).truth() {
                Some(true) => Value::Bool(true),
                first => match (first, b.value(facts).truth()) {
                    (_, Some(true)) => Value::Bool(true),
                    (Some(false), Some(false)) => Value::Bool(false),
                    _ => Value::Unknown,
                },
            },
            Self::Compare(how, a, b) => truth(a.value(facts).compare(&b.value(facts)).map(|order| how.holds(order))),
            Self::In(a, list) => among(&a.value(facts), list, facts),
            Self::Sum(how, a, b) => sum(*how, &a.value(facts), &b.value(facts)),
            Self::If(a, b, c) => match a.value(facts).truth() {
                Some(true) => b.value(facts),
                Some(false) => c.value(facts),
                None => Value::Unknown,
            },
            Self::Like(how, a, b) => match (a.value(facts), b.value(facts)) {
                (Value::Text(a), Value::Text(b)) => Value::Bool(match how {
                    Likeness::StartsWith => a.starts_with(b.as_ref()),
                    Likeness::EndsWith => a.ends_with(b.as_ref()),
                    Likeness::Contains => a.contains(b.as_ref()),
                }),
                _ => Value::Unknown,
            },
        }
    }
}

fn borrowed<'a>(value: &'a Value<'static>) -> Value<'a> {
    match value {
        Value::Text(text) => Value::Text(Cow::Borrowed(text.as_ref())),
        Value::Unknown => Value::Unknown,
        Value::Bool(truth) => Value::Bool(*truth),
        Value::Number(number) => Value::Number(*number),
        Value::Date(date) => Value::Date(*date),
    }
}

fn truth<'a>(known: Option<bool>) -> Value<'a> {
    known.map_or(Value::Unknown, Value::Bool)
}

fn among<'a>(value: &Value<'a>, list: &'a [Tree], facts: &Facts<'a>) -> Value<'a> {
    let mut unknown = false;
    for item in list {
        match value.compare(&item.value(facts)) {
            Some(Ordering::Equal) => return Value::Bool(true),
            Some(_) => {}
            None => unknown = true,
        }
    }
    if unknown { Value::Unknown } else { Value::Bool(false) }
}

fn sum<'a>(how: Arithmetic, a: &Value<'_>, b: &Value<'_>) -> Value<'a> {
    let (a, b) = match (a, b) {
        (Value::Number(a), Value::Number(b)) => (*a, *b),
        (Value::Date(a), Value::Date(b)) if how == Arithmetic::Subtract => return Value::count(b.days_until(*a)),
        _ => return Value::Unknown,
    };
    let result = match how {
        Arithmetic::Add => a.checked_add(b),
        Arithmetic::Subtract => a.checked_sub(b),
        Arithmetic::Multiply => a.checked_mul(b).map(|wide| wide / ONE),
        Arithmetic::Divide => a.checked_mul(ONE).and_then(|wide| wide.checked_div(b)),
    };
    result.map_or(Value::Unknown, Value::Number)
}

impl Tree {
    /// What kind of value it has; the tree was checked when it was made.
    pub(super) fn sort(&self) -> Sort {
        match self {
            Self::Constant(Value::Number(_)) => Sort::Number,
            Self::Constant(Value::Text(_)) => Sort::Text,
            Self::Constant(Value::Date(_)) => Sort::Date,
            Self::Fact(place) => VOCABULARY[*place].kind.sort(),
            Self::Sum(Arithmetic::Subtract, a, _) if a.sort() == Sort::Date => Sort::Number,
            Self::Sum(..) | Self::People(_) => Sort::Number,
            Self::If(_, then, _) => then.sort(),
            _ => Sort::Bool,
        }
    }
}
