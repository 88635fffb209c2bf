use super::*;
use crate::sample::{actor, draft as order_draft, now, quantity, today};
use crate::*;

fn quoted() -> Quotation {
    let (order, _) = order_draft(&[("10", "480")]);
    let terms = QuotationTerms { valid_until: Some(today().plus_days(10)), ..QuotationTerms::default() };
    Quotation::draft(QuotationId::from_raw(7), "BJ2026000001", &order, &terms, UserId::from_raw(1), now())
}

fn at(days: i64) -> Moment {
    Moment { now: now(), today: today().plus_days(days) }
}

#[test]
fn every_verb_has_a_row_and_every_state_a_way_out() {
    for verb in QuotationVerb::ALL {
        assert_eq!(verb.table_row().verb, *verb);
    }
    assert!(QUOTATION_MOVES.iter().all(|row| !row.from.contains(&QuotationStatus::Expired)), "never kept");
}

#[test]
fn nobody_approves_their_own_and_what_expired_needs_a_new_version() {
    let (rep, manager) = (actor(1, "sales_rep"), actor(5, "sales_manager"));
    let mut one = quoted();
    assert_eq!(one.valid_until, today().plus_days(10));
    one.submit(Vec::new(), &rep, at(0)).unwrap();
    let code = |result: Result<Event, Refusal>| result.err().map(|refusal| refusal.code);
    assert_eq!(code(one.approve("", &rep, at(0))), Some("denied"));
    assert_eq!(code(one.clone().approve("", &Actor { user_id: UserId::from_raw(1), ..manager.clone() }, at(0))), Some("quotation.own"));
    assert_eq!(code(one.send_back(" ", &manager, at(0))), Some("invalid"));
    assert_eq!(code(one.send("", &rep, at(0))), Some("quotation.not_approved"));
    one.approve("可以", &manager, at(0)).unwrap();
    one.send("微信", &rep, at(0)).unwrap();
    assert_eq!([10, 11].map(|days| one.status_on(today().plus_days(days))), [QuotationStatus::Sent, QuotationStatus::Expired]);
    assert_eq!(code(one.win(None, "", &rep, at(11))), Some("quotation.expired"));
    assert_eq!(code(one.ordered(OrderId::from_raw(9), None, &rep, at(11))), Some("quotation.expired"));
    let (next, lines, _) = one.revise(QuotationId::from_raw(8), &Vec::<Box<QuotationLine>>::new(), &rep, at(11)).unwrap();
    assert_eq!((next.revision, next.status, next.number.as_str()), (2, QuotationStatus::Draft, "BJ2026000001"));
    assert_eq!((next.valid_until, lines.len()), (today().plus_days(21), 0));
    assert_eq!((one.status, one.latest), (QuotationStatus::Superseded, false));
    assert_eq!(code(one.win(None, "", &rep, at(0))), Some("quotation.not_sent"));
}

#[test]
fn it_is_lost_with_a_reason_and_ordered_once_at_a_time() {
    let (rep, manager) = (actor(1, "sales_rep"), actor(5, "sales_manager"));
    let mut one = quoted();
    one.submit(Vec::new(), &rep, at(0)).unwrap();
    one.approve("", &manager, at(0)).unwrap();
    one.send("", &rep, at(0)).unwrap();
    let mut other = one.clone();
    assert_eq!(other.lose(QuotationReason::Other, " ", &rep, at(0)).unwrap_err().fields[0].pointer, "/note");
    other.lose(QuotationReason::Price, "", &rep, at(11)).unwrap();
    assert_eq!((other.status, other.reason), (QuotationStatus::Lost, Some(QuotationReason::Price)));
    let (mut order, _) = order_draft(&[("10", "480")]);
    one.ordered(order.id, None, &rep, at(10)).unwrap();
    assert_eq!(one.status, QuotationStatus::Won);
    assert_eq!(one.ordered(OrderId::from_raw(99), Some(&order), &rep, at(10)).unwrap_err().code, "quotation.ordered");
    order.status = OrderStatus::Void;
    one.ordered(OrderId::from_raw(99), Some(&order), &rep, at(10)).unwrap();
}

#[test]
fn a_quoted_price_holds_from_its_quantity_on() {
    let check = |ordered: &str, given: Option<&str>, price: &str, source: PriceSource| {
        let (_, mut lines) = order_draft(&[(ordered, "500")]);
        let price_of = |text: &str| UnitPrice::parse(text).unwrap();
        let line = &mut lines[0];
        let quoted: Vec<Box<QuotationLine>> = [("10", "480"), ("100", "450")]
            .map(|(from, price)| {
                let mut one = QuotationLine::of(QuotationId::from_raw(7), (**line).clone());
                (one.quantity_micro, one.unit_price_micro) = (quantity(from), price_of(price));
                Box::new(one)
            })
            .into();
        line.set_price(given.map(price_of), None);
        line.take_quoted(given.map(price_of), &quoted);
        let found = (line.unit_price_micro, line.price_source);
        assert_eq!(found, (price_of(price), source), "{ordered} {given:?}");
        line.quotation_lapsed();
        assert_ne!(line.price_source, PriceSource::Quotation);
    };
    check("10", None, "480", PriceSource::Quotation);
    check("99.5", Some("480"), "480", PriceSource::Quotation);
    check("100", Some("450"), "450", PriceSource::Quotation);
    check("9", Some("480"), "480", PriceSource::Manual);
    check("100", Some("440"), "440", PriceSource::Manual);
    check("9", None, "0", PriceSource::None);
}
