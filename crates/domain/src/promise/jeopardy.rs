//! How likely a promise is missed, in three bands with the reason (PRM-08).
//!
//! The supply a schedule line waits for is late by a random number of days that is taken as normal, with the mean and the deviation of what the supplier did
//! before (the ways of several legs add up: means and variances). With `r` days of room between the day the supply is expected and the day it is needed, the
//! line is late with the probability `1 − Φ((r + ½ − mean) / deviation)`; the half is the usual correction for counting whole days. `Φ` is worked out by formula
//! 26.2.17 of Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964), whose error is below 7.5 · 10⁻⁸, and rounded to a hundredth of a percent.
//! There is no randomness.

use super::event::{SupplyKind, SupplySource};
use crate::codes::codes;
use crate::date::Date;
use crate::rate::Rate;

codes! {
    /// How sure a promise is.
    Jeopardy in "promise.jeopardy" {
        /// It is as good as kept.
        Safe = "safe",
        /// It may be missed.
        AtRisk = "at_risk",
        /// It will be missed as things stand.
        Late = "late",
    }
}

codes! {
    /// Why a promise is as sure as it is.
    JeopardyReason in "promise.jeopardy_reason" {
        /// The goods are there.
        Stock = "stock",
        /// There is room enough for what this supplier's deliveries were late by.
        Room = "room",
        /// The supplier has been late by more than there is room for.
        History = "history",
        /// So little is known of the supplier that one is assumed who is late by a few days.
        NoHistory = "no_history",
        /// The supply is expected after it is needed.
        SupplyLate = "supply_late",
        /// The supply is overdue.
        Overdue = "overdue",
        /// Nothing is on its way.
        NoSupply = "no_supply",
        /// The promised day is over.
        Past = "past",
    }
}

/// Days by which deliveries of a supplier were late, below zero: early; in thousandths of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lateness {
    /// The mean.
    pub mean_milli: i64,
    /// The standard deviation of the sample.
    pub deviation_milli: i64,
    /// Of how many deliveries.
    pub count: i64,
}

/// Above which chances a line is at risk or late, and what is assumed of a supplier of whom little is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JeopardyRule {
    /// At risk from this chance on.
    pub at_risk: Rate,
    /// Late from this chance on.
    pub late: Rate,
    /// Fewer deliveries than this tell nothing.
    pub least_count: i64,
    /// What is assumed then.
    pub assumed: Lateness,
}

impl Default for JeopardyRule {
    /// At risk from 10 %, late from 50 %; fewer than five deliveries tell nothing: on time on the mean, by two days' deviation.
    fn default() -> Self {
        let assumed = Lateness { mean_milli: 0, deviation_milli: 2_000, count: 0 };
        Self { at_risk: Rate::from_bp(1_000), late: Rate::from_bp(5_000), least_count: 5, assumed }
    }
}

/// A supply a line waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// Which.
    pub source: SupplySource,
    /// When it is expected.
    pub expected_on: Date,
    /// What is known of who brings it.
    pub history: Lateness,
}

/// How sure a promise is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// The band.
    pub band: Jeopardy,
    /// Why.
    pub reason: JeopardyReason,
    /// The chance that it is missed.
    pub chance: Rate,
    /// Days between the day the supply is expected and the day it is needed; below zero: too late. None where nothing is waited for.
    pub room_days: Option<i64>,
    /// What it waits for.
    pub source: Option<SupplySource>,
}

impl Lateness {
    /// Of what deliveries were late by, in days.
    pub fn of(days_late: &[i64]) -> Self {
        let count = i64::try_from(days_late.len()).unwrap_or(i64::MAX);
        if count == 0 {
            return Self::default();
        }
        #[allow(clippy::cast_precision_loss)]
        let float = |number: i64| number as f64;
        let mean = days_late.iter().map(|days| float(*days)).sum::<f64>() / float(count);
        let squares: f64 = days_late.iter().map(|days| (float(*days) - mean).powi(2)).sum();
        let deviation = if count > 1 { (squares / float(count - 1)).sqrt() } else { 0.0 };
        Self { mean_milli: milli(mean), deviation_milli: milli(deviation), count }
    }

