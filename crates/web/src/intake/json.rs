//! What was read, as it is answered.

use domain::intake::{CustomerCandidate, Found, Line, ProductCandidate, Reading, Settled, Span, Vague};
use domain::{CustomerId, Date, ProductId};
use serde::Serialize;
use store::query::intake::Candidates;
use utoipa::ToSchema;

use crate::value::IntakeFieldCode;

/// A place in the message.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = IntakeSpan)]
pub struct SpanJson {
    /// The first character, counted from 0 in Unicode characters.
    pub start: i64,
    /// Behind the last.
    pub end: i64,
}

impl From<Span> for SpanJson {
    fn from(span: Span) -> Self {
        let place = |place: usize| i64::try_from(place).unwrap_or(i64::MAX);
        SpanJson { start: place(span.start), end: place(span.end) }
    }
}

/// A text that was read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakeText)]
pub struct TextJson {
    /// What it is.
    pub value: String,
    /// How sure that is: 0 is a guess, 100 certain.
    pub confidence: i64,
    /// Where it stands.
    pub span: SpanJson,
    /// The words it was read from.
    pub said: String,
}

impl TextJson {
    fn of<T: ToString>(reading: &Reading, found: &Found<T>) -> Self {
        let (value, said) = (found.value.to_string(), reading.said(found.span));
        TextJson { value, confidence: i64::from(found.confidence), span: found.span.into(), said }
    }
}

/// A customer that may be meant.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakeCustomerGuess)]
pub struct CustomerGuess {
    /// Its id.
    pub id: String,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// How sure: 0 to 100.
    pub confidence: i64,
}

/// Who orders.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakeCustomer)]
pub struct CustomerJson {
    /// The likeliest; `null`: nobody is likely.
    pub best: Option<CustomerGuess>,
    /// Others, the likeliest first.
    pub others: Vec<CustomerGuess>,
    /// The words that name the customer, to be sent with a correction; empty where none do.
    pub phrase: String,
    /// Where they stand.
    pub span: Option<SpanJson>,
    /// Whether that was learned from a correction.
    pub learned: bool,
}

/// A product that may be meant.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakeProductGuess)]
pub struct ProductGuess {
    /// Its id.
    pub id: String,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Specification.
    pub spec: String,
    /// Unit it is sold in.
    pub unit: String,
    /// How sure: 0 to 100.
    pub confidence: i64,
}

/// A line that was read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakeLine)]
pub struct LineJson {
    /// The words that name the product, to be sent with a correction.
    pub phrase: String,
    /// Where all of the line stands.
    pub span: SpanJson,
    /// The likeliest product; `null`: none is likely.
    pub product: Option<ProductGuess>,
    /// Other products, the likeliest first.
    pub others: Vec<ProductGuess>,
    /// Whether the product was learned from a correction.
    pub learned: bool,
    /// The further unit of the product that the quantity is in; empty: its base unit.
    pub sold_unit: String,
    /// How many, a decimal in that unit; empty where the words leave it open.
    pub quantity: String,
    /// How sure that is.
    pub quantity_confidence: i64,
    /// Where it stands.
    pub quantity_span: Option<SpanJson>,
    /// How many, as said.
    pub said_quantity: String,
    /// In which unit, as said; empty where none was.
    pub said_unit: String,
    /// The product is sold in another unit, and no ratio is known.
    pub unit_differs: bool,
    /// A vague word leaves open how many.
    pub vague: bool,
    /// A price of one unit that was named; empty where none was.
    pub unit_price: String,
}

/// A word that leaves a field open.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakeVague)]
pub struct VagueJson {
    /// Which field.
    pub field: IntakeFieldCode,
    /// The word.
    pub said: String,
    /// Where it stands.
    pub span: SpanJson,
}

/// The language model that read along.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakeModel)]
pub struct ModelJson {
    /// Its name.
    pub name: String,
    /// Why it said nothing of use, in the words of the other side; empty: it answered.
    pub problem: String,
}

