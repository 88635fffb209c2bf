//! Phone numbers: what is wrong with one as it is typed, and what the same number written in different ways is known by (PTY-03).
//!
//! Numbers of other countries are written in a hundred ways, so that only what cannot be right is refused: a Chinese mobile of the wrong length
//! or beginning, an international number that is too short or too long for E.164, a text that is no number at all.

use crate::mask::is_masked;
use crate::rule::FieldRule;

/// Signs between several numbers in one field.
const BETWEEN: [char; 8] = ['/', ',', ';', '、', '，', '；', '|', '\n'];

/// What is wrong with a phone number, if anything is; an empty one is not there.
///
/// Source: PTY-01, standards.md (Mobile, E.164)
pub fn phone_mistake(phone: &str) -> Option<FieldRule> {
    let fine = |letter: char| letter.is_ascii_digit() || "+-() .,/*#转轉extEXT".contains(letter);
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    if phone.is_empty() {
        return None;
    }
    if is_masked(phone) {
        return Some(FieldRule::Masked);
    }
    if digits < 5 || !phone.chars().all(fine) {
        return Some(FieldRule::NotAPhone);
    }
    phone.split(BETWEEN).find_map(|one| mistake_of_one(without_extension(one)))
}

fn mistake_of_one(phone: &str) -> Option<FieldRule> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    if phone.trim_start().starts_with('+') {
        let national = digits.strip_prefix("86");
        return match national {
            Some(national) if national.starts_with('1') && !national.starts_with("10") => {
                (!is_mobile(national)).then_some(FieldRule::NotAMobile)
            }
            _ => (!(7..=15).contains(&digits.len()) || digits.starts_with('0')).then_some(FieldRule::NotInternational),
        };
    }
    // Written in one piece it can only be a Chinese mobile: elsewhere people part such numbers.
    let whole = phone.trim().len() == digits.len() && digits.starts_with('1') && (9..=12).contains(&digits.len());
    (whole && !is_mobile(&digits)).then_some(FieldRule::NotAMobile)
}

/// Whether these are the digits of a Chinese mobile: 1, then 3 to 9, then nine more.
fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && digits.as_bytes().get(1).is_some_and(|second| (b'3'..=b'9').contains(second))
}

/// The number without what is dialled behind it.
fn without_extension(phone: &str) -> &str {
    let end = phone.find(['转', '轉', '#', '*', 'e', 'E', 'x', 'X']).unwrap_or(phone.len());
    &phone[..end]
}

/// What numbers are known by, however they are written: digits with the area code, without `+86`; of other countries with `+` and the code.
pub fn phone_keys(phone: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for one in phone.split(BETWEEN) {
        let one = without_extension(one).trim();
        let digits: String = one.chars().filter(char::is_ascii_digit).collect();
        let key = if one.starts_with('+') || digits.starts_with("00") {
            let abroad = digits.trim_start_matches('0');
            match abroad.strip_prefix("86") {
                Some(national) if is_mobile(national) || national.starts_with('0') => national.to_owned(),
                Some(national) if national.len() >= 9 => format!("0{national}"),
                _ => format!("+{abroad}"),
            }
        } else if let Some(national) = digits.strip_prefix("86").filter(|national| is_mobile(national)) {
            national.to_owned()
        } else {
            digits
        };
        if key.len() >= 7 && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_right_is_refused_and_nothing_else() {
        let check = |phone: &str, expected: Option<FieldRule>| assert_eq!(phone_mistake(phone), expected, "{phone}");
        for good in [
            "",
            "13800138000",
            "+86 138 0013 8000",
            "138-0013-8000",
            "0571-88156888",
            "0571-88156888转801",
            "(010) 6552 9988",
            "400-820-8820",
            "95588",
            "13800138000/13900139000",
            "+852 2345 6789",
            "+1 415 555 2671",
            "030-0074321",
            "(171) 555-7788",
            "+86 571 8815 6888",
            "+86 10 6552 9988",
        ] {
            check(good, None);
        }
        check("1380013800", Some(FieldRule::NotAMobile));
        check("138001380001", Some(FieldRule::NotAMobile));
        check("12800138000", Some(FieldRule::NotAMobile));
        check("+8613800138", Some(FieldRule::NotAMobile));
        check("13800138000/1390013900", Some(FieldRule::NotAMobile));
        check("+12345", Some(FieldRule::NotInternational));
        check("+1234567890123456", Some(FieldRule::NotInternational));
        check("12@4567", Some(FieldRule::NotAPhone));
        check("138****5678", Some(FieldRule::Masked));
        check("1", Some(FieldRule::NotAPhone));
    }

    #[test]
    fn the_same_number_is_known_however_it_is_written() {
        let check = |phone: &str, expected: &[&str]| assert_eq!(phone_keys(phone), expected, "{phone}");
        for mobile in ["13800138000", "+86 138 0013 8000", "0086-138-0013-8000", "86 13800138000", "138 0013 8000"] {
            check(mobile, &["13800138000"]);
        }
        for line in ["0571-88156888", "(0571) 8815 6888", "+86 571 88156888", "0571-88156888转801", "0571-88156888 ext. 801"] {
            check(line, &["057188156888"]);
        }
        check("13800138000/13900139000", &["13800138000", "13900139000"]);
        check("+852 2345 6789", &["+85223456789"]);
        check("95588", &[]);
        check("", &[]);
    }
}
