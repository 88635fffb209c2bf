//! A new quotation.

use domain::{Act, Actor, Company, EventKind, Numbered, Quotation, QuotationId, QuotationLine};
use store::rows::QuotationLines;
use store::{Outcome, UnitOfWork};

use super::{QuotationSent, QuotationState, input, moment};
use crate::number;

/// Makes a draft.
///
/// # Errors
/// `denied`; `invalid` with every unknown reference and impossible amount at its field.
///
/// Source: QUO-01, INT-10
pub fn create(work: &mut UnitOfWork, by: &Actor, sent: &QuotationSent) -> Outcome<QuotationState> {
    by.may(Act::CreateQuotation)?;
    let (order, lines) = input::priced(work, by, sent)?;
    let company = work.get::<Company>(work.company())?;
    let at = moment(work)?;
    let number = number::draw(work, Numbered::Quotation, &company, at.today)?;
    let id: QuotationId = work.id();

    let quotation = Quotation::draft(id, &number, &order, &sent.terms, by.user_id, at.now);

    work.fresh::<QuotationLines>(id);
    let event = quotation
        .event(EventKind::QuotationCreated)
        .with("customer", quotation.customer_name.clone())
        .with("payable", (quotation.payable_minor, quotation.currency));
    let quotation = work.add(quotation);
    for line in lines {
        work.add(QuotationLine::of(id, line));
    }
    work.record(by, event);
    Ok(QuotationState::of(&quotation))
}
