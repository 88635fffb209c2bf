//! Mappings over HTTP: those that come with the product, those a company keeps, and the fields they can fill.

use std::collections::BTreeMap;

use app::import::{self, Mapping, Noun, ready, refusal_of};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Json;
use domain::{Act, FieldRule, Language, Refusal, text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::state::Web;

/// The addresses of mappings.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(keep, forget))
}

/// Mappings and what they can fill.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportMappings {
    /// The mappings: kept ones first.
    pub items: Vec<ImportMapping>,
    /// The fields of each noun.
    pub fields: BTreeMap<String, Vec<ImportField>>,
}

/// A mapping.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportMapping {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// It comes with the product.
    pub built_in: bool,
    /// The nouns it brings in.
    pub nouns: Vec<String>,
    /// The mapping itself.
    #[schema(value_type = Object)]
    pub content: serde_json::Value,
}

/// A field that a mapping can fill.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportField {
    /// Its key.
    pub key: String,
    /// For people.
    pub label: String,
    /// What it takes: `text`, `money`, `unit_price`, `quantity`, `rate`, `date`, `int`, `bool`, `choice`, `customer`, `product`, …
    pub takes: String,
    /// Whether a row is nothing without it.
    pub required: bool,
    /// Of a choice, the codes.
    pub codes: Vec<String>,
}

/// A mapping to keep.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ImportMappingInput {
    /// The mapping: an object, or a text of TOML or JSON.
    #[schema(value_type = Object)]
    pub content: serde_json::Value,
}

fn shown(mapping: &Mapping, built_in: bool, language: Language) -> ImportMapping {
    let nouns = Noun::ALL.into_iter().filter(|noun| mapping.has(*noun)).map(|noun| noun.as_str().to_owned());
    ImportMapping {
        name: mapping.name.clone(),
        title: mapping.title(language).to_owned(),
        built_in,
        nouns: nouns.collect(),
        content: mapping.to_json(),
    }
}

fn fields(noun: Noun, language: Language) -> Vec<ImportField> {
    let label = |key: &str| {
        let known = ["export", "field"].map(|group| format!("{group}.{key}"));
        known.into_iter().find(|code| text(language, code, &[]) != *code).map_or_else(|| key.to_owned(), |code| text(language, &code, &[]))
    };
    let field = |field: &import::field::Field| ImportField {
        key: field.key.to_owned(),
        label: label(field.key),
        takes: field.takes.as_str().to_owned(),
        required: field.required,
        codes: match field.takes {
            import::field::Takes::Choice(_, codes) => codes().into_iter().map(str::to_owned).collect(),
            _ => Vec::new(),
        },
    };
    noun.fields().iter().map(field).collect()
}

/// Lists the mappings and the fields they can fill.
#[utoipa::path(
    get,
    path = "/import/mappings",
    operation_id = "list_import_mappings",
    tag = "import",
    responses((status = 200, body = ImportMappings))
)]
async fn list(State(web): State<Web>, by: By) -> Result<Json<ImportMappings>, Error> {
    by.may(Act::RunImport)?;
    let company = by.company_id;
    let kept = web.app.store.read(move |reader| import::kept(reader, company)).await?;
    let kept = kept.iter().map(|mapping| shown(mapping, false, by.language));
    let items = kept.chain(ready().iter().map(|mapping| shown(mapping, true, by.language))).collect();
    let fields = Noun::ALL.into_iter().map(|noun| (noun.as_str().to_owned(), fields(noun, by.language))).collect();
    Ok(Json(ImportMappings { items, fields }))
}

/// Keeps a mapping under this name.
#[utoipa::path(
    put,
    path = "/import/mappings/{name}",
    operation_id = "keep_import_mapping",
    tag = "import",
    request_body = ImportMappingInput,
    responses((status = 200, body = ImportMapping))
)]
async fn keep(
    State(web): State<Web>,
    by: By,
    Path(name): Path<String>,
    body: Body<ImportMappingInput>,
) -> Result<Json<ImportMapping>, Error> {
    by.may(Act::RunImport)?;
    if ready().iter().any(|mapping| mapping.name == name) {
        return Err(Refusal::field("/name", FieldRule::Taken { value: name }).into());
    }
    let read = match &body.input.content {
        serde_json::Value::String(text) => Mapping::from_text(text),
        json => Mapping::from_json(json),
    };
    let mapping = Mapping { name, ..read.map_err(|problems| refusal_of(&problems))? };
    let answer = shown(&mapping, false, by.language);
    import::keep_mapping(&web.app, &by, mapping).await?;
    Ok(Json(answer))
}

/// Forgets a kept mapping.
#[utoipa::path(delete, path = "/import/mappings/{name}", operation_id = "forget_import_mapping", tag = "import", responses((status = 204)))]
async fn forget(State(web): State<Web>, by: By, Path(name): Path<String>) -> Result<StatusCode, Error> {
    import::forget_mapping(&web.app, &by, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}
