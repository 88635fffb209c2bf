//! Many callers at once, each doing one thing after another, and how long each thing took.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use super::report::cpu;
use crate::trouble::Trouble;

/// What was measured.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Things done.
    pub count: u64,
    /// By the clock.
    pub took: Duration,
    /// Of the processor, by this process: the callers and the product together.
    pub cpu: Duration,
    /// How long each took, sorted, in microseconds.
    pub latencies: Vec<u32>,
}

impl Measured {
    /// Things a second.
    #[allow(clippy::cast_precision_loss)]
    pub fn rate(&self) -> f64 {
        self.count as f64 / self.took.as_secs_f64().max(f64::EPSILON)
    }

    /// Microseconds of the processor for each.
    #[allow(clippy::cast_precision_loss)]
    pub fn cpu_each(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / (self.count.max(1)) as f64
    }

    /// The latency below which so many of a thousand are.
    pub fn permille(&self, permille: usize) -> u32 {
        let at = self.latencies.len() * permille / 1000;
        self.latencies.get(at.min(self.latencies.len().saturating_sub(1))).copied().unwrap_or(0)
    }
}

/// Lets `callers` callers, each made from its place, do `count` things together. One act may count for several, such as a batch of orders.
pub async fn run<C: Caller>(callers: u32, count: u64, bar: &ProgressBar, mut new: impl FnMut(u64) -> C) -> Result<Measured, Trouble> {
    bar.set_length(count);
    bar.set_position(0);
    let left = Arc::new(AtomicU64::new(count));
    let (started, used) = (Instant::now(), cpu());
    let mut tasks = Vec::new();
    for place in 0..u64::from(callers) {
        let (left, bar) = (left.clone(), bar.clone());
        let mut caller = new(place);
        tasks.push(tokio::spawn(async move {
            let mut latencies = Vec::new();
            let mut done = 0;
            let size = caller.size();
            let take = |left: u64| (left > 0).then(|| left.saturating_sub(size));
            while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok() {
                let began = Instant::now();
                let some = caller.act().await?;
                latencies.push(u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX));
                done += some;
                if latencies.len() % 64 == 0 {
                    bar.set_position(count - left.load(Ordering::Relaxed).min(count));
                }
            }
            Ok::<_, Trouble>((done, latencies))
        }));
    }
    let (mut done, mut latencies) = (0, Vec::new());
    for task in tasks {
        let (some, mut of_one) = task.await.map_err(|why| Trouble::with("trouble.system", [("why", &why)]))??;
        done += some;
        latencies.append(&mut of_one);
    }
    let (took, cpu) = (started.elapsed(), cpu().saturating_sub(used));
    bar.finish_and_clear();
    latencies.sort_unstable();
    Ok(Measured { count: done, took, cpu, latencies })
}

/// Somebody who does one thing after another.
pub trait Caller: Send + 'static {
    /// How much one act counts for.
    fn size(&self) -> u64 {
        1
    }
    /// Does one thing; answers how much it counts for.
    fn act(&mut self) -> impl Future<Output = Result<u64, Trouble>> + Send;
}
