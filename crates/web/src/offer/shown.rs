//! What a customer is shown of a quotation that was sent, by a link and at the portal alike.

use domain::{Company, CompanyId, Instant, Language, Message, Offer, OfferId, Quotation, QuotationLine, QuotationReason, Refusal, name_of};
use serde::Serialize;
use store::query::{attachment, message, offer as query, quotation};
use store::{Fault, Reader};
use utoipa::ToSchema;

use crate::confirmation::signing::{LineJson, ReceiptJson};
use crate::order::charge::ChargeJson;
use crate::value::{Coded, LanguageCode, MoneyJson, OfferStatusCode, QuantityJson};

/// What a customer may say when declining: what the company itself would not say of it is left out.
const REASONS: &[QuotationReason] = &[
    QuotationReason::Price,
    QuotationReason::LeadTime,
    QuotationReason::Quality,
    QuotationReason::Terms,
    QuotationReason::Service,
    QuotationReason::Competitor,
    QuotationReason::NoNeed,
    QuotationReason::Other,
];

/// That a quotation was declined, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OfferDeclined)]
pub struct DeclinedJson {
    /// When.
    pub at: String,
    /// Who.
    pub signer: String,
    /// Why, for people.
    pub reason_name: String,
    /// Why, in the customer's words.
    pub remark: String,
}

/// What the customer reads, accepts or declines.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OfferPage)]
pub struct PageJson {
    /// Who sells.
    pub company: String,
    /// Who may buy.
    pub customer: String,
    /// Who is written to.
    pub contact_name: String,
    /// Number of the quotation.
    pub number: String,
    /// Which version of it, from 1.
    pub revision: i64,
    /// What became of it.
    pub status: OfferStatusCode,
    /// Whether it may be answered now.
    pub open: bool,
    /// Why not, for people.
    pub refusal: Option<String>,
    /// The customer's language.
    pub language: LanguageCode,
    /// Day of the quotation.
    pub quoted_on: String,
    /// Last day on which it may be accepted.
    pub valid_until: String,
    /// Days left until then; below zero: it is over.
    pub days_left: i64,
    /// Days from order to delivery; 0: nothing is promised.
    pub lead_days: i64,
    /// How it would be paid, for people.
    pub settlement_name: String,
    /// Delivery terms, in words.
    pub delivery_terms: String,
    /// Packing.
    pub packing: String,
    /// Further terms, in words.
    pub terms: String,
    /// Who would take the goods.
    pub receiver: String,
    /// Where the goods would go.
    pub delivery_address: String,
    /// The lines.
    pub lines: Vec<LineJson>,
    /// Sum of the lines as priced.
    pub goods: MoneyJson,
    /// Freight.
    pub freight: MoneyJson,
    /// Discount on the whole.
    pub discount: MoneyJson,
    /// Further charges and allowances.
    pub charges: Vec<ChargeJson>,
    /// Tax.
    pub tax: MoneyJson,
    /// What would be paid.
    pub payable: MoneyJson,
    /// Payable in capital characters.
    pub payable_capital: Option<String>,
    /// Of it, in advance.
    pub deposit: MoneyJson,
    /// Name of the document.
    pub document_name: String,
    /// Hex SHA-256 of the document.
    pub document_sha256: String,
    /// The acceptance.
    pub receipt: Option<ReceiptJson>,
    /// That it was declined.
    pub declined: Option<DeclinedJson>,
    /// What the customer asked last.
    pub question: String,
    /// When.
    pub asked_at: Option<String>,
    /// Why it may be declined.
    pub reasons: Vec<Coded>,
    /// What was said about the quotation, oldest first; of all its versions.
    pub messages: Vec<OfferMessage>,
    /// When the link is over; `null` at the portal.
    pub expires_at: Option<String>,
}

/// Something that was said about the quotation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfferMessage {
    /// When.
    pub at: String,
    /// Said by the customer; else by the company.
    pub from_customer: bool,
    /// Who said it; of the company's people only the company is named.
    pub author: String,
    /// What.
    pub text: String,
}

/// Messages shown at the most.
const MESSAGES: i64 = 50;

/// What was sent, with what is shown of it.
pub(crate) struct Shown {
    pub(super) company: Company,
    pub(super) quotation: Quotation,
    lines: Vec<QuotationLine>,
    pub(super) offer: Offer,
    document_name: String,
    messages: Vec<Message>,
}

