//! Reads what people write into tables: numbers, dates, shares, yes and no, codes by any of their names.

use std::collections::HashMap;

use domain::{Conversion, Date, FieldRule, ImportRule, Language, ParseError, Quantity, Rate, Reason, UnitPrice, text};

use super::field::Takes;
use super::sheet::Cell;

/// A value that was understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, a code of a master, or a name.
    Text(String),
    /// An amount, read once its currency is known.
    Decimal(String),
    /// A unit price.
    UnitPrice(UnitPrice),
    /// An exchange rate.
    Conversion(Conversion),
    /// A quantity.
    Quantity(Quantity),
    /// A share.
    Rate(Rate),
    /// A date.
    Date(Date),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A code of a set.
    Code(&'static str),
}

/// How numbers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Point {
    /// 1,234.50
    #[default]
    Point,
    /// 1.234,50
    Comma,
}

/// How shares are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Share {
    /// 15 or 15 % is 15 %.
    #[default]
    Percent,
    /// 0.15 is 15 %; what carries a percent sign is a percentage all the same.
    Fraction,
}

/// How a field is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Style {
    /// Numbers.
    pub point: Point,
    /// Shares.
    pub share: Share,
    /// Dates: `dd/mm/yyyy`, or `excel` for day numbers; empty for the forms nobody can misread.
    pub date: String,
}

/// Why a value was not understood.
type Wrong = Reason;

/// Every name of the codes of a set, in all languages, and the codes themselves.
#[derive(Debug, Default)]
pub struct Names(HashMap<&'static str, HashMap<String, &'static str>>);

impl Names {
    /// The code that is written or named.
    fn find(&mut self, group: &'static str, codes: fn() -> Vec<&'static str>, written: &str) -> Option<&'static str> {
        let names = self.0.entry(group).or_insert_with(|| {
            let mut names = HashMap::new();
            for code in codes() {
                names.insert(plain(code), code);
                for language in Language::ALL {
                    names.entry(plain(&text(*language, &format!("{group}.{code}"), &[]))).or_insert(code);
                }
            }
            names
        });
        names.get(&plain(written)).copied()
    }

    /// Understands a text as what a field takes.
    ///
    /// # Errors
    /// Why it is not that.
    pub fn read(&mut self, takes: Takes, style: &Style, written: &str) -> Result<Value, Wrong> {
        match takes {
            Takes::Text | Takes::Customer | Takes::Product | Takes::Warehouse | Takes::User => Ok(Value::Text(written.to_owned())),
            Takes::Money | Takes::Amount => decimal(written, style.point).map(Value::Decimal),
            Takes::UnitPrice => Ok(Value::UnitPrice(UnitPrice::parse(&decimal(written, style.point)?)?)),
            Takes::Conversion => Ok(Value::Conversion(Conversion::parse(&decimal(written, style.point)?)?)),
            Takes::Quantity => Ok(Value::Quantity(Quantity::parse(&decimal(written, style.point)?)?)),
            Takes::Rate => share(written, style).map(Value::Rate),
            Takes::Date => date(written, &style.date).map(Value::Date),
            Takes::Int => {
                let number = decimal(written, style.point)?;
                let whole = number
                    .split_once('.')
                    .map_or(number.as_str(), |(whole, rest)| if rest.bytes().all(|digit| digit == b'0') { whole } else { "" });
                whole.parse().map(Value::Int).map_err(|_| ImportRule::NotWhole.into())
            }
            Takes::Bool => truth(written).map(Value::Bool).ok_or_else(|| ImportRule::NotYesOrNo.into()),
            Takes::Choice(group, codes) => {
                let unknown = || Wrong::from(FieldRule::UnknownChoice { value: written.to_owned() });
                self.find(group, codes, written).map(Value::Code).ok_or_else(unknown)
            }
        }
    }

    /// Understands a cell as what a field takes; nothing where it is empty.
    ///
    /// # Errors
    /// Why it is not that.
    pub fn read_cell(&mut self, takes: Takes, style: &Style, cell: &Cell) -> Result<Option<Value>, Wrong> {
        match (cell, takes) {
            (Cell::Empty, _) => Ok(None),
            (Cell::Error(_), _) => Err(ImportRule::CellHasError.into()),
            (Cell::Date(date), Takes::Date) => Ok(Some(Value::Date(*date))),
            (Cell::Bool(truth), Takes::Bool) => Ok(Some(Value::Bool(*truth))),
            // A number cell has a point whatever the file's numbers look like.
            (Cell::Number(number), Takes::Date) if style.date != "excel" && number.len() < 8 => Err(ImportRule::DateIsANumber.into()),
            (Cell::Number(number), Takes::Text) if number.len() > 15 && !number.contains('.') => Err(ImportRule::NumberLostDigits.into()),
            (Cell::Number(number), _) => self.read(takes, &Style { point: Point::Point, ..style.clone() }, number).map(Some),
            (cell, _) => self.read(takes, style, cell.written()).map(Some),
        }
    }
}

