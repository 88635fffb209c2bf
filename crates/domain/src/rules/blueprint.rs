//! A blueprint: what a company's rules say, checked.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::clock::ClockRule;
use crate::language::Language;
use crate::lifecycle::Verb;
use crate::notify::NotifyRule;
use crate::number_pattern::Numbered;
use crate::rules::asks::Asks;
use crate::rules::cancellation::CancellationRule;
use crate::rules::confirmation::ConfirmationRule;
use crate::rules::fact::FactSource;
use crate::rules::gate::Gate;
use crate::rules::grade::GradeTerms;
use crate::rules::inquiry::InquiryRule;
use crate::rules::matrix::ApprovalRule;
use crate::rules::role::RoleRule;
use crate::text::text;

/// The rules a new company starts with: those of the scenario `standard`.
pub const STANDARD: &str = include_str!("../blueprints/standard.toml");
/// The rules of a web shop: the scenario `mall`.
pub const MALL: &str = include_str!("../blueprints/mall.toml");
/// The rules of a company that sends people out: the scenario `dispatch`.
pub const DISPATCH: &str = include_str!("../blueprints/dispatch.toml");
/// The rules of a company that sells abroad: the scenario `export`.
pub const EXPORT: &str = include_str!("../blueprints/export.toml");
/// The rules of a maker of boards, contract and money first: the scenario `wood`.
pub const WOOD: &str = include_str!("../blueprints/wood.toml");

/// The rules of a car dealer: the scenario `car`.
pub const CAR: &str = include_str!("../blueprints/car.toml");

/// The blueprints that come with the product, by their names.
pub const READY: &[(&str, &str)] =
    &[("standard", STANDARD), ("mall", MALL), ("dispatch", DISPATCH), ("export", EXPORT), ("wood", WOOD), ("car", CAR)];

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
    /// Patterns of numbers, of the kinds of documents for which it sets one (INT-10).
    pub numbers: Vec<(Numbered, String)>,
    /// Numbers that conditions name as `limit.<name>`, in millionths.
    pub limits: Vec<(String, i128)>,
    /// The approval matrix.
    pub approvals: Vec<ApprovalRule>,
    /// Gates, in the order of the file.
    pub gates: Vec<Gate>,
    /// Typed prices off the book or the customer's last price by more than this need a reason, in millionths of a percent; nothing: none does.
    pub price_reason_above: Option<i128>,
    /// What a reviewer ticks.
    pub checklist: Vec<ChecklistItem>,
    /// What must be known of an inquiry before it is an order (INT-02).
    pub inquiry: Vec<InquiryRule>,
    /// Whom it asks to sign the confirmation of an order; nothing: nobody (CNF-02, CNF-04).
    pub confirmation: Option<ConfirmationRule>,
    /// What cancelling an order costs; the first that fits counts (CHG-04).
    pub cancellations: Vec<CancellationRule>,
    /// What grades ask of customers, the highest first; the first whose conditions hold counts (PTY-02).
    pub grades: Vec<GradeTerms>,
    /// What may be proven.
    pub proofs: Vec<Proof>,
    /// Time limits; nothing: those that come with the product.
    pub clocks: Option<Arc<Vec<ClockRule>>>,
    /// Who is told of what; nothing: as it comes with the product.
    pub notify: Option<Arc<Vec<NotifyRule>>>,
    /// Roles that are made or changed when it comes into force.
    pub roles: Vec<RoleRule>,
    /// What its rules ask for, found out once.
    pub(super) asks: Asks,
}

impl Blueprint {
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

    /// Whether who approves depends on evidence.
    pub fn approval_asks_for_proof(&self) -> bool {
        self.asks.approval_proof()
    }

    /// The gate with this code.
    pub fn gate(&self, code: &str) -> Option<&Gate> {
        self.gates.iter().find(|gate| gate.code == code)
    }

    /// Codes of the calendars that its clocks name.
    pub fn named_calendars(&self) -> impl Iterator<Item = &str> {
        self.clocks.iter().flat_map(|clocks| clocks.iter()).map(|clock| clock.calendar.as_str()).filter(|code| !code.is_empty())
    }

    /// Codes of the kinds of tasks that its clocks name.
    pub fn named_task_kinds(&self) -> impl Iterator<Item = &str> {
        self.clocks.iter().flat_map(|clocks| clocks.iter()).map(|clock| clock.task.as_str()).filter(|code| !code.is_empty())
    }

    /// The name of what is proven by this code.
    pub fn proof_name(&self, code: &str, language: Language) -> String {
        match self.proofs.iter().find(|proof| proof.code == code).filter(|proof| !proof.name.is_none()) {
            Some(proof) => proof.name.of(language).to_owned(),
            None => text(language, &format!("proof.{code}"), &[]),
        }
    }
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

/// Verbs that gates may stand before: all that somebody does. An order takes effect by itself, with the approval whose gates were asked. `edit` is
/// saving a draft: its gates are asked about the order as it is before the change.
pub const GATED: &[Verb] = &[
    Verb::Edit,
    Verb::Submit,
    Verb::Return,
    Verb::Review,
    Verb::Approve,
    Verb::SendConfirmation,
    Verb::RecordSignedCopy,
    Verb::Reject,
    Verb::Reserve,
    Verb::Ship,
    Verb::Deliver,
    Verb::Invoice,
    Verb::RecordPayment,
    Verb::RecordRefund,
    Verb::FollowUp,
    Verb::WaiveFollowUp,
    Verb::CloseShort,
    Verb::Close,
    Verb::Reopen,
    Verb::Hold,
    Verb::Resume,
    Verb::Void,
    Verb::Cancel,
    Verb::Change,
    Verb::Copy,
];
