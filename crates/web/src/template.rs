//! The words of notifications over HTTP.

use app::notify::words::{Told, facts_of, words};
use app::template::{check, edit, known, reset};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::notify::{CODES, NotifyRejection, PLACES, Template, standard};
use domain::{Act, Event, EventKind, Language, Order, OrderId, Refusal, Version};
use serde::{Deserialize, Serialize};
use store::query::{event, list::Page, order};
use store::{Fault, Reader};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::Error;
use crate::order::named;
use crate::sending::Known;
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show, edit)).routes(routes!(reset)).routes(routes!(preview))
}

/// A subject and a body with `{places}`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = TemplateWords)]
pub struct WordsJson {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// Words in each language; an empty text means the built-in one.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = TemplateLanguages)]
pub struct LanguagesJson {
    /// In Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: WordsJson,
    /// In Traditional Chinese.
    #[serde(rename = "zh-TW")]
    pub zh_tw: WordsJson,
    /// In English.
    pub en: WordsJson,
}

/// The words of one kind of notification.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = NotificationTemplate)]
pub struct TemplateJson {
    /// Its code.
    pub code: String,
    /// What it is for, in the caller's language.
    pub name: String,
    /// Raised by every change; 0 where the company has no words of its own.
    pub version: i64,
    /// Whether the company has words of its own.
    pub own: bool,
    /// The words as they are sent.
    pub words: LanguagesJson,
}

/// A place that a template may have.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TemplatePlace {
    /// Its name, between braces.
    pub name: String,
    /// What stands there, in the caller's language.
    pub description: String,
}

/// All templates, and the places they may have.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Templates {
    /// Every template.
    pub items: Vec<TemplateJson>,
    /// Every place.
    pub places: Vec<TemplatePlace>,
}

fn languages(of: impl Fn(Language) -> domain::notify::Words) -> LanguagesJson {
    let json = |language| {
        let words = of(language);
        WordsJson { subject: words.subject, body: words.body }
    };
    LanguagesJson { zh_cn: json(Language::ZhCn), zh_tw: json(Language::ZhTw), en: json(Language::En) }
}

fn json(code: &str, own: Option<&Template>, language: Language) -> TemplateJson {
    let template = own.cloned().unwrap_or_else(|| Template::built_in(code));
    TemplateJson {
        code: code.to_owned(),
        name: domain::text(language, &format!("notify.{code}.name"), &[]),
        version: own.map_or(0, |own| own.version.raw()),
        own: own.is_some(),
        words: languages(|language| template.words(language)),
    }
}

fn template(code: &str, words: LanguagesJson) -> Template {
    // A browser sends line ends of its own.
    let text = |text: String| text.replace("\r\n", "\n");
    Template {
        code: code.to_owned(),
        version: Version::FIRST,
        subject_zh_cn: text(words.zh_cn.subject),
        body_zh_cn: text(words.zh_cn.body),
        subject_zh_tw: text(words.zh_tw.subject),
        body_zh_tw: text(words.zh_tw.body),
        subject_en: text(words.en.subject),
        body_en: text(words.en.body),
    }
}

/// Lists the templates of notifications and the places they may have.
#[utoipa::path(get, path = "/notification-templates", operation_id = "list_notification_templates", tag = "notification", responses((status = 200, body = Templates)))]
async fn list(State(web): State<Web>, by: By) -> Result<Json<Templates>, Error> {
    by.may(Act::EditNotification)?;
    let company = by.company_id;
    let known = web.app.store.read(move |reader| Known::of(reader, company)).await?;
    let items = CODES.iter().map(|code| json(code, known.templates.get(*code), by.language)).collect();
    let description = |name: &str| domain::text(by.language, &format!("notify_place.{name}"), &[]);
    let places = PLACES.iter().map(|name| TemplatePlace { name: (*name).to_owned(), description: description(name) }).collect();
    Ok(Json(Templates { items, places }))
}

/// Shows a template.
#[utoipa::path(get, path = "/notification-templates/{code}", operation_id = "show_notification_template", tag = "notification", responses((status = 200, body = TemplateJson)))]
async fn show(State(web): State<Web>, by: By, Path(code): Path<String>) -> Result<Tagged<TemplateJson>, Error> {
    by.may(Act::EditNotification)?;
    known(&code)?;
    let (company, key) = (by.company_id, code.clone());
    let own = web.app.store.read(move |reader| reader.get::<Template>(company, key)).await?;
    let found = json(&code, own.as_ref(), by.language);
    Ok(Tagged(found.version, found))
}

