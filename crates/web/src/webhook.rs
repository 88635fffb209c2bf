//! Webhooks over HTTP.

use app::webhook::{WebhookInput as Input, create, delete, edit, rotate};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::notify::Webhook;
use domain::{Act, Instant, WebhookId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::query::notify;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::delivery::trouble;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::sending;
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit, delete)).routes(routes!(rotate)).routes(routes!(test))
}

/// A program's address that is told of events: a POST of each as a CloudEvent, signed as Standard Webhooks 1.0 says.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
pub struct WebhookJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Where it is.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Of which events it is told; none: of those the rules of notification name.
    pub kinds: Vec<String>,
    /// Whether it is told.
    pub active: bool,
    /// Why the product stopped telling it: `410`, its owner said that it is gone; or empty.
    pub stopped: String,
    /// Until when the secret before the last rotation signs too.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub old_secret_until: Option<Instant>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

impl From<Webhook> for WebhookJson {
    fn from(webhook: Webhook) -> Self {
        WebhookJson {
            id: webhook.id.to_string(),
            version: webhook.version.raw(),
            url: webhook.url,
            description: webhook.description,
            kinds: webhook.kinds.iter().map(str::to_owned).collect(),
            active: webhook.active,
            stopped: webhook.stopped,
            old_secret_until: webhook.old_secret_until,
            created_at: webhook.created_at,
        }
    }
}

impl Tabular for WebhookJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "url", cell: |row| Cell::from(&row.url) },
        Column { name: "description", cell: |row| Cell::from(&row.description) },
        Column { name: "kinds", cell: |row| Cell::from(&row.kinds.join(",")) },
        Column { name: "active", cell: |row| row.active.into() },
        Column { name: "created_at", cell: |row| row.created_at.into() },
    ];
}

/// A webhook, as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WebhookInput {
    /// Where it is: `https://…`, in the house also `http://…`.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Of which events it is told; none: of those the rules of notification name.
    pub kinds: Vec<String>,
    /// Whether it is told; `true`.
    pub active: Option<bool>,
}

impl WebhookInput {
    fn read(self) -> Input {
        Input {
            url: self.url.trim().to_owned(),
            description: self.description.trim().to_owned(),
            kinds: self.kinds.iter().map(String::as_str).collect(),
            active: self.active.unwrap_or(true),
        }
    }
}

/// A webhook with the secret that signs what it is sent; the secret is in this answer and nowhere else.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WebhookSecret {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// `whsec_…`; none where the same request was answered before.
    pub secret: Option<String>,
}

/// What became of a test.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Tested {
    /// Whether it was taken.
    pub ok: bool,
    /// What the other side said, or why nobody did.
    pub answer: String,
}

impl Tested {
    /// From what was said or went wrong.
    pub(crate) fn of(result: Result<String, app::notify::send::Failed>, by: &By) -> Self {
        match result {
            Ok(answer) => Tested { ok: true, answer },
            Err(failed) => Tested { ok: false, answer: trouble(&failed.error, by.language) },
        }
    }
}

/// Webhooks are few: there is nothing to filter by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WebhookQuery {}

/// Lists webhooks. Sorts: `created_at` (usual), `url`.
#[utoipa::path(get, path = "/webhooks", operation_id = "list_webhooks", tag = "notification", params(PageParams), responses((status = 200, body = Listed<WebhookJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<WebhookQuery>) -> Result<Response, Error> {
    by.may(Act::EditNotification)?;
    let company = by.company_id;
    let sorts = Sorts { sorts: notify::WEBHOOK_SORTS, ties: notify::WEBHOOK_TIES, usual: "created_at" };
    list::answer(&web, &by, "webhooks", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(notify::webhooks(reader, company, page)?.map(WebhookJson::from))
    })
    .await
}

async fn found(web: &Web, by: &By, id: &str) -> Result<Webhook, Error> {
    by.may(Act::EditNotification)?;
    let (company, id) = (by.company_id, id_of(id)?);
    let found = web.app.store.read(move |reader| reader.get::<Webhook>(company, id)).await?;
    found.ok_or_else(|| Error::not_found("webhook"))
}

