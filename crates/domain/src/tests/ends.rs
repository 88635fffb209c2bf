//! How orders end: what is given up, what cancelling costs, what is paid back, and what refuses (CHG-04, CHG-05).

#![allow(clippy::vec_box)]

use crate::sample::{actor, cny, draft, now, quantity, today};
use crate::*;

type Lines = Vec<Box<OrderLine>>;

fn effective(lines: &[(&str, &str)]) -> (Order, Lines) {
    let (mut order, mut lines) = draft(lines);
    order.status = OrderStatus::Effective;
    order.derive(&lines);
    for line in &mut lines {
        line.reserved_micro = line.quantity_micro;
    }
    (order, lines)
}

fn ship(order: &mut Order, lines: &mut Lines, line_no: i64, amount: &str) {
    let parts = [Part { line_no, quantity: quantity(amount) }];
    let input = ShipInput {
        id: ShipmentId::from_raw(1),
        number: "DN",
        warehouse_id: order.warehouse_id,
        shipped_on: today(),
        carrier: "",
        tracking: "",
        note: "",
        parts: &parts,
    };
    order.ship(lines, &input, &actor(6, "warehouse"), now(), today()).unwrap();
}

fn bill(order: &mut Order, lines: &mut Lines, earlier: &[Box<Invoice>], earlier_lines: &[Box<InvoiceLine>]) -> Billed {
    let id = InvoiceId::from_raw(i64::try_from(earlier.len()).unwrap() + 1);
    let (number, kind, day) = ("INV", InvoiceKind::Special, today());
    let input = InvoiceInput { id, number, kind, issued_on: day, due_on: day, today: day, parts: None };
    order.invoice(lines, earlier, earlier_lines, &input, &actor(4, "finance"), now()).unwrap()
}

fn code(refusal: &Refusal) -> &str {
    refusal.fields.first().map_or(refusal.code, |field| field.code)
}

#[test]
fn what_is_open_is_given_up_and_no_longer_charged() {
    let (mut order, mut lines) = effective(&[("100", "5.00"), ("10", "20.00")]);
    ship(&mut order, &mut lines, 1, "60");
    assert_eq!(order.payable_minor, cny("700.00"));
    let closed = order.close_short(&mut lines, &[1], " 停产 ").unwrap();
    assert_eq!(closed.closed, [Part { line_no: 1, quantity: quantity("40") }]);
    assert_eq!(closed.released.iter().map(|one| one.quantity).collect::<Vec<_>>(), [quantity("40")]);
    assert_eq!(closed.account, AccountDelta { open_orders: cny("-200.00"), ..AccountDelta::default() });
    assert_eq!((order.payable_minor, closed.event.reason.as_str()), (cny("500.00"), "停产"));
    let line = &lines[0];
    assert_eq!((line.closed_micro, line.closed_reason.as_str(), line.reserved_micro), (quantity("40"), "停产", Quantity::ZERO));
    assert!(line.is_complete() && line.shippable().is_zero() && line.open_to_reserve().is_zero());
    assert_eq!((line.charged(), line.wanted(), line.most()), (quantity("60"), quantity("60"), quantity("60")));
    assert_eq!(lines[1].reserved_micro, quantity("10"), "the other line keeps what it has");
    // The rest of the order: the other line, of which nothing is shipped.
    let rest = order.close_short(&mut lines, &[], "停产").unwrap();
    assert_eq!(rest.closed, [Part { line_no: 2, quantity: quantity("10") }]);
    assert_eq!((order.payable_minor, order.fulfilment), (cny("300.00"), Fulfilment::Shipped));
    assert_eq!(code(&order.close_short(&mut lines, &[], "停产").unwrap_err()), "order.nothing_open");
}

#[test]
fn what_was_paid_above_is_a_refund_due() {
    let (mut order, mut lines) = effective(&[("10", "10.00")]);
    order.paid_minor = cny("100.00");
    ship(&mut order, &mut lines, 1, "4");
    assert_eq!(order.refund_due(), Money::ZERO);
    order.close_short(&mut lines, &[], "停产").unwrap();
    assert_eq!((order.payable_minor, order.refund_due()), (cny("40.00"), cny("60.00")));
}

