//! The company `standard` of the blueprints: one order from draft to closed, forbidden steps included.

#![allow(clippy::vec_box)]

use crate::sample::{actor, cny, customer, draft, now, quantity, ticked, today, wanted, warehouse};
use crate::*;

/// An order with everything that belongs to it, and the books beside it.
struct Story {
    order: Order,
    lines: Vec<Box<OrderLine>>,
    steps: Vec<Box<Approval>>,
    account: CustomerAccount,
    invoices: Vec<Box<Invoice>>,
    invoice_lines: Vec<Box<InvoiceLine>>,
    payments: Vec<Box<Payment>>,
    allocations: Vec<Box<Allocation>>,
    follow_up: Option<FollowUp>,
}

impl Story {
    fn new(lines: &[(&str, &str)], freight: &str) -> Self {
        let (mut order, mut lines) = draft(lines);
        order.freight_minor = cny(freight);
        order.total_up(&mut lines).unwrap();
        Self {
            account: CustomerAccount::new(order.customer_id, None),
            order,
            lines,
            steps: Vec::new(),
            invoices: Vec::new(),
            invoice_lines: Vec::new(),
            payments: Vec::new(),
            allocations: Vec::new(),
            follow_up: None,
        }
    }

    fn submit(&mut self) -> Result<Event, Refusal> {
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
        let number = if self.order.number.is_empty() { "SO2026000001" } else { "SO2026000002" };
        self.order.submit(&self.lines, &facts, number, now())
    }

    fn review(&mut self, by: &Actor) -> Result<(), Refusal> {
        let wanted = wanted(&self.order);
        let (_, steps) = self.order.review(&self.lines, &ticked(), &standard_blueprint().checklist, wanted, by)?;
        self.steps.extend(steps.into_iter().map(Box::new));
        Ok(())
    }

    fn approve(&mut self, by: &Actor) -> Result<Approved, Refusal> {
        let approved = self.order.approve(
            &self.lines,
            &mut self.steps,
            &Approving { account: &self.account, stands_in: &[], gates: Vec::new(), signature: (Signature::None, SlipRule::None) },
            "",
            by,
            now(),
        )?;
        self.account = self.account.with(approved.account);
        Ok(approved)
    }

    fn effective(lines: &[(&str, &str)], freight: &str) -> Self {
        let mut story = Self::new(lines, freight);
        story.submit().unwrap();
        story.review(&actor(2, "customer_service")).unwrap();
        story.approve(&actor(3, "sales_manager")).unwrap();
        if story.order.status == OrderStatus::Reviewed {
            story.approve(&actor(4, "finance")).unwrap();
        }
        assert_eq!(story.order.status, OrderStatus::Effective);
        story
    }

    fn reserve(&mut self, free: &str) -> Result<Vec<Reserved>, Refusal> {
        let house = self.order.warehouse_id;
        let mut free: Free = self.lines.iter().map(|line| (line.product_id, vec![(house, quantity(free))])).collect();
        Ok(self.order.reserve(&mut self.lines, &mut free)?.1)
    }

    fn ship(&mut self, line_no: i64, amount: &str) -> Result<Shipped, Refusal> {
        let parts = [Part { line_no, quantity: quantity(amount) }];
        let input = ShipInput {
            id: ShipmentId::from_raw(51),
            number: "DN2026000001",
            warehouse_id: self.order.warehouse_id,
            shipped_on: today(),
            carrier: "顺丰",
            tracking: "",
            note: "",
            parts: &parts,
        };
        let shipped = self.order.ship(&mut self.lines, &input, &actor(6, "warehouse"), now(), today())?;
        self.account = self.account.with(shipped.account);
        Ok(shipped)
    }

    fn deliver(&mut self, shipped: Shipped, counted: Option<&[Counted]>) -> Result<Delivered, Refusal> {
        let input = DeliverInput {
            delivered_on: today(),
            signer: "李华",
            note: "",
            counted,
            follow_up_id: FollowUpId::from_raw(61),
            follow_up_days: 3,
        };
        let (mut shipment, lines) = (shipped.shipment, shipped.lines);
        let mut lines: Vec<Box<ShipmentLine>> = lines.into_iter().map(Box::new).collect();
        let delivered = self.order.deliver(&mut self.lines, &mut shipment, &mut lines, &input, today())?;
        if delivered.follow_up.is_some() {
            self.follow_up.clone_from(&delivered.follow_up);
        }
        Ok(delivered)
    }

