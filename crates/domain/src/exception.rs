//! Exceptions: what went wrong with an order downstream, answered once, with redo or give up (CHG-05).

use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::codes::codes;
use crate::id::{ExceptionId, OrderId, ShipmentId, UserId, Version};
use crate::instant::Instant;
use crate::kept::Kept;
use crate::kept_json::raw;
use crate::order::{Order, OrderLine, Part};
use crate::quantity::Quantity;
use crate::refusal::{FieldError, Refusal, rejections};
use crate::rule::{FieldCheck, FieldRule};

codes! {
    /// What went wrong.
    ExceptionKind in "exception.kind" {
        /// A delivery note that is on the road does not arrive: all of its goods come back.
        DeliveryCancelled = "delivery_cancelled",
        /// The customer refused goods at the door, as short, wrong or damaged.
        GoodsRefused = "goods_refused",
        /// Less was found in the warehouse than the books say.
        ShortPick = "short_pick",
        /// Goods that were to be made were not made, or not well enough.
        ProductionFailed = "production_failed",
        /// A paper came back from the customer and has to be made again, or not.
        DocumentReturned = "document_returned",
    }
}

codes! {
    /// State of an exception.
    ExceptionStatus in "exception.status" {
        Open = "open",
        /// Answered: delivered, made or written again.
        Redone = "redone",
        /// Answered: what is missing is not supplied any more.
        GivenUp = "given_up",
    }
}

codes! {
    /// What became of goods that did not stay with the customer.
    ReturnedGoods in "exception.goods" {
        /// No goods were out, or it is not known yet.
        None = "none",
        /// They are on hand again.
        Good = "good",
        /// They came back and cannot be sold: they are not put on hand.
        Damaged = "damaged",
        /// They did not come back.
        Lost = "lost",
    }
}

rejections! {
    /// Why an exception refuses.
    ExceptionRejection {
        Answered { number: String } => Conflict "exception.answered",
        /// More is billed than stays with the customer: the invoice is voided first.
        Billed { line_no: i64, billed: (Quantity, String), kept: (Quantity, String) } => Conflict "exception.billed",
        /// Nothing would be left of the order: who may cancel it gives it up.
        NothingLeft => Conflict "exception.nothing_left",
        /// Only a delivery note that is on the road is cancelled.
        NotOnTheRoad { number: String } => Conflict "exception.not_on_the_road",
    }
}

rejections! {
    /// What is wrong with what is said of an exception.
    ExceptionRule {
        /// More than went wrong, or could have.
        AboveConcerned { most: (Quantity, String) } => Invalid "exception.above_concerned",
        /// Goods came back: say in which state.
        GoodsUnsaid => Invalid "exception.goods_unsaid",
        /// No goods were out.
        NoGoods => Invalid "exception.no_goods",
    }
}

/// How much of which line of the order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExceptionPart {
    /// Number of the order's line.
    pub line_no: i64,
    /// Name of the product.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// How much.
    #[serde(with = "raw")]
    pub quantity: Quantity,
}

/// Something that went wrong with an order downstream (订单异常).
#[derive(Clone, Debug, PartialEq)]
pub struct OrderException {
    /// Key.
    pub id: ExceptionId,
    /// Raised by every change.
    pub version: Version,
    /// The order's number and which of its exceptions it is.
    pub number: String,
    /// Of which order.
    pub order_id: OrderId,
    /// Number of the order.
    pub order_number: String,
    /// What went wrong.
    pub kind: ExceptionKind,
    /// State.
    pub status: ExceptionStatus,
    /// Why, as far as known.
    pub cause: String,
    /// What of the order it is about; nothing where it is about a paper.
    pub parts: Kept<Vec<ExceptionPart>>,
    /// The delivery note with which it happened.
    pub shipment_id: Option<ShipmentId>,
    /// Number of the delivery note, or empty.
    pub shipment_number: String,
    /// Whether it follows from another step, and nobody recorded it by hand.
    pub by_system: bool,
    /// With whose step, or who recorded it.
    pub opened_by: UserId,
    /// When.
    pub opened_at: Instant,
    /// What became of the goods, once it is answered.
    pub goods: ReturnedGoods,
    /// Why it was answered so.
    pub reason: String,
    /// Who answered.
    pub answered_by: Option<UserId>,
    /// When.
    pub answered_at: Option<Instant>,
}

/// What is said of an exception when it is opened.
#[derive(Clone, Debug)]
pub struct ExceptionInput<'a> {
    /// Id of it.
    pub id: ExceptionId,
    /// Which of the order's exceptions it is, from 1.
    pub no: usize,
    /// What went wrong.
    pub kind: ExceptionKind,
    /// Why.
    pub cause: &'a str,
    /// What it is about.
    pub parts: &'a [Part],
    /// The delivery note, with its number.
    pub shipment: Option<(ShipmentId, &'a str)>,
    /// Whether it follows from another step.
    pub by_system: bool,
}

