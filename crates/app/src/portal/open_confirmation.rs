//! Signing at the portal: a link of the person's own to the confirmation that waits.

use domain::{Actor, Confirmation, LinkPurpose, OrderId};
use serde::{Deserialize, Serialize};
use store::rows::OrderConfirmations;
use store::{Held, Outcome, UnitOfWork};

use super::own_order;
use crate::link::{self, NewLink, Token};

/// Days for which such a link may be used: whoever is signed in gets another one at any time.
const VALID_DAYS: i64 = 1;

/// A link that was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Opened {
    /// Hash of its secret. A repeated request is answered with that of the first.
    pub token_hash: String,
}

/// Makes a link to the confirmation of an order that waits for its customer, however it was sent.
///
/// # Errors
/// `not-found` for orders of others, and where none was sent; `confirmation.already_signed`, `confirmation.superseded`, `confirmation.withdrawn`.
///
/// Source: CNF-02, INT-07
pub fn open_confirmation(work: &mut UnitOfWork, by: &Actor, id: OrderId, token: &Token) -> Outcome<Opened> {
    work.want_of::<OrderConfirmations>([id]);
    let order = own_order(work, by, id)?;
    let sent = work.of::<OrderConfirmations>(id)?;
    let last: Option<Held<Confirmation>> = sent.into_iter().max_by_key(|confirmation| confirmation.no);
    let confirmation = last.ok_or_else(|| domain::Refusal::not_found("confirmation"))?;
    confirmation.check_open()?;
    let new = NewLink {
        purpose: LinkPurpose::SignConfirmation,
        subject: ("confirmation", confirmation.id.raw(), &order.number),
        token,
        sent_to: "",
        language: by.language,
        valid_days: VALID_DAYS,
    };
    let link = link::create(work, by, &new);
    Ok(Opened { token_hash: link.token_hash })
}
