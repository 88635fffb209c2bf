//! What comes and what goes of products, for promising: one statement for each source, however many products are asked for.
//!
//! A source is a function that answers with [`Coming`] or [`Owed`] of the products; a further one (purchase orders, production) is written beside
//! these and named in [`of`].

use std::collections::BTreeMap;

use domain::promise::{Confirmed, Demand, DemandKind, DemandSource, OpenLine, Split, Supply, SupplyKind, SupplySource, Timeline};
use domain::{CompanyId, CustomerId, Date, OrderId, OrderLine, OrderSchedule, Product, ProductId, Quantity, WarehouseId};

use crate::fault::Fault;
use crate::query::among::among;
use crate::query::import::rows;
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// A supply, and where it comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Coming {
    /// Of what.
    pub product_id: ProductId,
    /// Where.
    pub warehouse_id: WarehouseId,
    /// What, when and how much.
    pub supply: Supply,
}

/// A demand, and where it goes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Owed {
    /// Of what.
    pub product_id: ProductId,
    /// Where.
    pub warehouse_id: WarehouseId,
    /// Who takes it, when and how much.
    pub demand: Demand,
    /// For whom, where it is an order.
    pub customer: Option<(CustomerId, String)>,
}

/// Everything that comes and goes of some products.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// What comes.
    pub coming: Vec<Coming>,
    /// What goes.
    pub owed: Vec<Owed>,
}

/// The states of orders that need their goods.
pub(crate) const OPEN: &str = "('submitted', 'reviewed', 'approved', 'awaiting_signature', 'effective')";

/// Everything that comes and goes of these products, in every warehouse.
///
/// # Errors
/// Any fault of the database.
///
/// Source: PRM-01
pub fn of(reader: &Reader<'_>, company: CompanyId, products: &[ProductId], today: Date) -> Result<Events, Fault> {
    let mut events = supply(reader, company, products, today)?;
    for ids in chunks(products) {
        if let Some((among, params)) = among(company.raw(), &ids) {
            let scheduled = scheduled(reader, &among, &params)?;
            events.owed.extend(reserved(reader, &among, &params, today)?);
            events.owed.extend(orders(reader, &among, &params, today, &scheduled)?);
            events.owed.extend(scheduled);
        }
    }
    Ok(events)
}

/// What of these products is confirmed to go: what is reserved, and what is promised out of supply to come.
///
/// # Errors
/// Any fault of the database.
///
/// Source: PRM-05
pub fn confirmed(reader: &Reader<'_>, company: CompanyId, products: &[ProductId], today: Date) -> Result<Vec<Owed>, Fault> {
    let mut all = Vec::new();
    for ids in chunks(products) {
        if let Some((among, params)) = among(company.raw(), &ids) {
            all.extend(reserved(reader, &among, &params, today)?);
            all.extend(scheduled(reader, &among, &params)?);
        }
    }
    Ok(all)
}

/// What of these products is reserved, on the day it should leave.
///
/// # Errors
/// Any fault of the database.
pub fn held(reader: &Reader<'_>, company: CompanyId, products: &[ProductId], today: Date) -> Result<Vec<Owed>, Fault> {
    let mut all = Vec::new();
    for ids in chunks(products) {
        if let Some((among, params)) = among(company.raw(), &ids) {
            all.extend(reserved(reader, &among, &params, today)?);
        }
    }
    Ok(all)
}

/// Everything that comes of these products, in every warehouse, and what goes of them but for order lines.
///
/// # Errors
/// Any fault of the database.
pub fn supply(reader: &Reader<'_>, company: CompanyId, products: &[ProductId], today: Date) -> Result<Events, Fault> {
    let mut events = Events::default();
    for ids in chunks(products) {
        let Some((among, params)) = among(company.raw(), &ids) else { continue };
        events.coming.extend(stock(reader, &among, &params, today)?);
        events.coming.extend(lots(reader, &among, &params, today)?);
        events.coming.extend(transfers(reader, &among, &params)?);
        events.owed.extend(carts(reader, &among, &params, today)?);
    }
    for some in products.chunks(1000) {
        let awaited = super::purchase::dated_supply(reader, company, some, None)?;
        events.coming.extend(awaited.into_iter().map(|line| {
            let source = SupplySource { kind: SupplyKind::Receipt, id: line.purchase_id.raw(), number: line.number };
            let supply = Supply { source, on: line.expected_on, quantity: line.open, expires_on: None };
            Coming { product_id: line.product_id, warehouse_id: line.warehouse_id, supply }
        }));
    }
    Ok(events)
}

