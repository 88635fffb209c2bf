//! An entry taken out of the price book.

use domain::{Act, Actor, Change, EventKind, Price, PriceId, Version};
use store::{Outcome, UnitOfWork};

use super::edit::codes;
use super::entry_event;
use crate::saved::{Saved, on_version};

/// Takes an entry out of the price book; orders keep the prices they were made with.
///
/// # Errors
/// `denied`, `not-found`, `stale`.
///
/// Source: PRC-01, SEC-02
pub fn delete(work: &mut UnitOfWork, by: &Actor, id: PriceId, expected: Option<Version>) -> Outcome<Saved> {
    by.may(Act::EditPrice)?;
    let price = work.get::<Price>(id)?;
    on_version(expected, price.version, "price")?;
    let (product, customer) = codes(work, price.product_id, price.customer_id)?;
    work.remove(&price);
    let change = Change::between("unit_price", Some(price.unit_price_micro), None::<domain::UnitPrice>);
    work.record(by, entry_event(EventKind::PriceDeleted, &price, &product, &customer).changing(change));
    Ok(Saved::new(id, price.version, ""))
}