/// Shows a webhook.
#[utoipa::path(get, path = "/webhooks/{id}", operation_id = "show_webhook", tag = "notification", responses((status = 200, body = WebhookJson)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<WebhookJson>, Error> {
    let found = WebhookJson::from(found(&web, &by, &id).await?);
    Ok(Tagged(found.version, found))
}

/// Adds a webhook. Its secret is in this answer and nowhere else.
#[utoipa::path(post, path = "/webhooks", operation_id = "create_webhook", tag = "notification", request_body = WebhookInput, responses((status = 201, body = WebhookSecret)))]
async fn create(State(web): State<Web>, by: By, body: Body<WebhookInput>) -> Result<Created<WebhookSecret>, Error> {
    let (input, secret) = (body.input.read(), sending::new_secret(&web));
    let signs = secret.clone();
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input, &signs)).await?;
    let body = with_secret(&web, &by, saved, secret).await?;
    Ok(Created { location: format!("/api/v1/webhooks/{}", body.id), version: body.version, body })
}

/// The secret, unless the same request was answered before with another.
async fn with_secret(web: &Web, by: &By, saved: app::saved::Saved, secret: String) -> Result<WebhookSecret, Error> {
    let kept = found(web, by, &saved.id).await.is_ok_and(|webhook| webhook.secret == secret);
    Ok(WebhookSecret { id: saved.id, version: saved.version, secret: kept.then_some(secret) })
}

/// Changes a webhook; its secret stays.
#[utoipa::path(put, path = "/webhooks/{id}", operation_id = "edit_webhook", tag = "notification", request_body = WebhookInput, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<WebhookInput>,
) -> Result<Tagged<Saved>, Error> {
    let (id, input) = (id_of(&id)?, body.input.read());
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// Takes a webhook away.
#[utoipa::path(delete, path = "/webhooks/{id}", operation_id = "delete_webhook", tag = "notification", responses((status = 204)))]
async fn delete(State(web): State<Web>, by: By, Path(id): Path<String>, Matching(version): Matching) -> Result<StatusCode, Error> {
    let id = id_of(&id)?;
    web.app.command(&by, None, move |work, by| delete::delete(work, by, id, Some(version))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a webhook another secret, in this answer and nowhere else; the one before signs too for a day.
#[utoipa::path(post, path = "/webhooks/{id}/rotate", operation_id = "rotate_webhook_secret", tag = "notification", request_body = Empty, responses((status = 200, body = WebhookSecret)))]
async fn rotate(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<Empty>) -> Result<Tagged<WebhookSecret>, Error> {
    by.may(Act::EditNotification)?;
    let (id, secret) = (id_of(&id)?, sending::new_secret(&web));
    let signs = secret.clone();
    let saved = web.app.command(&by, body.replay, move |work, by| rotate::rotate(work, by, id, &signs)).await?;
    let body = with_secret(&web, &by, saved, secret).await?;
    Ok(Tagged(body.version, body))
}

/// Sends a webhook an event of type `shundan.Test` and tells what it answered.
#[utoipa::path(post, path = "/webhooks/{id}/test", operation_id = "test_webhook", tag = "notification", request_body = Empty, responses((status = 200, body = Tested)))]
async fn test(State(web): State<Web>, by: By, Path(id): Path<String>, _body: Body<Empty>) -> Result<Json<Tested>, Error> {
    let webhook = found(&web, &by, &id).await?;
    let id = format!("test-{}", crate::secret::hex(&web.random::<8>()));
    let body = json!({
        "specversion": "1.0", "id": id, "source": "/api/v1/events", "type": "shundan.Test",
        "time": web.now().to_string(), "datacontenttype": "application/json", "data": {"kind": "Test", "by": by.name},
    });
    Ok(Json(Tested::of(sending::test_webhook(&web, &webhook, &id, body.to_string()).await, &by)))
}

fn id_of(text: &str) -> Result<WebhookId, Error> {
    text.parse().map_err(|_| Error::not_found("webhook"))
}
