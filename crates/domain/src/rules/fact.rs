//! The vocabulary: every fact a rule may name, with its kind and where it comes from. What each means is the text `fact.<name>`.

use std::borrow::Cow;
use std::ops::Deref;

use crate::account::CustomerAccount;
use crate::codes::{Channel, Code, Grade, SalesCategory, Settlement};
use crate::contract::Contract;
use crate::currency::Currency;
use crate::customer::Customer;
use crate::date::Date;
use crate::deviation::below_floor;
use crate::id::UserId;
use crate::inquiry::{Inquiry, InquiryMark};
use crate::instant::Instant;
use crate::margin::Margin;
use crate::money::Money;
use crate::order::{Finance, Fulfilment, Order, OrderLine, Service, Signature, Supply};
use crate::rules::blueprint::LocalText;
use crate::rules::value::{FactKind, ONE, Sort, Value};
use crate::text::text as say;

/// What must be at hand for a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactSource {
    /// The order's head, always at hand.
    Order,
    /// Its lines.
    Lines,
    /// The customer's file.
    Customer,
    /// The customer's account.
    Account,
    /// What its lines cost: nobody without `product.cost` is told of it.
    Costs,
    /// The inquiry it was made from.
    Inquiry,
    /// The contract it is placed under.
    Contract,
}

impl FactSource {
    /// Whether the lines must be at hand for one of these.
    pub fn read_lines(sources: &[Self]) -> bool {
        sources.iter().any(|source| matches!(source, Self::Lines | Self::Costs))
    }
}

/// What the lines of an order come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineFacts {
    /// The largest discount of a line, in millionths of a percent.
    pub max_discount: i128,
    /// How far the lowest price is below the book's, in millionths of a percent of the book's; 0 where none is.
    pub below_book: i128,
    /// How far the highest price is above the book's.
    pub above_book: i128,
    /// Lines whose price was typed.
    pub manual_prices: i64,
    /// The largest deviation of a typed price from the book or from what the customer last paid, either way, in millionths of a percent.
    pub price_deviation: i128,
    /// Lines whose typed price is another one than the book's.
    pub off_book: i64,
    /// Lines whose typed price deviates, and nobody has said why.
    pub unexplained: i64,
    /// Lines without enough reserved.
    pub short: i64,
    /// Lines not shipped yet.
    pub unshipped: i64,
    /// Lines not delivered yet.
    pub undelivered: i64,
    /// How many there are.
    pub count: i64,
}

impl LineFacts {
    /// Of these lines.
    pub fn of<L: Deref<Target = OrderLine>>(lines: &[L]) -> Self {
        let mut facts = Self::default();
        for line in lines {
            facts.count += 1;
            facts.max_discount = facts.max_discount.max(i128::from(line.discount_rate.bp()) * (ONE / 100));
            if let Some(book) = line.book_price_micro.filter(|book| book.micro() > 0) {
                let off = i128::from(line.unit_price_micro.micro() - book.micro()) * 100 * ONE / i128::from(book.micro());
                facts.below_book = facts.below_book.max(-off);
                facts.above_book = facts.above_book.max(off);
            }
            let deviation = line.deviation();
            facts.price_deviation = facts.price_deviation.max(deviation.largest());
            facts.off_book += i64::from(deviation.from_book.is_some_and(|off| off != 0));
            facts.unexplained += i64::from(deviation.largest() != 0 && line.price_reason.is_empty());
            facts.manual_prices += i64::from(line.price_source.is_typed());
            facts.short += i64::from(line.open_to_reserve().is_positive());
            facts.unshipped += i64::from(line.open_to_ship().is_positive());
            facts.undelivered += i64::from(!line.is_delivered());
        }
        facts
    }
}

/// Evidence that proves something: what, and who recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proving {
    /// Code of what it proves.
    pub code: String,
    /// Who recorded it.
    pub by: UserId,
}

/// What rules are asked about.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The order.
    pub order: &'a Order,
    /// What its lines come to.
    pub lines: LineFacts,
    /// Who buys, where a rule asks for it.
    pub customer: Option<&'a Customer>,
    /// What the customer owes, where a rule asks for it.
    pub account: Option<&'a CustomerAccount>,
    /// What is proven by evidence.
    pub proven: &'a [Proving],
    /// The day, in the company's zone.
    pub today: Date,
    /// The time.
    pub now: Instant,
    /// Of the company's books.
    pub books: Currency,
    /// What is earned with it, where that is known and a rule asks for it.
    pub margin: Option<Margin>,
    /// Lines below their floor price, where that is known and a rule asks for it.
    pub below_floor: Option<i64>,
    /// The inquiry it was made from, where a rule asks for it.
    pub inquiry: Option<&'a Inquiry>,
    /// The contract it is placed under, where a rule asks for it.
    pub contract: Option<&'a Contract>,
    /// Whether who is told about these facts may know costs.
    pub shows_costs: bool,
}

