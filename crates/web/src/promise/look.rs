//! What could be promised for lines that nobody has ordered yet: asked, explained, forgotten (PRM-03).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::promise::{Candidate, DemandKind, DemandSource, Quota, Roads, Split, Timeline, Wish, promise, rank};
use domain::{
    Act, Channel, CompanyId, Customer, CustomerId, Date, FieldRule, MAX_LINES, Money, Product, ProductId, Quantity, QuotaTaker, Warehouse,
    WarehouseId,
};
use serde::{Deserialize, Serialize};
use store::query::promise as query;
use store::query::roads;
use store::{Fault, Reader};
use utoipa::ToSchema;

use super::json::{Customers, PromiseJson, PromiseWay, place, shown};
use crate::body::Body;
use crate::by::By;
use crate::customer;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::order::today;
use crate::quota::selector;
use crate::state::Web;
use crate::stock::StockProduct;
use crate::value::{ChannelCode, Coded, QuantityInput};

/// What is asked.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PromiseLook)]
pub struct LookInput {
    /// Id or code of the customer that asks; with it, quotas that are for its grade or region bind too.
    pub customer_id: Option<String>,
    /// From which channel; with it, quotas that are for that channel bind too. The customer's usual one.
    pub channel: Option<ChannelCode>,
    /// The lines, in the order in which they are served: each sees what those before it take.
    pub lines: Vec<LookLineInput>,
}

/// A line that is asked about.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PromiseLookLine)]
pub struct LookLineInput {
    /// Id or code of the product.
    pub product_id: String,
    /// Id or code of the warehouse.
    pub warehouse_id: String,
    /// How much.
    pub quantity: QuantityInput,
    /// The wished day; none: as soon as possible.
    pub wanted_on: Option<String>,
    /// Whether it may come in parts.
    pub split: bool,
    /// In how many at the most; none: as many as need be.
    pub most_parts: Option<i64>,
    /// Whether other ways are looked for too.
    pub alternatives: bool,
}

/// What could be promised for a line.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PromiseLooked)]
pub struct LookedLineJson {
    /// The product.
    pub product: StockProduct,
    /// The warehouse.
    pub warehouse: Coded,
    /// What could be promised as it was asked.
    pub promise: PromiseJson,
    /// Every way, best first, that which was asked among them; empty where none were looked for.
    pub alternatives: Vec<PromiseWay>,
}

/// What could be promised.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PromiseLookedAt)]
pub struct LookedJson {
    /// The day it is.
    pub today: String,
    /// As the lines were asked.
    pub lines: Vec<LookedLineJson>,
}

/// A line that was read, its product and warehouse still as they were said.
struct Line {
    product: String,
    warehouse: String,
    quantity: Quantity,
    unit: String,
    wanted_on: Option<Date>,
    split: Split,
    alternatives: bool,
}

impl LookInput {
    fn read(self, fields: &mut Fields, today: Date) -> Vec<Line> {
        let max = i64::try_from(MAX_LINES).unwrap_or(i64::MAX);
        if self.lines.is_empty() {
            fields.wrong("/lines", FieldRule::Required);
        }
        if self.lines.len() > MAX_LINES {
            fields.wrong("/lines", FieldRule::TooMany { max });
            return Vec::new();
        }
        let line = |(at, line): (usize, LookLineInput)| {
            let place = |field: &str| format!("/lines/{at}/{field}");
            let quantity = fields.quantity(&place("quantity"), &line.quantity);
            if Quantity::parse(line.quantity.value()).is_ok_and(|quantity| !quantity.is_positive()) {
                fields.wrong(place("quantity"), FieldRule::NotPositive);
            }
            let said = line.wanted_on.as_deref().filter(|day| !day.is_empty());
            let wanted_on = fields.optional_date(&place("wanted_on"), said);
            if said.is_some_and(|day| Date::parse(day).is_ok_and(|day| day < today)) {
                fields.wrong(place("wanted_on"), FieldRule::Before { date: today });
            }
            let most = i64::try_from(Split::MOST).unwrap_or(i64::MAX);
            let parts = fields.whole(&place("most_parts"), line.most_parts.unwrap_or(most), 1, most);
            let split = if line.split { Split::Parts(usize::try_from(parts).unwrap_or(1)) } else { Split::Whole };
            Line {
                product: fields.required(&place("product_id"), &line.product_id, 100),
                warehouse: fields.required(&place("warehouse_id"), &line.warehouse_id, 100),
                quantity,
                unit: line.quantity.unit().unwrap_or_default().to_owned(),
                wanted_on,
                split,
                alternatives: line.alternatives,
            }
        };
        self.lines.into_iter().enumerate().map(line).collect()
    }
}

