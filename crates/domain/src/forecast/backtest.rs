//! What a method would have said in the past, with only what was known then.

use super::choice::choose;
use super::method::{Method, fit};
use super::metric::{Scale, Score, scale};

/// Which moments of the past are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rolling {
    /// Periods of a season.
    pub season: usize,
    /// The last so many periods are forecast, each from what was known before it.
    pub origins: usize,
    /// So many periods ahead of each.
    pub horizon: usize,
    /// By what errors are scaled.
    pub scale: Scale,
}

/// Rolling origin: from each of the last periods the method reads what came before and is compared with what came. `None` as method: that which
/// [`choose`] takes at each origin. Parameters are fitted anew each time. Periods that would leave fewer than two to read are left out.
pub fn backtest(values: &[f64], method: Option<Method>, rolling: Rolling) -> Score {
    let mut score = Score::default();
    let first = values.len().saturating_sub(rolling.origins).max(2);
    for origin in first..values.len() {
        let (known, came) = values.split_at(origin);
        let method = method.unwrap_or_else(|| choose(known, rolling.season).0);
        let scale = scale(known, rolling.scale);
        let ahead = fit(method, known, rolling.season, rolling.horizon.min(came.len())).ahead;
        for (expected, came) in ahead.iter().zip(came) {
            score.add(*expected, *came, scale);
        }
    }
    score
}
