//! A seeded walk of random commands over the life of an order, against what must always hold.

#![allow(clippy::vec_box)]

use std::collections::BTreeMap;

use crate::sample::{actor, customer, draft, now, quantity, ticked, today, wanted, warehouse};
use crate::*;

/// A small generator, so that a seed names a walk.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// Everything that belongs to an order, and the stock of its products.
#[derive(Clone, Debug, PartialEq)]
struct World {
    order: Order,
    lines: Vec<Box<OrderLine>>,
    steps: Vec<Box<Approval>>,
    account: CustomerAccount,
    stock: BTreeMap<ProductId, Stock>,
    shipments: Vec<(Shipment, Vec<Box<ShipmentLine>>)>,
    invoices: Vec<Box<Invoice>>,
    invoice_lines: Vec<Box<InvoiceLine>>,
    payments: Vec<Box<Payment>>,
    allocations: Vec<Box<Allocation>>,
    follow_up: Option<FollowUp>,
    confirmation: Option<Confirmation>,
    exceptions: Vec<Box<OrderException>>,
}

const ROLES: &[&str] = &["sales_rep", "customer_service", "sales_manager", "finance", "warehouse", "after_sales"];

impl World {
    fn new() -> Self {
        let (mut order, mut lines) = draft(&[("10", "33.33"), ("7", "1.005"), ("3.5", "999.99")]);
        (lines[0].over_tolerance, lines[0].under_tolerance) = (Rate::from_bp(1000), Rate::from_bp(1000));
        (order.freight_minor, order.discount_minor) = (Money::from_minor(1234), Money::from_minor(777));
        order.total_up(&mut lines).unwrap();
        let stock = lines.iter().map(|line| {
            let stock = Stock { on_hand_micro: quantity("6"), ..Stock::none(line.product_id, order.warehouse_id) };
            (line.product_id, stock)
        });
        Self {
            stock: stock.collect(),
            account: CustomerAccount::new(order.customer_id, None),
            order,
            lines,
            steps: Vec::new(),
            shipments: Vec::new(),
            invoices: Vec::new(),
            invoice_lines: Vec::new(),
            payments: Vec::new(),
            allocations: Vec::new(),
            follow_up: None,
            confirmation: None,
            exceptions: Vec::new(),
        }
    }

    fn free(&self) -> Free {
        self.stock.iter().map(|(product, stock)| (*product, vec![(stock.warehouse_id, stock.available())])).collect()
    }

    fn reserved(&mut self, taken: &[Reserved]) {
        for one in taken {
            self.stock.get_mut(&one.product_id).unwrap().reserved_micro += one.quantity;
        }
    }

    fn freed(&mut self, freed: &[Freed]) {
        for one in freed {
            self.stock.get_mut(&one.product_id).unwrap().reserved_micro -= one.quantity;
        }
    }

    fn stopped(&mut self, stopped: &Stopped) {
        self.freed(&stopped.released);
        self.account = self.account.with(stopped.account);
    }

