//! Everything about one order.

use domain::{
    Act, Actor, Currency, Date, Facts, GateRefusal, Instant, Language, OrderLine, OrderStatus, Refusal, SubmitFacts, TrackFacts, UserId,
    Verb, name_of, shown_percent,
};
use serde::Serialize;
use store::query::order::{Page, ShipmentWithLines};
use store::rows::ChainedEvent;
use utoipa::ToSchema;

use super::gate::OverrideJson;
use super::margin::MarginJson;
use super::paper::{ApprovalJson, AttachmentJson, FollowUpJson, InvoiceJson, PaymentJson, ShipmentJson};
use super::prepayment::PrepaymentJson;
use super::state::{TracksJson, WaitingJson, tracks, waiting};
use crate::credit;
use crate::customer::CreditJson;
use crate::error::ProblemGate;
use crate::value::{
    CategoryCode, ChannelCode, Coded, GradeCode, MoneyJson, Named, OrderStatusCode, PriceSourceCode, QuantityJson, SettlementCode,
    TaxRoundingCode, VerbCode,
};

/// Something that may be done with an order, or why not.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderAction)]
pub struct ActionJson {
    /// The verb: POST to it under the order.
    pub verb: VerbCode,
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

/// An item that a reviewer ticks.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ChecklistItem)]
pub struct ChecklistJson {
    /// Its code.
    pub code: String,
    /// What it asks.
    pub text: String,
    /// Whether it was ticked.
    pub ticked: bool,
}

/// Who buys, on the page of an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Buyer {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its grade.
    pub grade: GradeCode,
    /// What it owes.
    pub credit: Option<CreditJson>,
}

/// A line of an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderLine)]
pub struct LineJson {
    /// Number of the line, from 1.
    pub line_no: i64,
    /// What.
    pub product: Coded,
    /// Its name when the order was made.
    pub name: String,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// How much.
    pub quantity: QuantityJson,
    /// Price of one unit.
    pub unit_price: MoneyJson,
    /// Where the price came from.
    pub price_source: PriceSourceCode,
    /// What the price book said.
    pub book_price: Option<MoneyJson>,
    /// The rule of the book that said it, for people: whose price, from which quantity, since when.
    pub price_rule: Option<String>,
    /// What the customer paid for it before; `null`: nothing to compare with.
    pub last_price: Option<MoneyJson>,
    /// Day of the order in which it did.
    pub last_price_on: Option<String>,
    /// How far a typed price is off the book, in percent, below zero where it is lower; `null`: not typed, or the book has none.
    pub book_deviation: Option<String>,
    /// The same of the last price.
    pub last_deviation: Option<String>,
    /// Why the price is another one than the book's or the last.
    pub price_reason: String,
    /// Percent off.
    pub discount_rate: String,
    /// Tax in percent.
    pub tax_rate: String,
    /// Without tax.
    pub net: MoneyJson,
    /// Tax.
    pub tax: MoneyJson,
    /// With tax.
    pub gross: MoneyJson,
    /// Reserved for it.
    pub reserved: QuantityJson,
    /// Shipped.
    pub shipped: QuantityJson,
    /// Signed for.
    pub delivered: QuantityJson,
    /// Refused by the customer.
    pub refused: QuantityJson,
    /// Billed.
    pub billed: QuantityJson,
    /// May still be shipped, tolerance included.
    pub shippable: QuantityJson,
    /// Shipped and not billed.
    pub unbilled: QuantityJson,
    /// Free in the order's warehouse.
    pub available: QuantityJson,
    /// When this line is wanted, where it differs.
    pub required_on: Option<String>,
    /// Note.
    pub note: String,
    /// What one unit cost when the line was priced, in the currency of the books. Not there where it is not known, or for who lacks
    /// `product.cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_cost: Option<MoneyJson>,
    /// The margin of the line in percent of its net, rounded down. As `unit_cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin_percent: Option<String>,
    /// The floor price of one unit when the line was priced, without tax in the currency of the books. Not there where it has none, or for who lacks
    /// `product.cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_floor: Option<MoneyJson>,
    /// Whether the line comes to less than that. As `unit_floor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below_floor: Option<bool>,
}

/// What was made of an order, and came back.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(missing_docs)]
pub struct OrderPapers {
    pub shipments: Vec<ShipmentJson>,
    pub invoices: Vec<InvoiceJson>,
    pub payments: Vec<PaymentJson>,
    pub follow_up: Option<FollowUpJson>,
    pub attachments: Vec<AttachmentJson>,
}

