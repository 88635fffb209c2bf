//! What must stand in an answer, and what differs.

use std::cmp::Ordering;

use serde_json::Value;
use toml::de::DeValue;

use super::fill::{self, Known};
use super::key::TESTS;
use super::mistake::Mistake;
use super::pointer;
use super::table::{Spot, below, entries, json, unknown};

/// What must hold of the value a pointer leads to.
#[derive(Clone, Debug)]
pub struct Check {
    /// Into the answer.
    pub pointer: String,
    /// The line in the file.
    pub line: usize,
    tests: Vec<(Test, Value)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Test {
    Is,
    Not,
    Than(&'static str),
    Contains,
    Absent,
    Count,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// `status`, a JSON pointer, or what of the refusal.
    pub place: String,
    /// What should be.
    pub expected: String,
    /// What is.
    pub got: String,
}

impl Difference {
    /// Between these.
    pub fn new(place: &str, expected: impl Into<String>, got: impl Into<String>) -> Self {
        Difference { place: place.to_owned(), expected: expected.into(), got: got.into() }
    }
}

impl Check {
    /// Reads what stands behind a pointer.
    pub fn read(pointer: &str, line: usize, spot: &Spot<'_>, field: &str, found: &mut Vec<Mistake>) -> Self {
        let plain = |value| Check { pointer: pointer.to_owned(), line, tests: vec![(Test::Is, value)] };
        let DeValue::Table(table) = spot.get_ref() else { return plain(json(spot.get_ref())) };
        let entries = entries(table);
        let a_test = |name: &str| TESTS.contains(&name);
        // Short words are names of fields rather: `net` is not a slip for `not`.
        let nearly = |name: &str| TESTS.iter().any(|test| test.len() >= 5 && strsim::levenshtein(name, test) == 1);
        if !entries.iter().any(|(name, ..)| a_test(name) || nearly(name)) {
            return plain(json(spot.get_ref()));
        }
        let mut tests = Vec::new();
        for (name, at, value) in entries {
            match test(name) {
                Some(Test::Absent) if !value.get_ref().is_bool() => {
                    found.push(Mistake::new(
                        value.span().start,
                        &below(field, name),
                        "not_yes_no",
                        [("found", value.get_ref().type_str())],
                    ));
                }
                Some(Test::Count) if !value.get_ref().is_integer() => {
                    found.push(Mistake::new(value.span().start, &below(field, name), "not_whole", [("found", value.get_ref().type_str())]));
                }
                Some(test) => tests.push((test, json(value.get_ref()))),
                None => found.push(unknown(name, at, field, TESTS.iter().copied())),
            }
        }
        Check { pointer: pointer.to_owned(), line, tests }
    }

    /// What differs in an answer.
    ///
    /// # Errors
    /// A name that is not known.
    pub fn differences(&self, answer: &Value, known: &Known) -> Result<Vec<Difference>, String> {
        let pointer = fill::text(&self.pointer, known)?;
        let got = pointer::find(answer, &pointer);
        let mut all = Vec::new();
        for (test, wanted) in &self.tests {
            let wanted = fill::value(wanted, known)?;
            match test {
                Test::Is => match &got {
                    Some(got) => compare(&pointer, got, &wanted, &mut all),
                    None => all.push(Difference::new(&pointer, shown(&wanted), "∅")),
                },
                _ if holds(*test, got.as_ref(), &wanted) => {}
                _ => {
                    let got = got.as_ref().map_or_else(|| "∅".to_owned(), |got| counted(*test, got));
                    all.push(Difference::new(&pointer, format!("{} {}", name(*test), shown(&wanted)), got));
                }
            }
        }
        Ok(all)
    }
}

fn test(name: &str) -> Option<Test> {
    Some(match name {
        "not" => Test::Not,
        "contains" => Test::Contains,
        "absent" => Test::Absent,
        "count" => Test::Count,
        "gt" => Test::Than(">"),
        "ge" => Test::Than("≥"),
        "lt" => Test::Than("<"),
        "le" => Test::Than("≤"),
        _ => return None,
    })
}

fn name(test: Test) -> &'static str {
    match test {
        Test::Is => "=",
        Test::Not => "≠",
        Test::Than(sign) => sign,
        Test::Contains => "contains",
        Test::Absent => "absent",
        Test::Count => "count",
    }
}

fn counted(test: Test, got: &Value) -> String {
    match (test, got) {
        (Test::Count, Value::Array(items)) => format!("count {}", items.len()),
        _ => shown(got),
    }
}

fn holds(test: Test, got: Option<&Value>, wanted: &Value) -> bool {
    if test == Test::Absent {
        return got.is_none_or(Value::is_null) == (wanted == &Value::Bool(true));
    }
    let Some(got) = got else { return false };
    match test {
        Test::Not => !same(got, wanted),
        Test::Contains => match (got, wanted) {
            (Value::Array(items), wanted) => each(wanted).all(|wanted| items.iter().any(|item| same(item, wanted))),
            (got, wanted) => each(wanted).all(|wanted| fill::plain(got).contains(&fill::plain(wanted))),
        },
        Test::Count => got.as_array().is_some_and(|items| Some(items.len() as u64) == wanted.as_u64()),
        Test::Than(sign) => order(got, wanted).is_some_and(|order| match sign {
            ">" => order == Ordering::Greater,
            "≥" => order != Ordering::Less,
            "<" => order == Ordering::Less,
            _ => order != Ordering::Greater,
        }),
        Test::Is | Test::Absent => false,
    }
}

/// The elements of a list; what is no list is the only one.
fn each(value: &Value) -> impl Iterator<Item = &Value> {
    let (one, several) = match value {
        Value::Array(items) => (None, Some(items)),
        other => (Some(other), None),
    };
    one.into_iter().chain(several.into_iter().flatten())
}

fn same(got: &Value, wanted: &Value) -> bool {
    let mut differences = Vec::new();
    compare("", got, wanted, &mut differences);
    differences.is_empty()
}

/// Objects must have what is wanted and may have more; lists must have as many; everything else is equal.
fn compare(place: &str, got: &Value, wanted: &Value, all: &mut Vec<Difference>) {
    match (got, wanted) {
        (Value::Object(have), Value::Object(want)) => {
            for (name, want) in want {
                let inner = format!("{place}/{name}");
                match have.get(name) {
                    Some(have) => compare(&inner, have, want, all),
                    None => all.push(Difference::new(&inner, shown(want), "∅")),
                }
            }
        }
        (Value::Array(have), Value::Array(want)) if have.len() == want.len() => {
            for (number, (have, want)) in have.iter().zip(want).enumerate() {
                compare(&format!("{place}/{number}"), have, want, all);
            }
        }
        (Value::Array(have), Value::Array(want)) => {
            let first = have.iter().zip(want).position(|(have, want)| !same(have, want)).unwrap_or(have.len().min(want.len()));
            let at = |list: &[Value]| list.get(first).map_or_else(|| "∅".to_owned(), shown);
            all.push(Difference::new(place, format!("count {}", want.len()), format!("count {}", have.len())));
            all.push(Difference::new(&format!("{place}/{first}"), at(want), at(have)));
        }
        _ if got == wanted => {}
        _ => all.push(Difference::new(place, shown(wanted), shown(got))),
    }
}

/// The longest value that is shown whole.
const LONGEST: usize = 300;

/// A value for people, cut where it is long.
pub fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= LONGEST { text } else { format!("{}…", text.chars().take(LONGEST).collect::<String>()) }
}

