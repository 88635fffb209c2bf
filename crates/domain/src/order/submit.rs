//! Submitting a draft: everything is checked, every error at its field (APR-02).

use std::ops::Deref;

use crate::contract::Agreed;
use crate::currency::Currency;
use crate::customer::Customer;
use crate::event::{Event, EventKind};
use crate::id::ProductId;
use crate::instant::Instant;
use crate::lifecycle::Verb;
use crate::margin::shown_percent;
use crate::order::{Order, OrderLine, OrderRule, OrderStatus};
use crate::price::PriceSource;
use crate::refusal::{FieldError, Reason, Refusal};
use crate::rule::{FieldCheck, FieldRule};
use crate::stock::Warehouse;

/// What submitting looks at beside the order.
#[derive(Clone, Copy, Debug)]
pub struct SubmitFacts<'a> {
    /// Who buys.
    pub customer: &'a Customer,
    /// Where the goods come from.
    pub warehouse: &'a Warehouse,
    /// Currency of the company's books.
    pub books: Currency,
    /// Typed prices off by more than this many millionths of a percent need a reason; nothing: none does.
    pub reason_above: Option<i128>,
    /// Products of the order that are not sold any more.
    pub inactive_products: &'a [ProductId],
    /// Why the choices of lines are not allowed any more, by the number of the line.
    pub broken_choices: &'a [(i64, Reason)],
    /// The contract it is placed under.
    pub contract: Option<&'a Agreed>,
}

/// The most lines of an order.
pub const MAX_LINES: usize = 5000;

impl Order {
    /// Everything that stands in the way of submission, each at its field (APR-02).
    pub fn check_submit<L: Deref<Target = OrderLine>>(&self, lines: &[L], facts: &SubmitFacts<'_>) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        self.check_head(&mut check, facts);
        self.check_dates(&mut check);
        self.check_rate(&mut check, facts);
        for (place, line) in lines.iter().enumerate() {
            self.check_line(&mut check, place, line, facts);
        }
        if lines.is_empty() {
            check.errors.push(FieldError::new("/lines", OrderRule::NoLines));
        }
        let max = i64::try_from(MAX_LINES).unwrap_or(i64::MAX);
        check.that(lines.len() <= MAX_LINES, "/lines", FieldRule::TooMany { max });
        check.optional(&self.contract_reason, 500, "/contract_reason");
        check.errors.extend(facts.contract.iter().flat_map(|contract| contract.check_order(self, lines)));
        self.check_arithmetic(&mut check, lines);
        check.errors
    }

    fn check_head(&self, check: &mut FieldCheck, facts: &SubmitFacts<'_>) {
        let customer = || FieldRule::Inactive { value: facts.customer.name.clone() };
        check.that_or(facts.customer.active, "/customer_id", customer);
        let warehouse = || FieldRule::Inactive { value: facts.warehouse.name.clone() };
        check.that_or(facts.warehouse.active, "/warehouse_id", warehouse);
        check.required(&self.contact_name, 100, "/contact_name");
        check.required(&self.contact_phone, 40, "/contact_phone");
        check.phone(&self.contact_phone, "/contact_phone");
        check.required(&self.delivery_address, 300, "/delivery_address");
        check.optional(&self.receiver, 100, "/receiver");
        for (pointer, text) in [
            ("/external_number", &self.external_number),
            ("/customer_po", &self.customer_po),
            ("/packing", &self.packing),
            ("/transport", &self.transport),
        ] {
            check.optional(text, 200, pointer);
        }
        check.optional(&self.notes, 4000, "/notes");
        check.optional(&self.special_requirements, 4000, "/special_requirements");
    }

    /// An order in a foreign currency keeps the rate of its date (PRC-07).
    fn check_rate(&self, check: &mut FieldCheck, facts: &SubmitFacts<'_>) {
        if self.currency != facts.books && self.exchange_rate_nano.is_none() {
            let rule = OrderRule::NoExchangeRate { currency: self.currency.as_str().to_owned(), date: self.ordered_on };
            check.errors.push(FieldError::new("/ordered_on", rule));
        }
    }

    fn check_dates(&self, check: &mut FieldCheck) {
        check.that(self.required_on.is_some(), "/required_on", FieldRule::Required);
        let ordered_on = self.ordered_on;
        if self.required_on.is_some_and(|required| required < ordered_on) {
            check.errors.push(FieldError::new("/required_on", OrderRule::RequiredBeforeOrdered { ordered_on }));
        }
        let not_before_order = FieldRule::Before { date: ordered_on };
        let ships_late = self.planned_ship_on.is_none_or(|planned| planned >= ordered_on);
        check.that(ships_late, "/planned_ship_on", not_before_order);
        let earliest = self.planned_ship_on.unwrap_or(ordered_on).max(ordered_on);
        let arrives = self.expected_on.is_none_or(|expected| expected >= earliest);
        check.that(arrives, "/expected_on", FieldRule::Before { date: earliest });
    }

