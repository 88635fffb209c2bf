//! What readers of radio tags see.

use crate::id::{SightingId, Version};
use crate::instant::Instant;

/// A tag as one reader last saw it (射频读取). A reader tells of a tag many times a second while it lies before it: reads within
/// [`TagSighting::SAME_VISIT_SECONDS`] of the one before are one visit.
///
/// Source: INV-05
#[derive(Clone, Debug, PartialEq)]
pub struct TagSighting {
    /// Key.
    pub id: SightingId,
    /// Raised by every change.
    pub version: Version,
    /// Which reader; one that is named like a bin reads what lies in it.
    pub reader: String,
    /// What the tag says: a serial number or the number of a lot.
    pub tag: String,
    /// When it was first read there.
    pub first_at: Instant,
    /// When it was last read there.
    pub last_at: Instant,
    /// How often it was read.
    pub reads: i64,
    /// How often it came.
    pub visits: i64,
}

impl TagSighting {
    /// Reads of a tag by one reader that are no further apart are one visit.
    pub const SAME_VISIT_SECONDS: i64 = 5;
    /// The most reads of one request.
    pub const MAX_READS: usize = 1_000;

    /// Counts a read; whether the tag came anew. A read that is told late does not move the last one back.
    pub fn see(&mut self, at: Instant) -> bool {
        let gap = at.micros() - self.last_at.micros();
        let anew = gap > Self::SAME_VISIT_SECONDS * 1_000_000;
        self.reads += 1;
        self.visits += i64::from(anew);
        self.last_at = self.last_at.max(at);
        anew
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// INV-05
    #[test]
    fn reads_within_seconds_are_one_visit() {
        let at = |seconds: i64| Instant::from_micros(seconds * 1_000_000);
        let mut seen = TagSighting {
            id: SightingId::NONE,
            version: Version::FIRST,
            reader: "A-01".to_owned(),
            tag: "S1".to_owned(),
            first_at: at(0),
            last_at: at(0),
            reads: 1,
            visits: 1,
        };
        assert!(!seen.see(at(2)));
        assert!(!seen.see(at(6)));
        assert!(!seen.see(at(1)));
        assert!(seen.see(at(12)));
        assert_eq!((seen.reads, seen.visits, seen.last_at), (5, 2, at(12)));
    }
}
