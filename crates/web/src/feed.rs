//! News for everybody who watches: in each process one task for each company looks at what has happened and hands it to all streams, so that an event
//! costs one read however many sessions are open. Who was told something is named with it; only their streams count what is unread.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::{CompanyId, Event, UserId};
use store::Fault;
use store::query::{event, notify};
use tokio::sync::broadcast;

use crate::state::Web;

/// Events read at once.
const BATCH: i64 = 200;

/// A commit is waited for so long together with those right behind it.
const GATHER: Duration = Duration::from_millis(50);

/// News kept for streams that are slow; who misses some reads for itself.
const KEPT: usize = 64;

/// Ids are made before they are committed, by several processes: so much before the newest, as ids count, is looked at again. Ten seconds.
const AGAIN: i64 = 10_000 << 22;

/// Notifications looked at once.
const TOLD: i64 = 10_000;

/// What has happened since the last look.
#[derive(Debug)]
pub(crate) struct News {
    /// The place of the event before these.
    pub before: i64,
    /// What has happened behind it.
    pub events: Vec<Event>,
    /// Who was told something, or has read something.
    pub told: BTreeSet<UserId>,
}

/// The companies that are watched in this process.
#[derive(Debug, Default)]
pub(crate) struct Feeds {
    open: Mutex<HashMap<CompanyId, broadcast::Sender<Arc<News>>>>,
}

impl Feeds {
    /// Watches a company. Whatever is committed after this call comes; what was before is the caller's to read.
    pub fn watch(&self, web: &Web, company: CompanyId) -> broadcast::Receiver<Arc<News>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = open.get(&company) {
            return sender.subscribe();
        }
        let (sender, receiver) = broadcast::channel(KEPT);
        open.insert(company, sender.clone());
        tokio::spawn(Feed { web: web.clone(), company, sender, place: None, newest: 0, seen: BTreeSet::new() }.run());
        receiver
    }

    /// Tells the streams of a person that what is unread has changed.
    pub fn has_read(&self, company: CompanyId, user: UserId) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = open.get(&company) {
            let _ = sender.send(Arc::new(News { before: 0, events: Vec::new(), told: BTreeSet::from([user]) }));
        }
    }

    /// Whether nobody watches the company any more; it is forgotten then.
    fn over(&self, company: CompanyId) -> bool {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let over = open.get(&company).is_none_or(|sender| sender.receiver_count() == 0);
        if over {
            open.remove(&company);
        }
        over
    }
}

/// The look at one company.
struct Feed {
    web: Web,
    company: CompanyId,
    sender: broadcast::Sender<Arc<News>>,
    /// Place of the last event that was handed out; nothing before the first look.
    place: Option<i64>,
    /// The newest notification.
    newest: i64,
    /// Those that were handed out and may be met again.
    seen: BTreeSet<i64>,
}

impl Feed {
    async fn run(mut self) {
        let mut commits = self.web.app.store.commits();
        let mut closing = self.web.closing.clone();
        let poll = Duration::from_secs(self.web.options.poll_seconds.max(1));
        loop {
            commits.mark_unchanged();
            if let Err(fault) = self.look().await {
                // Looked at again with the next commit: the place has not moved.
                tracing::warn!(%fault, "what has happened could not be read");
            }
            tokio::select! {
                _ = commits.changed() => {}
                () = tokio::time::sleep(poll) => {}
                _ = closing.changed() => return,
            }
            tokio::time::sleep(GATHER).await;
            if self.web.feeds.over(self.company) {
                return;
            }
        }
    }

    /// One read for everybody.
    async fn look(&mut self) -> Result<(), Fault> {
        let company = self.company;
        let Some(place) = self.place else {
            let read = self.web.app.store.read(move |reader| {
                let newest = notify::newest(reader, company)?;
                Ok((event::newest(reader, company)?, newest, notify::made_after(reader, company, newest.saturating_sub(AGAIN), TOLD)?))
            });
            let (place, newest, there) = read.await?;
            (self.place, self.newest) = (Some(place), newest);
            self.seen = there.into_iter().map(|(id, _)| id).collect();
            // Who watched before this first look reads what lies between.
            let _ = self.sender.send(Arc::new(News { before: place, events: Vec::new(), told: BTreeSet::new() }));
            return Ok(());
        };
        let floor = self.newest.saturating_sub(AGAIN);
        let read = self
            .web
            .app
            .store
            .read(move |reader| Ok((event::behind(reader, company, place, BATCH)?, notify::made_after(reader, company, floor, TOLD)?)));
        let (events, told) = read.await?;
        let full = i64::try_from(events.len()).is_ok_and(|count| count == BATCH);
        self.place = Some(events.last().map_or(place, |event| event.position));
        let fresh: Vec<(i64, UserId)> = told.into_iter().filter(|(id, _)| self.seen.insert(*id)).collect();
        self.newest = fresh.iter().map(|(id, _)| *id).fold(self.newest, i64::max);
        let floor = self.newest.saturating_sub(AGAIN);
        self.seen.retain(|id| *id > floor);
        let told: BTreeSet<UserId> = fresh.into_iter().map(|(_, user)| user).collect();
        if !events.is_empty() || !told.is_empty() {
            let _ = self.sender.send(Arc::new(News { before: place, events, told }));
        }
        if full { Box::pin(self.look()).await } else { Ok(()) }
    }
}
