//! Phones and e-mails of customers' people in answers: masked here, for every address at once, where the caller may not see them (PTY-05).

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::{FieldError, FieldRule, Refusal};
use serde_json::Value;

use crate::error::Error;

/// Addresses that tell of the company and its own people, not of customers'.
const OWN: [&str; 9] =
    ["/company", "/companies", "/document-templates", "/letterhead", "/mail-settings", "/me", "/session", "/users", "/workers"];

/// Whether an address below `/api/v1`, or the noun of a list, is of the company itself.
pub(crate) fn is_own(path: &str) -> bool {
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    OWN.iter().any(|own| own[1..] == *first)
}

/// The answer with what the caller may not see masked. Files are masked where they are made.
pub(crate) async fn answer(response: Response) -> Response {
    if !is_json(response.headers()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Error::internal("an answer broke off before it was masked").into_response();
    };
    let masked = match serde_json::from_slice::<Value>(&bytes) {
        Ok(mut value) => {
            domain::mask(&mut value);
            Body::from(value.to_string())
        }
        Err(_) if bytes.is_empty() => Body::empty(),
        Err(why) => return Error::internal(why).into_response(),
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, masked)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}

/// Refuses what would write a masked value over the real one: in phones and e-mails, and in every text where the caller sees no others.
///
/// # Errors
/// 422 at each place.
pub(crate) fn check(bytes: &[u8], hides: bool) -> Result<(), Error> {
    if !bytes.windows(3).any(|three| three == b"***") {
        return Ok(());
    }
    let value: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let places = domain::masked_places(&value, hides);
    Ok(Refusal::unless_valid(places.into_iter().map(|place| FieldError::new(place, FieldRule::Masked)).collect())?)
}
