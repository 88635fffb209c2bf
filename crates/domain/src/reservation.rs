//! Reservations: which goods an order has, line by line and warehouse by warehouse (INV-02).

use std::ops::{Deref, DerefMut};

use crate::codes::codes;
use crate::event::{Event, EventKind};
use crate::id::{OrderId, ProductId, WarehouseId};
use crate::instant::Instant;
use crate::lifecycle::Verb;
use crate::order::{Freed, Order, OrderLine, OrderStatus, Reserved};
use crate::quantity::Quantity;
use crate::refusal::{Refusal, rejections};
use crate::rule::FieldRule;

rejections! {
    /// Why a reservation refuses.
    ReservationRejection {
        /// It was released for delivery, so that nobody takes it away.
        Hard { order: String } => Conflict "reservation.hard",
        /// Nothing of the order is reserved that could change.
        Nothing => Conflict "reservation.nothing",
        /// The order does not wait for goods any more.
        NotOpen { order: String } => Conflict "reservation.not_open",
        /// It goes to where it is already.
        SameLine => Conflict "reservation.same_line",
        /// The two lines are of different products.
        OtherProduct => Conflict "reservation.other_product",
        /// More than is reserved there.
        MoreThanReserved { reserved: (Quantity, String) } => Conflict "reservation.more_than_reserved",
        /// More than the other line still needs.
        MoreThanNeeded { needed: (Quantity, String) } => Conflict "reservation.more_than_needed",
    }
}

codes! {
    /// How firmly goods are reserved.
    ReservationKind in "reservation.kind" {
        /// From the order on; may expire and may be given to another order.
        Soft = "soft",
        /// Released for delivery; only the order itself gives it back.
        Hard = "hard",
    }
}

/// What a line of an order has reserved in a warehouse. The line's own counter is the sum of its reservations, and what is reserved in a
/// warehouse is the sum of all reservations there and of what carts hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Reservation {
    /// Key, with the line and the warehouse.
    pub order_id: OrderId,
    /// Number of the line.
    pub line_no: i64,
    /// Where the goods are.
    pub warehouse_id: WarehouseId,
    /// Of what.
    pub product_id: ProductId,
    /// How much; above zero.
    pub quantity_micro: Quantity,
    /// How firmly.
    pub kind: ReservationKind,
    /// When it is given free unless the order has taken effect by then; nothing: never.
    pub expires_at: Option<Instant>,
    /// Since when.
    pub reserved_at: Instant,
}

impl Reservation {
    /// Whether it is given free now, should its order not have taken effect.
    pub fn is_due(&self, now: Instant) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }

    /// Checks that so much of it may go to a line of another order, or to another line of its own (INV-02).
    ///
    /// # Errors
    /// `Hard`, `SameLine`, `OtherProduct`, `NotOpen`, `MoreThanReserved`, `MoreThanNeeded`; `invalid` at `/quantity` where it is not above zero.
    pub fn check_move(&self, from: &Order, to: (&Order, &OrderLine), quantity: Quantity) -> Result<(), Refusal> {
        let (order, line) = to;
        if self.kind == ReservationKind::Hard {
            return Err(ReservationRejection::Hard { order: from.number.clone() }.into());
        }
        if (self.order_id, self.line_no) == (order.id, line.line_no) {
            return Err(ReservationRejection::SameLine.into());
        }
        if line.product_id != self.product_id {
            return Err(ReservationRejection::OtherProduct.into());
        }
        if let Some(ended) = [from, order].into_iter().find(|one| !one.needs_goods()) {
            return Err(ReservationRejection::NotOpen { order: ended.number.clone() }.into());
        }
        if !quantity.is_positive() {
            return Err(Refusal::field("/quantity", FieldRule::NotPositive));
        }
        if quantity > self.quantity_micro {
            return Err(ReservationRejection::MoreThanReserved { reserved: line.with_unit(self.quantity_micro) }.into());
        }
        if quantity > line.open_to_reserve() {
            return Err(ReservationRejection::MoreThanNeeded { needed: line.with_unit(line.open_to_reserve()) }.into());
        }
        Ok(())
    }
}

