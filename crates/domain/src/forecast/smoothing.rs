//! Exponential smoothing: level, damped trend, additive season.
//!
//! A level begins as the running mean: until 1/α periods are known, each weighs the same. Parameters come from small grids; the set with the least
//! squared error of one step is taken.

use super::class::{count, mean};
use super::method::{Fitted, Method};

const ALPHAS: [f64; 6] = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7];
const BETAS: [f64; 3] = [0.05, 0.1, 0.2];
const GAMMAS: [f64; 3] = [0.05, 0.1, 0.2];

/// How much of the trend is left after a period.
const PHI: f64 = 0.9;

/// Periods at the beginning that are not judged.
const WARM: usize = 4;

/// A step that weighs what is known alike until there is more of it than 1/α.
pub(super) fn gain(alpha: f64, known: usize) -> f64 {
    alpha.max(1.0 / count(known.max(1)))
}

fn best(candidates: impl Iterator<Item = Fitted>, values: &[f64]) -> Fitted {
    candidates.min_by(|a, b| a.squared_error(values).total_cmp(&b.squared_error(values))).expect("a grid has points")
}

/// Simple exponential smoothing.
pub(super) fn simple(values: &[f64], horizon: usize) -> Fitted {
    let run = |alpha: f64| {
        let mut level = values[0];
        let mut one_step = Vec::with_capacity(values.len());
        for (at, value) in values.iter().enumerate() {
            one_step.push(level);
            level += gain(alpha, at + 1) * (value - level);
        }
        Fitted::new(Method::Ses, values, (one_step, vec![level; horizon]), WARM).with(&[("alpha", alpha)])
    };
    best(ALPHAS.into_iter().map(run), values)
}

/// Holt's trend, damped. It begins level.
pub(super) fn damped_trend(method: Method, values: &[f64], horizon: usize) -> Fitted {
    let run = |(alpha, beta): (f64, f64)| {
        let (mut level, mut trend) = (values[0], 0.0);
        let mut one_step = Vec::with_capacity(values.len());
        for (at, value) in values.iter().enumerate() {
            let expected = level + PHI * trend;
            let error = value - expected;
            one_step.push(if at == 0 { *value } else { expected });
            level = expected + gain(alpha, at + 1) * error;
            // What the level learns while it is a running mean is no trend.
            trend = PHI * trend + alpha * beta * if at == 0 { 0.0 } else { error };
        }
        let ahead = damped(horizon).into_iter().map(|trends| level + trends * trend).collect();
        Fitted::new(method, values, (one_step, ahead), WARM).with(&[("alpha", alpha), ("beta", beta), ("phi", PHI)])
    };
    best(ALPHAS.into_iter().flat_map(|alpha| BETAS.map(|beta| (alpha, beta))).map(run), values)
}

/// φ, φ + φ², … for each step ahead.
fn damped(horizon: usize) -> Vec<f64> {
    let mut sum = 0.0;
    let mut power = 1.0;
    let next = |_| {
        power *= PHI;
        sum += power;
        sum
    };
    (0..horizon).map(next).collect()
}

/// Additive Holt-Winters with damped trend. Level, trend and season begin from the first two seasons; what is known before is not judged.
pub(super) fn holt_winters(values: &[f64], season: usize, horizon: usize) -> Fitted {
    let (first, second) = (mean(&values[..season]), mean(&values[season..2 * season]));
    let begin: Vec<f64> = (0..season).map(|at| f64::midpoint(values[at] - first, values[season + at] - second)).collect();
    let run = |(alpha, beta, gamma): (f64, f64, f64)| {
        let (mut level, mut trend, mut seasons) = (first, (second - first) / count(season), begin.clone());
        let mut one_step = Vec::with_capacity(values.len());
        for (at, value) in values.iter().enumerate() {
            let expected = level + PHI * trend + seasons[at % season];
            let error = value - expected;
            one_step.push(expected);
            level += PHI * trend + alpha * error;
            trend = PHI * trend + alpha * beta * error;
            seasons[at % season] += gamma * (1.0 - alpha) * error;
        }
        let ahead = damped(horizon)
            .into_iter()
            .enumerate()
            .map(|(step, trends)| level + trends * trend + seasons[(values.len() + step) % season])
            .collect();
        Fitted::new(Method::HoltWinters, values, (one_step, ahead), season).with(&[
            ("alpha", alpha),
            ("beta", beta),
            ("gamma", gamma),
            ("phi", PHI),
            ("season", count(season)),
        ])
    };
    let grid = ALPHAS.into_iter().flat_map(|alpha| BETAS.into_iter().flat_map(move |beta| GAMMAS.map(|gamma| (alpha, beta, gamma))));
    best(grid.map(run), values)
}
