//! Posting JSON to addresses that an administrator entered: no redirects, no proxies, a limit of time and of what is read.
//!
//! Addresses of the house's own network are allowed: the product runs there, and so do the programs it tells. Who may enter addresses may
//! therefore reach what this server reaches; only `notification.edit` permits it, and answers are shown to them alone.

use app::notify::send::Failed;
use axum::body::Bytes;
use axum::http::{Method, Request, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::crypto::ring::default_provider;

/// Bytes of an answer that are read, where only its beginning is shown.
const READ: usize = 16 * 1024;

/// Letters of an answer that are shown.
const SHOWN: usize = 300;

/// What asks other servers.
#[derive(Clone)]
pub(crate) struct Caller(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

/// What another server answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub text: String,
}

impl Answer {
    /// For people: the status and the beginning of what was said.
    pub fn shown(&self) -> String {
        let said: String = self.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
        format!("HTTP {} {said}", self.status).trim_end().to_owned()
    }
}

impl Caller {
    /// Trusting the authorities this machine trusts; where it has none, no address with https is.
    pub fn new() -> Self {
        let connector = HttpsConnectorBuilder::new().with_provider_and_platform_verifier(default_provider());
        let connector = connector.unwrap_or_else(|_| HttpsConnectorBuilder::new().with_tls_config(trusting_nobody()));
        Caller(Client::builder(TokioExecutor::new()).build(connector.https_or_http().enable_http1().build()))
    }

    /// Posts JSON; what was answered, whatever its status.
    ///
    /// # Errors
    /// Where nobody answers in time.
    pub async fn post(&self, url: &str, headers: &[(&'static str, String)], body: String) -> Result<Answer, Failed> {
        let asking = self.ask(url, headers, body, READ);
        tokio::time::timeout(super::PATIENCE, asking).await.unwrap_or_else(|_| Err(Failed::because("notify.timed_out")))
    }

    /// Posts JSON and reads up to so many bytes of the answer, whatever its status; the caller says how long that may take.
    ///
    /// # Errors
    /// Where nobody answers.
    pub async fn ask(&self, url: &str, headers: &[(&'static str, String)], body: String, read: usize) -> Result<Answer, Failed> {
        let mut request = Request::builder().method(Method::POST).uri(url).header(header::CONTENT_TYPE, "application/json");
        request = request.header(header::USER_AGENT, concat!("Shundan/", env!("CARGO_PKG_VERSION")));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(Bytes::from(body))).map_err(|why| Failed::because(why.to_string()))?;
        let answer = self.0.request(request).await.map_err(|why| Failed::because(told(&why)))?;
        let status = answer.status().as_u16();
        // What a longer answer says is of no interest; that it came is.
        let read = Limited::new(answer.into_body(), read).collect().await;
        let text = read.map_or_else(|_| String::new(), |body| String::from_utf8_lossy(&body.to_bytes()).into_owned());
        Ok(Answer { status, text })
    }
}

fn trusting_nobody() -> rustls::ClientConfig {
    let builder = rustls::ClientConfig::builder_with_provider(default_provider().into());
    let builder = builder.with_safe_default_protocol_versions().expect("ring speaks every version of TLS that rustls does");
    builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
}

/// An error with what caused it.
pub(super) fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(why) = cause {
        let why_text = why.to_string();
        if !text.contains(&why_text) {
            text = format!("{text}: {why_text}");
        }
        cause = why.source();
    }
    text
}
