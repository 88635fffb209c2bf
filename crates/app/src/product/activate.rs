//! A product that may be ordered again.

use domain::{Act, Actor, Event, EventKind, Product, ProductId, ProductRejection, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Lets a product be ordered again.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `product.already_active`.
///
/// Source: CAT-01
pub fn activate(work: &mut UnitOfWork, by: &Actor, id: ProductId, expected: Option<Version>) -> Outcome<Saved> {
    by.may(Act::EditProduct)?;
    let mut product = work.get::<Product>(id)?;
    on_version(expected, product.version, "product")?;
    if product.active {
        return Err(ProductRejection::AlreadyActive.into());
    }
    product.active = true;
    work.save(&mut product);
    work.record(by, Event::of(EventKind::ProductActivated, "product", id.raw(), &product.code));
    Ok(Saved::new(id, product.version, &product.code))
}
