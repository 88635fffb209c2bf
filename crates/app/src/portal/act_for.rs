//! For whom a person of an agent acts at the portal.

use domain::{Actor, Customer, CustomerId, EventKind, PortalRejection, PortalSession, PortalSessionId, PortalUser, Refusal};
use store::rows::Cart;
use store::{Outcome, UnitOfWork};

use crate::portal_user::event;
use crate::{agent, cart};

/// The session acts for a customer that orders through the person's own, or for the own one again. What was laid into the cart for a customer
/// that no longer orders through it is taken out.
///
/// # Errors
/// `portal.not_yours` at the customer; `portal.cart_first` while something for another customer is in the cart.
///
/// Source: PTY-06
pub fn act_for(work: &mut UnitOfWork, by: &Actor, session: PortalSessionId, customer: CustomerId) -> Outcome<()> {
    let me = cart::whose(by)?;
    work.want::<PortalUser>([me]);
    work.want_of::<Cart>([me]);
    let mut session = work.get::<PortalSession>(session)?;
    let user = work.get::<PortalUser>(me)?;
    let mut lines = work.of::<Cart>(me)?;
    let own = user.customer_id;
    if customer != own && !agent::may_act(work, own, customer)? {
        return Err(Refusal::field("/customer_id", PortalRejection::NotYours).into());
    }
    let (before, after) = (session.acting_for, (customer != own).then_some(customer));
    if before == after {
        return Ok(());
    }
    if let Some(until_now) = cart::other_customer(work, by, &lines, customer)? {
        return Err(PortalRejection::CartFirst { customer: until_now.name.clone() }.into());
    }
    if lines.iter().any(|line| line.customer_id.is_some_and(|said| Some(said) == before)) {
        cart::let_go(work, by, &mut lines)?;
        for line in &lines {
            work.remove(line);
        }
    }
    let file = work.get::<Customer>(customer)?;
    session.acting_for = after;
    work.save(&mut session);
    work.record(by, event(EventKind::PortalCustomerChosen, &user).with("customer", file.name.as_str()));
    Ok(())
}
