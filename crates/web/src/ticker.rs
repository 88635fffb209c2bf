//! What the server does without being asked: followers act on events, what has fallen due happens, what is to go out goes out. Every process does
//! it for every company; whoever comes first has done it.

use std::time::Duration;

use app::cart::expire;
use app::credit::end_release;
use app::follow::{FOLLOWERS, catch_up, product};
use app::reservation::expire::expire as end_reservations_of;
use app::{App, clock};
use domain::CompanyId;
use store::query::{company, credit, portal, reservation};

use crate::sending;
use crate::state::Web;

/// Commits are waited for so long together with those right behind them.
const GATHER: Duration = Duration::from_millis(50);

/// Companies looked after by one process at the most.
const COMPANIES: i64 = 10_000;

/// Looks after the companies until the server shuts down; what goes out of the house is sent beside, since others' servers may be slow.
pub(crate) async fn run(web: Web) {
    tokio::join!(follow(web.clone()), sending::run(web));
}

/// Lets the followers act until the server shuts down: after each commit of this process, and as often as others' commits are looked for.
async fn follow(web: Web) {
    let mut commits = web.app.store.commits();
    let mut closing = web.closing.clone();
    let poll = Duration::from_secs(web.options.poll_seconds.max(1));
    loop {
        commits.mark_unchanged();
        tick(&web.app).await;
        tokio::select! {
            _ = commits.changed() => {}
            () = tokio::time::sleep(poll) => {}
            _ = closing.changed() => return,
        }
        tokio::time::sleep(GATHER).await;
    }
}

/// Does everything that is to be done now but sending. [`crate::serve`] calls it by itself unless [`crate::Options::ticks`] is off.
pub async fn tick(app: &App) {
    let companies = match app.store.read(|reader| company::first(reader, COMPANIES)).await {
        Ok(companies) => companies,
        Err(fault) => return tracing::warn!(%fault, "the companies could not be read"),
    };
    for company in companies {
        look_after(app, company.id).await;
    }
}

/// Sends what is due now; for who moves the clock of a server whose [`crate::Options::ticks`] is off.
pub async fn send(web: &Web) {
    sending::look(web).await;
}

/// Releases taken back in one transaction.
const RELEASES: i64 = 200;

/// Takes back credit that was released until now; who else decides on it meanwhile has done so before.
async fn end_releases(app: &App, company: CompanyId) {
    let now = app.store.now();
    loop {
        let due = match app.store.read(move |reader| credit::due(reader, company, now, RELEASES)).await {
            Ok(due) if due.is_empty() => return,
            Ok(due) => due,
            Err(fault) => return tracing::warn!(%fault, "releases that have run out could not be read"),
        };
        let product = product(company);
        if let Err(failure) = app.store.write(company, move |work| end_release::expire(work, &product, &due)).await {
            return tracing::warn!(?failure, "releases that have run out were not taken back");
        }
    }
}

/// Lines of carts given free in one transaction.
const HOLDS: i64 = 200;

/// Gives free what carts have held long enough; what was held anew meanwhile is left alone (INT-07).
async fn end_holds(app: &App, company: CompanyId) {
    let now = app.store.now();
    loop {
        let due = match app.store.read(move |reader| portal::due(reader, company, now, HOLDS)).await {
            Ok(due) if due.is_empty() => return,
            Ok(due) => due,
            Err(fault) => return tracing::warn!(%fault, "carts whose time is up could not be read"),
        };
        let product = product(company);
        if let Err(failure) = app.store.write(company, move |work| expire::expire(work, &product, &due)).await {
            return tracing::warn!(?failure, "what carts held was not given free");
        }
    }
}

/// Orders looked after in one transaction.
const ORDERS: i64 = 50;

/// Gives free what is reserved for orders that have not taken effect in time (INV-02).
async fn end_reservations(app: &App, company: CompanyId) {
    let now = app.store.now();
    loop {
        let due = match app.store.read(move |reader| reservation::due(reader, company, now, ORDERS)).await {
            Ok(due) if due.is_empty() => return,
            Ok(due) => due,
            Err(fault) => return tracing::warn!(%fault, "reservations that have run out could not be read"),
        };
        let product = product(company);
        if let Err(failure) = app.store.write(company, move |work| end_reservations_of(work, &product, &due)).await {
            return tracing::warn!(?failure, "reservations that have run out were not given free");
        }
    }
}

/// Clocks fire between the two looks at what happened: those that were stopped do not, and who is to be told of the others is told at once.
async fn look_after(app: &App, company: CompanyId) {
    end_releases(app, company).await;
    end_holds(app, company).await;
    end_reservations(app, company).await;
    catch_up_all(app, company).await;
    if let Err(failure) = app::promise::follow::catch_up(app, company).await {
        tracing::warn!(?failure, "what is short was not promised");
    }
    if let Err(failure) = app::customer::follow::catch_up(app, company).await {
        tracing::warn!(?failure, "papers of merged customers did not follow");
    }
    if let Err(failure) = app::customer::keys::catch_up(app, company).await {
        tracing::warn!(?failure, "customers were not compared with others");
    }
    if let Err(failure) = clock::reckon::catch_up(app, company).await {
        tracing::warn!(?failure, "clocks were not reckoned by their changed calendar");
    }
    match clock::fire::fire_due(app, company).await {
        Ok(0) => {}
        Ok(_) => catch_up_all(app, company).await,
        Err(failure) => tracing::warn!(?failure, "clocks that are due did not fire"),
    }
}

async fn catch_up_all(app: &App, company: CompanyId) {
    for follower in FOLLOWERS {
        // What was not done now is tried again at the next look: its place has not moved.
        if let Err(failure) = catch_up(app, company, *follower).await {
            tracing::warn!(?failure, follower = follower.name, "events were not acted on");
        }
    }
}