/// So many products at once as a statement takes.
fn chunks(products: &[ProductId]) -> impl Iterator<Item = Vec<i64>> {
    products.chunks(1000).map(|some| some.iter().map(|id| id.raw()).collect())
}

/// What lies there and may be promised, reserved or not, but for lots with a last day.
fn stock(reader: &Reader<'_>, among: &str, params: &[Param], today: Date) -> Result<Vec<Coming>, Fault> {
    let text = format!(
        "SELECT s.product_id, s.warehouse_id, s.on_hand_micro - s.held_micro - coalesce((SELECT CAST(sum(x.on_hand_micro) AS BIGINT) FROM stock_places x \
            JOIN lots l ON l.company_id = x.company_id AND l.id = x.lot_id AND l.expires_on IS NOT NULL \
            WHERE x.company_id = s.company_id AND x.product_id = s.product_id AND x.warehouse_id = s.warehouse_id AND x.status = 'free' AND x.on_hand_micro > 0), 0) \
         FROM stock s WHERE s.company_id = ?1 AND s.product_id {among} AND s.on_hand_micro > s.held_micro"
    );
    let found = reader.rows(&text, params, |source| {
        let supply = Supply { source: SupplySource::STOCK, on: today, quantity: read(source, 2)?, expires_on: None };
        Ok(Coming { product_id: read(source, 0)?, warehouse_id: read(source, 1)?, supply })
    })?;
    Ok(found.into_iter().filter(|coming| coming.supply.quantity.is_positive()).collect())
}

/// Lots with a last day that may be promised, each by itself; what is over is nothing any more.
fn lots(reader: &Reader<'_>, among: &str, params: &[Param], today: Date) -> Result<Vec<Coming>, Fault> {
    let text = format!(
        "SELECT x.product_id, x.warehouse_id, l.id, l.code, l.expires_on, CAST(sum(x.on_hand_micro) AS BIGINT) FROM stock_places x \
         JOIN lots l ON l.company_id = x.company_id AND l.id = x.lot_id AND l.expires_on IS NOT NULL \
         WHERE x.company_id = ?1 AND x.product_id {among} AND x.status = 'free' AND x.on_hand_micro > 0 \
         GROUP BY x.product_id, x.warehouse_id, l.id, l.code, l.expires_on ORDER BY l.expires_on, l.id"
    );
    let found = reader.rows(&text, params, |source| {
        let source_of = SupplySource { kind: SupplyKind::Stock, id: read(source, 2)?, number: read(source, 3)? };
        let supply = Supply { source: source_of, on: today, quantity: read(source, 5)?, expires_on: read(source, 4)? };
        Ok(Coming { product_id: read(source, 0)?, warehouse_id: read(source, 1)?, supply })
    })?;
    Ok(found.into_iter().filter(|coming| coming.supply.expires_on.is_none_or(|last| last >= today)).collect())
}

/// What is on its way from other warehouses, on the day it is expected; what has no such day is not counted on.
fn transfers(reader: &Reader<'_>, among: &str, params: &[Param]) -> Result<Vec<Coming>, Fault> {
    let text = format!(
        "SELECT l.product_id, t.to_id, t.id, t.number, t.expected_on, CAST(sum(l.quantity_micro - l.received_micro - l.lost_micro) AS BIGINT), g.expires_on \
         FROM transfer_lines l JOIN transfers t ON t.company_id = l.company_id AND t.id = l.transfer_id AND t.status = 'sent' AND t.expected_on IS NOT NULL \
         LEFT JOIN lots g ON g.company_id = l.company_id AND g.id = l.lot_id \
         WHERE l.company_id = ?1 AND l.product_id {among} AND l.received_micro + l.lost_micro < l.quantity_micro \
         GROUP BY l.product_id, t.to_id, t.id, t.number, t.expected_on, g.expires_on ORDER BY t.id"
    );
    reader.rows(&text, params, |source| {
        let source_of = SupplySource { kind: SupplyKind::Transfer, id: read(source, 2)?, number: read(source, 3)? };
        let supply = Supply { source: source_of, on: read(source, 4)?, quantity: read(source, 5)?, expires_on: read(source, 6)? };
        Ok(Coming { product_id: read(source, 0)?, warehouse_id: read(source, 1)?, supply })
    })
}

