//! Personal data of the people of a customer over HTTP: consents, what is kept of a person, and its erasure (PTY-05).

use app::person::{consent, erase, export};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::{Act, Company, CompanyId, Consent, ConsentId, CustomerId, Instant, Language, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::query::person::{self, Held};
use store::query::user;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::id_of;
use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::fields::Fields;
use crate::state::Web;
use crate::value::{ConsentPurposeCode, Named, Saved};
use crate::version::{Created, MaybeMatching, Tagged};

/// The addresses of this noun.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, record))
        .routes(routes!(withdraw))
        .routes(routes!(held))
        .routes(routes!(preview))
        .routes(routes!(forget))
}

/// A consent of a person.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Consent)]
pub struct ConsentJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Name of the person; `***` where it was erased.
    pub person: String,
    /// To what.
    pub purpose: ConsentPurposeCode,
    /// When it was given.
    pub given_on: String,
    /// How, and where the proof is.
    pub evidence: String,
    /// Who recorded it.
    pub recorded_by: Named,
    /// When it was recorded.
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Instant,
    /// When it was withdrawn; `null`: it holds.
    pub withdrawn_on: Option<String>,
    /// How it was withdrawn.
    pub withdrawn_note: String,
}

impl ConsentJson {
    fn of(consent: Consent, recorded_by: String) -> Self {
        ConsentJson {
            id: consent.id.to_string(),
            version: consent.version.raw(),
            person: consent.person,
            purpose: consent.purpose.into(),
            given_on: consent.given_on.to_string(),
            evidence: consent.evidence,
            recorded_by: Named { id: consent.recorded_by.to_string(), name: recorded_by },
            recorded_at: consent.recorded_at,
            withdrawn_on: consent.withdrawn_on.map(|on| on.to_string()),
            withdrawn_note: consent.withdrawn_note,
        }
    }
}

/// Lists the consents of the people of a customer, the newest first.
#[utoipa::path(get, path = "/customers/{id}/consents", operation_id = "list_consents", tag = "customer", responses((status = 200, body = Vec<ConsentJson>)))]
async fn list(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<Vec<ConsentJson>>, Error> {
    by.may(Act::ViewCustomer)?;
    let (company, id) = (by.company_id, id_of(&web, &by, reference).await?);
    let read = web.app.store.read(move |reader| {
        let names = user::names(reader, company)?;
        let consents = person::consents(reader, company, id)?;
        let name = |consent: &Consent| names.get(&consent.recorded_by).cloned().unwrap_or_default();
        Ok(consents.into_iter().map(|consent| (name(&consent), consent)).map(|(name, one)| ConsentJson::of(one, name)).collect())
    });
    Ok(Json(read.await?))
}

/// A consent, as it is recorded.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ConsentInput)]
pub struct ConsentInput {
    /// Name of the person.
    pub person: String,
    /// To what.
    pub purpose: ConsentPurposeCode,
    /// When it was given, not after today.
    pub given_on: String,
    /// How, and where the proof is.
    pub evidence: String,
}

/// Records that a person agrees.
#[utoipa::path(post, path = "/customers/{id}/consents", operation_id = "record_consent", tag = "customer", request_body = ConsentInput, responses((status = 201, body = Saved)))]
async fn record(State(web): State<Web>, by: By, Path(reference): Path<String>, body: Body<ConsentInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::EditCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let mut fields = Fields::new();
    let sent = consent::ConsentSent {
        purpose: fields.code("/purpose", &body.input.purpose),
        given_on: fields.date("/given_on", &body.input.given_on),
        person: body.input.person,
        evidence: body.input.evidence,
    };
    fields.done()?;
    let saved = web.app.command(&by, body.replay, move |work, by| consent::record(work, by, id, &sent)).await?;
    Ok(Created::at("consents", saved))
}

/// How a consent is withdrawn.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = WithdrawConsentInput)]
pub struct WithdrawInput {
    /// When, not before it was given and not after today.
    pub on: String,
    /// How; kept with it.
    pub note: String,
}

/// Records that a person takes a consent back.
#[utoipa::path(post, path = "/customers/{id}/consents/{consent}/withdraw", operation_id = "withdraw_consent", tag = "customer", request_body = WithdrawInput, responses((status = 200, body = Saved)))]
async fn withdraw(
    State(web): State<Web>,
    by: By,
    Path((reference, consent_id)): Path<(String, String)>,
    MaybeMatching(version): MaybeMatching,
    body: Body<WithdrawInput>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let consent_id: ConsentId = consent_id.parse().map_err(|_| Error::not_found("consent"))?;
    let mut fields = Fields::new();
    let on = fields.date("/on", &body.input.on);
    fields.done()?;
    let note = body.input.note;
    let act = move |work: &mut store::UnitOfWork, by: &domain::Actor| consent::withdraw(work, by, (id, consent_id), version, (on, &note));
    Ok(Tagged::saved(web.app.command(&by, body.replay, act).await?))
}

/// Which person of a customer.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct PersonQuery {
    /// Name of the person.
    pub name: String,
    /// `json` (usual) or `html`, to be read and printed.
    #[param(required = false)]
    pub format: String,
}

