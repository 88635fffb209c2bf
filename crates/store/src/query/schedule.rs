//! What is promised out of supply that is still to come, and what waits to be promised.

use std::collections::{BTreeMap, BTreeSet};

use domain::promise::{Jeopardy, Lateness, Roads};
use domain::{CompanyId, CustomerId, Date, Event, Order, OrderId, OrderLine, OrderSchedule, Product, ProductId, SupplierId};

use crate::fault::Fault;
use crate::query::among::among;
use crate::query::promise::{self, Events, OPEN};
use crate::query::purchase::{DatedSupply, dated_supply};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What may have to be promised anew after some events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Orders something happened to.
    pub orders: BTreeSet<OrderId>,
    /// Papers that bring or take goods, with their kinds: `purchase`, `transfer`, `stock`.
    pub papers: BTreeSet<(String, i64)>,
}

impl Touched {
    /// By these events; `of_order` says which happenings to orders matter.
    pub fn by(events: &[Event], of_order: impl Fn(&str) -> bool) -> Self {
        let mut touched = Touched::default();
        for event in events {
            match event.subject_kind.as_str() {
                "order" if of_order(&event.kind) => {
                    touched.orders.insert(OrderId::from_raw(event.subject_id));
                }
                "purchase" | "transfer" | "stock" => {
                    touched.papers.insert((event.subject_kind.clone(), event.subject_id));
                }
                _ => {}
            }
        }
        touched
    }

    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.orders.is_empty() && self.papers.is_empty()
    }
}

/// An order with its lines and their schedules, as they were read.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduled {
    /// The order.
    pub order: Order,
    /// Its lines that are not complete, and those that have a schedule.
    pub lines: Vec<OrderLine>,
    /// What is promised.
    pub parts: Vec<OrderSchedule>,
    /// Days between arrival and what the customer is told, where they were agreed.
    pub slack_days: i64,
}

/// Everything a promise needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    /// Orders, the most urgent first: by priority, then as they were handed in.
    pub orders: Vec<Scheduled>,
    /// What comes, and what is confirmed to go: reserved goods and schedules.
    pub events: Events,
    /// The products.
    pub products: BTreeMap<ProductId, Product>,
    /// Schedules of other orders of the products, for which only how sure they are is looked at.
    pub others: Vec<OrderSchedule>,
    /// What is awaited of the products.
    pub awaited: Vec<DatedSupply>,
    /// By how much each supplier was late.
    pub lateness: BTreeMap<SupplierId, Lateness>,
    /// Whose days count.
    pub roads: Roads,
}

/// Orders that are looked at because supply of a product moved, at the most; who is left has not got a promise, and gets one with the next supply.
const WAITING: i64 = 500;

/// What these events ask to be looked at.
///
/// # Errors
/// Any fault of the database.
///
/// Source: PRM-01, PRM-05, PRM-08
pub fn world(reader: &Reader<'_>, company: CompanyId, touched: &Touched, today: Date) -> Result<World, Fault> {
    let moved = moved(reader, company, touched)?;
    let mut ids = touched.orders.clone();
    ids.extend(waiting(reader, company, &moved)?);
    let orders = orders(reader, company, &ids.into_iter().collect::<Vec<_>>())?;
    let of_orders = orders.iter().flat_map(|order| order.lines.iter().map(|line| line.product_id));
    let all: BTreeSet<ProductId> = of_orders.chain(moved.iter().copied()).collect();
    let all: Vec<ProductId> = all.into_iter().collect();
    let others = parts(reader, company, &moved)?;
    let mut world = World { orders, others, ..gather(reader, company, &all, today)? };
    world.events.owed = promise::confirmed(reader, company, &all, today)?.into_iter().chain(world.events.owed).collect();
    Ok(world)
}

/// Every schedule, to look at how sure each is.
///
/// # Errors
/// Any fault of the database.
pub fn every(reader: &Reader<'_>, company: CompanyId, today: Date) -> Result<World, Fault> {
    let others = reader.all::<OrderSchedule>(company, "ORDER BY product_id, ready_on, order_id, line_no, part_no", &[])?;
    let products: BTreeSet<ProductId> = others.iter().map(|part| part.product_id).collect();
    let products: Vec<ProductId> = products.into_iter().collect();
    Ok(World { others, ..gather(reader, company, &products, today)? })
}

/// What comes of these products, and what is known of who brings it.
///
/// # Errors
/// Any fault of the database.
pub fn gather(reader: &Reader<'_>, company: CompanyId, products: &[ProductId], today: Date) -> Result<World, Fault> {
    let mut awaited = Vec::new();
    for some in products.chunks(1000) {
        awaited.extend(dated_supply(reader, company, some, None)?);
    }
    let suppliers: BTreeSet<SupplierId> = awaited.iter().map(|line| line.supplier_id).collect();
    let found = crate::query::import::rows::<Product>(reader, company, products)?;
    Ok(World {
        events: promise::supply(reader, company, products, today)?,
        products: found.into_iter().map(|product| (product.id, product)).collect(),
        lateness: lateness(reader, company, &suppliers.into_iter().collect::<Vec<_>>())?,
        roads: super::roads::roads(reader, company)?,
        awaited,
        ..World::default()
    })
}

