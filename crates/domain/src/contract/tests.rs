use super::*;
use crate::sample::{actor, customer, draft as order_draft, now, product, quantity, today};
use crate::*;

fn price(text: &str) -> UnitPrice {
    UnitPrice::parse(text).unwrap()
}

fn terms() -> ContractTerms {
    ContractTerms {
        customer_ref: "HT-7".to_owned(),
        title: "年度供货合同".to_owned(),
        currency: None,
        tax_inclusive: None,
        valid_from: today().plus_days(-10),
        valid_to: today().plus_days(300),
        settlement: Some(Settlement::Monthly),
        deposit_rate: Some(Rate::from_bp(3000)),
        credit_days: Some(30),
        credit_terms: String::new(),
        lead_days: Some(7),
        delivery_terms: String::new(),
        terms: "按附件".to_owned(),
        binding: Codes::parse("price"),
    }
}

fn at(days: i64) -> Moment {
    Moment { now: now(), today: today().plus_days(days) }
}

fn agreed(unit_price: &str, frame: Option<&str>, left: &str) -> Agreed {
    let mut contract = Contract::draft(ContractId::from_raw(7), "HT2026000001", &customer(), &terms(), UserId::from_raw(1), at(0));
    contract.status = ContractStatus::InForce;
    let (_, lines) = order_draft(&[("1", "1")]);
    let said = ContractLineTerms { unit_price: price(unit_price), quantity: frame.map(quantity), note: String::new() };
    let line = ContractLine::of(contract.id, 1, &Product { id: lines[0].product_id, ..product() }, &said);
    let remaining = frame.map(|_| (1, quantity(left))).into_iter().collect();
    Agreed { contract, lines: vec![line], remaining, terms_days: 30 }
}

fn code<T>(result: Result<T, Refusal>) -> Option<&'static str> {
    result.err().map(|refusal| refusal.code)
}

/// QUO-02
#[test]
fn whoever_entered_a_contract_does_not_put_it_in_force() {
    let (rep, manager) = (actor(1, "sales_rep"), actor(5, "sales_manager"));
    let agreed = agreed("480", Some("100"), "100");
    let mut one = Contract { status: ContractStatus::Draft, ..agreed.contract };
    let lines: Vec<Box<ContractLine>> = agreed.lines.into_iter().map(Box::new).collect();
    assert_eq!(code(one.enforce(&lines, &rep, at(0))), Some("denied"));
    let own = Actor { user_id: UserId::from_raw(1), ..manager.clone() };
    assert_eq!(code(one.enforce(&lines, &own, at(0))), Some("contract.own"));
    assert_eq!(code(one.enforce(&lines, &manager, at(301))), Some("contract.over"));
    let (calls, _) = one.enforce(&lines, &manager, at(0)).unwrap();
    assert_eq!((calls.len(), calls[0].remaining(), one.status), (1, quantity("100"), ContractStatus::InForce));
    assert_eq!([300, 301].map(|days| one.status_on(today().plus_days(days))), [ContractStatus::InForce, ContractStatus::Expired]);
    assert_eq!(code(one.enforce(&lines, &manager, at(0))), Some("contract.not_draft"));

    // QUO-04: what remains is asked about; with a reason and a yes it ends all the same.
    let calls: Vec<Box<ContractCall>> = calls.into_iter().map(Box::new).collect();
    assert_eq!(code(one.end(&lines, &calls, true, " ", &manager, at(0))), Some("invalid"));
    assert_eq!(code(one.end(&lines, &calls, false, "停产", &manager, at(0))), Some("contract.remains"));
    one.end(&lines, &calls, true, "停产", &manager, at(0)).unwrap();
    assert_eq!((one.status, one.end_reason.as_str()), (ContractStatus::Ended, "停产"));
}

/// QUO-02
#[test]
fn what_is_written_is_checked_at_its_field() {
    let check = |change: &dyn Fn(&mut Contract, &mut Vec<Box<ContractLine>>), expected: &[(&str, &str)]| {
        let agreed = agreed("480", None, "0");
        let (mut one, mut lines) = (agreed.contract, agreed.lines.into_iter().map(Box::new).collect());
        change(&mut one, &mut lines);
        let errors = one.check(&lines);
        let found: Vec<(&str, &str)> = errors.iter().map(|error| (error.pointer.as_str(), error.code)).collect();
        assert_eq!(found, expected);
    };
    check(&|_, _| {}, &[]);
    check(&|one, _| one.title.clear(), &[("/title", "value.required")]);
    check(&|one, _| one.valid_to = one.valid_from.plus_days(-1), &[("/valid_to", "date.before")]);
    check(&|one, _| one.deposit_rate = Some(Rate::from_bp(10_001)), &[("/deposit_rate", "value.not_a_share")]);
    check(&|one, _| one.credit_days = Some(-1), &[("/credit_days", "value.out_of_range")]);
    check(&|one, _| one.binding = Codes::parse("price,weather"), &[("/binding", "value.unknown_choice")]);
    check(&|_, lines| lines[0].unit_price_micro = price("-1"), &[("/lines/0/unit_price", "value.negative")]);
    check(&|_, lines| lines[0].quantity_micro = Some(Quantity::ZERO), &[("/lines/0/quantity", "value.not_positive")]);
    check(&|_, lines| lines.push(lines[0].clone()), &[("/lines/1/product_id", "contract.same_product")]);
    check(
        &|one, lines| {
            lines.clear();
            *one =
                Contract { settlement: None, deposit_rate: None, credit_days: None, lead_days: None, terms: String::new(), ..one.clone() };
        },
        &[("/terms", "contract.says_nothing")],
    );
}

