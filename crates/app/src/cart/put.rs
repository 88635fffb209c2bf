//! Laying a product into the cart, changing how much of it, taking it out, and holding all of it anew.

use domain::{Actor, CART_MAX, CartLine, Company, Customer, FieldRule, PortalRejection, Product, ProductId, Quantity, Refusal, Version};
use store::query::portal::buyer;
use store::rows::Cart;
use store::{Outcome, UnitOfWork};

use crate::order::draft;
use crate::{price, stock, warehouse};

/// What is held of a line afterwards, for who asks for more than there is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Put {
    /// How much is wanted, in millionths.
    pub wanted_micro: i64,
    /// Of that, held.
    pub held_micro: i64,
}

/// Sets how much of a product is in the cart; nothing takes it out. What is free is held for a while; where less is free than is wanted, the
/// rest is not.
///
/// # Errors
/// `not-found` for what is not sold; `portal.no_price`; `portal.cart_full`; `portal.cart_first`; `invalid` below zero.
///
/// Source: INT-07
pub fn put(work: &mut UnitOfWork, by: &Actor, product: ProductId, quantity: Quantity) -> Outcome<Put> {
    let customer = by.customer()?;
    let user = super::whose(by)?;
    if quantity.is_negative() {
        return Err(Refusal::field("/quantity", FieldRule::Negative).into());
    }
    work.want_of::<Cart>([user]);
    work.want::<Product>([product]);
    work.want::<Customer>([customer]);
    work.want::<Company>([work.company()]);
    let warehouse = warehouse::default(work)?.ok_or_else(|| Refusal::not_found("warehouse"))?;
    stock::want(work, warehouse.id, [product]);
    price::want(work, customer, [product]);
    let lines = work.of::<Cart>(user)?;
    super::check_customer(work, by, &lines)?;
    let there = lines.iter().find(|line| line.product_id == product).cloned();
    if quantity.is_zero() {
        if let Some(line) = there {
            let mut gone = [line];
            super::let_go(work, by, &mut gone)?;
            work.remove(&gone[0]);
        }
        return Ok(Put { wanted_micro: 0, held_micro: 0 });
    }
    let sold = work.find::<Product>(product)?.filter(|product| product.active).ok_or_else(|| Refusal::not_found("product"))?;
    has_price(work, by, &sold, quantity)?;
    if there.is_none() && i64::try_from(lines.len()).is_ok_and(|count| count >= CART_MAX) {
        return Err(PortalRejection::CartFull { max: CART_MAX }.into());
    }
    let line = match there {
        Some(mut line) => {
            line.quantity_micro = quantity;
            line
        }
        None => work.add(CartLine {
            portal_user_id: user,
            product_id: product,
            version: Version::FIRST,
            warehouse_id: warehouse.id,
            quantity_micro: quantity,
            held_micro: Quantity::ZERO,
            held_until: None,
            created_at: work.now(),
            customer_id: Some(customer),
        }),
    };
    let mut put = [line];
    super::hold(work, by, &mut put)?;
    let done = Put { wanted_micro: put[0].quantity_micro.micro(), held_micro: put[0].held_micro.micro() };
    work.save_changed(&mut put);
    Ok(done)
}

/// Refuses what the book has no price of for this customer.
fn has_price(work: &mut UnitOfWork, by: &Actor, product: &Product, quantity: Quantity) -> Outcome<()> {
    let company = work.get::<Company>(work.company())?;
    let customer = work.get::<Customer>(by.customer()?)?;
    let today = draft::today(work, &company);
    let book = price::Book::of(work, buyer(&customer))?;
    if book.find(work, product.id, quantity, today)?.is_none() {
        return Err(PortalRejection::NoPrice { product: product.name.clone() }.into());
    }
    Ok(())
}

/// Holds everything in the cart anew, as far as there is any: for who comes back after the time is up, or needs longer.
///
/// # Errors
/// `portal.cart_empty`, `portal.cart_first`.
pub fn hold_all(work: &mut UnitOfWork, by: &Actor) -> Outcome<()> {
    let user = super::whose(by)?;
    let mut lines = work.of::<Cart>(user)?;
    if lines.is_empty() {
        return Err(PortalRejection::CartEmpty.into());
    }
    super::check_customer(work, by, &lines)?;
    super::hold(work, by, &mut lines)?;
    work.save_changed(&mut lines);
    Ok(())
}
