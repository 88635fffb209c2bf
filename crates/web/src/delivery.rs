//! What goes out of the house, and what of it failed.

use app::notify::resend::{resend, resend_all};
use app::notify::words::{Told, path, words};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::notify::{Delivery, DeliveryState, NotifyChannel, TROUBLES};
use domain::{Act, DeliveryId, Instant, Language};
use serde::{Deserialize, Serialize};
use store::query::notify::{self, Filter, Named};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::notification::Count;
use crate::sending::Known;
use crate::state::Web;
use crate::value::{DeliveryStateCode, NotifyChannelCode};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(resend_several)).routes(routes!(resend_one))
}

/// One message to one address.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SentMessage)]
pub struct DeliveryJson {
    /// Its id; `webhook-id` of a webhook, the part before `@` of a `Message-ID`.
    pub id: String,
    /// By which way.
    pub channel: NotifyChannelCode,
    /// E-mail address, URL of the webhook, or name of the robot.
    pub target: String,
    /// Name of the person, or empty.
    pub recipient: String,
    /// The event.
    pub kind: String,
    /// One line of what is said, in the caller's language.
    pub subject: String,
    /// Number of what it is about.
    pub number: String,
    /// Where the interface shows what it is about; may be empty.
    pub path: String,
    /// State.
    pub state: DeliveryStateCode,
    /// Tries so far.
    pub attempts: i64,
    /// The next try, or the end of the one that is going on.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_at: Option<Instant>,
    /// Why the last try failed.
    pub last_error: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it was taken.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_at: Option<Instant>,
}

impl Tabular for DeliveryJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "created_at", cell: |row| row.created_at.into() },
        Column { name: "channel", cell: |row| Cell::from(&row.channel.0) },
        Column { name: "target", cell: |row| Cell::from(&row.target) },
        Column { name: "recipient", cell: |row| Cell::from(&row.recipient) },
        Column { name: "subject", cell: |row| Cell::from(&row.subject) },
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "state", cell: |row| Cell::from(&row.state.0) },
        Column { name: "attempts", cell: |row| row.attempts.into() },
        Column { name: "next_at", cell: |row| row.next_at.into() },
        Column { name: "last_error", cell: |row| Cell::from(&row.last_error) },
        Column { name: "sent_at", cell: |row| row.sent_at.into() },
    ];
}

/// What went wrong, for people: a code of our own in their language, what others said as it is.
pub(crate) fn trouble(error: &str, language: Language) -> String {
    if TROUBLES.contains(&error) { domain::text(language, error, &[]) } else { error.to_owned() }
}

fn shown(Named { delivery, user_name }: Named, language: Language, known: &Known) -> DeliveryJson {
    let told = Told::of_delivery(&delivery, &user_name);
    let subject = words(known.templates.get(&delivery.template), &told, &known.around, language).subject;
    let over = matches!(delivery.state, DeliveryState::Sent | DeliveryState::Dead);
    let Delivery { id, channel, target, kind, subject_kind, subject_id, subject_number, state, attempts, next_at, .. } = delivery;
    DeliveryJson {
        id: id.to_string(),
        channel: channel.into(),
        // Whoever knows where a robot is may write to its group.
        target,
        recipient: user_name,
        kind,
        subject,
        number: subject_number,
        path: if subject_kind == "delivery" { String::new() } else { path(&subject_kind, subject_id) },
        state: state.into(),
        attempts,
        next_at: (!over).then_some(next_at),
        last_error: trouble(&delivery.last_error, language),
        created_at: delivery.created_at,
        sent_at: delivery.sent_at,
    }
}

/// The filters of the list of deliveries.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// In this state, or in one of several with commas between.
    pub state: Option<String>,
    /// By this channel, or by one of several with commas between.
    pub channel: Option<String>,
    /// About the document with this number.
    pub number: Option<String>,
}

/// Lists what went, goes or should have gone out. Sorts: `created_at` (usual: from the newest), `next_at`.
#[utoipa::path(get, path = "/deliveries", operation_id = "list_deliveries", tag = "notification", params(DeliveryQuery, PageParams), responses((status = 200, body = Listed<DeliveryJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<DeliveryQuery>) -> Result<Response, Error> {
    by.may(Act::ViewDelivery)?;
    let mut fields = Fields::new();
    let texts = |all: Vec<&'static str>| all.into_iter().map(str::to_owned).collect::<Vec<String>>();
    let states = codes::<DeliveryState>(&mut fields, "/state", asked.filter.state.as_deref());
    let channels = codes::<NotifyChannel>(&mut fields, "/channel", asked.filter.channel.as_deref());
    fields.done()?;
    let states = texts(states.into_iter().map(DeliveryState::as_str).collect());
    let channels = texts(channels.into_iter().map(NotifyChannel::as_str).collect());
    let filter = Filter { states, channels, number: asked.filter.number, endpoint: None };
    let (company, language) = (by.company_id, by.language);
    let sorts = Sorts { sorts: notify::DELIVERY_SORTS, ties: notify::DELIVERY_TIES, usual: "-created_at" };
    list::answer(&web, &by, "deliveries", (&asked.page, asked.format), sorts, move |reader, page| {
        let known = Known::of(reader, company)?;
        Ok(notify::deliveries(reader, company, &filter, page)?.map(|found| shown(found, language, &known)))
    })
    .await
}

/// Sends a message again that failed or was given up, under the same id as before.
#[utoipa::path(post, path = "/deliveries/{id}/resend", operation_id = "resend_delivery", tag = "notification", request_body = Empty, responses((status = 200, body = Count)))]
async fn resend_one(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<Empty>) -> Result<Json<Count>, Error> {
    by.may(Act::ResendDelivery)?;
    let id: DeliveryId = id.parse().map_err(|_| Error::not_found("delivery"))?;
    let count = web.app.command(&by, body.replay, move |work, by| resend(work, by, id)).await?;
    Ok(Json(Count { count }))
}

/// Which messages are sent again.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Resend {
    /// These; none: the 200 oldest that were given up.
    pub ids: Vec<String>,
}

/// Messages sent again at once.
const BATCH: i64 = 200;

/// Sends several messages again; those that neither failed nor were given up are left alone.
#[utoipa::path(post, path = "/deliveries/resend", operation_id = "resend_deliveries", tag = "notification", request_body = Resend, responses((status = 200, body = Count)))]
async fn resend_several(State(web): State<Web>, by: By, body: Body<Resend>) -> Result<Json<Count>, Error> {
    by.may(Act::ResendDelivery)?;
    let company = by.company_id;
    let mut fields = Fields::new();
    if body.input.ids.len() > usize::try_from(BATCH).unwrap_or(usize::MAX) {
        fields.wrong("/ids", domain::FieldRule::TooMany { max: BATCH });
    }
    let named: Vec<DeliveryId> = body.input.ids.iter().enumerate().map(|(place, id)| fields.id(&format!("/ids/{place}"), id)).collect();
    fields.done()?;
    let ids = if named.is_empty() { web.app.store.read(move |reader| notify::dead(reader, company, BATCH)).await? } else { named };
    let count = web.app.command(&by, body.replay, move |work, by| resend_all(work, by, &ids)).await?;
    Ok(Json(Count { count }))
}
