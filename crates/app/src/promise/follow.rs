//! The follower that promises what orders lack, and keeps known how sure it is.

use std::collections::{BTreeMap, BTreeSet};

use domain::promise::{Demand, DemandKind, DemandSource, Split, Timeline, Wish, promise};
use domain::{
    Actor, Company, CompanyId, Date, EventKind, Order, OrderId, OrderLine, OrderSchedule, ProductId, PromisedDates, Quantity, Version,
    WarehouseId, schedule_stands, scheduled,
};
use store::query::event;
use store::query::promise::Owed;
use store::query::schedule::{self, Scheduled, Touched, World};
use store::rows::{self, OrderSchedules};
use store::{Failure, Held, Outcome, UnitOfWork};

use super::{Mark, NAME, rate, take, timelines};
use crate::App;
use crate::follow::product;

/// Events looked at in one transaction.
const BATCH: i64 = 200;

/// The key of the day on which every promise was looked at last.
const DAY: &str = "promise-day";

/// Happenings to orders after which they may lack another quantity, or none.
const OF_ORDERS: &[EventKind] = &[
    EventKind::OrderSubmitted,
    EventKind::OrderImported,
    EventKind::OrderReturned,
    EventKind::OrderTermsProposed,
    EventKind::OrderTookEffect,
    EventKind::OrderRejected,
    EventKind::OrderVoided,
    EventKind::OrderCancelled,
    EventKind::OrderReserved,
    EventKind::OrderReady,
    EventKind::ReservationsExpired,
    EventKind::ReservationMoved,
    EventKind::OrderShipped,
    EventKind::OrderChanged,
    EventKind::OrderClosedShort,
    EventKind::ExceptionRedone,
    EventKind::ExceptionGivenUp,
    EventKind::OrderClosed,
    EventKind::OrderReopened,
    EventKind::OrderSlackAgreed,
];

/// What becomes of one order.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub order_id: OrderId,
    pub version: Version,
    pub before: Option<PromisedDates>,
    pub parts: Vec<OrderSchedule>,
    /// Whether it lacks goods.
    pub short: bool,
    /// Whether parts or days change at all.
    pub changes: bool,
}

/// Promises what has come to be short, and looks at how sure everything is that rests on supply that moved; answers with how many events that were.
///
/// # Errors
/// Why it could not be read or written.
///
/// Source: PRM-01, PRM-08
pub async fn catch_up(app: &App, company: CompanyId) -> Result<usize, Failure> {
    let mut all = 0;
    loop {
        let now = app.store.now();
        let read = app.store.read(move |reader| {
            let mark = Mark::of(reader.get::<rows::Follower>(company, NAME.to_owned())?.as_ref());
            let events = event::behind(reader, company, mark.position, BATCH)?;
            let Some(last) = events.last().map(|event| event.position) else { return Ok(None) };
            let found = reader.get::<Company>(company, company)?;
            let today = found.map_or_else(|| now.date_in("UTC").expect("UTC is a zone"), |company| company.date_of(now));
            let touched = Touched::by(&events, |kind| OF_ORDERS.iter().any(|known| known.as_str() == kind));
            let world = if touched.is_empty() { World::default() } else { schedule::world(reader, company, &touched, today)? };
            Ok(Some((mark, last, events.len(), today, world)))
        });
        let Some((mark, last, count, today, world)) = read.await? else { break };
        let plans = plans(&world, today, now);
        let rated = rated(&world, today);
        let actor = product(company);
        app.store
            .write(company, move |work| {
                take(work, mark, last)?;
                write(work, &actor, &plans)?;
                rate_others(work, &rated)
            })
            .await?;
        all += count;
    }
    each_day(app, company).await?;
    Ok(all)
}

