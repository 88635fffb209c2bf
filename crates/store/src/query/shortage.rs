//! Lines that are short, and everything that may be offered instead.

use std::collections::BTreeMap;

use domain::{
    CompanyId, CustomerId, Date, Instant, Order, OrderId, OrderLine, OrderSchedule, OrderStatus, Product, ProductId, Quantity, RushSource,
    ShortageChoice, Supplier, WarehouseId,
};

use crate::fault::Fault;
use crate::query::among::among;
use crate::query::promise::OPEN;
use crate::query::{schedule, supplier};
use crate::read::{Param, Reader, read};

/// An order with lines that are short.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The order.
    pub order_id: OrderId,
    /// Its number.
    pub number: String,
    /// Its state.
    pub status: OrderStatus,
    /// For whom.
    pub customer: (CustomerId, String),
    /// The day that is promised.
    pub promised_on: Option<Date>,
    /// Lines that are short.
    pub lines: i64,
    /// Of those, with a choice of the customer.
    pub chosen: i64,
    /// When the customer is to be asked at the latest: what the clock of it says; none: it does not run.
    pub due_at: Option<Instant>,
}

/// Orders that are listed at once.
pub const MOST: i64 = 500;

/// Orders with lines that are short, the day that is promised first.
///
/// # Errors
/// Any fault of the database.
///
/// Source: INV-03
pub fn list(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<Listed>, Fault> {
    let text = format!(
        "SELECT o.id, o.number, o.status, o.customer_id, o.customer_name, o.promised_on, count(*), \
            CAST(sum(CASE WHEN EXISTS (SELECT 1 FROM shortage_choices c WHERE c.company_id = l.company_id AND c.order_id = l.order_id AND c.line_no = l.line_no) THEN 1 ELSE 0 END) AS BIGINT), \
            (SELECT min(k.due_at) FROM clocks k WHERE k.company_id = o.company_id AND k.subject_kind = 'order' AND k.subject_id = o.id AND k.code = 'order.shortage' AND k.stopped_at IS NULL) \
         FROM order_lines l JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id \
         WHERE l.company_id = ?1 AND l.reserved_micro + l.shipped_micro + l.closed_micro < l.quantity_micro AND o.status IN {OPEN} \
         GROUP BY o.id, o.company_id, o.number, o.status, o.customer_id, o.customer_name, o.promised_on \
         ORDER BY coalesce(o.promised_on, '9999-12-31'), o.id LIMIT {MOST}"
    );
    reader.rows(&text, &[Param::Int(company.raw())], |s| {
        Ok(Listed {
            order_id: read(s, 0)?,
            number: read(s, 1)?,
            status: read(s, 2)?,
            customer: (read(s, 3)?, read(s, 4)?),
            promised_on: read(s, 5)?,
            lines: read(s, 6)?,
            chosen: read(s, 7)?,
            due_at: read(s, 8)?,
        })
    })
}

/// What is free of a product in a warehouse.
type Free = BTreeMap<ProductId, Vec<(WarehouseId, Quantity)>>;

/// An order with everything its short lines may be offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<OrderLine>,
    /// What is promised of them.
    pub parts: Vec<OrderSchedule>,
    /// What was chosen, oldest first.
    pub choices: Vec<ShortageChoice>,
    /// The products and their substitutes.
    pub products: BTreeMap<ProductId, Product>,
    /// What is free where.
    pub free: Free,
    /// Days goods took from other warehouses to the order's.
    pub transfer_days: Vec<(WarehouseId, i64)>,
    /// Suppliers who rush, by product.
    pub rush: BTreeMap<ProductId, Vec<RushSource>>,
    /// The suppliers, for their names.
    pub suppliers: Vec<Supplier>,
    /// Whose days count.
    pub roads: domain::promise::Roads,
}

/// Everything about an order's shortages; none where it is not there.
///
/// # Errors
/// Any fault of the database.
///
/// Source: INV-03
pub fn of_order(reader: &Reader<'_>, company: CompanyId, order: OrderId, today: Date) -> Result<Option<Found>, Fault> {
    let Some(one) = schedule::orders(reader, company, &[order])?.pop() else { return Ok(None) };
    let short: Vec<ProductId> = one.lines.iter().filter(|line| line.open_to_reserve().is_positive()).map(|line| line.product_id).collect();
    let mut products: BTreeMap<ProductId, Product> =
        crate::query::import::rows::<Product>(reader, company, &short)?.into_iter().map(|product| (product.id, product)).collect();
    let substitutes: Vec<ProductId> = products.values().flat_map(|product| product.substitutes.iter().copied()).collect();
    for product in crate::query::import::rows::<Product>(reader, company, &substitutes)? {
        products.entry(product.id).or_insert(product);
    }
    let all: Vec<ProductId> = products.keys().copied().collect();
    let supplied = supplier::of_products(reader, company, &short)?;
    let mut rush: BTreeMap<ProductId, Vec<RushSource>> = BTreeMap::new();
    let mut suppliers: Vec<Supplier> = Vec::new();
    for (supplied, supplier) in supplied {
        let Some(days) = supplied.rush_lead_days else { continue };
        let calendar: Option<domain::Calendar> =
            if supplier.calendar.is_empty() { None } else { reader.get::<domain::Calendar>(company, supplier.calendar.clone())? };
        let arrives_on = Supplier::arrival(today, days, calendar.as_ref());
        let (product, supplier_id, currency) = (supplied.product_id, supplier.id, supplier.currency);
        rush.entry(product).or_default().push(RushSource { supplier_id, supplied, currency, arrives_on });
        if suppliers.iter().all(|known| known.id != supplier.id) {
            suppliers.push(supplier);
        }
    }
    let choices = reader.all::<ShortageChoice>(company, "AND order_id = ?2 ORDER BY line_no, choice_no", &[Param::Int(order.raw())])?;
    let transfer_days = transfer_days(reader, company, one.order.warehouse_id)?;
    let free = free(reader, company, &all)?;
    let roads = super::roads::roads(reader, company)?;
    let schedule::Scheduled { order, lines, parts, .. } = one;
    Ok(Some(Found { order, lines, parts, choices, products, free, transfer_days, rush, suppliers, roads }))
}

