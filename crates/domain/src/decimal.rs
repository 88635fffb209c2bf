//! Reading and writing exact decimals as scaled integers, and the one rounding rule of the product.
//!
//! Money, quantities, prices and rates are integers of a fixed scale inside and plain decimal strings outside;
//! nothing in between ever is a float.

use std::fmt;

/// A text that is not a value of the wanted type; the code names what is wrong and has a text in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Stable code, for example `number.too_many_decimals`.
    pub code: &'static str,
}

impl ParseError {
    /// An error with this code.
    pub const fn new(code: &'static str) -> Self {
        Self { code }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl std::error::Error for ParseError {}

const NOT_A_NUMBER: ParseError = ParseError::new("number.not_a_number");
const TOO_MANY_DECIMALS: ParseError = ParseError::new("number.too_many_decimals");
const TOO_LARGE: ParseError = ParseError::new("number.too_large");

/// What to do with more decimals than the scale has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extra {
    Refuse,
    Round,
}

/// Reads `-12.5` as an integer of `scale` decimals whose absolute value is at most `max`.
pub(crate) fn parse(text: &str, scale: u32, max: i64, extra: Extra) -> Result<i64, ParseError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.ends_with('.') {
        return Err(NOT_A_NUMBER);
    }
    let scale = scale as usize;
    let kept = &fraction[..fraction.len().min(scale)];
    let cut = &fraction[kept.len()..];
    if extra == Extra::Refuse && cut.bytes().any(|byte| byte != b'0') {
        return Err(TOO_MANY_DECIMALS);
    }
    let mut value: i64 = 0;
    let padding = std::iter::repeat_n(b'0', scale - kept.len());
    for byte in whole.bytes().chain(kept.bytes()).chain(padding) {
        let digit = i64::from(byte - b'0');
        value = value.checked_mul(10).and_then(|value| value.checked_add(digit)).ok_or(TOO_LARGE)?;
    }
    if cut.as_bytes().first().is_some_and(|byte| *byte >= b'5') {
        value = value.checked_add(1).ok_or(TOO_LARGE)?;
    }
    if value > max {
        return Err(TOO_LARGE);
    }
    Ok(if negative { -value } else { value })
}

/// Writes a scaled integer with at least `shown` of its `scale` decimals; further ones only while they are not zero.
pub(crate) fn format(value: i64, scale: u32, shown: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale as usize);
    let significant = fraction.trim_end_matches('0').len().max(shown as usize);
    if significant == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{}", &fraction[..significant])
}

/// Puts separators between the thousands of a plain decimal: `-50800.00` becomes `-50,800.00`.
pub(crate) fn grouped(plain: &str) -> String {
    let (sign, rest) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain),
    };
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// Divides rounding half away from zero, the rounding of every amount in the product (PRC-04).
///
/// `None` when `divisor` is not positive.
pub(crate) fn divide_rounded(dividend: i128, divisor: i128) -> Option<i128> {
    if divisor <= 0 {
        return None;
    }
    let quotient = dividend / divisor;
    let remainder = (dividend % divisor).abs();
    let away = if remainder >= divisor - remainder { dividend.signum() } else { 0 };
    quotient.checked_add(away)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_exactly_or_says_why_not() {
        let check = |text: &str, expected: Result<i64, &str>| {
            let read = parse(text, 2, 1_000_000, Extra::Refuse).map_err(|error| error.code);
            assert_eq!(read, expected, "{text}");
        };
        check("12.5", Ok(1250));
        check("-0.01", Ok(-1));
        check("7.000", Ok(700));
        check("7.001", Err("number.too_many_decimals"));
        check("", Err("number.not_a_number"));
        check("-", Err("number.not_a_number"));
        check("5.", Err("number.not_a_number"));
        check(".5", Err("number.not_a_number"));
        check("1e3", Err("number.not_a_number"));
        check("1,000", Err("number.not_a_number"));
        check("10000.01", Err("number.too_large"));
        check("99999999999999999999", Err("number.too_large"));
    }

    #[test]
    fn rounds_to_the_digits_shown() {
        assert_eq!(parse("74.246", 2, i64::MAX, Extra::Round), Ok(7425));
        assert_eq!(parse("-0.005", 2, i64::MAX, Extra::Round), Ok(-1));
        assert_eq!(parse("0.0049", 2, i64::MAX, Extra::Round), Ok(0));
    }

    #[test]
    fn writes_what_it_reads() {
        assert_eq!(format(-1, 2, 2), "-0.01");
        assert_eq!(format(20_400_000, 6, 0), "20.4");
        assert_eq!(format(500_000_000, 6, 2), "500.00");
        assert_eq!(format(1_234_567, 6, 2), "1.234567");
        assert_eq!(format(1000, 0, 0), "1000");
        assert_eq!(grouped("-1234567.80"), "-1,234,567.80");
        assert_eq!(grouped("100"), "100");
    }

    #[test]
    fn half_goes_away_from_zero() {
        assert_eq!(divide_rounded(5, 2), Some(3));
        assert_eq!(divide_rounded(-5, 2), Some(-3));
        assert_eq!(divide_rounded(4, 3), Some(1));
        assert_eq!(divide_rounded(-4, 3), Some(-1));
        assert_eq!(divide_rounded(1, 0), None);
    }
}