impl<'a> Facts<'a> {
    /// How many different people recorded evidence of this.
    pub fn people(&self, code: &str) -> i64 {
        let mut people: Vec<UserId> = self.proven.iter().filter(|one| one.code == code).map(|one| one.by).collect();
        people.sort_unstable();
        people.dedup();
        i64::try_from(people.len()).unwrap_or(i64::MAX)
    }

    /// Of an order alone, on a day.
    pub fn of(order: &'a Order, today: Date, now: Instant, books: Currency) -> Self {
        Facts {
            order,
            lines: LineFacts::default(),
            customer: None,
            account: None,
            proven: &[],
            today,
            now,
            books,
            margin: None,
            below_floor: None,
            inquiry: None,
            contract: None,
            shows_costs: false,
        }
    }

    /// With what these of its lines come to, as far as rules ask for it.
    pub fn take<L: Deref<Target = OrderLine>>(&mut self, sources: &[FactSource], lines: &[L]) {
        if sources.contains(&FactSource::Lines) {
            self.lines = LineFacts::of(lines);
        }
        if sources.contains(&FactSource::Costs) {
            self.take_costs(lines);
        }
    }

    /// The name of a fact with the items of the inquiry that it counts: which are missing, which are vague.
    pub(super) fn label(&self, fact: &Fact) -> Option<LocalText> {
        use crate::language::Language::{En, ZhCn, ZhTw};
        let mark = match fact.name {
            "inquiry.open_items" => InquiryMark::Missing,
            "inquiry.vague_items" => InquiryMark::Vague,
            _ => return None,
        };
        let items = self.inquiry.filter(|_| self.order.inquiry_id.is_some())?.items();
        let named: Vec<&LocalText> = items.iter().filter(|item| item.mark == mark).map(|item| &item.text).collect();
        if named.is_empty() {
            return None;
        }
        let of = |language| {
            let names: Vec<&str> = named.iter().map(|text| text.of(language)).collect();
            let names = names.join(if language == En { ", " } else { "、" });
            let name = say(language, &format!("fact.{}", fact.name), &[]);
            say(language, "condition.items", &[("fact", name.into()), ("items", names.into())])
        };
        Some(LocalText::Each { zh_cn: of(ZhCn), zh_tw: of(ZhTw), en: of(En) })
    }

    /// With what these lines come to, and with what they cost.
    pub fn take_lines<L: Deref<Target = OrderLine>>(&mut self, lines: &[L]) {
        self.lines = LineFacts::of(lines);
        self.take_costs(lines);
    }

    /// With what these lines cost, and how many are below their floor.
    fn take_costs<L: Deref<Target = OrderLine>>(&mut self, lines: &[L]) {
        self.margin = Margin::of(self.order, lines, self.books);
        self.below_floor = below_floor(self.order, lines, self.books);
    }
}

/// A fact that rules may name.
pub struct Fact {
    /// Its name in conditions: `order.payable`.
    pub name: &'static str,
    /// What kind of value it has.
    pub kind: FactKind,
    /// What must be at hand.
    pub source: FactSource,
    /// Its value.
    pub read: for<'a> fn(&Facts<'a>) -> Value<'a>,
}

impl Fact {
    /// Whether its value is told only to those who may know costs.
    pub fn is_confidential(&self) -> bool {
        self.source == FactSource::Costs && self.kind.sort() == Sort::Number
    }
}

impl std::fmt::Debug for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

fn all<C: Code>() -> Vec<&'static str> {
    C::ALL.iter().map(|code| code.as_str()).collect()
}

const fn code<C: Code>() -> FactKind {
    FactKind::Code(C::GROUP, all::<C>)
}

fn money<'a>(facts: &Facts<'_>, amount: Money) -> Value<'a> {
    // Rules compare amounts of every order, so all are in the currency of the books, at the rate the order keeps.
    facts.order.in_books(amount, facts.books).map_or(Value::Unknown, |amount| Value::money(amount, facts.books))
}

/// An amount that is in the currency of the books already.
fn of_books<'a>(facts: &Facts<'_>, amount: Money) -> Value<'a> {
    Value::money(amount, facts.books)
}

fn text(text: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(text))
}

