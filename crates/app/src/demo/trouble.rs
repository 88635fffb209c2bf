//! What goes wrong with orders of the demo, and what is asked about them.

use domain::{Act, Actor, Asked, ExceptionKind, OrderId, ReturnedGoods, ShipmentId};
use store::rows::OrderExceptions;
use store::{Outcome, UnitOfWork};

use crate::exception::{answer, open};
use crate::order::cancel::Cancel;
use crate::order::{OrderState, ask as asking};

/// A delivery note on its way does not arrive.
pub fn turn_back(work: &mut UnitOfWork, by: &Actor, id: OrderId, note: ShipmentId) -> Outcome<OrderState> {
    let cause = "车辆途中故障，整车返回".to_owned();
    let kind = ExceptionKind::DeliveryCancelled;
    open::open(work, by, id, None, &open::Opening { kind, cause, parts: Vec::new(), shipment: Some(note), attachments: Vec::new() })
}

/// The order's last exception is answered.
pub fn settle(work: &mut UnitOfWork, by: &Actor, id: OrderId, redo: bool) -> Outcome<OrderState> {
    by.may(Act::AnswerException)?;
    let exception = work.of::<OrderExceptions>(id)?.into_iter().last().expect("the story says that something went wrong").id;
    let (goods, why) = if redo {
        (ReturnedGoods::Good, "客户仍然需要，重新安排")
    } else {
        (ReturnedGoods::Damaged, "客户不再需要，余量短交结清")
    };
    let said = answer::Answer { goods, cancel: Cancel::because(why) };
    if redo { answer::redo(work, by, exception, None, &said) } else { answer::give_up(work, by, exception, None, &said) }
}

/// A question lets the order rest; the customer is asked.
pub fn ask(work: &mut UnitOfWork, by: &Actor, id: OrderId, question: &str) -> Outcome<OrderState> {
    asking::ask(work, by, id, None, &Asked { field: String::new(), question: question.to_owned() }, true)
}
