//! One click from an inquiry to an order.

use domain::{Act, Actor, Change, EventKind, Inquiry, InquiryId, InquiryStatus, Order, OrderId, Version};
use store::{Outcome, UnitOfWork};

use super::{InquiryState, keep, load};
use crate::order::{OrderInput, create};

/// Where the order comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum OrderFrom {
    /// A draft is made, with what was read in the raw words.
    Made(Box<OrderInput>),
    /// A draft that was entered names the inquiry from now on.
    Entered(OrderId),
}

/// Makes a draft of an order that names the inquiry, or lets one name it that was entered already.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `Dropped`; `HasOrder` while an order made from it lives; `invalid` where the customer has no file yet, where the
/// order is no draft of its customer, and as for any order.
///
/// Source: INT-02
pub fn order(work: &mut UnitOfWork, by: &Actor, id: InquiryId, version: Option<Version>, from: &OrderFrom) -> Outcome<InquiryState> {
    by.may(Act::CreateInquiry)?;
    by.may(Act::CreateOrder)?;
    let mut inquiry = load(work, id, version)?;
    let earlier = inquiry.order_id.map_or(Ok(None), |earlier| work.find::<Order>(earlier))?;
    inquiry.may_order(earlier.as_deref(), by)?;
    let order = match from {
        OrderFrom::Made(input) => {
            let input = OrderInput { inquiry_id: Some(id), ..(**input).clone() };
            create::create(work, by, &input, false)?.id
        }
        OrderFrom::Entered(order) => name(work, by, &inquiry, *order)?,
    };

    let event = inquiry.ordered(order);

    Ok(keep(work, by, inquiry, event))
}

/// Lets a draft name the inquiry.
fn name(work: &mut UnitOfWork, by: &Actor, inquiry: &Inquiry, order: OrderId) -> Outcome<OrderId> {
    by.may(Act::EditOrder)?;
    let mut order = work.get::<Order>(order)?;
    inquiry.may_be_named_by(&order)?;
    order.inquiry_id = Some(inquiry.id);
    work.save(&mut order);
    let named = Change::between("inquiry", "", inquiry.number.as_str());
    work.record(by, order.event(EventKind::OrderEdited).changing(named));
    Ok(order.id)
}

/// Asks for the inquiry of a quotation that is ordered.
pub(crate) fn want(work: &mut UnitOfWork, id: Option<InquiryId>) {
    work.want::<Inquiry>(id);
}

/// An order was made by the quotation that was made from the inquiry: it has become that order.
pub(crate) fn by_quotation(work: &mut UnitOfWork, by: &Actor, id: Option<InquiryId>, order: OrderId) -> Outcome<()> {
    let Some(id) = id else { return Ok(()) };
    let mut inquiry = work.get::<Inquiry>(id)?;
    if inquiry.status != InquiryStatus::Dropped {
        let event = inquiry.ordered(order);
        work.save(&mut inquiry);
        work.record(by, event);
    }
    Ok(())
}
