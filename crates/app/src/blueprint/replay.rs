//! Asking past orders what a draft of the rules would have said, before it goes live (POL-01).
//!
//! The amounts, prices and terms of an order are those it was decided on; what is known of its customer and of what is paid is what is known now.
//! Nothing is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{
    Blueprint, Company, Currency, Customer, CustomerAccount, CustomerId, Date, Facts, GATED, Instant, KeptBlueprint, Language, Money,
    Order, OrderId, OrderLine, OrderStatus, WantedStep, standard_blueprint,
};
use store::query::blueprint::{Past, past};
use store::{Fault, Reader, Store};

/// What a draft would have changed.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// Orders that were asked.
    pub looked_at: i64,
    /// Orders about which something would have been decided differently.
    pub differing: i64,
    /// The day of the oldest order asked.
    pub from: Option<Date>,
    /// The day of the newest.
    pub until: Option<Date>,
    /// By the name of a rule: how many orders it would have asked that were not, and the other way round.
    pub approvals: BTreeMap<String, Shift>,
    /// By the code of a gate: how many orders it would stop that pass now, and the other way round.
    pub gates: BTreeMap<String, Shift>,
    /// The newest of those that differ.
    pub rows: Vec<Differing>,
}

/// How many orders more and fewer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    /// Asked by the draft only.
    pub more: i64,
    /// Asked by the rules it was made under only.
    pub fewer: i64,
}

/// An order about which the draft decides differently.
#[derive(Clone, Debug)]
pub struct Differing {
    /// Which.
    pub id: OrderId,
    /// Its number.
    pub number: String,
    /// Its customer.
    pub customer: String,
    /// When it was ordered.
    pub ordered_on: Date,
    /// Where it stands.
    pub status: OrderStatus,
    /// What the customer pays.
    pub payable: Money,
    /// Of the amount.
    pub currency: Currency,
    /// The rules it was made under.
    pub blueprint_no: i64,
    /// Who approves by the rules it was made under.
    pub before: Vec<String>,
    /// Who would approve by the draft.
    pub after: Vec<String>,
    /// Gates that are shut by the draft only.
    pub shut: Vec<String>,
    /// Gates that are shut by the rules it was made under only.
    pub opened: Vec<String>,
}

/// Orders read at once.
const PAGE: i64 = 500;

/// Differing orders named at the most.
const NAMED: usize = 200;

/// Asks the newest `limit` orders that were submitted what `draft` would have said.
///
/// # Errors
/// Any fault of the database.
///
/// Source: POL-01
pub async fn replay(
    store: &Store,
    company: domain::CompanyId,
    draft: Arc<Blueprint>,
    limit: i64,
    language: Language,
) -> Result<Replay, Fault> {
    let now = store.now();
    let mut replay = Replay::default();
    let mut before = None;
    while replay.looked_at < limit {
        let page = PAGE.min(limit - replay.looked_at);
        let draft = draft.clone();
        let read = store.read(move |reader| {
            let settings = reader.get::<Company>(company, company)?;
            let found = past(reader, company, before, page)?;
            let rules = rules_of(reader, company, &found)?;
            let mut part = Replay::default();
            if let Some(settings) = settings {
                let asker = Asker { settings: &settings, draft: &draft, rules: &rules, now, language };
                found.orders.iter().for_each(|order| asker.ask(order, &found, &mut part));
            }
            Ok((part, found.orders.last().map(|order| order.id)))
        });
        let (part, last) = read.await?;
        let full = part.looked_at == page;
        replay.join(part);
        before = last;
        if !full || last.is_none() {
            break;
        }
    }
    Ok(replay)
}

/// The rules that these orders were made under, by number.
fn rules_of(reader: &Reader<'_>, company: domain::CompanyId, found: &Past) -> Result<BTreeMap<i64, Arc<Blueprint>>, Fault> {
    let mut numbers: Vec<i64> = found.orders.iter().map(|order| order.blueprint_no).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut rules = BTreeMap::new();
    for number in numbers {
        let kept = if number == 0 { None } else { reader.get::<KeptBlueprint>(company, number)? };
        let read = kept.and_then(|kept| kept.content.blueprint().ok()).unwrap_or_else(standard_blueprint);
        rules.insert(number, read);
    }
    Ok(rules)
}

