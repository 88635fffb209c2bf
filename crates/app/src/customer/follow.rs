//! What is kept under a file that was merged goes under the file that stays (PTY-03).
//!
//! Some of it at once with the merge, the rest in bounded batches right behind it, and what was written by somebody who had not seen the merge
//! when it happened by the server's ticker. Until a paper has followed it is counted where its account says.

use domain::intake::IntakePhrase;
use domain::{
    Agent, AgentCustomer, ChangeOrder, Consent, Contract, CreditRelease, Customer, CustomerAccount, CustomerId, CustomerMerge, Document,
    Inquiry, LastPrice, MergeState, Message, MessageThread, Order, OrderAgent, PortalUser, Price, Promotion, PromotionUse, Quotation,
    Rebate, Refusal, Version,
};
use store::query::merge::{self, Papers};
use store::rows::{IntakePhrases, MergesInto, OrderChanges, OrderFollowUps, OrderInvoices, OrderPayments, OrderShipments, Prices};
use store::{Failure, Outcome, UnitOfWork};

use crate::App;

/// As many of each kind as go in one transaction.
pub const BATCH: i64 = 100;

/// Merged files that are looked after at a time.
const FILES: i64 = 20;

/// How long somebody may still write who has not seen a merge.
const LATE_MINUTES: i64 = 10;

/// Puts papers under the file that stays; what is there already stays where it is.
///
/// # Errors
/// Leaves when something is not loaded yet.
pub fn put(work: &mut UnitOfWork, from: CustomerId, into: CustomerId, papers: &Papers) -> Outcome<()> {
    want(work, from, into, papers);
    macro_rules! one {
        ($row:expr) => {{
            let mut row = $row;
            if row.customer_id == from {
                row.customer_id = into;
                work.save(&mut row);
            }
        }};
    }
    macro_rules! each {
        ($row:ty, $ids:expr) => {
            for id in $ids {
                if let Some(row) = work.find::<$row>(*id)? {
                    one!(row);
                }
            }
        };
    }
    macro_rules! of_order {
        ($set:ty, $order:expr) => {
            for row in work.of::<$set>($order)? {
                one!(row);
            }
        };
    }
    for id in &papers.orders {
        of_order!(OrderShipments, *id);
        of_order!(OrderInvoices, *id);
        of_order!(OrderPayments, *id);
        of_order!(OrderFollowUps, *id);
        of_order!(OrderChanges, *id);
    }
    each!(Order, &papers.orders);
    each!(Quotation, &papers.quotations);
    each!(ChangeOrder, &papers.changes);
    each!(Contract, &papers.contracts);
    each!(Promotion, &papers.promotions);
    each!(Rebate, &papers.rebates);
    each!(Consent, &papers.consents);
    each!(CreditRelease, &papers.releases);
    each!(PortalUser, &papers.portal_users);
    each!(Message, &papers.messages);
    talk(work, from, into)?;
    for id in &papers.documents {
        if let Some(mut row) = work.find::<Document>(*id)?.filter(|row| row.customer_id == Some(from)) {
            row.customer_id = Some(into);
            work.save(&mut row);
        }
    }
    for id in &papers.inquiries {
        if let Some(mut row) = work.find::<Inquiry>(*id)?.filter(|row| row.customer_id == Some(from)) {
            row.customer_id = Some(into);
            work.save(&mut row);
        }
    }
    agency(work, from, into, papers)?;
    uses(work, from, into, papers)?;
    prices(work, from, into, papers)?;
    words(work, from, into, papers)
}

