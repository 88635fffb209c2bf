//! What the API says about itself: its operations, and the schemas of what is sent and answered.

use std::collections::BTreeMap;

use serde_json::Value;

/// The description of the API.
pub struct Api {
    /// Every operation, by path and method.
    pub operations: Vec<Operation>,
    schemas: Value,
}

/// A method of an address.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `GET`, …
    pub method: String,
    /// `/api/v1/orders/{id}`
    pub path: String,
    /// Its name.
    pub id: String,
    /// What may stand in its query, with the schema.
    pub query: Vec<(String, Value)>,
    /// The type and schema of its body.
    pub body: Option<(String, Value)>,
    /// By status: the schema of JSON answers; nothing for others.
    pub answers: BTreeMap<u16, Option<Value>>,
}

impl Api {
    /// Read from the product's own description.
    pub fn read() -> Self {
        let document: Value = serde_json::from_str(&web::openapi()).unwrap();
        let mut operations = Vec::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, said) in methods.as_object().unwrap().iter().filter(|(method, _)| *method != "parameters") {
                operations.push(Operation::read(path, method, said));
            }
        }
        assert!(operations.len() > 100, "the description is empty");
        Api { operations, schemas: document["components"]["schemas"].clone() }
    }

    /// The schema itself, where it is a reference.
    pub fn whole<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) else { return schema };
        &self.schemas[name]
    }

    /// The parts of an object that is described in parts, as one.
    fn joined(&self, schema: &Value) -> Value {
        let mut fields = serde_json::Map::new();
        let mut required = Vec::new();
        for part in schema["allOf"].as_array().into_iter().flatten() {
            let part = self.whole(part);
            let part = if part["allOf"].is_array() { self.joined(part) } else { part.clone() };
            fields.extend(part["properties"].as_object().into_iter().flatten().map(|(name, field)| (name.clone(), field.clone())));
            required.extend(part["required"].as_array().into_iter().flatten().cloned());
        }
        serde_json::json!({"type": "object", "properties": fields, "required": required})
    }

    /// What contradicts `schema` in `value`, with its place.
    pub fn mistakes(&self, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
        let schema = self.whole(schema);
        if let Some(choices) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
            let fits = |choice: &Value| {
                let mut wrong = Vec::new();
                self.mistakes(choice, value, place, &mut wrong);
                wrong.is_empty()
            };
            if !choices.iter().any(fits) {
                found.push(format!("{place}: {value} is none of the choices"));
            }
            return;
        }
        if schema["allOf"].is_array() {
            return self.mistakes(&self.joined(schema), value, place, found);
        }
        if !of_type(&schema["type"], value) {
            found.push(format!("{place}: {value} is not {}", schema["type"]));
            return;
        }
        if schema["enum"].as_array().is_some_and(|codes| !codes.contains(value)) {
            found.push(format!("{place}: {value} is not in the enumeration"));
        }
        if let Some(text) = value.as_str() {
            let right = match schema["format"].as_str() {
                Some("date") => domain::Date::parse(text).is_ok(),
                Some("date-time") => domain::Instant::parse(text).is_ok(),
                _ => true,
            };
            if !right {
                found.push(format!("{place}: {value} is no {}", schema["format"]));
            }
        }
        for (at, item) in value.as_array().into_iter().flatten().enumerate() {
            self.mistakes(&schema["items"], item, &format!("{place}/{at}"), found);
        }
        if let Some(fields) = value.as_object() {
            for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                if !fields.contains_key(name) {
                    found.push(format!("{place}/{name}: missing"));
                }
            }
            for (name, field) in fields {
                match schema["properties"].get(name) {
                    Some(known) => self.mistakes(known, field, &format!("{place}/{name}"), found),
                    None if schema["additionalProperties"].is_object() => {
                        self.mistakes(&schema["additionalProperties"], field, &format!("{place}/{name}"), found);
                    }
                    None if schema["properties"].is_object() => found.push(format!("{place}/{name}: not in the description")),
                    None => {}
                }
            }
        }
    }
}

fn of_type(wanted: &Value, value: &Value) -> bool {
    let fits = |name: &str| match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => value.is_null(),
    };
    match wanted {
        Value::String(name) => fits(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(fits),
        _ => true,
    }
}

impl Operation {
    fn read(path: &str, method: &str, said: &Value) -> Self {
        let parameters = said["parameters"].as_array().cloned().unwrap_or_default();
        let query = parameters.iter().filter(|parameter| parameter["in"] == "query");
        let name = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let body = said["requestBody"]["content"].as_object().and_then(|kinds| kinds.iter().next());
        let answers = said["responses"].as_object().unwrap().iter().filter_map(|(status, answer)| {
            let schema = answer["content"]["application/json"].get("schema").cloned();
            Some((status.parse().ok()?, schema))
        });
        Operation {
            method: method.to_uppercase(),
            path: path.to_owned(),
            id: name(&said["operationId"]),
            query: query.map(|parameter| (name(&parameter["name"]), parameter["schema"].clone())).collect(),
            body: body.map(|(kind, content)| (kind.clone(), content["schema"].clone())),
            answers: answers.collect(),
        }
    }

    /// The noun it is about: `orders`.
    pub fn noun(&self) -> &str {
        self.path.trim_start_matches("/api/v1/").split('/').next().unwrap_or_default()
    }
}
