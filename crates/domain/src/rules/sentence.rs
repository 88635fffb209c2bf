//! Conditions as people read them.

use std::fmt::Write;

use crate::currency::Currency;
use crate::language::Language;
use crate::refusal::Detail;
use crate::rules::blueprint::Blueprint;
use crate::rules::condition::{Arithmetic, Comparison, Condition, Likeness, Tree};
use crate::rules::fact::VOCABULARY;
use crate::rules::value::{FactKind, Value, plain};
use crate::text::text;

impl Condition {
    /// The condition in words of a language: `应付金额 > 50,000`.
    pub fn sentence(&self, blueprint: &Blueprint, language: Language) -> String {
        let mut out = String::new();
        Writer { blueprint, language }.write(&self.tree, None, 0, &mut out);
        out
    }
}

struct Writer<'a> {
    blueprint: &'a Blueprint,
    language: Language,
}

/// How tightly the parts of a condition hold together; a looser part within a tighter one stands in brackets.
fn tightness(tree: &Tree) -> u8 {
    match tree {
        Tree::If(..) => 0,
        Tree::Or(..) => 1,
        Tree::And(..) => 2,
        Tree::Compare(..) | Tree::In(..) | Tree::Like(..) => 3,
        Tree::Sum(Arithmetic::Add | Arithmetic::Subtract, ..) => 4,
        Tree::Sum(..) => 5,
        _ => 6,
    }
}

impl Writer<'_> {
    fn word(&self, code: &str) -> String {
        text(self.language, &format!("condition.{code}"), &[])
    }

    /// `beside` is the kind of the fact it is compared with.
    fn write(&self, tree: &Tree, beside: Option<FactKind>, outer: u8, out: &mut String) {
        let own = tightness(tree);
        let brackets = own < outer;
        if brackets {
            out.push('(');
        }
        match tree {
            Tree::Constant(value) => out.push_str(&self.value(value, beside)),
            Tree::Fact(place) => out.push_str(&text(self.language, &format!("fact.{}", VOCABULARY[*place].name), &[])),
            Tree::Proven(code) => {
                let _ = write!(out, "{}{}", self.word("proven"), self.blueprint.proof_name(code, self.language));
            }
            Tree::People(code) => {
                let proof = self.blueprint.proof_name(code, self.language);
                out.push_str(&text(self.language, "condition.people", &[("proof", Detail::Text(proof))]));
            }
            Tree::Not(a) => {
                out.push_str(&self.word("not"));
                self.write(a, None, 6, out);
            }
            Tree::And(a, b) => self.two(a, &self.word("and"), b, own, out),
            Tree::Or(a, b) => self.two(a, &self.word("or"), b, own, out),
            Tree::Compare(how, a, b) => {
                let sign = if *how == Comparison::Equal { "= " } else { how.sign() };
                self.write(a, kind(b), own, out);
                let _ = write!(out, " {sign}");
                self.write(b, kind(a), own, out);
            }
            Tree::In(a, list) => {
                self.write(a, None, own, out);
                out.push_str(&self.word("in"));
                for (place, item) in list.iter().enumerate() {
                    out.push_str(if place > 0 { " / " } else { "" });
                    self.write(item, kind(a), own, out);
                }
            }
            Tree::Sum(how, a, b) => {
                let sign = match how {
                    Arithmetic::Add => " + ",
                    Arithmetic::Subtract => " − ",
                    Arithmetic::Multiply => " × ",
                    Arithmetic::Divide => " ÷ ",
                };
                self.write(a, beside, own, out);
                out.push_str(sign);
                self.write(b, beside, own + 1, out);
            }
            Tree::If(a, b, c) => {
                self.write(a, None, 1, out);
                out.push_str(" ? ");
                self.write(b, beside, 1, out);
                out.push_str(" : ");
                self.write(c, beside, 1, out);
            }
            Tree::Like(how, a, b) => {
                let word = match how {
                    Likeness::StartsWith => "starts_with",
                    Likeness::EndsWith => "ends_with",
                    Likeness::Contains => "contains",
                };
                self.write(a, None, own, out);
                out.push_str(&self.word(word));
                self.write(b, None, own, out);
            }
        }
        if brackets {
            out.push(')');
        }
    }

    fn two(&self, a: &Tree, word: &str, b: &Tree, own: u8, out: &mut String) {
        self.write(a, None, own, out);
        out.push_str(word);
        self.write(b, None, own, out);
    }

    fn value(&self, value: &Value<'_>, beside: Option<FactKind>) -> String {
        match (value, beside) {
            (Value::Number(number), Some(FactKind::Percent)) => format!("{}%", plain(*number)),
            (Value::Number(number), _) => crate::decimal::grouped(&plain(*number)),
            (Value::Text(text), _) if text.is_empty() => self.word("empty"),
            (Value::Text(code), Some(kind @ FactKind::Code(..))) => {
                Value::Text(code.clone()).detail(kind, Currency::CNY).shown(self.language)
            }
            (Value::Text(text), _) => format!("“{text}”"),
            (Value::Bool(truth), _) => crate::refusal::Detail::from(*truth).shown(self.language),
            (Value::Date(date), _) => date.to_string(),
            (Value::Unknown, _) => String::new(),
        }
    }
}

fn kind(tree: &Tree) -> Option<FactKind> {
    match tree {
        Tree::Fact(place) => Some(VOCABULARY[*place].kind),
        _ => None,
    }
}

impl Blueprint {
    /// Its conditions in words, by the JSON pointer of each in the file: `/gate/0/require`.
    pub fn sentences(&self, language: Language) -> Vec<(String, String)> {
        let mut all = Vec::new();
        let mut add = |pointer: String, condition: Option<&Condition>| {
            all.extend(condition.map(|condition| (pointer, condition.sentence(self, language))));
        };
        for (place, rule) in self.approvals.iter().enumerate() {
            add(format!("/approval/{place}/when"), rule.when.as_ref());
        }
        for (place, gate) in self.gates.iter().enumerate() {
            add(format!("/gate/{place}/when"), gate.when.as_ref());
            add(format!("/gate/{place}/require"), Some(&gate.require));
        }
        for (place, rule) in self.cancellations.iter().enumerate() {
            add(format!("/cancellation/{place}/when"), rule.when.as_ref());
        }
        if let Some(rule) = &self.confirmation {
            add("/confirmation/ask".to_owned(), rule.ask.as_ref());
            add("/confirmation/owe".to_owned(), rule.owe.as_ref());
        }
        for (place, item) in self.inquiry.iter().enumerate() {
            add(format!("/inquiry/{place}/when"), item.when.as_ref());
        }
        for (place, clock) in self.clocks.iter().flat_map(|clocks| clocks.iter()).enumerate() {
            add(format!("/clock/{place}/when"), clock.when.as_ref());
        }
        all
    }
}

/// The text of a blueprint as JSON, as far as it is TOML at all: what forms and tables show.
pub fn document(text: &str) -> Option<serde_json::Value> {
    let table: toml::Table = toml::from_str(text).ok()?;
    serde_json::to_value(table).ok()
}
