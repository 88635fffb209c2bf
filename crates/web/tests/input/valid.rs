//! Values that look right: by their schema, and by what their name says they are.

use serde_json::{Map, Value, json};

use crate::dice::Dice;
use crate::operation::Api;
use crate::world::{PASSWORD, World};

/// A value of a schema; `name` is the field it stands in.
pub fn value(api: &Api, world: &World, schema: &Value, name: &str, dice: &mut Dice) -> Value {
    let schema = api.whole(schema);
    if let Some(choices) = schema["oneOf"].as_array() {
        let something: Vec<&Value> = choices.iter().filter(|choice| choice["type"] != "null").collect();
        let null = something.len() < choices.len() && dice.chance(20);
        return if null { Value::Null } else { value(api, world, something[dice.below(something.len())], name, dice) };
    }
    if let Some(codes) = schema["enum"].as_array() {
        return dice.pick(codes).clone();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) if dice.chance(15) => kinds.last().and_then(Value::as_str),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        kind => kind.as_str(),
    };
    match kind {
        Some("object") => object(api, world, schema, dice),
        Some("array") if name == "checklist" && dice.chance(80) => json!(domain::STANDARD_CHECKLIST),
        Some("array") => {
            let many = if dice.chance(10) { 0 } else { 1 + dice.below(2) };
            Value::Array((0..many).map(|_| value(api, world, &schema["items"], name, dice)).collect())
        }
        Some("integer") => json!(if name == "line_no" { 1 + dice.below(2) } else { dice.below(9) }),
        Some("boolean") => json!(dice.chance(50)),
        Some("string") => text(world, name, dice).into(),
        _ => Value::Null,
    }
}

fn object(api: &Api, world: &World, schema: &Value, dice: &mut Dice) -> Value {
    let Some(properties) = schema["properties"].as_object() else {
        // A body that is always empty, or one that may hold anything: that of a mapping.
        return if schema["additionalProperties"] == false { json!({}) } else { mapping(dice) };
    };
    let must = schema["required"].as_array().cloned().unwrap_or_default();
    let mut fields = Map::new();
    // Some are sparse, some whole.
    let share = *dice.pick(&[40, 90, 97]);
    for (name, field) in properties {
        let needed =
            must.iter().any(|known| known == name) || ["code", "name", "lines", "customer_id", "product_id"].contains(&name.as_str());
        if dice.chance(if needed { 98 } else { share }) {
            fields.insert(name.clone(), value(api, world, field, name, dice));
        }
    }
    Value::Object(fields)
}

/// A mapping of an import, as it may be.
fn mapping(dice: &mut Dice) -> Value {
    let fields = json!({"code": "A", "name": ["B", "C"], "unit": {"value": "t"}, "list_price": {"column": "D", "decimal": ","}});
    let noun = *dice.pick(&["products", "customers", "orders", "order_lines", "prices", "stock"]);
    json!({"name": dice.pick(&["artikel", "shundan-products", "m 1"]), "source": [{"noun": noun, "fields": fields}]})
}

/// A thing of a noun, mostly ours.
pub fn id(world: &World, noun: &str, dice: &mut Dice) -> String {
    if dice.chance(5) {
        return dice.pick(&world.foreign).clone();
    }
    let known = world.ids.get(noun).filter(|_| dice.chance(97));
    known.or_else(|| world.ids.get("orders")).map_or_else(String::new, |known| dice.pick(known).clone())
}