/// Numbers by their value, also in texts; other texts by their letters, as dates and times are ordered.
fn order(got: &Value, wanted: &Value) -> Option<Ordering> {
    let (got, wanted) = (fill::plain(got), fill::plain(wanted));
    match (decimal(&got), decimal(&wanted)) {
        (Some(got), Some(wanted)) => Some(got.cmp(&wanted)),
        (None, None) => Some(got.cmp(&wanted)),
        _ => None,
    }
}

/// An exact decimal in millionths of a millionth.
fn decimal(text: &str) -> Option<i128> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 20 || fraction.len() > 12 || !plain(whole) || !plain(fraction) {
        return None;
    }
    let value: i128 = format!("{whole}{fraction:0<12}").parse().ok()?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use toml::de::DeTable;

    /// What differs where `x` of the answer must be as `toml` says.
    fn check(toml: &str, answer: &Value) -> Vec<Difference> {
        let text = format!("x = {toml}");
        let table = DeTable::parse(&text).unwrap();
        let (_, _, spot) = entries(table.get_ref())[0];
        let mut found = Vec::new();
        let check = Check::read("/x", 1, spot, "expect", &mut found);
        assert_eq!(found, []);
        check.differences(&json!({"x": answer}), &Known::new()).unwrap()
    }

    #[test]
    fn figures_are_compared_exactly() {
        let good = |toml: &str, answer: Value| assert_eq!(check(toml, &answer), [], "{toml}");
        let bad = |toml: &str, answer: Value| assert_eq!(check(toml, &answer).len(), 1, "{toml}");
        good("\"50800.00\"", json!("50800.00"));
        bad("\"50800.00\"", json!("50800.01"));
        good("{ gt = \"9.9\" }", json!("10"));
        bad("{ gt = 10 }", json!("10.000"));
        good("{ ge = 10, lt = \"10.1\" }", json!("10.000"));
        good("{ gt = \"2023-10-08\" }", json!("2023-10-09"));
        bad("{ gt = 3 }", json!("three"));
        good("{ contains = [\"a\", \"c\"] }", json!("abc"));
        good("{ contains = \"b\" }", json!(["a", "b"]));
        bad("{ contains = \"x\" }", json!(["a", "b"]));
        good("{ count = 2 }", json!([1, 2]));
        bad("{ count = 3 }", json!([1, 2]));
        good("{ absent = true }", Value::Null);
        bad("{ absent = false }", Value::Null);
        good("{ not = \"a\" }", json!("b"));
        good("{ code = \"W1\" }", json!({"code": "W1", "name": "主仓"}));
        bad("{ code = \"W2\" }", json!({"code": "W1"}));
        assert_eq!(check("[1, 2]", &json!([1, 3, 2]))[1], Difference::new("/x/1", "2", "3"));
    }

    #[test]
    fn the_place_of_a_difference_is_as_deep_as_it_gets() {
        let found = check("[{ a = 1, b = 2 }]", &json!([{"a": 1, "b": 3}]));
        assert_eq!(found, [Difference::new("/x/0/b", "2", "3")]);
    }
}