fn free(reader: &Reader<'_>, company: CompanyId, products: &[ProductId]) -> Result<Free, Fault> {
    let ids: Vec<i64> = products.iter().map(|id| id.raw()).collect();
    let mut all = Free::new();
    for some in ids.chunks(1000) {
        let Some((among, params)) = among(company.raw(), some) else { continue };
        let text = format!(
            "SELECT s.product_id, s.warehouse_id, s.on_hand_micro - s.held_micro - s.reserved_micro FROM stock s \
             JOIN warehouses w ON w.company_id = s.company_id AND w.id = s.warehouse_id AND w.active = 1 \
             WHERE s.company_id = ?1 AND s.product_id {among} AND s.on_hand_micro - s.held_micro > s.reserved_micro ORDER BY w.code, w.id"
        );
        for (product, warehouse, quantity) in reader.rows(&text, &params, |s| Ok((read::<ProductId>(s, 0)?, read(s, 1)?, read(s, 2)?)))? {
            all.entry(product).or_default().push((warehouse, quantity));
        }
    }
    Ok(all)
}

/// Transfers that are looked at.
const TRANSFERS: i64 = 200;

/// Days goods took from each warehouse to this one: the mean of the last transfers, rounded up.
fn transfer_days(reader: &Reader<'_>, company: CompanyId, to: WarehouseId) -> Result<Vec<(WarehouseId, i64)>, Fault> {
    let text = format!(
        "SELECT t.from_id, e.at - t.sent_at FROM transfers t \
         JOIN events e ON e.company_id = t.company_id AND e.subject_kind = 'transfer' AND e.subject_id = t.id AND e.kind = 'TransferReceived' \
         WHERE t.company_id = ?1 AND t.to_id = ?2 AND t.sent_at IS NOT NULL ORDER BY t.id DESC LIMIT {TRANSFERS}"
    );
    let mut all: BTreeMap<WarehouseId, (i64, i64)> = BTreeMap::new();
    for (from, micros) in
        reader.rows(&text, &[Param::Int(company.raw()), Param::Int(to.raw())], |s| Ok((read::<WarehouseId>(s, 0)?, read::<i64>(s, 1)?)))?
    {
        let (sum, count) = all.entry(from).or_default();
        (*sum, *count) = (*sum + micros, *count + 1);
    }
    let day = 86_400_000_000;
    Ok(all.into_iter().map(|(from, (sum, count))| (from, (sum / count + day - 1) / day)).collect())
}

impl Found {
    /// Everything one of the lines may be offered.
    pub fn offers(&self, line: &OrderLine, today: Date) -> Vec<domain::ShortageOffer> {
        let product = self.products.get(&line.product_id);
        let house = self.order.warehouse_id;
        let parts: Vec<OrderSchedule> = self.parts.iter().filter(|part| part.line_no == line.line_no).cloned().collect();
        let there = |id: ProductId| self.free.get(&id).map(Vec::as_slice).unwrap_or_default();
        let usable = |id: &ProductId| {
            let substitute = self.products.get(id).filter(|one| one.active && product.is_some_and(|product| product.unit == one.unit))?;
            let free = there(substitute.id).iter().find(|(at, _)| *at == house).map(|(_, free)| *free)?;
            Some((substitute.id, free))
        };
        let substitutes: Vec<(ProductId, Quantity)> =
            product.map(|product| product.substitutes.iter().filter_map(usable).collect()).unwrap_or_default();
        let elsewhere: Vec<(WarehouseId, Quantity)> = there(line.product_id).iter().filter(|(at, _)| *at != house).copied().collect();
        let facts = domain::ShortageFacts {
            today,
            line,
            parts: &parts,
            wanted_on: line.required_on.or(self.order.required_on),
            substitutes: &substitutes,
            elsewhere: &elsewhere,
            transfer_days: &self.transfer_days,
            rush: self.rush.get(&line.product_id).map(Vec::as_slice).unwrap_or_default(),
            lead_days: product.map_or(0, |product| product.lead_days),
            made_on: self.roads.after(today, product.map_or(0, |product| product.lead_days)),
            way: self.roads.route(house, Some(self.order.customer_id)),
        };
        facts.offers()
    }
}
