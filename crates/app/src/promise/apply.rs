//! A proposal of new promises becomes what customers are promised.

use std::collections::BTreeMap;

use domain::promise::{Confirmed, OpenLine, Proposal, Segment, SupplyKind, SupplySource, Timeline, repromise};
use domain::{
    Act, Actor, Company, CompanyId, Date, Instant, OrderId, OrderSchedule, ProductId, PromiseRejection, PromisedDates, WarehouseId,
};
use serde::{Deserialize, Serialize};
use store::query::promise as query;
use store::query::schedule::{self, Scheduled, World};
use store::{Failure, Outcome, UnitOfWork, rows};

use super::follow::{Plan, short, write};
use super::{Mark, NAME, rate, take};
use crate::App;

/// Orders whose promises are set anew at once.
pub const MOST: usize = 500;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Orders whose promises are other ones now.
    pub orders: usize,
    /// Orders that are left: applying again goes on with them.
    pub left: usize,
}

/// Everything a run looks at.
pub struct Run {
    mark: Mark,
    today: Date,
    now: Instant,
    /// The lines, with what is shown of them.
    pub lines: Vec<query::OpenRow>,
    /// What is proposed for each.
    pub proposals: Vec<Proposal>,
    world: World,
    /// What comes where, by place in the world.
    comes: BTreeMap<(ProductId, WarehouseId), Vec<usize>>,
}

/// Promises open lines again; writes nothing.
///
/// # Errors
/// Any fault of the database.
///
/// Source: PRM-04
pub async fn run(app: &App, company: CompanyId, product: Option<ProductId>, segments: Vec<Segment>) -> Result<Run, Failure> {
    let now = app.store.now();
    let read = app.store.read(move |reader| {
        let mark = Mark::of(reader.get::<rows::Follower>(company, NAME.to_owned())?.as_ref());
        let found = reader.get::<Company>(company, company)?;
        let today = found.map_or_else(|| now.date_in("UTC").expect("UTC is a zone"), |company| company.date_of(now));
        let lines = query::open_lines(reader, company, product, today)?;
        let mut products: Vec<ProductId> = lines.iter().map(|line| line.line.product_id).collect();
        products.sort_unstable();
        products.dedup();
        let mut world = schedule::gather(reader, company, &products, today)?;
        world.events.owed.extend(query::held(reader, company, &products, today)?);
        Ok((mark, today, lines, world))
    });
    let (mark, today, mut lines, world) = read.await?;
    for row in &mut lines {
        let way = world.roads.route(row.line.warehouse_id, Some(row.customer.0));
        row.line.needed_on = way.backward(row.line.needed_on.plus_days(-row.slack_days)).map_or(row.line.needed_on, |dates| dates.ready_on);
    }
    let mut comes: BTreeMap<(ProductId, WarehouseId), Vec<usize>> = BTreeMap::new();
    for (at, coming) in world.events.coming.iter().enumerate() {
        comes.entry((coming.product_id, coming.warehouse_id)).or_default().push(at);
    }
    let timelines: BTreeMap<(ProductId, WarehouseId), Timeline> = world.events.clone().timelines(today);
    let open: Vec<OpenLine> = lines.iter().map(|line| line.line.clone()).collect();
    let proposals = repromise(&timelines, &open, &segments, today);
    Ok(Run { mark, today, now, lines, proposals, world, comes })
}

/// What is to be written.
pub struct Prepared {
    mark: Mark,
    plans: Vec<Plan>,
    left: usize,
}

