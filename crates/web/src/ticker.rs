//! What the server does without being asked: followers act on events. Every process does it for every company; whoever comes first has done it.

use std::time::Duration;

use app::follow::{self, FOLLOWERS};
use domain::CompanyId;
use store::query::company;

use crate::state::Web;

/// Commits are waited for so long together with those right behind them.
const GATHER: Duration = Duration::from_millis(50);

/// Companies looked after by one process at the most.
const COMPANIES: i64 = 10_000;

/// Looks after the companies until the server shuts down: after each commit of this process, and as often as others' commits are looked for.
pub(crate) async fn run(web: Web) {
    let mut commits = web.app.store.commits();
    let mut closing = web.closing.clone();
    let poll = Duration::from_secs(web.options.poll_seconds.max(1));
    loop {
        commits.mark_unchanged();
        tick(&web).await;
        tokio::select! {
            _ = commits.changed() => {}
            () = tokio::time::sleep(poll) => {}
            _ = closing.changed() => return,
        }
        tokio::time::sleep(GATHER).await;
    }
}

/// Does everything that is to be done now. [`crate::serve`] calls it by itself unless [`crate::Options::ticks`] is off.
pub async fn tick(web: &Web) {
    let companies = match web.app.store.read(|reader| company::first(reader, COMPANIES)).await {
        Ok(companies) => companies,
        Err(fault) => return tracing::warn!(%fault, "the companies could not be read"),
    };
    for company in companies {
        look_after(web, company.id).await;
    }
}

async fn look_after(web: &Web, company: CompanyId) {
    for follower in FOLLOWERS {
        // What was not done now is tried again at the next look: its place has not moved.
        if let Err(failure) = follow::catch_up(&web.app, company, *follower).await {
            tracing::warn!(?failure, follower = follower.name, "events were not acted on");
        }
    }
}
