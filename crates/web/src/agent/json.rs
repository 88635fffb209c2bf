//! Agents for people: their terms, who orders through them, and what they earned in a month.

use domain::{AgentCustomer, Customer, Instant};
use serde::Serialize;
use store::query::agent::{Days, Earned, Known};
use utoipa::ToSchema;

use crate::export::{Cell, Column, Tabular};
use crate::value::{Coded, CommissionBasisCode, MoneyJson};

/// An agent in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgentRow {
    /// Id of its customer file.
    pub id: String,
    /// Its customer file.
    pub customer: Coded,
    /// For `If-Match`.
    pub version: i64,
    /// Whether its terms are active.
    pub active: bool,
    /// Percent of the net amount.
    pub commission_rate: String,
    /// What it is counted by.
    pub basis: CommissionBasisCode,
    /// How many customers order through it.
    pub customers: i64,
    /// What it earned in the month, by currency; empty: nothing.
    pub commission: Vec<MoneyJson>,
    /// Since when there are terms.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

impl AgentRow {
    /// Of an agent, and what it earned.
    pub(super) fn of(known: &Known, totals: &[Earned]) -> Self {
        let agent = &known.agent;
        let own = totals.iter().filter(|earned| earned.agent_id == agent.customer_id);
        AgentRow {
            id: agent.customer_id.to_string(),
            customer: coded(known),
            version: agent.version.raw(),
            active: agent.active,
            commission_rate: agent.commission_bp.decimal(),
            basis: agent.basis.into(),
            customers: known.customers,
            commission: own.map(|earned| MoneyJson::of(earned.commission, earned.currency)).collect(),
            created_at: agent.created_at,
        }
    }
}

impl Tabular for AgentRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "code", cell: |row| Cell::from(&row.customer.code) },
        Column { name: "name", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "commission_rate", cell: |row| Cell::Number(row.commission_rate.clone()) },
        Column { name: "commission_basis", cell: |row| Cell::from(&row.basis.0) },
        Column { name: "end_customers", cell: |row| Cell::from(row.customers) },
        Column { name: "commission", cell: |row| commission(&row.commission) },
        Column { name: "active", cell: |row| row.active.into() },
    ];
}

/// One amount as a number; several with their currencies as a text.
fn commission(amounts: &[MoneyJson]) -> Cell {
    match amounts {
        [] => Cell::Empty,
        [one] => Cell::Number(one.amount.clone()),
        several => Cell::Text(several.iter().map(|one| format!("{} {}", one.amount, one.currency)).collect::<Vec<_>>().join(", ")),
    }
}

/// The customer file of an agent.
pub(super) fn coded(known: &Known) -> Coded {
    Coded { id: known.agent.customer_id.to_string(), code: known.code.clone(), name: known.name.clone() }
}

/// Any customer file.
pub(crate) fn file(customer: &Customer) -> Coded {
    Coded { id: customer.id.to_string(), code: customer.code.clone(), name: customer.name.clone() }
}

/// A customer that orders through an agent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EndCustomer {
    /// Its file.
    pub customer: Coded,
    /// Since which day.
    pub since: String,
    /// Whether it may order.
    pub active: bool,
}

/// What was earned in a currency.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgentTotal {
    /// Net amount it was counted by.
    pub net: MoneyJson,
    /// Commission.
    pub commission: MoneyJson,
    /// Lines of the statement.
    pub lines: i64,
}

/// An agent.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Agent)]
pub struct AgentJson {
    /// Id of its customer file.
    pub id: String,
    /// Its customer file.
    pub customer: Coded,
    /// For `If-Match`.
    pub version: i64,
    /// Whether its terms are active.
    pub active: bool,
    /// Percent of the net amount.
    pub commission_rate: String,
    /// What it is counted by.
    pub basis: CommissionBasisCode,
    /// What else was agreed.
    pub notes: String,
    /// The customers that order through it, by code.
    pub customers: Vec<EndCustomer>,
    /// How many there are.
    pub customer_count: i64,
    /// The month that is shown, as `2026-11`.
    pub month: String,
    /// What it earned in it, by currency.
    pub totals: Vec<AgentTotal>,
    /// Since when there are terms.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// What the page of an agent shows.
pub(super) struct AgentShown {
    pub known: Known,
    pub customers: Vec<(AgentCustomer, Customer)>,
    pub totals: Vec<Earned>,
    pub days: Days,
}

impl AgentJson {
    pub(super) fn of(shown: &AgentShown) -> Self {
        let agent = &shown.known.agent;
        let end = |(link, customer): &(AgentCustomer, Customer)| EndCustomer {
            customer: file(customer),
            since: link.since.to_string(),
            active: customer.active,
        };
        let total = |earned: &Earned| AgentTotal {
            net: MoneyJson::of(earned.net, earned.currency),
            commission: MoneyJson::of(earned.commission, earned.currency),
            lines: earned.lines,
        };
        AgentJson {
            id: agent.customer_id.to_string(),
            customer: coded(&shown.known),
            version: agent.version.raw(),
            active: agent.active,
            commission_rate: agent.commission_bp.decimal(),
            basis: agent.basis.into(),
            notes: agent.notes.clone(),
            customers: shown.customers.iter().map(end).collect(),
            customer_count: shown.known.customers,
            month: shown.days.0.as_str().chars().take(7).collect(),
            totals: shown.totals.iter().map(total).collect(),
            created_at: agent.created_at,
        }
    }
}
