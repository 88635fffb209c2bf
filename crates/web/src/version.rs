//! Versions in HTTP: `ETag` on what is answered, `If-Match` on what is changed.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Response};
use domain::Version;
use serde::Serialize;

use crate::context;
use crate::error::Error;
use crate::value::Saved;

/// The version a change was decided on, from `If-Match`; 428 where it is missing. For PUT and DELETE.
#[derive(Clone, Copy, Debug)]
pub struct Matching(pub Version);

/// The version a step was decided on, where the caller says.
#[derive(Clone, Copy, Debug)]
pub struct MaybeMatching(pub Option<Version>);

impl<S: Sync> FromRequestParts<S> for MaybeMatching {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let Some(value) = context::text(&parts.headers, header::IF_MATCH.as_str()) else { return Ok(MaybeMatching(None)) };
        if value.trim() == "*" {
            return Ok(MaybeMatching(None));
        }
        let number = value.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).and_then(|number| number.parse().ok());
        match number {
            Some(number) => Ok(MaybeMatching(Some(Version::from_raw(number)))),
            None => Err(Error::plain(StatusCode::BAD_REQUEST, "malformed")),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Matching {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let MaybeMatching(version) = MaybeMatching::from_request_parts(parts, state).await?;
        version.map(Matching).ok_or_else(|| Error::plain(StatusCode::PRECONDITION_REQUIRED, "version-missing"))
    }
}

/// A single resource with its `ETag`.
#[derive(Clone, Debug)]
pub struct Tagged<T>(pub i64, pub T);

impl Tagged<Saved> {
    /// A master record that was changed.
    pub fn saved(saved: app::saved::Saved) -> Self {
        Tagged(saved.version, saved.into())
    }
}

impl Created<Saved> {
    /// A master record that was made, among `plural`.
    pub fn at(plural: &str, saved: app::saved::Saved) -> Self {
        Created { location: format!("/api/v1/{plural}/{}", saved.id), version: saved.version, body: saved.into() }
    }
}

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        ([(header::ETAG, tag(self.0))], Json(self.1)).into_response()
    }
}

/// What was made, with its place and `ETag`; 201.
#[derive(Clone, Debug)]
pub struct Created<T> {
    /// Path of what was made: `/api/v1/users/…`.
    pub location: String,
    /// Its version.
    pub version: i64,
    /// What is answered.
    pub body: T,
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let mut response = (StatusCode::CREATED, [(header::ETAG, tag(self.version))], Json(self.body)).into_response();
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

fn tag(version: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).expect("a number is fine in a header")
}
