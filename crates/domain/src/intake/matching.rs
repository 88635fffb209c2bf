//! Which customer is meant.

use super::folded::{fold_all, is_han, phrase_key};
use super::likeness::{Name, pieces};
use super::{Reading, Span, contact};
use crate::codes::codes;
use crate::id::{CustomerId, ProductId};

codes! {
    /// What was learned from a correction.
    LearnedKind in "intake.kind" {
        /// Words that name a product.
        Product = "product",
        /// A unit that means another one.
        Unit = "unit",
        /// Words, or an address, that name a customer.
        Customer = "customer",
    }
}

/// What was learned: these words mean this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned {
    /// What kind of thing they mean.
    pub kind: LearnedKind,
    /// The words, as [`super::phrase_key`] keeps them.
    pub phrase: String,
    /// Said by which customer; none: by anybody.
    pub customer: Option<CustomerId>,
    /// Which product.
    pub product: Option<ProductId>,
    /// Which customer.
    pub means: Option<CustomerId>,
    /// Which unit.
    pub unit: String,
}

/// A product that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductCandidate {
    /// Its id.
    pub id: ProductId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Specification.
    pub spec: String,
    /// Unit it is sold in.
    pub unit: String,
    /// Further units it is sold in.
    pub units: Vec<String>,
    /// Barcode, or empty.
    pub barcode: String,
}

/// A customer that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerCandidate {
    /// Its id.
    pub id: CustomerId,
    /// Code.
    pub code: String,
    /// Legal name.
    pub name: String,
    /// What people call it.
    pub short_name: String,
    /// E-mail addresses of its people, in lower case.
    pub emails: Vec<String>,
    /// Their phones.
    pub phones: Vec<String>,
    /// Their names.
    pub people: Vec<String>,
}

/// Which one is meant, and which others may be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matched<I> {
    /// The likeliest, how sure that is.
    pub best: Option<(I, u8)>,
    /// Others, the likeliest first.
    pub others: Vec<(I, u8)>,
    /// The words it was told by.
    pub span: Option<Span>,
    /// Whether that was learned from a correction.
    pub learned: bool,
}

/// How many others are named at the most.
pub(super) const OTHERS: usize = 5;

/// Below this a guess is not offered as the answer.
pub(super) const GUESS: u8 = 40;

/// The likeliest with its figure, and the others.
pub(super) type Ranked<I> = (Option<(I, u8)>, Vec<(I, u8)>);

/// Puts scores in order and makes less of the first where the second is as good.
pub(super) fn ranked<I: Copy + PartialEq>(mut scores: Vec<(I, f64)>) -> Ranked<I> {
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    scores.truncate(OTHERS + 1);
    let figure = |score: f64| (score.clamp(0.0, 1.0) * 100.0).round() as u8;
    let mut all: Vec<(I, u8)> = scores.iter().map(|(id, score)| (*id, figure(*score))).filter(|(_, score)| *score >= 20).collect();
    if let [(_, first), (_, second), ..] = scores.as_slice()
        && let Some(best) = all.first_mut()
    {
        let lead = first - second;
        if lead < 0.02 {
            best.1 = best.1.min(50);
        } else if lead < 0.05 {
            best.1 = best.1.min(69);
        } else if lead < 0.1 {
            best.1 = best.1.saturating_sub(10);
        }
    }
    match all.first() {
        Some((_, score)) if *score >= GUESS => {
            let best = all.remove(0);
            (Some(best), all)
        }
        _ => (None, all),
    }
}

/// A legal name without what every company has: 有限公司, Ltd.
fn core(name: &str) -> String {
    const ENDS: &[&str] = &[
        "股份有限公司",
        "有限责任公司",
        "有限公司",
        "集团",
        "公司",
        "b.v.",
        "gmbh",
        "co., ltd.",
        "co.,ltd.",
        "pte. ltd.",
        "ltd.",
        "ltd",
        "inc.",
        "inc",
        "llc",
        "limited",
        "corp.",
        "company",
    ];
    let mut name: String = fold_all(name).into_iter().collect();
    while let Some(end) = ENDS.iter().find(|end| name.ends_with(**end)) {
        name.truncate(name.len() - end.len());
        name = name.trim_end_matches([' ', ',']).to_owned();
    }
    name
}

/// Where words stand in a text, both as they are compared; Latin words only as a whole.
pub(super) fn stands(text: &[char], words: &str) -> Option<Span> {
    let words: Vec<char> = fold_all(words);
    let words: Vec<char> = words.iter().collect::<String>().trim().chars().collect();
    if words.is_empty() || words.len() > text.len() {
        return None;
    }
    let latin = |letter: Option<&char>| letter.is_some_and(char::is_ascii_alphanumeric);
    (0..=text.len() - words.len()).find_map(|start| {
        let end = start + words.len();
        let alike = text[start..end] == words[..];
        let inside = latin(words.first()) && latin(start.checked_sub(1).and_then(|place| text.get(place)))
            || latin(words.last()) && latin(text.get(end));
        (alike && !inside).then(|| Span::new(start, end))
    })
}

fn take(best: &mut (f64, Option<Span>), score: f64, span: Option<Span>) {
    if score > best.0 {
        *best = (score, span);
    }
}

