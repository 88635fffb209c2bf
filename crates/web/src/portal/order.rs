//! Orders at the portal: placed from the cart, listed, changed and cancelled until the company has confirmed them (INT-07).

use app::order::{OrderState, answer as answering};
use app::portal::change::Wish;
use app::portal::place::Placing;
use app::portal::{cancel as cancelling, change as changing, place as placing};
use axum::Json;
use axum::extract::{Path, State};
use domain::{Date, Language, Order, OrderId, PortalStatus, TrackFacts};
use serde::{Deserialize, Serialize};
use store::query::portal;
use utoipa::{IntoParams, ToSchema};

use super::person::Person;
use super::session::company_of;
use crate::body::{Because, Body};
use crate::error::{Error, Problem};
use crate::fields::{Fields, codes};
use crate::list::{self, Asked, Listed, PageParams};
use crate::state::Web;
use crate::value::{MoneyJson, PortalStatusCode, QuantityInput, ToneCode, TrackCode};
use crate::version::{Created, MaybeMatching, Tagged};

/// One of the five tracks of an order, in words for its customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalTrack {
    /// Which.
    pub code: TrackCode,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: String,
    /// Its colour.
    pub tone: ToneCode,
}

/// An order as lists of the portal show it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalOrderRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// For `If-Match`.
    pub version: i64,
    /// How it stands.
    pub status: PortalStatusCode,
    /// The same for people.
    pub status_name: String,
    /// Whether its customer may still change or cancel it.
    pub open_to_change: bool,
    /// Day of the order.
    pub ordered_on: String,
    /// When the goods are wanted.
    pub required_on: Option<String>,
    /// When they are promised.
    pub promised_on: Option<String>,
    /// What is to be paid in all.
    pub payable: MoneyJson,
    /// What has been paid.
    pub paid: MoneyJson,
    /// Lines.
    pub line_count: i64,
    /// The customer's own order number.
    pub customer_po: String,
    /// The five tracks.
    pub tracks: Vec<PortalTrack>,
}

impl PortalOrderRow {
    /// On a day.
    pub(super) fn of(order: &Order, today: Date, language: Language) -> Self {
        let status = PortalStatus::of(order.status);
        // What is not confirmed is not promised.
        let is_promised = matches!(status, PortalStatus::Confirmed | PortalStatus::Completed);
        let promised = order.promised_on.filter(|_| is_promised);
        PortalOrderRow {
            id: order.id.to_string(),
            number: order.number.clone(),
            version: order.version.raw(),
            status: status.into(),
            status_name: domain::name_of(language, status),
            open_to_change: order.check_open_to_customer().is_ok(),
            ordered_on: order.ordered_on.to_string(),
            required_on: order.required_on.map(|day| day.to_string()),
            promised_on: promised.map(|day| day.to_string()),
            payable: MoneyJson::of(order.payable_minor, order.currency),
            paid: MoneyJson::of(order.paid_minor, order.currency),
            line_count: order.line_count,
            customer_po: order.customer_po.clone(),
            tracks: tracks(order, status, today, language),
        }
    }
}

fn tracks(order: &Order, status: PortalStatus, today: Date, language: Language) -> Vec<PortalTrack> {
    let named = |code: String| domain::text(language, &code, &[]);
    let one = |view: domain::TrackView| PortalTrack {
        code: view.track.into(),
        name: named(format!("portal.track.{}", view.track)),
        state: match view.track {
            domain::Track::Commercial => domain::name_of(language, status),
            track => named(format!("order.{track}.{}", view.state)),
        },
        tone: view.tone.into(),
    };
    TrackFacts::from(order).views(today).map(one).into()
}

/// The filters of the list of orders.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PortalOrderQuery {
    /// How it stands.
    pub status: Option<String>,
}

/// Lists the customer's orders, the newest first.
#[utoipa::path(get, path = "/portal/orders", operation_id = "list_portal_orders", tag = "portal", security(("portal" = [])),
    params(PortalOrderQuery, PageParams), responses((status = 200, body = Listed<PortalOrderRow>)))]
