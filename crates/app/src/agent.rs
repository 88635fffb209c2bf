//! Agents and distributors: their terms, the customers that order through them, and what an order keeps of it (PTY-06).

pub mod assign;
pub mod create;
pub mod edit;
pub mod release;

use domain::{Actor, Agency, Agent, AgentCustomer, Customer, CustomerId, Event, EventKind, Order, OrderAgent, OrderId, Refusal};
use store::{Held, Outcome, UnitOfWork};

use crate::customer::follow;

/// Kind of what their events happen to.
pub(crate) const SUBJECT: &str = "agent";

/// What happened to an agent.
pub(crate) fn event(kind: EventKind, file: &Customer) -> Event {
    Event::of(kind, SUBJECT, file.id.raw(), &file.code)
}

/// A customer file in refusals and events.
fn called(file: &Customer) -> String {
    format!("{} {}", file.code, file.name)
}

/// The agent with its customer file.
///
/// # Errors
/// `not-found`.
fn load(work: &mut UnitOfWork, id: CustomerId) -> Outcome<(Held<Agent>, Held<Customer>)> {
    work.want::<Agent>([id]);
    let file = work.get::<Customer>(id)?;
    let agent = work.find::<Agent>(id)?.ok_or_else(|| Refusal::not_found("agent"))?;
    Ok((agent, file))
}

/// Whether people of `agent` may act for `customer` now.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub(crate) fn may_act(work: &mut UnitOfWork, agent: CustomerId, customer: CustomerId) -> Outcome<bool> {
    work.want::<Agent>([agent]);
    let link = work.find::<AgentCustomer>(customer)?.filter(|link| link.agent_id == agent);
    let terms = work.find::<Agent>(agent)?;
    Ok(link.is_some() && terms.is_some_and(|terms| terms.active))
}

/// Asks for what [`keep`] looks at, without leaving.
pub(crate) fn want(work: &mut UnitOfWork, order: OrderId, customer: CustomerId) {
    work.want::<OrderAgent>([order]);
    work.want::<AgentCustomer>([customer]);
}

/// Keeps the agent of an order with the terms of this moment, where its customer orders through one.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: PTY-06
pub(crate) fn keep(work: &mut UnitOfWork, order: &Order) -> Outcome<()> {
    let kept = work.find::<OrderAgent>(order.id)?;
    let agent = of_customer(work, order.customer_id)?;
    let now = agent.map(|agent| OrderAgent {
        order_id: order.id,
        agent_id: agent.customer_id,
        commission_bp: agent.commission_bp,
        basis: agent.basis,
    });
    match (kept, now) {
        (None, None) => {}
        (None, Some(new)) => {
            work.add(new);
        }
        (Some(old), None) => work.remove(&old),
        (Some(mut old), Some(new)) => {
            if *old != new {
                *old = new;
                work.save(&mut old);
            }
        }
    }
    Ok(())
}

/// The active agent that a customer orders through.
fn of_customer(work: &mut UnitOfWork, customer: CustomerId) -> Outcome<Option<Held<Agent>>> {
    let Some(link) = work.find::<AgentCustomer>(customer)? else { return Ok(None) };
    work.want::<Agent>([link.agent_id]);
    let file = follow::current(work, link.agent_id)?;
    Ok(work.find::<Agent>(file.id)?.filter(|agent| agent.active))
}

/// Refuses to make one file of an agent and of a customer that orders through one.
///
/// # Errors
/// `agent.merge`.
pub(crate) fn check_merge(work: &mut UnitOfWork, into: CustomerId, from: CustomerId) -> Outcome<()> {
    let (stays, goes) = (agency(work, into)?, agency(work, from)?);
    Ok(stays.check_merge(goes)?)
}

fn agency(work: &mut UnitOfWork, id: CustomerId) -> Outcome<Agency> {
    work.want::<AgentCustomer>([id]);
    let is_agent = work.find::<Agent>(id)?.is_some();
    Ok(Agency { is_agent, has_agent: work.find::<AgentCustomer>(id)?.is_some() })
}

/// The actor may see and set terms.
pub(crate) fn may_edit(by: &Actor) -> Result<(), Refusal> {
    by.may(domain::Act::EditAgent)
}
