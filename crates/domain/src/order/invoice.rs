//! Invoices of an order: what is shipped is billed, and all invoices together come to payable.

use std::ops::{Deref, DerefMut};

use crate::account::AccountDelta;
use crate::actor::Actor;
use crate::charge::{Charge, merged};
use crate::date::Date;
use crate::decimal::divide_rounded;
use crate::event::{Event, EventKind};
use crate::id::{InvoiceId, Version};
use crate::instant::Instant;
use crate::invoice::{Invoice, InvoiceKind, InvoiceLine, InvoiceStatus};
use crate::kept::Kept;
use crate::lifecycle::Verb;
use crate::money::Money;
use crate::order::ship::places_of;
use crate::order::step::Part;
use crate::order::{Order, OrderLine, OrderRejection, OrderRule};
use crate::quantity::Quantity;
use crate::refusal::Refusal;
use crate::rule::{FieldCheck, FieldRule};
use crate::totals::spread;

/// What is to be billed.
#[derive(Clone, Debug)]
pub struct InvoiceInput<'a> {
    /// Id of the invoice.
    pub id: InvoiceId,
    /// Number of the invoice.
    pub number: &'a str,
    /// Kind.
    pub kind: InvoiceKind,
    /// Day of issue.
    pub issued_on: Date,
    /// Last day to pay.
    pub due_on: Date,
    /// No invoice is issued on a later day.
    pub today: Date,
    /// How much of which line; nothing for all that is shipped and not billed.
    pub parts: Option<&'a [Part]>,
}

/// What follows from billing.
#[derive(Clone, Debug, PartialEq)]
pub struct Billed {
    /// The invoice.
    pub invoice: Invoice,
    /// Its lines.
    pub lines: Vec<InvoiceLine>,
    /// What moves on the customer's account.
    pub account: AccountDelta,
    /// What happened.
    pub event: Event,
}

/// Amounts without tax, tax, and with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    net: Money,
    tax: Money,
}

impl Order {
    /// Bills what is shipped.
    ///
    /// `earlier` are the order's invoices and `earlier_lines` theirs; void ones do not count. Lines carry their
    /// share of the order discount, and every invoice its share of the allowances; freight and charges go on the last invoice,
    /// which takes what is left of net, tax and payable, so that all invoices together come to payable exactly. Where the rest of the order was closed short after its last
    /// goods were billed, what is left goes on an invoice without lines. [`Order::settle`] is to follow.
    ///
    /// # Errors
    /// `NotEffective`, `Held`, `NothingToInvoice`; `invalid` for unknown or repeated lines, quantities that are
    /// not above zero or above what is unbilled, dates that do not fit.
    pub fn invoice<L, I, N>(
        &mut self,
        lines: &mut [L],
        earlier: &[I],
        earlier_lines: &[N],
        input: &InvoiceInput<'_>,
        by: &Actor,
        now: Instant,
    ) -> Result<Billed, Refusal>
    where
        L: DerefMut<Target = OrderLine>,
        I: Deref<Target = Invoice>,
        N: Deref<Target = InvoiceLine>,
    {
        self.may_move(Verb::Invoice)?;
        let all: Vec<Part> = unbilled_parts(lines);
        let rest = self.has_rest_to_bill(lines);
        if all.is_empty() && !rest {
            return Err(OrderRejection::NothingToInvoice.into());
        }
        let parts = input.parts.unwrap_or(&all);
        let mut check = FieldCheck::default();
        check.that(input.kind != InvoiceKind::Cancellation, "/kind", FieldRule::Unknown { value: input.kind.to_string() });
        check.that(!parts.is_empty() || rest, "/lines", FieldRule::Required);
        check.that(input.issued_on <= input.today, "/issued_on", FieldRule::After { date: input.today });
        check.that(input.due_on >= input.issued_on, "/due_on", FieldRule::Before { date: input.issued_on });
        let most = OrderLine::unbilled;
        let above = |line: &OrderLine| OrderRule::AboveUnbilled { most: line.with_unit(line.unbilled()) };
        let places = places_of(lines, parts, most, above, &mut check.errors);
        Refusal::unless_valid(check.errors)?;
        let earlier: Vec<&Invoice> =
            earlier.iter().map(|invoice| &**invoice).filter(|invoice| invoice.status != InvoiceStatus::Void).collect();
        let earlier_lines: Vec<&InvoiceLine> =
            earlier_lines.iter().map(|line| &**line).filter(|line| earlier.iter().any(|invoice| invoice.id == line.invoice_id)).collect();
        let bill = self
            .bill(lines, parts, &places, &earlier, &earlier_lines)
            .ok_or_else(|| Refusal::field("/lines", OrderRule::AmountTooLarge))?;

        for (part, place) in parts.iter().zip(&places) {
            lines[*place].billed_micro += part.quantity;
        }
        let invoice = self.invoice_of(input, &bill, by, now);
        self.billed_minor += invoice.gross_minor;
        self.derive(lines);
        let account = AccountDelta { open_orders: -invoice.gross_minor, open_invoices: invoice.gross_minor, ..AccountDelta::default() };
        let event = self.event(EventKind::OrderInvoiced).with("invoice", input.number);
        let event = event.with("amount", (invoice.gross_minor, self.currency));
        let invoice_lines = invoice_lines(input.id, lines, parts, &places, &bill.lines);
        Ok(Billed { invoice, lines: invoice_lines, account, event })
    }

