//! What one is told in the product, and what one wants to be told.

use app::notify::words::{Told, path, words};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::notify::{Notification, NotifySettings, minute_of, time_of};
use domain::{Instant, NotificationId, UserId, Version};
use serde::{Deserialize, Serialize};
use store::query::notify;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::sending::Known;
use crate::state::Web;
use crate::value::DigestCode;
use crate::version::{Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(unread))
        .routes(routes!(read_all))
        .routes(routes!(read))
        .routes(routes!(settings, set))
}

/// Something one is told.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Notification)]
pub struct NotificationJson {
    /// Its id.
    pub id: String,
    /// The event.
    pub kind: String,
    /// One line, in the caller's language.
    pub subject: String,
    /// The whole text, in the caller's language.
    pub body: String,
    /// Kind of what it is about: `order`.
    pub subject_kind: String,
    /// Number of what it is about.
    pub number: String,
    /// Where the interface shows what it is about; may be empty.
    pub path: String,
    /// Must not wait.
    pub urgent: bool,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it was read.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub read_at: Option<Instant>,
}

impl Tabular for NotificationJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "created_at", cell: |row| row.created_at.into() },
        Column { name: "subject", cell: |row| Cell::from(&row.subject) },
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "read_at", cell: |row| row.read_at.into() },
    ];
}

fn shown(notification: Notification, by: &By, known: &Known) -> NotificationJson {
    let told = Told::of(&notification, &by.name);
    let words = words(known.templates.get(&notification.template), &told, &known.around, by.language);
    NotificationJson {
        id: notification.id.to_string(),
        subject: words.subject,
        body: words.body,
        path: path(&notification.subject_kind, notification.subject_id),
        kind: notification.kind,
        subject_kind: notification.subject_kind,
        number: notification.subject_number,
        urgent: notification.urgent,
        created_at: notification.created_at,
        read_at: notification.read_at,
    }
}

/// How many.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Count {
    /// So many.
    pub count: i64,
}

/// The filters of the list of notifications.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NotificationQuery {
    /// `true`: not read yet; `false`: read.
    pub unread: Option<String>,
}

/// Unread notifications are counted up to this.
pub(crate) const MOST: i64 = 1000;

/// Notifications marked as read in one transaction.
const BATCH: i64 = 200;

/// Lists what the caller was told, from the newest.
#[utoipa::path(get, path = "/notifications", operation_id = "list_notifications", tag = "notification", params(NotificationQuery, PageParams), responses((status = 200, body = Listed<NotificationJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<NotificationQuery>) -> Result<Response, Error> {
    let mut fields = Fields::new();
    let unread = yes_or_no(&mut fields, "/unread", asked.filter.unread.as_deref());
    fields.done()?;
    let (company, user, reader_of) = (by.company_id, by.user_id, by.clone());
    let sorts = Sorts { sorts: notify::NOTIFICATION_SORTS, ties: notify::NOTIFICATION_TIES, usual: "-created_at" };
    list::answer(&web, &by, "notifications", (&asked.page, asked.format), sorts, move |reader, page| {
        let known = Known::of(reader, company)?;
        Ok(notify::notifications(reader, company, user, unread, page)?.map(|found| shown(found, &reader_of, &known)))
    })
    .await
}

/// Says how many notifications the caller has not read, counted up to 1,000.
#[utoipa::path(get, path = "/notifications/unread", operation_id = "count_unread_notifications", tag = "notification", responses((status = 200, body = Count)))]
async fn unread(State(web): State<Web>, by: By) -> Result<Json<Count>, Error> {
    let (company, user) = (by.company_id, by.user_id);
    let count = web.app.store.read(move |reader| notify::unread(reader, company, user, MOST)).await?;
    Ok(Json(Count { count }))
}

/// Marks one of the caller's notifications as read; the caller's streams are told.
#[utoipa::path(post, path = "/notifications/{id}/read", operation_id = "read_notification", tag = "notification", request_body = Empty, responses((status = 200, body = Count)))]
async fn read(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<Empty>) -> Result<Json<Count>, Error> {
    let id: NotificationId = id.parse().map_err(|_| Error::not_found("notification"))?;
    let count = web.app.command(&by, body.replay, move |work, by| app::notify::read::read_one(work, by, id)).await?;
    web.feeds.has_read(by.company_id, by.user_id);
    Ok(Json(Count { count }))
}

