//! Saying through which agent a customer orders.

use domain::{Actor, Agent, AgentCustomer, AgentRejection, Company, Customer, CustomerId, EventKind, FieldRule, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::{called, event, load, may_edit};
use crate::order::draft;
use crate::saved::Saved;

/// From today on the customer with this id or code orders through the agent. Saying it again changes nothing.
///
/// # Errors
/// `denied`, `not-found`; `agent.inactive`; `invalid` for an unknown customer, the agent itself, another agent, and one that orders through
/// another agent.
///
/// Source: PTY-06
pub fn assign(work: &mut UnitOfWork, by: &Actor, id: CustomerId, customer: &str) -> Outcome<Saved> {
    may_edit(by)?;
    work.want::<Company>([work.company()]);
    let (agent, file) = load(work, id)?;
    let wrong = |reason: domain::Reason| Refusal::field("/customer_id", reason);
    let Some(end) = crate::customer::by_id_or_code(work, customer)? else {
        return Err(wrong(FieldRule::Unknown { value: customer.to_owned() }.into()).into());
    };
    if !agent.active {
        return Err(AgentRejection::Inactive { agent: called(&file) }.into());
    }
    if end.id == id {
        return Err(wrong(AgentRejection::Itself.into()).into());
    }
    work.want::<AgentCustomer>([end.id]);
    if work.find::<Agent>(end.id)?.is_some() {
        return Err(wrong(AgentRejection::IsAgent { customer: called(&end) }.into()).into());
    }
    let saved = Saved::new(id, agent.version, &file.code);
    if let Some(link) = work.find::<AgentCustomer>(end.id)? {
        if link.agent_id == id {
            return Ok(saved);
        }
        let other = work.get::<Customer>(link.agent_id)?;
        return Err(wrong(AgentRejection::OtherAgent { customer: called(&end), agent: called(&other) }.into()).into());
    }
    let company = work.get::<Company>(work.company())?;
    let since = draft::today(work, &company);
    work.record(by, event(EventKind::AgentCustomerAssigned, &file).with("customer", called(&end)));
    work.add(AgentCustomer { customer_id: end.id, version: Version::FIRST, agent_id: id, since });
    Ok(saved)
}
