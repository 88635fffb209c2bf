//! The end of a release: taken back, or run out.

use domain::{
    Act, Actor, CreditRelease, CreditReleaseId, Customer, CustomerAccount, CustomerId, EventKind, Order, UserId, Version, checked_reason,
};
use store::rows::OpenReleases;
use store::{Held, Outcome, UnitOfWork};

use super::release;
use crate::follow;
use crate::saved::{Saved, on_version};

/// Takes back what was released before it runs out.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `credit.release_ended`; `invalid` without a reason.
///
/// Source: CRD-01
pub fn end(work: &mut UnitOfWork, by: &Actor, id: CreditReleaseId, expected: Option<Version>, reason: &str) -> Outcome<Saved> {
    by.may(Act::ReleaseCredit)?;
    let mut release = work.get::<CreditRelease>(id)?;
    on_version(expected, release.version, "credit_release")?;
    let reason = checked_reason(reason)?;
    take_back(work, by, &mut release, Some(by.user_id), reason)?;
    Ok(Saved::new(id, release.version, &id.to_string()))
}

/// Takes back those of these releases that have run out; what another process has taken back is left alone.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn expire(work: &mut UnitOfWork, by: &Actor, ids: &[CreditReleaseId]) -> Outcome<()> {
    by.may(Act::ReleaseCredit)?;
    let now = work.now();
    for mut release in work.all::<CreditRelease>(ids)? {
        if release.is_due(now) {
            take_back(work, by, &mut release, None, "")?;
        }
    }
    Ok(())
}

/// Takes back what of a customer has run out, before its credit is decided on.
///
/// # Errors
/// Leaves when its releases are not loaded yet.
pub(crate) fn take_back_due(work: &mut UnitOfWork, customer: CustomerId) -> Outcome<()> {
    let now = work.now();
    let product = follow::product(work.company());
    for mut release in work.of::<OpenReleases>(customer)? {
        if release.is_due(now) {
            take_back(work, &product, &mut release, None, "")?;
        }
    }
    Ok(())
}

fn take_back(work: &mut UnitOfWork, by: &Actor, release: &mut Held<CreditRelease>, ended_by: Option<UserId>, reason: &str) -> Outcome<()> {
    work.want::<Order>(release.order_id);
    work.want::<CustomerAccount>([release.customer_id]);
    let customer = work.get::<Customer>(release.customer_id)?;
    let order = release.order_id.map(|order| work.get::<Order>(order)).transpose()?;
    release.end(ended_by, work.now())?;
    let fits = work.count::<CustomerAccount>(release.customer_id, &[0, 0, 0, 0, -release.amount_minor.minor()], false)?;
    assert!(fits, "what is released is counted, `verify` checks it");
    let event = release::event(EventKind::CreditReleaseEnded, release, &customer, order.as_deref());
    work.save(release);
    work.record(by, event.because(reason));
    Ok(())
}