    fn check_line(&self, check: &mut FieldCheck, place: usize, line: &OrderLine, facts: &SubmitFacts<'_>) {
        let mut inner = FieldCheck::default();
        inner.that(line.quantity_micro.is_positive(), "/quantity", FieldRule::NotPositive);
        inner.that(!line.unit_price_micro.is_negative(), "/unit_price", FieldRule::Negative);
        if line.price_source == PriceSource::None {
            inner.errors.push(FieldError::new("/unit_price", OrderRule::NoPrice));
        }
        let off = line.deviation().largest();
        if facts.reason_above.is_some_and(|most| off > most) && line.price_reason.is_empty() {
            let percent = shown_percent(off);
            inner.errors.push(FieldError::new("/price_reason", OrderRule::NoPriceReason { percent }));
        }
        if line.is_free() && line.price_reason.is_empty() && inner.errors.is_empty() {
            inner.errors.push(FieldError::new("/price_reason", OrderRule::NoFreeReason));
        }
        inner.optional(&line.price_reason, 200, "/price_reason");
        inner.that(line.discount_rate.is_share(), "/discount_rate", FieldRule::NotAShare);
        inner.that(line.tax_rate.is_share(), "/tax_rate", FieldRule::NotAShare);
        let sold = !facts.inactive_products.contains(&line.product_id);
        inner.that_or(sold, "/product_id", || FieldRule::Inactive { value: line.name.clone() });
        let broken = facts.broken_choices.iter().filter(|(line_no, _)| *line_no == line.line_no);
        inner.errors.extend(broken.map(|(_, reason)| FieldError::new("/choices", reason.clone())));
        inner.optional(&line.note, 500, "/note");
        let on_time = line.required_on.is_none_or(|required| required >= self.ordered_on);
        inner.that(on_time, "/required_on", FieldRule::Before { date: self.ordered_on });
        if inner.errors.is_empty() {
            return;
        }
        let prefix = format!("/lines/{place}");
        check.errors.extend(inner.errors.into_iter().map(|error| error.under(&prefix)));
    }

    fn check_arithmetic<L: Deref<Target = OrderLine>>(&self, check: &mut FieldCheck, lines: &[L]) {
        let totals = match self.totals(lines) {
            Ok(totals) => totals,
            Err(errors) => {
                let known: Vec<String> = check.errors.iter().map(|error| error.pointer.clone()).collect();
                check.errors.extend(errors.into_iter().filter(|error| !known.contains(&error.pointer)));
                return;
            }
        };
        for (place, (line, money)) in lines.iter().zip(&totals.lines).enumerate() {
            if (line.net_minor, line.tax_minor) != (money.net, money.tax) {
                let expected = if self.tax_inclusive { money.gross } else { money.net };
                let rule = OrderRule::Arithmetic { expected: (expected, self.currency) };
                check.errors.push(FieldError::new(format!("/lines/{place}"), rule));
            }
        }
        if self.payable_minor != totals.payable {
            let rule = OrderRule::Arithmetic { expected: (totals.payable, self.currency) };
            check.errors.push(FieldError::new("", rule));
        }
        if self.paid_minor > totals.payable {
            let rule = OrderRule::PaidAbovePayable { paid: (self.paid_minor, self.currency) };
            check.errors.push(FieldError::new("/lines", rule));
        }
    }

    /// Submits a draft for review. `number` is kept if the order has none yet; a number never changes (INT-10).
    ///
    /// # Errors
    /// `NotDraft`, `Held`; `invalid` with every error at its field.
    ///
    /// Source: APR-02
    pub fn submit<L: Deref<Target = OrderLine>>(
        &mut self,
        lines: &[L],
        facts: &SubmitFacts<'_>,
        number: &str,
        now: Instant,
    ) -> Result<Event, Refusal> {
        self.may_move(Verb::Submit)?;
        Refusal::unless_valid(self.check_submit(lines, facts))?;

        self.status = OrderStatus::Submitted;
        if self.number.is_empty() {
            number.clone_into(&mut self.number);
        }
        self.submitted_at = Some(now);
        self.reviewed_by = None;
        self.derive(lines);
        Ok(self.event(EventKind::OrderSubmitted).with("payable", (self.payable_minor, self.currency)))
    }
}
