//! Closing short: what is still open of a line, or of all, is not supplied any more (CHG-05).

use std::ops::{Deref, DerefMut};

use crate::account::AccountDelta;
use crate::event::{Event, EventKind};
use crate::lifecycle::Verb;
use crate::money::Money;
use crate::order::step::{Freed, Part, checked_reason, give_back};
use crate::order::{Order, OrderLine, OrderRejection, OrderRule};
use crate::quantity::Quantity;
use crate::refusal::{FieldError, Refusal};

/// What follows from closing lines short.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedShort {
    /// How much of which line is given up.
    pub closed: Vec<Part>,
    /// What the stock gets back.
    pub released: Vec<Freed>,
    /// What the customer's account gets back.
    pub account: AccountDelta,
    /// What happened.
    pub event: Event,
}

impl Order {
    /// Whether anything can be closed short.
    ///
    /// # Errors
    /// `NotEffective`; `NothingOpen` where every line is complete; `NothingLeft` where all there is is one line of which nothing is shipped.
    pub fn check_close_short<L: Deref<Target = OrderLine>>(&self, lines: &[L]) -> Result<(), OrderRejection> {
        self.may_move(Verb::CloseShort)?;
        if !lines.iter().any(|line| line.open_to_ship().is_positive()) {
            return Err(OrderRejection::NothingOpen);
        }
        let wanted = lines.iter().filter(|line| line.wanted().is_positive()).count();
        let shipped = lines.iter().any(|line| line.shipped_micro.is_positive());
        if wanted > 1 || shipped { Ok(()) } else { Err(OrderRejection::NothingLeft) }
    }

    /// Gives up what is still open of these lines; of none: of all that have something open.
    ///
    /// What was reserved for it is free again, and the customer pays for what is wanted then; freight and order discount stay as agreed.
    ///
    /// # Errors
    /// `NotEffective`, `NothingOpen`; `NothingLeft` where nothing would be supplied at all, `BelowBilled` where more is billed than would be payable,
    /// `BelowDiscount` where the order discount is more than what is left of the goods; `invalid` for lines that are unknown, repeated or complete, and
    /// without a reason.
    ///
    /// Source: CHG-05
    pub fn close_short<L: DerefMut<Target = OrderLine>>(
        &mut self,
        lines: &mut [L],
        line_nos: &[i64],
        reason: &str,
    ) -> Result<ClosedShort, Refusal> {
        self.check_close_short(lines)?;
        let reason = checked_reason(reason)?;
        let places = open_places(lines, line_nos)?;
        let mut after: Vec<OrderLine> = lines.iter().map(|line| (**line).clone()).collect();
        for place in &places {
            let line = &mut after[*place];
            line.closed_micro += line.open_to_ship();
            reason.clone_into(&mut line.closed_reason);
        }
        if after.iter().all(|line| !line.wanted().is_positive()) {
            return Err(OrderRejection::NothingLeft.into());
        }
        let mut order = self.clone();
        order
            .total_up(&mut after.iter_mut().collect::<Vec<_>>())
            .map_err(|_| OrderRejection::BelowDiscount { discount: (self.discount_minor, self.currency) })?;
        if order.payable_minor < self.billed_minor {
            let money = |amount: Money| (amount, self.currency);
            return Err(OrderRejection::BelowBilled { payable: money(order.payable_minor), billed: money(self.billed_minor) }.into());
        }

        let account = AccountDelta { open_orders: order.payable_minor - self.payable_minor, ..AccountDelta::default() };
        *self = order;
        let before: Vec<Quantity> = lines.iter().map(|line| line.closed_micro).collect();
        let released = give_back(
            &mut after.iter_mut().enumerate().filter(|(place, _)| places.contains(place)).map(|(_, line)| line).collect::<Vec<_>>(),
        );
        for (line, after) in lines.iter_mut().zip(after) {
            **line = after;
        }
        let part = |place: &usize| Part { line_no: lines[*place].line_no, quantity: lines[*place].closed_micro - before[*place] };
        let closed: Vec<Part> = places.iter().map(part).collect();
        self.derive(lines);
        let list: Vec<String> = closed.iter().map(|part| part.line_no.to_string()).collect();
        let event = self.event(EventKind::OrderClosedShort).because(reason).with("lines", list.join(", "));
        let event = event.with("payable", (self.payable_minor, self.currency));
        Ok(ClosedShort { closed, released, account, event })
    }

    /// Whether something is left to bill though every line is billed: freight, or cents of a discount (CHG-05).
    pub fn has_rest_to_bill<L: Deref<Target = OrderLine>>(&self, lines: &[L]) -> bool {
        self.billed_minor < self.payable_minor
            && lines.iter().any(|line| line.billed_micro.is_positive())
            && lines.iter().all(|line| line.billed_micro >= line.charged())
    }
}

/// Places of the lines that are to be closed short.
fn open_places<L: Deref<Target = OrderLine>>(lines: &[L], line_nos: &[i64]) -> Result<Vec<usize>, Refusal> {
    let is_open = |line: &L| line.open_to_ship().is_positive();
    if line_nos.is_empty() {
        return Ok(lines.iter().enumerate().filter(|(_, line)| is_open(line)).map(|(place, _)| place).collect());
    }
    let mut errors = Vec::new();
    let mut places = Vec::with_capacity(line_nos.len());
    for (number, line_no) in line_nos.iter().enumerate() {
        let mut wrong = |rule| errors.push(FieldError::new(format!("/lines/{number}"), rule));
        match lines.iter().position(|line| line.line_no == *line_no) {
            None => wrong(OrderRule::UnknownLine { line_no: *line_no }),
            Some(place) if places.contains(&place) => wrong(OrderRule::RepeatedLine { line_no: *line_no }),
            Some(place) if !is_open(&lines[place]) => wrong(OrderRule::NothingOpen { line_no: *line_no }),
            Some(place) => places.push(place),
        }
    }
    Refusal::unless_valid(errors)?;
    places.sort_unstable();
    Ok(places)
}
