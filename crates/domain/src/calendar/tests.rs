//! The arithmetic of working time, by examples and by what must always hold.

use proptest::prelude::*;

use super::*;
use crate::instant::Instant;
use crate::time_span::TimeSpan;

fn span(text: &str) -> HourSpan {
    HourSpan::parse(text).unwrap()
}

/// Monday to Friday from 10 to 18 in Shanghai; 2019-03-05 is a holiday.
fn ten_to_six() -> WorkCalendar {
    let mut calendar = WorkCalendar::workdays("Asia/Shanghai", &[span("10:00-18:00")]);
    calendar.holidays.insert(Date::parse("2019-03-05").unwrap());
    calendar
}

fn local(text: &str, offset: &str) -> Instant {
    Instant::parse(&format!("{}:00{offset}", text.replace(' ', "T"))).unwrap()
}

fn due(calendar: &WorkCalendar, offset: &str, start: &str, limit: &str, expected: &str) {
    let (from, length) = (local(start, offset), TimeSpan::parse(limit).unwrap());
    let to = calendar.due(from, length);
    assert_eq!(to, local(expected, offset), "{start} + {limit}");
    assert_eq!(calendar.worked(from, to), length, "{start} + {limit}");
}

#[test]
fn working_time_ends_where_the_field_says() {
    let calendar = ten_to_six();
    let check = |start: &str, limit: &str, expected: &str| due(&calendar, "+08:00", start, limit, expected);
    check("2019-03-04 14:00", "6h", "2019-03-06 12:00");
    check("2019-03-04 20:00", "6h", "2019-03-06 16:00");
    check("2019-03-04 09:00", "8h", "2019-03-04 18:00");
    check("2019-03-04 10:00", "0m", "2019-03-04 10:00");
    check("2019-03-08 17:30", "1h", "2019-03-11 10:30");
    check("2019-03-08 18:00", "1m", "2019-03-11 10:01");
    check("2019-03-05 12:00", "16h", "2019-03-07 18:00");
}

#[test]
fn lunch_make_up_days_and_several_spans() {
    let mut calendar = WorkCalendar::workdays("Asia/Shanghai", &[span("09:00-12:00"), span("13:00-18:00")]);
    for day in ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"] {
        calendar.holidays.insert(Date::parse(day).unwrap());
    }
    calendar.make_up.push(MakeUpDay { on: Date::parse("2026-10-10").unwrap(), hours: vec![span("09:00-12:00")] });
    assert_eq!(calendar.check(), []);
    let check = |start: &str, limit: &str, expected: &str| due(&calendar, "+08:00", start, limit, expected);
    check("2026-09-30 11:30", "1h", "2026-09-30 13:30");
    check("2026-09-30 17:00", "2h", "2026-10-08 10:00");
    check("2026-10-09 17:00", "4h", "2026-10-10 12:00");
    check("2026-10-09 17:00", "5h", "2026-10-12 10:00");
    let kinds = ["2026-10-01", "2026-10-08", "2026-10-10", "2026-10-11"].map(|day| calendar.kind_of(Date::parse(day).unwrap()));
    assert_eq!(kinds, [DayKind::Holiday, DayKind::Work, DayKind::MakeUp, DayKind::Rest]);
    assert_eq!(calendar.week_shown(), "1-5 09:00-12:00 13:00-18:00");
}

#[test]
fn a_zone_may_change_its_clock_in_between() {
    // Berlin: 2026-03-29 02:00 becomes 03:00; 2026-10-25 03:00 becomes 02:00.
    let nights =
        WorkCalendar { sunday: vec![span("00:00-06:00")], ..WorkCalendar { zone: "Europe/Berlin".into(), ..WorkCalendar::default() } };
    let night = |day: &str, next: &str| nights.worked(Instant::parse(day).unwrap(), Instant::parse(next).unwrap()).to_string();
    assert_eq!(night("2026-03-28T20:00:00Z", "2026-03-29T20:00:00Z"), "5h");
    assert_eq!(night("2026-10-24T20:00:00Z", "2026-10-25T20:00:00Z"), "7h");
    assert_eq!(night("2026-06-06T20:00:00Z", "2026-06-07T20:00:00Z"), "6h");
    let due = nights.due(Instant::parse("2026-03-28T23:00:00Z").unwrap(), TimeSpan::parse("90m").unwrap());
    assert_eq!(due.to_string(), "2026-03-29T00:30:00Z");
    // Two spans in the hour that does not exist are not counted twice.
    let gap = WorkCalendar { sunday: vec![span("02:00-02:45"), span("03:00-04:00")], ..nights };
    assert_eq!(
        gap.worked(Instant::parse("2026-03-28T20:00:00Z").unwrap(), Instant::parse("2026-03-29T20:00:00Z").unwrap()).to_string(),
        "1h"
    );
}