    fn invoice(&mut self, parts: Option<&[Part]>) -> Result<Invoice, Refusal> {
        let number = i64::try_from(self.invoices.len()).unwrap() + 71;
        let input = InvoiceInput {
            id: InvoiceId::from_raw(number),
            number: "INV",
            kind: InvoiceKind::Special,
            issued_on: today(),
            due_on: today().plus_days(30),
            today: today(),
            parts,
        };
        let by = actor(4, "finance");
        let billed = self.order.invoice(&mut self.lines, &self.invoices, &self.invoice_lines, &input, &by, now())?;
        self.account = self.account.with(billed.account);
        self.invoices.push(Box::new(billed.invoice.clone()));
        self.invoice_lines.extend(billed.lines.into_iter().map(Box::new));
        self.settle();
        Ok(billed.invoice)
    }

    fn pay(&mut self, amount: &str) -> Result<(), Refusal> {
        let number = i64::try_from(self.payments.len()).unwrap() + 81;
        let input = PaymentInput {
            id: PaymentId::from_raw(number),
            number: "PAY",
            amount: cny(amount),
            method: PaymentMethod::Bank,
            paid_on: today(),
            exchange_rate: None,
            reference: "",
            note: "",
        };
        let (payment, settled) = self.order.record_payment(&input, &actor(4, "finance"), now(), today())?;
        self.account = self.account.with(settled.account);
        self.payments.push(Box::new(payment));
        self.settle();
        Ok(())
    }

    fn settle(&mut self) {
        let (written, account) = self.order.settle(&mut self.payments, &mut self.invoices, &self.allocations);
        self.account = self.account.with(account);
        for allocation in written {
            let key = (allocation.payment_id, allocation.invoice_id);
            self.allocations.retain(|known| (known.payment_id, known.invoice_id) != key);
            self.allocations.push(Box::new(allocation));
        }
    }

    fn follow_up(&mut self, score: i64) -> Result<Event, Refusal> {
        let mut follow_up = self.follow_up.clone().unwrap();
        let by = actor(7, "after_sales");
        let event = self.order.follow_up(&mut follow_up, score, "满意", &by, now())?;
        self.follow_up = Some(follow_up);
        Ok(event)
    }

    fn close(&mut self) -> Result<Event, Refusal> {
        self.order.close(&self.lines, now())
    }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Refusal>, code: &str) -> Refusal {
    let refusal = outcome.unwrap_err();
    assert_eq!(refusal.code, code, "{refusal:?}");
    for language in Language::ALL {
        let message = refusal.message(*language);
        assert!(!message.contains('{') && message != refusal.code, "{language}: {message}");
    }
    refusal
}

fn gate_codes(refusal: &Refusal) -> Vec<&str> {
    refusal.gates.iter().map(|gate| &*gate.code).collect()
}

