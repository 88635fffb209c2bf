//! Redo, or give up: the order, its stock, its credit and its money in one act.

use domain::{
    Act, Actor, Company, ExceptionAnswer, ExceptionId, ExceptionRejection, ExceptionStatus, MovementKind, Order, OrderException, OrderLine,
    ProductId, Quantity, ReturnedGoods, Spot, StockStatus, Version, take_free,
};
use store::rows::OrderLines;
use store::{Held, Outcome, UnitOfWork};

use crate::contract;
use crate::order::cancel::{self, Cancel};
use crate::order::{OrderState, close, draft, load};
use crate::quota;
use crate::reservation;
use crate::saved::on_version;
use crate::stock::{self, Movement};

/// How an exception is answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What became of the goods.
    pub goods: ReturnedGoods,
    /// Why; with what cancelling costs, should nothing be left of the order.
    pub cancel: Cancel,
}

/// Answers with redo: what came back or was not there is to be delivered again, and what is free is reserved for it at once.
///
/// # Errors
/// `Answered`, `Billed`, `BelowBilled`; `stale`; `invalid` without a reason, or where what is said of the goods does not fit.
///
/// Source: CHG-05
pub fn redo(work: &mut UnitOfWork, by: &Actor, id: ExceptionId, version: Option<Version>, said: &Answer) -> Outcome<OrderState> {
    answer(work, by, (id, version), said, ExceptionStatus::Redone)
}

/// Answers with give up: what is missing is closed short; where nothing would be left, the order is cancelled by its rules of cost.
///
/// # Errors
/// As [`redo`]; `NothingLeft` where the order would be cancelled and the caller may not; as [`cancel::cancel`].
///
/// Source: CHG-05, CHG-04
pub fn give_up(work: &mut UnitOfWork, by: &Actor, id: ExceptionId, version: Option<Version>, said: &Answer) -> Outcome<OrderState> {
    answer(work, by, (id, version), said, ExceptionStatus::GivenUp)
}

fn answer(
    work: &mut UnitOfWork,
    by: &Actor,
    (id, version): (ExceptionId, Option<Version>),
    said: &Answer,
    status: ExceptionStatus,
) -> Outcome<OrderState> {
    by.may(Act::AnswerException)?;
    let mut exception = work.get::<OrderException>(id)?;
    on_version(version, exception.version, "exception")?;
    work.want_of::<OrderLines>([exception.order_id]);
    work.want::<Company>([work.company()]);
    let mut order = load::order(work, exception.order_id, None)?;
    let mut lines = work.of::<OrderLines>(order.id)?;
    let company = work.get::<Company>(work.company())?;
    let was = order.supply;
    let sent = ExceptionAnswer { status, goods: said.goods, reason: &said.cancel.reason };

    let answered = order.answer_exception(&mut lines, &mut exception, &sent, by, work.now())?;

    load::count(work, &order, answered.account, false)?;
    reservation::give(work, by, &order, &answered.released)?;
    put_back(work, by, &order, &exception, &answered.returned, said.goods)?;
    work.record(by, answered.event);
    if status == ExceptionStatus::Redone {
        reserve(work, by, &mut order, &mut lines, &exception)?;
    }
    contract::settle(work, &order, &mut lines)?;
    quota::give(work, &order, &lines)?;
    work.save_changed(&mut lines);
    work.save(&mut exception);
    if answered.nothing_left {
        work.save(&mut order);
        by.may(Act::CancelOrder).map_err(|_| ExceptionRejection::NothingLeft)?;
        let state = cancel::cancel(work, by, exception.order_id, None, &said.cancel)?;
        return Ok(if state.made.is_some() { state } else { state.with("exception", exception.id, &exception.number) });
    }
    order.became_ready(was).into_iter().for_each(|event| work.record(by, event));
    let today = draft::today(work, &company);
    if let Some((follow_up, event)) = order.begin_follow_up(work.id(), today, company.follow_up_days) {
        work.add(follow_up);
        work.record(by, event);
    }
    close::by_itself(work, by, &mut order, &mut lines)?;
    work.save(&mut order);
    Ok(OrderState::of(&order).with("exception", exception.id, &exception.number))
}

/// Goods that came back are on hand again, under the exception's number; damaged ones where nobody may have them.
fn put_back(
    work: &mut UnitOfWork,
    by: &Actor,
    order: &Order,
    exception: &OrderException,
    returned: &[(ProductId, Quantity)],
    goods: ReturnedGoods,
) -> Outcome<()> {
    let status = if goods == ReturnedGoods::Damaged { StockStatus::Damaged } else { StockStatus::Free };
    stock::want(work, order.warehouse_id, returned.iter().map(|(product, _)| *product));
    for (product_id, quantity) in returned {
        let movement = Movement {
            product_id: *product_id,
            warehouse_id: order.warehouse_id,
            kind: MovementKind::Return,
            on_hand_delta: *quantity,
            reserved_delta: Quantity::ZERO,
            spot: Spot { status, ..Spot::PLAIN },
            unit_cost: None,
            cause_kind: "exception",
            cause_id: exception.id.raw(),
            note: &exception.number,
        };
        let fits = stock::post(work, by, &movement)?;
        assert!(fits, "adding to what is on hand never takes from what is reserved");
    }
    Ok(())
}

/// What is free is reserved for the lines that are open again.
fn reserve(work: &mut UnitOfWork, by: &Actor, order: &mut Order, lines: &mut [Held<OrderLine>], exception: &OrderException) -> Outcome<()> {
    let mut again: Vec<&mut Held<OrderLine>> =
        lines.iter_mut().filter(|line| exception.of_line(line.line_no).is_positive() && line.open_to_reserve().is_positive()).collect();
    let products: Vec<ProductId> = again.iter().map(|line| line.product_id).collect();
    let mut free = reservation::of_products(work, order, products.into_iter())?;
    let taken = take_free(&mut again.iter_mut().map(|line| &mut ***line).collect::<Vec<_>>(), &mut free);
    reservation::take(work, by, order, &taken)?;
    order.derive(lines);
    Ok(())
}