/// A name without what people write differently: case, spaces, marks of required columns, wide letters.
pub fn plain(name: &str) -> String {
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    };
    let kept = |letter: &char| !letter.is_whitespace() && !['*', ':', '_', '-', '\u{feff}'].contains(letter);
    name.chars().map(narrow).filter(kept).flat_map(char::to_lowercase).collect()
}

/// Signs of currencies that may stand beside an amount.
const SIGNS: [&str; 8] = ["NT$", "HK$", "US$", "RMB", "¥", "￥", "$", "元"];

/// A plain decimal of what people write: separators between thousands, signs of currencies, `1E+05`.
///
/// # Errors
/// `number.not_a_number`.
pub fn decimal(written: &str, point: Point) -> Result<String, Wrong> {
    let wrong = || Wrong::from(ParseError::new("number.not_a_number"));
    let mut number: String = written.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{a0}' && *letter != '\'').collect();
    for sign in SIGNS {
        number = number.replace(sign, "");
    }
    let (thousands, decimals) = if point == Point::Comma { ('.', ',') } else { (',', '.') };
    let (whole, rest) = number.split_once(decimals).map_or((number.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.trim_start_matches(['-', '+']).split(thousands);
    let first = groups.next().unwrap_or("");
    let grouped = whole.contains(thousands);
    if grouped && (first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3)) {
        return Err(wrong());
    }
    let mut plain = whole.replace(thousands, "");
    if let Some(rest) = rest {
        plain.push('.');
        plain.push_str(rest);
    }
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    scaled(plain).ok_or_else(wrong)
}

/// Writes `1.5E+3` out.
fn scaled(number: &str) -> Option<String> {
    let Some((mantissa, exponent)) = number.split_once(['e', 'E']) else { return tidy(number) };
    let exponent: i32 = exponent.trim_start_matches('+').parse().ok().filter(|exponent: &i32| exponent.abs() <= 30)?;
    let mantissa = tidy(mantissa)?;
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa.as_str()), |digits| ("-", digits));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let digits = format!("{whole}{rest}");
    let length = i32::try_from(digits.len()).ok()?;
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let number = if point <= 0 {
        format!("{sign}0.{}{digits}", zeros(-point))
    } else if point >= length {
        format!("{sign}{digits}{}", zeros(point - length))
    } else {
        let at = usize::try_from(point).ok()?;
        format!("{sign}{}.{}", &digits[..at], &digits[at..])
    };
    tidy(&number)
}

/// `.5` and `5.` are written by some programs.
fn tidy(number: &str) -> Option<String> {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let good = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && rest.is_empty()) || !good(whole) || !good(rest) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let rest = rest.trim_end_matches('0');
    Some(if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") })
}

fn share(written: &str, style: &Style) -> Result<Rate, Wrong> {
    let percent = written.trim_end().strip_suffix(['%', '％']);
    let number = decimal(percent.unwrap_or(written), style.point)?;
    if percent.is_some() || style.share == Share::Percent {
        return Ok(Rate::parse(&number)?);
    }
    let fraction = scaled(&format!("{number}e2")).ok_or_else(|| Wrong::from(ParseError::new("number.not_a_number")))?;
    let rate = Rate::parse(&fraction)?;
    if rate > Rate::WHOLE { Err(ImportRule::NotAFraction.into()) } else { Ok(rate) }
}

