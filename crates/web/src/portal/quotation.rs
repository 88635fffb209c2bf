//! Quotations at the portal: those that the customer was sent, read, asked about, accepted and declined there by the same steps as by their
//! links (QUO-01, INT-07).

use app::Replay;
use app::offer::accept::accept;
use app::offer::ask::ask;
use app::offer::decline::decline;
use app::offer::open::open;
use app::offer::{Access, Answered};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Date, Language, Offer, OfferId, Quotation, QuotationId};
use serde::{Deserialize, Serialize};
use store::query::offer as query;
use store::{Outcome, UnitOfWork};
use utoipa::ToSchema;

use super::person::Person;
use super::session::company_of;
use crate::body::{Body, Empty};
use crate::confirmation::signing::{SignJson, shown_in_place};
use crate::context::Context;
use crate::error::{Error, Problem};
use crate::list::{self, Asked, Listed, PageParams};
use crate::offer::page::{DeclineJson, QuestionJson, accepting, content};
use crate::offer::shown::{PageJson, read};
use crate::state::Web;
use crate::value::{MoneyJson, OfferStatusCode};

/// A quotation as lists of the portal show it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalQuotationRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Which version of it, from 1.
    pub revision: i64,
    /// What became of it.
    pub status: OfferStatusCode,
    /// The same for people.
    pub status_name: String,
    /// Whether it may be answered now.
    pub open: bool,
    /// Day of the quotation.
    pub quoted_on: String,
    /// Last day on which it may be accepted.
    pub valid_until: String,
    /// Days left until then; below zero: it is over.
    pub days_left: i64,
    /// What would be paid in all.
    pub payable: MoneyJson,
}

impl PortalQuotationRow {
    fn of((quotation, offer): (Quotation, Offer), today: Date, language: Language) -> Self {
        let status = offer.status_on(&quotation, today);
        PortalQuotationRow {
            id: quotation.id.to_string(),
            number: quotation.number.clone(),
            revision: quotation.revision,
            status: status.into(),
            status_name: domain::name_of(language, status),
            open: offer.check_open(&quotation, today).is_ok(),
            quoted_on: quotation.quoted_on.to_string(),
            valid_until: quotation.valid_until.to_string(),
            days_left: today.days_until(quotation.valid_until),
            payable: MoneyJson::of(quotation.payable_minor, quotation.currency),
        }
    }
}

/// The list of quotations has no filters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortalQuotationQuery {}

/// Lists the quotations that the customer was sent, the newest first; of each number the last version. Sorts: `-created_at` (usual),
/// `valid_until`.
#[utoipa::path(get, path = "/portal/quotations", operation_id = "list_portal_quotations", tag = "portal", security(("portal" = [])),
    params(PageParams), responses((status = 200, body = Listed<PortalQuotationRow>)))]
pub(super) async fn list(
    State(web): State<Web>,
    person: Person,
    asked: Asked<PortalQuotationQuery>,
) -> Result<Json<Listed<PortalQuotationRow>>, Error> {
    let page = asked.page.page(query::SORTS, query::TIES, "-created_at")?;
    let (company, customer, wanted) = (person.company_id, person.customer.id, page.clone());
    let today = company_of(&web, &person).await?.date_of(web.now());
    let found = web.app.store.read(move |reader| query::of_customer(reader, company, customer, &wanted)).await?;
    Ok(Json(list::listed(&page, found.map(|one| PortalQuotationRow::of(one, today, person.language)))))
}

fn missing() -> Error {
    Error::not_found("quotation")
}

fn id_of(text: &str) -> Result<QuotationId, Error> {
    text.parse().map_err(|_| missing())
}

/// What the person's customer was sent last of a version of a quotation; those of others, and what was never sent, are not there.
async fn own(web: &Web, person: &Person, id: QuotationId) -> Result<OfferId, Error> {
    let (company, customer) = (person.company_id, person.customer.id);
    let found = web.app.store.read(move |reader| {
        let quotation = reader.get::<Quotation>(company, id)?;
        let is_seen = quotation.is_some_and(|quotation| quotation.is_seen_by(customer));
        if is_seen { query::of_quotation(reader, company, id) } else { Ok(Vec::new()) }
    });
    found.await?.last().map(|offer| offer.id).ok_or_else(missing)
}

