//! What stands around every request: size limits, headers that keep browsers safe, and a last answer where a handler broke.

use std::any::Any;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::Error;
use crate::state::Web;

/// Bytes of a JSON body at the most: a thousand orders sent at once fit. Files have a limit of their own.
pub(crate) const MAX_BODY: usize = 16 * 1024 * 1024;

/// Nothing but our own files; styles may be inline, since the interface's component library writes them so.
const CSP: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; \
    connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(self), geolocation=(), microphone=(), payment=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Puts the headers on every answer that keep browsers safe; what a handler set itself stays.
pub(crate) async fn headers(State(web): State<Web>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api");
    let https = web.options.is_https(request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if api {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        headers.entry(header::VARY).or_insert(HeaderValue::from_static("accept-language, accept"));
    }
    if https {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

/// The answer where a handler broke.
pub(crate) fn broken(panic: Box<dyn Any + Send + 'static>) -> Response {
    let why = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    Error::internal(format!("a handler panicked: {}", why.unwrap_or("no message"))).into_response()
}

/// The answer for an address of the API that there is none of.
pub(crate) async fn no_such_address() -> Error {
    Error::not_found("address")
}

/// The answer for a method that an address does not take.
pub(crate) async fn no_such_method() -> Error {
    Error::plain(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed")
}
