//! Units as people write them, and what is said in one unit of a product that is sold in another.

use crate::quantity::Quantity;

use super::folded::{Folded, phrase_key};

/// How surely a number before a unit is how much is ordered, and not a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A bare number.
    Bare,
    /// A measure: `3吨` may be what a truck carries.
    Measure,
    /// Pieces or packages: `20箱`.
    Count,
}

/// Units that mean the same, each with its strength; the first is what it is called here.
const UNITS: &[(&[&str], Strength)] = &[
    (&["个", "只", "枚", "颗", "粒"], Strength::Count),
    (&["件"], Strength::Count),
    (&["pcs", "pc", "piece", "pieces", "ea", "each", "unit", "units", "nos"], Strength::Count),
    (&["台", "部"], Strength::Count),
    (&["套", "组", "set", "sets"], Strength::Count),
    (&["把"], Strength::Count),
    (&["条", "根", "支"], Strength::Count),
    (&["张", "片", "sheet", "sheets"], Strength::Count),
    (&["块"], Strength::Count),
    (&["本", "册", "copy", "copies"], Strength::Count),
    (&["双", "对", "pair", "pairs"], Strength::Count),
    (&["箱", "件箱", "carton", "cartons", "ctn", "ctns", "case", "cases", "cs"], Strength::Count),
    (&["盒", "box", "boxes", "bx"], Strength::Count),
    (&["包", "pack", "packs", "pkg", "pkgs", "package", "packages", "packet", "packets"], Strength::Count),
    (&["袋", "bag", "bags"], Strength::Count),
    (&["卷", "roll", "rolls"], Strength::Count),
    (&["令", "ream", "reams"], Strength::Count),
    (&["瓶", "bottle", "bottles", "btl"], Strength::Count),
    (&["罐", "听", "can", "cans", "tin", "tins"], Strength::Count),
    (&["桶", "drum", "drums", "barrel", "barrels"], Strength::Count),
    (&["托", "托盘", "pallet", "pallets"], Strength::Count),
    (&["次"], Strength::Count),
    (&["款"], Strength::Count),
    (&["打", "dozen", "dozens", "doz", "dz"], Strength::Count),
    (&["吨", "ton", "tons", "tonne", "tonnes", "mt"], Strength::Measure),
    (&["kg", "kgs", "公斤", "千克", "kilo", "kilos"], Strength::Measure),
    (&["斤"], Strength::Measure),
    (&["米", "meter", "meters", "metre", "metres"], Strength::Measure),
    (&["平方", "平方米", "平米", "sqm"], Strength::Measure),
    (&["升", "liter", "liters", "litre", "litres"], Strength::Measure),
];

/// Where single pieces stand in [`UNITS`]: `pcs` is said of anything that is counted.
const PIECES: std::ops::Range<usize> = 0..11;

fn group(unit: &str) -> Option<usize> {
    UNITS.iter().position(|(words, _)| words.contains(&unit))
}

/// The unit that begins there, one of it, and behind it.
pub(super) fn at(text: &Folded, place: usize) -> Option<(String, usize, Strength)> {
    let found = UNITS.iter().flat_map(|(words, strength)| words.iter().map(move |word| (*word, *strength)));
    let (word, strength) = found.filter(|(word, _)| text.has(place, word)).max_by_key(|(word, _)| word.chars().count())?;
    let end = place + word.chars().count();
    // 5号件, 2打印机, 3包装机, 一台秤 are no quantities; 10kg/袋 is a size.
    let next = text.at(end);
    let other = match word {
        "打" => "印包码磨",
        "包" => "装",
        "条" => "码形",
        "次" => "日",
        "平方" => "毫",
        "组" => "合",
        "套" => "筒管",
        "本" => "周月季年",
        "件" => "套",
        _ => "",
    };
    if (!other.is_empty() && other.contains(next)) || next == '/' || (next.is_ascii_digit() && word.is_ascii()) {
        return None;
    }
    Some((singular(word).to_owned(), end, strength))
}

