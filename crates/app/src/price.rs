//! The price book (PRC-01).

mod input;
pub(crate) mod list_price;

pub mod create;
pub mod delete;
pub mod edit;

use std::collections::BTreeMap;
use std::ops::Deref;

use domain::{Buyer, CustomerId, Date, Event, EventKind, FoundPrice, LastPrice, Order, OrderLine, Price, ProductId, Quantity, find_price};
use store::rows::{OrderLines, PricedCustomer, Prices};
use store::{Outcome, UnitOfWork};

pub use input::PriceInput;

/// The price book as a buyer sees it.
#[derive(Clone, Copy, Debug)]
pub struct Book {
    buyer: Buyer,
    own: bool,
}

impl Book {
    /// Of a buyer; entries for everybody, for its grade, category or channel are all looked at, its own where it has any.
    ///
    /// # Errors
    /// Leaves when it is not loaded yet whether the customer has prices of its own.
    pub fn of(work: &mut UnitOfWork, buyer: Buyer) -> Outcome<Self> {
        Ok(Book { buyer, own: has_own(work, buyer.customer)? })
    }

    /// The price of a product for a quantity and a day, and the rule that gave it; `None` where the book has none.
    ///
    /// Before many of them, ask with [`want`].
    ///
    /// # Errors
    /// Leaves when the book's entries are not loaded yet.
    ///
    /// Source: PRC-01
    pub fn find(self, work: &mut UnitOfWork, product: ProductId, quantity: Quantity, on: Date) -> Outcome<Option<FoundPrice>> {
        if self.own {
            work.want_of::<Prices>([(product, self.buyer.customer)]);
        }
        let mut entries = work.of::<Prices>((product, CustomerId::NONE))?;
        if self.own {
            entries.extend(work.of::<Prices>((product, self.buyer.customer))?);
        }
        Ok(find_price(&entries, &self.buyer, quantity, on))
    }
}

/// Asks for what an order's customer last paid for its products; nothing while its lines are not loaded.
pub fn want_last(work: &mut UnitOfWork, order: &Order) {
    if let Ok(lines) = work.of::<OrderLines>(order.id) {
        work.want::<LastPrice>(lines.iter().map(|line| (order.customer_id, line.product_id)));
    }
}

/// Keeps what the customer of an order that takes effect pays now; an older order changes nothing.
///
/// # Errors
/// Leaves when the last prices are not loaded yet: ask with [`want_last`] before.
///
/// Source: PRC-02
pub fn remember<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L]) -> Outcome<()> {
    work.want::<LastPrice>(lines.iter().map(|line| (order.customer_id, line.product_id)));
    let now: BTreeMap<ProductId, LastPrice> = lines.iter().map(|line| (line.product_id, LastPrice::of(order, line))).collect();
    for (product, price) in now {
        match work.find::<LastPrice>((order.customer_id, product))? {
            Some(held) if held.ordered_on > price.ordered_on => {}
            Some(mut held) => {
                let version = held.version;
                *held = LastPrice { version, ..price };
                work.save(&mut held);
            }
            None => {
                work.add(price);
            }
        }
    }
    Ok(())
}

/// Whether a customer has prices of its own.
fn has_own(work: &mut UnitOfWork, customer: CustomerId) -> Outcome<bool> {
    Ok(!customer.is_none() && (work.has_changed::<Price>() || work.find::<PricedCustomer>(customer)?.is_some()))
}

/// Asks for the prices of these products, so that all of them come in one round.
pub fn want(work: &mut UnitOfWork, customer: CustomerId, products: impl IntoIterator<Item = ProductId>) {
    // Where it is not known yet, it is asked for.
    let own = has_own(work, customer).unwrap_or(false);
    for product in products {
        work.want::<LastPrice>([(customer, product)]);
        work.want_of::<Prices>([(product, CustomerId::NONE)]);
        if own {
            work.want_of::<Prices>([(product, customer)]);
        }
    }
}

/// What happened to an entry, known by the code of its product.
fn entry_event(kind: EventKind, price: &Price, product: &str, customer: &str) -> Event {
    Event::of(kind, "price", price.id.raw(), product)
        .with("product", product)
        .with("customer", customer)
        .with("min_quantity", price.min_quantity_micro)
        .with("unit_price", price.unit_price_micro)
        .with("currency", price.currency)
        .with("valid_from", price.valid_from)
}
