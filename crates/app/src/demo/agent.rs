//! An agent of the demo: a trading company through which two supermarkets order.

use domain::{CommissionBasis, Rate};
use store::Failure;

use super::people::Staff;
use crate::App;
use crate::agent::assign;
use crate::agent::create::{AgentTerms, create};

/// Who agrees on the terms.
const APPROVER: &str = "manager";

/// Codes of the agent and of the customers that order through it.
pub const AGENT: &str = "C1003";
const THROUGH_IT: [&str; 2] = ["C1006", "C1007"];

/// Percent of what is invoiced, in basis points.
const COMMISSION_BP: i64 = 350;

/// Agrees on the terms, before anything is ordered.
///
/// # Errors
/// Any failure of the database.
pub async fn write(app: &App, staff: &Staff) -> Result<(), Failure> {
    let terms = AgentTerms {
        commission: Rate::from_bp(COMMISSION_BP),
        basis: CommissionBasis::Invoiced,
        notes: "华南区域代理，佣金按月对账".to_owned(),
    };
    let by = staff.by(APPROVER);
    let made = app.command(by, None, move |work, by| create(work, by, AGENT, &terms)).await?;
    let agent: domain::CustomerId = made.id.parse().map_err(|_| store::Fault::Broken("the id of an agent".to_owned()))?;
    for customer in THROUGH_IT {
        app.command(by, None, move |work, by| assign::assign(work, by, agent, customer)).await?;
    }
    Ok(())
}
