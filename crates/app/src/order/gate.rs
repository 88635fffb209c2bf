//! The company's gates before a step of an order, with overrides.

use std::ops::Deref;
use std::sync::Arc;

use domain::{
    Actor, Blueprint, CancelStage, CancellationRule, Company, Condition, Contract, Customer, CustomerAccount, FactSource, Facts,
    GateRefusal, Inquiry, Order, OrderId, OrderLine, Proving, Refusal, Signature, SlipRule, StandIn, User, Verb, WantedStep,
};
use store::rows::{OrderEvidence, OrderLines, OrderOverrides};
use store::{Held, Outcome, UnitOfWork};

use super::load;
use crate::{absence, blueprint};

/// The rules an order was made under.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn rules(work: &mut UnitOfWork, order: &Order) -> Outcome<Arc<Blueprint>> {
    blueprint::numbered(work, order.blueprint_no)
}

/// What rules ask about, owned, so that the facts can be made from it.
struct Gathered<'s> {
    sources: &'s [FactSource],
    company: Held<Company>,
    customer: Option<Held<Customer>>,
    account: Option<CustomerAccount>,
    proven: Vec<Proving>,
    inquiry: Option<Held<Inquiry>>,
    contract: Option<Held<Contract>>,
}

impl Gathered<'_> {
    fn facts<'a, L: Deref<Target = OrderLine>>(&'a self, work: &UnitOfWork, order: &'a Order, lines: &[L]) -> Facts<'a> {
        let now = work.now();
        let mut facts = Facts::of(order, self.company.date_of(now), now, self.company.currency);
        facts.take(self.sources, lines);
        facts.customer = self.customer.as_deref();
        facts.account = self.account.as_ref();
        facts.proven = &self.proven;
        facts.inquiry = self.inquiry.as_deref();
        facts.contract = self.contract.as_deref();
        facts
    }
}

fn gather<'s>(work: &mut UnitOfWork, order: &Order, sources: &'s [FactSource], proofs: bool) -> Outcome<Gathered<'s>> {
    work.want::<Company>([work.company()]);
    let customer = if sources.contains(&FactSource::Customer) { Some(work.get::<Customer>(order.customer_id)?) } else { None };
    let account = if sources.contains(&FactSource::Account) { Some(load::account(work, order.customer_id)?) } else { None };
    let proven = if proofs { proven(work, order)? } else { Vec::new() };
    let inquiry = match order.inquiry_id.filter(|_| sources.contains(&FactSource::Inquiry)) {
        Some(id) => work.find::<Inquiry>(id)?,
        None => None,
    };
    let contract = match order.contract_id.filter(|_| sources.contains(&FactSource::Contract)) {
        Some(id) => work.find::<Contract>(id)?,
        None => None,
    };
    Ok(Gathered { sources, company: work.get::<Company>(work.company())?, customer, account, proven, inquiry, contract })
}

/// What is proven for the order, and by whom.
fn proven(work: &mut UnitOfWork, order: &Order) -> Outcome<Vec<Proving>> {
    let evidence = work.of::<OrderEvidence>(order.id)?;
    Ok(evidence
        .iter()
        .filter(|one| one.satisfies(&one.proves))
        .map(|one| Proving { code: one.proves.clone(), by: one.created_by })
        .collect())
}

/// The company's gates before a step that are shut. A gate that was overridden lets the order through once.
///
/// # Errors
/// What the step refuses whatever the gates say; leaves when something is not loaded yet.
pub fn shut<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L], verb: Verb) -> Outcome<Vec<GateRefusal>> {
    order.may_move(verb)?;
    shut_checked(work, order, lines, verb)
}

fn shut_checked<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L], verb: Verb) -> Outcome<Vec<GateRefusal>> {
    let rules = rules(work, order)?;
    if !rules.has_gates_on(verb) {
        return Ok(Vec::new());
    }
    let gathered = gather(work, order, rules.gate_sources(verb), rules.asks_for_proof(verb))?;
    let shut = rules.shut(verb, &gathered.facts(work, order, lines));
    if shut.is_empty() {
        return Ok(shut);
    }
    let mut overrides = work.of::<OrderOverrides>(order.id)?;
    let now = work.now();
    let mut left = Vec::new();
    for gate in shut {
        match overrides.iter_mut().find(|done| done.opens(&gate.code, verb)) {
            Some(done) => {
                done.used_at = Some(now);
                work.save(done);
            }
            None => left.push(gate),
        }
    }
    Ok(left)
}

/// Goes on only where no gate of the company is shut.
///
/// # Errors
/// `gate-refused` with every gate that is shut and not overridden; what the step refuses whatever the gates say.
pub fn pass<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L], verb: Verb) -> Outcome<()> {
    Ok(Refusal::unless_open(shut(work, order, lines, verb)?)?)
}

