//! Small commands over a few tables of the product, each with an idempotency key and an event that says what it did.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use domain::{
    Actor, Codes, CompanyId, Customer, CustomerAccount, CustomerContact, CustomerId, Event, EventKind, Instant, Language, Money,
    MovementKind, Product, ProductId, Quantity, Refusal, Stock, StockMovement, UserId, Version, WarehouseId,
};
use serde::{Deserialize, Serialize};
use store::rows::{Answer, CustomerContacts, ProductByCode};
use store::{Outcome, UnitOfWork};

use crate::dice::Dice;
use crate::engine::POISON;
use crate::sample;

/// The one company.
pub const COMPANY: CompanyId = CompanyId::from_raw(1);

/// The one warehouse.
pub const HOUSE: WarehouseId = WarehouseId::from_raw(9);

/// What a customer may owe.
pub const LIMIT: i64 = 1_000;

/// How many products and customers there are at first.
pub const FIRST: i64 = 3;

/// Something asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A new product with one of few codes.
    Product { code: String },
    /// A product gets a new name, at the version that was seen, if one was.
    Rename { product: i64, version: Option<i64> },
    /// Counters of stock.
    Stock { product: i64, on_hand: i64, reserved: i64 },
    /// Stock is what was counted, at least what is reserved.
    Counted { product: i64, on_hand: i64 },
    /// What a customer owes; with `claim` the limit must hold.
    Owe { customer: i64, amount: i64, claim: bool },
    /// The next number.
    Draw { series: &'static str },
    /// One contact more, behind the others.
    Contact { customer: i64 },
    /// The last contact goes.
    Forget { customer: i64 },
    /// A look at everything about a product and a customer.
    Look { which: i64 },
    /// Changes many things, then is refused.
    Refused { product: i64 },
    /// Reads what cannot be read.
    Poison,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Fact {
    Product { id: i64, code: String },
    Renamed { product: i64, version: i64, name: String },
    Stock { product: i64, on_hand: i64, reserved: i64 },
    Counted { product: i64, on_hand: i64, difference: i64 },
    Owes { customer: i64, amount: i64, claim: bool },
    Drawn { series: String, number: i64 },
    Contact { customer: i64, position: i64, version: i64 },
    Forgot { customer: i64, position: i64, version: i64 },
    Seen(Seen),
}

/// What a look saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Of which product and customer.
    pub which: i64,
    /// Version of the product, on hand, reserved; owed by the customer; contacts, version of the customer.
    pub figures: [i64; 6],
}

/// A command under its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// Its key.
    pub key: String,
    /// What is asked for.
    pub act: Act,
}

impl Act {
    /// One by chance.
    pub fn draw(dice: &mut Dice) -> Self {
        let (product, customer) = (dice.between(1, FIRST), dice.between(1, FIRST));
        match dice.below(20) {
            0 => Act::Product { code: format!("N{}", dice.below(12)) },
            1 | 2 => Act::Rename { product, version: dice.chance(500).then(|| dice.between(1, 12)) },
            3 => Act::Counted { product, on_hand: dice.between(0, 20) },
            4 => Act::Stock { product, on_hand: dice.between(1, 9), reserved: 0 },
            5..=7 => Act::Stock { product, on_hand: 0, reserved: dice.between(-4, 9) },
            8 | 9 => {
                let out = dice.between(1, 6);
                Act::Stock { product, on_hand: -out, reserved: -out }
            }
            10 | 11 => Act::Owe { customer, amount: dice.between(1, 400), claim: true },
            12 => Act::Owe { customer, amount: -dice.between(1, 400), claim: false },
            13 | 14 => Act::Draw { series: if dice.chance(700) { "order.2026" } else { "invoice.2026" } },
            15 => Act::Contact { customer },
            16 => Act::Forget { customer },
            17 | 18 => Act::Look { which: product },
            _ if dice.chance(150) => Act::Poison,
            _ => Act::Refused { product },
        }
    }

