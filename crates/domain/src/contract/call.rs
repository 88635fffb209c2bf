//! Calling off: what orders have taken of a frame line, as a counter under a guard, and what each line of an order takes of it (QUO-04).

use std::ops::Deref;

use super::ContractLine;
use crate::id::ContractId;
use crate::order::{Order, OrderLine, OrderStatus};
use crate::quantity::Quantity;

/// How much of a frame line is called off. It never passes what is agreed, whoever orders at the same time.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractCall {
    /// Key, with the number of the line.
    pub contract_id: ContractId,
    /// Number of the line.
    pub line_no: i64,
    /// Agreed, in the base unit.
    pub agreed_micro: Quantity,
    /// Called off by orders.
    pub called_micro: Quantity,
    /// 1 once the contract has ended: nothing more is called off, but given back.
    pub ended: i64,
}

impl ContractCall {
    /// The counter of a line, where a quantity is agreed on.
    pub fn of(line: &ContractLine) -> Option<Self> {
        let agreed_micro = line.quantity_micro?;
        Some(Self { contract_id: line.contract_id, line_no: line.line_no, agreed_micro, called_micro: Quantity::ZERO, ended: 0 })
    }

    /// What may still be called off.
    pub fn remaining(&self) -> Quantity {
        (self.agreed_micro - self.called_micro).or_zero()
    }

    /// What these lines of one order may have of it: what remains, unless the contract has ended, and what they have already.
    pub fn remaining_for<L: Deref<Target = OrderLine>>(&self, lines: &[L]) -> Quantity {
        let own: Quantity = lines.iter().filter(|line| line.contract_line == self.line_no).map(|line| line.called_micro).sum();
        let free = if self.ended == 0 { self.remaining() } else { Quantity::ZERO };
        free + own
    }
}

impl Order {
    /// Whether it takes of a frame order: from its submission on, until it ends without effect.
    pub fn calls_off(&self) -> bool {
        use OrderStatus::{Approved, AwaitingSignature, Closed, Draft, Effective, Rejected, Reviewed, Submitted, Void};
        match self.status {
            Submitted | Reviewed | Approved | AwaitingSignature | Effective | Closed => true,
            Draft | Rejected | Void | OrderStatus::Cancelled => false,
        }
    }
}

impl OrderLine {
    /// What the line calls off of its frame line now: what is wanted of it, less what was refused; once the order is closed, no more than what was shipped.
    ///
    /// Source: QUO-04
    pub fn calls_off(&self, order: &Order) -> Quantity {
        if self.contract_line == 0 || !order.calls_off() {
            return Quantity::ZERO;
        }
        let most = if order.status == OrderStatus::Closed { self.wanted().min(self.shipped_micro) } else { self.wanted() };
        (most - self.refused_micro).or_zero()
    }
}
