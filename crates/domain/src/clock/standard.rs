//! The clocks a company has until it says otherwise.

use super::{ClockAnchor, ClockRule, ClockSubject, Escalation};
use crate::codes::SalesCategory;
use crate::event::EventKind;
use crate::names::Names;
use crate::rules::Condition;
use crate::time_span::TimeSpan;

fn span(text: &str) -> TimeSpan {
    TimeSpan::parse(text).expect("a length of time")
}

/// Code of the clock of the answer that was promised to an inquiry.
pub const INQUIRY_ANSWER: &str = "inquiry.answer";

/// What ends an order before its time, and every clock with it.
const ENDS: &[EventKind] = &[EventKind::OrderRejected, EventKind::OrderVoided, EventKind::OrderCancelled];

/// A rule with what all of the standard ones have in common.
fn rule(code: &str, role: &str, escalation: &[(&str, &str)]) -> ClockRule {
    let level = |(after, role): &(&str, &str)| Escalation { after: span(after), role: (*role).to_owned() };
    ClockRule {
        code: code.to_owned(),
        name: Names::of_text(&format!("clock.name.{code}")),
        pauses: vec![EventKind::OrderHeld],
        resumes: vec![EventKind::OrderResumed],
        role: role.to_owned(),
        escalation: escalation.iter().map(level).collect(),
        ..ClockRule::default()
    }
}

/// The clocks of the sources, as far as their facts exist: an order is reviewed within 2 hours (export: 24 hours), approved within 4 of office time,
/// the customer is told within 24 hours how the order stands, asked what to do about goods that are short 24 hours before the promised day begins, reminded
/// the day before delivery and asked three days after it; a confirmation comes back signed within 48; what was
/// promised to be answered is answered in time, what became of goods on the road within 2 hours, a complaint within 24.
///
/// Source: TSK-03, APR-01, INT-06
pub fn standard_clocks() -> Vec<ClockRule> {
    let mut all = of_the_office();
    all.extend(before_days_of_the_order());
    all.extend(started_by_people());
    all.push(of_inquiries());
    all
}

/// The answer that a customer was promised to an inquiry (INT-06).
fn of_inquiries() -> ClockRule {
    use EventKind as E;
    ClockRule {
        subject: ClockSubject::Inquiry,
        stops: vec![E::InquiryAnswered, E::InquiryDropped],
        pauses: Vec::new(),
        resumes: Vec::new(),
        warn_before: span("30m"),
        ..rule(INQUIRY_ANSWER, "customer_service", &[("1h", "sales_manager")])
    }
}

/// These events, and what ends an order before its time.
fn with(kinds: &[EventKind]) -> Vec<EventKind> {
    kinds.iter().chain(ENDS).copied().collect()
}

/// Reviewed, approved, told: within a length of time.
fn of_the_office() -> Vec<ClockRule> {
    use EventKind as E;
    let review = |code: &str, escalation: &[(&str, &str)]| ClockRule {
        starts: vec![E::OrderSubmitted],
        stops: with(&[E::OrderReviewed, E::OrderReturned]),
        ..rule(code, "customer_service", escalation)
    };
    vec![
        ClockRule {
            except_categories: vec![SalesCategory::Export],
            calendar: "always".to_owned(),
            limit: Some(span("2h")),
            warn_before: span("30m"),
            ..review("order.review", &[("30m", "sales_manager"), ("4h", "admin")])
        },
        ClockRule {
            categories: vec![SalesCategory::Export],
            calendar: "always".to_owned(),
            limit: Some(span("24h")),
            warn_before: span("4h"),
            ..review("order.review_export", &[("2h", "sales_manager"), ("24h", "admin")])
        },
        ClockRule {
            starts: vec![E::OrderReviewed],
            stops: with(&[E::OrderApproved, E::OrderReturned]),
            calendar: "office".to_owned(),
            limit: Some(span("4h")),
            warn_before: span("1h"),
            ..rule("order.approve", "sales_manager", &[("2h", "finance"), ("8h", "admin")])
        },
        ClockRule {
            starts: vec![E::OrderSubmitted],
            stops: with(&[E::OrderTookEffect, E::OrderReturned]),
            stops_by_hand: true,
            calendar: "always".to_owned(),
            limit: Some(span("24h")),
            warn_before: span("4h"),
            ..rule("order.status", "customer_service", &[("4h", "sales_manager")])
        },
        ClockRule {
            starts: vec![E::OrderConfirmationSent, E::OrderTookEffect, E::OrderChanged],
            stops: with(&[E::OrderSigned, E::OrderReturned]),
            when: Some(Condition::of_facts("order.signature == 'asked' || order.signature == 'owed'")),
            calendar: "always".to_owned(),
            limit: Some(span("48h")),
            warn_before: span("12h"),
            ..rule("order.signature", "customer_service", &[("24h", "sales_manager")])
        },
    ]
}

