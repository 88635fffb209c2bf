//! Sending the commands: many callers take them from one list, each through a server, and write down what they were told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use app::credit::{block, end_release, release, unblock};
use app::order::{
    LineInput, OrderInput, OrderState, approve, cancel, close, close_short, copy, create, edit, follow_up, hold, invoice, record_payment,
    record_refund, reject, reserve, return_to_draft, review, ship, submit, void,
};
use app::saved::Saved;
use app::shipment::deliver;
use app::stock::{adjust, receive, relocate, scrap};
use app::transfer;
use app::{App, Replay, customer, invoice as paper, payment};
use domain::{
    Actor, Codes, Counted, InvoiceId, InvoiceKind, OrderId, Part, PaymentId, PaymentMethod, Quantity, Refusal, ReservationKind,
    STANDARD_CHECKLIST, ShipmentId, UnitPrice, Version,
};
use serde::{Deserialize, Serialize};
use store::rows::{OpenReleases, ShipmentLines};
use store::{Failure, Outcome, UnitOfWork};

use crate::command::{self, Act, Command};
use crate::world::{CUSTOMERS, World};

/// What a command answers with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Said {
    Order(OrderState),
    Received(receive::Received),
    Counted(adjust::Counted),
    Scrapped(relocate::Moved),
    Moved(Saved),
    Credit(Saved),
}

/// What a caller was told.
#[derive(Clone, Debug)]
pub struct Told {
    pub command: Command,
    /// The version it was sent with.
    pub seen: Option<i64>,
    pub result: Result<Said, Failure>,
}

/// What callers know of an order.
#[derive(Clone, Debug, Default)]
struct Known {
    id: Option<OrderId>,
    version: i64,
    open_minor: i64,
    shipments: Vec<ShipmentId>,
    invoices: Vec<InvoiceId>,
    payments: Vec<PaymentId>,
}

/// Callers at the same time.
pub struct Callers {
    world: World,
    commands: Vec<Command>,
    next: AtomicUsize,
    known: Mutex<BTreeMap<usize, Known>>,
    /// Commands that make an order and are not answered yet.
    under_way: Mutex<BTreeSet<usize>>,
    told: Mutex<Vec<Told>>,
}

fn last<T: Copy>(all: &[T], back: usize) -> Option<T> {
    all.len().checked_sub(1 + back).map(|place| all[place])
}

/// Plays the commands with so many callers and gives what they were told.
pub async fn play(world: &World, commands: &[Command], callers: usize) -> Vec<Told> {
    let all = Arc::new(Callers {
        world: world.clone(),
        commands: commands.to_vec(),
        next: AtomicUsize::new(0),
        known: Mutex::default(),
        under_way: Mutex::default(),
        told: Mutex::default(),
    });
    let calling: Vec<_> = (0..callers)
        .map(|_| {
            let all = all.clone();
            tokio::spawn(async move { while all.call().await {} })
        })
        .collect();
    for caller in calling {
        caller.await.unwrap();
    }
    std::mem::take(&mut *all.told.lock().unwrap())
}

impl Callers {
    /// The next command; an order that it makes is waited for by those that name it.
    fn take(&self) -> Option<&Command> {
        let mut under_way = self.under_way.lock().unwrap();
        let command = self.commands.get(self.next.fetch_add(1, Relaxed))?;
        if matches!(command.act, Act::Place { .. } | Act::Copy(_)) {
            under_way.insert(command.place);
        }
        Some(command)
    }

    async fn call(&self) -> bool {
        let Some(command) = self.take() else { return false };
        let slot = command.act.order();
        while slot.is_some_and(|slot| self.under_way.lock().unwrap().contains(&slot)) {
            tokio::time::sleep(std::time::Duration::from_micros(500)).await;
        }
        let known = slot.and_then(|slot| self.known.lock().unwrap().get(&slot).cloned());
        // The order was refused: there is nothing to ask for.
        if slot.is_some() && known.is_none() {
            self.under_way.lock().unwrap().remove(&command.place);
            return true;
        }
        let known = known.unwrap_or_default();
        let seen = (command.seen && known.version > 0 && takes_version(&command.act)).then_some(known.version);
        let once = self.send(command, &known, seen, command.server);
        let results = if command.twice {
            let (one, two) = tokio::join!(once, self.send(command, &known, seen, command.server + 1));
            vec![one, two]
        } else {
            vec![once.await]
        };
        for result in results {
            if let Ok(Said::Order(state)) = &result {
                self.learn(command, slot, state);
            }
            self.told.lock().unwrap().push(Told { command: command.clone(), seen, result });
        }
        self.under_way.lock().unwrap().remove(&command.place);
        true
    }

