//! The company's rules over HTTP: versions, drafts, checks, and what a draft would have changed (POL-01).

use app::blueprint::create::From as Source;
use app::blueprint::patch::{Patch, patched};
use app::blueprint::{activate, create, discard, edit, replay};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{
    Act, Actor, Blueprint, BlueprintState, Codes, Company, FieldRule, KeptBlueprint, Language, Mistake, READY, Refusal, RoleChange,
    STANDARD, UserId, document,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::query::{blueprint as query, order};
use store::{Fault, Reader};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

mod vocabulary;

use self::vocabulary::{Known, known};
use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::params::Params;
use crate::state::Web;
use crate::value::{BlueprintStateCode, Coded, MoneyJson, Named, OrderStatusCode, Saved};
use crate::version::{Created, Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, create_draft))
        .routes(routes!(ready))
        .routes(routes!(vocabulary::vocabulary))
        .routes(routes!(schema))
        .routes(routes!(check))
        .routes(routes!(show, change, throw_away))
        .routes(routes!(file))
        .routes(routes!(patch))
        .routes(routes!(ask_the_past))
        .routes(routes!(put_in_force))
}

/// A version of the rules, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BlueprintRow {
    /// Counted from 1; 0 is what comes with the product.
    pub number: i64,
    /// Raised by every change.
    pub version: i64,
    /// Where it stands.
    pub state: BlueprintStateCode,
    /// What it is called.
    pub title: String,
    /// The one it was made from.
    pub based_on: i64,
    /// Why it was made or activated.
    pub why: String,
    /// Who made it.
    pub created_by: Option<Named>,
    /// When.
    pub created_at: Option<String>,
    /// Who activated it.
    pub activated_by: Option<Named>,
    /// When.
    pub activated_at: Option<String>,
}

/// Something wrong with the text of a blueprint.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MistakeJson {
    /// Line, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
    /// Which part: `gate[2].require`.
    pub path: String,
    /// The same as a JSON pointer, entries counted from 0: `/gate/1/require`; empty: the file as a whole.
    pub pointer: String,
    /// Stable code.
    pub code: String,
    /// For people.
    pub message: String,
}

/// What would become of a role if the rules came into force.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoleChangeJson {
    /// Its code.
    pub code: String,
    /// What it would be called.
    pub name: String,
    /// Whether the company lacks it so far.
    pub made: bool,
    /// Whether it is called otherwise so far.
    pub renamed: bool,
    /// Permissions it would gain.
    pub gained: Vec<Coded>,
    /// Permissions it would lose.
    pub lost: Vec<Coded>,
}

impl RoleChangeJson {
    fn of(change: &RoleChange, language: Language) -> Self {
        let codes = |codes: &Codes| codes.iter().filter_map(Act::parse).map(|act| Coded::of(act, language)).collect();
        RoleChangeJson {
            code: change.rule.code.clone(),
            name: change.rule.name.of(language).to_owned(),
            made: change.made,
            renamed: change.renamed,
            gained: codes(&change.gained),
            lost: codes(&change.lost),
        }
    }
}

/// A text of rules as it is understood.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Understood {
    /// The text.
    pub content: String,
    /// The text as JSON, as far as it can be read at all.
    pub document: Option<Value>,
    /// What is wrong with it.
    pub mistakes: Vec<MistakeJson>,
    /// Its conditions in words, by the JSON pointer of each.
    pub sentences: BTreeMap<String, String>,
    /// Roles that would be made or changed if it came into force.
    pub roles: Vec<RoleChangeJson>,
}

/// A version of the rules.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BlueprintJson {
    /// Counted from 1; 0 is what comes with the product.
    pub number: i64,
    /// Raised by every change.
    pub version: i64,
    /// Where it stands.
    pub state: BlueprintStateCode,
    /// Which version it is.
    pub about: BlueprintRow,
    /// What it says.
    pub text: Understood,
}