    /// Does one thing, or is refused and changes nothing.
    fn act(&mut self, verb: Verb, by: &Actor, dice: &mut Dice) -> Result<(), Refusal> {
        let why = "随机";
        match verb {
            Verb::Submit => self.submit(),
            Verb::Review => {
                let wanted = wanted(&self.order);
                let (_, steps) = self.order.review(&self.lines, &ticked(), &standard_blueprint().checklist, wanted, by)?;
                self.steps.extend(steps.into_iter().map(Box::new));
                Ok(())
            }
            Verb::Approve => {
                let signature = *[Signature::None, Signature::Asked, Signature::Owed].get(dice.roll(3)).expect("one of three");
                let approved = self.order.approve(
                    &self.lines,
                    &mut self.steps,
                    &Approving { account: &self.account, stands_in: &[], gates: Vec::new(), signature: (signature, SlipRule::Calendar) },
                    "",
                    by,
                    now(),
                )?;
                self.account = self.account.with(approved.account);
                Ok(())
            }
            Verb::Return => {
                let order = &mut self.order;
                let stopped = order.return_to_draft(&mut self.lines, &mut self.steps, why, by, now())?;
                self.stopped(&stopped);
                Ok(())
            }
            Verb::Reject => {
                let stopped = self.order.reject(&mut self.lines, &mut self.steps, why, by, now())?;
                self.stopped(&stopped);
                Ok(())
            }
            Verb::Void => {
                let stopped = self.order.void(&mut self.lines, why)?;
                self.stopped(&stopped);
                Ok(())
            }
            Verb::Cancel => {
                let cost = CancelCost {
                    rule: "r".to_owned(),
                    proposed: Money::from_minor(500),
                    charged: Money::from_minor(500),
                    ..CancelCost::default()
                };
                let cost = if cost.charged > self.order.payable_minor { CancelCost::default() } else { cost };
                let id = InvoiceId::from_raw(i64::try_from(self.invoices.len()).unwrap() + 1);
                let paper = CostPaper { id, number: "INV", issued_on: today(), due_on: today() };
                let cancelled = self.order.cancel(&mut self.lines, &cost, Some(paper), why, (by, now()))?;
                self.freed(&cancelled.released);
                self.account = self.account.with(cancelled.account);
                self.invoices.extend(cancelled.invoice.map(Box::new));
                self.settle();
                Ok(())
            }
            Verb::CloseShort => {
                let some: Vec<i64> = self.lines.iter().map(|line| line.line_no).filter(|_| dice.roll(2) == 0).collect();
                let closed = self.order.close_short(&mut self.lines, &some, why)?;
                self.freed(&closed.released);
                self.account = self.account.with(closed.account);
                let begun = self.order.begin_follow_up(FollowUpId::from_raw(1), today(), 3);
                self.follow_up = begun.map(|(follow_up, _)| follow_up).or(self.follow_up.take());
                Ok(())
            }
            Verb::Reserve => {
                let mut free = self.free();
                let (_, taken) = self.order.reserve(&mut self.lines, &mut free)?;
                self.reserved(&taken);
                Ok(())
            }
            Verb::Ship => self.ship(by, dice),
            Verb::Deliver if dice.roll(2) == 0 => self.answer(by, dice),
            Verb::Deliver => self.deliver(by, dice),
            Verb::Invoice => self.invoice(by, dice),
            Verb::RecordPayment => self.pay(by, dice),
            Verb::RecordRefund => self.refund(by, dice),
            Verb::FollowUp | Verb::WaiveFollowUp => self.follow_up(verb, by, dice),
            Verb::Close => self.order.close(&self.lines, now()).map(|_| ()),
            Verb::Reopen => self.order.reopen(&self.lines, &self.account, why).map(|_| ()),
            Verb::Hold => self.order.hold(why).map(|_| ()),
            Verb::Resume => self.order.resume().map(|_| ()),
            Verb::SendConfirmation => {
                let input = ConfirmationInput {
                    id: ConfirmationId::from_raw(1),
                    order_revision: 1,
                    way: ConfirmationWay::Print,
                    sent_to: "",
                    language: Language::ZhCn,
                    link_id: None,
                    document: (AttachmentId::from_raw(1), "ab"),
                    today: today(),
                };
                let before = self.confirmation.as_ref().map_or(0, |last| last.no);
                let (confirmation, _) = self.order.send_confirmation(&self.lines, before, &input, by, now())?;
                self.confirmation = Some(confirmation);
                Ok(())
            }
            Verb::Sign | Verb::RecordSignedCopy => {
                self.order.check_signature(verb)?;
                let confirmation = self.confirmation.as_mut().expect("an order with a number of one has it");
                let way = if verb == Verb::Sign { SignatureWay::Drawn } else { SignatureWay::Paper };
                let calendar = WorkCalendar::always();
                let input =
                    SignInput { signer: "王", way, signature_sha256: "cd", address: "", calendar: &calendar, today: today().plus_days(2) };
                self.order.sign(&self.lines, confirmation, &input, now()).map(|_| ())
            }
            Verb::Edit | Verb::TakeEffect | Verb::Change | Verb::Copy => Ok(self.order.may_move(verb).map(|_| ())?),
        }
    }