/// An order with all that belongs to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Order)]
#[allow(missing_docs)]
pub struct OrderJson {
    pub id: String,
    pub version: i64,
    pub number: String,
    pub status: OrderStatusCode,
    pub held: bool,
    pub hold_reason: String,
    pub customer: Buyer,
    pub contact_name: String,
    pub contact_phone: String,
    pub receiver: String,
    pub delivery_address: String,
    pub channel: ChannelCode,
    pub category: CategoryCode,
    pub settlement: SettlementCode,
    pub deposit_rate: String,
    pub tax_inclusive: bool,
    pub tax_rounding: TaxRoundingCode,
    pub currency: String,
    /// What its currency is worth in the company's; `null` where it is the company's own, or not known yet.
    pub exchange_rate: Option<String>,
    pub rep: Option<Named>,
    pub warehouse: Option<Coded>,
    pub external_number: String,
    pub customer_po: String,
    pub ordered_on: String,
    pub required_on: Option<String>,
    pub promised_on: Option<String>,
    pub planned_ship_on: Option<String>,
    pub expected_on: Option<String>,
    pub delivered_on: Option<String>,
    pub packing: String,
    pub transport: String,
    pub notes: String,
    pub special_requirements: String,
    pub entered_by: Named,
    pub reviewed_by: Option<Named>,
    pub created_at: String,
    pub submitted_at: Option<String>,
    pub effective_at: Option<String>,
    pub closed_at: Option<String>,
    /// Sum of the lines as priced, before the order discount.
    pub goods: MoneyJson,
    pub freight: MoneyJson,
    pub discount: MoneyJson,
    pub net: MoneyJson,
    pub tax: MoneyJson,
    /// What the customer pays.
    pub payable: MoneyJson,
    /// Payable in the company's currency at the order's rate; `null` as the rate.
    pub books_payable: Option<MoneyJson>,
    /// What is asked for in advance.
    pub deposit: MoneyJson,
    /// Of it, what has come.
    pub deposit_received: MoneyJson,
    /// Of it, what has not come yet.
    pub deposit_due: MoneyJson,
    /// The request for money in advance; `null`: nothing is asked for.
    pub prepayment: Option<PrepaymentJson>,
    pub billed: MoneyJson,
    pub paid: MoneyJson,
    /// What is not paid yet.
    pub open: MoneyJson,
    /// Payable in capital characters, as Chinese documents write it.
    pub payable_capital: Option<String>,
    pub line_count: i64,
    pub tracks: TracksJson,
    pub waiting_for: Option<WaitingJson>,
    /// Everything that may be done, or why not.
    pub actions: Vec<ActionJson>,
    pub checklist: Vec<ChecklistJson>,
    pub lines: Vec<LineJson>,
    pub approvals: Vec<ApprovalJson>,
    #[serde(flatten)]
    pub papers: OrderPapers,
    /// What the company's rules say of it.
    pub rules: OrderRules,
    /// What is earned with it. Not there for who lacks `product.cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<MarginJson>,
}

/// What the company's rules say of an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrderRules {
    /// The version of the rules it was made under and keeps.
    pub blueprint_no: i64,
    /// Gates that were overridden.
    pub overrides: Vec<OverrideJson>,
    /// What was asked about it.
    pub questions: Vec<QuestionJson>,
    /// What somebody should look at before approving it.
    pub risks: Vec<Coded>,
}

/// A question about an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderQuestion)]
pub struct QuestionJson {
    /// Number, from 1.
    pub no: i64,
    /// About which field.
    pub field: String,
    /// The field, for people.
    pub label: String,
    /// What is asked.
    pub question: String,
    /// Who asks.
    pub asked_by: Named,
    /// Since when.
    pub asked_at: String,
    /// The answer; empty until there is one.
    pub answer: String,
    /// Who answered.
    pub answered_by: Option<Named>,
    /// When.
    pub answered_at: Option<String>,
}

/// What rules are asked about an order, as the page shows it.
pub struct Asking<'a> {
    facts: Facts<'a>,
    page: &'a Page,
}

impl<'a> Asking<'a> {
    /// On a day.
    pub fn of(page: &'a Page, by: &Actor, today: Date, now: Instant) -> Self {
        let lines: Vec<&OrderLine> = page.lines.iter().collect();
        let mut facts = Facts::of(&page.order, today, now, page.books);
        facts.take_lines(&lines);
        facts.shows_costs = by.may(Act::SeeCost).is_ok();
        facts.customer = Some(&page.customer);
        facts.account = page.account.as_ref();
        facts.proven = &page.proven;
        if page.order.status == OrderStatus::Draft {
            facts.lines.short = short(page);
        }
        Asking { facts, page }
    }

