//! A customer chose what to do about a line that is short.

use domain::{
    Act, Actor, ChangeItem, ChangeSide, ChargeKind, Compensation, Currency, Date, Money, Order, OrderId, OrderLine, PurchaseTerms, Refusal,
    ShortageChoice, ShortageOffer, ShortageOption, ShortageRejection, ShortageSaid, SupplierProduct, TaskCause, UnitPrice, Version,
};
use serde::{Deserialize, Serialize};
use store::rows::{OrderLines, OrderReservations, OrderShortageChoices};
use store::{Held, Outcome, UnitOfWork};

use crate::change::{self, ChangeSent, ItemSent};
use crate::evidence::add::{NewEvidence, add as add_evidence};
use crate::order::{ChargeInput, load};
use crate::purchase::{PurchaseInput, PurchaseLineInput, PurchaseNeed};
use crate::task::{NewTask, open as open_task};
use crate::transfer::{TransferInput, TransferInputLine};

/// What the evidence of a choice proves.
pub const PROVES: &str = "shortage_choice";

/// What was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Number of the order.
    pub order: String,
    /// Version of the order.
    pub order_version: i64,
    /// Number of the choice.
    pub choice_no: i64,
    /// Number of the change order.
    pub change: Option<String>,
    /// Number of the purchase order, a draft.
    pub purchase: Option<String>,
    /// Number of the transfer, a draft.
    pub transfer: Option<String>,
    /// Number of the task.
    pub task: Option<String>,
    /// Whether a choice is written down for every line that is short.
    pub settled: bool,
}

/// What is chosen, and what was looked at before.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What was said.
    pub said: ShortageSaid,
    /// What could be offered.
    pub offers: Vec<ShortageOffer>,
    /// What the offers were worked out for: the order's version then.
    pub looked_at: Version,
    /// Today, as the offers count it.
    pub today: Date,
    /// What proves it.
    pub evidence: NewEvidence,
}

/// Writes down what a customer chose, with what proves it, and makes what follows from it: a change order that asks for approval, a draft of a rush purchase or a
/// transfer, a task for production. Either all of it, or nothing.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field; what a change order refuses.
///
/// Source: INV-03
pub fn choose(work: &mut UnitOfWork, by: &Actor, id: OrderId, choice: &Choice) -> Outcome<Chosen> {
    by.may(Act::ChooseShortage)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OrderReservations>([id]);
    work.want_of::<OrderShortageChoices>([id]);
    let order = load::order(work, id, Some(choice.looked_at))?;
    let lines = work.of::<OrderLines>(id)?;
    let known = work.of::<OrderShortageChoices>(id)?;
    let Some(line) = lines.iter().find(|line| line.line_no == choice.said.line_no) else {
        return Err(Refusal::field("/line_no", domain::FieldRule::Unknown { value: choice.said.line_no.to_string() }).into());
    };
    let (offer, on) = order.check_shortage(&choice.offers, &choice.said, choice.today)?;
    if !choice.evidence.kind.can_prove(PROVES) {
        return Err(Refusal::field("/evidence/kind", ShortageRejection::NotProven).into());
    }
    let evidence = NewEvidence { proves: PROVES.to_owned(), ..choice.evidence.clone() };
    let proof = add_evidence(work, by, id, None, &evidence).map_err(at_evidence)?;

    let made = make(work, by, (&order, line), &offer, on, choice)?;
    let compensation_minor = match choice.said.compensation {
        Compensation::None => Money::ZERO,
        Compensation::FreightWaived => order.freight_minor,
        Compensation::Discount => choice.said.discount,
    };
    let row = ShortageChoice {
        order_id: id,
        line_no: line.line_no,
        choice_no: known.iter().filter(|one| one.line_no == line.line_no).map(|one| one.choice_no).max().unwrap_or(0) + 1,
        short_micro: line.open_to_reserve(),
        option_code: offer.option,
        quantity_micro: offer.quantity,
        promised_on: on,
        extra_cost_minor: offer.extra_cost,
        compensation: choice.said.compensation,
        compensation_minor,
        evidence_id: proof.id.parse().unwrap_or(domain::EvidenceId::NONE),
        change_id: made.change_id,
        purchase_id: made.purchase_id,
        transfer_id: made.transfer_id,
        task_id: made.task_id,
        note: choice.said.note.trim().to_owned(),
        created_by: by.user_id,
        created_at: work.now(),
    };
    let open = |other: &OrderLine| other.open_to_reserve().is_positive() && other.line_no != line.line_no;
    let settled = lines.iter().filter(|other| open(other)).all(|other| known.iter().any(|one| one.line_no == other.line_no));
    let event = order.shortage_chosen(&row, &line.name, settled);
    let choice_no = row.choice_no;
    work.add(row);
    work.record(by, event);
    let order = work.get::<Order>(id)?;
    let (number, order_version) = (order.number.clone(), order.version.raw());
    Ok(Chosen { order: number, order_version, choice_no, settled, ..made.shown })
}

/// What was made, with ids.
#[derive(Default)]
struct Made {
    change_id: Option<domain::ChangeId>,
    purchase_id: Option<domain::PurchaseId>,
    transfer_id: Option<domain::TransferId>,
    task_id: Option<domain::TaskId>,
    shown: Chosen,
}

/// The evidence is a part of what was sent.
fn at_evidence(stopped: store::Stop) -> store::Stop {
    match stopped.refused() {
        Ok(mut refusal) => {
            refusal.fields.iter_mut().for_each(|error| error.pointer = format!("/evidence{}", error.pointer));
            refusal.into()
        }
        Err(other) => other,
    }
}

