//! What people say of a task.

use domain::{Order, OrderId, Refusal};
use store::rows::OrderByNumber;
use store::{Outcome, UnitOfWork};

use super::NewTask;
use crate::field::unknown;

/// A task as it is to be, with its order as people name it.
#[derive(Clone, Debug)]
pub struct TaskInput {
    /// What is said of it; its order is named below.
    pub task: NewTask,
    /// Id or number of the order; empty: none.
    pub order: String,
}

impl TaskInput {
    /// With the order found.
    ///
    /// # Errors
    /// `invalid` where there is no such order.
    pub(super) fn resolved(&self, work: &mut UnitOfWork) -> Outcome<NewTask> {
        let order = order(work, &self.order)?;
        Ok(NewTask { order, ..self.task.clone() })
    }
}

fn order(work: &mut UnitOfWork, reference: &str) -> Outcome<Option<OrderId>> {
    let reference = reference.trim();
    if reference.is_empty() {
        return Ok(None);
    }
    if let Ok(id) = reference.parse::<OrderId>()
        && let Some(order) = work.find::<Order>(id)?
    {
        return Ok(Some(order.id));
    }
    match work.one::<OrderByNumber>(reference.to_owned())? {
        Some(order) => Ok(Some(order.id)),
        None => Err(Refusal::invalid(vec![unknown("/order_id", reference)]).into()),
    }
}