    /// The gates of a step that are shut and not overridden.
    fn shut(&self, verb: Verb) -> Vec<GateRefusal> {
        let opened = |gate: &GateRefusal| self.page.overrides.iter().any(|done| done.opens(&gate.code, verb));
        self.page.rules.shut(verb, &self.facts).into_iter().filter(|gate| !opened(gate)).collect()
    }

    fn risks(&self, language: Language) -> Vec<Coded> {
        let coded =
            |risk: domain::Risk| Coded { id: risk.as_str().to_owned(), code: risk.as_str().to_owned(), name: name_of(language, risk) };
        domain::risks(&self.facts).into_iter().map(coded).collect()
    }
}

/// Lines of a draft for which there is not enough: nothing is reserved before it is submitted.
fn short(page: &Page) -> i64 {
    let mut free = page.available.clone();
    let mut short = 0;
    for line in &page.lines {
        let left = free.entry(line.product_id).or_insert(domain::Quantity::ZERO);
        let wanted = line.open_to_reserve();
        if wanted > *left {
            short += 1;
        } else {
            *left -= wanted;
        }
    }
    short
}

fn actions(asking: &Asking<'_>, by: &Actor) -> Vec<ActionJson> {
    let (page, language) = (asking.page, by.language);
    let (today, now) = (asking.facts.today, asking.facts.now);
    let facts = page.warehouse.as_ref().map(|warehouse| SubmitFacts {
        customer: &page.customer,
        warehouse,
        books: page.books,
        reason_above: page.rules.price_reason_above,
        inactive_products: &[],
    });
    let lines: Vec<&OrderLine> = page.lines.iter().collect();
    let steps: Vec<&domain::Approval> = page.approvals.iter().collect();
    let all = domain::actions(&page.order, &lines, &steps, facts.as_ref(), &[], by);
    let action = |action: domain::Action| {
        let mut shut = credit::gates(page, action.verb, today, now);
        if page.order.may_move(action.verb).is_ok() {
            shut.extend(domain::open_change_gate(&page.open_changes, &lines, action.verb, None));
            shut.extend(asking.shut(action.verb));
        }
        let refusal = action.refusal.or_else(|| Refusal::unless_open(shut.clone()).err());
        // Who may not do it sees all the same what would stand in the way.
        let mut gates = refusal.as_ref().map_or_else(Vec::new, |refusal| refusal.gates.clone());
        gates.extend(shut.into_iter().filter(|gate| !gates.iter().any(|known| known.code == gate.code)).collect::<Vec<_>>());
        ActionJson {
            verb: action.verb.into(),
            name: domain::name_of(language, action.verb),
            allowed: refusal.is_none(),
            needs_reason: action.verb.table_row().reason,
            code: refusal.as_ref().map(|r| r.code.to_owned()),
            message: refusal.as_ref().map(|r| r.message(language)),
            gates: gates.iter().map(|gate| ProblemGate::of(gate, language)).collect(),
        }
    };
    all.into_iter().map(action).collect()
}

fn checklist(page: &Page, language: Language) -> Vec<ChecklistJson> {
    let ticked = page.order.reviewed_by.is_some();
    let item = |item: &domain::ChecklistItem| ChecklistJson { code: item.code.clone(), text: item.shown(language), ticked };
    page.rules.checklist.iter().map(item).collect()
}

impl QuestionJson {
    fn of(question: &domain::OrderQuestion, names: &std::collections::BTreeMap<UserId, String>, language: Language) -> Self {
        let named = |id: UserId| Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() };
        QuestionJson {
            no: question.no,
            label: if question.field.is_empty() { String::new() } else { domain::field_label(language, &question.field) },
            field: question.field.clone(),
            question: question.question.clone(),
            asked_by: named(question.asked_by),
            asked_at: question.asked_at.to_string(),
            answer: question.answer.clone(),
            answered_by: question.answered_by.map(named),
            answered_at: question.answered_at.map(|at| at.to_string()),
        }
    }
}

