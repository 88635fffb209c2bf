//! The JSON Schema of a blueprint, for editors.

use serde_json::{Value, json};

use crate::clock::{ClockAnchor, ClockSubject};
use crate::codes::{Code, Grade, SalesCategory};
use crate::event::EventKind;
use crate::inquiry::InquiryItemKind;
use crate::lifecycle::Verb;
use crate::link::LINK_DAYS;
use crate::notify::{self, NotifyChannel, NotifyRecipient};
use crate::number_pattern::Numbered;
use crate::order::{CancelStage, SlipRule};
use crate::permission::Act;
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
        "$defs": {"event": described(codes::<EventKind>(), "Something that happens.")},
        "required": ["title"],
        "properties": {
            "title": text,
            "numbering": object(&numbering(), &[]),
            "limits": {"type": "object", "description": "Numbers that conditions name as limit.<name>.", "additionalProperties": {"type": ["number", "string"]}},
            "price_reason_above": {"type": ["number", "string"], "description": "Lines whose typed price is off the book's or the customer's last price by more than this many percent need a reason before the order is submitted; left out: none does."},
            "checklist": list(&json!({"code": code, "text": text}), &["code"]),
            "inquiry": described(list(&inquiry(&code, &text, &condition), &["code", "text"]), "What must be known of an inquiry before it is an order."),
            "confirmation": described(object(&confirmation(&condition), &[]), "Whom the company asks to sign the confirmation of an order; left out: nobody, and orders take effect with their last approval."),
            "cancellation": described(list(&cancellation(&code, &text, &condition), &["code"]), "What cancelling an order costs; the first entry that fits counts; none: nothing."),
            "grade": described(list(&grade(), &["grade"]), "What grades ask of customers, the highest first; the first whose conditions all hold is given; none: grades are set by hand."),
            "proof": list(&json!({"code": code, "name": text}), &["code"]),
            "approval": list(&approval, &["code", "stage", "roles"]),
            "clock": described(list(&clock(&code, &text, &condition), &["code", "name", "role"]), "Time limits; left out: those that come with the product; []: none."),
            "notify": described(list(&notification(&roles), &["events", "template"]), "Who is told of what; left out: as it comes with the product; []: nobody."),
            "role": described(list(&role(&text), &["code", "name", "permissions"]), "Roles that are made or changed when the blueprint comes into force; others are left alone."),
            "gate": list(&gate, &["code", "on", "require", "message"]),
        },
    })
}

/// What a gate's steps are.
const BEFORE: &str = "Before which steps it stands; edit is saving a draft, asked about the order as it is before the change.";

fn codes<C: Code>() -> Value {
    let all: Vec<&str> = C::ALL.iter().map(|code| code.as_str()).collect();
    json!({"type": "string", "enum": all})
}

fn described(mut schema: Value, description: &str) -> Value {
    schema["description"] = description.into();
    schema
}

fn several(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}

fn confirmation(condition: &Value) -> Value {
    let signs = |when: &str| described(condition.clone(), when);
    json!({
        "ask": signs("Where this holds, or is not known, the order takes effect with the customer's signature."),
        "owe": signs("Where this holds, the order takes effect at once and the signed copy is owed."),
        "slip": described(codes::<SlipRule>(), "How the promised date slips from the day after sending until the signed copy is back; left out: calendar."),
        "valid_days": {"type": "integer", "minimum": 1, "maximum": 365, "default": LINK_DAYS, "description": "How long the customer's link may be used."},
    })
}

fn cancellation(code: &Value, text: &Value, condition: &Value) -> Value {
    let cost = |description: &str| json!({"type": ["number", "string"], "description": description});
    json!({
        "code": code, "name": text, "stage": described(codes::<CancelStage>(), "How far the order has come; left out: however far."), "when": condition,
        "percent": cost("Of what the customer was to pay, 0 to 100."), "amount": cost("And so much, in the currency of the books."),
    })
}

