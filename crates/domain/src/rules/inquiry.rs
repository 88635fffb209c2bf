//! What a company must know of an inquiry before it is an order: the checklist of its memo (INT-02). In a file:
//!
//! ```toml
//! [[inquiry]]
//! code = "required_on"
//! text = { zh-CN = "要货日期", zh-TW = "需求日期", en = "Day it is wanted" }
//! kind = "date"              # text, date, quantity or drawing; left out: text
//! required = true            # left out: false
//! when = "customer.grade != 'A'"   # only then; left out: always
//! ```

use serde::Deserialize;
use toml::Spanned;

use crate::inquiry::InquiryItemKind;
use crate::rules::blueprint::{Blueprint, LocalText};
use crate::rules::check::Known;
use crate::rules::condition::Condition;
use crate::rules::fact::{FactSource, Facts, VOCABULARY};
use crate::rules::mistake::BlueprintRule;
use crate::rules::read::{Reader, unknown};

/// An item of the checklist of inquiries.
#[derive(Clone, Debug, PartialEq)]
pub struct InquiryRule {
    /// Its code, unique in the blueprint.
    pub code: String,
    /// What it asks.
    pub text: LocalText,
    /// What it is resolved to.
    pub kind: InquiryItemKind,
    /// Whether it must be known.
    pub required: bool,
    /// Of which inquiries it is asked; of all where nothing is said. It may name facts of the customer, the channel and the day.
    pub when: Option<Condition>,
}

/// Facts of an order that an inquiry has as well.
const SHARED: &[&str] = &["order.channel", "today"];

impl InquiryRule {
    /// Whether it is asked of an inquiry: where that is not known, it is.
    pub fn applies(&self, facts: &Facts<'_>) -> bool {
        self.when.as_ref().is_none_or(|when| when.holds(facts).unwrap_or(true))
    }
}

impl Blueprint {
    /// The items that are asked of an inquiry: all of them where nothing is known of the customer.
    pub fn asked_of_inquiry<'a>(&'a self, facts: Option<&Facts<'_>>) -> Vec<&'a InquiryRule> {
        self.inquiry.iter().filter(|rule| facts.is_none_or(|facts| rule.applies(facts))).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInquiry {
    pub(super) code: Spanned<String>,
    text: Spanned<LocalText>,
    #[serde(default)]
    kind: Option<Spanned<String>>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    when: Option<Spanned<String>>,
}

impl Reader<'_> {
    pub(super) fn inquiry(&mut self, raw: &[RawInquiry], known: &Known<'_>) -> Vec<InquiryRule> {
        self.codes("inquiry", raw.iter().map(|item| &item.code));
        raw.iter().enumerate().map(|(place, item)| self.inquiry_item(place, item, known)).collect()
    }

    fn inquiry_item(&mut self, place: usize, raw: &RawInquiry, known: &Known<'_>) -> InquiryRule {
        let path = |field: &str| format!("inquiry[{}].{field}", place + 1);
        if raw.text.get_ref().is_none() {
            self.wrong(raw.text.span().start, &path("text"), BlueprintRule::NoText { language: "zh-CN".to_owned() });
        }
        let kind = match &raw.kind {
            None => InquiryItemKind::Text,
            Some(kind) => InquiryItemKind::parse(kind.get_ref()).unwrap_or_else(|| {
                let rule = unknown(kind.get_ref(), InquiryItemKind::ALL.iter().map(|kind| kind.as_str()));
                self.wrong(kind.span().start, &path("kind"), rule);
                InquiryItemKind::Text
            }),
        };
        let when = raw.when.as_ref().and_then(|text| {
            let condition = self.condition(&path("when"), text, known)?;
            let foreign = condition
                .facts()
                .into_iter()
                .map(|fact| &VOCABULARY[fact])
                .find(|fact| fact.source != FactSource::Customer && !SHARED.contains(&fact.name));
            if let Some(fact) = foreign {
                self.wrong(text.span().start, &path("when"), BlueprintRule::NotOfInquiry { name: fact.name.to_owned() });
            }
            Some(condition)
        });
        InquiryRule { code: raw.code.get_ref().clone(), text: raw.text.get_ref().clone(), kind, required: raw.required, when }
    }
}
