//! The one table of moves of the purchase order: what may be done in which state, and by whom.

use PurchaseStatus::{Confirmed, Draft, PartlyReceived, Sent};

use super::{Purchase, PurchaseRejection as No, PurchaseStatus};
use crate::actor::Actor;
use crate::codes::codes;
use crate::permission::Act;
use crate::refusal::Refusal;

codes! {
    /// What may be done with a purchase order; the code is the step's name in the API.
    PurchaseVerb in "purchase.verb" {
        /// Sends it to the supplier.
        Send = "send",
        Edit = "edit",
        /// Records what the supplier confirmed.
        Confirm = "confirm",
        /// Takes goods in.
        Receive = "receive",
        /// Gives up what has not come.
        Close = "close",
        Cancel = "cancel",
    }
}

/// One row of the table of moves.
#[derive(Clone, Copy, Debug)]
pub struct PurchaseMove {
    /// What is done.
    pub verb: PurchaseVerb,
    /// In which states.
    pub from: &'static [PurchaseStatus],
    /// Who may.
    pub act: Act,
    /// Whether a reason must be given.
    pub reason: bool,
    refused: fn(PurchaseStatus) -> No,
}

/// The table of moves, in the order people expect the buttons.
#[rustfmt::skip]
pub const PURCHASE_MOVES: &[PurchaseMove] = &[
    PurchaseMove { verb: PurchaseVerb::Send, from: &[Draft], act: Act::CreatePurchase, reason: false, refused: |status| No::NotDraft { status } },
    PurchaseMove { verb: PurchaseVerb::Receive, from: &[Sent, Confirmed, PartlyReceived], act: Act::ReceivePurchase, reason: false, refused: |status| No::NotOnItsWay { status } },
    PurchaseMove { verb: PurchaseVerb::Confirm, from: &[Sent, Confirmed, PartlyReceived], act: Act::CreatePurchase, reason: false, refused: |status| No::NotOnItsWay { status } },
    PurchaseMove { verb: PurchaseVerb::Edit, from: &[Draft], act: Act::CreatePurchase, reason: false, refused: |status| No::NotDraft { status } },
    PurchaseMove { verb: PurchaseVerb::Close, from: &[PartlyReceived], act: Act::CreatePurchase, reason: true, refused: |status| No::NotInPart { status } },
    PurchaseMove { verb: PurchaseVerb::Cancel, from: &[Draft, Sent, Confirmed], act: Act::CreatePurchase, reason: true, refused: |status| No::NotCancellable { status } },
];

impl PurchaseVerb {
    /// Its row of the table.
    pub fn table_row(self) -> &'static PurchaseMove {
        PURCHASE_MOVES.iter().find(|row| row.verb == self).expect("every verb has a row, a test sees to it")
    }
}

impl Purchase {
    /// Whether the table allows this verb to this actor in the order's state.
    ///
    /// # Errors
    /// `denied`; what the table says of the state.
    ///
    /// Source: PUR-01
    pub fn may(&self, verb: PurchaseVerb, by: &Actor) -> Result<(), Refusal> {
        let row = verb.table_row();
        by.may(row.act)?;
        if row.from.contains(&self.status) { Ok(()) } else { Err((row.refused)(self.status).into()) }
    }
}

/// Something that may be done with a purchase order, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseAction {
    /// What.
    pub verb: PurchaseVerb,
    /// Why not; nothing where it may be done.
    pub refusal: Option<Refusal>,
}

/// Every verb of the table for this purchase order and this actor.
pub fn purchase_actions(purchase: &Purchase, by: &Actor) -> Vec<PurchaseAction> {
    PURCHASE_MOVES.iter().map(|row| PurchaseAction { verb: row.verb, refusal: purchase.may(row.verb, by).err() }).collect()
}
