//! The one table of moves of the contract: what may be done in which state, and by whom.

use ContractStatus::{Draft, InForce};

use super::{Contract, ContractRejection as No, ContractStatus};
use crate::actor::Actor;
use crate::codes::codes;
use crate::date::Date;
use crate::permission::Act;
use crate::refusal::Refusal;

codes! {
    /// What may be done with a contract; the code is the step's name in the API.
    ContractVerb in "contract.verb" {
        Edit = "edit",
        /// Puts it in force.
        Enforce = "enforce",
        /// Keeps the signed contract with it.
        Attach = "attach",
        End = "end",
        /// Gives a draft up.
        Withdraw = "withdraw",
    }
}

/// One row of the table of moves.
#[derive(Clone, Copy, Debug)]
pub struct ContractMove {
    /// What is done.
    pub verb: ContractVerb,
    /// In which states.
    pub from: &'static [ContractStatus],
    /// Who may.
    pub act: Act,
    /// Whether a reason must be given.
    pub reason: bool,
    refused: fn(ContractStatus) -> No,
}

/// The table of moves, in the order people expect the buttons.
#[rustfmt::skip]
pub const CONTRACT_MOVES: &[ContractMove] = &[
    ContractMove { verb: ContractVerb::Enforce, from: &[Draft], act: Act::EnforceContract, reason: false, refused: |status| No::NotDraft { status } },
    ContractMove { verb: ContractVerb::Edit, from: &[Draft], act: Act::CreateContract, reason: false, refused: |status| No::NotDraft { status } },
    ContractMove { verb: ContractVerb::Attach, from: &[Draft, InForce], act: Act::CreateContract, reason: false, refused: |status| No::Ended { status } },
    ContractMove { verb: ContractVerb::End, from: &[InForce], act: Act::EnforceContract, reason: true, refused: |status| No::NotInForce { status } },
    ContractMove { verb: ContractVerb::Withdraw, from: &[Draft], act: Act::CreateContract, reason: true, refused: |status| No::NotDraft { status } },
];

impl ContractVerb {
    /// Its row of the table.
    pub fn table_row(self) -> &'static ContractMove {
        CONTRACT_MOVES.iter().find(|row| row.verb == self).expect("every verb has a row, a test sees to it")
    }
}

impl Contract {
    /// Whether the table allows this verb to this actor in the contract's state.
    ///
    /// # Errors
    /// `denied`; what the table says of the state; `Own` for who entered or last changed what is put in force; `Over` once its last day is over.
    ///
    /// Source: QUO-02
    pub fn may(&self, verb: ContractVerb, today: Date, by: &Actor) -> Result<(), Refusal> {
        let row = verb.table_row();
        by.may(row.act)?;
        if !row.from.contains(&self.status) {
            return Err((row.refused)(self.status).into());
        }
        if verb == ContractVerb::Enforce {
            if [self.created_by, self.edited_by].contains(&by.user_id) {
                return Err(No::Own.into());
            }
            if today > self.valid_to {
                return Err(No::Over { valid_to: self.valid_to }.into());
            }
        }
        Ok(())
    }
}

/// Something that may be done with a contract, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractAction {
    /// What.
    pub verb: ContractVerb,
    /// Why not; nothing where it may be done.
    pub refusal: Option<Refusal>,
}

/// Every verb of the table for this contract and this actor.
pub fn contract_actions(contract: &Contract, today: Date, by: &Actor) -> Vec<ContractAction> {
    CONTRACT_MOVES.iter().map(|row| ContractAction { verb: row.verb, refusal: contract.may(row.verb, today, by).err() }).collect()
}
