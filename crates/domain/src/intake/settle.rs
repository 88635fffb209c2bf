//! Which products are meant, and how much of each in its own unit.

use std::collections::HashMap;

use super::folded::phrase_key;
use super::item::{Item, Price};
use super::likeness::{Name, Piece, pieces};
use super::matching::{self, CustomerCandidate, GUESS, Learned, LearnedKind, Matched, ProductCandidate, ranked};
use super::{Found, Reading, Span, contact, unit};
use crate::id::{CustomerId, ProductId};
use crate::quantity::Quantity;

/// One line of the order as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The words that name the product, as they were written.
    pub phrase: String,
    /// Where all of it stands.
    pub span: Span,
    /// Which product.
    pub product: Matched<ProductId>,
    /// How many, in the unit of the product where it is known; nothing where the words leave it open.
    pub quantity: Option<Found<Quantity>>,
    /// How many, as said.
    pub said_quantity: Option<Quantity>,
    /// The further unit of the product that the quantity is in; empty: its base unit.
    pub sold_unit: String,
    /// In which unit, as said; empty where none was.
    pub said_unit: String,
    /// The product is sold in another unit, and no ratio is known.
    pub unit_differs: bool,
    /// Whether a vague word leaves open how many.
    pub vague: bool,
    /// A price that was named with it.
    pub price: Option<Price>,
}

/// A message as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// Who orders.
    pub customer: Matched<CustomerId>,
    /// Who is to be called, where the message does not say it itself: one of the customer's people, or a name beside the customer's.
    pub contact_name: Option<Found<String>>,
    /// What is ordered.
    pub lines: Vec<Line>,
}

/// A product that may be meant, taken apart once.
struct Known<'a> {
    product: &'a ProductCandidate,
    name: Name,
    code: String,
    barcode: String,
}

/// From here on words without a quantity are taken for something that is ordered.
const SURE: u8 = 78;

impl Reading {
    /// Matches what was said with the customers and products that may be meant, and with what was learned.
    ///
    /// Source: INT-05
    pub fn settle(&self, customers: &[CustomerCandidate], products: &[ProductCandidate], learned: &[Learned]) -> Settled {
        let mut customer = matching::customer(self, customers, learned);
        // A contact person of the customer is told by name alone: 王磊 is at 恒力机电.
        if self.clues.is_empty() && customer.best.is_some_and(|(_, score)| score < GUESS) {
            customer.best = None;
        }
        let by = customer.best.filter(|(_, score)| *score >= 60).map(|(id, _)| id);
        let known: Vec<Known<'_>> = products
            .iter()
            .map(|product| Known {
                product,
                name: Name::of(&product.name, &product.spec),
                code: phrase_key(&product.code),
                barcode: product.barcode.clone(),
            })
            .collect();
        let apart = customer.span.filter(|_| by.is_some());
        let mut lines: Vec<Line> = Vec::new();
        let mut place = 0;
        while place < self.items.len() {
            let end = self.items[place..]
                .iter()
                .position(|item| item.part != self.items[place].part)
                .map_or(self.items.len(), |more| place + more);
            let end = if self.items[place].part == usize::MAX { place + 1 } else { end };
            part(&self.items[place..end], &Ground { known: &known, learned, by, apart }, &mut lines);
            place = end;
        }
        let contact_name = self.contact_name.clone().or_else(|| self.person(customers, &customer));
        Settled { customer, contact_name, lines }
    }

    fn person(&self, customers: &[CustomerCandidate], customer: &Matched<CustomerId>) -> Option<Found<String>> {
        let (id, _) = customer.best?;
        let people = customers.iter().find(|candidate| candidate.id == id).map(|candidate| candidate.people.as_slice()).unwrap_or_default();
        let text: Vec<char> = self.folded.chars().collect();
        let known = people.iter().filter(|person| person.chars().count() >= 2).find_map(|person| {
            let span = matching::stands(&text, person)?;
            Some(Found::new(self.said(span), 90, span))
        });
        known.or_else(|| contact::beside(&self.folded, &self.message, customer.span?))
    }

    /// What stands there, as it was written.
    pub fn said(&self, span: Span) -> String {
        self.message[span.start.min(self.message.len())..span.end.min(self.message.len())].iter().collect()
    }
}