fn date<'a>(date: Option<Date>) -> Value<'a> {
    date.map_or(Value::Unknown, Value::Date)
}

fn days<'a>(from: Date, to: Option<Date>) -> Value<'a> {
    to.map_or(Value::Unknown, |to| Value::count(from.days_until(to)))
}

fn share<'a>(part: Money, whole: Money) -> Value<'a> {
    if whole.is_zero() { Value::Number(0) } else { Value::Number(i128::from(part.minor()) * 100 * ONE / i128::from(whole.minor())) }
}

fn account<'a>(facts: &Facts<'a>, amount: fn(&CustomerAccount) -> Option<Money>) -> Value<'a> {
    facts.account.and_then(amount).map_or(Value::Unknown, |amount| money(facts, amount))
}

fn margin<'a>(facts: &Facts<'a>, value: fn(&Margin) -> Option<Value<'a>>) -> Value<'a> {
    facts.margin.as_ref().and_then(value).unwrap_or(Value::Unknown)
}

fn customer<'a>(facts: &Facts<'a>, value: fn(&'a Customer) -> Value<'a>) -> Value<'a> {
    facts.customer.map_or(Value::Unknown, value)
}

/// A count of the inquiry; of an order that was made from none nothing is open.
fn inquiry<'a>(facts: &Facts<'a>, count: fn(&Inquiry) -> i64) -> Value<'a> {
    match (facts.order.inquiry_id, facts.inquiry) {
        (None, _) => Value::count(0),
        (_, Some(inquiry)) => Value::count(count(inquiry)),
        _ => Value::Unknown,
    }
}

/// Of the contract; an order under none has nothing of it.
fn contract<'a>(facts: &Facts<'a>, holds: fn(&Contract) -> bool) -> Value<'a> {
    match (facts.order.contract_id, facts.contract) {
        (None, _) => Value::Bool(false),
        (_, Some(contract)) => Value::Bool(holds(contract)),
        _ => Value::Unknown,
    }
}

macro_rules! facts {
    ($($source:ident { $($name:literal $kind:expr => |$f:ident| $value:expr;)+ })+) => {
        /// Every fact, in the order people expect.
        pub static VOCABULARY: &[Fact] = &[$($(
            Fact { name: $name, kind: $kind, source: FactSource::$source, read: |$f| $value },
        )+)+];
    };
}

