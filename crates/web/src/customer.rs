//! Customers over HTTP.

mod duplicate;
pub(crate) mod grade;
mod input;
mod json;
mod merge;
mod person;
mod verification;

use app::customer::{activate, create, deactivate, edit};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Company, Customer, CustomerId, FieldRule, Refusal, Similar, UserId};
use serde::Deserialize;
use store::query::customer::{self, Filter};
use store::query::user;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::Error;
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, MaybeMatching, Tagged};

use input::CustomerInput;
pub(crate) use json::CreditJson;
use json::{CustomerJson, MergedIntoJson};
use verification::VerificationJson;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .merge(duplicate::routes())
        .merge(merge::routes())
        .merge(grade::routes())
        .merge(person::routes())
        .merge(verification::routes())
        .routes(routes!(list, create))
        .routes(routes!(show, edit))
        .routes(routes!(activate))
        .routes(routes!(deactivate))
}

/// The filters of the list of customers.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CustomerQuery {
    /// Words in name, pinyin, initials or code.
    pub q: Option<String>,
    /// Grades, with commas between.
    pub grade: Option<String>,
    /// Channels, with commas between.
    pub channel: Option<String>,
    /// Sales categories, with commas between.
    pub category: Option<String>,
    /// `false`: still to be verified.
    pub verified: Option<String>,
    /// `true`: may order; `false`: may not.
    pub active: Option<String>,
    /// Id or username of the sales representative.
    pub owner: Option<String>,
}

/// Lists customers. Sorts: `code` (usual), `name`, `created_at`.
#[utoipa::path(get, path = "/customers", operation_id = "list_customers", tag = "customer", params(CustomerQuery, PageParams), responses((status = 200, body = Listed<CustomerJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<CustomerQuery>) -> Result<Response, Error> {
    by.may(Act::ViewCustomer)?;
    let query = asked.filter;
    let mut fields = Fields::new();
    let mut filter = Filter {
        q: query.q,
        grades: codes(&mut fields, "/grade", query.grade.as_deref()),
        channels: codes(&mut fields, "/channel", query.channel.as_deref()),
        categories: codes(&mut fields, "/category", query.category.as_deref()),
        verified: yes_or_no(&mut fields, "/verified", query.verified.as_deref()),
        active: yes_or_no(&mut fields, "/active", query.active.as_deref()),
        owner: None,
    };
    fields.done()?;
    let company = by.company_id;
    if let Some(reference) = query.owner {
        filter.owner = Some(owner(&web, &by, reference).await?);
    }
    let sorts = Sorts { sorts: customer::SORTS, ties: customer::TIES, usual: "code" };
    list::answer(&web, &by, "customers", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(customer::list(reader, company, &filter, page)?.map(CustomerJson::listed))
    })
    .await
}

/// Shows a customer with its account.
#[utoipa::path(get, path = "/customers/{id}", operation_id = "show_customer", tag = "customer", responses((status = 200, body = CustomerJson)))]
async fn show(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Tagged<CustomerJson>, Error> {
    by.may(Act::ViewCustomer)?;
    let company = by.company_id;
    let id = id_of(&web, &by, reference).await?;
    let read = web.app.store.read(move |reader| {
        let Some(file) = customer::one(reader, company, id)? else { return Ok(None) };
        let into = file.customer.merged_into.map(|into| reader.get::<Customer>(company, into)).transpose()?.flatten();
        Ok(Some((file, into, customer::verified(reader, company, id)?)))
    });
    let (file, into, verified) = read.await?.ok_or_else(|| Error::not_found("customer"))?;
    let merged_into = into.map(|into| MergedIntoJson { id: into.id.to_string(), code: into.code, name: into.name });
    let verification = verified.map(VerificationJson::from);
    Ok(Tagged(file.customer.version.raw(), CustomerJson { merged_into, verification, ..CustomerJson::detail(file) }))
}

/// Opens a customer file.
#[utoipa::path(post, path = "/customers", operation_id = "create_customer", tag = "customer", request_body = CustomerInput, responses((status = 201, body = Saved)))]
async fn create(State(web): State<Web>, by: By, body: Body<CustomerInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::CreateCustomer)?;
    let mut input = body.input.read(&company(&web, &by).await?, by.language)?;
    input.similar = similar(&web, &by, &input, None).await?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("customers", saved))
}

