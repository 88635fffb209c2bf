//! A blueprint as it is kept: its text, read once.

use std::sync::{Arc, OnceLock};

use crate::codes::codes;
use crate::id::{UserId, Version};
use crate::instant::Instant;
use crate::refusal::rejections;
use crate::rules::blueprint::{Blueprint, READY, STANDARD};
use crate::rules::mistake::Mistake;

/// The text of a blueprint, read when it is first asked for.
#[derive(Clone, Debug, Default)]
pub struct RuleText {
    text: String,
    read: OnceLock<Arc<Blueprint>>,
}

impl PartialEq for RuleText {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl RuleText {
    /// Of a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), read: OnceLock::new() }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it says.
    ///
    /// # Errors
    /// Every mistake; texts that are in force were checked when they were activated.
    pub fn blueprint(&self) -> Result<Arc<Blueprint>, Vec<Mistake>> {
        if let Some(read) = self.read.get() {
            return Ok(read.clone());
        }
        let blueprint = Arc::new(Blueprint::read(&self.text, None)?);
        Ok(self.read.get_or_init(|| blueprint).clone())
    }
}

/// The rules of a company that has activated none of its own: the blueprint `standard` as it comes with the product.
pub fn standard_blueprint() -> Arc<Blueprint> {
    static STANDARD_READ: OnceLock<Arc<Blueprint>> = OnceLock::new();
    STANDARD_READ.get_or_init(|| Arc::new(Blueprint::read(STANDARD, None).expect("a test reads what comes with the product"))).clone()
}

codes! {
    /// Where a version of a blueprint stands.
    BlueprintState in "blueprint.state" {
        /// Being written.
        Draft = "draft",
        /// New orders are made under it.
        Active = "active",
        /// Another has followed; its orders keep it.
        Retired = "retired",
    }
}

rejections! {
    /// Why a blueprint refuses.
    BlueprintRejection {
        /// What was in force is not changed any more.
        NotDraft { state: BlueprintState } => Conflict "blueprint.not_draft",
        /// It has mistakes.
        HasMistakes { count: i64 } => Invalid "blueprint.has_mistakes",
        /// The same as the one in force.
        NothingNew => Conflict "blueprint.nothing_new",
    }
}

/// A version of a company's rules.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptBlueprint {
    /// Key: counted from 1.
    pub number: i64,
    /// Raised by every change.
    pub version: Version,
    /// Where it stands.
    pub state: BlueprintState,
    /// Its text.
    pub content: RuleText,
    /// The one it was made from; 0: what comes with the product.
    pub based_on: i64,
    /// Why it was made, and activated.
    pub why: String,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// Who activated it.
    pub activated_by: Option<UserId>,
    /// When.
    pub activated_at: Option<Instant>,
}

impl KeptBlueprint {
    /// The rules that come with the product as the first version in force of a company, with another limit of approval (in major units).
    pub fn standard_with_limit(limit: &str, now: Instant) -> Self {
        Self::first(STANDARD.replace("approval = 50000", &format!("approval = {limit}")), now)
    }

    /// A blueprint that comes with the product as the first version in force of a company; nothing for a name that none has.
    pub fn ready(name: &str, now: Instant) -> Option<Self> {
        let (_, content) = READY.iter().find(|(known, _)| *known == name)?;
        Some(Self::first((*content).to_owned(), now))
    }

    fn first(content: String, now: Instant) -> Self {
        Self {
            number: 1,
            version: Version::FIRST,
            state: BlueprintState::Active,
            content: RuleText::new(content),
            based_on: 0,
            why: String::new(),
            created_by: UserId::NONE,
            created_at: now,
            activated_by: Some(UserId::NONE),
            activated_at: Some(now),
        }
    }
}