fn make(work: &mut UnitOfWork, by: &Actor, of: (&Order, &OrderLine), offer: &ShortageOffer, on: Date, choice: &Choice) -> Outcome<Made> {
    let (order, line) = of;
    let mut made = Made::default();
    match offer.option {
        ShortageOption::RushPurchase => {
            let sent = purchase(work, order, line, offer)?;
            let state = crate::purchase::create::draw_up(work, by, &sent)?;
            made.purchase_id = Some(state.id);
            made.shown.purchase = Some(state.number);
        }
        ShortageOption::RushProduction => {
            let id = open_task(work, by, &task(order, line, offer, on))?;
            made.shown.task = Some(work.get::<domain::Task>(id)?.number.clone());
            made.task_id = Some(id);
        }
        ShortageOption::Transfer => {
            let saved = crate::transfer::create::draw_up(work, by, &transfer(order, line, offer, on))?;
            made.transfer_id = saved.id.parse().ok();
            made.shown.transfer = Some(saved.code);
        }
        ShortageOption::Later | ShortageOption::Split | ShortageOption::Substitute => {}
    }
    let items = items(order, line, offer, on, &choice.said);
    if !items.is_empty() {
        let reason = choice.evidence.statement.trim();
        let reason =
            if reason.is_empty() { domain::text(by.language, "shortage.words.change", &[]) } else { reason.chars().take(500).collect() };
        let sent = ChangeSent { side: ChangeSide::Customer, reason, items, units: Vec::new() };
        let drafted = change::create::create(work, by, order.id, None, &sent)?;
        let state = change::submit::submit(work, by, drafted.id, None)?;
        made.change_id = Some(state.id);
        made.shown.change = Some(state.number);
    }
    Ok(made)
}

fn purchase(work: &mut UnitOfWork, order: &Order, line: &OrderLine, offer: &ShortageOffer) -> Outcome<PurchaseInput> {
    let supplier = offer.supplier_id.expect("a rush purchase has a supplier");
    let supplied: Option<Held<SupplierProduct>> = work.find::<SupplierProduct>((supplier, line.product_id))?;
    let quantity = supplied.map_or(offer.quantity, |supplied| supplied.order_quantity(offer.quantity));
    let said = PurchaseLineInput {
        product: line.product_id.to_string(),
        quantity,
        unit: String::new(),
        unit_price: None,
        asked_on: None,
        rush: true,
        need: PurchaseNeed::Order { order: order.id.to_string(), line_no: line.line_no },
        note: String::new(),
    };
    let terms = PurchaseTerms { over_tolerance: None, under_tolerance: None, notes: String::new() };
    Ok(PurchaseInput { supplier: supplier.to_string(), warehouse: order.warehouse_id.to_string(), terms, lines: vec![said] })
}

fn task(order: &Order, line: &OrderLine, offer: &ShortageOffer, on: Date) -> NewTask {
    NewTask {
        detail: format!("{} {} {} {} → {on}", line.product_code, line.name, offer.quantity.decimal(), line.unit),
        order: Some(order.id),
        cause: TaskCause::Person,
        cause_code: PROVES.to_owned(),
        cause_id: line.line_no,
        ..NewTask::of("expedite")
    }
}

fn transfer(order: &Order, line: &OrderLine, offer: &ShortageOffer, on: Date) -> TransferInput {
    let said = TransferInputLine { product: line.product_id.to_string(), quantity: offer.quantity, unit: None, lot: String::new() };
    TransferInput {
        from: offer.warehouse_id.map_or_else(String::new, |id| id.to_string()),
        to: order.warehouse_id.to_string(),
        expected_on: Some(on),
        note: order.number.clone(),
        lines: vec![said],
    }
}

/// What the customer's choice changes about the order itself.
fn items(order: &Order, line: &OrderLine, offer: &ShortageOffer, on: Date, said: &ShortageSaid) -> Vec<ItemSent> {
    let mut items = Vec::new();
    if let (ShortageOption::Substitute, Some(product)) = (offer.option, offer.product_id) {
        let rest = line.quantity_micro - offer.quantity;
        let product = product.to_string();
        if rest.is_positive() {
            items.push(ItemSent::Plain(ChangeItem::Quantity { line_no: line.line_no, quantity: rest }));
            items.push(ItemSent::AddLine { product, quantity: offer.quantity, unit_price: None, note: String::new(), choices: Vec::new() });
        } else {
            let quantity = Some(offer.quantity);
            items.push(ItemSent::SwapProduct { line_no: line.line_no, product, quantity, unit_price: None, choices: Vec::new() });
        }
    } else if offer.option != ShortageOption::Split && order.promised_on.is_none_or(|promised| promised < on) {
        // Of a delivery in parts the first keeps its day.
        items.push(ItemSent::Plain(ChangeItem::PromisedOn { date: on }));
    }
    let charges = || order.charges.iter().map(|charge| ChargeInput::of(charge, order.currency)).collect::<Vec<_>>();
    match said.compensation {
        Compensation::None => {}
        Compensation::FreightWaived => items.push(ItemSent::Charges { charges: charges(), freight: Some(UnitPrice::ZERO) }),
        Compensation::Discount => {
            let mut all = charges();
            all.push(ChargeInput {
                kind: ChargeKind::Other,
                text: domain::text(domain::Language::ZhCn, "shortage.words.discount", &[]),
                allowance: true,
                amount: exact(said.discount, order.currency),
                percent: None,
                tax_rate: None,
            });
            items.push(ItemSent::Charges { charges: all, freight: None });
        }
    }
    items
}

/// An amount as a price of one.
fn exact(amount: Money, currency: Currency) -> UnitPrice {
    UnitPrice::from_micro(amount.minor() * 10_i64.pow(6 - currency.minor_digits()))
}