/// Looks once a day at how sure every promise is: what has not come is a day later.
async fn each_day(app: &App, company: CompanyId) -> Result<(), Failure> {
    let now = app.store.now();
    let read = app.store.read(move |reader| {
        let Some(found) = reader.get::<Company>(company, company)? else { return Ok(None) };
        let today = found.date_of(now);
        let day = Date::parse("1970-01-01").map_or(0, |first| first.days_until(today));
        let seen = reader.get::<rows::Follower>(company, DAY.to_owned())?.map_or(0, |row| row.position);
        if seen == day {
            return Ok(None);
        }
        Ok(Some((day, today, schedule::every(reader, company, today)?)))
    });
    let Some((day, today, world)) = read.await? else { return Ok(()) };
    let rated = rated(&world, today);
    for some in rated.chunks(1000).map(<[OrderSchedule]>::to_vec) {
        app.store.write(company, move |work| rate_others(work, &some)).await?;
    }
    app.store
        .write(company, move |work| {
            match work.find::<rows::Follower>(DAY.to_owned())? {
                Some(mut row) => {
                    row.position = day;
                    work.save(&mut row);
                }
                None => {
                    work.add(rows::Follower { name: DAY.to_owned(), version: Version::FIRST, position: day });
                }
            }
            Ok(())
        })
        .await
}

/// What a line lacks and has to be promised: nothing where its order needs no goods.
pub(super) fn short(order: &Order, line: &OrderLine) -> Quantity {
    if order.needs_goods() { line.open_to_reserve().or_zero() } else { Quantity::ZERO }
}

/// What becomes of the orders: parts that stand stay, the others are promised in the order in which the orders come, each after what those before it took.
fn plans(world: &World, today: Date, now: domain::Instant) -> Vec<Plan> {
    let stands = |one: &Scheduled, line: &OrderLine| {
        let parts: Vec<OrderSchedule> = one.parts.iter().filter(|part| part.line_no == line.line_no).cloned().collect();
        schedule_stands(line, one.order.warehouse_id, short(&one.order, line), &parts, one.slack_days)
    };
    let all = world.orders.iter().flat_map(|one| one.lines.iter().map(move |line| (one, line)));
    let moving: BTreeSet<(i64, i64)> =
        all.filter(|(one, line)| !stands(one, line)).map(|(one, line)| (one.order.id.raw(), line.line_no)).collect();
    let counts = |owed: &Owed| {
        let source = &owed.demand.source;
        source.kind != DemandKind::Order || !moving.contains(&(source.id, source.line_no))
    };
    let mut timelines = timelines(&world.events.coming, &world.events.owed, counts, today);
    let mut plans = Vec::with_capacity(world.orders.len());
    for one in &world.orders {
        let mut parts = Vec::new();
        for line in &one.lines {
            let lacks = short(&one.order, line);
            if !moving.contains(&(one.order.id.raw(), line.line_no)) {
                parts.extend(one.parts.iter().filter(|part| part.line_no == line.line_no).cloned());
            } else if lacks.is_positive() {
                parts.extend(promised(world, &mut timelines, (one, line, lacks), (today, now)));
            }
        }
        let risks = rate::rate(world, parts.iter(), today);
        parts.iter_mut().zip(&risks).for_each(|(part, risk)| part.rate(risk));
        plans.push(Plan {
            order_id: one.order.id,
            version: one.order.version,
            before: PromisedDates::of(&one.parts),
            short: one.lines.iter().any(|line| short(&one.order, line).is_positive()),
            changes: parts != one.parts,
            parts,
        });
    }
    plans
}

