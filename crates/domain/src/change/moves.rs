//! The one table of moves of the change order: what may be done in which state, and by whom.

use ChangeStatus::{Answering, Draft, Submitted};

use super::{ChangeApproval, ChangeOrder, ChangeRejection as No, ChangeStatus};
use crate::actor::Actor;
use crate::approval::StandIn;
use crate::codes::codes;
use crate::order::Order;
use crate::permission::Act;
use crate::refusal::Refusal;

codes! {
    /// What may be done with a change order; the code is the step's name in the API.
    ChangeVerb in "change.verb" {
        Edit = "edit",
        /// Also again, where something has moved since.
        Submit = "submit",
        Approve = "approve",
        Reject = "reject",
        /// Records what the customer said.
        Answer = "answer",
        Withdraw = "withdraw",
    }
}

/// One row of the table of moves.
#[derive(Clone, Copy, Debug)]
pub struct ChangeMove {
    /// What is done.
    pub verb: ChangeVerb,
    /// In which states.
    pub from: &'static [ChangeStatus],
    /// Who may.
    pub act: Act,
    /// Whether a reason must be given.
    pub reason: bool,
    refused: fn(ChangeStatus) -> No,
}

/// The table of moves, in the order people expect the buttons.
#[rustfmt::skip]
pub const CHANGE_MOVES: &[ChangeMove] = &[
    ChangeMove { verb: ChangeVerb::Edit, from: &[Draft], act: Act::CreateChange, reason: false, refused: |status| No::NotDraft { status } },
    ChangeMove { verb: ChangeVerb::Submit, from: &[Draft, Submitted, Answering], act: Act::CreateChange, reason: false, refused: |status| No::NotToSubmit { status } },
    ChangeMove { verb: ChangeVerb::Approve, from: &[Submitted], act: Act::ApproveChange, reason: false, refused: |status| No::NotSubmitted { status } },
    ChangeMove { verb: ChangeVerb::Answer, from: &[Answering], act: Act::AnswerChange, reason: false, refused: |status| No::NotAnswering { status } },
    ChangeMove { verb: ChangeVerb::Reject, from: &[Submitted], act: Act::ApproveChange, reason: true, refused: |status| No::NotSubmitted { status } },
    ChangeMove { verb: ChangeVerb::Withdraw, from: &[Draft, Submitted, Answering], act: Act::CreateChange, reason: true, refused: |status| No::Ended { status } },
];

impl ChangeVerb {
    /// Its row of the table.
    pub fn table_row(self) -> &'static ChangeMove {
        CHANGE_MOVES.iter().find(|row| row.verb == self).expect("every verb has a row, a test sees to it")
    }
}

impl ChangeOrder {
    /// Whether the table allows this verb to this actor in the change's state.
    ///
    /// # Errors
    /// `denied`; what the table says of the state.
    pub fn may(&self, verb: ChangeVerb, by: &Actor) -> Result<&'static ChangeMove, Refusal> {
        let row = verb.table_row();
        by.may(row.act)?;
        if row.from.contains(&self.status) { Ok(row) } else { Err((row.refused)(self.status).into()) }
    }
}

/// Something that may be done with a change order, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeAction {
    /// What.
    pub verb: ChangeVerb,
    /// Why not; nothing where it may be done.
    pub refusal: Option<Refusal>,
}

/// Every verb of the table for this change and this actor; `moved` says whether it would do something else by now than what was submitted.
pub fn change_actions(
    change: &ChangeOrder,
    order: &Order,
    steps: &[ChangeApproval],
    stands_in: &[StandIn],
    moved: bool,
    by: &Actor,
) -> Vec<ChangeAction> {
    let steps: Vec<&ChangeApproval> = steps.iter().collect();
    let check = |verb: ChangeVerb| -> Result<(), Refusal> {
        change.may(verb, by)?;
        match verb {
            ChangeVerb::Approve | ChangeVerb::Reject => {
                super::change_step_for(change, order, &steps, by, stands_in)?;
                if moved && verb == ChangeVerb::Approve { Err(No::Moved.into()) } else { Ok(()) }
            }
            ChangeVerb::Answer if moved => Err(No::Moved.into()),
            ChangeVerb::Submit if change.status.is_open() && !moved => Err(No::NotMoved.into()),
            ChangeVerb::Submit | ChangeVerb::Edit => Ok(order.may_move(crate::lifecycle::Verb::Change).map(|_| ())?),
            ChangeVerb::Answer | ChangeVerb::Withdraw => Ok(()),
        }
    };
    CHANGE_MOVES.iter().map(|row| ChangeAction { verb: row.verb, refusal: check(row.verb).err() }).collect()
}