fn truth(written: &str) -> Option<bool> {
    match plain(written).as_str() {
        "1" | "true" | "yes" | "y" | "是" | "对" | "對" | "有" | "启用" | "啟用" | "√" => Some(true),
        "0" | "false" | "no" | "n" | "否" | "不" | "无" | "無" | "停用" | "×" => Some(false),
        _ => None,
    }
}

/// Words that stand where a date should be (INT-02).
const VAGUE: [&str; 22] = [
    "尽快",
    "儘快",
    "尽早",
    "儘早",
    "待定",
    "另定",
    "另行通知",
    "马上",
    "馬上",
    "立即",
    "月底",
    "月初",
    "年底",
    "下周",
    "下週",
    "近期",
    "asap",
    "assoonaspossible",
    "tbd",
    "tba",
    "soon",
    "urgent",
];

/// A date in a form that cannot be misread, or in the one the mapping says.
fn date(written: &str, form: &str) -> Result<Date, Wrong> {
    let written = written.trim();
    let vague = plain(written);
    if VAGUE.iter().any(|word| vague == *word || (!word.is_ascii() && vague.contains(word))) {
        return Err(ImportRule::DateIsVague { value: written.to_owned() }.into());
    }
    let wrong = || Wrong::from(ParseError::new("date.not_a_date"));
    if form == "excel" {
        let days: i64 = written.split('.').next().and_then(|days| days.parse().ok()).ok_or_else(wrong)?;
        let epoch = Date::of(1899, 12, 30).ok_or_else(wrong)?;
        return if (61..=2_958_465).contains(&days) { Ok(epoch.plus_days(days)) } else { Err(wrong()) };
    }
    // A time of day is cut off.
    let day = written.split(['T', ' ']).next().unwrap_or(written);
    let parts: Vec<&str> = day.split(['-', '/', '.', '年', '月']).map(|part| part.trim_end_matches('日')).collect();
    if form.is_empty() {
        if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
            return of(&day[..4], &day[4..6], &day[6..]).ok_or_else(wrong);
        }
        return match parts.as_slice() {
            [year, month, day] if year.len() == 4 => of(year, month, day).ok_or_else(wrong),
            [a, b, year] if year.len() == 4 && number(a).is_some() && number(b).is_some() => Err(ImportRule::DateAmbiguous.into()),
            _ => Err(wrong()),
        };
    }
    let letters: Vec<char> = form.split(['-', '/', '.']).filter_map(|part| part.chars().next()).collect();
    let part = |letter: char| letters.iter().position(|known| *known == letter).and_then(|at| parts.get(at).copied());
    let (Some(year), Some(month), Some(day)) = (part('y'), part('m'), part('d')) else { return Err(wrong()) };
    let year = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
    if parts.len() == 3 { of(&year, month, day).ok_or_else(wrong) } else { Err(wrong()) }
}

fn number(digits: &str) -> Option<i8> {
    if digits.len() <= 2 { digits.parse().ok() } else { None }
}

fn of(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::of(year.parse().ok().filter(|_| year.len() == 4)?, number(month)?, number(day)?)
}

