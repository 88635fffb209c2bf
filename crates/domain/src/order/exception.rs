//! What an exception does to its order: it stays open meanwhile, and goods that did not stay with the customer count no more once it is answered (CHG-05).

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

use crate::account::AccountDelta;
use crate::actor::Actor;
use crate::event::{Event, EventKind};
use crate::exception::{ExceptionInput, ExceptionRejection, ExceptionStatus, OrderException, ReturnedGoods, checked_parts};
use crate::id::ProductId;
use crate::instant::Instant;
use crate::money::Money;
use crate::order::step::{Freed, Part, checked_reason};
use crate::order::{Order, OrderLine, OrderRejection, OrderStatus};
use crate::quantity::Quantity;
use crate::refusal::{Detail, GateRefusal, MissingFact, Refusal};
use crate::shipment::{Shipment, ShipmentLine, ShipmentStatus};

/// How an exception is answered.
#[derive(Clone, Copy, Debug)]
pub struct ExceptionAnswer<'a> {
    /// Redo or give up.
    pub status: ExceptionStatus,
    /// What became of the goods.
    pub goods: ReturnedGoods,
    /// Why.
    pub reason: &'a str,
}

/// What follows from the answer to an exception.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// What is on hand again.
    pub returned: Vec<(ProductId, Quantity)>,
    /// What the stock gets back of reservations.
    pub released: Vec<Freed>,
    /// What moves on the customer's account.
    pub account: AccountDelta,
    /// Nothing of the order would be supplied any more: it is to be cancelled in the same act.
    pub nothing_left: bool,
    /// What happened.
    pub event: Event,
}

impl Order {
    /// What keeps the order from ending while exceptions are open.
    pub(crate) fn exception_gate(&self) -> Option<GateRefusal> {
        let fact =
            MissingFact { fact: "open_exceptions", current: Detail::Int(self.open_exceptions), required: Detail::Int(0), label: None };
        (self.open_exceptions > 0).then(|| GateRefusal {
            code: Cow::Borrowed("order.exception_open"),
            details: vec![("count", Detail::Int(self.open_exceptions))],
            missing: vec![fact],
            override_by: Vec::new(),
            text: None,
        })
    }

    /// Takes all goods of a delivery note back that is on the road; they are nowhere until the exception is answered that is opened with it.
    ///
    /// # Errors
    /// `NotEffective`; `NotOnTheRoad` where it was signed for or turned back already.
    pub fn turn_back<L: DerefMut<Target = OrderLine>, S: DerefMut<Target = ShipmentLine>>(
        &self,
        lines: &mut [L],
        shipment: &mut Shipment,
        shipment_lines: &mut [S],
    ) -> Result<Vec<Part>, Refusal> {
        if self.status != OrderStatus::Effective {
            return Err(OrderRejection::NotEffective { status: self.status }.into());
        }
        if shipment.status != ShipmentStatus::Shipped {
            return Err(ExceptionRejection::NotOnTheRoad { number: shipment.number.clone() }.into());
        }
        shipment.status = ShipmentStatus::Cancelled;
        let mut parts: Vec<Part> = Vec::with_capacity(shipment_lines.len());
        for counted in shipment_lines.iter_mut() {
            counted.refused_micro = counted.quantity_micro;
            let Some(line) = lines.iter_mut().find(|line| line.line_no == counted.order_line_no) else { continue };
            line.delivered_micro += counted.quantity_micro;
            line.refused_micro += counted.quantity_micro;
            match parts.iter_mut().find(|part| part.line_no == counted.order_line_no) {
                Some(part) => part.quantity += counted.quantity_micro,
                None => parts.push(Part { line_no: counted.order_line_no, quantity: counted.quantity_micro }),
            }
        }
        Ok(parts)
    }

    /// Opens an exception; the order is neither closed nor cancelled until it is answered.
    ///
    /// `earlier` are the order's exceptions.
    ///
    /// # Errors
    /// `NotEffective`; `invalid` without a cause, for lines that are unknown or repeated, and quantities that are not above zero or above what can
    /// have gone wrong.
    ///
    /// Source: CHG-05
    pub fn open_exception<L: Deref<Target = OrderLine>, E: Deref<Target = OrderException>>(
        &mut self,
        lines: &[L],
        earlier: &[E],
        input: &ExceptionInput<'_>,
        by: &Actor,
        now: Instant,
    ) -> Result<(OrderException, Event), Refusal> {
        if self.status != OrderStatus::Effective {
            return Err(OrderRejection::NotEffective { status: self.status }.into());
        }
        let line = |line_no: i64| lines.iter().map(|line| &**line).find(|line| line.line_no == line_no);
        let takes_back = |one: &&E| one.is_open() && one.kind.takes_back();
        let pending = |line_no: i64| earlier.iter().filter(takes_back).map(|one| one.of_line(line_no)).sum();
        let parts = checked_parts(input, line, pending)?;

        let exception = OrderException::of(self, input, parts, by, now);
        self.open_exceptions += 1;
        let event = self.event(EventKind::ExceptionOpened).because(&exception.cause);
        let event = event.with("exception", exception.number.clone()).with("kind", exception.kind);
        Ok((exception, event))
    }

