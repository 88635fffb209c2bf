//! Figures an accountant can check, and what every order conserves.

use proptest::prelude::*;

use super::*;

/// `in|ex line|doc freight discount deposit%: quantity price discount% tax%; …` as an order.
fn order(text: &str) -> (Terms, Vec<LineTerms>) {
    let (head, lines) = text.split_once(':').unwrap();
    let head: Vec<&str> = head.split_whitespace().collect();
    let money = |text: &str| Money::parse(text, Currency::CNY).unwrap();
    let terms = Terms {
        currency: Currency::CNY,
        tax_inclusive: head[0] == "in",
        tax_rounding: if head[1] == "line" { TaxRounding::Line } else { TaxRounding::Document },
        freight: money(head[2]),
        discount: money(head[3]),
        deposit_rate: Rate::parse(head[4]).unwrap(),
    };
    let line = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        LineTerms {
            quantity: Quantity::parse(words[0]).unwrap(),
            unit_price: UnitPrice::parse(words[1]).unwrap(),
            per: words.get(4).map_or(Ratio::ONE, |per| Ratio::parse(per).unwrap()),
            discount_rate: Rate::parse(words[2]).unwrap(),
            tax_rate: Rate::parse(words[3]).unwrap(),
        }
    };
    (terms, lines.split(';').map(line).collect())
}

#[test]
fn figures() {
    let check = |text: &str, expected: &str| {
        let (terms, lines) = order(text);
        let totals = compute(&terms, &lines).unwrap();
        let shown =
            [totals.goods, totals.net, totals.tax, totals.payable, totals.deposit].map(|amount| amount.decimal(Currency::CNY)).join(" ");
        assert_eq!(shown, expected, "{text}");
    };
    //                                                goods net tax payable deposit
    check("ex line 0 0 0: 1 6.70 0 15; 1 6.70 0 15", "13.40 13.40 2.02 15.42 0.00");
    check("ex doc 0 0 0: 1 6.70 0 15; 1 6.70 0 15", "13.40 13.40 2.01 15.41 0.00");
    check("ex line 0 0 0: 1 192.00 74.246 0", "49.44 49.44 0.00 49.44 0.00");
    check("in line 800.00 0 30: 100 500.00 0 13", "50000.00 44955.75 5844.25 50800.00 15240.00");
    check("in doc 8.00 0 0: 1 59.90 0 13; 2 19.90 0 13", "99.70 95.31 12.39 107.70 0.00");
    check("ex line 0 0 30: 20 6200 0 13", "124000.00 124000.00 16120.00 140120.00 42036.00");
    check("ex doc 0 0 0: 20.4 6200 0 13", "126480.00 126480.00 16442.40 142922.40 0.00");
    // The discount takes 17.86 and 32.14; tax is 10.68 + 13.31, and 9.00 on the freight at the larger part's rate.
    check("ex line 100 50 0: 3 33.333333 0 13; 1 200 10 9", "280.00 330.00 32.99 362.99 0.00");
    check("ex line 0 0 0: 0 6.70 0 15", "0.00 0.00 0.00 0.00 0.00");
    check("in line 0 10 0: 1 10 0 13", "10.00 0.00 0.00 0.00 0.00");
    // A supermarket: ten cartons at 100.00 net, billed with 17 % inside.
    // Five cartons of 24 at 100.00, kept as 120 bottles; three rolls of 1000/3 m at 33.35.
    check("ex line 0 0 0: 120 100.00 0 13 24", "500.00 500.00 65.00 565.00 0.00");
    check("ex line 0 0 0: 1000 33.35 0 0 1000/3", "100.05 100.05 0.00 100.05 0.00");
    check("in line 0 0 0: 10 117.00 0 17", "1170.00 1000.00 170.00 1170.00 0.00");
}

#[test]
fn each_line_of_the_check_figure() {
    let (terms, lines) = order("ex line 0 0 0: 1 6.70 0 15; 1 6.70 0 15");
    let grosses = compute(&terms, &lines).unwrap().lines.iter().map(|line| line.gross.minor()).collect::<Vec<_>>();
    assert_eq!(grosses, [771, 771]);
    let (terms, lines) = order("ex doc 0 0 0: 1 6.70 0 15; 1 6.70 0 15");
    let grosses = compute(&terms, &lines).unwrap().lines.iter().map(|line| line.gross.minor()).collect::<Vec<_>>();
    assert_eq!(grosses, [771, 770]);
}

