//! Which method a series gets, and why: by rules that can be told, not by trying them all.

use super::class::{Class, Profile, count, mean};
use super::method::{Fitted, Method, fit};
use crate::codes::codes;

codes! {
    /// Why a method was taken.
    Why in "forecast.why" {
        /// Too little is known: fewer than six periods, or than two with demand.
        Short = "short",
        /// Nothing was asked for in far longer than usual.
        Fading = "fading",
        /// It repeats by seasons.
        Seasonal = "seasonal",
        /// Demand comes often and in like sizes.
        Smooth = "smooth",
        /// Demand comes often and in unlike sizes.
        Erratic = "erratic",
        /// Demand comes seldom.
        Intermittent = "intermittent",
    }
}

/// Periods that must be known before a class means anything.
const ENOUGH: usize = 6;

/// A forecast and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The class and what it was told from; `None` where nothing was ever asked for.
    pub profile: Option<Profile>,
    /// Why this method.
    pub why: Why,
    /// The method, its parameters and what it expects.
    pub fitted: Fitted,
    /// Standard deviation of the errors of one step, in the product's unit.
    pub deviation: f64,
}

impl Forecast {
    /// The bounds between which a period's demand is with a probability given by its z (1.2816 for 80 %), if errors are about normal, `step` periods
    /// ahead (from 0): σ·√(1 + step·α²), as of simple smoothing. For intermittent demand the lower bound is mostly zero.
    pub fn interval(&self, step: usize, z: f64) -> Option<(f64, f64)> {
        let expected = *self.fitted.ahead.get(step)?;
        let alpha = self.fitted.parameters.iter().find(|(name, _)| *name == "alpha").map_or(0.0, |(_, alpha)| *alpha);
        let half = z * self.deviation * (1.0 + count(step) * alpha * alpha).sqrt();
        Some(((expected - half).max(0.0), expected + half))
    }
}

/// The method for a series: the moving average while too little is known; TSB where demand seems to have died; Holt-Winters where it repeats by
/// seasons; else the damped trend for smooth, simple smoothing for erratic, SBA for intermittent and lumpy demand.
pub fn choose(values: &[f64], season: usize) -> (Method, Why) {
    let demands = values.iter().filter(|value| **value > 0.0).count();
    let Some(profile) = Profile::of(values).filter(|_| values.len() >= ENOUGH && demands >= 2) else {
        return (Method::MovingAverage, Why::Short);
    };
    let quiet = values.iter().rev().take_while(|value| **value <= 0.0).count();
    if count(quiet) >= (3.0 * profile.adi).max(4.0) {
        return (Method::Tsb, Why::Fading);
    }
    match profile.class {
        Class::Intermittent | Class::Lumpy => (Method::Sba, Why::Intermittent),
        _ if seasonal(values, season) => (Method::HoltWinters, Why::Seasonal),
        Class::Smooth => (Method::DampedTrend, Why::Smooth),
        Class::Erratic => (Method::Ses, Why::Erratic),
    }
}

/// Whether demand a season apart is alike with 90 % certainty: the autocorrelation at the season's lag against Bartlett's bound, as in the M4
/// competition. Needs two whole seasons and half of another.
fn seasonal(values: &[f64], season: usize) -> bool {
    if season < 2 || 2 * values.len() < 5 * season {
        return false;
    }
    let mean = mean(values);
    let total: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    if total <= 0.0 {
        return false;
    }
    let alike = |lag: usize| values.iter().skip(lag).zip(values).map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / total;
    let before: f64 = (1..season).map(|lag| alike(lag).powi(2)).sum();
    alike(season) > 1.645 * ((1.0 + 2.0 * before) / count(values.len())).sqrt()
}

/// A forecast by the method that [`choose`] takes.
pub fn forecast(values: &[f64], season: usize, horizon: usize) -> Forecast {
    let (method, why) = choose(values, season);
    let fitted = fit(method, values, season, horizon);
    Forecast { profile: Profile::of(values), why, deviation: fitted.squared_error(values).sqrt(), fitted }
}