/// Works out what applying a run means, for so many orders at once.
///
/// # Errors
/// `promise.nothing` where nothing would change; any fault of the database.
///
/// Source: PRM-04
pub async fn prepare(app: &App, company: CompanyId, run: Run) -> Result<Prepared, Failure> {
    let mut wanted: BTreeMap<OrderId, Vec<usize>> = BTreeMap::new();
    for (at, proposal) in run.proposals.iter().enumerate().filter(|(_, proposal)| proposal.before != proposal.after) {
        wanted.entry(OrderId::from_raw(proposal.source.id)).or_default().push(at);
    }
    if wanted.is_empty() {
        return Err(Failure::Refused(PromiseRejection::Nothing.into()));
    }
    let left = wanted.len().saturating_sub(MOST);
    let ids: Vec<OrderId> = wanted.keys().copied().take(MOST).collect();
    let orders = app.store.read(move |reader| schedule::orders(reader, company, &ids)).await?;
    let plans = orders.iter().map(|one| run.plan(one, &wanted[&one.order.id])).collect();
    Ok(Prepared { mark: run.mark, plans, left })
}

/// Writes what was worked out; the day a customer was told moves only where it has to, and only then an event tells it.
///
/// # Errors
/// `denied`; `promise.moved` where orders or supply moved meanwhile; nothing is written then.
///
/// Source: PRM-04
pub fn apply(work: &mut UnitOfWork, by: &Actor, prepared: &Prepared) -> Outcome<Applied> {
    by.may(Act::ApplyPromise)?;
    take(work, prepared.mark, prepared.mark.position)?;
    let orders = write(work, by, &prepared.plans)?;
    Ok(Applied { orders, left: prepared.left })
}

impl Run {
    fn plan(&self, one: &Scheduled, places: &[usize]) -> Plan {
        let way = self.world.roads.route(one.order.warehouse_id, Some(one.order.customer_id));
        let mut parts: Vec<OrderSchedule> = Vec::new();
        for line in &one.lines {
            let before = one.parts.iter().filter(|part| part.line_no == line.line_no);
            let Some(at) = places.iter().find(|at| self.proposals[**at].source.line_no == line.line_no) else {
                parts.extend(before.cloned());
                continue;
            };
            let wanted_on = line.required_on.or(one.order.required_on);
            for (no, after) in (1..).zip(&self.proposals[*at].after) {
                let dates = way.forward(after.on);
                let arrive_on = dates.map_or(after.on, |dates| dates.arrive_on);
                let source = self.source(line.product_id, one.order.warehouse_id, after);
                let template = before.clone().next();
                parts.push(OrderSchedule {
                    order_id: one.order.id,
                    line_no: line.line_no,
                    part_no: no,
                    product_id: line.product_id,
                    warehouse_id: one.order.warehouse_id,
                    quantity_micro: after.quantity,
                    ready_on: after.on,
                    ship_on: dates.map_or(after.on, |dates| dates.ship_on),
                    arrive_on,
                    promised_on: wanted_on.unwrap_or(arrive_on).max(arrive_on.plus_days(one.slack_days)),
                    supply: source.kind,
                    supply_id: source.id,
                    supply_number: source.number,
                    constraint_code: template
                        .and_then(|part| part.constraint_code)
                        .filter(|_| wanted_on.is_some_and(|day| day < arrive_on)),
                    jeopardy: domain::promise::Jeopardy::Safe,
                    jeopardy_reason: domain::promise::JeopardyReason::Room,
                    chance: domain::Rate::ZERO,
                    promised_at: self.now,
                });
            }
        }
        let risks = rate::rate(&self.world, parts.iter(), self.today);
        parts.iter_mut().zip(&risks).for_each(|(part, risk)| part.rate(risk));
        Plan {
            order_id: one.order.id,
            version: one.order.version,
            before: PromisedDates::of(&one.parts),
            short: one.lines.iter().any(|line| short(&one.order, line).is_positive()),
            changes: parts != one.parts,
            parts,
        }
    }

    /// What brings the last of what is ready on a day.
    fn source(&self, product: ProductId, warehouse: WarehouseId, part: &Confirmed) -> SupplySource {
        let there = self.comes.get(&(product, warehouse)).into_iter().flatten().map(|at| &self.world.events.coming[*at]);
        let last = there.filter(|coming| coming.supply.on <= part.on).max_by_key(|coming| coming.supply.on);
        last.map_or(SupplySource { kind: SupplyKind::Plan, id: 0, number: String::new() }, |coming| coming.supply.source.clone())
    }
}
