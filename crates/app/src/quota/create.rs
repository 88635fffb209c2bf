//! A new quota.

use domain::{Act, Actor, EventKind, Quantity, QuotaCount};
use store::{Outcome, UnitOfWork};

use super::QuotaInput;
use crate::saved::Saved;

/// Shares a product out: orders that are submitted from now on take of the quota where it covers them.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: PRM-06
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &QuotaInput) -> Outcome<Saved> {
    by.may(Act::EditQuota)?;
    let id = work.id();
    let (quota, product) = input.read(work, id, None)?;
    let quota = work.add(quota);
    work.add(QuotaCount { quota_id: id, limit_micro: quota.limit_micro, taken_micro: Quantity::ZERO });
    let event = quota.event(EventKind::QuotaCreated).with("product", product.code.as_str());
    work.record(by, event.with("quantity", (quota.limit_micro, product.unit.clone())));
    Ok(Saved::new(id, quota.version, &quota.code))
}