#[test]
fn freight_that_no_line_is_left_to_carry_is_billed_alone() {
    let (mut order, mut lines) = effective(&[("10", "10.00")]);
    order.freight_minor = cny("8.00");
    order.total_up(&mut lines).unwrap();
    ship(&mut order, &mut lines, 1, "6");
    let first = bill(&mut order, &mut lines, &[], &[]);
    assert_eq!((first.invoice.gross_minor, first.invoice.freight_minor), (cny("60.00"), Money::ZERO));
    assert!(!order.has_rest_to_bill(&lines));
    order.close_short(&mut lines, &[], "停产").unwrap();
    assert!(order.has_rest_to_bill(&lines));
    let (invoices, billed) = (vec![Box::new(first.invoice)], first.lines.into_iter().map(Box::new).collect::<Vec<_>>());
    let rest = bill(&mut order, &mut lines, &invoices, &billed);
    assert_eq!((rest.invoice.gross_minor, rest.invoice.freight_minor, rest.lines.len()), (cny("8.00"), cny("8.00"), 0));
    assert_eq!((order.billed_minor, order.payable_minor), (cny("68.00"), cny("68.00")));
    assert!(!order.has_rest_to_bill(&lines));
}

#[test]
fn what_cannot_be_closed_short_says_why_and_changes_nothing() {
    let (mut order, mut lines) = effective(&[("10", "10.00"), ("5", "4.00")]);
    let refused = |order: &mut Order, lines: &mut Lines, numbers: &[i64], reason: &str, expected: &str| {
        let before = (order.clone(), lines.clone());
        let refusal = order.close_short(lines, numbers, reason).unwrap_err();
        assert_eq!(code(&refusal), expected);
        assert_eq!((&*order, &*lines), (&before.0, &before.1));
        refusal
    };
    refused(&mut order, &mut lines, &[], "不要了", "order.nothing_left");
    refused(&mut order, &mut lines, &[1, 2], "不要了", "order.nothing_left");
    refused(&mut order, &mut lines, &[1], " ", "value.required");
    let refusal = refused(&mut order, &mut lines, &[1, 9, 1], "不要了", "line.unknown");
    assert_eq!(refusal.fields.iter().map(|field| field.pointer.as_str()).collect::<Vec<_>>(), ["/lines/1", "/lines/2"]);
    ship(&mut order, &mut lines, 2, "5");
    refused(&mut order, &mut lines, &[2], "不要了", "line.nothing_open");
    // Of 50.00 off, 8.33 are in what is billed: 20.00 of goods cannot carry all of it.
    order.discount_minor = cny("50.00");
    order.total_up(&mut lines).unwrap();
    refused(&mut order, &mut lines, &[1], "不要了", "order.below_discount");
    order.discount_minor = cny("12.00");
    order.total_up(&mut lines).unwrap();
    order.billed_minor = cny("18.00");
    refused(&mut order, &mut lines, &[1], "不要了", "order.below_billed");
    order.status = OrderStatus::Closed;
    refused(&mut order, &mut lines, &[1], "不要了", "order.not_effective");
}

#[test]
fn a_copy_orders_all_of_it_again() {
    let (mut order, mut lines) = effective(&[("10", "10.00")]);
    ship(&mut order, &mut lines, 1, "6");
    order.close_short(&mut lines, &[], "停产").unwrap();
    let (copy, lines) = order.copied(&lines, OrderId::from_raw(9), &actor(1, "sales_rep"), now(), today()).unwrap();
    assert_eq!((copy.payable_minor, lines[0].closed_micro, lines[0].closed_reason.as_str()), (cny("100.00"), Quantity::ZERO, ""));
}

fn pay(order: &mut Order, payments: &mut Vec<Box<Payment>>, amount: &str) {
    let id = PaymentId::from_raw(i64::try_from(payments.len()).unwrap() + 1);
    let (payment, _) = order.record_payment(&sum(id, amount), &actor(4, "finance"), now(), today()).unwrap();
    payments.push(Box::new(payment));
}

fn sum(id: PaymentId, amount: &str) -> PaymentInput<'static> {
    let (number, method, paid_on) = ("PAY", PaymentMethod::Bank, today());
    PaymentInput { id, number, amount: cny(amount), method, paid_on, exchange_rate: None, reference: "", note: "" }
}

fn cancel(order: &mut Order, lines: &mut Lines, cost: &CancelCost) -> Result<Cancelled, Refusal> {
    let paper = CostPaper { id: InvoiceId::from_raw(7), number: "INV", issued_on: today(), due_on: today() };
    order.cancel(lines, cost, Some(paper), "客户取消", (&actor(2, "customer_service"), now()))
}

