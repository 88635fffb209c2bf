//! A purchase order for people: its lines with what is awaited and when, what came in, what may be done.

use std::collections::BTreeMap;

use domain::{
    Actor, Date, Language, OrderId, PurchaseAction, PurchaseCause, PurchaseLine, PurchaseReceipt, UserId, name_of, purchase_actions,
};
use serde::Serialize;
use store::query::purchase::Listed;
use utoipa::ToSchema;

use crate::error::ProblemGate;
use crate::value::{Coded, MoneyJson, Named, Numbered, PurchaseCauseCode, PurchaseStatusCode, PurchaseVerbCode, QuantityJson};

/// A line of a purchase order.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PurchaseLine)]
#[allow(missing_docs)]
pub struct PurchaseLineJson {
    pub line_no: i64,
    pub product: Coded,
    pub spec: String,
    /// Its base unit.
    pub unit: String,
    /// The supplier's code of the product.
    pub supplier_code: String,
    pub quantity: QuantityJson,
    /// Price of one base unit without tax, surcharge included.
    pub unit_price: MoneyJson,
    /// What the line comes to, without tax.
    pub amount: MoneyJson,
    pub rush: bool,
    /// The day on which it is to arrive.
    pub asked_on: String,
    /// The day the supplier confirmed.
    pub confirmed_on: Option<String>,
    /// How much has come.
    pub received: QuantityJson,
    /// How much is still awaited.
    pub open: QuantityJson,
    /// The most that may still come in, with the tolerance; zero where nothing is awaited.
    pub most: QuantityJson,
    /// Days since it was expected; `null` where it is not late.
    pub late_days: Option<i64>,
    pub cause: PurchaseCauseCode,
    /// The sales order it is for.
    pub order: Option<Numbered>,
    /// Number of that order's line; `null`: the whole order.
    pub order_line: Option<i64>,
    pub note: String,
}

/// Goods of a line that came in at once.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PurchaseReceipt)]
#[allow(missing_docs)]
pub struct PurchaseReceiptJson {
    pub id: String,
    pub line_no: i64,
    pub quantity: QuantityJson,
    pub received_on: String,
    /// Days from order to arrival.
    pub lead_days: i64,
    pub reference: String,
    pub note: String,
    pub by: Named,
    #[schema(format = DateTime)]
    pub at: String,
}

/// Something that may be done with a purchase order, or why not.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PurchaseAction)]
pub struct PurchaseActionJson {
    /// The verb: POST to it under the purchase order (`edit`: PUT it).
    pub verb: PurchaseVerbCode,
    /// Its name.
    pub name: String,
    /// Whether it may be done now by who asks.
    pub allowed: bool,
    /// Whether a reason must be given.
    pub needs_reason: bool,
    /// Why not: a stable code.
    pub code: Option<String>,
    /// Why not, for people.
    pub message: Option<String>,
    /// Which gates are shut, with what they miss.
    pub gates: Vec<ProblemGate>,
}

/// A purchase order with all that belongs to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Purchase)]
#[allow(missing_docs)]
pub struct PurchaseJson {
    pub id: String,
    pub version: i64,
    pub number: String,
    pub status: PurchaseStatusCode,
    pub supplier: Coded,
    /// The supplier's number of its confirmation.
    pub supplier_ref: String,
    pub warehouse: Coded,
    pub currency: String,
    /// Percent more than ordered that is taken.
    pub over_tolerance: String,
    /// Percent less than ordered that completes a line.
    pub under_tolerance: String,
    pub notes: String,
    pub lines: Vec<PurchaseLineJson>,
    /// What its lines come to, without tax.
    pub total: MoneyJson,
    /// The first day on which something of it is expected; `null`: nothing is awaited.
    pub expected_on: Option<String>,
    /// What came in, newest first.
    pub receipts: Vec<PurchaseReceiptJson>,
    pub created_by: Named,
    #[schema(format = DateTime)]
    pub created_at: String,
    /// The day it was sent.
    pub ordered_on: Option<String>,
    pub sent_by: Option<Named>,
    #[schema(format = DateTime)]
    pub sent_at: Option<String>,
    pub confirmed_by: Option<Named>,
    #[schema(format = DateTime)]
    pub confirmed_at: Option<String>,
    pub ended_by: Option<Named>,
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
    pub end_reason: String,
    pub actions: Vec<PurchaseActionJson>,
}

/// What the page of a purchase order shows.
pub(super) struct Page {
    pub listed: Listed,
    pub lines: Vec<PurchaseLine>,
    pub receipts: Vec<PurchaseReceipt>,
    pub names: BTreeMap<UserId, String>,
    pub today: Date,
}

