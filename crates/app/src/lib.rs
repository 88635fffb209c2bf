//! The use cases: everything a person or a program can ask for, one file a verb.
//!
//! A use case is one plain function over a unit of work: `fn approve(work, by, …) -> Outcome<…>`. It first asks whether the caller may,
//! then reads, lets `domain` decide, saves and records. [`App::command`] runs it, once for every idempotency key.

pub mod absence;
pub mod agent;
pub mod attachment;
pub mod blueprint;
pub mod calendar;
pub mod cart;
pub mod change;
pub mod clock;
pub mod company;
pub mod contract;
pub mod credit;
pub mod customer;
pub mod demo;
pub mod document;
pub mod document_template;
pub mod event;
pub mod evidence;
pub mod exception;
pub mod exchange_rate;
pub mod export;
mod field;
pub mod follow;
pub mod forecast;
pub mod grade;
pub mod import;
pub mod inquiry;
pub mod intake;
pub mod invoice;
pub mod letterhead;
pub mod link;
pub mod mail_settings;
pub mod message;
pub mod notify;
pub mod number;
pub mod offer;
pub mod order;
pub mod payment;
pub mod person;
pub mod portal;
pub mod portal_user;
pub mod price;
pub mod product;
pub mod promise;
pub mod promotion;
pub mod purchase;
pub mod quota;
pub mod quotation;
pub mod rebate;
pub mod repair;
pub mod reservation;
pub mod robot;
pub mod role;
pub mod saved;
pub mod session;
pub mod shipment;
pub mod shortage;
pub mod skill;
pub mod stock;
pub mod stock_count;
pub mod supplier;
pub mod task;
pub mod task_kind;
pub mod template;
pub mod token;
pub mod transfer;
pub mod user;
pub mod warehouse;
pub mod webhook;
pub mod worker;

use std::sync::Arc;

use domain::{Act, Actor, Refusal, RefusalKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::rows::Answer;
use store::{Failure, Fault, Outcome, Reader, Store, UnitOfWork};

/// The product on its database.
#[derive(Clone)]
pub struct App {
    /// Where the state is.
    pub store: Arc<Store>,
}

/// A request that carried an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The key, as the caller sent it.
    pub key: String,
    /// The hash of method, path and body: another request under the same key is refused.
    pub request_hash: String,
}

impl Replay {
    /// Key of its answer: everybody has keys of their own.
    fn kept_under(&self, by: &Actor) -> String {
        format!("{}:{}", by.user_id, self.key)
    }

    fn answer<T: DeserializeOwned>(&self, kept: &Answer) -> Result<T, Refusal> {
        if kept.request_hash != self.request_hash {
            return Err(key_reused());
        }
        serde_json::from_str(&kept.body).map_err(|_| key_reused())
    }
}

impl App {
    /// The product on an open store.
    pub fn new(store: Store) -> Self {
        App { store: Arc::new(store) }
    }

    /// Runs a use case for `by` and commits it. With `replay`, the first answer is kept in the same transaction and given again.
    ///
    /// # Errors
    /// The refusal of the use case (`key-reused` for another request under the same key), or why it could not be written.
    pub async fn command<T, F>(&self, by: &Actor, replay: Option<Replay>, act: F) -> Result<T, Failure>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&mut UnitOfWork, &Actor) -> Outcome<T> + Send + 'static,
    {
        let actor = by.clone();
        self.store
            .write(by.company_id, move |work| match &replay {
                Some(replay) => once(work, &actor, replay, &act),
                None => act(work, &actor),
            })
            .await
    }

    /// What was answered to this request before; nothing where it carries no key or has not been answered.
    ///
    /// # Errors
    /// Refused (`key-reused`) for another request under the same key, or a fault of the database.
    pub async fn answered<T: DeserializeOwned>(&self, by: &Actor, replay: Option<&Replay>) -> Result<Option<T>, Failure> {
        let Some(replay) = replay else { return Ok(None) };
        let (company, key) = (by.company_id, replay.kept_under(by));
        match self.store.read(move |reader| reader.get::<Answer>(company, key)).await? {
            Some(answer) => Ok(Some(replay.answer(&answer).map_err(Failure::Refused)?)),
            None => Ok(None),
        }
    }

    /// Reads for `by`, who must be permitted to.
    ///
    /// # Errors
    /// Denied, or a fault of the database.
    pub async fn read<T, F>(&self, by: &Actor, may: Act, act: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, Fault> + Send + 'static,
    {
        by.may(may).map_err(Failure::Refused)?;
        Ok(self.store.read(act).await?)
    }
}

/// Runs `act` unless the key was answered before.
///
/// # Errors
/// Refused (`key-reused`) for another request under the same key.
pub fn once<T, F>(work: &mut UnitOfWork, by: &Actor, replay: &Replay, act: &F) -> Outcome<T>
where
    T: Serialize + DeserializeOwned,
    F: Fn(&mut UnitOfWork, &Actor) -> Outcome<T>,
{
    let key = replay.kept_under(by);
    if let Some(answer) = work.find::<Answer>(key.clone())? {
        return Ok(replay.answer(&answer)?);
    }
    let value = act(work, by)?;
    let body = serde_json::to_string(&value).expect("answers are plain data");
    let (user_id, created_at) = (by.user_id, work.now());
    work.add(Answer { key, user_id, request_hash: replay.request_hash.clone(), status: 0, body, created_at });
    Ok(value)
}

fn key_reused() -> Refusal {
    Refusal { code: "key-reused", kind: RefusalKind::Invalid, details: Vec::new(), fields: Vec::new(), gates: Vec::new() }
}
