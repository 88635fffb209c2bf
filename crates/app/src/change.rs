//! Change orders: made, looked at, submitted, approved, answered by the customer, applied (CHG-01, CHG-02, CHG-03).

mod apply;
mod input;
mod look;

pub mod answer;
pub mod approve;
pub mod create;
pub mod edit;
pub mod preview;
pub mod reject;
pub mod submit;
pub mod withdraw;

use domain::{Actor, ChangeId, ChangeOrder, ChangeStatus, Event, GateRefusal, Order, OrderId, OrderLine, Part, Verb, Version};
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use store::rows::OpenChanges;
use store::{Held, Outcome, UnitOfWork};

pub use input::{ChangeSent, ItemSent};
pub use look::Looked;

use crate::saved::on_version;

/// A change order after a step, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeState {
    /// Its id.
    pub id: ChangeId,
    /// Its number.
    pub number: String,
    /// For the next change.
    pub version: i64,
    /// Its state.
    pub status: ChangeStatus,
    /// Its order.
    pub order_id: OrderId,
    /// Number of its order.
    pub order_number: String,
    /// The order's version, where the step changed the order.
    pub order_version: Option<i64>,
}

impl ChangeState {
    fn of(change: &ChangeOrder, order: Option<&Order>) -> Self {
        ChangeState {
            id: change.id,
            number: change.number.clone(),
            version: change.version.raw(),
            status: change.status,
            order_id: change.order_id,
            order_number: change.order_number.clone(),
            order_version: order.map(|order| order.version.raw()),
        }
    }
}

/// The change order, at the version the caller saw.
fn load(work: &mut UnitOfWork, id: ChangeId, version: Option<Version>) -> Outcome<Held<ChangeOrder>> {
    let change = work.get::<ChangeOrder>(id)?;
    on_version(version, change.version, "change")?;
    Ok(change)
}

/// Writes what a step changed of the change order alone.
fn keep(work: &mut UnitOfWork, by: &Actor, mut change: Held<ChangeOrder>, event: Event) -> ChangeState {
    work.save(&mut change);
    work.record(by, event);
    ChangeState::of(&change, None)
}

/// The gate that an open change of the order shuts before this step.
///
/// # Errors
/// Leaves when the order's changes are not loaded yet.
pub(crate) fn shut<L: Deref<Target = OrderLine>>(
    work: &mut UnitOfWork,
    order: &Order,
    lines: &[L],
    verb: Verb,
    parts: Option<&[Part]>,
) -> Outcome<Option<GateRefusal>> {
    let open = work.of::<OpenChanges>(order.id)?;
    Ok(domain::open_change_gate(&open, lines, verb, parts))
}