pub(super) async fn list(
    State(web): State<Web>,
    person: Person,
    asked: Asked<PortalOrderQuery>,
) -> Result<Json<Listed<PortalOrderRow>>, Error> {
    let mut fields = Fields::new();
    let status = codes::<PortalStatus>(&mut fields, "/status", asked.filter.status.as_deref()).first().copied();
    fields.done()?;
    let page = asked.page.page(portal::ORDER_SORTS, portal::ORDER_TIES, "-created_at")?;
    let (company, customer, wanted) = (person.company_id, person.customer.id, page.clone());
    let today = company_of(&web, &person).await?.date_of(web.now());
    let found = web.app.store.read(move |reader| portal::orders(reader, company, customer, status, &wanted)).await?;
    Ok(Json(list::listed(&page, found.map(|order| PortalOrderRow::of(&order, today, person.language)))))
}

/// An order after a step of its customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalOrderState {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// For `If-Match`.
    pub version: i64,
    /// How it stands.
    pub status: PortalStatusCode,
    /// What is to be paid in all.
    pub payable: MoneyJson,
}

impl PortalOrderState {
    fn of(state: &OrderState) -> Self {
        PortalOrderState {
            id: state.id.to_string(),
            number: state.number.clone(),
            version: state.version,
            status: PortalStatus::of(state.status).into(),
            payable: MoneyJson::of(domain::Money::from_minor(state.payable_minor), state.currency()),
        }
    }
}

/// What is said with an order; the goods are in the cart.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PortalOrderInput {
    /// Who takes the goods; of the main address where left out.
    pub receiver: Option<String>,
    /// Phone for the delivery.
    pub contact_phone: Option<String>,
    /// Where the goods go; the main address where left out.
    pub delivery_address: Option<String>,
    /// When they are wanted.
    pub required_on: Option<String>,
    /// The customer's own order number.
    pub customer_po: String,
    /// Note.
    pub notes: String,
}

fn optional(fields: &mut Fields, pointer: &str, text: Option<&str>, max: usize) -> Option<String> {
    text.map(|text| fields.text(pointer, text, max)).filter(|text| !text.is_empty())
}

/// Orders what is in the cart; what was held for it is reserved for the order.
#[utoipa::path(post, path = "/portal/orders", operation_id = "place_portal_order", tag = "portal", security(("portal" = [])),
    request_body = PortalOrderInput, responses((status = 201, body = PortalOrderState), (status = "default", body = Problem)))]
pub(super) async fn place(
    State(web): State<Web>,
    person: Person,
    body: Body<PortalOrderInput>,
) -> Result<Created<PortalOrderState>, Error> {
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let placing = Placing {
        receiver: optional(&mut fields, "/receiver", input.receiver.as_deref(), 100),
        contact_phone: optional(&mut fields, "/contact_phone", input.contact_phone.as_deref(), 50),
        delivery_address: optional(&mut fields, "/delivery_address", input.delivery_address.as_deref(), 300),
        required_on: fields.optional_date("/required_on", input.required_on.as_deref()),
        customer_po: fields.text("/customer_po", &input.customer_po, 100),
        notes: fields.text("/notes", &input.notes, 2000),
    };
    fields.done()?;
    let state = web.app.command(&person, replay, move |work, by| placing::place(work, by, &placing)).await?;
    let body = PortalOrderState::of(&state);
    Ok(Created { location: format!("/api/v1/portal/orders/{}", body.id), version: body.version, body })
}

/// How much of a line.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PortalPart {
    /// Number of the line.
    pub line_no: i64,
    /// How much; 0 takes the line away.
    pub quantity: QuantityInput,
}

