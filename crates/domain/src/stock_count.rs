//! Stock counts: what lies there is counted, differences are accepted by somebody else.

use crate::actor::Actor;
use crate::codes::codes;
use crate::event::{Event, EventKind};
use crate::id::{BinId, LotId, ProductId, StockCountId, UserId, Version, WarehouseId};
use crate::instant::Instant;
use crate::order::checked_reason;
use crate::permission::Act;
use crate::quantity::Quantity;
use crate::refusal::{Refusal, rejections};
use crate::stock::{Spot, StockStatus};

codes! {
    /// The state of a stock count.
    StockCountStatus in "stock_count.status" {
        /// Being counted.
        Open = "open",
        /// Counted, with differences that wait for somebody's yes.
        Submitted = "submitted",
        /// The books are what was counted.
        Approved = "approved",
        Cancelled = "cancelled",
    }
}

codes! {
    /// What may be done with a stock count; the code is the step's name in the API.
    StockCountVerb in "stock_count.verb" {
        /// Enters what was counted.
        Enter = "enter",
        Submit = "submit",
        Approve = "approve",
        /// Sends it back to be counted again.
        Return = "return",
        Cancel = "cancel",
    }
}

rejections! {
    /// Why a stock count refuses.
    StockCountRejection {
        WrongState { status: StockCountStatus } => Conflict "stock_count.wrong_state",
        /// Lines that nobody has counted.
        NotCounted { lines: i64 } => Conflict "stock_count.not_counted",
        /// Who counted does not accept the differences.
        Own => Denied "stock_count.own",
        /// Nothing lies there to be counted.
        NothingThere => Conflict "stock_count.nothing_there",
        /// Orders have more than the count would leave.
        Reserved { product: String } => Conflict "stock_count.reserved",
    }
}

/// A count of what lies in a warehouse, or in a part of it (循环盘点).
///
/// Source: INV-04
#[derive(Clone, Debug, PartialEq)]
pub struct StockCount {
    /// Key.
    pub id: StockCountId,
    /// Raised by every change, also of its lines.
    pub version: Version,
    /// Its number.
    pub number: String,
    /// State.
    pub status: StockCountStatus,
    /// In which warehouse.
    pub warehouse_id: WarehouseId,
    /// Whether who counts does not see what the books say.
    pub blind: bool,
    /// Anything else.
    pub note: String,
    /// Why it was sent back or cancelled, or empty.
    pub reason: String,
    /// Who opened it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// Who handed it in.
    pub submitted_by: Option<UserId>,
    /// Who accepted its differences; nobody where there were none.
    pub approved_by: Option<UserId>,
    /// When the books became what was counted.
    pub approved_at: Option<Instant>,
}

/// One place of a count.
#[derive(Clone, Debug, PartialEq)]
pub struct StockCountLine {
    /// Key, with the number.
    pub count_id: StockCountId,
    /// Its number in the count, from 1.
    pub line_no: i64,
    /// Of what.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: String,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// In which bin; none: 0.
    pub bin_id: BinId,
    /// Of which lot; none: 0.
    pub lot_id: LotId,
    /// In which status.
    pub status: StockStatus,
    /// What the books said when it was counted.
    pub book_micro: Option<Quantity>,
    /// What was counted.
    pub counted_micro: Option<Quantity>,
    /// Who counted it.
    pub counted_by: Option<UserId>,
    /// When.
    pub counted_at: Option<Instant>,
}

impl StockCountLine {
    /// Where it is.
    pub fn spot(&self) -> Spot {
        Spot { bin_id: self.bin_id, lot_id: self.lot_id, status: self.status }
    }

    /// Counted more than the books said, or less (negative).
    pub fn difference(&self) -> Option<Quantity> {
        Some(self.counted_micro? - self.book_micro?)
    }
}

/// Something that may be done, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct StockCountAction {
    /// What.
    pub verb: StockCountVerb,
    /// Why not; nothing where it may be done.
    pub refusal: Option<Refusal>,
}

/// Every verb for this count and this actor.
pub fn stock_count_actions(count: &StockCount, lines: &[StockCountLine], by: &Actor) -> Vec<StockCountAction> {
    let lines: Vec<&StockCountLine> = lines.iter().collect();
    let refusal = |verb| count.may(verb, &lines, by).err();
    StockCountVerb::ALL.iter().map(|verb| StockCountAction { verb: *verb, refusal: refusal(*verb) }).collect()
}

impl StockCount {
    /// The most lines of a count.
    pub const MAX_LINES: usize = 2_000;

