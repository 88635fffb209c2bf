//! Promises that can be checked by hand; what holds for all of them is in `tests/property.rs`.

mod jeopardy;
mod property;
mod run;

use std::collections::BTreeMap;

use super::*;
use crate::calendar::{WorkCalendar, standard_calendars};
use crate::date::Date;
use crate::id::{ProductId, WarehouseId};
use crate::money::Money;
use crate::quantity::Quantity;

/// A Monday.
pub(super) fn today() -> Date {
    Date::parse("2026-11-23").unwrap()
}

pub(super) fn day(days: i64) -> Date {
    today().plus_days(days)
}

pub(super) fn units(units: i64) -> Quantity {
    Quantity::units(units)
}

pub(super) fn supply(kind: SupplyKind, id: i64, days: i64, quantity: i64) -> Supply {
    let source = SupplySource { kind, id, number: if id == 0 { String::new() } else { format!("{kind}-{id}") } };
    Supply { source, on: day(days), quantity: units(quantity), expires_on: None }
}

pub(super) fn demand(id: i64, days: i64, quantity: i64) -> Demand {
    let source = DemandSource { kind: DemandKind::Order, id, line_no: 1, number: format!("SO-{id}") };
    Demand { source, on: day(days), quantity: units(quantity), fresh_days: 0 }
}

fn always() -> WorkCalendar {
    WorkCalendar::always()
}

fn office() -> WorkCalendar {
    standard_calendars("Asia/Shanghai").iter().find(|calendar| calendar.code == "office").unwrap().hours()
}

fn at_once(calendar: &WorkCalendar) -> Route<'_> {
    Route { ship: calendar, carrier: calendar, receive: calendar, handling_days: 0, transit_days: 0 }
}

/// `day: quantity` of each schedule line, then what is open and what binds.
fn shown(promise: &Promise) -> String {
    let line = |line: &ScheduleLine| format!("{}:{}", today().days_until(line.promised_on), line.quantity);
    let mut parts: Vec<String> = promise.lines.iter().map(line).collect();
    if !promise.open.is_zero() {
        parts.push(format!("open:{}", promise.open));
    }
    let bindings = promise.lines.iter().filter_map(|line| line.binding.as_ref()).chain(&promise.open_binding);
    parts.extend(bindings.map(|binding| {
        let source = binding.source.as_ref().map_or_else(String::new, |source| format!(" {}", source.number));
        let kept = binding.kept_for.as_ref().map_or_else(String::new, |kept| format!(" kept for {}", kept.number));
        let code = if binding.code.is_empty() { String::new() } else { format!(" {}", binding.code) };
        format!("{}{source}{code}{kept}", binding.constraint)
    }));
    parts.join(", ")
}

/// 100 in stock, 50 bought for day 10, 200 made for day 20; 60 promised for day 15.
fn usual() -> Timeline {
    let supplies =
        [supply(SupplyKind::Stock, 0, 0, 100), supply(SupplyKind::Receipt, 7, 10, 50), supply(SupplyKind::Production, 9, 20, 200)];
    Timeline::new(today(), supplies, [demand(1, 15, 60)])
}

#[test]
fn what_is_free_never_takes_what_a_later_demand_needs() {
    // PRM-05: 40 + 60 of the 150 until day 15.
    let timeline = usual();
    let free = |days: i64| timeline.free(day(days)).decimal();
    assert_eq!([free(0), free(9), free(10), free(19), free(20), free(900)].join(" "), "90 90 90 90 290 290");
    let mut timeline = timeline;
    timeline.add_demand(demand(2, 12, 90));
    assert_eq!(timeline.free(day(0)), Quantity::ZERO);
    timeline.remove_demand(&demand(2, 0, 0).source);
    assert!(timeline.move_supply(&supply(SupplyKind::Receipt, 7, 0, 0).source, day(16)));
    assert_eq!(timeline.free(day(0)), units(40));
    assert_eq!(timeline.first_day(units(41)), Some(day(16)));
    assert_eq!(timeline.first_day(units(1000)), None);
}

#[test]
fn what_has_not_come_counts_from_tomorrow() {
    let timeline =
        Timeline::new(today(), [supply(SupplyKind::Receipt, 7, -3, 50), supply(SupplyKind::Stock, 0, -9, 5)], [demand(1, -2, 2)]);
    assert_eq!((timeline.free(day(0)), timeline.free(day(1))), (units(3), units(53)));
}

