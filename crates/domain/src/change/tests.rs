//! Long because every kind of change is played on the same order, with what it does to each counter.
#![allow(clippy::vec_box)] // Steps take whatever derefs to a row; here that is a box.

use super::*;
use crate::account::CustomerAccount;
use crate::codes::Settlement;
use crate::date::Date;
use crate::deviation::LastPrice;
use crate::evidence::{Evidence, EvidenceInput, EvidenceKind};
use crate::id::{ChangeId, EvidenceId, OrderId, PriceId, ProductId};
use crate::lifecycle::Verb;
use crate::order::{Free, Order, OrderLine, OrderStatus, Part, Reserved, Supply};
use crate::price::{BookRule, FoundPrice, PriceSource};
use crate::product::Product;
use crate::refusal::Refusal;
use crate::reservation::{Reservation, ReservationKind};
use crate::rules::WantedStep;
use crate::sample::{actor, cny, customer, draft, now, product, quantity, today, warehouse};
use crate::unit_price::UnitPrice;

type Lines = Vec<Box<OrderLine>>;
/// Numbers of lines with quantities.
type Parts = Vec<(i64, Quantity)>;

/// An order that has taken effect: 100 of product 21 at 500.00, all reserved, and 10 of product 22 at 80.00, of which 4 are reserved.
fn effective() -> (Order, Lines) {
    let (mut order, mut lines) = draft(&[("100", "500.00"), ("10", "80.00")]);
    order.number = "SO2026000001".to_owned();
    order.status = OrderStatus::Effective;
    order.promised_on = order.required_on;
    lines[0].reserved_micro = quantity("100");
    lines[1].reserved_micro = quantity("4");
    order.derive(&lines);
    (order, lines)
}

fn day(days: i64) -> Date {
    today().plus_days(days)
}

fn brought(id: i64, price: &str) -> Option<Brought> {
    let found = FoundPrice {
        unit_price: UnitPrice::parse(price).unwrap(),
        rule: BookRule { source: PriceSource::List, min_quantity: quantity("0"), since: today() },
        price_id: PriceId::from_raw(1),
    };
    Some(Brought { product: Product { id: ProductId::from_raw(id), code: format!("P{id}"), ..product() }, found: Some(found), last: None })
}

/// Of products 21, 22 and 29 so much is free.
fn free(amounts: [&str; 3]) -> Free {
    let there = amounts.map(|amount| vec![(warehouse().id, quantity(amount))]);
    [21, 22, 29].into_iter().map(ProductId::from_raw).zip(there).collect()
}

/// What the lines have reserved, all of it in the order's warehouse.
fn reserved(lines: &Lines) -> Vec<Reservation> {
    let of = |line: &OrderLine| Reservation {
        order_id: line.order_id,
        line_no: line.line_no,
        warehouse_id: warehouse().id,
        product_id: line.product_id,
        quantity_micro: line.reserved_micro,
        kind: ReservationKind::Soft,
        expires_at: None,
        reserved_at: now(),
    };
    lines.iter().map(|line| of(line)).filter(|one| one.quantity_micro.is_positive()).collect()
}

fn look(order: &Order, lines: &Lines, items: &[ChangeItem], amounts: [&str; 3]) -> Result<Previewed, Refusal> {
    let brought: Vec<_> = items.iter().map(|item| item.product().and_then(|(id, _)| brought(id.raw(), "30.00"))).collect();
    preview(
        order,
        lines,
        items,
        &PreviewFacts {
            brought: &brought,
            free: &free(amounts),
            reservations: &reserved(lines).iter().collect::<Vec<_>>(),
            reason: "by letter",
            today: today(),
            own_currency: true,
            contract: None,
        },
    )
}

fn done(items: &[ChangeItem]) -> Previewed {
    let (order, lines) = effective();
    look(&order, &lines, items, ["50", "3", "7"]).unwrap()
}

fn set(line_no: i64, to: &str) -> ChangeItem {
    ChangeItem::Quantity { line_no, quantity: quantity(to) }
}

fn add(to: &str) -> ChangeItem {
    ChangeItem::AddLine {
        product_id: ProductId::from_raw(29),
        quantity: quantity(to),
        unit_price: None,
        note: String::new(),
        sold: None,
        choices: Vec::new(),
    }
}