#[test]
fn one_order_from_draft_to_closed() {
    let mut story = Story::new(&[("100", "500.00")], "800.00");
    assert_eq!((story.order.goods_minor, story.order.payable_minor), (cny("50000.00"), cny("50800.00")));
    assert_eq!(story.order.deposit_minor, cny("15240.00"));
    refused(story.review(&actor(2, "customer_service")), "order.not_submitted");
    story.submit().unwrap();
    assert_eq!(story.order.number, "SO2026000001");
    refused(story.submit(), "order.not_draft");

    // Two people: who entered it neither reviews nor approves it.
    refused(story.review(&actor(1, "customer_service")), "order.same_person");
    refused(story.approve(&actor(3, "sales_manager")), "order.not_reviewed");
    story.review(&actor(2, "customer_service")).unwrap();
    refused(story.approve(&actor(1, "sales_manager")), "order.own_order");
    refused(story.approve(&actor(4, "finance")), "order.not_your_step");

    // 50,800.00 is above 50,000.00: manager, then finance; the first makes nothing effective.
    assert!(!story.approve(&actor(3, "sales_manager")).unwrap().effective);
    assert_eq!(story.order.status, OrderStatus::Reviewed);
    assert_eq!(story.account.exposure(), Money::ZERO);
    refused(story.ship(1, "1"), "order.not_effective");
    refused(story.approve(&actor(3, "finance")), "order.approved_before");
    let approved = story.approve(&actor(4, "finance")).unwrap();
    let kinds: Vec<&str> = approved.events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["OrderApproved", "OrderTookEffect"]);
    assert_eq!(story.order.status, OrderStatus::Effective);
    assert_eq!(story.account.exposure(), cny("50800.00"));
    assert_eq!(story.order.supply, Supply::Short);

    // The deposit comes before anything is billed.
    story.pay("15240.00").unwrap();
    assert_eq!(story.account.unallocated_minor, cny("15240.00"));
    refused(story.pay("35560.01"), "invalid");

    // 60 of 100 are there: the customer takes a split delivery.
    let taken = story.reserve("60").unwrap();
    assert_eq!(taken[0].quantity, quantity("60"));
    assert_eq!(story.order.supply, Supply::PartReserved);
    let refusal = refused(story.ship(1, "100.000001"), "invalid");
    assert_eq!(refusal.fields[0].pointer, "/lines/0/quantity");
    let first = story.ship(1, "60").unwrap();
    assert_eq!((first.issues[0].quantity, first.issues[0].released), (quantity("60"), quantity("60")));
    assert_eq!(story.order.fulfilment, Fulfilment::PartShipped);
    let first_invoice = story.invoice(None).unwrap();
    assert_eq!(first_invoice.gross_minor, cny("30000.00"));
    assert_eq!(story.invoices[0].paid_minor, cny("15240.00"));
    story.reserve("40").unwrap();
    assert_eq!(story.order.supply, Supply::Ready);
    let second = story.ship(1, "40").unwrap();
    assert_eq!(story.order.fulfilment, Fulfilment::Shipped);
    refused(story.ship(1, "1"), "order.nothing_to_ship");
    assert!(story.deliver(first, None).unwrap().follow_up.is_none());
    let delivered = story.deliver(second, None).unwrap();
    assert_eq!(delivered.follow_up.unwrap().due_on, today().plus_days(3));
    assert_eq!(story.order.fulfilment, Fulfilment::Delivered);
    let last_invoice = story.invoice(None).unwrap();
    assert_eq!((last_invoice.gross_minor, last_invoice.freight_minor), (cny("20800.00"), cny("800.00")));
    refused(story.invoice(None), "order.nothing_to_invoice");

    // Close is refused while 35,560.00 are open, and says so.
    let refusal = refused(story.close(), "gate-refused");
    assert_eq!(gate_codes(&refusal), ["order.close.settled", "order.close.satisfied"]);
    assert!(refusal.message(Language::ZhCn).contains("¥35,560.00"), "{}", refusal.message(Language::ZhCn));
    assert!(refusal.message(Language::En).contains("¥35,560.00"));
    assert_eq!(
        refusal.gates[0].missing,
        [MissingFact {
            fact: "paid",
            current: Detail::Money(cny("15240.00"), Currency::CNY),
            required: Detail::Money(cny("50800.00"), Currency::CNY),
            label: None,
        }]
    );
    story.follow_up(2).unwrap();
    assert_eq!(story.order.service, Service::Dissatisfied);
    story.follow_up(5).unwrap();
    refused(story.follow_up(5), "order.follow_up_done");
    story.pay("35560.00").unwrap();
    refused(story.pay("0.01"), "order.nothing_to_pay");
    assert_eq!(story.order.finance, Finance::Settled);
    assert_eq!(story.account.exposure(), Money::ZERO);
    assert_eq!(story.order.waiting_for(None).unwrap().what, "close");
    story.close().unwrap();
    assert_eq!(story.order.status, OrderStatus::Closed);
    refused(story.order.hold("x"), "order.not_open");
    story.order.reopen(&story.lines, &story.account, "补寄配件").unwrap();
    assert_eq!(story.order.status, OrderStatus::Effective);
}

#[test]
fn at_the_limit_the_manager_alone() {
    let mut story = Story::new(&[("100", "500.00")], "0");
    story.submit().unwrap();
    story.review(&actor(2, "customer_service")).unwrap();
    assert_eq!(story.steps.len(), 1);
    assert!(story.approve(&actor(3, "sales_manager")).unwrap().effective);
}

