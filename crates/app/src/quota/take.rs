//! What orders take of quotas, counted under the guard of each quota, and give back (PRM-06).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Deref;

use domain::{
    Company, Customer, Date, FieldError, Grade, Order, OrderLine, ProductId, Quantity, Quota, QuotaCount, QuotaId, QuotaRule, QuotaTake,
    QuotaTaker, Refusal, Taking, first_above, taken_more, takings,
};
use store::rows::{CustomerAddresses, OrderQuotaTakes, ProductQuotas};
use store::{Held, Outcome, UnitOfWork};

/// Asks for the quotas of these products.
pub(crate) fn want(work: &mut UnitOfWork, products: impl Iterator<Item = ProductId>) {
    work.want_of::<ProductQuotas>(products);
}

/// The quotas that cover each product of the lines for an order that is submitted on this day.
fn covering<L: Deref<Target = OrderLine>>(
    work: &mut UnitOfWork,
    order: &Order,
    lines: &[L],
    grade: Grade,
    day: Date,
) -> Outcome<BTreeMap<ProductId, Vec<QuotaId>>> {
    want(work, lines.iter().map(|line| line.product_id));
    let mut quotas: BTreeMap<ProductId, Vec<Held<Quota>>> = BTreeMap::new();
    for line in lines {
        if let Entry::Vacant(place) = quotas.entry(line.product_id) {
            place.insert(work.of::<ProductQuotas>(line.product_id)?);
        }
    }
    let mut region = String::new();
    if quotas.values().flatten().any(|quota| !quota.region.is_empty()) {
        let addresses = work.of::<CustomerAddresses>(order.customer_id)?;
        let main = addresses.iter().find(|address| address.main).or(addresses.first());
        region = main.map(|address| address.province.clone()).unwrap_or_default();
    }
    let taker = QuotaTaker { grade: Some(grade), channel: Some(order.channel), region: &region };
    let of = |quotas: Vec<Held<Quota>>| quotas.iter().filter(|quota| quota.covers(&taker, day)).map(|quota| quota.id).collect();
    Ok(quotas.into_iter().map(|(product, quotas)| (product, of(quotas))).collect())
}

/// Counts what an order takes of the quotas that cover its lines on the day it is submitted.
///
/// # Errors
/// `invalid` at the quantity of each line that wants more than is left, with the quota's code and what is left; leaves when something is not loaded yet.
///
/// Source: PRM-06
pub(crate) fn take<L: Deref<Target = OrderLine>>(
    work: &mut UnitOfWork,
    order: &Order,
    lines: &[L],
    grade: Grade,
    day: Date,
) -> Outcome<()> {
    // What was handed in before and came back has given back everything.
    work.fresh::<OrderQuotaTakes>(order.id);
    let covering = covering(work, order, lines, grade, day)?;
    let takings = takings(order, lines, &Vec::<Held<QuotaTake>>::new(), |line| covering[&line.product_id].clone());
    count(work, order, lines, &[], &takings, |place| format!("/lines/{place}/quantity"))
}

/// What would be refused if the order were submitted on this day. Changes nothing.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: PRM-06
pub(crate) fn check<L: Deref<Target = OrderLine>>(
    work: &mut UnitOfWork,
    order: &Order,
    lines: &[L],
    grade: Grade,
    day: Date,
) -> Outcome<Vec<FieldError>> {
    let covering = covering(work, order, lines, grade, day)?;
    let taking = |line: &L, quota_id: &QuotaId| Taking {
        quota_id: *quota_id,
        line_no: line.line_no,
        product_id: line.product_id,
        before: Quantity::ZERO,
        now: line.wanted(),
    };
    let takings: Vec<Taking> =
        lines.iter().flat_map(|line| covering[&line.product_id].iter().map(move |quota| taking(line, quota))).collect();
    let counts = counts(work, &takings)?;
    above(work, lines, &takings, &counts, |place| format!("/lines/{place}/quantity"))
}

/// After a step that takes no more than before: what the lines of an order do not want any more is given back.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: PRM-06
pub(crate) fn give<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L]) -> Outcome<()> {
    let known = work.of::<OrderQuotaTakes>(order.id)?;
    let takings = takings(order, lines, &known, |_| Vec::new());
    count(work, order, lines, &known, &takings, |place| format!("/lines/{place}/quantity"))
}

/// As [`give`], when an order closes: only where less was shipped than was wanted.
///
/// # Errors
/// As [`give`].
pub(crate) fn give_at_close<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L]) -> Outcome<()> {
    if lines.iter().all(|line| line.shipped_micro >= line.wanted()) {
        return Ok(());
    }
    give(work, order, lines)
}