fn promised(
    world: &World,
    timelines: &mut BTreeMap<(ProductId, WarehouseId), Timeline>,
    what: (&Scheduled, &OrderLine, Quantity),
    when: (Date, domain::Instant),
) -> Vec<OrderSchedule> {
    let (one, line, lacks) = what;
    let Some(product) = world.products.get(&line.product_id) else { return Vec::new() };
    let place = (line.product_id, one.order.warehouse_id);
    let timeline = timelines.entry(place).or_insert_with(|| Timeline::new(when.0, [], []));
    let wanted_on = line.required_on.or(one.order.required_on).filter(|day| *day >= when.0);
    let wish = Wish { split: Split::Parts(Split::MOST), slack_days: one.slack_days, ..Wish::whole(lacks, wanted_on) };
    let way = world.roads.route(one.order.warehouse_id, Some(one.order.customer_id));
    let found = promise(timeline, &way, world.roads.make(product).as_ref(), &wish);
    let source = DemandSource { kind: DemandKind::Order, id: one.order.id.raw(), line_no: line.line_no, number: one.order.number.clone() };
    found.demands(&source, 0).into_iter().for_each(|demand: Demand| timeline.add_demand(demand));
    scheduled((one.order.id, one.order.warehouse_id), line, &found, when.1)
}

/// Schedules of orders nothing happened to, that are surer or less sure than before.
fn rated(world: &World, today: Date) -> Vec<OrderSchedule> {
    let risks = rate::rate(world, world.others.iter(), today);
    let mut all: Vec<OrderSchedule> = Vec::new();
    for (part, risk) in world.others.iter().zip(&risks) {
        let mut rated = part.clone();
        rated.rate(risk);
        if rated != *part {
            all.push(rated);
        }
    }
    all
}

/// Writes how sure these are, of those that still say the same.
fn rate_others(work: &mut UnitOfWork, rated: &[OrderSchedule]) -> Outcome<()> {
    work.want::<OrderSchedule>(rated.iter().map(|part| (part.order_id, part.line_no, part.part_no)));
    for part in rated {
        let Some(mut held) = work.find::<OrderSchedule>((part.order_id, part.line_no, part.part_no))? else { continue };
        if (held.ready_on, held.quantity_micro, held.supply_id) == (part.ready_on, part.quantity_micro, part.supply_id) {
            (held.jeopardy, held.jeopardy_reason, held.chance) = (part.jeopardy, part.jeopardy_reason, part.chance);
            work.save(&mut held);
        }
    }
    Ok(())
}

/// Writes the schedules of orders that have not moved since; who has moved comes again with the event of that.
pub(super) fn write(work: &mut UnitOfWork, by: &Actor, plans: &[Plan]) -> Outcome<usize> {
    let changing: Vec<&Plan> = plans.iter().filter(|plan| plan.changes).collect();
    if changing.is_empty() {
        return Ok(0);
    }
    work.want::<Order>(changing.iter().map(|plan| plan.order_id));
    work.want_of::<OrderSchedules>(changing.iter().map(|plan| plan.order_id));
    let set = work.get::<Company>(work.company())?.promise_dates;
    let mut written = 0;
    for plan in changing {
        let Some(mut order) = work.find::<Order>(plan.order_id)? else { continue };
        if order.version != plan.version {
            continue;
        }
        replace(work, plan.order_id, &plan.parts)?;
        let dates = (order.promised_on, order.planned_ship_on);
        let set = set && order.needs_goods();
        let event = order.promise(plan.before, PromisedDates::of(&plan.parts), plan.short, set);
        if dates != (order.promised_on, order.planned_ship_on) {
            work.save(&mut order);
        }
        if let Some(event) = event {
            work.record(by, event);
        }
        written += 1;
    }
    Ok(written)
}

/// The parts of an order are these, and no others.
fn replace(work: &mut UnitOfWork, order: OrderId, parts: &[OrderSchedule]) -> Outcome<()> {
    let key = |part: &OrderSchedule| (part.line_no, part.part_no);
    let mut known: BTreeMap<(i64, i64), Held<OrderSchedule>> =
        work.of::<OrderSchedules>(order)?.into_iter().map(|held| (key(&held), held)).collect();
    for part in parts {
        match known.remove(&key(part)) {
            Some(mut held) if *held != *part => {
                *held = part.clone();
                work.save(&mut held);
            }
            Some(_) => {}
            None => {
                work.add(part.clone());
            }
        }
    }
    known.values().for_each(|held| work.remove(held));
    Ok(())
}
