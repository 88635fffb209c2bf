//! Changing the terms of an agent.

use domain::{Actor, CustomerId, EventKind, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::create::AgentTerms;
use super::{event, load, may_edit};
use crate::saved::{Saved, on_version};

/// Changes the terms; orders that were submitted keep theirs. An agent that is not active earns by no new order, and nobody acts for its end
/// customers.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` for a rate above 100 %.
///
/// Source: PTY-06
pub fn edit(
    work: &mut UnitOfWork,
    by: &Actor,
    id: CustomerId,
    version: Option<Version>,
    (terms, active): (&AgentTerms, bool),
) -> Outcome<Saved> {
    may_edit(by)?;
    let (mut agent, file) = load(work, id)?;
    on_version(version, agent.version, "agent")?;
    let before = (*agent).clone();
    agent.commission_bp = terms.commission;
    agent.basis = terms.basis;
    agent.notes.clone_from(&terms.notes);
    agent.active = active;
    Refusal::unless_valid(agent.check())?;
    let changes = agent.changes_from(&before);
    if !changes.is_empty() {
        work.save(&mut agent);
        work.record(by, event(EventKind::AgentEdited, &file).changing(changes));
    }
    Ok(Saved::new(id, agent.version, &file.code))
}