impl LineJson {
    /// A line of an order.
    pub fn of(line: &OrderLine, currency: Currency, available: domain::Quantity, language: Language) -> Self {
        let money = |amount| MoneyJson::of(amount, currency);
        let quantity = |quantity| QuantityJson::of(quantity, &line.unit);
        LineJson {
            line_no: line.line_no,
            product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
            name: line.name.clone(),
            spec: line.spec.clone(),
            unit: line.unit.clone(),
            quantity: quantity(line.quantity_micro),
            unit_price: MoneyJson::price(line.unit_price_micro, currency),
            price_source: line.price_source.into(),
            book_price: line.book_price_micro.map(|price| MoneyJson::price(price, currency)),
            price_rule: line.shown_rule(language),
            last_price: line.last_price_micro.map(|price| MoneyJson::price(price, currency)),
            last_price_on: line.last_price_on.map(|day| day.to_string()),
            book_deviation: line.deviation().from_book.map(shown_percent),
            last_deviation: line.deviation().from_last.map(shown_percent),
            price_reason: line.price_reason.clone(),
            discount_rate: line.discount_rate.decimal(),
            tax_rate: line.tax_rate.decimal(),
            net: money(line.net_minor),
            tax: money(line.tax_minor),
            gross: money(line.gross_minor),
            reserved: quantity(line.reserved_micro),
            shipped: quantity(line.shipped_micro),
            delivered: quantity(line.delivered_micro),
            refused: quantity(line.refused_micro),
            billed: quantity(line.billed_micro),
            shippable: quantity(line.shippable()),
            unbilled: quantity(line.unbilled()),
            available: quantity(available),
            required_on: line.required_on.map(|d| d.to_string()),
            note: line.note.clone(),
            unit_cost: None,
            margin_percent: None,
            unit_floor: None,
            below_floor: None,
        }
    }
}

impl Buyer {
    fn of(page: &Page) -> Self {
        Buyer {
            id: page.order.customer_id.to_string(),
            code: page.order.customer_code.clone(),
            name: page.order.customer_name.clone(),
            grade: page.customer.grade.into(),
            credit: page.account.as_ref().map(|account| CreditJson::of(account, page.customer.currency)),
        }
    }
}

fn next_role(page: &Page) -> Option<&str> {
    let steps: Vec<&domain::Approval> = page.approvals.iter().collect();
    domain::open_steps(&page.order, &steps).first().map(|place| steps[*place].role.as_str())
}

fn lines(page: &Page, by: &Actor) -> Vec<LineJson> {
    let free = |line: &OrderLine| page.available.get(&line.product_id).copied().unwrap_or(domain::Quantity::ZERO);
    let shown = |line: &OrderLine| LineJson::of(line, page.order.currency, free(line), by.language);
    if by.may(Act::SeeCost).is_err() {
        return page.lines.iter().map(shown).collect();
    }
    let costed = |line: &OrderLine| LineJson {
        unit_cost: line.unit_cost_micro.map(|cost| MoneyJson::price(cost, page.books)),
        margin_percent: line.margin_percent(&page.order, page.books).map(shown_percent),
        unit_floor: line.unit_floor_micro.map(|floor| MoneyJson::price(floor, page.books)),
        below_floor: line.unit_floor_micro.and_then(|_| line.is_below_floor(&page.order, page.books)),
        ..shown(line)
    };
    page.lines.iter().map(costed).collect()
}

fn shipments(page: &Page) -> Vec<ShipmentJson> {
    let of = |s: &ShipmentWithLines| ShipmentJson::of(&s.shipment, &s.lines, page.warehouse.as_ref(), &page.attachments, &page.names);
    page.shipments.iter().map(of).collect()
}

fn name(page: &Page, id: UserId) -> Named {
    Named { id: id.to_string(), name: page.names.get(&id).cloned().unwrap_or_default() }
}

fn money(page: &Page, amount: domain::Money) -> MoneyJson {
    MoneyJson::of(amount, page.order.currency)
}

/// Payable in the company's currency, for an order in another one.
pub(crate) fn books_payable(order: &domain::Order, books: Currency) -> Option<MoneyJson> {
    let foreign = order.currency != books;
    order.in_books(order.payable_minor, books).filter(|_| foreign).map(|amount| MoneyJson::of(amount, books))
}

