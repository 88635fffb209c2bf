//! The beginning of an order: a draft, its money, its changes, its copy.

use std::ops::{Deref, DerefMut};

use crate::actor::Actor;
use crate::charge::{Charge, charges_detail};
use crate::company::Company;
use crate::currency::Currency;
use crate::customer::Customer;
use crate::date::Date;
use crate::event::{Change, changes};
use crate::id::{OrderId, Version, WarehouseId};
use crate::instant::Instant;
use crate::kept::Kept;
use crate::money::Money;
use crate::order::{Finance, Fulfilment, Order, OrderLine, OrderRule, OrderStatus, Service, Signature, SlipRule, Supply};
use crate::quantity::Quantity;
use crate::refusal::{FieldError, Refusal};
use crate::totals::{LineTerms, Terms, Totals, compute};

impl Order {
    /// An empty draft with the customer's usual terms and the company's rounding of tax.
    #[rustfmt::skip] // What is empty at first stands on few lines.
    pub fn draft(id: OrderId, customer: &Customer, company: &Company, warehouse_id: WarehouseId, by: &Actor, at: (Instant, Date)) -> Self {
        Self {
            id,
            version: Version::FIRST,
            number: String::new(),
            status: OrderStatus::Draft,
            held: false, hold_reason: String::new(), held_question_no: 0,
            customer_id: customer.id,
            customer_code: customer.code.clone(),
            customer_name: customer.name.clone(),
            contact_name: String::new(),
            contact_phone: String::new(),
            receiver: String::new(),
            delivery_address: String::new(),
            channel: customer.channel,
            category: customer.category,
            settlement: customer.settlement,
            currency: customer.currency,
            exchange_rate_nano: None,
            deposit_rate: customer.deposit_rate,
            tax_inclusive: customer.tax_inclusive,
            tax_rounding: company.tax_rounding,
            rep_id: customer.owner_id,
            warehouse_id,
            external_number: String::new(),
            customer_po: String::new(),
            ordered_on: at.1,
            required_on: None,
            promised_on: None,
            planned_ship_on: None,
            expected_on: None,
            delivered_on: None,
            packing: String::new(),
            transport: String::new(),
            notes: String::new(),
            special_requirements: String::new(),
            goods_minor: Money::ZERO,
            freight_minor: Money::ZERO,
            discount_minor: Money::ZERO,
            charges: Kept::default(), promotions_used: Kept::default(), promotions_declined: Kept::default(),
            net_minor: Money::ZERO,
            tax_minor: Money::ZERO,
            payable_minor: Money::ZERO,
            deposit_minor: Money::ZERO,
            billed_minor: Money::ZERO,
            paid_minor: Money::ZERO,
            cancel_cost_minor: Money::ZERO,
            cancel_rule: String::new(),
            line_count: 0,
            entered_by: by.user_id,
            reviewed_by: None,
            created_at: at.0,
            submitted_at: None,
            effective_at: None,
            closed_at: None,
            blueprint_no: company.blueprint_no,
            approval_round: 0,
            supply: Supply::None, fulfilment: Fulfilment::None, finance: Finance::Unbilled, service: Service::None,
            overdue_on: None, follow_up_due_on: None, source: String::new(),
            signature: Signature::None,
            confirmation_no: 0,
            slip: SlipRule::None,
            slips_from_on: None,
            quotation_id: None,
            contract_id: None,
            contract_reason: String::new(),
            inquiry_id: None,
            open_exceptions: 0, priority: Order::USUAL_PRIORITY,
        }
    }

    /// Whether the draft may be changed to this customer: money that was taken stays with who paid it, in its currency.
    ///
    /// # Errors
    /// `invalid` at `/customer_id` for another customer or currency once something is paid.
    pub fn check_customer(&self, customer: &Customer) -> Result<(), Refusal> {
        let same = (customer.id, customer.currency) == (self.customer_id, self.currency);
        if same || self.paid_minor.is_zero() {
            return Ok(());
        }
        Err(Refusal::field("/customer_id", OrderRule::PaidByAnother { paid: (self.paid_minor, self.currency) }))
    }