fn swap(line_no: i64) -> ChangeItem {
    ChangeItem::SwapProduct {
        line_no,
        product_id: ProductId::from_raw(29),
        quantity: None,
        unit_price: None,
        sold: None,
        choices: Vec::new(),
    }
}

fn price(line_no: i64, to: &str) -> ChangeItem {
    ChangeItem::Price { line_no, unit_price: Some(UnitPrice::parse(to).unwrap()), discount_rate: None }
}

/// What is reserved and given back, by line.
fn moved(previewed: &Previewed) -> (Parts, Parts) {
    let parts = |all: &[Reserved]| all.iter().map(|one| (one.line_no, one.quantity)).collect();
    (parts(&previewed.gives_back), parts(&previewed.reserves))
}

#[test]
fn more_of_a_line_takes_what_is_free_and_keeps_its_price() {
    let after = done(&[set(1, "130")]);
    assert_eq!(after.order.payable_minor, cny("65800.00"));
    assert_eq!(after.account.exposure(), cny("15000.00"));
    assert_eq!(moved(&after), (vec![], vec![(1, quantity("30"))]));
    assert_eq!((after.lines[0].reserved_micro, after.lines[0].unit_price_micro.decimal()), (quantity("130"), "500.00".into()));
    assert_eq!(after.concerned, [1]);
    assert_eq!(after.order.deposit_minor, cny("19740.00"), "30 % of what is payable now");
}

#[test]
fn less_of_a_line_gives_back_what_it_does_not_need() {
    let after = done(&[set(1, "60")]);
    assert_eq!((after.order.payable_minor, after.account.exposure()), (cny("30800.00"), cny("-20000.00")));
    assert_eq!(moved(&after), (vec![(1, quantity("40"))], vec![]));
    // A line that was short needs less now: nothing of what it has is given back.
    let after = done(&[set(2, "4")]);
    assert_eq!(moved(&after), (vec![], vec![]));
    assert_eq!(after.order.supply, Supply::Ready);
}

#[test]
fn lines_come_and_go() {
    let after = done(&[add("9"), ChangeItem::DropLine { line_no: 2 }]);
    assert_eq!(after.lines.iter().map(|line| line.line_no).collect::<Vec<_>>(), [1, 3], "the number of a line is never another's");
    assert_eq!(after.order.payable_minor, cny("50270.00"));
    assert_eq!(after.order.line_count, 2);
    assert_eq!(moved(&after), (vec![(2, quantity("4"))], vec![(3, quantity("7"))]));
    assert_eq!((after.lines[1].price_source, after.order.supply), (PriceSource::List, Supply::PartReserved));
    assert_eq!((after.dropped, after.concerned), (vec![2], vec![2, 3]));
}

#[test]
fn another_product_takes_the_place_of_one() {
    let after = done(&[swap(1)]);
    assert_eq!(after.order.payable_minor, cny("3800.00"));
    assert_eq!(moved(&after), (vec![(1, quantity("100"))], vec![(1, quantity("7"))]));
    assert_eq!(after.gives_back[0].product_id, ProductId::from_raw(21), "what it was goes back");
    assert_eq!(after.reserves[0].product_id, ProductId::from_raw(29));
    assert_eq!((after.lines[0].product_code.as_str(), after.lines[0].quantity_micro), ("P29", quantity("100")));
}

#[test]
fn goods_that_are_given_back_are_free_for_another_line() {
    let (order, mut lines) = effective();
    lines[1].product_id = ProductId::from_raw(21);
    let after = look(&order, &lines, &[set(1, "97"), set(2, "12")], ["0", "0", "0"]).unwrap();
    assert_eq!(moved(&after), (vec![(1, quantity("3"))], vec![(2, quantity("3"))]));
}

