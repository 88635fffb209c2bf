//! A changed draft of a rebate agreement.

use domain::{Act, Actor, EventKind, Rebate, RebateId, RebateVerb, Version};
use store::{Outcome, UnitOfWork};

use super::{RebateInput, keep, load, moment};
use crate::saved::Saved;

/// Replaces the content of a draft. Who changed it last does not approve it.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `WrongState`; `invalid` with everything that is wrong at its field.
///
/// Source: PRC-06
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: RebateId, version: Option<Version>, input: &RebateInput) -> Outcome<Saved> {
    by.may(Act::CreateRebate)?;
    let mut rebate = load(work, id, version)?;
    let at = moment(work)?;
    rebate.may(RebateVerb::Edit, at.today, by)?;
    let before = (*rebate).clone();
    let said = input.rebate(work, id, by, at.now)?;
    *rebate = Rebate { version: before.version, created_by: before.created_by, created_at: before.created_at, ..said };
    let event = rebate.event(EventKind::RebateEdited).changing(rebate.changes_from(&before));
    Ok(keep(work, by, rebate, event))
}