/// Marks everything the caller was told so far as read.
#[utoipa::path(post, path = "/notifications/read-all", operation_id = "read_all_notifications", tag = "notification", request_body = Empty, responses((status = 200, body = Count)))]
async fn read_all(State(web): State<Web>, by: By, _body: Body<Empty>) -> Result<Json<Count>, Error> {
    let (company, user) = (by.company_id, by.user_id);
    let mut count = 0;
    loop {
        let ids = web.app.store.read(move |reader| notify::unread_ids(reader, company, user, BATCH)).await?;
        let done = ids.is_empty();
        count += web.app.command(&by, None, move |work, by| app::notify::read::read(work, by, &ids)).await?;
        if done || count >= MOST {
            web.feeds.has_read(company, user);
            return Ok(Json(Count { count }));
        }
    }
}

/// What one wants to be told; times of day are those of the company's zone.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = NotificationSettings)]
pub struct SettingsJson {
    /// At the bell.
    pub in_app: bool,
    /// By e-mail.
    pub email: bool,
    /// Whether there are quiet hours, in which no e-mail is sent.
    pub quiet: bool,
    /// They begin: `22:00`.
    pub quiet_from: String,
    /// They end: `07:00`; earlier than they begin where they go past midnight.
    pub quiet_to: String,
    /// Whether what is urgent waits for their end too.
    pub urgent_waits: bool,
    /// How often what is not urgent is sent by e-mail.
    pub digest: DigestCode,
    /// When, if daily: `09:00`.
    pub digest_at: String,
}

/// What one wants to be told, and where e-mail goes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MyNotificationSettings {
    /// Raised by every change; 0 where nothing was said yet.
    pub version: i64,
    /// The e-mail address, which the administrator enters; empty: there is none.
    pub address: String,
    /// What one wants.
    pub settings: SettingsJson,
}

fn json(settings: &NotifySettings) -> SettingsJson {
    SettingsJson {
        in_app: settings.in_app,
        email: settings.email,
        quiet: settings.quiet,
        quiet_from: time_of(settings.quiet_from_minute),
        quiet_to: time_of(settings.quiet_to_minute),
        urgent_waits: settings.urgent_waits,
        digest: settings.digest.into(),
        digest_at: time_of(settings.digest_minute),
    }
}

async fn of(web: &Web, by: &By) -> Result<Tagged<MyNotificationSettings>, Error> {
    let (company, user) = (by.company_id, by.user_id);
    let read = web.app.store.read(move |reader| {
        let found = reader.get::<NotifySettings>(company, user)?;
        let address = reader.get::<domain::User>(company, user)?.map_or_else(String::new, |user| user.email);
        Ok((found, address))
    });
    let (found, address) = read.await?;
    let version = found.as_ref().map_or(0, |found| found.version.raw());
    let settings = json(&found.unwrap_or_else(|| NotifySettings::usual(user)));
    Ok(Tagged(version, MyNotificationSettings { version, address, settings }))
}

/// Shows what the caller wants to be told.
#[utoipa::path(get, path = "/me/notification-settings", operation_id = "show_my_notification_settings", tag = "notification", responses((status = 200, body = MyNotificationSettings)))]
async fn settings(State(web): State<Web>, by: By) -> Result<Tagged<MyNotificationSettings>, Error> {
    of(&web, &by).await
}

/// Keeps what the caller wants to be told.
#[utoipa::path(put, path = "/me/notification-settings", operation_id = "edit_my_notification_settings", tag = "notification", request_body = SettingsJson, responses((status = 200, body = MyNotificationSettings)))]
async fn set(
    State(web): State<Web>,
    by: By,
    Matching(version): Matching,
    body: Body<SettingsJson>,
) -> Result<Tagged<MyNotificationSettings>, Error> {
    let input = body.input;
    let mut fields = Fields::new();
    let mut minute = |pointer: &str, text: &str| {
        minute_of(text).unwrap_or_else(|wrong| {
            fields.wrong(pointer, wrong);
            0
        })
    };
    let quiet_from_minute = minute("/quiet_from", &input.quiet_from);
    let quiet_to_minute = minute("/quiet_to", &input.quiet_to);
    let digest_minute = minute("/digest_at", &input.digest_at);
    let digest = fields.code("/digest", &input.digest);
    fields.done()?;
    let wanted = NotifySettings {
        user_id: UserId::NONE,
        version: Version::FIRST,
        in_app: input.in_app,
        email: input.email,
        quiet: input.quiet,
        quiet_from_minute,
        quiet_to_minute,
        urgent_waits: input.urgent_waits,
        digest,
        digest_minute,
    };
    web.app.command(&by, None, move |work, by| app::notify::settings::edit(work, by, Some(version), &wanted)).await?;
    of(&web, &by).await
}