/// What items are matched with.
struct Ground<'a> {
    known: &'a [Known<'a>],
    learned: &'a [Learned],
    by: Option<CustomerId>,
    /// The words that name the customer, no part of a product.
    apart: Option<Span>,
}

/// The items of one part of a sentence: their words all stand before their quantities, or all behind.
fn part(items: &[Item], ground: &Ground<'_>, lines: &mut Vec<Line>) {
    let before: Vec<_> = items.iter().map(|item| item.before.as_ref().and_then(|said| matched(said, ground, lines.last()))).collect();
    let after: Vec<_> = items.iter().map(|item| item.after.as_ref().and_then(|said| matched(said, ground, lines.last()))).collect();
    let sum = |all: &[Option<(Found<String>, Matched<ProductId>)>]| {
        all.iter().flatten().map(|(_, matched)| u32::from(matched.best.map_or(0, |(_, score)| score))).sum::<u32>()
    };
    // A customer's name or a greeting may stand before; words before are likelier, the others being equal.
    let behind = sum(&after) > sum(&before) + 10 * u32::try_from(items.len()).unwrap_or(1);
    for (place, item) in items.iter().enumerate() {
        let chosen = if behind { &after[place] } else { &before[place] };
        // Trailing words may say more: 电源模块 20台 24V/10A.
        let joined = (!behind && item.before.is_some() && items.len() == 1).then(|| both(item, ground, lines.last())).flatten();
        let chosen = match (chosen, joined) {
            (Some((_, one)), Some(joined)) if joined.1.best.map_or(0, |(_, s)| s) > one.best.map_or(0, |(_, s)| s) => Some(joined),
            (chosen, _) => chosen.clone().or_else(|| if behind { before[place].clone() } else { after[place].clone() }),
        };
        lines.extend(line(item, chosen, ground));
    }
}

fn both(item: &Item, ground: &Ground<'_>, last: Option<&Line>) -> Option<(Found<String>, Matched<ProductId>)> {
    let (before, after) = (item.before.as_ref()?, item.after.as_ref()?);
    let said = Found::new(format!("{} {}", before.value, after.value), 0, before.span);
    matched(&said, ground, last)
}

/// The phrase without the customer's name, and the product it means.
fn matched(said: &Found<String>, ground: &Ground<'_>, last: Option<&Line>) -> Option<(Found<String>, Matched<ProductId>)> {
    let mut said = said.clone();
    let whole = phrase_key(&said.value);
    if let Some(apart) = ground.apart.filter(|apart| apart.start < said.span.end && said.span.start < apart.end) {
        if apart.end >= said.span.end {
            return None;
        }
        let skipped = apart.end.saturating_sub(said.span.start);
        let rest: String = said.value.chars().skip(skipped).collect();
        let idle = |letter: char| letter.is_whitespace() || ",;:.!?、。；：！？，-".contains(letter);
        let trimmed = rest.trim_start_matches(idle);
        let start = apart.end + rest.chars().count() - trimmed.chars().count();
        let trimmed = ["需要", "想要", "想订", "要", "订", "需", "来", "的"]
            .iter()
            .fold(trimmed, |text, word| text.strip_prefix(word).unwrap_or(text));
        said = Found::new(trimmed.trim().to_owned(), 0, Span::new(start.min(said.span.end), said.span.end));
        if phrase_key(&said.value).is_empty() {
            return None;
        }
    }
    let key = phrase_key(&said.value);
    let mine = |one: &&Learned| {
        one.kind == LearnedKind::Product && [&key, &whole].contains(&&one.phrase) && (one.customer.is_none() || one.customer == ground.by)
    };
    let learned = ground.learned.iter().filter(mine).max_by_key(|one| one.customer.is_some()).and_then(|one| one.product);
    let learned = learned.filter(|id| ground.known.iter().any(|known| known.product.id == *id));
    let pieces = pieces(&said.value);
    let scores = ground.known.iter().map(|known| (known.product.id, score(known, &said.value, &key, &pieces, last)));
    let (mut best, mut others) = ranked(scores.collect());
    if let Some(id) = learned {
        others.extend(best.filter(|(other, _)| *other != id));
        others.retain(|(other, _)| *other != id);
        others.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
        best = Some((id, 99));
    }
    let span = Some(said.span);
    Some((said, Matched { best, others, span, learned: learned.is_some() }))
}

