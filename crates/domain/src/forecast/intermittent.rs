//! Demand with many periods without any: sizes apart from how often. Parameters are fixed, since errors of one step say little where most
//! periods are empty.

use super::class::count;
use super::method::{Fitted, Method};
use super::smoothing::gain;

/// Weight of a new size.
const SIZE: f64 = 0.1;

/// Weight of a new interval.
const INTERVAL: f64 = 0.1;

/// Weight of whether a period had demand.
const PROBABILITY: f64 = 0.05;

/// Croston or, with × (1 − α/2) of the interval's α, Syntetos-Boylan. Sizes and intervals begin as running means; until there is an interval, the
/// periods so far are one.
pub(super) fn croston(method: Method, values: &[f64], horizon: usize) -> Fitted {
    let correction = if method == Method::Sba { 1.0 - INTERVAL / 2.0 } else { 1.0 };
    let (mut size, mut interval, mut demands, mut since) = (0.0, 1.0, 0_usize, 0_usize);
    let rate = |size: f64, interval: f64, demands: usize, since: usize| {
        let interval = if demands < 2 { count((since + 1).max(1)) } else { interval };
        correction * size / interval
    };
    let mut one_step = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        one_step.push(if at == 0 { *value } else { rate(size, interval, demands, since) });
        since += 1;
        if *value > 0.0 {
            demands += 1;
            size += gain(SIZE, demands) * (value - size);
            if demands > 1 {
                interval += gain(INTERVAL, demands - 1) * (count(since) - interval);
            }
            since = 0;
        }
    }
    let ahead = vec![rate(size, interval, demands, since); horizon];
    Fitted::new(method, values, (one_step, ahead), 1).with(&[("alpha_size", SIZE), ("alpha_interval", INTERVAL)])
}

/// Teunter-Syntetos-Babai: the probability is looked at in every period, so that it falls when demand dies. Both begin as running means.
pub(super) fn tsb(values: &[f64], horizon: usize) -> Fitted {
    let (mut size, mut probability, mut demands) = (0.0, 0.0, 0_usize);
    let mut one_step = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        one_step.push(if at == 0 { *value } else { probability * size });
        let there = if *value > 0.0 { 1.0 } else { 0.0 };
        probability += gain(PROBABILITY, at + 1) * (there - probability);
        if *value > 0.0 {
            demands += 1;
            size += gain(SIZE, demands) * (value - size);
        }
    }
    let ahead = vec![probability * size; horizon];
    Fitted::new(Method::Tsb, values, (one_step, ahead), 1).with(&[("alpha_size", SIZE), ("alpha_probability", PROBABILITY)])
}