#[test]
fn price_dates_address_packing_and_terms() {
    let address = ChangeItem::Address {
        delivery_address: " 上海市人民路 1 号 ".into(),
        receiver: Some("王".into()),
        contact_name: None,
        contact_phone: Some("13900139000".into()),
    };
    let items = [
        price(1, "480.00"),
        ChangeItem::RequiredOn { date: day(5) },
        ChangeItem::PromisedOn { date: day(6) },
        ChangeItem::PlannedShipOn { date: day(4) },
        ChangeItem::ExpectedOn { date: day(6) },
        address,
        ChangeItem::Packing { packing: "木箱".into() },
        ChangeItem::Settlement { settlement: Settlement::PaymentFirst, deposit_rate: Some(crate::rate::Rate::from_bp(10000)) },
    ];
    let after = done(&items);
    let order = &after.order;
    assert_eq!((order.payable_minor, order.deposit_minor), (cny("48800.00"), cny("48800.00")));
    assert_eq!((order.required_on, order.promised_on), (Some(day(5)), Some(day(6))));
    assert_eq!((order.planned_ship_on, order.expected_on), (Some(day(4)), Some(day(6))));
    assert_eq!((order.delivery_address.as_str(), order.receiver.as_str()), ("上海市人民路 1 号", "王"));
    assert_eq!((order.contact_name.as_str(), order.contact_phone.as_str()), ("李华", "13900139000"));
    assert_eq!((order.packing.as_str(), order.settlement), ("木箱", Settlement::PaymentFirst));
    assert_eq!((after.lines[0].price_source, after.lines[0].price_reason.as_str()), (PriceSource::Manual, "by letter"));
    assert_eq!(after.concerned, [1, 2], "what is about the order keeps every line");
    assert_eq!(moved(&after), (vec![], vec![]));
    assert_eq!(order.number, "SO2026000001");
}

#[test]
fn a_price_that_is_the_books_again_needs_no_reason() {
    let (order, mut lines) = effective();
    let found = brought(21, "30.00").unwrap().found;
    lines[0].set_price(UnitPrice::parse("31.00").ok(), found);
    lines[0].price_reason = "typed".into();
    let after = look(&order, &lines, &[price(1, "30.00")], ["0", "0", "0"]).unwrap();
    assert_eq!((after.lines[0].price_source, after.lines[0].price_reason.as_str()), (PriceSource::List, ""));
}

#[test]
fn a_line_that_is_new_knows_what_the_customer_last_paid() {
    let (order, lines) = effective();
    let last = LastPrice {
        order_id: OrderId::from_raw(77),
        unit_price_micro: UnitPrice::parse("28.00").unwrap(),
        ..LastPrice::of(&order, &lines[0])
    };
    let brought = brought(29, "30.00").map(|brought| Brought { last: Some(last), ..brought });
    let facts = PreviewFacts {
        brought: &[brought],
        free: &free(["0", "0", "9"]),
        reservations: &[],
        reason: "by letter",
        today: today(),
        own_currency: true,
        contract: None,
    };
    let after = preview(&order, &lines, &[add("1")], &facts).unwrap();
    assert_eq!(after.lines[2].last_price_micro, UnitPrice::parse("28.00").ok());
}

