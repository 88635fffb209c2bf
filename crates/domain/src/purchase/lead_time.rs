//! Measured lead times: what receipts say about how long a supplier really takes.

/// What receipts of one kind say; sums are exact, figures are rounded where they are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeadTimes {
    /// How many receipts.
    pub count: i64,
    /// Sum of their days.
    pub days: i64,
    /// Sum of the squares of their days.
    pub squares: i64,
}

impl LeadTimes {
    /// The mean in hundredths of a day, rounded half up; `None` without a receipt.
    ///
    /// Source: PUR-01
    pub fn mean_centi(&self) -> Option<i64> {
        let (count, days) = (i128::from(self.count), i128::from(self.days));
        if count <= 0 {
            return None;
        }
        i64::try_from((days * 200 + count) / (count * 2)).ok()
    }

    /// The standard deviation of the sample (n − 1) in hundredths of a day, rounded down; `None` with fewer than two receipts.
    ///
    /// Source: PUR-01
    pub fn deviation_centi(&self) -> Option<i64> {
        let (count, days, squares) = (i128::from(self.count), i128::from(self.days), i128::from(self.squares));
        if count < 2 {
            return None;
        }
        let spread = (count * squares - days * days).max(0) * 10_000 / (count * (count - 1));
        i64::try_from(spread.isqrt()).ok()
    }

    /// Hundredths of a day as a decimal with two digits: `7.50`.
    pub fn shown(centi: i64) -> String {
        format!("{}.{:02}", centi / 100, centi % 100)
    }
}
