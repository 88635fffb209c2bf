//! The steps of an order: a POST to a verb, answered with the new state.

use app::order::unit::SentUnit;
use app::order::{self, OrderState};
use axum::extract::{Path, State};
use domain::{Codes, Conversion, Counted, InvoiceKind, OrderId, Part, PaymentMethod};
use serde::{Deserialize, Serialize};
use store::{Outcome, UnitOfWork};
use utoipa::ToSchema;

use super::state::OrderStateJson;
use super::{today, which};
use crate::body::{Because, Body, Empty, Noting};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::state::Web;
use crate::value::{InvoiceKindCode, MoneyInput, PaymentMethodCode, QuantityInput};
use crate::version::{MaybeMatching, Tagged};
use crate::warehouse;

/// What a step answers with.
pub type Stepped = Result<Tagged<OrderStateJson>, Error>;

/// Runs a step and answers with the order's new state.
pub(crate) async fn run<F>(web: &Web, by: &By, replay: Option<app::Replay>, act: F) -> Stepped
where
    F: Fn(&mut UnitOfWork, &domain::Actor) -> Outcome<OrderState> + Send + 'static,
{
    // Read first: once the step is done, nothing may stand between it and its answer.
    let today = today(web, by).await?;
    let state = web.app.command(by, replay, act).await?;
    Ok(Tagged(state.version, OrderStateJson::of(&state, today)))
}

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident, $operation:literal, $path:literal, $body:ty, $summary:literal => |$work:ident, $actor:ident, $id:ident, $version:ident, $input:ident| $act:expr;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "orders", operation_id = $operation, summary = $summary,
            params(("id" = String, Path, description = "Id or number of the order")), request_body = $body,
            responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
        pub(super) async fn $name(State(web): State<Web>, by: By, Path(id): Path<String>, MaybeMatching(version): MaybeMatching, body: Body<$body>) -> Stepped {
            let $id = which(&web, &by, &id).await?;
            let Body { input, replay } = body;
            #[allow(unused_variables)]
            let $version = version;
            run(&web, &by, replay, move |$work, $actor| {
                #[allow(unused_variables)]
                let $input = &input;
                $act
            })
            .await
        }
    )+};
}

/// The items of the checklist that were ticked.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Ticked {
    /// Codes of the items.
    pub checklist: Vec<String>,
}

/// How content the customer is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Answered {
    /// From 1 (bad) to 5 (good).
    pub score: i64,
    /// What the customer said.
    pub comment: String,
}

/// What is given up, and why.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = CloseShort)]
pub struct ShortJson {
    /// Numbers of the lines whose open quantity is given up; none: the rest of the order.
    pub lines: Vec<i64>,
    /// Why; shown at each line and in the timeline.
    pub reason: String,
}

/// How soon an order gets goods that are scarce.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = OrderPriority)]
pub struct PriorityJson {
    /// 9 before all others, 1 after them; 5 is usual.
    pub priority: i64,
    /// Why; shown in the timeline.
    pub reason: String,
}

/// Slack that is asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = SlackAsk)]
pub struct SlackAskJson {
    /// Days between arrival and what the customer is told, all in all; 0 takes them back.
    #[schema(example = 2)]
    pub days: i64,
    /// Why.
    pub reason: String,
}

/// The answer to it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = SlackAnswer)]
pub struct SlackAnswerJson {
    /// Whether it is agreed.
    pub yes: bool,
    /// What is to be said with it.
    pub note: String,
}

/// A question about a field of an order.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct QuestionInput {
    /// About which field: `required_on`, `lines/3/quantity`; empty: about the whole.
    pub field: String,
    /// What is asked.
    pub question: String,
}

/// Why an order is sent back.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SentBack {
    /// Why; may be left out where questions are asked.
    pub reason: String,
    /// What is asked.
    pub questions: Vec<QuestionInput>,
}

impl SentBack {
    fn asked(&self) -> Vec<domain::Asked> {
        self.questions.iter().map(|q| domain::Asked { field: q.field.clone(), question: q.question.clone() }).collect()
    }
}