fn wrong(items: &[ChangeItem]) -> Vec<(String, &'static str)> {
    let (order, mut lines) = effective();
    lines[0].shipped_micro = quantity("40");
    lines[0].reserved_micro = quantity("60");
    let refusal = look(&order, &lines, items, ["50", "3", "7"]).unwrap_err();
    refusal.fields.into_iter().map(|error| (error.pointer, error.code)).collect()
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    let check = |items: &[ChangeItem], pointer: &str, code: &str| assert_eq!(wrong(items), [(pointer.to_owned(), code)], "{items:?}");
    check(&[], "/changes", "value.required");
    check(&[set(1, "39.9")], "/changes/0/quantity", "change.below_shipped");
    check(&[set(2, "0")], "/changes/0/quantity", "value.not_positive");
    check(&[set(2, "10")], "/changes/0/quantity", "change.same");
    check(&[set(9, "1")], "/changes/0/line_no", "line.unknown");
    check(&[set(2, "11"), set(2, "12")], "/changes/1", "change.repeated");
    check(&[ChangeItem::DropLine { line_no: 1 }], "/changes/0/line_no", "change.line_moved");
    check(&[swap(1)], "/changes/0/line_no", "change.line_moved");
    check(&[price(1, "1.00")], "/changes/0/line_no", "change.line_moved");
    check(&[price(2, "80.00")], "/changes/0/unit_price", "change.same");
    check(&[price(2, "-1.00")], "/changes/0/unit_price", "value.negative");
    check(&[ChangeItem::DropLine { line_no: 2 }, set(2, "11")], "/changes/1/line_no", "line.unknown");
    check(&[add("0")], "/changes/0/quantity", "value.not_positive");
    check(&[ChangeItem::PromisedOn { date: day(-1) }], "/changes/0/date", "date.before");
    check(&[ChangeItem::RequiredOn { date: day(10) }], "/changes/0/date", "change.same");
    check(&[ChangeItem::PlannedShipOn { date: day(4) }, ChangeItem::ExpectedOn { date: day(3) }], "/changes/1/date", "date.before");
    check(&[ChangeItem::Packing { packing: String::new() }], "/changes/0/packing", "change.same");
    let nowhere = ChangeItem::Address { delivery_address: " ".into(), receiver: None, contact_name: None, contact_phone: None };
    check(&[nowhere], "/changes/0/delivery_address", "value.required");
    let (order, lines) = effective();
    let all = [ChangeItem::DropLine { line_no: 1 }, ChangeItem::DropLine { line_no: 2 }];
    let refusal = look(&order, &lines, &all, ["0", "0", "0"]).unwrap_err();
    assert_eq!(refusal.fields[0].code, "change.last_line");
}

#[test]
fn products_that_cannot_be_sold_are_not_brought() {
    let (order, lines) = effective();
    let check = |brought: Option<Brought>, pointer: &str, code: &str| {
        let facts = PreviewFacts {
            brought: &[brought],
            free: &Free::new(),
            reservations: &[],
            reason: "by letter",
            today: today(),
            own_currency: true,
            contract: None,
        };
        let refusal = preview(&order, &lines, &[add("1")], &facts).unwrap_err();
        assert_eq!((refusal.fields[0].pointer.as_str(), refusal.fields[0].code), (pointer, code));
    };
    check(None, "/changes/0/product_id", "value.required");
    let inactive = Brought { product: Product { active: false, ..product() }, found: None, last: None };
    check(Some(inactive), "/changes/0/product_id", "value.inactive");
    check(Some(Brought { product: product(), found: None, last: None }), "/changes/0/unit_price", "line.no_price");
}

#[test]
fn payable_never_goes_below_what_is_billed_or_paid() {
    let (mut order, mut lines) = effective();
    let refused = |order: &Order, lines: &Lines, items: &[ChangeItem]| look(order, lines, items, ["0", "0", "0"]).unwrap_err().code;
    order.paid_minor = cny("50000.00");
    assert_eq!(refused(&order, &lines, &[set(1, "90")]), "change.below_paid");
    order.paid_minor = Money::ZERO;
    order.billed_minor = cny("50000.00");
    assert_eq!(refused(&order, &lines, &[set(1, "90")]), "change.below_billed");
    order.billed_minor = cny("30000.00");
    (lines[0].shipped_micro, lines[0].billed_micro, lines[0].reserved_micro) = (quantity("60"), quantity("60"), quantity("40"));
    let rest = [set(1, "60"), ChangeItem::DropLine { line_no: 2 }];
    assert!(look(&order, &lines, &rest, ["0", "0", "0"]).is_ok());
    order.freight_minor = cny("100.00");
    assert_eq!(refused(&order, &lines, &rest), "change.nothing_left_to_bill");
}

#[test]
fn only_an_order_that_has_taken_effect_is_changed() {
    let (mut order, lines) = effective();
    for status in OrderStatus::ALL.iter().filter(|status| **status != OrderStatus::Effective) {
        order.status = *status;
        assert_eq!(look(&order, &lines, &[set(1, "90")], ["0", "0", "0"]).unwrap_err().code, "order.not_effective", "{status}");
    }
}