    fn submit(&mut self) -> Result<(), Refusal> {
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
        self.order.submit(&self.lines, &facts, "SO2026000001", now())?;
        let mut free = self.free();
        let taken = take_free(&mut self.lines, &mut free);
        self.order.derive(&self.lines);
        self.reserved(&taken);
        Ok(())
    }

    fn ship(&mut self, by: &Actor, dice: &mut Dice) -> Result<(), Refusal> {
        let free = self.free();
        let mut parts = Vec::new();
        for line in &self.lines {
            let wanted = if dice.roll(3) == 0 { line.shippable() } else { line.open_to_ship() };
            let most = wanted.min(line.reserved_micro + free[&line.product_id][0].1);
            let part = Quantity::from_micro(most.micro() / i64::try_from(dice.roll(3) + 1).unwrap());
            if part.is_positive() {
                parts.push(Part { line_no: line.line_no, quantity: part });
            }
        }
        let id = ShipmentId::from_raw(i64::try_from(self.shipments.len()).unwrap() + 1);
        let input = ShipInput {
            id,
            number: "DN",
            warehouse_id: self.order.warehouse_id,
            shipped_on: today(),
            carrier: "",
            tracking: "",
            note: "",
            parts: &parts,
        };
        let shipped = self.order.ship(&mut self.lines, &input, by, now(), today())?;
        for issue in &shipped.issues {
            let stock = self.stock.get_mut(&issue.product_id).unwrap();
            stock.on_hand_micro -= issue.quantity;
            stock.reserved_micro -= issue.released;
        }
        self.account = self.account.with(shipped.account);
        self.shipments.push((shipped.shipment, shipped.lines.into_iter().map(Box::new).collect()));
        Ok(())
    }

    /// Answers the oldest exception that is open; what would leave nothing of the order is left alone.
    fn answer(&mut self, by: &Actor, dice: &mut Dice) -> Result<(), Refusal> {
        let mut world = self.clone();
        let Some(exception) = world.exceptions.iter_mut().find(|one| one.is_open()) else {
            return Err(OrderRejection::NothingToDeliver.into());
        };
        let status = if dice.roll(2) == 0 { ExceptionStatus::Redone } else { ExceptionStatus::GivenUp };
        let answer = ExceptionAnswer { status, goods: ReturnedGoods::Good, reason: "随机" };
        let answered = world.order.answer_exception(&mut world.lines, exception, &answer, by, now())?;
        if answered.nothing_left {
            return Err(ExceptionRejection::NothingLeft.into());
        }
        for (product, quantity) in &answered.returned {
            world.stock.get_mut(product).unwrap().on_hand_micro += *quantity;
        }
        world.freed(&answered.released);
        world.account = world.account.with(answered.account);
        let begun = world.order.begin_follow_up(FollowUpId::from_raw(1), today(), 3);
        world.follow_up = begun.map(|(follow_up, _)| follow_up).or(world.follow_up.take());
        *self = world;
        Ok(())
    }

    fn deliver(&mut self, by: &Actor, dice: &mut Dice) -> Result<(), Refusal> {
        let Some(place) = dice.roll(self.shipments.len() + 1).checked_sub(1) else {
            return Err(OrderRejection::NothingToDeliver.into());
        };
        let (shipment, lines) = &mut self.shipments[place];
        let first = &lines[0];
        let refused = if dice.roll(3) == 0 { Quantity::from_micro(first.quantity_micro.micro() / 2) } else { Quantity::ZERO };
        let counted = [Counted { line_no: first.line_no, accepted: first.quantity_micro - refused, refused }];
        let parts = [Part { line_no: first.order_line_no, quantity: refused }];
        let input = DeliverInput {
            delivered_on: today(),
            signer: "李华",
            note: "",
            counted: Some(&counted),
            follow_up_id: FollowUpId::from_raw(1),
            follow_up_days: 3,
        };
        let delivered = self.order.deliver(&mut self.lines, shipment, lines, &input, today())?;
        if delivered.follow_up.is_some() {
            self.follow_up = delivered.follow_up;
        }
        if refused.is_positive() {
            let no = self.exceptions.len() + 1;
            let id = ExceptionId::from_raw(i64::try_from(no).unwrap());
            let kind = ExceptionKind::GoodsRefused;
            let input = ExceptionInput { id, no, kind, cause: "破损", parts: &parts, shipment: None, by_system: true };
            let (exception, _) = self.order.open_exception(&self.lines, &self.exceptions, &input, by, now())?;
            self.order.derive(&self.lines);
            self.exceptions.push(Box::new(exception));
        }
        Ok(())
    }

