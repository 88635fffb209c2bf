//! What the command line says, in three languages; a test finds texts that one of them lacks.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use domain::Language;

type Texts = BTreeMap<String, String>;

/// Texts of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Say(pub Language);

impl Say {
    /// The text of a key, with each `{name}` filled.
    pub fn text(self, key: &str, places: &[(&str, &str)]) -> String {
        let pattern = of(self.0).get(key).map_or(key, String::as_str);
        places.iter().fold(pattern.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The text of a key that has nothing to fill.
    pub fn plain(self, key: &str) -> String {
        self.text(key, &[])
    }

    /// The text of a key, if there is one.
    pub fn find(self, key: &str) -> Option<&'static str> {
        of(self.0).get(key).map(String::as_str)
    }
}

fn of(language: Language) -> &'static Texts {
    static ALL: OnceLock<[Texts; 3]> = OnceLock::new();
    let all =
        ALL.get_or_init(|| [include_str!("texts/zh-CN.toml"), include_str!("texts/zh-TW.toml"), include_str!("texts/en.toml")].map(read));
    match language {
        Language::ZhCn => &all[0],
        Language::ZhTw => &all[1],
        Language::En => &all[2],
    }
}

fn read(file: &str) -> Texts {
    let table: toml::Table = toml::from_str(file).expect("a test reads every file of texts");
    let mut texts = Texts::new();
    flatten("", &table, &mut texts);
    texts
}

fn flatten(prefix: &str, table: &toml::Table, texts: &mut Texts) {
    for (key, value) in table {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, texts),
            toml::Value::String(text) => drop(texts.insert(key, text.trim_end().to_owned())),
            other => panic!("{key} is no text: {other}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_language_has_every_text_with_the_same_places() {
        for language in [Language::ZhTw, Language::En] {
            for (key, text) in of(Language::ZhCn) {
                let other = of(language).get(key).unwrap_or_else(|| panic!("{language} lacks {key}"));
                assert_eq!(places(text), places(other), "{language} {key}");
            }
            assert_eq!(of(language).len(), of(Language::ZhCn).len(), "{language} has texts that zh-CN lacks");
        }
    }

    /// Keys are written as `text("key"`, `plain("key"`, `Trouble::of("key"`, so that this test finds them.
    #[test]
    fn every_text_that_is_asked_for_is_there() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "rs") || path.ends_with("texts.rs") {
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            for call in [".text(\"", ".plain(\"", "Trouble::of(\"", "Trouble::with(\""] {
                for rest in source.split(call).skip(1) {
                    let key = rest.split('"').next().unwrap();
                    assert!(of(Language::ZhCn).contains_key(key), "{}: {key}", path.display());
                }
            }
        }
    }

    #[test]
    fn places_are_filled() {
        assert_eq!(Say(Language::En).text("no.such.key", &[]), "no.such.key");
        assert!(Say(Language::En).text("trouble.taken_address", &[("address", "127.0.0.1:1")]).contains("127.0.0.1:1"));
    }
}
