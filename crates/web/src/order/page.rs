//! Everything about one order.

use domain::{
    Act, Actor, Date, Facts, GateRefusal, Instant, Language, OrderLine, OrderStatus, Refusal, SubmitFacts, TrackFacts, UserId, Verb,
    WorkCalendar, name_of, shown_percent,
};
use serde::Serialize;
use store::query::order::{Page, ShipmentWithLines};
use store::rows::ChainedEvent;
use utoipa::ToSchema;

use super::amounts::OrderAmounts;
use super::gate::OverrideJson;
use super::line::LineJson;
use super::margin::MarginJson;
use super::paper::{ApprovalJson, AttachmentJson, FollowUpJson, InvoiceJson, PaymentJson, ShipmentJson};
use super::state::{TracksJson, WaitingJson, tracks, waiting};
use crate::confirmation::SlipJson;
use crate::contract::order::{OrderContractJson, rule};
use crate::credit;
use crate::customer::CreditJson;
use crate::error::ProblemGate;
use crate::value::{
    CategoryCode, ChannelCode, Coded, GradeCode, MoneyJson, Named, Numbered, OrderSignatureCode, OrderStatusCode, SettlementCode,
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

/// What was made of an order, and came back.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(missing_docs)]
pub struct OrderPapers {
    pub shipments: Vec<ShipmentJson>,
    pub invoices: Vec<InvoiceJson>,
    pub payments: Vec<PaymentJson>,
    /// What all payments came to in the company's currency, more or less than at the order's rate; not there where the order is in it.
    pub exchange_difference: Option<MoneyJson>,
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
    /// Number of the question it rests for; 0: none.
    pub held_question_no: i64,
    /// Exceptions that wait for an answer.
    pub open_exceptions: i64,
    /// How soon it gets goods that are scarce: 9 before all others, 1 after them; 5 is usual.
    pub priority: i64,
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
    /// The quotation it was made from.
    pub quotation: Option<Numbered>,
    /// The contract it is placed under, and where it departs from that.
    pub contract: Option<OrderContractJson>,
    /// The inquiry it was made from.
    pub inquiry: Option<Numbered>,
    pub customer_po: String,
    pub ordered_on: String,
    pub required_on: Option<String>,
    pub promised_on: Option<String>,
    /// How the promised date stands while the signed confirmation is not back; `null`: it does not slip.
    pub slip: Option<SlipJson>,
    /// Whether the customer signs the confirmation.
    pub signature: OrderSignatureCode,
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
    #[serde(flatten)]
    pub amounts: OrderAmounts,
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
    /// Whether the order rests until it is answered.
    pub holds: bool,
    /// Whether the customer sees it, and may answer.
    pub for_customer: bool,
    /// When it was taken back.
    pub withdrawn_at: Option<String>,
    /// Why it was taken back, or empty.
    pub withdraw_reason: String,
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
        facts.inquiry = page.inquiry.as_ref();
        facts.contract = page.contract.as_ref().map(|agreed| &agreed.contract);
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
        broken_choices: &[],
        contract: page.contract.as_ref(),
    });
    let lines: Vec<&OrderLine> = page.lines.iter().collect();
    let steps: Vec<&domain::Approval> = page.approvals.iter().collect();
    let open_changes: Vec<&domain::ChangeOrder> = page.open_changes.iter().collect();
    let all = domain::actions(&page.order, &lines, &steps, facts.as_ref(), &[], by);
    let action = |action: domain::Action| {
        let mut shut = credit::gates(page, action.verb, today, now);
        if page.order.may_move(action.verb).is_ok() {
            shut.extend(domain::open_change_gate(&open_changes, &lines, action.verb, None));
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
            answered_by: question.answered_by.map(|id| match question.answered_name.as_str() {
                "" => named(id),
                name => Named { id: id.to_string(), name: name.to_owned() },
            }),
            answered_at: question.answered_at.map(|at| at.to_string()),
            holds: question.holds,
            for_customer: question.for_customer,
            withdrawn_at: question.withdrawn_at.map(|at| at.to_string()),
            withdraw_reason: question.withdraw_reason.clone(),
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
    let shown = |line: &OrderLine| LineJson {
        price_rule: rule(line, page.contract.as_ref(), by.language).or_else(|| line.shown_rule(by.language)),
        ..LineJson::of(line, page.order.currency, free(line), by.language)
    };
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

fn contract(page: &Page, language: Language) -> Option<OrderContractJson> {
    let agreed = page.contract.as_ref()?;
    let differences = agreed.differences(&page.order, &page.lines.iter().collect::<Vec<_>>());
    Some(OrderContractJson::of(agreed, &page.order, &differences, language))
}

fn shipments(page: &Page) -> Vec<ShipmentJson> {
    let of = |s: &ShipmentWithLines| ShipmentJson::of(&s.shipment, &s.lines, page.warehouse.as_ref(), &page.attachments, &page.names);
    page.shipments.iter().map(of).collect()
}

fn payments(page: &Page) -> Vec<PaymentJson> {
    let order = &page.order;
    page.payments.iter().map(|payment| PaymentJson::of(payment, order.currency, order.exchange_rate_nano, page.books)).collect()
}

fn exchange_difference(page: &Page) -> Option<MoneyJson> {
    let order = &page.order;
    let moved = |payment: &domain::Payment| payment.exchange_difference(order.exchange_rate_nano, order.currency, page.books);
    let known: Vec<domain::Money> = page.payments.iter().filter_map(moved).collect();
    (!known.is_empty()).then(|| MoneyJson::of(known.into_iter().sum(), page.books))
}

fn name(page: &Page, id: UserId) -> Named {
    Named { id: id.to_string(), name: page.names.get(&id).cloned().unwrap_or_default() }
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
    fn of(page: &Page, language: Language) -> Self {
        OrderPapers {
            shipments: shipments(page),
            invoices: page.invoices.iter().map(|i| InvoiceJson::of(&i.invoice, &i.lines, page.order.currency, language)).collect(),
            payments: payments(page),
            exchange_difference: exchange_difference(page),
            follow_up: page.follow_ups.last().map(|f| FollowUpJson::of(f, &page.names)),
            attachments: page.attachments.iter().map(|a| AttachmentJson::of(a, &page.names)).collect(),
        }
    }
}

impl OrderJson {
    /// The page for `by`; `events`, newest first, say since when tracks are where they are.
    pub fn of(page: &Page, by: &Actor, (today, now): (Date, Instant), events: &[ChainedEvent]) -> Self {
        Self::asked(page, by, (today, &Asking::of(page, by, today, now)), events)
    }

    fn asked(page: &Page, by: &Actor, (today, asking): (Date, &Asking<'_>), events: &[ChainedEvent]) -> Self {
        OrderJson {
            id: page.order.id.to_string(),
            version: page.order.version.raw(),
            number: page.order.number.clone(),
            status: page.order.status.into(),
            held: page.order.held,
            hold_reason: page.order.hold_reason.clone(),
            held_question_no: page.order.held_question_no,
            open_exceptions: page.order.open_exceptions,
            priority: page.order.priority,
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
            contract: contract(page, by.language),
            inquiry: page.inquiry.as_ref().map(|one| Numbered { id: one.id.to_string(), number: one.number.clone() }),
            quotation: page.quotation.as_ref().map(|one| Numbered { id: one.id.to_string(), number: one.number.clone() }),
            customer_po: page.order.customer_po.clone(),
            ordered_on: page.order.ordered_on.to_string(),
            required_on: date(page.order.required_on),
            promised_on: date(page.order.promised_on),
            slip: SlipJson::of(&page.order, today, page.office.as_ref().unwrap_or(&WorkCalendar::always())),
            signature: page.order.signature.into(),
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
            amounts: OrderAmounts::of(page, by.language),
            line_count: page.order.line_count,
            tracks: tracks(&TrackFacts::from(&page.order), today, events),
            waiting_for: waiting(&page.order, next_role(page), by.language),
            actions: actions(asking, by),
            checklist: checklist(page, by.language),
            lines: lines(page, by),
            approvals: page.approvals.iter().map(|a| ApprovalJson::of(a, &page.rules, &page.names, by.language)).collect(),
            papers: OrderPapers::of(page, by.language),
            rules: OrderRules::of(asking, by),
            margin: MarginJson::of(&page.order, &page.lines.iter().collect::<Vec<_>>(), page.books, by),
        }
    }
}