facts! {
    Order {
        "order.payable" FactKind::Money => |f| money(f, f.order.payable_minor);
        "order.goods" FactKind::Money => |f| money(f, f.order.goods_minor);
        "order.net" FactKind::Money => |f| money(f, f.order.net_minor);
        "order.tax" FactKind::Money => |f| money(f, f.order.tax_minor);
        "order.freight" FactKind::Money => |f| money(f, f.order.freight_minor);
        "order.discount" FactKind::Money => |f| money(f, f.order.discount_minor);
        "order.discount_percent" FactKind::Percent => |f| share(f.order.discount_minor, f.order.goods_minor);
        "order.deposit" FactKind::Money => |f| money(f, f.order.deposit_minor);
        "order.deposit_percent" FactKind::Percent => |f| Value::percent(f.order.deposit_rate);
        "order.paid" FactKind::Money => |f| money(f, f.order.paid_minor);
        "order.billed" FactKind::Money => |f| money(f, f.order.billed_minor);
        "order.open" FactKind::Money => |f| money(f, f.order.open());
        "order.line_count" FactKind::Count => |f| Value::count(f.order.line_count);
        "order.currency" FactKind::Text => |f| Value::Text(Cow::Owned(f.order.currency.as_str().to_owned()));
        "order.foreign" FactKind::Bool => |f| Value::Bool(f.order.currency != f.books);
        "order.category" code::<SalesCategory>() => |f| text(f.order.category.as_str());
        "order.channel" code::<Channel>() => |f| text(f.order.channel.as_str());
        "order.settlement" code::<Settlement>() => |f| text(f.order.settlement.as_str());
        "order.tax_inclusive" FactKind::Bool => |f| Value::Bool(f.order.tax_inclusive);
        "order.held" FactKind::Bool => |f| Value::Bool(f.order.held);
        "order.required_on" FactKind::Date => |f| date(f.order.required_on);
        "order.promised_on" FactKind::Date => |f| date(f.order.promised_on);
        "order.days_to_required" FactKind::Count => |f| days(f.today, f.order.required_on);
        "order.customer_po" FactKind::Text => |f| text(&f.order.customer_po);
        "order.delivery_address" FactKind::Text => |f| text(&f.order.delivery_address);
        "order.receiver" FactKind::Text => |f| text(&f.order.receiver);
        "order.contact_phone" FactKind::Text => |f| text(&f.order.contact_phone);
        "order.special_requirements" FactKind::Text => |f| text(&f.order.special_requirements);
        "order.supply" code::<Supply>() => |f| text(f.order.supply.as_str());
        "order.fulfilment" code::<Fulfilment>() => |f| text(f.order.fulfilment.as_str());
        "order.finance" code::<Finance>() => |f| text(f.order.finance.as_str());
        "order.service" code::<Service>() => |f| text(f.order.service.as_str());
        "order.signature" code::<Signature>() => |f| text(f.order.signature.as_str());
        "order.has_contract" FactKind::Bool => |f| Value::Bool(f.order.contract_id.is_some());
        "order.departs_from_contract" FactKind::Bool => |f| Value::Bool(!f.order.contract_reason.is_empty());
        "order.has_inquiry" FactKind::Bool => |f| Value::Bool(f.order.inquiry_id.is_some());
        "today" FactKind::Date => |f| Value::Date(f.today);
    }
    Lines {
        "lines.max_discount_percent" FactKind::Percent => |f| Value::Number(f.lines.max_discount);
        "lines.below_book_percent" FactKind::Percent => |f| Value::Number(f.lines.below_book);
        "lines.above_book_percent" FactKind::Percent => |f| Value::Number(f.lines.above_book);
        "lines.manual_prices" FactKind::Count => |f| Value::count(f.lines.manual_prices);
        "order.price_deviation_percent" FactKind::Percent => |f| Value::Number(f.lines.price_deviation);
        "lines.off_book" FactKind::Count => |f| Value::count(f.lines.off_book);
        "lines.unexplained_prices" FactKind::Count => |f| Value::count(f.lines.unexplained);
        "lines.short" FactKind::Count => |f| Value::count(f.lines.short);
        "lines.unshipped" FactKind::Count => |f| Value::count(f.lines.unshipped);
        "lines.undelivered" FactKind::Count => |f| Value::count(f.lines.undelivered);
    }
    Costs {
        "order.cost_known" FactKind::Bool => |f| Value::Bool(f.margin.is_some());
        "order.cost" FactKind::Money => |f| f.margin.as_ref().map_or(Value::Unknown, |m| of_books(f, m.cost));
        "order.margin" FactKind::Money => |f| f.margin.as_ref().map_or(Value::Unknown, |m| of_books(f, m.amount()));
        "order.margin_percent" FactKind::Percent => |f| margin(f, |m| m.percent().map(Value::Number));
        "order.lowest_margin_percent" FactKind::Percent => |f| margin(f, |m| m.lowest_percent().map(Value::Number));
        "lines.below_floor" FactKind::Count => |f| f.below_floor.map_or(Value::Unknown, Value::count);
    }
    Contract {
        "order.contract_signed" FactKind::Bool => |f| contract(f, Contract::is_signed);
    }
    Inquiry {
        "inquiry.open_items" FactKind::Count => |f| inquiry(f, |one| one.missing_count);
        "inquiry.vague_items" FactKind::Count => |f| inquiry(f, |one| one.vague_count);
    }
    Customer {
        "customer.code" FactKind::Text => |f| customer(f, |c| text(&c.code));
        "customer.grade" code::<Grade>() => |f| customer(f, |c| text(c.grade.as_str()));
        "customer.category" code::<SalesCategory>() => |f| customer(f, |c| text(c.category.as_str()));
        "customer.settlement" code::<Settlement>() => |f| customer(f, |c| text(c.settlement.as_str()));
        "customer.has_credit_code" FactKind::Bool => |f| customer(f, |c| Value::Bool(!c.credit_code.is_empty()));
        "customer.verified" FactKind::Bool => |f| customer(f, |c| Value::Bool(c.verified));
        "customer.days_known" FactKind::Count => |f| f.customer.map_or(Value::Unknown, |c| {
            Value::count((f.now.micros() - c.created_at.micros()).max(0) / 86_400_000_000)
        });
    }
    Account {
        "credit.limit" FactKind::Money => |f| account(f, CustomerAccount::limit);
        "credit.exposure" FactKind::Money => |f| account(f, |a| Some(a.exposure()));
        "credit.free" FactKind::Money => |f| account(f, CustomerAccount::free);
    }
}

/// The place of a fact in the vocabulary.
pub fn fact_place(name: &str) -> Option<usize> {
    VOCABULARY.iter().position(|fact| fact.name == name)
}
