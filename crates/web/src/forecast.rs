//! Forecasts of demand, and what must be ordered again, over HTTP.

mod json;
mod replenishment;

use axum::Json;
use axum::extract::{Path, State};
use domain::forecast::Period;
use domain::{Act, FieldRule, Rate};
use serde::Deserialize;
use store::query::forecast::demand;
use store::query::product;
use store::query::replenish::history_from;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::customer::company;
use crate::error::Error;
use crate::fields::Fields;
use crate::params::Params;
use crate::state::Web;

use json::{Asked, ForecastJson};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(replenishment::list))
}

/// Days from ordering to having it where neither caller nor product says.
const LEAD_DAYS: i64 = 14;

/// The service level where the caller does not say: 95 %.
const SERVICE_LEVEL: Rate = Rate::from_bp(9500);

/// What a forecast is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ForecastQuery {
    /// Length of a period: `week` (usual), `month` or `day`.
    pub period: Option<String>,
    /// How often nothing may be missing until a delivery comes, in percent: 50.01 to 99.99, usually 95.
    pub service_level: Option<String>,
    /// Days from ordering to having it, 0 to 730; usually the product's, else 14.
    pub lead_days: Option<String>,
    /// Standard deviation of these days, 0 to 365; usually 0.
    pub lead_deviation_days: Option<String>,
}

/// A whole number of a query, where one was sent.
fn whole(fields: &mut Fields, pointer: &str, text: Option<&str>, max: i64) -> Option<i64> {
    let text = text.filter(|text| !text.is_empty())?;
    match text.parse() {
        Ok(number) => Some(fields.whole(pointer, number, 0, max)),
        Err(_) => {
            fields.wrong(pointer, FieldRule::OutOfRange { min: 0, max });
            None
        }
    }
}

/// A service level, as it was sent or the usual one.
fn service_level(fields: &mut Fields, text: Option<&str>) -> Rate {
    let level = fields.optional_rate("/service_level", text).unwrap_or(SERVICE_LEVEL);
    if !(5001..=9999).contains(&level.bp()) {
        fields.wrong("/service_level", FieldRule::OutOfRange { min: 51, max: 99 });
    }
    level
}

/// A period, as it was sent or a week.
fn period(fields: &mut Fields, text: Option<&str>) -> Period {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Period::Week };
    Period::parse(text).unwrap_or_else(|| {
        fields.wrong("/period", FieldRule::UnknownChoice { value: text.to_owned() });
        Period::Week
    })
}

/// A share of one from a rate.
fn share(rate: Rate) -> f64 {
    f64::from(i32::try_from(rate.bp()).unwrap_or(0)) / 10_000.0
}

fn real(days: i64) -> f64 {
    f64::from(i32::try_from(days).unwrap_or(i32::MAX))
}

/// Forecasts the demand of a product: its history, its class, the method with its reason, its accuracy against the naive forecasts by rolling origin, and
/// safety stock and reorder point for a service level and a lead time.
#[utoipa::path(get, path = "/products/{id}/forecast", operation_id = "show_forecast", tag = "product", params(ForecastQuery), responses((status = 200, body = ForecastJson)))]
async fn show(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    Params(query): Params<ForecastQuery>,
) -> Result<Json<ForecastJson>, Error> {
    by.may(Act::ViewStock)?;
    by.may(Act::ViewProduct)?;
    let mut fields = Fields::new();
    let period = period(&mut fields, query.period.as_deref());
    let service_level = service_level(&mut fields, query.service_level.as_deref());
    let lead_days = whole(&mut fields, "/lead_days", query.lead_days.as_deref(), 730);
    let lead_deviation_days = whole(&mut fields, "/lead_deviation_days", query.lead_deviation_days.as_deref(), 365).unwrap_or(0);
    fields.done()?;
    let company = company(&web, &by).await?;
    let (company_id, today) = (company.id, company.date_of(web.now()));
    let from = history_from(period, today);
    let found = web.app.store.read(move |reader| {
        let Some(id) = product::id_of(reader, company_id, &reference)? else { return Ok(None) };
        let Some(product) = reader.get::<domain::Product>(company_id, id)? else { return Ok(None) };
        let there = product::availability(reader, company_id, id)?;
        let demand = demand(reader, company_id, &[id], from)?.remove(&id).unwrap_or_default();
        Ok(Some((product, there, demand)))
    });
    let (product, there, demand) = found.await?.ok_or_else(|| Error::not_found("product"))?;
    let available = there.iter().map(|(_, stock)| stock.available()).sum();
    let usual = if product.lead_days > 0 { product.lead_days } else { LEAD_DAYS };
    let asked = Asked { period, today, service_level, lead_days: lead_days.unwrap_or(usual), lead_deviation_days };
    Ok(Json(ForecastJson::of(&product, &demand, available, asked)))
}