impl BlueprintJson {
    fn of(about: BlueprintRow, text: Understood) -> Self {
        BlueprintJson { number: about.number, version: about.version, state: about.state.clone(), about, text }
    }
}

fn mistake(mistake: &Mistake, language: Language) -> MistakeJson {
    MistakeJson {
        line: mistake.line,
        column: mistake.column,
        path: mistake.path.clone(),
        pointer: mistake.pointer(),
        code: mistake.reason.code.to_owned(),
        message: mistake.message(language),
    }
}

impl Understood {
    fn of(content: &str, known: &Known, language: Language) -> Self {
        let read = Blueprint::read(content, Some(&known.codes()));
        let (mut sentences, mut roles) = (BTreeMap::new(), Vec::new());
        if let Ok(blueprint) = &read {
            sentences = blueprint.sentences(language).into_iter().collect();
            roles = blueprint.role_changes(&known.roles).iter().map(|change| RoleChangeJson::of(change, language)).collect();
        }
        let mistakes = read.err().unwrap_or_default().iter().map(|m| mistake(m, language)).collect();
        Understood { content: content.to_owned(), document: document(content), mistakes, sentences, roles }
    }
}

fn title(content: &str, language: Language) -> String {
    let read = Blueprint::read(content, None).map(|blueprint| blueprint.title.of(language).to_owned());
    read.unwrap_or_default()
}

impl BlueprintRow {
    fn of(kept: &KeptBlueprint, names: &BTreeMap<UserId, String>, language: Language) -> Self {
        let named = |id: UserId| Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() };
        BlueprintRow {
            number: kept.number,
            version: kept.version.raw(),
            state: kept.state.into(),
            title: title(kept.content.as_str(), language),
            based_on: kept.based_on,
            why: kept.why.clone(),
            created_by: Some(named(kept.created_by)),
            created_at: Some(kept.created_at.to_string()),
            activated_by: kept.activated_by.map(named),
            activated_at: kept.activated_at.map(|at| at.to_string()),
        }
    }

    /// What comes with the product, in force where a company has activated nothing of its own.
    fn of_product(in_force: i64, language: Language) -> Self {
        let state = if in_force == 0 { BlueprintState::Active } else { BlueprintState::Retired };
        BlueprintRow {
            number: 0,
            version: 1,
            state: state.into(),
            title: title(STANDARD, language),
            based_on: 0,
            why: String::new(),
            created_by: None,
            created_at: None,
            activated_by: None,
            activated_at: None,
        }
    }
}

/// The versions of the rules.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Versions {
    /// The one that new orders are made under.
    pub in_force: i64,
    /// The newest first; what comes with the product is the last.
    pub items: Vec<BlueprintRow>,
}

fn in_force(reader: &Reader<'_>, by: &Actor) -> Result<i64, Fault> {
    Ok(reader.get::<Company>(by.company_id, by.company_id)?.map_or(0, |company| company.blueprint_no))
}

/// Lists the versions of the rules.
#[utoipa::path(get, path = "/blueprints", operation_id = "list_blueprints", tag = "blueprint", responses((status = 200, body = Versions)))]
async fn list(State(web): State<Web>, by: By) -> Result<Json<Versions>, Error> {
    by.may(Act::ViewBlueprint)?;
    let actor = by.actor.clone();
    let read = web.app.store.read(move |reader| {
        let in_force = in_force(reader, &actor)?;
        let names = order::names(reader, actor.company_id)?;
        let kept = query::versions(reader, actor.company_id)?;
        let mut items: Vec<BlueprintRow> = kept.iter().map(|kept| BlueprintRow::of(kept, &names, actor.language)).collect();
        items.push(BlueprintRow::of_product(in_force, actor.language));
        Ok(Versions { in_force, items })
    });
    Ok(Json(read.await?))
}

/// A blueprint that comes with the product.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadyBlueprint {
    /// Its name.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Its text.
    pub content: String,
}