/// Asks for everything at once.
fn want(work: &mut UnitOfWork, from: CustomerId, into: CustomerId, papers: &Papers) {
    work.want::<Order>(papers.orders.iter().copied());
    work.want_of::<OrderShipments>(papers.orders.iter().copied());
    work.want_of::<OrderInvoices>(papers.orders.iter().copied());
    work.want_of::<OrderPayments>(papers.orders.iter().copied());
    work.want_of::<OrderFollowUps>(papers.orders.iter().copied());
    work.want_of::<OrderChanges>(papers.orders.iter().copied());
    work.want::<Quotation>(papers.quotations.iter().copied());
    work.want::<ChangeOrder>(papers.changes.iter().copied());
    work.want::<Inquiry>(papers.inquiries.iter().copied());
    work.want::<Contract>(papers.contracts.iter().copied());
    work.want::<Consent>(papers.consents.iter().copied());
    work.want::<Promotion>(papers.promotions.iter().copied());
    work.want::<Rebate>(papers.rebates.iter().copied());
    work.want::<PromotionUse>(papers.promotion_uses.iter().flat_map(|id| [(*id, from), (*id, into)]));
    work.want::<CreditRelease>(papers.releases.iter().copied());
    work.want::<PortalUser>(papers.portal_users.iter().copied());
    work.want::<Message>(papers.messages.iter().copied());
    work.want::<MessageThread>([from, into]);
    work.want::<Document>(papers.documents.iter().copied());
    work.want::<IntakePhrase>(papers.phrases.iter().copied());
    work.want::<Agent>([from, into]);
    work.want::<AgentCustomer>(papers.agent_customers.iter().copied().chain([into]));
    work.want::<OrderAgent>(papers.agent_orders.iter().copied());
    for side in [from, into] {
        work.want_of::<Prices>(papers.priced.iter().map(|product| (*product, side)));
        work.want::<LastPrice>(papers.bought.iter().map(|product| (side, *product)));
    }
}

/// What was said to both is one conversation; what somebody has not read of one, he has not read.
fn talk(work: &mut UnitOfWork, from: CustomerId, into: CustomerId) -> Outcome<()> {
    let Some(old) = work.find::<MessageThread>(from)? else { return Ok(()) };
    match work.find::<MessageThread>(into)? {
        Some(mut own) => {
            own.last_at = own.last_at.max(old.last_at);
            own.waiting_since = own.waiting_since.into_iter().chain(old.waiting_since).min();
            own.company_read_at = own.company_read_at.min(old.company_read_at);
            own.customer_read_at = own.customer_read_at.min(old.customer_read_at);
            work.save(&mut own);
        }
        None => {
            work.add(MessageThread { customer_id: into, version: Version::FIRST, ..(*old).clone() });
        }
    }
    work.remove(&old);
    Ok(())
}

/// Terms as an agent follow where the file that stays has none, and so does who orders through it; through whom it orders itself follows where the
/// file that stays orders for itself. Orders keep the terms they were submitted with (PTY-06).
fn agency(work: &mut UnitOfWork, from: CustomerId, into: CustomerId, papers: &Papers) -> Outcome<()> {
    if let Some(terms) = work.find::<Agent>(from)? {
        if work.find::<Agent>(into)?.is_none() {
            work.add(Agent { customer_id: into, version: Version::FIRST, ..(*terms).clone() });
        }
        work.remove(&terms);
    }
    for id in &papers.agent_customers {
        let Some(mut link) = work.find::<AgentCustomer>(*id)? else { continue };
        if link.customer_id == from {
            if link.agent_id != into && work.find::<AgentCustomer>(into)?.is_none() {
                work.add(AgentCustomer { customer_id: into, version: Version::FIRST, ..(*link).clone() });
            }
            work.remove(&link);
        } else if link.customer_id == into {
            work.remove(&link);
        } else if link.agent_id == from {
            link.agent_id = into;
            work.save(&mut link);
        }
    }
    for id in &papers.agent_orders {
        if let Some(mut kept) = work.find::<OrderAgent>(*id)?.filter(|kept| kept.agent_id == from) {
            kept.agent_id = into;
            work.save(&mut kept);
        }
    }
    Ok(())
}

/// Orders that have a promotion count for the file that stays, also where both together are more than the promotion gives one customer: then it
/// gets no further one (PRC-06).
fn uses(work: &mut UnitOfWork, from: CustomerId, into: CustomerId, papers: &Papers) -> Outcome<()> {
    for id in &papers.promotion_uses {
        let Some(old) = work.find::<PromotionUse>((*id, from))?.filter(|old| old.used > 0) else { continue };
        let counted = match work.find::<PromotionUse>((*id, into))? {
            None => {
                work.add(PromotionUse { customer_id: into, ..(*old).clone() });
                true
            }
            Some(own) => {
                let above = (own.used + old.used - own.most).max(0);
                work.count_held(&own, &[above, old.used], false)
            }
        };
        if !(counted && work.count_held(&old, &[0, -old.used], false)) {
            return Err(Refusal::stale("promotion").into());
        }
    }
    Ok(())
}

