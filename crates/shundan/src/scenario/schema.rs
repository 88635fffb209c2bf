//! The JSON Schema of scenario files, for editors; made from the same table of keys that reads them.

use serde_json::{Map, Value, json};

use super::key::{FILE, Key, Kind, LANGUAGES};

/// The schema as text: what `docs/scenario.schema.json` holds.
pub fn text() -> String {
    let mut schema = table(FILE, false);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "Shundan scenario".into();
    schema["description"] = "A company, played through the public HTTP API with a moved clock: shundan scenario run FILE".into();
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain data");
    text.push('\n');
    text
}

fn table(keys: &[Key], open: bool) -> Value {
    let property = |key: &Key| {
        let mut schema = of(&key.kind);
        schema["description"] = key.about.into();
        (key.name.to_owned(), schema)
    };
    let properties: Map<String, Value> = keys.iter().map(property).collect();
    let must: Vec<&str> = keys.iter().filter(|key| key.must).map(|key| key.name).collect();
    let mut schema = json!({"type": "object", "properties": properties, "additionalProperties": open});
    if !must.is_empty() {
        schema["required"] = must.into();
    }
    schema
}

fn of(kind: &Kind) -> Value {
    let text = json!({"type": "string"});
    match kind {
        Kind::Text | Kind::Time => text,
        Kind::Said => {
            let languages: Map<String, Value> = LANGUAGES.iter().map(|tag| ((*tag).to_owned(), text.clone())).collect();
            json!({"anyOf": [text, {"type": "object", "properties": languages, "additionalProperties": false}]})
        }
        Kind::Whole => json!({"type": "integer"}),
        Kind::YesNo => json!({"type": "boolean"}),
        Kind::Names => json!({"anyOf": [text, {"type": "array", "items": text}]}),
        Kind::Texts => json!({"type": "object", "additionalProperties": text}),
        Kind::Table => json!({"type": "object"}),
        Kind::Choice(known) => json!({"enum": known}),
        Kind::One(keys) => table(keys, false),
        Kind::Many(keys) => json!({"type": "array", "items": table(keys, false)}),
        Kind::Body(name, keys) => body(name, keys),
        Kind::Bodies(name, keys) => json!({"type": "array", "items": body(name, keys)}),
    }
}

/// A body of the API: its fields are in the description of the API.
fn body(name: &str, keys: &[Key]) -> Value {
    let mut schema = table(keys, true);
    schema["$comment"] = format!("Fields of {name} in docs/openapi.json").into();
    schema
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;
    use std::path::{Path, PathBuf};
    use toml::de::{DeTable, DeValue};

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    #[test]
    fn the_committed_schema_is_what_the_program_says() {
        let committed = std::fs::read_to_string(root().join("docs/scenario.schema.json")).unwrap();
        assert_eq!(committed, text(), "run: shundan scenario schema > docs/scenario.schema.json");
    }

    /// What of a value is not as the schema says; the words of JSON Schema that are used here.
    fn wrong(schema: &Value, value: &Value, place: &str) -> Vec<String> {
        if let Some(any) = schema["anyOf"].as_array() {
            return if any.iter().any(|one| wrong(one, value, place).is_empty()) {
                vec![]
            } else {
                vec![format!("{place}: none of anyOf")]
            };
        }
        if let Some(known) = schema["enum"].as_array() {
            return if known.contains(value) { vec![] } else { vec![format!("{place}: {value}")] };
        }
        match (schema["type"].as_str().unwrap(), value) {
            ("string", Value::String(_)) | ("integer", Value::Number(_)) | ("boolean", Value::Bool(_)) => vec![],
            ("array", Value::Array(items)) => items.iter().flat_map(|item| wrong(&schema["items"], item, place)).collect(),
            ("object", Value::Object(fields)) => {
                let required = schema["required"].as_array().cloned().unwrap_or_default();
                let missing = required.iter().filter(|name| !fields.contains_key(name.as_str().unwrap()));
                let mut found: Vec<String> = missing.map(|name| format!("{place}: {name} is missing")).collect();
                for (name, inner) in fields {
                    let place = format!("{place}/{name}");
                    match (schema["properties"].get(name), &schema["additionalProperties"]) {
                        (Some(schema), _) => found.extend(wrong(schema, inner, &place)),
                        (None, Value::Object(_)) => found.extend(wrong(&schema["additionalProperties"], inner, &place)),
                        (None, Value::Bool(false)) => found.push(format!("{place}: not known")),
                        _ => {}
                    }
                }
                found
            }
            (kind, _) => vec![format!("{place}: no {kind}")],
        }
    }

    #[test]
    fn every_shipped_scenario_is_of_the_schema() {
        let schema: Value = serde_json::from_str(&text()).unwrap();
        let mut seen = 0;
        for entry in std::fs::read_dir(root().join("scenarios")).unwrap() {
            let path = entry.unwrap().path();
            let file = std::fs::read_to_string(&path).unwrap();
            let table = DeTable::parse(&file).unwrap();
            let value = table::json(&DeValue::Table(table.get_ref().clone()));
            assert_eq!(wrong(&schema, &value, ""), Vec::<String>::new(), "{}", path.display());
            seen += 1;
        }
        assert!(seen >= 3);
        let bad = json!({"name": "x", "start": "x", "stpe": [], "step": [{"do": 3}]});
        assert_eq!(wrong(&schema, &bad, ""), ["/step/do: no string", "/stpe: not known"]);
    }
}
