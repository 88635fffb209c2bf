//! A message as it is compared: narrow, lower case and simplified, each character in the place of the one it stands for.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Span;

/// Traditional characters with their simplified ones, in pairs.
static SIMPLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pairs = include_str!("variants.txt").split_whitespace();
    pairs.filter_map(|pair| pair.chars().next().zip(pair.chars().nth(1))).collect()
});

/// What stands for a character that was understood and is not to be read again.
pub(super) const TAKEN: char = '\u{1}';

/// One character as it is compared.
pub(super) fn fold_char(letter: char) -> char {
    let narrow = match letter {
        '\u{3000}' | '\u{a0}' | '\r' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '×' | '✕' | '╳' => 'x',
        '–' | '—' | '−' => '-',
        'é' | 'è' | 'ê' | 'ë' | 'É' => 'e',
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'Ä' => 'a',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'Ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'Ü' => 'u',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ç' => 'c',
        'ß' => 's',
        '’' | '‘' | '`' => '\'',
        '“' | '”' | '「' | '」' => '"',
        _ => letter,
    };
    let lower = narrow.to_lowercase().next().unwrap_or(narrow);
    SIMPLE.get(&lower).copied().unwrap_or(lower)
}

/// A text as it is compared.
pub(super) fn fold_all(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().map(fold_char).collect();
    for place in 1..chars.len().saturating_sub(1) {
        // 60*40 is a size as 60×40 is.
        if chars[place] == '*' && chars[place - 1].is_ascii_digit() && chars[place + 1].is_ascii_digit() {
            chars[place] = 'x';
        }
    }
    chars
}

/// A name as it is compared, its letters and signs in their places.
pub fn fold_name(name: &str) -> String {
    fold_all(name).into_iter().collect()
}

/// What a phrase is learned and found again by: its letters and digits as they are compared, without spaces and signs.
pub fn phrase_key(phrase: &str) -> String {
    fold_all(phrase).into_iter().filter(|letter| letter.is_alphanumeric()).take(100).collect()
}

pub(super) fn is_han(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// A message with what was already understood taken out.
pub(super) struct Folded {
    raw: Vec<char>,
    chars: Vec<char>,
}

impl Folded {
    pub(super) fn of(message: &str) -> Self {
        let message: String = message.chars().take(super::MESSAGE_MAX).collect();
        Self { raw: message.chars().collect(), chars: fold_all(&message) }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(super) fn at(&self, place: usize) -> char {
        self.chars.get(place).copied().unwrap_or('\n')
    }

    /// The character before a place; a line's end before the first.
    pub(super) fn before(&self, place: usize) -> char {
        place.checked_sub(1).map_or('\n', |place| self.at(place))
    }

    /// All of it as it is compared.
    pub(super) fn all(&self) -> String {
        self.chars.iter().collect()
    }

    /// What stands there, as it is compared.
    pub(super) fn slice(&self, span: Span) -> String {
        self.chars[span.start..span.end.min(self.chars.len())].iter().collect()
    }

    /// What stands there, as it was written.
    pub(super) fn said(&self, span: Span) -> String {
        self.raw[span.start..span.end.min(self.raw.len())].iter().collect()
    }

    /// Whether these words stand there; a word of Latin letters only as a whole.
    pub(super) fn has(&self, place: usize, words: &str) -> bool {
        let mut at = place;
        for letter in words.chars() {
            if self.chars.get(at) != Some(&letter) {
                return false;
            }
            at += 1;
        }
        let latin = |letter: char| letter.is_ascii_alphabetic();
        let starts_inside = words.starts_with(latin) && latin(self.before(place));
        let ends_inside = words.ends_with(latin) && latin(self.at(at));
        !starts_inside && !ends_inside
    }

    /// The longest of these that stands there, and behind it.
    pub(super) fn longest<'w>(&self, place: usize, words: &[&'w str]) -> Option<(&'w str, usize)> {
        let found = words.iter().filter(|word| self.has(place, word)).max_by_key(|word| word.chars().count())?;
        Some((found, place + found.chars().count()))
    }

    /// The first place that is no space.
    pub(super) fn skip_spaces(&self, mut place: usize) -> usize {
        while matches!(self.chars.get(place), Some(' ' | '\t')) {
            place += 1;
        }
        place
    }

    /// Behind the last character of the line.
    pub(super) fn line_end(&self, place: usize) -> usize {
        (place..self.chars.len()).find(|place| self.chars[*place] == '\n').unwrap_or(self.chars.len())
    }

    /// The first character of the line.
    pub(super) fn line_start(&self, place: usize) -> usize {
        (0..place).rev().find(|place| self.chars[*place] == '\n').map_or(0, |place| place + 1)
    }

    /// Whether anything there was understood already.
    pub(super) fn is_taken(&self, span: Span) -> bool {
        self.chars[span.start..span.end.min(self.chars.len())].contains(&TAKEN)
    }

    /// Marks it as understood; ends of lines stay.
    pub(super) fn take(&mut self, span: Span) {
        let end = span.end.min(self.chars.len());
        for letter in &mut self.chars[span.start..end] {
            if *letter != '\n' {
                *letter = TAKEN;
            }
        }
    }

    /// The span without spaces and signs at its ends.
    pub(super) fn trim(&self, span: Span) -> Span {
        let idle = |letter: char| letter.is_whitespace() || letter == TAKEN || ",;:.!?、。；：！？-\"'>·|/~".contains(letter);
        let (mut start, mut end) = (span.start, span.end.min(self.chars.len()));
        while start < end && idle(self.chars[start]) {
            start += 1;
        }
        while end > start && idle(self.chars[end - 1]) {
            end -= 1;
        }
        Span::new(start, end)
    }

    /// The lines.
    pub(super) fn lines(&self) -> Vec<Span> {
        let mut lines = Vec::new();
        let mut start = 0;
        for (place, letter) in self.chars.iter().enumerate() {
            if *letter == '\n' {
                lines.push(Span::new(start, place));
                start = place + 1;
            }
        }
        lines.push(Span::new(start, self.chars.len()));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_in_different_ways_is_compared_alike() {
        let check = |one: &str, other: &str| assert_eq!(phrase_key(one), phrase_key(other));
        check("不鏽鋼螺絲　Ｍ８×４０", "不锈钢螺丝 M8*40");
        check("Côte de Blaye", "cote de blaye");
        check("電源模組24V/10A", "电源模组24v10a");
        assert_ne!(phrase_key("M8×30"), phrase_key("M8×40"));
    }

    #[test]
    fn every_character_keeps_its_place() {
        let text = Folded::of("İ要20令，ǅ下周三");
        assert_eq!(text.len(), "İ要20令，ǅ下周三".chars().count());
        assert!(text.has(2, "20令"));
    }
}
