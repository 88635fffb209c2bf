//! What comes and what goes of a product in a warehouse, day by day.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::promise::{Demand, DemandKind, Supply, Timeline, Wish, promise};
use domain::{Act, Date, FieldRule, Quantity, Refusal, Warehouse};
use serde::{Deserialize, Serialize};
use store::query::promise as query;
use utoipa::{IntoParams, ToSchema};

use super::json::{Customers, PromiseJson, PromiseSource, PromiseTaker, place, shown};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::order::today;
use crate::params::Params;
use crate::state::Web;
use crate::stock::StockProduct;
use crate::value::{Coded, QuantityJson};
use crate::{product, warehouse};

/// Which timeline.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct TimelineParams {
    /// Id or code of the product.
    pub product: String,
    /// Id or code of the warehouse; left out: the one where most is free.
    pub warehouse: Option<String>,
}

/// What comes on a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseComing {
    /// From where.
    pub source: PromiseSource,
    /// How much.
    pub quantity: QuantityJson,
    /// The day it was due where that is past and it has not come; it is expected tomorrow then.
    pub overdue_since: Option<String>,
}

/// What goes on a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseGoing {
    /// Who takes it.
    pub taker: PromiseTaker,
    /// How much.
    pub quantity: QuantityJson,
    /// The day it was due where that is past; it counts today then.
    pub overdue_since: Option<String>,
}

/// A day of a timeline.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseDay {
    /// The day.
    pub on: String,
    /// What comes on it.
    pub supply: QuantityJson,
    /// What goes on it.
    pub demand: QuantityJson,
    /// Of that, what is reserved.
    pub reserved: QuantityJson,
    /// All that came less all that went by its end; below zero: demand is not covered.
    pub balance: QuantityJson,
    /// What can be promised on it without taking what a later demand needs.
    pub available: QuantityJson,
    /// Each supply.
    pub supplies: Vec<PromiseComing>,
    /// Demands, the largest first, a hundred at the most.
    pub demands: Vec<PromiseGoing>,
    /// How many demands there are.
    pub demand_count: usize,
}

/// What is free of the product in a warehouse today.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromisePlace {
    /// Which.
    pub warehouse: Coded,
    /// Free today.
    pub available: QuantityJson,
}

/// Supply and demand of a product in a warehouse.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PromiseTimeline)]
pub struct TimelineJson {
    /// Of what.
    pub product: StockProduct,
    /// Where.
    pub warehouse: Coded,
    /// Every warehouse that is used or has some.
    pub warehouses: Vec<PromisePlace>,
    /// The day it is.
    pub today: String,
    /// Days from ordering it to having it; 0: not known.
    pub lead_days: i64,
    /// Today and every later day on which something happens.
    pub days: Vec<PromiseDay>,
    /// One unit more than is free today: when, and what binds.
    pub next: PromiseJson,
}

/// The demands of a day that are shown.
const MOST_DEMANDS: usize = 100;

/// Supply and demand of a product in a warehouse by day, with what can be promised on each and who takes what.
#[utoipa::path(get, path = "/promise/timeline", tag = "promise", operation_id = "show_promise_timeline", params(TimelineParams),
    responses((status = 200, body = TimelineJson), (status = "default", body = Problem)))]
