//! What a submission says, what actions are offered, and that invoices always come to payable.

#![allow(clippy::vec_box)]

use proptest::prelude::*;

use crate::sample::{actor, cny, customer, draft, now, today, warehouse};
use crate::*;

#[test]
fn a_submission_names_every_error_at_its_field() {
    let (mut order, mut lines) = draft(&[("1", "10.00"), ("1", "10.00"), ("1", "10.00")]);
    order.contact_name = String::new();
    order.contact_phone = "??".to_owned();
    order.delivery_address = " ".to_owned();
    order.required_on = Some(today().plus_days(-1));
    order.planned_ship_on = Some(today().plus_days(5));
    order.expected_on = Some(today().plus_days(4));
    lines[0].quantity_micro = Quantity::ZERO;
    lines[1].net_minor = cny("1.00");
    lines[2].price_source = PriceSource::None;
    let (customer, warehouse) = (Customer { active: false, ..customer() }, warehouse());
    let sold_no_more = [lines[2].product_id];
    let facts = SubmitFacts {
        customer: &customer,
        warehouse: &warehouse,
        books: Currency::CNY,
        reason_above: None,
        inactive_products: &sold_no_more,
        broken_choices: &[],
        contract: None,
    };
    let mut found: Vec<String> =
        order.check_submit(&lines, &facts).iter().map(|error| format!("{} {}", error.pointer, error.code)).collect();
    found.sort();
    assert_eq!(
        found,
        [
            " order.arithmetic",
            "/contact_name value.required",
            "/contact_phone value.not_a_phone",
            "/customer_id value.inactive",
            "/delivery_address value.required",
            "/expected_on date.before",
            "/lines/0 order.arithmetic",
            "/lines/0/quantity value.not_positive",
            "/lines/1 order.arithmetic",
            "/lines/2/product_id value.inactive",
            "/lines/2/unit_price order.no_price",
            "/required_on order.required_before_ordered",
        ]
        .map(|text| text.replace("order.no_price", "line.no_price"))
    );
    let refusal = order.submit(&lines, &facts, "SO1", now()).unwrap_err();
    assert_eq!((refusal.kind, refusal.fields.len()), (RefusalKind::Invalid, 12));
    assert_eq!(order.status, OrderStatus::Draft);
}

#[test]
fn an_order_without_lines_or_date_is_refused() {
    let (mut order, lines) = draft(&[]);
    order.required_on = None;
    let (customer, warehouse) = (customer(), warehouse());
    let facts = SubmitFacts {
        customer: &customer,
        warehouse: &warehouse,
        books: Currency::CNY,
        reason_above: None,
        inactive_products: &[],
        broken_choices: &[],
        contract: None,
    };
    let errors = order.check_submit(&lines, &facts);
    let found: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.code)).collect();
    assert_eq!(found, [("/required_on", "value.required"), ("/lines", "order.no_lines")]);
}

#[test]
fn actions_say_what_may_be_done_and_why_not() {
    let (mut order, lines) = draft(&[("1", "10.00")]);
    let steps: Vec<Box<Approval>> = Vec::new();
    let check = |order: &Order, id: i64, role: &str, allowed: &[&str]| {
        let actions = actions(order, &lines, &steps, None, &[], &actor(id, role));
        let found: Vec<&str> = actions.iter().filter(|action| action.allowed()).map(|action| action.verb.as_str()).collect();
        assert_eq!(found, allowed, "{} {role}", order.status);
    };
    check(&order, 1, "sales_rep", &["edit", "submit", "copy"]);
    check(&order, 8, "auditor", &[]);
    check(&order, 2, "customer_service", &["edit", "submit", "hold", "void", "copy"]);
    order.status = OrderStatus::Submitted;
    check(&order, 1, "sales_rep", &["copy"]);
    check(&order, 2, "customer_service", &["review", "return", "hold", "void", "copy"]);
    check(&order, 1, "customer_service", &["return", "hold", "void", "copy"]);
    check(&order, 4, "finance", &["return", "record-payment", "hold"]);
    (order.status, order.signature) = (OrderStatus::Approved, Signature::Asked);
    check(&order, 2, "customer_service", &["send-confirmation", "return", "hold", "void", "copy"]);
    (order.status, order.confirmation_no) = (OrderStatus::AwaitingSignature, 1);
    check(&order, 2, "customer_service", &["send-confirmation", "record-signed-copy", "return", "hold", "void", "copy"]);
    check(&order, 4, "finance", &["return", "record-payment", "hold"]);
    order.confirmation_no = 0;
    order.status = OrderStatus::Effective;
    check(&order, 2, "customer_service", &["send-confirmation", "reserve", "ship", "change", "hold", "cancel", "copy"]);
    check(&order, 6, "warehouse", &["reserve", "ship"]);
    order.held = true;
    check(&order, 2, "customer_service", &["reserve", "change", "resume", "cancel", "copy"]);

    let all = actions(&order, &lines, &steps, None, &[], &actor(2, "customer_service"));
    let code = |verb: Verb| {
        let action = all.iter().find(|action| action.verb == verb).unwrap();
        action.refusal.as_ref().map(|refusal| refusal.code)
    };
    assert_eq!(code(Verb::Ship), Some("order.held"));
    assert_eq!(code(Verb::Approve), Some("denied"));
    assert_eq!(code(Verb::Submit), Some("order.not_draft"));
    assert!(all.iter().all(|action| action.verb != Verb::TakeEffect));
}

