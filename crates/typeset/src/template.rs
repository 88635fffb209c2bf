//! The templates that come with the product, and the words they use.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use domain::{DocumentKind, Language};

/// What all templates share; they import it as `layout.typ`.
pub const LAYOUT: &str = include_str!("../templates/layout.typ");

/// The words of documents in each language; templates read them as `words.toml`.
pub const WORDS: &str = include_str!("../templates/words.toml");

/// The template that comes with the product; the same for each language.
pub const fn built_in(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Quotation => include_str!("../templates/quotation.typ"),
        DocumentKind::OrderForm => include_str!("../templates/order_form.typ"),
        DocumentKind::OrderConfirmation => include_str!("../templates/order_confirmation.typ"),
        DocumentKind::DepositRequest => include_str!("../templates/deposit_request.typ"),
        DocumentKind::ProductionOrder => include_str!("../templates/production_order.typ"),
        DocumentKind::PickList => include_str!("../templates/pick_list.typ"),
        DocumentKind::DeliveryNote => include_str!("../templates/delivery_note.typ"),
        DocumentKind::ShippingAdvice => include_str!("../templates/shipping_advice.typ"),
        DocumentKind::BalanceNotice => include_str!("../templates/balance_notice.typ"),
        DocumentKind::Invoice => include_str!("../templates/invoice.typ"),
        DocumentKind::Statement => include_str!("../templates/statement.typ"),
    }
}

/// A word of documents in a language; nothing where there is none.
pub fn word(language: Language, key: &str) -> Option<&'static str> {
    type Words = BTreeMap<String, BTreeMap<String, String>>;
    static ALL: OnceLock<Words> = OnceLock::new();
    let all = ALL.get_or_init(|| toml::from_str(WORDS).expect("a test reads the words"));
    all.get(language.as_str())?.get(key).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_a_template_asks_for_is_there_in_each_language() {
        let mut asked = vec!["page", "continued"];
        let texts = DocumentKind::ALL.iter().map(|kind| built_in(*kind)).chain([LAYOUT]);
        for text in texts {
            asked.extend(text.split("word(\"").skip(1).filter_map(|rest| rest.split('"').next()));
            asked.extend(text.split("fact(o, \"").skip(1).filter_map(|rest| rest.split('"').next()));
        }
        asked.extend(DocumentKind::ALL.iter().map(|kind| kind.as_str()));
        for language in Language::ALL {
            for key in &asked {
                assert!(word(*language, key).is_some(), "{language}: {key}");
            }
        }
    }

    #[test]
    fn the_languages_have_the_same_words() {
        let all: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(WORDS).unwrap();
        let keys = |language: &str| all[language].keys().collect::<Vec<_>>();
        assert_eq!(keys("zh-CN"), keys("zh-TW"));
        assert_eq!(keys("zh-CN"), keys("en"));
    }
}