    /// This and another leg of the way, one after the other and independent: means and variances add up.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        #[allow(clippy::cast_precision_loss)]
        let square = |milli: i64| (milli as f64 / 1000.0).powi(2);
        let deviation = (square(self.deviation_milli) + square(other.deviation_milli)).sqrt();
        Self { mean_milli: self.mean_milli + other.mean_milli, deviation_milli: milli(deviation), count: self.count.min(other.count) }
    }

    /// The chance that a delivery is late by more than so many days.
    ///
    /// Source: PRM-08
    pub fn chance_over(self, days: i64) -> Rate {
        let away = days * 1000 + 500 - self.mean_milli;
        if self.deviation_milli <= 0 {
            return Rate::from_bp(if away >= 0 { 0 } else { 10_000 });
        }
        #[allow(clippy::cast_precision_loss)]
        let over = 1.0 - normal(away as f64 / self.deviation_milli as f64);
        #[allow(clippy::cast_possible_truncation)]
        Rate::from_bp((over * 10_000.0).round() as i64)
    }
}

#[allow(clippy::cast_possible_truncation)]
fn milli(days: f64) -> i64 {
    (days * 1000.0).round() as i64
}

/// The distribution function of the standard normal distribution (Abramowitz and Stegun 26.2.17).
fn normal(x: f64) -> f64 {
    const P: f64 = 0.231_641_9;
    const B: [f64; 5] = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let t = 1.0 / (1.0 + P * x.abs());
    let polynomial = B.iter().rev().fold(0.0, |sum, b| (sum + b) * t);
    let density = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let tail = (density * polynomial).clamp(0.0, 1.0);
    if x < 0.0 { tail } else { 1.0 - tail }
}

/// How sure it is that goods are ready on the day they are needed.
///
/// `needed_on` is the day the goods must be ready, `awaited` the supplies the line waits for, none where it has what it needs; `covered` whether those and
/// stock are enough. Of several the riskiest counts.
///
/// Source: PRM-08
pub fn jeopardy(today: Date, needed_on: Date, awaited: &[Awaited], covered: bool, rule: &JeopardyRule) -> Risk {
    let certain = |band, reason, bp| Risk { band, reason, chance: Rate::from_bp(bp), room_days: None, source: None };
    if !covered {
        return certain(Jeopardy::Late, JeopardyReason::NoSupply, 10_000);
    }
    let waits = awaited.iter().filter(|awaited| awaited.source.kind != SupplyKind::Stock);
    let riskiest = waits.map(|awaited| risk_of(today, needed_on, awaited, rule)).max_by_key(|risk| (risk.chance, risk.band));
    match riskiest {
        Some(risk) => risk,
        None if needed_on < today => certain(Jeopardy::Late, JeopardyReason::Past, 10_000),
        None => certain(Jeopardy::Safe, JeopardyReason::Stock, 0),
    }
}

fn risk_of(today: Date, needed_on: Date, awaited: &Awaited, rule: &JeopardyRule) -> Risk {
    let is_overdue = awaited.expected_on < today;
    // What has not come by today comes tomorrow at the earliest.
    let expected_on = if is_overdue { today.plus_days(1) } else { awaited.expected_on };
    let room = expected_on.days_until(needed_on);
    let is_known = awaited.history.count >= rule.least_count;
    let history = if is_known { awaited.history } else { rule.assumed };
    let chance = history.chance_over(room);
    let over = |limit: Rate| chance.bp() >= limit.bp();
    let (band, reason) = match () {
        () if needed_on < today => (Jeopardy::Late, JeopardyReason::Past),
        () if room < 0 => (Jeopardy::Late, if is_overdue { JeopardyReason::Overdue } else { JeopardyReason::SupplyLate }),
        () if is_overdue => (if over(rule.late) { Jeopardy::Late } else { Jeopardy::AtRisk }, JeopardyReason::Overdue),
        () if !over(rule.at_risk) => (Jeopardy::Safe, JeopardyReason::Room),
        () => {
            let band = if over(rule.late) { Jeopardy::Late } else { Jeopardy::AtRisk };
            (band, if is_known { JeopardyReason::History } else { JeopardyReason::NoHistory })
        }
    };
    Risk { band, reason, chance, room_days: Some(room), source: Some(awaited.source.clone()) }
}
