//! Reading an order out of a message as people write them: an e-mail or a chat, in Chinese or English (INT-05).
//!
//! [`read`] finds quantities, days, phones, addresses and the words that name products and customers; [`Reading::settle`] matches those words
//! with the customers and products that the store found for them. Nothing is decided here: every field has a figure of how sure it is and the
//! place in the text it was read from, and a person confirms.

mod address;
mod contact;
mod day;
mod folded;
mod item;
mod learned;
mod letter;
mod likeness;
mod matching;
mod number;
mod remark;
mod said;
mod settle;
mod suggestion;
mod unit;
mod vague;

pub use folded::{fold_name, phrase_key};
pub use item::{Item, Price};
pub use learned::IntakePhrase;
pub use matching::{CustomerCandidate, Learned, LearnedKind, Matched, ProductCandidate};
pub use said::{Counted, VagueMeaning, VagueWord, day_in, drawing_in, quantity_in, vague_words};
pub use settle::{Asked, Line, Settled};
pub use suggestion::{SuggestedItem, Suggestion};
pub use vague::{Vague, VagueField};

use crate::date::Date;
use folded::Folded;

/// The longest message, in characters.
pub const MESSAGE_MAX: usize = 20_000;

/// Lines read from one message at the most.
pub const LINES_MAX: usize = 100;

/// A place in a message: characters (not bytes) from the first to before the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first character.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
}

impl Span {
    fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// What was read, how sure that is and from which words.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// What it means.
    pub value: T,
    /// How sure that is: 0 is a guess, 100 certain.
    pub confidence: u8,
    /// Where it stands.
    pub span: Span,
}

impl<T> Found<T> {
    fn new(value: T, confidence: u8, span: Span) -> Self {
        Self { value, confidence, span }
    }
}

/// What a message says, before it is known which customer and which products it means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// E-mail addresses in it, the sender's first, in lower case.
    pub emails: Vec<String>,
    /// Phones in it, their digits only.
    pub phones: Vec<String>,
    /// The words that may name the customer, the likeliest first.
    pub clues: Vec<Found<String>>,
    /// Who is to be called.
    pub contact_name: Option<Found<String>>,
    /// Under which number.
    pub contact_phone: Option<Found<String>>,
    /// Where the goods go.
    pub delivery_address: Option<Found<String>>,
    /// The customer's own number of the order.
    pub customer_po: Option<Found<String>>,
    /// When the goods are wanted.
    pub required_on: Option<Found<Date>>,
    /// How they are to be packed.
    pub packing: Option<Found<String>>,
    /// What is ordered.
    pub items: Vec<Item>,
    /// Words that leave a field open (INT-02).
    pub vague: Vec<Vague>,
    /// The message as it is compared: narrow, lower case, simplified; of the same length in characters. What is quoted is left out.
    pub folded: String,
    /// The message as it was written.
    pub message: Vec<char>,
}

/// Reads a message that came in on `today`.
///
/// Source: INT-05, INT-02
pub fn read(message: &str, today: Date) -> Reading {
    let mut text = Folded::of(message);
    let letter = letter::part(&mut text);
    let folded = text.all();
    let emails = contact::emails(&mut text, &letter);
    let po = contact::order_number(&mut text);
    let address = address::find(&mut text);
    let phones = contact::phones(&mut text, &letter);
    let contact_name = contact::name(&text, &letter);
    let mut days = day::find(&mut text, today);
    let packing = remark::packing(&mut text);
    let mut vague = vague::find(&mut text);
    let clues = contact::clues(&text, &letter);
    let items = item::find(&mut text, &letter, &mut vague);
    let required_on = days.wanted(&items);
    if required_on.is_some() {
        vague.retain(|word| word.field != VagueField::RequiredOn);
    }
    vague.sort_by_key(|word| word.span);
    Reading {
        emails,
        contact_phone: contact::best_phone(&phones),
        phones: phones.into_iter().map(|phone| contact::digits(&phone.value)).collect(),
        clues,
        contact_name,
        delivery_address: address,
        customer_po: po,
        required_on,
        packing,
        items,
        vague,
        folded,
        message: message.chars().take(MESSAGE_MAX).collect(),
    }
}
