//! Idempotency keys: the first answer to a request is kept with it and given again, and a request still running is not begun twice.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use app::Replay;
use axum::http::{Method, StatusCode, request::Parts};
use domain::{CompanyId, RequestRejection, UserId};

use crate::context::{self, Context};
use crate::error::Error;
use crate::secret;
use crate::state::Web;

type Key = (CompanyId, UserId, String);

/// The keys of requests that this process is answering.
#[derive(Debug, Default)]
pub(crate) struct Running(Mutex<HashSet<Key>>);

/// Takes the key back when the request was answered.
pub(crate) struct Guard(Arc<Running>, Key);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

/// Longest key.
const MAX_KEY: usize = 200;

/// The replay of a POST that carried a key; `content` is the body, or what stands for it where bytes differ from try to try.
///
/// # Errors
/// 400 for a key that is too long or not ASCII, 409 `running` while the same key is being answered.
pub fn of(web: &Web, parts: &Parts, content: &[u8]) -> Result<Option<Replay>, Error> {
    let context = context::of(parts);
    let (Some(key), Some((company, user))) = (parts.headers.get("idempotency-key"), context.who()) else { return Ok(None) };
    if parts.method != Method::POST {
        return Ok(None);
    }
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= MAX_KEY);
    let key = key.ok_or_else(|| Error::plain(StatusCode::BAD_REQUEST, "malformed"))?.to_owned();
    hold(web, &context, (company, user, key.clone()))?;
    let mut text = format!("{} {}\n", parts.method, original(parts)).into_bytes();
    text.extend_from_slice(content);
    Ok(Some(Replay { key, request_hash: secret::sha256(&text) }))
}

/// The path as the caller wrote it, also inside a nested router.
fn original(parts: &Parts) -> String {
    let uri = parts.extensions.get::<axum::extract::OriginalUri>().map_or(&parts.uri, |uri| &uri.0);
    uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string)
}

fn hold(web: &Web, context: &Context, key: Key) -> Result<(), Error> {
    let fresh = web.running.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
    if !fresh {
        return Err(Error::refused(RequestRejection::Running));
    }
    context.hold(Guard(web.running.clone(), key));
    Ok(())
}
