//! Promising over HTTP: what comes and goes of a product, and what could be promised. Only applying proposals changes anything.

mod apply;
mod days;
pub(crate) mod json;
mod look;
mod propose;
pub(crate) mod schedule;
mod slack;
mod timeline;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::Web;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(timeline::timeline))
        .routes(routes!(look::look))
        .routes(routes!(propose::propose))
        .routes(routes!(apply::apply))
        .routes(routes!(schedule::risks))
        .routes(routes!(schedule::of_order))
        .routes(routes!(days::show, days::edit))
        .routes(routes!(slack::show))
}