#[test]
fn the_matrix_is_asked_again_and_the_sales_manager_always() {
    let wanted = |rules: &[(&str, i64, &str)]| -> Vec<WantedStep> {
        rules.iter().map(|(rule, stage, roles)| WantedStep { rule: (*rule).into(), stage: *stage, roles: (*roles).into() }).collect()
    };
    let check = |rules: &[(&str, i64, &str)], had: &[&str], expected: &[(&str, i64)]| {
        let steps = change_steps(wanted(rules), had.iter().map(|rule| (*rule).to_owned()).collect());
        assert_eq!(steps.iter().map(|step| (step.rule.as_str(), step.stage)).collect::<Vec<_>>(), expected);
    };
    let (manager, finance) = (("manager", 1, "sales_manager"), ("finance", 2, "finance"));
    check(&[manager], &["manager"], &[("change", 1)]);
    check(&[manager, finance], &["manager"], &[("change", 1), ("finance", 2)]);
    check(&[manager, finance], &["manager", "finance"], &[("change", 1)]);
    check(&[manager, finance], &[], &[("manager", 1), ("finance", 2)]);
    check(&[finance, finance], &["finance"], &[("change", 1), ("finance", 2)]);
    check(&[], &[], &[("change", 1)]);
}

fn effect(order: &Order, lines: &Lines, input: &ChangeInput) -> Effect {
    let account = CustomerAccount::new(customer().id, None);
    let previewed = look(order, lines, &input.items, ["50", "3", "7"]).unwrap();
    effect_of(order, lines, input, &previewed, &account, change_steps(vec![], vec![]))
}

fn input(items: &[ChangeItem]) -> ChangeInput {
    ChangeInput { side: ChangeSide::Customer, reason: "客户加单".into(), items: items.to_vec() }
}

fn submitted(order: &Order, lines: &Lines, input: &ChangeInput) -> (ChangeOrder, Vec<Box<ChangeApproval>>, Effect) {
    let by = actor(1, "sales_rep");
    let (mut change, _) = ChangeOrder::draft(ChangeId::from_raw(5), "BG2026000001", order, input, &by, now()).unwrap();
    let does = effect(order, lines, input);
    let (_, steps) = change.submit::<&ChangeOrder>(order, &[], &does, &by, now()).unwrap();
    (change, steps.into_iter().map(Box::new).collect(), does)
}

#[test]
fn what_is_kept_comes_back() {
    let (order, lines) = effective();
    let items = [
        set(1, "130"),
        add("1"),
        swap(2),
        price(2, "1.00"),
        ChangeItem::Packing { packing: "x".into() },
        ChangeItem::DropLine { line_no: 9 },
    ];
    let by = actor(1, "sales_rep");
    let (change, _) = ChangeOrder::draft(ChangeId::from_raw(5), "BG1", &order, &input(&items), &by, now()).unwrap();
    assert_eq!(change.items(), items);
    let (change, _, does) = submitted(&order, &lines, &input(&[set(1, "130")]));
    assert_eq!(change.effect(), Some(does));
}

#[test]
fn who_asks_the_customer_and_production() {
    let (order, lines) = effective();
    let check = |side: ChangeSide, items: &[ChangeItem], customer: bool, supply: bool| {
        let does = effect(&order, &lines, &ChangeInput { side, ..input(items) });
        assert_eq!((does.asks_customer, does.asks_supply), (customer, supply), "{items:?}");
    };
    check(ChangeSide::Customer, &[set(1, "130")], false, false);
    check(ChangeSide::Company, &[set(1, "130")], true, false);
    check(ChangeSide::Customer, &[price(1, "400.00")], true, false);
    check(ChangeSide::Customer, &[ChangeItem::PromisedOn { date: day(20) }], true, false);
    check(ChangeSide::Customer, &[set(1, "200")], true, true);
    check(ChangeSide::Customer, &[set(2, "12")], false, false);
    check(ChangeSide::Customer, &[add("8")], true, true);
}

fn approving<'a>(now_does: &'a Effect, agreed: bool) -> ChangeApproving<'a> {
    ChangeApproving { now_does, agreed, stands_in: &[], gates: Vec::new() }
}

