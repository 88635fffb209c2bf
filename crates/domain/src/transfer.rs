//! Transfers: goods on their way from one warehouse to another.

use crate::actor::Actor;
use crate::codes::codes;
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::id::{LotId, ProductId, TransferId, UserId, Version, WarehouseId};
use crate::instant::Instant;
use crate::order::{Part, checked_reason};
use crate::permission::Act;
use crate::quantity::Quantity;
use crate::refusal::{FieldError, Refusal, rejections};
use crate::rule::{FieldCheck, FieldRule};

codes! {
    /// The state of a transfer.
    TransferStatus in "transfer.status" {
        Draft = "draft",
        /// On its way, wholly or what has not arrived yet.
        Sent = "sent",
        Received = "received",
        /// What did not arrive is written off.
        Closed = "closed",
        Cancelled = "cancelled",
    }
}

codes! {
    /// What may be done with a transfer; the code is the step's name in the API.
    TransferVerb in "transfer.verb" {
        Send = "send",
        Receive = "receive",
        Edit = "edit",
        /// Writes off what did not arrive.
        Close = "close",
        /// Gives a draft up.
        Cancel = "cancel",
    }
}

rejections! {
    /// Why a transfer refuses.
    TransferRejection {
        WrongState { status: TransferStatus } => Conflict "transfer.wrong_state",
        /// The warehouse has less free than is to be sent.
        NotThere { product: String, there: (Quantity, String) } => Conflict "transfer.not_there",
    }
}

rejections! {
    /// What is wrong with what is said of a transfer.
    TransferRule {
        /// A warehouse sends nothing to itself.
        SameWarehouse => Invalid "transfer.same_warehouse",
        /// More arrives than was sent.
        AboveSent { open: (Quantity, String) } => Invalid "transfer.above_sent",
        /// The transfer has no such line.
        UnknownLine { line_no: i64 } => Invalid "transfer.unknown_line",
    }
}

/// Goods on their way from one warehouse to another.
///
/// Source: INV-01, INV-04
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// Key.
    pub id: TransferId,
    /// Raised by every change, also of its lines.
    pub version: Version,
    /// Its number.
    pub number: String,
    /// State.
    pub status: TransferStatus,
    /// From where.
    pub from_id: WarehouseId,
    /// To where.
    pub to_id: WarehouseId,
    /// Day it is expected to arrive.
    pub expected_on: Option<Date>,
    /// Anything else.
    pub note: String,
    /// Why it was closed or cancelled, or empty.
    pub end_reason: String,
    /// Who drew it up.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// When it left.
    pub sent_at: Option<Instant>,
}

/// One product of a transfer; once it is sent, one lot of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TransferLine {
    /// Key, with the number.
    pub transfer_id: TransferId,
    /// Its number in the transfer, from 1.
    pub line_no: i64,
    /// Of what.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: String,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Of which lot; none: 0.
    pub lot_id: LotId,
    /// How much; once it is sent, what was sent.
    pub quantity_micro: Quantity,
    /// How much of it arrived.
    pub received_micro: Quantity,
    /// How much of it was written off.
    pub lost_micro: Quantity,
}

impl TransferLine {
    /// What is still on its way, once it is sent.
    pub fn open(&self) -> Quantity {
        self.quantity_micro - self.received_micro - self.lost_micro
    }
}

/// Something that may be done, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct TransferAction {
    /// What.
    pub verb: TransferVerb,
    /// Why not; nothing where it may be done.
    pub refusal: Option<Refusal>,
}

/// Every verb for this transfer and this actor.
pub fn transfer_actions(transfer: &Transfer, by: &Actor) -> Vec<TransferAction> {
    TransferVerb::ALL.iter().map(|verb| TransferAction { verb: *verb, refusal: transfer.may(*verb, by).err() }).collect()
}

impl Transfer {
    /// The most lines of a transfer.
    pub const MAX_LINES: usize = 500;

    /// Whether this actor may do this in the transfer's state: the one table of its moves.
    ///
    /// # Errors
    /// `denied`, `WrongState`.
    pub fn may(&self, verb: TransferVerb, by: &Actor) -> Result<(), Refusal> {
        by.may(Act::TransferStock)?;
        let needed = match verb {
            TransferVerb::Send | TransferVerb::Edit | TransferVerb::Cancel => TransferStatus::Draft,
            TransferVerb::Receive | TransferVerb::Close => TransferStatus::Sent,
        };
        if self.status == needed { Ok(()) } else { Err(TransferRejection::WrongState { status: self.status }.into()) }
    }

