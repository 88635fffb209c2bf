//! Changing a draft of a purchase order.

use domain::{Act, Actor, EventKind, PurchaseId, PurchaseVerb, Version};
use store::{Outcome, UnitOfWork};

use super::{PurchaseInput, PurchaseState, input, load, moment};

/// Replaces the content of a draft.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotDraft`; `invalid` with everything that is wrong at its field.
///
/// Source: PUR-01
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: PurchaseId, version: Option<Version>, sent: &PurchaseInput) -> Outcome<PurchaseState> {
    by.may(Act::CreatePurchase)?;
    let (mut purchase, before) = load(work, id, version)?;
    purchase.may(PurchaseVerb::Edit, by)?;
    let named = input::named(work, sent)?;
    let at = moment(work)?;

    let old = (*purchase).clone();
    purchase.fill((&named.supplier, &named.warehouse), &sent.terms);
    let lines = named.lines(&purchase, sent, at.today)?;
    purchase.sum(&lines);

    let mut lines_changed = before.iter().filter(|line| line.line_no > purchase.line_count).count();
    for gone in before.iter().filter(|line| line.line_no > purchase.line_count) {
        work.remove(gone);
    }
    for line in lines {
        match before.iter().find(|known| known.line_no == line.line_no) {
            Some(known) if **known == line => {}
            Some(known) => {
                lines_changed += 1;
                let mut known = known.clone();
                *known = line;
                work.save(&mut known);
            }
            None => {
                lines_changed += 1;
                work.add(line);
            }
        }
    }
    work.save(&mut purchase);
    let event = purchase.event(EventKind::PurchaseEdited).with("lines_changed", lines_changed).changing(purchase.changes_from(&old));
    work.record(by, event);
    Ok(PurchaseState::of(&purchase))
}
