//! A contract for people: what it says, what was called off and remains, the orders behind it, what may be done.

use std::collections::BTreeMap;

use domain::{
    Actor, Attachment, Contract, ContractAction, ContractCall, ContractLine, Date, Language, Quantity, UserId, contract_actions, name_of,
};
use serde::Serialize;
use store::query::contract::Called;
use utoipa::ToSchema;

use crate::error::ProblemGate;
use crate::value::{
    Coded, ContractStatusCode, ContractTermCode, ContractVerbCode, MoneyJson, Named, Numbered, OrderStatusCode, QuantityJson,
    SettlementCode,
};

/// An order line behind a line of a contract.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContractCall)]
pub struct CallJson {
    /// The order.
    pub order: Numbered,
    /// Its state.
    pub status: OrderStatusCode,
    /// Its date.
    pub ordered_on: String,
    /// Number of its line.
    pub line_no: i64,
    /// Called off by it.
    pub called: QuantityJson,
    /// Shipped of it.
    pub shipped: QuantityJson,
    /// What the line comes to, with tax, in the contract's currency.
    pub gross: MoneyJson,
}

/// A line of a contract.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContractLine)]
#[allow(missing_docs)]
pub struct LineJson {
    pub line_no: i64,
    pub product: Coded,
    pub spec: String,
    /// Its base unit.
    pub unit: String,
    /// Agreed price of one base unit.
    pub unit_price: MoneyJson,
    /// How much is agreed on; `null`: only the price is.
    pub quantity: Option<QuantityJson>,
    /// Called off by orders; `null`: only the price is agreed.
    pub called: Option<QuantityJson>,
    /// What may still be called off.
    pub remaining: Option<QuantityJson>,
    /// Called off in percent of what is agreed, rounded down.
    pub called_percent: Option<i64>,
    pub note: String,
    /// The order lines behind it, newest first.
    pub calls: Vec<CallJson>,
}

/// The signed contract.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContractFile)]
#[allow(missing_docs)]
pub struct FileJson {
    pub id: String,
    pub filename: String,
    pub mime: String,
    pub size: i64,
    /// Hex SHA-256, as it was kept.
    pub sha256: String,
}

/// Something that may be done with a contract, or why not.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContractAction)]
pub struct ActionJson {
    /// The verb: POST to it under the contract (`edit`: PUT it).
    pub verb: ContractVerbCode,
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

/// A contract with all that belongs to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Contract)]
#[allow(missing_docs)]
pub struct ContractJson {
    pub id: String,
    pub version: i64,
    pub number: String,
    /// As the day makes it: what is in force expires.
    pub status: ContractStatusCode,
    pub customer: Coded,
    pub customer_ref: String,
    pub title: String,
    pub currency: String,
    pub tax_inclusive: bool,
    pub valid_from: String,
    pub valid_to: String,
    /// Days left until its last day; below zero: it is over.
    pub days_left: i64,
    pub settlement: Option<SettlementCode>,
    pub deposit_rate: Option<String>,
    pub credit_days: Option<i64>,
    pub credit_terms: String,
    pub lead_days: Option<i64>,
    pub delivery_terms: String,
    pub terms: String,
    /// In what an order must not depart from it.
    pub binding: Vec<ContractTermCode>,
    pub lines: Vec<LineJson>,
    /// Orders under it that none of its lines is about, and orders under a contract without lines.
    pub other_orders: Vec<CallJson>,
    /// Frame lines of which something remains.
    pub remaining_lines: i64,
    pub file: Option<FileJson>,
    pub created_by: Named,
    #[schema(format = DateTime)]
    pub created_at: String,
    pub edited_by: Named,
    pub enforced_by: Option<Named>,
    #[schema(format = DateTime)]
    pub enforced_at: Option<String>,
    pub ended_by: Option<Named>,
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
    pub end_reason: String,
    /// Everything that may be done, or why not.
    pub actions: Vec<ActionJson>,
}

/// Everything a page of a contract is made from.
pub(super) struct Page {
    pub contract: Contract,
    pub lines: Vec<ContractLine>,
    pub calls: Vec<ContractCall>,
    pub called: Vec<Called>,
    pub file: Option<Attachment>,
    pub names: BTreeMap<UserId, String>,
    pub today: Date,
}

/// So much of it in percent, rounded down.
fn percent(part: Quantity, whole: Quantity) -> i64 {
    let wide = i128::from(part.micro()) * 100 / i128::from(whole.micro().max(1));
    i64::try_from(wide).unwrap_or(i64::MAX)
}

impl Page {
    fn user(&self, id: UserId) -> Named {
        Named { id: id.to_string(), name: self.names.get(&id).cloned().unwrap_or_default() }
    }