#[test]
fn a_promise_says_why_not_earlier_and_what_would_be_needed() {
    // PRM-01
    let (timeline, calendar) = (usual(), always());
    let check = |quantity: i64, wanted: Option<i64>, split: Split, expected: &str| {
        let wish = Wish { split, ..Wish::whole(units(quantity), wanted.map(day)) };
        assert_eq!(shown(&promise(&timeline, &at_once(&calendar), None, &wish)), expected, "{quantity} on {wanted:?} {split:?}");
    };
    check(90, Some(2), Split::Whole, "2:90");
    check(90, None, Split::Whole, "0:90");
    check(95, Some(2), Split::Whole, "20:95, production production-9 kept for SO-1");
    check(95, Some(2), Split::Parts(3), "2:90, 20:5, production production-9 kept for SO-1");
    check(95, Some(2), Split::Parts(1), "20:95, production production-9 kept for SO-1");
    check(290, Some(25), Split::Whole, "25:290");
    check(291, Some(25), Split::Whole, "open:291, stock");
    check(291, Some(3), Split::Parts(9), "3:90, 20:200, open:1, production production-9, stock");
    let answer = promise(&timeline, &at_once(&calendar), None, &Wish::whole(units(95), Some(day(2))));
    assert_eq!(answer.need, Some(Need { ready_by: day(2), short: units(5), days_short: 0 }));
    let sources: Vec<_> = answer.lines[0].sources.iter().map(|part| (part.source.kind.as_str(), part.quantity.decimal())).collect();
    // The 60 for day 15 are met from what comes until then.
    assert_eq!(sources, [("stock", "90".to_owned()), ("production", "5".to_owned())]);
}

#[test]
fn completion_shipping_arrival_and_the_promised_day_are_kept_apart() {
    // PRM-02: today is a Monday; packed in one day, on the road for two, nobody receives at the weekend.
    let (office, always) = (office(), always());
    let route = Route { ship: &office, carrier: &always, receive: &office, handling_days: 1, transit_days: 2 };
    let timeline = Timeline::new(today(), [supply(SupplyKind::Stock, 0, 0, 100), supply(SupplyKind::Receipt, 7, 3, 50)], []);
    let of = |quantity: i64, wanted: Option<i64>, slack_days: i64| {
        let wish = Wish { slack_days, ..Wish::whole(units(quantity), wanted.map(day)) };
        let answer = promise(&timeline, &route, None, &wish);
        let line = &answer.lines[0];
        let dates = [line.dates.ready_on, line.dates.ship_on, line.dates.arrive_on, line.promised_on];
        (dates.map(|date| today().days_until(date)), line.binding.as_ref().map(|binding| binding.constraint.as_str()))
    };
    // ready Monday, ships Tuesday, arrives Thursday
    assert_eq!(of(10, None, 0), ([0, 1, 3, 3], None));
    // with a day of slack the customer is told Friday
    assert_eq!(of(10, None, 1), ([0, 1, 3, 4], None));
    // wished for the Wednesday after next: ready only as late as that needs
    assert_eq!(of(10, Some(9), 0), ([6, 7, 9, 9], None));
    assert_eq!(of(10, Some(9), 1), ([3, 4, 7, 9], None));
    // wished for Wednesday: the way is too long
    assert_eq!(of(10, Some(2), 0), ([0, 1, 3, 3], Some("transit")));
    // the receipt comes on Thursday, ships on Friday, would arrive on Sunday
    assert_eq!(of(120, Some(6), 0), ([3, 4, 7, 7], Some("receipt")));
    // wished for Sunday: received on Friday
    assert_eq!(of(10, Some(6), 0), ([1, 2, 4, 6], None));
}

#[test]
fn the_latest_day_to_be_ready_is_the_latest() {
    let (office, always) = (office(), always());
    for (handling_days, transit_days) in [(0, 0), (0, 3), (2, 0), (1, 2), (3, 6)] {
        for (ship, carrier, receive) in [(&office, &always, &office), (&always, &office, &always), (&office, &office, &office)] {
            let route = Route { ship, carrier, receive, handling_days, transit_days };
            for by in (20..40).map(day) {
                let latest = route.backward(by).unwrap();
                assert!(latest.arrive_on <= by && route.forward(latest.ready_on) == Some(latest));
                assert!(route.forward(latest.ready_on.plus_days(1)).unwrap().arrive_on > by, "{by} {latest:?}");
            }
        }
    }
}

