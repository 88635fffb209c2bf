//! JSON pointers (RFC 6901) with two additions: `key=value` chooses the element of a list by one of its fields, `*` is every element.

use serde_json::Value;

/// What a pointer leads to.
pub fn find(value: &Value, pointer: &str) -> Option<Value> {
    let Some(rest) = pointer.strip_prefix('/') else { return pointer.is_empty().then(|| value.clone()) };
    let (part, rest) = match rest.split_once('/') {
        Some((part, _)) => (part, &rest[part.len()..]),
        None => (rest, ""),
    };
    let part = part.replace("~1", "/").replace("~0", "~");
    match value {
        Value::Object(fields) => find(fields.get(&part)?, rest),
        Value::Array(items) if part == "*" => Some(items.iter().map(|item| find(item, rest).unwrap_or(Value::Null)).collect()),
        Value::Array(items) => match part.split_once('=') {
            Some((key, wanted)) => find(items.iter().find(|item| has(item, key, wanted))?, rest),
            None => find(items.get(part.parse::<usize>().ok()?)?, rest),
        },
        _ => None,
    }
}

/// Whether a field, `code` or `warehouse.code`, is this.
fn has(item: &Value, key: &str, wanted: &str) -> bool {
    let field = key.split('.').try_fold(item, |value, name| value.get(name));
    field.is_some_and(|field| super::fill::plain(field) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn elements_are_chosen_by_place_field_or_all() {
        let value = json!({"lines": [{"no": 1, "house": {"code": "W1"}}, {"no": 2, "house": {"code": "W2"}}], "a/b": true});
        let check = |pointer: &str, expected: Option<Value>| assert_eq!(find(&value, pointer), expected, "{pointer}");
        check("/lines/1/no", Some(json!(2)));
        check("/lines/no=2/house/code", Some(json!("W2")));
        check("/lines/house.code=W1/no", Some(json!(1)));
        check("/lines/*/no", Some(json!([1, 2])));
        check("/a~1b", Some(json!(true)));
        check("/lines/7", None);
        check("/lines/no=9", None);
        check("", Some(value.clone()));
    }
}
