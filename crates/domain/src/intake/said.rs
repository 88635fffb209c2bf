//! What single words of an inquiry mean, or leave open: a day, a quantity with its unit, the number of a drawing (INT-02).

use super::folded::Folded;
use super::vague::{self, VagueField};
use super::{Span, day, item, number, unit};
use crate::codes::codes;
use crate::date::Date;
use crate::quantity::Quantity;

codes! {
    /// What a vague word leaves open, which is what it must be resolved to.
    VagueMeaning in "inquiry.vague" {
        /// 尽快, 10月15日左右: to a day.
        Date = "date",
        /// 大概, 几箱: to a number with its unit.
        Quantity = "quantity",
        /// 定制: to a drawing.
        Drawing = "drawing",
        /// 按老样子: to what that is.
        Habit = "habit",
    }
}

/// A word that leaves something open, where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VagueWord {
    /// What it leaves open.
    pub leaves: VagueMeaning,
    /// The word, as it was written.
    pub said: String,
    /// Where it stands.
    pub span: Span,
}

/// Words that lean on what was before.
const USUAL: &[&str] = &[
    "老样子",
    "老规矩",
    "照旧",
    "照老样",
    "和上次一样",
    "跟上次一样",
    "同上次",
    "按上次",
    "照上次",
    "和以前一样",
    "跟以前一样",
    "the usual",
    "as usual",
    "per usual",
    "same as before",
    "same as last time",
    "like last time",
    "as last time",
    "same again",
];

/// Words for how many that say nothing of it.
const MANY: &[&str] = &["大量", "许多", "a lot of", "lots of", "a handful of"];

/// The words of a text that leave something open. A day in the text settles the words of haste in it, and the number of a drawing what is custom;
/// a word beside a day that makes it one of several (左右, about) leaves the day open.
///
/// Source: INT-02
pub fn vague_words(text: &str, today: Date) -> Vec<VagueWord> {
    let folded = Folded::of(text);
    let days = day::find(&mut Folded::of(text), today).spans();
    let drawn = labelled_drawing(&folded).is_some();
    let mut found = Vec::new();
    let mut place = 0;
    while place < folded.len() {
        if let Some(day) = days.iter().find(|day| day.start <= place && place < day.end) {
            place = day.end;
            continue;
        }
        let Some((leaves, end)) = at(&folded, place, &days) else {
            place += 1;
            continue;
        };
        let settled = match leaves {
            VagueMeaning::Date => !days.is_empty() && !beside(&folded, place, end, &days),
            VagueMeaning::Drawing => drawn,
            VagueMeaning::Quantity | VagueMeaning::Habit => false,
        };
        if !settled {
            let span = Span::new(place, end);
            found.push(VagueWord { leaves, said: folded.said(span), span });
        }
        place = end;
    }
    found
}

/// The vague word that begins there, and behind it.
fn at(text: &Folded, place: usize, days: &[Span]) -> Option<(VagueMeaning, usize)> {
    if let Some((_, end)) = text.longest(place, USUAL) {
        return Some((VagueMeaning::Habit, end));
    }
    if let Some((_, end)) = text.longest(place, MANY) {
        return Some((VagueMeaning::Quantity, end));
    }
    // 几箱, 十几个; not 第几.
    if text.at(place) == '几' && text.before(place) != '第' {
        let next = text.skip_spaces(place + 1);
        if "十百千万".contains(text.at(next)) || unit::at(text, next).is_some() {
            return Some((VagueMeaning::Quantity, place + 1));
        }
    }
    if let Some((_, end)) = text.longest(place, &["约", "大约", "大概", "差不多", "about", "around"])
        && beside(text, place, end, days)
    {
        return Some((VagueMeaning::Date, end));
    }
    let (field, end) = vague::at(text, place)?;
    let leaves = match field {
        VagueField::RequiredOn => VagueMeaning::Date,
        VagueField::Quantity if beside(text, place, end, days) => VagueMeaning::Date,
        VagueField::Quantity => VagueMeaning::Quantity,
        VagueField::SpecialRequirements => VagueMeaning::Drawing,
    };
    Some((leaves, end))
}