#[test]
fn nobody_approves_what_they_asked_for_and_what_has_moved_is_asked_again() {
    let (order, lines) = effective();
    let (mut change, mut steps, does) = submitted(&order, &lines, &input(&[set(1, "130")]));
    let mut approve = |change: &mut ChangeOrder, by: &crate::actor::Actor, does: &Effect| {
        change.approve(&order, &mut steps, &approving(does, false), "", by, now()).map(|(decided, _)| decided.complete).map_err(|r| r.code)
    };
    let manager = actor(4, "sales_manager");
    assert_eq!(approve(&mut change, &actor(1, "sales_manager"), &does), Err("change.own_change"));
    assert_eq!(approve(&mut change, &actor(2, "customer_service"), &does), Err("denied"));
    assert_eq!(approve(&mut change, &actor(3, "finance"), &does), Err("change.not_your_step"));
    // In between, 10 of line 1 have left.
    let mut left = lines.clone();
    (left[0].shipped_micro, left[0].reserved_micro) = (quantity("10"), quantity("90"));
    let other = effect(&order, &left, &input(&[set(1, "130")]));
    assert_eq!(approve(&mut change, &manager, &other), Err("change.moved"));
    // What happens to a line that is not concerned does not matter, nor does what else the customer owes.
    let mut elsewhere = lines.clone();
    elsewhere[1].shipped_micro = quantity("1");
    let same = Effect { exposure: cny("9.00"), ..effect(&order, &elsewhere, &input(&[set(1, "130")])) };
    assert_eq!(approve(&mut change, &manager, &same), Ok(true));
}

#[test]
fn without_stock_production_agrees_and_the_customer_says_yes() {
    let (order, lines) = effective();
    let (mut change, mut steps, does) = submitted(&order, &lines, &input(&[set(1, "200"), ChangeItem::PromisedOn { date: day(14) }]));
    let manager = actor(4, "sales_manager");
    let refusal = change.approve(&order, &mut steps, &approving(&does, false), "", &manager, now()).unwrap_err();
    assert_eq!(refusal.gates[0].code, "change.supply_agreed");
    let (decided, _) = change.approve(&order, &mut steps, &approving(&does, true), "", &manager, now()).unwrap();
    assert_eq!((decided.complete, change.status), (false, ChangeStatus::Answering));

    let by = actor(1, "sales_rep");
    let no = CustomerAnswer { accepted: false, note: "太晚", evidence: None };
    let mut refused = change.clone();
    refused.answer::<&ChangeOrder>(&order, &[], &no, None, &by, now()).unwrap();
    assert_eq!(refused.status, ChangeStatus::Refused);
    let silent = CustomerAnswer { note: " ", ..no };
    assert_eq!(change.answer::<&ChangeOrder>(&order, &[], &silent, None, &by, now()).unwrap_err().fields[0].pointer, "/note");

    let paper = |kind: EvidenceKind| -> Evidence {
        let file = kind.needs_file().then_some((crate::id::AttachmentId::from_raw(5), "ab12"));
        let said = EvidenceInput {
            id: EvidenceId::from_raw(9),
            kind,
            proves: ANSWER_PROOF,
            statement: "同意",
            given_by: "李华",
            given_at: None,
            file,
        };
        order.add_evidence(&said, &by, now()).unwrap().0
    };
    let mut say = |evidence: Option<&Evidence>, others: &[&ChangeOrder]| {
        let yes = CustomerAnswer { accepted: true, note: "", evidence };
        change
            .answer(&order, others, &yes, Some(&does), &by, now())
            .map(|decided| decided.complete)
            .map_err(|refusal| refusal.fields[0].code)
    };
    assert_eq!(say(None, &[]), Err("value.required"));
    for kind in [EvidenceKind::Oral, EvidenceKind::CallNote, EvidenceKind::SignedStatement] {
        assert_eq!(say(Some(&paper(kind)), &[]), Err("change.not_the_answer"), "{kind}");
    }
    let scan = paper(EvidenceKind::Scan);
    let old = Evidence { created_at: Instant::from_micros(1), ..scan.clone() };
    assert_eq!(say(Some(&old), &[]), Err("change.old_evidence"));
    let other = ChangeOrder { id: ChangeId::from_raw(6), evidence_id: Some(scan.id), ..refused.clone() };
    assert_eq!(say(Some(&scan), &[&other]), Err("change.not_the_answer"), "a yes is to one change");
    assert_eq!(say(Some(&scan), &[]), Ok(true));
}

