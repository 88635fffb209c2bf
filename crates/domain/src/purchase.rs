//! Purchase orders: what is ordered from a supplier, when it is to arrive, and what has come of it (PUR-01).

mod lead_time;
mod line;
mod moves;
mod receive;
mod step;

#[cfg(test)]
mod tests;

pub use lead_time::*;
pub use line::*;
pub use moves::*;
pub use receive::*;
pub use step::*;

use crate::codes::codes;
use crate::currency::Currency;
use crate::date::Date;
use crate::event::{Change, Event, EventKind, changes};
use crate::id::{PurchaseId, SupplierId, UserId, Version, WarehouseId};
use crate::instant::Instant;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::rejections;

codes! {
    /// The state of a purchase order.
    PurchaseStatus in "purchase.status" {
        Draft = "draft",
        /// The supplier has it and has not answered.
        Sent = "sent",
        /// The supplier has said when it delivers.
        Confirmed = "confirmed",
        PartlyReceived = "partly_received",
        Received = "received",
        /// Something came, and the rest is given up.
        Closed = "closed",
        Cancelled = "cancelled",
    }
}

codes! {
    /// What a line of a purchase order is for.
    PurchaseCause in "purchase.cause" {
        /// For stock.
        Stock = "stock",
        /// For a line of a sales order.
        Order = "order",
        /// From a replenishment proposal.
        Proposal = "proposal",
    }
}

rejections! {
    /// Why a purchase order refuses.
    PurchaseRejection {
        NotDraft { status: PurchaseStatus } => Conflict "purchase.not_draft",
        /// Only what is on its way is confirmed and received.
        NotOnItsWay { status: PurchaseStatus } => Conflict "purchase.not_on_its_way",
        /// Only what came in part is closed short.
        NotInPart { status: PurchaseStatus } => Conflict "purchase.not_in_part",
        /// Something came already, or it has ended.
        NotCancellable { status: PurchaseStatus } => Conflict "purchase.not_cancellable",
        SupplierInactive { supplier: String } => Conflict "purchase.supplier_inactive",
        WarehouseInactive { warehouse: String } => Conflict "purchase.warehouse_inactive",
    }
}

rejections! {
    /// What is wrong with what is said of a purchase order.
    PurchaseRule {
        /// The supplier does not rush this product.
        NotRushed => Invalid "purchase.not_rushed",
        /// The supplier states no price of it: it is to be said.
        NoPrice => Invalid "purchase.no_price",
        /// It comes to more than an amount can be.
        TooLarge => Invalid "purchase.too_large",
        /// More than what was ordered, with its tolerance.
        AboveOrdered { most: (Quantity, String) } => Invalid "purchase.above_ordered",
        /// Nothing of this line is awaited any more.
        LineDone => Invalid "purchase.line_done",
    }
}

/// An order to a supplier.
#[derive(Clone, Debug, PartialEq)]
pub struct Purchase {
    /// Key.
    pub id: PurchaseId,
    /// Raised by every change, also of its lines and by every receipt.
    pub version: Version,
    /// Document number.
    pub number: String,
    /// State.
    pub status: PurchaseStatus,
    /// To whom.
    pub supplier_id: SupplierId,
    /// Code of the supplier when it was written.
    pub supplier_code: String,
    /// Name of the supplier when it was written.
    pub supplier_name: String,
    /// The supplier's number of its confirmation.
    pub supplier_ref: String,
    /// Where the goods come in.
    pub warehouse_id: WarehouseId,
    /// Of its prices: the supplier's.
    pub currency: Currency,
    /// How much more than ordered is taken, as a share of what was ordered.
    pub over_tolerance: Rate,
    /// How much less than ordered still completes a line.
    pub under_tolerance: Rate,
    /// Anything else.
    pub notes: String,
    /// Number of lines.
    pub line_count: i64,
    /// What its lines come to, without tax.
    pub total_minor: Money,
    /// Who wrote it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// Who sent it.
    pub sent_by: Option<UserId>,
    /// When.
    pub sent_at: Option<Instant>,
    /// The day it was sent: lead times are measured from it.
    pub ordered_on: Option<Date>,
    /// Who recorded the supplier's confirmation last.
    pub confirmed_by: Option<UserId>,
    /// When.
    pub confirmed_at: Option<Instant>,
    /// How many times goods came in for it.
    pub receipt_count: i64,
    /// When goods came in last.
    pub received_at: Option<Instant>,
    /// Who closed or cancelled it.
    pub ended_by: Option<UserId>,
    /// When it was closed or cancelled.
    pub ended_at: Option<Instant>,
    /// Why.
    pub end_reason: String,
}

impl PurchaseStatus {
    /// Whether goods of it are on their way.
    pub fn is_on_its_way(self) -> bool {
        matches!(self, Self::Sent | Self::Confirmed | Self::PartlyReceived)
    }
}

impl Purchase {
    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "supplier": |one| one.supplier_name.clone(),
            "currency": |one| one.currency,
            "over_tolerance": |one| one.over_tolerance,
            "under_tolerance": |one| one.under_tolerance,
            "notes": |one| one.notes.clone(),
            "line_count": |one| one.line_count,
            "total": |one| (one.total_minor, one.currency),
        )
    }

    /// Something of this kind happened to it.
    pub fn event(&self, kind: EventKind) -> Event {
        Event::of(kind, "purchase", self.id.raw(), &self.number).with("supplier", self.supplier_name.as_str())
    }
}