/// Whether a word stands directly before or behind a day.
fn beside(text: &Folded, place: usize, end: usize, days: &[Span]) -> bool {
    days.iter().any(|day| text.skip_spaces(end) == day.start || text.skip_spaces(day.end) == place)
}

/// The day that a text names, none where a word beside it leaves it open.
pub fn day_in(text: &str, today: Date) -> Option<Date> {
    let open = vague_words(text, today).iter().any(|word| word.leaves == VagueMeaning::Date);
    if open { None } else { day::find(&mut Folded::of(text), today).surest() }
}

/// A quantity that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub quantity: Quantity,
    /// In which unit, as said; empty where none was.
    pub unit: String,
}

/// The quantity that a text names, one with a unit before one without; none where it is open how many: 5-10箱, 大概 20 箱.
pub fn quantity_in(text: &str) -> Option<Counted> {
    let folded = Folded::of(text);
    let whole = Span::new(0, folded.len());
    let counted = |count: &item::Count| {
        let quantity = Quantity::from_micro(count.micro.filter(|micro| *micro > 0)?);
        (!count.vague).then(|| Counted { quantity, unit: count.unit.clone() })
    };
    let found: Vec<Counted> = item::counts(&folded, whole).iter().filter_map(counted).collect();
    let with_unit = found.iter().find(|one| !one.unit.is_empty()).or(found.first()).cloned();
    with_unit.or_else(|| {
        let first = number::at(&folded, folded.skip_spaces(0)).filter(|number| number.digits && number.micro > 0)?;
        let bare = folded.skip_spaces(first.end) >= folded.len();
        bare.then(|| Counted { quantity: Quantity::from_micro(first.micro), unit: String::new() })
    })
}

/// The number of a drawing that a text names: behind 图号 or "drawing", or a code with letters and digits, `DWG-2231`. A size as M8×30 is none.
pub fn drawing_in(text: &str) -> Option<String> {
    let folded = Folded::of(text);
    labelled_drawing(&folded).or_else(|| {
        let words = text.split(|letter: char| !is_of_code(letter));
        words.filter(|word| word.chars().count() >= 4).find(|word| is_code(word)).map(str::to_owned)
    })
}

fn is_of_code(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/')
}

/// Letters first, and digits; no size.
fn is_code(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit());
    let lower = word.to_ascii_lowercase();
    let size = lower.split_once('x').is_some_and(|(a, b)| digits(a.trim_start_matches(|c: char| c.is_ascii_alphabetic())) && digits(b));
    word.starts_with(|letter: char| letter.is_ascii_alphabetic()) && word.chars().any(|letter| letter.is_ascii_digit()) && !size
}