/// What was sent.
///
/// # Errors
/// Any fault of the database.
pub(crate) fn read(reader: &Reader<'_>, company: CompanyId, id: OfferId) -> Result<Option<Shown>, Fault> {
    let Some(seller) = reader.get::<Company>(company, company)? else { return Ok(None) };
    let Some(offer) = query::one(reader, company, id)? else { return Ok(None) };
    let Some(quotation) = reader.get::<Quotation>(company, offer.quotation_id)? else { return Ok(None) };
    let lines = quotation::lines(reader, company, quotation.id)?;
    let document = attachment::one(reader, company, offer.document_id)?;
    let document_name = document.map(|file| file.filename).unwrap_or_default();
    let messages = message::about_quotation(reader, company, quotation.customer_id, &quotation.number, MESSAGES)?;
    Ok(Some(Shown { company: seller, quotation, lines, offer, document_name, messages }))
}

fn receipt(offer: &Offer, language: Language) -> (Option<ReceiptJson>, Option<DeclinedJson>) {
    let receipt = offer.answered_at.zip(offer.signed_way).map(|(at, way)| ReceiptJson {
        at: at.to_string(),
        signer: offer.signer.clone(),
        way_name: name_of(language, way),
        sha256: offer.signature_sha256.clone(),
    });
    let declined = offer.answered_at.zip(offer.reason).map(|(at, reason)| DeclinedJson {
        at: at.to_string(),
        signer: offer.signer.clone(),
        reason_name: name_of(language, reason),
        remark: offer.remark.clone(),
    });
    (receipt, declined)
}

impl PageJson {
    /// In a language, at a time; `expires_at`: when the link is over by which it is shown.
    pub(crate) fn of(shown: Shown, expires_at: Option<Instant>, language: Language, now: Instant) -> Self {
        let Shown { company, quotation: one, lines, offer, document_name, messages } = shown;
        let today = company.date_of(now);
        let money = |amount| MoneyJson::of(amount, one.currency);
        let line = |line: &QuotationLine| LineJson {
            line_no: line.line_no,
            name: line.name.clone(),
            spec: line.spec.clone(),
            quantity: QuantityJson::of(line.quantity_micro, &line.unit),
            unit_price: MoneyJson::price(line.unit_price_micro, one.currency),
            gross: money(line.gross_minor),
        };
        let (receipt, declined) = receipt(&offer, language);
        let closed = offer.check_open(&one, today).map_err(Refusal::from);
        let said = |message: Message| OfferMessage {
            at: message.at.to_string(),
            from_customer: message.from_customer,
            author: if message.from_customer { message.author } else { company.name.clone() },
            text: message.text,
        };
        PageJson {
            messages: messages.into_iter().map(said).collect(),
            company: company.name,
            customer: one.customer_name.clone(),
            contact_name: one.contact_name.clone(),
            number: one.number.clone(),
            revision: one.revision,
            status: offer.status_on(&one, today).into(),
            open: closed.is_ok(),
            refusal: closed.err().filter(|_| receipt.is_none() && declined.is_none()).map(|refusal| refusal.message(language)),
            language: offer.language.into(),
            quoted_on: one.quoted_on.to_string(),
            valid_until: one.valid_until.to_string(),
            days_left: today.days_until(one.valid_until),
            lead_days: one.lead_days,
            settlement_name: name_of(language, one.settlement),
            delivery_terms: one.delivery_terms.clone(),
            packing: one.packing.clone(),
            terms: one.terms.clone(),
            receiver: one.receiver.clone(),
            delivery_address: one.delivery_address.clone(),
            lines: lines.iter().map(line).collect(),
            goods: money(one.goods_minor),
            freight: money(one.freight_minor),
            discount: money(one.discount_minor),
            charges: ChargeJson::all(&one.charges, one.currency, language),
            tax: money(one.tax_minor),
            payable: money(one.payable_minor),
            payable_capital: domain::capital(one.payable_minor, one.currency),
            deposit: money(one.deposit_minor),
            document_name,
            document_sha256: offer.document_sha256,
            receipt,
            declined,
            question: offer.question,
            asked_at: offer.asked_at.map(|at| at.to_string()),
            reasons: REASONS.iter().map(|reason| Coded::of(*reason, language)).collect(),
            expires_at: expires_at.map(|at| at.to_string()),
        }
    }
}
