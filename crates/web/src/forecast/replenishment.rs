//! What must be ordered again, as a list.

use axum::extract::State;
use axum::response::Response;
use domain::Act;
use serde::{Deserialize, Serialize};
use store::query::replenish::{self, Ask, Proposed};
use utoipa::{IntoParams, ToSchema};

use super::json::{Asked as Target, TargetJson};
use super::{LEAD_DAYS, period, service_level, share, whole};
use crate::by::By;
use crate::customer::company;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::product;
use crate::state::Web;
use crate::value::{ForecastClassCode, ForecastMethodCode, ForecastWhyCode, QuantityJson};

/// The filters of the list of what must be ordered.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReplenishmentQuery {
    /// Words in name, pinyin, initials, code, specification or barcode of the product.
    pub q: Option<String>,
    /// Id or code of the product.
    pub product: Option<String>,
    /// Length of a period of the history: `week` (usual), `month` or `day`.
    pub period: Option<String>,
    /// How often nothing may be missing until a delivery comes, in percent: 50.01 to 99.99, usually 95.
    pub service_level: Option<String>,
    /// Days from ordering to having it, of products that do not say, 0 to 730; usually 14.
    pub lead_days: Option<String>,
    /// Standard deviation of these days, 0 to 365; usually 0.
    pub lead_deviation_days: Option<String>,
    /// Days that an order should last for after it has come, 0 to 730; usually 30.
    pub cover_days: Option<String>,
}

/// A product to be ordered, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Replenishment)]
pub struct ReplenishmentJson {
    /// The product's id.
    pub product_id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// Free in all warehouses.
    pub available: QuantityJson,
    /// Of effective orders, wanted within the lead time and not reserved.
    pub short: QuantityJson,
    /// Available less short: what is compared with the reorder point.
    pub position: QuantityJson,
    /// Days that this lasts at the mean demand of the history, below zero where more is owed than there is.
    pub cover_days: i64,
    /// What should be there.
    pub target: TargetJson,
    /// What to order, whole units.
    pub proposed: QuantityJson,
    /// `short`: more is owed than there is; `late`: it does not last until a delivery comes; `low`: at the reorder point.
    pub urgency: Urgency,
    /// The class of the demand; `null` where no period of it is over.
    pub class: Option<ForecastClassCode>,
    /// The method of the forecast.
    pub method: ForecastMethodCode,
    /// Why this method.
    pub why: ForecastWhyCode,
}

/// How urgent an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReplenishmentUrgency)]
pub enum Urgency {
    /// More is owed than there is.
    Short,
    /// It does not last until a delivery comes.
    Late,
    /// At the reorder point.
    Low,
}

impl ReplenishmentJson {
    fn of(row: Proposed, asked: Target) -> Self {
        let Proposed { candidate, forecast, target, quantity } = row;
        let position = candidate.position();
        let urgency = match position {
            position if position.is_negative() => Urgency::Short,
            position if position < target.lead_demand => Urgency::Late,
            _ => Urgency::Low,
        };
        let in_unit = |quantity| QuantityJson::of(quantity, &candidate.unit);
        ReplenishmentJson {
            product_id: candidate.id.to_string(),
            available: in_unit(candidate.available),
            short: in_unit(candidate.short),
            position: in_unit(position),
            cover_days: candidate.cover_days,
            target: TargetJson::of(&target, &Target { lead_days: candidate.lead_days, ..asked }, &candidate.unit),
            proposed: in_unit(quantity),
            urgency,
            class: forecast.profile.map(|profile| profile.class.into()),
            method: forecast.fitted.method.into(),
            why: forecast.why.into(),
            code: candidate.code,
            name: candidate.name,
            spec: candidate.spec,
            unit: candidate.unit,
        }
    }
}

impl Tabular for ReplenishmentJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "product", cell: |row| Cell::from(&row.code) },
        Column { name: "name", cell: |row| Cell::from(&row.name) },
        Column { name: "spec", cell: |row| Cell::from(&row.spec) },
        Column { name: "available", cell: |row| Cell::from(&row.available.value) },
        Column { name: "owed_quantity", cell: |row| Cell::from(&row.short.value) },
        Column { name: "cover_days", cell: |row| Cell::from(row.cover_days) },
        Column { name: "lead_days", cell: |row| Cell::from(row.target.lead_days) },
        Column { name: "lead_demand", cell: |row| Cell::from(&row.target.lead_demand.value) },
        Column { name: "safety_stock", cell: |row| Cell::from(&row.target.safety_stock.value) },
        Column { name: "reorder_point", cell: |row| Cell::from(&row.target.reorder_point.value) },
        Column { name: "proposed_quantity", cell: |row| Cell::from(&row.proposed.value) },
        Column { name: "unit", cell: |row| Cell::from(&row.unit) },
    ];
}

/// Lists products whose free stock, less what is owed, is no more than their reorder point, with what to order, the most urgent first. Sort:
/// `cover_days` (usual).
#[utoipa::path(get, path = "/stock/replenishment", operation_id = "list_replenishment", tag = "stock", params(ReplenishmentQuery, PageParams), responses((status = 200, body = Listed<ReplenishmentJson>)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<ReplenishmentQuery>) -> Result<Response, Error> {
    by.may(Act::ViewStock)?;
    let query = asked.filter;
    let mut fields = Fields::new();
    let period = period(&mut fields, query.period.as_deref());
    let service_level = service_level(&mut fields, query.service_level.as_deref());
    let mut days = |pointer: &str, text: Option<&str>, max, usual| whole(&mut fields, pointer, text, max).unwrap_or(usual);
    let lead_days = days("/lead_days", query.lead_days.as_deref(), 730, LEAD_DAYS);
    let lead_deviation_days = days("/lead_deviation_days", query.lead_deviation_days.as_deref(), 365, 0);
    let cover_days = days("/cover_days", query.cover_days.as_deref(), 730, 30);
    fields.done()?;
    let product = product::filtered(&web, &by, "/product", query.product).await?;
    let today = company(&web, &by).await?.date_of(web.now());
    let share = share(service_level);
    let ask = Ask { q: query.q, product, today, period, service_level: share, lead_days, lead_deviation_days, cover_days };
    let target = Target { period, today, service_level, lead_days, lead_deviation_days };
    let company = by.company_id;
    let sorts = Sorts { sorts: replenish::SORTS, ties: replenish::TIES, usual: "cover_days" };
    list::answer(&web, &by, "replenishment", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(replenish::list(reader, company, &ask, page)?.map(|row| ReplenishmentJson::of(row, target)))
    })
    .await
}
