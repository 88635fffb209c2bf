//! The one table of moves of the sales order (lifecycle "Commercial track").
//!
//! It drives the checks of every step, the list of actions an order answers with, the permissions, the diagram in
//! the documentation and the random walk of the tests. Extend the table, not the code around it.

use crate::codes::codes;
use crate::event::EventKind;
use crate::language::Language;
use crate::order::{Order, OrderRejection, OrderStatus};
use crate::permission::Act;
use crate::text::name_of;

codes! {
    /// What may be done with an order; the code is the step's name in the API.
    Verb in "verb" {
        Edit = "edit",
        Submit = "submit",
        Return = "return",
        Review = "review",
        Approve = "approve",
        Reject = "reject",
        /// The order takes effect by itself with the last approval.
        TakeEffect = "take-effect",
        /// The confirmation goes to the customer, again where need be.
        SendConfirmation = "send-confirmation",
        /// The customer signs, by the link.
        Sign = "sign",
        /// The signed paper came back and was checked.
        RecordSignedCopy = "record-signed-copy",
        Reserve = "reserve",
        Ship = "ship",
        Deliver = "deliver",
        Invoice = "invoice",
        RecordPayment = "record-payment",
        /// Money is paid back (CHG-04).
        RecordRefund = "record-refund",
        FollowUp = "follow-up",
        WaiveFollowUp = "waive-follow-up",
        /// Gives up what is still open of a line, or of all (CHG-05).
        CloseShort = "close-short",
        Close = "close",
        Reopen = "reopen",
        Hold = "hold",
        Resume = "resume",
        Void = "void",
        Cancel = "cancel",
        /// Asks for a change by a change order.
        Change = "change",
        Copy = "copy",
    }
}

codes! {
    /// The five tracks an order moves on.
    Track in "track" {
        Commercial = "commercial",
        Supply = "supply",
        Fulfilment = "fulfilment",
        Finance = "finance",
        Service = "service",
    }
}

/// What holding an order does to a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhileHeld {
    /// May be done all the same.
    Allowed,
    /// Waits until the order is resumed.
    Refused,
    /// May be done only then.
    Only,
}

/// One row of the table of moves.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// What is done.
    pub verb: Verb,
    /// In which states.
    pub from: &'static [OrderStatus],
    /// Which states it may lead to; none where the state stays.
    pub to: &'static [OrderStatus],
    /// In which of the states it starts from the state stays.
    pub stays: &'static [OrderStatus],
    /// Who may; nobody where it happens by itself.
    pub act: Option<Act>,
    /// Whether a reason must be given.
    pub reason: bool,
    /// What holding the order does to it.
    pub while_held: WhileHeld,
    /// Which track it moves.
    pub track: Track,
    /// What it says in any other state.
    refused: fn(OrderStatus) -> OrderRejection,
}

use OrderRejection as No;
use OrderStatus::{Approved, AwaitingSignature, Cancelled, Closed, Draft, Effective, Rejected, Reviewed, Submitted, Void};

const fn row(
    verb: Verb,
    act: Act,
    track: Track,
    from: &'static [OrderStatus],
    to: &'static [OrderStatus],
    refused: fn(OrderStatus) -> OrderRejection,
) -> Move {
    Move { verb, from, to, stays: &[], act: Some(act), reason: false, while_held: WhileHeld::Allowed, track, refused }
}

impl Move {
    const fn with_reason(self) -> Self {
        Self { reason: true, ..self }
    }

    const fn not_held(self) -> Self {
        Self { while_held: WhileHeld::Refused, ..self }
    }

    const fn only_held(self) -> Self {
        Self { while_held: WhileHeld::Only, ..self }
    }

    const fn staying(self, stays: &'static [OrderStatus]) -> Self {
        Self { stays, ..self }
    }

    const fn by_itself(self) -> Self {
        Self { act: None, ..self }
    }
}

impl Verb {
    /// The step with which an event happens.
    pub const fn of_event(event: EventKind) -> Option<Self> {
        Some(match event {
            EventKind::OrderSubmitted => Self::Submit,
            EventKind::OrderReviewed => Self::Review,
            EventKind::OrderApproved => Self::Approve,
            EventKind::OrderTookEffect => Self::TakeEffect,
            EventKind::OrderConfirmationSent => Self::SendConfirmation,
            EventKind::OrderSigned => Self::RecordSignedCopy,
            EventKind::OrderReserved | EventKind::OrderReady => Self::Reserve,
            EventKind::OrderShipped => Self::Ship,
            EventKind::ShipmentDelivered => Self::Deliver,
            EventKind::OrderInvoiced => Self::Invoice,
            EventKind::PaymentRecorded => Self::RecordPayment,
            EventKind::FollowUpCompleted => Self::FollowUp,
            EventKind::OrderClosed => Self::Close,
            EventKind::OrderResumed => Self::Resume,
            _ => return None,
        })
    }
}