/// `case` for `cases`; `pcs` is what everybody writes.
fn singular(word: &str) -> &str {
    if word == "pcs" {
        return word;
    }
    let one = ["es", "s"]
        .iter()
        .filter_map(|end| word.strip_suffix(end))
        .find(|one| one.len() > 1 && group(one).is_some() && group(one) == group(word));
    one.unwrap_or(word)
}

/// The further unit of a product that is said; nothing where its base unit is, or none of them.
pub(super) fn further<'a>(said: &str, base: &str, units: &'a [String]) -> Option<&'a str> {
    let key = phrase_key(said);
    let same = |unit: &str| key == phrase_key(unit);
    if key.is_empty() || same(base) {
        return None;
    }
    let alike = |unit: &str| group(&key).is_some() && group(&key) == group(&phrase_key(unit));
    let exactly = units.iter().find(|unit| same(unit));
    exactly.or_else(|| units.iter().find(|unit| alike(unit) && !alike(base))).map(String::as_str)
}

/// What is said, in the unit of the product, and how sure that is; nothing where no ratio is known.
///
/// `said` and `unit` are as they are compared.
pub(super) fn convert(micro: i64, said: &str, unit: &str) -> (Quantity, u8) {
    let (said, unit) = (phrase_key(said), phrase_key(unit));
    let same = Quantity::from_micro(micro);
    if said.is_empty() {
        return (same, 85);
    }
    if said == unit {
        return (same, 97);
    }
    let times = |by: i64| micro.checked_mul(by).map(Quantity::from_micro);
    let (from, to) = (group(&said), group(&unit));
    if from.is_some() && from == to {
        return (same, 95);
    }
    let is = |group: Option<usize>, word: &str| group.is_some_and(|place| UNITS[place].0.contains(&word));
    let measured = match (from, to) {
        (from, to) if is(from, "吨") && is(to, "kg") => times(1000),
        (from, to) if is(from, "kg") && is(to, "吨") => Some(Quantity::from_micro(micro / 1000)),
        (from, to) if is(from, "斤") && is(to, "kg") => Some(Quantity::from_micro(micro / 2)),
        (from, to) if is(from, "kg") && is(to, "斤") => times(2),
        (from, _) if is(from, "打") => return times(12).map_or((same, 20), |value| (value, 80)),
        _ => None,
    };
    if let Some(value) = measured {
        return (value, 93);
    }
    let boxed = |group: Option<usize>| is(group, "箱") || is(group, "盒");
    if boxed(from) && boxed(to) && said.is_ascii() != unit.is_ascii() {
        return (same, 75);
    }
    let piece = |group: Option<usize>| group.is_some_and(|place| PIECES.contains(&place));
    if piece(from) && piece(to) { (same, 88) } else { (same, 40) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_a_further_unit_stays_in_it() {
        let units = ["箱".to_owned(), "托".to_owned()];
        let check = |said: &str, expected: Option<&str>| assert_eq!(further(said, "瓶", &units), expected, "{said}");
        check("箱", Some("箱"));
        check("carton", Some("箱"));
        check("pallets", Some("托"));
        check("瓶", None);
        check("bottles", None);
        check("", None);
        check("袋", None);
    }

    #[test]
    fn what_is_said_in_one_unit_of_a_product_sold_in_another() {
        let check = |much: &str, said: &str, unit: &str, expected: &str, sure: bool| {
            let (found, confidence) = convert(Quantity::parse(much).unwrap().micro(), said, unit);
            assert_eq!((found.decimal().as_str(), confidence >= 70), (expected, sure), "{much} {said} of {unit}");
        };
        check("20", "令", "令", "20", true);
        check("20", "箱", "箱", "20", true);
        check("20", "個", "个", "20", true);
        check("20", "只", "个", "20", true);
        check("20", "pcs", "台", "20", true);
        check("3", "dozen", "pcs", "36", true);
        check("1.5", "吨", "kg", "1500", true);
        check("500", "公斤", "吨", "0.5", true);
        check("300", "斤", "kg", "150", true);
        check("20", "", "台", "20", true);
        check("20", "箱", "个", "20", false);
        check("20", "米", "卷", "20", false);
    }
}
