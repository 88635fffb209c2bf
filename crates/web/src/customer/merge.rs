//! Two files of one customer made one: what it comes to, and the step (PTY-03).

use app::customer::{follow, merge};
use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, Customer, CustomerId, CustomerMerge, Instant, Language, Merge, MergeField, Refusal};
use serde::{Deserialize, Serialize};
use store::query::{agent, customer, merge as papers};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::id_of;
use super::json::CustomerJson;
use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::fields::Fields;
use crate::state::Web;
use crate::value::{MergeFieldCode, MoneyJson, Saved};
use crate::version::{MaybeMatching, Tagged};

/// The addresses of this noun.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(preview, merge)).routes(routes!(list))
}

/// How much of one kind goes over.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MergeCount)]
pub struct CountJson {
    /// `orders`, `quotations`, `invoices`, `payments`, `prices`, `contacts`, `addresses`, `portal_users`, `documents`, `inquiries`,
    /// `consents`, `contracts`, `promotions` for this customer alone, or `agent_links`.
    pub kind: String,
    /// How many.
    pub count: i64,
}

/// What merging two files would come to.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MergePreview)]
pub struct MergePreviewJson {
    /// The file that stays.
    pub into: CustomerJson,
    /// The file that goes.
    pub from: CustomerJson,
    /// What can be taken over from the file that goes and differs in it.
    pub differs: Vec<MergeFieldCode>,
    /// What goes over.
    pub moves: Vec<CountJson>,
    /// What the customer owes or will owe afterwards, in the currency of the file that stays.
    pub exposure: MoneyJson,
    /// Why they cannot be one; `null` where they can.
    pub refusal: Option<String>,
}

/// How two files become one.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = MergeInput)]
pub struct MergeInputJson {
    /// What the file that stays takes over from the file that goes; everything else stays its own.
    pub take: Vec<MergeFieldCode>,
    /// Why they are one; kept with the event.
    pub reason: String,
}

/// A file that was merged into a customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CustomerMerge)]
pub struct MergedJson {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Why they are one.
    pub reason: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub merged_at: Instant,
}

impl From<(CustomerMerge, Customer)> for MergedJson {
    fn from((merge, customer): (CustomerMerge, Customer)) -> Self {
        let CustomerMerge { customer_id, reason, merged_at, .. } = merge;
        MergedJson { id: customer_id.to_string(), code: customer.code, name: customer.name, reason, merged_at }
    }
}

/// What merging `other` into a customer would come to. Changes nothing.
#[utoipa::path(get, path = "/customers/{id}/merge/{other}", operation_id = "preview_customer_merge", tag = "customer", responses((status = 200, body = MergePreviewJson)))]
async fn preview(State(web): State<Web>, by: By, Path(named): Path<(String, String)>) -> Result<Json<MergePreviewJson>, Error> {
    by.may(Act::MergeCustomer)?;
    let (into, from) = both(&web, &by, named).await?;
    let company = by.company_id;
    let read = web.app.store.read(move |reader| {
        let files = (customer::one(reader, company, into)?, customer::one(reader, company, from)?);
        let agencies = (agent::agency(reader, company, into)?, agent::agency(reader, company, from)?);
        Ok((files, papers::counts(reader, company, from)?, agencies))
    });
    let ((Some(into), Some(from)), counts, agencies) = read.await? else { return Err(Error::not_found("customer")) };
    let mut shown = shown(into, from, counts, by.language);
    if let (None, Err(refusal)) = (&shown.refusal, agencies.0.check_merge(agencies.1)) {
        shown.refusal = Some(Refusal::from(refusal).message(by.language));
    }
    Ok(Json(shown))
}

fn shown(into: customer::File, from: customer::File, counts: Vec<(&'static str, i64)>, language: Language) -> MergePreviewJson {
    let merging = Merge { into: &into.customer, into_account: &into.account, from: &from.customer, from_account: &from.account };
    let refusal = merging.refusal().map(|rejection| Refusal::from(rejection).message(language));
    let exposure = MoneyJson::of(merging.exposure(), into.customer.currency);
    let differs = MergeField::ALL.iter().filter(|field| differs(**field, &into, &from)).map(|field| MergeFieldCode::from(*field));
    MergePreviewJson {
        differs: differs.collect(),
        moves: counts.into_iter().map(|(kind, count)| CountJson { kind: kind.to_owned(), count }).collect(),
        exposure,
        refusal,
        into: CustomerJson::detail(into),
        from: CustomerJson::detail(from),
    }
}

fn differs(field: MergeField, into: &customer::File, from: &customer::File) -> bool {
    match field {
        MergeField::CreditLimit => into.customer.currency == from.customer.currency && into.account.limit_minor != from.account.limit_minor,
        MergeField::GraceDays => into.account.grace_days != from.account.grace_days,
        _ => {
            let mut taken = into.customer.clone();
            taken.take(&from.customer, &[field]);
            taken != into.customer
        }
    }
}

/// Makes two files of one customer one: `{id}` stays, `{other}` goes and is found as the one that stays from then on. People, addresses, balances
/// and papers go over, nothing is lost.
#[utoipa::path(post, path = "/customers/{id}/merge/{other}", operation_id = "merge_customers", tag = "customer", request_body = MergeInputJson, responses((status = 200, body = Saved)))]
async fn merge(
    State(web): State<Web>,
    by: By,
    Path(named): Path<(String, String)>,
    MaybeMatching(version): MaybeMatching,
    body: Body<MergeInputJson>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::MergeCustomer)?;
    let (into, from) = both(&web, &by, named).await?;
    let mut fields = Fields::new();
    let mut take = Vec::with_capacity(body.input.take.len());
    for (place, field) in body.input.take.iter().enumerate() {
        take.push(fields.code(&format!("/take/{place}"), field));
    }
    fields.done()?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| papers::papers(reader, company, from, into, follow::BATCH)).await?;
    let input = merge::MergeInput { take, reason: body.input.reason, papers: found };
    let saved = web.app.command(&by, body.replay, move |work, by| merge::merge(work, by, (into, from), version, &input)).await?;
    follow::all(&web.app, company, from).await?;
    Ok(Tagged::saved(saved))
}

/// Lists the files that were merged into a customer, the last first.
#[utoipa::path(get, path = "/customers/{id}/merged", operation_id = "list_merged_customers", tag = "customer", responses((status = 200, body = Vec<MergedJson>)))]
async fn list(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<Vec<MergedJson>>, Error> {
    by.may(Act::ViewCustomer)?;
    let (company, id) = (by.company_id, id_of(&web, &by, reference).await?);
    let found = web.app.store.read(move |reader| papers::merged_into(reader, company, id)).await?;
    Ok(Json(found.into_iter().map(MergedJson::from).collect()))
}

async fn both(web: &Web, by: &By, (into, from): (String, String)) -> Result<(CustomerId, CustomerId), Error> {
    Ok((id_of(web, by, into).await?, id_of(web, by, from).await?))
}