    /// The amounts of an invoice over these parts.
    fn bill<L: Deref<Target = OrderLine>>(
        &self,
        lines: &[L],
        parts: &[Part],
        places: &[usize],
        earlier: &[&Invoice],
        earlier_lines: &[&InvoiceLine],
    ) -> Option<Bill> {
        let mut sums = Vec::with_capacity(parts.len());
        let mut discount = Money::ZERO;
        for (part, place) in parts.iter().zip(places) {
            let line: &OrderLine = &lines[*place];
            let billed = earlier_lines.iter().filter(|billed| billed.order_line_no == line.line_no);
            let billed = billed.fold(Sums::default(), |sums, line| Sums { net: sums.net + line.net_minor, tax: sums.tax + line.tax_minor });
            sums.push(line_sums(line, part.quantity, billed, self.tax_inclusive)?);
        }
        let last = lines.iter().enumerate().all(|(place, line)| {
            let now = parts.iter().zip(places).find(|(_, known)| **known == place);
            line.billed_micro + now.map_or(Quantity::ZERO, |(part, _)| part.quantity) >= line.charged()
        });
        let total = |part: fn(&Invoice) -> Money| earlier.iter().map(|invoice| part(invoice)).sum::<Money>();
        let lines_now = sums.iter().fold(Sums::default(), |all, line: &Sums| Sums { net: all.net + line.net, tax: all.tax + line.tax });
        if !last {
            // The share of the order discount these lines carry, for the record.
            discount += self.discount_within(lines, parts, places)?;
            let left = self.discount_minor - total(|invoice| invoice.discount_minor);
            let discount = discount.min(left).max(Money::ZERO);
            let charges = self.allowances_of(lines, lines_now, earlier)?;
            let head = charges.iter().fold(lines_now, |all, charge| Sums { net: all.net + charge.net, tax: all.tax + charge.tax });
            return Some(Bill { lines: sums, head, freight: Money::ZERO, discount, charges });
        }
        let head =
            Sums { net: self.net_minor - total(|invoice| invoice.net_minor), tax: self.tax_minor - total(|invoice| invoice.tax_minor) };
        let freight = self.freight_minor - total(|invoice| invoice.freight_minor);
        let discount = self.discount_minor - total(|invoice| invoice.discount_minor);
        let charges: Vec<Charge> =
            self.charges_left(earlier).into_iter().filter(|charge| !charge.amount.is_zero() || !charge.gross().is_zero()).collect();
        if sums.is_empty() {
            // No line carries what is left: beside charges it is printed as freight.
            let charged: Money = charges.iter().map(Charge::signed).sum();
            let freight = if self.tax_inclusive { head.net + head.tax } else { head.net } - charged;
            return Some(Bill { lines: sums, head, freight, discount, charges });
        }
        let beyond = self.left_beyond_lines(lines, earlier, earlier_lines);
        // Recharged quantities may have moved a cent between lines billed before: the last line takes it.
        if let Some(line) = sums.last_mut() {
            line.net += head.net - beyond.net - lines_now.net;
            line.tax += head.tax - beyond.tax - lines_now.tax;
        }
        Some(Bill { lines: sums, head, freight, discount, charges })
    }

