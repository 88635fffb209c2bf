//! Small values that belong to one row and are kept with it as JSON: read once, compared as values, written as the text they were read from.

use std::ops::Deref;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value with the text it is kept as; the empty value is the empty text.
#[derive(Clone, Debug, Default)]
pub struct Kept<T> {
    text: String,
    value: T,
}

impl<T: Serialize + Default + PartialEq> Kept<T> {
    /// A value to be kept.
    pub fn of(value: T) -> Self {
        let text = if value == T::default() { String::new() } else { serde_json::to_string(&value).unwrap_or_default() };
        Self { text, value }
    }
}

impl<T: DeserializeOwned + Default> Kept<T> {
    /// What was kept; nothing where the text has no meaning.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        Some(Self { text: text.to_owned(), value: serde_json::from_str(text).ok()? })
    }
}

impl<T> Kept<T> {
    /// The text it is kept as.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T> Deref for Kept<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_kept_as_nothing() {
        assert_eq!(Kept::<Vec<i64>>::of(Vec::new()).as_str(), "");
        assert_eq!(Kept::of(vec![1, 2]).as_str(), "[1,2]");
        assert_eq!(Kept::<Vec<i64>>::parse("[1, 2]"), Some(Kept::of(vec![1, 2])));
        assert_eq!(Kept::<Vec<i64>>::parse(""), Some(Kept::default()));
        assert_eq!(Kept::<Vec<i64>>::parse("{"), None);
    }
}
