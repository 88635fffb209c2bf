//! What a search looks at: names as written, by pinyin and by initials.

use pinyin::ToPinyin;

/// The text kept beside a name so that it is found as written, by its pinyin and by its initials, in lower case.
///
/// `明华印务` gives `明华印务 minghuayinwu mhyw`.
pub fn search_text<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut add = |word: String| {
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    };
    for part in parts {
        let part = fold(part);
        let (mut full, mut initials) = (String::new(), String::new());
        for letter in part.chars() {
            if let Some(sound) = letter.to_pinyin() {
                full.push_str(sound.plain());
                initials.push_str(sound.first_letter());
            } else if letter.is_alphanumeric() {
                full.push(letter);
                initials.push(letter);
            }
        }
        let chinese = part.chars().any(|letter| letter.to_pinyin().is_some());
        add(part);
        if chinese {
            add(full);
            add(initials);
        }
    }
    words.join(" ")
}

/// What was typed, as [`search_text`] would have kept it: lower case, full-width letters made narrow, single spaces.
pub fn fold(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    };
    let lower: String = text.chars().map(narrow).flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_as_written_by_pinyin_and_by_initials() {
        let check = |parts: &[&str], expected: &str| assert_eq!(search_text(parts.iter().copied()), expected);
        check(&["明华印务"], "明华印务 minghuayinwu mhyw");
        check(&["A产品", "P001"], "a产品 achanpin acp p001");
        check(&["ＡＢＣ　Trading", ""], "abc trading");
        check(&["新雅包装", "新雅包装"], "新雅包装 xinyabaozhuang xybz");
        assert_eq!(fold("  MingHua  印务 "), "minghua 印务");
    }
}
