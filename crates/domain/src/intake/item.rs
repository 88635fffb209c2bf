//! Long because its lists of words are.
//!
//! What is ordered: the words that name a product, with the quantity beside them.

use super::folded::{Folded, TAKEN, is_han, phrase_key};
use super::letter::Letter;
use super::unit::{self, Strength};
use super::vague::{Vague, VagueField};
use super::{Found, LINES_MAX, Span, number};
use crate::quantity::Quantity;
use crate::unit_price::UnitPrice;

/// A price that was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Of one unit.
    pub value: UnitPrice,
    /// Where it stands.
    pub span: Span,
}

/// Something that is ordered, before it is known which product is meant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The words before the quantity.
    pub before: Option<Found<String>>,
    /// The words behind it.
    pub after: Option<Found<String>>,
    /// How many, as said; nothing where the words leave it open.
    pub quantity: Option<Found<Quantity>>,
    /// In which unit, as said; empty where none was.
    pub unit: String,
    /// Whether a vague word leaves open how many.
    pub vague: bool,
    /// A price that was named with it.
    pub price: Option<Price>,
    /// Items of one part of a sentence have the same number.
    pub part: usize,
}

/// A quantity in the text.
#[derive(Clone, Debug)]
pub(super) struct Count {
    span: Span,
    /// Nothing: 几箱.
    pub(super) micro: Option<i64>,
    pub(super) unit: String,
    strength: Strength,
    /// 两三箱, 5-10箱.
    pub(super) vague: bool,
}

/// Finds what is ordered.
pub(super) fn find(text: &mut Folded, letter: &Letter, vague: &mut Vec<Vague>) -> Vec<Item> {
    let prices = prices(text);
    number_lists(text);
    let mut items: Vec<Item> = Vec::new();
    let mut loose: Option<Found<String>> = None;
    for (number, part) in parts(text, letter).into_iter().enumerate() {
        let counts = chosen(text, part, counts(text, part));
        if counts.is_empty() {
            let Some(phrase) = phrase(text, part) else { continue };
            // A quantity that stands alone before it: 20箱，A4纸
            if let Some(last) = items.last_mut().filter(|last| last.before.is_none() && last.after.is_none() && last.part + 1 == number) {
                last.after = Some(phrase);
                continue;
            }
            items.extend(loose.take().map(|before| Item { before: Some(before), part: usize::MAX, ..Item::default() }));
            loose = Some(phrase);
            continue;
        }
        let mut from = part.start;
        for (place, count) in counts.iter().enumerate() {
            let next = counts.get(place + 1).map_or(part.end, |next| next.span.start);
            let before = phrase(text, Span::new(from, count.span.start));
            let after = phrase(text, Span::new(count.span.end, next));
            from = count.span.end;
            let mut item = Item { before, after, unit: count.unit.clone(), part: number, ..Item::default() };
            item.quantity = count.micro.map(|micro| Found::new(Quantity::from_micro(micro), sureness(count), count.span));
            mark_vague(text, count, &mut item, vague);
            // A quantity on its own belongs to what was said just before.
            if place == 0 && item.before.is_none() && (item.after.is_none() || counts.len() == 1) {
                match (loose.take(), item.after.is_none()) {
                    (before, true) => item.before = before,
                    (Some(before), false) if nearer(text, &before, count.span) => item.before = Some(before),
                    (before, false) => {
                        items.extend(before.map(|before| Item { before: Some(before), part: usize::MAX, ..Item::default() }))
                    }
                }
            }
            items.push(item);
        }
        items.extend(loose.take().map(|before| Item { before: Some(before), part: usize::MAX, ..Item::default() }));
    }
    items.extend(loose.map(|before| Item { before: Some(before), part: usize::MAX, ..Item::default() }));
    vague.retain(|word| word.field != VagueField::Quantity || near(&items, word.span).is_some());
    items.truncate(LINES_MAX);
    give_prices(text, &mut items, prices);
    items
}

/// Whether a phrase stands in the same line, right before a place.
fn nearer(text: &Folded, phrase: &Found<String>, span: Span) -> bool {
    phrase.span.end <= span.start && span.start - phrase.span.end <= 4 && !text.slice(Span::new(phrase.span.end, span.start)).contains('\n')
}

fn sureness(count: &Count) -> u8 {
    match (count.vague, count.strength) {
        (true, _) => 50,
        (_, Strength::Count) => 97,
        (_, Strength::Measure) => 92,
        (_, Strength::Bare) => 65,
    }
}

