//! How far forecasts were off: MASE, WAPE and bias. MAPE is not among them: it has no value where nothing was asked for.

use super::class::mean;

/// By what errors of a series are scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// By the mean absolute error of the naive forecast of one step within what was known.
    Naive,
    /// The same of the seasonal naive forecast, with so many periods of a season.
    Seasonal(usize),
}

/// The mean absolute difference to the period before, or to that of the season before; `None` where there is none or it is zero.
pub fn scale(values: &[f64], by: Scale) -> Option<f64> {
    let lag = match by {
        Scale::Naive => 1,
        Scale::Seasonal(season) => season,
    };
    let differences: Vec<f64> = values.iter().skip(lag).zip(values).map(|(later, earlier)| (later - earlier).abs()).collect();
    Some(mean(&differences)).filter(|mean| *mean > 0.0)
}

/// Errors of forecasts, summed up; scores of several series can be added.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Forecasts that were compared.
    pub points: u64,
    /// Those whose series has a scale.
    pub scaled_points: u64,
    /// Absolute errors over their scale, summed.
    pub scaled: f64,
    /// Absolute errors, summed.
    pub absolute: f64,
    /// Forecast less demand, summed.
    pub error: f64,
    /// Demand, summed.
    pub demand: f64,
}

impl Score {
    /// Compares one forecast with what came.
    pub fn add(&mut self, expected: f64, came: f64, scale: Option<f64>) {
        let error = expected - came;
        self.points += 1;
        self.absolute += error.abs();
        self.error += error;
        self.demand += came;
        if let Some(scale) = scale {
            self.scaled_points += 1;
            self.scaled += error.abs() / scale;
        }
    }

    /// Adds what another series scored.
    pub fn merge(&mut self, other: &Self) {
        self.points += other.points;
        self.scaled_points += other.scaled_points;
        self.scaled += other.scaled;
        self.absolute += other.absolute;
        self.error += other.error;
        self.demand += other.demand;
    }

    /// Mean absolute scaled error: below 1 better than the naive forecast was within what was known.
    #[expect(clippy::cast_precision_loss, reason = "counts of forecasts are small")]
    pub fn mase(&self) -> Option<f64> {
        (self.scaled_points > 0).then(|| self.scaled / self.scaled_points as f64)
    }

    /// Absolute errors over demand; 0.25: off by a quarter of what was asked for.
    pub fn wape(&self) -> Option<f64> {
        (self.demand > 0.0).then(|| self.absolute / self.demand)
    }

    /// Forecast less demand over demand; above zero: too much was expected.
    pub fn bias(&self) -> Option<f64> {
        (self.demand > 0.0).then(|| self.error / self.demand)
    }
}
