use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::order::OrderStatus;
use crate::sample::{draft, now, quantity, today};

fn quota(id: i64) -> Quota {
    Quota {
        id: QuotaId::from_raw(id),
        version: Version::FIRST,
        code: format!("Q{id}"),
        name: "华东".to_owned(),
        product_id: ProductId::from_raw(1),
        grade: Selector::Any,
        channel: Selector::Any,
        region: String::new(),
        valid_from: today(),
        valid_to: today().plus_days(30),
        limit_micro: quantity("150"),
        active: true,
        created_at: now(),
    }
}

/// PRM-06
#[test]
fn a_quota_covers_whom_it_is_for_on_its_days() {
    let taker = QuotaTaker { grade: Some(Grade::B), channel: Channel::parse("phone"), region: "上海市" };
    let one = quota(1);
    assert_eq!([-1, 0, 30, 31].map(|days| one.covers(&taker, today().plus_days(days))), [false, true, true, false]);
    let of = |grade, channel: &str, region: &str| {
        let channel = Selector::of(Channel::parse(channel));
        Quota { grade: Selector::of(grade), channel, region: region.to_owned(), ..quota(1) }.is_for(&taker)
    };
    assert!(of(Some(Grade::B), "phone", " 上海市") && of(None, "", ""));
    assert!(!of(Some(Grade::A), "", "") && !of(None, "portal", "") && !of(None, "", "江苏省"));
    assert!(!Quota { active: false, ..one }.covers(&taker, today()));
}

/// PRM-06
#[test]
fn what_is_written_is_checked_at_its_field() {
    let pointers = |one: &Quota, taken: &str| {
        let errors = one.check((quantity(taken), "台"));
        errors.into_iter().map(|error| (error.pointer, error.code)).collect::<Vec<_>>()
    };
    let wrong = Quota {
        code: "a b".to_owned(),
        name: " ".to_owned(),
        valid_to: today().plus_days(-1),
        limit_micro: quantity("0"),
        region: "省".repeat(101),
        ..quota(1)
    };
    let places: Vec<String> = pointers(&wrong, "0").into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(places, ["/code", "/name", "/region", "/valid_to", "/quantity"]);
    assert_eq!(pointers(&quota(1), "150"), []);
    assert_eq!(pointers(&quota(1), "150.5"), [("/quantity".to_owned(), "quota.below_taken")]);
    let other = Quota { region: "上海市".to_owned(), grade: Selector::Only(Grade::A), ..quota(1) };
    let places: Vec<String> = other.scope_changes(&quota(1)).into_iter().map(|error| error.pointer).collect();
    assert_eq!(places, ["/grade", "/region"]);
}

/// PRM-06
#[test]
fn the_line_that_passes_what_is_left_is_named() {
    let taking = |line_no, before: &str, now: &str| Taking {
        quota_id: QuotaId::from_raw(1),
        line_no,
        product_id: ProductId::from_raw(1),
        before: quantity(before),
        now: quantity(now),
    };
    let above = |takings: &[Taking], left: &str| first_above(takings, QuotaId::from_raw(1), quantity(left));
    assert_eq!(above(&[taking(1, "0", "4"), taking(2, "0", "7")], "10"), Some((2, quantity("6"))));
    assert_eq!(above(&[taking(1, "0", "4"), taking(2, "0", "6")], "10"), None);
    // What another line gives back counts, and what the line has already.
    assert_eq!(above(&[taking(1, "5", "12"), taking(2, "4", "0")], "2"), Some((1, quantity("11"))));
    assert_eq!(above(&[taking(1, "5", "11"), taking(2, "4", "0")], "2"), None);
    assert_eq!(above(&[taking(1, "5", "1")], "0"), None);
}

/// A step of an order: its state, whether it takes anew, and product and quantity of each line; nothing: the line is gone.
type Step = (OrderStatus, bool, Vec<Option<(i64, i64)>>);

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    use OrderStatus::{Cancelled, Closed, Draft, Effective, Rejected, Submitted, Void};
    let status = prop::sample::select(vec![Draft, Submitted, Effective, Closed, Rejected, Void, Cancelled]);
    let lines = prop::collection::vec(prop::option::weighted(0.8, (1_i64..3, 0_i64..8)), 3);
    prop::collection::vec((0..4_usize, (status, any::<bool>(), lines)), 1..40)
}

proptest! {
    /// PRM-06: whatever orders do, a counter is the sum of what their lines have, never negative, never above its limit, and nothing once all have ended.
    #[test]
    fn a_counter_is_the_sum_of_what_is_taken_and_never_passes_its_limit(steps in steps(), limit in 1_i64..20) {
        let quotas = [QuotaId::from_raw(1), QuotaId::from_raw(2)];
        let count = |quota_id| QuotaCount { quota_id, limit_micro: Quantity::units(limit), taken_micro: Quantity::ZERO };
        let mut counts: BTreeMap<QuotaId, QuotaCount> = quotas.iter().map(|id| (*id, count(*id))).collect();
        let mut takes: BTreeMap<usize, Vec<QuotaTake>> = BTreeMap::new();
        let ends = (0..4).map(|order| (order, (OrderStatus::Void, false, vec![Some((1, 1)); 3])));
        for (at, (status, anew, wanted)) in steps.into_iter().chain(ends) {
            let (mut order, mut lines) = draft(&[("1", "1"), ("1", "1"), ("1", "1")]);
            order.status = status;
            for (line, wanted) in lines.iter_mut().zip(&wanted) {
                let (product, pieces) = wanted.unwrap_or_default();
                (line.product_id, line.quantity_micro) = (ProductId::from_raw(product), Quantity::units(pieces));
            }
            let lines: Vec<_> = lines.into_iter().zip(&wanted).filter(|(_, wanted)| wanted.is_some()).map(|(line, _)| line).collect();
            let known: Vec<Box<QuotaTake>> = takes.remove(&at).unwrap_or_default().into_iter().map(Box::new).collect();
            // Each quota is of a product.
            let covering = |line: &crate::order::OrderLine| quotas.into_iter().filter(|id| anew && id.raw() == line.product_id.raw()).collect();
            let takings = takings(&order, &lines, &known, covering);
            let fits = taken_more(&takings).iter().all(|(id, more)| *more <= counts[id].left() || !more.is_positive());
            let named = quotas.iter().any(|id| first_above(&takings, *id, counts[id].left()).is_some());
            prop_assert_eq!(fits, !named);
            let mut after: Vec<QuotaTake> = known.iter().map(|take| (**take).clone()).collect();
            if fits {
                for (id, more) in taken_more(&takings) {
                    counts.get_mut(&id).unwrap().taken_micro += more;
                }
                for taking in takings {
                    after.retain(|take| (take.line_no, take.quota_id) != (taking.line_no, taking.quota_id));
                    let Taking { quota_id, line_no, product_id, now: quantity_micro, .. } = taking;
                    let take = QuotaTake { order_id: order.id, line_no, quota_id, product_id, quantity_micro, taken_at: now() };
                    after.extend(Some(take).filter(|take| take.quantity_micro.is_positive()));
                }
            }
            takes.insert(at, after);
            for (id, count) in &counts {
                let sum: Quantity = takes.values().flatten().filter(|take| take.quota_id == *id).map(|take| take.quantity_micro).sum();
                prop_assert_eq!(sum, count.taken_micro);
                prop_assert!(!count.taken_micro.is_negative() && count.taken_micro <= count.limit_micro);
            }
        }
        prop_assert!(counts.values().all(|count| count.taken_micro.is_zero()));
    }
}
