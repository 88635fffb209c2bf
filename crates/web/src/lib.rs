//! The product over HTTP: the API that serves everyone, the stream of events, and the web interface embedded in the program.
//!
//! Each noun has its file with the addresses it answers (`routes` of that file); what they share is beside them. Only this crate knows
//! HTTP, and only [`error`] decides which status a refusal has.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod body;
pub mod by;
pub mod context;
pub mod error;
pub mod export;
pub mod fields;
mod file_type;
mod guard;
mod interface;
mod known;
pub mod list;
mod openapi;
mod params;
mod password;
pub mod replay;
pub mod secret;
mod server;
pub mod state;
mod throttle;
mod ticker;
pub mod value;
pub mod version;

mod absence;
mod attachment;
mod audit;
mod blueprint;
mod calendar;
mod clock;
mod company;
mod credit;
mod customer;
mod event;
mod evidence;
mod health;
mod import;
mod order;
mod paper;
mod price;
mod product;
mod role;
mod session;
mod stock;
mod token;
mod user;
mod warehouse;
mod work;

pub use openapi::openapi;
pub use server::{router, serve};
pub use state::{DemoLogin, Options, Random, Web};
pub use ticker::tick;

use utoipa_axum::router::OpenApiRouter;

/// Every address of the API under `/api/v1`, each noun's own file knowing its own.
fn api() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .merge(absence::routes())
        .merge(attachment::routes())
        .merge(audit::routes())
        .merge(blueprint::routes())
        .merge(calendar::routes())
        .merge(clock::routes())
        .merge(company::routes())
        .merge(credit::routes())
        .merge(customer::routes())
        .merge(event::routes())
        .merge(evidence::routes())
        .merge(import::routes())
        .merge(order::routes())
        .merge(paper::routes())
        .merge(price::routes())
        .merge(product::routes())
        .merge(role::routes())
        .merge(session::routes())
        .merge(stock::routes())
        .merge(token::routes())
        .merge(user::routes())
        .merge(warehouse::routes())
        .merge(work::routes())
}
