//! What a language model read in a message (INT-05). It is believed only as far as its words stand in the message: it may say where a
//! product, a customer or a quantity is named, but never add one, and how many is reckoned from the message itself.

use super::folded::{Folded, TAKEN, fold_all};
use super::item::{self, Item};
use super::{Found, LINES_MAX, Reading, Span, VagueField};
use crate::date::Date;
use crate::quantity::Quantity;

/// How sure a field is that only the model read.
const READ: u8 = 70;

/// How sure a day is that the model reckoned, or a field that the rules read in another way.
const DOUBTFUL: u8 = 60;

/// How sure a quantity is that the rules saw and the model did not.
const UNSEEN: u8 = 50;

/// What a language model read; every text as it stands in the message, empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// Who orders.
    pub customer: String,
    /// Who is to be called.
    pub contact_name: String,
    /// Under which number.
    pub contact_phone: String,
    /// Where the goods go.
    pub delivery_address: String,
    /// The customer's own number of the order.
    pub customer_po: String,
    /// How the goods are to be packed.
    pub packing: String,
    /// When they are wanted.
    pub required_on: Option<Date>,
    /// The words that say so.
    pub required_on_said: String,
    /// What is ordered.
    pub items: Vec<SuggestedItem>,
}

/// Something that is ordered, as a language model read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuggestedItem {
    /// The words that name the product.
    pub product: String,
    /// The words that say how many, with their unit.
    pub quantity: String,
}

impl Reading {
    /// This reading with what a language model read in the same message.
    ///
    /// Fields that the rules did not find are taken over, at the most 70 sure; a field that both read in different ways stays as
    /// the rules read it, and is doubtful. The model's items replace those of the rules that speak of the same words; what the rules saw
    /// alone stays where it names a product for certain.
    ///
    /// Source: INT-05
    pub fn advised(mut self, by: &Suggestion) -> Self {
        let text = Text { chars: self.folded.chars().collect() };
        if let Some(found) = text.found(&self, &by.customer) {
            self.clues.retain(|clue| clue.span != found.span);
            self.clues.insert(0, found);
        }
        for (field, said) in [
            (&mut self.contact_name, &by.contact_name),
            (&mut self.contact_phone, &by.contact_phone),
            (&mut self.delivery_address, &by.delivery_address),
            (&mut self.customer_po, &by.customer_po),
            (&mut self.packing, &by.packing),
        ] {
            let found = text.place(said, 0).map(|span| Found::new(said_at(&self.message, span), READ, span));
            match (field.as_mut(), found) {
                (None, found) => *field = found,
                (Some(read), Some(found)) if !overlap(read.span, found.span) => read.confidence = read.confidence.min(DOUBTFUL),
                _ => {}
            }
        }
        self.day(by, &text);
        let items = items(&self, by, &text);
        if !items.is_empty() {
            self.take_items(items);
        }
        self
    }

    fn day(&mut self, by: &Suggestion, text: &Text) {
        let (Some(day), Some(span)) = (by.required_on, text.place(&by.required_on_said, 0)) else { return };
        // "As soon as possible" is no day, whatever a model makes of it.
        let vague = self.vague.iter().any(|word| word.field == VagueField::RequiredOn && overlap(word.span, span));
        match &mut self.required_on {
            Some(read) if read.value != day => read.confidence = read.confidence.min(DOUBTFUL),
            None if !vague => self.required_on = Some(Found::new(day, DOUBTFUL, span)),
            _ => {}
        }
    }

