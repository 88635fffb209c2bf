//! Reads the JSON form of a mapping and names every mistake at its key.

use std::collections::BTreeMap;

use domain::{Currency, ImportRule, Reason};
use serde_json::{Map, Value as Json};

use super::{Arrival, Mapping, Rule, Source, TableRule};
use crate::import::field::{Noun, Takes, nearest};
use crate::import::sheet::{Place, Problem};
use crate::import::value::{Point, Share, Style, is_date_form};

type Object = Map<String, Json>;

const MAPPING: &[&str] = &["name", "title", "as", "currency", "apostrophe", "table", "source"];
const TABLE: &[&str] = &["file", "sheet", "key", "value"];
const SOURCE: &[&str] =
    &["noun", "file", "sheet", "optional", "header_row", "duplicates", "key", "unless", "decimal", "rate", "date", "fields"];
const RULE: &[&str] = &["column", "join", "separator", "value", "default", "prefix", "map", "table", "by", "decimal", "rate", "date"];

/// What was read so far, and what is wrong.
#[derive(Default)]
struct Reading {
    problems: Vec<Problem>,
}

pub(super) fn mapping(json: &Json) -> Result<Mapping, Vec<Problem>> {
    let mut reading = Reading::default();
    let mapping = reading.mapping(json);
    if reading.problems.is_empty() { Ok(mapping) } else { Err(reading.problems) }
}

impl Reading {
    fn wrong(&mut self, key: &str, value: &Json, rule: impl Into<Reason>) {
        let written = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.problems.push(Problem::new(Place::default(), rule).found(key, &written));
    }

