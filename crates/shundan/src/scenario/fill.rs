//! Names in texts: `/orders/{so1}/submit` becomes the address of the order that was saved as `so1`. `{{` and `}}` are the braces themselves.

use std::collections::BTreeMap;

use serde_json::Value;

/// What is known by name.
pub type Known = BTreeMap<String, Value>;

enum Part<'a> {
    Plain(&'a str),
    Name(&'a str),
}

fn is_name(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    begins && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        parts.push(Part::Plain(&rest[..at]));
        let here = &rest[at..];
        let name = here.strip_prefix('{').and_then(|inner| inner.split_once('}')).map(|(name, _)| name).filter(|name| is_name(name));
        let taken = if here.starts_with("{{") || here.starts_with("}}") {
            parts.push(Part::Plain(&here[..1]));
            2
        } else if let Some(name) = name {
            parts.push(Part::Name(name));
            name.len() + 2
        } else {
            parts.push(Part::Plain(&here[..1]));
            1
        };
        rest = &here[taken..];
    }
    parts.push(Part::Plain(rest));
    parts
}

/// The names in a text.
pub fn names(text: &str) -> Vec<&str> {
    parts(text).into_iter().filter_map(|part| if let Part::Name(name) = part { Some(name) } else { None }).collect()
}

/// Whether a text is nothing but one name, and so becomes whatever that is.
pub fn is_one_name(text: &str) -> bool {
    text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).is_some_and(is_name)
}

/// A value as it stands in a text.
pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A text with its names filled.
///
/// # Errors
/// The name that is not known.
pub fn text(text: &str, known: &Known) -> Result<String, String> {
    let mut filled = String::new();
    for part in parts(text) {
        match part {
            Part::Plain(plain) => filled.push_str(plain),
            Part::Name(name) => filled.push_str(&plain(known.get(name).ok_or_else(|| name.to_owned())?)),
        }
    }
    Ok(filled)
}

/// A value with the names in its texts filled; a text that is nothing but a name becomes what that is.
///
/// # Errors
/// The name that is not known.
pub fn value(value: &Value, known: &Known) -> Result<Value, String> {
    Ok(match value {
        Value::String(whole) if is_one_name(whole) => {
            let name = &whole[1..whole.len() - 1];
            known.get(name).cloned().ok_or_else(|| name.to_owned())?
        }
        Value::String(inner) => text(inner, known)?.into(),
        Value::Array(items) => items.iter().map(|item| self::value(item, known)).collect::<Result<_, _>>()?,
        Value::Object(fields) => {
            let field = |(name, inner): (&String, &Value)| Ok::<_, String>((name.clone(), self::value(inner, known)?));
            Value::Object(fields.iter().map(field).collect::<Result<_, _>>()?)
        }
        other => other.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_filled_and_braces_kept() {
        let known = Known::from([("so1".to_owned(), json!("A1")), ("v".to_owned(), json!(3))]);
        let check = |text: &str, filled: &str| assert_eq!(self::text(text, &known).unwrap(), filled, "{text}");
        check("/orders/{so1}/submit", "/orders/A1/submit");
        check("SO{{yyyy}}{000000}", "SO{yyyy}{000000}");
        check("{v}}}{", "3}{");
        check("没有", "没有");
        assert_eq!(text("{so2}", &known), Err("so2".to_owned()));
        assert_eq!(value(&json!({"a": ["{v}", "v{v}"]}), &known).unwrap(), json!({"a": [3, "v3"]}));
        assert_eq!(names("/a/{b}/{{c}}/{d1}"), ["b", "d1"]);
    }
}