    fn run(&self, work: &mut UnitOfWork, key: &str) -> Outcome<Fact> {
        match self {
            Act::Product { code } => product(work, code),
            Act::Rename { product, version } => rename(work, *product, *version, key),
            Act::Stock { product, on_hand, reserved } => stock(work, *product, *on_hand, *reserved),
            Act::Counted { product, on_hand } => counted(work, *product, *on_hand),
            Act::Owe { customer, amount, claim } => owe(work, *customer, *amount, *claim),
            Act::Draw { series } => Ok(Fact::Drawn { series: (*series).to_owned(), number: work.draw(series)? }),
            Act::Contact { customer } => contact(work, *customer, true),
            Act::Forget { customer } => contact(work, *customer, false),
            Act::Look { which } => look(work, *which),
            Act::Refused { product } => {
                stock(work, *product, 5, 1)?;
                rename(work, *product, None, key)?;
                contact(work, *product, true)?;
                work.draw("order.2026")?;
                Err(refused())
            }
            Act::Poison => work.get::<Product>(ProductId::from_raw(POISON)).map(|_| Fact::Drawn { series: String::new(), number: 0 }),
        }
    }
}

impl Command {
    /// Runs it unless its key was answered before.
    pub fn run(&self, work: &mut UnitOfWork) -> Outcome<Fact> {
        if let Some(answer) = work.find::<Answer>(self.key.clone())? {
            return Ok(serde_json::from_str(&answer.body).expect("an answer is a fact"));
        }
        let fact = self.act.run(work, &self.key)?;
        if matches!(fact, Fact::Seen(_)) {
            return Ok(fact);
        }
        let body = serde_json::to_string(&fact).expect("facts are plain data");
        let mut event = Event::of(EventKind::ProductEdited, "product", 1, &self.key);
        event.data.clone_from(&body);
        work.record(&nobody(), event);
        let created_at = work.now();
        work.add(Answer { key: self.key.clone(), user_id: UserId::NONE, request_hash: String::new(), status: 0, body, created_at });
        Ok(fact)
    }
}

fn nobody() -> Actor {
    Actor {
        user_id: UserId::NONE,
        name: String::new(),
        roles: Codes::default(),
        permissions: Codes::default(),
        language: Language::En,
        channel: String::new(),
        address: String::new(),
        company_id: COMPANY,
        customer_id: None,
    }
}

fn refused() -> store::Stop {
    Refusal::not_found("order").into()
}

fn product(work: &mut UnitOfWork, code: &str) -> Outcome<Fact> {
    if work.one::<ProductByCode>(code.to_owned())?.is_some() {
        return Err(refused());
    }
    let id: ProductId = work.id();
    work.add(sample::product(id, code));
    Ok(Fact::Product { id: id.raw(), code: code.to_owned() })
}

fn rename(work: &mut UnitOfWork, product: i64, version: Option<i64>, key: &str) -> Outcome<Fact> {
    let mut row = work.get::<Product>(ProductId::from_raw(product))?;
    if version.is_some_and(|version| version != row.version.raw()) {
        return Err(Refusal::stale("product").into());
    }
    key.clone_into(&mut row.name);
    work.save(&mut row);
    Ok(Fact::Renamed { product, version: row.version.raw(), name: row.name.clone() })
}

fn stock(work: &mut UnitOfWork, product: i64, on_hand: i64, reserved: i64) -> Outcome<Fact> {
    let product_id = ProductId::from_raw(product);
    if !work.count::<Stock>((product_id, HOUSE), &[on_hand, reserved], false)? {
        return Err(refused());
    }
    let entry = StockMovement {
        id: work.id(),
        product_id,
        warehouse_id: HOUSE,
        kind: MovementKind::Adjust,
        on_hand_delta_micro: Quantity::from_micro(on_hand),
        reserved_delta_micro: Quantity::from_micro(reserved),
        bin_id: domain::BinId::NONE,
        lot_id: domain::LotId::NONE,
        status: domain::StockStatus::Free,
        unit_cost_micro: None,
        average_cost_micro: None,
        cause_kind: String::new(),
        cause_id: 0,
        note: String::new(),
        by: UserId::NONE,
        at: work.now(),
    };
    work.append(entry);
    Ok(Fact::Stock { product, on_hand, reserved })
}

