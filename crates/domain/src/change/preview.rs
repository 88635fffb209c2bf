//! What would come of a change: the order and its lines afterwards, and what follows for money, stock and credit (CHG-01).
//!
//! Applying a change is this calculation once more, on what is there then.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::{ChangeItem, ChangeKind, ChangeRejection, ChangeRule, MAX_ITEMS};
use crate::account::AccountDelta;
use crate::charge::{Charge, check_charges};
use crate::configuration::Configuration;
use crate::contract::Agreed;
use crate::date::Date;
use crate::deviation::LastPrice;
use crate::kept::Kept;
use crate::lifecycle::Verb;
use crate::money::Money;
use crate::order::{Free, Freed, Order, OrderLine, OrderRule, Reserved, give_back, take_free};
use crate::price::{FoundPrice, PriceSource};
use crate::product::Product;
use crate::product_unit::{Said, SoldAs};
use crate::quantity::Quantity;
use crate::refusal::{FieldError, Refusal};
use crate::reservation::Reservation;
use crate::rule::{FieldCheck, FieldRule};
use crate::unit_price::UnitPrice;

/// A product that a change brings, with what the price book says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// The product.
    pub product: Product,
    /// What the book says for this quantity.
    pub found: Option<FoundPrice>,
    /// What the customer last paid for it.
    pub last: Option<LastPrice>,
}

/// What a preview looks at beside the order.
#[derive(Clone, Copy, Debug)]
pub struct PreviewFacts<'a> {
    /// Of each item, what it brings.
    pub brought: &'a [Option<Brought>],
    /// What is free of each product, in the order's warehouse and in those that help it out.
    pub free: &'a Free,
    /// What the order has reserved.
    pub reservations: &'a [&'a Reservation],
    /// The day.
    pub today: Date,
    /// Why the change is made, which is also why a price is typed.
    pub reason: &'a str,
    /// Whether the order is in the currency of the books, in which choices have their prices.
    pub own_currency: bool,
    /// The contract the order is placed under.
    pub contract: Option<&'a Agreed>,
}

/// What comes of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Previewed {
    /// The order afterwards.
    pub order: Order,
    /// Its lines afterwards.
    pub lines: Vec<OrderLine>,
    /// Numbers of the lines that are gone.
    pub dropped: Vec<i64>,
    /// Numbers of the lines that some item is about.
    pub touched: Vec<i64>,
    /// Numbers of the lines that must not leave meanwhile: those, or all where it is about the order as a whole.
    pub concerned: Vec<i64>,
    /// What the stock gets back, first.
    pub gives_back: Vec<Reserved>,
    /// What is reserved then.
    pub reserves: Vec<Reserved>,
    /// What it adds to the customer's account.
    pub account: AccountDelta,
}

/// What would come of these changes.
///
/// Reserved goods of lines that need less are given back; lines that need more take what is free. Other lines keep what they have.
///
/// # Errors
/// `NotEffective`; `invalid` with every item that is wrong at `/changes/<place>/<field>`; `Nothing`, `BelowBilled`, `BelowPaid`,
/// `NothingLeftToBill`.
///
/// Source: CHG-01, CHG-02
pub fn preview<L: Deref<Target = OrderLine>>(
    order: &Order,
    lines: &[L],
    items: &[ChangeItem],
    facts: &PreviewFacts<'_>,
) -> Result<Previewed, Refusal> {
    order.may_move(Verb::Change)?;
    let mut draft = Draft::of(order, lines, facts);
    draft.take(items)?;
    draft.order.keep_granted(&draft.lines.iter().collect::<Vec<_>>());
    draft.order.total_up(&mut draft.lines.iter_mut().collect::<Vec<_>>()).map_err(not_to_total)?;
    if draft.order == *order && draft.lines.iter().eq(lines.iter().map(|line| &**line)) {
        return Err(ChangeRejection::Nothing.into());
    }
    draft.check_money()?;
    let head = items.iter().any(ChangeItem::is_of_head);
    Ok(draft.finish(order, head))
}

/// An order that is being changed.
struct Draft<'a> {
    order: Order,
    lines: Vec<OrderLine>,
    facts: &'a PreviewFacts<'a>,
    /// Lines that some item is about.
    touched: BTreeSet<i64>,
    dropped: Vec<i64>,
    gives_back: Vec<Freed>,
    errors: Vec<FieldError>,
    /// The day that was promised before the change.
    promised: Option<Date>,
}

