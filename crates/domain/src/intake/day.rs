//! Long because each way of naming a day stands beside the others, and its words are lists.
//!
//! Days as people name them: 下周三, 月底前, 10月15日, 后天, 三天内, by next Wednesday, before Oct 15, within 2 weeks.
//!
//! Weeks begin on Monday. A day of a month without a year that is over means the next time it comes.

use super::folded::{Folded, TAKEN};
use super::item::Item;
use super::{Found, Span, number};
use crate::date::Date;

/// A day that was named.
#[derive(Clone, Copy, Debug)]
struct Named {
    day: Date,
    span: Span,
    confidence: u8,
}

/// The days named in a message.
#[derive(Debug, Default)]
pub(super) struct Days {
    named: Vec<Named>,
}

/// How sure a day is that is only named, and one that is named as the day to deliver.
const NAMED: u8 = 80;
const WANTED: u8 = 95;

/// Finds the days and takes them out of the text.
pub(super) fn find(text: &mut Folded, today: Date) -> Days {
    let mut days = Days::default();
    let mut place = 0;
    while place < text.len() {
        let Some((day, end, sure)) = at(text, place, today) else {
            place += 1;
            continue;
        };
        let (span, wanted) = around(text, place, end);
        let before = text.slice(Span::new(text.line_start(place), place));
        let other =
            ["下单日", "订单日", "订货日", "制单日", "order date", "dated", "报价日"].iter().any(|word| before.ends_with_word(word));
        if !other && day >= today {
            let confidence = if wanted { WANTED } else { NAMED }.min(sure);
            days.named.push(Named { day, span: Span::new(place, end), confidence });
        }
        text.take(span);
        place = end.max(place + 1);
    }
    days
}

trait EndsWithWord {
    /// Whether the last words are these, whatever signs follow.
    fn ends_with_word(&self, word: &str) -> bool;
}

impl EndsWithWord for String {
    fn ends_with_word(&self, word: &str) -> bool {
        self.trim_end_matches(|letter: char| !letter.is_alphanumeric() || letter == '期').ends_with(word)
    }
}

/// Words before a day that say what it is for.
const BEFORE: &[&str] = &[
    "交货日期",
    "交货期",
    "交期",
    "到货日期",
    "送货日期",
    "要求到货",
    "需求日期",
    "最晚",
    "最迟",
    "必须在",
    "务必在",
    "赶在",
    "争取",
    "希望",
    "预计",
    "在",
    "于",
    "于是",
    "delivery date",
    "required date",
    "delivery",
    "deliver by",
    "deliver before",
    "needed by",
    "need it by",
    "needed",
    "required by",
    "due",
    "eta",
    "no later than",
    "not later than",
    "by",
    "before",
    "until",
    "on",
    "for",
];

/// Words behind it.
const BEHIND: &[&str] = &[
    "之前",
    "以前",
    "前",
    "到货",
    "交货",
    "送货",
    "发货",
    "送到",
    "送达",
    "到",
    "要货",
    "要",
    "交",
    "送",
    "发",
    "用",
    "左右",
    "的时候",
    "at the latest",
    "latest",
];

/// The span with the words around it that belong to it, and whether they say that goods are wanted then.
fn around(text: &Folded, place: usize, end: usize) -> (Span, bool) {
    let mut wanted = false;
    let mut start = place;
    loop {
        let mut back = start;
        while back > 0 && matches!(text.at(back - 1), ' ' | ':' | '-') {
            back -= 1;
        }
        let word = BEFORE.iter().filter(|word| {
            let count = word.chars().count();
            back >= count && text.has(back - count, word)
        });
        let Some(word) = word.max_by_key(|word| word.chars().count()) else { break };
        start = back - word.chars().count();
        wanted = true;
    }
    let mut behind = end;
    if let Some((word, after)) = text.longest(text.skip_spaces(end), BEHIND) {
        wanted = true;
        // 周五要20令: the word is said of the goods too, and does no harm there.
        if !matches!(word, "要" | "到" | "送" | "发" | "用" | "交") {
            behind = after;
        }
    }
    (Span::new(start, behind), wanted)
}