    /// A key that is not known: the nearest known one is probably meant.
    fn unknown_key<'a>(&mut self, path: &str, key: &str, known: impl IntoIterator<Item = &'a str> + Clone) {
        let words: Vec<&str> = known.clone().into_iter().collect();
        let (at, key) = (under(path, key), key.to_owned());
        let rule = match nearest(&key, known) {
            Some(meant) => ImportRule::KeyMeant { key: key.clone(), meant: meant.to_owned() },
            None => ImportRule::KeyUnknown { key: key.clone(), known: words.join(", ") },
        };
        self.problems.push(Problem::new(Place::default(), rule).found(&at, &key));
    }

    /// A word that is not known: the nearest known one is probably meant.
    fn unknown_word<'a>(&mut self, key: &str, word: &str, known: impl IntoIterator<Item = &'a str> + Clone) {
        let words: Vec<&str> = known.clone().into_iter().collect();
        let (key, value) = (key.to_owned(), word.to_owned());
        let rule = match nearest(word, known) {
            Some(meant) => ImportRule::WordMeant { key: key.clone(), value, meant: meant.to_owned() },
            None => ImportRule::WordUnknown { key: key.clone(), value, known: words.join(", ") },
        };
        self.problems.push(Problem::new(Place::default(), rule).found(&key, word));
    }

    fn object<'a>(&mut self, json: &'a Json, path: &str, known: &'static [&'static str]) -> Option<&'a Object> {
        let Some(object) = json.as_object() else {
            self.wrong(path, json, ImportRule::NotATable { key: path.to_owned() });
            return None;
        };
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            self.unknown_key(path, key, known.iter().copied());
        }
        Some(object)
    }

    fn text(&mut self, object: &Object, path: &str, key: &str) -> Option<String> {
        match object.get(key)? {
            Json::String(text) => Some(text.clone()),
            other => {
                let at = under(path, key);
                self.wrong(&at, other, ImportRule::NotAText { key: at.clone() });
                None
            }
        }
    }

    fn truth(&mut self, object: &Object, path: &str, key: &str) -> bool {
        match object.get(key) {
            None => false,
            Some(Json::Bool(truth)) => *truth,
            Some(other) => {
                self.wrong(&under(path, key), other, ImportRule::NotYesOrNo);
                false
            }
        }
    }

    /// A text or a list of texts.
    fn texts(&mut self, json: &Json, path: &str) -> Vec<String> {
        match json {
            Json::String(text) => vec![text.clone()],
            Json::Array(list) if list.iter().all(Json::is_string) => list.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
            other => {
                self.wrong(path, other, ImportRule::NotAText { key: path.to_owned() });
                Vec::new()
            }
        }
    }

    fn texts_at(&mut self, object: &Object, path: &str, key: &str) -> Vec<String> {
        object.get(key).map_or_else(Vec::new, |json| self.texts(json, &under(path, key)))
    }

    fn text_map(&mut self, object: &Object, path: &str, key: &str) -> BTreeMap<String, String> {
        let Some(json) = object.get(key) else { return BTreeMap::new() };
        let texts = json.as_object().and_then(|map| map.iter().map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned()))).collect());
        texts.unwrap_or_else(|| {
            let at = under(path, key);
            self.wrong(&at, json, ImportRule::NotATable { key: at.clone() });
            BTreeMap::new()
        })
    }

    fn mapping(&mut self, json: &Json) -> Mapping {
        let Some(object) = self.object(json, "", MAPPING) else { return Mapping::default() };
        let mut mapping = Mapping {
            name: self.text(object, "", "name").unwrap_or_default(),
            title: self.text_map(object, "", "title"),
            apostrophe: self.truth(object, "", "apostrophe"),
            ..Mapping::default()
        };
        if mapping.name.trim().is_empty() {
            self.missing("name");
        }
        if let Some(word) = self.text(object, "", "as") {
            match Arrival::parse(&word) {
                Some(arrival) => mapping.arrival = arrival,
                None => self.unknown_word("as", &word, ["draft", "submitted", "history"]),
            }
        }
        if let Some(code) = self.text(object, "", "currency").filter(|code| !code.is_empty()) {
            match Currency::parse(&code) {
                Ok(currency) => mapping.currency = Some(currency),
                Err(error) => self.wrong("currency", &Json::String(code), error),
            }
        }
        if let Some(tables) = object.get("table") {
            mapping.tables = self.tables(tables);
        }
        match object.get("source").and_then(Json::as_array) {
            Some(sources) if !sources.is_empty() => {
                for (at, source) in sources.iter().enumerate() {
                    mapping.sources.extend(self.source(source, &format!("source[{}]", at + 1), &mapping.tables));
                }
            }
            _ => self.missing("source"),
        }
        mapping
    }

    fn missing(&mut self, key: &str) {
        let rule = ImportRule::KeyLacking { key: key.to_owned() };
        self.problems.push(Problem::new(Place::default(), rule).found(key, ""));
    }

    fn tables(&mut self, json: &Json) -> BTreeMap<String, TableRule> {
        let Some(tables) = json.as_object() else {
            self.wrong("table", json, ImportRule::NotATable { key: "table".to_owned() });
            return BTreeMap::new();
        };
        let mut rules = BTreeMap::new();
        for (name, json) in tables {
            let path = under("table", name);
            let Some(object) = self.object(json, &path, TABLE) else { continue };
            let rule = TableRule {
                file: self.text(object, &path, "file").unwrap_or_default(),
                sheet: self.text(object, &path, "sheet").unwrap_or_default(),
                key: self.text(object, &path, "key").unwrap_or_default(),
                value: self.texts_at(object, &path, "value"),
            };
            for (key, empty) in [("key", rule.key.is_empty()), ("value", rule.value.is_empty())] {
                if empty {
                    self.missing(&under(&path, key));
                }
            }
            rules.insert(name.clone(), rule);
        }
        rules
    }

    fn source(&mut self, json: &Json, path: &str, tables: &BTreeMap<String, TableRule>) -> Option<Source> {
        let object = self.object(json, path, SOURCE)?;
        let word = self.text(object, path, "noun").unwrap_or_default();
        let Some(noun) = Noun::ALL.into_iter().find(|noun| noun.as_str() == word) else {
            self.unknown_word(&under(path, "noun"), &word, Noun::ALL.map(Noun::as_str));
            return None;
        };
        let duplicates = self.text(object, path, "duplicates");
        if let Some(word) = duplicates.as_deref().filter(|word| !["first", "error"].contains(word)) {
            self.unknown_word(&under(path, "duplicates"), word, ["first", "error"]);
        }
        let header_row = object.get("header_row").and_then(|row| {
            let number = row.as_u64().and_then(|row| usize::try_from(row).ok()).filter(|row| *row > 0);
            if number.is_none() {
                self.wrong(&under(path, "header_row"), row, ImportRule::NotWhole);
            }
            number
        });
        let (point, share, date) = self.style(object, path);
        let source = Source {
            noun,
            file: self.text(object, path, "file").unwrap_or_default(),
            sheet: self.text(object, path, "sheet").unwrap_or_default(),
            optional: self.truth(object, path, "optional"),
            header_row,
            first_of_doubles: duplicates.as_deref() == Some("first"),
            key: self.texts_at(object, path, "key"),
            unless: self.texts_at(object, path, "unless"),
            style: Style { point: point.unwrap_or_default(), share: share.unwrap_or_default(), date: date.unwrap_or_default() },
            fields: self.fields(object, path, noun, tables),
        };
        if matches!(noun, Noun::Orders | Noun::OrderLines) && source.key.is_empty() {
            self.missing(&under(path, "key"));
        }
        Some(source)
    }

    fn style(&mut self, object: &Object, path: &str) -> (Option<Point>, Option<Share>, Option<String>) {
        let point = self.text(object, path, "decimal").and_then(|word| match word.as_str() {
            "." => Some(Point::Point),
            "," => Some(Point::Comma),
            _ => {
                self.unknown_word(&under(path, "decimal"), &word, [".", ","]);
                None
            }
        });
        let share = self.text(object, path, "rate").and_then(|word| match word.as_str() {
            "percent" => Some(Share::Percent),
            "fraction" => Some(Share::Fraction),
            _ => {
                self.unknown_word(&under(path, "rate"), &word, ["percent", "fraction"]);
                None
            }
        });
        let date = self.text(object, path, "date");
        if let Some(form) = date.as_deref().filter(|form| !form.is_empty() && !is_date_form(form)) {
            let rule = ImportRule::DateForm { key: under(path, "date"), value: form.to_owned() };
            self.wrong(&under(path, "date"), &Json::from(form), rule);
        }
        (point, share, date)
    }

    fn fields(&mut self, object: &Object, path: &str, noun: Noun, tables: &BTreeMap<String, TableRule>) -> BTreeMap<usize, Rule> {
        let path = under(path, "fields");
        let empty = Object::new();
        let given = object.get("fields").and_then(Json::as_object).unwrap_or(&empty);
        let mut rules = BTreeMap::new();
        for (key, json) in given {
            let at = under(&path, key);
            match noun.fields().iter().position(|field| field.key == key) {
                Some(place) => {
                    let rule = self.rule(json, &at, noun.fields()[place].takes, tables);
                    rules.insert(place, rule);
                }
                None => {
                    let known: Vec<&str> = noun.fields().iter().map(|field| field.key).collect();
                    self.unknown_key(&path, key, known);
                }
            }
        }
        for (place, field) in noun.fields().iter().enumerate() {
            if field.required && !rules.contains_key(&place) {
                self.missing(&under(&path, field.key));
            }
        }
        rules
    }

    fn rule(&mut self, json: &Json, path: &str, takes: Takes, tables: &BTreeMap<String, TableRule>) -> Rule {
        if !json.is_object() {
            return Rule { columns: self.texts(json, path), ..Rule::default() };
        }
        let Some(object) = self.object(json, path, RULE) else { return Rule::default() };
        let (point, share, date) = self.style(object, path);
        let by = self.text(object, path, "by");
        if let Some(word) = by.as_deref().filter(|word| !["name", "code"].contains(word)) {
            self.unknown_word(&under(path, "by"), word, ["name", "code"]);
        }
        let rule = Rule {
            columns: self.texts_at(object, path, "column"),
            join: self.texts_at(object, path, "join"),
            separator: self.text(object, path, "separator"),
            value: self.text(object, path, "value"),
            default: self.text(object, path, "default"),
            prefix: self.text(object, path, "prefix").unwrap_or_default(),
            map: self.text_map(object, path, "map"),
            table: self.text(object, path, "table"),
            by_name: by.as_deref() == Some("name") && matches!(takes, Takes::Customer | Takes::Product),
            point,
            share,
            date,
        };
        if rule.named().next().is_none() && rule.value.is_none() {
            self.missing(&under(path, "column"));
        }
        if let Some(table) = rule.table.as_deref().filter(|table| !tables.contains_key(*table)) {
            self.unknown_word(&under(path, "table"), table, tables.keys().map(String::as_str));
        }
        rule
    }
}

fn under(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
