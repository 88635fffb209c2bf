//! The price book (PRC-01).

use crate::codes::codes;
use crate::date::Date;
use crate::id::{CustomerId, PriceId, ProductId, Version};
use crate::quantity::Quantity;
use crate::unit_price::UnitPrice;

codes! {
    /// Where the price of a line came from.
    PriceSource in "price.source" {
        /// The list price of the book.
        List = "list",
        /// The customer's own price of the book.
        Customer = "customer",
        /// Typed by hand, away from the book.
        Manual = "manual",
        /// The book has no price.
        None = "none",
    }
}

/// An entry of the price book: from this quantity on, in these days, a unit costs this much.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// Key.
    pub id: PriceId,
    /// Raised by every change.
    pub version: Version,
    /// Of what.
    pub product_id: ProductId,
    /// For whom; [`CustomerId::NONE`] is everybody (the list price).
    pub customer_id: CustomerId,
    /// From this quantity on.
    pub min_quantity_micro: Quantity,
    /// Price of one unit.
    pub unit_price_micro: UnitPrice,
    /// First day.
    pub valid_from: Date,
    /// Last day, or open.
    pub valid_to: Option<Date>,
}