struct Asker<'a> {
    settings: &'a Company,
    draft: &'a Blueprint,
    rules: &'a BTreeMap<i64, Arc<Blueprint>>,
    now: Instant,
    language: Language,
}

impl Asker<'_> {
    fn ask(&self, order: &Order, found: &Past, replay: &mut Replay) {
        let Some(rules) = self.rules.get(&order.blueprint_no) else { return };
        let lines: Vec<&OrderLine> = found.lines.get(&order.id).into_iter().flatten().collect();
        let customer: Option<&Customer> = found.customers.get(&order.customer_id);
        let account: Option<&CustomerAccount> = found.accounts.get::<CustomerId>(&order.customer_id);
        let mut facts = Facts::of(order, self.settings.date_of(self.now), self.now, self.settings.currency);
        facts.take_lines(&lines);
        facts.customer = customer;
        facts.account = account;
        facts.inquiry = order.inquiry_id.and_then(|id| found.inquiries.get(&id));
        facts.contract = order.contract_id.and_then(|id| found.contracts.get(&id));
        replay.looked_at += 1;
        replay.from = Some(replay.from.map_or(order.ordered_on, |from| from.min(order.ordered_on)));
        replay.until = Some(replay.until.map_or(order.ordered_on, |until| until.max(order.ordered_on)));

        let (before, after) = (self.names(rules, &rules.wanted_steps(&facts)), self.names(self.draft, &self.draft.wanted_steps(&facts)));
        let (shut_before, shut_after) = (shut(rules, &facts), shut(self.draft, &facts));
        let only = |a: &[String], b: &[String]| -> Vec<String> { a.iter().filter(|one| !b.contains(one)).cloned().collect() };
        let (more, fewer) = (only(&after, &before), only(&before, &after));
        let (newly_shut, opened) = (only(&shut_after, &shut_before), only(&shut_before, &shut_after));
        if before == after && newly_shut.is_empty() && opened.is_empty() {
            return;
        }
        replay.differing += 1;
        count(&mut replay.approvals, &more, &fewer);
        count(&mut replay.gates, &newly_shut, &opened);
        replay.rows.push(Differing {
            id: order.id,
            number: order.number.clone(),
            customer: order.customer_name.clone(),
            ordered_on: order.ordered_on,
            status: order.status,
            payable: order.payable_minor,
            currency: order.currency,
            blueprint_no: order.blueprint_no,
            before,
            after,
            shut: newly_shut,
            opened,
        });
    }

    /// Names of the rules that ask, in their order.
    fn names(&self, rules: &Blueprint, steps: &[WantedStep]) -> Vec<String> {
        let name = |step: &WantedStep| {
            let rule = rules.approvals.iter().find(|rule| rule.code == step.rule).filter(|rule| !rule.name.is_none());
            rule.map_or_else(|| step.rule.clone(), |rule| rule.name.of(self.language).to_owned())
        };
        steps.iter().map(name).collect()
    }
}

/// Codes of the gates that are shut before any step.
fn shut(rules: &Blueprint, facts: &Facts<'_>) -> Vec<String> {
    let mut codes: Vec<String> =
        GATED.iter().flat_map(|verb| rules.gates_on(*verb)).filter(|g| !g.is_open(facts)).map(|g| g.code.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn count(shifts: &mut BTreeMap<String, Shift>, more: &[String], fewer: &[String]) {
    more.iter().for_each(|name| shifts.entry(name.clone()).or_default().more += 1);
    fewer.iter().for_each(|name| shifts.entry(name.clone()).or_default().fewer += 1);
}

impl Replay {
    fn join(&mut self, other: Replay) {
        self.looked_at += other.looked_at;
        self.differing += other.differing;
        self.from = [self.from, other.from].into_iter().flatten().min();
        self.until = [self.until, other.until].into_iter().flatten().max();
        for (mine, theirs) in [(&mut self.approvals, other.approvals), (&mut self.gates, other.gates)] {
            for (name, shift) in theirs {
                let all = mine.entry(name).or_default();
                all.more += shift.more;
                all.fewer += shift.fewer;
            }
        }
        self.rows.extend(other.rows);
        self.rows.truncate(NAMED);
    }
}