/// Lists the blueprints that come with the product: drafts and companies may begin with them.
#[utoipa::path(get, path = "/blueprints/ready", operation_id = "list_ready_blueprints", tag = "blueprint", responses((status = 200, body = Vec<ReadyBlueprint>)))]
async fn ready(by: By) -> Result<Json<Vec<ReadyBlueprint>>, Error> {
    by.may(Act::ViewBlueprint).or_else(|denied| by.may(Act::CreateCompany).map_err(|_| denied))?;
    let of = |(name, content): &(&str, &str)| ReadyBlueprint {
        name: (*name).to_owned(),
        title: title(content, by.language),
        content: (*content).to_owned(),
    };
    Ok(Json(READY.iter().map(of).collect()))
}

/// The JSON Schema of a blueprint, for editors.
#[utoipa::path(get, path = "/blueprints/schema", operation_id = "show_blueprint_schema", tag = "blueprint", responses((status = 200, body = Value)))]
async fn schema(by: By) -> Result<Json<Value>, Error> {
    by.may(Act::ViewBlueprint)?;
    Ok(Json(domain::blueprint_schema()))
}

/// A text of rules.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BlueprintText {
    /// TOML.
    pub content: String,
}

/// Checks a text of rules without keeping it.
#[utoipa::path(post, path = "/blueprints/check", operation_id = "check_blueprint", tag = "blueprint", request_body = BlueprintText, responses((status = 200, body = Understood)))]
async fn check(State(web): State<Web>, by: By, body: Body<BlueprintText>) -> Result<Json<Understood>, Error> {
    by.may(Act::ViewBlueprint)?;
    let known = known(&web, &by).await?;
    Ok(Json(Understood::of(&body.input.content, &known, by.language)))
}

async fn kept(web: &Web, by: &By, number: i64) -> Result<Option<KeptBlueprint>, Error> {
    let company = by.company_id;
    Ok(web.app.store.read(move |reader| reader.get::<KeptBlueprint>(company, number)).await?)
}

/// Shows a version of the rules; 0 is what comes with the product.
#[utoipa::path(get, path = "/blueprints/{number}", operation_id = "show_blueprint", tag = "blueprint", responses((status = 200, body = BlueprintJson)))]
async fn show(State(web): State<Web>, by: By, Path(number): Path<i64>) -> Result<Tagged<BlueprintJson>, Error> {
    by.may(Act::ViewBlueprint)?;
    let known = known(&web, &by).await?;
    let kept = kept(&web, &by, number).await?;
    let actor = by.actor.clone();
    let read = web.app.store.read(move |reader| Ok((in_force(reader, &actor)?, order::names(reader, actor.company_id)?)));
    let (in_force, names) = read.await?;
    let json = match kept {
        Some(kept) => {
            BlueprintJson::of(BlueprintRow::of(&kept, &names, by.language), Understood::of(kept.content.as_str(), &known, by.language))
        }
        None if number == 0 => {
            BlueprintJson::of(BlueprintRow::of_product(in_force, by.language), Understood::of(STANDARD, &known, by.language))
        }
        None => return Err(Error::not_found("blueprint")),
    };
    Ok(Tagged(json.version, json))
}

/// Gives a version of the rules as a file.
#[utoipa::path(get, path = "/blueprints/{number}/file", operation_id = "export_blueprint", tag = "blueprint",
    responses((status = 200, content_type = "application/toml", body = String)))]