/// How sure a product is meant: 0 to 1.
fn score(known: &Known<'_>, said: &str, key: &str, pieces: &[Piece], last: Option<&Line>) -> f64 {
    if !known.barcode.is_empty() && key.contains(&known.barcode) {
        return 0.99;
    }
    let like = known.name.likeness(pieces);
    if known.code.len() >= 3 && has_code(said, &known.product.code) {
        // Code and name together are surer than the code; another name beside it makes it doubtful.
        let others = pieces.iter().filter(|piece| !known.code.contains(piece.text.as_str())).count();
        return if others == 0 || like >= 0.3 { 0.98 } else { 0.85 };
    }
    // 24V5A的 after 电源模块24V10A: what is left unsaid is what was said before.
    let same = last.and_then(|line| line.product.best).is_some_and(|(id, score)| score >= 60 && id != known.product.id)
        && pieces.iter().all(|piece| piece.size || piece.text.chars().count() < 2);
    like * 0.97 + if same && like > 0.5 { 0.02 } else { 0.0 }
}

/// Whether a code stands in what is said, as a whole.
fn has_code(said: &str, code: &str) -> bool {
    let said: String = super::folded::fold_all(said).into_iter().collect();
    let code: String = super::folded::fold_all(code).into_iter().collect();
    said.match_indices(&code).any(|(at, _)| {
        let part = |letter: char| letter.is_ascii_alphanumeric();
        let before = said[..at].chars().next_back().is_some_and(|letter| part(letter) || letter == '-');
        let behind = said[at + code.len()..].chars().next().is_some_and(part);
        !before && !behind
    })
}

fn line(item: &Item, chosen: Option<(Found<String>, Matched<ProductId>)>, ground: &Ground<'_>) -> Option<Line> {
    let (said, product) = chosen?;
    let score = product.best.map_or(0, |(_, score)| score);
    let counted = item.quantity.as_ref().is_some_and(|quantity| quantity.confidence > 65) || item.vague;
    if (!counted && score < SURE) || (counted && score == 0 && product.others.is_empty() && item.unit.is_empty()) {
        return None;
    }
    let best = product.best.and_then(|(id, _)| ground.known.iter().find(|known| known.product.id == id));
    let said_unit = known_unit(&item.unit, ground).unwrap_or(&item.unit).to_owned();
    let mut unit_differs = false;
    // What is said in a further unit of the product is ordered in that unit.
    let sold_unit = best.and_then(|known| unit::further(&said_unit, &known.product.unit, &known.product.units)).unwrap_or_default();
    let sold = best.map(|known| if sold_unit.is_empty() { known.product.unit.as_str() } else { sold_unit });
    let quantity = item.quantity.as_ref().map(|quantity| match sold {
        Some(sold) => {
            let (value, sure) = unit::convert(quantity.value.micro(), &said_unit, sold);
            unit_differs = sure < 60;
            Found::new(value, sure.min(quantity.confidence), quantity.span)
        }
        None => quantity.clone(),
    });
    let ends = item.quantity.as_ref().map_or(said.span, |quantity| quantity.span);
    let span = Span::new(said.span.start.min(ends.start), said.span.end.max(ends.end));
    Some(Line {
        phrase: said.value,
        span,
        product,
        quantity,
        said_quantity: item.quantity.as_ref().map(|quantity| quantity.value),
        sold_unit: sold_unit.to_owned(),
        said_unit: item.unit.clone(),
        unit_differs,
        vague: item.vague,
        price: item.price.clone(),
    })
}

/// The unit that a unit was learned to mean.
fn known_unit<'a>(unit: &str, ground: &Ground<'a>) -> Option<&'a str> {
    if unit.is_empty() {
        return None;
    }
    let key = phrase_key(unit);
    let mine =
        |one: &&'a Learned| one.kind == LearnedKind::Unit && one.phrase == key && (one.customer.is_none() || one.customer == ground.by);
    ground.learned.iter().filter(mine).max_by_key(|one| one.customer.is_some()).map(|one| one.unit.as_str())
}

