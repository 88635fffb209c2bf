//! A blueprint: read from TOML, every part checked, every mistake told with its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::clock::ClockRule;
use crate::codes::Codes;
use crate::language::Language;
use crate::lifecycle::Verb;
use crate::notify::NotifyRule;
use crate::number_pattern::NumberPattern;
use crate::refusal::{FieldError, Reason};
use crate::rules::asks::Asks;
use crate::rules::check::{self, Known};
use crate::rules::condition::Condition;
use crate::rules::fact::FactSource;
use crate::rules::gate::Gate;
use crate::rules::matrix::ApprovalRule;
use crate::rules::mistake::{BlueprintRule, Mistake, Places, nearest};
use crate::rules::value::number;
use crate::text::text;

/// The rules a new company starts with: those of the scenario `standard`.
pub const STANDARD: &str = include_str!("../blueprints/standard.toml");
/// The rules of a web shop: the scenario `mall`.
pub const MALL: &str = include_str!("../blueprints/mall.toml");
/// The rules of a company that sends people out: the scenario `dispatch`.
pub const DISPATCH: &str = include_str!("../blueprints/dispatch.toml");

/// The blueprints that come with the product, by their names.
pub const READY: &[(&str, &str)] = &[("standard", STANDARD), ("mall", MALL), ("dispatch", DISPATCH)];

/// Codes of the checklist of `standard`, for those who tick it without looking: the demo, benchmarks and tests.
pub const STANDARD_CHECKLIST: &[&str] = &["customer", "lines", "price", "delivery", "terms"];

/// A text in the languages of the product; one alone is taken for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum LocalText {
    /// Nothing.
    #[default]
    None,
    /// The same in every language.
    One(String),
    /// By language.
    Each {
        /// Simplified Chinese.
        #[serde(rename = "zh-CN")]
        zh_cn: String,
        /// Traditional Chinese.
        #[serde(rename = "zh-TW")]
        zh_tw: String,
        /// English.
        en: String,
    },
}

impl LocalText {
    /// In a language.
    pub fn of(&self, language: Language) -> &str {
        match (self, language) {
            (Self::None, _) => "",
            (Self::One(text), _) | (Self::Each { zh_cn: text, .. }, Language::ZhCn) => text,
            (Self::Each { zh_tw, .. }, Language::ZhTw) => zh_tw,
            (Self::Each { en, .. }, Language::En) => en,
        }
    }

    /// Whether there is one.
    pub fn is_none(&self) -> bool {
        [Language::ZhCn, Language::ZhTw, Language::En].iter().all(|language| self.of(*language).is_empty())
    }
}

/// An item that a reviewer ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct ChecklistItem {
    /// Its code.
    pub code: String,
    /// What it asks; where nothing is given, the text `checklist.<code>`.
    pub text: LocalText,
}

impl ChecklistItem {
    /// What it asks.
    pub fn shown(&self, language: Language) -> String {
        if self.text.is_none() { text(language, &format!("checklist.{}", self.code), &[]) } else { self.text.of(language).to_owned() }
    }
}

/// Something that may be proven by evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// Its code: `proven.<code>` in conditions.
    pub code: String,
    /// Its name; where nothing is given, the text `proof.<code>`.
    pub name: LocalText,
}