const OPEN: &[OrderStatus] = &[Draft, Submitted, Reviewed, Approved, AwaitingSignature, Effective];
const PAYABLE: &[OrderStatus] = &[Submitted, Reviewed, Approved, AwaitingSignature, Effective, Cancelled];
const SIGNED_IN: &[OrderStatus] = &[AwaitingSignature, Effective];

/// The table of moves, in the order people expect the buttons.
#[rustfmt::skip]
pub const MOVES: &[Move] = {
    use Track::{Commercial, Finance, Fulfilment, Service, Supply};
    &[
        row(Verb::Edit, Act::EditOrder, Commercial, &[Draft], &[], |status| No::NotDraft { status }),
        row(Verb::Submit, Act::SubmitOrder, Commercial, &[Draft], &[Submitted], |status| No::NotDraft { status }).not_held(),
        row(Verb::Review, Act::ReviewOrder, Commercial, &[Submitted], &[Reviewed], |status| No::NotSubmitted { status }),
        row(Verb::Approve, Act::ApproveOrder, Commercial, &[Reviewed], &[Reviewed, Approved], |status| No::NotReviewed { status }),
        row(Verb::TakeEffect, Act::ApproveOrder, Commercial, &[Approved], &[Effective], |status| No::NotApproved { status }).by_itself(),
        row(Verb::SendConfirmation, Act::SendConfirmation, Commercial, &[Approved, AwaitingSignature, Effective], &[AwaitingSignature], |status| No::NotToConfirm { status }).staying(SIGNED_IN).not_held(),
        row(Verb::Sign, Act::RecordSignedCopy, Commercial, SIGNED_IN, &[Effective], |status| No::NotAwaitingSignature { status }).staying(&[Effective]).by_itself(),
        row(Verb::RecordSignedCopy, Act::RecordSignedCopy, Commercial, SIGNED_IN, &[Effective], |status| No::NotAwaitingSignature { status }).staying(&[Effective]),
        row(Verb::Return, Act::ReturnOrder, Commercial, &[Submitted, Reviewed, Approved, AwaitingSignature], &[Draft], |status| No::NotUnderReview { status }).with_reason(),
        row(Verb::Reject, Act::RejectOrder, Commercial, &[Reviewed], &[Rejected], |status| No::NotReviewed { status }).with_reason(),
        row(Verb::Reserve, Act::ReserveOrder, Supply, &[Effective], &[], |status| No::NotEffective { status }),
        row(Verb::Ship, Act::ShipOrder, Fulfilment, &[Effective], &[], |status| No::NotEffective { status }).not_held(),
        row(Verb::Deliver, Act::DeliverShipment, Fulfilment, &[Effective], &[], |status| No::NotEffective { status }),
        row(Verb::Invoice, Act::InvoiceOrder, Finance, &[Effective], &[], |status| No::NotEffective { status }).not_held(),
        row(Verb::RecordPayment, Act::RecordPayment, Finance, PAYABLE, &[], |status| No::NotPayable { status }),
        row(Verb::RecordRefund, Act::RecordRefund, Finance, &[Effective, Cancelled], &[], |status| No::NotRefundable { status }),
        row(Verb::FollowUp, Act::CompleteFollowUp, Service, &[Effective], &[], |status| No::NotEffective { status }),
        row(Verb::WaiveFollowUp, Act::WaiveFollowUp, Service, &[Effective], &[], |status| No::NotEffective { status }).with_reason(),
        row(Verb::CloseShort, Act::CloseShort, Fulfilment, &[Effective], &[], |status| No::NotEffective { status }).with_reason(),
        row(Verb::Close, Act::CloseOrder, Commercial, &[Effective], &[Closed], |status| No::NotEffective { status }).not_held(),
        row(Verb::Reopen, Act::ReopenOrder, Commercial, &[Closed], &[Effective], |status| No::NotClosed { status }).with_reason(),
        row(Verb::Change, Act::CreateChange, Commercial, &[Effective], &[], |status| No::NotEffective { status }),
        row(Verb::Hold, Act::HoldOrder, Commercial, OPEN, &[], |status| No::NotOpen { status }).with_reason(),
        row(Verb::Resume, Act::HoldOrder, Commercial, OPEN, &[], |status| No::NotOpen { status }).only_held(),
        row(Verb::Void, Act::VoidOrder, Commercial, &[Draft, Submitted, Reviewed, Approved, AwaitingSignature], &[Void], |status| No::NotVoidable { status }).with_reason(),
        row(Verb::Cancel, Act::CancelOrder, Commercial, &[Effective], &[Cancelled], |status| No::NotEffective { status }).with_reason(),
        row(Verb::Copy, Act::CreateOrder, Commercial, OrderStatus::ALL, &[], |status| No::NotOpen { status }),
    ]
};