    /// What the head says about the order's money.
    pub fn terms(&self) -> Terms<'_> {
        Terms {
            currency: self.currency,
            tax_inclusive: self.tax_inclusive,
            tax_rounding: self.tax_rounding,
            deposit_rate: self.deposit_rate,
            freight: self.freight_minor,
            discount: self.discount_minor,
            charges: &self.charges,
        }
    }

    /// What further charges and allowances add, as priced: below zero where more is taken off.
    pub fn charged(&self) -> Money {
        self.charges.iter().map(Charge::signed).sum()
    }

    /// Money of the order as its head and lines are now.
    ///
    /// # Errors
    /// Every field that makes it impossible, by JSON pointer.
    pub fn totals<L: Deref<Target = OrderLine>>(&self, lines: &[L]) -> Result<Totals, Vec<FieldError>> {
        let lines: Vec<LineTerms> = lines.iter().map(|line| line.terms()).collect();
        compute(&self.terms(), &lines)
    }

    /// Calculates the money of order and lines and writes it into both.
    ///
    /// # Errors
    /// `invalid` with every field that makes it impossible; then nothing has changed.
    pub fn total_up<L: DerefMut<Target = OrderLine>>(&mut self, lines: &mut [L]) -> Result<(), Refusal> {
        let totals = self.totals(lines).map_err(Refusal::invalid)?;
        self.goods_minor = totals.goods;
        self.net_minor = totals.net;
        self.tax_minor = totals.tax;
        self.payable_minor = totals.payable;
        self.deposit_minor = totals.deposit;
        let charged = self.charges.iter().zip(totals.charges).map(|(charge, money)| Charge {
            amount: money.amount,
            tax_rate: money.tax_rate,
            net: money.net,
            tax: money.tax,
            ..charge.clone()
        });
        self.charges = Kept::of(charged.collect());
        self.line_count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        for (line, money) in lines.iter_mut().zip(totals.lines) {
            if (line.net_minor, line.tax_minor, line.gross_minor) != (money.net, money.tax, money.gross) {
                line.net_minor = money.net;
                line.tax_minor = money.tax;
                line.gross_minor = money.gross;
            }
        }
        Ok(())
    }

    /// An amount of the order in the currency of the books, at the order's rate; nothing where it has none, or the amount is too large.
    ///
    /// Source: PRC-07
    pub fn in_books(&self, amount: Money, books: Currency) -> Option<Money> {
        if self.currency == books { Some(amount) } else { self.exchange_rate_nano?.convert(amount, self.currency, books) }
    }

    /// A new draft with the content of this order and nothing of its life; what is charged is what is ordered again.
    ///
    /// # Errors
    /// `invalid` where the content does not come to an amount any more.
    pub fn copied<L: Deref<Target = OrderLine>>(
        &self,
        lines: &[L],
        id: OrderId,
        by: &Actor,
        now: Instant,
        today: Date,
    ) -> Result<(Self, Vec<OrderLine>), Refusal> {
        let mut copy = Self {
            id,
            version: Version::FIRST,
            number: String::new(),
            status: OrderStatus::Draft,
            external_number: String::new(),
            ordered_on: today,
            required_on: None,
            promised_on: None,
            planned_ship_on: None,
            expected_on: None,
            delivered_on: None,
            billed_minor: Money::ZERO,
            paid_minor: Money::ZERO,
            cancel_cost_minor: Money::ZERO,
            cancel_rule: String::new(),
            entered_by: by.user_id,
            reviewed_by: None,
            created_at: now,
            submitted_at: None,
            effective_at: None,
            closed_at: None,
            approval_round: 0,
            supply: Supply::None,
            fulfilment: Fulfilment::None,
            finance: Finance::Unbilled,
            service: Service::None,
            overdue_on: None,
            follow_up_due_on: None,
            source: String::new(),
            signature: Signature::None,
            confirmation_no: 0,
            slip: SlipRule::None,
            slips_from_on: None,
            quotation_id: None,
            contract_reason: String::new(),
            inquiry_id: None,
            open_exceptions: 0,
            priority: Order::USUAL_PRIORITY,
            charges: Kept::of(self.charges.iter().filter(|charge| charge.granted.is_none()).cloned().collect()),
            promotions_used: Kept::default(),
            promotions_declined: Kept::default(),
            ..self.clone()
        };
        let mut lines: Vec<OrderLine> = lines.iter().map(|line| ordered_again(line, id)).collect();
        copy.unhold();
        copy.total_up(&mut lines.iter_mut().collect::<Vec<_>>())?;
        Ok((copy, lines))
    }

    /// What changed in the head from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "customer" : |order| order.customer_name.clone(),
            "contact_name": |order| order.contact_name.clone(),
            "contact_phone": |order| order.contact_phone.clone(),
            "receiver": |order| order.receiver.clone(),
            "delivery_address": |order| order.delivery_address.clone(),
            "channel": |order| order.channel,
            "category": |order| order.category,
            "settlement": |order| order.settlement,
            "deposit_rate": |order| order.deposit_rate,
            "tax_inclusive": |order| order.tax_inclusive,
            "external_number": |order| order.external_number.clone(),
            "customer_po": |order| order.customer_po.clone(),
            "ordered_on": |order| order.ordered_on,
            "required_on": |order| order.required_on,
            "planned_ship_on": |order| order.planned_ship_on,
            "expected_on": |order| order.expected_on,
            "packing": |order| order.packing.clone(),
            "transport": |order| order.transport.clone(),
            "notes": |order| order.notes.clone(),
            "special_requirements": |order| order.special_requirements.clone(),
            "goods": |order| (order.goods_minor, order.currency),
            "freight": |order| (order.freight_minor, order.currency),
            "discount": |order| (order.discount_minor, order.currency),
            "charges": |order| charges_detail(&order.charges, order.currency),
            "payable": |order| (order.payable_minor, order.currency),
            "exchange_rate": |order| order.exchange_rate_nano.map(|rate| rate.decimal()),
            "contract_reason": |order| order.contract_reason.clone(),
            "line_count": |order| order.line_count,
        )
    }
}

