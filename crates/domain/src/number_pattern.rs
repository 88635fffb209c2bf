//! Numbers of documents by pattern, `SO{yyyy}{000000}` (INT-10).

use crate::codes::codes;
use crate::date::Date;
use crate::decimal::ParseError;

codes! {
    /// A kind of document that is numbered by a pattern.
    Numbered in "numbered" {
        /// Sales orders.
        Order = "order",
        /// Delivery notes.
        Shipment = "shipment",
        Invoice = "invoice",
        Payment = "payment",
        Task = "task",
        /// Change orders.
        Change = "change",
        Quotation = "quotation",
        Contract = "contract",
        /// Inquiry memos.
        Inquiry = "inquiry",
        /// Purchase orders.
        Purchase = "purchase",
    }
}

impl Numbered {
    /// The pattern of a company that has set none.
    pub const fn standard_pattern(self) -> &'static str {
        match self {
            Self::Order => "SO{yyyy}{000000}",
            Self::Shipment => "DN{yyyy}{000000}",
            Self::Invoice => "INV{yyyy}{000000}",
            Self::Payment => "PAY{yyyy}{000000}",
            Self::Task => "TK{yyyy}{000000}",
            Self::Change => "BG{yyyy}{000000}",
            Self::Quotation => "BJ{yyyy}{000000}",
            Self::Contract => "HT{yyyy}{000000}",
            Self::Inquiry => "XJ{yyyy}{000000}",
            Self::Purchase => "CG{yyyy}{000000}",
        }
    }
}

/// How the numbers of a kind of document are written.
///
/// Places: `{yyyy}` and `{yy}` the year, `{mm}` the month, `{dd}` the day, `{000000}` the counter with at least so
/// many digits; exactly one counter. It starts again with each year, month or day the pattern shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberPattern {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Year,
    ShortYear,
    Month,
    Day,
    Counter(usize),
}

impl NumberPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// `number_pattern.malformed` for unknown places, none or several counters, or letters a number cannot have.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let error = ParseError::new("number_pattern.malformed");
        let mut pieces = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('{') {
                let (name, behind) = after.split_once('}').ok_or(error)?;
                pieces.push(match name {
                    "yyyy" => Piece::Year,
                    "yy" => Piece::ShortYear,
                    "mm" => Piece::Month,
                    "dd" => Piece::Day,
                    zeros if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => Piece::Counter(zeros.len()),
                    _ => return Err(error),
                });
                rest = behind;
            } else {
                let end = rest.find('{').unwrap_or(rest.len());
                let (fixed, behind) = rest.split_at(end);
                let fine = |letter: char| letter.is_ascii_alphanumeric() || "-._/".contains(letter);
                if !fixed.chars().all(fine) {
                    return Err(error);
                }
                pieces.push(Piece::Text(fixed.to_owned()));
                rest = behind;
            }
        }
        let counters = pieces.iter().filter(|piece| matches!(piece, Piece::Counter(_))).count();
        if counters == 1 && text.len() <= 40 { Ok(Self { pieces }) } else { Err(error) }
    }

    /// The number of the `counter`-th document of its series.
    pub fn number(&self, on: Date, counter: i64) -> String {
        let mut number = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => number.push_str(text),
                Piece::Year => number.push_str(&on.as_str()[..4]),
                Piece::ShortYear => number.push_str(&on.as_str()[2..4]),
                Piece::Month => number.push_str(&on.as_str()[5..7]),
                Piece::Day => number.push_str(&on.as_str()[8..]),
                Piece::Counter(width) => number.push_str(&format!("{counter:0>width$}")),
            }
        }
        number
    }

    /// Name of the series whose counter a document of this day takes: `order-2026`.
    pub fn series(&self, kind: &str, on: Date) -> String {
        let shows = |wanted: &[Piece]| self.pieces.iter().any(|piece| wanted.contains(piece));
        let date = on.as_str();
        if shows(&[Piece::Day]) {
            format!("{kind}-{date}")
        } else if shows(&[Piece::Month]) {
            format!("{kind}-{}", &date[..7])
        } else if shows(&[Piece::Year, Piece::ShortYear]) {
            format!("{kind}-{}", &date[..4])
        } else {
            kind.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_pattern() {
        let check = |pattern: &str, counter: i64, number: &str, series: &str| {
            let pattern = NumberPattern::parse(pattern).unwrap();
            let on = Date::parse("2026-03-09").unwrap();
            assert_eq!(pattern.number(on, counter), number);
            assert_eq!(pattern.series("order", on), series);
        };
        check("SO{yyyy}{000000}", 123, "SO2026000123", "order-2026");
        check("SO{yyyy}{000}", 12345, "SO202612345", "order-2026");
        check("{yy}{mm}-{0000}", 1, "2603-0001", "order-2026-03");
        check("D{yyyy}{mm}{dd}{00}", 7, "D2026030907", "order-2026-03-09");
        check("X{00000}", 7, "X00007", "order");
    }

    #[test]
    fn what_is_no_pattern() {
        for bad in ["", "SO", "SO{yyyy}", "{000}{000}", "{year}{000}", "SO {000}", "单{000}", "SO{000"] {
            assert!(NumberPattern::parse(bad).is_err(), "{bad}");
        }
    }
}