    fn take_items(&mut self, mut items: Vec<Item>) {
        let ours = std::mem::take(&mut self.items);
        for item in ours {
            let spans = spans(&item);
            let same = items.iter_mut().find(|other| self::spans(other).iter().any(|one| spans.iter().any(|two| overlap(*one, *two))));
            match same {
                Some(same) if same.quantity.is_none() => {
                    // The model named the product but no quantity that stands there: the rules' own, to be checked.
                    same.quantity = item.quantity.map(|found| Found { confidence: found.confidence.min(DOUBTFUL), ..found });
                    (same.unit, same.vague, same.price) = (item.unit, item.vague || same.vague, same.price.take().or(item.price));
                }
                Some(same) => {
                    let beside = |one: &Option<Found<Quantity>>, two: &Option<Found<Quantity>>| {
                        one.as_ref().zip(two.as_ref()).is_some_and(|(one, two)| overlap(one.span, two.span))
                    };
                    if beside(&same.quantity, &item.quantity) {
                        same.price = same.price.take().or(item.price);
                        if item.vague {
                            same.vague = true;
                            same.quantity.iter_mut().for_each(|quantity| quantity.confidence = quantity.confidence.min(DOUBTFUL));
                        }
                    }
                }
                None => {
                    let quantity = item.quantity.map(|found| Found { confidence: found.confidence.min(UNSEEN), ..found });
                    items.push(Item { quantity, part: usize::MAX, ..item });
                }
            }
        }
        items.sort_by_key(|item| spans(item).into_iter().min());
        items.truncate(LINES_MAX);
        self.items = items;
    }
}

/// Everything of an item that stands in the message.
fn spans(item: &Item) -> Vec<Span> {
    let words = [item.before.as_ref(), item.after.as_ref()].into_iter().flatten().map(|found| found.span);
    words.chain(item.quantity.as_ref().map(|found| found.span)).collect()
}

fn overlap(one: Span, two: Span) -> bool {
    one.start < two.end && two.start < one.end
}

fn said_at(message: &[char], span: Span) -> String {
    message[span.start..span.end.min(message.len())].iter().collect()
}

/// The model's items whose words stand in the message, each place taken once.
fn items(reading: &Reading, by: &Suggestion, text: &Text) -> Vec<Item> {
    let mut taken: Vec<Span> = Vec::new();
    let mut items = Vec::new();
    for suggested in by.items.iter().take(LINES_MAX) {
        let Some(named) = text.free(&suggested.product, 0, &taken) else { continue };
        // How many stands behind the name, or before it.
        let near = taken.last().map_or(0, |last| last.end).min(named.start);
        let count = text.free(&suggested.quantity, named.end, &taken).or_else(|| text.free(&suggested.quantity, near, &taken));
        let count = count.filter(|span| !overlap(*span, named));
        taken.push(named);
        let mut item = Item { before: Some(Found::new(reading.said(named), 0, named)), part: usize::MAX, ..Item::default() };
        if let Some(span) = count {
            taken.push(span);
            if let Some((micro, unit)) = counted(&text.chars, span) {
                item.quantity = Some(Found::new(Quantity::from_micro(micro), 85, span));
                item.unit = unit;
            }
        }
        items.push(item);
    }
    items
}

/// How many these words say, and in which unit, as the rules read them.
fn counted(chars: &[char], span: Span) -> Option<(i64, String)> {
    let alone: String = chars[span.start..span.end.min(chars.len())].iter().collect();
    let text = Folded::of(&alone);
    let count = item::counts(&text, Span::new(0, text.len())).into_iter().next()?;
    Some((count.micro?, count.unit))
}

/// The message as it is compared.
struct Text {
    chars: Vec<char>,
}

impl Text {
    /// Where words stand first from a place on.
    fn place(&self, words: &str, from: usize) -> Option<Span> {
        let words: Vec<char> = fold_all(words.trim());
        if words.is_empty() || words.contains(&TAKEN) {
            return None;
        }
        let last = self.chars.len().checked_sub(words.len())?;
        (from..=last).find(|start| self.chars[*start..*start + words.len()] == words[..]).map(|start| Span::new(start, start + words.len()))
    }

    /// The same, where nothing else was read yet.
    fn free(&self, words: &str, from: usize, taken: &[Span]) -> Option<Span> {
        let mut from = from;
        loop {
            let span = self.place(words, from)?;
            if !taken.iter().any(|other| overlap(*other, span)) {
                return Some(span);
            }
            from = span.start + 1;
        }
    }

