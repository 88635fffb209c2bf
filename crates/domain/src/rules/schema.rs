//! The JSON Schema of a blueprint, for editors.

use serde_json::{Value, json};

use crate::lifecycle::Verb;
use crate::rules::blueprint::GATED;
use crate::rules::fact::VOCABULARY;

/// The schema (draft 2020-12): what a blueprint may hold, and in the descriptions of conditions every fact with its kind.
pub fn blueprint_schema() -> Value {
    let text = json!({
        "description": "A text for people: one for all languages, or one for each.",
        "oneOf": [
            {"type": "string"},
            object(&json!({"zh-CN": {"type": "string"}, "zh-TW": {"type": "string"}, "en": {"type": "string"}}), &["zh-CN", "zh-TW", "en"]),
        ],
    });
    let code = json!({"type": "string", "pattern": "^[a-z][a-z0-9_.]{0,59}$"});
    let condition = json!({"type": "string", "maxLength": 2000, "description": facts()});
    let roles = json!({"type": "array", "items": {"type": "string"}, "description": "Codes of roles of the company."});
    let verbs: Vec<&str> = GATED.iter().copied().map(Verb::as_str).collect();
    let duration = json!({"type": "string", "pattern": "^[0-9]{1,5}[mhd]$", "description": "Minutes, hours or days: 30m, 24h, 3d."});
    let approval = json!({
        "code": code, "name": text,
        "stage": {"type": "integer", "minimum": 1, "description": "Rules of one stage are decided side by side, stages one after the other."},
        "roles": roles, "need": {"type": "integer", "minimum": 1, "maximum": 9, "default": 1, "description": "How many different people."},
        "when": condition,
    });
    let gate = json!({
        "code": code, "on": {"type": "array", "minItems": 1, "items": {"enum": verbs}, "description": BEFORE}, "when": condition, "require": condition,
        "message": text, "override": roles, "backfill": duration,
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Blueprint: the rules of a company",
        "type": "object",
        "additionalProperties": false,
        "required": ["title"],
        "properties": {
            "title": text,
            "numbering": object(&json!({"order": {"type": "string", "description": "Pattern of order numbers: SO{yyyy}{000000}."}}), &[]),
            "limits": {"type": "object", "description": "Numbers that conditions name as limit.<name>.", "additionalProperties": {"type": ["number", "string"]}},
            "checklist": list(&json!({"code": code, "text": text}), &["code"]),
            "proof": list(&json!({"code": code, "name": text}), &["code"]),
            "approval": list(&approval, &["code", "stage", "roles"]),
            "clock": {"type": "array", "description": "Time limits; left out: those that come with the product.", "items": {"type": "object", "required": ["code"]}},
            "notify": {"type": "array", "description": "Who is told of what; left out: as it comes with the product.", "items": {"type": "object", "required": ["events", "template"]}},
            "gate": list(&gate, &["code", "on", "require", "message"]),
        },
    })
}

/// What a gate's steps are.
const BEFORE: &str = "Before which steps it stands; edit is saving a draft, asked about the order as it is before the change.";

fn object(properties: &Value, required: &[&str]) -> Value {
    json!({"type": "object", "additionalProperties": false, "properties": properties, "required": required})
}

fn list(properties: &Value, required: &[&str]) -> Value {
    json!({"type": "array", "maxItems": 200, "items": object(properties, required)})
}

fn facts() -> String {
    let names: Vec<String> = VOCABULARY.iter().map(|fact| format!("{} ({})", fact.name, fact.kind.as_str())).collect();
    format!(
        "A CEL expression over: {}; limit.<name> (number), proven.<code> (bool), people.<code> (count of different people who gave evidence of it), date('2026-11-21').",
        names.join(", ")
    )
}