/// What an order is to be; what is left out stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PortalOrderChange {
    /// How much of which line.
    pub lines: Vec<PortalPart>,
    /// Who takes the goods.
    pub receiver: Option<String>,
    /// Phone for the delivery.
    pub contact_phone: Option<String>,
    /// Where the goods go.
    pub delivery_address: Option<String>,
    /// When they are wanted.
    pub required_on: Option<String>,
    /// The customer's own order number.
    pub customer_po: Option<String>,
    /// Note.
    pub notes: Option<String>,
}

/// The id in an address; what is none names no order.
pub(super) fn id_of(text: &str) -> Result<OrderId, Error> {
    text.parse().map_err(|_| Error::not_found("order"))
}

/// Changes an order that is not confirmed yet; it is handed in again at once.
#[utoipa::path(post, path = "/portal/orders/{id}/change", operation_id = "change_portal_order", tag = "portal", security(("portal" = [])),
    request_body = PortalOrderChange, responses((status = 200, body = PortalOrderState), (status = "default", body = Problem)))]
pub(super) async fn change(
    State(web): State<Web>,
    person: Person,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<PortalOrderChange>,
) -> Result<Tagged<PortalOrderState>, Error> {
    let id = id_of(&id)?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let mut quantities = Vec::with_capacity(input.lines.len());
    for (place, part) in input.lines.iter().enumerate() {
        quantities.push((part.line_no, fields.quantity(&format!("/lines/{place}/quantity"), &part.quantity)));
    }
    let wish = Wish {
        quantities,
        receiver: optional(&mut fields, "/receiver", input.receiver.as_deref(), 100),
        contact_phone: optional(&mut fields, "/contact_phone", input.contact_phone.as_deref(), 50),
        delivery_address: optional(&mut fields, "/delivery_address", input.delivery_address.as_deref(), 300),
        required_on: fields.optional_date("/required_on", input.required_on.as_deref()),
        customer_po: input.customer_po.as_deref().map(|text| fields.text("/customer_po", text, 100)),
        notes: input.notes.as_deref().map(|text| fields.text("/notes", text, 2000)),
    };
    fields.done()?;
    let state = web.app.command(&person, replay, move |work, by| changing::change(work, by, id, version, &wish)).await?;
    Ok(Tagged(state.version, PortalOrderState::of(&state)))
}

/// Cancels an order that is not confirmed yet.
#[utoipa::path(post, path = "/portal/orders/{id}/cancel", operation_id = "cancel_portal_order", tag = "portal", security(("portal" = [])),
    request_body = Because, responses((status = 200, body = PortalOrderState), (status = "default", body = Problem)))]
pub(super) async fn cancel(
    State(web): State<Web>,
    person: Person,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Because>,
) -> Result<Tagged<PortalOrderState>, Error> {
    let id = id_of(&id)?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let reason = fields.text("/reason", &input.reason, 300);
    fields.done()?;
    let state = web.app.command(&person, replay, move |work, by| cancelling::cancel(work, by, id, version, &reason)).await?;
    Ok(Tagged(state.version, PortalOrderState::of(&state)))
}

/// An answer of the customer to a question.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PortalAnswer {
    /// Number of the question.
    pub no: i64,
    /// The answer.
    pub answer: String,
}

/// Answers what the customer is asked about an order; the order goes on where it rests for no other question.
#[utoipa::path(post, path = "/portal/orders/{id}/answer", operation_id = "answer_portal_order", tag = "portal", security(("portal" = [])),
    request_body = PortalAnswer, responses((status = 200, body = PortalOrderState), (status = "default", body = Problem)))]
pub(super) async fn answer(
    State(web): State<Web>,
    person: Person,
    Path(id): Path<String>,
    body: Body<PortalAnswer>,
) -> Result<Tagged<PortalOrderState>, Error> {
    let id = id_of(&id)?;
    let Body { input, replay } = body;
    let act = move |work: &mut store::UnitOfWork, by: &domain::Actor| answering::answer_as_customer(work, by, id, input.no, &input.answer);
    let state = web.app.command(&person, replay, act).await?;
    Ok(Tagged(state.version, PortalOrderState::of(&state)))
}
