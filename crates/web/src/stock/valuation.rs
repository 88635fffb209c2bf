//! What the stock is worth, over HTTP.

use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::{Act, Currency, Instant, Money};
use serde::{Deserialize, Serialize};
use store::query::stock::valuation::{self, Valued};
use store::query::stock::{self, Filter};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::json::{PastStockJson, StockProduct};
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::{Coded, MoneyJson, QuantityJson};
use crate::{product, warehouse};

/// The addresses of the valuation.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list_valuation)).routes(routes!(sum_valuation))
}

/// The filters of the valuation.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ValuationQuery {
    /// Words in name, pinyin, initials, code, specification or barcode of the product.
    pub q: Option<String>,
    /// Id or code of the product.
    pub product: Option<String>,
    /// Id or code of the warehouse.
    pub warehouse: Option<String>,
    /// At the end of this day, in the company's time zone; now where left out.
    pub on: Option<String>,
}

/// What lay in one warehouse of one product, and what it was worth.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ValuationRow)]
pub struct ValuationJson {
    /// Of what.
    pub product: StockProduct,
    /// Where.
    pub warehouse: Coded,
    /// On hand.
    pub on_hand: QuantityJson,
    /// One unit by the moving average; `null` where no goods came in with a cost.
    pub average: Option<MoneyJson>,
    /// Worth by the moving average.
    pub by_average: Option<MoneyJson>,
    /// One unit by the standard cost of today; `null` where the product has none.
    pub standard: Option<MoneyJson>,
    /// Worth by the standard cost.
    pub by_standard: Option<MoneyJson>,
}

impl ValuationJson {
    fn of(row: Valued, books: Currency) -> Self {
        let quantity = row.past.on_hand;
        let worth = |cost: Option<domain::UnitPrice>| cost.map(|cost| MoneyJson::of(domain::worth(quantity, cost, books), books));
        let price = |cost: Option<domain::UnitPrice>| cost.map(|cost| MoneyJson::price(cost, books));
        let (by_average, by_standard) = (worth(row.average), worth(row.standard));
        let (average, standard) = (price(row.average), price(row.standard));
        let PastStockJson { product, warehouse, on_hand, .. } = row.past.into();
        ValuationJson { product, warehouse, on_hand, average, by_average, standard, by_standard }
    }
}

impl Tabular for ValuationJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "product", cell: |row| Cell::from(&row.product.code) },
        Column { name: "name", cell: |row| Cell::from(&row.product.name) },
        Column { name: "warehouse", cell: |row| Cell::from(&row.warehouse.code) },
        Column { name: "on_hand", cell: |row| Cell::Number(row.on_hand.value.clone()) },
        Column { name: "unit", cell: |row| Cell::from(&row.product.unit) },
        Column { name: "average", cell: |row| money(row.average.as_ref()) },
        Column { name: "by_average", cell: |row| money(row.by_average.as_ref()) },
        Column { name: "standard", cell: |row| money(row.standard.as_ref()) },
        Column { name: "by_standard", cell: |row| money(row.by_standard.as_ref()) },
    ];
}

fn money(money: Option<&MoneyJson>) -> Cell {
    money.map_or(Cell::Empty, |money| Cell::Number(money.amount.clone()))
}

/// What is asked for: the filter and the moment.
async fn asked_for(web: &Web, by: &By, query: ValuationQuery) -> Result<(Filter, Instant), Error> {
    by.may(Act::ViewStock)?;
    by.may(Act::SeeCost)?;
    let mut fields = Fields::new();
    let day = fields.optional_date("/on", query.on.as_deref());
    fields.done()?;
    let zone = crate::by::zone(web, by.company_id).await?;
    let end = day.map(|day| Instant::from_micros(Instant::start_of_in(day.plus_days(1), &zone).micros() - 1));
    let product = product::filtered(web, by, "/product", query.product).await?;
    let warehouse = warehouse::filtered(web, by, "/warehouse", query.warehouse).await?;
    Ok((Filter { q: query.q, product, warehouse, low: false }, end.unwrap_or_else(|| web.now())))
}

/// Lists what the stock is worth by moving average and by standard cost, now or at the end of a day; only for who may see costs. Sort: `product`.
#[utoipa::path(get, path = "/stock/valuation", operation_id = "list_valuation", tag = "stock", params(ValuationQuery, PageParams), responses((status = 200, body = Listed<ValuationJson>)))]
async fn list_valuation(State(web): State<Web>, by: By, asked: Asked<ValuationQuery>) -> Result<Response, Error> {
    let (filter, moment) = asked_for(&web, &by, asked.filter).await?;
    let books = crate::customer::company(&web, &by).await?.currency;
    let company = by.company_id;
    let sorts = Sorts { sorts: stock::SORTS, ties: stock::TIES, usual: "product" };
    list::answer(&web, &by, "valuation", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(valuation::list(reader, company, &filter, moment, page)?.map(|row| ValuationJson::of(row, books)))
    })
    .await
}

/// What everything together is worth.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ValuationSum)]
pub struct SumJson {
    /// By the moving average.
    pub by_average: MoneyJson,
    /// Products on hand that have no average: not in the sum.
    pub without_average: i64,
    /// By the standard cost of today.
    pub by_standard: MoneyJson,
    /// Products on hand that have no standard cost: not in the sum.
    pub without_standard: i64,
}

/// Sums up what the stock is worth; words in `q` do not narrow it.
#[utoipa::path(get, path = "/stock/valuation/sum", operation_id = "sum_valuation", tag = "stock", params(ValuationQuery), responses((status = 200, body = SumJson)))]
async fn sum_valuation(State(web): State<Web>, by: By, Query(query): Query<ValuationQuery>) -> Result<Json<SumJson>, Error> {
    let (filter, moment) = asked_for(&web, &by, query).await?;
    let books = crate::customer::company(&web, &by).await?.currency;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| valuation::whole(reader, company, &filter, moment)).await?;
    let there: Vec<_> = found.into_iter().filter(|(quantity, ..)| !quantity.is_zero()).collect();
    let sum = |costs: Vec<(domain::Quantity, Option<domain::UnitPrice>)>| {
        let missing = costs.iter().filter(|(_, cost)| cost.is_none()).count();
        let worth = costs.into_iter().filter_map(|(quantity, cost)| Some(domain::worth(quantity, cost?, books)));
        (worth.fold(Money::ZERO, |sum, worth| sum + worth), i64::try_from(missing).unwrap_or(i64::MAX))
    };
    let (by_average, without_average) = sum(there.iter().map(|(quantity, average, _)| (*quantity, *average)).collect());
    let (by_standard, without_standard) = sum(there.iter().map(|(quantity, _, standard)| (*quantity, *standard)).collect());
    let money = |sum| MoneyJson::of(sum, books);
    Ok(Json(SumJson { by_average: money(by_average), without_average, by_standard: money(by_standard), without_standard }))
}