    fn invoice(&mut self, by: &Actor, dice: &mut Dice) -> Result<(), Refusal> {
        if dice.roll(4) == 0 && !self.invoices.is_empty() {
            return self.void_invoice(dice);
        }
        let mut parts = unbilled_parts(&self.lines);
        for part in &mut parts {
            let share = part.quantity.micro() / i64::try_from(dice.roll(3) + 1).unwrap();
            part.quantity = Quantity::from_micro(share.max(1));
        }
        let input = InvoiceInput {
            id: InvoiceId::from_raw(i64::try_from(self.invoices.len()).unwrap() + 1),
            number: "INV",
            kind: InvoiceKind::Special,
            issued_on: today(),
            due_on: today(),
            today: today(),
            parts: Some(&parts),
        };
        let billed = self.order.invoice(&mut self.lines, &self.invoices, &self.invoice_lines, &input, by, now())?;
        self.account = self.account.with(billed.account);
        self.invoices.push(Box::new(billed.invoice));
        self.invoice_lines.extend(billed.lines.into_iter().map(Box::new));
        self.settle();
        Ok(())
    }

    fn void_invoice(&mut self, dice: &mut Dice) -> Result<(), Refusal> {
        let place = dice.roll(self.invoices.len());
        let (lines, papers) = (&mut self.lines, &self.invoice_lines);
        let (payments, allocations) = (&mut self.payments, &mut self.allocations);
        let invoice = &mut self.invoices[place];
        let settled = self.order.void_invoice(lines, invoice, papers, payments, allocations, "随机")?;
        self.allocations.retain(|allocation| allocation.amount_minor.is_positive());
        self.account = self.account.with(settled.account);
        self.settle();
        Ok(())
    }

    fn pay(&mut self, by: &Actor, dice: &mut Dice) -> Result<(), Refusal> {
        if dice.roll(4) == 0 && !self.payments.is_empty() {
            let place = dice.roll(self.payments.len());
            if self.payments[place].is_refund() {
                let mut refund = self.payments.remove(place);
                let done = self.order.reverse_refund(&mut refund, &mut self.payments, &self.allocations, "随机");
                self.payments.insert(place, refund);
                self.account = self.account.with(done?.account);
                self.settle();
                return Ok(());
            }
            let payment = &mut self.payments[place];
            let (invoices, allocations) = (&mut self.invoices, &mut self.allocations);
            let settled = self.order.reverse_payment(payment, invoices, allocations, "随机")?;
            self.allocations.retain(|allocation| allocation.amount_minor.is_positive());
            self.account = self.account.with(settled.account);
            self.settle();
            return Ok(());
        }
        let share = self.order.open().minor() / i64::try_from(dice.roll(3) + 1).unwrap();
        let input = PaymentInput {
            id: PaymentId::from_raw(i64::try_from(self.payments.len()).unwrap() + 1),
            number: "PAY",
            amount: Money::from_minor(share),
            method: PaymentMethod::Bank,
            paid_on: today(),
            exchange_rate: None,
            reference: "",
            note: "",
        };
        let (payment, settled) = self.order.record_payment(&input, by, now(), today())?;
        self.account = self.account.with(settled.account);
        self.payments.push(Box::new(payment));
        self.settle();
        Ok(())
    }

