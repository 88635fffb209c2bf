//! The contract of an order, as pages of orders and their checks show it: where the order departs from it, with what both say.

use domain::{Agreed, Contract, ContractDifference, Language, Order, OrderLine, name_of, text};
use serde::Serialize;
use utoipa::ToSchema;

use crate::value::{ContractStatusCode, ContractTermCode, QuantityJson};

/// Where an order says something else than its contract.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContractDifference)]
pub struct DifferenceJson {
    /// In what.
    pub term: ContractTermCode,
    /// Its name.
    pub name: String,
    /// Number of the order's line; `null`: the order as a whole.
    pub line_no: Option<i64>,
    /// What the contract says, for people.
    pub agreed: String,
    /// What the order says, for people.
    pub ordered: String,
    /// Whether the contract binds here: then the order is refused; else it needs a reason.
    pub binding: bool,
}

impl DifferenceJson {
    pub(crate) fn of(one: &ContractDifference, language: Language) -> Self {
        DifferenceJson {
            term: one.term().into(),
            name: name_of(language, one.term()),
            line_no: one.line_no,
            agreed: one.agreed.detail().shown(language),
            ordered: one.ordered.detail().shown(language),
            binding: one.binding,
        }
    }
}

/// What a frame line has left for an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContractRemaining)]
pub struct RemainingJson {
    /// Number of the contract's line.
    pub line_no: i64,
    /// Id of the product.
    pub product_id: String,
    /// Its name.
    pub name: String,
    /// What remains, what this order has called off already included.
    pub remaining: QuantityJson,
}

/// The contract of an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderContract)]
pub struct OrderContractJson {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Its state, as kept.
    pub status: ContractStatusCode,
    /// Last day on which orders are placed under it.
    pub valid_to: String,
    /// Where the order departs from it.
    pub differences: Vec<DifferenceJson>,
    /// Why it does.
    pub reason: String,
    /// What its frame lines have left for this order.
    pub remaining: Vec<RemainingJson>,
}

impl OrderContractJson {
    /// The contract of an order.
    pub(crate) fn of(agreed: &Agreed, order: &Order, differences: &[ContractDifference], language: Language) -> Self {
        let left = |(line_no, left): (&i64, &domain::Quantity)| {
            let line = agreed.lines.iter().find(|line| line.line_no == *line_no)?;
            let remaining = QuantityJson::of(*left, &line.unit);
            Some(RemainingJson { line_no: *line_no, product_id: line.product_id.to_string(), name: line.name.clone(), remaining })
        };
        OrderContractJson {
            id: agreed.contract.id.to_string(),
            number: agreed.contract.number.clone(),
            title: agreed.contract.title.clone(),
            status: agreed.contract.status.into(),
            valid_to: agreed.contract.valid_to.to_string(),
            differences: differences.iter().map(|one| DifferenceJson::of(one, language)).collect(),
            reason: order.contract_reason.clone(),
            remaining: agreed.remaining.iter().filter_map(left).collect(),
        }
    }
}

/// A contract that an order may be placed under.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ProposedContract)]
pub struct ProposedJson {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What it is about.
    pub title: String,
}

impl ProposedJson {
    pub(crate) fn of(contract: &Contract) -> Self {
        ProposedJson { id: contract.id.to_string(), number: contract.number.clone(), title: contract.title.clone() }
    }
}

/// Which line of the contract gave a price, for people; nothing where another rule did.
pub(crate) fn rule(line: &OrderLine, agreed: Option<&Agreed>, language: Language) -> Option<String> {
    let agreed = agreed.filter(|_| line.price_source == domain::PriceSource::Contract)?;
    let details = [("contract", agreed.contract.number.clone().into()), ("line", line.contract_line.into())];
    Some(text(language, "price.rule.contract", &details))
}