#[test]
fn tracks_wait_in_their_order() {
    let (mut order, mut lines) = draft(&[("10", "10.00")]);
    order.status = OrderStatus::Effective;
    let check = |order: &Order, expected: &str| {
        let waiting =
            order.waiting_for(None).map_or(String::new(), |waiting| format!("{} {} {}", waiting.track, waiting.what, waiting.who));
        assert_eq!(waiting, expected);
    };
    order.derive(&lines);
    check(&order, "supply stock warehouse");
    lines[0].reserved_micro = Quantity::units(10);
    order.derive(&lines);
    check(&order, "fulfilment ship warehouse");
    (lines[0].reserved_micro, lines[0].shipped_micro) = (Quantity::ZERO, Quantity::units(10));
    order.derive(&lines);
    check(&order, "fulfilment deliver customer_service");
    lines[0].delivered_micro = Quantity::units(10);
    order.derive(&lines);
    check(&order, "finance invoice finance");
    order.billed_minor = order.payable_minor;
    order.derive(&lines);
    check(&order, "finance collect finance");
    order.paid_minor = order.payable_minor;
    order.service = Service::FollowUpDue;
    order.derive(&lines);
    check(&order, "service follow_up after_sales");
    order.service = Service::Waived;
    check(&order, "commercial close customer_service");
    order.held = true;
    check(&order, "commercial resume customer_service");
}

#[test]
fn late_is_late_from_the_next_day_on() {
    let (mut order, lines) = draft(&[("10", "10.00")]);
    order.status = OrderStatus::Effective;
    order.promised_on = Some(today());
    order.derive(&lines);
    let tones = |order: &Order, day: Date| order.track_views(day).map(|view| view.tone.as_str());
    assert!(!order.is_late(today()));
    assert_eq!(tones(&order, today()), ["done", "risk", "idle", "idle", "idle"]);
    assert!(order.is_late(today().plus_days(1)));
    assert_eq!(tones(&order, today().plus_days(1)), ["done", "late", "late", "idle", "idle"]);
}

#[test]
fn a_copy_has_the_content_and_nothing_of_the_life() {
    let (mut order, mut lines) = draft(&[("10", "10.00")]);
    order.status = OrderStatus::Closed;
    order.number = "SO2026000009".to_owned();
    lines[0].shipped_micro = Quantity::units(10);
    let (copy, copied) = order.copied(&lines, OrderId::from_raw(99), &actor(5, "sales_rep"), now(), today()).unwrap();
    assert_eq!((copy.status, copy.number.as_str(), copy.payable_minor), (OrderStatus::Draft, "", order.payable_minor));
    assert_eq!((copied[0].order_id, copied[0].shipped_micro), (copy.id, Quantity::ZERO));
    assert_eq!(copy.entered_by, UserId::from_raw(5));
    let changed = OrderLine { quantity_micro: Quantity::units(11), ..copied[0].clone() };
    let changes = changed.changes_from(&copied[0]);
    assert_eq!(changes.iter().map(|change| change.field.as_str()).collect::<Vec<_>>(), ["lines/1/quantity"]);
}

