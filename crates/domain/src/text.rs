//! The catalogue of texts: several files a language (import and export, notifications, tasks, prices, orders from text, inquiries, confirmations, offers, goods, contracts, documents, ends of orders, agents, exceptions, masks of personal data, promises have their own), by code, with `{named}` places.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use crate::codes::Code;
use crate::currency::Currency;
use crate::language::Language;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::refusal::Detail;

type Catalogue = BTreeMap<String, String>;

/// The files of a language.
macro_rules! files {
    ($language:literal) => {
        &[
            include_str!(concat!("texts/", $language, ".toml")),
            include_str!(concat!("texts/table.", $language, ".toml")),
            include_str!(concat!("texts/notify.", $language, ".toml")),
            include_str!(concat!("texts/task.", $language, ".toml")),
            include_str!(concat!("texts/price.", $language, ".toml")),
            include_str!(concat!("texts/customer.", $language, ".toml")),
            include_str!(concat!("texts/grade.", $language, ".toml")),
            include_str!(concat!("texts/person.", $language, ".toml")),
            include_str!(concat!("texts/intake.", $language, ".toml")),
            include_str!(concat!("texts/inquiry.", $language, ".toml")),
            include_str!(concat!("texts/confirmation.", $language, ".toml")),
            include_str!(concat!("texts/offer.", $language, ".toml")),
            include_str!(concat!("texts/portal.", $language, ".toml")),
            include_str!(concat!("texts/goods.", $language, ".toml")),
            include_str!(concat!("texts/contract.", $language, ".toml")),
            include_str!(concat!("texts/charge.", $language, ".toml")),
            include_str!(concat!("texts/forecast.", $language, ".toml")),
            include_str!(concat!("texts/rebate.", $language, ".toml")),
            include_str!(concat!("texts/document.", $language, ".toml")),
            include_str!(concat!("texts/ends.", $language, ".toml")),
            include_str!(concat!("texts/agent.", $language, ".toml")),
            include_str!(concat!("texts/exception.", $language, ".toml")),
            include_str!(concat!("texts/mask.", $language, ".toml")),
            include_str!(concat!("texts/places.", $language, ".toml")),
            include_str!(concat!("texts/promise.", $language, ".toml")),
            include_str!(concat!("texts/purchase.", $language, ".toml")),
            include_str!(concat!("texts/reservation.", $language, ".toml")),
            include_str!(concat!("texts/shortage.", $language, ".toml")),
            include_str!(concat!("texts/quota.", $language, ".toml")),
        ]
    };
}

/// Every text of a language by its key.
pub fn catalogue(language: Language) -> &'static BTreeMap<String, String> {
    static ZH_CN: OnceLock<Catalogue> = OnceLock::new();
    static ZH_TW: OnceLock<Catalogue> = OnceLock::new();
    static EN: OnceLock<Catalogue> = OnceLock::new();
    match language {
        Language::ZhCn => ZH_CN.get_or_init(|| read(files!("zh-CN"))),
        Language::ZhTw => ZH_TW.get_or_init(|| read(files!("zh-TW"))),
        Language::En => EN.get_or_init(|| read(files!("en"))),
    }
}

fn read(files: &[&str]) -> Catalogue {
    let mut texts = Catalogue::new();
    for file in files {
        let table: toml::Table = toml::from_str(file).expect("a test reads every catalogue");
        flatten("", &table, &mut texts);
    }
    texts
}

fn flatten(prefix: &str, table: &toml::Table, texts: &mut Catalogue) {
    for (key, value) in table {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, texts),
            toml::Value::String(text) => {
                texts.insert(key, text.clone());
            }
            other => panic!("{key} is no text: {other}"),
        }
    }
}

/// The text of a code with its places filled; the code itself where the catalogue has no text.
pub fn text(language: Language, code: &str, details: &[(&'static str, Detail)]) -> String {
    let Some(pattern) = catalogue(language).get(code) else {
        return code.to_owned();
    };
    fill(pattern, |name| details.iter().find(|(known, _)| *known == name).map(|(_, detail)| detail.shown(language)))
}

/// The name of a code in a language.
pub fn name_of<C: Code>(language: Language, code: C) -> String {
    text(language, &format!("{}.{}", C::GROUP, code.as_str()), &[])
}

/// Fills each `{name}` of a pattern; a place nobody fills stays visible.
pub(crate) fn fill(pattern: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match value(name) {
            Some(value) => filled.push_str(&value),
            None => {
                filled.push('{');
                filled.push_str(name);
                filled.push('}');
            }
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// Shows what [`Detail::to_json`] wrote.
pub(crate) fn shown(language: Language, value: &Value) -> String {
    let part = |name: &str| value.get(name).and_then(Value::as_str);
    if let (Some(amount), Some(currency)) = (part("amount"), part("currency")) {
        let parsed = Currency::parse(currency).and_then(|currency| Money::parse(amount, currency).map(|money| money.shown(currency)));
        return parsed.unwrap_or_else(|_| format!("{currency} {amount}"));
    }
    if let (Some(quantity), Some(unit)) = (part("value"), part("unit")) {
        let quantity = Quantity::parse(quantity).map_or_else(|_| quantity.to_owned(), Quantity::grouped);
        return format!("{quantity} {unit}").trim_end().to_owned();
    }
    if let (Some(group), Some(code)) = (part("group"), part("code")) {
        return text(language, &format!("{group}.{code}"), &[]);
    }
    if let Some(percent) = part("percent") {
        return format!("{percent}%");
    }
    if let Some(name) = part(language.as_str()).or_else(|| part("name")) {
        return name.to_owned();
    }
    match value {
        Value::Array(all) => {
            all.iter().map(|one| shown(language, one)).collect::<Vec<_>>().join(if language == Language::En { ", " } else { "、" })
        }
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
