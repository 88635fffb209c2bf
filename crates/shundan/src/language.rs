//! In which language to speak: what was asked for, or what the terminal is set to.

use domain::Language;

use crate::outside;

/// Chosen before the arguments are read, since mistakes in them are told in it too.
///
/// `--language` comes first, then `SHUNDAN_LANGUAGE`, then the usual `LC_ALL`, `LC_MESSAGES`, `LANG`; a terminal that says nothing gets English.
pub fn choose(arguments: &[String]) -> Language {
    let named = ["SHUNDAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"];
    let variables = named.iter().filter_map(|name| outside::variable(name));
    asked(arguments).into_iter().chain(variables).find_map(|tag| of_locale(&tag)).unwrap_or(Language::En)
}

fn asked(arguments: &[String]) -> Option<String> {
    let place = arguments.iter().position(|word| word == "--language" || word.starts_with("--language="))?;
    match arguments[place].split_once('=') {
        Some((_, tag)) => Some(tag.to_owned()),
        None => arguments.get(place + 1).cloned(),
    }
}

/// `zh_CN.UTF-8`, `zh-Hant-TW` or `en_GB@euro` as a language.
fn of_locale(locale: &str) -> Option<Language> {
    let tag = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    Language::of_tag(&tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_are_languages() {
        let check = |locale: &str, expected| assert_eq!(of_locale(locale), expected, "{locale}");
        check("zh_CN.UTF-8", Some(Language::ZhCn));
        check("zh_TW", Some(Language::ZhTw));
        check("zh-Hant-HK", Some(Language::ZhTw));
        check("en_GB@euro", Some(Language::En));
        check("C.UTF-8", None);
        check("de_DE.UTF-8", None);
    }

    #[test]
    fn what_is_asked_for_is_found_anywhere() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(asked(&words("shundan serve --language zh-TW")).as_deref(), Some("zh-TW"));
        assert_eq!(asked(&words("shundan --language=en serve")).as_deref(), Some("en"));
        assert_eq!(asked(&words("shundan serve --language")), None);
        assert_eq!(asked(&words("shundan serve")), None);
    }
}