/// The day that begins there, behind it, and how sure it is.
fn at(text: &Folded, place: usize, today: Date) -> Option<(Date, usize, u8)> {
    if text.at(place) == TAKEN {
        return None;
    }
    dotted(text, place, today)
        .or_else(|| chinese_month(text, place, today))
        .or_else(|| end_of(text, place, today))
        .or_else(|| week_day(text, place, today))
        .or_else(|| word(text, place, today))
        .or_else(|| span_of_days(text, place, today))
        .or_else(|| bare_day(text, place, today))
        .or_else(|| english_month(text, place, today))
        .or_else(|| english_week(text, place, today))
}

/// A day of a month: this year's, or the next time it comes.
fn coming(today: Date, month: i64, day: i64) -> Option<Date> {
    let of = |year: i16| Date::of(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    match of(today.year()) {
        Some(date) if date >= today => Some(date),
        _ => of(today.year() + 1).or_else(|| of(today.year() + 2)),
    }
}

fn last_of(year: i16, month: i8) -> Option<Date> {
    (28..=31).rev().find_map(|day| Date::of(year, month, day))
}

/// So many months on, its year and number.
fn month_on(today: Date, months: i8) -> (i16, i8) {
    let month = today.month() - 1 + months;
    (today.year() + i16::from(month / 12), month % 12 + 1)
}

/// A whole number without a unit, up to four digits.
fn whole(text: &Folded, place: usize) -> Option<(i64, usize)> {
    let mut end = place;
    while text.at(end).is_ascii_digit() && end - place < 5 {
        end += 1;
    }
    let value = text.slice(Span::new(place, end)).parse().ok()?;
    (end - place <= 4).then_some((value, end))
}

/// A whole number, also in Chinese.
fn any_whole(text: &Folded, place: usize) -> Option<(i64, usize)> {
    let found = number::at(text, place)?;
    (found.micro % 1_000_000 == 0).then_some((found.micro / 1_000_000, found.end))
}

/// `2026-10-15`, `2026年10月15日`, `10/15`, `9.25前`.
fn dotted(text: &Folded, place: usize, today: Date) -> Option<(Date, usize, u8)> {
    let before = text.before(place);
    if !text.at(place).is_ascii_digit() || before.is_ascii_alphanumeric() || matches!(before, '/' | '-' | '.' | '#' | '_') {
        return None;
    }
    let (first, end) = whole(text, place)?;
    let sign = text.at(end);
    if !matches!(sign, '-' | '/' | '.' | '年') {
        return None;
    }
    let (second, end) = whole(text, text.skip_spaces(end + 1))?;
    let closes = |end: usize| {
        let end = if matches!(text.at(end), '日' | '号') { end + 1 } else { end };
        (!text.at(end).is_ascii_alphanumeric() && !matches!(text.at(end), '/' | '"' | '寸' | '%')).then_some(end)
    };
    if first > 1900 {
        let between = text.at(end);
        if !matches!(between, '-' | '/' | '.' | '月') {
            return None;
        }
        let (third, end) = whole(text, text.skip_spaces(end + 1))?;
        let date = Date::of(first.try_into().ok()?, second.try_into().ok()?, third.try_into().ok()?)?;
        return Some((date, closes(end)?, 99));
    }
    if matches!(sign, '/' | '.') && text.at(end) == sign && text.at(end + 1).is_ascii_digit() {
        let (year, end) = whole(text, end + 1)?;
        let year = if year < 100 { year + 2000 } else { year };
        let (month, day, sure) = if first > 12 { (second, first, 95) } else { (first, second, if second > 12 { 95 } else { 60 }) };
        let date = Date::of(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)?;
        return Some((date, closes(end)?, sure));
    }
    let end = closes(end)?;
    let (month, day) = if first > 12 { (second, first) } else { (first, second) };
    let sure = match sign {
        '/' => 92,
        // 9.25 may be anything, 9.25前 is a day.
        '.' if text.longest(text.skip_spaces(end), BEHIND).is_some() => 80,
        _ => return None,
    };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    Some((coming(today, month, day)?, end, sure))
}

/// `10月15日`, `十月十五号`, `9月底`.
fn chinese_month(text: &Folded, place: usize, today: Date) -> Option<(Date, usize, u8)> {
    let before = text.before(place);
    if before.is_ascii_digit() || before == '.' {
        return None;
    }
    let (month, end) = any_whole(text, place)?;
    let end = text.skip_spaces(end);
    if text.at(end) != '月' || !(1..=12).contains(&month) {
        return None;
    }
    let mut at = text.skip_spaces(end + 1);
    if text.at(at) == '份' {
        at += 1;
    }
    if matches!(text.at(at), '底' | '末') {
        let month = i8::try_from(month).ok()?;
        let this = last_of(today.year(), month)?;
        let date = if this >= today { this } else { last_of(today.year() + 1, month)? };
        return Some((date, at + 1, 95));
    }
    let (day, end) = any_whole(text, at)?;
    let sure = if matches!(text.at(end), '日' | '号') { 99 } else { 93 };
    Some((coming(today, month, day)?, if sure == 99 { end + 1 } else { end }, sure))
}

/// 本月底, 下月底, 月底, 年底, 下个月10号, end of the month.
fn end_of(text: &Folded, place: usize, today: Date) -> Option<(Date, usize, u8)> {
    const MONTHS: &[&str] = &["本月", "这个月", "这月", "当月", "下个月", "下月"];
    if let Some((word, end)) = text.longest(place, MONTHS) {
        let (year, month) = month_on(today, i8::from(word.starts_with('下')));
        let end = text.skip_spaces(end);
        if matches!(text.at(end), '底' | '末') {
            return Some((last_of(year, month)?, end + 1, 95));
        }
        let (day, end) = any_whole(text, end)?;
        let date = Date::of(year, month, day.try_into().ok()?)?;
        return matches!(text.at(end), '日' | '号').then_some((date, end + 1, 97));
    }
    if let Some((_, end)) =
        text.longest(place, &["月底", "月末", "end of the month", "end of this month", "end of month", "month end", "eom"])
    {
        return Some((last_of(today.year(), today.month())?, end, 92));
    }
    if let Some((_, end)) = text.longest(place, &["end of next month"]) {
        let (year, month) = month_on(today, 1);
        return Some((last_of(year, month)?, end, 92));
    }
    if let Some((_, end)) = text.longest(place, &["年底", "年末", "end of the year", "end of this year", "year end"]) {
        return Some((Date::of(today.year(), 12, 31)?, end, 88));
    }
    let (word, end) = text.longest(place, &["国庆", "元旦", "五一", "christmas"])?;
    let (month, day) = match word {
        "国庆" => (10, 1),
        "元旦" => (1, 1),
        "五一" => (5, 1),
        _ => (12, 25),
    };
    // Before the holiday is the day before it.
    let before = text.longest(end, &["节前", "之前", "以前", "前"]).is_some()
        || text.slice(Span::new(place.saturating_sub(7), place)).contains("before");
    let date = coming(today, month, day)?;
    Some((if before { date.plus_days(-1) } else { date }, end, 80))
}

/// Monday of the week of a day.
fn monday(day: Date) -> Date {
    day.plus_days(-i64::from(day.civil().weekday().to_monday_zero_offset()))
}

/// 周五, 这周五, 下周三, 下下星期一, 本周末.
fn week_day(text: &Folded, place: usize, today: Date) -> Option<(Date, usize, u8)> {
    const PREFIXES: &[(&str, Option<i64>)] = &[
        ("下下个", Some(2)),
        ("下下", Some(2)),
        ("下个", Some(1)),
        ("下", Some(1)),
        ("这个", Some(0)),
        ("这", Some(0)),
        ("本", Some(0)),
        ("", None),
    ];
    PREFIXES.iter().find_map(|(prefix, weeks)| {
        if !text.has(place, prefix) || (prefix.is_empty() && matches!(text.before(place), '上' | '每' | '下' | '本' | '这' | '个')) {
            return None;
        }
        let at = place + prefix.chars().count();
        let (_, at) = text.longest(at, &["星期", "礼拜", "周"])?;
        let day = match text.at(at) {
            '一' | '1' => 0,
            '二' | '2' => 1,
            '三' | '3' => 2,
            '四' | '4' => 3,
            '五' | '5' => 4,
            '六' | '6' => 5,
            '日' | '天' | '7' => 6,
            _ => return None,
        };
        // 一周一次, 周一百货: not days.
        if matches!(text.at(at + 1), '次' | '个' | '百' | '千') || text.at(at + 1).is_ascii_digit() {
            return None;
        }
        let this = monday(today).plus_days(day);
        let date = match weeks {
            Some(weeks) => this.plus_days(weeks * 7),
            None if this < today => this.plus_days(7),
            None => this,
        };
        Some((date, at + 1, 97))
    })
}

/// 明天, 后天, today, tomorrow.
fn word(text: &Folded, place: usize, today: Date) -> Option<(Date, usize, u8)> {
    const WORDS: &[(&str, i64)] = &[
        ("大后天", 3),
        ("后天", 2),
        ("明天", 1),
        ("明日", 1),
        ("明早", 1),
        ("明儿", 1),
        ("今天", 0),
        ("今日", 0),
        ("今晚", 0),
        ("听日", 1),
        ("the day after tomorrow", 2),
        ("day after tomorrow", 2),
        ("tomorrow", 1),
        ("tmr", 1),
        ("today", 0),
    ];
    let (found, days) = WORDS.iter().filter(|(word, _)| text.has(place, word)).max_by_key(|(word, _)| word.len())?;
    let end = place + found.chars().count();
    let sure = if *days == 0 { 75 } else { 95 };
    Some((today.plus_days(*days), end, sure))
}

/// 三天内, 两周之内, 10天后, 半个月内, within 2 weeks, in 3 days.
fn span_of_days(text: &Folded, place: usize, today: Date) -> Option<(Date, usize, u8)> {
    if text.before(place).is_ascii_alphanumeric() {
        return None;
    }
    if let Some((word, end)) = text.longest(place, &["within", "in"]) {
        let at = text.skip_spaces(end);
        let (count, end) = match text.longest(at, &["a", "one", "the next"]) {
            Some((_, end)) if text.at(end) == ' ' => (any_whole(text, text.skip_spaces(end)).map_or(1, |(n, _)| n), end),
            _ => any_whole(text, at)?,
        };
        let at = if text.at(end) == '-' { end + 1 } else { text.skip_spaces(end) };
        let (unit, end) =
            text.longest(at, &["days", "day", "working days", "business days", "weeks", "week", "months", "month", "hours"])?;
        let days = match unit {
            "working days" | "business days" => return Some((working(today, count), end, 85)),
            "weeks" | "week" => count * 7,
            "months" | "month" => count * 30,
            "hours" => (count + 23) / 24,
            _ => count,
        };
        return Some((today.plus_days(days), end, if word == "in" { 88 } else { 95 }));
    }
    let (count, at) = match text.longest(place, &["半个月", "半月"]) {
        Some((_, end)) => (15, end),
        None => {
            let (count, end) = any_whole(text, place)?;
            let (unit, end) =
                text.longest(text.skip_spaces(end), &["个工作日", "工作日", "天", "日", "周", "个星期", "星期", "个礼拜", "个月"])?;
            let count = match unit {
                "周" | "个星期" | "星期" | "个礼拜" => count * 7,
                "个月" => count * 30,
                "个工作日" | "工作日" => today.days_until(working(today, count)),
                _ => count,
            };
            (count, end)
        }
    };
    let (_, end) = text.longest(text.skip_spaces(at), &["之内", "以内", "内", "后", "之后", "以后", "左右"])?;
    Some((today.plus_days(count), end, 93))
}

/// So many days on, Saturdays and Sundays not counted.
fn working(today: Date, days: i64) -> Date {
    let mut day = today;
    for _ in 0..days.clamp(0, 400) {
        day = day.plus_days(1);
        while day.civil().weekday().to_monday_zero_offset() > 4 {
            day = day.plus_days(1);
        }
    }
    day
}

/// 20号前: only with a word that makes it a day, since 3号 is mostly a size.
fn bare_day(text: &Folded, place: usize, today: Date) -> Option<(Date, usize, u8)> {
    let before = text.before(place);
    if before.is_ascii_alphanumeric() || matches!(before, '月' | '-' | '/' | '.') {
        return None;
    }
    let (day, end) = any_whole(text, place)?;
    if !matches!(text.at(end), '号' | '日') || !(1..=31).contains(&day) {
        return None;
    }
    text.longest(end + 1, &["前", "之前", "以前", "到货", "交货", "送货", "送到", "送达", "发货", "要货", "左右"])?;
    let months = (0..3).filter_map(|months| {
        let (year, month) = month_on(today, months);
        Date::of(year, month, i8::try_from(day).ok()?)
    });
    let date = months.into_iter().find(|date| *date >= today)?;
    Some((date, end + 1, 88))
}

const MONTHS: [(&str, &str); 12] = [
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
];

/// The month whose name begins there, and behind it.
fn month_name(text: &Folded, place: usize) -> Option<(i64, usize)> {
    let found = (1..).zip(MONTHS).find_map(|(number, (long, short))| {
        let (_, end) = text.longest(place, &[long, short]).or_else(|| text.longest(place, if number == 9 { &["sept"] } else { &[] }))?;
        Some((number, end))
    })?;
    Some((found.0, if text.at(found.1) == '.' { found.1 + 1 } else { found.1 }))
}

/// `Oct 15`, `October 15th, 2026`, `15 October`, `end of October`.
fn english_month(text: &Folded, place: usize, today: Date) -> Option<(Date, usize, u8)> {
    if text.before(place).is_ascii_alphanumeric() || matches!(text.before(place), '/' | '-') {
        return None;
    }
    if let Some((_, end)) = text.longest(place, &["end of"]) {
        let (month, end) = month_name(text, text.skip_spaces(end))?;
        let month = i8::try_from(month).ok()?;
        let this = last_of(today.year(), month)?;
        return Some((if this >= today { this } else { last_of(today.year() + 1, month)? }, end, 92));
    }
    let (month, day, end) = if let Some((month, end)) = month_name(text, place) {
        let (day, end) = ordinal(text, text.skip_spaces(end))?;
        (month, day, end)
    } else {
        let (day, end) = ordinal(text, place)?;
        let mut at = text.skip_spaces(end);
        if let Some((_, end)) = text.longest(at, &["of"]) {
            at = text.skip_spaces(end);
        }
        let at = if text.at(at) == '-' { at + 1 } else { at };
        let (month, end) = month_name(text, at)?;
        (month, day, end)
    };
    let at = if matches!(text.at(end), ',' | '-') { text.skip_spaces(end + 1) } else { text.skip_spaces(end) };
    match whole(text, at) {
        Some((year, behind)) if (2000..2100).contains(&year) && !text.at(behind).is_ascii_alphanumeric() => {
            Some((Date::of(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)?, behind, 99))
        }
        _ => Some((coming(today, month, day)?, end, 97)),
    }
}

/// `15`, `15th`.
fn ordinal(text: &Folded, place: usize) -> Option<(i64, usize)> {
    let (_, at) = text.longest(place, &["the"]).map_or(("", place), |(word, end)| (word, text.skip_spaces(end)));
    let (day, end) = whole(text, at).filter(|(day, _)| (1..=31).contains(day))?;
    let behind = ["st", "nd", "rd", "th"].iter().find(|word| text.slice(Span::new(end, (end + 2).min(text.len()))) == **word);
    let end = if behind.is_some() { end + 2 } else { end };
    (!text.at(end).is_ascii_alphanumeric()).then_some((day, end))
}

/// `Friday`, `next Wednesday`, `this coming Monday`.
fn english_week(text: &Folded, place: usize, today: Date) -> Option<(Date, usize, u8)> {
    const DAYS: [&[&str]; 7] = [
        &["monday", "mon"],
        &["tuesday", "tue", "tues"],
        &["wednesday", "wed"],
        &["thursday", "thu", "thurs"],
        &["friday", "fri"],
        &["saturday", "sat"],
        &["sunday", "sun"],
    ];
    let (prefix, at) = text.longest(place, &["next", "this coming", "this", "coming", "the coming"]).unwrap_or(("", place));
    let at = text.skip_spaces(at);
    let (day, end) = (0_i64..).zip(DAYS).find_map(|(day, words)| text.longest(at, words).map(|(_, end)| (day, end)))?;
    if text.has(place.saturating_sub(5), "last ") {
        return None;
    }
    let this = monday(today).plus_days(day);
    let coming = if this < today { this.plus_days(7) } else { this };
    let date = if prefix == "next" { this.plus_days(7) } else { coming };
    Some((date, end, if prefix == "next" { 93 } else { 95 }))
}

impl Days {
    /// Where days are named.
    pub(super) fn spans(&self) -> Vec<Span> {
        self.named.iter().map(|named| named.span).collect()
    }

    /// The surest day, the first of them.
    pub(super) fn surest(&self) -> Option<Date> {
        let best = self.named.iter().map(|named| named.confidence).max()?;
        self.named.iter().find(|named| named.confidence == best).map(|named| named.day)
    }

    /// The day the goods are wanted: the surest that is named, the first of them.
    pub(super) fn wanted(&mut self, items: &[Item]) -> Option<Found<Date>> {
        let best = self.named.iter().map(|named| named.confidence).max()?;
        let sure: Vec<&Named> = self.named.iter().filter(|named| named.confidence + 10 >= best).collect();
        let first = sure.first()?;
        // Where several days are as good, which of them is meant is for a person to say.
        let several = sure.iter().any(|named| named.day != first.day);
        let confidence = if several { first.confidence.min(55) } else { first.confidence };
        let confidence = if items.is_empty() { confidence.min(60) } else { confidence };
        Some(Found::new(first.day, confidence, first.span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_name_them() {
        // A Wednesday.
        let today = Date::parse("2026-09-16").unwrap();
        let check = |said: &str, expected: &str| {
            let mut text = Folded::of(said);
            let found: Vec<String> = find(&mut text, today).named.iter().map(|named| named.day.to_string()).collect();
            assert_eq!(found.join(" "), expected, "{said}");
        };
        for (said, expected) in [
            ("下周三送到", "2026-09-23"),
            ("这周五之前", "2026-09-18"),
            ("周一要", "2026-09-21"),
            ("周三", "2026-09-16"),
            ("下下周一前", "2026-09-28"),
            ("下星期五前送到", "2026-09-25"),
            ("本周日", "2026-09-20"),
            ("月底前", "2026-09-30"),
            ("本月底", "2026-09-30"),
            ("下月底", "2026-10-31"),
            ("9月底前", "2026-09-30"),
            ("10月15日前到货", "2026-10-15"),
            ("十月十五号前", "2026-10-15"),
            ("10/15", "2026-10-15"),
            ("1月20日", "2027-01-20"),
            ("8月底", "2027-08-31"),
            ("后天", "2026-09-18"),
            ("大後天", "2026-09-19"),
            ("三天内", "2026-09-19"),
            ("两周之内", "2026-09-30"),
            ("半个月内", "2026-10-01"),
            ("3个工作日内", "2026-09-21"),
            ("20号前", "2026-09-20"),
            ("10号前", "2026-10-10"),
            ("下个月10号", "2026-10-10"),
            ("3号纸箱要100个", ""),
            ("2026-10-10", "2026-10-10"),
            ("2026年10月10日", "2026-10-10"),
            ("9.25前", "2026-09-25"),
            ("1.5吨", ""),
            ("24V/10A", ""),
            ("国庆节前", "2026-09-30"),
            ("年底", "2026-12-31"),
            ("by next Wednesday", "2026-09-23"),
            ("by Friday", "2026-09-18"),
            ("before Oct 15", "2026-10-15"),
            ("October 15th, 2026", "2026-10-15"),
            ("on the 5th of October", "2026-10-05"),
            ("15 Oct 2026", "2026-10-15"),
            ("within 2 weeks", "2026-09-30"),
            ("in 3 days", "2026-09-19"),
            ("tomorrow", "2026-09-17"),
            ("end of next month", "2026-10-31"),
            ("by the end of the month", "2026-09-30"),
            ("end of October", "2026-10-31"),
            ("30/9/2026", "2026-09-30"),
            ("下单日期：2026-09-16", ""),
            ("you may send 15 boxes", ""),
            ("2月30日", ""),
        ] {
            check(said, expected);
        }
    }
}