/// The item whose quantity a vague word stands beside.
fn near(items: &[Item], span: Span) -> Option<usize> {
    items
        .iter()
        .position(|item| item.vague && item.quantity.as_ref().is_none_or(|q| span.start <= q.span.end + 4 && q.span.start <= span.end + 4))
}

fn mark_vague(text: &Folded, count: &Count, item: &mut Item, vague: &mut Vec<Vague>) {
    if count.vague || count.micro.is_none() {
        item.vague = true;
        vague.push(Vague { field: VagueField::Quantity, said: text.said(count.span), span: count.span });
    }
    let beside = |word: &&Vague| {
        word.field == VagueField::Quantity && word.span.start <= count.span.end + 3 && count.span.start <= word.span.end + 3
    };
    if vague.iter().any(|word| beside(&word)) {
        item.vague = true;
        if let Some(quantity) = &mut item.quantity {
            quantity.confidence = quantity.confidence.min(60);
        }
    }
}

/// Takes the numbers of a list out of the beginnings of its lines.
fn number_lists(text: &mut Folded) {
    for line in text.lines() {
        let start = text.skip_spaces(line.start);
        if matches!(text.at(start), '①'..='⑳') {
            text.take(Span::new(start, start + 1));
            continue;
        }
        let open = usize::from(text.at(start) == '(');
        let mut end = start + open;
        while text.at(end).is_ascii_digit() {
            end += 1;
        }
        let digits = end - start - open;
        let closes = matches!(text.at(end), '、' | ')') || (text.at(end) == '.' && !text.at(end + 1).is_ascii_digit());
        if (1..=2).contains(&digits) && closes {
            text.take(Span::new(start, end + 1));
        }
    }
}

/// The parts of sentences that are about what is ordered.
fn parts(text: &Folded, letter: &Letter) -> Vec<Span> {
    const BETWEEN: &[&str] =
        &["and", "plus", "also", "as well as", "另外", "再加", "还要", "还有", "以及", "外加", "再来", "再要", "另要", "加上"];
    let mut parts = Vec::new();
    let (mut start, mut place) = (0, 0);
    while place <= text.len() {
        let letter_here = text.at(place);
        let over = match letter_here {
            '\n' | ';' | '。' | '、' | '!' | '?' | TAKEN => 1,
            ',' => usize::from(!(text.before(place).is_ascii_digit() && text.at(place + 1).is_ascii_digit())),
            '.' => usize::from(!text.at(place + 1).is_alphanumeric()),
            _ => text.longest(place, BETWEEN).map_or(0, |(_, end)| end - place),
        };
        if over > 0 || place == text.len() {
            let span = text.trim(Span::new(start, place));
            if span.start < span.end && !letter.is_apart(span.start) {
                parts.push(span);
            }
            start = place + over.max(1);
            place = start;
        } else {
            place += 1;
        }
    }
    parts
}

/// Every number in a part that may be how many are ordered.
pub(super) fn counts(text: &Folded, part: Span) -> Vec<Count> {
    let mut found = Vec::new();
    let mut place = part.start;
    while place < part.end {
        match count_at(text, place, part) {
            Some(count) => {
                place = count.span.end;
                found.push(count);
            }
            None => place += 1,
        }
    }
    found
}

/// The start of 数量, 共, x before a number.
fn label(text: &Folded, place: usize, part: Span) -> Option<usize> {
    let mut back = place;
    while back > part.start && matches!(text.at(back - 1), ' ' | ':' | '.' | '\t' | '-' | '=') {
        back -= 1;
    }
    let word = ["数量", "订购数量", "采购数量", "qty", "quantity", "共", "共计", "合计", "q'ty", "订货量", "各"].iter().find(|word| {
        let count = word.chars().count();
        back >= part.start + count && text.has(back - count, word)
    });
    if let Some(word) = word {
        return Some(back - word.chars().count());
    }
    // x 24, 电源模块x24; not M8x30.
    let sign = back > part.start && matches!(text.at(back - 1), 'x' | '*');
    let size = |letter: char| letter.is_ascii_alphanumeric();
    if sign && back > part.start + 1 && !size(text.at(back - 2)) {
        return Some(back - 1);
    }
    None
}

