use super::*;
use crate::id::CustomerId;

const DAY: &str = "2026-11-21";

/// `percent 100000:1 200000:2` or `unit 100:0.5`, and whether a tier counts for the whole.
fn agreement(tiers: &str, whole: bool) -> Rebate {
    let mut words = tiers.split(' ');
    let basis = if words.next() == Some("percent") { RebateBasis::Amount } else { RebateBasis::Quantity };
    let tier = |text: &str| {
        let (from, gives) = text.split_once(':').expect("from:gives");
        match basis {
            RebateBasis::Amount => RebateTier {
                from_amount: Money::parse(from, Currency::CNY).unwrap(),
                percent: Rate::parse(gives).unwrap(),
                ..RebateTier::default()
            },
            RebateBasis::Quantity => RebateTier {
                from_quantity: Quantity::parse(from).unwrap(),
                per_unit: UnitPrice::parse(gives).unwrap(),
                ..RebateTier::default()
            },
        }
    };
    let day: Date = Date::parse(DAY).unwrap();
    Rebate {
        id: RebateId::from_raw(1),
        version: Version::FIRST,
        number: "FL-1".to_owned(),
        status: RebateStatus::Draft,
        customer_id: CustomerId::NONE,
        valid_from: day,
        valid_to: day,
        basis,
        currency: Currency::CNY,
        products: Kept::of(Vec::new()),
        tiers: Kept::of(words.map(tier).collect()),
        whole,
        created_by: UserId::from_raw(1),
        created_at: Instant::from_micros(0),
        edited_by: UserId::from_raw(1),
        approved_by: None,
        approved_at: None,
        end_reason: String::new(),
        proposed_by: None,
        return_reason: String::new(),
        settled_by: None,
        settled_at: None,
        settlement: Kept::of(RebateSettlement::default()),
    }
}

fn check(tiers: &str, whole: bool, turnover: &str, expected: &str) {
    let one = agreement(tiers, whole);
    let counted = match one.basis {
        RebateBasis::Amount => Turnover { amount: Money::parse(turnover, Currency::CNY).unwrap(), ..Turnover::default() },
        RebateBasis::Quantity => Turnover { quantity: Quantity::parse(turnover).unwrap(), ..Turnover::default() },
    };
    let accrual = one.accrue(counted).unwrap();
    let missing = accrual.missing.map_or("-".to_owned(), |missing| match one.basis {
        RebateBasis::Amount => missing.amount.decimal(Currency::CNY),
        RebateBasis::Quantity => missing.quantity.decimal(),
    });
    assert_eq!(format!("{} {} {missing}", accrual.tier, accrual.rebate.decimal(Currency::CNY)), expected, "{tiers} {turnover}");
}

/// PRC-06: a tier counts for the whole or for what is above it; what comes of it is rounded once, half away from zero.
#[test]
fn tiers_give_exact_money() {
    let steps = "percent 1000:1 2000:2.5 5000:4";
    check(steps, true, "0", "0 0.00 1000.00");
    check(steps, true, "-10.00", "0 0.00 1010.00");
    check(steps, true, "999.99", "0 0.00 0.01");
    check(steps, true, "1000", "1 10.00 1000.00");
    check(steps, true, "1999.99", "1 20.00 0.01");
    check(steps, true, "2000", "2 50.00 3000.00");
    check(steps, false, "2000", "2 10.00 3000.00");
    check(steps, false, "6000", "3 125.00 -");
    check(steps, true, "6000", "3 240.00 -");
    check("percent 0:1", true, "0.50", "1 0.01 -");
    check("percent 0:1", true, "0.49", "1 0.00 -");
    check("unit 100:0.5 200:0.75", true, "150", "1 75.00 50");
    check("unit 100:0.5 200:0.75", false, "250.5", "2 87.88 -");
    check("unit 0:0.333333", true, "1.5", "1 0.50 -");
}

/// PRC-06: tiers ascend, and give something of the agreement's basis.
#[test]
fn tiers_ascend() {
    let check = |tiers: &str, expected: &[&str]| {
        let pointers: Vec<String> = agreement(tiers, true).check().into_iter().map(|error| error.pointer.to_string()).collect();
        assert_eq!(pointers, expected, "{tiers}");
    };
    check("percent 0:1 10:2", &[]);
    check("percent", &["/tiers"]);
    check("percent 10:1 10:2", &["/tiers/1/from"]);
    check("percent 0:0", &["/tiers/0/percent"]);
    check("unit 0:0", &["/tiers/0/per_unit"]);
}