impl Verb {
    /// Its row of the table.
    pub fn table_row(self) -> &'static Move {
        MOVES.iter().find(|row| row.verb == self).expect("every verb has a row, a test sees to it")
    }
}

impl OrderStatus {
    /// Whether the order still moves: everything but closed, rejected, void and cancelled.
    pub fn is_open(self) -> bool {
        OPEN.contains(&self)
    }

    /// Whether no move leads out of it.
    pub fn is_terminal(self) -> bool {
        MOVES.iter().all(|row| row.to.is_empty() || !row.from.contains(&self))
    }
}

impl Order {
    /// Whether the table allows this verb in the order's state.
    ///
    /// # Errors
    /// What the table says of the state, or `Held`, `AlreadyHeld`, `NotHeld`.
    pub fn may_move(&self, verb: Verb) -> Result<&'static Move, OrderRejection> {
        let row = verb.table_row();
        if !row.from.contains(&self.status) {
            return Err((row.refused)(self.status));
        }
        match (row.while_held, self.held) {
            (WhileHeld::Refused | WhileHeld::Only, true) if self.held_question_no > 0 => {
                Err(No::QuestionOpen { question: self.hold_reason.clone() })
            }
            (WhileHeld::Refused, true) => Err(No::Held { reason: self.hold_reason.clone() }),
            (WhileHeld::Only, false) => Err(No::NotHeld),
            _ if verb == Verb::Hold && self.held => Err(No::AlreadyHeld),
            _ => Ok(row),
        }
    }
}

/// The table as a Mermaid state diagram, for the documentation.
pub fn diagram(language: Language) -> String {
    let mut text = String::from("stateDiagram-v2\n");
    for status in OrderStatus::ALL {
        text.push_str(&format!("    {} : {}\n", status.as_str(), name_of(language, *status)));
    }
    text.push_str("    [*] --> draft\n");
    for row in MOVES {
        for from in row.from.iter().filter(|from| !row.stays.contains(from)) {
            for to in row.to {
                let verb = name_of(language, row.verb);
                text.push_str(&format!("    {} --> {} : {verb}\n", from.as_str(), to.as_str()));
            }
        }
    }
    for status in OrderStatus::ALL.iter().filter(|status| !status.is_open()) {
        text.push_str(&format!("    {} --> [*]\n", status.as_str()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_has_one_row() {
        for verb in Verb::ALL {
            assert_eq!(MOVES.iter().filter(|row| row.verb == *verb).count(), 1, "{verb}");
        }
    }

    #[test]
    fn the_ends_are_ends() {
        let ends: Vec<_> = OrderStatus::ALL.iter().filter(|status| status.is_terminal()).collect();
        assert_eq!(ends, [&Rejected, &Void, &Cancelled]);
        assert!(!Closed.is_open());
    }

    #[test]
    fn every_state_can_be_reached_from_a_draft() {
        let mut reached = vec![Draft];
        while let Some(next) = MOVES
            .iter()
            .filter(|row| row.from.iter().any(|from| reached.contains(from)))
            .flat_map(|row| row.to)
            .find(|to| !reached.contains(to))
        {
            reached.push(*next);
        }
        assert_eq!(reached.len(), OrderStatus::ALL.len());
    }

    #[test]
    fn the_diagram_shows_every_move() {
        let diagram = diagram(Language::ZhCn);
        assert!(diagram.contains("draft --> submitted : 提交"), "{diagram}");
        assert!(diagram.contains("approved --> effective"));
        assert!(!diagram.contains("verb."));
    }
}