/// The products that papers bring or take.
fn moved(reader: &Reader<'_>, company: CompanyId, touched: &Touched) -> Result<Vec<ProductId>, Fault> {
    let mut found = BTreeSet::new();
    for (kind, text) in [
        ("purchase", "SELECT DISTINCT product_id FROM purchase_lines WHERE company_id = ?1 AND purchase_id"),
        ("transfer", "SELECT DISTINCT product_id FROM transfer_lines WHERE company_id = ?1 AND transfer_id"),
        (
            "stock",
            "SELECT DISTINCT product_id FROM stock_movements WHERE company_id = ?1 AND on_hand_delta_micro <> 0 AND cause_kind = 'stock' AND cause_id",
        ),
    ] {
        let ids: Vec<i64> = touched.papers.iter().filter(|(of, _)| of == kind).map(|(_, id)| *id).collect();
        let Some((among, params)) = among(company.raw(), &ids) else { continue };
        found.extend(reader.rows(&format!("{text} {among}"), &params, |source| read::<ProductId>(source, 0))?);
    }
    Ok(found.into_iter().collect())
}

/// Open orders with lines of these products that lack goods and have no promise, the most urgent first.
fn waiting(reader: &Reader<'_>, company: CompanyId, products: &[ProductId]) -> Result<Vec<OrderId>, Fault> {
    let ids: Vec<i64> = products.iter().map(|id| id.raw()).collect();
    let Some((among, params)) = among(company.raw(), &ids) else { return Ok(Vec::new()) };
    let text = format!(
        "SELECT o.id FROM order_lines l JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id \
         WHERE l.company_id = ?1 AND l.product_id {among} AND l.shipped_micro + l.closed_micro < l.quantity_micro \
         AND l.reserved_micro + l.shipped_micro + l.closed_micro < l.quantity_micro AND o.status IN {OPEN} \
         AND NOT EXISTS (SELECT 1 FROM order_schedules s WHERE s.company_id = l.company_id AND s.order_id = l.order_id AND s.line_no = l.line_no) \
         ORDER BY o.priority DESC, o.id LIMIT {WAITING}"
    );
    reader.rows(&text, &params, |source| read(source, 0))
}

/// These orders with their open lines and schedules, the most urgent first.
///
/// # Errors
/// Any fault of the database.
pub fn orders(reader: &Reader<'_>, company: CompanyId, ids: &[OrderId]) -> Result<Vec<Scheduled>, Fault> {
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(200) {
        let raw: Vec<i64> = some.iter().map(|id| id.raw()).collect();
        let Some((among, params)) = among(company.raw(), &raw) else { continue };
        let lines = reader.rows(
            &format!(
                "SELECT {} FROM order_lines l WHERE l.company_id = ?1 AND l.order_id {among} ORDER BY l.order_id, l.line_no",
                columns::<OrderLine>("l")
            ),
            &params,
            |source| OrderLine::read(source),
        )?;
        let parts = reader.rows(
            &format!(
                "SELECT {} FROM order_schedules s WHERE s.company_id = ?1 AND s.order_id {among} ORDER BY s.order_id, s.line_no, s.part_no",
                columns::<OrderSchedule>("s")
            ),
            &params,
            |source| OrderSchedule::read(source),
        )?;
        let slacks = reader.rows(
            &format!("SELECT order_id, agreed_days FROM order_slacks WHERE company_id = ?1 AND order_id {among}"),
            &params,
            |source| Ok((read::<OrderId>(source, 0)?, read::<i64>(source, 1)?)),
        )?;
        let slacks: BTreeMap<OrderId, i64> = slacks.into_iter().collect();
        let mut of: BTreeMap<OrderId, (Vec<OrderLine>, Vec<OrderSchedule>)> = BTreeMap::new();
        lines.into_iter().for_each(|line| of.entry(line.order_id).or_default().0.push(line));
        parts.into_iter().for_each(|part| of.entry(part.order_id).or_default().1.push(part));
        let found = reader.rows(
            &format!("SELECT {} FROM orders o WHERE o.company_id = ?1 AND o.id {among}", columns::<Order>("o")),
            &params,
            |source| Order::read(source),
        )?;
        all.extend(found.into_iter().map(|order| {
            let (lines, parts) = of.remove(&order.id).unwrap_or_default();
            let slack_days = slacks.get(&order.id).copied().unwrap_or_default();
            Scheduled { order, lines, parts, slack_days }
        }));
    }
    all.sort_by_key(|one| (-one.order.priority, one.order.submitted_at, one.order.id));
    Ok(all)
}

