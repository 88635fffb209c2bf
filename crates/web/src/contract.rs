//! Contracts over HTTP: a list, one with what was called off of it and the orders behind it, and its steps.

mod input;
mod json;
pub(crate) mod order;
mod row;

use app::contract::{self, ContractState};
use axum::extract::{Path, State};
use domain::{Act, AttachmentId, ContractId};
use serde::{Deserialize, Serialize};
use store::query::contract as query;
use store::query::order::names;
use store::{Outcome, UnitOfWork};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Because, Body, Empty};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::order::{named, today};
use crate::state::Web;
use crate::value::ContractStatusCode;
use crate::version::{Created, Matching, MaybeMatching, Tagged};
use input::ContractInputJson;
use json::{ContractJson, Page};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(row::list, create))
        .routes(routes!(read, edit))
        .routes(routes!(enforce))
        .routes(routes!(attach))
        .routes(routes!(end))
        .routes(routes!(withdraw))
}

/// The contract that an id or a number in the address names.
async fn which(web: &Web, by: &By, reference: &str) -> Result<ContractId, Error> {
    named(web, by, reference, query::id_of).await?.ok_or_else(|| Error::not_found("contract"))
}

/// A contract after a step.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContractState)]
pub struct ContractStateJson {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// For `If-Match`.
    pub version: i64,
    /// Its state.
    pub status: ContractStatusCode,
}

impl From<ContractState> for ContractStateJson {
    fn from(state: ContractState) -> Self {
        ContractStateJson { id: state.id.to_string(), number: state.number, version: state.version, status: state.status.into() }
    }
}

/// Order lines that a page shows behind a contract.
const BEHIND: i64 = 500;

/// A contract: what it says, what was called off and remains, the orders behind it, and everything that may be done with it.
#[utoipa::path(get, path = "/contracts/{id}", tag = "contracts", operation_id = "get_contract",
    params(("id" = String, Path, description = "Id or number of the contract")),
    responses((status = 200, body = ContractJson), (status = "default", body = Problem)))]
async fn read(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<ContractJson>, Error> {
    by.may(Act::ViewContract)?;
    let id = which(&web, &by, &id).await?;
    let (company, today) = (by.company_id, today(&web, &by).await?);
    let orders = by.may(Act::ViewOrder).is_ok();
    let found = web.app.store.read(move |reader| {
        let Some(contract) = reader.get::<domain::Contract>(company, id)? else { return Ok(None) };
        let lines = query::lines(reader, company, id)?;
        let calls = query::calls(reader, company, id)?;
        let called = if orders { query::called(reader, company, id, BEHIND)? } else { Vec::new() };
        let file = contract.file_id.map_or(Ok(None), |file| reader.get::<domain::Attachment>(company, file))?;
        let names = names(reader, company)?;
        Ok(Some(Page { contract, lines, calls, called, file, names, today }))
    });
    let page = found.await?.ok_or_else(|| Error::not_found("contract"))?;
    Ok(Tagged(page.contract.version.raw(), ContractJson::of(&page, &by)))
}

/// Makes a draft of a contract.
#[utoipa::path(post, path = "/contracts", tag = "contracts", operation_id = "create_contract", request_body = ContractInputJson,
    responses((status = 201, body = ContractStateJson), (status = "default", body = Problem)))]
async fn create(State(web): State<Web>, by: By, body: Body<ContractInputJson>) -> Result<Created<ContractStateJson>, Error> {
    by.may(Act::CreateContract)?;
    let sent = body.input.read()?;
    let state = web.app.command(&by, body.replay, move |work, by| contract::create::create(work, by, &sent)).await?;
    Ok(Created { location: format!("/api/v1/contracts/{}", state.id), version: state.version, body: state.into() })
}

/// Replaces the content of a draft.
#[utoipa::path(put, path = "/contracts/{id}", tag = "contracts", operation_id = "edit_contract", request_body = ContractInputJson,
    params(("id" = String, Path, description = "Id or number of the contract")),
    responses((status = 200, body = ContractStateJson), (status = "default", body = Problem)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<ContractInputJson>,
) -> Stepped {
    by.may(Act::CreateContract)?;
    let id = which(&web, &by, &id).await?;
    let sent = body.input.read()?;
    run(&web, &by, body.replay, move |work, by| contract::edit::edit(work, by, id, Some(version), &sent)).await
}

/// What a step answers with.
type Stepped = Result<Tagged<ContractStateJson>, Error>;

async fn run<F>(web: &Web, by: &By, replay: Option<app::Replay>, act: F) -> Stepped
where
    F: Fn(&mut UnitOfWork, &domain::Actor) -> Outcome<ContractState> + Send + 'static,
{
    let state = web.app.command(by, replay, act).await?;
    Ok(Tagged(state.version, state.into()))
}

/// Why a contract ends.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = ContractEnd)]
#[serde(deny_unknown_fields, default)]
pub struct EndJson {
    /// Why.
    pub reason: String,
    /// `true`: what still remains to be called off is given up.
    pub give_up_remaining: bool,
}

/// The signed contract.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = ContractFileInput)]
#[serde(deny_unknown_fields, default)]
pub struct FileInputJson {
    /// The file, uploaded before.
    pub attachment_id: String,
}

macro_rules! steps {
    ($($name:ident, $operation:literal, $path:literal, $body:ty, $summary:literal => |$work:ident, $by:ident, $id:ident, $version:ident, $input:ident| $act:expr;)+) => {$(
        #[doc = concat!($summary, ".")]
        #[utoipa::path(post, path = $path, tag = "contracts", operation_id = $operation, summary = $summary,
            params(("id" = String, Path, description = "Id or number of the contract")), request_body = $body,
            responses((status = 200, body = ContractStateJson), (status = "default", body = Problem)))]
        async fn $name(State(web): State<Web>, by: By, Path(id): Path<String>, MaybeMatching($version): MaybeMatching, body: Body<$body>) -> Stepped {
            let $id = which(&web, &by, &id).await?;
            #[allow(unused_variables)]
            let Body { input: $input, replay } = body;
            run(&web, &by, replay, move |$work, $by| $act).await
        }
    )+};
}

steps! {
    enforce, "contract_enforce", "/contracts/{id}/enforce", Empty, "Put in force" => |work, by, id, version, input| contract::enforce::enforce(work, by, id, version);
    end, "contract_end", "/contracts/{id}/end", EndJson, "End, giving up what remains where that is said" => |work, by, id, version, input| contract::end::end(work, by, id, version, (&input.reason, input.give_up_remaining));
    withdraw, "contract_withdraw", "/contracts/{id}/withdraw", Because, "Give a draft up" => |work, by, id, version, input| contract::withdraw::withdraw(work, by, id, version, &input.reason);
}

/// Keeps the signed contract with it.
#[utoipa::path(post, path = "/contracts/{id}/attach", tag = "contracts", operation_id = "contract_attach", summary = "Keep the signed contract with it",
    params(("id" = String, Path, description = "Id or number of the contract")), request_body = FileInputJson,
    responses((status = 200, body = ContractStateJson), (status = "default", body = Problem)))]
async fn attach(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<FileInputJson>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    let mut fields = Fields::new();
    let file: AttachmentId = fields.id("/attachment_id", &body.input.attachment_id);
    fields.done()?;
    run(&web, &by, body.replay, move |work, by| contract::attach::attach(work, by, id, version, file)).await
}
