//! Values of conditions: exact, never floating point.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::currency::Currency;
use crate::date::Date;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::Detail;

/// Millionths in one: numbers of conditions are whole millionths.
pub const ONE: i128 = 1_000_000;

/// What kind of value a fact has.
#[derive(Clone, Copy, Debug)]
pub enum FactKind {
    /// True or false.
    Bool,
    /// An amount in major units of the currency of the books.
    Money,
    /// Percent: 30 is 30 %.
    Percent,
    /// How many of something, or days.
    Count,
    /// A text.
    Text,
    /// A code of a closed set, written as a text: `'cash'`; by the group of its names.
    Code(&'static str, fn() -> Vec<&'static str>),
    /// A date; compared with `date('2026-11-21')`, `today` and other dates.
    Date,
}

/// What kind of expression it is, as far as operators mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// True or false.
    Bool,
    /// A number.
    Number,
    /// A text or a code.
    Text,
    /// A date.
    Date,
}

impl Sort {
    /// Its name in messages and in the documentation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Number => "number",
            Self::Text => "text",
            Self::Date => "date",
        }
    }
}

impl FactKind {
    /// How operators see it.
    pub const fn sort(self) -> Sort {
        match self {
            Self::Bool => Sort::Bool,
            Self::Money | Self::Percent | Self::Count => Sort::Number,
            Self::Text | Self::Code(..) => Sort::Text,
            Self::Date => Sort::Date,
        }
    }

    /// Its name in the documentation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Count => "count",
            Self::Text => "text",
            Self::Code(..) => "code",
            Self::Date => "date",
        }
    }
}

/// The value of a fact or an expression; nothing where it is not known.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Not known: no date was given, no limit is set.
    Unknown,
    /// True or false.
    Bool(bool),
    /// Millionths.
    Number(i128),
    /// A text or a code.
    Text(Cow<'a, str>),
    /// A date.
    Date(Date),
}

impl Value<'_> {
    /// An amount, in major units.
    pub fn money(amount: Money, currency: Currency) -> Self {
        let digits = currency.minor_digits().min(6);
        Self::Number(i128::from(amount.minor()) * 10_i128.pow(6 - digits))
    }

    /// A rate, in percent.
    pub fn percent(rate: Rate) -> Self {
        Self::Number(i128::from(rate.bp()) * (ONE / 100))
    }

    /// A count.
    pub fn count(count: i64) -> Self {
        Self::Number(i128::from(count) * ONE)
    }

    /// A quantity.
    pub fn quantity(quantity: Quantity) -> Self {
        Self::Number(i128::from(quantity.micro()))
    }

    /// True or false, where it is known.
    pub fn truth(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// How it compares with another of its sort; nothing where one is not known.
    pub fn compare(&self, other: &Value<'_>) -> Option<Ordering> {
        match (self, other) {
            (Self::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
            (Self::Number(a), Value::Number(b)) => Some(a.cmp(b)),
            (Self::Text(a), Value::Text(b)) => Some(a.as_ref().cmp(b.as_ref())),
            (Self::Date(a), Value::Date(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// For people, as the fact it is compared with is shown.
    pub fn detail(&self, kind: FactKind, currency: Currency) -> Detail {
        match (self, kind) {
            (Self::Unknown, _) => Detail::Nothing,
            (Self::Bool(truth), _) => Detail::from(*truth),
            (Self::Number(number), FactKind::Money) => {
                let digits = currency.minor_digits().min(6);
                let minor = i64::try_from(number / 10_i128.pow(6 - digits)).unwrap_or(i64::MAX);
                Detail::Money(Money::from_minor(minor), currency)
            }
            (Self::Number(number), FactKind::Percent) => Detail::Text(format!("{}%", plain(*number))),
            (Self::Number(number), _) => Detail::Text(plain(*number)),
            (Self::Text(code), FactKind::Code(group, all)) => match all().into_iter().find(|known| known == code) {
                Some(known) => Detail::Code(group, known),
                None => Detail::from(code.as_ref()),
            },
            (Self::Text(text), _) => Detail::from(text.as_ref()),
            (Self::Date(date), _) => Detail::Date(*date),
        }
    }
}

/// Millionths as a plain decimal.
pub(crate) fn plain(number: i128) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let (whole, rest) = (number.unsigned_abs() / ONE.unsigned_abs(), number.unsigned_abs() % ONE.unsigned_abs());
    let fraction = format!("{rest:06}");
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

/// A plain decimal as millionths; nothing where it is none, or has more than six decimals.
pub(crate) fn number(text: &str) -> Option<i128> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 15 || fraction.len() > 6 || !digits_only(whole) || !digits_only(fraction) {
        return None;
    }
    let whole: i128 = whole.parse().ok()?;
    let fraction: i128 = format!("{fraction:0<6}").parse().ok()?;
    Some(sign * (whole * ONE + fraction))
}
