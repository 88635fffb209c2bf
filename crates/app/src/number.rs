//! Document numbers: unique, never changed, without gaps in a company, series and year.

use domain::{Company, Date, NumberPattern};
use store::{Outcome, UnitOfWork};

/// A kind of document that is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Series {
    /// Sales orders; the company sets the pattern.
    Order,
    /// Delivery notes.
    Shipment,
    /// Invoices.
    Invoice,
    /// Payments.
    Payment,
    /// Tasks.
    Task,
}

impl Series {
    fn code(self) -> &'static str {
        match self {
            Series::Order => "order",
            Series::Shipment => "shipment",
            Series::Invoice => "invoice",
            Series::Payment => "payment",
            Series::Task => "task",
        }
    }

    fn pattern(self, company: &Company) -> NumberPattern {
        let text = match self {
            Series::Order => company.order_pattern.as_str(),
            Series::Shipment => "DN{yyyy}{000000}",
            Series::Invoice => "INV{yyyy}{000000}",
            Series::Payment => "PAY{yyyy}{000000}",
            Series::Task => "TK{yyyy}{000000}",
        };
        // The company's pattern was checked when it was saved.
        NumberPattern::parse(text).expect("a saved pattern is a pattern")
    }
}

/// The next number of the series on the day `on`.
///
/// # Errors
/// Leaves when the series is not loaded yet.
///
/// Source: INT-10
pub fn draw(work: &mut UnitOfWork, series: Series, company: &Company, on: Date) -> Outcome<String> {
    let pattern = series.pattern(company);
    let next = work.draw(&pattern.series(series.code(), on))?;
    Ok(pattern.number(on, next))
}
