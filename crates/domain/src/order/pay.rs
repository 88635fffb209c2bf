//! Money for an order: payments, what they pay, and taking back what was wrong.

use std::ops::{Deref, DerefMut};

use crate::account::AccountDelta;
use crate::actor::Actor;
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::exchange_rate::Conversion;
use crate::id::{PaymentId, Version};
use crate::instant::Instant;
use crate::invoice::{Invoice, InvoiceKind, InvoiceLine, InvoiceRejection, InvoiceStatus};
use crate::lifecycle::Verb;
use crate::money::Money;
use crate::order::step::checked_reason;
use crate::order::{Order, OrderLine, OrderRejection, OrderRule, OrderStatus};
use crate::payment::{Allocation, Payment, PaymentMethod, PaymentRejection};
use crate::refusal::{FieldError, Refusal};
use crate::rule::{FieldCheck, FieldRule};

/// Money that came.
#[derive(Clone, Debug)]
pub struct PaymentInput<'a> {
    /// Id of the payment.
    pub id: PaymentId,
    /// Number of the payment.
    pub number: &'a str,
    /// Received, in the order's currency.
    pub amount: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// Day it came.
    pub paid_on: Date,
    /// What the order's currency was worth in the company's on that day, where it is another.
    pub exchange_rate: Option<Conversion>,
    /// Bank reference.
    pub reference: &'a str,
    /// Note.
    pub note: &'a str,
}

/// What follows from a payment being recorded or taken back, or an invoice being voided.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// What happened.
    pub event: Event,
    /// What moves on the customer's account.
    pub account: AccountDelta,
}

impl Order {
    /// Whether money can be taken: from submission on, up to what is open.
    ///
    /// # Errors
    /// `NotPayable`, `NothingToPay`.
    pub fn check_payment(&self) -> Result<(), OrderRejection> {
        self.may_move(Verb::RecordPayment)?;
        if self.status == OrderStatus::Cancelled && !self.open().is_positive() {
            return Err(OrderRejection::NotPayable { status: self.status });
        }
        if self.open().is_positive() { Ok(()) } else { Err(OrderRejection::NothingToPay) }
    }

    /// Records money that came; it is on account until [`Order::settle`], which is to follow, gives it to invoices.
    ///
    /// # Errors
    /// `NotPayable`, `NothingToPay`; `invalid` for an amount that is not above zero or above what is open, a day
    /// after today.
    pub fn record_payment(
        &mut self,
        input: &PaymentInput<'_>,
        by: &Actor,
        now: Instant,
        today: Date,
    ) -> Result<(Payment, Settled), Refusal> {
        self.check_payment()?;
        let mut check = FieldCheck::default();
        check.that(input.amount.is_positive(), "/amount", FieldRule::NotPositive);
        if input.amount > self.open() {
            let rule = OrderRule::AboveOpen { open: (self.open(), self.currency) };
            check.errors.push(FieldError::new("/amount", rule));
        }
        check.that(input.paid_on <= today, "/paid_on", FieldRule::After { date: today });
        check.optional(input.reference, 100, "/reference");
        check.optional(input.note, 500, "/note");
        Refusal::unless_valid(check.errors)?;

        self.paid_minor += input.amount;
        let event = self.event(EventKind::PaymentRecorded).with("payment", input.number);
        let event = event.with("amount", (input.amount, self.currency)).with("method", input.method);
        let account = AccountDelta { unallocated: input.amount, ..AccountDelta::default() };
        Ok((self.payment(input, by, now), Settled { event, account }))
    }