/// Ships and bills an order in the parts given and answers with its invoices and their lines.
fn billed(
    order: &mut Order,
    lines: &mut [Box<OrderLine>],
    parts: &[(usize, i64)],
    void_at: Option<usize>,
) -> (Vec<Box<Invoice>>, Vec<Box<InvoiceLine>>) {
    let mut invoices: Vec<Box<Invoice>> = Vec::new();
    let mut invoice_lines: Vec<Box<InvoiceLine>> = Vec::new();
    let by = actor(4, "finance");
    let count = lines.len();
    let rest = (0..count).map(|place| (place, i64::MAX));
    for (turn, (place, percent)) in parts.iter().copied().chain(rest).enumerate() {
        let line = &mut lines[place % count];
        line.shipped_micro = line.quantity_micro;
        let micro = i128::from(line.unbilled().micro()) * i128::from(percent.min(100)) / 100;
        let part = Part { line_no: line.line_no, quantity: Quantity::from_micro(i64::try_from(micro).unwrap()) };
        if !part.quantity.is_positive() {
            continue;
        }
        let input = InvoiceInput {
            id: InvoiceId::from_raw(i64::try_from(turn).unwrap() + 1),
            number: "INV",
            kind: InvoiceKind::Special,
            issued_on: today(),
            due_on: today(),
            today: today(),
            parts: Some(&[part]),
        };
        let billed = order.invoice(lines, &invoices, &invoice_lines, &input, &by, now()).unwrap();
        invoices.push(Box::new(billed.invoice));
        invoice_lines.extend(billed.lines.into_iter().map(Box::new));
        if void_at == Some(turn) {
            let mut none: Vec<Box<Payment>> = Vec::new();
            let mut nothing: Vec<Box<Allocation>> = Vec::new();
            let invoice = invoices.last_mut().unwrap();
            order.void_invoice(lines, invoice, &invoice_lines, &mut none, &mut nothing, "x").unwrap();
        }
    }
    (invoices, invoice_lines)
}

