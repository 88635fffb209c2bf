//! Amounts in capital characters, 大写 (支付结算办法附一, 银发〔1997〕393 号; PRC-04).

use crate::currency::Currency;
use crate::money::Money;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// A renminbi amount in capital characters, `人民币伍万零捌佰元整`; nothing for other currencies.
///
/// 整 ends amounts of whole yuan; where the yuan end in a zero or there are no 角, 零 stands before what follows.
pub fn capital(amount: Money, currency: Currency) -> Option<String> {
    if currency != Currency::CNY {
        return None;
    }
    let cents = amount.minor().unsigned_abs();
    let (yuan, jiao, fen) = (cents / 100, (cents / 10 % 10) as usize, (cents % 10) as usize);
    let mut text = String::from("人民币");
    if amount.is_negative() {
        text.push('负');
    }
    if yuan > 0 || cents == 0 {
        text.push_str(&whole(yuan));
        text.push('元');
    }
    if cents.is_multiple_of(100) {
        text.push('整');
        return Some(text);
    }
    let gap = jiao == 0 || yuan.is_multiple_of(10);
    if yuan > 0 && gap {
        text.push('零');
    }
    if jiao > 0 {
        text.push(DIGITS[jiao]);
        text.push('角');
    }
    if fen > 0 {
        text.push(DIGITS[fen]);
        text.push('分');
    }
    Some(text)
}

/// Whole yuan by groups of four digits, with one 零 for each gap.
fn whole(yuan: u64) -> String {
    if yuan == 0 {
        return DIGITS[0].to_string();
    }
    let mut groups = Vec::new();
    let mut rest = yuan;
    while rest > 0 {
        groups.push((rest % 10_000) as usize);
        rest /= 10_000;
    }
    let mut text = String::new();
    for (level, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            continue;
        }
        if !text.is_empty() && (*group < 1000 || groups[level + 1] == 0) {
            text.push(DIGITS[0]);
        }
        text.push_str(&four_digits(*group));
        text.push_str(GROUPS[level]);
    }
    text
}

fn four_digits(group: usize) -> String {
    let mut text = String::new();
    let mut gap = false;
    for place in (0..4).rev() {
        let digit = group / 10_usize.pow(place) % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push(DIGITS[0]);
            gap = false;
        }
        text.push(DIGITS[digit]);
        text.push_str(PLACES[place as usize]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_the_rule() {
        let check = |amount: &str, expected: &str| {
            let amount = Money::parse(amount, Currency::CNY).unwrap();
            assert_eq!(capital(amount, Currency::CNY).unwrap(), format!("人民币{expected}"), "{amount:?}");
        };
        check("1409.50", "壹仟肆佰零玖元伍角");
        check("6007.14", "陆仟零柒元壹角肆分");
        check("1680.32", "壹仟陆佰捌拾元零叁角贰分");
        check("107000.53", "壹拾万柒仟元零伍角叁分");
        check("16409.02", "壹万陆仟肆佰零玖元零贰分");
        check("325.04", "叁佰贰拾伍元零肆分");
        check("50800.00", "伍万零捌佰元整");
        check("35560", "叁万伍仟伍佰陆拾元整");
        check("100000000", "壹亿元整");
        check("100010000", "壹亿零壹万元整");
        check("100000001", "壹亿零壹元整");
        check("10203040.05", "壹仟零贰拾万叁仟零肆拾元零伍分");
        check("9000000000000", "玖万亿元整");
        check("0", "零元整");
        check("0.50", "伍角");
        check("0.05", "伍分");
        check("-1.00", "负壹元整");
        assert_eq!(capital(Money::ZERO, Currency::parse("USD").unwrap()), None);
    }
}