#[test]
fn a_calendar_without_working_time_is_refused_and_ends_all_the_same() {
    let never = WorkCalendar { zone: "UTC".into(), ..WorkCalendar::default() };
    assert_eq!(never.check()[0].code, "calendar.no_working_time");
    assert_eq!(never.due(Instant::from_micros(0), TimeSpan::from_minutes(1)), Instant::from_micros(0));
    let wrong =
        WorkCalendar { zone: "Middle/Nowhere".into(), monday: vec![span("09:00-12:00"), span("11:00-13:00")], ..WorkCalendar::default() };
    let codes: Vec<_> = wrong.check().into_iter().map(|error| (error.pointer, error.code)).collect();
    assert_eq!(codes, [("/zone".to_owned(), "value.unknown"), ("/monday/1".to_owned(), "calendar.overlapping")]);
    for bad in ["9-12", "09:00", "12:00-09:00", "09:00-24:01", "09:60-10:00", "9:0-10:00", "+9:00-10:00"] {
        assert!(HourSpan::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_file_says_it_in_a_table() {
    let text = "zone = \"Asia/Shanghai\"\nmonday = [\"09:00-12:00\", \"13:00-18:00\"]\nholidays = [\"2026-10-01\"]\nmake_up = [{ on = \"2026-10-10\", hours = [\"09:00-18:00\"] }]\n";
    let calendar: WorkCalendar = toml::from_str(text).unwrap();
    assert_eq!(calendar.check(), []);
    assert_eq!(serde_json::from_str::<WorkCalendar>(&calendar.to_json()).unwrap(), calendar);
    let wrong = toml::from_str::<WorkCalendar>("mondays = []").unwrap_err().to_string();
    assert!(wrong.contains("mondays") && wrong.contains("monday"), "{wrong}");
    let wrong = toml::from_str::<WorkCalendar>("monday = [\"9-12\"]").unwrap_err().to_string();
    assert!(wrong.contains("09:00-12:00"), "{wrong}");
    for calendar in standard_calendars("Asia/Shanghai") {
        assert_eq!(calendar.check(), [], "{}", calendar.code);
    }
}

fn any_calendar() -> impl Strategy<Value = WorkCalendar> {
    let cuts = proptest::collection::btree_set(0_i32..=288, 2..8);
    let day = cuts.prop_map(|cuts| {
        let cuts: Vec<i32> = cuts.into_iter().map(|five| five * 5).collect();
        cuts.chunks_exact(2).map(|pair| HourSpan { from: pair[0], to: pair[1] }).collect::<Vec<_>>()
    });
    let zones = prop_oneof![Just("Asia/Shanghai"), Just("Europe/Berlin"), Just("America/New_York"), Just("Australia/Lord_Howe")];
    (proptest::collection::vec(day, 7), proptest::collection::vec(0_u8..3, 7), zones, proptest::collection::btree_set(0_i64..400, 0..40))
        .prop_map(|(days, off, zone, holidays)| {
            let of = |place: usize| if off[place] == 0 && place > 0 { Vec::new() } else { days[place].clone() };
            let start = Date::parse("2026-01-01").unwrap();
            WorkCalendar {
                zone: zone.to_owned(),
                always: false,
                monday: of(0),
                tuesday: of(1),
                wednesday: of(2),
                thursday: of(3),
                friday: of(4),
                saturday: of(5),
                sunday: of(6),
                holidays: holidays.into_iter().map(|day| start.plus_days(day)).collect(),
                make_up: Vec::new(),
            }
        })
        .prop_filter("an hour a week at least, or years go by", |calendar| {
            let week = [
                &calendar.monday,
                &calendar.tuesday,
                &calendar.wednesday,
                &calendar.thursday,
                &calendar.friday,
                &calendar.saturday,
                &calendar.sunday,
            ];
            week.into_iter().flatten().map(|span| span.to - span.from).sum::<i32>() >= 60
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_due_was_worked(calendar in any_calendar(), start in 0_i64..34_560_000, limit in 0_i64..400_000, later in 0_i64..3_000_000) {
        // Within 400 days of 2026.
        let start = Instant::parse("2026-01-01T00:00:00Z").unwrap().plus_seconds(start);
        let limit = TimeSpan::from_micros(limit * 1_000_003);
        let due = calendar.due(start, limit);
        prop_assert_eq!(calendar.worked(start, due), limit);
        prop_assert!(due >= start);
        // No earlier instant would do.
        prop_assert!(limit.is_zero() || calendar.worked(start, Instant::from_micros(due.micros() - 1)) < limit);
        // It grows with the limit and with the start.
        let longer = TimeSpan::from_micros(limit.micros() + later);
        prop_assert!(calendar.due(start, longer) >= due);
        let after = start.plus_seconds(later);
        prop_assert!(calendar.due(after, limit) >= due);
        // Time adds up.
        let middle = Instant::from_micros(start.micros() + (due.micros() - start.micros()) / 3);
        prop_assert_eq!(calendar.worked(start, middle).plus(calendar.worked(middle, due)), limit);
    }
}
