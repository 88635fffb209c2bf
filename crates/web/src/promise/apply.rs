//! A proposal becomes what customers are promised.

use app::promise::apply as apply_run;
use axum::Json;
use axum::extract::State;
use domain::Act;
use serde::Serialize;
use utoipa::ToSchema;

use super::propose::{ProposeInput, read};
use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::product;
use crate::state::Web;

/// What was done.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PromiseApplied)]
pub struct AppliedJson {
    /// Orders whose promises are other ones now.
    pub orders: usize,
    /// Orders that are left: the same again goes on with them.
    pub left: usize,
}

/// Promises open lines again, by segments with a strategy each, and writes it, for five hundred orders at once. Customers are told, by the rules of notification,
/// where the day they were told is another.
#[utoipa::path(post, path = "/promise/apply", tag = "promise", operation_id = "apply_promises", request_body = ProposeInput,
    responses((status = 200, body = AppliedJson), (status = "default", body = Problem)))]
pub(super) async fn apply(State(web): State<Web>, by: By, body: Body<ProposeInput>) -> Result<Json<AppliedJson>, Error> {
    by.may(Act::ApplyPromise)?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let segments = read(input.segments, &mut fields);
    fields.done()?;
    let product = product::filtered(&web, &by, "/product_id", input.product_id.filter(|text| !text.is_empty())).await?;
    let run = apply_run::run(&web.app, by.company_id, product, segments).await?;
    let prepared = apply_run::prepare(&web.app, by.company_id, run).await?;
    let done = web.app.command(&by, replay, move |work, by| apply_run::apply(work, by, &prepared)).await?;
    Ok(Json(AppliedJson { orders: done.orders, left: done.left }))
}
