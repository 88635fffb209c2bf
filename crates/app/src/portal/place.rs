//! Ordering what is in the cart.

use domain::{Act, Actor, CartLine, Date, PortalRejection, PortalUser, Product};
use store::rows::Cart;
use store::{Outcome, UnitOfWork};

use crate::cart;
use crate::order::{OrderState, create};

/// What a customer says with an order; the rest is in the cart and on file.
#[derive(Clone, Debug, Default)]
pub struct Placing {
    /// Who takes the goods; the main address's where left out.
    pub receiver: Option<String>,
    /// Phone for the delivery.
    pub contact_phone: Option<String>,
    /// Where the goods go; the main address where left out.
    pub delivery_address: Option<String>,
    /// When they are wanted.
    pub required_on: Option<Date>,
    /// The customer's own order number.
    pub customer_po: String,
    /// Note.
    pub notes: String,
}

/// Makes an order of what is in the cart and hands it in; what was held for the cart is reserved for the order in the same transaction.
///
/// # Errors
/// `portal.cart_empty`; `portal.cart_first`; `portal.not_sold`; what submission checks, each at its field.
///
/// Source: INT-07
pub fn place(work: &mut UnitOfWork, by: &Actor, placing: &Placing) -> Outcome<OrderState> {
    let customer = by.customer()?;
    let user = cart::whose(by)?;
    work.want::<PortalUser>([user]);
    let mut lines = work.of::<Cart>(user)?;
    let person = work.get::<PortalUser>(user)?;
    if lines.is_empty() {
        return Err(PortalRejection::CartEmpty.into());
    }
    cart::check_customer(work, by, &lines)?;
    let products: Vec<_> = lines.iter().map(|line| line.product_id).collect();
    let gone = work.all::<Product>(&products)?.into_iter().find(|product| !product.active);
    if let Some(product) = gone {
        return Err(PortalRejection::NotSold { product: product.name.clone() }.into());
    }
    lines.sort_by_key(|line| (line.created_at, line.product_id));
    let wanted: Vec<CartLine> = lines.iter().map(|line| (**line).clone()).collect();
    let mut input = cart::look::order_of(&wanted, customer.to_string());
    input.receiver.clone_from(&placing.receiver);
    input.contact_name = Some(person.name.clone());
    input.contact_phone.clone_from(&placing.contact_phone);
    input.delivery_address.clone_from(&placing.delivery_address);
    input.required_on = placing.required_on;
    input.customer_po.clone_from(&placing.customer_po);
    input.notes.clone_from(&placing.notes);

    cart::let_go(work, by, &mut lines)?;
    for line in &lines {
        work.remove(line);
    }
    create::create(work, &by.allowed(&[Act::CreateOrder, Act::SubmitOrder]), &input, true)
}