/// What is scheduled of these products, by day.
///
/// # Errors
/// Any fault of the database.
pub fn parts(reader: &Reader<'_>, company: CompanyId, products: &[ProductId]) -> Result<Vec<OrderSchedule>, Fault> {
    let mut all = Vec::new();
    for some in products.chunks(1000) {
        let raw: Vec<i64> = some.iter().map(|id| id.raw()).collect();
        let Some((among, params)) = among(company.raw(), &raw) else { continue };
        let text = format!(
            "SELECT {} FROM order_schedules s WHERE s.company_id = ?1 AND s.product_id {among} ORDER BY s.product_id, s.ready_on, s.order_id, s.line_no, s.part_no",
            columns::<OrderSchedule>("s")
        );
        all.extend(reader.rows(&text, &params, |source| OrderSchedule::read(source))?);
    }
    Ok(all)
}

/// Receipts that are looked at.
const RECEIPTS: i64 = 5_000;

/// By how many days what these suppliers delivered was late, against the day they had confirmed, or else the day it was asked for.
fn lateness(reader: &Reader<'_>, company: CompanyId, suppliers: &[SupplierId]) -> Result<BTreeMap<SupplierId, Lateness>, Fault> {
    let raw: Vec<i64> = suppliers.iter().map(|id| id.raw()).collect();
    let Some((among, params)) = among(company.raw(), &raw) else { return Ok(BTreeMap::new()) };
    let text = format!(
        "SELECT r.supplier_id, r.received_on, coalesce(l.confirmed_on, l.asked_on) FROM purchase_receipts r \
         JOIN purchase_lines l ON l.company_id = r.company_id AND l.purchase_id = r.purchase_id AND l.line_no = r.line_no \
         WHERE r.company_id = ?1 AND r.supplier_id {among} ORDER BY r.id DESC LIMIT {RECEIPTS}"
    );
    let mut days: BTreeMap<SupplierId, Vec<i64>> = BTreeMap::new();
    for (supplier, came, due) in
        reader.rows(&text, &params, |source| Ok((read::<SupplierId>(source, 0)?, read::<Date>(source, 1)?, read::<Date>(source, 2)?)))?
    {
        days.entry(supplier).or_default().push(due.days_until(came));
    }
    Ok(days.into_iter().map(|(supplier, days)| (supplier, Lateness::of(&days))).collect())
}

/// A promise and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Promised {
    /// The promise.
    pub part: OrderSchedule,
    /// Number of the order.
    pub number: String,
    /// For whom.
    pub customer: (CustomerId, String),
    /// Code, name and unit of the product.
    pub product: (String, String, String),
}

/// Promises that are shown at once.
pub const MOST: i64 = 500;

/// Promises of these bands, or those of one order: the least sure first, then by the day they are promised for.
///
/// # Errors
/// Any fault of the database.
///
/// Source: PRM-08
pub fn promised(reader: &Reader<'_>, company: CompanyId, order: Option<OrderId>, bands: &[Jeopardy]) -> Result<Vec<Promised>, Fault> {
    let mut params = vec![Param::Int(company.raw())];
    params.extend(order.map(|id| Param::Int(id.raw())));
    let one = if order.is_some() { "AND s.order_id = ?2" } else { "" };
    let codes: Vec<String> = bands.iter().map(|band| format!("'{band}'")).collect();
    let text = format!(
        "SELECT {}, o.number, o.customer_id, o.customer_name, l.product_code, l.name, l.unit FROM order_schedules s \
         JOIN orders o ON o.company_id = s.company_id AND o.id = s.order_id \
         JOIN order_lines l ON l.company_id = s.company_id AND l.order_id = s.order_id AND l.line_no = s.line_no \
         WHERE s.company_id = ?1 {one} AND s.jeopardy IN ({}) \
         ORDER BY CASE s.jeopardy WHEN 'late' THEN 0 WHEN 'at_risk' THEN 1 ELSE 2 END, s.promised_on, s.order_id, s.line_no, s.part_no LIMIT {MOST}",
        columns::<OrderSchedule>("s"),
        codes.join(", ")
    );
    let width = OrderSchedule::table().columns.len();
    reader.rows(&text, &params, |source| {
        Ok(Promised {
            part: OrderSchedule::read(source)?,
            number: read(source, width)?,
            customer: (read(source, width + 1)?, read(source, width + 2)?),
            product: (read(source, width + 3)?, read(source, width + 4)?, read(source, width + 5)?),
        })
    })
}

/// How many promises there are of each band.
///
/// # Errors
/// Any fault of the database.
pub fn bands(reader: &Reader<'_>, company: CompanyId) -> Result<BTreeMap<Jeopardy, i64>, Fault> {
    let text = "SELECT jeopardy, count(*) FROM order_schedules WHERE company_id = ?1 GROUP BY jeopardy";
    let found = reader.rows(text, &[Param::Int(company.raw())], |source| Ok((read(source, 0)?, read(source, 1)?)))?;
    Ok(found.into_iter().collect())
}
