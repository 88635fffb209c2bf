//! Exceptions of orders over HTTP: a list, a new one by hand, and the two answers (CHG-05).

use std::collections::BTreeMap;

use app::exception::{answer, open};
use app::order::cancel::Cancel;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, AttachmentId, ExceptionId, ExceptionKind, ExceptionStatus, FieldRule, OrderId, Part, ReturnedGoods, ShipmentId, UserId};
use serde::{Deserialize, Serialize};
use store::query::exception::{self as query, Filter, Known, SORTS, TIES};
use store::query::order::names;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::state::OrderStateJson;
use crate::order::step::{PartJson, Stepped, run};
use crate::order::{named, which};
use crate::state::Web;
use crate::value::{ExceptionKindCode, ExceptionStatusCode, MoneyInput, Named, Numbered, QuantityJson, ReturnedGoodsCode};
use crate::version::MaybeMatching;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(counts))
        .routes(routes!(create))
        .routes(routes!(redo))
        .routes(routes!(give_up))
}

/// How much of which line of the order.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ExceptionPart)]
pub struct ExceptionPartJson {
    /// Number of the order's line.
    pub line_no: i64,
    /// Name of the product.
    pub name: String,
    /// How much.
    pub quantity: QuantityJson,
}

/// How an exception was answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ExceptionAnswer)]
pub struct AnswerJson {
    /// What became of the goods.
    pub goods: ReturnedGoodsCode,
    /// Why.
    pub reason: String,
    /// Who answered.
    pub by: Named,
    /// When.
    pub at: String,
}

/// Something that went wrong with an order downstream.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderException)]
pub struct ExceptionJson {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// The order's number, and which of its exceptions it is.
    pub number: String,
    /// Of which order.
    pub order: Numbered,
    /// Whose order.
    pub customer: Named,
    /// The order's representative.
    pub rep: Option<Named>,
    /// What went wrong.
    pub kind: ExceptionKindCode,
    /// Its state.
    pub status: ExceptionStatusCode,
    /// Why, as far as known.
    pub cause: String,
    /// What of the order it is about.
    pub lines: Vec<ExceptionPartJson>,
    /// The delivery note with which it happened.
    pub shipment: Option<Numbered>,
    /// Whether goods that were shipped come back with it.
    pub takes_back: bool,
    /// Whether it follows from a step, and nobody recorded it by hand.
    pub by_system: bool,
    /// With whose step, or who recorded it.
    pub opened_by: Named,
    /// Since when.
    pub opened_at: String,
    /// How it was answered; `null`: it waits.
    pub answer: Option<AnswerJson>,
}

impl ExceptionJson {
    fn of(known: Known, names: &BTreeMap<UserId, String>) -> Self {
        let named = |id: UserId| Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() };
        let Known { exception: one, customer_id, customer_name, rep_id } = known;
        let answer = one.answered_by.zip(one.answered_at).map(|(by, at)| AnswerJson {
            goods: one.goods.into(),
            reason: one.reason.clone(),
            by: named(by),
            at: at.to_string(),
        });
        let part = |part: &domain::ExceptionPart| ExceptionPartJson {
            line_no: part.line_no,
            name: part.name.clone(),
            quantity: QuantityJson::of(part.quantity, &part.unit),
        };
        ExceptionJson {
            id: one.id.to_string(),
            version: one.version.raw(),
            order: Numbered { id: one.order_id.to_string(), number: one.order_number },
            customer: Named { id: customer_id.to_string(), name: customer_name },
            rep: rep_id.map(named),
            kind: one.kind.into(),
            status: one.status.into(),
            lines: one.parts.iter().map(part).collect(),
            shipment: one.shipment_id.map(|id| Numbered { id: id.to_string(), number: one.shipment_number }),
            takes_back: one.kind.takes_back(),
            by_system: one.by_system,
            opened_by: named(one.opened_by),
            opened_at: one.opened_at.to_string(),
            cause: one.cause,
            number: one.number,
            answer,
        }
    }
}