#[test]
fn closed_days_are_told_apart_from_a_long_way() {
    let (office, always) = (office(), always());
    let route = Route { ship: &always, carrier: &office, receive: &always, handling_days: 0, transit_days: 2 };
    let friday = day(4);
    let timeline = Timeline::new(friday, [supply(SupplyKind::Stock, 0, 0, 100)], []);
    let answer = promise(&timeline, &route, None, &Wish::whole(units(1), Some(friday.plus_days(3))));
    assert_eq!(answer.lines[0].binding.as_ref().unwrap().constraint, Constraint::Calendar);
    assert_eq!(answer.need, Some(Need { ready_by: friday, short: Quantity::ZERO, days_short: 1 }));
    let nowhere = WorkCalendar::default();
    let route = Route { receive: &nowhere, ..route };
    assert_eq!(shown(&promise(&timeline, &route, None, &Wish::whole(units(1), None))), "open:1, calendar");
}

#[test]
fn what_is_missing_is_made_within_lead_time_and_capacity() {
    // PRM-01, CTP: five working days from Monday are the next Monday; then 30 a day.
    let (timeline, always, office) = (usual(), always(), office());
    let make = Make { calendar: &office, lead_days: 5, start_on: None, capacity: None };
    let check = |make: &Make<'_>, quantity: i64, wanted: Option<i64>, split: Split, expected: &str| {
        let wish = Wish { split, ..Wish::whole(units(quantity), wanted.map(day)) };
        assert_eq!(shown(&promise(&timeline, &at_once(&always), Some(make), &wish)), expected, "{quantity} on {wanted:?} {split:?}");
    };
    check(&make, 500, Some(3), Split::Whole, "7:500, lead_time");
    check(&make, 500, Some(3), Split::Parts(2), "3:90, 7:410, lead_time");
    check(&make, 500, Some(8), Split::Whole, "8:500");
    let mut capacity = Capacity { code: "WC-1".to_owned(), free: (3..12).map(|days| (day(days), units(30))).collect() };
    let limited = Make { capacity: Some(&capacity), ..make.clone() };
    check(&limited, 120, Some(3), Split::Whole, "7:120, lead_time");
    check(&limited, 200, Some(3), Split::Whole, "10:200, capacity WC-1");
    check(&limited, 441, Some(3), Split::Whole, "open:441, capacity WC-1");
    check(&limited, 440, Some(3), Split::Whole, "20:440, capacity WC-1");
    assert_eq!(capacity.take(day(7), units(40)), Quantity::ZERO);
    assert_eq!((capacity.free[&day(6)], capacity.free[&day(7)], capacity.free[&day(8)]), (units(30), Quantity::ZERO, units(20)));
    let material = Make { start_on: Some(day(14)), ..make };
    check(&material, 500, Some(3), Split::Whole, "21:500, lead_time");
}

#[test]
fn a_quota_holds_back_what_others_may_take() {
    // PRM-06
    let (timeline, calendar) = (usual(), always());
    let quotas = [Quota { code: "EAST".to_owned(), from: day(0), to: Some(day(6)), left: units(30) }];
    let check = |quantity: i64, wanted: Option<i64>, split: Split, expected: &str| {
        let wish = Wish { split, quotas: &quotas, ..Wish::whole(units(quantity), wanted.map(day)) };
        assert_eq!(shown(&promise(&timeline, &at_once(&calendar), None, &wish)), expected, "{quantity} on {wanted:?} {split:?}");
    };
    check(30, Some(2), Split::Whole, "2:30");
    check(40, Some(2), Split::Whole, "7:40, quota EAST");
    check(40, Some(2), Split::Parts(2), "2:30, 7:10, quota EAST");
    check(40, Some(8), Split::Whole, "8:40");
    let for_ever = [Quota { to: None, ..quotas[0].clone() }];
    let wish = Wish { quotas: &for_ever, ..Wish::whole(units(40), Some(day(2))) };
    assert_eq!(shown(&promise(&timeline, &at_once(&calendar), None, &wish)), "open:40, quota EAST");
}

