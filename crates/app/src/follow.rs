//! Followers of the event stream: what the product does by itself about what has happened.
//!
//! A follower reads the events behind its place and acts on them in the transaction that moves its place, so that each event is acted on exactly
//! once, whatever breaks and however many processes run. Steps of orders stay as fast as they are: nothing of this is done in them.

use domain::{Actor, CompanyId, Event, Language, Version};
use store::query::event;
use store::rows;
use store::{Failure, Outcome, UnitOfWork};

use crate::App;

/// Events acted on in one transaction.
const BATCH: i64 = 200;

/// Something that acts on events.
#[derive(Clone, Copy)]
pub struct Follower {
    /// The key of its place.
    pub name: &'static str,
    /// What it does about events, in the order they happened; all of them, also those it has no use for.
    pub act: fn(&mut UnitOfWork, &Actor, &[Event]) -> Outcome<()>,
}

/// Every follower, in the order they act.
pub const FOLLOWERS: &[Follower] = &[crate::clock::FOLLOWER, Follower { name: "notifications", act: crate::notify::act::act }];

/// The product itself, as who acts on events and time.
pub fn product(company_id: CompanyId) -> Actor {
    let permissions = domain::Act::ALL.iter().map(|act| act.as_str()).collect();
    let name = domain::text(Language::ZhCn, "actor.product", &[]);
    Actor { name, permissions, channel: "clock".to_owned(), company_id, ..crate::session::actor_of_nobody() }
}

/// Lets a follower act on everything that has happened in a company; answers with how many events that were.
///
/// # Errors
/// What the follower refuses, or why it could not be written; its place has not moved then.
pub async fn catch_up(app: &App, company: CompanyId, follower: Follower) -> Result<usize, Failure> {
    let mut all = 0;
    loop {
        let read = app.store.read(move |reader| {
            let place = reader.get::<rows::Follower>(company, follower.name.to_owned())?.map_or(0, |row| row.position);
            Ok((place, event::behind(reader, company, place, BATCH)?))
        });
        let (place, events) = read.await?;
        if events.is_empty() {
            return Ok(all);
        }
        let count = events.len();
        let actor = product(company);
        app.store.write(company, move |work| act_once(work, &actor, follower, place, &events)).await?;
        all += count;
    }
}

/// Acts on events unless another process was there first.
fn act_once(work: &mut UnitOfWork, by: &Actor, follower: Follower, place: i64, events: &[Event]) -> Outcome<()> {
    let found = work.find::<rows::Follower>(follower.name.to_owned())?;
    if found.as_ref().map_or(0, |row| row.position) != place {
        return Ok(());
    }
    (follower.act)(work, by, events)?;
    let position = events.last().map_or(place, |event| event.position);
    match found {
        Some(mut row) => {
            row.position = position;
            work.save(&mut row);
        }
        None => {
            work.add(rows::Follower { name: follower.name.to_owned(), version: Version::FIRST, position });
        }
    }
    Ok(())
}