impl Tabular for ExceptionJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "order", cell: |row| Cell::from(&row.order.number) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "kind", cell: |row| Cell::from(&row.kind.0) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "reason", cell: |row| Cell::from(&row.cause) },
        Column { name: "rep", cell: |row| Cell::from(row.rep.as_ref().map_or("", |rep| &rep.name)) },
        Column { name: "created_at", cell: |row| Cell::from(&row.opened_at) },
    ];
}

/// The filters of the list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ExceptionQuery {
    /// Words in number, customer, cause or delivery note.
    pub q: Option<String>,
    /// States, joined by commas.
    pub status: Option<String>,
    /// Kinds, joined by commas.
    pub kind: Option<String>,
    /// Id of the order's sales representative.
    pub rep: Option<String>,
    /// `true`: of orders whose representative the caller is.
    pub mine: Option<String>,
    /// Id or number of the order.
    pub order: Option<String>,
}

/// Exceptions, filtered and sorted. Sorts: `-opened_at` (usual), `number`.
#[utoipa::path(get, path = "/exceptions", tag = "exceptions", operation_id = "list_exceptions", params(ExceptionQuery, PageParams),
    responses((status = 200, body = Listed<ExceptionJson>), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<ExceptionQuery>) -> Result<Response, Error> {
    by.may(Act::ViewOrder)?;
    let sent = asked.filter;
    let mut fields = Fields::new();
    let status = codes::<ExceptionStatus>(&mut fields, "/status", sent.status.as_deref());
    let kind = codes::<ExceptionKind>(&mut fields, "/kind", sent.kind.as_deref());
    let mine = yes_or_no(&mut fields, "/mine", sent.mine.as_deref()) == Some(true);
    let rep = fields.optional_id::<UserId>("/rep", sent.rep.as_deref());
    let order = match &sent.order {
        Some(reference) => {
            let found = named(&web, &by, reference, store::query::order::id_of).await?;
            if found.is_none() {
                fields.wrong("/order", FieldRule::Unknown { value: reference.clone() });
            }
            found
        }
        None => None,
    };
    fields.done()?;
    let filter = Filter { q: sent.q, status, kind, rep: if mine { Some(by.user_id) } else { rep }, order };
    let company = by.company_id;
    let sorts = Sorts { sorts: SORTS, ties: TIES, usual: "-opened_at" };
    list::answer(&web, &by, "exceptions", (&asked.page, asked.format), sorts, move |reader, page| {
        let names = names(reader, company)?;
        Ok(query::list(reader, company, &filter, page)?.map(|one| ExceptionJson::of(one, &names)))
    })
    .await
}

/// How many exceptions there are.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExceptionCounts {
    /// Waiting for an answer.
    pub open: i64,
}

/// Counts the exceptions that wait for an answer.
#[utoipa::path(get, path = "/exceptions/counts", tag = "exceptions", operation_id = "count_exceptions",
    responses((status = 200, body = ExceptionCounts), (status = "default", body = Problem)))]
async fn counts(State(web): State<Web>, by: By) -> Result<Json<ExceptionCounts>, Error> {
    by.may(Act::ViewOrder)?;
    let company = by.company_id;
    let open = web.app.store.read(move |reader| query::open(reader, company)).await?;
    Ok(Json(ExceptionCounts { open }))
}

/// What went wrong.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = ExceptionInput)]
#[serde(deny_unknown_fields, default)]
pub struct OpeningJson {
    /// What.
    pub kind: ExceptionKindCode,
    /// Why.
    pub cause: String,
    /// How much of which line; left out where a delivery is cancelled, for all of it comes back, and where it is about a paper.
    pub lines: Vec<PartJson>,
    /// Id of the delivery note with which it happened.
    pub shipment_id: Option<String>,
    /// Ids of files that prove it, uploaded before.
    pub attachment_ids: Vec<String>,
}