/// 几箱, 十几台.
fn some_at(text: &Folded, place: usize) -> Option<Count> {
    if !(matches!(text.at(place), '几' | '数') || text.has(place, "十几")) {
        return None;
    }
    let mut at = place;
    while matches!(text.at(at), '几' | '数' | '十' | '百' | '千') {
        at += 1;
    }
    let (unit, end, _) = unit::at(text, at)?;
    Some(Count { span: Span::new(place, end), micro: None, unit, strength: Strength::Count, vague: true })
}

fn count_at(text: &Folded, place: usize, part: Span) -> Option<Count> {
    if let Some(some) = some_at(text, place) {
        return Some(some);
    }
    let before = text.before(place);
    let digit = text.at(place).is_ascii_digit();
    let size = if digit {
        before.is_ascii_digit() || matches!(before, '.' | '/' | '#') || before.is_ascii_alphabetic() && before != 'x'
    } else {
        number::is_han_numeral(before) || before.is_ascii_alphabetic() && text.at(place).is_ascii()
    };
    let joined = digit && before == '-' && place >= 2 && text.at(place - 2).is_ascii_alphanumeric();
    let label = label(text, place, part);
    if (size || joined || (before == 'x' && label.is_none())) && place > part.start {
        return None;
    }
    let first = number::at(text, place)?;
    let (mut numeral, mut vague) = (first, about(text, place, first.end));
    if first.digits && matches!(text.at(first.end), '-' | '~' | '至' | '到') && text.at(first.end + 1).is_ascii_digit() {
        // 5-10箱: how many is open.
        if let Some(second) = number::at(text, first.end + 1).filter(|second| unit::at(text, text.skip_spaces(second.end)).is_some()) {
            (numeral, vague) = (second, true);
        }
    }
    let start = label.unwrap_or(place);
    let at = text.skip_spaces(numeral.end);
    let size_unit = at > numeral.end && !numeral.digits && !text.at(at).is_ascii();
    if let Some((unit, end, strength)) = unit::at(text, at).filter(|_| !size_unit) {
        // 一吨半, 两箱半 are and a half.
        let half = text.at(end) == '半' && matches!(text.at(end + 1), '\n' | ' ' | ',' | '。' | '的' | TAKEN);
        let micro = numeral.micro + if half { 500_000 } else { 0 };
        let end = if half { end + 1 } else { end };
        let strength = if label.is_some() { Strength::Count } else { strength };
        let end = bracket_end(text, end);
        return Some(Count { span: Span::new(start, end), micro: Some(micro), unit, strength, vague });
    }
    if !numeral.digits {
        return None;
    }
    // 24 x Chai
    if text.at(at) == 'x' && text.at(at + 1) == ' ' && at > numeral.end {
        return Some(Count {
            span: Span::new(start, at + 1),
            micro: Some(numeral.micro),
            unit: String::new(),
            strength: Strength::Count,
            vague,
        });
    }
    let next = text.at(numeral.end);
    let alone =
        !(next.is_alphanumeric() || matches!(next, '/' | '-' | '.' | '%' | '"' | '\'' | '#' | 'x' | '*' | ':')) || numeral.end >= part.end;
    if label.is_some() && alone {
        return Some(Count {
            span: Span::new(start, numeral.end),
            micro: Some(numeral.micro),
            unit: String::new(),
            strength: Strength::Count,
            vague,
        });
    }
    let free = place == part.start || matches!(before, ' ' | '\t' | ':' | '-' | '=' | '|');
    (alone && free).then(|| Count {
        span: Span::new(place, numeral.end),
        micro: Some(numeral.micro),
        unit: String::new(),
        strength: Strength::Bare,
        vague,
    })
}

/// Behind a bracket that closes right behind a quantity: (20箱).
fn bracket_end(text: &Folded, end: usize) -> usize {
    if text.at(end) == ')' { end + 1 } else { end }
}