    /// Whether this actor may do this in the count's state: the one table of its moves.
    ///
    /// # Errors
    /// `denied`, `WrongState`; `NotCounted` before every line is; `Own` for who counted a line or handed it in.
    ///
    /// Source: INV-04
    pub fn may<L: std::ops::Deref<Target = StockCountLine>>(&self, verb: StockCountVerb, lines: &[L], by: &Actor) -> Result<(), Refusal> {
        let (act, needed) = match verb {
            StockCountVerb::Enter | StockCountVerb::Submit => (Act::CountStock, StockCountStatus::Open),
            StockCountVerb::Approve | StockCountVerb::Return => (Act::ApproveCount, StockCountStatus::Submitted),
            StockCountVerb::Cancel => (Act::CountStock, StockCountStatus::Open),
        };
        by.may(act)?;
        if self.status != needed {
            return Err(StockCountRejection::WrongState { status: self.status }.into());
        }
        let missing = lines.iter().filter(|line| line.counted_micro.is_none()).count();
        if verb == StockCountVerb::Submit && missing > 0 {
            return Err(StockCountRejection::NotCounted { lines: i64::try_from(missing).unwrap_or(i64::MAX) }.into());
        }
        let own = self.submitted_by == Some(by.user_id) || lines.iter().any(|line| line.counted_by == Some(by.user_id));
        if verb == StockCountVerb::Approve && own { Err(StockCountRejection::Own.into()) } else { Ok(()) }
    }

    /// Hands it in. Without any difference the books are right and nobody needs to accept anything.
    ///
    /// # Errors
    /// As [`StockCount::may`].
    pub fn submit<L: std::ops::Deref<Target = StockCountLine>>(&mut self, lines: &[L], by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(StockCountVerb::Submit, lines, by)?;
        self.submitted_by = Some(by.user_id);
        self.reason.clear();
        let differ = lines.iter().filter(|line| line.difference().is_some_and(|by| !by.is_zero())).count();
        if differ == 0 {
            self.status = StockCountStatus::Approved;
            self.approved_at = Some(now);
            return Ok(self.event(EventKind::StockCountApproved).with("differences", 0_usize));
        }
        self.status = StockCountStatus::Submitted;
        Ok(self.event(EventKind::StockCountSubmitted).with("differences", differ))
    }

    /// Accepts its differences.
    ///
    /// # Errors
    /// As [`StockCount::may`].
    pub fn approve<L: std::ops::Deref<Target = StockCountLine>>(
        &mut self,
        lines: &[L],
        by: &Actor,
        now: Instant,
    ) -> Result<Event, Refusal> {
        self.may(StockCountVerb::Approve, lines, by)?;
        self.status = StockCountStatus::Approved;
        self.approved_by = Some(by.user_id);
        self.approved_at = Some(now);
        Ok(self.event(EventKind::StockCountApproved))
    }

    /// Sends it back: what differed is counted again.
    ///
    /// # Errors
    /// As [`StockCount::may`]; `invalid` without a reason.
    pub fn send_back<L: std::ops::DerefMut<Target = StockCountLine>>(
        &mut self,
        lines: &mut [L],
        reason: &str,
        by: &Actor,
    ) -> Result<Event, Refusal> {
        self.may(StockCountVerb::Return, lines, by)?;
        let reason = checked_reason(reason)?;
        for line in lines.iter_mut().filter(|line| line.difference().is_some_and(|by| !by.is_zero())) {
            line.book_micro = None;
            line.counted_micro = None;
            line.counted_by = None;
            line.counted_at = None;
        }
        self.status = StockCountStatus::Open;
        self.submitted_by = None;
        reason.clone_into(&mut self.reason);
        Ok(self.event(EventKind::StockCountReturned).because(reason))
    }

    /// Gives it up.
    ///
    /// # Errors
    /// As [`StockCount::may`]; `invalid` without a reason.
    pub fn cancel(&mut self, reason: &str, by: &Actor) -> Result<Event, Refusal> {
        self.may::<&StockCountLine>(StockCountVerb::Cancel, &[], by)?;
        let reason = checked_reason(reason)?;
        self.status = StockCountStatus::Cancelled;
        reason.clone_into(&mut self.reason);
        Ok(self.event(EventKind::StockCountCancelled).because(reason))
    }

    /// An event of this count.
    pub fn event(&self, kind: EventKind) -> Event {
        Event::of(kind, "stock_count", self.id.raw(), &self.number)
    }
}
