//! Goods of a purchase order that come in: in several times, within its tolerance, each a measure of the supplier's lead time.

use std::ops::{Deref, DerefMut};

use super::{Purchase, PurchaseLine, PurchaseRule, PurchaseStatus, PurchaseVerb};
use crate::actor::Actor;
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::id::{ProductId, PurchaseId, PurchaseReceiptId, SupplierId, UserId, WarehouseId};
use crate::instant::Instant;
use crate::quantity::Quantity;
use crate::quotation::Moment;
use crate::refusal::{FieldError, Refusal};
use crate::rule::{FieldCheck, FieldRule};

/// Goods of one line that came in at once. Never changed.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseReceipt {
    /// Key.
    pub id: PurchaseReceiptId,
    /// For which order.
    pub purchase_id: PurchaseId,
    /// For which line of it.
    pub line_no: i64,
    /// From whom.
    pub supplier_id: SupplierId,
    /// What.
    pub product_id: ProductId,
    /// Where.
    pub warehouse_id: WarehouseId,
    /// How much, in the base unit.
    pub quantity_micro: Quantity,
    /// Whether it was rushed.
    pub rush: bool,
    /// The day it was ordered.
    pub ordered_on: Date,
    /// The day it came.
    pub received_on: Date,
    /// Days between the two: the measured lead time.
    pub lead_days: i64,
    /// Number of the paper that came with the goods.
    pub reference: String,
    /// Anything else.
    pub note: String,
    /// Who took it in.
    pub by: UserId,
    /// When.
    pub at: Instant,
}

/// What came in, as it is said.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseArrival {
    /// The day; today where left out.
    pub received_on: Option<Date>,
    /// Number of the paper that came with the goods.
    pub reference: String,
    /// Anything else.
    pub note: String,
    /// Quantities by number of the line.
    pub lines: Vec<(i64, Quantity)>,
}

impl Purchase {
    /// Takes goods in: counts them on their lines, and says what is to be booked. `id` gives each receipt its key.
    ///
    /// A line is complete from what was ordered less the lower tolerance on; with its last line the order is received.
    ///
    /// # Errors
    /// `denied`, `NotOnItsWay`; `invalid` with everything that is wrong at its field: lines that are not there, named twice or complete, quantities that
    /// are not positive or more than was ordered with its tolerance, a day before the order's or after today.
    ///
    /// Source: PUR-01, INV-04
    pub fn receive<L>(
        &mut self,
        lines: &mut [L],
        said: &PurchaseArrival,
        mut id: impl FnMut() -> PurchaseReceiptId,
        by: &Actor,
        at: Moment,
    ) -> Result<(Vec<PurchaseReceipt>, Event), Refusal>
    where
        L: DerefMut<Target = PurchaseLine>,
    {
        self.may(PurchaseVerb::Receive, by)?;
        let ordered_on = self.ordered_on.unwrap_or(at.today);
        let received_on = said.received_on.unwrap_or(at.today);
        Refusal::unless_valid(self.check_arrival(lines, said, (ordered_on, received_on), at.today))?;

        let mut receipts = Vec::with_capacity(said.lines.len());
        for (no, quantity) in &said.lines {
            let Some(line) = lines.iter_mut().find(|line| line.line_no == *no) else { continue };
            line.received_micro += *quantity;
            let complete = line.received_micro >= line.least(self);
            line.open_micro = if complete { Quantity::ZERO } else { line.quantity_micro - line.received_micro };
            receipts.push(PurchaseReceipt {
                id: id(),
                purchase_id: self.id,
                line_no: line.line_no,
                supplier_id: self.supplier_id,
                product_id: line.product_id,
                warehouse_id: line.warehouse_id,
                quantity_micro: *quantity,
                rush: line.rush,
                ordered_on,
                received_on,
                lead_days: ordered_on.days_until(received_on),
                reference: said.reference.clone(),
                note: said.note.clone(),
                by: by.user_id,
                at: at.now,
            });
        }
        let complete = lines.iter().all(|line| !line.open_micro.is_positive());
        self.status = if complete { PurchaseStatus::Received } else { PurchaseStatus::PartlyReceived };
        self.receipt_count += 1;
        self.received_at = Some(at.now);
        let event = self
            .event(EventKind::PurchaseReceived)
            .with("lines", receipts.len())
            .with("reference", said.reference.as_str())
            .with("received_on", received_on)
            .with("note", said.note.as_str())
            .with(
                "received",
                said.lines.iter().map(|(no, quantity)| format!("{no}: {}", quantity.decimal())).collect::<Vec<_>>().join(", "),
            );
        Ok((receipts, event))
    }

    fn check_arrival<L>(&self, lines: &[L], said: &PurchaseArrival, (ordered_on, received_on): (Date, Date), today: Date) -> Vec<FieldError>
    where
        L: Deref<Target = PurchaseLine>,
    {
        let mut check = FieldCheck::default();
        check.optional(&said.reference, 60, "/reference");
        check.optional(&said.note, 200, "/note");
        check.that(received_on >= ordered_on, "/received_on", FieldRule::Before { date: ordered_on });
        check.that(received_on <= today, "/received_on", FieldRule::After { date: today });
        check.that(!said.lines.is_empty(), "/lines", FieldRule::Required);
        for (place, (no, quantity)) in said.lines.iter().enumerate() {
            let at = |name: &str| format!("/lines/{place}/{name}");
            let Some(line) = lines.iter().find(|line| line.line_no == *no) else {
                check.errors.push(FieldError::new(at("line_no"), FieldRule::Unknown { value: no.to_string() }));
                continue;
            };
            check.that(said.lines[..place].iter().all(|(other, _)| other != no), &at("line_no"), FieldRule::Repeated);
            if !line.open_micro.is_positive() {
                check.errors.push(FieldError::new(at("line_no"), PurchaseRule::LineDone));
                continue;
            }
            let most = line.most(self) - line.received_micro;
            check.that(quantity.is_positive(), &at("quantity"), FieldRule::NotPositive);
            if *quantity > most {
                check.errors.push(FieldError::new(at("quantity"), PurchaseRule::AboveOrdered { most: (most, line.unit.clone()) }));
            }
        }
        check.errors
    }
}
