//! Answers commands when what they wrote is durable, beside the writer that goes on.

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::{AcqRel, Release};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use crate::batch::{Command, Failure};
use crate::engine::Durability;
use crate::fault::Fault;

type Batch = Vec<Box<dyn Command>>;

/// Makes the commits of one writer durable, all that wait in one go.
pub(crate) struct Keeper {
    batches: Option<Sender<Batch>>,
    thread: Option<JoinHandle<()>>,
    /// Commands that are committed and not durable yet.
    pub unkept: Arc<AtomicUsize>,
    broken: Arc<OnceLock<Fault>>,
}

impl Keeper {
    /// Starts the thread that waits for the disk.
    pub fn start(durability: Durability) -> Self {
        let (batches, receiver) = channel();
        let (unkept, broken) = (Arc::new(AtomicUsize::new(0)), Arc::new(OnceLock::new()));
        let thread = std::thread::spawn({
            let (unkept, broken) = (unkept.clone(), broken.clone());
            move || keep(&receiver, durability, &unkept, &broken)
        });
        Keeper { batches: Some(batches), thread: Some(thread), unkept, broken }
    }

    /// Takes commands that were committed; they are answered when that is durable.
    pub fn take(&self, batch: Batch) {
        self.unkept.fetch_add(batch.len(), AcqRel);
        let left = self.batches.as_ref().map(|batches| batches.send(batch));
        // The thread only ends with its sender.
        if let Some(Err(lost)) = left {
            lost.0.into_iter().for_each(|c| c.finish(Some(Failure::Unknown("nothing makes it durable".into()))));
        }
    }

    /// Why nothing can be made durable any more. What the disk once failed to keep it may have forgotten, whatever it says later; only a new
    /// start reads what is really there.
    pub fn broken(&self) -> Option<Fault> {
        self.broken.get().cloned()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.batches.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing more to finish.
            let _ = thread.join();
        }
    }
}

fn keep(batches: &Receiver<Batch>, mut durability: Durability, unkept: &AtomicUsize, broken: &OnceLock<Fault>) {
    while let Ok(mut batch) = batches.recv() {
        batch.extend(batches.try_iter().flatten());
        if broken.get().is_none()
            && let Err(fault) = durability()
        {
            tracing::error!(%fault, "the disk does not keep what was written; nothing more is taken until the next start");
            let _ = broken.set(fault);
        }
        unkept.fetch_sub(batch.len(), Release);
        let failed = broken.get().map(|fault| Failure::Unknown(fault.to_string()));
        batch.into_iter().for_each(|c| c.finish(failed.clone()));
    }
}