impl<'a> Draft<'a> {
    fn of<L: Deref<Target = OrderLine>>(order: &Order, lines: &[L], facts: &'a PreviewFacts<'a>) -> Self {
        Self {
            order: order.clone(),
            lines: lines.iter().map(|line| (**line).clone()).collect(),
            facts,
            touched: BTreeSet::new(),
            dropped: Vec::new(),
            gives_back: Vec::new(),
            errors: Vec::new(),
            promised: order.promised_on.or(order.required_on),
        }
    }

    fn wrong(&mut self, place: usize, field: &str, reason: impl Into<crate::refusal::Reason>) {
        self.errors.push(FieldError::new(format!("/changes/{place}{field}"), reason));
    }

    /// Takes all items, or refuses with everything that is wrong with any.
    fn take(&mut self, items: &[ChangeItem]) -> Result<(), Refusal> {
        if items.is_empty() {
            return Err(Refusal::field("/changes", FieldRule::Required));
        }
        if items.len() > MAX_ITEMS {
            let max = i64::try_from(MAX_ITEMS).unwrap_or(i64::MAX);
            return Err(Refusal::field("/changes", FieldRule::TooMany { max }));
        }
        let mut seen = BTreeSet::new();
        for (place, item) in items.iter().enumerate() {
            if item.kind() != ChangeKind::AddLine && !seen.insert((item.kind(), item.line_no())) {
                self.wrong(place, "", ChangeRule::Repeated);
                continue;
            }
            self.touched.extend(item.line_no());
            match item.line_no() {
                Some(line_no) => self.take_of_line(place, line_no, item),
                None if item.kind() == ChangeKind::AddLine => self.add_line(place, item),
                None => self.take_of_head(place, item),
            }
        }
        self.check_dates(items);
        let gone = std::mem::take(&mut self.dropped);
        self.gives_back.extend(give_back(&mut self.lines.iter_mut().filter(|line| gone.contains(&line.line_no)).collect::<Vec<_>>()));
        self.lines.retain(|line| !gone.contains(&line.line_no));
        self.dropped = gone;
        if self.lines.is_empty() {
            self.errors.push(FieldError::new("/changes", ChangeRule::LastLine));
        }
        Refusal::unless_valid(std::mem::take(&mut self.errors))
    }

    fn take_of_line(&mut self, place: usize, line_no: i64, item: &ChangeItem) {
        let Some(at) = self.lines.iter().position(|line| line.line_no == line_no).filter(|_| !self.dropped.contains(&line_no)) else {
            return self.wrong(place, "/line_no", OrderRule::UnknownLine { line_no });
        };
        let line = &self.lines[at];
        let moved = line.shipped_micro.is_positive() || line.billed_micro.is_positive();
        if moved && item.kind() != ChangeKind::Quantity {
            return self.wrong(place, "/line_no", ChangeRule::LineMoved { line_no });
        }
        if line.is_closed_short() {
            return self.wrong(place, "/line_no", ChangeRule::LineClosed { line_no });
        }
        match item {
            ChangeItem::Quantity { quantity, .. } => self.set_quantity(place, at, *quantity),
            ChangeItem::DropLine { .. } => self.dropped.push(line_no),
            ChangeItem::SwapProduct { .. } => self.swap(place, at, item),
            ChangeItem::Configuration { choices, .. } => self.configure(place, at, choices),
            ChangeItem::Price { unit_price, discount_rate, .. } => {
                let (price, discount) = (unit_price.unwrap_or(line.sold_price()), discount_rate.unwrap_or(line.discount_rate));
                if price.is_negative() {
                    return self.wrong(place, "/unit_price", FieldRule::Negative);
                }
                if !discount.is_share() {
                    return self.wrong(place, "/discount_rate", FieldRule::NotAShare);
                }
                if (price, discount) == (line.sold_price(), line.discount_rate) {
                    return self.wrong(place, "/unit_price", ChangeRule::Same);
                }
                let line = &mut self.lines[at];
                if price != line.sold_price() {
                    line.reprice(price);
                    line.take_agreed(Some(price), self.facts.contract, &self.order);
                    explain(line, self.facts.reason);
                }
                line.discount_rate = discount;
            }
            _ => {}
        }
    }

    fn set_quantity(&mut self, place: usize, at: usize, quantity: Quantity) {
        let line = &self.lines[at];
        if !quantity.is_positive() {
            return self.wrong(place, "/quantity", FieldRule::NotPositive);
        }
        if quantity < line.shipped_micro.max(line.billed_micro) {
            let shipped = (line.shipped_micro.max(line.billed_micro), line.unit.clone());
            return self.wrong(place, "/quantity", ChangeRule::BelowShipped { shipped });
        }
        if quantity == line.quantity_micro {
            return self.wrong(place, "/quantity", ChangeRule::Same);
        }
        if let Err(rule) = self.lines[at].put_quantity(quantity) {
            self.wrong(place, "/quantity", rule);
        }
    }