/// What is known of what was asked.
struct Known {
    today: Date,
    asked: query::Asked,
    warehouses: BTreeMap<WarehouseId, Warehouse>,
    customers: Customers,
    timelines: BTreeMap<(ProductId, WarehouseId), Timeline>,
    quotas: BTreeMap<ProductId, Vec<Quota>>,
    roads: Roads,
    customer: Option<CustomerId>,
}

/// A line whose product and warehouse are known.
struct Found {
    line: Line,
    product: Product,
    warehouse: Warehouse,
    /// In the base unit.
    quantity: Quantity,
}

/// Looks at what could be promised for some lines, why not earlier, what would be needed, and which other ways there are. Changes nothing.
#[utoipa::path(post, path = "/promise/look", tag = "promise", operation_id = "look_at_promise", request_body = LookInput,
    responses((status = 200, body = LookedJson), (status = "default", body = Problem)))]
pub(super) async fn look(State(web): State<Web>, by: By, body: Body<LookInput>) -> Result<Json<LookedJson>, Error> {
    if by.may(Act::CreateOrder).is_err() {
        by.may(Act::ViewStock)?;
    }
    let (company, today) = (by.company_id, today(&web, &by).await?);
    let mut fields = Fields::new();
    let channel = selector(&mut fields, "/channel", body.input.channel.as_ref()).value();
    let named = body.input.customer_id.clone().filter(|text| !text.is_empty());
    let customer = customer::filtered(&web, &by, "/customer_id", named).await?;
    let lines = body.input.read(&mut fields, today);
    let references: Vec<String> = lines.iter().map(|line| line.product.clone()).collect();
    let found = web.app.store.read(move |reader| {
        let asked = query::asked(reader, company, &references)?;
        let products: Vec<ProductId> = asked.products.keys().copied().collect();
        let quotas = quotas(reader, company, &products, (customer, channel), today)?;
        Ok((
            query::of(reader, company, &products, today)?,
            reader.all::<Warehouse>(company, "ORDER BY code, id", &[])?,
            asked,
            quotas,
            roads::roads(reader, company)?,
        ))
    });
    let (events, warehouses, asked, quotas, roads) = found.await?;
    let mut known = Known {
        today,
        asked,
        warehouses: warehouses.into_iter().map(|warehouse| (warehouse.id, warehouse)).collect(),
        customers: if by.may(Act::ViewOrder).is_ok() { events.customers() } else { Customers::new() },
        timelines: events.timelines(today),
        quotas,
        roads,
        customer,
    };
    let lines: Vec<Option<Found>> = lines.into_iter().enumerate().map(|(at, line)| known.find(&mut fields, at, line)).collect();
    fields.done()?;
    let lines = lines.into_iter().flatten().enumerate().map(|(at, found)| known.look(at, &found)).collect();
    Ok(Json(LookedJson { today: today.to_string(), lines }))
}

/// What is left of the quotas of some products that cover whoever asks today: an order of today takes of them, on whatever day its goods are ready. Those
/// that are shared out by what was not said do not bind.
fn quotas(
    reader: &Reader<'_>,
    company: CompanyId,
    products: &[ProductId],
    (customer, channel): (Option<CustomerId>, Option<Channel>),
    today: Date,
) -> Result<BTreeMap<ProductId, Vec<Quota>>, Fault> {
    let customer = customer.map_or(Ok(None), |id| reader.get::<Customer>(company, id))?;
    let region = customer.as_ref().map_or(Ok(String::new()), |one| store::query::quota::region_of(reader, company, one.id))?;
    let channel = channel.or(customer.as_ref().map(|one| one.channel));
    let taker = QuotaTaker { grade: customer.map(|one| one.grade), channel, region: &region };
    let mut all: BTreeMap<ProductId, Vec<Quota>> = BTreeMap::new();
    for (quota, left) in store::query::quota::of_products(reader, company, products)? {
        if quota.covers(&taker, today) {
            all.entry(quota.product_id).or_default().push(Quota { code: quota.code, from: today, to: None, left });
        }
    }
    Ok(all)
}

