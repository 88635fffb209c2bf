//! Figures of what people did: how much, how fast, how well.

use crate::instant::Instant;

/// A task that was done, as far as figures need it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoneTask {
    /// When it should have been delivered.
    pub due_at: Option<Instant>,
    /// When it was accepted.
    pub accepted_at: Option<Instant>,
    /// When it was delivered.
    pub delivered_at: Option<Instant>,
    /// 1 to 5, where it was judged.
    pub quality: Option<i64>,
    /// 1 to 5, where it was judged.
    pub timeliness: Option<i64>,
}

/// The figures of one person and kind, or of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFigures {
    /// Tasks done.
    pub done: i64,
    /// Offers refused.
    pub refused: i64,
    /// Done ones that were due.
    pub with_due: i64,
    /// Those of them that were delivered in time.
    pub on_time: i64,
    /// Seconds from acceptance to delivery, of each.
    pub seconds: Vec<i64>,
    /// Sum of the quality scores.
    pub quality: i64,
    /// Sum of the time scores.
    pub timeliness: i64,
    /// How many were judged.
    pub judged: i64,
    /// Tasks in hand or on the desk now.
    pub open: i64,
    /// Minutes that are left of them.
    pub open_minutes: i64,
}

/// `sum / count` with two decimals; nothing of nothing.
fn ratio(sum: i64, count: i64) -> Option<String> {
    if count == 0 {
        return None;
    }
    let hundredths = (sum * 200 + count) / (count * 2);
    Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

impl TaskFigures {
    /// Counts one that was done.
    pub fn add(&mut self, task: &DoneTask) {
        self.done += 1;
        if let (Some(due), Some(delivered)) = (task.due_at, task.delivered_at) {
            self.with_due += 1;
            self.on_time += i64::from(delivered <= due);
        }
        if let (Some(accepted), Some(delivered)) = (task.accepted_at, task.delivered_at) {
            self.seconds.push(accepted.seconds_until(delivered));
        }
        if let (Some(quality), Some(timeliness)) = (task.quality, task.timeliness) {
            self.quality += quality;
            self.timeliness += timeliness;
            self.judged += 1;
        }
    }

    /// These and the others.
    pub fn merge(&mut self, other: &Self) {
        self.done += other.done;
        self.refused += other.refused;
        self.with_due += other.with_due;
        self.on_time += other.on_time;
        self.seconds.extend(&other.seconds);
        self.quality += other.quality;
        self.timeliness += other.timeliness;
        self.judged += other.judged;
        self.open += other.open;
        self.open_minutes += other.open_minutes;
    }

    /// Percent delivered in time, of those that were due.
    pub fn on_time_percent(&self) -> Option<String> {
        ratio(self.on_time * 100, self.with_due)
    }

    /// Hours from acceptance to delivery: half took less, half took more.
    pub fn median_hours(&self) -> Option<String> {
        let mut seconds = self.seconds.clone();
        seconds.sort_unstable();
        let middle = seconds.len() / 2;
        let upper = *seconds.get(middle)?;
        let lower = if seconds.len().is_multiple_of(2) { seconds[middle - 1] } else { upper };
        ratio(lower + upper, 7200)
    }

    /// The average quality score.
    pub fn average_quality(&self) -> Option<String> {
        ratio(self.quality, self.judged)
    }

    /// The average time score.
    pub fn average_timeliness(&self) -> Option<String> {
        ratio(self.timeliness, self.judged)
    }
}