async fn read(web: &Web, company: CompanyId, id: CustomerId, name: &str) -> Result<Held, Error> {
    let name = name.to_owned();
    let read = web.app.store.read(move |reader| {
        let Some(company) = reader.get::<Company>(company, company)? else { return Ok(None) };
        let known = person::known(reader, company.id, id, &name)?;
        person::held(reader, &company, id, &known)
    });
    read.await?.ok_or_else(|| Error::not_found("customer"))
}

/// Everything that is kept of a person of a customer, as a file; that it was taken out is recorded.
#[utoipa::path(get, path = "/customers/{id}/person", operation_id = "export_person", tag = "customer", params(PersonQuery), responses((status = 200, body = Value)))]
async fn held(State(web): State<Web>, by: By, Path(reference): Path<String>, Query(query): Query<PersonQuery>) -> Result<Response, Error> {
    by.may(Act::ManagePerson)?;
    by.may(Act::SeePersonalData)?;
    let id = id_of(&web, &by, reference).await?;
    let html = query.format == "html";
    let found = read(&web, by.company_id, id, &query.name).await?;
    let told = told(&found);
    web.app.command(&by, None, move |work, by| export::export(work, by, id, if html { "html" } else { "json" })).await?;
    let (kind, ending, body) = if html {
        ("text/html; charset=utf-8", "html", page(&told, by.language))
    } else {
        ("application/json", "json", serde_json::to_string_pretty(&told).map_err(Error::internal)?)
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let name = format!("attachment; filename=\"person.{ending}\"");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// What is told of a person, part by part.
fn told(held: &Held) -> Value {
    let mut parts = Map::new();
    let mut part = |name: &str, rows: Vec<Value>| {
        parts.insert(name.to_owned(), Value::Array(rows));
    };
    let customer = &held.customer;
    part("customer", vec![json!({"code": customer.code, "name": customer.name})]);
    let rows = held.contacts.iter().map(|row| json!({"name": row.name, "position": row.job, "phone": row.phone, "email": row.email}));
    part("contacts", rows.collect());
    let rows = held.addresses.iter().map(|row| json!({"receiver": row.receiver, "phone": row.phone, "address": row.one_line()}));
    part("addresses", rows.collect());
    let rows = held.consents.iter().map(|row| {
        json!({"purpose": row.purpose.as_str(), "given_on": row.given_on.as_str(), "evidence": row.evidence,
            "withdrawn_on": row.withdrawn_on.map(|on| on.to_string()), "withdrawn_note": row.withdrawn_note})
    });
    part("consents", rows.collect());
    let rows = held
        .portal_users
        .iter()
        .map(|row| json!({"username": row.username, "name": row.name, "email": row.email, "created_at": row.created_at.to_string()}));
    part("portal_users", rows.collect());
    let rows = held.orders.iter().map(|row| {
        json!({"number": row.number, "ordered_on": row.ordered_on.as_str(), "contact_name": row.contact_name, "contact_phone": row.contact_phone,
            "receiver": row.receiver, "delivery_address": row.delivery_address})
    });
    part("orders", rows.collect());
    let rows = held.quotations.iter().map(
        |row| json!({"number": row.number, "contact_name": row.contact_name, "contact_phone": row.contact_phone, "receiver": row.receiver}),
    );
    part("quotations", rows.collect());
    let rows = held
        .inquiries
        .iter()
        .map(|row| json!({"number": row.number, "contact_name": row.contact_name, "contact_phone": row.contact_phone, "said": row.said}));
    part("inquiries", rows.collect());
    let rows = held
        .messages
        .iter()
        .map(|row| json!({"at": row.at.to_string(), "author": row.author, "text": row.text, "order_number": row.order_number}));
    part("messages", rows.collect());
    let rows = held
        .confirmations
        .iter()
        .map(|row| json!({"order_number": row.order_number, "sent_to": row.sent_to, "signer": row.signer, "signed_at": row.signed_at.map(|at| at.to_string())}));
    part("confirmations", rows.collect());
    let rows = held
        .shipments
        .iter()
        .map(|row| json!({"number": row.number, "signer": row.signer, "delivered_on": row.delivered_on.map(|on| on.to_string())}));
    part("shipments", rows.collect());
    let rows = held.offers.iter().map(
        |row| json!({"number": row.quotation_number, "sent_to": row.sent_to, "signer": row.signer, "answered_at": row.answered_at.map(|at| at.to_string())}),
    );
    part("offers", rows.collect());
    let rows = held
        .letters
        .iter()
        .map(|row| json!({"at": row.created_at.to_string(), "sent_to": row.target, "number": row.subject_number, "data": row.facts}));
    part("letters", rows.collect());
    let rows = held
        .events
        .iter()
        .map(|row| json!({"at": row.at.to_string(), "kind": row.kind, "number": row.subject_number, "by": row.by_name, "data": row.data}));
    part("events", rows.collect());
    Value::Object(parts)
}

/// The same to be read: a table for each part.
fn page(told: &Value, language: Language) -> String {
    let safe = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let word = |key: &str| safe(&domain::text(language, &format!("field.person_{key}"), &[]));
    let title = word("title");
    let mut page = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><title>{title}</title><style>body{{font:14px/1.5 sans-serif;margin:2em}}table{{border-collapse:collapse}}th,td{{border:1px solid #bbb;padding:2px 8px;text-align:left;vertical-align:top}}</style><h1>{title}</h1>",
        language.as_str()
    );
    for (name, rows) in told.as_object().into_iter().flatten() {
        let rows: Vec<&Map<String, Value>> = rows.as_array().into_iter().flatten().filter_map(Value::as_object).collect();
        page.push_str(&format!("<h2>{} ({})</h2>", word(name), rows.len()));
        let Some(first) = rows.first() else { continue };
        let heads: String = first.keys().map(|key| format!("<th>{}", safe(&crate::export::head(language, key)))).collect();
        page.push_str(&format!("<table><tr>{heads}"));
        for row in rows {
            let cells: String = row.values().map(|value| format!("<td>{}", safe(value.as_str().unwrap_or_default()))).collect();
            page.push_str(&format!("<tr>{cells}"));
        }
        page.push_str("</table>");
    }
    page
}

/// How many rows of one kind an erasure changes or leaves.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ErasureCount)]
pub struct CountJson {
    /// What.
    pub kind: String,
    /// How many.
    pub count: i64,
}

/// What erasing a person would come to.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ErasurePreview)]
pub struct PreviewJson {
    /// In what the person is erased: `contacts`, `addresses`, `consents`, `portal_users`, `orders`, `quotations`, `inquiries`, `messages`,
    /// `letters`, `sent` (where confirmations and offers were sent), `events`.
    pub erased: Vec<CountJson>,
    /// What is kept as it is because the law or a claim needs it: `confirmations`, `offers` and `shipments` signed by the person, `invoices` and `documents` of the
    /// orders.
    pub kept: Vec<CountJson>,
    /// Why the person cannot be erased now; `null` where that can be done.
    pub refusal: Option<String>,
}

fn counts<const N: usize>(of: [(&str, usize); N]) -> Vec<CountJson> {
    let count = |(kind, count): (&str, usize)| CountJson { kind: kind.to_owned(), count: i64::try_from(count).unwrap_or(i64::MAX) };
    of.into_iter().filter(|(_, count)| *count > 0).map(count).collect()
}

/// What erasing a person of a customer would come to. Changes nothing.
#[utoipa::path(get, path = "/customers/{id}/person/erasure", operation_id = "preview_erasure", tag = "customer", params(PersonQuery), responses((status = 200, body = PreviewJson)))]
async fn preview(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    Query(query): Query<PersonQuery>,
) -> Result<Json<PreviewJson>, Error> {
    by.may(Act::ManagePerson)?;
    let (company, id) = (by.company_id, id_of(&web, &by, reference).await?);
    let held = read(&web, company, id, &query.name).await?;
    let orders = held.orders.clone();
    let (invoices, documents) = web.app.store.read(move |reader| person::kept(reader, company, &orders)).await?;
    let (confirmations, offers) = held.signed();
    let size = |count: i64| usize::try_from(count).unwrap_or_default();
    let refusal = erase::refusal(&held).map(|rejection| Refusal::from(rejection).message(by.language));
    Ok(Json(PreviewJson {
        erased: counts([
            ("contacts", held.contacts.len()),
            ("addresses", held.addresses.len()),
            ("consents", held.consents.len()),
            ("portal_users", held.portal_users.len()),
            ("orders", held.orders.len()),
            ("quotations", held.quotations.len()),
            ("inquiries", held.inquiries.len()),
            ("messages", held.messages.len()),
            ("letters", held.letters.len()),
            ("sent", held.sent().count()),
            ("events", held.events.len()),
        ]),
        kept: counts([
            ("confirmations", confirmations),
            ("offers", offers),
            ("shipments", held.shipments.len()),
            ("invoices", size(invoices)),
            ("documents", size(documents)),
        ]),
        refusal,
    }))
}

/// Who is erased, and at whose wish.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ErasePersonInput)]
pub struct EraseInput {
    /// Name of the person; not kept.
    pub name: String,
    /// Why; kept with the event, so it names nobody.
    pub reason: String,
}

/// How much was erased.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Erased)]
pub struct ErasedJson {
    /// Rows that were changed.
    pub count: i64,
}

/// Erases a person of a customer; orders and what the law wants kept stay with their figures.
#[utoipa::path(post, path = "/customers/{id}/person/erase", operation_id = "erase_person", tag = "customer", request_body = EraseInput, responses((status = 200, body = ErasedJson)))]
async fn forget(State(web): State<Web>, by: By, Path(reference): Path<String>, body: Body<EraseInput>) -> Result<Json<ErasedJson>, Error> {
    by.may(Act::ManagePerson)?;
    let id = id_of(&web, &by, reference).await?;
    let EraseInput { name, reason } = body.input;
    let count = erase::erase(&web.app, &by, id, (name, reason), body.replay).await?;
    Ok(Json(ErasedJson { count }))
}
