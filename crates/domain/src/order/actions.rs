//! What may be done with an order now, and what stands in the way of the rest.
//!
//! Buttons render this list; nobody else decides a rule. Every entry runs the same checks as the step itself.

use std::ops::Deref;

use crate::actor::Actor;
use crate::approval::{Approval, StandIn, step_for};
use crate::lifecycle::{MOVES, Verb};
use crate::order::{Order, OrderLine, OrderRejection, SubmitFacts};
use crate::refusal::Refusal;

/// Something that may be done with an order, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What.
    pub verb: Verb,
    /// Why not; nothing where it may be done.
    pub refusal: Option<Refusal>,
}

impl Action {
    /// Whether it may be done.
    pub fn allowed(&self) -> bool {
        self.refusal.is_none()
    }
}

/// Every verb of the table for this order and this actor.
///
/// `steps` are the order's approvals; `facts` make submission checked in full, for drafts; `stands_in` are those absent in whose place the actor
/// acts. The company's gates and the customer's credit are asked by who shows the list.
pub fn actions<L: Deref<Target = OrderLine>, A: Deref<Target = Approval>>(
    order: &Order,
    lines: &[L],
    steps: &[A],
    facts: Option<&SubmitFacts<'_>>,
    stands_in: &[StandIn],
    by: &Actor,
) -> Vec<Action> {
    let mut actions = Vec::with_capacity(MOVES.len());
    for row in MOVES {
        let Some(act) = row.act else { continue };
        let refusal = by.may(act).and_then(|()| check(order, lines, steps, facts, stands_in, row.verb, by)).err();
        actions.push(Action { verb: row.verb, refusal });
    }
    actions
}

fn check<L: Deref<Target = OrderLine>, A: Deref<Target = Approval>>(
    order: &Order,
    lines: &[L],
    steps: &[A],
    facts: Option<&SubmitFacts<'_>>,
    stands_in: &[StandIn],
    verb: Verb,
    by: &Actor,
) -> Result<(), Refusal> {
    let some = |wanted: bool, rejection: OrderRejection| if wanted { Ok(()) } else { Err(Refusal::from(rejection)) };
    order.may_move(verb)?;
    match verb {
        Verb::Submit => match facts {
            Some(facts) => Refusal::unless_valid(order.check_submit(lines, facts)),
            None => Ok(()),
        },
        Verb::Review => Ok(order.check_review(by)?),
        Verb::Approve => step_for(order, steps, by, stands_in).map(|_| ()).map_err(Refusal::from),
        Verb::Reserve => {
            let wanted = lines.iter().any(|line| line.open_to_reserve().is_positive());
            some(wanted, OrderRejection::NothingToReserve)
        }
        Verb::Ship => some(lines.iter().any(|line| line.shippable().is_positive()), OrderRejection::NothingToShip),
        Verb::Deliver => some(lines.iter().any(|line| line.to_deliver().is_positive()), OrderRejection::NothingToDeliver),
        Verb::Invoice => {
            let unbilled = lines.iter().any(|line| line.unbilled().is_positive());
            some(unbilled || order.has_rest_to_bill(lines), OrderRejection::NothingToInvoice)
        }
        Verb::RecordPayment => Ok(order.check_payment()?),
        Verb::RecordRefund => Ok(order.check_refund()?),
        Verb::FollowUp | Verb::WaiveFollowUp => Ok(order.check_follow_up(verb)?),
        Verb::CloseShort => Ok(order.check_close_short(lines)?),
        Verb::Close => Refusal::unless_open(order.close_gates(lines)),
        Verb::Void => Refusal::unless_open(order.void_gates()),
        Verb::Cancel => Refusal::unless_open(order.cancel_gates(lines)),
        Verb::SendConfirmation => Ok(order.check_confirmation()?),
        Verb::RecordSignedCopy | Verb::Sign => Ok(order.check_signature(verb)?),
        Verb::Edit
        | Verb::Return
        | Verb::Reject
        | Verb::TakeEffect
        | Verb::Reopen
        | Verb::Hold
        | Verb::Resume
        | Verb::Change
        | Verb::Copy => Ok(()),
    }
}