/// What is to be done before a day that was promised or is kept.
fn before_days_of_the_order() -> Vec<ClockRule> {
    use EventKind as E;
    vec![
        ClockRule {
            starts: vec![E::OrderTookEffect],
            stops: with(&[E::OrderReady, E::ShortageSettled, E::OrderClosed]),
            pauses: Vec::new(),
            resumes: Vec::new(),
            stops_by_hand: true,
            when: Some(Condition::of_facts("lines.short > 0")),
            anchor: Some(ClockAnchor::PromisedOn),
            before: span("2d"),
            warn_before: span("1d"),
            ..rule("order.shortage", "customer_service", &[("4h", "sales_manager")])
        },
        ClockRule {
            starts: vec![E::OrderTookEffect],
            stops: with(&[E::ShipmentDelivered, E::OrderClosed]),
            pauses: Vec::new(),
            resumes: Vec::new(),
            stops_by_hand: true,
            anchor: Some(ClockAnchor::PromisedOn),
            before: span("1d"),
            warn_before: span("15h"),
            ..rule("order.delivery_reminder", "customer_service", &[("12h", "sales_manager")])
        },
        ClockRule {
            starts: vec![E::FollowUpCreated],
            stops: with(&[E::FollowUpCompleted, E::FollowUpWaived, E::OrderClosed]),
            pauses: Vec::new(),
            resumes: Vec::new(),
            anchor: Some(ClockAnchor::FollowUpDueOn),
            warn_before: span("15h"),
            ..rule("order.follow_up", "after_sales", &[("1d", "sales_manager")])
        },
    ]
}

/// Answers that somebody has promised, or that something which happened outside asks for; and to what went wrong with an order.
fn started_by_people() -> Vec<ClockRule> {
    use EventKind as E;
    vec![
        ClockRule {
            stops: with(&[E::OrderClosed]),
            pauses: Vec::new(),
            resumes: Vec::new(),
            stops_by_hand: true,
            warn_before: span("30m"),
            ..rule("order.answer", "customer_service", &[("1h", "sales_manager")])
        },
        ClockRule {
            stops: with(&[E::OrderClosed]),
            pauses: Vec::new(),
            resumes: Vec::new(),
            stops_by_hand: true,
            calendar: "always".to_owned(),
            limit: Some(span("2h")),
            warn_before: span("30m"),
            ..rule("order.logistics", "customer_service", &[("1h", "sales_manager")])
        },
        ClockRule {
            starts: vec![E::ExceptionOpened],
            stops: with(&[E::ExceptionRedone, E::ExceptionGivenUp, E::OrderClosed]),
            pauses: Vec::new(),
            resumes: Vec::new(),
            calendar: "always".to_owned(),
            limit: Some(span("2h")),
            warn_before: span("30m"),
            ..rule("order.exception", "customer_service", &[("1h", "sales_manager")])
        },
        ClockRule {
            stops: with(&[E::FollowUpWaived, E::OrderClosed]),
            pauses: Vec::new(),
            resumes: Vec::new(),
            stops_by_hand: true,
            calendar: "always".to_owned(),
            limit: Some(span("24h")),
            warn_before: span("4h"),
            ..rule("order.case", "after_sales", &[("2h", "sales_manager"), ("24h", "admin")])
        },
    ]
}