#[test]
fn one_change_is_decided_at_a_time_and_holds_what_it_is_about() {
    let (mut order, lines) = effective();
    let (change, _, does) = submitted(&order, &lines, &input(&[set(1, "130")]));
    let by = actor(1, "sales_rep");
    let (mut second, _) = ChangeOrder::draft(ChangeId::from_raw(6), "BG2", &order, &input(&[set(2, "3")]), &by, now()).unwrap();
    assert_eq!(second.submit(&order, &[&change], &does, &by, now()).unwrap_err().code, "change.another_open");
    let mut again = change.clone();
    assert_eq!(again.submit(&order, &[&change], &does, &by, now()).unwrap_err().code, "change.not_moved");

    let part = |line_no: i64| Part { line_no, quantity: quantity("1") };
    let shut = |verb: Verb, parts: Option<&[Part]>, changes: &[ChangeOrder]| {
        let changes: Vec<&ChangeOrder> = changes.iter().collect();
        open_change_gate(&changes, &lines, verb, parts).is_some()
    };
    let open = std::slice::from_ref(&change);
    assert!(shut(Verb::Close, None, open) && shut(Verb::Cancel, None, open) && !shut(Verb::Invoice, None, open));
    assert!(shut(Verb::Ship, Some(&[part(1)]), open) && !shut(Verb::Ship, Some(&[part(2)]), open) && !shut(Verb::Ship, None, open));
    let ended = ChangeOrder { status: ChangeStatus::Withdrawn, ..change.clone() };
    assert!(!shut(Verb::Close, None, &[ended]));
    order.status = OrderStatus::Closed;
}

#[test]
fn every_no_leaves_the_order_and_every_move_has_its_row() {
    let (order, lines) = effective();
    let (change, steps, _) = submitted(&order, &lines, &input(&[set(1, "130")]));
    for verb in ChangeVerb::ALL {
        assert_eq!(CHANGE_MOVES.iter().filter(|row| row.verb == *verb).count(), 1, "{verb}");
    }
    let manager = actor(4, "sales_manager");
    let mut rejected = change.clone();
    assert_eq!(rejected.reject(&order, &mut steps.clone(), &[], " ", &manager, now()).unwrap_err().fields[0].pointer, "/reason");
    rejected.reject(&order, &mut steps.clone(), &[], "不划算", &manager, now()).unwrap();
    assert_eq!((rejected.status, rejected.end_reason.as_str()), (ChangeStatus::Rejected, "不划算"));
    let mut withdrawn = change.clone();
    withdrawn.withdraw(&order, "客户又不要了", &actor(1, "sales_rep"), now()).unwrap();
    for ended in [rejected, withdrawn] {
        for verb in ChangeVerb::ALL {
            let mut everything = actor(7, "sales_manager");
            everything.permissions = crate::codes::Codes::parse("change.answer,change.approve,change.create");
            assert!(ended.may(*verb, &everything).is_err(), "{verb} of {}", ended.status);
        }
    }
}

#[test]
fn the_order_says_what_changed() {
    let (order, lines) = effective();
    let items = [set(1, "130"), ChangeItem::DropLine { line_no: 2 }, ChangeItem::Packing { packing: "木箱".into() }];
    let (mut change, _, _) = submitted(&order, &lines, &input(&items));
    let previewed = look(&order, &lines, &items, ["50", "3", "7"]).unwrap();
    let event = change.applied(&order, &lines, &previewed, 0, &actor(4, "sales_manager"), now());
    assert_eq!((change.revision, change.status), (2, ChangeStatus::Applied));
    let shown = event.changes_shown(crate::language::Language::En);
    let fields: Vec<&str> = shown.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(fields, ["packing", "goods", "payable", "line_count", "lines/1/quantity", "lines/2/quantity"]);
}