    fn refund(&mut self, by: &Actor, dice: &mut Dice) -> Result<(), Refusal> {
        let share = self.order.refund_due().minor() / i64::try_from(dice.roll(3) + 1).unwrap();
        let input = PaymentInput {
            id: PaymentId::from_raw(i64::try_from(self.payments.len()).unwrap() + 1),
            number: "PAY",
            amount: Money::from_minor(share),
            method: PaymentMethod::Bank,
            paid_on: today(),
            exchange_rate: None,
            reference: "",
            note: "",
        };
        let (refund, settled) = self.order.record_refund(&mut self.payments, &input, by, now(), today())?;
        self.account = self.account.with(settled.account);
        self.payments.push(Box::new(refund));
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

    fn follow_up(&mut self, verb: Verb, by: &Actor, dice: &mut Dice) -> Result<(), Refusal> {
        self.order.check_follow_up(verb)?;
        let follow_up = self.follow_up.as_mut().expect("a follow-up that is due has a row");
        if verb == Verb::FollowUp {
            let score = i64::try_from(dice.roll(5) + 1).unwrap();
            self.order.follow_up(follow_up, score, "", by, now()).map(|_| ())
        } else {
            self.order.waive_follow_up(follow_up, "随机", by, now()).map(|_| ())
        }
    }

    /// What holds whatever happened.
    fn holds(&self) {
        let order = &self.order;
        for line in &self.lines {
            assert!(!line.reserved_micro.is_negative());
            assert!(line.refused_micro <= line.delivered_micro);
            let pending = self.exceptions.iter().filter(|one| one.is_open()).map(|one| one.of_line(line.line_no));
            assert_eq!(line.refused_micro, pending.sum(), "what was refused waits for an answer");
            assert!(line.delivered_micro <= line.shipped_micro);
            assert!(line.shipped_micro <= line.most());
            assert!(line.closed_micro <= line.quantity_micro && line.is_closed_short() != line.closed_reason.is_empty());
            assert!(line.reserved_micro + line.shipped_micro <= line.most());
            assert!(!line.billed_micro.is_negative() && line.billed_micro <= line.shipped_micro);
            let voided = |id: InvoiceId| self.invoices.iter().any(|invoice| invoice.id == id && invoice.status == InvoiceStatus::Void);
            let billed = self.invoice_lines.iter().filter(|billed| billed.order_line_no == line.line_no && !voided(billed.invoice_id));
            assert_eq!(line.billed_micro, billed.map(|billed| billed.quantity_micro).sum());
        }
        for (product, stock) in &self.stock {
            let reserved: Quantity = self.lines.iter().filter(|line| line.product_id == *product).map(|line| line.reserved_micro).sum();
            let shipped: Quantity = self.lines.iter().filter(|line| line.product_id == *product).map(|line| line.shipped_micro).sum();
            assert_eq!(stock.reserved_micro, reserved);
            assert!(stock.on_hand_micro >= stock.reserved_micro);
            assert!(!shipped.is_negative());
        }
        let good = || self.invoices.iter().filter(|invoice| invoice.status != InvoiceStatus::Void);
        for invoice in good() {
            let lines = self.invoice_lines.iter().filter(|line| line.invoice_id == invoice.id);
            let printed: Money = lines.map(|line| line.gross_minor).sum();
            if invoice.kind != InvoiceKind::Cancellation {
                assert_eq!(printed + invoice.freight_minor, invoice.gross_minor, "what is printed does not add up");
            }
        }
        let billed: Money = good().map(|invoice| invoice.gross_minor).sum();
        let paid: Money = self.payments.iter().filter(|payment| !payment.reversed).map(|payment| payment.amount_minor).sum();
        let open: Money = good().map(|invoice| invoice.open()).sum();
        let free: Money = self.payments.iter().map(|payment| payment.free()).sum();
        assert_eq!((order.billed_minor, order.paid_minor), (billed, paid));
        assert!(billed <= order.owed());
        assert!(self.payments.iter().all(|payment| payment.reversed || !payment.free().is_negative()));
        let allocated: Money = self.allocations.iter().map(|allocation| allocation.amount_minor).sum();
        assert_eq!(allocated, good().map(|invoice| invoice.paid_minor).sum());
        let firm =
            matches!(order.status, OrderStatus::Approved | OrderStatus::AwaitingSignature | OrderStatus::Effective | OrderStatus::Closed);
        let unbilled = if firm { order.payable_minor - billed } else { Money::ZERO };
        assert_eq!(self.account.open_orders_minor, unbilled);
        assert_eq!((self.account.open_invoices_minor, self.account.unallocated_minor), (open, free));
        if matches!(order.status, OrderStatus::Void | OrderStatus::Rejected | OrderStatus::Cancelled) {
            assert!(self.lines.iter().all(|line| line.reserved_micro.is_zero()) && !order.held);
        }
        if order.status == OrderStatus::Closed {
            assert!(order.billed_minor == order.payable_minor && order.paid_minor == order.payable_minor);
            assert!(self.lines.iter().all(|line| line.is_delivered()));
            assert_eq!(order.open_exceptions, 0);
        }
        let tracks = derive(order, &self.lines);
        assert_eq!((tracks.supply, tracks.fulfilment, tracks.finance), (order.supply, order.fulfilment, order.finance));
    }
}

/// One step of a walk: the table, the actions and the step itself must agree.
fn step(world: &mut World, dice: &mut Dice, people: &[Actor]) -> Option<Verb> {
    let verb = Verb::ALL[dice.roll(Verb::ALL.len())];
    let drastic = matches!(verb, Verb::Void | Verb::Reject | Verb::Return | Verb::Cancel | Verb::CloseShort | Verb::Hold);
    if drastic && dice.roll(12) > 0 {
        return None;
    }
    let row = verb.table_row();
    let act = row.act?;
    let may: Vec<&Actor> = people.iter().filter(|by| by.may(act).is_ok()).collect();
    let by = may[dice.roll(may.len())];
    let before = world.clone();
    let offered = actions(&world.order, &world.lines, &world.steps, None, &[], by);
    let offered = offered.iter().find(|action| action.verb == verb).unwrap().allowed();
    let done = world.act(verb, by, dice);
    let (from, to) = (before.order.status, world.order.status);
    match &done {
        Ok(()) => {
            assert!(row.from.contains(&from) || verb == Verb::Deliver || verb == Verb::RecordPayment || verb == Verb::Invoice);
            if from != to && !(verb == Verb::Approve && to == OrderStatus::Effective) {
                assert!(row.to.contains(&to), "{verb}: {from} to {to}");
                assert!(!from.is_terminal(), "{verb} moved an order that had ended");
            }
        }
        Err(refusal) => {
            assert_eq!(*world, before, "{verb} was refused ({refusal:?}) and changed something");
            assert!(Language::ALL.iter().all(|language| !refusal.message(*language).contains('{')));
        }
    }
    // What is not offered is refused; papers taken back are not offered on the order.
    let takes_back = matches!(verb, Verb::Invoice | Verb::RecordPayment | Verb::RecordRefund | Verb::Deliver);
    if !offered && !takes_back {
        assert!(done.is_err(), "{verb} was not offered in {from} and done");
    }
    world.holds();
    done.is_ok().then_some(verb)
}

#[test]
fn a_random_walk_keeps_the_books() {
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    let people: Vec<Actor> = (1..).zip(ROLES).map(|(id, role)| actor(id, role)).collect();
    for seed in 1..=300_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut world = World::new();
        for turn in 0..300 {
            let walk = std::panic::AssertUnwindSafe(|| step(&mut world, &mut dice, &people));
            match std::panic::catch_unwind(walk) {
                Ok(Some(verb)) => *done.entry(verb.as_str()).or_default() += 1,
                Ok(None) => {}
                Err(_) => panic!("seed {seed}, turn {turn}, in {}", world.order.status),
            }
            if world.order.status.is_terminal() && turn > 100 {
                break;
            }
            if turn % 40 == 39 {
                for stock in world.stock.values_mut() {
                    stock.on_hand_micro += quantity("2");
                }
            }
        }
    }
    // A walk that never gets anywhere proves nothing.
    for verb in Verb::ALL.iter().filter(|verb| !matches!(verb, Verb::TakeEffect | Verb::Sign)) {
        assert!(done.contains_key(verb.as_str()), "no walk did {verb}: {done:?}");
    }
}