    async fn send(&self, command: &Command, known: &Known, seen: Option<i64>, server: usize) -> Result<Said, Failure> {
        let app = &self.world.apps[server % self.world.apps.len()];
        send(app, &self.world, command, known, seen).await
    }

    fn learn(&self, command: &Command, slot: Option<usize>, state: &OrderState) {
        let slot = if matches!(command.act, Act::Copy(_)) { None } else { slot };
        let mut all = self.known.lock().unwrap();
        let known = all.entry(slot.unwrap_or(command.place)).or_default();
        known.id = Some(state.id);
        if state.version > known.version {
            known.version = state.version;
            let owed = if state.status == domain::OrderStatus::Cancelled { 0 } else { state.payable_minor };
            known.open_minor = owed - state.paid_minor;
        }
        let Some(made) = &state.made else { return };
        match made.kind.as_str() {
            "shipment" if matches!(command.act, Act::Ship { .. }) => push(&mut known.shipments, made.id.parse().ok()),
            "invoice" if matches!(command.act, Act::Invoice { .. }) => push(&mut known.invoices, made.id.parse().ok()),
            "payment" if matches!(command.act, Act::Pay { .. } | Act::Refund { .. }) => push(&mut known.payments, made.id.parse().ok()),
            _ => {}
        }
    }
}

fn push<T: PartialEq>(all: &mut Vec<T>, one: Option<T>) {
    all.extend(one.filter(|one| !all.contains(one)));
}

/// Papers have versions of their own.
fn takes_version(act: &Act) -> bool {
    !matches!(act, Act::Deliver { .. } | Act::VoidInvoice { .. } | Act::Reverse { .. } | Act::Copy(_))
}

fn role(act: &Act) -> &'static str {
    match act {
        Act::Place { .. } | Act::Edit { .. } | Act::Submit(_) | Act::Copy(_) => "sales_rep",
        Act::Approve { finance: false, .. } => "sales_manager",
        Act::Approve { .. } | Act::Invoice { .. } | Act::Pay { .. } | Act::Refund { .. } => "finance",
        Act::Release { .. } | Act::EndRelease { .. } | Act::Block { .. } | Act::Unblock { .. } => "finance",
        Act::Ship { .. } | Act::Receive { .. } | Act::Adjust { .. } | Act::Scrap { .. } | Act::Transfer { .. } => "warehouse",
        _ => "customer_service",
    }
}

async fn send(app: &App, world: &World, command: &Command, known: &Known, seen: Option<i64>) -> Result<Said, Failure> {
    let by = world.actor(role(&command.act));
    let replay = Replay { key: command.key(), request_hash: format!("{:?}", command.act) };
    let (command, known, version) = (command.clone(), known.clone(), seen.map(command::version));
    app.command(&by, Some(replay), move |work, by| act(work, by, &command, &known, version)).await
}

