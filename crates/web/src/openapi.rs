//! The description of the API (OpenAPI 3.1), made from the handlers themselves.

use std::collections::BTreeSet;

use axum::Router;
use serde_json::Value;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi as Document, Ref, RefOr, Required, Response, ResponseBuilder, SecurityRequirement};
use utoipa_axum::router::OpenApiRouter;

use crate::by::{COOKIE, CSRF};
use crate::error::Problem;
use crate::portal::person;
use crate::state::Web;

/// What is said about the API as a whole.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Shundan",
        description = "Sales orders from entry to payment. Refusals are problem documents (RFC 9457) in the caller's language (`Accept-Language`). \
Every POST may carry an `Idempotency-Key`: the first answer is kept and given again. Single resources carry an `ETag`; a PUT or DELETE needs it in `If-Match`. \
Lists take `sort`, `limit` and `cursor`, and answer as csv or xlsx too. Ids are opaque; where an id is asked for, a code or document number may stand."
    ),
    components(schemas(Problem))
)]
struct About;

/// The description as JSON, the same for the same program: what `docs/openapi.json` holds.
pub fn openapi() -> String {
    text(&split().1)
}

/// The description as JSON.
pub(crate) fn text(document: &Document) -> String {
    let mut document = serde_json::to_value(document).expect("the description is plain data");
    answer_whole(&mut document);
    let mut text = serde_json::to_string_pretty(&document).expect("the description is plain data");
    text.push('\n');
    text
}

/// Fields that an answer may leave out, by schema.
const LEFT_OUT: &[(&str, &str)] = &[
    ("Customer", "credit"),
    // Where one customer is shown.
    ("Customer", "merged_into"),
    ("Customer", "verification"),
    ("Problem", "request_id"),
    ("ApiToken", "secret"),
    // For those who may know costs.
    ("Product", "standard_cost"),
    ("Product", "floor_price"),
    ("Order", "margin"),
    ("OrderLine", "unit_cost"),
    ("OrderLine", "margin_percent"),
    ("OrderLine", "unit_floor"),
    ("OrderLine", "below_floor"),
];

/// What is only ever answered is answered whole, `null` where there is nothing: all of its fields are required.
fn answer_whole(document: &mut Value) {
    let mut sent = BTreeSet::new();
    let bodies: Vec<Value> = document["paths"].as_object().into_iter().flat_map(|paths| paths.values()).map(bodies_of).collect();
    for body in &bodies {
        reach(body, &document["components"]["schemas"], &mut sent);
    }
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    for (name, schema) in schemas.iter_mut().filter(|(name, _)| !sent.contains(*name)) {
        require(name, schema);
        // What is written in one with others stands beside them.
        schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten().for_each(|part| require(name, part));
    }
}

/// All fields of an object are required, but those that are left out.
fn require(name: &str, schema: &mut Value) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    let whole = properties.keys().filter(|field| !LEFT_OUT.contains(&(name, field.as_str())));
    schema["required"] = whole.cloned().collect::<Vec<String>>().into();
}

fn bodies_of(path: &Value) -> Value {
    path.as_object()
        .into_iter()
        .flat_map(|operations| operations.values())
        .filter_map(|operation| operation.get("requestBody").cloned())
        .collect()
}

/// Every schema that is named in `value`, or in what is named there.
fn reach(value: &Value, schemas: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(name) = fields.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next())
                && found.insert(name.to_owned())
            {
                reach(&schemas[name], schemas, found);
            }
            fields.values().for_each(|field| reach(field, schemas, found));
        }
        Value::Array(items) => items.iter().for_each(|item| reach(item, schemas, found)),
        _ => {}
    }
}

/// The routes and their description.
pub(crate) fn split() -> (Router<Web>, Document) {
    let root = OpenApiRouter::with_openapi(About::openapi()).nest("/api/v1", crate::api()).merge(crate::health::routes());
    let (router, mut document) = root.split_for_parts();
    complete(&mut document);
    (router, document)
}

/// Adds what holds for every operation, so that no handler repeats it.
fn complete(document: &mut Document) {
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    let components = document.components.get_or_insert_default();
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(COOKIE)));
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    components.add_security_scheme("session", cookie);
    components.add_security_scheme("portal", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(person::COOKIE))));
    components.add_security_scheme("token", bearer);
    let scheme = |name: &str| SecurityRequirement::new(name, Vec::<String>::new());
    document.security = Some(vec![scheme("session"), scheme("token")]);
    for item in document.paths.paths.values_mut() {
        for (operation, post, change) in
            [(&mut item.get, false, false), (&mut item.post, true, true), (&mut item.put, false, true), (&mut item.delete, false, true)]
        {
            if let Some(operation) = operation {
                complete_operation(operation, post, change);
            }
        }
    }
}

fn complete_operation(operation: &mut Operation, post: bool, change: bool) {
    let text = |max: usize| ObjectBuilder::new().schema_type(Type::String).max_length(Some(max)).build();
    let header = |name: &str, about: &str, max: usize| {
        ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(about))
            .schema(Some(text(max)))
            .build()
    };
    let parameters = operation.parameters.get_or_insert_default();
    if post {
        parameters.push(RefOr::T(header(
            "Idempotency-Key",
            "The first answer under a key is kept and given again to the same request.",
            200,
        )));
    }
    if change {
        parameters.push(RefOr::T(header(CSRF, "The session's `csrf_token`; not needed with a bearer token.", 64)));
    }
    let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let response: Response =
        ResponseBuilder::new().description("What is wrong, in the caller's language.").content("application/problem+json", problem).build();
    operation.responses.responses.entry("default".to_owned()).or_insert(RefOr::T(response));
}