/// Prices of its own follow where the file that stays has none for the product; of last prices the newer one stays.
fn prices(work: &mut UnitOfWork, from: CustomerId, into: CustomerId, papers: &Papers) -> Outcome<()> {
    for product in &papers.priced {
        if !work.of::<Prices>((*product, into))?.is_empty() {
            continue;
        }
        for mut price in work.of::<Prices>((*product, from))? {
            price.customer_id = into;
            work.save::<Price>(&mut price);
        }
    }
    for product in &papers.bought {
        let Some(old) = work.find::<LastPrice>((from, *product))? else { continue };
        match work.find::<LastPrice>((into, *product))? {
            None => {
                work.add(LastPrice { customer_id: into, version: Version::FIRST, ..(*old).clone() });
            }
            Some(mut own) if own.ordered_on < old.ordered_on => {
                *own = LastPrice { customer_id: into, version: own.version, ..(*old).clone() };
                work.save(&mut own);
            }
            Some(_) => {}
        }
        work.remove(&old);
    }
    Ok(())
}

/// What was learned follows, unless the file that stays knows better.
fn words(work: &mut UnitOfWork, from: CustomerId, into: CustomerId, papers: &Papers) -> Outcome<()> {
    for id in &papers.phrases {
        let Some(mut phrase) = work.find::<IntakePhrase>(*id)? else { continue };
        let same = work.of::<IntakePhrases>(phrase.phrase.clone())?;
        let known = |row: &IntakePhrase| row.kind == phrase.kind && row.customer_id == into && row.id != phrase.id;
        if phrase.customer_id == from && same.iter().any(|row| known(row)) {
            work.remove(&phrase);
            continue;
        }
        if phrase.customer_id == from {
            phrase.customer_id = into;
        }
        if phrase.means_id == Some(from) {
            phrase.means_id = Some(into);
        }
        work.save(&mut phrase);
    }
    Ok(())
}

/// Files that were merged into `from` before belong to `into` now.
pub(super) fn chain(work: &mut UnitOfWork, into: CustomerId, from: CustomerId) -> Outcome<()> {
    let before = work.of::<MergesInto>(from)?;
    work.want::<Customer>(before.iter().map(|merge| merge.customer_id));
    work.want::<CustomerAccount>(before.iter().map(|merge| merge.customer_id));
    for mut merge in before {
        let mut file = work.get::<Customer>(merge.customer_id)?;
        file.merged_into = Some(into);
        let delta = into.raw() - from.raw();
        work.count::<CustomerAccount>(merge.customer_id, &[0, 0, 0, 0, 0, 0, 0, delta], false)?;
        work.save(&mut file);
        merge.into_id = into;
        merge.state = MergeState::Moving;
        work.save(&mut merge);
    }
    Ok(())
}

/// The customer that a paper is of now: its own, or the one that was merged into.
///
/// # Errors
/// Leaves when it is not loaded yet.
pub(crate) fn current(work: &mut UnitOfWork, id: CustomerId) -> Outcome<store::Held<Customer>> {
    let customer = work.get::<Customer>(id)?;
    match customer.merged_into {
        Some(into) => work.get::<Customer>(into),
        None => Ok(customer),
    }
}

/// Puts everything that is still under a merged file under the one that stays, batch by batch.
///
/// # Errors
/// Any fault of the database; what was done until then is done.
pub async fn all(app: &App, company: domain::CompanyId, from: CustomerId) -> Result<(), Failure> {
    loop {
        let read = app.store.read(move |reader| {
            let into = store::query::customer::current(reader, company, from)?;
            Ok((into, merge::papers(reader, company, from, into, BATCH)?))
        });
        let (into, papers) = read.await?;
        if into == from || papers.is_empty() {
            return Ok(());
        }
        app.store.write(company, move |work| put(work, from, into, &papers)).await?;
    }
}

/// Looks after merged files whose papers may not all have followed.
///
/// # Errors
/// Any fault of the database.
pub async fn catch_up(app: &App, company: domain::CompanyId) -> Result<(), Failure> {
    let merges = app.store.read(move |reader| merge::moving(reader, company, FILES)).await?;
    for merge in merges {
        all(app, company, merge.customer_id).await?;
        if app.store.now().micros() - merge.merged_at.micros() > LATE_MINUTES * 60_000_000 {
            app.store.write(company, move |work| end(work, merge.customer_id)).await?;
        }
    }
    Ok(())
}

fn end(work: &mut UnitOfWork, from: CustomerId) -> Outcome<()> {
    let mut merge = work.get::<CustomerMerge>(from)?;
    merge.state = MergeState::Done;
    work.save(&mut merge);
    Ok(())
}