async fn file(State(web): State<Web>, by: By, Path(number): Path<i64>) -> Result<Response, Error> {
    by.may(Act::ViewBlueprint)?;
    let content = match kept(&web, &by, number).await? {
        Some(kept) => kept.content.as_str().to_owned(),
        None if number == 0 => STANDARD.to_owned(),
        None => return Err(Error::not_found("blueprint")),
    };
    let name = format!("attachment; filename=\"blueprint-{number}.toml\"");
    Ok(([(header::CONTENT_TYPE, "application/toml; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], content)
        .into_response())
}

/// Where a new draft comes from: one of the three.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewBlueprint {
    /// A version of the company's own, or 0.
    pub from: Option<i64>,
    /// One that comes with the product, by name.
    pub ready: Option<String>,
    /// A text.
    pub content: Option<String>,
    /// What for.
    pub why: String,
}

/// Makes a draft.
#[utoipa::path(post, path = "/blueprints", operation_id = "create_blueprint", tag = "blueprint", request_body = NewBlueprint, responses((status = 201, body = Saved)))]
async fn create_draft(State(web): State<Web>, by: By, body: Body<NewBlueprint>) -> Result<Created<Saved>, Error> {
    let input = body.input;
    let source = match (input.from, input.ready, input.content) {
        (Some(number), None, None) => Source::Number(number),
        (None, Some(name), None) => Source::Ready(name),
        (None, None, Some(text)) => Source::Text(text),
        _ => return Err(Refusal::field("/from", FieldRule::Required).into()),
    };
    let why = input.why;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &source, &why)).await?;
    Ok(Created::at("blueprints", saved))
}

/// Replaces the text of a draft.
#[utoipa::path(put, path = "/blueprints/{number}", operation_id = "edit_blueprint", tag = "blueprint", request_body = BlueprintText, responses((status = 200, body = Saved)))]
async fn change(
    State(web): State<Web>,
    by: By,
    Path(number): Path<i64>,
    Matching(version): Matching,
    body: Body<BlueprintText>,
) -> Result<Tagged<Saved>, Error> {
    let content = body.input.content;
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, number, Some(version), &content)).await?;
    Ok(Tagged::saved(saved))
}

/// Changes of a text.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Patches {
    /// TOML.
    pub content: String,
    /// What to change, one after the other: `{"do": "set", "path": "/limits/approval", "value": 80000}`, `add`, `remove`, `move`, `write_out`.
    #[schema(value_type = Vec<Value>)]
    pub patches: Vec<Patch>,
}

/// Changes single fields in a text of rules, comments and order kept, and answers with the text; nothing is kept.
#[utoipa::path(post, path = "/blueprints/patch", operation_id = "patch_blueprint", tag = "blueprint", request_body = Patches, responses((status = 200, body = Understood)))]
async fn patch(State(web): State<Web>, by: By, body: Body<Patches>) -> Result<Json<Understood>, Error> {
    by.may(Act::ViewBlueprint)?;
    let known = known(&web, &by).await?;
    let content = patched(&body.input.content, &body.input.patches)?;
    Ok(Json(Understood::of(&content, &known, by.language)))
}

/// Throws a draft away.
#[utoipa::path(delete, path = "/blueprints/{number}", operation_id = "discard_blueprint", tag = "blueprint", responses((status = 204)))]
async fn throw_away(State(web): State<Web>, by: By, Path(number): Path<i64>, Matching(version): Matching) -> Result<StatusCode, Error> {
    web.app.command(&by, None, move |work, by| discard::discard(work, by, number, Some(version))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why rules are activated.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Activation {
    /// Kept with the version.
    pub why: String,
}

/// Puts a draft in force: the next order is made under it, those there are keep theirs.
#[utoipa::path(post, path = "/blueprints/{number}/activate", operation_id = "activate_blueprint", tag = "blueprint", request_body = Activation, responses((status = 200, body = Saved)))]
async fn put_in_force(
    State(web): State<Web>,
    by: By,
    Path(number): Path<i64>,
    Matching(version): Matching,
    body: Body<Activation>,
) -> Result<Tagged<Saved>, Error> {
    let why = body.input.why;
    let saved = web.app.command(&by, body.replay, move |work, by| activate::activate(work, by, number, Some(version), &why)).await?;
    Ok(Tagged::saved(saved))
}

/// How many past orders are asked.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReplayQuery {
    /// The newest so many, 1 to 10,000; 1,000 where nothing is said.
    pub limit: Option<String>,
}

/// By how many orders a rule or gate asks more and fewer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShiftJson {
    /// Name of the rule, or code of the gate.
    pub name: String,
    /// Orders it would ask that were not asked.
    pub more: i64,
    /// Orders it would not ask any more.
    pub fewer: i64,
}

