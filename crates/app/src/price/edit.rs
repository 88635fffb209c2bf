//! A changed entry of the price book.

use domain::{Act, Actor, Change, Customer, CustomerId, EventKind, Price, PriceId, Product, Version};
use store::{Outcome, UnitOfWork};

use super::entry_event;
use super::input::PriceInput;
use crate::saved::{Saved, on_version};

/// Makes an entry what `input` says. Nothing happens where nothing differs; orders keep the prices they were made with.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field; `price.same_step` where there is another one for the
/// same quantity and day.
///
/// Source: PRC-01, SEC-02
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: PriceId, expected: Option<Version>, input: &PriceInput) -> Outcome<Saved> {
    by.may(Act::EditPrice)?;
    let mut price = work.get::<Price>(id)?;
    on_version(expected, price.version, "price")?;
    let before = (*price).clone();
    let named = input.named(work)?;
    *price = input.price(work, id, before.version, &named)?;
    let (product_before, customer_before) = codes(work, before.product_id, before.customer_id)?;
    let mut changes: Vec<Change> = Change::between("product", product_before, named.product_code.as_str()).into_iter().collect();
    changes.extend(Change::between("customer", customer_before, named.customer_code.as_str()));
    changes.extend(price.changes_from(&before));
    if changes.is_empty() {
        return Ok(Saved::new(id, before.version, ""));
    }
    work.save(&mut price);
    let event = entry_event(EventKind::PriceEdited, &price, &named.product_code, &named.customer_code);
    work.record(by, event.changing(changes));
    Ok(Saved::new(id, price.version, ""))
}

/// The codes of a product and a customer; empty for everybody.
pub(crate) fn codes(work: &mut UnitOfWork, product: domain::ProductId, customer: CustomerId) -> Outcome<(String, String)> {
    work.want::<Product>([product]);
    let customer = if customer.is_none() { String::new() } else { work.get::<Customer>(customer)?.code.clone() };
    Ok((work.get::<Product>(product)?.code.clone(), customer))
}
