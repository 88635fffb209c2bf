//! What is left of a body that nobody wants to read: too large, or of somebody who may not.
//!
//! A server that answers and closes while the other side is still sending loses its answer: the connection is reset, and a browser shows
//! an error of the network instead of "too large". So what is still to come is read away first, up to a limit.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::stream::{Stream, StreamExt};

/// A body up to this many bytes lies in the buffers of the connection and is in nobody's way.
const SMALL: usize = 64 * 1024;

/// Bytes read away at the most; who sends more is cut off.
const MOST: usize = 256 * 1024 * 1024;

/// How long that may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where a body lies that was let go before its end.
type Left = Arc<Mutex<Option<BodyDataStream>>>;

/// A body that is not lost when it is let go.
struct Kept {
    body: Option<BodyDataStream>,
    left: Left,
}

impl Stream for Kept {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = self.body.as_mut().map_or(Poll::Ready(None), |body| body.poll_next_unpin(context));
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        polled
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = self.body.take();
    }
}

/// Reads away what a handler left of a body before its answer goes out, whatever it is: too large, not signed in, not permitted.
pub(crate) async fn layer(request: Request, next: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
    if !chunked && length.unwrap_or(0) <= SMALL {
        return next.run(request).await;
    }
    let left = Left::default();
    let keep = Arc::clone(&left);
    let request = request.map(|body| Body::from_stream(Kept { body: Some(body.into_data_stream()), left: keep }));
    let response = next.run(request).await;
    if length.unwrap_or(0) <= MOST {
        let body = left.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(body) = body {
            let _ = tokio::time::timeout(PATIENCE, read_away(body)).await;
        }
    }
    response
}

async fn read_away(mut body: BodyDataStream) {
    let mut read = 0;
    while let Some(Ok(bytes)) = body.next().await {
        read += bytes.len();
        if read > MOST {
            return;
        }
    }
}