fn grade() -> Value {
    let limit = |description: &str| json!({"type": ["number", "string"], "description": description});
    json!({
        "grade": codes::<Grade>(),
        "turnover": limit("Orders of the last twelve months come to at least so much, in the currency of the books."),
        "late_percent": limit("At most so many percent of the invoices due in the last twelve months were paid late or are open."),
        "days_late": limit("On the average of all those invoices at most so many days late."),
        "years": limit("At least so many years since the first order."),
    })
}

fn inquiry(code: &Value, text: &Value, condition: &Value) -> Value {
    json!({
        "code": code, "text": text,
        "kind": described(codes::<InquiryItemKind>(), "What it is resolved to: words, a day, a number with its unit, a file or the number of a drawing; left out: text."),
        "required": {"type": "boolean", "default": false, "description": "Whether it must be known."},
        "when": described(condition.clone(), "Of which inquiries it is asked, by facts of the customer, order.channel and today; left out: of all."),
    })
}

fn numbering() -> Value {
    let pattern = |kind: &Numbered| {
        let description = format!("Pattern of numbers, as {}.", kind.standard_pattern());
        (kind.to_string(), json!({"type": "string", "maxLength": 40, "description": description}))
    };
    Numbered::ALL.iter().map(pattern).collect::<serde_json::Map<_, _>>().into()
}

fn span(description: &str) -> Value {
    json!({"type": "string", "pattern": "^([0-9]{1,9}d)?([0-9]{1,9}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?$", "minLength": 2, "description": description})
}

fn clock(code: &Value, text: &Value, condition: &Value) -> Value {
    let events = several(&json!({"$ref": "#/$defs/event"}));
    let categories = several(&codes::<SalesCategory>());
    let role = json!({"type": "string", "description": "Code of a role of the company, or of this file."});
    let level = object(&json!({"after": span("After the breach, counted by the clock's calendar."), "role": role}), &["after", "role"]);
    json!({
        "code": code, "name": text, "subject": described(codes::<ClockSubject>(), "What it is about."),
        "starts": described(events.clone(), "Events that start it; none: a person does, with a time that is said then."),
        "stops": events, "pauses": events, "resumes": described(events.clone(), "Needed where something pauses it."),
        "stops_by_hand": {"type": "boolean", "default": false, "description": "Whether a person may say that it is done."},
        "categories": described(categories.clone(), "Only for orders of these; none: of all."),
        "except_categories": described(categories, "Not for orders of these."),
        "when": condition,
        "calendar": {"type": "string", "description": "Code of a calendar of the company; left out: around the clock."},
        "limit": span("How much time it gives, of what its calendar counts: 2h, 30m, 1d12h."),
        "anchor": described(codes::<ClockAnchor>(), "Instead of a limit: the date at whose end it is due."),
        "before": span("How long before the end of that day it is due."),
        "warn_before": span("So long before it is due, a warning goes out; left out: none."),
        "role": role,
        "task": {"type": "string", "description": "Code of a kind of task, one of which is made for the role at the breach; left out: none."},
        "escalation": {"type": "array", "maxItems": 9, "items": level, "description": "Who hears of it after it was due, the soonest first."},
    })
}

fn notification(roles: &Value) -> Value {
    json!({
        "events": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/event"}},
        "roles": roles, "to": described(several(&codes::<NotifyRecipient>()), "Who else."),
        "channels": {"type": "array", "minItems": 1, "items": codes::<NotifyChannel>(), "description": "By which ways; left out: by all."},
        "template": {"type": "string", "enum": notify::CODES, "description": "Which words."},
        "urgent": {"type": "boolean", "default": false, "description": "Waits neither for a digest nor, where its reader wants so, for quiet hours."},
    })
}

fn role(text: &Value) -> Value {
    json!({
        "code": {"type": "string", "minLength": 1, "maxLength": 40}, "name": text,
        "permissions": {"type": "array", "items": codes::<Act>(), "description": "All it may; `admin` loses none."},
    })
}

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