/// The number behind a word for a drawing.
fn labelled_drawing(text: &Folded) -> Option<String> {
    const LABELS: &[&str] =
        &["图纸编号", "图纸号", "图号", "图纸", "drawing number", "drawing no.", "drawing no", "drawing", "dwg no.", "dwg no", "dwg"];
    for place in 0..text.len() {
        let Some((label, end)) = text.longest(place, LABELS) else { continue };
        // DWG-2231 is all of the number.
        let mut start = if label == "dwg" { place } else { end };
        while matches!(text.at(start), ' ' | ':' | '#' | '-' | '_' | '为' | '是') {
            start += 1;
        }
        let mut end = start;
        while is_of_code(text.at(end)) {
            end += 1;
        }
        let said = text.said(Span::new(start, end));
        if said.chars().count() >= 2 && said.chars().any(|letter| letter.is_ascii_digit()) {
            return Some(said);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        // A Saturday.
        Date::parse("2026-11-21").unwrap()
    }

    /// INT-02: what is vague, and what only looks so.
    #[test]
    fn vague_words_are_told_from_those_that_are_not() {
        let check = |said: &str, expected: &str| {
            let found: Vec<String> =
                vague_words(said, today()).iter().map(|word| format!("{}={}", word.leaves.as_str(), word.said)).collect();
            assert_eq!(found.join(" "), expected, "{said}");
        };
        for (said, expected) in [
            // Days.
            ("尽快发货", "date=尽快"),
            ("越快越好", "date=越快越好"),
            ("急！客户催了", "date=急"),
            ("这单加急", "date=加急"),
            ("儘快", "date=儘快"),
            ("月中要", "date=月中"),
            ("下周送来", "date=下周"),
            ("12月15日左右到", "date=左右"),
            ("大概下周三", "date=大概"),
            ("We need it ASAP", "date=ASAP"),
            ("as soon as possible please", "date=as soon as possible"),
            ("urgent order", "date=urgent"),
            ("delivery next month", "date=next month"),
            ("around Dec 15", "date=around"),
            // Quantities.
            ("大概1000个", "quantity=大概"),
            ("1000个左右", "quantity=左右"),
            ("差不多两箱", "quantity=差不多"),
            ("约50吨", "quantity=约"),
            ("螺丝若干", "quantity=若干"),
            ("胶水适量", "quantity=适量"),
            ("先来几箱试试", "quantity=几"),
            ("大量采购", "quantity=大量"),
            ("about 40 cases", "quantity=about"),
            ("roughly 3 tons", "quantity=roughly"),
            ("some screws", "quantity=some"),
            ("a few pallets", "quantity=a few"),
            // What exactly.
            ("定制礼品盒", "drawing=定制"),
            ("非标件", "drawing=非标"),
            ("按图纸加工", "drawing=按图纸"),
            ("custom printed bags", "drawing=custom"),
            ("made to order frame", "drawing=made to order"),
            ("还是按老样子", "habit=老样子"),
            ("和上次一样", "habit=和上次一样"),
            ("send the usual", "habit=the usual"),
            ("same as last time", "habit=same as last time"),
            // Several at once.
            ("定制箱子大概500个，尽快", "drawing=定制 quantity=大概 date=尽快"),
            // Settled beside what is vague.
            ("尽快，最迟12月5日前", ""),
            ("ASAP, by Dec 10 at the latest", ""),
            ("定制，图号 DWG-2231", ""),
            ("custom part, drawing no. 88-104", ""),
            // What only looks vague.
            ("下周三送到", ""),
            ("12月15日前到货", ""),
            ("下周五之前", ""),
            ("不急", ""),
            ("不着急，年底再说", ""),
            ("急救箱20个", ""),
            ("紧急联系人王工", ""),
            ("3年前买过", ""),
            ("合约书已签", ""),
            ("预约安装", ""),
            ("左右两侧开孔", ""),
            ("上下两层", ""),
            ("下午一点到", ""),
            ("螺丝M8×30一百二十个", ""),
            ("20令双胶纸", ""),
            ("what about the invoice", ""),
            ("something else", ""),
            ("our customer in Hamburg", ""),
            ("customs clearance", ""),
            ("not urgent", ""),
            ("120 cases by Dec 15", ""),
            ("an unusual colour", ""),
        ] {
            check(said, expected);
        }
    }

    /// INT-02: a day, a quantity and a drawing are read where they are said, and only there.
    #[test]
    fn what_items_are_resolved_to() {
        let day = |said: &str| day_in(said, today()).map(|day| day.to_string()).unwrap_or_default();
        for (said, expected) in [
            ("下周三", "2026-11-25"),
            ("尽快，最迟12月5日", "2026-12-05"),
            ("by Dec 15", "2026-12-15"),
            ("2026-12-20", "2026-12-20"),
            ("12月15日左右", ""),
            ("尽快", ""),
            ("看情况", ""),
        ] {
            assert_eq!(day(said), expected, "{said}");
        }
        let quantity = |said: &str| quantity_in(said).map(|one| format!("{} {}", one.quantity.decimal(), one.unit)).unwrap_or_default();
        for (said, expected) in [
            ("20令", "20 令"),
            ("三百箱", "300 箱"),
            ("1,200 pcs", "1200 pcs"),
            ("500", "500 "),
            ("5-10箱", ""),
            ("几箱", ""),
            ("看情况", ""),
        ] {
            assert_eq!(quantity(said), expected, "{said}");
        }
        let drawing = |said: &str| drawing_in(said).unwrap_or_default();
        for (said, expected) in [
            ("DWG-2231", "DWG-2231"),
            ("图号：TZ2026-08", "TZ2026-08"),
            ("drawing no. 88-104", "88-104"),
            ("T1024 第3版", "T1024"),
            ("M8x30", ""),
            ("定制", ""),
            ("60x40", ""),
        ] {
            assert_eq!(drawing(said), expected, "{said}");
        }
    }
}