    /// Answers an exception.
    ///
    /// Goods that did not stay with the customer count as shipped no more. With redo they are open again; given up they are closed short, and the
    /// customer pays for what is wanted then. [`Answered::nothing_left`] says that the order is to be cancelled with it.
    ///
    /// # Errors
    /// `Answered`; `Billed` where more is billed than stays with the customer; `BelowBilled`, `BelowDiscount`; `invalid` without a reason, or where
    /// what is said of the goods does not fit.
    ///
    /// Source: CHG-05
    pub fn answer_exception<L: DerefMut<Target = OrderLine>>(
        &mut self,
        lines: &mut [L],
        exception: &mut OrderException,
        answer: &ExceptionAnswer<'_>,
        by: &Actor,
        now: Instant,
    ) -> Result<Answered, Refusal> {
        exception.check_answer(answer.goods)?;
        let reason = checked_reason(answer.reason)?;
        let give_up = answer.status == ExceptionStatus::GivenUp;
        let mut after: Vec<OrderLine> = lines.iter().map(|line| (**line).clone()).collect();
        let mut returned = Vec::new();
        for part in exception.parts.iter() {
            let Some(line) = after.iter_mut().find(|line| line.line_no == part.line_no) else { continue };
            let was_complete = line.is_complete();
            if exception.kind.takes_back() {
                take_back(line, part.quantity)?;
                returned.push((line.product_id, part.quantity));
            }
            if give_up {
                give_up_open(line, part.quantity, was_complete, reason);
            }
        }
        let nothing_left = give_up && !exception.parts.is_empty() && after.iter().all(|line| !line.wanted().is_positive());
        if nothing_left {
            // The order is cancelled as a whole: what its lines were ordered for stays written there.
            for (line, before) in after.iter_mut().zip(lines.iter()) {
                line.closed_micro = before.closed_micro;
                line.closed_reason.clone_from(&before.closed_reason);
            }
        }
        let account = self.recount(&mut after, lines, give_up && !nothing_left)?;

        let released = if give_up { release_above(&mut after) } else { Vec::new() };
        for (line, after) in lines.iter_mut().zip(after) {
            **line = after;
        }
        exception.answer(answer.status, answer.goods, reason, by, now);
        self.open_exceptions -= 1;
        self.derive(lines);
        if answer.goods != ReturnedGoods::Good {
            returned.clear();
        }
        let kind = if give_up { EventKind::ExceptionGivenUp } else { EventKind::ExceptionRedone };
        let event = self.event(kind).because(reason).with("exception", exception.number.clone()).with("kind", exception.kind);
        let event = event.with("goods", exception.goods).with("payable", (self.payable_minor, self.currency));
        Ok(Answered { returned, released, account, nothing_left, event })
    }

    /// Counts the money again where what the customer pays for has changed.
    fn recount<L: Deref<Target = OrderLine>>(
        &mut self,
        after: &mut [OrderLine],
        before: &[L],
        give_up: bool,
    ) -> Result<AccountDelta, Refusal> {
        if after.iter().zip(before).all(|(after, before)| after.charged() == before.charged()) {
            return Ok(AccountDelta::default());
        }
        let mut order = self.clone();
        order
            .total_up(&mut after.iter_mut().collect::<Vec<_>>())
            .map_err(|_| OrderRejection::BelowDiscount { discount: (self.discount_minor, self.currency) })?;
        if !give_up {
            order.deposit_minor = self.deposit_minor;
        }
        if order.payable_minor < self.billed_minor {
            let money = |amount: Money| (amount, self.currency);
            return Err(OrderRejection::BelowBilled { payable: money(order.payable_minor), billed: money(self.billed_minor) }.into());
        }
        let account = AccountDelta { open_orders: order.payable_minor - self.payable_minor, ..AccountDelta::default() };
        *self = order;
        Ok(account)
    }
}

/// What was shipped and did not stay counts no more.
fn take_back(line: &mut OrderLine, quantity: Quantity) -> Result<(), ExceptionRejection> {
    line.shipped_micro -= quantity;
    line.delivered_micro -= quantity;
    line.refused_micro -= quantity;
    if line.billed_micro > line.shipped_micro {
        let (billed, kept) = (line.with_unit(line.billed_micro), line.with_unit(line.shipped_micro));
        return Err(ExceptionRejection::Billed { line_no: line.line_no, billed, kept });
    }
    Ok(())
}

/// What is missing of the line is not wanted any more; of a line that was complete all that is missing now.
fn give_up_open(line: &mut OrderLine, quantity: Quantity, was_complete: bool, reason: &str) {
    let missing = (line.wanted() - line.shipped_micro).or_zero();
    let closed = if was_complete { missing } else { missing.min(quantity) };
    if closed.is_positive() {
        line.closed_micro += closed;
        reason.clone_into(&mut line.closed_reason);
    }
}

/// Gives back what lines have reserved above what is still open of them.
fn release_above(lines: &mut [OrderLine]) -> Vec<Freed> {
    let mut released = Vec::new();
    for line in lines {
        let quantity = (line.reserved_micro - line.open_to_ship()).or_zero();
        if quantity.is_positive() {
            line.reserved_micro -= quantity;
            released.push(Freed { line_no: line.line_no, product_id: line.product_id, quantity });
        }
    }
    released
}