/// QUO-02
#[test]
fn an_order_is_compared_with_its_contract_in_every_term() {
    let check = |change: &dyn Fn(&mut Order, &mut OrderLine), expected: &[(&str, bool)]| {
        let agreed = agreed("480", None, "0");
        let (mut order, mut lines) = order_draft(&[("10", "480")]);
        order.customer_id = agreed.contract.customer_id;
        (order.settlement, order.deposit_rate) = (Settlement::Monthly, Rate::from_bp(3000));
        order.required_on = Some(order.ordered_on.plus_days(7));
        change(&mut order, &mut lines[0]);
        let found = agreed.differences(&order, &lines);
        let found: Vec<(&str, bool)> = found.iter().map(|one| (one.term.as_str(), one.binding)).collect();
        assert_eq!(found, expected);
    };
    check(&|_, _| {}, &[]);
    check(&|order, _| order.settlement = Settlement::Cash, &[("settlement", false)]);
    check(&|order, _| order.deposit_rate = Rate::ZERO, &[("deposit", false)]);
    check(&|order, _| order.required_on = Some(order.ordered_on.plus_days(6)), &[("lead_time", false)]);
    check(&|order, _| order.ordered_on = order.ordered_on.plus_days(-20), &[("period", false)]);
    check(&|order, _| order.currency = Currency::parse("USD").unwrap(), &[("currency", true)]);
    check(&|order, _| order.tax_inclusive = !order.tax_inclusive, &[("tax", false)]);
    check(&|_, line| line.put_price(price("479.99")), &[("price", true)]);
    check(&|_, line| line.discount_rate = Rate::from_bp(100), &[("price", true)]);
    check(&|_, line| line.product_id = ProductId::from_raw(99), &[("product", false)]);
}

/// QUO-02, QUO-04
#[test]
fn an_order_is_refused_where_the_contract_binds_and_asks_for_a_reason_elsewhere() {
    let agreed = agreed("480", Some("15"), "12");
    let (mut order, mut lines) = order_draft(&[("10", "480"), ("3", "480")]);
    lines[1].product_id = lines[0].product_id;
    order.customer_id = agreed.contract.customer_id;
    (order.settlement, order.deposit_rate) = (Settlement::Cash, Rate::from_bp(3000));
    order.required_on = Some(order.ordered_on.plus_days(7));
    let found = |order: &Order, lines: &[Box<OrderLine>]| -> Vec<(String, &'static str)> {
        agreed.check_order(order, lines).into_iter().map(|error| (error.pointer, error.code)).collect()
    };
    let wrong = |pointer: &str, code: &'static str| (pointer.to_owned(), code);
    assert_eq!(found(&order, &lines), [wrong("/contract_reason", "contract.no_reason"), wrong("/lines/1/quantity", "contract.too_much")]);
    order.contract_reason = "客户本次现结".to_owned();
    lines[1].quantity_micro = quantity("2");
    assert_eq!(found(&order, &lines), []);
    lines[1].put_price(price("470"));
    assert_eq!(found(&order, &lines), [wrong("/lines/1/unit_price", "contract.binding")]);
    order.customer_id = CustomerId::from_raw(99);
    assert_eq!(found(&order, &lines), [wrong("/contract_id", "contract.other_customer")]);
    // A change departs only in what was not so before.
    order.customer_id = agreed.contract.customer_id;
    let after = Order { deposit_rate: Rate::ZERO, ..order.clone() };
    let (new, errors) = agreed.check_change((&order, &lines), (&after, &lines));
    assert_eq!((new.len(), new[0].term(), errors.len()), (1, ContractTerm::Deposit, 0));
}

/// QUO-02
#[test]
fn the_agreed_price_is_the_price_of_the_line() {
    let agreed = agreed("480", None, "0");
    let check = |given: Option<&str>, expected: &str, source: PriceSource| {
        let (order, mut lines) = order_draft(&[("10", "500")]);
        let line = &mut lines[0];
        line.set_price(given.map(price), None);
        line.take_agreed(given.map(price), Some(&agreed), &order);
        assert_eq!((line.unit_price_micro, line.price_source, line.contract_line), (price(expected), source, 1));
    };
    check(None, "480", PriceSource::Contract);
    check(Some("480"), "480", PriceSource::Contract);
    check(Some("470"), "470", PriceSource::Manual);
}

/// QUO-04
#[test]
fn a_line_calls_off_what_is_ordered_and_gives_back_what_does_not_come() {
    let check = |status: OrderStatus, shipped: &str, refused: &str, expected: &str| {
        let (mut order, mut lines) = order_draft(&[("10", "480")]);
        let line = &mut lines[0];
        (line.contract_line, order.status) = (1, status);
        (line.shipped_micro, line.refused_micro) = (quantity(shipped), quantity(refused));
        assert_eq!(line.calls_off(&order), quantity(expected), "{status} {shipped} {refused}");
    };
    check(OrderStatus::Draft, "0", "0", "0");
    check(OrderStatus::Submitted, "0", "0", "10");
    check(OrderStatus::Effective, "4", "0", "10");
    check(OrderStatus::Effective, "10", "3", "7");
    check(OrderStatus::Effective, "11", "0", "10");
    check(OrderStatus::Closed, "9.5", "0", "9.5");
    check(OrderStatus::Closed, "10", "10", "0");
    for status in [OrderStatus::Rejected, OrderStatus::Void, OrderStatus::Cancelled] {
        check(status, "0", "0", "0");
    }
}

#[test]
fn every_verb_has_a_row() {
    for verb in ContractVerb::ALL {
        assert_eq!(verb.table_row().verb, *verb);
    }
    assert!(CONTRACT_MOVES.iter().all(|row| !row.from.contains(&ContractStatus::Expired)), "never kept");
}
