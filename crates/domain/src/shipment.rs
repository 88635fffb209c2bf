//! Delivery notes: what the warehouse ships, and what the customer signed for.

use crate::codes::codes;
use crate::date::Date;
use crate::id::{CustomerId, OrderId, ProductId, ShipmentId, UserId, Version, WarehouseId};
use crate::instant::Instant;
use crate::quantity::Quantity;

codes! {
    /// State of a delivery note.
    ShipmentStatus in "shipment.status" {
        Shipped = "shipped",
        /// Signed for, some of it refused.
        PartAccepted = "part_accepted",
        Delivered = "delivered",
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
