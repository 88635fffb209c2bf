//! The data of documents about delivery notes, invoices and what a customer owes.

use domain::{Charge, Currency, Date, Invoice, InvoiceLine, Money, Shipment, ShipmentLine, name_of};
use serde_json::{Value, json};

use super::{About, OrderFacts, head, in_words, order_head, percent};
use crate::template::word;

/// The data of a document about a delivery note.
pub fn shipment(about: &About<'_>, facts: &OrderFacts<'_>, shipment: &Shipment, lines: &[ShipmentLine]) -> Value {
    let line = |line: &ShipmentLine| {
        json!({
            "no": line.line_no.to_string(),
            "code": line.product_code,
            "name": line.name,
            "spec": line.spec,
            "unit": line.unit,
            "quantity": line.quantity_micro.grouped(),
            "accepted": line.accepted_micro.grouped(),
            "refused": line.refused_micro.grouped(),
        })
    };
    let mut data = head(about, &shipment.number, facts.order.currency);
    data["order"] = order_head(about, facts);
    data["shipment"] = json!({
        "number": shipment.number,
        "status": name_of(about.language, shipment.status),
        "shipped_on": shipment.shipped_on.to_string(),
        "carrier": shipment.carrier,
        "tracking": shipment.tracking,
        "note": shipment.note,
        "shipped_by": facts.names.get(&shipment.created_by).cloned().unwrap_or_default(),
        "delivered_on": super::shown(shipment.delivered_on),
        "signer": shipment.signer,
        "lines": lines.iter().map(line).collect::<Vec<_>>(),
    });
    data
}

/// The data of a document about an invoice; charges are further lines, and what is billed beyond all of them is a line of freight, so that what is
/// printed adds up.
pub fn invoice(about: &About<'_>, facts: &OrderFacts<'_>, invoice: &Invoice, lines: &[InvoiceLine]) -> Value {
    let currency = facts.order.currency;
    let money = |amount: Money| amount.grouped(currency);
    let line = |line: &InvoiceLine| {
        json!({
            "no": line.line_no.to_string(),
            "name": line.name,
            "spec": line.spec,
            "unit": line.unit,
            "quantity": line.quantity_micro.grouped(),
            "tax_rate": percent(line.tax_rate),
            "net": money(line.net_minor),
            "tax": money(line.tax_minor),
            "gross": money(line.gross_minor),
        })
    };
    let mut printed: Vec<Value> = lines.iter().map(line).collect();
    for (no, charge) in (lines.len() + 1..).zip(invoice.charges.iter()) {
        printed.push(json!({
            "no": no.to_string(),
            "name": charge.shown(about.language),
            "spec": "", "unit": "", "quantity": "", "tax_rate": percent(charge.tax_rate),
            "net": money(charge.net), "tax": money(charge.tax), "gross": money(charge.gross()),
        }));
    }
    let sum = |of_lines: fn(&InvoiceLine) -> Money, of_charges: fn(&Charge) -> Money| {
        lines.iter().map(of_lines).sum::<Money>() + invoice.charges.iter().map(of_charges).sum()
    };
    let net = invoice.net_minor - sum(|line| line.net_minor, |charge| charge.net);
    let tax = invoice.tax_minor - sum(|line| line.tax_minor, |charge| charge.tax);
    if !net.is_zero() || !tax.is_zero() {
        printed.push(json!({
            "no": (printed.len() + 1).to_string(),
            "name": word(about.language, "freight").unwrap_or_default(),
            "spec": "", "unit": "", "quantity": "", "tax_rate": "",
            "net": money(net), "tax": money(tax), "gross": money(net + tax),
        }));
    }
    let mut data = head(about, &invoice.number, currency);
    data["order"] = order_head(about, facts);
    data["invoice"] = json!({
        "number": invoice.number,
        "kind": name_of(about.language, invoice.kind),
        "status": name_of(about.language, invoice.status),
        "issued_on": invoice.issued_on.to_string(),
        "due_on": invoice.due_on.to_string(),
        "lines": printed,
        "net": money(invoice.net_minor),
        "tax": money(invoice.tax_minor),
        "gross": money(invoice.gross_minor),
        "gross_capital": in_words(invoice.gross_minor, currency),
        "paid": money(invoice.paid_minor),
        "open": money(invoice.open()),
        "has_paid": !invoice.paid_minor.is_zero(),
    });
    data
}

/// An entry of a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its day.
    pub on: Date,
    /// Whether it is a payment, else an invoice.
    pub is_payment: bool,
    /// Number of the paper.
    pub number: String,
    /// Number of the order.
    pub order: String,
    /// Last day to pay, of invoices.
    pub due_on: Option<Date>,
    /// With tax.
    pub amount: Money,
}

/// What a customer was charged and paid in a period, both days included.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Of every amount.
    pub currency: Currency,
    /// Owed before the first day.
    pub opening: Money,
    /// In the order of their days.
    pub entries: Vec<Entry>,
}

impl Statement {
    /// Charged in the period.
    pub fn charged(&self) -> Money {
        self.sum(false)
    }

    /// Paid in the period.
    pub fn credited(&self) -> Money {
        self.sum(true)
    }

    /// Owed after the last day; negative: paid in advance.
    pub fn closing(&self) -> Money {
        self.opening + self.charged() - self.credited()
    }

    fn sum(&self, payments: bool) -> Money {
        self.entries.iter().filter(|entry| entry.is_payment == payments).fold(Money::ZERO, |sum, entry| sum + entry.amount)
    }
}

/// The data of a statement of account.
pub fn statement(about: &About<'_>, statement: &Statement) -> Value {
    let money = |amount: Money| amount.grouped(statement.currency);
    let mut balance = statement.opening;
    let mut entry = |entry: &Entry| {
        balance = if entry.is_payment { balance - entry.amount } else { balance + entry.amount };
        let (debit, credit) = if entry.is_payment { (String::new(), money(entry.amount)) } else { (money(entry.amount), String::new()) };
        json!({
            "on": entry.on.to_string(),
            "what": if entry.is_payment { "payment" } else { "invoiced" },
            "number": entry.number,
            "order": entry.order,
            "due_on": super::shown(entry.due_on),
            "debit": debit,
            "credit": credit,
            "balance": money(balance),
        })
    };
    let entries: Vec<Value> = statement.entries.iter().map(&mut entry).collect();
    let number = format!("{} {}", about.customer.code, statement.to);
    let mut data = head(about, &number, statement.currency);
    data["statement"] = json!({
        "from": statement.from.to_string(),
        "to": statement.to.to_string(),
        "opening": money(statement.opening),
        "charged": money(statement.charged()),
        "credited": money(statement.credited()),
        "closing": money(statement.closing()),
        "closing_capital": in_words(statement.closing(), statement.currency),
        "entries": entries,
    });
    data
}
