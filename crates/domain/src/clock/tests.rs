//! Clocks by examples: what is due when, and what happens once.

use super::*;
use crate::calendar::{HourSpan, WorkCalendar, standard_calendars};
use crate::codes::{Codes, SalesCategory};
use crate::permission::default_roles;

fn at(text: &str) -> Instant {
    Instant::parse(&format!("2026-11-{text}:00+08:00")).unwrap()
}

fn terms() -> ClockTerms {
    let level = |after: &str, role: &str| Escalation { after: TimeSpan::parse(after).unwrap(), role: role.to_owned() };
    ClockTerms {
        warn_before: TimeSpan::from_minutes(30),
        stops: vec![EventKind::OrderReviewed],
        pauses: vec![EventKind::OrderHeld],
        resumes: vec![EventKind::OrderResumed],
        escalation: vec![level("1h", "sales_manager"), level("3h", "admin")],
        ..ClockTerms::default()
    }
}

fn started(calendar: &WorkCalendar, due: Due, from: &str, now: &str) -> Clock {
    let terms = terms();
    let start = ClockStart {
        id: ClockId::from_raw(1),
        code: "order.review",
        terms: &terms,
        subject: (ClockSubject::Order, 7, "SO1"),
        calendar: ("", Version::FIRST),
        at: at(from),
        due,
        by: UserId::NONE,
        note: "",
    };
    Clock::start(&start, calendar, at(now))
}

fn hours(hours: i64) -> Due {
    Due::After(TimeSpan::from_minutes(60 * hours))
}

#[test]
fn a_pause_moves_the_due_time_by_itself() {
    let day = WorkCalendar::always();
    let mut clock = started(&day, hours(24), "20T16:00", "20T16:00");
    clock.pause(&day, at("21T04:15"), UserId::NONE, "等客户").unwrap();
    assert_eq!((clock.state, clock.next_at), (ClockState::Paused, None));
    assert_eq!(clock.pause(&day, at("21T04:20"), UserId::NONE, ""), Err(ClockRejection::AlreadyPaused));
    clock.resume(&day, at("21T05:00")).unwrap();
    assert_eq!((clock.due_at, clock.warn_at), (at("21T16:45"), at("21T16:15")));
    assert_eq!(clock.resume(&day, at("21T05:00")), Err(ClockRejection::NotPaused));
    // By office hours, a pause in the night costs nothing.
    let office = WorkCalendar::workdays("Asia/Shanghai", &[HourSpan::parse("10:00-18:00").unwrap()]);
    let mut clock = started(&office, hours(6), "19T14:00", "19T14:00");
    assert_eq!(clock.due_at, at("20T12:00"));
    clock.pause(&office, at("19T20:00"), UserId::NONE, "等客户").unwrap();
    clock.resume(&office, at("20T08:00")).unwrap();
    assert_eq!(clock.due_at, at("20T12:00"));
    clock.pause(&office, at("20T10:30"), UserId::NONE, "等客户").unwrap();
    clock.resume(&office, at("20T11:00")).unwrap();
    assert_eq!(clock.due_at, at("20T12:30"));
}

#[test]
fn each_stage_happens_once_whatever_the_time_does() {
    let day = WorkCalendar::always();
    let mut clock = started(&day, hours(2), "20T16:00", "20T16:00");
    assert_eq!((clock.due_at, clock.warn_at, clock.next_at), (at("20T18:00"), at("20T17:30"), Some(at("20T17:30"))));
    assert_eq!(clock.fire(&day, at("20T17:29")), []);
    assert_eq!(clock.fire(&day, at("20T17:30")), [Firing::Warned]);
    assert_eq!(clock.fire(&day, at("20T16:00")), []);
    assert_eq!(clock.fire(&day, at("20T17:30")), []);
    assert_eq!(clock.fire(&day, at("20T18:00")), [Firing::Breached]);
    assert_eq!((clock.state, clock.breached_at), (ClockState::Breached, Some(at("20T18:00"))));
    // After a day without a server, each level once.
    let levels = clock.fire(&day, at("21T18:00"));
    let level = |level, role: &str| Firing::Escalated { level, role: role.to_owned() };
    assert_eq!(levels, [level(1, "sales_manager"), level(2, "admin")]);
    assert_eq!((clock.next_at, clock.level(), clock.fire(&day, at("29T18:00"))), (None, 2, Vec::new()));
    clock.stop(at("29T18:00")).unwrap();
    assert_eq!(clock.stop(at("29T18:00")), Err(ClockRejection::AlreadyStopped));
}

#[test]
fn what_was_over_when_it_was_first_seen_happens_at_its_last_stage_only() {
    let day = WorkCalendar::always();
    let fired = |now: &str| started(&day, hours(2), "20T16:00", now).fire(&day, at(now)).len();
    assert_eq!(["20T17:00", "20T17:30", "20T18:00", "20T19:00", "21T19:00"].map(fired), [0, 1, 1, 1, 1]);
    let mut clock = started(&day, hours(2), "20T16:00", "21T19:00");
    assert_eq!((clock.state, clock.breached_at), (ClockState::Breached, Some(at("20T18:00"))));
    assert_eq!(clock.fire(&day, at("21T19:00")), [Firing::Escalated { level: 2, role: "admin".into() }]);
    // A day that is over already.
    let late = started(&day, Due::At(at("19T00:00")), "20T16:00", "20T16:00");
    assert_eq!((late.due_at, late.next_at), (at("19T00:00"), Some(at("20T16:00"))));
}

