//! What a person or a program says of a quotation.

use domain::{Actor, Order, OrderId, OrderLine, QuotationTerms};
use store::{Outcome, UnitOfWork};

use crate::order::{OrderInput, draft};

/// A quotation as it is sent: what an order says, and what only a quotation says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuotationSent {
    /// To whom, what, and on which terms; its order date is the quotation's day.
    pub order: OrderInput,
    /// Validity, lead time and further terms.
    pub terms: QuotationTerms,
}

/// The order it would be, priced and totalled as an order is.
///
/// # Errors
/// `invalid` with every unknown reference and impossible amount at its field.
///
/// Source: PRC-01, QUO-01
pub(super) fn priced(work: &mut UnitOfWork, by: &Actor, sent: &QuotationSent) -> Outcome<(Order, Vec<OrderLine>)> {
    let named = draft::named(work, &sent.order)?;
    let mut order = draft::head(work, by, OrderId::NONE, &sent.order, &named)?;
    let mut lines = draft::lines(work, &mut order, &sent.order.lines, &named)?;
    order.total_up(&mut lines.iter_mut().collect::<Vec<_>>())?;
    Ok((order, lines))
}
