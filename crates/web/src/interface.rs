//! The web interface, embedded in the program: hashed files are kept by browsers for ever, every other address gets the page, which finds
//! its way itself.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Mutex, OnceLock, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::error::Error;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
struct Files;

/// The page that every address of the interface gets.
const PAGE: &str = "index.html";

/// The page that customers sign and answer quotations on, which stands alone.
const SIGNING: &str = "sign.html";

/// The page of the portal, which has a program of its own.
const PORTAL: &str = "portal.html";

/// Answers an address of the interface.
pub(crate) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Result<Response, Error> {
    if !matches!(method, Method::GET | Method::HEAD) {
        return Err(Error::plain(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed"));
    }
    let path = uri.path().trim_start_matches('/');
    if let Some(file) = Files::get(path) {
        return Ok(answer(path, file, &headers));
    }
    // An address that names a file that is not there is no page: a stale script must fail, not be given HTML.
    if path.starts_with("assets/") || path.rsplit('/').next().is_some_and(|last| last.contains('.')) {
        return Err(Error::not_found("address"));
    }
    let page = Files::get(page_of(path)).ok_or_else(|| Error::internal("the interface has no page"))?;
    Ok(answer(page_of(path), page, &headers))
}

/// The page that an address of the interface gets.
fn page_of(path: &str) -> &'static str {
    match path.split('/').next() {
        Some("sign" | "offer") => SIGNING,
        Some("portal") => PORTAL,
        _ => PAGE,
    }
}

fn answer(path: &str, file: EmbeddedFile, asked: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", crate::secret::hex(&file.metadata.sha256_hash()[..12]));
    // The bundler writes the hash of the content into the names under assets/.
    let keep = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let same = asked.get(header::IF_NONE_MATCH).is_some_and(|value| value.to_str().is_ok_and(|tags| tags.contains(&etag)));
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { content(path, file, asked) };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    response
}

fn content(path: &str, file: EmbeddedFile, asked: &HeaderMap) -> Response {
    let packs = asked.get(header::ACCEPT_ENCODING).is_some_and(|value| value.to_str().is_ok_and(|codings| codings.contains("gzip")));
    let packed = if packs && is_text(path) { packed(path, &file) } else { None };
    let (body, coding) = match packed {
        Some(packed) => (Body::from(packed), Some("gzip")),
        None => (Body::from(file.data.into_owned()), None),
    };
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime(path)));
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// The file compressed, once in the life of the process.
fn packed(path: &str, file: &EmbeddedFile) -> Option<Bytes> {
    static PACKED: OnceLock<Mutex<HashMap<String, Bytes>>> = OnceLock::new();
    let all = PACKED.get_or_init(Mutex::default);
    if let Some(known) = all.lock().unwrap_or_else(PoisonError::into_inner).get(path) {
        return Some(known.clone());
    }
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&file.data).ok()?;
    let bytes = Bytes::from(encoder.finish().ok()?);
    all.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes.clone());
    Some(bytes)
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn is_text(path: &str) -> bool {
    matches!(ending(path), "html" | "js" | "css" | "svg" | "json" | "map" | "txt" | "webmanifest")
}

fn mime(path: &str) -> &'static str {
    match ending(path) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
