//! Delivery notes: what the warehouse ships, and what the customer signed for.

use std::ops::DerefMut;

use crate::codes::codes;
use crate::date::Date;
use crate::id::{CustomerId, OrderId, ProductId, ShipmentId, UserId, Version, WarehouseId};
use crate::instant::Instant;
use crate::order::{Counted, DeliverInput, OrderLine, OrderRule};
use crate::quantity::Quantity;
use crate::refusal::{FieldError, Refusal, rejections};
use crate::rule::{FieldCheck, FieldRule};

rejections! {
    /// Why a delivery note refuses.
    ShipmentRejection {
        AlreadyDelivered { number: String } => Conflict "shipment.already_delivered",
        TurnedBack { number: String } => Conflict "shipment.turned_back",
    }
}

codes! {
    /// State of a delivery note.
    ShipmentStatus in "shipment.status" {
        Shipped = "shipped",
        /// Signed for, some of it refused.
        PartAccepted = "part_accepted",
        Delivered = "delivered",
        /// It does not arrive: all of its goods come back (CHG-05).
        Cancelled = "cancelled",
    }
}

/// A delivery note (销售发货单).
#[derive(Clone, Debug, PartialEq)]
pub struct Shipment {
    /// Key.
    pub id: ShipmentId,
    /// Raised by every change.
    pub version: Version,
    /// Document number.
    pub number: String,
    /// Of which order.
    pub order_id: OrderId,
    /// Number of the order.
    pub order_number: String,
    /// To whom.
    pub customer_id: CustomerId,
    /// Name of the customer.
    pub customer_name: String,
    /// Where the goods came from.
    pub warehouse_id: WarehouseId,
    /// State.
    pub status: ShipmentStatus,
    /// Day of shipping.
    pub shipped_on: Date,
    /// Carrier.
    pub carrier: String,
    /// Tracking number.
    pub tracking: String,
    /// Note for the way.
    pub note: String,
    /// Day it was signed for.
    pub delivered_on: Option<Date>,
    /// Who signed for it.
    pub signer: String,
    /// Who shipped it.
    pub created_by: UserId,
    /// When it was entered.
    pub created_at: Instant,
    /// What was written when it was signed for.
    pub closed_note: String,
}

/// A line of a delivery note.
#[derive(Clone, Debug, PartialEq)]
pub struct ShipmentLine {
    /// Key, with the number.
    pub shipment_id: ShipmentId,
    /// Number of the line, from 1.
    pub line_no: i64,
    /// Number of the order's line.
    pub order_line_no: i64,
    /// What is shipped.
    pub product_id: ProductId,
    /// Code of the product.
    pub product_code: String,
    /// Name of the product.
    pub name: String,
    /// Specification.
    pub spec: String,
    /// Unit.
    pub unit: String,
    /// Shipped.
    pub quantity_micro: Quantity,
    /// Accepted by the customer.
    pub accepted_micro: Quantity,
    /// Refused by the customer.
    pub refused_micro: Quantity,
}

impl ShipmentLine {
    pub(crate) fn of(shipment_id: ShipmentId, line_no: i64, line: &OrderLine, quantity: Quantity) -> Self {
        Self {
            shipment_id,
            line_no,
            order_line_no: line.line_no,
            product_id: line.product_id,
            product_code: line.product_code.clone(),
            name: line.name.clone(),
            spec: line.spec.clone(),
            unit: line.unit.clone(),
            quantity_micro: quantity,
            accepted_micro: Quantity::ZERO,
            refused_micro: Quantity::ZERO,
        }
    }
}

impl Shipment {
    /// Writes what the customer signed for into the note and its lines.
    pub(crate) fn accept<S: DerefMut<Target = ShipmentLine>>(
        &mut self,
        lines: &mut [S],
        input: &DeliverInput<'_>,
        today: Date,
    ) -> Result<(), Refusal> {
        if self.status == ShipmentStatus::Cancelled {
            return Err(ShipmentRejection::TurnedBack { number: self.number.clone() }.into());
        }
        if self.status != ShipmentStatus::Shipped {
            return Err(ShipmentRejection::AlreadyDelivered { number: self.number.clone() }.into());
        }
        let mut check = FieldCheck::default();
        check.required(input.signer, 100, "/signer");
        check.optional(input.note, 500, "/note");
        check.that(input.delivered_on <= today, "/delivered_on", FieldRule::After { date: today });
        let shipped_on = self.shipped_on;
        check.that(input.delivered_on >= shipped_on, "/delivered_on", FieldRule::Before { date: shipped_on });
        if let Some(counted) = input.counted {
            check_counts(lines, counted, &mut check.errors);
        }
        Refusal::unless_valid(check.errors)?;

        for line in lines.iter_mut() {
            let counted = input.counted.and_then(|counted| counted.iter().find(|count| count.line_no == line.line_no));
            let refused = counted.map_or(Quantity::ZERO, |counted| counted.refused);
            line.refused_micro = refused;
            line.accepted_micro = line.quantity_micro - refused;
        }
        let all = lines.iter().all(|line| line.refused_micro.is_zero());
        self.status = if all { ShipmentStatus::Delivered } else { ShipmentStatus::PartAccepted };
        self.delivered_on = Some(input.delivered_on);
        input.signer.trim().clone_into(&mut self.signer);
        input.note.trim().clone_into(&mut self.closed_note);
        Ok(())
    }
}

/// Each line that is counted must come to what was shipped; lines that are not counted were accepted whole.
fn check_counts<S: DerefMut<Target = ShipmentLine>>(lines: &[S], counted: &[Counted], errors: &mut Vec<FieldError>) {
    for (place, count) in counted.iter().enumerate() {
        let line_no = count.line_no;
        let mut wrong = |field: &str, rule: crate::refusal::Reason| {
            errors.push(FieldError::new(format!("/lines/{place}/{field}"), rule));
        };
        let Some(line) = lines.iter().find(|line| line.line_no == line_no) else {
            wrong("line_no", OrderRule::UnknownLine { line_no }.into());
            continue;
        };
        if counted[..place].iter().any(|earlier| earlier.line_no == line_no) {
            wrong("line_no", OrderRule::RepeatedLine { line_no }.into());
        }
        if count.accepted.is_negative() {
            wrong("accepted", FieldRule::Negative.into());
        } else if count.refused.is_negative() {
            wrong("refused", FieldRule::Negative.into());
        } else if count.accepted.checked_add(count.refused) != Some(line.quantity_micro) {
            let shipped = (line.quantity_micro, line.unit.clone());
            wrong("accepted", OrderRule::NotAllCounted { shipped }.into());
        }
    }
}