#[test]
fn a_line_sold_by_the_carton_changes_by_exact_cartons() {
    use crate::product_unit::{ProductUnit, Ratio};
    let (mut order, mut lines) = effective();
    let mut bottles = product();
    bottles.units = crate::kept::Kept::of(vec![ProductUnit {
        name: "箱".into(),
        ratio: Ratio::parse("24").unwrap(),
        barcode: String::new(),
        sold: true,
    }]);
    let mut line = OrderLine::of_said(order.id, 1, &bottles, bottles.said(quantity("5"), "箱").unwrap(), Default::default());
    line.set_price(Some(UnitPrice::parse("100").unwrap()), None);
    assert_eq!((line.quantity_micro, line.unit_price_micro.decimal()), (quantity("120"), "4.166667".to_owned()));
    *lines[0] = line;
    order.total_up(&mut lines).unwrap();
    let to = |to: &str| {
        let items = [ChangeItem::Quantity { line_no: 1, quantity: quantity(to) }];
        let facts = PreviewFacts {
            brought: &[None],
            free: &Free::new(),
            reservations: &[],
            reason: "by letter",
            today: today(),
            own_currency: true,
            contract: None,
        };
        preview(&order, &lines, &items, &facts)
    };
    let after = to("144").unwrap();
    assert_eq!(after.lines[0].sold_quantity(), (quantity("6"), "箱"));
    assert_eq!(after.lines[0].net_minor + after.lines[0].tax_minor, after.lines[0].gross_minor);
    assert_eq!(after.order.goods_minor, cny("1400.00"));
    assert_eq!(to("130").unwrap_err().fields[0].code, "unit.not_exact");
}

#[test]
fn a_configuration_changes_before_its_freeze_day_only() {
    use crate::configuration::{OptionChoice, OptionGroup, OptionRule, Options};
    let choice =
        |code: &str, price: i64| OptionChoice { code: code.into(), name: code.into(), price: UnitPrice::from_micro(price * 1_000_000) };
    let all = vec![choice("roof", 6000), choice("leather", 4500), choice("wheels", 5200)];
    let rule = OptionRule { choice: "wheels".into(), kind: "requires".into(), other: "leather".into() };
    let group = OptionGroup { code: "o".into(), name: "o".into(), min: 0, max: 3, choices: all };
    let mut car = product();
    car.options = crate::kept::Kept::of(Options { groups: vec![group], rules: vec![rule], freeze_days: 7 });
    let (mut order, mut lines) = effective();
    order.tax_inclusive = true;
    lines.truncate(1);
    let codes = |codes: &str| codes.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let chosen = car.configured(&codes("roof leather wheels"), "").unwrap();
    let mut line = OrderLine::of_said(order.id, 1, &car, car.said(quantity("1"), "").unwrap(), chosen);
    let rule = crate::price::BookRule { source: PriceSource::List, min_quantity: Quantity::ZERO, since: today() };
    let price = UnitPrice::parse("189800").unwrap();
    line.set_price(None, Some(FoundPrice { unit_price: price, rule, price_id: crate::id::PriceId::from_raw(1) }));
    assert_eq!((line.unit_price_micro.grouped(), line.configuration.base), ("205,500.00".to_owned(), Some(price)));
    *lines[0] = line;
    order.total_up(&mut lines).unwrap();
    assert_eq!(order.payable_minor, cny("205500.00"));
    let change = |wanted: &str, on: i64| {
        let items = [ChangeItem::Configuration { line_no: 1, choices: codes(wanted) }];
        let brought = [Some(Brought { product: car.clone(), found: None, last: None })];
        let day = order.promised_on.unwrap().plus_days(-on);
        preview(
            &order,
            &lines,
            &items,
            &PreviewFacts {
                brought: &brought,
                free: &Free::new(),
                reservations: &[],
                reason: "by letter",
                today: day,
                own_currency: true,
                contract: None,
            },
        )
    };
    let after = change("roof leather", 7).unwrap();
    assert_eq!((after.order.payable_minor, after.lines[0].price_source), (cny("200300.00"), PriceSource::List));
    assert_eq!(change("roof leather", 6).unwrap_err().fields[0].code, "change.frozen");
    assert_eq!(change("roof wheels", 9).unwrap_err().fields[0].code, "option.requires");
    assert_eq!(change("roof leather wheels", 9).unwrap_err().fields[0].code, "change.same");
}
