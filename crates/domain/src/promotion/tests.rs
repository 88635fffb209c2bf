//! What promotions give, to the cent.

use super::*;
use crate::sample::{customer, draft, today};
use crate::*;

fn promotion(code: &str, terms: PromotionTerms) -> Promotion {
    Promotion {
        id: PromotionId::from_raw(i64::from(code.as_bytes()[0])),
        version: Version::FIRST,
        code: code.to_owned(),
        status: PromotionStatus::Active,
        name_zh_cn: code.to_owned(),
        name_zh_tw: code.to_owned(),
        name_en: code.to_owned(),
        valid_from: today(),
        valid_to: today(),
        customer_id: CustomerId::NONE,
        grade: Selector::Any,
        category: Selector::Any,
        channel: Selector::Any,
        currency: Currency::CNY,
        products: Kept::default(),
        terms: Kept::of(terms),
        combinable: true,
        priority: 0,
        limit_total: 0,
        limit_customer: 0,
        created_by: UserId::from_raw(1),
        created_at: Instant::from_micros(0),
        edited_by: UserId::from_raw(1),
        activated_by: None,
        activated_at: None,
        ended_by: None,
        ended_at: None,
        end_reason: String::new(),
    }
}

/// `percent 10`, `unit 0.333`, `order 5`, `amount 100`, `free 10+1` or `free 2+1 1`, then `min 5` and `goods 500`.
fn terms(text: &str) -> PromotionTerms {
    let mut terms = PromotionTerms::default();
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.chunks(2) {
        let value = pair[1];
        match pair[0] {
            "percent" => (terms.effect, terms.percent) = (PromotionEffect::LinePercent, Rate::parse(value).unwrap()),
            "order" => (terms.effect, terms.percent) = (PromotionEffect::OrderPercent, Rate::parse(value).unwrap()),
            "unit" => (terms.effect, terms.unit_off) = (PromotionEffect::UnitOff, UnitPrice::parse(value).unwrap()),
            "amount" => (terms.effect, terms.amount) = (PromotionEffect::OrderAmount, sample::cny(value)),
            "free" => {
                let (buy, free) = value.split_once('+').unwrap();
                terms.effect = PromotionEffect::FreeUnits;
                (terms.buy, terms.free) = (Quantity::parse(buy).unwrap(), Quantity::parse(free).unwrap());
            }
            "most" => terms.most_free = Some(Quantity::parse(value).unwrap()),
            "min" => terms.min_quantity = Quantity::parse(value).unwrap(),
            _ => terms.min_goods = sample::cny(value),
        }
    }
    terms
}

fn given(lines: &[(&str, &str)], promotions: &[Promotion], day: Date) -> String {
    let (mut order, mut lines) = draft(lines);
    lines.iter_mut().for_each(|line| line.price_source = PriceSource::List);
    let buyer = Buyer::of(&order, customer().grade);
    let all: Vec<&Promotion> = promotions.iter().collect();
    let granted = grants(&order, &lines, &buyer, &all, day, |_| true);
    order.grant(granted);
    order.total_up(&mut lines).unwrap();
    let shown = order.charges.iter().map(|charge| format!("{} {}", charge.shown(Language::En), charge.amount.decimal(Currency::CNY)));
    shown.collect::<Vec<_>>().join(", ")
}

/// PRC-06, PRC-04.
#[test]
fn each_effect_comes_to_its_amount() {
    let check = |lines: &[(&str, &str)], said: &str, expected: &str| {
        let shown = given(lines, &[promotion("A", terms(said))], today());
        assert_eq!(shown, expected, "{said} {lines:?}");
    };
    let two = [("10", "10.00"), ("3", "0.35")];
    check(&two, "percent 10", "A 10.11");
    check(&two, "percent 10 min 5", "A 10.00");
    check(&two, "percent 10 goods 101.05", "A 10.11");
    check(&two, "percent 10 goods 101.06", "");
    check(&two, "unit 0.333", "A 4.33");
    // No line gives more than it comes to.
    check(&two, "unit 1", "A 11.05");
    check(&two, "order 5", "A 5.05");
    check(&two, "amount 20", "A 20.00");
    check(&two, "amount 500", "");
    check(&two, "free 4+1", "A 20.00");
    check(&two, "free 4+1 most 1", "A 10.00");
    check(&two, "free 2+1", "A 30.35");
    let later = given(&two, &[promotion("A", terms("percent 10"))], today().plus_days(1));
    assert_eq!(later, "");
}

/// PRC-06.
#[test]
fn the_best_for_the_customer_is_given_and_always_the_same() {
    let alone = |code: &str, said: &str, priority: i64| Promotion { combinable: false, priority, ..promotion(code, terms(said)) };
    let lines = [("10", "10.00")];
    let check = |promotions: &[Promotion], expected: &str| {
        let mut turned = promotions.to_vec();
        turned.reverse();
        assert_eq!(given(&lines, promotions, today()), expected);
        assert_eq!(given(&lines, &turned, today()), expected, "in whatever order they come");
    };
    let (a, b) = (promotion("A", terms("percent 10")), promotion("B", terms("amount 5")));
    check(&[a.clone(), b.clone()], "A 10.00, B 5.00");
    check(&[a.clone(), b.clone(), alone("C", "amount 16", 0)], "C 16.00");
    check(&[a.clone(), b.clone(), alone("C", "amount 15", 0)], "A 10.00, B 5.00");
    check(&[a.clone(), b.clone(), alone("C", "amount 15", 1)], "C 15.00");
    check(&[alone("C", "amount 7", 0), alone("D", "order 7", 2)], "D 7.00");
    // Together never more than the goods come to.
    check(&[promotion("A", terms("percent 60")), promotion("B", terms("order 50"))], "A 60.00");
}

/// PRC-06, PRC-03: what is typed, contracted or given by hand takes no part, and what the lines are later recalculates it.
#[test]
fn only_prices_of_the_book_take_part_and_conditions_are_kept() {
    let (mut order, mut lines) = draft(&[("10", "10.00"), ("10", "1.00")]);
    lines[0].price_source = PriceSource::List;
    lines[1].price_source = PriceSource::Manual;
    let one = promotion("A", terms("percent 10 min 5"));
    let granted = grants(&order, &lines, &Buyer::of(&order, customer().grade), &[&one], today(), |_| true);
    order.grant(granted);
    order.total_up(&mut lines).unwrap();
    assert_eq!(order.promoted(), sample::cny("10.00"));
    lines[0].put_quantity(sample::quantity("6")).unwrap();
    order.keep_granted(&lines);
    order.total_up(&mut lines).unwrap();
    assert_eq!(order.promoted(), sample::cny("6.00"));
    lines[0].put_quantity(sample::quantity("4")).unwrap();
    order.keep_granted(&lines);
    assert_eq!(order.promotions(), []);
}