/// When a change takes effect: lines that are new or want more take of the quotas that covered them on the day of submission, lines that want less give back.
///
/// # Errors
/// `invalid` at `/changes` where a quota has not so much left; leaves when something is not loaded yet.
///
/// Source: PRM-06, CHG-01
pub(crate) fn change<L, M>(work: &mut UnitOfWork, order: &Order, before: &[L], after: &[M]) -> Outcome<()>
where
    L: Deref<Target = OrderLine>,
    M: Deref<Target = OrderLine>,
{
    let (known, takings) = changed(work, order, before, after)?;
    count(work, order, after, &known, &takings, |_| "/changes".to_owned())
}

/// What would be refused if a change took effect now. Changes nothing.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: PRM-06, CHG-01
pub(crate) fn check_change<L, M>(work: &mut UnitOfWork, order: &Order, before: &[L], after: &[M]) -> Outcome<Vec<FieldError>>
where
    L: Deref<Target = OrderLine>,
    M: Deref<Target = OrderLine>,
{
    let (_, takings) = changed(work, order, before, after)?;
    let counts = counts(work, &takings)?;
    above(work, after, &takings, &counts, |_| "/changes".to_owned())
}

/// What an order has of quotas, and what a change makes of it.
fn changed<L, M>(work: &mut UnitOfWork, order: &Order, before: &[L], after: &[M]) -> Outcome<(Vec<Held<QuotaTake>>, Vec<Taking>)>
where
    L: Deref<Target = OrderLine>,
    M: Deref<Target = OrderLine>,
{
    work.want_of::<OrderQuotaTakes>([order.id]);
    work.want::<Customer>([order.customer_id]);
    work.want::<Company>([work.company()]);
    let had = |line: &OrderLine| before.iter().find(|one| one.line_no == line.line_no && one.product_id == line.product_id);
    let wants_more = |line: &OrderLine| had(line).is_none_or(|one| one.wanted() < line.wanted());
    let more: Vec<&OrderLine> = after.iter().map(|line| &**line).filter(|line| wants_more(line)).collect();
    let day = work.get::<Company>(work.company())?.date_of(order.submitted_at.unwrap_or(work.now()));
    let grade = work.get::<Customer>(order.customer_id)?.grade;
    let covering = covering(work, order, &more, grade, day)?;
    let known = work.of::<OrderQuotaTakes>(order.id)?;
    let anew = |line: &OrderLine| if wants_more(line) { covering[&line.product_id].clone() } else { Vec::new() };
    let takings = takings(order, after, &known, anew);
    Ok((known, takings))
}

/// The counters of the quotas that these are of.
fn counts(work: &mut UnitOfWork, takings: &[Taking]) -> Outcome<BTreeMap<QuotaId, Held<QuotaCount>>> {
    work.want::<QuotaCount>(takings.iter().map(|taking| taking.quota_id));
    let mut counts = BTreeMap::new();
    for quota in taken_more(takings).into_keys() {
        counts.insert(quota, work.get::<QuotaCount>(quota)?);
    }
    Ok(counts)
}

/// Every quota that has not so much left, at the first line that wants too much of it.
fn above<L: Deref<Target = OrderLine>>(
    work: &mut UnitOfWork,
    lines: &[L],
    takings: &[Taking],
    counts: &BTreeMap<QuotaId, Held<QuotaCount>>,
    pointer: impl Fn(usize) -> String,
) -> Outcome<Vec<FieldError>> {
    let mut errors = Vec::new();
    for (id, count) in counts {
        let Some((line_no, left)) = first_above(takings, *id, count.left()) else { continue };
        let Some(place) = lines.iter().position(|line| line.line_no == line_no) else { continue };
        let rule = QuotaRule::TooMuch { quota: work.get::<Quota>(*id)?.code.clone(), left: (left, lines[place].unit.clone()) };
        errors.push(FieldError::new(pointer(place), rule));
    }
    Ok(errors)
}

/// Adds to the counters and keeps what each line has.
fn count<L: Deref<Target = OrderLine>>(
    work: &mut UnitOfWork,
    order: &Order,
    lines: &[L],
    known: &[Held<QuotaTake>],
    takings: &[Taking],
    pointer: impl Fn(usize) -> String,
) -> Outcome<()> {
    if takings.is_empty() {
        return Ok(());
    }
    let counts = counts(work, takings)?;
    Refusal::unless_valid(above(work, lines, takings, &counts, pointer)?)?;
    for (id, more) in taken_more(takings) {
        let fits = more.is_zero() || work.count_held(&counts[&id], &[0, more.micro()], more.is_positive());
        assert!(fits, "what is left of a quota was compared before");
    }
    let now = work.now();
    for taking in takings {
        let held = known.iter().find(|take| (take.line_no, take.quota_id) == (taking.line_no, taking.quota_id));
        match held {
            Some(take) if taking.now.is_zero() => work.remove(take),
            Some(take) => {
                let mut take = take.clone();
                take.quantity_micro = taking.now;
                work.save(&mut take);
            }
            None => {
                let Taking { quota_id, line_no, product_id, now: quantity_micro, .. } = *taking;
                work.add(QuotaTake { order_id: order.id, line_no, quota_id, product_id, quantity_micro, taken_at: now });
            }
        }
    }
    Ok(())
}
