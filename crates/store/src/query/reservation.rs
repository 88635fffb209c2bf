//! What is reserved of a product and who waits for it, and what an order has where.

use domain::{
    CompanyId, CustomerId, Date, Instant, OrderId, OrderLine, OrderStatus, ProductId, Quantity, Reservation, Stock, Warehouse, WarehouseId,
};

use crate::fault::Fault;
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// A line of an order, as it is shown beside its goods.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanting {
    /// The order.
    pub order_id: OrderId,
    /// Its number.
    pub number: String,
    /// Its state.
    pub status: OrderStatus,
    /// How soon it gets scarce goods.
    pub priority: i64,
    /// For whom.
    pub customer: (CustomerId, String),
    /// The line's number.
    pub line_no: i64,
    /// The day it should leave.
    pub needed_on: Option<Date>,
}

/// A reservation, and for whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The reservation.
    pub reservation: Reservation,
    /// For whom.
    pub line: Wanting,
}

/// A line that still lacks goods.
#[derive(Clone, Debug, PartialEq)]
pub struct Short {
    /// Of whom.
    pub line: Wanting,
    /// Where its order's goods come from first.
    pub warehouse_id: WarehouseId,
    /// How much it lacks.
    pub missing: Quantity,
}

/// What an order of the columns of `orders` is called here.
const LINE: &str = "o.id, o.number, o.status, o.priority, o.customer_id, o.customer_name, l.line_no, \
    coalesce(o.planned_ship_on, o.promised_on, l.required_on, o.required_on)";

fn wanting(source: &dyn crate::cell::Source, from: usize) -> Result<Wanting, Fault> {
    Ok(Wanting {
        order_id: read(source, from)?,
        number: read(source, from + 1)?,
        status: read(source, from + 2)?,
        priority: read(source, from + 3)?,
        customer: (read(source, from + 4)?, read(source, from + 5)?),
        line_no: read(source, from + 6)?,
        needed_on: read(source, from + 7)?,
    })
}

/// The reservations of a product in the order in which they would be given up last to first: the most urgent first.
///
/// # Errors
/// Any fault of the database.
pub fn of_product(reader: &Reader<'_>, company: CompanyId, product: ProductId) -> Result<Vec<Kept>, Fault> {
    let text = format!(
        "SELECT {}, {LINE} FROM reservations r JOIN orders o ON o.company_id = r.company_id AND o.id = r.order_id
         JOIN order_lines l ON l.company_id = r.company_id AND l.order_id = r.order_id AND l.line_no = r.line_no
         WHERE r.company_id = ?1 AND r.product_id = ?2
         ORDER BY o.priority DESC, coalesce(o.planned_ship_on, o.promised_on, l.required_on, o.required_on), r.order_id, r.line_no, r.warehouse_id",
        columns::<Reservation>("r")
    );
    let width = Reservation::table().columns.len();
    let params = [company.raw().into(), product.raw().into()];
    reader.rows(&text, &params, |source| Ok(Kept { reservation: Reservation::read(source)?, line: wanting(source, width)? }))
}

/// The lines that lack some of a product, the most urgent first: by priority, then by the day they should leave, then by when they were handed in.
///
/// # Errors
/// Any fault of the database.
///
/// Source: INV-02
pub fn waiting(reader: &Reader<'_>, company: CompanyId, product: ProductId) -> Result<Vec<Short>, Fault> {
    let text = format!(
        "SELECT {}, {LINE}, o.warehouse_id FROM order_lines l JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id
         WHERE l.company_id = ?1 AND l.product_id = ?2 AND l.shipped_micro + l.closed_micro < l.quantity_micro
         AND o.status IN ('submitted', 'reviewed', 'approved', 'awaiting_signature', 'effective')
         ORDER BY o.priority DESC, coalesce(o.planned_ship_on, o.promised_on, l.required_on, o.required_on), o.submitted_at, o.id, l.line_no",
        columns::<OrderLine>("l")
    );
    let width = OrderLine::table().columns.len();
    let found = reader.rows(&text, &[company.raw().into(), product.raw().into()], |source| {
        let missing = OrderLine::read(source)?.open_to_reserve();
        Ok(Short { line: wanting(source, width)?, warehouse_id: read(source, width + 8)?, missing })
    })?;
    Ok(found.into_iter().filter(|short| short.missing.is_positive()).collect())
}

/// What carts of the portal hold of a product, together.
///
/// # Errors
/// Any fault of the database.
pub fn in_carts(reader: &Reader<'_>, company: CompanyId, product: ProductId) -> Result<Quantity, Fault> {
    let text =
        "SELECT CAST(coalesce(sum(held_micro), 0) AS BIGINT) FROM cart_lines WHERE company_id = ?1 AND product_id = ?2 AND held_micro > 0";
    Ok(Quantity::from_micro(reader.int(text, &[company.raw().into(), product.raw().into()])?))
}

/// What lies where of a product.
///
/// # Errors
/// Any fault of the database.
pub fn stock_of(reader: &Reader<'_>, company: CompanyId, product: ProductId) -> Result<Vec<Stock>, Fault> {
    reader.all(company, "AND product_id = ?2 ORDER BY warehouse_id", &[Param::Int(product.raw())])
}

/// An order's reservations.
///
/// # Errors
/// Any fault of the database.
pub fn of_order(reader: &Reader<'_>, company: CompanyId, order: OrderId) -> Result<Vec<Reservation>, Fault> {
    reader.all(company, "AND order_id = ?2 ORDER BY line_no, warehouse_id", &[Param::Int(order.raw())])
}

/// What lies of the products of an order in every warehouse.
///
/// # Errors
/// Any fault of the database.
pub fn stock_for(reader: &Reader<'_>, company: CompanyId, order: OrderId) -> Result<Vec<Stock>, Fault> {
    let and = "AND product_id IN (SELECT l.product_id FROM order_lines l WHERE l.company_id = ?1 AND l.order_id = ?2)";
    reader.all(company, and, &[Param::Int(order.raw())])
}

/// Every warehouse of a company, by code.
///
/// # Errors
/// Any fault of the database.
pub fn warehouses(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<Warehouse>, Fault> {
    reader.all(company, "ORDER BY code", &[])
}

/// Orders that have not taken effect and of which reservations have run out, a bounded number.
///
/// # Errors
/// Any fault of the database.
pub fn due(reader: &Reader<'_>, company: CompanyId, now: Instant, most: i64) -> Result<Vec<OrderId>, Fault> {
    let text = "SELECT DISTINCT r.order_id FROM reservations r JOIN orders o ON o.company_id = r.company_id AND o.id = r.order_id
         WHERE r.company_id = ?1 AND r.expires_at IS NOT NULL AND r.expires_at <= ?2 AND o.status IN ('submitted', 'reviewed', 'approved', 'awaiting_signature')
         ORDER BY r.order_id LIMIT ?3";
    reader.rows(text, &[company.raw().into(), now.micros().into(), most.into()], |source| read(source, 0))
}
