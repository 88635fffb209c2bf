//! A product that may not be ordered any more.

use domain::{Act, Actor, Event, EventKind, Product, ProductId, ProductRejection, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Keeps a product off new orders; what is under way goes on.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `product.already_inactive`.
///
/// Source: CAT-01
pub fn deactivate(work: &mut UnitOfWork, by: &Actor, id: ProductId, expected: Option<Version>) -> Outcome<Saved> {
    by.may(Act::EditProduct)?;
    let mut product = work.get::<Product>(id)?;
    on_version(expected, product.version, "product")?;
    if !product.active {
        return Err(ProductRejection::AlreadyInactive.into());
    }
    product.active = false;
    work.save(&mut product);
    work.record(by, Event::of(EventKind::ProductDeactivated, "product", id.raw(), &product.code));
    Ok(Saved::new(id, product.version, &product.code))
}