/// A question for which an effective order rests.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = QuestionAsk)]
pub struct AskJson {
    /// About which field: `required_on`, `lines/3/quantity`; empty: about the whole.
    pub field: String,
    /// What is asked.
    pub question: String,
    /// `true`: the customer sees it at the portal, and may answer it.
    pub for_customer: bool,
}

impl AskJson {
    fn asked(&self) -> domain::Asked {
        domain::Asked { field: self.field.clone(), question: self.question.clone() }
    }
}

/// Why a question is taken back.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = QuestionWithdraw)]
pub struct WithdrawJson {
    /// Number of the question.
    pub no: i64,
    /// Why; shown in the timeline.
    pub reason: String,
}

/// An answer to a question.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = QuestionAnswer)]
pub struct AnswerJson {
    /// Number of the question.
    pub no: i64,
    /// The answer.
    pub answer: String,
}

steps! {
    /// Checks and submits a draft.
    submit, "order_submit", "/orders/{id}/submit", Empty, "Submit a draft" => |work, by, id, version, input| order::submit::submit(work, by, id, version);
    /// Sends an order back, with questions about its fields or a reason.
    return_to_draft, "order_return_to_draft", "/orders/{id}/return", SentBack, "Return to draft" => |work, by, id, version, input| order::return_to_draft::return_to_draft(work, by, id, version, &input.reason, &input.asked());
    /// Answers a question.
    answer, "order_answer", "/orders/{id}/answer", AnswerJson, "Answer a question" => |work, by, id, version, input| order::answer::answer(work, by, id, version, input.no, &input.answer);
    /// Asks a question; the order rests until it is answered or taken back.
    ask, "order_ask", "/orders/{id}/ask", AskJson, "Ask a question" => |work, by, id, version, input| order::ask::ask(work, by, id, version, &input.asked(), input.for_customer);
    /// Takes a question back.
    withdraw_question, "order_withdraw_question", "/orders/{id}/withdraw-question", WithdrawJson, "Take a question back" => |work, by, id, version, input| order::ask::withdraw(work, by, id, version, input.no, &input.reason);
    /// The second pair of eyes.
    review, "order_review", "/orders/{id}/review", Ticked, "Review" => |work, by, id, version, input| order::review::review(work, by, id, version, &Codes::parse(&input.checklist.join(",")));
    /// One step of approval.
    approve, "order_approve", "/orders/{id}/approve", Noting, "Approve the next step" => |work, by, id, version, input| order::approve::approve(work, by, id, version, &input.note);
    /// Rejects for good.
    reject, "order_reject", "/orders/{id}/reject", Because, "Reject" => |work, by, id, version, input| order::reject::reject(work, by, id, version, &input.reason);
    /// Voids before it is effective.
    void, "order_void", "/orders/{id}/void", Because, "Void" => |work, by, id, version, input| order::void::void(work, by, id, version, &input.reason);
    /// Lets it rest.
    hold, "order_hold", "/orders/{id}/hold", Because, "Hold" => |work, by, id, version, input| order::hold::hold(work, by, id, version, &input.reason);
    /// Lets it go on.
    resume, "order_resume", "/orders/{id}/resume", Empty, "Resume" => |work, by, id, version, input| order::hold::resume(work, by, id, version);
    /// Reserves what is free now.
    reserve, "order_reserve", "/orders/{id}/reserve", Empty, "Reserve stock" => |work, by, id, version, input| order::reserve::reserve(work, by, id, version);
    /// Releases what is reserved for delivery, so that it neither expires nor goes to another order.
    release_goods, "order_release_goods", "/orders/{id}/release-goods", Empty, "Release reserved goods for delivery" => |work, by, id, version, input| app::reservation::firm::firm(work, by, id, version, domain::ReservationKind::Hard);
    /// Takes that back.
    hold_back_goods, "order_hold_back_goods", "/orders/{id}/hold-back-goods", Empty, "Take the release of goods back" => |work, by, id, version, input| app::reservation::firm::firm(work, by, id, version, domain::ReservationKind::Soft);
    /// Says how soon it gets goods that are scarce.
    prioritize, "order_prioritize", "/orders/{id}/prioritize", PriorityJson, "Set the priority" => |work, by, id, version, input| order::prioritize::prioritize(work, by, id, version, input.priority, &input.reason);
    /// Asks the sales side for days between arrival and what the customer is told.
    ask_slack, "order_ask_slack", "/orders/{id}/slack/ask", SlackAskJson, "Ask for slack" => |work, by, id, version, input| app::promise::slack::ask(work, by, id, version, input.days, &input.reason);
    /// Answers what was asked; with yes the promised day moves.
    answer_slack, "order_answer_slack", "/orders/{id}/slack/answer", SlackAnswerJson, "Answer a request for slack" => |work, by, id, version, input| app::promise::slack::answer(work, by, id, version, input.yes, &input.note);
    /// Closes when everything is done.
    close, "order_close", "/orders/{id}/close", Empty, "Close" => |work, by, id, version, input| order::close::close(work, by, id, version);
    /// Gives up what is still open of lines, or of all.
    close_short, "order_close_short", "/orders/{id}/close-short", ShortJson, "Close short" => |work, by, id, version, input| order::close_short::close_short(work, by, id, version, &input.lines, &input.reason);
    /// Opens again.
    reopen, "order_reopen", "/orders/{id}/reopen", Because, "Reopen" => |work, by, id, version, input| order::close::reopen(work, by, id, version, &input.reason);
    /// Records what the customer said.
    follow_up, "order_follow_up", "/orders/{id}/follow-up", Answered, "Complete the follow-up" => |work, by, id, version, input| order::follow_up::follow_up(work, by, id, version, input.score, &input.comment);
    /// Does without asking.
    waive_follow_up, "order_waive_follow_up", "/orders/{id}/waive-follow-up", Because, "Waive the follow-up" => |work, by, id, version, input| order::follow_up::waive(work, by, id, version, &input.reason);
    /// A new draft with the same content.
    copy, "order_copy", "/orders/{id}/copy", Empty, "Copy to a new draft" => |work, by, id, version, input| order::copy::copy(work, by, id);
}

