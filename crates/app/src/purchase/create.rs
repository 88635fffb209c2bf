//! A new purchase order.

use domain::{Act, Actor, Company, EventKind, Numbered, Purchase, PurchaseId};
use store::rows::PurchaseLines;
use store::{Outcome, UnitOfWork};

use super::{PurchaseInput, PurchaseState, input, moment};
use crate::number;

/// Makes a draft, with the supplier's prices and days where nothing else is said.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: PUR-01, INT-10
pub fn create(work: &mut UnitOfWork, by: &Actor, sent: &PurchaseInput) -> Outcome<PurchaseState> {
    by.may(Act::CreatePurchase)?;
    draw_up(work, by, sent)
}

/// The same without asking for a permission: who calls it has decided that it is to be.
///
/// # Errors
/// `invalid` with everything that is wrong at its field.
pub(crate) fn draw_up(work: &mut UnitOfWork, by: &Actor, sent: &PurchaseInput) -> Outcome<PurchaseState> {
    let id: PurchaseId = work.id();
    work.want::<Company>([work.company()]);
    let named = input::named(work, sent)?;
    let company = work.get::<Company>(work.company())?;
    let at = moment(work)?;
    let mut purchase = Purchase::draft(id, (&named.supplier, &named.warehouse), &sent.terms, by.user_id, at);
    let lines = named.lines(&purchase, sent, at.today)?;
    purchase.sum(&lines);
    purchase.number = number::draw(work, Numbered::Purchase, &company, at.today)?;

    work.fresh::<PurchaseLines>(id);
    let event = purchase.event(EventKind::PurchaseCreated).with("total", (purchase.total_minor, purchase.currency));
    let purchase = work.add(purchase);
    for line in lines {
        work.add(line);
    }
    work.record(by, event);
    Ok(PurchaseState::of(&purchase))
}
