//! The papers of orders over HTTP: delivery notes, invoices, payments, follow-ups.

pub(crate) mod follow_up;
pub(crate) mod invoice;
pub(crate) mod payment;
pub(crate) mod shipment;

use domain::{Date, FieldRule};
use serde::Deserialize;
use store::query::paper::Filter;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Error;
use crate::fields::Fields;
use crate::state::Web;

/// The addresses of these nouns.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(shipment::list))
        .routes(routes!(shipment::read))
        .routes(routes!(shipment::deliver))
        .routes(routes!(invoice::list))
        .routes(routes!(invoice::read))
        .routes(routes!(invoice::void))
        .routes(routes!(payment::list))
        .routes(routes!(payment::read))
        .routes(routes!(payment::reverse))
        .routes(routes!(follow_up::list))
}

/// What may be filtered by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct PaperFilter {
    /// Part of a number of the paper or its order, or of a customer's name, code or pinyin.
    pub q: Option<String>,
    /// Id of the order.
    pub order: Option<String>,
    /// Id of the customer.
    pub customer: Option<String>,
    /// States, joined by commas.
    pub status: Option<String>,
    /// `true`: open and due before today.
    pub overdue: Option<String>,
}

impl PaperFilter {
    pub(crate) fn read(&self, today: Date) -> Result<Filter, Error> {
        let mut fields = Fields::new();
        if let Some(other) = self.overdue.as_deref().filter(|value| !matches!(*value, "" | "true" | "false")) {
            fields.wrong("/overdue", FieldRule::UnknownChoice { value: other.to_owned() });
        }
        let filter = Filter {
            q: self.q.clone(),
            order: fields.optional_id("/order", self.order.as_deref()),
            customer: fields.optional_id("/customer", self.customer.as_deref()),
            status: self.status.as_deref().unwrap_or_default().split(',').filter(|s| !s.is_empty()).map(str::to_owned).collect(),
            due_before: (self.overdue.as_deref() == Some("true")).then_some(today),
        };
        fields.done()?;
        Ok(filter)
    }
}
