//! Opening a link: the proof that what was sent was received.

use domain::{Actor, Confirmation, ConfirmationId, Event, EventKind, LinkId, LinkPurpose, Offer, OfferId, Opened, PublicLink, Quotation};
use store::{Outcome, UnitOfWork};

/// Notes that a link was opened; the first time is told as an event of what it shows, with address and browser.
///
/// # Errors
/// `link.not_valid` where it is over or taken back.
///
/// Source: CNF-01, QUO-01
pub fn open(work: &mut UnitOfWork, by: &Actor, id: LinkId, agent: &str) -> Outcome<bool> {
    let mut link = work.get::<PublicLink>(id)?;
    let opened = link.open(&by.address, agent, work.now())?;
    if opened == Opened::First {
        match link.purpose {
            LinkPurpose::SignConfirmation => confirmation_opened(work, by, &link)?,
            LinkPurpose::AnswerQuotation => quotation_opened(work, by, &link)?,
        }
    }
    if opened != Opened::JustNow {
        work.save(&mut link);
    }
    Ok(opened == Opened::First)
}

fn confirmation_opened(work: &mut UnitOfWork, by: &Actor, link: &PublicLink) -> Outcome<()> {
    let mut confirmation = work.get::<Confirmation>(ConfirmationId::from_raw(link.subject_id))?;
    if confirmation.opened_at.is_none() {
        confirmation.opened_at = Some(work.now());
        work.save(&mut confirmation);
        let event = Event::of_order(EventKind::OrderConfirmationOpened, confirmation.order_id, &confirmation.order_number);
        work.record(by, event.with("no", confirmation.no).with("agent", link.opened_with.as_str()));
    }
    Ok(())
}

fn quotation_opened(work: &mut UnitOfWork, by: &Actor, link: &PublicLink) -> Outcome<()> {
    let mut offer = work.get::<Offer>(OfferId::from_raw(link.subject_id))?;
    let quotation = work.get::<Quotation>(offer.quotation_id)?;
    if let Some(event) = quotation.opened(&mut offer, &link.opened_with, work.now()) {
        work.save(&mut offer);
        work.record(by, event);
    }
    Ok(())
}
