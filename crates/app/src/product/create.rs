//! A new product.

use domain::{Act, Actor, CustomerId, Event, EventKind, Refusal, Version};
use store::rows::Prices;
use store::{Outcome, UnitOfWork};

use super::input::{Like, ProductInput, check, substitutes, want};
use crate::price::list_price;
use crate::saved::Saved;

/// Adds a product, with its list price where one is given.
///
/// # Errors
/// `denied` (a list price also needs `price.edit`); `invalid` with everything that is wrong at its field.
///
/// Source: CAT-01
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &ProductInput) -> Outcome<Saved> {
    by.may(Act::CreateProduct)?;
    let like =
        Like { id: work.id(), version: Version::FIRST, standard_cost: None, floor_price: None, active: true, created_at: work.now() };
    let mut product = input.product(&like);
    let unknown = substitutes(work, input, &mut product)?;
    want(work, &product);
    list_price::want(work, product.id, input.list_price);
    let mut errors = check(work, &product)?;
    errors.extend(unknown);
    errors.extend(input.standard_cost.check(by, "/standard_cost"));
    errors.extend(input.floor_price.check(by, "/floor_price"));
    errors.extend(list_price::check(input.list_price));
    Refusal::unless_valid(errors)?;

    let held = work.add(product);
    work.fresh::<Prices>((held.id, CustomerId::NONE));
    let event = Event::of(EventKind::ProductCreated, "product", held.id.raw(), &held.code).with("name", held.name.as_str());
    work.record(by, event);
    list_price::set(work, by, &held, input.list_price)?;
    Ok(Saved::new(held.id, held.version, &held.code))
}