    /// Of each charge and allowance, what no invoice has carried yet.
    fn charges_left(&self, earlier: &[&Invoice]) -> Vec<Charge> {
        let mut left = merged(self.charges.iter());
        for billed in earlier.iter().flat_map(|invoice| invoice.charges.iter()) {
            match left.iter_mut().find(|known| known.is_like(billed)) {
                Some(known) => {
                    known.amount -= billed.amount;
                    known.net -= billed.net;
                    known.tax -= billed.tax;
                }
                None => left.push(Charge { amount: -billed.amount, net: -billed.net, tax: -billed.tax, ..billed.clone() }),
            }
        }
        left
    }

    /// The share of the allowances that an invoice carries which is not the last: as much of them as it has of the goods.
    fn allowances_of<L: Deref<Target = OrderLine>>(&self, lines: &[L], now: Sums, earlier: &[&Invoice]) -> Option<Vec<Charge>> {
        let mut allowances = Vec::new();
        if !self.charges.iter().any(|charge| charge.allowance) {
            return Some(allowances);
        }
        let all: Money = lines.iter().map(|line| line.net_minor).sum();
        let mut room = if self.tax_inclusive { now.net + now.tax } else { now.net };
        for (whole, left) in merged(self.charges.iter()).into_iter().zip(self.charges_left(earlier)) {
            if !whole.allowance || !all.is_positive() {
                continue;
            }
            let part = |of: Money| {
                let exact = i128::from(of.minor()).checked_mul(i128::from(now.net.minor()))?;
                Money::from_wide(divide_rounded(exact, i128::from(all.minor()))?)
            };
            let amount = part(whole.amount)?.min(left.amount).min(room);
            if !amount.is_positive() {
                continue;
            }
            room -= amount;
            let tax = part(whole.tax)?.max(left.tax);
            let net = if self.tax_inclusive { -amount - tax } else { -amount };
            allowances.push(Charge { amount, net, tax, ..whole });
        }
        Some(allowances)
    }

    /// Freight, charges and allowances that no invoice has carried yet, without tax and their tax.
    fn left_beyond_lines<L: Deref<Target = OrderLine>>(&self, lines: &[L], earlier: &[&Invoice], earlier_lines: &[&InvoiceLine]) -> Sums {
        let net = self.net_minor - lines.iter().map(|line| line.net_minor).sum();
        let tax = self.tax_minor - lines.iter().map(|line| line.tax_minor).sum();
        let billed_net: Money = earlier.iter().map(|invoice| invoice.net_minor).sum();
        let billed_tax: Money = earlier.iter().map(|invoice| invoice.tax_minor).sum();
        let lines_net: Money = earlier_lines.iter().map(|line| line.net_minor).sum();
        let lines_tax: Money = earlier_lines.iter().map(|line| line.tax_minor).sum();
        Sums { net: net - (billed_net - lines_net), tax: tax - (billed_tax - lines_tax) }
    }

