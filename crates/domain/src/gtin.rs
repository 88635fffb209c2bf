//! Trade item numbers on barcodes (GS1 General Specifications, CAT-01).

use crate::decimal::ParseError;

/// Reads a GTIN of 8, 12, 13 or 14 digits and answers with its 14, padded with zeros on the left.
///
/// # Errors
/// `gtin.not_a_gtin` for another length or other signs, `gtin.check_digit` where the last digit is wrong.
pub fn parse_gtin(text: &str) -> Result<String, ParseError> {
    let text = text.trim();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || !matches!(text.len(), 8 | 12 | 13 | 14) {
        return Err(ParseError::new("gtin.not_a_gtin"));
    }
    let (body, last) = text.split_at(text.len() - 1);
    if last != gs1_check_digit(body).to_string() {
        return Err(ParseError::new("gtin.check_digit"));
    }
    Ok(format!("{text:0>14}"))
}

/// The GS1 check digit of the digits before it: weights 3, 1, 3 … from the right.
pub fn gs1_check_digit(body: &str) -> u32 {
    let digits = body.chars().rev().filter_map(|digit| digit.to_digit(10));
    let sum: u32 = digits.zip([3, 1].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_of_the_standard() {
        assert_eq!(gs1_check_digit("0950600013435"), 2);
        assert_eq!(gs1_check_digit("10614141123456789"), 7);
    }

    #[test]
    fn only_real_numbers_are_kept() {
        let check = |text: &str, expected: Result<&str, &str>| {
            let read = parse_gtin(text);
            let read = read.as_deref().map_err(|error| error.code);
            assert_eq!(read, expected, "{text}");
        };
        check("09506000134352", Ok("09506000134352"));
        check("9506000134352", Ok("09506000134352"));
        check(" 6901234567892 ", Ok("06901234567892"));
        check("036000291452", Ok("00036000291452"));
        check("96385074", Ok("00000096385074"));
        check("6901234567890", Err("gtin.check_digit"));
        check("123", Err("gtin.not_a_gtin"));
        check("69012345678９2", Err("gtin.not_a_gtin"));
    }
}
