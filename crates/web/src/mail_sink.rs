//! A server for e-mail that keeps everything and delivers nothing: for trying things out and for tests. It speaks what is needed of SMTP
//! (RFC 5321) and shows what came in as JSON and as a page. Without protection: it listens where it is told to, usually on this machine only.

mod decode;
mod dialogue;

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

/// Letters kept at the most; the oldest go first.
const MOST: usize = 1000;

/// A letter that came in.
#[derive(Clone, Debug, Serialize)]
pub struct Received {
    /// Of the envelope.
    pub from: String,
    /// Of the envelope.
    pub to: Vec<String>,
    /// Without its angles.
    pub message_id: String,
    /// Readable.
    pub subject: String,
    /// Readable.
    pub body: String,
    /// As it came.
    pub raw: String,
}

/// What came in; cheap to clone.
#[derive(Clone, Default)]
pub struct Inbox {
    letters: Arc<Mutex<Vec<Received>>>,
    break_off: Arc<std::sync::atomic::AtomicUsize>,
}

impl Inbox {
    /// Everything that came in, in its order.
    pub fn letters(&self) -> Vec<Received> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The next so many letters are kept, but the connection breaks before the server says so: the sender cannot know.
    pub fn break_off(&self, times: usize) {
        self.break_off.store(times, std::sync::atomic::Ordering::SeqCst);
    }

    fn breaks_off(&self) -> bool {
        use std::sync::atomic::Ordering::SeqCst;
        self.break_off.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok()
    }

    fn keep(&self, letter: Received) {
        let mut letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        if letters.len() >= MOST {
            letters.remove(0);
        }
        letters.push(letter);
    }
}

/// Takes e-mail until it is dropped.
///
/// # Errors
/// What the listener cannot do.
pub async fn serve(listener: TcpListener, inbox: Inbox) -> std::io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let inbox = inbox.clone();
        tokio::spawn(async move {
            if let Err(why) = dialogue::hold(stream, &inbox, false).await {
                tracing::debug!(%why, "a connection for e-mail broke off");
            }
        });
    }
}

/// Takes the e-mail of one connection, encrypted or not; `greeted`: the greeting was said before, as it is behind `STARTTLS`.
///
/// # Errors
/// Where the connection breaks off.
pub async fn converse<S: AsyncRead + AsyncWrite + Unpin>(stream: S, inbox: &Inbox, greeted: bool) -> std::io::Result<()> {
    dialogue::hold(stream, inbox, greeted).await
}

/// Shows what came in: `/` as a page, `/messages` as JSON.
///
/// # Errors
/// What the listener cannot do.
pub async fn show(listener: TcpListener, inbox: Inbox) -> std::io::Result<()> {
    let letters = |State(inbox): State<Inbox>| async move { Json(inbox.letters()) };
    let page = |State(inbox): State<Inbox>| async move { Html(page(&inbox.letters())) };
    let router = Router::new().route("/messages", get(letters)).route("/", get(page)).with_state(inbox);
    axum::serve(listener, router).await
}

fn page(letters: &[Received]) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let mut rows = String::new();
    for letter in letters.iter().rev() {
        let (to, subject, body) = (escape(&letter.to.join(", ")), escape(&letter.subject), escape(&letter.body));
        rows.push_str(&format!("<details><summary>{subject} <small>{to}</small></summary><pre>{body}</pre></details>"));
    }
    let style = "body{font:15px/1.6 system-ui;max-width:48rem;margin:2rem auto;padding:0 1rem}summary{cursor:pointer;padding:.4rem 0}small{color:#666}pre{white-space:pre-wrap}";
    format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"5\">\
        <meta name=\"viewport\" content=\"width=device-width\"><title>Mail</title><style>{style}</style><h1>Mail ({})</h1>{rows}</html>",
        letters.len()
    )
}