    /// How much of the order discount is inside these parts.
    fn discount_within<L: Deref<Target = OrderLine>>(&self, lines: &[L], parts: &[Part], places: &[usize]) -> Option<Money> {
        if self.discount_minor.is_zero() {
            return Some(Money::ZERO);
        }
        let amounts: Vec<Money> = self.totals(lines).ok()?.lines.iter().map(|line| line.amount).collect();
        let shares = spread(self.discount_minor, &amounts)?;
        let mut within = Money::ZERO;
        for (part, place) in parts.iter().zip(places) {
            within += share(shares[*place], part.quantity, lines[*place].charged())?;
        }
        Some(within)
    }

    fn invoice_of(&self, input: &InvoiceInput<'_>, bill: &Bill, by: &Actor, now: Instant) -> Invoice {
        let gross = bill.head.net + bill.head.tax;
        Invoice {
            id: input.id,
            version: Version::FIRST,
            number: input.number.to_owned(),
            order_id: self.id,
            order_number: self.number.clone(),
            customer_id: self.customer_id,
            customer_name: self.customer_name.clone(),
            kind: input.kind,
            status: if gross.is_zero() { InvoiceStatus::Paid } else { InvoiceStatus::Open },
            issued_on: input.issued_on,
            due_on: input.due_on,
            net_minor: bill.head.net,
            tax_minor: bill.head.tax,
            gross_minor: gross,
            freight_minor: bill.freight,
            discount_minor: bill.discount,
            charges: Kept::of(bill.charges.clone()),
            paid_minor: Money::ZERO,
            created_by: by.user_id,
            created_at: now,
            void_reason: String::new(),
        }
    }
}

struct Bill {
    lines: Vec<Sums>,
    head: Sums,
    freight: Money,
    discount: Money,
    charges: Vec<Charge>,
}

/// Everything that is shipped and not billed.
pub fn unbilled_parts<L: Deref<Target = OrderLine>>(lines: &[L]) -> Vec<Part> {
    let part = |line: &L| Part { line_no: line.line_no, quantity: line.unbilled() };
    lines.iter().map(part).filter(|part| part.quantity.is_positive()).collect()
}

/// Amounts of a part of a line: its share of the line, or what is left when the line is billed to its end.
fn line_sums(line: &OrderLine, quantity: Quantity, billed: Sums, tax_inclusive: bool) -> Option<Sums> {
    let left = Sums { net: line.net_minor - billed.net, tax: line.tax_minor - billed.tax };
    if line.billed_micro + quantity >= line.charged() {
        return Some(left);
    }
    let tax = share(line.tax_minor, quantity, line.charged())?.min(left.tax);
    let net = if tax_inclusive {
        let gross = share(line.gross_minor, quantity, line.charged())?;
        gross - tax
    } else {
        share(line.net_minor, quantity, line.charged())?
    };
    Some(Sums { net: net.min(left.net), tax })
}

fn share(amount: Money, part: Quantity, whole: Quantity) -> Option<Money> {
    let exact = i128::from(amount.minor()).checked_mul(i128::from(part.micro()))?;
    Money::from_wide(divide_rounded(exact, i128::from(whole.micro()))?)
}

fn invoice_lines<L: Deref<Target = OrderLine>>(
    invoice_id: InvoiceId,
    lines: &[L],
    parts: &[Part],
    places: &[usize],
    sums: &[Sums],
) -> Vec<InvoiceLine> {
    let mut billed = Vec::with_capacity(parts.len());
    for (number, ((part, place), sums)) in parts.iter().zip(places).zip(sums).enumerate() {
        let line: &OrderLine = &lines[*place];
        billed.push(InvoiceLine {
            invoice_id,
            line_no: i64::try_from(number + 1).unwrap_or(i64::MAX),
            order_line_no: line.line_no,
            name: line.name.clone(),
            spec: line.spec.clone(),
            unit: line.unit.clone(),
            quantity_micro: part.quantity,
            tax_rate: line.tax_rate,
            net_minor: sums.net,
            tax_minor: sums.tax,
            gross_minor: sums.net + sums.tax,
        });
    }
    billed
}