fn text(world: &World, name: &str, dice: &mut Dice) -> String {
    let nouns = [
        ("customer", "customers"),
        ("product", "products"),
        ("warehouse", "warehouses"),
        ("owner", "users"),
        ("rep", "users"),
        ("role", "roles"),
        ("order", "orders"),
        ("attachment", "attachments"),
        ("attachment_ids", "attachments"),
        ("roles", "roles"),
        ("list", "customers"),
    ];
    let stem = name.strip_suffix("_id").unwrap_or(name);
    if let Some((_, noun)) = nouns.iter().find(|(known, _)| *known == stem) {
        return id(world, noun, dice);
    }
    let pick = |dice: &mut Dice, all: &[&str]| (*dice.pick(all)).to_owned();
    match name {
        "scopes" | "permissions" => domain::Code::as_str(*dice.pick(domain::Act::ALL)).to_owned(),
        "checklist" => pick(dice, domain::STANDARD_CHECKLIST),
        "amount" | "unit_price" | "list_price" | "credit_limit" | "freight" => {
            pick(dice, &["0", "1", "12.50", "480", "500.123456", "99999999.99"])
        }
        "discount" => pick(dice, &["0", "0.01", "5"]),
        "quantity" | "value" | "counted" | "min_quantity" | "accepted" | "refused" => pick(dice, &["1", "2", "0.5", "10", "1000000"]),
        "unit" => pick(dice, &["台", "t"]),
        "currency" => pick(dice, &["CNY", "CNY", "CNY", "USD", "JPY"]),
        "time_zone" => pick(dice, &["Asia/Shanghai", "Asia/Taipei", "UTC"]),
        "order_pattern" => pick(dice, &["SO{yyyy}{000000}", "A{yy}{mm}{0000}"]),
        "shipment_pattern" | "invoice_pattern" | "payment_pattern" | "task_pattern" | "change_pattern" | "quotation_pattern"
        | "contract_pattern" => pick(dice, &["N{yyyy}{000000}", "N{yy}{mm}{0000}"]),
        "inquiry_pattern" | "purchase_pattern" => pick(dice, &["N{yyyy}{000000}", "N{yy}{mm}{0000}"]),
        "password" | "new" => pick(dice, &[PASSWORD, "another password 12", "a long enough one 3"]),
        "current" => PASSWORD.to_owned(),
        "company" => pick(dice, &["GS", "gs", "OTHER"]),
        "username" => pick(dice, &["rep", "chief", "new1", "new2"]),
        "as" => pick(dice, &["", "draft", "submitted", "history"]),
        "code" | "external_number" | "reference" => format!("X{}", dice.below(200)),
        "phone" => "13800138000".to_owned(),
        "email" => "a@example.com".to_owned(),
        "credit_code" | "barcode" => String::new(),
        "mapping" => String::new(),
        _ if name.ends_with("_on") || name.starts_with("valid_") || ["from", "to"].contains(&name) || name.contains("_from") => {
            pick(dice, &["2026-11-21", "2026-12-15", "2027-01-31", "2026-11-01"])
        }
        _ if name.ends_with("rate") || name.ends_with("tolerance") => pick(dice, &["0", "5", "13", "100"]),
        _ => pick(dice, &["A", "光石", "M-1", "备注", "note"]),
    }
}

/// What stands in a query under this name, as it may be.
pub fn query(api: &Api, world: &World, noun: &str, (name, schema): &(String, Value), dice: &mut Dice) -> String {
    match name.as_str() {
        "limit" => (1 + dice.below(200)).to_string(),
        "sort" => {
            (*dice.pick(&["created_at", "-created_at", "code", "-code", "number", "name", "-name", "total", "position", "at"])).to_owned()
        }
        "format" => (*dice.pick(&["json", "csv", "xlsx"])).to_owned(),
        "cursor" if noun == "orders" && schema["type"] == "integer" => dice.below(9).to_string(),
        "cursor" => "eyJzb3J0IjoiLWNyZWF0ZWRfYXQiLCJ2YWx1ZXMiOlsxLDFdfQ".to_owned(),
        "q" => (*dice.pick(&["光", "P1", "SO", "a", "guang"])).to_owned(),
        "status" => (*dice.pick(&["draft", "effective", "issued", "open", "submitted,reviewed"])).to_owned(),
        "subject" => format!("order/{}", id(world, "orders", dice)),
        "customer" | "product" | "warehouse" | "owner" | "rep" | "role" | "order" | "by" | "list" => text(world, name, dice),
        _ => match value(api, world, schema, name, dice) {
            Value::String(text) if name.contains("_on") || name.contains("from") || name.contains("to") => text,
            Value::Bool(flag) => flag.to_string(),
            _ => (*dice.pick(&["true", "false", "A", "1"])).to_owned(),
        },
    }
}