    /// Other choices: the price moves by the difference of what they add, and is as agreed otherwise.
    fn configure(&mut self, place: usize, at: usize, choices: &[String]) {
        let facts = self.facts;
        let Some(brought) = facts.brought.get(place).and_then(Option::as_ref) else {
            return self.wrong(place, "/choices", ChangeRule::NotConfigurable);
        };
        let options = &brought.product.options;
        if options.is_empty() {
            return self.wrong(place, "/choices", ChangeRule::NotConfigurable);
        }
        if let Some(promised) = self.promised {
            let date = promised.plus_days(-options.freeze_days);
            if options.freeze_days > 0 && facts.today > date {
                return self.wrong(place, "/choices", ChangeRule::Frozen { date });
            }
        }
        let Some(new) = self.chosen(place, &brought.product, choices) else { return };
        let line = &mut self.lines[at];
        if new.codes() == line.configuration.codes() {
            return self.wrong(place, "/choices", ChangeRule::Same);
        }
        if !facts.own_currency && new.effect() != line.configuration.effect() {
            return self.wrong(place, "/choices", OrderRule::NoPrice);
        }
        let moves = new.effect().micro() - line.configuration.effect().micro();
        let price = line.sold_price().micro().saturating_add(line.per().price_of(UnitPrice::from_micro(moves)).micro());
        if price < 0 {
            return self.wrong(place, "/choices", FieldRule::Negative);
        }
        let base = line.configuration.base;
        line.book_price_micro = line.book_price_micro.map(|book| UnitPrice::from_micro(book.micro().saturating_add(moves)));
        line.configuration = Kept::of(Configuration { base, ..new });
        line.put_price(UnitPrice::from_micro(price));
    }

    /// The choices of a product; what is wrong is noted.
    fn chosen(&mut self, place: usize, product: &Product, choices: &[String]) -> Option<Configuration> {
        match product.configured(choices, &format!("/changes/{place}/choices")) {
            Ok(configuration) => Some(configuration),
            Err(errors) => {
                self.errors.extend(errors);
                None
            }
        }
    }

    /// A line that an item brings, with its price; what is wrong is noted.
    fn new_line(
        &mut self,
        at: (usize, i64),
        brought: &Brought,
        quantity: Quantity,
        price: Option<UnitPrice>,
        as_said: (Option<&SoldAs>, &[String]),
    ) -> Option<OrderLine> {
        let ((place, line_no), (sold, choices)) = (at, as_said);
        let configuration = self.chosen(place, &brought.product, choices)?;
        let said = match brought.product.in_unit(quantity, sold.map_or("", |sold| sold.unit.as_str())) {
            Ok(sold) => Said { base: quantity, sold },
            Err(reason) => {
                self.wrong(place, "/quantity", reason);
                return None;
            }
        };
        let mut line = OrderLine::of_said(self.order.id, line_no, &brought.product, said, configuration);
        line.set_price_with(price, brought.found, self.facts.own_currency);
        line.take_agreed(price, self.facts.contract, &self.order);
        if line.price_source == PriceSource::None {
            self.wrong(place, "/unit_price", OrderRule::NoPrice);
            return None;
        }
        line.set_last_price(&self.order, brought.last.as_ref());
        explain(&mut line, self.facts.reason);
        Some(line)
    }