    fn found(&self, reading: &Reading, words: &str) -> Option<Found<String>> {
        let span = self.place(words, 0)?;
        Some(Found::new(reading.said(span), READ, span))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ProductCandidate, read};
    use super::*;
    use crate::id::ProductId;

    fn product(id: i64, name: &str, unit: &str) -> ProductCandidate {
        ProductCandidate {
            id: ProductId::from_raw(id),
            code: format!("P{id}"),
            name: name.into(),
            spec: String::new(),
            unit: unit.into(),
            units: Vec::new(),
            barcode: String::new(),
        }
    }

    fn item(product: &str, quantity: &str) -> SuggestedItem {
        SuggestedItem { product: product.into(), quantity: quantity.into() }
    }

    fn today() -> Date {
        Date::parse("2026-11-21").unwrap()
    }

    fn lines(message: &str, by: &Suggestion) -> Vec<(i64, String)> {
        let products = [product(1, "双胶纸 80g", "令"), product(2, "封箱胶带 透明", "卷"), product(3, "不锈钢螺丝 M8×30", "个")];
        let settled = read(message, today()).advised(by).settle(&[], &products, &[]);
        let line = |line: &super::super::Line| {
            (line.product.best.map_or(0, |(id, _)| id.raw()), line.quantity.as_ref().map_or(String::new(), |found| found.value.decimal()))
        };
        settled.lines.iter().map(line).collect()
    }

    #[test]
    fn a_change_of_mind_is_understood_where_a_model_reads_along() {
        let message = "封箱胶带透明 20卷，哦不，30卷";
        let by = Suggestion { items: vec![item("封箱胶带透明", "30卷")], ..Suggestion::default() };
        assert_eq!(lines(message, &by), [(2, "30".to_owned())]);
    }

    #[test]
    fn speech_without_signs_is_cut_where_the_model_says() {
        let message = "你好我是昆明彩云印刷的段云峰我这边要双胶纸八十克的二十令";
        let by = Suggestion {
            customer: "昆明彩云印刷".into(),
            contact_name: "段云峰".into(),
            items: vec![item("双胶纸八十克", "二十令")],
            ..Suggestion::default()
        };
        assert_eq!(lines(message, &by), [(1, "20".to_owned())]);
        let reading = read(message, today()).advised(&by);
        assert_eq!(reading.clues[0].value, "昆明彩云印刷");
        assert_eq!(reading.contact_name.map(|found| found.value), Some("段云峰".to_owned()));
    }

    #[test]
    fn what_does_not_stand_in_the_message_is_not_believed() {
        let message = "双胶纸80g 20令，尽快";
        let by = Suggestion {
            customer: "另一家公司".into(),
            contact_phone: "13800138000".into(),
            required_on: Some(today()),
            required_on_said: "尽快".into(),
            items: vec![item("双胶纸80g", "200令"), item("不锈钢螺丝", "5个")],
            ..Suggestion::default()
        };
        let reading = read(message, today()).advised(&by);
        assert!(reading.clues.iter().all(|clue| clue.value != "另一家公司"));
        assert_eq!((reading.contact_phone, reading.required_on), (None, None));
        // Neither the other quantity nor the screws: the line stays as the rules read it, to be checked.
        assert_eq!(lines(message, &by), [(1, "20".to_owned())]);
        assert_eq!(reading.items[0].quantity.as_ref().map(|found| found.confidence), Some(DOUBTFUL));
    }

    #[test]
    fn readers_who_differ_make_a_field_doubtful() {
        let message = "双胶纸80g 20令，下周三送到，约20令的样子";
        let by = Suggestion { required_on: Date::parse("2026-11-26").ok(), required_on_said: "下周三".into(), ..Suggestion::default() };
        let reading = read(message, today()).advised(&by);
        let day = reading.required_on.unwrap();
        assert_eq!((day.value, day.confidence), (Date::parse("2026-11-25").unwrap(), DOUBTFUL));
    }
}
