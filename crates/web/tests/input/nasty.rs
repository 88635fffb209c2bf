//! What people, scripts and attackers send that nobody waited for.

use serde_json::{Value, json};

use crate::dice::Dice;

/// Texts that stand in a JSON value for what is written in its place.
pub const RAW: &[(&str, &str)] = &[
    ("@exponent@", "1e999"),
    ("@negative-exponent@", "-1E-400"),
    ("@huge@", "123456789012345678901234567890"),
    ("@nan@", "NaN"),
    ("@infinity@", "-Infinity"),
    ("@undefined@", "undefined"),
    ("@plus@", "+1"),
    ("@leading-zero@", "007"),
    ("@lone-high@", r#""\ud800""#),
    ("@lone-low@", r#""a\udc00b""#),
    ("@nul@", r#""a\u0000b""#),
    ("@single@", "'x'"),
    ("@line-break@", "\"a\nb\""),
    ("@twice@", r#"{"amount":"1","amount":"2"}"#),
];

/// A value as JSON, with what no value can say.
pub fn written(value: &Value) -> Vec<u8> {
    let mut text = value.to_string();
    for (name, raw) in RAW {
        text = text.replace(&format!("\"{name}\""), raw);
    }
    if text.contains("\"@deep@\"") {
        let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
        text = text.replace("\"@deep@\"", &deep);
    }
    if text.contains("\"@not-utf8@\"") {
        let (before, behind) = text.split_once("\"@not-utf8@\"").unwrap();
        return [before.as_bytes(), b"\"\xff\xfe\xc3\"", behind.as_bytes()].concat();
    }
    text.into_bytes()
}

/// Texts that break programs.
pub const TEXTS: &[&str] = &[
    "",
    " ",
    "\u{3000}",
    "\u{200b}",
    "\u{feff}A",
    "\u{202e}txt.exe",
    "\u{2066}a\u{2069}",
    "שלום עולם",
    "مرحبا",
    "👩‍👩‍👧‍👦🧨",
    "Z̸̧̛a̷l̵g̶o̷",
    "'; DROP TABLE orders; --",
    "' OR '1'='1",
    "%' ESCAPE '\\",
    "%_%",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}${7*7}",
    "=cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "..\\..\\x",
    "a\r\nSet-Cookie: x=y",
    "tab\there",
    "bell\u{7}",
    "\u{1b}[31mred",
    "\u{7f}",
    "\u{85}\u{2028}\u{2029}",
    "null",
    "NaN",
    "Infinity",
    "-0",
    "1e5",
    "0x10",
    "1,000.00",
    "１２３",
    "٣",
    "½",
    "999999999999999999999999999999",
    "-99999999999999999999",
    "9223372036854775807",
    "-9223372036854775808",
    "0.0000001",
    "1000000000",
    "1000000000.000001",
    "9999999999999.99",
    "10000000000000",
    "2026-02-30",
    "2026-13-01",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "-0001-01-01",
    "2026-1-1",
    "2026-11-21T08:00:00Z",
    "1970-01-01",
    "true",
    "XXX",
    "cny",
    "\u{fffd}",
    "ǅ",
    "ß",
    "İ",
    "-",
    ",",
    ".",
    "/",
    "\\",
    "\"",
    "*",
    "?",
];

/// One of them, now and then a long one.
pub fn text(dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => dice.pick(&["x", "数", "🧨", "9", "'", " ", "\u{200b}"]).repeat(10_000),
        1 => dice.pick(&["a", "数", "7"]).repeat(1 + dice.below(400)),
        _ => (*dice.pick(TEXTS)).to_owned(),
    }
}

/// A value that is probably of the wrong type.
pub fn value(dice: &mut Dice) -> Value {
    match dice.below(18) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!([]),
        3 => json!({}),
        4 => json!([[[{"a": [null]}]]]),
        5 => json!({"amount": "1", "currency": "XXX"}),
        6 => json!({"value": "-1", "unit": "\u{200b}"}),
        7 => json!({"$ne": null}),
        8 => json!(*dice.pick(&[0, -1, 1, i64::MAX, i64::MIN, 2_147_483_648, 4_294_967_296, 1 << 53])),
        9 => json!(u64::MAX),
        10 => json!(*dice.pick(&[0.1, -0.0, 1e300, 5e-324, 1.5])),
        11 => json!("@deep@"),
        12 => json!("@not-utf8@"),
        13 | 14 => json!(dice.pick(RAW).0),
        15 => Value::Array(vec![text(dice).into(); 1 + dice.below(3)]),
        16 => Value::Array(vec![json!({}); 2_000]),
        _ => text(dice).into(),
    }
}

/// Bytes that are no JSON, or nearly.
pub fn broken(json: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = json.to_vec();
    match dice.below(9) {
        0 => bytes.truncate(dice.below(json.len())),
        1 => {
            let at = dice.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte = u8::try_from(dice.below(256)).unwrap();
            }
        }
        2 => bytes.extend_from_slice(b"}{"),
        3 => bytes = [b"\xef\xbb\xbf", json].concat(),
        4 => bytes = b"[1,2,3]".to_vec(),
        5 => bytes = b"\"text\"".to_vec(),
        6 => bytes = "[".repeat(200_000).into_bytes(),
        7 => bytes = String::from_utf8_lossy(json).encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => bytes = b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>".to_vec(),
    }
    bytes
}

/// Types that are not what is sent.
pub const KINDS: &[&str] = &[
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-16",
    "application/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "application/problem+json",
    "a/b/c;;;=",
    "*/*",
    "application/octet-stream",
];