/// What to look for in the catalogue: the words that name products, each with the pieces of it that a search knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Words that may be codes or barcodes, in upper case and as said.
    pub codes: Vec<String>,
    /// For each phrase the pieces to look for, as [`crate::search_text`] keeps names.
    pub phrases: Vec<Vec<String>>,
    /// What may have been learned: phrases, units, clues and addresses as [`phrase_key`] keeps them.
    pub keys: Vec<String>,
    /// The pieces of each clue to the customer.
    pub customers: Vec<Vec<String>>,
    /// The text in which the names of customers are looked for, as it is compared and as it was written, in lower case.
    pub text: String,
    /// Phones as they were written, and their digits.
    pub phones: Vec<String>,
    /// E-mail addresses in lower case.
    pub emails: Vec<String>,
}

/// Phrases that are searched for at the most, and pieces of each.
const PHRASES: usize = 40;
const PIECES: usize = 8;

/// Ends of each phrase that may have been learned.
const ENDS: usize = 16;

/// Characters of the text in which names of customers are looked for, at its beginning and at its end.
const BEGINNING: usize = 600;
const END: usize = 300;

impl Reading {
    /// What the store is to look for.
    pub fn asked(&self) -> Asked {
        let mut asked = Asked::default();
        let mut seen: HashMap<String, ()> = HashMap::new();
        let phrases = self.items.iter().flat_map(|item| [item.before.as_ref(), item.after.as_ref()]).flatten();
        for phrase in phrases {
            let key = phrase_key(&phrase.value);
            if seen.insert(key.clone(), ()).is_some() {
                continue;
            }
            for word in phrase.value.split(|letter: char| letter.is_whitespace() || ",;:()（），、：".contains(letter)) {
                codes(word, &mut asked.codes);
            }
            // The customer's name may stand before it: what was learned may be any end of it.
            asked.keys.extend((0..key.chars().count().saturating_sub(1).min(ENDS)).map(|skipped| key.chars().skip(skipped).collect()));
            if asked.phrases.len() < PHRASES {
                asked.phrases.push(searched(&phrase.value));
            }
        }
        for unit in self.items.iter().map(|item| phrase_key(&item.unit)).filter(|unit| !unit.is_empty()) {
            asked.keys.push(unit);
        }
        asked.keys.extend(self.clues.iter().map(|clue| phrase_key(&clue.value)));
        asked.keys.extend(self.emails.iter().map(|email| phrase_key(email)));
        asked.text = self.searched_text();
        asked.phones = self.contact_phone.iter().map(|phone| phone.value.clone()).chain(self.phones.iter().cloned()).collect();
        asked.emails.clone_from(&self.emails);
        asked.customers = self.clues.iter().take(4).map(|clue| searched(&clue.value)).collect();
        for (list, most) in [(&mut asked.codes, 200), (&mut asked.keys, 1000)] {
            list.sort_unstable();
            list.dedup();
            list.truncate(most);
        }
        asked
    }
}

impl Reading {
    fn searched_text(&self) -> String {
        let part = |text: &[char]| -> String {
            if text.len() <= BEGINNING + END {
                return text.iter().collect();
            }
            let (beginning, end) = (&text[..BEGINNING], &text[text.len() - END..]);
            beginning.iter().chain([&'\n']).chain(end).collect()
        };
        let folded = part(&self.folded.chars().collect::<Vec<_>>());
        let written = part(&self.message).to_lowercase();
        if folded == written { folded } else { format!("{folded}\n{written}") }
    }
}

/// The words of a word that may be a code: `DY-2410电源模块` has one before its Chinese.
fn codes(word: &str, found: &mut Vec<String>) {
    let narrow: String = super::folded::fold_all(word).into_iter().collect();
    for part in narrow.split(|letter: char| !(letter.is_ascii_alphanumeric() || "-._/#".contains(letter))) {
        if part.len() >= 3 && part.chars().any(|letter| letter.is_ascii_digit()) {
            found.push(part.to_uppercase());
            found.push(part.to_owned());
        }
    }
}

/// The pieces of a phrase to look for: Chinese by its sound, so that neither a slip of the pen nor another script hides it.
fn searched(phrase: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for piece in pieces(phrase) {
        let text = if piece.sound.is_empty() { piece.text } else { piece.sound };
        // 24V/10A is kept as it is written: its number is what both have.
        let text = if piece.size { text.trim_end_matches(|letter: char| !letter.is_ascii_digit()).to_owned() } else { text };
        if text.len() >= 2 && !all.contains(&text) && all.len() < PIECES {
            all.push(text);
        }
    }
    all
}