fn date(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

impl OrderRules {
    fn of(asking: &Asking<'_>, by: &Actor) -> Self {
        let (page, language, now) = (asking.page, by.language, asking.facts.now);
        OrderRules {
            blueprint_no: page.order.blueprint_no,
            overrides: page.overrides.iter().map(|done| OverrideJson::of(done, &page.names, by, now)).collect(),
            questions: page.questions.iter().map(|q| QuestionJson::of(q, &page.names, language)).collect(),
            risks: asking.risks(language),
        }
    }
}

impl OrderPapers {
    fn of(page: &Page) -> Self {
        OrderPapers {
            shipments: shipments(page),
            invoices: page.invoices.iter().map(|i| InvoiceJson::of(&i.invoice, &i.lines, page.order.currency)).collect(),
            payments: page.payments.iter().map(|p| PaymentJson::of(p, page.order.currency)).collect(),
            follow_up: page.follow_ups.last().map(|f| FollowUpJson::of(f, &page.names)),
            attachments: page.attachments.iter().map(|a| AttachmentJson::of(a, &page.names)).collect(),
        }
    }
}

impl OrderJson {
    /// The page for `by`; `events`, newest first, say since when tracks are where they are.
    pub fn of(page: &Page, by: &Actor, (today, now): (Date, Instant), events: &[ChainedEvent]) -> Self {
        let asking = Asking::of(page, by, today, now);
        OrderJson {
            id: page.order.id.to_string(),
            version: page.order.version.raw(),
            number: page.order.number.clone(),
            status: page.order.status.into(),
            held: page.order.held,
            hold_reason: page.order.hold_reason.clone(),
            customer: Buyer::of(page),
            contact_name: page.order.contact_name.clone(),
            contact_phone: page.order.contact_phone.clone(),
            receiver: page.order.receiver.clone(),
            delivery_address: page.order.delivery_address.clone(),
            channel: page.order.channel.into(),
            category: page.order.category.into(),
            settlement: page.order.settlement.into(),
            deposit_rate: page.order.deposit_rate.decimal(),
            tax_inclusive: page.order.tax_inclusive,
            tax_rounding: page.order.tax_rounding.into(),
            currency: page.order.currency.as_str().to_owned(),
            exchange_rate: page.order.exchange_rate_nano.map(domain::Conversion::decimal),
            rep: page.order.rep_id.map(|id| name(page, id)),
            warehouse: page.warehouse.as_ref().map(|w| Coded { id: w.id.to_string(), code: w.code.clone(), name: w.name.clone() }),
            external_number: page.order.external_number.clone(),
            customer_po: page.order.customer_po.clone(),
            ordered_on: page.order.ordered_on.to_string(),
            required_on: date(page.order.required_on),
            promised_on: date(page.order.promised_on),
            planned_ship_on: date(page.order.planned_ship_on),
            expected_on: date(page.order.expected_on),
            delivered_on: date(page.order.delivered_on),
            packing: page.order.packing.clone(),
            transport: page.order.transport.clone(),
            notes: page.order.notes.clone(),
            special_requirements: page.order.special_requirements.clone(),
            entered_by: name(page, page.order.entered_by),
            reviewed_by: page.order.reviewed_by.map(|id| name(page, id)),
            created_at: page.order.created_at.to_string(),
            submitted_at: page.order.submitted_at.map(|at| at.to_string()),
            effective_at: page.order.effective_at.map(|at| at.to_string()),
            closed_at: page.order.closed_at.map(|at| at.to_string()),
            goods: money(page, page.order.goods_minor),
            freight: money(page, page.order.freight_minor),
            discount: money(page, page.order.discount_minor),
            net: money(page, page.order.net_minor),
            tax: money(page, page.order.tax_minor),
            payable: money(page, page.order.payable_minor),
            books_payable: books_payable(&page.order, page.books),
            deposit: money(page, page.order.deposit_minor),
            deposit_received: money(page, page.order.deposit_received()),
            deposit_due: money(page, page.order.deposit_due()),
            prepayment: PrepaymentJson::of(&page.order),
            billed: money(page, page.order.billed_minor),
            paid: money(page, page.order.paid_minor),
            open: money(page, page.order.open()),
            payable_capital: domain::capital(page.order.payable_minor, page.order.currency),
            line_count: page.order.line_count,
            tracks: tracks(&TrackFacts::from(&page.order), today, events),
            waiting_for: waiting(&page.order, next_role(page), by.language),
            actions: actions(&asking, by),
            checklist: checklist(page, by.language),
            lines: lines(page, by),
            approvals: page.approvals.iter().map(|a| ApprovalJson::of(a, &page.rules, &page.names, by.language)).collect(),
            papers: OrderPapers::of(page),
            rules: OrderRules::of(&asking, by),
            margin: MarginJson::of(&page.order, &page.lines.iter().collect::<Vec<_>>(), page.books, by),
        }
    }
}
