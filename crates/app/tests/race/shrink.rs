//! From a list of commands that fails to the shortest one found that still does.

use std::time::Instant;

use crate::command::Command;

/// Leaves out chunks while what is left still fails, until nothing can be left out or the time is over (delta debugging: Zeller and
/// Hildebrandt, 2002). `fails` says why.
pub async fn shrink<F>(commands: &[Command], why: String, until: Instant, mut fails: F) -> (Vec<Command>, String)
where
    F: AsyncFnMut(&[Command]) -> Option<String>,
{
    let (mut shortest, mut why) = (commands.to_vec(), why);
    let mut chunks = 2;
    while shortest.len() > 1 {
        let size = shortest.len().div_ceil(chunks);
        let mut shorter = None;
        for from in (0..shortest.len()).step_by(size) {
            if Instant::now() >= until {
                return (shortest, why);
            }
            let to = (from + size).min(shortest.len());
            let rest = [&shortest[..from], &shortest[to..]].concat();
            if let Some(still) = fails(&rest).await {
                shorter = Some((rest, still));
                break;
            }
        }
        match shorter {
            Some(found) => {
                (shortest, why) = found;
                chunks = (chunks - 1).max(2);
            }
            None if size == 1 => break,
            None => chunks = (chunks * 2).min(shortest.len()),
        }
    }
    (shortest, why)
}
