//! Saying that a customer no longer orders through its agent.

use domain::{Actor, AgentCustomer, AgentRejection, CustomerId, EventKind, FieldRule, Refusal};
use store::{Outcome, UnitOfWork};

use super::{called, event, load, may_edit};
use crate::saved::Saved;

/// The customer with this id or code orders for itself from here on, and nobody of the agent acts for it any more. Orders that were submitted keep
/// their agent.
///
/// # Errors
/// `denied`, `not-found`; `invalid` for a customer that does not order through this agent.
///
/// Source: PTY-06
pub fn release(work: &mut UnitOfWork, by: &Actor, id: CustomerId, customer: &str) -> Outcome<Saved> {
    may_edit(by)?;
    let (agent, file) = load(work, id)?;
    let Some(end) = crate::customer::by_id_or_code(work, customer)? else {
        return Err(Refusal::field("/customer_id", FieldRule::Unknown { value: customer.to_owned() }).into());
    };
    let Some(link) = work.find::<AgentCustomer>(end.id)?.filter(|link| link.agent_id == id) else {
        return Err(Refusal::field("/customer_id", AgentRejection::NotItsCustomer { customer: called(&end) }).into());
    };
    work.remove(&link);
    work.record(by, event(EventKind::AgentCustomerReleased, &file).with("customer", called(&end)));
    Ok(Saved::new(id, agent.version, &file.code))
}
