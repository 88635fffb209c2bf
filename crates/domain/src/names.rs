//! A name in each language.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::rule::FieldCheck;

/// What something is called in each language: `{ zh-CN = "初审", zh-TW = "初審", en = "Review" }`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// In Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
    /// In Traditional Chinese.
    #[serde(rename = "zh-TW")]
    pub zh_tw: String,
    /// In English.
    pub en: String,
}

impl Names {
    /// The names that the catalogue has for a key.
    pub fn of_text(key: &str) -> Self {
        let name = |language| crate::text::text(language, key, &[]);
        Self { zh_cn: name(Language::ZhCn), zh_tw: name(Language::ZhTw), en: name(Language::En) }
    }

    /// The name in a language.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::ZhCn => &self.zh_cn,
            Language::ZhTw => &self.zh_tw,
            Language::En => &self.en,
        }
    }

    /// Notes what is wrong with them under `pointer`.
    pub(crate) fn check(&self, check: &mut FieldCheck, pointer: &str) {
        check.required(&self.zh_cn, 100, &format!("{pointer}/zh-CN"));
        check.required(&self.zh_tw, 100, &format!("{pointer}/zh-TW"));
        check.required(&self.en, 100, &format!("{pointer}/en"));
    }
}
