//! Goods for an order: reserve, ship, deliver.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use crate::account::AccountDelta;
use crate::actor::Actor;
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::follow_up::FollowUp;
use crate::id::{FollowUpId, ProductId, ShipmentId, Version, WarehouseId};
use crate::instant::Instant;
use crate::lifecycle::Verb;
use crate::order::step::{Free, Part, Reserved, take_free};
use crate::order::{Order, OrderLine, OrderRejection, OrderRule};
use crate::quantity::Quantity;
use crate::refusal::{FieldError, Refusal};
use crate::rule::{FieldCheck, FieldRule};
use crate::shipment::{Shipment, ShipmentLine, ShipmentStatus};

/// What is to be shipped, and how.
#[derive(Clone, Debug)]
pub struct ShipInput<'a> {
    /// Id of the delivery note.
    pub id: ShipmentId,
    /// Number of the delivery note.
    pub number: &'a str,
    /// Where the goods leave from.
    pub warehouse_id: WarehouseId,
    /// Day of shipping.
    pub shipped_on: Date,
    /// Carrier.
    pub carrier: &'a str,
    /// Tracking number.
    pub tracking: &'a str,
    /// Note for the way.
    pub note: &'a str,
    /// How much of which line.
    pub parts: &'a [Part],
}

/// What the stock loses by a shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Number of the order's line.
    pub line_no: i64,
    /// Of what.
    pub product_id: ProductId,
    /// What is on hand goes down by this.
    pub quantity: Quantity,
    /// What is reserved goes down by this.
    pub released: Quantity,
}

/// What follows from shipping.
#[derive(Clone, Debug, PartialEq)]
pub struct Shipped {
    /// The delivery note.
    pub shipment: Shipment,
    /// Its lines.
    pub lines: Vec<ShipmentLine>,
    /// What the stock loses.
    pub issues: Vec<Issue>,
    /// What a quantity above or below the ordered one adds to the customer's account.
    pub account: AccountDelta,
    /// What happened.
    pub event: Event,
}

/// What the customer accepted and refused of a line of a delivery note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Number of the delivery note's line.
    pub line_no: i64,
    /// Accepted.
    pub accepted: Quantity,
    /// Refused.
    pub refused: Quantity,
}

/// What the customer signed for.
#[derive(Clone, Debug)]
pub struct DeliverInput<'a> {
    /// Day it was signed for.
    pub delivered_on: Date,
    /// Who signed.
    pub signer: &'a str,
    /// What was written down.
    pub note: &'a str,
    /// What was counted; nothing where all was accepted.
    pub counted: Option<&'a [Counted]>,
    /// Id for the follow-up, should one begin.
    pub follow_up_id: FollowUpId,
    /// Days until it is due.
    pub follow_up_days: i64,
}

/// What follows from a delivery.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivered {
    /// What happened.
    pub events: Vec<Event>,
    /// The follow-up that begins with full delivery.
    pub follow_up: Option<FollowUp>,
}

impl Order {
    /// Reserves what is free now for what the order still needs.
    ///
    /// # Errors
    /// `NotEffective`; `NothingToReserve` where nothing is needed or nothing is free.
    pub fn reserve<L: DerefMut<Target = OrderLine>>(
        &mut self,
        lines: &mut [L],
        free: &mut Free,
    ) -> Result<(Event, Vec<Reserved>), Refusal> {
        self.may_move(Verb::Reserve)?;
        let there = |line: &L| free.get(&line.product_id).is_some_and(|all| all.iter().any(|(_, free)| free.is_positive()));
        let gives = |line: &L| line.open_to_reserve().is_positive() && there(line);
        if !lines.iter().any(gives) {
            return Err(OrderRejection::NothingToReserve.into());
        }

        let taken = take_free(lines, free);
        self.derive(lines);
        Ok((self.event(EventKind::OrderReserved).with("lines", taken.len()), taken))
    }

    /// Ships part of the order or all of it; reserved goods go first, then free ones.
    ///
    /// A line that is complete within its tolerances is charged for what was shipped.
    ///
    /// # Errors
    /// `NotEffective`, `Held`, `NothingToShip`; `invalid` for unknown or repeated lines, quantities that are not
    /// above zero or above what may be shipped, a day after today.
    pub fn ship<L: DerefMut<Target = OrderLine>>(
        &mut self,
        lines: &mut [L],
        input: &ShipInput<'_>,
        by: &Actor,
        now: Instant,
        today: Date,
    ) -> Result<Shipped, Refusal> {
        self.may_move(Verb::Ship)?;
        if !lines.iter().any(|line| line.shippable().is_positive()) {
            return Err(OrderRejection::NothingToShip.into());
        }
        let mut check = FieldCheck::default();
        check.that(input.shipped_on <= today, "/shipped_on", FieldRule::After { date: today });
        check.optional(input.carrier, 100, "/carrier");
        check.optional(input.tracking, 100, "/tracking");
        check.optional(input.note, 500, "/note");
        check.that(!input.parts.is_empty(), "/lines", FieldRule::Required);
        let most = |line: &OrderLine| line.shippable();
        let places = places_of(lines, input.parts, most, OrderLine::above_shippable, &mut check.errors);
        Refusal::unless_valid(check.errors)?;
        let account = self.recharge(lines, input.parts, &places)?;

        let mut issues = Vec::with_capacity(places.len());
        let mut shipment_lines = Vec::with_capacity(places.len());
        for (part, place) in input.parts.iter().zip(places) {
            let line = &mut *lines[place];
            line.shipped_micro += part.quantity;
            // What a complete line does not need any more goes back with what was shipped.
            let kept = if line.is_complete() { Quantity::ZERO } else { line.reserved_micro - part.quantity };
            let released = line.reserved_micro - kept.or_zero();
            line.reserved_micro -= released;
            let (line_no, product_id) = (line.line_no, line.product_id);
            issues.push(Issue { line_no, product_id, quantity: part.quantity, released });
            let number = i64::try_from(shipment_lines.len() + 1).unwrap_or(i64::MAX);
            shipment_lines.push(ShipmentLine::of(input.id, number, line, part.quantity));
        }
        self.derive(lines);
        let event = self.event(EventKind::OrderShipped).with("shipment", input.number).with("lines", issues.len());
        let shipment = self.shipment(input, by, now);
        Ok(Shipped { shipment, lines: shipment_lines, issues, account, event })
    }