/// Records what went wrong with an order downstream.
#[utoipa::path(post, path = "/orders/{id}/exceptions", tag = "exceptions", operation_id = "create_exception", request_body = OpeningJson,
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
async fn create(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<OpeningJson>,
) -> Stepped {
    by.may(Act::OpenException)?;
    let id: OrderId = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let part = |(place, part): (usize, &PartJson)| Part {
        line_no: part.line_no,
        quantity: fields.quantity(&format!("/lines/{place}/quantity"), &part.quantity),
    };
    let parts = input.lines.iter().enumerate().map(part).collect();
    let file = |(place, file): (usize, &String)| fields.id::<AttachmentId>(&format!("/attachment_ids/{place}"), file);
    let attachments = input.attachment_ids.iter().enumerate().map(file).collect();
    let said = open::Opening {
        kind: fields.code("/kind", &input.kind),
        cause: input.cause,
        parts,
        shipment: fields.optional_id::<ShipmentId>("/shipment_id", input.shipment_id.as_deref()),
        attachments,
    };
    fields.done()?;
    run(&web, &by, replay, move |work, by| open::open(work, by, id, version, &said)).await
}

/// An answer to an exception.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = ExceptionAnswerInput)]
#[serde(deny_unknown_fields, default)]
pub struct AnswerInputJson {
    /// Why; shown in the timeline, and at lines that are closed short.
    pub reason: String,
    /// What became of goods that came back: `good`, `damaged` or `lost`.
    pub goods: Option<ReturnedGoodsCode>,
    /// Where giving up leaves nothing of the order, what cancelling costs; what the rules say where left out.
    pub cost: Option<MoneyInput>,
    /// Why less is charged than the rules say.
    pub waive_reason: String,
}

impl AnswerInputJson {
    fn read(&self) -> Result<answer::Answer, Error> {
        let mut fields = Fields::new();
        let cost = self.cost.as_ref().map(|cost| fields.exact("/cost", cost));
        let goods = self.goods.as_ref().map_or(ReturnedGoods::None, |goods| fields.code_or("/goods", goods, ReturnedGoods::None));
        fields.done()?;
        let cancel = Cancel { reason: self.reason.clone(), cost, waive_reason: self.waive_reason.clone() };
        Ok(answer::Answer { goods, cancel })
    }
}

/// The exception that an id or a number in the address names.
async fn exception_of(web: &Web, by: &By, reference: &str) -> Result<ExceptionId, Error> {
    named(web, by, reference, query::id_of).await?.ok_or_else(|| Error::not_found("exception"))
}

/// Answers with redo: what is missing is to be delivered again, and what is free is reserved for it.
#[utoipa::path(post, path = "/exceptions/{id}/redo", tag = "exceptions", operation_id = "exception_redo", summary = "Redo",
    request_body = AnswerInputJson, params(("id" = String, Path, description = "Id or number of the exception")),
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
async fn redo(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<AnswerInputJson>,
) -> Stepped {
    by.may(Act::AnswerException)?;
    let id = exception_of(&web, &by, &id).await?;
    let said = body.input.read()?;
    run(&web, &by, body.replay, move |work, by| answer::redo(work, by, id, version, &said)).await
}

/// Answers with give up: what is missing is closed short; where nothing would be left, the order is cancelled by its rules of cost.
#[utoipa::path(post, path = "/exceptions/{id}/give-up", tag = "exceptions", operation_id = "exception_give_up", summary = "Give up",
    request_body = AnswerInputJson, params(("id" = String, Path, description = "Id or number of the exception")),
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
async fn give_up(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<AnswerInputJson>,
) -> Stepped {
    by.may(Act::AnswerException)?;
    let id = exception_of(&web, &by, &id).await?;
    let said = body.input.read()?;
    run(&web, &by, body.replay, move |work, by| answer::give_up(work, by, id, version, &said)).await
}
