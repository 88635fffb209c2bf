//! A new entry of the price book.

use domain::{Act, Actor, EventKind, Version};
use store::{Outcome, UnitOfWork};

use super::entry_event;
use super::input::PriceInput;
use crate::saved::Saved;

/// Adds an entry to the price book.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field; `price.same_step` where there is one for the same quantity and day.
///
/// Source: PRC-01
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &PriceInput) -> Outcome<Saved> {
    by.may(Act::EditPrice)?;
    let id = work.id();
    let named = input.named(work)?;
    let price = input.price(work, id, Version::FIRST, &named)?;
    let price = work.add(price);
    let event = entry_event(EventKind::PriceCreated, &price, &named.product_code, &named.customer_code);
    work.record(by, event);
    Ok(Saved::new(id, price.version, ""))
}