    /// Recalculates the order's money where what is shipped now changes what is charged.
    fn recharge<L: DerefMut<Target = OrderLine>>(
        &mut self,
        lines: &mut [L],
        parts: &[Part],
        places: &[usize],
    ) -> Result<AccountDelta, Refusal> {
        let mut after: Vec<OrderLine> = lines.iter().map(|line| (**line).clone()).collect();
        for (part, place) in parts.iter().zip(places) {
            after[*place].shipped_micro += part.quantity;
        }
        if after.iter().zip(lines.iter()).all(|(after, line)| after.charged() == line.charged()) {
            return Ok(AccountDelta::default());
        }
        let (payable, deposit) = (self.payable_minor, self.deposit_minor);
        self.total_up(&mut after.iter_mut().collect::<Vec<_>>())?;
        self.deposit_minor = deposit;
        for (line, after) in lines.iter_mut().zip(after) {
            line.net_minor = after.net_minor;
            line.tax_minor = after.tax_minor;
            line.gross_minor = after.gross_minor;
        }
        Ok(AccountDelta { open_orders: self.payable_minor - payable, ..AccountDelta::default() })
    }

    fn shipment(&self, input: &ShipInput<'_>, by: &Actor, now: Instant) -> Shipment {
        Shipment {
            id: input.id,
            version: Version::FIRST,
            number: input.number.to_owned(),
            order_id: self.id,
            order_number: self.number.clone(),
            customer_id: self.customer_id,
            customer_name: self.customer_name.clone(),
            warehouse_id: input.warehouse_id,
            status: ShipmentStatus::Shipped,
            shipped_on: input.shipped_on,
            carrier: input.carrier.to_owned(),
            tracking: input.tracking.to_owned(),
            note: input.note.to_owned(),
            delivered_on: None,
            signer: String::new(),
            created_by: by.user_id,
            created_at: now,
            closed_note: String::new(),
        }
    }

    /// Records that a delivery note was signed for; with the last one the follow-up begins.
    ///
    /// # Errors
    /// `NotEffective`; `AlreadyDelivered`; `invalid` where the counts do not come to what was shipped, without a
    /// signer, for a day before shipping or after today.
    pub fn deliver<L: DerefMut<Target = OrderLine>, S: DerefMut<Target = ShipmentLine>>(
        &mut self,
        lines: &mut [L],
        shipment: &mut Shipment,
        shipment_lines: &mut [S],
        input: &DeliverInput<'_>,
        today: Date,
    ) -> Result<Delivered, Refusal> {
        self.may_move(Verb::Deliver)?;
        shipment.accept(shipment_lines, input, today)?;

        let mut refused = 0_usize;
        for counted in shipment_lines.iter() {
            let Some(line) = lines.iter_mut().find(|line| line.line_no == counted.order_line_no) else { continue };
            line.delivered_micro += counted.quantity_micro;
            if counted.refused_micro.is_positive() {
                line.refused_micro += counted.refused_micro;
                refused += 1;
            }
        }
        self.derive(lines);
        let event = self.event(EventKind::ShipmentDelivered).because(input.note.trim());
        let event = event.with("shipment", shipment.number.clone()).with("signer", input.signer.trim());
        let mut delivered = Delivered { events: vec![event.with("refused_lines", refused)], follow_up: None };
        if let Some((follow_up, event)) = self.begin_follow_up(input.follow_up_id, input.delivered_on, input.follow_up_days) {
            delivered.events.push(event);
            delivered.follow_up = Some(follow_up);
        }
        Ok(delivered)
    }
}

/// Place of the line each part is of; what is wrong with a part goes to `errors` at `/lines/<place of the part>`.
pub(crate) fn places_of<L: Deref<Target = OrderLine>>(
    lines: &[L],
    parts: &[Part],
    most: impl Fn(&OrderLine) -> Quantity,
    above: impl Fn(&OrderLine) -> OrderRule,
    errors: &mut Vec<FieldError>,
) -> Vec<usize> {
    let by_number: BTreeMap<i64, usize> = lines.iter().enumerate().map(|(place, line)| (line.line_no, place)).collect();
    let mut seen = BTreeMap::new();
    let mut places = Vec::with_capacity(parts.len());
    for (number, part) in parts.iter().enumerate() {
        let line_no = part.line_no;
        let Some(place) = by_number.get(&line_no) else {
            errors.push(FieldError::new(format!("/lines/{number}/line_no"), OrderRule::UnknownLine { line_no }));
            continue;
        };
        if seen.insert(line_no, ()).is_some() {
            errors.push(FieldError::new(format!("/lines/{number}/line_no"), OrderRule::RepeatedLine { line_no }));
        }
        let pointer = format!("/lines/{number}/quantity");
        if !part.quantity.is_positive() {
            errors.push(FieldError::new(pointer, FieldRule::NotPositive));
        } else if part.quantity > most(&lines[*place]) {
            errors.push(FieldError::new(pointer, above(&lines[*place])));
        }
        places.push(*place);
    }
    places
}