/// What order lines have reserved, where it is reserved, each on the day it should leave: as it is planned, else promised, else wanted; today where nothing is said.
fn reserved(reader: &Reader<'_>, among: &str, params: &[Param], today: Date) -> Result<Vec<Owed>, Fault> {
    let text = format!(
        "SELECT r.product_id, r.warehouse_id, r.order_id, r.line_no, r.quantity_micro, o.number, o.customer_id, o.customer_name, \
            coalesce(o.planned_ship_on, o.promised_on, l.required_on, o.required_on) \
         FROM reservations r JOIN orders o ON o.company_id = r.company_id AND o.id = r.order_id \
         JOIN order_lines l ON l.company_id = r.company_id AND l.order_id = r.order_id AND l.line_no = r.line_no \
         WHERE r.company_id = ?1 AND r.product_id {among} ORDER BY r.order_id, r.line_no, r.warehouse_id"
    );
    reader.rows(&text, params, |source| {
        let id: i64 = read(source, 2)?;
        let source_of = DemandSource { kind: DemandKind::Reserved, id, line_no: read(source, 3)?, number: read(source, 5)? };
        let on: Option<Date> = read(source, 8)?;
        let demand = Demand { source: source_of, on: on.unwrap_or(today), quantity: read(source, 4)?, fresh_days: 0 };
        let customer = Some((read(source, 6)?, read(source, 7)?));
        Ok(Owed { product_id: read(source, 0)?, warehouse_id: read(source, 1)?, demand, customer })
    })
}

/// What is promised out of supply to come, on the day it is to be ready.
fn scheduled(reader: &Reader<'_>, among: &str, params: &[Param]) -> Result<Vec<Owed>, Fault> {
    let text = format!(
        "SELECT s.product_id, s.warehouse_id, s.order_id, s.line_no, s.quantity_micro, s.ready_on, o.number, o.customer_id, o.customer_name \
         FROM order_schedules s JOIN orders o ON o.company_id = s.company_id AND o.id = s.order_id \
         WHERE s.company_id = ?1 AND s.product_id {among} ORDER BY s.order_id, s.line_no, s.part_no"
    );
    reader.rows(&text, params, |source| {
        let source_of = DemandSource { kind: DemandKind::Order, id: read(source, 2)?, line_no: read(source, 3)?, number: read(source, 6)? };
        let demand = Demand { source: source_of, on: read(source, 5)?, quantity: read(source, 4)?, fresh_days: 0 };
        let customer = Some((read(source, 7)?, read(source, 8)?));
        Ok(Owed { product_id: read(source, 0)?, warehouse_id: read(source, 1)?, demand, customer })
    })
}

/// What order lines still lack and nothing is promised of, in the order's own warehouse, on the day it should leave as above.
fn orders(reader: &Reader<'_>, among: &str, params: &[Param], today: Date, scheduled: &[Owed]) -> Result<Vec<Owed>, Fault> {
    let mut promised: BTreeMap<(i64, i64), Quantity> = BTreeMap::new();
    for owed in scheduled {
        *promised.entry((owed.demand.source.id, owed.demand.source.line_no)).or_default() += owed.demand.quantity;
    }
    let text = format!(
        "SELECT {}, o.number, o.warehouse_id, o.customer_id, o.customer_name, coalesce(o.planned_ship_on, o.promised_on, l.required_on, o.required_on) \
         FROM order_lines l JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id WHERE l.company_id = ?1 AND o.status IN {OPEN} \
         AND l.product_id {among} AND l.shipped_micro + l.closed_micro < l.quantity_micro ORDER BY l.order_id, l.line_no",
        columns::<OrderLine>("l")
    );
    let width = OrderLine::table().columns.len();
    let found = reader.rows(&text, params, |source| {
        let line = OrderLine::read(source)?;
        let (number, warehouse_id): (String, WarehouseId) = (read(source, width)?, read(source, width + 1)?);
        let customer: (CustomerId, String) = (read(source, width + 2)?, read(source, width + 3)?);
        let on: Option<Date> = read(source, width + 4)?;
        let source = DemandSource { kind: DemandKind::Order, id: line.order_id.raw(), line_no: line.line_no, number };
        let known = promised.get(&(source.id, source.line_no)).copied().unwrap_or_default();
        let demand = Demand { source, on: on.unwrap_or(today), quantity: line.open_to_reserve() - known, fresh_days: 0 };
        Ok(Owed { product_id: line.product_id, warehouse_id, demand, customer: Some(customer) })
    })?;
    Ok(found.into_iter().filter(|owed| owed.demand.quantity.is_positive()).collect())
}

