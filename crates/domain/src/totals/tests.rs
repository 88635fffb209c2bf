//! Figures an accountant can check, and what every order conserves.

use proptest::prelude::*;

use super::*;
use crate::charge::ChargeKind;

/// `in|ex line|doc freight discount deposit%: quantity price discount% tax%; …` as an order.
fn order(text: &str) -> (Terms<'static>, Vec<LineTerms>) {
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
        charges: &[],
    };
    let line = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        LineTerms {
            line_no: 1,
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

/// `+|- amount|percent% tax%|main; …` as charges and allowances.
fn charges(text: &str) -> Vec<Charge> {
    let charge = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let percent = words[1].strip_suffix('%').map(|percent| Rate::parse(percent).unwrap());
        let amount = percent.map_or_else(|| Money::parse(words[1], Currency::CNY).unwrap(), |_| Money::ZERO);
        let own_tax_rate = (words[2] != "main").then(|| Rate::parse(words[2]).unwrap());
        Charge { allowance: words[0] == "-", percent, own_tax_rate, ..Charge::of(ChargeKind::Surcharge, amount) }
    };
    text.split(';').map(charge).collect()
}

/// PRC-03: charges and allowances by EN 16931: what is taxed is the lines less allowances and with charges, by rate.
#[test]
fn figures_with_charges() {
    let check = |text: &str, said: &str, expected: &str| {
        let ((terms, lines), charges) = (order(text), charges(said));
        let totals = compute(&Terms { charges: &charges, ..terms }, &lines).unwrap();
        let shown = [totals.goods, totals.net, totals.tax, totals.payable].map(|amount| amount.decimal(Currency::CNY)).join(" ");
        assert_eq!(shown, expected, "{text} with {said}");
    };
    let goods = "ex doc 0 0 0: 10 100 0 13";
    check(goods, "+ 80 main", "1000.00 1080.00 140.40 1220.40");
    check(goods, "+ 80 6", "1000.00 1080.00 134.80 1214.80");
    check(goods, "- 5% main; + 20 0", "1000.00 970.00 123.50 1093.50");
    check(goods, "- 1000 main", "1000.00 0.00 0.00 0.00");
    // 2 % of 13.40 is 0.268; tax is 1.005 each and 0.0405 on the charge: by line 1.01 + 1.01 + 0.04, by document 2.0505.
    check("ex line 0 0 0: 1 6.70 0 15; 1 6.70 0 15", "+ 2% main", "13.40 13.67 2.06 15.73");
    check("ex doc 0 0 0: 1 6.70 0 15; 1 6.70 0 15", "+ 2% main", "13.40 13.67 2.05 15.72");
    check("in line 0 0 0: 10 113 0 13", "- 113 13; + 10.60 6", "1130.00 910.00 117.60 1027.60");
}

/// PRC-03.
#[test]
fn charges_that_cannot_be() {
    let check = |said: &str, expected: &[(&str, &str)]| {
        let ((terms, lines), charges) = (order("ex line 0 10 0: 1 100 0 0; 1 10 0 13"), charges(said));
        let errors = compute(&Terms { charges: &charges, ..terms }, &lines).unwrap_err();
        let found: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.code)).collect();
        assert_eq!(found, expected, "{said}");
    };
    check("+ -1 main", &[("/charges/0/amount", "value.negative")]);
    check("+ 1 main; + 101% main", &[("/charges/1/percent", "value.not_a_share")]);
    check("+ 1 -1", &[("/charges/0/tax_rate", "value.not_a_share")]);
    check("- 100.01 main", &[("/charges", "order.allowances_above_goods")]);
    // More off at 13 % than there is to tax.
    check("- 50 13", &[("/charges", "order.allowances_above_goods")]);
    let nameless = [Charge::of(ChargeKind::Other, Money::ZERO)];
    let errors: Vec<_> = check_charges(&nameless).into_iter().map(|error| (error.pointer, error.code)).collect();
    assert_eq!(errors, [("/charges/0/text".to_owned(), "value.required")]);
}

fn any_charges() -> impl Strategy<Value = Vec<Charge>> {
    let rate = prop::option::of(prop::sample::select(vec![0, 600, 1300]));
    let charge =
        (any::<bool>(), prop::option::of(0..=1_000_i64), 0..50_000_i64, rate).prop_map(|(allowance, percent, amount, rate)| Charge {
            allowance,
            percent: percent.map(Rate::from_bp),
            own_tax_rate: rate.map(Rate::from_bp),
            ..Charge::of(ChargeKind::Surcharge, Money::from_minor(amount))
        });
    prop::collection::vec(charge, 0..5)
}

fn any_order() -> impl Strategy<Value = (Terms<'static>, Vec<LineTerms>)> {
    let rate = prop::sample::select(vec![0, 600, 900, 1300, 1500]);
    let line = (0..5_000_000_000_i64, 0..900_000_000_i64, 0..=10_000_i64, rate).prop_map(|(quantity, price, discount, rate)| LineTerms {
        line_no: 1,
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
                charges: &[],
            };
            (terms, lines)
        },
    )
}

proptest! {
    /// PRC-03: whatever is charged or taken off, what is printed adds up, in both ways of rounding.
    #[test]
    fn what_is_printed_adds_up_with_charges((terms, lines) in any_order(), charges in any_charges()) {
        let terms = Terms { charges: &charges, ..terms };
        let Ok(totals) = compute(&terms, &lines) else { return Ok(()) };
        let of_lines = |part: fn(&LineMoney) -> Money| totals.lines.iter().map(part).sum::<Money>();
        let of_charges = |part: fn(&ChargeMoney) -> Money| totals.charges.iter().map(part).sum::<Money>();
        prop_assert_eq!(of_lines(|line| line.net) + totals.freight_net + of_charges(|charge| charge.net), totals.net);
        prop_assert_eq!(of_lines(|line| line.tax) + totals.freight_tax + of_charges(|charge| charge.tax), totals.tax);
        prop_assert_eq!(totals.net + totals.tax, totals.payable);
        let off = |(charge, money): (&Charge, &ChargeMoney)| if charge.allowance { -money.amount } else { money.amount };
        let charged: Money = charges.iter().zip(&totals.charges).map(off).sum();
        let priced = totals.goods + terms.freight - terms.discount + charged;
        let expected = if terms.tax_inclusive { priced } else { priced + totals.tax };
        prop_assert_eq!(totals.payable, expected);
        for (charge, money) in charges.iter().zip(&totals.charges) {
            let amount = if terms.tax_inclusive { money.net + money.tax } else { money.net };
            prop_assert_eq!(amount, off((charge, money)));
        }
        prop_assert!(!totals.payable.is_negative());
    }

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