impl Known {
    fn find(&self, fields: &mut Fields, at: usize, line: Line) -> Option<Found> {
        let unknown = |value: &str| FieldRule::Unknown { value: value.to_owned() };
        let product = self.asked.product(&line.product).cloned();
        if product.is_none() && !line.product.is_empty() {
            fields.wrong(format!("/lines/{at}/product_id"), unknown(&line.product));
        }
        let of = |warehouse: &&Warehouse| warehouse.code == line.warehouse || warehouse.id.to_string() == line.warehouse;
        let warehouse = self.warehouses.values().find(of).cloned();
        if warehouse.is_none() && !line.warehouse.is_empty() {
            fields.wrong(format!("/lines/{at}/warehouse_id"), unknown(&line.warehouse));
        }
        let product = product?;
        match product.said(line.quantity, &line.unit) {
            Ok(said) => Some(Found { quantity: said.base, product, warehouse: warehouse?, line }),
            Err(reason) => {
                fields.wrong(format!("/lines/{at}/quantity"), reason);
                None
            }
        }
    }

    /// Answers for a line, and lets it take what it was promised before the next is looked at.
    fn look(&mut self, at: usize, found: &Found) -> LookedLineJson {
        let roads = &self.roads;
        let (product, warehouse) = (found.product.id, found.warehouse.id);
        let quotas = self.quotas_of(product).to_vec();
        let wish = Wish { split: found.line.split, quotas: &quotas, ..Wish::whole(found.quantity, found.line.wanted_on) };
        let empty = Timeline::new(self.today, [], []);
        let make = roads.make(&found.product);
        let way = roads.route(warehouse, self.customer);
        let asked = promise(self.timelines.get(&(product, warehouse)).unwrap_or(&empty), &way, make.as_ref(), &wish);
        let alternatives = if found.line.alternatives { self.alternatives(found, &wish, &empty) } else { Vec::new() };
        let line_no = i64::try_from(at).unwrap_or(i64::MAX - 1) + 1;
        let source = DemandSource { kind: DemandKind::Order, id: 0, line_no, number: String::new() };
        if let Some(timeline) = self.timelines.get_mut(&(product, warehouse)) {
            asked.demands(&source, 0).into_iter().for_each(|demand| timeline.add_demand(demand));
        }
        for quota in self.quotas.entry(product).or_default() {
            quota.left = (quota.left - asked.promised()).or_zero();
        }
        LookedLineJson {
            product: shown(&found.product),
            warehouse: place(&found.warehouse),
            promise: PromiseJson::of(&asked, &found.product.unit, &self.customers),
            alternatives,
        }
    }

    fn quotas_of(&self, product: ProductId) -> &[Quota] {
        self.quotas.get(&product).map_or(&[], Vec::as_slice)
    }

    /// The same from other warehouses, and substitutes that are sold in the same unit from every warehouse.
    fn alternatives(&self, found: &Found, wish: &Wish<'_>, empty: &Timeline) -> Vec<PromiseWay> {
        let substitutes = found.product.substitutes.iter().filter_map(|id| self.asked.products.get(id));
        let substitutes = substitutes.filter(|substitute| substitute.active && substitute.unit == found.product.unit);
        let mut candidates = Vec::new();
        for (preference, product) in std::iter::once(&found.product).chain(substitutes).enumerate() {
            let own = std::iter::once(&found.warehouse);
            let others = self.warehouses.values().filter(|warehouse| warehouse.id != found.warehouse.id && warehouse.active);
            candidates.extend(own.chain(others).map(|warehouse| Candidate {
                product_id: product.id,
                warehouse_id: warehouse.id,
                timeline: self.timelines.get(&(product.id, warehouse.id)).unwrap_or(empty),
                route: self.roads.route(warehouse.id, self.customer),
                make: self.roads.make(product),
                extra_cost: Money::ZERO,
                distance_km: 0,
                preference,
                quotas: self.quotas_of(product.id),
            }));
        }
        let ranked = rank(&candidates, wish, true);
        ranked.iter().filter_map(|one| PromiseWay::of(one, &self.asked.products, &self.warehouses, &self.customers)).collect()
    }
}
