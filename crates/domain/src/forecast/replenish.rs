//! How much must be there when it is ordered again, and how much is ordered.

use super::choice::Forecast;
use super::class::count;
use super::normal::inverse_normal;
use super::series::Period;
use crate::Quantity;
use crate::codes::codes;

/// How a product is supplied and how sure it must be there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Supply {
    /// Days from ordering to having it.
    pub lead_days: f64,
    /// Standard deviation of these days.
    pub lead_deviation_days: f64,
    /// How often nothing is missing until a delivery comes, above 0.5 and below 1.
    pub service_level: f64,
}

codes! {
    /// How a safety stock was found.
    Basis in "forecast.basis" {
        /// z·√(L·σ_d² + d²·σ_L²): demand is regular.
        Normal = "normal",
        /// The share of all stretches as long as the lead time in the past that asked for no more: demand is intermittent.
        Quantile = "quantile",
    }
}

/// How much should be there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// How it was found.
    pub basis: Basis,
    /// Standard deviations for the service level.
    pub z: f64,
    /// Lead time in periods.
    pub lead: f64,
    /// Expected demand over the lead time.
    pub lead_demand: Quantity,
    /// On top of it, so that it is enough as often as the service level says.
    pub safety_stock: Quantity,
    /// When no more than this is there or on its way, it is ordered: both together.
    pub reorder_point: Quantity,
}

/// Whole units, rounded up: what a person keeps on a shelf. What is more than can be said is the greatest quantity.
#[expect(clippy::cast_possible_truncation, reason = "it is bounded before")]
pub(super) fn rounded_up(value: f64) -> Quantity {
    Quantity::units((value - 1e-9).ceil().clamp(0.0, 1e9) as i64)
}

/// The reorder point of a series of which a forecast at least as long as the lead time was made.
///
/// Of intermittent demand the nearest-rank quantile of the sums over ⌈L + z·σ_L⌉ periods, overlapping, never less than what is expected; where the
/// past has fewer than twice these periods, as of regular demand. Expected demand and reorder point are whole units, rounded up.
///
/// Source: INV-06
pub fn stock_target(values: &[f64], forecast: &Forecast, period: Period, supply: Supply) -> Target {
    let z = inverse_normal(supply.service_level).max(0.0);
    let (lead, sigma) = (supply.lead_days / period.days(), supply.lead_deviation_days / period.days());
    let expected = over(&forecast.fitted.ahead, lead);
    let window = whole(lead + z * sigma).max(1);
    let intermittent = forecast.profile.is_some_and(|profile| profile.class.is_intermittent());
    let (basis, reorder) = if intermittent && values.len() >= 2 * window {
        (Basis::Quantile, quantile(values, window, supply.service_level).max(expected))
    } else {
        let rate = if lead > 0.0 { expected / lead } else { 0.0 };
        let variance = lead * forecast.deviation.powi(2) + (rate * sigma).powi(2);
        (Basis::Normal, expected + z * variance.sqrt())
    };
    let lead_demand = rounded_up(expected);
    let reorder_point = rounded_up(reorder).max(lead_demand);
    Target { basis, z, lead, lead_demand, safety_stock: reorder_point - lead_demand, reorder_point }
}

/// What no reorder point exceeds, whole numbers: the largest demand of a period × (`.0` × lead days / days of a period + `.1`), and two units for rounding.
/// Lists look no further at products that have more.
pub fn bound(service_level: f64, lead_deviation_days: f64, period: Period) -> (i64, i64) {
    let z = inverse_normal(service_level).max(0.0);
    let sigma = lead_deviation_days / period.days();
    // Neither a forecast nor an error of one step is above twice the largest demand, and 2·√(L + σ²) is at most L + 1 + 2σ.
    let up = |value: f64| i64::try_from(whole(value)).unwrap_or(i64::MAX);
    (up(2.0 + z), up(z * (1.0 + 2.0 * sigma) + 1.0))
}

/// An expected quantity, to hundredths, never below zero.
#[expect(clippy::cast_possible_truncation, reason = "it is bounded before")]
pub fn expected_quantity(value: f64) -> Quantity {
    Quantity::from_micro((value * 100.0).round().clamp(0.0, 1e11) as i64 * 10_000)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is bounded before")]
fn whole(periods: f64) -> usize {
    (periods - 1e-9).ceil().clamp(0.0, 1e6) as usize
}

/// The sum of so many periods, the last of them in part; what is expected of the last goes on.
fn over(ahead: &[f64], periods: f64) -> f64 {
    let Some(last) = ahead.last() else { return 0.0 };
    let known = periods.min(count(ahead.len()));
    let sum: f64 = ahead.iter().enumerate().map(|(step, value)| value * (known - count(step)).clamp(0.0, 1.0)).sum();
    sum + last * (periods - known)
}

/// The sum over `window` periods that a share of the past's did not exceed, by nearest rank.
fn quantile(values: &[f64], window: usize, share: f64) -> f64 {
    let mut sums: Vec<f64> = values.windows(window).map(|periods| periods.iter().sum()).collect();
    sums.sort_by(f64::total_cmp);
    let rank = whole(share * count(sums.len())).clamp(1, sums.len());
    sums[rank - 1]
}

/// How a product is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ordering {
    /// The least that may be ordered; zero: any.
    pub minimum: Quantity,
    /// Only multiples of it; zero: any.
    pub multiple: Quantity,
}

/// What to order where `position` (available and on its way) is there: nothing above the reorder point; else up to the reorder point and `cover` (the
/// demand that an order should last for), at least the minimum, rounded up to the multiple.
///
/// Source: INV-06, PUR-01
pub fn order_quantity(position: Quantity, reorder_point: Quantity, cover: Quantity, ordering: Ordering) -> Quantity {
    if position > reorder_point {
        return Quantity::ZERO;
    }
    let wanted = (reorder_point + cover - position).max(ordering.minimum);
    let multiple = ordering.multiple.micro();
    if multiple <= 0 || !wanted.is_positive() {
        return wanted.or_zero();
    }
    let times = (wanted.micro() - 1) / multiple + 1;
    Quantity::from_micro(times.saturating_mul(multiple))
}