#[test]
fn a_close_names_everything_that_is_missing() {
    let mut story = Story::effective(&[("2", "100.00"), ("1", "50.00")], "0");
    let refusal = refused(story.close(), "gate-refused");
    let expected = ["order.close.delivered", "order.close.billed", "order.close.settled", "order.close.satisfied"];
    assert_eq!(gate_codes(&refusal), expected);
    assert!(refusal.message(Language::ZhCn).contains("¥250.00"));
}

#[test]
fn nothing_is_cancelled_that_has_begun() {
    let mut story = Story::effective(&[("2", "100.00")], "0");
    story.reserve("2").unwrap();
    let mut cancelled = story.order.clone();
    let mut lines = story.lines.clone();
    let stopped = cancelled.cancel(&mut lines, &CancelCost::default(), None, "客户取消", (&actor(2, "customer_service"), now())).unwrap();
    assert_eq!(stopped.released[0].quantity, quantity("2"));
    assert_eq!(story.account.with(stopped.account).exposure(), Money::ZERO);
    assert_eq!((cancelled.status, cancelled.supply), (OrderStatus::Cancelled, Supply::None));
    refused(cancelled.clone().void(&mut lines, "x"), "order.not_voidable");

    story.pay("10.00").unwrap();
    story.ship(1, "1").unwrap();
    let refusal = refused(
        story.order.cancel(&mut story.lines, &CancelCost::default(), None, "客户取消", (&actor(2, "customer_service"), now())),
        "gate-refused",
    );
    let facts: Vec<_> = refusal.gates[0].missing.iter().map(|missing| missing.fact).collect();
    assert_eq!(facts, ["shipped_lines"]);
}

#[test]
fn money_keeps_an_order_from_being_voided() {
    let mut story = Story::new(&[("2", "100.00")], "0");
    refused(story.pay("10.00"), "order.not_payable");
    story.submit().unwrap();
    story.pay("10.00").unwrap();
    refused(story.order.void(&mut story.lines, "重复"), "gate-refused");
    let mut payment = story.payments.remove(0);
    let settled = story.order.reverse_payment(&mut payment, &mut story.invoices, &mut story.allocations, "录错").unwrap();
    story.account = story.account.with(settled.account);
    assert_eq!(story.account.exposure(), Money::ZERO);
    refused(story.order.reverse_payment(&mut payment, &mut story.invoices, &mut story.allocations, "录错"), "payment.already_reversed");
    refused(story.order.void(&mut story.lines, "  "), "invalid");
    story.order.void(&mut story.lines, "重复").unwrap();
}

#[test]
fn a_held_order_neither_ships_nor_bills() {
    let mut story = Story::effective(&[("2", "100.00")], "0");
    story.ship(1, "1").unwrap();
    story.order.hold("客户要求暂停").unwrap();
    refused(story.order.hold("x"), "order.already_held");
    let refusal = refused(story.ship(1, "1"), "order.held");
    assert!(refusal.message(Language::ZhCn).contains("客户要求暂停"));
    refused(story.invoice(None), "order.held");
    story.pay("10.00").unwrap();
    story.order.resume().unwrap();
    refused(story.order.resume(), "order.not_held");
    story.ship(1, "1").unwrap();
}

#[test]
fn credit_is_checked_at_every_step_of_approval() {
    let mut story = Story::new(&[("100", "500.00")], "0");
    story.submit().unwrap();
    story.review(&actor(2, "customer_service")).unwrap();
    story.account.limit_minor = cny("49999.99");
    let refusal = refused(story.approve(&actor(3, "sales_manager")), "gate-refused");
    assert_eq!(gate_codes(&refusal), ["order.over_credit_limit"]);
    assert_eq!(refusal.gates[0].override_by, ["finance"]);
    assert!(story.steps[0].decision.is_none());
    story.account.limit_minor = cny("50000.00");
    story.approve(&actor(3, "sales_manager")).unwrap();
}