/// Gives a template words of the company's own.
#[utoipa::path(put, path = "/notification-templates/{code}", operation_id = "edit_notification_template", tag = "notification", request_body = LanguagesJson, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(code): Path<String>,
    Matching(version): Matching,
    body: Body<LanguagesJson>,
) -> Result<Tagged<Saved>, Error> {
    let wanted = template(&code, body.input);
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, Some(version), &wanted)).await?;
    Ok(Tagged::saved(saved))
}

/// Gives a template its built-in words again.
#[utoipa::path(post, path = "/notification-templates/{code}/reset", operation_id = "reset_notification_template", tag = "notification", request_body = Empty, responses((status = 204)))]
async fn reset(State(web): State<Web>, by: By, Path(code): Path<String>, body: Body<Empty>) -> Result<StatusCode, Error> {
    web.app.command(&by, body.replay, move |work, by| reset::reset(work, by, &code)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is previewed.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Preview {
    /// Id or number of the order; the newest event of the template's kind where none is sent.
    pub order: String,
    /// These words; those in force where none are sent.
    pub words: Option<LanguagesJson>,
}

/// Shows what a template makes of a real order, in each language; nothing is sent or kept.
#[utoipa::path(post, path = "/notification-templates/{code}/preview", operation_id = "preview_notification_template", tag = "notification", request_body = Preview, responses((status = 200, body = LanguagesJson)))]
async fn preview(State(web): State<Web>, by: By, Path(code): Path<String>, body: Body<Preview>) -> Result<Json<LanguagesJson>, Error> {
    by.may(Act::EditNotification)?;
    by.may(Act::ViewOrder)?;
    known(&code)?;
    let asked = body.input.order.trim().to_owned();
    let id = if asked.is_empty() { None } else { Some(which(&web, &by, &asked).await?) };
    let draft = body.input.words.map(|words| template(&code, words));
    if let Some(draft) = &draft {
        Refusal::unless_valid(check(draft))?;
    }
    let (company, key, actor) = (by.company_id, code.clone(), by.actor.clone());
    let read = web.app.store.read(move |reader| {
        let known = Known::of(reader, company)?;
        let (event, order) = sample(reader, &actor, &key, id)?;
        Ok((known, event, order))
    });
    let (known, mut event, order) = read.await?;
    if event.position == 0 {
        event.at = web.now();
    }
    let facts = facts_of(&event, order.as_ref());
    let told = Told {
        kind: &event.kind,
        template: &code,
        subject_kind: &event.subject_kind,
        subject_id: event.subject_id,
        subject_number: &event.subject_number,
        facts: &facts,
        recipient: &by.name,
    };
    let own = draft.as_ref().or_else(|| known.templates.get(&code));
    Ok(Json(languages(|language| words(own, &told, &known.around, language))))
}

async fn which(web: &Web, by: &By, reference: &str) -> Result<OrderId, Error> {
    let found = named(web, by, reference, order::id_of).await?;
    let company = by.company_id;
    let id = found.ok_or_else(|| Refusal::field("/order", NotifyRejection::NoOrder))?;
    let exists = web.app.store.read(move |reader| order::exists(reader, company, id)).await?;
    if exists { Ok(id) } else { Err(Refusal::field("/order", NotifyRejection::NoOrder).into()) }
}

/// The newest event that the template is for, of this order or of any; or one made up where nothing of the kind has happened.
fn sample(reader: &Reader<'_>, by: &domain::Actor, code: &str, id: Option<OrderId>) -> Result<(Event, Option<Order>), Fault> {
    let kinds: Vec<String> = standard().into_iter().filter(|rule| rule.template == code).flat_map(|rule| rule.events).collect();
    let page = |limit| Page { sort: event::SORTS[0], descending: true, after: None, limit };
    let subject_kinds = vec!["order".to_owned()];
    let filter = event::Filter { subject_kinds, subject_id: id.map(OrderId::raw), kinds: kinds.clone(), ..event::Filter::default() };
    let mut found = event::list(reader, by.company_id, &filter, &page(1))?.rows;
    let newest = found.pop();
    let id = id.or_else(|| newest.as_ref().map(|event| OrderId::from_raw(event.subject_id)));
    let order = match id {
        Some(id) => reader.get::<Order>(by.company_id, id)?,
        None => None,
    };
    let event = newest.unwrap_or_else(|| {
        let (id, number) = order.as_ref().map_or((OrderId::NONE, ""), |order| (order.id, order.number.as_str()));
        let mut event = Event::of_order(EventKind::OrderSubmitted, id, number);
        if let Some(kind) = kinds.first() {
            kind.clone_into(&mut event.kind);
        }
        event.by_name.clone_from(&by.name);
        event
    });
    Ok((event, order))
}
