//! Changing a draft of a contract.

use domain::{Act, Actor, ContractId, ContractVerb, EventKind, Version};
use store::rows::ContractLines;
use store::{Outcome, UnitOfWork};

use super::{ContractSent, ContractState, input, keep, load, moment};

/// Replaces the content of a draft. Who changed it last does not put it in force.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotDraft`; `invalid` with everything that is wrong at its field.
///
/// Source: QUO-02
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: ContractId, version: Option<Version>, sent: &ContractSent) -> Outcome<ContractState> {
    by.may(Act::CreateContract)?;
    work.want_of::<ContractLines>([id]);
    let mut contract = load(work, id, version)?;
    let at = moment(work)?;
    contract.may(ContractVerb::Edit, at.today, by)?;
    let before = work.of::<ContractLines>(id)?;
    let named = input::named(work, id, sent)?;

    let old = (*contract).clone();
    contract.fill(&named.customer, &sent.terms);
    contract.edited_by = by.user_id;
    input::check(&contract, &named.lines)?;
    contract.line_count = i64::try_from(named.lines.len()).unwrap_or(i64::MAX);

    for gone in before.iter().filter(|line| line.line_no > contract.line_count) {
        work.remove(gone);
    }
    let mut lines_changed = 0_i64;
    for line in named.lines {
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
    let event = contract.event(EventKind::ContractEdited).with("lines_changed", lines_changed).changing(contract.changes_from(&old));
    Ok(keep(work, by, contract, event))
}