proptest! {
    #[test]
    fn invoices_come_to_payable(
        amounts in prop::collection::vec((1..5_000_000_000_i64, 1..90_000_000_i64), 1..5),
        parts in prop::collection::vec((0..5_usize, 1..=100_i64), 0..8),
        void_at in prop::option::of(0..4_usize),
        inclusive: bool, by_line: bool, freight in 0..100_000_i64, discounted in 0..=40_i64,
        charged in prop::collection::vec((any::<bool>(), 0..1500_i64, prop::option::of(0..1_700_i64)), 0..4),
    ) {
        let texts: Vec<(String, String)> = amounts
            .iter()
            .map(|(ordered, price)| (Quantity::from_micro(*ordered).decimal(), UnitPrice::from_micro(*price).decimal()))
            .collect();
        let texts: Vec<(&str, &str)> = texts.iter().map(|(ordered, price)| (&**ordered, &**price)).collect();
        let (mut order, mut lines) = draft(&texts);
        order.tax_inclusive = inclusive;
        order.tax_rounding = if by_line { TaxRounding::Line } else { TaxRounding::Document };
        order.freight_minor = Money::from_minor(freight);
        order.discount_minor = Money::from_minor(order.goods_minor.minor() / 100 * discounted);
        let charge = |(allowance, percent, rate): &(bool, i64, Option<i64>)| Charge {
            allowance: *allowance, percent: Some(Rate::from_bp(*percent)), own_tax_rate: rate.map(Rate::from_bp),
            ..Charge::of(ChargeKind::Surcharge, Money::ZERO)
        };
        order.charges = Kept::of(charged.iter().map(charge).collect());
        prop_assume!(order.total_up(&mut lines).is_ok());
        order.status = OrderStatus::Effective;
        let (invoices, invoice_lines) = billed(&mut order, &mut lines, &parts, void_at);
        // A voided part is billed again at the end.
        let (more, more_lines) = if unbilled_parts(&lines).is_empty() {
            (Vec::new(), Vec::new())
        } else {
            let by = actor(4, "finance");
            let input = InvoiceInput {
                id: InvoiceId::from_raw(1000), number: "INV", kind: InvoiceKind::Special, issued_on: today(),
                due_on: today(), today: today(), parts: None,
            };
            let last = order.invoice(&mut lines, &invoices, &invoice_lines, &input, &by, now()).unwrap();
            (vec![Box::new(last.invoice)], last.lines.into_iter().map(Box::new).collect())
        };
        let good: Vec<_> =
            invoices.iter().chain(&more).filter(|invoice| invoice.status != InvoiceStatus::Void).collect();
        let sum = |part: fn(&Invoice) -> Money| good.iter().map(|invoice| part(invoice)).sum::<Money>();
        prop_assert_eq!(sum(|invoice| invoice.gross_minor), order.payable_minor);
        prop_assert_eq!(sum(|invoice| invoice.net_minor), order.net_minor);
        prop_assert_eq!(sum(|invoice| invoice.tax_minor), order.tax_minor);
        prop_assert_eq!(sum(|invoice| invoice.freight_minor), order.freight_minor);
        prop_assert_eq!(sum(|invoice| invoice.discount_minor), order.discount_minor);
        let of_charges: Money = good.iter().flat_map(|invoice| invoice.charges.iter()).map(Charge::signed).sum();
        prop_assert_eq!(of_charges, order.charged());
        prop_assert_eq!(order.billed_minor, order.payable_minor);
        for line in &lines {
            let of_line = invoice_lines.iter().chain(&more_lines).filter(|billed| {
                billed.order_line_no == line.line_no && good.iter().any(|invoice| invoice.id == billed.invoice_id)
            });
            let net: Money = of_line.map(|billed| billed.net_minor).sum();
            prop_assert_eq!(net, line.net_minor);
        }
        for invoice in good {
            // A cent of each allowance may be rounded into the next invoice.
            prop_assert!(invoice.gross_minor.minor() >= -i64::try_from(2 * charged.len()).unwrap());
        }
    }

    #[test]
    fn never_more_is_allocated_than_came(
        billed in prop::collection::vec(1..1000_i64, 0..6), paid in prop::collection::vec(1..1000_i64, 0..6),
    ) {
        let (order, _) = draft(&[]);
        let invoice = |(number, gross): (i64, &i64)| Box::new(Invoice {
            id: InvoiceId::from_raw(number), version: Version::FIRST, number: String::new(), order_id: order.id,
            order_number: String::new(), customer_id: order.customer_id, customer_name: String::new(),
            kind: InvoiceKind::Special, status: InvoiceStatus::Open, issued_on: today(), due_on: today(),
            net_minor: Money::from_minor(*gross), tax_minor: Money::ZERO, gross_minor: Money::from_minor(*gross),
            freight_minor: Money::ZERO, discount_minor: Money::ZERO, charges: crate::Kept::default(), paid_minor: Money::ZERO,
            created_by: UserId::NONE, created_at: now(), void_reason: String::new(),
        });
        let payment = |(number, amount): (i64, &i64)| Box::new(Payment {
            id: PaymentId::from_raw(number), version: Version::FIRST, number: String::new(), order_id: order.id,
            order_number: String::new(), customer_id: order.customer_id, customer_name: String::new(),
            amount_minor: Money::from_minor(*amount), allocated_minor: Money::ZERO, method: PaymentMethod::Bank,
            paid_on: today(), exchange_rate_nano: None, reference: String::new(), note: String::new(), reversed: false,
            reverse_reason: String::new(), created_by: UserId::NONE, created_at: now(),
        });
        let mut invoices: Vec<_> = (1..).zip(&billed).map(invoice).collect();
        let mut payments: Vec<_> = (1..).zip(&paid).map(payment).collect();
        let known: Vec<Box<Allocation>> = Vec::new();
        let (written, _) = allocate(&mut payments, &mut invoices, &known);
        let total: Money = written.iter().map(|allocation| allocation.amount_minor).sum();
        let least = billed.iter().sum::<i64>().min(paid.iter().sum());
        prop_assert_eq!(total.minor(), least);
        for payment in &payments {
            let used: Money = written.iter().filter(|allocation| allocation.payment_id == payment.id)
                .map(|allocation| allocation.amount_minor).sum();
            prop_assert_eq!(used, payment.allocated_minor);
            prop_assert!(payment.allocated_minor <= payment.amount_minor);
        }
        // The oldest are paid first: after one that is open, none is paid.
        let open = invoices.iter().position(|invoice| invoice.open().is_positive()).unwrap_or(invoices.len());
        prop_assert!(invoices.iter().skip(open + 1).all(|invoice| invoice.paid_minor.is_zero()));
    }
}
