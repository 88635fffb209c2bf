//! Shipping: a delivery note, and the goods leave the stock.

use domain::{
    Act, Actor, Company, CustomerAccount, Date, FieldError, FieldRule, Freed, MovementKind, Numbered, OrderId, OrderRule, Part, Quantity,
    Refusal, Reservation, Reserved, ShipInput, Shipped, Verb, Version, Warehouse, WarehouseId,
};
use store::rows::{OpenChanges, OrderLines, OrderReservations, ShipmentLines};
use store::{Held, Outcome, UnitOfWork};

use super::{OrderState, draft, gate, load};
use crate::change;
use crate::credit;
use crate::number;
use crate::reservation;
use crate::stock::{self, Movement};

/// What is to be shipped.
#[derive(Clone, Debug, PartialEq)]
pub struct Ship {
    /// Day of shipping; today where left out.
    pub shipped_on: Option<Date>,
    /// Carrier.
    pub carrier: String,
    /// Tracking number.
    pub tracking: String,
    /// Note for the way.
    pub note: String,
    /// Where the goods leave from; the order's own warehouse where left out.
    pub warehouse_id: Option<WarehouseId>,
    /// How much of which line.
    pub parts: Vec<Part>,
    /// Of which lots; what is not said is taken by what expires first.
    pub lots: Vec<ShipLot>,
}

/// So much of a line out of one lot.
#[derive(Clone, Debug, PartialEq)]
pub struct ShipLot {
    /// Place of the part in the list.
    pub part: usize,
    /// Place among the lots of that part.
    pub place: usize,
    /// Number of the lot, or serial number.
    pub lot: String,
    /// How much.
    pub quantity: Quantity,
}

impl Ship {
    /// The lots said for a line.
    fn lots_of(&self, line_no: i64) -> impl Iterator<Item = &ShipLot> {
        self.lots.iter().filter(move |lot| self.parts.get(lot.part).is_some_and(|part| part.line_no == line_no))
    }

    /// Where more is said of lots than of their line.
    fn check_lots(&self, lines: &[Held<domain::OrderLine>]) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut sums = vec![Quantity::ZERO; self.parts.len()];
        for lot in &self.lots {
            let at = |name: &str| format!("/lines/{}/lots/{}/{name}", lot.part, lot.place);
            let Some((sum, part)) = sums.get_mut(lot.part).zip(self.parts.get(lot.part)) else { continue };
            *sum += lot.quantity;
            let unit = || lines.iter().find(|line| line.line_no == part.line_no).map(|line| line.unit.clone()).unwrap_or_default();
            if lot.lot.is_empty() {
                errors.push(FieldError::new(at("lot"), FieldRule::Required));
            } else if !lot.quantity.is_positive() {
                errors.push(FieldError::new(at("quantity"), FieldRule::NotPositive));
            } else if *sum > part.quantity {
                errors.push(FieldError::new(at("quantity"), OrderRule::AboveShippable { most: (part.quantity, unit()) }));
            }
        }
        errors
    }
}

