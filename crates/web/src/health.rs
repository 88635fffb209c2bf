//! Whether the server can work: for load balancers and monitors.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Error;
use crate::state::Web;

/// That the server can work.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    pub status: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// Version of the database.
    pub schema: i64,
}

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(health))
}

/// Whether the server can read its database.
#[utoipa::path(get, path = "/healthz", tag = "server", security(()), responses((status = 200, body = Health)))]
async fn health(State(web): State<Web>) -> Result<Json<Health>, Error> {
    web.app.store.read(|reader| store::query::company::first(reader, 1)).await?;
    Ok(Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION"), schema: store::migrate::newest() }))
}