#[test]
fn a_return_begins_again_with_a_new_round() {
    let mut story = Story::new(&[("200", "500.00")], "0");
    story.submit().unwrap();
    let mut free = Free::from([(story.lines[0].product_id, vec![(story.order.warehouse_id, quantity("60"))])]);
    take_free(&mut story.lines, &mut free);
    story.review(&actor(2, "customer_service")).unwrap();
    story.approve(&actor(3, "sales_manager")).unwrap();
    let by = actor(4, "finance");
    let stopped = story.order.return_to_draft(&mut story.lines, &mut story.steps, "价格不对", &by, now()).unwrap();
    assert_eq!((stopped.step, stopped.released.len()), (Some(1), 1));
    assert_eq!(story.steps[1].decision, Some(Decision::Returned));
    assert_eq!((story.order.status, story.order.supply), (OrderStatus::Draft, Supply::None));
    story.submit().unwrap();
    assert_eq!(story.order.number, "SO2026000001");
    story.review(&actor(2, "customer_service")).unwrap();
    // The approval of the first round counts no more.
    assert!(!story.approve(&actor(3, "sales_manager")).unwrap().effective);
    assert!(story.approve(&actor(4, "finance")).unwrap().effective);
}

#[test]
fn refused_goods_are_counted() {
    let mut story = Story::effective(&[("10", "1.00")], "0");
    let shipped = story.ship(1, "10").unwrap();
    let counts = |accepted: &str, refused: &str| [Counted { line_no: 1, accepted: quantity(accepted), refused: quantity(refused) }];
    let refusal = refused(story.deliver(shipped.clone(), Some(&counts("8", "1"))), "invalid");
    assert_eq!(refusal.fields[0].code, "line.not_all_counted");
    story.deliver(shipped, Some(&counts("8", "2"))).unwrap();
    assert_eq!(story.lines[0].refused_micro, quantity("2"));
    // What did not stay is not billed, and the order is not done with it.
    assert_eq!((story.order.fulfilment, story.lines[0].unbilled()), (Fulfilment::PartDelivered, quantity("8")));
}

#[test]
fn within_tolerance_the_customer_pays_for_what_came() {
    let mut story = Story::effective(&[("20", "6200.00")], "0");
    story.lines[0].over_tolerance = Rate::from_bp(500);
    story.lines[0].under_tolerance = Rate::from_bp(500);
    assert_eq!(story.order.payable_minor, cny("124000.00"));
    refused(story.ship(1, "21.01"), "invalid");
    story.ship(1, "20.4").unwrap();
    assert_eq!(story.order.payable_minor, cny("126480.00"));
    assert_eq!(story.account.exposure(), cny("126480.00"));
    assert_eq!(story.invoice(None).unwrap().gross_minor, cny("126480.00"));
}

#[test]
fn what_came_short_within_tolerance_is_not_owed() {
    let mut story = Story::effective(&[("100", "10.00")], "0");
    story.lines[0].under_tolerance = Rate::from_bp(500);
    story.pay("1000.00").unwrap();
    let shipped = story.ship(1, "95").unwrap();
    story.deliver(shipped, None).unwrap();
    assert_eq!(story.invoice(None).unwrap().gross_minor, cny("950.00"));
    story.follow_up(4).unwrap();
    let refusal = refused(story.close(), "gate-refused");
    assert_eq!(gate_codes(&refusal), ["order.close.overpaid"]);
    assert!(refusal.message(Language::ZhCn).contains("多收 ¥50.00"));
}

#[test]
fn voiding_an_invoice_frees_its_money_and_its_goods() {
    let mut story = Story::effective(&[("10", "100.00")], "0");
    story.ship(1, "10").unwrap();
    story.invoice(Some(&[Part { line_no: 1, quantity: quantity("4") }])).unwrap();
    story.pay("500.00").unwrap();
    assert_eq!(story.account.unallocated_minor, cny("100.00"));
    let mut invoice = story.invoices.remove(0);
    let settled = story
        .order
        .void_invoice(&mut story.lines, &mut invoice, &story.invoice_lines, &mut story.payments, &mut story.allocations, "抬头错误")
        .unwrap();
    story.account = story.account.with(settled.account);
    story.invoices.push(invoice);
    story.allocations.retain(|allocation| allocation.amount_minor.is_positive());
    assert_eq!(story.account.unallocated_minor, cny("500.00"));
    assert_eq!(story.account.open_orders_minor, cny("1000.00"));
    assert_eq!(story.invoice(None).unwrap().gross_minor, cny("1000.00"));
    assert_eq!(story.account.exposure(), cny("500.00"));
    assert_eq!(story.order.overdue_on, Some(today().plus_days(30)));
    story.pay("500.00").unwrap();
    assert_eq!((story.order.overdue_on, story.order.finance), (None, Finance::Settled));
}