/// As `pass`, for a step whose move was made already.
///
/// # Errors
/// `gate-refused` with every gate that is shut and not overridden.
pub fn pass_checked<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L], verb: Verb) -> Outcome<()> {
    Ok(Refusal::unless_open(shut_checked(work, order, lines, verb)?)?)
}

/// Why a gate of a step is shut now, whoever overrode it.
///
/// # Errors
/// Leaves when something is not loaded yet.
pub fn refusal<L: Deref<Target = OrderLine>>(
    work: &mut UnitOfWork,
    order: &Order,
    lines: &[L],
    verb: Verb,
    code: &str,
) -> Outcome<Option<GateRefusal>> {
    let rules = rules(work, order)?;
    let gathered = gather(work, order, rules.gate_sources(verb), rules.asks_for_proof(verb))?;
    let facts = gathered.facts(work, order, lines);
    Ok(rules.gate(code).and_then(|gate| gate.refusal(&facts, &rules)))
}

/// What must be at hand before `holds` is asked about orders that are loaded: all of it is asked for at once.
///
/// # Errors
/// Leaves when an order is not loaded yet.
pub fn want(work: &mut UnitOfWork, orders: &[OrderId], condition: &Condition) -> Outcome<()> {
    let sources = condition.sources();
    if FactSource::read_lines(&sources) {
        work.want_of::<OrderLines>(orders.iter().copied());
    }
    if !condition.proofs().is_empty() {
        work.want_of::<OrderEvidence>(orders.iter().copied());
    }
    let (mut customers, mut inquiries, mut contracts) = (Vec::new(), Vec::new(), Vec::new());
    for id in orders {
        let Some(order) = work.find::<Order>(*id)? else { continue };
        customers.push(order.customer_id);
        inquiries.extend(order.inquiry_id);
        contracts.extend(order.contract_id);
    }
    if sources.contains(&FactSource::Inquiry) {
        work.want::<Inquiry>(inquiries);
    }
    if sources.contains(&FactSource::Contract) {
        work.want::<Contract>(contracts);
    }
    if sources.contains(&FactSource::Customer) {
        work.want::<Customer>(customers.iter().copied());
    }
    if sources.contains(&FactSource::Account) {
        work.want::<CustomerAccount>(customers);
    }
    Ok(())
}

/// Whether a condition holds for an order as it stands; nothing where what it asks is not known.
///
/// # Errors
/// Leaves when something is not loaded yet.
pub fn holds(work: &mut UnitOfWork, order: &Order, condition: &Condition) -> Outcome<Option<bool>> {
    let sources = condition.sources();
    let lines = if FactSource::read_lines(&sources) { work.of::<OrderLines>(order.id)? } else { Vec::new() };
    let gathered = gather(work, order, &sources, !condition.proofs().is_empty())?;
    Ok(condition.holds(&gathered.facts(work, order, &lines)))
}

/// The signatures that the order's rules ask for.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: APR-03
pub fn wanted_steps<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L]) -> Outcome<Vec<WantedStep>> {
    let rules = rules(work, order)?;
    let gathered = gather(work, order, rules.approval_sources(), rules.approval_asks_for_proof())?;
    Ok(rules.wanted_steps(&gathered.facts(work, order, lines)))
}

/// Whether the order's rules ask the customer to sign its confirmation, and how the promised date slips until then.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: CNF-03, CNF-04
pub fn signature<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L]) -> Outcome<(Signature, SlipRule)> {
    let rules = rules(work, order)?;
    let Some(rule) = &rules.confirmation else { return Ok((Signature::None, SlipRule::None)) };
    let sources = rule.sources();
    let gathered = gather(work, order, &sources, rule.asks_for_proof())?;
    Ok((rule.signature(&gathered.facts(work, order, lines)), rule.slip))
}

/// The rule that says what cancelling the order costs at this stage.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: CHG-04
pub fn cancellation<L: Deref<Target = OrderLine>>(
    work: &mut UnitOfWork,
    order: &Order,
    lines: &[L],
    stage: CancelStage,
) -> Outcome<Option<CancellationRule>> {
    let rules = rules(work, order)?;
    if rules.cancellations.is_empty() {
        return Ok(None);
    }
    let sources = rules.cancellation_sources();
    let gathered = gather(work, order, &sources, rules.cancellation_asks_for_proof())?;
    Ok(rules.cancellation(stage, &gathered.facts(work, order, lines)).cloned())
}

/// In whose place the caller may sign today.
///
/// # Errors
/// Leaves when something is not loaded yet.
pub fn stands_in(work: &mut UnitOfWork, by: &Actor) -> Outcome<Vec<StandIn>> {
    let company = work.get::<Company>(work.company())?;
    let day = company.date_of(work.now());
    let absent = absence::stands_in_for(work, by.user_id, day)?;
    let users = work.all::<User>(&absent)?;
    Ok(users.into_iter().map(|user| StandIn { user_id: user.id, roles: user.roles.clone() }).collect())
}