/// Whether a text names a form of dates: `dd/mm/yyyy` in any order, or `excel`.
pub fn is_date_form(form: &str) -> bool {
    let mut letters: Vec<char> = form.split(['-', '/', '.']).filter_map(|part| part.chars().next()).collect();
    letters.sort_unstable();
    form == "excel" || letters == ['d', 'm', 'y']
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        let check = |written: &str, point: Point, expected: Option<&str>| {
            assert_eq!(decimal(written, point).ok().as_deref(), expected, "{written}");
        };
        check("1,234.50", Point::Point, Some("1234.5"));
        check("1.234,50", Point::Comma, Some("1234.5"));
        check("￥ 6,200.00", Point::Point, Some("6200"));
        check("500元", Point::Point, Some("500"));
        check("1 234 567", Point::Point, Some("1234567"));
        check("1E+05", Point::Point, Some("100000"));
        check("1.25e-3", Point::Point, Some("0.00125"));
        check("-.5", Point::Point, Some("-0.5"));
        check("+7.", Point::Point, Some("7"));
        check("007", Point::Point, Some("7"));
        check("12,34", Point::Point, None);
        check("1.2.3", Point::Point, None);
        check("1,5", Point::Comma, Some("1.5"));
        check("twelve", Point::Point, None);
        check("", Point::Point, None);
        check("-", Point::Point, None);
        check("1e999", Point::Point, None);
    }

    #[test]
    fn dates_that_cannot_be_misread() {
        let check = |written: &str, form: &str, expected: Result<&str, &str>| {
            let read = date(written, form).map(|date| date.to_string()).map_err(|wrong| wrong.code);
            assert_eq!(read.as_deref().map_err(|code| *code), expected, "{written}");
        };
        check("2026-11-21", "", Ok("2026-11-21"));
        check("1996-07-04 00:00:00.000", "", Ok("1996-07-04"));
        check("2026-11-21T08:00:00Z", "", Ok("2026-11-21"));
        check("2026/1/5", "", Ok("2026-01-05"));
        check("2026年1月5日", "", Ok("2026-01-05"));
        check("20260105", "", Ok("2026-01-05"));
        check("05/01/2026", "", Err("import.date_ambiguous"));
        check("05/01/2026", "dd/mm/yyyy", Ok("2026-01-05"));
        check("1/5/26", "m/d/yy", Ok("2026-01-05"));
        check("46042", "excel", Ok("2026-01-20"));
        check("2026-02-30", "", Err("date.not_a_date"));
        check("尽快", "", Err("import.date_is_vague"));
        check("ASAP", "", Err("import.date_is_vague"));
        check("本月底前", "", Err("import.date_is_vague"));
        check("21", "", Err("date.not_a_date"));
    }

    #[test]
    fn shares_are_percent_or_fraction() {
        let check = |written: &str, share_is: Share, expected: Option<i64>| {
            let style = Style { share: share_is, ..Style::default() };
            assert_eq!(share(written, &style).ok().map(Rate::bp), expected, "{written}");
        };
        check("15", Share::Percent, Some(1500));
        check("15%", Share::Percent, Some(1500));
        check("0.15", Share::Fraction, Some(1500));
        check("0.15000000596046448", Share::Fraction, Some(1500));
        check("15 %", Share::Fraction, Some(1500));
        check("15", Share::Fraction, None);
        check("1", Share::Fraction, Some(10_000));
        check("0", Share::Fraction, Some(0));
    }

    #[test]
    fn typed_cells_keep_their_type() {
        let mut names = Names::default();
        let style = Style { point: Point::Comma, ..Style::default() };
        let date = Date::parse("2026-11-21").unwrap();
        let mut check = |cell: Cell, takes: Takes, expected: Result<Option<Value>, &str>| {
            assert_eq!(names.read_cell(takes, &style, &cell).map_err(|wrong| wrong.code), expected, "{cell:?}");
        };
        check(Cell::Empty, Takes::Int, Ok(None));
        check(Cell::Date(date), Takes::Date, Ok(Some(Value::Date(date))));
        check(Cell::Number("46042".into()), Takes::Date, Err("import.date_is_a_number"));
        check(Cell::Number("20261121".into()), Takes::Date, Ok(Some(Value::Date(date))));
        check(Cell::Number("12.5".into()), Takes::Quantity, Ok(Some(Value::Quantity(Quantity::parse("12.5").unwrap()))));
        check(Cell::Number("30".into()), Takes::Int, Ok(Some(Value::Int(30))));
        check(Cell::text("30,0"), Takes::Int, Ok(Some(Value::Int(30))));
        check(Cell::text("30,5"), Takes::Int, Err("import.not_whole"));
        check(Cell::Bool(true), Takes::Bool, Ok(Some(Value::Bool(true))));
        check(Cell::text("是"), Takes::Bool, Ok(Some(Value::Bool(true))));
        check(Cell::text("maybe"), Takes::Bool, Err("import.not_yes_or_no"));
        check(Cell::Error("#N/A".into()), Takes::Text, Err("import.cell_has_error"));
        check(Cell::Number("9113000000000000000".into()), Takes::Text, Err("import.number_lost_digits"));
    }

    #[test]
    fn names_are_read_loosely() {
        assert_eq!(plain(" *Unit Price： "), plain("unit_price"));
        assert_eq!(plain("ＡＢＣ（元）"), "abc(元)");
    }
}