    pub(super) fn payment(&self, input: &PaymentInput<'_>, by: &Actor, now: Instant) -> Payment {
        Payment {
            id: input.id,
            version: Version::FIRST,
            number: input.number.to_owned(),
            order_id: self.id,
            order_number: self.number.clone(),
            customer_id: self.customer_id,
            customer_name: self.customer_name.clone(),
            amount_minor: input.amount,
            allocated_minor: Money::ZERO,
            method: input.method,
            paid_on: input.paid_on,
            exchange_rate_nano: input.exchange_rate,
            reference: input.reference.trim().to_owned(),
            note: input.note.trim().to_owned(),
            reversed: false,
            reverse_reason: String::new(),
            created_by: by.user_id,
            created_at: now,
        }
    }

    /// Takes back a payment that was recorded wrongly; what it paid is open again.
    ///
    /// `allocations` are the payment's and are zero afterwards: their rows go. [`Order::settle`] is to follow.
    ///
    /// # Errors
    /// `AlreadyReversed`, `OrderClosed`, `Refunded` where some of it was paid back; `invalid` without a reason.
    pub fn reverse_payment<I: DerefMut<Target = Invoice>, A: DerefMut<Target = Allocation>>(
        &mut self,
        payment: &mut Payment,
        invoices: &mut [I],
        allocations: &mut [A],
        reason: &str,
    ) -> Result<Settled, Refusal> {
        if payment.reversed {
            return Err(PaymentRejection::AlreadyReversed { number: payment.number.clone() }.into());
        }
        if self.status == OrderStatus::Closed {
            return Err(PaymentRejection::OrderClosed.into());
        }
        let given: Money =
            allocations.iter().filter(|allocation| allocation.payment_id == payment.id).map(|allocation| allocation.amount_minor).sum();
        if payment.allocated_minor > given {
            return Err(PaymentRejection::Refunded { number: payment.number.clone() }.into());
        }
        let reason = checked_reason(reason)?;

        let mut freed = Money::ZERO;
        for allocation in allocations.iter_mut().filter(|allocation| allocation.payment_id == payment.id) {
            if let Some(invoice) = invoices.iter_mut().find(|invoice| invoice.id == allocation.invoice_id) {
                invoice.paid_minor -= allocation.amount_minor;
                invoice.settle();
            }
            freed += allocation.amount_minor;
            allocation.amount_minor = Money::ZERO;
        }
        payment.allocated_minor -= freed;
        payment.reversed = true;
        reason.clone_into(&mut payment.reverse_reason);
        self.paid_minor -= payment.amount_minor;
        let event = self.event(EventKind::PaymentReversed).because(reason).with("payment", payment.number.clone());
        let event = event.with("amount", (payment.amount_minor, self.currency));
        let unallocated = freed - payment.amount_minor;
        Ok(Settled { event, account: AccountDelta { open_invoices: freed, unallocated, ..AccountDelta::default() } })
    }

    /// Voids an invoice; what it billed can be billed again, what paid it is on account again.
    ///
    /// `allocations` are the invoice's and are zero afterwards: their rows go. [`Order::settle`] is to follow.
    ///
    /// # Errors
    /// `AlreadyVoid`, `OrderClosed`; `invalid` without a reason.
    pub fn void_invoice<L, N, P, A>(
        &mut self,
        lines: &mut [L],
        invoice: &mut Invoice,
        invoice_lines: &[N],
        payments: &mut [P],
        allocations: &mut [A],
        reason: &str,
    ) -> Result<Settled, Refusal>
    where
        L: DerefMut<Target = OrderLine>,
        N: Deref<Target = InvoiceLine>,
        P: DerefMut<Target = Payment>,
        A: DerefMut<Target = Allocation>,
    {
        if invoice.status == InvoiceStatus::Void {
            return Err(InvoiceRejection::AlreadyVoid { number: invoice.number.clone() }.into());
        }
        if self.status == OrderStatus::Closed {
            return Err(InvoiceRejection::OrderClosed.into());
        }
        let reason = checked_reason(reason)?;

        for billed in invoice_lines.iter().filter(|billed| billed.invoice_id == invoice.id) {
            if let Some(line) = lines.iter_mut().find(|line| line.line_no == billed.order_line_no) {
                line.billed_micro -= billed.quantity_micro;
            }
        }
        let mut freed = Money::ZERO;
        for allocation in allocations.iter_mut().filter(|allocation| allocation.invoice_id == invoice.id) {
            if let Some(payment) = payments.iter_mut().find(|payment| payment.id == allocation.payment_id) {
                payment.allocated_minor -= allocation.amount_minor;
            }
            freed += allocation.amount_minor;
            allocation.amount_minor = Money::ZERO;
        }
        invoice.paid_minor = Money::ZERO;
        invoice.status = InvoiceStatus::Void;
        reason.clone_into(&mut invoice.void_reason);
        let (number, gross) = (invoice.number.clone(), invoice.gross_minor);
        self.billed_minor -= gross;
        // What cancelling cost is billed no more: it is given up, not to be billed again.
        let unbilled = if invoice.kind == InvoiceKind::Cancellation {
            self.cancel_cost_minor -= gross;
            Money::ZERO
        } else {
            gross
        };
        self.derive(lines);
        let event = self.event(EventKind::InvoiceVoided).because(reason).with("invoice", number);
        let event = event.with("amount", (gross, self.currency));
        let account = AccountDelta { open_orders: unbilled, open_invoices: freed - gross, unallocated: freed };
        Ok(Settled { event, account })
    }