/// Ships part of an effective order or all of it; reserved goods go first, then free ones.
///
/// # Errors
/// `NotEffective`, `Held`, `NothingToShip`; `stale`; `invalid` for quantities above what may be shipped or what is there; gates
/// `customer.blocked`, `order.ship.credit`.
///
/// Source: SHP-02, INV-02, CRD-01
pub fn ship(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, said: &Ship) -> Outcome<OrderState> {
    by.may(Act::ShipOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OpenChanges>([id]);
    work.want_of::<OrderReservations>([id]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    let mut gates = gate::shut(work, &order, &lines, Verb::Ship)?;
    gates.extend(change::shut(work, &order, &lines, Verb::Ship, Some(&said.parts))?);
    work.want::<Company>([work.company()]);
    work.want::<CustomerAccount>([order.customer_id]);
    let warehouse_id = said.warehouse_id.unwrap_or(order.warehouse_id);
    work.get::<Warehouse>(warehouse_id)?;
    stock::want(work, warehouse_id, lines.iter().map(|line| line.product_id));
    let company = work.get::<Company>(work.company())?;
    let today = draft::today(work, &company);
    let number = number::draw(work, Numbered::Shipment, &company, today)?;
    let input = ShipInput {
        id: work.id(),
        number: &number,
        warehouse_id,
        shipped_on: said.shipped_on.unwrap_or(today),
        carrier: &said.carrier,
        tracking: &said.tracking,
        note: &said.note,
        parts: &said.parts,
    };

    Refusal::unless_valid(said.check_lots(&lines))?;
    let was = order.supply;
    let shipped = order.ship(&mut lines, &input, by, work.now(), today)?;

    // Everything that stands in the way is told at once.
    gates.extend(credit::decide::to_ship(work, &order, &company, shipped.account)?);
    Refusal::unless_open(gates)?;
    issue(work, by, &order, &shipped, &lines, said, today)?;
    load::count(work, &order, shipped.account, shipped.account.exposure().is_positive())?;
    work.save_changed(&mut lines);
    work.save(&mut order);
    work.fresh::<ShipmentLines>(shipped.shipment.id);
    shipped.lines.into_iter().for_each(|line| {
        work.add(line);
    });
    let note = work.add(shipped.shipment);
    work.record(by, shipped.event);
    order.became_ready(was).into_iter().for_each(|event| work.record(by, event));
    Ok(OrderState::of(&order).with("shipment", note.id, &note.number))
}

/// Takes the goods out of the stock; what is not there is told at its line.
fn issue(
    work: &mut UnitOfWork,
    by: &Actor,
    order: &domain::Order,
    shipped: &Shipped,
    lines: &[Held<domain::OrderLine>],
    said: &Ship,
    today: Date,
) -> Outcome<()> {
    let mut errors = Vec::new();
    for issue in &shipped.issues {
        if let Some(error) = lot_missing(work, shipped, issue, said, lines, today)? {
            errors.push(error);
            continue;
        }
        if !take_out(work, by, order, shipped, issue, said, today)? {
            let own = at(&reservation::of_order(work, order)?, issue.line_no, shipped.shipment.warehouse_id);
            let free = stock::available(work, issue.product_id, shipped.shipment.warehouse_id)? + own.min(issue.released);
            errors.push(missing(issue.line_no, free, lines, said));
        }
    }
    Ok(Refusal::unless_valid(errors)?)
}

/// Takes what is shipped of a line from where it lies; what it has reserved there goes with it, and what it needs no more elsewhere is free again.
/// False where so much is not there to take.
fn take_out(
    work: &mut UnitOfWork,
    by: &Actor,
    order: &domain::Order,
    shipped: &Shipped,
    issue: &domain::Issue,
    said: &Ship,
    today: Date,
) -> Outcome<bool> {
    let (line_no, product_id, warehouse_id) = (issue.line_no, issue.product_id, shipped.shipment.warehouse_id);
    let named: Vec<(String, Quantity)> = said.lots_of(line_no).map(|lot| (lot.lot.clone(), lot.quantity)).collect();
    let Some(taken) = stock::take(work, product_id, warehouse_id, issue.quantity, today, &named)? else { return Ok(false) };
    let here = at(&reservation::of_order(work, order)?, line_no, warehouse_id).min(issue.released);
    let mut released = here;
    for (spot, quantity) in taken {
        let movement = Movement {
            product_id,
            warehouse_id,
            kind: MovementKind::Issue,
            on_hand_delta: -quantity,
            reserved_delta: -released,
            spot,
            unit_cost: None,
            cause_kind: "shipment",
            cause_id: shipped.shipment.id.raw(),
            note: &shipped.shipment.number,
        };
        if !stock::post(work, by, &movement)? {
            return Ok(false);
        }
        released = Quantity::ZERO;
    }
    if here.is_positive() {
        reservation::strike(work, order, &Reserved { line_no, product_id, warehouse_id, quantity: here })?;
    }
    let elsewhere = issue.released - here;
    let freed = Freed { line_no, product_id, quantity: elsewhere };
    reservation::give(work, by, order, if elsewhere.is_positive() { std::slice::from_ref(&freed) } else { &[] })?;
    Ok(true)
}

/// The first lot of a line of which so much may not leave.
fn lot_missing(
    work: &mut UnitOfWork,
    shipped: &Shipped,
    issue: &domain::Issue,
    said: &Ship,
    lines: &[Held<domain::OrderLine>],
    today: Date,
) -> Outcome<Option<FieldError>> {
    let mut used: Vec<(&str, Quantity)> = Vec::new();
    for lot in said.lots_of(issue.line_no) {
        let before: Quantity = used.iter().filter(|(code, _)| *code == lot.lot).map(|(_, quantity)| *quantity).sum();
        let free = stock::free_of(work, issue.product_id, shipped.shipment.warehouse_id, &lot.lot, today)?;
        if free < before + lot.quantity {
            let unit = lines.iter().find(|line| line.line_no == issue.line_no).map(|line| line.unit.clone()).unwrap_or_default();
            let rule = OrderRule::LotNotThere { lot: lot.lot.clone(), free: ((free - before).or_zero(), unit) };
            return Ok(Some(FieldError::new(format!("/lines/{}/lots/{}/lot", lot.part, lot.place), rule)));
        }
        used.push((&lot.lot, lot.quantity));
    }
    Ok(None)
}

/// What a line has reserved in a warehouse.
fn at(reservations: &[Held<Reservation>], line_no: i64, warehouse: WarehouseId) -> Quantity {
    let there = reservations.iter().find(|one| (one.line_no, one.warehouse_id) == (line_no, warehouse));
    there.map_or(Quantity::ZERO, |one| one.quantity_micro)
}

fn missing(line_no: i64, free: Quantity, lines: &[Held<domain::OrderLine>], said: &Ship) -> FieldError {
    let place = said.parts.iter().position(|part| part.line_no == line_no).unwrap_or_default();
    let unit = lines.iter().find(|line| line.line_no == line_no).map(|line| line.unit.clone()).unwrap_or_default();
    FieldError::new(format!("/lines/{place}/quantity"), OrderRule::NotInStock { free: (free, unit) })
}