/// Changes a customer file as a whole: contacts and addresses that are not sent are gone.
#[utoipa::path(put, path = "/customers/{id}", operation_id = "edit_customer", tag = "customer", request_body = CustomerInput, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    Matching(version): Matching,
    body: Body<CustomerInput>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let mut input = body.input.read(&company(&web, &by).await?, by.language)?;
    input.similar = similar(&web, &by, &input, Some(id)).await?;
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// Lets a customer order again.
#[utoipa::path(post, path = "/customers/{id}/activate", operation_id = "activate_customer", tag = "customer", request_body = Empty, responses((status = 200, body = Saved)))]
async fn activate(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let saved = web.app.command(&by, body.replay, move |work, by| activate::activate(work, by, id, version)).await?;
    Ok(Tagged::saved(saved))
}

/// Keeps new orders of a customer from being submitted.
#[utoipa::path(post, path = "/customers/{id}/deactivate", operation_id = "deactivate_customer", tag = "customer", request_body = Empty, responses((status = 200, body = Saved)))]
async fn deactivate(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let saved = web.app.command(&by, body.replay, move |work, by| deactivate::deactivate(work, by, id, version)).await?;
    Ok(Tagged::saved(saved))
}

/// Customers that look like what is entered.
async fn similar(web: &Web, by: &By, input: &app::customer::CustomerInput, except: Option<CustomerId>) -> Result<Vec<Similar>, Error> {
    let (company, profile) = (by.company_id, input.profile());
    Ok(web.app.store.read(move |reader| store::query::duplicate::similar(reader, company, &profile, except)).await?)
}

/// The sales representative a filter names, by id or username.
async fn owner(web: &Web, by: &By, reference: String) -> Result<UserId, Error> {
    let company = by.company_id;
    let username = reference.clone();
    let found = web.app.store.read(move |reader| user::by_username(reader, company, &username)).await?;
    let found = found.map(|user| user.id).or_else(|| reference.parse().ok());
    found.ok_or_else(|| Refusal::field("/owner", FieldRule::Unknown { value: reference }).into())
}

/// The customer an address names, by id or code.
pub(crate) async fn id_of(web: &Web, by: &By, reference: String) -> Result<CustomerId, Error> {
    let company = by.company_id;
    let found = web.app.store.read(move |reader| customer::id_of(reader, company, &reference)).await?;
    found.ok_or_else(|| Error::not_found("customer"))
}

/// The customer a filter names, by id or code; 422 where there is none.
pub(crate) async fn filtered(web: &Web, by: &By, pointer: &str, reference: Option<String>) -> Result<Option<CustomerId>, Error> {
    let Some(reference) = reference else { return Ok(None) };
    let (company, asked) = (by.company_id, reference.clone());
    let read = web.app.store.read(move |reader| match customer::id_of(reader, company, &asked)? {
        Some(id) => Ok(Some(customer::current(reader, company, id)?)),
        None => Ok(None),
    });
    let found = read.await?;
    Ok(Some(found.ok_or_else(|| Refusal::field(pointer, FieldRule::Unknown { value: reference }))?))
}

/// The caller's company, whose currency and zone inputs are read by.
pub(crate) async fn company(web: &Web, by: &By) -> Result<Company, Error> {
    let id = by.company_id;
    let found = web.app.store.read(move |reader| store::query::company::one(reader, id)).await?;
    found.ok_or_else(|| Error::not_found("company"))
}
