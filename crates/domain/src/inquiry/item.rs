//! The checklist of an inquiry: which of its items are filled, missing or vague, and why (INT-02).

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::date::Date;
use crate::id::AttachmentId;
use crate::intake::{VagueMeaning, VagueWord, day_in, drawing_in, quantity_in, vague_words};
use crate::language::Language::{En, ZhCn, ZhTw};
use crate::rules::{InquiryRule, LocalText};
use crate::text::text;

codes! {
    /// What an item of the checklist is resolved to.
    InquiryItemKind in "inquiry.kind" {
        /// Words.
        Text = "text",
        /// A day.
        Date = "date",
        /// A number with its unit.
        Quantity = "quantity",
        /// A file, or the number of a drawing.
        Drawing = "drawing",
    }
}

codes! {
    /// How an item of the checklist stands.
    InquiryMark in "inquiry.mark" {
        Filled = "filled",
        /// Required, and nothing is said.
        Missing = "missing",
        /// Something is said that is not what it must be resolved to.
        Vague = "vague",
        /// Not required, and nothing is said.
        Blank = "blank",
    }
}

codes! {
    /// Why an item is vague.
    InquiryWhy in "inquiry.why" {
        /// A vague word stands in it.
        Word = "word",
        /// A vague word in the raw words asks for it.
        Said = "said",
        /// No day can be read in it.
        NoDate = "no_date",
        /// No number can be read in it.
        NoNumber = "no_number",
        /// Its number has no unit.
        NoUnit = "no_unit",
        /// It has neither a file nor the number of a drawing.
        NoDrawing = "no_drawing",
    }
}

/// What a person says to an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InquiryValue {
    /// Code of the item.
    pub code: String,
    /// What is known, in words.
    pub value: String,
    /// The drawing.
    pub attachment_id: Option<AttachmentId>,
}

/// An item of the checklist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InquiryItem {
    /// Its code; of one that only the raw words ask for `said.` and what they leave open.
    pub code: String,
    /// What it asks.
    pub text: LocalText,
    /// What it is resolved to.
    pub kind: InquiryItemKind,
    /// Whether it must be known.
    pub required: bool,
    /// What is known, in words.
    pub value: String,
    /// Id of the file that shows it; empty: none.
    pub attachment: String,
    /// How it stands.
    pub mark: InquiryMark,
    /// Why it is vague.
    pub why: Option<InquiryWhy>,
    /// The vague words; empty: none.
    pub said: String,
    /// What it was resolved to: the day in ISO 8601, number and unit, the number of the drawing.
    pub meaning: String,
}

/// What is read in the value of an item.
enum Read {
    Clear(String),
    Vague(InquiryWhy, String),
}

fn joined<'a>(words: impl Iterator<Item = &'a VagueWord>) -> String {
    let mut said: Vec<&str> = Vec::new();
    for word in words {
        if !said.contains(&word.said.as_str()) {
            said.push(&word.said);
        }
    }
    said.join("、")
}

impl InquiryItemKind {
    /// What vague words of raw text leave open that an item of this kind settles; words settle nothing by themselves.
    const fn settles(self) -> Option<VagueMeaning> {
        match self {
            Self::Text => None,
            Self::Date => Some(VagueMeaning::Date),
            Self::Quantity => Some(VagueMeaning::Quantity),
            Self::Drawing => Some(VagueMeaning::Drawing),
        }
    }

    /// Reads a value that is not empty.
    fn read(self, value: &str, has_file: bool, today: Date) -> Read {
        let words = vague_words(value, today);
        let vague = |why| match words.is_empty() {
            true => Read::Vague(why, String::new()),
            false => Read::Vague(InquiryWhy::Word, joined(words.iter())),
        };
        match self {
            Self::Text if words.is_empty() => Read::Clear(String::new()),
            Self::Text => vague(InquiryWhy::Word),
            Self::Date => day_in(value, today).map_or_else(|| vague(InquiryWhy::NoDate), |day| Read::Clear(day.to_string())),
            Self::Quantity if words.iter().any(|word| word.leaves == VagueMeaning::Quantity) => vague(InquiryWhy::Word),
            Self::Quantity => match quantity_in(value) {
                None => vague(InquiryWhy::NoNumber),
                Some(counted) if counted.unit.is_empty() => Read::Vague(InquiryWhy::NoUnit, String::new()),
                Some(counted) => Read::Clear(format!("{} {}", counted.quantity.decimal(), counted.unit)),
            },
            Self::Drawing if has_file => Read::Clear(drawing_in(value).unwrap_or_default()),
            Self::Drawing => drawing_in(value).map_or_else(|| vague(InquiryWhy::NoDrawing), Read::Clear),
        }
    }
}

