//! Those who ask over HTTP: a person with a session, or a program with a token.

use domain::{Instant, Language};
use reqwest::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue};
use reqwest::multipart::{Form, Part as FormPart};
use reqwest::{Client, Method, Url};
use serde_json::{Value, json};

use super::api::ROOT;
use super::step::Part;
use crate::trouble::Trouble;

/// Somebody with a session.
#[derive(Clone, Debug)]
pub struct Person {
    http: Client,
    csrf: String,
    began: Instant,
    used: Instant,
}

/// A request with everything filled in.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `POST`.
    pub method: String,
    /// Parts of the path below `/api/v1`.
    pub path: Vec<String>,
    /// What stands behind the `?`.
    pub query: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<Value>,
    /// A form instead.
    pub form: Option<Vec<(String, Part)>>,
    /// More headers.
    pub headers: Vec<(&'static str, String)>,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// JSON, or the text as it is.
    pub body: Value,
    /// The version of a single resource, with its quotes.
    pub tag: Option<String>,
}

fn broken(why: impl std::fmt::Display) -> Trouble {
    Trouble::with("trouble.system", [("why", &why)])
}

/// An answer that takes longer never comes: a stream of events has no end.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(120);

/// A session is renewed after so long without a sign of life; the product ends it after 12 hours.
const RENEW_SECONDS: i64 = 6 * 3600;

/// A session is renewed at this age; the product ends it after 14 days.
const OLD_SECONDS: i64 = 13 * 86_400;

impl Person {
    /// Signs in.
    pub async fn sign_in(address: &str, company: &str, username: &str, password: &str, now: Instant) -> Result<Self, Trouble> {
        let http = client(true)?;
        let mut person = Person { http, csrf: String::new(), began: now, used: now };
        let body = json!({"company": company, "username": username, "password": password});
        let request = Request { method: "POST".into(), path: vec!["session".into()], body: Some(body), ..Request::default() };
        let answer = person.ask(address, &request, Language::En).await?;
        let token = answer.body["csrf_token"].as_str().ok_or_else(|| broken(super::refuse::problem(&answer.body)))?;
        token.clone_into(&mut person.csrf);
        Ok(person)
    }

    /// Whether the session may have ended by then.
    pub fn is_stale(&self, now: Instant) -> bool {
        self.used.seconds_until(now) >= RENEW_SECONDS || self.began.seconds_until(now) >= OLD_SECONDS
    }

    /// A sign of life.
    pub fn seen(&mut self, now: Instant) {
        self.used = now;
    }

    /// Asks as this person.
    pub async fn ask(&self, address: &str, request: &Request, language: Language) -> Result<Answer, Trouble> {
        let mut headers = HeaderMap::new();
        if request.method != "GET" && !self.csrf.is_empty() {
            headers.insert("x-csrf-token", HeaderValue::from_str(&self.csrf).map_err(broken)?);
        }
        send(&self.http, address, request, headers, language).await
    }
}

/// Asks as a program with a token.
pub async fn ask_with_token(address: &str, secret: &str, request: &Request, language: Language) -> Result<Answer, Trouble> {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {secret}")).map_err(broken)?);
    send(&client(false)?, address, request, headers, language).await
}

fn client(cookies: bool) -> Result<Client, Trouble> {
    Client::builder().cookie_store(cookies).no_proxy().timeout(PATIENCE).build().map_err(broken)
}

async fn send(http: &Client, address: &str, request: &Request, mut headers: HeaderMap, language: Language) -> Result<Answer, Trouble> {
    let method = Method::from_bytes(request.method.as_bytes()).map_err(broken)?;
    headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(language.as_str()));
    for (name, value) in &request.headers {
        headers.insert(*name, HeaderValue::from_str(value).map_err(broken)?);
    }
    let mut sent = http.request(method.clone(), url(address, request)?).headers(headers);
    if let Some(parts) = &request.form {
        sent = sent.multipart(form(parts));
    } else if let Some(body) = &request.body {
        sent = sent.json(body);
    } else if method == Method::POST {
        sent = sent.json(&json!({}));
    }
    let answer = sent.send().await.map_err(broken)?;
    let status = answer.status().as_u16();
    let text = |name| answer.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok()).map(str::to_owned);
    let (tag, kind) = (text(ETAG), text(CONTENT_TYPE).unwrap_or_default());
    let bytes = answer.bytes().await.map_err(broken)?;
    let plain = || Value::String(String::from_utf8_lossy(&bytes).into_owned());
    let body = if kind.contains("json") { serde_json::from_slice(&bytes).unwrap_or_else(|_| plain()) } else { plain() };
    Ok(Answer { status, body, tag })
}

fn url(address: &str, request: &Request) -> Result<Url, Trouble> {
    let mut url = Url::parse(&format!("{address}{ROOT}")).map_err(broken)?;
    if let Ok(mut parts) = url.path_segments_mut() {
        parts.extend(&request.path);
    }
    if !request.query.is_empty() {
        url.query_pairs_mut().extend_pairs(&request.query);
    }
    Ok(url)
}

fn form(parts: &[(String, Part)]) -> Form {
    parts.iter().fold(Form::new(), |form, (name, part)| match part {
        Part::Text(text) => form.text(name.clone(), text.clone()),
        Part::File(called, bytes) => form.part(name.clone(), FormPart::bytes(bytes.clone()).file_name(called.clone())),
    })
}