/// Terms under which an order is to be reviewed again.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TermsJson {
    /// Share of payable asked for in advance, in percent.
    #[schema(example = "40")]
    pub deposit_rate: String,
    /// Why; shown in the timeline.
    pub reason: String,
}

/// Sends an order under review back to draft with another share in advance; the rest is paid later.
#[utoipa::path(post, path = "/orders/{id}/propose-terms", tag = "orders", operation_id = "order_propose_terms", summary = "Return with changed terms",
    params(("id" = String, Path, description = "Id or number of the order")), request_body = TermsJson,
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
pub(super) async fn propose_terms(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<TermsJson>,
) -> Stepped {
    let id: OrderId = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let rate = fields.rate("/deposit_rate", &input.deposit_rate);
    fields.done()?;
    run(&web, &by, replay, move |work, by| order::propose_terms::propose_terms(work, by, id, version, rate, &input.reason)).await
}

/// How much of a line.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PartJson {
    /// Number of the order's line.
    pub line_no: i64,
    /// How much of it.
    pub quantity: QuantityInput,
}

fn parts(fields: &mut Fields, units: &mut Vec<SentUnit>, parts: &[PartJson]) -> Vec<Part> {
    let mut read = Vec::with_capacity(parts.len());
    for (place, part) in parts.iter().enumerate() {
        let pointer = format!("/lines/{place}/quantity");
        read.push(Part { line_no: part.line_no, quantity: fields.quantity(&pointer, &part.quantity) });
        units.extend(sent_unit(pointer, part.line_no, &part.quantity));
    }
    read
}

/// The unit that was sent beside a quantity.
fn sent_unit(pointer: String, line_no: i64, quantity: &QuantityInput) -> Option<SentUnit> {
    let unit = quantity.unit().filter(|unit| !unit.is_empty())?.to_owned();
    Some(SentUnit { pointer, line_no, unit })
}

