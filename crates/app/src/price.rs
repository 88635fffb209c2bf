//! The price book (PRC-01).

use domain::{CustomerId, Date, FoundPrice, ProductId, Quantity, find_price};
use store::rows::Prices;
use store::{Outcome, UnitOfWork};

/// The price of a product for a customer, a quantity and a day, and the rule that gave it; `None` where the book has none.
///
/// With [`CustomerId::NONE`] only list prices are looked at. Before many of them, ask with [`want`].
///
/// # Errors
/// Leaves when the book's entries are not loaded yet.
///
/// Source: PRC-01
pub fn find(work: &mut UnitOfWork, customer: CustomerId, product: ProductId, quantity: Quantity, on: Date) -> Outcome<Option<FoundPrice>> {
    want(work, customer, [product]);
    let mut entries = work.of::<Prices>((product, CustomerId::NONE))?;
    if !customer.is_none() {
        entries.extend(work.of::<Prices>((product, customer))?);
    }
    Ok(find_price(&entries, customer, quantity, on))
}

/// Asks for the entries of many products at once, before [`find`] of each.
pub fn want(work: &mut UnitOfWork, customer: CustomerId, products: impl IntoIterator<Item = ProductId>) {
    for product in products {
        work.want_of::<Prices>([(product, CustomerId::NONE)]);
        if !customer.is_none() {
            work.want_of::<Prices>([(product, customer)]);
        }
    }
}