    fn call(&self, one: &Called, unit: &str) -> CallJson {
        CallJson {
            order: Numbered { id: one.order_id.to_string(), number: one.order_number.clone() },
            status: one.status.into(),
            ordered_on: one.ordered_on.to_string(),
            line_no: one.line_no,
            called: QuantityJson::of(one.called, unit),
            shipped: QuantityJson::of(one.shipped, unit),
            gross: MoneyJson::of(one.gross, self.contract.currency),
        }
    }

    fn line(&self, line: &ContractLine) -> LineJson {
        let quantity = |quantity: Quantity| QuantityJson::of(quantity, &line.unit);
        let counter = self.calls.iter().find(|call| call.line_no == line.line_no);
        let called = line.quantity_micro.map(|_| counter.map_or(Quantity::ZERO, |call| call.called_micro));
        LineJson {
            line_no: line.line_no,
            product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
            spec: line.spec.clone(),
            unit: line.unit.clone(),
            unit_price: MoneyJson::price(line.unit_price_micro, self.contract.currency),
            quantity: line.quantity_micro.map(quantity),
            called: called.map(quantity),
            remaining: line.quantity_micro.zip(called).map(|(agreed, called)| quantity((agreed - called).or_zero())),
            called_percent: line.quantity_micro.zip(called).map(|(agreed, called)| percent(called, agreed)),
            note: line.note.clone(),
            calls: self.called.iter().filter(|one| one.contract_line == line.line_no).map(|one| self.call(one, &line.unit)).collect(),
        }
    }

    /// One row an order, for what no line of the contract is about.
    fn others(&self) -> Vec<CallJson> {
        let mut rows: Vec<CallJson> = Vec::new();
        for one in self.called.iter().filter(|one| one.contract_line == 0) {
            let row = CallJson {
                called: QuantityJson::of(Quantity::ZERO, ""),
                shipped: QuantityJson::of(Quantity::ZERO, ""),
                ..self.call(one, "")
            };
            rows.push(row);
        }
        rows
    }
}

impl ActionJson {
    fn of(action: ContractAction, language: Language) -> Self {
        ActionJson {
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

impl ContractJson {
    /// The page of a contract for `by`.
    pub(super) fn of(page: &Page, by: &Actor) -> Self {
        let one = &page.contract;
        let user = |id: Option<UserId>| id.map(|id| page.user(id));
        let at = |instant: Option<domain::Instant>| instant.map(|at| at.to_string());
        let open = page.calls.iter().filter(|call| call.ended == 0 && call.remaining().is_positive()).count();
        let file = |file: &Attachment| FileJson {
            id: file.id.to_string(),
            filename: file.filename.clone(),
            mime: file.mime.clone(),
            size: file.size,
            sha256: one.file_sha256.clone(),
        };
        ContractJson {
            id: one.id.to_string(),
            version: one.version.raw(),
            number: one.number.clone(),
            status: one.status_on(page.today).into(),
            customer: Coded { id: one.customer_id.to_string(), code: one.customer_code.clone(), name: one.customer_name.clone() },
            customer_ref: one.customer_ref.clone(),
            title: one.title.clone(),
            currency: one.currency.as_str().to_owned(),
            tax_inclusive: one.tax_inclusive,
            valid_from: one.valid_from.to_string(),
            valid_to: one.valid_to.to_string(),
            days_left: page.today.days_until(one.valid_to),
            settlement: one.settlement.map(SettlementCode::from),
            deposit_rate: one.deposit_rate.map(|rate| rate.decimal()),
            credit_days: one.credit_days,
            credit_terms: one.credit_terms.clone(),
            lead_days: one.lead_days,
            delivery_terms: one.delivery_terms.clone(),
            terms: one.terms.clone(),
            binding: one.binding.iter().map(|code| ContractTermCode::sent(code.to_owned())).collect(),
            lines: page.lines.iter().map(|line| page.line(line)).collect(),
            other_orders: page.others(),
            remaining_lines: i64::try_from(open).unwrap_or(i64::MAX),
            file: page.file.as_ref().map(file),
            created_by: page.user(one.created_by),
            created_at: one.created_at.to_string(),
            edited_by: page.user(one.edited_by),
            enforced_by: user(one.enforced_by),
            enforced_at: at(one.enforced_at),
            ended_by: user(one.ended_by),
            ended_at: at(one.ended_at),
            end_reason: one.end_reason.clone(),
            actions: contract_actions(one, page.today, by).into_iter().map(|action| ActionJson::of(action, by.language)).collect(),
        }
    }
}