impl Page {
    fn user(&self, id: UserId) -> Named {
        Named { id: id.to_string(), name: self.names.get(&id).cloned().unwrap_or_default() }
    }

    fn line(&self, line: &PurchaseLine) -> PurchaseLineJson {
        let purchase = &self.listed.purchase;
        let quantity = |quantity| QuantityJson::of(quantity, &line.unit);
        let open = line.open_micro.is_positive();
        let late = line.expected_on().days_until(self.today);
        let order = || Numbered { id: OrderId::from_raw(line.cause_id).to_string(), number: line.cause_number.clone() };
        PurchaseLineJson {
            line_no: line.line_no,
            product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
            spec: line.spec.clone(),
            unit: line.unit.clone(),
            supplier_code: line.supplier_code.clone(),
            quantity: quantity(line.quantity_micro),
            unit_price: MoneyJson::price(line.unit_price_micro, purchase.currency),
            amount: MoneyJson::of(line.amount_minor, purchase.currency),
            rush: line.rush,
            asked_on: line.asked_on.to_string(),
            confirmed_on: line.confirmed_on.map(|day| day.to_string()),
            received: quantity(line.received_micro),
            open: quantity(line.open_micro),
            most: quantity(if open { line.most(purchase) - line.received_micro } else { line.open_micro }),
            late_days: (open && late > 0).then_some(late),
            cause: line.cause.into(),
            order: (line.cause == PurchaseCause::Order).then(order),
            order_line: (line.cause_line > 0).then_some(line.cause_line),
            note: line.note.clone(),
        }
    }

    fn receipt(&self, one: &PurchaseReceipt) -> PurchaseReceiptJson {
        let unit = self.lines.iter().find(|line| line.line_no == one.line_no).map_or("", |line| line.unit.as_str());
        PurchaseReceiptJson {
            id: one.id.to_string(),
            line_no: one.line_no,
            quantity: QuantityJson::of(one.quantity_micro, unit),
            received_on: one.received_on.to_string(),
            lead_days: one.lead_days,
            reference: one.reference.clone(),
            note: one.note.clone(),
            by: self.user(one.by),
            at: one.at.to_string(),
        }
    }
}

impl PurchaseActionJson {
    fn of(action: PurchaseAction, language: Language) -> Self {
        PurchaseActionJson {
            verb: action.verb.into(),
            name: name_of(language, action.verb),
            allowed: action.refusal.is_none(),
            needs_reason: action.verb.table_row().reason,
            code: action.refusal.as_ref().map(|refusal| refusal.code.to_owned()),
            message: action.refusal.as_ref().map(|refusal| refusal.message(language)),
            gates: action.refusal.iter().flat_map(|refusal| &refusal.gates).map(|gate| ProblemGate::of(gate, language)).collect(),
        }
    }
}

impl PurchaseJson {
    /// The page of a purchase order for `by`.
    pub(super) fn of(page: &Page, by: &Actor) -> Self {
        let one = &page.listed.purchase;
        let user = |id: Option<UserId>| id.map(|id| page.user(id));
        let at = |instant: Option<domain::Instant>| instant.map(|at| at.to_string());
        let house = &page.listed.warehouse;
        PurchaseJson {
            id: one.id.to_string(),
            version: one.version.raw(),
            number: one.number.clone(),
            status: one.status.into(),
            supplier: Coded { id: one.supplier_id.to_string(), code: one.supplier_code.clone(), name: one.supplier_name.clone() },
            supplier_ref: one.supplier_ref.clone(),
            warehouse: Coded { id: one.warehouse_id.to_string(), code: house.0.clone(), name: house.1.clone() },
            currency: one.currency.as_str().to_owned(),
            over_tolerance: one.over_tolerance.decimal(),
            under_tolerance: one.under_tolerance.decimal(),
            notes: one.notes.clone(),
            lines: page.lines.iter().map(|line| page.line(line)).collect(),
            total: MoneyJson::of(one.total_minor, one.currency),
            expected_on: page.listed.expected_on.map(|day| day.to_string()),
            receipts: page.receipts.iter().map(|receipt| page.receipt(receipt)).collect(),
            created_by: page.user(one.created_by),
            created_at: one.created_at.to_string(),
            ordered_on: one.ordered_on.map(|day| day.to_string()),
            sent_by: user(one.sent_by),
            sent_at: at(one.sent_at),
            confirmed_by: user(one.confirmed_by),
            confirmed_at: at(one.confirmed_at),
            ended_by: user(one.ended_by),
            ended_at: at(one.ended_at),
            end_reason: one.end_reason.clone(),
            actions: purchase_actions(one, by).into_iter().map(|action| PurchaseActionJson::of(action, by.language)).collect(),
        }
    }
}
