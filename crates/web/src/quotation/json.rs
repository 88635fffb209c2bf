//! A quotation for people: what it offers, its versions, what may be done.

use std::collections::BTreeMap;

use domain::{
    Actor, Currency, Language, Order, OrderLine, Quotation, QuotationAction, QuotationLine, UserId, Warehouse, name_of, quotation_actions,
    shown_percent,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ProblemGate;
use crate::order::charge::ChargeJson;
use crate::order::margin::MarginJson;
use crate::value::{
    CategoryCode, ChannelCode, Coded, MoneyJson, Named, Numbered, PriceSourceCode, QuantityJson, QuotationReasonCode, QuotationStatusCode,
    QuotationVerbCode, SettlementCode,
};

/// A line of a quotation.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = QuotationLine)]
#[allow(missing_docs)]
pub struct LineJson {
    pub line_no: i64,
    pub product: Coded,
    pub name: String,
    pub spec: String,
    /// The price holds from this quantity on.
    pub quantity: QuantityJson,
    pub unit_price: MoneyJson,
    pub price_source: PriceSourceCode,
    /// What the price book says.
    pub book_price: Option<MoneyJson>,
    /// How far a typed price is off the book, in percent.
    pub book_deviation: Option<String>,
    /// What the customer paid before.
    pub last_price: Option<MoneyJson>,
    pub last_price_on: Option<String>,
    /// The same of the last price.
    pub last_deviation: Option<String>,
    /// Why the price is another one.
    pub price_reason: String,
    pub discount_rate: String,
    pub tax_rate: String,
    pub net: MoneyJson,
    pub tax: MoneyJson,
    pub gross: MoneyJson,
    pub note: String,
    /// What one unit costs today, in the currency of the books. Not there where it is not known, or for who lacks `product.cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_cost: Option<MoneyJson>,
    /// The margin of the line in percent of its net, rounded down. As `unit_cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin_percent: Option<String>,
}

/// A version of a quotation, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = QuotationVersion)]
#[allow(missing_docs)]
pub struct VersionJson {
    pub id: String,
    pub revision: i64,
    pub status: QuotationStatusCode,
    pub payable: MoneyJson,
    pub valid_until: String,
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// Something that may be done with a quotation, or why not.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = QuotationAction)]
pub struct ActionJson {
    /// The verb: POST to it under the quotation (`edit`: PUT it).
    pub verb: QuotationVerbCode,
    /// Its name.
    pub name: String,
    /// Whether it may be done now by who asks.
    pub allowed: bool,
    /// Whether a reason must be given.
    pub needs_reason: bool,
    /// Why not: a stable code.
    pub code: Option<String>,
    /// Why not, for people.
    pub message: Option<String>,
    /// Which gates are shut, with what they miss.
    pub gates: Vec<ProblemGate>,
}

/// A version of a quotation with all that belongs to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Quotation)]
#[allow(missing_docs)]
pub struct QuotationJson {
    pub id: String,
    pub version: i64,
    pub number: String,
    pub revision: i64,
    /// Whether there is no newer version.
    pub latest: bool,
    /// As the day makes it: what is approved or sent expires.
    pub status: QuotationStatusCode,
    pub customer: Coded,
    pub contact_name: String,
    pub contact_phone: String,
    pub receiver: String,
    pub delivery_address: String,
    pub channel: ChannelCode,
    pub category: CategoryCode,
    pub settlement: SettlementCode,
    pub deposit_rate: String,
    pub tax_inclusive: bool,
    pub currency: String,
    /// What its currency is worth in the company's; `null` where it is the company's own, or not known.
    pub exchange_rate: Option<String>,
    pub rep: Option<Named>,
    pub warehouse: Option<Coded>,
    pub quoted_on: String,
    pub valid_until: String,
    /// Days left until its last day; below zero: it is over.
    pub days_left: i64,
    pub lead_days: i64,
    pub delivery_terms: String,
    pub packing: String,
    pub terms: String,
    pub notes: String,
    pub goods: MoneyJson,
    pub freight: MoneyJson,
    pub discount: MoneyJson,
    pub charges: Vec<ChargeJson>,
    pub net: MoneyJson,
    pub tax: MoneyJson,
    pub payable: MoneyJson,
    pub deposit: MoneyJson,
    pub line_count: i64,
    pub created_by: Named,
    #[schema(format = DateTime)]
    pub created_at: String,
    pub submitted_by: Option<Named>,
    #[schema(format = DateTime)]
    pub submitted_at: Option<String>,
    /// Who approved, returned or rejected it.
    pub decided_by: Option<Named>,
    #[schema(format = DateTime)]
    pub decided_at: Option<String>,
    pub decision_note: String,
    pub sent_by: Option<Named>,
    #[schema(format = DateTime)]
    pub sent_at: Option<String>,
    pub sent_note: String,
    /// Why the customer took it, or did not.
    pub reason: Option<QuotationReasonCode>,
    pub ended_by: Option<Named>,
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
    pub end_note: String,
    /// The order that was made from it last.
    pub order: Option<Numbered>,
    pub lines: Vec<LineJson>,
    /// What would be earned with it at the costs of today; `null` for who lacks `product.cost`.
    pub margin: Option<MarginJson>,
    /// All versions, oldest first.
    pub versions: Vec<VersionJson>,
    /// Everything that may be done, or why not.
    pub actions: Vec<ActionJson>,
}

/// Everything a page of a quotation is made from.
pub(super) struct Page {
    pub quotation: Quotation,
    pub lines: Vec<QuotationLine>,
    pub versions: Vec<Quotation>,
    pub order: Option<Order>,
    pub warehouse: Option<Warehouse>,
    pub names: BTreeMap<UserId, String>,
    pub today: domain::Date,
    /// The order it would be with today's costs, for who may know them.
    pub costed: Option<Costed>,
}

/// A quotation as the order it would be, with today's costs.
pub(super) struct Costed {
    pub order: Order,
    pub lines: Vec<OrderLine>,
    pub books: Currency,
}

impl LineJson {
    fn of(line: &QuotationLine, currency: Currency, off: domain::Deviation) -> Self {
        let money = |amount| MoneyJson::of(amount, currency);
        let price = |price| MoneyJson::price(price, currency);
        LineJson {
            line_no: line.line_no,
            product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
            name: line.name.clone(),
            spec: line.spec.clone(),
            quantity: QuantityJson::of(line.quantity_micro, &line.unit),
            unit_price: price(line.unit_price_micro),
            price_source: line.price_source.into(),
            book_price: line.book_price_micro.map(price),
            book_deviation: off.from_book.map(shown_percent),
            last_price: line.last_price_micro.map(price),
            last_price_on: line.last_price_on.map(|day| day.to_string()),
            last_deviation: off.from_last.map(shown_percent),
            price_reason: line.price_reason.clone(),
            discount_rate: line.discount_rate.decimal(),
            tax_rate: line.tax_rate.decimal(),
            net: money(line.net_minor),
            tax: money(line.tax_minor),
            gross: money(line.gross_minor),
            note: line.note.clone(),
            unit_cost: None,
            margin_percent: None,
        }
    }
}

impl ActionJson {
    fn of(action: QuotationAction, language: Language) -> Self {
        ActionJson {
            verb: action.verb.into(),
            name: name_of(language, action.verb),
            allowed: action.refusal.is_none(),
            needs_reason: action.verb.table_row().reason,
            code: action.refusal.as_ref().map(|refusal| refusal.code.to_owned()),
            message: action.refusal.as_ref().map(|refusal| refusal.message(language)),
            gates: action.refusal.iter().flat_map(|refusal| &refusal.gates).map(|gate| ProblemGate::of(gate, language)).collect(),
        }
    }
}

impl Page {
    fn user(&self, id: UserId) -> Named {
        Named { id: id.to_string(), name: self.names.get(&id).cloned().unwrap_or_default() }
    }

    fn actions(&self, by: &Actor) -> Vec<ActionJson> {
        let ordered = self.order.as_ref().filter(|order| order.lives()).map(Order::shown_number);
        let actions = quotation_actions(&self.quotation, ordered.as_deref(), self.today, by);
        actions.into_iter().map(|action| ActionJson::of(action, by.language)).collect()
    }

    /// The lines, with what they cost and earn where that is known.
    fn lines(&self) -> Vec<LineJson> {
        let shown = |line: &QuotationLine| LineJson::of(line, self.quotation.currency, line.deviation());
        let Some(costed) = &self.costed else { return self.lines.iter().map(shown).collect() };
        let with = |(line, as_ordered): (&QuotationLine, &OrderLine)| LineJson {
            unit_cost: as_ordered.unit_cost_micro.map(|cost| MoneyJson::price(cost, costed.books)),
            margin_percent: as_ordered.margin_percent(&costed.order, costed.books).map(shown_percent),
            ..shown(line)
        };
        self.lines.iter().zip(&costed.lines).map(with).collect()
    }

    fn margin(&self, by: &Actor) -> Option<MarginJson> {
        let costed = self.costed.as_ref()?;
        MarginJson::of(&costed.order, &costed.lines.iter().collect::<Vec<_>>(), costed.books, by)
    }

    fn versions(&self) -> Vec<VersionJson> {
        let version = |one: &Quotation| VersionJson {
            id: one.id.to_string(),
            revision: one.revision,
            status: one.status_on(self.today).into(),
            payable: MoneyJson::of(one.payable_minor, one.currency),
            valid_until: one.valid_until.to_string(),
            created_at: one.created_at.to_string(),
        };
        self.versions.iter().map(version).collect()
    }
}

impl QuotationJson {
    /// The page of a quotation for `by`.
    pub(super) fn of(page: &Page, by: &Actor) -> Self {
        let one = &page.quotation;
        let money = |amount| MoneyJson::of(amount, one.currency);
        let user = |id: Option<UserId>| id.map(|id| page.user(id));
        let at = |instant: Option<domain::Instant>| instant.map(|at| at.to_string());
        QuotationJson {
            id: one.id.to_string(),
            version: one.version.raw(),
            number: one.number.clone(),
            revision: one.revision,
            latest: one.latest,
            status: one.status_on(page.today).into(),
            customer: Coded { id: one.customer_id.to_string(), code: one.customer_code.clone(), name: one.customer_name.clone() },
            contact_name: one.contact_name.clone(),
            contact_phone: one.contact_phone.clone(),
            receiver: one.receiver.clone(),
            delivery_address: one.delivery_address.clone(),
            channel: one.channel.into(),
            category: one.category.into(),
            settlement: one.settlement.into(),
            deposit_rate: one.deposit_rate.decimal(),
            tax_inclusive: one.tax_inclusive,
            currency: one.currency.as_str().to_owned(),
            exchange_rate: one.exchange_rate_nano.map(domain::Conversion::decimal),
            rep: user(one.rep_id),
            warehouse: page.warehouse.as_ref().map(|w| Coded { id: w.id.to_string(), code: w.code.clone(), name: w.name.clone() }),
            quoted_on: one.quoted_on.to_string(),
            valid_until: one.valid_until.to_string(),
            days_left: page.today.days_until(one.valid_until),
            lead_days: one.lead_days,
            delivery_terms: one.delivery_terms.clone(),
            packing: one.packing.clone(),
            terms: one.terms.clone(),
            notes: one.notes.clone(),
            goods: money(one.goods_minor),
            freight: money(one.freight_minor),
            discount: money(one.discount_minor),
            charges: ChargeJson::all(&one.charges, one.currency, by.language),
            net: money(one.net_minor),
            tax: money(one.tax_minor),
            payable: money(one.payable_minor),
            deposit: money(one.deposit_minor),
            line_count: one.line_count,
            created_by: page.user(one.created_by),
            created_at: one.created_at.to_string(),
            submitted_by: user(one.submitted_by),
            submitted_at: at(one.submitted_at),
            decided_by: user(one.decided_by),
            decided_at: at(one.decided_at),
            decision_note: one.decision_note.clone(),
            sent_by: user(one.sent_by),
            sent_at: at(one.sent_at),
            sent_note: one.sent_note.clone(),
            reason: one.reason.map(QuotationReasonCode::from),
            ended_by: user(one.ended_by),
            ended_at: at(one.ended_at),
            end_note: one.end_note.clone(),
            order: page.order.as_ref().map(|order| Numbered { id: order.id.to_string(), number: order.number.clone() }),
            lines: page.lines(),
            margin: page.margin(by),
            versions: page.versions(),
            actions: page.actions(by),
        }
    }
}