/// An order that would have been decided differently.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DifferingJson {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its customer.
    pub customer: String,
    /// When it was ordered.
    pub ordered_on: String,
    /// Where it stands.
    pub status: OrderStatusCode,
    /// What the customer pays.
    pub payable: MoneyJson,
    /// The rules it was made under.
    pub blueprint_no: i64,
    /// Who approved by those.
    pub before: Vec<String>,
    /// Who would approve by the draft.
    pub after: Vec<String>,
    /// Gates that would be shut.
    pub shut: Vec<String>,
    /// Gates that would be open.
    pub opened: Vec<String>,
}

/// What a draft would have changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReplayJson {
    /// Orders that were asked.
    pub looked_at: i64,
    /// Orders that would have been decided differently.
    pub differing: i64,
    /// Day of the oldest.
    pub from: Option<String>,
    /// Day of the newest.
    pub until: Option<String>,
    /// Rules of approval whose number of orders changes.
    pub approvals: Vec<ShiftJson>,
    /// Gates whose number of orders changes.
    pub gates: Vec<ShiftJson>,
    /// The newest of those that differ, 200 at the most.
    pub items: Vec<DifferingJson>,
}

/// Asks past orders what a draft would have said about them. Amounts and terms are those of the order; of the customer and of the money what is
/// known now. Nothing is written.
#[utoipa::path(get, path = "/blueprints/{number}/replay", operation_id = "replay_blueprint", tag = "blueprint", params(ReplayQuery), responses((status = 200, body = ReplayJson)))]
async fn ask_the_past(
    State(web): State<Web>,
    by: By,
    Path(number): Path<i64>,
    Params(query): Params<ReplayQuery>,
) -> Result<Json<ReplayJson>, Error> {
    by.may(Act::ViewBlueprint)?;
    by.may(Act::ViewOrder)?;
    let limit = query.limit.as_deref().map_or(Some(1000), |text| text.parse::<i64>().ok()).unwrap_or_default();
    if !(1..=10_000).contains(&limit) {
        return Err(Refusal::field("/limit", FieldRule::OutOfRange { min: 1, max: 10_000 }).into());
    }
    let draft = kept(&web, &by, number).await?.ok_or_else(|| Error::not_found("blueprint"))?;
    let mistakes = |all: Vec<Mistake>| domain::BlueprintRejection::HasMistakes { count: i64::try_from(all.len()).unwrap_or(i64::MAX) };
    let draft: Arc<Blueprint> = draft.content.blueprint().map_err(|all| Refusal::from(mistakes(all)))?;
    let found = replay::replay(&web.app.store, by.company_id, draft, limit, by.language).await?;
    let shifts = |all: BTreeMap<String, replay::Shift>| {
        all.into_iter().map(|(name, shift)| ShiftJson { name, more: shift.more, fewer: shift.fewer }).collect()
    };
    let item = |row: replay::Differing| DifferingJson {
        id: row.id.to_string(),
        number: row.number,
        customer: row.customer,
        ordered_on: row.ordered_on.to_string(),
        status: row.status.into(),
        payable: MoneyJson::of(row.payable, row.currency),
        blueprint_no: row.blueprint_no,
        before: row.before,
        after: row.after,
        shut: row.shut,
        opened: row.opened,
    };
    Ok(Json(ReplayJson {
        looked_at: found.looked_at,
        differing: found.differing,
        from: found.from.map(|day| day.to_string()),
        until: found.until.map(|day| day.to_string()),
        approvals: shifts(found.approvals),
        gates: shifts(found.gates),
        items: found.rows.into_iter().map(item).collect(),
    }))
}
