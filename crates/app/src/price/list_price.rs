//! The list price of a product, as its own page sets it: one entry of the price book.

use domain::{
    Act, Actor, Buyer, Change, Company, CustomerId, EventKind, FieldError, FieldRule, Price, Product, ProductId, Quantity, Selector,
    UnitPrice, Version, find_price,
};
use store::rows::Prices;
use store::{Outcome, UnitOfWork};

use super::entry_event;
use crate::product::ListPrice;

/// Asks for what [`set`] looks at.
pub(crate) fn want(work: &mut UnitOfWork, product: ProductId, price: ListPrice) {
    if price != ListPrice::Keep {
        work.want::<Company>([work.company()]);
        work.want_of::<Prices>([(product, CustomerId::NONE)]);
    }
}

/// What is wrong with a list price.
pub(crate) fn check(price: ListPrice) -> Option<FieldError> {
    let negative = matches!(price, ListPrice::Set(price) if price.is_negative());
    negative.then(|| FieldError::new("/list_price", FieldRule::Negative))
}

/// Makes the list price of one unit today what is said. True: it was another one.
///
/// The entry that gives the price today is changed in place, and added from today on where there is none; what an order was made with, it keeps.
///
/// # Errors
/// `denied` where it is another one and the caller may not edit prices.
pub(crate) fn set(work: &mut UnitOfWork, by: &Actor, product: &Product, price: ListPrice) -> Outcome<bool> {
    let wanted = match price {
        ListPrice::Keep => return Ok(false),
        ListPrice::Clear => None,
        ListPrice::Set(price) => Some(price),
    };
    let company_id = work.company();
    let company = work.get::<Company>(company_id)?;
    let (today, books) = (company.date_of(work.now()), company.currency);
    let mut entries = work.of::<Prices>((product.id, CustomerId::NONE))?;
    let found = find_price(&entries, &Buyer::anybody(books), Quantity::ONE, today);
    if found.map(|found| found.unit_price) == wanted {
        return Ok(false);
    }
    by.may(Act::EditPrice)?;
    let current = found.and_then(|found| entries.iter_mut().find(|entry| entry.id == found.price_id));
    let event = match (current, wanted) {
        (Some(entry), Some(wanted)) => {
            let change = price_change(Some(entry.unit_price_micro), Some(wanted));
            entry.unit_price_micro = wanted;
            work.save(entry);
            entry_event(EventKind::PriceEdited, entry, &product.code, "").changing(change)
        }
        (Some(entry), None) => {
            work.remove(entry);
            entry_event(EventKind::PriceDeleted, entry, &product.code, "").changing(price_change(Some(entry.unit_price_micro), None))
        }
        (None, wanted) => {
            let entry = Price {
                id: work.id(),
                version: Version::FIRST,
                product_id: product.id,
                customer_id: CustomerId::NONE,
                grade: Selector::Any,
                category: Selector::Any,
                channel: Selector::Any,
                currency: books,
                min_quantity_micro: Quantity::ZERO,
                unit_price_micro: wanted.unwrap_or_default(),
                valid_from: today,
                valid_to: None,
            };
            let entry = work.add(entry);
            entry_event(EventKind::PriceCreated, &entry, &product.code, "").changing(price_change(None, wanted))
        }
    };
    work.record(by, event);
    Ok(true)
}

fn price_change(before: Option<UnitPrice>, after: Option<UnitPrice>) -> Option<Change> {
    Change::between("unit_price", before, after)
}