/// How sure a customer is meant: 0 to 1, and by which words.
fn score(customer: &CustomerCandidate, reading: &Reading, text: &[char]) -> (f64, Option<Span>) {
    let mut best: (f64, Option<Span>) = (0.0, None);
    if customer.emails.iter().any(|email| reading.emails.contains(email)) {
        take(&mut best, 0.97, None);
    }
    let phones = customer.phones.iter().map(|phone| contact::digits(phone)).filter(|phone| phone.len() >= 7);
    if phones.into_iter().any(|phone| reading.phones.iter().any(|said| said.ends_with(&phone) || phone.ends_with(said.as_str()))) {
        take(&mut best, 0.9, None);
    }
    let named = |words: &str| if words.chars().filter(|letter| letter.is_alphanumeric()).count() >= 2 { stands(text, words) } else { None };
    if let Some(span) = named(&customer.name) {
        take(&mut best, 0.98, Some(span));
    }
    if let Some(span) = named(&customer.short_name) {
        take(&mut best, if customer.short_name.chars().count() > 2 { 0.95 } else { 0.8 }, Some(span));
    }
    if let Some(span) = named(&core(&customer.name)) {
        take(&mut best, 0.94, Some(span));
    }
    if customer.code.len() >= 4
        && let Some(span) = named(&customer.code)
    {
        take(&mut best, 0.93, Some(span));
    }
    if best.0 < 0.8 {
        for clue in &reading.clues {
            let like = alike(customer, &clue.value);
            let most = if clue.confidence >= 70 { 0.85 } else { 0.7 };
            take(&mut best, like * most, Some(clue.span));
        }
    }
    // A name in the text says little by itself, but tells two apart.
    if customer.people.iter().any(|person| person.chars().count() >= 2 && named(person).is_some()) {
        let more = if best.0 > 0.0 { 0.02 } else { 0.45 };
        let (score, span) = best;
        take(&mut best, score + more, span);
    }
    best
}

/// How alike a clue and the names of a customer are.
fn alike(customer: &CustomerCandidate, clue: &str) -> f64 {
    let folded: String = fold_all(clue).into_iter().collect();
    let clue_core = core(clue);
    let names = [customer.short_name.clone(), core(&customer.name)];
    let by_name = names.iter().filter(|name| !name.is_empty()).map(|name| {
        let mut folded_name: String = fold_all(name).into_iter().collect();
        folded_name.retain(|letter| letter != ' ');
        let spelt = if folded_name.is_ascii() || !folded_name.chars().any(is_han) {
            let key = phrase_key(&clue_core);
            let like = strsim::normalized_damerau_levenshtein(&key, &phrase_key(name));
            if like >= 0.75 { like } else { 0.0 }
        } else {
            0.0
        };
        // What is said is mostly longer than a name: the part of the name that is in it counts too.
        let name_pieces = pieces(name);
        let clue = Name::of(&folded, "");
        let there = clue.likeness(&name_pieces);
        let here = Name::of(name, "").likeness(&pieces(&clue_core));
        spelt.max((there + here) / 2.0).max(if there > 0.7 { there * 0.8 } else { 0.0 })
    });
    by_name.fold(0.0, f64::max)
}

/// Which customer a message is from.
pub(super) fn customer(reading: &Reading, candidates: &[CustomerCandidate], learned: &[Learned]) -> Matched<CustomerId> {
    let text: Vec<char> = reading.folded.chars().collect();
    let known = learned.iter().filter(|one| one.kind == LearnedKind::Customer).find_map(|one| {
        let clue = reading.clues.iter().find(|clue| phrase_key(&clue.value) == one.phrase);
        let email = reading.emails.iter().any(|email| phrase_key(email) == one.phrase);
        let means = one.means.filter(|means| candidates.iter().any(|candidate| candidate.id == *means))?;
        (clue.is_some() || email).then_some((means, clue.map(|clue| clue.span)))
    });
    let mut scored: Vec<(CustomerId, f64, Option<Span>)> = candidates
        .iter()
        .map(|candidate| {
            let (score, span) = score(candidate, reading, &text);
            (candidate.id, score, span)
        })
        .collect();
    // Of two names, one of which stands in the other, the longer is meant.
    for place in 0..scored.len() {
        let Some(span) = scored[place].2 else { continue };
        let longer = |other: &(CustomerId, f64, Option<Span>)| {
            other.2.is_some_and(|other| other != span && other.start <= span.start && span.end <= other.end)
        };
        if scored.iter().any(|other| longer(other) && other.1 >= 0.8) {
            scored[place].1 *= 0.7;
        }
    }
    let (mut best, mut others) = ranked(scored.iter().map(|(id, score, _)| (*id, *score)).collect());
    let mut span = best.and_then(|(best, _)| scored.iter().find(|(id, ..)| *id == best).and_then(|(.., span)| *span));
    if let Some((means, said)) = known {
        others.extend(best.filter(|(id, _)| *id != means));
        others.retain(|(id, _)| *id != means);
        others.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
        best = Some((means, 99));
        span = said;
    }
    Matched { best, others, span, learned: known.is_some() }
}