/// 两三箱: two digits one behind the other.
fn about(text: &Folded, place: usize, end: usize) -> bool {
    let pairs = ["一两", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"];
    end == place + 2 && pairs.contains(&text.slice(Span::new(place, end)).as_str())
}

/// Of the numbers of a part those that are how many are ordered, the others are sizes.
fn chosen(text: &Folded, part: Span, mut counts: Vec<Count>) -> Vec<Count> {
    let strongest = counts.iter().map(|count| count.strength).max();
    match strongest {
        Some(Strength::Count) => {
            counts.retain(|count| count.strength != Strength::Bare);
            let mut kept: Vec<Count> = Vec::new();
            for (place, count) in counts.iter().enumerate() {
                if count.strength == Strength::Measure {
                    let from = kept.last().map_or(part.start, |count| count.span.end);
                    let next = counts.get(place + 1).map_or(part.end, |next| next.span.start);
                    let between = phrase(text, Span::new(from, count.span.start)).is_some()
                        && phrase(text, Span::new(count.span.end, next)).is_some();
                    if !between {
                        continue;
                    }
                }
                kept.push(count.clone());
            }
            kept
        }
        Some(Strength::Measure) => {
            counts.retain(|count| count.strength == Strength::Measure);
            // 25kg袋装 2吨: the last one; each where words stand between.
            let several = counts.windows(2).all(|two| phrase(text, Span::new(two[0].span.end, two[1].span.start)).is_some());
            if several { counts } else { counts.pop().into_iter().collect() }
        }
        Some(Strength::Bare) => {
            // The last that has words before it; a table's cells come in that order.
            let found = counts.into_iter().rev().find(|count| phrase(text, Span::new(part.start, count.span.start)).is_some());
            found.filter(|count| count.micro.is_some_and(|micro| micro > 0)).into_iter().collect()
        }
        None => counts,
    }
}

/// Words at the ends of a phrase that name no product.
const IDLE: &[&str] = &[
    "我们要",
    "我们需要",
    "我要",
    "我想要",
    "想要",
    "需要",
    "还需",
    "需",
    "要订",
    "想订",
    "想订购",
    "订购",
    "订货",
    "订",
    "下单",
    "下个单",
    "下一单",
    "采购",
    "购买",
    "想买",
    "买",
    "预订",
    "追加",
    "补货",
    "补",
    "帮我",
    "帮忙",
    "麻烦",
    "请",
    "安排",
    "发货",
    "发",
    "送货",
    "送",
    "来",
    "拿",
    "给我",
    "给",
    "要货",
    "要",
    "的",
    "规格",
    "型号",
    "品名",
    "名称",
    "产品",
    "货号",
    "编号",
    "数量",
    "共",
    "共计",
    "一共",
    "总共",
    "合计",
    "和",
    "跟",
    "与",
    "及",
    "加",
    "再",
    "另",
    "还",
    "各",
    "先",
    "都",
    "是",
    "那种",
    "这种",
    "那个",
    "这个",
    "老样子",
    "您好",
    "你好",
    "我",
    "我们",
    "这边",
    "一下",
    "想",
    "做",
    "了",
    "吧",
    "哈",
    "呢",
    "啊",
    "哦",
    "呀",
    "谢谢",
    "大概",
    "按",
    "照",
    "每",
    "那款",
    "这款",
    "以下",
    "如下",
    "清单",
    "订单",
    "客户",
    "公司",
    "今",
    "急",
    "补发",
    "能到吗",
    "可以吗",
    "有货吗",
    "有吗",
    "想訂",
    "将",
    "麻烦您",
    "定",
    "预定",
    "叫",
    "入",
    "拎",
    "张",
    "we",
    "would",
    "like",
    "to",
    "order",
    "please",
    "send",
    "us",
    "need",
    "want",
    "the",
    "a",
    "an",
    "of",
    "for",
    "with",
    "our",
    "your",
    "and",
    "i",
    "i'd",
    "we'd",
    "can",
    "you",
    "could",
    "get",
    "me",
    "ship",
    "deliver",
    "hi",
    "hello",
    "dear",
    "yes",
    "ok",
    "go",
    "ahead",
    "supply",
    "following",
    "items",
    "item",
    "quote",
    "requires",
    "require",
    "needs",
    "wants",
    "are",
    "is",
    "it",
    "more",
    "another",
    "some",
    "purchase",
    "buy",
    "also",
    "qty",
    "quantity",
    "each",
    "units",
    "this",
    "from",
    "about",
    "looking",
    "place",
    "an order",
    "order for",
    "new",
    "request",
    "by",
    "in",
    "at",
    "on",
];

/// What names something between two places, without idle words at its ends.
fn phrase(text: &Folded, span: Span) -> Option<Found<String>> {
    let mut span = text.trim(span);
    loop {
        let rest = span;
        if let Some((_, end)) = IDLE
            .iter()
            .filter(|word| text.has(span.start, word))
            .map(|word| (word, span.start + word.chars().count()))
            .max_by_key(|(_, end)| *end)
            && end <= span.end
            && !name_of_product(text, span, end)
        {
            span = text.trim(Span::new(end, span.end));
        }
        let behind = IDLE.iter().filter_map(|word| {
            let count = word.chars().count();
            (span.end >= span.start + count && text.has(span.end - count, word)).then_some(count)
        });
        if let Some(count) = behind.max() {
            span = text.trim(Span::new(span.start, span.end - count));
        }
        if span == rest || span.start >= span.end {
            break;
        }
    }
    let words = text.slice(span);
    let letters = words.chars().filter(|letter| letter.is_alphanumeric()).count();
    // One letter names nothing, but one Chinese character may.
    let enough = letters >= 2 || words.chars().any(|letter| is_han(letter) && !"个只件台套".contains(letter));
    (span.start < span.end && enough && !phrase_key(&words).is_empty()).then(|| Found::new(text.said(span), 0, span))
}

/// A single idle character before more of a word: 定制, 发泡, 来样, 加厚, 和田.
fn name_of_product(text: &Folded, span: Span, end: usize) -> bool {
    end == span.start + 1 && {
        let pair = text.slice(Span::new(span.start, (span.start + 2).min(span.end)));
        [
            "定制", "定做", "发泡", "发电", "发动", "来样", "加厚", "加热", "加湿", "加固", "加长", "和田", "和纸", "张力", "订书", "订制",
            "按摩", "按键", "按钮", "送料", "送风", "再生", "给水", "补光", "补偿", "急停", "急救", "照明", "各色",
        ]
        .contains(&pair.as_str())
    }
}

/// Every price in the text; they are taken out.
fn prices(text: &mut Folded) -> Vec<Price> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < text.len() {
        let Some((price, span)) = price_at(text, place) else {
            place += 1;
            continue;
        };
        text.take(span);
        place = span.end;
        found.push(price);
    }
    found
}