/// What is shipped.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ShipJson {
    /// Day of shipping; today.
    pub shipped_on: Option<String>,
    /// Carrier.
    pub carrier: String,
    /// Tracking number.
    pub tracking: String,
    /// Note for the way.
    pub note: String,
    /// Id or code of the warehouse the goods leave; the order's own.
    pub warehouse_id: Option<String>,
    /// How much of which line.
    pub lines: Vec<ShipPartJson>,
}

/// How much of a line is shipped, and of which lots.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ShipPart)]
pub struct ShipPartJson {
    /// Number of the order's line.
    pub line_no: i64,
    /// How much of it.
    pub quantity: QuantityInput,
    /// Of which lots or serial numbers; what is not said is taken by what expires first.
    pub lots: Vec<ShipLotJson>,
}

/// So much out of one lot.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ShipLot)]
pub struct ShipLotJson {
    /// Number of the lot, or serial number.
    #[schema(example = "L20261101")]
    pub lot: String,
    /// How much of it.
    pub quantity: QuantityInput,
}

fn lots(fields: &mut Fields, units: &mut Vec<SentUnit>, lines: &[ShipPartJson]) -> Vec<order::ship::ShipLot> {
    let mut read = Vec::new();
    for (part, line) in lines.iter().enumerate() {
        for (place, said) in line.lots.iter().enumerate() {
            let pointer = format!("/lines/{part}/lots/{place}/quantity");
            let quantity = fields.quantity(&pointer, &said.quantity);
            units.extend(sent_unit(pointer, line.line_no, &said.quantity));
            read.push(order::ship::ShipLot { part, place, lot: said.lot.trim().to_owned(), quantity });
        }
    }
    read
}

/// Makes a delivery note and takes the goods out of the stock.
#[utoipa::path(post, path = "/orders/{id}/ship", tag = "orders", operation_id = "order_ship", summary = "Ship all or part",
    params(("id" = String, Path, description = "Id or number of the order")), request_body = ShipJson,
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
pub(super) async fn ship(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<ShipJson>,
) -> Stepped {
    let id: OrderId = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let (mut fields, mut units) = (Fields::new(), Vec::new());
    let shipped_parts: Vec<PartJson> =
        input.lines.iter().map(|line| PartJson { line_no: line.line_no, quantity: line.quantity.clone() }).collect();
    let said = order::ship::Ship {
        shipped_on: fields.optional_date("/shipped_on", input.shipped_on.as_deref()),
        parts: parts(&mut fields, &mut units, &shipped_parts),
        lots: lots(&mut fields, &mut units, &input.lines),
        carrier: input.carrier.trim().to_owned(),
        tracking: input.tracking.trim().to_owned(),
        note: input.note.trim().to_owned(),
        warehouse_id: None,
    };
    fields.done()?;
    let warehouse_id = warehouse::filtered(&web, &by, "/warehouse_id", input.warehouse_id.filter(|text| !text.is_empty())).await?;
    let said = order::ship::Ship { warehouse_id, ..said };
    let ship = move |work: &mut UnitOfWork, by: &domain::Actor| {
        let state = order::ship::ship(work, by, id, version, &said)?;
        order::unit::fit(work, id, &units)?;
        Ok(state)
    };
    run(&web, &by, replay, ship).await
}

/// What is billed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InvoiceJson {
    /// Day of issue; today.
    pub issued_on: Option<String>,
    /// Last day to pay; by the customer's terms.
    pub due_on: Option<String>,
    /// Kind of invoice.
    pub kind: InvoiceKindCode,
    /// How much of which line; everything shipped and not billed.
    pub lines: Option<Vec<PartJson>>,
}

