//! The API as its own description tells it: every operation can be played, and what a file says is checked against it.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::fill;
use super::key::Key;
use super::mistake::Mistake;
use super::table::{self, Spot, below, entries};

/// Where the API is.
pub const ROOT: &str = "/api/v1";

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its operationId.
    pub name: String,
    /// `GET`, `POST`, `PUT`, `DELETE`.
    pub method: String,
    /// Below `/api/v1`, with `{id}`.
    pub path: String,
    /// What its path is filled with.
    pub within: Vec<String>,
    /// What may stand behind the `?`.
    pub query: Vec<String>,
    /// The schema of its JSON body.
    pub body: Option<Value>,
    /// The fields of its form.
    pub form: Option<Value>,
}

/// Every operation, and the schemas their bodies are described with.
#[derive(Clone, Debug)]
pub struct Api {
    /// All of them.
    pub operations: Vec<Operation>,
    schemas: Map<String, Value>,
}

impl Api {
    /// Of this program.
    pub fn new() -> Self {
        let document: Value = serde_json::from_str(&web::openapi()).unwrap_or_default();
        let schemas = document["components"]["schemas"].as_object().cloned().unwrap_or_default();
        let paths = document["paths"].as_object().cloned().unwrap_or_default();
        let mut operations = Vec::new();
        for (path, item) in &paths {
            let Some(path) = path.strip_prefix(ROOT) else { continue };
            let methods = item.as_object().into_iter().flatten();
            operations.extend(methods.filter_map(|(method, said)| operation(path, method, said)));
        }
        Api { operations, schemas }
    }

    /// The operation of this name, however its words are joined.
    pub fn named(&self, name: &str) -> Option<&Operation> {
        let name = name.replace(['.', '-'], "_");
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// The operation a path leads to; `{name}` in it stands for anything.
    pub fn at(&self, method: &str, path: &str) -> Option<&Operation> {
        let all = || self.operations.iter().filter(|operation| operation.method.eq_ignore_ascii_case(method));
        let literal = all().find(|operation| fits(&operation.path, path, true));
        literal.or_else(|| all().find(|operation| fits(&operation.path, path, false)))
    }

    /// Checks a table against the schema of a body; `keys` may stand there too.
    pub fn check_body(&self, schema: &str, keys: &[Key], body: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) {
        let schema = self.schemas.get(schema).unwrap_or(&Value::Null);
        let beside: Vec<&str> = keys.iter().map(|key| key.name).collect();
        self.check_table(schema, &beside, body, field, found);
    }

    /// Checks a body against its schema.
    pub fn check_with(&self, schema: &Value, body: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) {
        self.check_table(self.whole(schema), &[], body, field, found);
    }

    fn check_table(&self, schema: &Value, beside: &[&str], body: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) {
        let properties = schema["properties"].as_object();
        if properties.is_none() && schema["additionalProperties"] != Value::Bool(false) {
            return;
        }
        let none = Map::new();
        let properties = properties.unwrap_or(&none);
        for (name, at, value) in entries(body) {
            match properties.get(name) {
                Some(schema) => self.check_value(schema, value, &below(field, name), found),
                None if beside.contains(&name) => {}
                None => found.push(table::unknown(name, at, field, properties.keys().map(String::as_str).chain(beside.iter().copied()))),
            }
        }
    }

    fn check_value(&self, schema: &Value, spot: &Spot<'_>, field: &str, found: &mut Vec<Mistake>) {
        let variants: Vec<&Value> = self.variants(schema);
        let at = spot.span().start;
        let fits = |variant: &&&Value| is_of(variant, spot.get_ref());
        let Some(schema) = variants.iter().find(fits) else {
            let known: Vec<&str> = variants.iter().filter_map(|variant| types(variant).first().copied()).collect();
            let places = [("expected", known.join(", ")), ("found", spot.get_ref().type_str().to_owned())];
            let places = [(places[0].0, places[0].1.as_str()), (places[1].0, places[1].1.as_str())];
            return found.push(Mistake::new(at, field, "not_fitting", places));
        };
        match spot.get_ref() {
            DeValue::Table(body) => self.check_table(schema, &[], body, field, found),
            DeValue::Array(items) => {
                for (place, item) in items.iter().enumerate() {
                    self.check_value(&schema["items"], item, &format!("{field}[{place}]"), found);
                }
            }
            DeValue::String(text) => {
                let Some(known) = schema["enum"].as_array() else { return };
                let known: Vec<&str> = known.iter().filter_map(Value::as_str).collect();
                if !known.contains(&text.as_ref()) && fill::names(text).is_empty() {
                    let mistake = Mistake::new(at, field, "choice", [("value", text), ("known", &known.join(", "))]);
                    found.push(mistake.like(text, known));
                }
            }
            _ => {}
        }
    }

    /// A schema without the reference to it.
    fn whole<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
        name.and_then(|name| self.schemas.get(name)).map_or(schema, |inner| self.whole(inner))
    }