    /// The product an item brings, sold at this quantity and price; what is wrong is noted.
    fn brought(&mut self, place: usize, price: Option<UnitPrice>) -> Option<&'a Brought> {
        let facts = self.facts;
        let Some(brought) = facts.brought.get(place).and_then(Option::as_ref) else {
            self.wrong(place, "/product_id", FieldRule::Required);
            return None;
        };
        if !brought.product.active {
            self.wrong(place, "/product_id", FieldRule::Inactive { value: brought.product.name.clone() });
            return None;
        }
        if price.is_some_and(UnitPrice::is_negative) {
            self.wrong(place, "/unit_price", FieldRule::Negative);
            return None;
        }
        let agreed = facts.contract.is_some_and(|contract| contract.prices(&self.order) && contract.line_of(brought.product.id).is_some());
        if price.is_none() && brought.found.is_none() && !agreed {
            self.wrong(place, "/unit_price", OrderRule::NoPrice);
            return None;
        }
        Some(brought)
    }

    fn swap(&mut self, place: usize, at: usize, item: &ChangeItem) {
        let ChangeItem::SwapProduct { quantity, unit_price, sold, choices, .. } = item else { return };
        let Some(brought) = self.brought(place, *unit_price) else { return };
        let line = &self.lines[at];
        let quantity = quantity.unwrap_or(line.quantity_micro);
        if !quantity.is_positive() {
            return self.wrong(place, "/quantity", FieldRule::NotPositive);
        }
        if brought.product.id == line.product_id {
            return self.wrong(place, "/product_id", ChangeRule::Same);
        }
        let line_no = line.line_no;
        let Some(mut new) = self.new_line((place, line_no), brought, quantity, *unit_price, (sold.as_ref(), choices)) else { return };
        let line = &self.lines[at];
        new.discount_rate = line.discount_rate;
        new.required_on = line.required_on;
        new.note.clone_from(&line.note);
        let given = give_back(&mut [&mut self.lines[at]]);
        self.gives_back.extend(given);
        self.lines[at] = new;
    }

    fn add_line(&mut self, place: usize, item: &ChangeItem) {
        let ChangeItem::AddLine { quantity, unit_price, note, sold, choices, .. } = item else { return };
        if !quantity.is_positive() {
            return self.wrong(place, "/quantity", FieldRule::NotPositive);
        }
        if note.chars().count() > 500 {
            return self.wrong(place, "/note", FieldRule::TooLong { max: 500 });
        }
        let Some(brought) = self.brought(place, *unit_price) else { return };
        let line_no = self.lines.iter().map(|line| line.line_no).max().unwrap_or_default() + 1;
        let Some(mut line) = self.new_line((place, line_no), brought, *quantity, *unit_price, (sold.as_ref(), choices)) else { return };
        line.note.clone_from(note);
        self.touched.insert(line_no);
        self.lines.push(line);
    }

    fn take_of_head(&mut self, place: usize, item: &ChangeItem) {
        let mut check = FieldCheck::default();
        let today = self.facts.today;
        let order = &mut self.order;
        let before = order.clone();
        let mut day = |field: &mut Option<Date>, date: Date| {
            check.that(date >= today, "/date", FieldRule::Before { date: today });
            *field = Some(date);
        };
        match item {
            ChangeItem::RequiredOn { date } => day(&mut order.required_on, *date),
            ChangeItem::PromisedOn { date } => day(&mut order.promised_on, *date),
            ChangeItem::PlannedShipOn { date } => day(&mut order.planned_ship_on, *date),
            ChangeItem::ExpectedOn { date } => day(&mut order.expected_on, *date),
            ChangeItem::Address { delivery_address, receiver, contact_name, contact_phone } => {
                let or = |said: &Option<String>, known: &str| said.as_deref().map_or(known, str::trim).to_owned();
                delivery_address.trim().clone_into(&mut order.delivery_address);
                order.receiver = or(receiver, &order.receiver);
                order.contact_name = or(contact_name, &order.contact_name);
                order.contact_phone = or(contact_phone, &order.contact_phone);
                check.required(&order.delivery_address, 300, "/delivery_address");
                check.optional(&order.receiver, 100, "/receiver");
                check.required(&order.contact_name, 100, "/contact_name");
                check.required(&order.contact_phone, 40, "/contact_phone");
                check.phone(&order.contact_phone, "/contact_phone");
            }
            ChangeItem::Packing { packing } => {
                packing.trim().clone_into(&mut order.packing);
                check.optional(&order.packing, 200, "/packing");
            }
            ChangeItem::Charges { charges, freight } => {
                let freight = freight.unwrap_or(order.freight_minor);
                check.errors.extend(check_charges(charges));
                check.that(!freight.is_negative(), "/freight", FieldRule::Negative);
                order.freight_minor = freight;
                // What promotions give stays; it is not typed.
                let said = || order.charges.iter().filter(|charge| charge.granted.is_none());
                if !said().map(Charge::said).eq(charges.iter().map(Charge::said)) {
                    let granted = order.charges.iter().filter(|charge| charge.granted.is_some());
                    order.charges = Kept::of(charges.iter().chain(granted).cloned().collect());
                }
            }
            ChangeItem::Settlement { settlement, deposit_rate } => {
                order.settlement = *settlement;
                order.deposit_rate = deposit_rate.unwrap_or(order.deposit_rate);
                check.that(order.deposit_rate.is_share(), "/deposit_rate", FieldRule::NotAShare);
            }
            _ => {}
        }
        if check.errors.is_empty() && *order == before {
            check.errors.push(FieldError::new(item.kind().field(), ChangeRule::Same));
        }
        let prefix = format!("/changes/{place}");
        self.errors.extend(check.errors.into_iter().map(|error| error.under(&prefix)));
    }

    /// The days fit each other as in a draft; what is wrong stands at the item that changes it.
    fn check_dates(&mut self, items: &[ChangeItem]) {
        let place = |kind: ChangeKind| items.iter().position(|item| item.kind() == kind);
        let order = &self.order;
        if let (Some(planned), Some(expected)) = (order.planned_ship_on, order.expected_on)
            && expected < planned
            && let Some(place) = place(ChangeKind::ExpectedOn).or(place(ChangeKind::PlannedShipOn))
        {
            self.wrong(place, "/date", FieldRule::Before { date: planned });
        }
    }

    /// What is billed and paid still fits: there are no credit notes to give anything back by.
    fn check_money(&self) -> Result<(), Refusal> {
        let order = &self.order;
        let money = |amount: Money| (amount, order.currency);
        let payable = money(order.payable_minor);
        if order.payable_minor < order.billed_minor {
            return Err(ChangeRejection::BelowBilled { payable, billed: money(order.billed_minor) }.into());
        }
        if order.payable_minor < order.paid_minor {
            return Err(ChangeRejection::BelowPaid { payable, paid: money(order.paid_minor) }.into());
        }
        let left = order.payable_minor - order.billed_minor;
        if !left.is_zero() && self.lines.iter().all(|line| line.billed_micro >= line.charged()) {
            return Err(ChangeRejection::NothingLeftToBill { left: money(left) }.into());
        }
        Ok(())
    }

    /// Runs the stock path again for the lines that are touched, and derives the tracks.
    fn finish(mut self, before: &Order, head: bool) -> Previewed {
        for line in self.lines.iter_mut().filter(|line| self.touched.contains(&line.line_no)) {
            let more = (line.reserved_micro - line.open_to_ship()).or_zero();
            if more.is_positive() {
                line.reserved_micro -= more;
                self.gives_back.push(Freed { line_no: line.line_no, product_id: line.product_id, quantity: more });
            }
        }
        let mut free = self.facts.free.clone();
        let gives_back = before.gives_back(self.facts.reservations, &self.gives_back);
        for given in &gives_back {
            let all = free.entry(given.product_id).or_default();
            match all.iter_mut().find(|(warehouse, _)| *warehouse == given.warehouse_id) {
                Some((_, free)) => *free += given.quantity,
                None => all.push((given.warehouse_id, given.quantity)),
            }
        }
        let reserves =
            take_free(&mut self.lines.iter_mut().filter(|line| self.touched.contains(&line.line_no)).collect::<Vec<_>>(), &mut free);
        self.order.derive(&self.lines.iter().collect::<Vec<_>>());
        let account = AccountDelta { open_orders: self.order.payable_minor - before.payable_minor, ..AccountDelta::default() };
        let all = self.lines.iter().map(|line| line.line_no);
        let mut concerned: BTreeSet<i64> = if head { all.collect() } else { BTreeSet::new() };
        concerned.extend(self.touched.iter().copied());
        Previewed {
            order: self.order,
            lines: self.lines,
            dropped: self.dropped,
            touched: self.touched.into_iter().collect(),
            concerned: concerned.into_iter().collect(),
            gives_back,
            reserves,
            account,
        }
    }
}