/// What carts of the portal hold, together.
fn carts(reader: &Reader<'_>, among: &str, params: &[Param], today: Date) -> Result<Vec<Owed>, Fault> {
    let text = format!(
        "SELECT c.product_id, c.warehouse_id, CAST(sum(c.held_micro) AS BIGINT) FROM cart_lines c \
         WHERE c.company_id = ?1 AND c.product_id {among} AND c.held_micro > 0 GROUP BY c.product_id, c.warehouse_id"
    );
    reader.rows(&text, params, |source| {
        let held = DemandSource { kind: DemandKind::Reserved, id: 0, line_no: 0, number: String::new() };
        let demand = Demand { source: held, on: today, quantity: read(source, 2)?, fresh_days: 0 };
        Ok(Owed { product_id: read(source, 0)?, warehouse_id: read(source, 1)?, demand, customer: None })
    })
}

/// An order line that is not delivered yet, and what is shown of it.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenRow {
    /// The line, as a run takes it.
    pub line: OpenLine,
    /// Unit of its product.
    pub unit: String,
    /// Code and name of its product.
    pub product: (String, String),
    /// For whom.
    pub customer: (CustomerId, String),
    /// Days between arrival and what the customer is told.
    pub slack_days: i64,
}

/// Every order line that lacks goods, of one product or of all, with what is promised of that. What is reserved stays reserved whatever is promised. It is needed
/// on the day the customer asks for.
///
/// # Errors
/// Any fault of the database.
///
/// Source: PRM-04
pub fn open_lines(reader: &Reader<'_>, company: CompanyId, product: Option<ProductId>, today: Date) -> Result<Vec<OpenRow>, Fault> {
    let mut params: Vec<Param> = vec![company.raw().into()];
    params.extend(product.map(|id| Param::from(id.raw())));
    let only = if product.is_some() { "AND l.product_id = ?2" } else { "" };
    let parts: Vec<OrderSchedule> = match product {
        Some(product) => super::schedule::parts(reader, company, &[product])?,
        None => reader.all::<OrderSchedule>(company, "ORDER BY order_id, line_no, part_no", &[])?,
    };
    let mut confirmed: BTreeMap<(OrderId, i64), Vec<Confirmed>> = BTreeMap::new();
    for part in parts {
        confirmed.entry((part.order_id, part.line_no)).or_default().push(Confirmed { on: part.ready_on, quantity: part.quantity_micro });
    }
    let text = format!(
        "SELECT {}, o.number, o.warehouse_id, o.customer_id, o.customer_name, coalesce(o.planned_ship_on, o.promised_on), coalesce(l.required_on, o.required_on), \
         o.channel, o.created_at, c.grade, o.priority, \
         coalesce((SELECT k.agreed_days FROM order_slacks k WHERE k.company_id = o.company_id AND k.order_id = o.id), 0) FROM orders o CROSS JOIN order_lines l CROSS JOIN customers c WHERE o.company_id = ?1 AND o.status IN {OPEN} \
         AND l.company_id = o.company_id AND l.order_id = o.id {only} AND l.shipped_micro + l.closed_micro < l.quantity_micro \
         AND c.company_id = o.company_id AND c.id = o.customer_id ORDER BY l.order_id, l.line_no",
        columns::<OrderLine>("l")
    );
    let width = OrderLine::table().columns.len();
    let found = reader.rows(&text, &params, |source| {
        let line = OrderLine::read(source)?;
        let quantity = line.open_to_reserve();
        let (promised, wanted): (Option<Date>, Option<Date>) = (read(source, width + 4)?, read(source, width + 5)?);
        let demand = DemandSource { kind: DemandKind::Order, id: line.order_id.raw(), line_no: line.line_no, number: read(source, width)? };
        let open = OpenLine {
            source: demand,
            product_id: line.product_id,
            warehouse_id: read(source, width + 1)?,
            quantity,
            needed_on: wanted.or(promised).unwrap_or(today),
            split: Split::Parts(Split::MOST),
            confirmed: confirmed.remove(&(line.order_id, line.line_no)).unwrap_or_default(),
            priority: read(source, width + 9)?,
            grade: Some(read(source, width + 8)?),
            channel: read(source, width + 6)?,
            ordered_at: read(source, width + 7)?,
        };
        let customer = (read(source, width + 2)?, read(source, width + 3)?);
        Ok(OpenRow {
            line: open,
            unit: line.unit,
            product: (line.product_code, line.name),
            customer,
            slack_days: read(source, width + 10)?,
        })
    })?;
    Ok(found.into_iter().filter(|row| row.line.quantity.is_positive()).collect())
}

