//! Making a customer file an agent's.

use domain::{
    Actor, Agent, AgentCustomer, AgentRejection, CommissionBasis, Customer, CustomerId, EventKind, FieldError, FieldRule, Rate, Refusal,
    Version,
};
use store::{Held, Outcome, UnitOfWork};

use super::{called, event, may_edit};
use crate::saved::Saved;

/// Terms of an agent.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentTerms {
    /// Share of the net amount.
    pub commission: Rate,
    /// What it is counted by.
    pub basis: CommissionBasis,
    /// What else was agreed.
    pub notes: String,
}

/// Makes the customer with this id or code an agent.
///
/// # Errors
/// `denied`; `invalid` for an unknown customer, one that is an agent already or orders through one, and a rate above 100 %.
///
/// Source: PTY-06
pub fn create(work: &mut UnitOfWork, by: &Actor, customer: &str, terms: &AgentTerms) -> Outcome<Saved> {
    may_edit(by)?;
    let file = crate::customer::by_id_or_code(work, customer)?;
    let agent = Agent {
        customer_id: file.as_ref().map_or(CustomerId::NONE, |file| file.id),
        version: Version::FIRST,
        active: true,
        commission_bp: terms.commission,
        basis: terms.basis,
        notes: terms.notes.clone(),
        created_at: work.now(),
    };
    let mut wrong = Vec::new();
    match &file {
        None => wrong.push(FieldError::new("/customer_id", FieldRule::Unknown { value: customer.to_owned() })),
        Some(file) => wrong.extend(refusal(work, file)?.map(|rejection| FieldError::new("/customer_id", rejection))),
    }
    wrong.extend(agent.check());
    Refusal::unless_valid(wrong)?;
    if let Some(file) = &file {
        let made = event(EventKind::AgentCreated, file).with("customer", file.name.as_str()).with("rate", agent.commission_bp);
        work.record(by, made.with("commission_basis", agent.basis));
    }
    let agent = work.add(agent);
    Ok(Saved::new(agent.customer_id, agent.version, file.as_ref().map_or("", |file| &file.code)))
}

/// Why a customer cannot be an agent.
fn refusal(work: &mut UnitOfWork, file: &Held<Customer>) -> Outcome<Option<AgentRejection>> {
    work.want::<AgentCustomer>([file.id]);
    if work.find::<Agent>(file.id)?.is_some() {
        return Ok(Some(AgentRejection::Already { agent: called(file) }));
    }
    let Some(link) = work.find::<AgentCustomer>(file.id)? else { return Ok(None) };
    let through = work.get::<Customer>(link.agent_id)?;
    Ok(Some(AgentRejection::IsEndCustomer { customer: called(file), agent: called(&through) }))
}