impl InquiryItem {
    fn of(code: &str, text: LocalText, kind: InquiryItemKind, required: bool, sent: &[InquiryValue], today: Date) -> Self {
        let sent = sent.iter().find(|value| value.code == code);
        let value = sent.map(|sent| sent.value.trim().to_owned()).unwrap_or_default();
        let attachment = sent.and_then(|sent| sent.attachment_id).map(|id| id.to_string()).unwrap_or_default();
        let mut item = Self {
            code: code.to_owned(),
            text,
            kind,
            required,
            value,
            attachment,
            mark: if required { InquiryMark::Missing } else { InquiryMark::Blank },
            why: None,
            said: String::new(),
            meaning: String::new(),
        };
        if item.value.is_empty() && item.attachment.is_empty() {
            return item;
        }
        match kind.read(&item.value, !item.attachment.is_empty(), today) {
            Read::Clear(meaning) => (item.mark, item.meaning) = (InquiryMark::Filled, meaning),
            Read::Vague(why, said) => item.be_vague(why, said),
        }
        item
    }

    fn be_vague(&mut self, why: InquiryWhy, said: String) {
        (self.mark, self.why, self.said) = (InquiryMark::Vague, Some(why), said);
    }

    /// Whether it is missing or vague.
    pub fn is_open(&self) -> bool {
        matches!(self.mark, InquiryMark::Missing | InquiryMark::Vague)
    }
}

/// What every text of a key says in the languages of the product.
fn in_each(key: &str) -> LocalText {
    let of = |language| text(language, key, &[]);
    LocalText::Each { zh_cn: of(ZhCn), zh_tw: of(ZhTw), en: of(En) }
}

/// The checklist with how each item stands. `rules` are the items that are asked for, `sent` what is said to them, `said` the raw words of an inquiry
/// that came in on `today`. What the raw words leave open must be settled by an item of its kind; where the rules ask for none, one is added.
///
/// Source: INT-02
pub fn marked(rules: &[&InquiryRule], sent: &[InquiryValue], said: &str, today: Date) -> Vec<InquiryItem> {
    let of = |rule: &&InquiryRule| InquiryItem::of(&rule.code, rule.text.clone(), rule.kind, rule.required, sent, today);
    let mut items: Vec<InquiryItem> = rules.iter().map(of).collect();
    let words = vague_words(said, today);
    for leaves in VagueMeaning::ALL {
        let open = joined(words.iter().filter(|word| word.leaves == *leaves));
        if open.is_empty() {
            continue;
        }
        let settles = |item: &&mut InquiryItem| item.kind.settles() == Some(*leaves);
        let known: Vec<&mut InquiryItem> = items.iter_mut().filter(settles).collect();
        if known.iter().any(|item| item.mark == InquiryMark::Filled) {
            continue;
        }
        if let Some(item) = known.into_iter().find(|item| item.value.is_empty()) {
            item.be_vague(InquiryWhy::Said, open);
        } else if !items.iter().any(|item| item.kind.settles() == Some(*leaves)) {
            items.push(asked_by_words(*leaves, open, sent, today));
        }
    }
    items
}

/// The item that raw words ask for and the rules do not.
fn asked_by_words(leaves: VagueMeaning, open: String, sent: &[InquiryValue], today: Date) -> InquiryItem {
    let kind = match leaves {
        VagueMeaning::Date => InquiryItemKind::Date,
        VagueMeaning::Quantity => InquiryItemKind::Quantity,
        VagueMeaning::Drawing => InquiryItemKind::Drawing,
        VagueMeaning::Habit => InquiryItemKind::Text,
    };
    let label = in_each(&format!("inquiry.asked.{leaves}"));
    let mut item = InquiryItem::of(&format!("said.{leaves}"), label, kind, true, sent, today);
    if item.mark == InquiryMark::Missing {
        item.be_vague(InquiryWhy::Said, open);
    }
    item
}
