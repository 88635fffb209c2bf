//! Numbers as they are written: `1,200`, `1.5`, 一百二十, 两千五, 半, 3万, a dozen.

use super::folded::Folded;

/// Millionths of one.
const ONE: i64 = 1_000_000;

/// A number that was read: millionths of it, and behind its last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    pub micro: i64,
    pub end: usize,
    /// Written with Arabic digits.
    pub digits: bool,
}

fn han_digit(letter: char) -> Option<i64> {
    Some(match letter {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn han_power(letter: char) -> Option<i64> {
    Some(match letter {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// The number that begins there, not one that began before.
pub(super) fn at(text: &Folded, place: usize) -> Option<Numeral> {
    let first = text.at(place);
    if first.is_ascii_digit() {
        arabic(text, place)
    } else if first == '半' {
        Some(Numeral { micro: ONE / 2, end: place + 1, digits: false })
    } else if han_digit(first).is_some() || han_power(first).is_some() {
        han(text, place)
    } else {
        english(text, place)
    }
}

/// `1,200`, `1.5`, `3万`, `2千`.
fn arabic(text: &Folded, place: usize) -> Option<Numeral> {
    let (mut whole, mut end, mut count) = (0_i64, place, 0);
    loop {
        let letter = text.at(end);
        if let Some(digit) = letter.to_digit(10) {
            whole = whole.checked_mul(10)?.checked_add(i64::from(digit))?;
            count += 1;
        } else if letter == ',' && (1..=3).contains(&count) && group(text, end + 1) {
            count = 0;
        } else {
            break;
        }
        end += 1;
    }
    let mut micro = whole.checked_mul(ONE)?;
    if text.at(end) == '.' && text.at(end + 1).is_ascii_digit() {
        let mut step = ONE / 10;
        end += 1;
        while let Some(digit) = text.at(end).to_digit(10) {
            micro = micro.checked_add(i64::from(digit) * step)?;
            step /= 10;
            end += 1;
        }
    }
    for (word, times) in [('万', 10_000), ('千', 1000), ('百', 100)] {
        // 2千克 are two kilograms, not two thousand grams.
        if text.at(end) == word && !matches!(text.at(end + 1), '克' | '米' | '瓦' | '伏') {
            return Some(Numeral { micro: micro.checked_mul(times)?, end: end + 1, digits: true });
        }
    }
    Some(Numeral { micro, end, digits: true })
}

/// Exactly three digits, as between separators of thousands.
fn group(text: &Folded, place: usize) -> bool {
    (0..3).all(|more| text.at(place + more).is_ascii_digit()) && !text.at(place + 3).is_ascii_digit()
}

/// Whether a character is part of a number in Chinese.
pub(super) fn is_han_numeral(letter: char) -> bool {
    han_digit(letter).is_some() || han_power(letter).is_some() || letter == '万'
}

/// 一百二十, 两千五, 三万五千, 十二, 二〇二六.
fn han(text: &Folded, place: usize) -> Option<Numeral> {
    let (mut total, mut section, mut digit, mut last_power) = (0_i64, 0_i64, None::<i64>, 1_i64);
    let mut end = place;
    let mut powers = 0;
    loop {
        let letter = text.at(end);
        if let Some(value) = han_digit(letter) {
            // Digits one after the other, without powers: 一二〇.
            digit = Some(if powers == 0 { digit.unwrap_or(0).checked_mul(10)?.checked_add(value)? } else { value });
            if value == 0 {
                last_power = 1;
            }
        } else if let Some(power) = han_power(letter) {
            section += digit.take().unwrap_or(1) * power;
            last_power = power;
            powers += 1;
        } else if letter == '万' && (digit.is_some() || section > 0) {
            total += (section + digit.take().unwrap_or(0)).checked_mul(10_000)?;
            section = 0;
            last_power = 10_000;
            powers += 1;
        } else {
            break;
        }
        end += 1;
    }
    if let Some(value) = digit {
        // 两千五 are two thousand five hundred, 一百零五 a hundred and five.
        section += if powers > 0 && last_power >= 100 { value * last_power / 10 } else { value };
    }
    let mut micro = (total + section).checked_mul(ONE)?;
    // 一吨半 is read with its unit; 两个半 is not.
    if text.at(end) == '点' && han_digit(text.at(end + 1)).is_some() {
        micro += han_digit(text.at(end + 1)).unwrap_or(0) * ONE / 10;
        end += 2;
    }
    Some(Numeral { micro, end, digits: false })
}

const ENGLISH: &[(&str, i64)] = &[
    ("a dozen", 12),
    ("half a dozen", 6),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("a hundred", 100),
    ("one hundred", 100),
    ("two hundred", 200),
    ("three hundred", 300),
    ("five hundred", 500),
    ("a thousand", 1000),
    ("one thousand", 1000),
    ("two thousand", 2000),
    ("five thousand", 5000),
];

fn english(text: &Folded, place: usize) -> Option<Numeral> {
    if !text.at(place).is_ascii_alphabetic() || text.before(place).is_ascii_alphanumeric() {
        return None;
    }
    let found = ENGLISH.iter().filter(|(word, _)| text.has(place, word)).max_by_key(|(word, _)| word.len())?;
    Some(Numeral { micro: found.1 * ONE, end: place + found.0.chars().count(), digits: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        let check = |said: &str, expected: &str| {
            let text = Folded::of(said);
            let found = at(&text, 0).map(|n| crate::quantity::Quantity::from_micro(n.micro).decimal());
            assert_eq!(found.as_deref(), Some(expected), "{said}");
        };
        for (said, expected) in [
            ("100", "100"),
            ("1,200", "1200"),
            ("12,345,678", "12345678"),
            ("1.5", "1.5"),
            ("１２０", "120"),
            ("一百二十", "120"),
            ("两千五", "2500"),
            ("两千五百", "2500"),
            ("兩千五", "2500"),
            ("三万五", "35000"),
            ("一百零五", "105"),
            ("十", "10"),
            ("十二", "12"),
            ("二十箱", "20"),
            ("一千零五十", "1050"),
            ("半", "0.5"),
            ("三点五", "3.5"),
            ("2万", "20000"),
            ("1.2万", "12000"),
            ("五千", "5000"),
            ("二〇", "20"),
            ("twelve", "12"),
            ("a hundred", "100"),
        ] {
            check(said, expected);
        }
        assert_eq!(at(&Folded::of("often"), 0), None);
        assert_eq!(at(&Folded::of("99999999999999999999"), 0), None);
    }
}
