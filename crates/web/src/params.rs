//! The query of an address that is no list: a mistake in it is a problem document like any other.

use axum::extract::{FromRequestParts, Query};
use axum::http::{StatusCode, request::Parts};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::Error;

/// What stands behind the `?` of an address, as a struct of texts; unknown ones are refused, empty ones are not there.
#[derive(Clone, Copy, Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let malformed = |_| Error::plain(StatusCode::BAD_REQUEST, "malformed");
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map_err(malformed)?;
        let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let given: Map<String, Value> = given.map(|(name, value)| (name, Value::String(value))).collect();
        let params = serde_path_to_error::deserialize(Value::Object(given)).map_err(|error| {
            let pointer = crate::body::pointer(error.path());
            crate::body::wrong(pointer, &error.into_inner())
        })?;
        Ok(Params(params))
    }
}