    /// What is wrong with it, each at its field.
    pub fn check(&self, lines: &[TransferLine]) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        if self.from_id == self.to_id && self.from_id != WarehouseId::NONE {
            check.errors.push(FieldError::new("/to_id", TransferRule::SameWarehouse));
        }
        check.optional(&self.note, 500, "/note");
        check.that(!lines.is_empty(), "/lines", FieldRule::Required);
        let most = i64::try_from(Self::MAX_LINES).unwrap_or(i64::MAX);
        check.that(lines.len() <= Self::MAX_LINES, "/lines", FieldRule::OutOfRange { min: 1, max: most });
        for (place, line) in lines.iter().enumerate() {
            check.that(line.quantity_micro.is_positive(), &format!("/lines/{place}/quantity"), FieldRule::NotPositive);
        }
        check.errors
    }

    /// Its goods have left.
    ///
    /// # Errors
    /// As [`Transfer::may`].
    pub fn send(&mut self, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(TransferVerb::Send, by)?;
        self.status = TransferStatus::Sent;
        self.sent_at = Some(now);
        Ok(self.event(EventKind::TransferSent))
    }

    /// Some of it arrived; with the last of it the transfer is done.
    ///
    /// # Errors
    /// As [`Transfer::may`]; `invalid` for unknown or repeated lines, and for what is not above zero or more than is on its way.
    pub fn receive<L: std::ops::DerefMut<Target = TransferLine>>(
        &mut self,
        lines: &mut [L],
        parts: &[Part],
        by: &Actor,
    ) -> Result<Event, Refusal> {
        self.may(TransferVerb::Receive, by)?;
        let mut errors = Vec::new();
        if parts.is_empty() {
            errors.push(FieldError::new("/lines", FieldRule::Required));
        }
        for (place, part) in parts.iter().enumerate() {
            let Some(line) = lines.iter_mut().find(|line| line.line_no == part.line_no) else {
                let rule = TransferRule::UnknownLine { line_no: part.line_no };
                errors.push(FieldError::new(format!("/lines/{place}/line_no"), rule));
                continue;
            };
            let pointer = format!("/lines/{place}/quantity");
            if !part.quantity.is_positive() {
                errors.push(FieldError::new(pointer, FieldRule::NotPositive));
            } else if part.quantity > line.open() {
                errors.push(FieldError::new(pointer, TransferRule::AboveSent { open: (line.open(), line.unit.clone()) }));
            } else {
                line.received_micro += part.quantity;
            }
        }
        Refusal::unless_valid(errors)?;
        if lines.iter().all(|line| line.open().is_zero()) {
            self.status = TransferStatus::Received;
        }
        Ok(self.event(EventKind::TransferReceived).with("lines", parts.len()))
    }

    /// Writes off what did not arrive.
    ///
    /// # Errors
    /// As [`Transfer::may`]; `invalid` without a reason.
    pub fn close<L: std::ops::DerefMut<Target = TransferLine>>(
        &mut self,
        lines: &mut [L],
        reason: &str,
        by: &Actor,
    ) -> Result<Event, Refusal> {
        self.may(TransferVerb::Close, by)?;
        let reason = checked_reason(reason)?;
        for line in lines {
            let open = line.open();
            line.lost_micro += open;
        }
        self.status = TransferStatus::Closed;
        reason.clone_into(&mut self.end_reason);
        Ok(self.event(EventKind::TransferClosed).because(reason))
    }

    /// Gives a draft up.
    ///
    /// # Errors
    /// As [`Transfer::may`]; `invalid` without a reason.
    pub fn cancel(&mut self, reason: &str, by: &Actor) -> Result<Event, Refusal> {
        self.may(TransferVerb::Cancel, by)?;
        let reason = checked_reason(reason)?;
        self.status = TransferStatus::Cancelled;
        reason.clone_into(&mut self.end_reason);
        Ok(self.event(EventKind::TransferCancelled).because(reason))
    }

    /// An event of this transfer.
    pub fn event(&self, kind: EventKind) -> Event {
        Event::of(kind, "transfer", self.id.raw(), &self.number)
    }
}
