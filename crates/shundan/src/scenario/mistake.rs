//! Mistakes in a scenario file: where, in which field, what is wrong, and what was probably meant.

use std::path::{Path, PathBuf};

use crate::texts::Say;

/// One mistake, at its place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// Byte in the text of the file.
    pub at: usize,
    /// `step[3].expect`; steps and records count from 1.
    pub field: String,
    /// Key of the text below `scenario.mistake`.
    key: &'static str,
    places: Vec<(&'static str, String)>,
    meant: Option<String>,
    /// What is wrong with a blueprint, and the file it is in.
    rule: Option<(PathBuf, domain::Mistake)>,
}

impl Mistake {
    /// A mistake with what fills its text.
    pub fn new<const N: usize>(at: usize, field: &str, key: &'static str, places: [(&'static str, &str); N]) -> Self {
        let places = places.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        Mistake { at, field: field.to_owned(), key, places, meant: None, rule: None }
    }

    /// A mistake of a blueprint that is named at this byte; it is told at its own place.
    pub fn of_rules(at: usize, path: &Path, mistake: domain::Mistake) -> Self {
        Mistake { rule: Some((path.to_owned(), mistake)), ..Mistake::new(at, "blueprint", "", []) }
    }

    /// With the likest of what is known, if any is like it.
    pub fn like<'a>(mut self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.meant = nearest(word, known).map(str::to_owned);
        self
    }

    /// `file:line:column: field: what is wrong`.
    pub fn told(&self, say: Say, path: &Path, text: &str) -> String {
        if let Some((path, mistake)) = &self.rule {
            let part = if mistake.path.is_empty() { String::new() } else { format!("{}: ", mistake.path) };
            return format!("{}:{}:{}: {part}{}", path.display(), mistake.line, mistake.column, mistake.message(say.0));
        }
        let (line, column) = place(text, self.at);
        let places: Vec<(&str, &str)> = self.places.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let what = say.text(&format!("scenario.mistake.{}", self.key), &places);
        let field = if self.field.is_empty() { String::new() } else { format!("{}: ", self.field) };
        let meant = self.meant.as_ref().map(|word| format!(" {}", say.text("scenario.meant", &[("word", word)]))).unwrap_or_default();
        format!("{}:{line}:{column}: {field}{what}{meant}", path.display())
    }
}

/// Line and column of a byte, both from 1; a column is a character.
pub fn place(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let begin = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[begin..].chars().count() + 1)
}

/// What is most like a word, where anything is.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |other: &&str| strsim::normalized_damerau_levenshtein(word, other);
    let best = known.into_iter().max_by(|a, b| near(a).total_cmp(&near(b)))?;
    (near(&best) >= 0.5).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters() {
        assert_eq!(place("甲 = 1\n乙丙 = 2", 0), (1, 1));
        assert_eq!(place("甲 = 1\n乙丙 = 2", "甲 = 1\n乙".len()), (2, 2));
        assert_eq!(place("甲", 1), (1, 1), "inside a character is its beginning");
        assert_eq!(place("a\n", 99), (2, 1));
    }

    #[test]
    fn only_what_is_like_it_is_meant() {
        assert_eq!(nearest("ordr_submit", ["order_submit", "order_void"]), Some("order_submit"));
        assert_eq!(nearest("xyz", ["order_submit", "order_void"]), None);
    }
}
