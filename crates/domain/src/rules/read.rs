//! Reading a blueprint from TOML: every part checked, every mistake told with its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use crate::codes::Codes;
use crate::lifecycle::Verb;
use crate::number_pattern::{NumberPattern, Numbered};
use crate::refusal::Reason;
use crate::rules::asks::Asks;
use crate::rules::blueprint::{Blueprint, ChecklistItem, GATED, LocalText, Proof, duration_seconds};
use crate::rules::cancellation::RawCancellation;
use crate::rules::check::{self, Known};
use crate::rules::condition::Condition;
use crate::rules::confirmation::RawConfirmation;
use crate::rules::gate::Gate;
use crate::rules::grade::RawGrade;
use crate::rules::inquiry::RawInquiry;
use crate::rules::known::CompanyCodes;
use crate::rules::matrix::ApprovalRule;
use crate::rules::mistake::{BlueprintRule, Mistake, Places, nearest, path_of};
use crate::rules::tables::{RawClock, RawNotify, RawRole};
use crate::rules::value::number;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    title: LocalText,
    #[serde(default)]
    numbering: RawNumbering,
    #[serde(default)]
    limits: BTreeMap<String, Spanned<toml::Value>>,
    #[serde(default)]
    price_reason_above: Option<Spanned<toml::Value>>,
    #[serde(default)]
    approval: Vec<RawApproval>,
    #[serde(default)]
    gate: Vec<RawGate>,
    #[serde(default)]
    checklist: Vec<RawItem>,
    #[serde(default)]
    inquiry: Vec<RawInquiry>,
    #[serde(default)]
    confirmation: Option<RawConfirmation>,
    #[serde(default)]
    cancellation: Vec<RawCancellation>,
    #[serde(default)]
    grade: Vec<RawGrade>,
    #[serde(default)]
    proof: Vec<RawProof>,
    #[serde(default)]
    clock: Option<Vec<RawClock>>,
    #[serde(default)]
    notify: Option<Vec<RawNotify>>,
    #[serde(default)]
    role: Vec<RawRole>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNumbering {
    order: Option<Spanned<String>>,
    shipment: Option<Spanned<String>>,
    invoice: Option<Spanned<String>>,
    payment: Option<Spanned<String>>,
    task: Option<Spanned<String>>,
    change: Option<Spanned<String>>,
    quotation: Option<Spanned<String>>,
    contract: Option<Spanned<String>>,
    inquiry: Option<Spanned<String>>,
    purchase: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawApproval {
    code: Spanned<String>,
    #[serde(default)]
    name: LocalText,
    stage: Spanned<i64>,
    roles: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    need: Option<Spanned<i64>>,
    #[serde(default)]
    when: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGate {
    code: Spanned<String>,
    on: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    when: Option<Spanned<String>>,
    require: Spanned<String>,
    message: Spanned<LocalText>,
    #[serde(default, rename = "override")]
    override_by: Vec<Spanned<String>>,
    #[serde(default)]
    backfill: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    code: Spanned<String>,
    #[serde(default)]
    text: LocalText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProof {
    code: Spanned<String>,
    #[serde(default)]
    name: LocalText,
}

/// Entries of one kind at the most.
pub(super) const MOST: usize = 200;

/// The parser's word for a wrong field, with the nearest right one.
fn syntax(places: &Places<'_>, error: &toml::de::Error) -> Mistake {
    let message = error.message();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let reason: Reason = match quoted.split_first() {
        Some((name, known)) if message.starts_with("unknown field") => match nearest(name, known.iter().copied()) {
            Some(near) => BlueprintRule::UnknownFieldNear { name: (*name).to_owned(), nearest: near.to_owned() }.into(),
            None => BlueprintRule::UnknownField { name: (*name).to_owned() }.into(),
        },
        Some((name, _)) if message.starts_with("missing field") => BlueprintRule::MissingField { name: (*name).to_owned() }.into(),
        _ => BlueprintRule::Syntax { message: message.to_owned() }.into(),
    };
    places.at(error.span().map_or(0, |span| span.start), "", reason)
}

impl Blueprint {
    /// Reads a blueprint. `known` is what the company has that rules may name; where nothing is given, such names are not looked at: what is kept was
    /// checked when it came into force.
    ///
    /// # Errors
    /// Every mistake, with its line, column and part.
    pub fn read(source: &str, known: Option<&CompanyCodes>) -> Result<Self, Vec<Mistake>> {
        let places = Places::new(source);
        let raw: Raw = toml::from_str(source).map_err(|error| vec![syntax(&places, &error)])?;
        let own = raw.role.iter().map(|role| role.code.as_str()).collect();
        let roles = known.map(|known| known.roles.union(&own)).unwrap_or_default();
        let mut reader = Reader { places, known, roles, mistakes: Vec::new() };
        let blueprint = reader.blueprint(raw);
        if reader.mistakes.is_empty() {
            return Ok(blueprint);
        }
        reader.mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
        Err(reader.mistakes)
    }
}

pub(super) struct Reader<'a> {
    places: Places<'a>,
    pub(super) known: Option<&'a CompanyCodes>,
    /// Codes of the company's roles, and of those of the file.
    pub(super) roles: Codes,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    pub(super) fn wrong(&mut self, byte: usize, path: &str, rule: BlueprintRule) {
        self.mistakes.push(self.places.at(byte, path, rule));
    }

    /// Something is wrong with the value at a JSON pointer; of each value one thing is told.
    pub(super) fn wrong_at(&mut self, pointer: &str, reason: impl Into<Reason>) {
        let path = path_of(pointer);
        if self.mistakes.iter().all(|mistake| mistake.path != path) {
            self.mistakes.push(self.places.at(self.places.of(pointer), path, reason));
        }
    }

    fn blueprint(&mut self, raw: Raw) -> Blueprint {
        let numbers = self.numbers(raw.numbering);
        let limits = self.limits(&raw.limits);
        let price_reason_above = raw.price_reason_above.and_then(|value| self.number("price_reason_above", &value));
        let proofs: Vec<Proof> =
            raw.proof.iter().map(|proof| Proof { code: proof.code.get_ref().clone(), name: proof.name.clone() }).collect();
        self.codes("proof", raw.proof.iter().map(|proof| &proof.code));
        self.codes("checklist", raw.checklist.iter().map(|item| &item.code));
        self.codes("approval", raw.approval.iter().map(|rule| &rule.code));
        self.codes("gate", raw.gate.iter().map(|gate| &gate.code));
        let proof_codes: Vec<String> = proofs.iter().map(|proof| proof.code.clone()).collect();
        let known = Known { limits: &limits, proofs: &proof_codes };
        let approvals: Vec<ApprovalRule> =
            raw.approval.iter().enumerate().filter_map(|(place, rule)| self.approval(place + 1, rule, &known)).collect();
        self.stages(&raw.approval);
        let gates: Vec<Gate> = raw.gate.iter().enumerate().filter_map(|(place, gate)| self.gate(place + 1, gate, &known)).collect();
        let checklist = raw.checklist.into_iter().map(|item| ChecklistItem { code: item.code.into_inner(), text: item.text }).collect();
        let inquiry = self.inquiry(&raw.inquiry, &known);
        let confirmation = raw.confirmation.as_ref().map(|rule| self.confirmation(rule, &known));
        let cancellations = self.cancellations(&raw.cancellation, &known);
        let grades = self.grades(&raw.grade);
        let clocks = raw.clock.map(|rules| Arc::new(self.clocks(&rules, &known)));
        let notify = raw.notify.map(|rules| Arc::new(self.notify(rules)));
        let roles = self.role_rules(&raw.role);
        let asks = Asks::by(&approvals, &gates);
        Blueprint {
            title: raw.title,
            numbers,
            limits,
            price_reason_above,
            approvals,
            gates,
            checklist,
            inquiry,
            confirmation,
            cancellations,
            grades,
            proofs,
            clocks,
            notify,
            roles,
            asks,
        }
    }

    /// Patterns of numbers; documents of two kinds are not numbered alike.
    fn numbers(&mut self, raw: RawNumbering) -> Vec<(Numbered, String)> {
        let all = [
            (Numbered::Order, raw.order),
            (Numbered::Shipment, raw.shipment),
            (Numbered::Invoice, raw.invoice),
            (Numbered::Payment, raw.payment),
            (Numbered::Task, raw.task),
            (Numbered::Change, raw.change),
            (Numbered::Quotation, raw.quotation),
            (Numbered::Contract, raw.contract),
            (Numbered::Inquiry, raw.inquiry),
            (Numbered::Purchase, raw.purchase),
        ];
        let mut numbers: Vec<(Numbered, String)> = Vec::new();
        for (kind, pattern) in all {
            let Some(pattern) = pattern else { continue };
            let path = format!("numbering.{kind}");
            let (byte, pattern) = (pattern.span().start, pattern.into_inner());
            if let Err(error) = NumberPattern::parse(&pattern) {
                self.mistakes.push(self.places.at(byte, path, error));
            } else if self.known.is_some() && numbers.iter().any(|(_, other)| *other == pattern) {
                self.wrong(byte, &path, BlueprintRule::Repeated { name: pattern.clone() });
            }
            numbers.push((kind, pattern));
        }
        numbers
    }

    fn limits(&mut self, raw: &BTreeMap<String, Spanned<toml::Value>>) -> Vec<(String, i128)> {
        let mut limits = Vec::new();
        for (name, value) in raw {
            let path = format!("limits.{name}");
            if is_code(name) {
                limits.extend(self.number(&path, value).map(|number| (name.clone(), number)));
            } else {
                self.wrong(value.span().start, &path, BlueprintRule::NotACode { name: name.clone() });
            }
        }
        limits
    }

    /// A number in millionths, written as a number or as a text.
    pub(super) fn number(&mut self, path: &str, value: &Spanned<toml::Value>) -> Option<i128> {
        let written = match value.get_ref() {
            toml::Value::Integer(int) => int.to_string(),
            toml::Value::Float(float) => float.to_string(),
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let read = number(&written);
        if read.is_none() {
            self.wrong(value.span().start, path, BlueprintRule::NotANumber { value: written });
        }
        read
    }

    /// Codes are written right, and each once.
    pub(super) fn codes<'a>(&mut self, part: &str, codes: impl Iterator<Item = &'a Spanned<String>>) {
        let mut seen: Vec<&str> = Vec::new();
        for (place, code) in codes.enumerate() {
            let (path, name, byte) = (format!("{part}[{}].code", place + 1), code.get_ref(), code.span().start);
            if place == MOST {
                self.wrong(byte, part, BlueprintRule::TooMany { max: 200 });
            }
            if !is_code(name) {
                self.wrong(byte, &path, BlueprintRule::NotACode { name: name.clone() });
            } else if seen.contains(&name.as_str()) {
                self.wrong(byte, &path, BlueprintRule::Repeated { name: name.clone() });
            }
            seen.push(name);
        }
    }

    pub(super) fn condition(&mut self, path: &str, text: &Spanned<String>, known: &Known<'_>) -> Option<Condition> {
        match check::condition(text.get_ref(), known) {
            Ok(condition) => Some(condition),
            Err(wrong) => {
                let byte = self.places.inside(text.span().start, wrong.byte);
                self.mistakes.push(self.places.at(byte, path, wrong.reason));
                None
            }
        }
    }

    fn role(&mut self, path: &str, role: &Spanned<String>) {
        if self.known.is_some() && !self.roles.contains(role.get_ref()) {
            let rule = unknown(role.get_ref(), self.roles.iter());
            self.wrong(role.span().start, path, rule);
        }
    }

    fn approval(&mut self, place: usize, raw: &RawApproval, known: &Known<'_>) -> Option<ApprovalRule> {
        let path = |field: &str| format!("approval[{place}].{field}");
        let roles = raw.roles.get_ref();
        if roles.is_empty() {
            self.wrong(raw.roles.span().start, &path("roles"), BlueprintRule::NoRoles);
        }
        for role in roles {
            self.role(&path("roles"), role);
        }
        let need = raw.need.as_ref().map_or(1, |need| *need.get_ref());
        if !(1..=9).contains(&need) {
            let byte = raw.need.as_ref().map_or(0, |need| need.span().start);
            self.wrong(byte, &path("need"), BlueprintRule::NeedTooMany { need, most: 9 });
        }
        let when = match &raw.when {
            Some(text) => Some(self.condition(&path("when"), text, known)?),
            None => None,
        };
        Some(ApprovalRule {
            code: raw.code.get_ref().clone(),
            name: raw.name.clone(),
            stage: *raw.stage.get_ref(),
            roles: roles.iter().map(|role| role.get_ref().clone()).collect(),
            need,
            when,
        })
    }

    /// Stages are numbered from 1 without gaps.
    fn stages(&mut self, raw: &[RawApproval]) {
        for (place, rule) in (1..).zip(raw) {
            let stage = *rule.stage.get_ref();
            if stage < 1 || (stage > 1 && !raw.iter().any(|other| *other.stage.get_ref() == stage - 1)) {
                let byte = rule.stage.span().start;
                self.wrong(byte, &format!("approval[{place}].stage"), BlueprintRule::StageGap { stage });
            }
        }
    }

    fn gate(&mut self, place: usize, raw: &RawGate, known: &Known<'_>) -> Option<Gate> {
        let path = |field: &str| format!("gate[{place}].{field}");
        let mut on = Vec::new();
        for verb in raw.on.get_ref() {
            let gated = Verb::parse(verb.get_ref()).filter(|verb| GATED.contains(verb));
            match gated {
                Some(verb) => on.push(verb),
                None => {
                    let rule = unknown(verb.get_ref(), GATED.iter().map(|verb| verb.as_str()));
                    self.wrong(verb.span().start, &path("on"), rule);
                }
            }
        }
        if raw.message.get_ref().is_none() {
            self.wrong(raw.message.span().start, &path("message"), BlueprintRule::NoText { language: "zh-CN".to_owned() });
        }
        for role in &raw.override_by {
            self.role(&path("override"), role);
        }
        let backfill = raw.backfill.as_ref().map(|text| (duration_seconds(text.get_ref()), text));
        if let Some((None, text)) = &backfill {
            self.wrong(text.span().start, &path("backfill"), BlueprintRule::NotADuration { value: text.get_ref().clone() });
        }
        let when = raw.when.as_ref().map(|text| self.condition(&path("when"), text, known));
        let require = self.condition(&path("require"), &raw.require, known)?;
        Some(Gate {
            code: raw.code.get_ref().clone(),
            on,
            when: match when {
                Some(condition) => Some(condition?),
                None => None,
            },
            require,
            message: raw.message.get_ref().clone(),
            override_by: raw.override_by.iter().map(|role| role.get_ref().clone()).collect(),
            backfill_seconds: backfill.and_then(|(seconds, _)| seconds),
        })
    }
}

/// There is nothing by this name among those that are known.
pub(super) fn unknown<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> BlueprintRule {
    match nearest(name, known) {
        Some(near) => BlueprintRule::UnknownNameNear { nearest: near.to_owned(), name: name.to_owned() },
        None => BlueprintRule::UnknownName { name: name.to_owned() },
    }
}

/// Codes are lower-case letters, digits, dots and underscores.
fn is_code(text: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'.';
    !text.is_empty() && text.len() <= 60 && text.bytes().all(fine) && text.starts_with(|c: char| c.is_ascii_lowercase())
}