pub(super) async fn timeline(State(web): State<Web>, by: By, Params(asked): Params<TimelineParams>) -> Result<Json<TimelineJson>, Error> {
    by.may(Act::ViewStock)?;
    let id = product::filtered(&web, &by, "/product", Some(asked.product.clone()).filter(|text| !text.is_empty())).await?;
    let id = id.ok_or_else(|| Refusal::field("/product", FieldRule::Required))?;
    let chosen = warehouse::filtered(&web, &by, "/warehouse", asked.warehouse).await?;
    let (company, today) = (by.company_id, today(&web, &by).await?);
    let found = web.app.store.read(move |reader| {
        let product = reader.get::<domain::Product>(company, id)?;
        let places: Vec<Warehouse> =
            store::query::product::availability(reader, company, id)?.into_iter().map(|(place, _)| place).collect();
        Ok((product, places, query::of(reader, company, &[id], today)?, store::query::roads::roads(reader, company)?))
    });
    let (product, places, events, roads) = found.await?;
    let product = product.ok_or_else(|| Error::not_found("product"))?;
    let customers = if by.may(Act::ViewOrder).is_ok() { events.customers() } else { Customers::new() };
    let mut timelines = events.timelines(today);
    let free: Vec<(Warehouse, Quantity)> = places
        .into_iter()
        .map(|place| {
            let free = query::free_now(&timelines, id, place.id);
            (place, free)
        })
        .collect();
    let at = match chosen {
        Some(chosen) => free.iter().find(|(place, _)| place.id == chosen),
        None => free.iter().rev().max_by_key(|(_, free)| *free),
    };
    // A warehouse that is used no more and has none of it is not among them.
    let (at, _) = at.ok_or_else(|| Error::not_found("warehouse"))?;
    let timeline = timelines.remove(&(id, at.id)).unwrap_or_else(|| Timeline::new(today, [], []));
    let quantity = |quantity| QuantityJson::of(quantity, &product.unit);
    let more = Wish::whole(timeline.free(today) + Quantity::ONE, Some(today));
    let next = promise(&timeline, &roads.route(at.id, None), roads.make(&product).as_ref(), &more);
    Ok(Json(TimelineJson {
        warehouse: place(at),
        warehouses: free.iter().map(|(warehouse, free)| PromisePlace { warehouse: place(warehouse), available: quantity(*free) }).collect(),
        today: today.to_string(),
        lead_days: product.lead_days,
        days: days(&timeline, &product.unit, &customers),
        next: PromiseJson::of(&next, &product.unit, &customers),
        product: shown(&product),
    }))
}

fn days(timeline: &Timeline, unit: &str, customers: &Customers) -> Vec<PromiseDay> {
    let today = timeline.today();
    let mut comes: BTreeMap<Date, Vec<&Supply>> = BTreeMap::new();
    for supply in timeline.supplies() {
        comes.entry(timeline.counts_on(supply)).or_default().push(supply);
    }
    let mut goes: BTreeMap<Date, Vec<&Demand>> = BTreeMap::new();
    for demand in timeline.demands() {
        goes.entry(demand.on.max(today)).or_default().push(demand);
    }
    let quantity = |quantity| QuantityJson::of(quantity, unit);
    let overdue = |on: Date| (on < today).then(|| on.to_string());
    let supply = |supply: &Supply| PromiseComing {
        source: PromiseSource::of(&supply.source),
        quantity: quantity(supply.quantity),
        overdue_since: overdue(supply.on),
    };
    let demand = |demand: &Demand| PromiseGoing {
        taker: PromiseTaker::of(&demand.source, customers),
        quantity: quantity(demand.quantity),
        overdue_since: overdue(demand.on),
    };
    let shown = |day: domain::promise::TimelineDay| {
        let mut takers = goes.remove(&day.on).unwrap_or_default();
        let reserved: Quantity =
            takers.iter().filter(|demand| demand.source.kind == DemandKind::Reserved).map(|demand| demand.quantity).sum();
        takers.sort_by_key(|demand| std::cmp::Reverse(demand.quantity));
        PromiseDay {
            on: day.on.to_string(),
            supply: quantity(day.supply),
            demand: quantity(day.demand),
            reserved: quantity(reserved),
            balance: quantity(day.balance),
            available: quantity(day.free),
            supplies: comes.remove(&day.on).unwrap_or_default().into_iter().map(supply).collect(),
            demand_count: takers.len(),
            demands: takers.into_iter().take(MOST_DEMANDS).map(demand).collect(),
        }
    };
    timeline.days().into_iter().map(shown).collect()
}
