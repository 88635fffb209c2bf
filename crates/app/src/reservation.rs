//! Reservations: goods of the stock that orders have, each as a record of its own (INV-02).
//!
//! What a line has reserved is the sum of its records, and what is reserved in a warehouse the sum of all records there and of what carts hold.
//! All three change here together, under the guard of the stock.

pub mod distribute;
pub mod expire;
pub mod firm;
pub mod reassign;

use std::ops::Deref;

use domain::{
    Actor, Company, Free, Freed, Instant, MovementKind, Order, OrderLine, Quantity, Reservation, ReservationKind, Reserved, Spot, Stock,
    Warehouse,
};
use store::rows::OrderReservations;
use store::{Held, Outcome, UnitOfWork};

use crate::stock::{self, Movement};

/// Asks for all that [`free`], [`take`] and [`give`] of an order read.
pub fn want(work: &mut UnitOfWork, order: &Order) {
    work.want::<Warehouse>([order.warehouse_id]);
    work.want_of::<OrderReservations>([order.id]);
    work.want::<Company>([work.company()]);
}

/// What is free of each product of the lines, in the order's warehouse and then in those that help it out.
///
/// # Errors
/// Leaves when the stock is not loaded yet.
///
/// Source: INV-02
pub fn free<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L]) -> Outcome<Free> {
    of_products(work, order, lines.iter().map(|line| line.product_id))
}

/// As [`free`], of these products.
///
/// # Errors
/// Leaves when the stock is not loaded yet.
pub fn of_products(work: &mut UnitOfWork, order: &Order, products: impl Iterator<Item = domain::ProductId>) -> Outcome<Free> {
    let warehouse = work.get::<Warehouse>(order.warehouse_id)?;
    let products: Vec<_> = products.collect();
    for source in warehouse.sources() {
        stock::want(work, source, products.iter().copied());
    }
    work.want::<Warehouse>(warehouse.also_from.iter().copied());
    let mut sources = vec![warehouse.id];
    for id in warehouse.also_from.iter() {
        if work.find::<Warehouse>(*id)?.is_some_and(|other| other.active) {
            sources.push(*id);
        }
    }
    let mut free = Free::new();
    for product in products {
        if free.contains_key(&product) {
            continue;
        }
        let mut all = Vec::with_capacity(sources.len());
        for source in &sources {
            all.push((*source, stock::available(work, product, *source)?.or_zero()));
        }
        free.insert(product, all);
    }
    Ok(free)
}

/// The reservations of an order. One without reserved goods has none, and nothing is looked up.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn of_order(work: &mut UnitOfWork, order: &Order) -> Outcome<Vec<Held<Reservation>>> {
    work.of::<OrderReservations>(order.id)
}

/// Says that nothing is reserved for the order yet, so that its reservations need not be looked up.
pub fn none_yet<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L]) {
    if lines.iter().all(|line| line.reserved_micro.is_zero()) {
        work.fresh::<OrderReservations>(order.id);
    }
}

/// Reserves goods: the stock counts them, and the order has them on record. The lines count them already.
///
/// # Errors
/// `stock.short` where another was quicker; leaves when something is not loaded yet.
pub fn take(work: &mut UnitOfWork, by: &Actor, order: &Order, taken: &[Reserved]) -> Outcome<()> {
    if taken.is_empty() {
        return Ok(());
    }
    work.want::<Stock>(taken.iter().map(|one| (one.product_id, one.warehouse_id)));
    let hours = work.get::<Company>(work.company())?.reserve_hours;
    let expires_at = (hours > 0).then(|| Instant::from_micros(work.now().micros() + hours * 3_600_000_000));
    for one in taken {
        if !post(work, by, order, one, one.quantity)? {
            return Err(short(work, one)?.into());
        }
        let known = of_order(work, order)?.into_iter().find(|r| (r.line_no, r.warehouse_id) == (one.line_no, one.warehouse_id));
        match known {
            Some(mut known) => {
                known.quantity_micro += one.quantity;
                work.save(&mut known);
            }
            None => {
                work.add(Reservation {
                    order_id: order.id,
                    line_no: one.line_no,
                    warehouse_id: one.warehouse_id,
                    product_id: one.product_id,
                    quantity_micro: one.quantity,
                    kind: ReservationKind::Soft,
                    expires_at,
                    reserved_at: work.now(),
                });
            }
        }
    }
    Ok(())
}

/// Gives free what lines need no more, wherever it is reserved.
///
/// # Errors
/// Leaves when something is not loaded yet.
pub fn give(work: &mut UnitOfWork, by: &Actor, order: &Order, freed: &[Freed]) -> Outcome<()> {
    if freed.is_empty() {
        return Ok(());
    }
    let given = order.gives_back(&of_order(work, order)?, freed);
    give_at(work, by, order, &given)
}

/// Gives free what is reserved in these warehouses.
///
/// # Errors
/// Leaves when something is not loaded yet.
pub fn give_at(work: &mut UnitOfWork, by: &Actor, order: &Order, given: &[Reserved]) -> Outcome<()> {
    work.want::<Stock>(given.iter().map(|one| (one.product_id, one.warehouse_id)));
    for one in given {
        let fits = post(work, by, order, one, -one.quantity)?;
        assert!(fits, "what is given back is reserved");
        strike(work, order, one)?;
    }
    Ok(())
}

/// Takes what was given free, or left with a shipment, off the records.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn strike(work: &mut UnitOfWork, order: &Order, gone: &Reserved) -> Outcome<()> {
    let known = of_order(work, order)?.into_iter().find(|r| (r.line_no, r.warehouse_id) == (gone.line_no, gone.warehouse_id));
    let mut known = known.expect("what is given back is on record");
    known.quantity_micro -= gone.quantity;
    if known.quantity_micro.is_positive() {
        work.save(&mut known);
    } else {
        work.remove(&known);
    }
    Ok(())
}

/// Counts a reservation in the stock, with its entry in the ledger.
fn post(work: &mut UnitOfWork, by: &Actor, order: &Order, one: &Reserved, reserved_delta: Quantity) -> Outcome<bool> {
    let kind = if reserved_delta.is_positive() { MovementKind::Reserve } else { MovementKind::Release };
    let movement = Movement {
        product_id: one.product_id,
        warehouse_id: one.warehouse_id,
        kind,
        on_hand_delta: Quantity::ZERO,
        reserved_delta,
        spot: Spot::PLAIN,
        unit_cost: None,
        cause_kind: "order",
        cause_id: order.id.raw(),
        note: &order.number,
    };
    stock::post(work, by, &movement)
}

fn short(work: &mut UnitOfWork, one: &Reserved) -> Outcome<domain::StockRejection> {
    let product = work.get::<domain::Product>(one.product_id)?;
    let free = stock::available(work, one.product_id, one.warehouse_id)?;
    let (available, wanted) = ((free, product.unit.clone()), (one.quantity, product.unit.clone()));
    Ok(domain::StockRejection::Short { product: product.name.clone(), available, wanted })
}