/// The longest cause, in characters.
const CAUSE_MAX: i64 = 500;

impl ExceptionKind {
    /// Whether goods that were shipped come back.
    pub fn takes_back(self) -> bool {
        matches!(self, Self::DeliveryCancelled | Self::GoodsRefused)
    }

    /// The most of a line that it can be about; `pending` is what open exceptions of the order say of goods that come back.
    pub fn most(self, line: &OrderLine, pending: Quantity) -> Quantity {
        match self {
            Self::DeliveryCancelled | Self::GoodsRefused => (line.refused_micro - pending).or_zero(),
            Self::ShortPick | Self::ProductionFailed => line.open_to_ship(),
            Self::DocumentReturned => Quantity::ZERO,
        }
    }
}

impl OrderException {
    /// A new one of an order; what it says was checked.
    pub(crate) fn of(order: &Order, input: &ExceptionInput<'_>, parts: Vec<ExceptionPart>, by: &Actor, now: Instant) -> Self {
        Self {
            id: input.id,
            version: Version::FIRST,
            number: format!("{}-E{}", order.number, input.no),
            order_id: order.id,
            order_number: order.number.clone(),
            kind: input.kind,
            status: ExceptionStatus::Open,
            cause: input.cause.trim().to_owned(),
            parts: Kept::of(parts),
            shipment_id: input.shipment.map(|(id, _)| id),
            shipment_number: input.shipment.map(|(_, number)| number.to_owned()).unwrap_or_default(),
            by_system: input.by_system,
            opened_by: by.user_id,
            opened_at: now,
            goods: ReturnedGoods::None,
            reason: String::new(),
            answered_by: None,
            answered_at: None,
        }
    }

    /// Whether it waits for an answer.
    pub fn is_open(&self) -> bool {
        self.status == ExceptionStatus::Open
    }

    /// What it says of a line.
    pub fn of_line(&self, line_no: i64) -> Quantity {
        self.parts.iter().filter(|part| part.line_no == line_no).map(|part| part.quantity).sum()
    }

    /// Whether it may be answered, and what is said of the goods fits.
    ///
    /// # Errors
    /// `Answered`; `invalid` at `/goods`.
    pub(crate) fn check_answer(&self, goods: ReturnedGoods) -> Result<(), Refusal> {
        if !self.is_open() {
            return Err(ExceptionRejection::Answered { number: self.number.clone() }.into());
        }
        match (self.kind.takes_back(), goods) {
            (true, ReturnedGoods::None) => Err(Refusal::field("/goods", ExceptionRule::GoodsUnsaid)),
            (false, ReturnedGoods::Good | ReturnedGoods::Damaged | ReturnedGoods::Lost) => {
                Err(Refusal::field("/goods", ExceptionRule::NoGoods))
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn answer(&mut self, status: ExceptionStatus, goods: ReturnedGoods, reason: &str, by: &Actor, now: Instant) {
        self.status = status;
        self.goods = goods;
        reason.clone_into(&mut self.reason);
        self.answered_by = Some(by.user_id);
        self.answered_at = Some(now);
    }
}

/// The parts as they are kept; what is wrong with one goes to its field.
pub(crate) fn checked_parts<'a>(
    input: &ExceptionInput<'_>,
    lines: impl Fn(i64) -> Option<&'a OrderLine>,
    pending: impl Fn(i64) -> Quantity,
) -> Result<Vec<ExceptionPart>, Refusal> {
    let mut check = FieldCheck::default();
    check.required(input.cause, CAUSE_MAX, "/cause");
    let papers = input.kind == ExceptionKind::DocumentReturned;
    check.that(papers || !input.parts.is_empty(), "/lines", FieldRule::Required);
    let mut kept = Vec::with_capacity(input.parts.len());
    for (place, part) in input.parts.iter().enumerate() {
        let line_no = part.line_no;
        let mut wrong = |field: &str, rule: crate::refusal::Reason| {
            check.errors.push(FieldError::new(format!("/lines/{place}/{field}"), rule));
        };
        let Some(line) = lines(line_no) else {
            wrong("line_no", crate::order::OrderRule::UnknownLine { line_no }.into());
            continue;
        };
        if input.parts[..place].iter().any(|earlier| earlier.line_no == line_no) {
            wrong("line_no", crate::order::OrderRule::RepeatedLine { line_no }.into());
        }
        let most = input.kind.most(line, pending(line_no));
        if !part.quantity.is_positive() {
            wrong("quantity", FieldRule::NotPositive.into());
        } else if part.quantity > most {
            wrong("quantity", ExceptionRule::AboveConcerned { most: (most, line.unit.clone()) }.into());
        }
        kept.push(ExceptionPart { line_no, name: line.name.clone(), unit: line.unit.clone(), quantity: part.quantity });
    }
    Refusal::unless_valid(check.errors)?;
    Ok(kept)
}
