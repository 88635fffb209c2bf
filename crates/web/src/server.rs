//! Putting the server together and running it.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use app::App;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::state::{Options, Web};
use crate::{context, drain, guard, interface, openapi, ticker};

/// The whole server as a service; streams stay open until they are dropped.
pub fn router(app: App, options: Options) -> Router {
    let (close, closing) = watch::channel(false);
    // Nobody says that this server shuts down, so the sender lives as long as the service.
    build(&Web::new(app, options, closing)).layer(Extension(Arc::new(close)))
}

/// Answers requests until `shutdown` is done; then ends streams, finishes what is under way and returns.
///
/// # Errors
/// What the listener cannot do.
pub async fn serve(
    listener: TcpListener,
    app: App,
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    // Imports that a killed server left running are told to have failed; nothing of them was written.
    if let Err(failure) = app::import::interrupted(&app).await {
        tracing::error!(?failure, "interrupted imports could not be marked");
    }
    let (close, closing) = watch::channel(false);
    let web = Web::new(app, options, closing);
    let ticking = web.options.ticks.then(|| tokio::spawn(ticker::run(web.clone())));
    let service = build(&web).into_make_service_with_connect_info::<SocketAddr>();
    // The product is let go by everybody when this returns.
    drop(web);
    let closed = async move {
        shutdown.await;
        let _ = close.send(true);
    };
    let served = axum::serve(listener, service).with_graceful_shutdown(closed).await;
    if let Some(ticking) = ticking {
        ticking.abort();
        let _ = ticking.await;
    }
    served
}

fn build(web: &Web) -> Router {
    let (routes, document) = openapi::split();
    let document = openapi::text(&document);
    let api = routes
        .route("/api/openapi.json", get(move || async move { ([(header::CONTENT_TYPE, "application/json")], document).into_response() }))
        .route("/api", get(guard::no_such_address))
        .route("/api/{*rest}", get(guard::no_such_address).fallback(guard::no_such_address))
        .fallback(interface::serve)
        .method_not_allowed_fallback(guard::no_such_method)
        .layer(DefaultBodyLimit::max(guard::MAX_BODY));
    // The innermost comes first. Every answer is compressed and has its headers, also problems, also where a handler broke.
    api.layer(from_fn(drain::layer))
        .layer(CatchPanicLayer::custom(guard::broken))
        .layer(from_fn_with_state(web.clone(), context::layer))
        .layer(from_fn_with_state(web.clone(), guard::headers))
        .layer(CompressionLayer::new())
        .with_state(web.clone())
}