impl Order {
    /// Whether goods are reserved for it: it is handed in and has not ended.
    pub fn needs_goods(&self) -> bool {
        self.status.is_open() && self.status != OrderStatus::Draft
    }

    /// Releases what the order has reserved for delivery, so that nobody takes it away, or takes that back.
    ///
    /// # Errors
    /// `NotEffective`, `Held` of shipping; `Nothing` where nothing would change.
    ///
    /// Source: INV-02
    pub fn firm<R: DerefMut<Target = Reservation>>(&self, reservations: &mut [R], kind: ReservationKind) -> Result<Event, Refusal> {
        self.may_move(Verb::Ship)?;
        let mut changed = 0_usize;
        for one in reservations.iter_mut().filter(|one| one.kind != kind) {
            one.kind = kind;
            changed += 1;
        }
        if changed == 0 {
            return Err(ReservationRejection::Nothing.into());
        }
        let event = if kind == ReservationKind::Hard { EventKind::ReservationsFirmed } else { EventKind::ReservationsLoosened };
        Ok(self.event(event).with("count", changed))
    }

    /// From which warehouses goods that lines need no more are given back: from others before the order's own, the newest before the oldest.
    /// More than a line has reserved is not given back.
    ///
    /// Source: INV-02
    pub fn gives_back<R: Deref<Target = Reservation>>(&self, reservations: &[R], freed: &[Freed]) -> Vec<Reserved> {
        let mut left: Vec<(&Reservation, Quantity)> = reservations.iter().map(|one| (&**one, one.quantity_micro)).collect();
        left.sort_by_key(|(one, _)| (one.warehouse_id == self.warehouse_id, std::cmp::Reverse(one.reserved_at), one.warehouse_id));
        let mut given = Vec::with_capacity(freed.len());
        for one in freed {
            let mut wanted = one.quantity;
            for (reservation, there) in left.iter_mut().filter(|(reservation, _)| reservation.line_no == one.line_no) {
                let quantity = wanted.min(*there);
                if !quantity.is_positive() {
                    continue;
                }
                *there -= quantity;
                wanted -= quantity;
                let warehouse_id = reservation.warehouse_id;
                given.push(Reserved { line_no: one.line_no, product_id: one.product_id, warehouse_id, quantity });
            }
        }
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::draft;

    fn reservation(line_no: i64, warehouse: i64, quantity: &str, at: i64) -> Box<Reservation> {
        Box::new(Reservation {
            order_id: OrderId::from_raw(1),
            line_no,
            warehouse_id: WarehouseId::from_raw(warehouse),
            product_id: ProductId::from_raw(21),
            quantity_micro: Quantity::parse(quantity).unwrap(),
            kind: ReservationKind::Soft,
            expires_at: None,
            reserved_at: Instant::from_micros(at),
        })
    }

    /// INV-02: what other warehouses lent goes back first, the last one lent before the first.
    #[test]
    fn the_own_warehouse_gives_back_last() {
        let (mut order, _) = draft(&[("10", "1.00")]);
        order.warehouse_id = WarehouseId::from_raw(1);
        let all = [reservation(1, 1, "5", 9), reservation(1, 2, "3", 10), reservation(1, 3, "2", 11), reservation(2, 2, "7", 9)];
        let freed =
            |line_no, quantity: &str| Freed { line_no, product_id: ProductId::from_raw(21), quantity: Quantity::parse(quantity).unwrap() };
        let given = order.gives_back(&all, &[freed(1, "6"), freed(2, "1"), freed(1, "9")]);
        let given: Vec<_> = given.iter().map(|one| (one.line_no, one.warehouse_id.raw(), one.quantity.to_string())).collect();
        let expected = [(1, 3, "2"), (1, 2, "3"), (1, 1, "1"), (2, 2, "1"), (1, 1, "4")];
        assert_eq!(given, expected.map(|(line, warehouse, quantity)| (line, warehouse, quantity.to_owned())));
    }
}
