//! Methods of forecasting, each by its name, with parameters that are said.

use super::class::{count, mean};
use super::intermittent::{croston, tsb};
use super::smoothing::{damped_trend, holt_winters, simple};
use crate::codes::codes;

codes! {
    /// A method.
    Method in "forecast.method" {
        /// As in the last period.
        Naive = "naive",
        /// As in the same period of the last season; as in the last period while there is no whole season.
        SeasonalNaive = "seasonal_naive",
        /// The mean of the last periods: 6 months, 8 weeks or 28 days.
        MovingAverage = "moving_average",
        /// Simple exponential smoothing.
        Ses = "ses",
        /// Holt's linear trend, damped.
        DampedTrend = "damped_trend",
        /// Additive Holt-Winters with damped trend; as [`Method::DampedTrend`] while there are not two whole seasons.
        HoltWinters = "holt_winters",
        /// Croston: sizes and intervals smoothed apart.
        Croston = "croston",
        /// Syntetos-Boylan: Croston without its bias, × (1 − α/2).
        Sba = "sba",
        /// Teunter-Syntetos-Babai: sizes and the probability of a demand smoothed apart; falls while nothing is asked for.
        Tsb = "tsb",
    }
}

/// A method that has read a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The method.
    pub method: Method,
    /// Its parameters by name.
    pub parameters: Vec<(&'static str, f64)>,
    /// What was expected of each period with what was known before it; of the first its own demand. Bounded like `ahead`.
    pub one_step: Vec<f64>,
    /// From which place on `one_step` may be judged: the periods before were used to begin.
    pub warm: usize,
    /// What is expected of the periods after the series, never negative and at most twice the largest demand of a period so far.
    pub ahead: Vec<f64>,
}

impl Fitted {
    /// A method's run; keeps what is ahead within bounds.
    pub(super) fn new(method: Method, values: &[f64], (one_step, ahead): (Vec<f64>, Vec<f64>), warm: usize) -> Self {
        let most = 2.0 * values.iter().copied().fold(0.0, f64::max);
        let within = |values: Vec<f64>| values.into_iter().map(|value| value.clamp(0.0, most)).collect();
        let (one_step, ahead) = (within(one_step), within(ahead));
        Self { method, parameters: Vec::new(), one_step, warm: warm.min(values.len()), ahead }
    }

    /// With these parameters.
    pub(super) fn with(mut self, parameters: &[(&'static str, f64)]) -> Self {
        self.parameters = parameters.to_vec();
        self
    }

    /// Mean squared error of one step, where it may be judged; 0 where it nowhere may.
    pub fn squared_error(&self, values: &[f64]) -> f64 {
        let errors: Vec<f64> = self.errors(values).map(|error| error * error).collect();
        mean(&errors)
    }

    fn errors<'a>(&'a self, values: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        values.iter().zip(&self.one_step).skip(self.warm).map(|(value, expected)| value - expected)
    }
}

/// Reads a series with a method and looks `horizon` periods ahead. `season` is the periods of a season.
///
/// Methods with a grid take the parameters with the least squared error of one step within the series; the others have fixed ones.
pub fn fit(method: Method, values: &[f64], season: usize, horizon: usize) -> Fitted {
    if values.is_empty() {
        return Fitted::new(method, values, (Vec::new(), vec![0.0; horizon]), 0);
    }
    match method {
        Method::Naive => naive(values, horizon),
        Method::SeasonalNaive => seasonal_naive(values, season, horizon),
        Method::MovingAverage => moving_average(values, window(season), horizon),
        Method::Ses => simple(values, horizon),
        Method::DampedTrend => damped_trend(Method::DampedTrend, values, horizon),
        Method::HoltWinters if season > 1 && values.len() >= 2 * season => holt_winters(values, season, horizon),
        Method::HoltWinters => damped_trend(Method::HoltWinters, values, horizon),
        Method::Croston | Method::Sba => croston(method, values, horizon),
        Method::Tsb => tsb(values, horizon),
    }
}

/// Periods of a moving average by those of a season.
const fn window(season: usize) -> usize {
    match season {
        12 => 6,
        52 => 8,
        _ => 28,
    }
}

fn naive(values: &[f64], horizon: usize) -> Fitted {
    let one_step = std::iter::once(values[0]).chain(values.iter().copied()).take(values.len()).collect();
    Fitted::new(Method::Naive, values, (one_step, vec![values[values.len() - 1]; horizon]), 1)
}

fn seasonal_naive(values: &[f64], season: usize, horizon: usize) -> Fitted {
    let length = values.len();
    if season == 0 || length < season {
        return Fitted { method: Method::SeasonalNaive, ..naive(values, horizon) };
    }
    let one_step = (0..length).map(|at| if at >= season { values[at - season] } else { values[at.saturating_sub(1)] }).collect();
    let ahead = (0..horizon).map(|step| values[length - season + step % season]).collect();
    Fitted::new(Method::SeasonalNaive, values, (one_step, ahead), season).with(&[("season", count(season))])
}

fn moving_average(values: &[f64], window: usize, horizon: usize) -> Fitted {
    let before = |at: usize| mean(&values[at.saturating_sub(window)..at]);
    let one_step = (0..values.len()).map(|at| if at == 0 { values[0] } else { before(at) }).collect();
    let ahead = vec![before(values.len()); horizon];
    Fitted::new(Method::MovingAverage, values, (one_step, ahead), 1).with(&[("window", count(window))])
}
