//! What kind of demand it is, by how often it comes and how much its size varies.

use crate::codes::codes;

/// Mean periods between demands from which demand is intermittent (Syntetos, Boylan and Croston 2005).
pub const ADI_CUT: f64 = 1.32;

/// Squared coefficient of variation of the sizes from which they vary much (the same).
pub const CV2_CUT: f64 = 0.49;

codes! {
    /// The class of a demand.
    Class in "forecast.class" {
        /// Often, in like sizes.
        Smooth = "smooth",
        /// Often, in unlike sizes.
        Erratic = "erratic",
        /// Seldom, in like sizes.
        Intermittent = "intermittent",
        /// Seldom, in unlike sizes.
        Lumpy = "lumpy",
    }
}

impl Class {
    /// Whether periods without demand are usual.
    pub const fn is_intermittent(self) -> bool {
        matches!(self, Self::Intermittent | Self::Lumpy)
    }
}

/// What a demand's class was told from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    /// Periods for each period with demand (average demand interval), 1 or more.
    pub adi: f64,
    /// Variance of the sizes of demand over their squared mean; periods without demand do not count.
    pub cv2: f64,
    /// The class.
    pub class: Class,
}

impl Profile {
    /// Of a series; `None` where nothing was ever asked for.
    pub fn of(values: &[f64]) -> Option<Self> {
        let sizes: Vec<f64> = values.iter().copied().filter(|value| *value > 0.0).collect();
        if sizes.is_empty() {
            return None;
        }
        let adi = count(values.len()) / count(sizes.len());
        let mean = mean(&sizes);
        let variance = sizes.iter().map(|size| (size - mean).powi(2)).sum::<f64>() / count(sizes.len());
        let cv2 = variance / (mean * mean);
        let class = match (adi < ADI_CUT, cv2 < CV2_CUT) {
            (true, true) => Class::Smooth,
            (true, false) => Class::Erratic,
            (false, true) => Class::Intermittent,
            (false, false) => Class::Lumpy,
        };
        Some(Self { adi, cv2, class })
    }
}

/// A count as a floating point number.
#[expect(clippy::cast_precision_loss, reason = "counts of periods are small")]
pub(super) const fn count(count: usize) -> f64 {
    count as f64
}

/// The mean; 0 of nothing.
pub(super) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / count(values.len()) }
}
