//! Other ways to serve a wish, best first, with the reason (PRM-07, INV-03).

use super::answer::{Promise, promise};
use super::make::Make;
use super::quota::Quota;
use super::route::Route;
use super::timeline::Timeline;
use super::wish::{Split, Wish};
use crate::codes::codes;
use crate::date::Date;
use crate::id::{ProductId, WarehouseId};
use crate::money::Money;
use crate::quantity::Quantity;

codes! {
    /// In what an alternative differs from what was asked.
    AlternativeKind in "promise.alternative" {
        /// As it was asked.
        Asked = "asked",
        /// The same in parts.
        Split = "split",
        /// From another warehouse.
        Warehouse = "warehouse",
        /// Another product in its place.
        Substitute = "substitute",
    }
}

codes! {
    /// What makes an alternative better than the one that was asked for.
    AlternativeReason in "promise.reason" {
        /// All of it can be promised.
        Complete = "complete",
        /// More of it is there on the wished day.
        MoreOnTime = "more_on_time",
        /// The last of it is there earlier.
        Earlier = "earlier",
        /// Nothing: it is only another way.
        None = "none",
    }
}

/// Where and what a wish may be served from.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// The product.
    pub product_id: ProductId,
    /// The warehouse.
    pub warehouse_id: WarehouseId,
    /// What comes and goes there.
    pub timeline: &'a Timeline,
    /// The way from there.
    pub route: Route<'a>,
    /// How it can be made or bought there.
    pub make: Option<Make<'a>>,
    /// What it costs more than what was asked, in the currency of the books; below zero: less.
    pub extra_cost: Money,
    /// How far it is, in kilometres; 0 where nobody knows.
    pub distance_km: i64,
    /// Its place among the substitutes of the product, best first; 0 for the product itself.
    pub preference: usize,
    /// What is left of the quotas of this product that the wish falls under.
    pub quotas: &'a [Quota],
}

/// One way to serve a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// In what it differs.
    pub kind: AlternativeKind,
    /// The product.
    pub product_id: ProductId,
    /// The warehouse.
    pub warehouse_id: WarehouseId,
    /// Whether it may come in parts.
    pub split: bool,
    /// What would be promised.
    pub promise: Promise,
    /// What makes it better than what was asked for.
    pub reason: AlternativeReason,
    /// Days the last of it is there earlier than what was asked for; below zero: later; none where one of them is not whole.
    pub days_earlier: Option<i64>,
}

/// The key by which alternatives are ranked, the lesser the better, each part only where those before it are equal:
///
/// 1. what cannot be promised at all;
/// 2. what is not there on the wished day (all of it where none was wished, so that it does not count);
/// 3. the day the last of it is there;
/// 4. how many parts;
/// 5. a substitute's place in the list of substitutes, the product itself before all;
/// 6. extra cost;
/// 7. distance;
/// 8. the order in which the candidates were named.
type Key = (Quantity, Quantity, Option<Date>, usize, usize, Money, i64, usize);

/// Ranks the ways to serve a wish, each under the quotas of its own product. The first candidate is what was asked for; it is among the answers. Ways that promise nothing are left out, but for what
/// was asked for, and of whole and in parts the second only where it differs.
///
/// Source: PRM-07, INV-03
pub fn rank(candidates: &[Candidate<'_>], wish: &Wish<'_>, may_split: bool) -> Vec<Alternative> {
    let mut found: Vec<(Key, Alternative)> = Vec::new();
    let Some(asked) = candidates.first() else { return Vec::new() };
    let first = promise(asked.timeline, &asked.route, asked.make.as_ref(), &Wish { quotas: asked.quotas, ..wish.clone() });
    for (place, candidate) in candidates.iter().enumerate() {
        let own = Wish { quotas: candidate.quotas, ..wish.clone() };
        let whole = promise(candidate.timeline, &candidate.route, candidate.make.as_ref(), &Wish { split: Split::Whole, ..own.clone() });
        let parts = may_split.then(|| {
            let split = if wish.split == Split::Whole { Split::Parts(Split::MOST) } else { wish.split };
            promise(candidate.timeline, &candidate.route, candidate.make.as_ref(), &Wish { split, ..own.clone() })
        });
        let parts = parts.filter(|parts| *parts != whole);
        for (split, promised) in [(false, Some(whole)), (true, parts)] {
            let Some(promised) = promised else { continue };
            let is_asked = place == 0 && promised == first;
            if promised.lines.is_empty() && !is_asked {
                continue;
            }
            let alternative = alternative(asked, candidate, &first, promised, (split, is_asked));
            found.push((key(candidate, &alternative, place), alternative));
        }
    }
    found.sort_by_key(|(key, _)| *key);
    found.into_iter().map(|(_, alternative)| alternative).collect()
}

fn alternative(asked: &Candidate<'_>, candidate: &Candidate<'_>, first: &Promise, promise: Promise, how: (bool, bool)) -> Alternative {
    let (split, is_asked) = how;
    let kind = match () {
        () if is_asked => AlternativeKind::Asked,
        () if candidate.product_id != asked.product_id => AlternativeKind::Substitute,
        () if candidate.warehouse_id != asked.warehouse_id => AlternativeKind::Warehouse,
        () => AlternativeKind::Split,
    };
    let both_whole = first.is_whole() && promise.is_whole();
    let days_earlier = both_whole.then(|| Some(promise.last_on()?.days_until(first.last_on()?))).flatten();
    let reason = match () {
        () if is_asked => AlternativeReason::None,
        () if promise.is_whole() && !first.is_whole() => AlternativeReason::Complete,
        () if days_earlier.is_some_and(|days| days > 0) => AlternativeReason::Earlier,
        () if missing_on_time(&promise) < missing_on_time(first) => AlternativeReason::MoreOnTime,
        () => AlternativeReason::None,
    };
    let (product_id, warehouse_id) = (candidate.product_id, candidate.warehouse_id);
    Alternative { kind, product_id, warehouse_id, split, promise, reason, days_earlier }
}

/// What is not there on the wished day; nothing where none was wished.
fn missing_on_time(promise: &Promise) -> Quantity {
    let Some(wanted) = promise.wanted_on else { return Quantity::ZERO };
    let late: Quantity = promise.lines.iter().filter(|line| line.promised_on > wanted).map(|line| line.quantity).sum();
    late + promise.open
}

fn key(candidate: &Candidate<'_>, alternative: &Alternative, place: usize) -> Key {
    let promise = &alternative.promise;
    (
        promise.open,
        missing_on_time(promise),
        promise.last_on(),
        promise.lines.len(),
        candidate.preference,
        candidate.extra_cost,
        candidate.distance_km,
        place,
    )
}

/// The better of two promises of the same wish by the first four parts of the key.
///
/// Source: PRM-07
pub fn better<'a>(a: &'a Promise, b: &'a Promise) -> &'a Promise {
    let key = |promise: &Promise| (promise.open, missing_on_time(promise), promise.last_on(), promise.lines.len());
    if key(b) < key(a) { b } else { a }
}
