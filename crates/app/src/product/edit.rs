//! A changed product.

use domain::{Act, Actor, Event, EventKind, Product, ProductId, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::input::{Like, ProductInput, check, substitutes, want};
use crate::price::list_price;
use crate::saved::{Saved, on_version};

/// Makes a product what `input` says, with its list price under the same version. Nothing happens where nothing differs.
///
/// Documents keep the name, unit and price they were made with.
///
/// # Errors
/// `denied` (another list price also needs `price.edit`), `not-found`, `stale`; `invalid` with everything that is wrong at its field.
///
/// Source: CAT-01, SEC-02
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: ProductId, expected: Option<Version>, input: &ProductInput) -> Outcome<Saved> {
    by.may(Act::EditProduct)?;
    list_price::want(work, id, input.list_price);
    let mut product = work.get::<Product>(id)?;
    on_version(expected, product.version, "product")?;
    let before = (*product).clone();
    let (version, standard_cost, floor_price) = (before.version, before.standard_cost_micro, before.floor_price_micro);
    let like = Like { id, version, standard_cost, floor_price, active: before.active, created_at: before.created_at };
    let mut said = input.product(&like);
    let unknown = substitutes(work, input, &mut said)?;
    *product = said;
    want(work, &product);
    let mut errors = check(work, &product)?;
    errors.extend(unknown);
    errors.extend(input.standard_cost.check(by, "/standard_cost"));
    errors.extend(input.floor_price.check(by, "/floor_price"));
    errors.extend(list_price::check(input.list_price));
    Refusal::unless_valid(errors)?;

    let changes = product.changes_from(&before);
    let repriced = list_price::set(work, by, &product, input.list_price)?;
    if changes.is_empty() && !repriced {
        return Ok(Saved::new(id, before.version, &before.code));
    }
    work.save(&mut product);
    if !changes.is_empty() {
        work.record(by, Event::of(EventKind::ProductEdited, "product", id.raw(), &product.code).changing(changes));
    }
    Ok(Saved::new(id, product.version, &product.code))
}