impl Events {
    /// Whose order a demand is of.
    pub fn customers(&self) -> BTreeMap<OrderId, (CustomerId, String)> {
        let of = |owed: &Owed| Some((OrderId::from_raw(owed.demand.source.id), owed.customer.clone()?));
        self.owed.iter().filter_map(of).collect()
    }

    /// As timelines of each product in each warehouse where there is any.
    pub fn timelines(self, today: Date) -> BTreeMap<(ProductId, WarehouseId), Timeline> {
        let mut all: BTreeMap<(ProductId, WarehouseId), (Vec<Supply>, Vec<Demand>)> = BTreeMap::new();
        for coming in self.coming {
            all.entry((coming.product_id, coming.warehouse_id)).or_default().0.push(coming.supply);
        }
        for owed in self.owed {
            all.entry((owed.product_id, owed.warehouse_id)).or_default().1.push(owed.demand);
        }
        all.into_iter().map(|(place, (supplies, demands))| (place, Timeline::new(today, supplies, demands))).collect()
    }
}

/// The products that these ids or codes name, by what was said, and all that may be offered in their place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Id or code as it was said, and the product.
    pub named: BTreeMap<String, ProductId>,
    /// The products and their substitutes.
    pub products: BTreeMap<ProductId, Product>,
}

/// Looks products up by id or code, with their substitutes.
///
/// # Errors
/// Any fault of the database.
pub fn asked(reader: &Reader<'_>, company: CompanyId, references: &[String]) -> Result<Asked, Fault> {
    let ids: Vec<ProductId> = references.iter().filter_map(|text| text.parse().ok()).collect();
    let mut products: BTreeMap<ProductId, Product> = rows::<Product>(reader, company, &ids)?.into_iter().map(|row| (row.id, row)).collect();
    let mut named: BTreeMap<String, ProductId> = products.keys().map(|id| (id.to_string(), *id)).collect();
    let codes: Vec<&String> = references.iter().filter(|text| !named.contains_key(*text)).collect();
    for chunk in codes.chunks(200) {
        let places: Vec<String> = (2..chunk.len() + 2).map(|place| format!("?{place}")).collect();
        let params: Vec<Param> = chunk.iter().map(|code| Param::from(code.as_str())).collect();
        for product in reader.all::<Product>(company, &format!("AND code IN ({})", places.join(", ")), &params)? {
            named.insert(product.code.clone(), product.id);
            products.insert(product.id, product);
        }
    }
    let missing = products.values().flat_map(|product| product.substitutes.iter().copied()).filter(|id| !products.contains_key(id));
    let missing: Vec<ProductId> = missing.collect();
    products.extend(rows::<Product>(reader, company, &missing)?.into_iter().map(|row| (row.id, row)));
    Ok(Asked { named, products })
}

impl Asked {
    /// The product that was said.
    pub fn product(&self, reference: &str) -> Option<&Product> {
        let id = self.named.get(reference).copied().or_else(|| reference.parse().ok())?;
        self.products.get(&id)
    }
}

/// What is free now of a product in each warehouse, from its events.
pub fn free_now(timelines: &BTreeMap<(ProductId, WarehouseId), Timeline>, product: ProductId, warehouse: WarehouseId) -> Quantity {
    timelines.get(&(product, warehouse)).map_or(Quantity::ZERO, |timeline| timeline.free(timeline.today()))
}
