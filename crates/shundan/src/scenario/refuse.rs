//! How a step must be refused.

use serde_json::Value;
use toml::de::DeTable;

use super::expect::Difference;
use super::fill::{self, Known};
use super::table::{names, text, whole};

/// What a refusal must say.
#[derive(Clone, Debug)]
pub struct Refuse {
    /// In the file.
    pub line: usize,
    status: Option<u16>,
    code: Option<String>,
    /// What lists of the problem must have: the name here, where it stands, what must be there.
    lists: Vec<(&'static str, &'static [&'static str], Vec<String>)>,
    contains: Vec<String>,
}

/// Keys of lists, and the pointers of what they are compared with.
const LISTS: [(&str, &[&str]); 4] = [
    ("field", &["errors", "pointer"]),
    ("rule", &["errors", "code"]),
    ("gate", &["gates", "code"]),
    ("missing", &["gates", "missing", "fact"]),
];

impl Refuse {
    /// Reads it.
    pub fn read(table: &DeTable<'_>, line: usize) -> Option<Self> {
        let lists = LISTS.iter().map(|(name, place)| (*name, *place, names(table, name))).filter(|(.., wanted)| !wanted.is_empty());
        Some(Refuse {
            line,
            status: whole(table, "status").and_then(|status| u16::try_from(status).ok()),
            code: text(table, "code").map(str::to_owned),
            lists: lists.collect(),
            contains: names(table, "contains"),
        })
    }

    /// What differs from it.
    ///
    /// # Errors
    /// A name that is not known.
    pub fn differences(&self, status: u16, answer: &Value, known: &Known) -> Result<Vec<Difference>, String> {
        let mut all = Vec::new();
        if status < 400 {
            return Ok(vec![Difference::new("status", self.told(), status.to_string())]);
        }
        if let Some(wanted) = self.status.filter(|wanted| *wanted != status) {
            all.push(Difference::new("status", wanted.to_string(), status.to_string()));
        }
        if let Some(code) = &self.code {
            let (wanted, got) = (fill::text(code, known)?, answer["code"].as_str().unwrap_or_default());
            if wanted != got {
                all.push(Difference::new("refuse.code", wanted, got));
            }
        }
        for (name, place, wanted) in &self.lists {
            let mut got = Vec::new();
            gather(answer, place, &mut got);
            let wanted = wanted.iter().map(|wanted| fill::text(wanted, known)).collect::<Result<Vec<_>, _>>()?;
            if wanted.iter().any(|wanted| !got.contains(wanted)) {
                all.push(Difference::new(&format!("refuse.{name}"), wanted.join(", "), got.join(", ")));
            }
        }
        let reasons = reasons(answer);
        for wanted in &self.contains {
            let wanted = fill::text(wanted, known)?;
            if !reasons.iter().any(|reason| reason.contains(&wanted)) {
                all.push(Difference::new("refuse.contains", wanted, reasons.join(" | ")));
            }
        }
        Ok(all)
    }

    /// What is expected, in one line.
    fn told(&self) -> String {
        let status = self.status.map_or_else(|| "≥ 400".to_owned(), |status| status.to_string());
        self.code.as_ref().map_or_else(|| status.clone(), |code| format!("{status} {code}"))
    }
}

/// The texts at a place, through lists.
fn gather(value: &Value, place: &[&str], found: &mut Vec<String>) {
    match (value, place.split_first()) {
        (Value::Array(items), _) => items.iter().for_each(|item| gather(item, place, found)),
        (Value::String(text), None) => found.push(text.clone()),
        (Value::Object(fields), Some((name, rest))) => fields.get(*name).into_iter().for_each(|inner| gather(inner, rest, found)),
        _ => {}
    }
}

/// Everything a problem says to people.
fn reasons(problem: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let places: [&[&str]; 6] = [
        &["detail"],
        &["errors", "message"],
        &["gates", "message"],
        &["gates", "missing", "label"],
        &["gates", "missing", "current"],
        &["gates", "missing", "required"],
    ];
    places.iter().for_each(|place| gather(problem, place, &mut found));
    found
}

/// A problem in one line: its code, and what is said about it.
pub fn problem(answer: &Value) -> String {
    let mut said = vec![answer["code"].as_str().unwrap_or_default().to_owned(), answer["detail"].as_str().unwrap_or_default().to_owned()];
    for error in answer["errors"].as_array().into_iter().flatten() {
        said.push(format!("{} {}", error["pointer"].as_str().unwrap_or_default(), error["message"].as_str().unwrap_or_default()));
    }
    for gate in answer["gates"].as_array().into_iter().flatten() {
        said.push(format!("{} {}", gate["code"].as_str().unwrap_or_default(), gate["message"].as_str().unwrap_or_default()));
    }
    said.retain(|part| !part.trim().is_empty());
    said.join(" · ")
}