fn price_at(text: &Folded, place: usize) -> Option<(Price, Span)> {
    const LABELS: &[&str] = &["单价", "价格", "价", "@", "unit price", "price", "at"];
    if !text.at(place).is_ascii_digit() || text.before(place).is_ascii_digit() || text.before(place) == '.' {
        return None;
    }
    let number = number::at(text, place)?;
    let mut start = place;
    let sign = matches!(text.before(place), '¥' | '$' | '€' | '￥' | '£');
    if sign {
        start -= 1;
    }
    let at = text.skip_spaces(number.end);
    let money = text.longest(at, &["元", "块钱", "块", "rmb", "cny", "usd", "eur", "美元", "欧元"]).map(|(_, end)| end);
    let mut end = money.unwrap_or(number.end);
    let mut back = start;
    while back > 0 && matches!(text.at(back - 1), ' ' | ':') {
        back -= 1;
    }
    let labelled = LABELS
        .iter()
        .filter(|word| back >= word.chars().count() && text.has(back - word.chars().count(), word))
        .map(|word| word.chars().count())
        .max();
    let per_unit = back >= 2 && text.at(back - 2) == '每' && unit::at(text, back - 1).is_some();
    let plain = labelled.is_some() && back > 0 && !(text.has(back.saturating_sub(2), "at") && money.is_none() && !sign);
    if !sign && money.is_none() && !plain {
        return None;
    }
    if let Some(count) = labelled {
        start = back - count;
    }
    if per_unit {
        start = back - 2;
    }
    if text.at(end) == '/' {
        end = unit::at(text, end + 1).map_or(end, |(_, end, _)| end);
    }
    if let Some((_, behind)) = text.longest(text.skip_spaces(end), &["each", "per unit", "一台", "一个", "一箱", "一件", "含税"])
    {
        end = behind;
    }
    Some((Price { value: UnitPrice::from_micro(number.micro), span: Span::new(place, number.end) }, Span::new(start, end)))
}

/// Gives each price to the item it stands with: the last before it in its line, else the first behind.
fn give_prices(text: &Folded, items: &mut [Item], prices: Vec<Price>) {
    for price in prices {
        let line = Span::new(text.line_start(price.span.start), text.line_end(price.span.start));
        let within = |item: &Item| item.quantity.as_ref().map(|q| q.span.start).filter(|start| (line.start..line.end).contains(start));
        let place = items.iter().rposition(|item| within(item).is_some_and(|start| start < price.span.start));
        let place = place.or_else(|| items.iter().position(|item| within(item).is_some()));
        if let Some(item) = place.and_then(|place| items.get_mut(place)).filter(|item| item.price.is_none()) {
            item.price = Some(price);
        }
    }
}
