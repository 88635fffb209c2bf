//! A request as it is sent, and as a person may send it again.

use std::fmt;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Request, Uri};
use serde_json::Value;

use crate::nasty;

/// Who sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// A user of all roles, by cookie.
    Boss,
    /// The same, by bearer token.
    Program,
    /// A sales representative, by cookie.
    Rep,
    /// Nobody.
    Stranger,
    /// Somebody with a cookie or token that means nothing.
    Forger,
}

/// What is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// JSON, in which some texts stand for what no JSON value can say (see [`nasty::RAW`]).
    Json(Value),
    /// Bytes of a type.
    Bytes(String, Vec<u8>),
}

/// A request.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Which of the API's operations.
    pub operation: usize,
    pub method: String,
    pub caller: Caller,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, Vec<u8>)>,
    pub content: Content,
}

/// Everything but letters, digits and `-._~` as `%XX`; what is escaped already (`%00`, `%ff`) stays where `raw` says so.
pub fn escaped(text: &str) -> String {
    use fmt::Write;
    text.bytes().fold(String::new(), |mut all, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            all.push(char::from(byte));
        } else {
            let _ = write!(all, "%{byte:02X}");
        }
        all
    })
}

impl Sent {
    /// The address with its query.
    pub fn address(&self) -> String {
        let pairs: Vec<String> = self.query.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        if pairs.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, pairs.join("&")) }
    }

    /// The bytes of the body.
    pub fn bytes(&self) -> Vec<u8> {
        match &self.content {
            Content::Empty => Vec::new(),
            Content::Json(value) => nasty::written(value),
            Content::Bytes(_, bytes) => bytes.clone(),
        }
    }

    /// A header, where it is sent and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name)?;
        std::str::from_utf8(&found.1).ok()
    }

    /// As a request with `extra` headers; nothing where HTTP cannot say it.
    pub fn request(&self, extra: &[(&str, String)]) -> Option<Request<Body>> {
        let uri: Uri = self.address().parse().ok()?;
        let mut request = Request::builder().method(Method::from_bytes(self.method.as_bytes()).ok()?).uri(uri);
        let kind = match &self.content {
            Content::Empty => None,
            Content::Json(_) => Some("application/json"),
            Content::Bytes(kind, _) => Some(kind.as_str()),
        };
        if let Some(kind) = kind.filter(|_| self.header("content-type").is_none()) {
            request = request.header("content-type", kind);
        }
        for (name, value) in &self.headers {
            request = request.header(HeaderName::try_from(name).ok()?, HeaderValue::from_bytes(value).ok()?);
        }
        for (name, value) in extra {
            request = request.header(*name, value);
        }
        request.body(Body::from(self.bytes())).ok()
    }
}

/// Shown up to so many bytes.
const SHOWN: usize = 2000;

impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cut = |bytes: &[u8]| {
            let end = bytes.len().min(SHOWN);
            let more = if bytes.len() > end { format!("… ({} bytes)", bytes.len()) } else { String::new() };
            format!("{}{more}", String::from_utf8_lossy(&bytes[..end]))
        };
        writeln!(f, "as {:?}: {} {}", self.caller, self.method, cut(self.address().as_bytes()))?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {}", cut(value))?;
        }
        if let Content::Bytes(kind, _) = &self.content {
            writeln!(f, "content-type: {kind}")?;
        }
        write!(f, "\n{}", cut(&self.bytes()))
    }
}