fn counted(work: &mut UnitOfWork, product: i64, on_hand: i64) -> Outcome<Fact> {
    let key = (ProductId::from_raw(product), HOUSE);
    let difference = on_hand - work.get::<Stock>(key)?.on_hand_micro.micro();
    work.pin::<Stock>(key)?;
    stock(work, product, difference, 0)?;
    Ok(Fact::Counted { product, on_hand, difference })
}

fn owe(work: &mut UnitOfWork, customer: i64, amount: i64, claim: bool) -> Outcome<Fact> {
    if !work.count::<CustomerAccount>(CustomerId::from_raw(customer), &[0, amount, 0, 0], claim)? {
        return Err(refused());
    }
    Ok(Fact::Owes { customer, amount, claim })
}

/// The set of contacts is guarded by the version of its customer.
fn contact(work: &mut UnitOfWork, customer: i64, more: bool) -> Outcome<Fact> {
    let customer_id = CustomerId::from_raw(customer);
    work.want_of::<CustomerContacts>([customer_id]);
    let mut owner = work.get::<Customer>(customer_id)?;
    let contacts = work.of::<CustomerContacts>(customer_id)?;
    let last = contacts.last().map_or(0, |contact| contact.position);
    work.save(&mut owner);
    let version = owner.version.raw();
    if more {
        work.add(sample::contact(customer_id, last + 1));
        return Ok(Fact::Contact { customer, position: last + 1, version });
    }
    let Some(gone) = contacts.last() else { return Err(refused()) };
    work.remove::<CustomerContact>(gone);
    Ok(Fact::Forgot { customer, position: last, version })
}

fn look(work: &mut UnitOfWork, which: i64) -> Outcome<Fact> {
    let (product, customer) = (ProductId::from_raw(which), CustomerId::from_raw(which));
    work.want::<Product>([product]);
    work.want::<Stock>([(product, HOUSE)]);
    work.want::<CustomerAccount>([customer]);
    work.want_of::<CustomerContacts>([customer]);
    work.want::<Customer>([customer]);
    let row = work.get::<Product>(product)?;
    let stock = work.get::<Stock>((product, HOUSE))?;
    let account = work.get::<CustomerAccount>(customer)?;
    let (contacts, owner) = (work.of::<CustomerContacts>(customer)?.len(), work.get::<Customer>(customer)?);
    let owed: Money = account.open_orders_minor;
    let (on_hand, reserved) = (stock.on_hand_micro.micro(), stock.reserved_micro.micro());
    let contacts = i64::try_from(contacts).unwrap_or(i64::MAX);
    let figures = [row.version.raw(), on_hand, reserved, owed.minor(), contacts, owner.version.raw()];
    Ok(Fact::Seen(Seen { which, figures }))
}

/// What is there before anything happens.
pub fn found(work: &mut UnitOfWork) -> Outcome<()> {
    for i in 1..=FIRST {
        work.add(sample::product(ProductId::from_raw(i), &format!("P{i}")));
        work.add(Stock::none(ProductId::from_raw(i), HOUSE));
        work.add(sample::customer(CustomerId::from_raw(i)));
        work.add(CustomerAccount::new(CustomerId::from_raw(i), Some(Money::from_minor(LIMIT))));
    }
    Ok(())
}

/// A clock that goes on by a microsecond whenever it is looked at: every transaction has its own time.
pub fn clock() -> store::Clock {
    let looked = AtomicI64::new(1_790_000_000_000_000);
    Arc::new(move || Instant::from_micros(looked.fetch_add(1, Relaxed)))
}

/// The first version.
pub const FIRST_VERSION: i64 = Version::FIRST.raw();