#[test]
fn events_stop_pause_and_resume() {
    let day = WorkCalendar::always();
    let mut clock = started(&day, hours(2), "20T16:00", "20T16:00");
    assert!(!clock.hear(EventKind::OrderShipped, &day, at("20T16:10"), ""));
    assert!(clock.hear(EventKind::OrderHeld, &day, at("20T16:30"), "缺料"));
    assert_eq!(clock.pause_reason, "缺料");
    assert!(clock.hear(EventKind::OrderResumed, &day, at("20T17:30"), ""));
    assert_eq!(clock.due_at, at("20T19:00"));
    clock.pause(&day, at("20T17:40"), UserId::from_raw(5), "等客户").unwrap();
    assert!(!clock.hear(EventKind::OrderResumed, &day, at("20T17:50"), ""));
    clock.resume(&day, at("20T17:50")).unwrap();
    assert!(clock.hear(EventKind::OrderReviewed, &day, at("20T20:00"), ""));
    assert_eq!((clock.state, clock.breached_at), (ClockState::Stopped, Some(at("20T19:10"))));
}

#[test]
fn another_calendar_moves_what_is_due() {
    let mut office = WorkCalendar::workdays("Asia/Shanghai", &[HourSpan::parse("10:00-18:00").unwrap()]);
    let mut clock = started(&office, hours(6), "19T14:00", "19T14:00");
    office.holidays.insert(crate::date::Date::parse("2026-11-20").unwrap());
    clock.reckon(&terms(), &office);
    assert_eq!((clock.due_at, clock.next_at), (at("23T12:00"), Some(at("23T11:30"))));
}

#[test]
fn the_standard_rules_are_right() {
    let roles: Codes = default_roles().iter().map(|role| role.code.clone()).collect();
    let calendars: Codes = standard_calendars("UTC").into_iter().map(|calendar| calendar.code).collect();
    for rule in standard_clocks() {
        assert_eq!(rule.check(&roles, &calendars), [], "{}", rule.code);
    }
    let reviews =
        |category| standard_clocks().into_iter().filter(|rule| rule.code.starts_with("order.review") && rule.is_for(category)).count();
    assert_eq!((reviews(SalesCategory::Export), reviews(SalesCategory::Direct)), (1, 1));
}

#[test]
fn mistakes_in_a_rule_are_told_at_their_field() {
    let known =
        crate::CompanyCodes { calendars: Codes::parse("office"), roles: Codes::parse("admin"), ..crate::CompanyCodes::of_product() };
    let check = |text: &str, place: &str, pointer: &str, code: &str| {
        let names = "title = \"t\"\n[[clock]]\nname = { zh-CN = \"x\", zh-TW = \"x\", en = \"x\" }\ncode = \"x\"\nrole = \"admin\"\n";
        let found = crate::Blueprint::read(&format!("{names}{text}"), Some(&known)).err().unwrap_or_default();
        let found: Vec<_> =
            found.iter().map(|mistake| (format!("{}:{}", mistake.line, mistake.column), mistake.pointer(), mistake.reason.code)).collect();
        assert_eq!(found, [(place.to_owned(), format!("/clock/0{pointer}"), code)], "{text}");
    };
    check("starts = [\"OrderSubmitted\"]", "2:1", "/limit", "clock.rule.no_limit");
    check("starts = [\"OrderSubmitted\"]\nlimit = \"0m\"", "7:9", "/limit", "value.not_positive");
    check("limit = \"2h\"\nanchor = \"promised_on\"", "7:10", "/anchor", "clock.rule.limit_or_anchor");
    check("anchor = \"promised_on\"\ncalendar = \"office\"", "7:12", "/calendar", "clock.rule.anchor_with_calendar");
    check("limit = \"2h\"\ncalendar = \"ofice\"", "7:12", "/calendar", "blueprint.unknown_name_near");
    check("limit = \"2h\"\npauses = [\"OrderHeld\"]", "2:1", "/resumes", "clock.rule.pause_without_resume");
    check(
        "limit = \"2h\"\nescalation = [{ after = \"2h\", role = \"admin\" }, { after = \"1h\", role = \"admin\" }]",
        "7:59",
        "/escalation/1/after",
        "clock.rule.levels_not_in_order",
    );
    check(
        "limit = \"2h\"\nescalation = [{ after = \"2h\", role = \"admn\" }]",
        "7:38",
        "/escalation/0/role",
        "blueprint.unknown_name_near",
    );
    check("limit = \"2 hours\"", "6:9", "/limit", "time_span.malformed");
    check("limit = \"2h\"\nstarts = [\"OrderHeld\", \"OrderSubmited\"]", "7:24", "/starts/1", "blueprint.unknown_name_near");
    check("limit = \"2h\"\ncategories = [\"moon\"]", "7:15", "/categories/0", "blueprint.unknown_name");
    check("limit = \"2h\"\ntask = \"expedit\"", "7:8", "/task", "blueprint.unknown_name_near");
    check("limit = \"2h\"\nwhen = \"order.payble > 5\"", "7:9", "/when", "blueprint.unknown_fact_near");
    check("limit = \"2h\"\nwhen = \"order.payable\"", "7:9", "/when", "blueprint.wrong_sort");
}

#[test]
fn clocks_from_before_tasks_go_on_without_one() {
    let mut old = serde_json::to_value(terms()).unwrap();
    old.as_object_mut().unwrap().remove("task");
    assert_eq!(serde_json::from_value::<ClockTerms>(old).unwrap(), terms());
}