#[test]
fn goods_must_keep_for_as_long_as_the_customer_asks() {
    let calendar = always();
    let lot = |id: i64, days: i64, quantity: i64, expires: i64| Supply {
        expires_on: Some(day(expires)),
        ..supply(SupplyKind::Stock, id, days, quantity)
    };
    // 10 keep until day 20, 10 until day 60; day 12 brings 30 that keep until day 90. 5 are promised for day 15.
    let mut supplies = vec![lot(1, 0, 10, 20), lot(2, 0, 10, 60), lot(3, 12, 30, 90)];
    supplies[2].source.kind = SupplyKind::Receipt;
    let timeline = Timeline::new(today(), supplies, [demand(1, 15, 5)]);
    let check = |quantity: i64, wanted: Option<i64>, fresh_days: i64, expected: &str| {
        let wish = Wish { fresh_days, ..Wish::whole(units(quantity), wanted.map(day)) };
        assert_eq!(shown(&promise(&timeline, &at_once(&calendar), None, &wish)), expected, "{quantity} on {wanted:?} fresh {fresh_days}");
    };
    check(20, Some(1), 0, "1:20");
    assert_eq!([0, 12, 21, 61, 91].map(|days| timeline.free(day(days)).decimal()).join(" "), "20 45 40 30 0");
    check(10, Some(1), 50, "1:10");
    check(11, Some(1), 50, "12:11, shelf_life");
    check(41, Some(21), 0, "open:41, shelf_life");
    // The 5 for day 15 are met from the lot that expires on day 20; of it 5 rot.
    check(40, Some(21), 0, "21:40");
    let answer = promise(&timeline, &at_once(&calendar), None, &Wish { fresh_days: 50, ..Wish::whole(units(10), None) });
    assert_eq!(answer.lines[0].sources[0].source.id, 2);
}

#[test]
fn alternatives_are_ranked_and_say_why() {
    // PRM-07, INV-03
    let calendar = always();
    let (own, other) = (usual(), Timeline::new(today(), [supply(SupplyKind::Stock, 0, 0, 120)], []));
    let better = Timeline::new(today(), [supply(SupplyKind::Stock, 0, 0, 500)], []);
    let (product, substitute) = (ProductId::from_raw(1), ProductId::from_raw(2));
    let (here, there) = (WarehouseId::from_raw(1), WarehouseId::from_raw(2));
    let candidate = |product_id, warehouse_id, timeline, transit_days, preference| Candidate {
        product_id,
        warehouse_id,
        timeline,
        route: Route { transit_days, ..at_once(&calendar) },
        make: None,
        extra_cost: Money::ZERO,
        distance_km: 0,
        preference,
        quotas: &[],
    };
    let candidates =
        [candidate(product, here, &own, 0, 0), candidate(product, there, &other, 3, 0), candidate(substitute, here, &better, 0, 1)];
    let ranked = rank(&candidates, &Wish::whole(units(95), Some(day(1))), true);
    let found: Vec<_> = ranked.iter().map(|one| (one.kind.as_str(), one.reason.as_str(), one.days_earlier, shown(&one.promise))).collect();
    let expected = [
        ("substitute", "earlier", Some(19), "1:95"),
        ("split", "more_on_time", Some(0), "1:90, 20:5, production production-9 kept for SO-1"),
        ("warehouse", "earlier", Some(17), "3:95, transit"),
        ("asked", "none", Some(0), "20:95, production production-9 kept for SO-1"),
    ];
    assert_eq!(found, expected.map(|(kind, reason, days, shown)| (kind, reason, days, shown.to_owned())));
    let ranked = rank(&candidates, &Wish::whole(units(400), Some(day(1))), false);
    let kinds: Vec<_> = ranked.iter().map(|one| (one.kind.as_str(), one.reason.as_str())).collect();
    assert_eq!(kinds, [("substitute", "complete"), ("asked", "none")]);
    assert!(rank(&[], &Wish::whole(units(1), None), true).is_empty());
}

#[test]
fn a_timeline_is_drawn_day_by_day() {
    let days: Vec<_> =
        usual().days().iter().map(|day| [day.supply, day.demand, day.balance, day.free].map(Quantity::decimal).join(" ")).collect();
    assert_eq!(days, ["100 0 100 90", "50 0 150 90", "0 60 90 90", "200 0 290 290"]);
}

#[test]
fn a_clone_is_a_simulation() {
    // PRM-03
    let timeline = usual();
    let mut simulated = timeline.clone();
    let answer = promise(&simulated, &at_once(&always()), None, &Wish::whole(units(90), Some(day(4))));
    let source = DemandSource { kind: DemandKind::Order, id: 5, line_no: 1, number: "SO-5".to_owned() };
    answer.demands(&source, 0).into_iter().for_each(|demand| simulated.add_demand(demand));
    assert_eq!((simulated.free(day(4)), timeline.free(day(4))), (Quantity::ZERO, units(90)));
    assert_eq!(BTreeMap::from([(1, simulated.days().len())]), BTreeMap::from([(1, timeline.days().len() + 1)]));
}
