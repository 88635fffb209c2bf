//! Unified social credit codes of Chinese legal entities (GB 32100-2015), with the organisation code inside
//! (GB 11714-1997).

use crate::decimal::ParseError;

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Checks a code of 18 characters; small letters count as capitals.
///
/// # Errors
/// `credit_code.length`, `credit_code.letters` (I, O, S, V and Z do not occur), `credit_code.check_digit`.
pub fn parse_credit_code(text: &str) -> Result<String, ParseError> {
    let code = text.trim().to_ascii_uppercase();
    if code.chars().count() != 18 {
        return Err(ParseError::new("credit_code.length"));
    }
    let value = |letter: char| ALPHABET.find(letter).and_then(|place| u32::try_from(place).ok());
    let Some(values) = code.chars().map(value).collect::<Option<Vec<u32>>>() else {
        return Err(ParseError::new("credit_code.letters"));
    };
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    if values[17] != (31 - sum % 31) % 31 || !organisation_fits(&code[8..17]) {
        return Err(ParseError::new("credit_code.check_digit"));
    }
    Ok(code)
}

/// Whether the last of the nine characters of an organisation code fits the others.
fn organisation_fits(code: &str) -> bool {
    // Unlike the credit code, the organisation code counts letters on from 10 without gaps.
    let digits = code.chars().zip(ORGANISATION_WEIGHTS);
    let sum: u32 = digits.filter_map(|(letter, weight)| letter.to_digit(36).map(|digit| digit * weight)).sum();
    let expected = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    };
    code.ends_with(expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_real_companies_pass_and_their_typing_errors_do_not() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(parse_credit_code(text).err().map(|error| error.code), expected, "{text}");
        };
        check("91330100799655058B", None);
        check("91440300708461136T", None);
        check("91110000802100433B", None);
        check("91330100799655058b", None);
        check("91330100799655085B", Some("credit_code.check_digit"));
        check("91330100799655058C", Some("credit_code.check_digit"));
        check("9133010079965505", Some("credit_code.length"));
        check("9133O100799655058B", Some("credit_code.letters"));
        check("统一社会信用代码统一社会信用代码十八", Some("credit_code.letters"));
    }
}
