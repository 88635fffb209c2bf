//! Whose days promises count, over HTTP.

use app::promise::days;
use axum::extract::State;
use domain::promise::{CustomerDays, SaidDays, WarehouseDays};
use domain::{Act, CompanyId, Customer, CustomerId, FieldError, FieldRule, Refusal, Warehouse, WarehouseId};
use serde::{Deserialize, Serialize};
use store::{Fault, Reader};
use utoipa::ToSchema;

use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::state::Web;
use crate::value::{Coded, Saved};
use crate::version::{Matching, Tagged};

/// Whose days promises count.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = PromiseDaysInput)]
#[serde(deny_unknown_fields, default)]
pub struct DaysInput {
    /// Code of the calendar of the company: days on which it makes, packs and ships; empty: every day.
    #[schema(example = "office")]
    pub calendar: String,
    /// Code of the calendar of the carriers; empty: every day.
    pub carrier_calendar: String,
    /// By warehouse.
    pub warehouses: Vec<WarehouseDaysInput>,
    /// By customer.
    pub customers: Vec<CustomerDaysInput>,
}

/// How long goods take out of a warehouse.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = WarehouseDaysInput)]
#[serde(deny_unknown_fields, default)]
pub struct WarehouseDaysInput {
    /// Id or code of the warehouse.
    pub warehouse_id: String,
    /// Working days of the company from readiness to shipping.
    pub handling_days: i64,
    /// Days of the carrier on the way.
    pub transit_days: i64,
}

/// When a customer receives.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = CustomerDaysInput)]
#[serde(deny_unknown_fields, default)]
pub struct CustomerDaysInput {
    /// Id or code of the customer.
    pub customer_id: String,
    /// Code of the calendar by which it receives; empty: every day.
    pub calendar: String,
    /// Days of the carrier on the way to it; left out: those of the warehouse.
    pub transit_days: Option<i64>,
}

/// Whose days promises count, with names.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PromiseDays)]
pub struct DaysJson {
    /// Raised by every change; 0: nothing was said yet.
    pub version: i64,
    /// Code of the calendar of the company.
    pub calendar: String,
    /// Code of the calendar of the carriers.
    pub carrier_calendar: String,
    /// By warehouse.
    pub warehouses: Vec<WarehouseDaysJson>,
    /// By customer.
    pub customers: Vec<CustomerDaysJson>,
}

/// How long goods take out of a warehouse.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = WarehouseDays)]
pub struct WarehouseDaysJson {
    /// Which.
    pub warehouse: Coded,
    /// Working days of the company from readiness to shipping.
    pub handling_days: i64,
    /// Days of the carrier on the way.
    pub transit_days: i64,
}

/// When a customer receives.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CustomerDays)]
pub struct CustomerDaysJson {
    /// Whose.
    pub customer: Coded,
    /// Code of its calendar.
    pub calendar: String,
    /// Days of the carrier on the way to it.
    pub transit_days: Option<i64>,
}

/// Shows whose days promises count.
#[utoipa::path(get, path = "/promise/days", tag = "promise", operation_id = "show_promise_days",
    responses((status = 200, body = DaysJson), (status = "default", body = Problem)))]
pub(super) async fn show(State(web): State<Web>, by: By) -> Result<Tagged<DaysJson>, Error> {
    by.may(Act::ViewOrder)?;
    let company = by.company_id;
    let read = web.app.store.read(move |reader| {
        let found = store::query::roads::said(reader, company)?;
        let said = found.as_ref().map(|found| (*found.said).clone()).unwrap_or_default();
        let houses = reader.all::<Warehouse>(company, "ORDER BY code, id", &[])?;
        let ids: Vec<CustomerId> = said.customers.iter().map(|one| one.customer_id).collect();
        let customers = store::query::import::rows::<Customer>(reader, company, &ids)?;
        Ok((found.map_or(0, |found| found.version.raw()), said, houses, customers))
    });
    let (version, said, houses, customers) = read.await?;
    let house = |id: WarehouseId| houses.iter().find(|one| one.id == id);
    let customer = |id: CustomerId| customers.iter().find(|one| one.id == id);
    let warehouses = said.warehouses.iter().filter_map(|one| {
        let found = house(one.warehouse_id)?;
        let warehouse = Coded { id: found.id.to_string(), code: found.code.clone(), name: found.name.clone() };
        Some(WarehouseDaysJson { warehouse, handling_days: one.handling_days, transit_days: one.transit_days })
    });
    let of_customers = said.customers.iter().filter_map(|one| {
        let found = customer(one.customer_id)?;
        let customer = Coded { id: found.id.to_string(), code: found.code.clone(), name: found.name.clone() };
        Some(CustomerDaysJson { customer, calendar: one.calendar.clone(), transit_days: one.transit_days })
    });
    let (warehouses, customers) = (warehouses.collect(), of_customers.collect());
    let json = DaysJson { version, calendar: said.calendar, carrier_calendar: said.carrier_calendar, warehouses, customers };
    Ok(Tagged(version, json))
}

/// Keeps whose days promises count; promises that were made before stay as they were told.
#[utoipa::path(put, path = "/promise/days", tag = "promise", operation_id = "edit_promise_days", request_body = DaysInput,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
pub(super) async fn edit(
    State(web): State<Web>,
    by: By,
    Matching(version): Matching,
    body: Body<DaysInput>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditCompany)?;
    let Body { input, replay } = body;
    let company = by.company_id;
    let said = web.app.store.read(move |reader| named(reader, company, &input)).await?.map_err(Refusal::invalid)?;
    let saved = web.app.command(&by, replay, move |work, by| days::edit(work, by, Some(version), &said)).await?;
    Ok(Tagged::saved(saved))
}

/// What is said, with the warehouses and customers it names; else where it names none.
fn named(reader: &Reader<'_>, company: CompanyId, input: &DaysInput) -> Result<Result<SaidDays, Vec<FieldError>>, Fault> {
    let mut errors = Vec::new();
    let mut missing = |pointer: String, value: &str| {
        let value = value.to_owned();
        let rule = if value.is_empty() { FieldRule::Required } else { FieldRule::Unknown { value } };
        errors.push(FieldError::new(pointer, rule));
    };
    let (mut warehouses, mut customers) = (Vec::new(), Vec::new());
    for (place, one) in input.warehouses.iter().enumerate() {
        match store::query::warehouse::id_of(reader, company, &one.warehouse_id)? {
            Some(warehouse_id) => {
                warehouses.push(WarehouseDays { warehouse_id, handling_days: one.handling_days, transit_days: one.transit_days });
            }
            None => missing(format!("/warehouses/{place}/warehouse_id"), &one.warehouse_id),
        }
    }
    for (place, one) in input.customers.iter().enumerate() {
        match store::query::customer::id_of(reader, company, &one.customer_id)? {
            Some(id) => {
                let customer_id = store::query::customer::current(reader, company, id)?;
                customers.push(CustomerDays { customer_id, calendar: one.calendar.trim().to_owned(), transit_days: one.transit_days });
            }
            None => missing(format!("/customers/{place}/customer_id"), &one.customer_id),
        }
    }
    let (calendar, carrier_calendar) = (input.calendar.trim().to_owned(), input.carrier_calendar.trim().to_owned());
    Ok(if errors.is_empty() { Ok(SaidDays { calendar, carrier_calendar, warehouses, customers }) } else { Err(errors) })
}
