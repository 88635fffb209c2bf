//! Changing a draft of a quotation.

use domain::{Act, Actor, EventKind, QuotationId, QuotationLine, QuotationVerb, Version};
use store::rows::QuotationLines;
use store::{Outcome, UnitOfWork};

use super::{QuotationSent, QuotationState, input, keep, load, moment};

/// Replaces the content of a draft.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotDraft`; `invalid` with everything that is wrong at its field.
///
/// Source: QUO-01
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: QuotationId, version: Option<Version>, sent: &QuotationSent) -> Outcome<QuotationState> {
    by.may(Act::CreateQuotation)?;
    work.want_of::<QuotationLines>([id]);
    let mut quotation = load(work, id, version)?;
    let at = moment(work)?;
    quotation.may(QuotationVerb::Edit, at.today, by)?;
    let before = work.of::<QuotationLines>(id)?;
    let (order, lines) = input::priced(work, by, sent)?;

    let old = (*quotation).clone();
    quotation.fill(&order, &sent.terms);

    for gone in before.iter().filter(|line| line.line_no > quotation.line_count) {
        work.remove(gone);
    }
    for line in lines {
        let line = QuotationLine::of(id, line);
        match before.iter().find(|known| known.line_no == line.line_no) {
            Some(known) if **known == line => {}
            Some(known) => {
                let mut known = known.clone();
                *known = line;
                work.save(&mut known);
            }
            None => {
                work.add(line);
            }
        }
    }
    let event = quotation.event(EventKind::QuotationEdited).changing(quotation.changes_from(&old));
    Ok(keep(work, by, quotation, event))
}