#[test]
fn what_cannot_be_is_named_at_its_field() {
    let check = |text: &str, expected: &[(&str, &str)]| {
        let (terms, lines) = order(text);
        let errors = compute(&terms, &lines).unwrap_err();
        let found: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.code)).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("ex line -1 0 0: 1 1 0 0", &[("/freight", "value.negative")]);
    check("ex line 0 2 0: 1 1 0 0", &[("/discount", "order.discount_above_goods")]);
    check("ex line 0 0 101: 1 1 0 0", &[("/deposit_rate", "value.not_a_share")]);
    check(
        "ex line 0 0 0: 1 1 0 0; -1 1 101 0",
        &[("/lines/1/quantity", "value.negative"), ("/lines/1/discount_rate", "value.not_a_share")],
    );
    check("ex line 0 0 0: 1000000000 1000000000 0 13", &[("/lines/0/quantity", "order.amount_too_large")]);
    check("ex line 0 0 0: 1000000 9000000 0 13; 1000000 9000000 0 13", &[("/lines", "order.amount_too_large")]);
}

fn any_order() -> impl Strategy<Value = (Terms, Vec<LineTerms>)> {
    let rate = prop::sample::select(vec![0, 600, 900, 1300, 1500]);
    let line = (0..5_000_000_000_i64, 0..900_000_000_i64, 0..=10_000_i64, rate).prop_map(|(quantity, price, discount, rate)| LineTerms {
        quantity: Quantity::from_micro(quantity),
        unit_price: UnitPrice::from_micro(price),
        per: Ratio::ONE,
        discount_rate: Rate::from_bp(discount),
        tax_rate: Rate::from_bp(rate),
    });
    let lines = prop::collection::vec(line, 1..12);
    (lines, any::<bool>(), any::<bool>(), 0..100_000_i64, 0..=100_i64, 0..=10_000_i64).prop_map(
        |(lines, inclusive, by_line, freight, discounted, deposit)| {
            let amount = |line: &LineTerms| line_amount(line.quantity, line.unit_price, line.discount_rate, Currency::CNY).unwrap();
            let goods: Money = lines.iter().map(amount).sum();
            let terms = Terms {
                currency: Currency::CNY,
                tax_inclusive: inclusive,
                tax_rounding: if by_line { TaxRounding::Line } else { TaxRounding::Document },
                deposit_rate: Rate::from_bp(deposit),
                freight: Money::from_minor(freight),
                discount: Money::from_minor(goods.minor() / 100 * discounted),
            };
            (terms, lines)
        },
    )
}

proptest! {
    #[test]
    fn what_is_printed_adds_up((terms, lines) in any_order()) {
        let totals = compute(&terms, &lines).unwrap();
        let sum = |part: fn(&LineMoney) -> Money| totals.lines.iter().map(part).sum::<Money>();
        prop_assert_eq!(sum(|line| line.amount), totals.goods);
        prop_assert_eq!(sum(|line| line.discount), terms.discount);
        prop_assert_eq!(sum(|line| line.net) + totals.freight_net, totals.net);
        prop_assert_eq!(sum(|line| line.tax) + totals.freight_tax, totals.tax);
        prop_assert_eq!(totals.net + totals.tax, totals.payable);
        for line in &totals.lines {
            prop_assert_eq!(line.net + line.tax, line.gross);
            prop_assert!(!line.net.is_negative() && !line.tax.is_negative());
        }
        let priced = totals.goods + terms.freight - terms.discount;
        let expected = if terms.tax_inclusive { priced } else { priced + totals.tax };
        prop_assert_eq!(totals.payable, expected);
    }

    #[test]
    fn parts_sum_to_the_whole(whole in 0..1_000_000_i64, weights in prop::collection::vec(0..1_000_000_i64, 1..20)) {
        let weights: Vec<Money> = weights.into_iter().map(Money::from_minor).collect();
        let sum: Money = weights.iter().copied().sum();
        prop_assume!(sum.is_positive());
        let whole = Money::from_minor(whole.min(sum.minor()));
        let parts = spread(whole, &weights).unwrap();
        prop_assert_eq!(parts.iter().copied().sum::<Money>(), whole);
        prop_assert!(parts.iter().zip(&weights).all(|(part, weight)| part <= weight));
    }
}