#[test]
fn cancelling_costs_what_the_rule_says_and_the_rest_is_paid_back() {
    let (mut order, mut lines) = effective(&[("10", "10.00")]);
    let (mut payments, mut allocations): (Vec<Box<Payment>>, Vec<Box<Allocation>>) = (Vec::new(), Vec::new());
    pay(&mut order, &mut payments, "20.00");
    pay(&mut order, &mut payments, "10.00");
    let cost = CancelCost::settle("r", cny("12.00"), None, "").unwrap();
    let cancelled = cancel(&mut order, &mut lines, &cost).unwrap();
    assert_eq!(cancelled.released[0].quantity, quantity("10"));
    let expected = AccountDelta { open_orders: cny("-100.00"), open_invoices: cny("12.00"), unallocated: Money::ZERO };
    assert_eq!(cancelled.account, expected);
    let mut invoices = vec![Box::new(cancelled.invoice.unwrap())];
    let settle =
        |order: &mut Order, payments: &mut Vec<Box<Payment>>, invoices: &mut Vec<Box<Invoice>>, known: &mut Vec<Box<Allocation>>| {
            let (written, _) = order.settle(payments, invoices, known);
            known.retain(|one| !written.iter().any(|new| (new.payment_id, new.invoice_id) == (one.payment_id, one.invoice_id)));
            known.extend(written.into_iter().map(Box::new));
        };
    settle(&mut order, &mut payments, &mut invoices, &mut allocations);
    assert_eq!((invoices[0].paid_minor, invoices[0].status), (cny("12.00"), InvoiceStatus::Paid));
    assert_eq!((order.finance, order.refund_due(), order.owed()), (Finance::RefundDue, cny("18.00"), cny("12.00")));
    assert_eq!(order.waiting_for(None).unwrap().what, "refund");

    let by = actor(4, "finance");
    let refused = order.record_refund(&mut payments, &sum(PaymentId::from_raw(3), "18.01"), &by, now(), today()).unwrap_err();
    assert_eq!(code(&refused), "payment.above_refund_due");
    let (refund, settled) = order.record_refund(&mut payments, &sum(PaymentId::from_raw(3), "18.00"), &by, now(), today()).unwrap();
    assert_eq!(settled.account, AccountDelta { unallocated: cny("-18.00"), ..AccountDelta::default() });
    assert_eq!((refund.amount_minor, refund.free(), order.paid_minor), (cny("-18.00"), Money::ZERO, cny("12.00")));
    settle(&mut order, &mut payments, &mut invoices, &mut allocations);
    assert_eq!((order.finance, order.waiting_for(None)), (Finance::Settled, None));
    assert_eq!(
        code(&order.record_refund(&mut payments, &sum(PaymentId::from_raw(4), "1.00"), &by, now(), today()).unwrap_err()),
        "order.nothing_to_refund"
    );
    // What was paid back cannot be taken back as if it were there.
    let mut last = payments[1].clone();
    let wrong = order.reverse_payment(&mut last, &mut invoices, &mut allocations, "录错").unwrap_err();
    assert_eq!(code(&wrong), "payment.refunded");
    let mut refund = refund;
    order.reverse_refund(&mut refund, &mut payments, &allocations, "录错").unwrap();
    assert_eq!((order.paid_minor, order.refund_due()), (cny("30.00"), cny("18.00")));
    assert_eq!(payments.iter().map(|payment| payment.free()).sum::<Money>(), cny("18.00"));
}

#[test]
fn a_cost_is_waived_with_a_reason_and_never_raised() {
    let check = |said: Option<&str>, why: &str, expected: Result<&str, &str>| {
        let found = CancelCost::settle("r", cny("12.00"), said.map(cny), why);
        match (found, expected) {
            (Ok(cost), Ok(charged)) => assert_eq!((cost.charged, cost.is_waived()), (cny(charged), charged != "12.00")),
            (Err(refusal), Err(pointer)) => assert_eq!(refusal.fields[0].pointer, pointer),
            (found, _) => panic!("{said:?} {why}: {found:?}"),
        }
    };
    check(None, "", Ok("12.00"));
    check(Some("12.00"), "", Ok("12.00"));
    check(Some("0.00"), "老客户", Ok("0.00"));
    check(Some("5.00"), " ", Err("/waive_reason"));
    check(Some("-0.01"), "x", Err("/cost"));
    let (mut order, mut lines) = effective(&[("10", "10.00")]);
    let more = CancelCost::settle("r", cny("12.00"), Some(cny("12.01")), "").unwrap();
    assert_eq!(code(&cancel(&mut order, &mut lines, &more).unwrap_err()), "order.above_cost");
    let waived = CancelCost::settle("r", cny("12.00"), Some(Money::ZERO), "老客户").unwrap();
    let cancelled = cancel(&mut order, &mut lines, &waived).unwrap();
    assert_eq!((cancelled.invoice, order.cancel_cost_minor, order.cancel_rule.as_str()), (None, Money::ZERO, "r"));
    assert_eq!((order.finance, order.open(), order.waiting_for(None)), (Finance::Unbilled, Money::ZERO, None));
    assert_eq!(cancelled.events[1].reason, "老客户");
}
