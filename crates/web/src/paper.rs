//! The papers of orders over HTTP: delivery notes, invoices, payments, follow-ups.

pub(crate) mod follow_up;
pub(crate) mod invoice;
pub(crate) mod payment;
pub(crate) mod shipment;

use domain::{Code, FieldRule, Refusal};
use serde::Deserialize;
use store::query::order as query;
use store::query::paper::Filter;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::customer;
use crate::error::Error;
use crate::fields::{Fields, yes_or_no};
use crate::order::row::words;
use crate::order::{named, today};
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
    /// Id or number of the order.
    pub order: Option<String>,
    /// Id or code of the customer.
    pub customer: Option<String>,
    /// States, joined by commas.
    pub status: Option<String>,
    /// `true`: open and due before today.
    pub overdue: Option<String>,
}

impl PaperFilter {
    /// The filter of a list whose papers know these states.
    pub(crate) async fn read(&self, web: &Web, by: &By, known: &[&str]) -> Result<Filter, Error> {
        let mut fields = Fields::new();
        let status = words(self.status.as_deref());
        for other in status.iter().filter(|state| !known.contains(&state.as_str())) {
            fields.wrong("/status", FieldRule::UnknownChoice { value: other.clone() });
        }
        let overdue = yes_or_no(&mut fields, "/overdue", self.overdue.as_deref()) == Some(true);
        fields.done()?;
        let order = match self.order.as_deref() {
            Some(reference) => Some(named(web, by, reference, query::id_of).await?.ok_or_else(|| unknown("/order", reference))?),
            None => None,
        };
        let customer = customer::filtered(web, by, "/customer", self.customer.clone()).await?;
        let due_before = if overdue { Some(today(web, by).await?) } else { None };
        Ok(Filter { q: self.q.clone(), order, customer, status, due_before })
    }
}

fn unknown(pointer: &str, value: &str) -> Refusal {
    Refusal::field(pointer, FieldRule::Unknown { value: value.to_owned() })
}

/// The codes of a closed set.
pub(crate) fn states<S: Code>() -> Vec<&'static str> {
    S::ALL.iter().map(|state| state.as_str()).collect()
}
