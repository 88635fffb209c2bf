//! What was sent: JSON, with the place of a mistake in it.

use app::Replay;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use domain::{Detail, FieldError, Reason, Refusal};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};
use utoipa::ToSchema;

use crate::context;
use crate::error::Error;
use crate::mask;
use crate::replay;
use crate::state::Web;

/// The JSON body of a request, and of a POST with an `Idempotency-Key` its replay. The last argument of a handler, behind [`crate::by::By`].
///
/// 400 for what is no JSON, 415 for another type, 422 with the place of the first value of the wrong type or the first unknown field. What
/// the values mean is checked by [`crate::fields::Fields`], which gathers all mistakes.
#[derive(Clone, Debug)]
pub struct Body<T> {
    /// What was sent.
    pub input: T,
    /// For [`app::App::command`].
    pub replay: Option<Replay>,
}

/// A body without content: `{}` or nothing.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// A reason, for steps that need one.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Because {
    /// Why; shown in the timeline.
    pub reason: String,
}

/// A remark, for steps that may carry one.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Noting {
    /// Shown in the timeline.
    pub note: String,
}

impl<T: DeserializeOwned> FromRequest<Web> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Error> {
        let (parts, body) = request.into_parts();
        let bytes = bytes(Request::from_parts(parts.clone(), body)).await?;
        if !bytes.is_empty() && !is_json(&parts.headers) {
            return Err(Error::plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-type"));
        }
        let input = read(if bytes.is_empty() { b"{}" } else { &bytes })?;
        mask::check(&bytes, context::of(&parts).hides())?;
        let replay = replay::of(web, &parts, &bytes)?;
        Ok(Body { input, replay })
    }
}

/// All bytes of a body.
async fn bytes(request: Request) -> Result<Bytes, Error> {
    Bytes::from_request(request, &()).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::plain(StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        _ => Error::plain(StatusCode::BAD_REQUEST, "malformed"),
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") || essence.ends_with("+json")
}

/// Reads a JSON object.
///
/// # Errors
/// 400 for what is none, 422 at the first value of the wrong type or the first unknown field.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    // An array would be taken for a struct whose fields have no names.
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(Error::plain(StatusCode::BAD_REQUEST, "malformed"));
    }
    // No text holds the character NUL, and PostgreSQL could not keep it.
    if bytes.windows(6).any(|six| six == b"\\u0000") {
        return Err(Error::plain(StatusCode::BAD_REQUEST, "malformed"));
    }
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        let pointer = pointer(error.path());
        let error = error.into_inner();
        if error.is_data() { wrong(pointer, &error) } else { Error::plain(StatusCode::BAD_REQUEST, "malformed") }
    })?;
    source.end().map_err(|_| Error::plain(StatusCode::BAD_REQUEST, "malformed"))?;
    Ok(value)
}

/// A value that is not of the expected type at `pointer`.
pub(crate) fn wrong(pointer: String, why: &serde_json::Error) -> Error {
    // The place in the text says nothing to who made the value with a program; the pointer says where it is.
    let why = why.to_string();
    let why = why.split(" at line ").next().unwrap_or(&why).to_owned();
    let reason = Reason { code: "value.not_understood", details: vec![("why", Detail::Text(why))] };
    Refusal::invalid(vec![FieldError::new(pointer, reason)]).into()
}

/// A path as a JSON pointer (RFC 6901).
pub(crate) fn pointer(path: &Path) -> String {
    path.iter().fold(String::new(), |mut text, segment| {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("/{index}")),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                text.push('/');
                text.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Unknown => {}
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    #[allow(dead_code)]
    struct Line {
        quantity: String,
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    #[allow(dead_code)]
    struct Sent {
        lines: Vec<Line>,
    }

    #[test]
    fn mistakes_have_a_place() {
        let check = |text: &str, status: u16, pointer: &str| {
            let problem = read::<Sent>(text.as_bytes()).unwrap_err().problem(domain::Language::En);
            let found = problem.errors.first().map_or("", |error| error.pointer.as_str());
            assert_eq!((problem.status, found), (status, pointer), "{text}");
        };
        check("{", 400, "");
        check("{} x", 400, "");
        check(r#"{"lines":[{"quantity":"\u0000"}]}"#, 400, "");
        check(r#"{"lines":[{"quantity":"1"},{"quantity":5}]}"#, 422, "/lines/1/quantity");
        check(r#"{"lines":[{"a/b":1}]}"#, 422, "/lines/0/a~1b");
        check(r#"{"line":[]}"#, 422, "/line");
        check("[1]", 400, "");
    }
}
