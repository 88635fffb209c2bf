//! The product over HTTP: the API that serves everyone, the stream of events, and the web interface embedded in the program.
//!
//! Each noun has its file with the addresses it answers ([`routes`] of that file); what they share is beside them. Only this crate knows
//! HTTP, and only [`error`] decides which status a refusal has.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod body;
pub mod by;
pub mod context;
pub mod error;
pub mod export;
pub mod fields;
mod guard;
pub mod list;
mod openapi;
pub mod replay;
pub mod secret;
mod server;
pub mod state;
mod throttle;
pub mod value;
pub mod version;

mod health;

pub use openapi::openapi;
pub use server::{router, serve};
pub use state::{DemoLogin, Options, Random, Web};

use utoipa_axum::router::OpenApiRouter;

/// Every address of the API under `/api/v1`, each noun's own file knowing its own.
fn api() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
}