impl OrderLine {
    /// What the line says about its money.
    pub fn terms(&self) -> LineTerms {
        LineTerms {
            line_no: self.line_no,
            quantity: self.charged(),
            unit_price: self.sold_price(),
            per: self.per(),
            discount_rate: self.discount_rate,
            tax_rate: self.tax_rate,
        }
    }

    /// What changed in the line from `before` to this; fields are `lines/<line_no>/<field>`.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        let mut changes = changes!(before, self;
            "product": |line| line.name.clone(),
            "quantity": |line| (line.quantity_micro, line.unit.clone()),
            "sold_as": |line| line.sold.as_ref().map(|sold| (sold.quantity, sold.unit.clone())),
            "configuration": |line| line.configuration.names(),
            "unit_price": |line| line.sold_price(),
            "price_reason": |line| line.price_reason.clone(),
            "discount_rate": |line| line.discount_rate,
            "tax_rate": |line| line.tax_rate,
            "required_on": |line| line.required_on,
            "note": |line| line.note.clone(),
        );
        for change in &mut changes {
            change.field = format!("lines/{}/{}", self.line_no, change.field);
        }
        changes
    }
}

/// A line with what was ordered, and nothing of what became of it.
fn ordered_again(line: &OrderLine, order_id: OrderId) -> OrderLine {
    OrderLine {
        order_id,
        price_source: line.price_source.copied(),
        reserved_micro: Quantity::ZERO,
        shipped_micro: Quantity::ZERO,
        delivered_micro: Quantity::ZERO,
        refused_micro: Quantity::ZERO,
        billed_micro: Quantity::ZERO,
        closed_micro: Quantity::ZERO,
        closed_reason: String::new(),
        called_micro: Quantity::ZERO,
        required_on: None,
        ..line.clone()
    }
}