/// What was read from a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakeReading)]
pub struct ReadingJson {
    /// The day from which days were counted.
    #[schema(value_type = String, format = Date)]
    pub received_on: Date,
    /// Who orders.
    pub customer: CustomerJson,
    /// When the goods are wanted, ISO 8601.
    pub required_on: Option<TextJson>,
    /// Who is to be called.
    pub contact_name: Option<TextJson>,
    /// Under which number.
    pub contact_phone: Option<TextJson>,
    /// Where the goods go.
    pub delivery_address: Option<TextJson>,
    /// The customer's own number.
    pub customer_po: Option<TextJson>,
    /// How they are to be packed.
    pub packing: Option<TextJson>,
    /// What is ordered.
    pub lines: Vec<LineJson>,
    /// Words that leave a field open.
    pub vague: Vec<VagueJson>,
    /// The language model that read along; `null`: none did.
    pub model: Option<ModelJson>,
}

impl ReadingJson {
    pub(super) fn of(reading: &Reading, settled: &Settled, found: &Candidates, received_on: Date) -> Self {
        let text = |field: &Option<Found<String>>| field.as_ref().map(|found| TextJson::of(reading, found));
        let vague = |word: &Vague| VagueJson { field: word.field.into(), said: word.said.clone(), span: word.span.into() };
        Self {
            received_on,
            customer: customer(reading, settled, &found.customers),
            required_on: reading.required_on.as_ref().map(|found| TextJson::of(reading, found)),
            contact_name: text(&settled.contact_name),
            contact_phone: text(&reading.contact_phone),
            delivery_address: text(&reading.delivery_address),
            customer_po: text(&reading.customer_po),
            packing: text(&reading.packing),
            lines: settled.lines.iter().map(|one| line(one, &found.products)).collect(),
            vague: reading.vague.iter().map(vague).collect(),
            model: None,
        }
    }
}

fn customer(reading: &Reading, settled: &Settled, known: &[CustomerCandidate]) -> CustomerJson {
    let guess = |(id, confidence): (CustomerId, u8)| {
        let customer = known.iter().find(|customer| customer.id == id)?;
        let (code, name) = (customer.code.clone(), customer.name.clone());
        Some(CustomerGuess { id: id.to_string(), code, name, confidence: i64::from(confidence) })
    };
    let matched = &settled.customer;
    // An address names who wrote for ever; words do where they are all there is.
    let clue = || reading.clues.first().map(|clue| clue.value.clone());
    let phrase = matched.span.map(|span| reading.said(span)).or_else(|| reading.emails.first().cloned()).or_else(clue);
    CustomerJson {
        best: matched.best.and_then(guess),
        others: matched.others.iter().copied().filter_map(guess).collect(),
        phrase: phrase.unwrap_or_default(),
        span: matched.span.map(SpanJson::from),
        learned: matched.learned,
    }
}

fn line(line: &Line, known: &[ProductCandidate]) -> LineJson {
    let guess = |(id, confidence): (ProductId, u8)| {
        let product = known.iter().find(|product| product.id == id)?.clone();
        let ProductCandidate { code, name, spec, unit, .. } = product;
        Some(ProductGuess { id: id.to_string(), code, name, spec, unit, confidence: i64::from(confidence) })
    };
    LineJson {
        phrase: line.phrase.clone(),
        span: line.span.into(),
        product: line.product.best.and_then(guess),
        others: line.product.others.iter().copied().filter_map(guess).collect(),
        learned: line.product.learned,
        quantity: line.quantity.as_ref().map(|quantity| quantity.value.decimal()).unwrap_or_default(),
        quantity_confidence: line.quantity.as_ref().map_or(0, |quantity| i64::from(quantity.confidence)),
        quantity_span: line.quantity.as_ref().map(|quantity| quantity.span.into()),
        said_quantity: line.said_quantity.map(|quantity| quantity.decimal()).unwrap_or_default(),
        sold_unit: line.sold_unit.clone(),
        said_unit: line.said_unit.clone(),
        unit_differs: line.unit_differs,
        vague: line.vague,
        unit_price: line.price.as_ref().map(|price| price.value.decimal()).unwrap_or_default(),
    }
}