    /// Gives payments to open invoices, then notes what is due; to be called after every invoice, payment, voiding
    /// and reversal, with all payments, invoices and allocations of the order.
    ///
    /// Answers with the allocations to write (as [`allocate`]) and what moves on the customer's account.
    pub fn settle<P, I, A>(&mut self, payments: &mut [P], invoices: &mut [I], known: &[A]) -> (Vec<Allocation>, AccountDelta)
    where
        P: DerefMut<Target = Payment>,
        I: DerefMut<Target = Invoice>,
        A: Deref<Target = Allocation>,
    {
        let allocated = allocate(payments, invoices, known);
        self.note_due(invoices);
        allocated
    }
}

/// Gives payments that are not used up to invoices that are open, the oldest first on both sides.
///
/// Answers with the allocations to write, each with its whole amount: `known` ones grown, others new; and what moves
/// on the customer's account.
pub fn allocate<P, I, A>(payments: &mut [P], invoices: &mut [I], known: &[A]) -> (Vec<Allocation>, AccountDelta)
where
    P: DerefMut<Target = Payment>,
    I: DerefMut<Target = Invoice>,
    A: Deref<Target = Allocation>,
{
    let by_age = oldest_first(payments, |payment: &P| (payment.paid_on, payment.id));
    let oldest = oldest_first(invoices, |invoice: &I| (invoice.issued_on, invoice.id));
    let mut written: Vec<Allocation> = Vec::new();
    let mut moved = Money::ZERO;
    for payment in by_age {
        let payment = &mut payments[payment];
        for place in &oldest {
            let amount = payment.free().min(invoices[*place].open());
            if !amount.is_positive() {
                continue;
            }
            let invoice = &mut invoices[*place];
            payment.allocated_minor += amount;
            invoice.paid_minor += amount;
            invoice.settle();
            moved += amount;
            let (payment_id, invoice_id) = (payment.id, invoice.id);
            let same = known.iter().find(|known| (known.payment_id, known.invoice_id) == (payment_id, invoice_id));
            let amount_minor = same.map_or(Money::ZERO, |known| known.amount_minor) + amount;
            written.push(Allocation { payment_id, invoice_id, order_id: payment.order_id, amount_minor });
        }
    }
    (written, AccountDelta { open_invoices: -moved, unallocated: -moved, ..AccountDelta::default() })
}

fn oldest_first<T, K: Ord>(rows: &[T], age: impl Fn(&T) -> K) -> Vec<usize> {
    let mut places: Vec<usize> = (0..rows.len()).collect();
    places.sort_by_key(|place| age(&rows[*place]));
    places
}