/// Allowances above the goods are told as such; nothing else that was accepted comes to no total but what is too large.
fn not_to_total(refusal: Refusal) -> Refusal {
    let of_head = |error: &FieldError| error.pointer == "/charges" || error.pointer == "/discount";
    let errors: Vec<FieldError> = refusal.fields.into_iter().filter(of_head).collect();
    if errors.is_empty() {
        return Refusal::field("/changes", OrderRule::AmountTooLarge);
    }
    Refusal::invalid(errors.into_iter().map(|error| FieldError { pointer: "/changes".to_owned(), ..error }).collect())
}

/// The longest reason of a price, in characters.
const REASON_MAX: usize = 200;

/// A price that is typed by a change is explained by the change's reason.
fn explain(line: &mut OrderLine, reason: &str) {
    let typed = line.price_source.is_typed();
    line.price_reason = if typed { reason.trim().chars().take(REASON_MAX).collect() } else { String::new() };
}

impl ChangeKind {
    /// The field that an item of this kind is wrong at where it changes nothing.
    fn field(self) -> &'static str {
        match self {
            Self::Address => "/delivery_address",
            Self::Packing => "/packing",
            Self::Charges => "/charges",
            Self::Settlement => "/settlement",
            Self::Configuration => "/choices",
            _ => "/date",
        }
    }
}