/// A company's rules, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Blueprint {
    /// What it is called.
    pub title: LocalText,
    /// Pattern of order numbers, where it sets one.
    pub order_pattern: Option<String>,
    /// Numbers that conditions name as `limit.<name>`, in millionths.
    pub limits: Vec<(String, i128)>,
    /// The approval matrix.
    pub approvals: Vec<ApprovalRule>,
    /// Gates, in the order of the file.
    pub gates: Vec<Gate>,
    /// What a reviewer ticks.
    pub checklist: Vec<ChecklistItem>,
    /// What may be proven.
    pub proofs: Vec<Proof>,
    /// Time limits; nothing: those that come with the product.
    pub clocks: Option<Arc<Vec<ClockRule>>>,
    /// Who is told of what; nothing: as it comes with the product.
    pub notify: Option<Arc<Vec<NotifyRule>>>,
    /// What its rules ask for, found out once.
    pub(super) asks: Asks,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    title: LocalText,
    #[serde(default)]
    numbering: RawNumbering,
    #[serde(default)]
    limits: BTreeMap<String, Spanned<toml::Value>>,
    #[serde(default)]
    approval: Vec<RawApproval>,
    #[serde(default)]
    gate: Vec<RawGate>,
    #[serde(default)]
    checklist: Vec<RawItem>,
    #[serde(default)]
    proof: Vec<RawProof>,
    #[serde(default)]
    clock: Option<Vec<Spanned<ClockRule>>>,
    #[serde(default)]
    notify: Option<Vec<Spanned<NotifyRule>>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNumbering {
    order: Option<Spanned<String>>,
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
const MOST: usize = 200;

impl Blueprint {
    /// Reads a blueprint. `roles` are the codes of the company's roles; where none are given, roles are not looked at.
    ///
    /// # Errors
    /// Every mistake, with its line, column and part.
    pub fn read(source: &str, roles: Option<&[String]>) -> Result<Self, Vec<Mistake>> {
        let places = Places::new(source);
        let raw: Raw = toml::from_str(source).map_err(|error| vec![syntax(&places, &error)])?;
        let mut reader = Reader { places, roles, mistakes: Vec::new() };
        let blueprint = reader.blueprint(raw);
        if reader.mistakes.is_empty() {
            return Ok(blueprint);
        }
        reader.mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
        Err(reader.mistakes)
    }

    /// The gates of a verb, in the order of the file.
    pub fn gates_on(&self, verb: Verb) -> impl Iterator<Item = &Gate> {
        self.asks.of(verb).into_iter().flat_map(|asked| &asked.gates).filter_map(|place| self.gates.get(*place))
    }

    /// Whether a verb has gates.
    pub fn has_gates_on(&self, verb: Verb) -> bool {
        self.asks.of(verb).is_some()
    }

    /// What must be at hand to know whether a step's gates are open.
    pub fn gate_sources(&self, verb: Verb) -> &[FactSource] {
        self.asks.of(verb).map_or(&[], |asked| &asked.sources)
    }

    /// Whether a step's gates ask for evidence.
    pub fn asks_for_proof(&self, verb: Verb) -> bool {
        self.asks.of(verb).is_some_and(|asked| asked.proof)
    }

    /// What must be at hand to know who approves.
    pub fn approval_sources(&self) -> &[FactSource] {
        self.asks.approval()
    }

    /// The gate with this code.
    pub fn gate(&self, code: &str) -> Option<&Gate> {
        self.gates.iter().find(|gate| gate.code == code)
    }

    /// The name of what is proven by this code.
    pub fn proof_name(&self, code: &str, language: Language) -> String {
        match self.proofs.iter().find(|proof| proof.code == code).filter(|proof| !proof.name.is_none()) {
            Some(proof) => proof.name.of(language).to_owned(),
            None => text(language, &format!("proof.{code}"), &[]),
        }
    }
}

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

/// A length of time as `30m`, `24h` or `3d`, in seconds.
pub fn duration_seconds(text: &str) -> Option<i64> {
    let (digits, unit) = text.split_at(text.len().checked_sub(1)?);
    let amount: i64 = digits.parse().ok().filter(|amount| (0..=10_000).contains(amount))?;
    match unit {
        "m" => Some(amount * 60),
        "h" => Some(amount * 3_600),
        "d" => Some(amount * 86_400),
        _ => None,
    }
}

struct Reader<'a> {
    places: Places<'a>,
    roles: Option<&'a [String]>,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn wrong(&mut self, byte: usize, path: &str, rule: BlueprintRule) {
        self.mistakes.push(self.places.at(byte, path, rule));
    }

    fn blueprint(&mut self, raw: Raw) -> Blueprint {
        if let Some(pattern) = &raw.numbering.order
            && NumberPattern::parse(pattern.get_ref()).is_err()
        {
            let rule = BlueprintRule::Syntax { message: pattern.get_ref().clone() };
            self.wrong(pattern.span().start, "numbering.order", rule);
        }
        let limits = self.limits(&raw.limits);
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
        let order_pattern = raw.numbering.order.map(Spanned::into_inner);
        let clocks = raw.clock.map(|rules| Arc::new(self.checked("clock", rules, |rule, roles| rule.check(roles, &known_calendars()))));
        let notify = raw.notify.map(|rules| Arc::new(self.checked("notify", rules, NotifyRule::check)));
        let asks = Asks::by(&approvals, &gates);
        Blueprint { title: raw.title, order_pattern, limits, approvals, gates, checklist, proofs, clocks, notify, asks }
    }

    fn limits(&mut self, raw: &BTreeMap<String, Spanned<toml::Value>>) -> Vec<(String, i128)> {
        let mut limits = Vec::new();
        for (name, value) in raw {
            let path = format!("limits.{name}");
            let written = match value.get_ref() {
                toml::Value::Integer(int) => int.to_string(),
                toml::Value::Float(float) => float.to_string(),
                toml::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            match number(&written) {
                _ if !is_code(name) => self.wrong(value.span().start, &path, BlueprintRule::NotACode { name: name.clone() }),
                Some(number) => limits.push((name.clone(), number)),
                None => self.wrong(value.span().start, &path, BlueprintRule::NotANumber { value: written }),
            }
        }
        limits
    }

    /// Codes are written right, and each once.
    fn codes<'a>(&mut self, part: &str, codes: impl Iterator<Item = &'a Spanned<String>>) {
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

    /// Rules that check themselves; what is wrong with a field is told at the head of its table.
    fn checked<T>(&mut self, part: &str, rules: Vec<Spanned<T>>, check: impl Fn(&T, &Codes) -> Vec<FieldError>) -> Vec<T> {
        let roles: Option<Codes> = self.roles.map(|roles| roles.iter().map(String::as_str).collect());
        let mut read = Vec::with_capacity(rules.len());
        for (place, rule) in rules.into_iter().enumerate() {
            if let Some(roles) = &roles {
                for error in check(rule.get_ref(), roles) {
                    let path = format!("{part}[{}]{}", place + 1, error.pointer.replace('/', "."));
                    let reason = Reason { code: error.code, details: error.details };
                    self.mistakes.push(self.places.at(rule.span().start, path, reason));
                }
            }
            read.push(rule.into_inner());
        }
        read
    }

    fn condition(&mut self, path: &str, text: &Spanned<String>, known: &Known<'_>) -> Option<Condition> {
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
        let Some(roles) = self.roles else { return };
        if roles.iter().any(|known| known == role.get_ref()) {
            return;
        }
        let name = role.get_ref().clone();
        let rule = match nearest(&name, roles.iter().map(String::as_str)) {
            Some(near) => BlueprintRule::UnknownNameNear { nearest: near.to_owned(), name },
            None => BlueprintRule::UnknownName { name },
        };
        self.wrong(role.span().start, path, rule);
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
        for rule in raw {
            let stage = *rule.stage.get_ref();
            if stage < 1 || (stage > 1 && !raw.iter().any(|other| *other.stage.get_ref() == stage - 1)) {
                let byte = rule.stage.span().start;
                self.wrong(byte, "approval.stage", BlueprintRule::StageGap { stage });
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
                    let name = verb.get_ref().clone();
                    let rule = match nearest(&name, GATED.iter().map(|verb| verb.as_str())) {
                        Some(near) => BlueprintRule::UnknownNameNear { nearest: near.to_owned(), name },
                        None => BlueprintRule::UnknownName { name },
                    };
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

/// Verbs that gates may stand before: all that somebody does. An order takes effect by itself, with the approval whose gates were asked. `edit` is
/// saving a draft: its gates are asked about the order as it is before the change.
pub const GATED: &[Verb] = &[
    Verb::Edit,
    Verb::Submit,
    Verb::Return,
    Verb::Review,
    Verb::Approve,
    Verb::Reject,
    Verb::Reserve,
    Verb::Ship,
    Verb::Deliver,
    Verb::Invoice,
    Verb::RecordPayment,
    Verb::FollowUp,
    Verb::WaiveFollowUp,
    Verb::Close,
    Verb::Reopen,
    Verb::Hold,
    Verb::Resume,
    Verb::Void,
    Verb::Cancel,
    Verb::Copy,
];

/// Calendars that every company has; those it has made itself are known by the same codes.
fn known_calendars() -> Codes {
    crate::calendar::standard_calendars("UTC").iter().map(|calendar| calendar.code.as_str()).collect()
}

/// Codes are lower-case letters, digits, dots and underscores.
fn is_code(text: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'.';
    !text.is_empty() && text.len() <= 60 && text.bytes().all(fine) && text.starts_with(|c: char| c.is_ascii_lowercase())
}
