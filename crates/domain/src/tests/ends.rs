//! Closing short: what is given up, what is left to pay, and what refuses (CHG-05).

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
    let input =
        ShipInput { id: ShipmentId::from_raw(1), number: "DN", shipped_on: today(), carrier: "", tracking: "", note: "", parts: &parts };
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
