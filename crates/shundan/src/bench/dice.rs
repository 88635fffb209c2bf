//! Chance that is the same with the same seed.

/// A xorshift generator: quick, and good enough for loads.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice number `place` of a seed.
    pub fn new(seed: u64, place: u64) -> Self {
        let mixed = (seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ place.wrapping_add(1)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        Dice((mixed ^ (mixed >> 29)) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`, each as likely.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A number below `end` with the density 1/(x+1), by inversion: Zipf's law with exponent 1, as demand for products has it.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn popular(&mut self, end: u64) -> u64 {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((end as f64 + 1.0).powf(share) as u64).saturating_sub(1).min(end.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn popular_products_take_most_and_none_is_beyond_the_end() {
        let mut dice = Dice::new(1, 0);
        let drawn: Vec<u64> = (0..10_000).map(|_| dice.popular(20_000)).collect();
        assert!(drawn.iter().all(|place| *place < 20_000));
        let top = drawn.iter().filter(|place| **place < 200).count();
        assert!((4_500..6_500).contains(&top), "the first hundredth has about half of the demand, not {top}");
    }
}