async fn page(web: &Web, person: &Person, id: QuotationId) -> Result<Json<PageJson>, Error> {
    let (company, offer) = (person.company_id, own(web, person, id).await?);
    let shown = web.app.store.read(move |reader| read(reader, company, offer)).await?.ok_or_else(missing)?;
    Ok(Json(PageJson::of(shown, None, person.language, web.now())))
}

/// Shows a quotation that the customer was sent.
#[utoipa::path(get, path = "/portal/quotations/{id}", operation_id = "show_portal_quotation", tag = "portal", security(("portal" = [])),
    responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
pub(super) async fn show(State(web): State<Web>, person: Person, Path(id): Path<String>) -> Result<Json<PageJson>, Error> {
    page(&web, &person, id_of(&id)?).await
}

/// Gives the quotation as the customer was sent it.
#[utoipa::path(get, path = "/portal/quotations/{id}/document", operation_id = "download_portal_quotation", tag = "portal",
    security(("portal" = [])), responses((status = 200, content_type = "application/pdf", body = [u8]), (status = "default", body = Problem)))]
pub(super) async fn document(State(web): State<Web>, person: Person, Path(id): Path<String>) -> Result<Response, Error> {
    let (company, offer) = (person.company_id, own(&web, &person, id_of(&id)?).await?);
    let (name, bytes) = web.app.store.read(move |reader| content(reader, company, offer)).await?.ok_or_else(missing)?;
    shown_in_place(&name, bytes)
}

/// Takes a step and shows what became of it.
async fn step(
    web: &Web,
    person: &Person,
    (id, replay): (QuotationId, Option<Replay>),
    take: impl Fn(&mut UnitOfWork, &domain::Actor) -> Outcome<Answered> + Send + 'static,
) -> Result<Json<PageJson>, Error> {
    web.app.command(person, replay, take).await?;
    page(web, person, id).await
}

/// Notes that somebody of the customer has opened a quotation; the first time is kept as the proof that it was received.
#[utoipa::path(post, path = "/portal/quotations/{id}/open", operation_id = "open_portal_quotation", tag = "portal", security(("portal" = [])),
    request_body = Empty, responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
pub(super) async fn note_opened(
    State(web): State<Web>,
    person: Person,
    context: Context,
    Path(id): Path<String>,
    body: Body<Empty>,
) -> Result<Json<PageJson>, Error> {
    let (id, agent) = (id_of(&id)?, context.agent().to_owned());
    step(&web, &person, (id, body.replay), move |work, by| open(work, by, id, &agent)).await
}

/// Accepts a quotation; it is won in the same transaction.
#[utoipa::path(post, path = "/portal/quotations/{id}/accept", operation_id = "accept_portal_quotation", tag = "portal",
    security(("portal" = [])), request_body = SignJson, responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
pub(super) async fn accept_it(
    State(web): State<Web>,
    person: Person,
    Path(id): Path<String>,
    body: Body<SignJson>,
) -> Result<Json<PageJson>, Error> {
    let (id, new) = (id_of(&id)?, accepting(body.input)?);
    step(&web, &person, (id, body.replay), move |work, by| accept(work, by, Access::Portal(id), &new)).await
}

/// Declines a quotation; it is lost in the same transaction.
#[utoipa::path(post, path = "/portal/quotations/{id}/decline", operation_id = "decline_portal_quotation", tag = "portal",
    security(("portal" = [])), request_body = DeclineJson, responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
pub(super) async fn decline_it(
    State(web): State<Web>,
    person: Person,
    Path(id): Path<String>,
    body: Body<DeclineJson>,
) -> Result<Json<PageJson>, Error> {
    let (id, new) = (id_of(&id)?, body.input.read()?);
    step(&web, &person, (id, body.replay), move |work, by| decline(work, by, Access::Portal(id), &new)).await
}

/// Asks about a quotation; the question waits among the messages.
#[utoipa::path(post, path = "/portal/quotations/{id}/ask", operation_id = "ask_about_portal_quotation", tag = "portal",
    security(("portal" = [])), request_body = QuestionJson, responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
pub(super) async fn ask_about(
    State(web): State<Web>,
    person: Person,
    Path(id): Path<String>,
    body: Body<QuestionJson>,
) -> Result<Json<PageJson>, Error> {
    let (id, text) = (id_of(&id)?, body.input.text);
    step(&web, &person, (id, body.replay), move |work, by| ask(work, by, Access::Portal(id), &text)).await
}