    /// What a schema allows, one by one.
    fn variants<'a>(&'a self, schema: &'a Value) -> Vec<&'a Value> {
        let schema = self.whole(schema);
        let several = ["oneOf", "anyOf"].iter().find_map(|name| schema[*name].as_array());
        several.map_or_else(|| vec![schema], |list| list.iter().flat_map(|one| self.variants(one)).collect())
    }
}

fn operation(path: &str, method: &str, said: &Value) -> Option<Operation> {
    let content = &said["requestBody"]["content"];
    let of = |kind: &str| content.get(kind).map(|content| content["schema"].clone());
    let parameters = said["parameters"].as_array().cloned().unwrap_or_default();
    let named = |place: &str| {
        let here = parameters.iter().filter(|parameter| parameter["in"] == place);
        here.filter_map(|parameter| parameter["name"].as_str()).map(str::to_owned).collect()
    };
    let within = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).map(str::to_owned).collect();
    Some(Operation {
        name: said["operationId"].as_str()?.to_owned(),
        method: method.to_uppercase(),
        path: path.to_owned(),
        within,
        query: named("query"),
        body: of("application/json"),
        form: of("multipart/form-data"),
    })
}

/// Whether a path is of this pattern. `literal`: a part that is no variable must be that of the pattern where it has one.
fn fits(pattern: &str, path: &str, literal: bool) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    let same = |(want, have): (&&str, &&str)| {
        let (open, filled) = (want.starts_with('{'), have.starts_with('{'));
        want == have || (open && (filled || !literal)) || (filled && !literal)
    };
    pattern.len() == path.len() && pattern.iter().zip(&path).all(same)
}

/// The JSON types of a schema; none where it does not say.
fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn is_of(schema: &Value, value: &DeValue<'_>) -> bool {
    let known = types(schema);
    if known.is_empty() {
        return true;
    }
    known.into_iter().any(|kind| match (kind, value) {
        ("string", DeValue::Datetime(_)) => true,
        ("integer" | "boolean" | "number" | "array" | "object", DeValue::String(text)) => fill::is_one_name(text),
        ("string", DeValue::String(_))
        | ("integer" | "number", DeValue::Integer(_))
        | ("number", DeValue::Float(_))
        | ("boolean", DeValue::Boolean(_))
        | ("array", DeValue::Array(_))
        | ("object", DeValue::Table(_)) => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_by_name_and_by_path() {
        let api = Api::new();
        assert!(api.operations.len() > 50);
        assert_eq!(api.named("order.submit").unwrap().path, "/orders/{id}/submit");
        assert_eq!(api.at("post", "/orders/{so1}/submit").unwrap().name, "order_submit");
        assert_eq!(api.at("get", "/orders/counts").unwrap().name, "count_orders");
        assert_eq!(api.at("get", "/orders/SO2023000001").unwrap().name, "get_order");
        assert!(api.at("post", "/ordres/{so1}/submit").is_none());
    }
}
