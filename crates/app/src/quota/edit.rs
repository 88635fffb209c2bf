//! A changed quota.

use domain::{Act, Actor, Change, EventKind, Product, Quota, QuotaCount, QuotaId, Version};
use store::{Outcome, UnitOfWork};

use super::QuotaInput;
use crate::saved::{Saved, on_version};

/// Makes a quota what `input` says; nothing happens where nothing differs. What orders have taken stays: there is never less than that, and once there is
/// some, product, grade, channel and region stay too.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
///
/// Source: PRM-06, SEC-02
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: QuotaId, expected: Option<Version>, input: &QuotaInput) -> Outcome<Saved> {
    by.may(Act::EditQuota)?;
    work.want::<QuotaCount>([id]);
    let mut quota = work.get::<Quota>(id)?;
    on_version(expected, quota.version, "quota")?;
    let count = work.get::<QuotaCount>(id)?;
    work.want::<Product>([quota.product_id]);
    let before = (*quota).clone();
    let (said, product) = input.read(work, id, Some((&before, &count)))?;
    let product_before = work.get::<Product>(before.product_id)?.code.clone();

    let mut changes: Vec<Change> = Change::between("product", product_before, product.code.as_str()).into_iter().collect();
    changes.extend(said.changes_from(&before));
    if changes.is_empty() {
        return Ok(Saved::new(id, before.version, &before.code));
    }
    let more = said.limit_micro - before.limit_micro;
    let fits = more.is_zero() || work.count_held(&count, &[more.micro(), 0], false);
    assert!(fits, "what is taken was compared before");
    *quota = said;
    work.save(&mut quota);
    work.record(by, quota.event(EventKind::QuotaEdited).changing(changes));
    Ok(Saved::new(id, quota.version, &quota.code))
}