/// Bills what was shipped.
#[utoipa::path(post, path = "/orders/{id}/invoice", tag = "orders", operation_id = "order_invoice", summary = "Invoice what was shipped",
    params(("id" = String, Path, description = "Id or number of the order")), request_body = InvoiceJson,
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
pub(super) async fn invoice(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<InvoiceJson>,
) -> Stepped {
    let id: OrderId = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let (mut fields, mut units) = (Fields::new(), Vec::new());
    let bill = order::invoice::Bill {
        kind: fields.code_or("/kind", &input.kind, InvoiceKind::Special),
        issued_on: fields.optional_date("/issued_on", input.issued_on.as_deref()),
        due_on: fields.optional_date("/due_on", input.due_on.as_deref()),
        parts: input.lines.as_deref().map(|lines| parts(&mut fields, &mut units, lines)),
    };
    fields.done()?;
    let invoice = move |work: &mut UnitOfWork, by: &domain::Actor| {
        let state = order::invoice::invoice(work, by, id, version, &bill)?;
        order::unit::fit(work, id, &units)?;
        Ok(state)
    };
    run(&web, &by, replay, invoice).await
}

/// Money that came.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReceiptJson {
    /// How much.
    pub amount: MoneyInput,
    /// How.
    pub method: PaymentMethodCode,
    /// When; today.
    pub paid_on: Option<String>,
    /// Decimal: what one unit of the order's currency was worth in the company's; the rate of that day. Only for orders in another currency.
    pub exchange_rate: Option<String>,
    /// Bank reference.
    pub reference: String,
    /// Note.
    pub note: String,
}

impl ReceiptJson {
    fn read(&self) -> Result<order::record_payment::Receipt, Error> {
        let mut fields = Fields::new();
        let amount = fields.exact("/amount", &self.amount);
        let receipt = order::record_payment::Receipt {
            amount,
            currency: self.amount.currency().map(str::to_owned),
            method: fields.code_or("/method", &self.method, PaymentMethod::Bank),
            paid_on: fields.optional_date("/paid_on", self.paid_on.as_deref()),
            exchange_rate: match self.exchange_rate.as_deref().map(str::trim).filter(|rate| !rate.is_empty()) {
                Some(rate) => fields.take("/exchange_rate", Conversion::parse(rate).map(Some), None),
                None => None,
            },
            reference: self.reference.trim().to_owned(),
            note: self.note.trim().to_owned(),
        };
        fields.done()?;
        Ok(receipt)
    }
}

/// Records a payment; it pays open invoices, the oldest first.
#[utoipa::path(post, path = "/orders/{id}/record-payment", tag = "orders", operation_id = "order_record_payment", summary = "Record a payment",
    params(("id" = String, Path, description = "Id or number of the order")), request_body = ReceiptJson,
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
pub(super) async fn record_payment(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<ReceiptJson>,
) -> Stepped {
    let id: OrderId = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let receipt = input.read()?;
    run(&web, &by, replay, move |work, by| order::record_payment::record_payment(work, by, id, version, &receipt)).await
}

/// Records money paid back, up to what is due: a payment below zero.
#[utoipa::path(post, path = "/orders/{id}/record-refund", tag = "orders", operation_id = "order_record_refund", summary = "Record a refund",
    params(("id" = String, Path, description = "Id or number of the order")), request_body = ReceiptJson,
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
pub(super) async fn record_refund(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<ReceiptJson>,
) -> Stepped {
    let id: OrderId = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let receipt = input.read()?;
    run(&web, &by, replay, move |work, by| order::record_refund::record_refund(work, by, id, version, &receipt)).await
}

/// What was counted of a delivery note's line.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CountedJson {
    /// Number of the delivery note's line.
    pub line_no: i64,
    /// Accepted.
    pub accepted: QuantityInput,
    /// Refused.
    pub refused: Option<QuantityInput>,
}

impl CountedJson {
    /// The input of the use case; units that were sent go to `units`.
    pub fn read(&self, fields: &mut Fields, units: &mut Vec<SentUnit>, place: usize) -> Counted {
        units.extend(sent_unit(format!("/lines/{place}/accepted"), self.line_no, &self.accepted));
        units.extend(self.refused.as_ref().and_then(|refused| sent_unit(format!("/lines/{place}/refused"), self.line_no, refused)));
        Counted {
            line_no: self.line_no,
            accepted: fields.quantity(&format!("/lines/{place}/accepted"), &self.accepted),
            refused: fields.quantity_or(&format!("/lines/{place}/refused"), self.refused.as_ref(), domain::Quantity::ZERO),
        }
    }
}
