//! Vague words: what people say instead of a day, a quantity or a drawing (INT-02).

use super::Span;
use super::folded::Folded;
use crate::codes::codes;

codes! {
    /// What a vague word leaves open.
    VagueField in "intake.field" {
        /// The day: 尽快.
        RequiredOn = "required_on",
        /// How many: 几箱, about 40.
        Quantity = "quantity",
        /// What exactly: 定制.
        SpecialRequirements = "special_requirements",
    }
}

/// A word that leaves a field open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vague {
    /// Which.
    pub field: VagueField,
    /// The word, as it was written.
    pub said: String,
    /// Where it stands.
    pub span: Span,
}

const SOON: &[&str] = &[
    "尽快",
    "尽早",
    "越快越好",
    "越早越好",
    "加急",
    "急用",
    "急需",
    "急要",
    "很急",
    "着急",
    "紧急",
    "特急",
    "马上",
    "立刻",
    "立即",
    "第一时间",
    "近期",
    "最近几天",
    "过几天",
    "过两天",
    "这几天",
    "这两天",
    "这阵子",
    "月初",
    "月中",
    "上旬",
    "中旬",
    "下旬",
    "节前",
    "年前",
    "有货就发",
    "asap",
    "a.s.a.p",
    "as soon as possible",
    "as soon as you can",
    "as early as possible",
    "urgent",
    "urgently",
    "immediately",
    "right away",
    "soonest",
    "at your earliest convenience",
    "sometime next week",
    "next week",
    "next month",
    "in the coming days",
    "in a few days",
    "下周内",
    "下周",
    "下个月",
    "下月",
    "越快越",
    "抓紧",
    "尽量快",
    "快点",
];

const ABOUT: &[&str] = &[
    "大概",
    "大约",
    "约",
    "差不多",
    "左右",
    "上下",
    "估计",
    "可能要",
    "若干",
    "一些",
    "一点",
    "少量",
    "适量",
    "一批",
    "about",
    "around",
    "approximately",
    "approx.",
    "approx",
    "roughly",
    "some",
    "a few",
    "several",
    "a couple of",
    "or so",
];

const CUSTOM: &[&str] = &[
    "定制",
    "订制",
    "定做",
    "订做",
    "非标",
    "来样",
    "按样品",
    "按图纸",
    "custom made",
    "custom-made",
    "customized",
    "customised",
    "customised",
    "custom",
    "made to order",
    "bespoke",
];

/// Finds the words, and takes out those that name no product.
pub(super) fn find(text: &mut Folded) -> Vec<Vague> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < text.len() {
        let Some((field, end)) = at(text, place) else {
            place += 1;
            continue;
        };
        let span = Span::new(place, end);
        found.push(Vague { field, said: text.said(span), span });
        if field != VagueField::SpecialRequirements {
            text.take(span);
        }
        place = end;
    }
    // One word for each field but quantities is enough to say it is open.
    let mut seen = Vec::new();
    found.retain(|word| {
        word.field == VagueField::Quantity
            || (!seen.contains(&word.field) && {
                seen.push(word.field);
                true
            })
    });
    found
}

pub(super) fn at(text: &Folded, place: usize) -> Option<(VagueField, usize)> {
    if let Some((word, end)) = text.longest(place, SOON) {
        return means_soon(text, place, word, end).then_some((VagueField::RequiredOn, end));
    }
    if text.at(place) == '急' {
        // Alone: 急!, 急急急
        let mut end = place;
        while text.at(end) == '急' {
            end += 1;
        }
        let alone = |letter: char| !letter.is_alphanumeric();
        if alone(text.before(place)) && alone(text.at(end)) {
            return Some((VagueField::RequiredOn, end));
        }
    }
    if let Some((word, end)) = text.longest(place, ABOUT) {
        let next = text.at(text.skip_spaces(end));
        let numeral = |letter: char| letter.is_ascii_digit() || "一二三四五六七八九十两百千半几".contains(letter);
        let fits = match word {
            "约" | "about" | "around" => {
                numeral(next) || (next.is_ascii_alphabetic() && super::number::at(text, text.skip_spaces(end)).is_some())
            }
            // Left and right, up and down.
            "左右" => !"两侧手对开各边".contains(text.at(end)),
            "上下" => !"两册班铺水层文游车级架楼".contains(text.at(end)),
            "一点" => !matches!(next, '五' | '二' | '三' | '八' | '半' | '钟') && !"午晚早晨".contains(text.before(place)),
            "some" => text.before(place) != '-',
            _ => true,
        };
        if fits {
            return Some((VagueField::Quantity, end));
        }
    }
    text.longest(place, CUSTOM).map(|(_, end)| (VagueField::SpecialRequirements, end))
}

/// Whether a word of haste is one where it stands: not 不着急, 紧急联系人, 3年前, not urgent.
fn means_soon(text: &Folded, place: usize, word: &str, end: usize) -> bool {
    let numeral = |letter: char| letter.is_ascii_digit() || super::number::is_han_numeral(letter);
    match word {
        "着急" | "急用" | "急需" => text.before(place) != '不',
        "紧急" => text.before(place) != '不' && text.longest(end, &["联系", "出口", "停", "制动", "照明"]).is_none(),
        "年前" => !numeral(text.before(place)),
        "urgent" => !(place >= 4 && text.has(place - 4, "not")),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vague_words_are_named_with_what_they_leave_open() {
        let check = |said: &str, expected: &str| {
            let found: Vec<String> =
                find(&mut Folded::of(said)).iter().map(|word| format!("{}={}", word.field.as_str(), word.said)).collect();
            assert_eq!(found.join(" "), expected, "{said}");
        };
        for (said, expected) in [
            ("尽快发，急", "required_on=尽快"),
            ("急！", "required_on=急"),
            ("儘快", "required_on=儘快"),
            ("大概1000个左右", "quantity=大概 quantity=左右"),
            ("定制礼品盒", "special_requirements=定制"),
            ("We need it ASAP", "required_on=ASAP"),
            ("about 40 cases", "quantity=about"),
            ("what about the invoice", ""),
            ("合约书", ""),
            ("Custom printed bags", "special_requirements=Custom"),
            ("something", ""),
        ] {
            check(said, expected);
        }
    }
}
