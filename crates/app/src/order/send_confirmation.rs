//! Sending the confirmation of an order to its customer.

use domain::{
    Act, Actor, AttachmentKind, Confirmation, ConfirmationInput, ConfirmationRejection, ConfirmationStatus, ConfirmationWay, Event,
    LINK_DAYS, Language, LinkPurpose, Order, OrderId, Verb, Version,
};
use serde::{Deserialize, Serialize};
use store::rows::{OrderChanges, OrderConfirmations, OrderLines};
use store::{Outcome, UnitOfWork};

use super::confirmation::{self, Content};
use super::{OrderState, gate, load};
use crate::link::{self, NewLink, Token};

/// A confirmation to be sent.
#[derive(Clone, Debug)]
pub struct Sending {
    /// How it goes.
    pub way: ConfirmationWay,
    /// E-mail address or fax number.
    pub to: String,
    /// Of the document and the page.
    pub language: Language,
    /// The document.
    pub document: Content,
    /// The version of the order that the document was made of; nothing: it was brought.
    pub made_of: Option<Version>,
    /// Secret of the customer's link.
    pub token: Token,
}

/// What was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sent {
    /// The order.
    pub order: OrderState,
    /// Hash of the link's secret; nothing where it went on paper. A repeated request is answered with that of the first.
    pub token_hash: Option<String>,
}

/// Sends the confirmation, by e-mail with a link, by a link that somebody hands over, or on paper; an approved order waits for the signature then. Sent
/// again, the one before is superseded.
///
/// # Errors
/// `order.not_to_confirm`, `order.already_signed`, `order.held`; `stale`, `confirmation.changed`; `invalid` at `/to` and `/way`; the gates.
///
/// Source: CNF-01, CNF-03
pub fn send_confirmation(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, new: &Sending) -> Outcome<Sent> {
    by.may(Act::SendConfirmation)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OrderConfirmations>([id]);
    work.want_of::<OrderChanges>([id]);
    let mut order = load::order(work, id, version)?;
    let lines = work.of::<OrderLines>(id)?;
    order.check_confirmation()?;
    if new.made_of.is_some_and(|made_of| made_of != order.version) {
        return Err(ConfirmationRejection::Changed.into());
    }
    gate::pass(work, &order, &lines, Verb::SendConfirmation)?;
    let before = work.of::<OrderConfirmations>(id)?.iter().map(|sent| sent.no).max().unwrap_or(0);
    let valid_days = gate::rules(work, &order)?.confirmation.as_ref().map_or(LINK_DAYS, |rule| rule.valid_days);
    let (today, _) = confirmation::today(work, &order)?;
    confirmation::end(work, id, ConfirmationStatus::Superseded)?;

    let document_id = confirmation::keep(work, by, &order, AttachmentKind::Confirmation, &new.document)?;
    let confirmation_id = work.id();
    let input = ConfirmationInput {
        id: confirmation_id,
        order_revision: confirmation::order_revision(&work.of::<OrderChanges>(id)?),
        way: new.way,
        sent_to: new.to.trim(),
        language: new.language,
        link_id: None,
        document: (document_id, &new.document.sha256),
        today,
    };
    let (mut sent, event) = order.send_confirmation(&lines, before, &input, by, work.now())?;
    let token_hash = invite(work, by, &order, &mut sent, &new.token, valid_days, &event)?;

    work.add(sent);
    work.save(&mut order);
    work.record(by, event);
    Ok(Sent { order: OrderState::of(&order), token_hash })
}

/// Gives the customer a link, and sends it where it goes by e-mail.
///
/// # Errors
/// As [`link::mail`].
pub(super) fn invite(
    work: &mut UnitOfWork,
    by: &Actor,
    order: &Order,
    sent: &mut Confirmation,
    token: &Token,
    valid_days: i64,
    event: &Event,
) -> Outcome<Option<String>> {
    if sent.way == ConfirmationWay::Print {
        return Ok(None);
    }
    let mailed = sent.way == ConfirmationWay::Email;
    let new = NewLink {
        purpose: LinkPurpose::SignConfirmation,
        subject: ("confirmation", sent.id.raw(), &order.number),
        token,
        sent_to: if mailed { &sent.sent_to } else { "" },
        language: sent.language,
        valid_days,
    };
    let link = link::create(work, by, &new);
    if mailed {
        link::mail(work, &link, token, "order_confirmation", event, Some(order))?;
    }
    sent.link_id = Some(link.id);
    Ok(Some(link.token_hash))
}
