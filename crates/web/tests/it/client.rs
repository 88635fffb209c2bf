//! A caller: cookies, the token against forged requests, and answers that say what differs.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A caller with a cookie jar.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    address: String,
    /// Sent with every change.
    pub csrf: String,
    /// Headers of every request.
    pub headers: HeaderMap,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Client {
    /// Of the server at this address.
    pub fn new(address: &str) -> Self {
        let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
        Client { http, address: address.into(), csrf: String::new(), headers: HeaderMap::new() }.with("accept-language", "en")
    }

    /// With this header on every request.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(HeaderName::try_from(name).unwrap(), HeaderValue::from_str(value).unwrap());
        self
    }

    /// Without this header.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// With a bearer token and no cookies.
    pub fn with_token(&self, secret: &str) -> Self {
        Client::new(&self.address).with("authorization", &format!("Bearer {secret}"))
    }

    /// Signs in and keeps the session, if it is let in.
    pub async fn try_sign_in(&mut self, company: &str, username: &str, password: &str) -> Answer {
        let body = json!({"company": company, "username": username, "password": password});
        let answer = self.post("/session", body).await;
        if answer.status == StatusCode::OK {
            self.csrf = answer.json()["csrf_token"].as_str().unwrap().into();
        }
        answer
    }

    /// A request under `/api/v1`, or to a whole path that begins with `//`.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let path = path.strip_prefix('/').filter(|rest| rest.starts_with('/')).map_or_else(|| format!("/api/v1{path}"), str::to_owned);
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.address)).headers(self.headers.clone());
        if method != Method::GET && !self.csrf.is_empty() {
            request = request.header("x-csrf-token", &self.csrf);
        }
        request
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }

    /// With an idempotency key.
    pub async fn post_once(&self, key: &str, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).header("idempotency-key", key).json(&body)).await
    }

    /// A step decided on a version.
    pub async fn post_at(&self, path: &str, version: i64, body: Value) -> Answer {
        send(self.request(Method::POST, path).header("if-match", format!("\"{version}\"")).json(&body)).await
    }

    /// A change decided on a version.
    pub async fn put(&self, path: &str, version: i64, body: Value) -> Answer {
        send(self.request(Method::PUT, path).header("if-match", format!("\"{version}\"")).json(&body)).await
    }

    pub async fn delete(&self, path: &str, version: i64) -> Answer {
        send(self.request(Method::DELETE, path).header("if-match", format!("\"{version}\""))).await
    }
}

/// Sends a request and reads its answer.
pub async fn send(request: reqwest::RequestBuilder) -> Answer {
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    Answer { status, headers, bytes: answer.bytes().await.unwrap().to_vec() }
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as JSON; nothing where it is empty.
    #[track_caller]
    pub fn json(&self) -> Value {
        if self.bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
        }
    }

    /// The body, if the status is this one.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        let json = self.headers.get("content-type").is_some_and(|kind| kind.to_str().unwrap().contains("json"));
        if json { self.json() } else { Value::Null }
    }

    /// The code of the problem.
    #[track_caller]
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Where the problem points, with the code of each.
    #[track_caller]
    pub fn pointers(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let errors = self.json()["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