fn act(work: &mut UnitOfWork, by: &Actor, command: &Command, known: &Known, version: Option<Version>) -> Outcome<Said> {
    let id = known.id.unwrap_or(OrderId::NONE);
    let why = "race";
    let state = match &command.act {
        Act::Receive { product, house, pieces } => {
            let line = receive::ReceiptLine::of(&command::product(*product), Quantity::units(*pieces));
            let receipt =
                receive::Receipt { warehouse: command::house(*house), reference: command.key(), note: String::new(), lines: vec![line] };
            return receive::receive(work, by, &receipt).map(Said::Received);
        }
        Act::Scrap { .. } | Act::Transfer { .. } => return goods_act(work, by, command),
        Act::Adjust { product, house, counted } => {
            let counted = Quantity::units(*counted);
            let (warehouse, product, reason) = (command::house(*house), command::product(*product), command.key());
            let count = adjust::Count { warehouse, product, spot: app::stock::SaidSpot::default(), counted, unit: None, reason };
            return adjust::adjust(work, by, &count).map(Said::Counted);
        }
        Act::Release { customer, .. } | Act::EndRelease { customer } | Act::Block { customer } | Act::Unblock { customer } => {
            return credit_act(work, by, &command.act, CUSTOMERS[*customer].0, why).map(Said::Credit);
        }
        Act::Place { customer, lines, external, submit } => {
            let external = external.map_or(String::new(), |number| format!("X{number}"));
            create::create(work, by, &input(CUSTOMERS[*customer].0, lines, external), *submit)
        }
        // An order keeps its customer.
        Act::Edit { lines, .. } => {
            let customer = work.get::<domain::Order>(id)?.customer_code.clone();
            edit::edit(work, by, id, version, &input(&customer, lines, String::new()))
        }
        Act::Submit(_) => submit::submit(work, by, id, version),
        Act::Return(_) => return_to_draft::return_to_draft(work, by, id, version, why, &[]),
        Act::Review(_) => review::review(work, by, id, version, &Codes::parse(&STANDARD_CHECKLIST.join(","))),
        Act::Approve { .. } => approve::approve(work, by, id, version, ""),
        Act::Reject(_) => reject::reject(work, by, id, version, why),
        Act::Void(_) => void::void(work, by, id, version, why),
        Act::Hold(_) => hold::hold(work, by, id, version, why),
        Act::Resume(_) => hold::resume(work, by, id, version),
        Act::Cancel(_) => cancel::cancel(work, by, id, version, &cancel::Cancel::because(why)),
        Act::CloseShort { line, .. } => close_short::close_short(work, by, id, version, line.as_slice(), why),
        Act::Reserve(_) => reserve::reserve(work, by, id, version),
        Act::Firm { hard, .. } => {
            let kind = if *hard { ReservationKind::Hard } else { ReservationKind::Soft };
            app::reservation::firm::firm(work, by, id, version, kind)
        }
        Act::FollowUp(_) => follow_up::follow_up(work, by, id, version, 5, ""),
        Act::Waive(_) => follow_up::waive(work, by, id, version, why),
        Act::Close(_) => close::close(work, by, id, version),
        Act::Reopen(_) => close::reopen(work, by, id, version, why),
        Act::Copy(_) => copy::copy(work, by, id),
        papers => paper_act(work, by, papers, known, version),
    };
    state.map(Said::Order)
}

/// What is thrown away, and what goes from one warehouse to the other.
fn goods_act(work: &mut UnitOfWork, by: &Actor, command: &Command) -> Outcome<Said> {
    match &command.act {
        Act::Transfer { product, house, pieces, arrives } => {
            let quantity = Quantity::units(*pieces);
            let line = transfer::TransferInputLine { product: command::product(*product), quantity, unit: None, lot: String::new() };
            let (from, to) = (command::house(*house), command::house(1 - *house));
            let input = transfer::TransferInput { from, to, expected_on: None, note: command.key(), lines: vec![line] };
            let made = transfer::create::create(work, by, &input)?;
            let id = made.id.parse().map_err(|_| Refusal::not_found("transfer"))?;
            let sent = transfer::send::send(work, by, id, None)?;
            if !arrives {
                return Ok(Said::Moved(sent));
            }
            transfer::receive::receive(work, by, id, None, &[Part { line_no: 1, quantity }], "").map(Said::Moved)
        }
        Act::Scrap { product, house, pieces } => {
            let (warehouse, product, reason) = (command::house(*house), command::product(*product), command.key());
            let from = app::stock::SaidSpot::default();
            let said = scrap::Scrap { warehouse, product, quantity: Quantity::units(*pieces), unit: None, from, reason };
            scrap::scrap(work, by, &said).map(Said::Scrapped)
        }
        other => panic!("{other:?} moves no goods"),
    }
}

/// What finance does about the credit of a customer.
fn credit_act(work: &mut UnitOfWork, by: &Actor, act: &Act, code: &str, why: &str) -> Outcome<Saved> {
    let Some(customer) = customer::by_id_or_code(work, code)? else { return Err(Refusal::not_found("customer").into()) };
    match act {
        Act::Release { minor, millis, .. } => {
            let expires_at = domain::Instant::from_micros(work.now().micros() + millis * 1000);
            let said = release::Release { amount: domain::Money::from_minor(*minor), order: None, expires_at, reason: why.to_owned() };
            release::release(work, by, customer.id, &said)
        }
        Act::EndRelease { .. } => match work.one::<OpenReleases>(customer.id)? {
            Some(open) => end_release::end(work, by, open.id, None, why),
            None => Err(Refusal::not_found("credit_release").into()),
        },
        Act::Block { .. } => block::block(work, by, customer.id, why),
        _ => unblock::unblock(work, by, customer.id, why),
    }
}

/// The acts that make papers, and those on papers.
fn paper_act(work: &mut UnitOfWork, by: &Actor, act: &Act, known: &Known, version: Option<Version>) -> Outcome<OrderState> {
    let id = known.id.unwrap_or(OrderId::NONE);
    let (text, why) = (String::new, "race");
    let none = |noun| Err(Refusal::not_found(noun).into());
    match act {
        Act::Ship { parts, house, .. } => {
            let code = command::house(*house);
            let Some(warehouse) = app::warehouse::by_id_or_code(work, &code)? else { return none("warehouse") };
            let said = ship::Ship {
                warehouse_id: Some(warehouse.id),
                shipped_on: None,
                carrier: text(),
                tracking: text(),
                note: text(),
                parts: parts_of(parts),
                lots: Vec::new(),
            };
            ship::ship(work, by, id, version, &said)
        }
        Act::Deliver { back, refused, .. } => {
            let Some(note) = last(&known.shipments, *back) else { return none("shipment") };
            let counted = |line: &domain::ShipmentLine| {
                let refused = Quantity::units(if line.line_no == 1 { *refused } else { 0 }).min(line.quantity_micro);
                Counted { line_no: line.line_no, accepted: line.quantity_micro - refused, refused }
            };
            let counted =
                if *refused > 0 { Some(work.of::<ShipmentLines>(note)?.iter().map(|line| counted(line)).collect()) } else { None };
            // What is refused is said why.
            let (signer, note_text) = ("李四".to_owned(), why.to_owned());
            let said = deliver::Delivery { delivered_on: None, signer, note: note_text, counted, attachments: Vec::new() };
            deliver::deliver(work, by, note, None, &said)
        }
        Act::Invoice { parts, .. } => {
            let parts = parts.as_ref().map(|parts| parts_of(parts));
            invoice::invoice(work, by, id, version, &invoice::Bill { kind: InvoiceKind::Special, issued_on: None, due_on: None, parts })
        }
        Act::VoidInvoice { back, .. } => match last(&known.invoices, *back) {
            Some(made) => paper::void::void(work, by, made, None, why),
            None => none("invoice"),
        },
        Act::Pay { minor, .. } | Act::Refund { minor, .. } => {
            let refund = matches!(act, Act::Refund { .. });
            let all = if refund { -known.open_minor } else { known.open_minor };
            let amount = UnitPrice::from_micro(minor.unwrap_or(all.max(1)) * 10_000);
            let method = PaymentMethod::Bank;
            let said = record_payment::Receipt {
                amount,
                currency: None,
                method,
                paid_on: None,
                exchange_rate: None,
                reference: text(),
                note: text(),
            };
            if refund {
                record_refund::record_refund(work, by, id, version, &said)
            } else {
                record_payment::record_payment(work, by, id, version, &said)
            }
        }
        Act::Reverse { back, .. } => match last(&known.payments, *back) {
            Some(made) => payment::reverse::reverse(work, by, made, None, why),
            None => none("payment"),
        },
        other => panic!("{other:?} makes no paper"),
    }
}

fn parts_of(parts: &[(i64, i64)]) -> Vec<Part> {
    parts.iter().map(|(line_no, pieces)| Part { line_no: *line_no, quantity: Quantity::units(*pieces) }).collect()
}

fn input(customer: &str, lines: &[(usize, i64)], external_number: String) -> OrderInput {
    let line = |(product, pieces): &(usize, i64)| LineInput {
        product: command::product(*product),
        quantity: Quantity::units(*pieces),
        unit_price: Some(UnitPrice::from_micro(100_000_000)),
        ..LineInput::default()
    };
    let required_on = domain::Date::parse("2099-12-31").ok();
    OrderInput {
        customer: customer.to_owned(),
        required_on,
        external_number,
        packing: "箱".into(),
        lines: lines.iter().map(line).collect(),
        ..OrderInput::default()
    }
}

/// Asks again under some of the keys that were answered: the answer is the same, and nothing is done twice.
///
/// # Errors
/// The key that was answered differently.
pub async fn repeat(world: &World, told: &[Told]) -> Result<(), String> {
    for told in told.iter().filter(|told| told.result.is_ok()).step_by(9) {
        let again = send(&world.apps[world.apps.len() - 1], world, &told.command, &Known::default(), None).await;
        if again != told.result {
            return Err(format!("{} was told {:?}, then {again:?}", told.command.key(), told.result));
        }
    }
    Ok(())
}
