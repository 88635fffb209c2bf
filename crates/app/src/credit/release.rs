//! Credit above the limit, until a day.

use domain::{
    Act, Actor, CreditRelease, Customer, CustomerAccount, CustomerId, Event, EventKind, Instant, Money, Order, OrderId, ReleaseInput,
};
use store::rows::OpenReleases;
use store::{Outcome, UnitOfWork};

use super::end_release;
use crate::order::load;
use crate::saved::Saved;

/// What is released.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// How much, in the customer's currency.
    pub amount: Money,
    /// For this order only; nothing for all orders.
    pub order: Option<OrderId>,
    /// Until when.
    pub expires_at: Instant,
    /// Why.
    pub reason: String,
}

/// Lets a customer owe more than its limit until the release runs out or is taken back; with an order, for that order only.
///
/// # Errors
/// `denied`, `not-found`; `credit.own_order` for who entered the order, `credit.no_limit`, `credit.order_ended`; `invalid` at the field.
///
/// Source: CRD-01
pub fn release(work: &mut UnitOfWork, by: &Actor, id: CustomerId, said: &Release) -> Outcome<Saved> {
    by.may(Act::ReleaseCredit)?;
    work.want::<CustomerAccount>([id]);
    work.want::<Order>(said.order);
    work.want_of::<OpenReleases>([id]);
    let customer = work.get::<Customer>(id)?;
    customer.not_merged()?;
    let account = load::account(work, id)?;
    let order = said.order.map(|order| work.get::<Order>(order)).transpose()?;
    // What has run out makes room for the sum before more is added to it.
    end_release::take_back_due(work, id)?;
    let input = ReleaseInput { id: work.id(), amount: said.amount, expires_at: said.expires_at, reason: &said.reason };

    let release = account.release(order.as_deref(), &input, by, work.now())?;

    work.count::<CustomerAccount>(id, &[0, 0, 0, 0, release.amount_minor.minor()], false)?;
    let event = event(EventKind::CreditReleased, &release, &customer, order.as_deref());
    work.record(by, event.because(&release.reason).with("expires_at", release.expires_at));
    let saved = Saved::new(release.id, release.version, &customer.code);
    work.add(release);
    Ok(saved)
}

/// Something that happened to a release: to its order where it is for one, else to the customer.
pub(super) fn event(kind: EventKind, release: &CreditRelease, customer: &Customer, order: Option<&Order>) -> Event {
    let event = match order {
        Some(order) => order.event(kind),
        None => Event::of(kind, "customer", customer.id.raw(), &customer.code),
    };
    event
        .with("customer", customer.name.as_str())
        .with("amount", (release.amount_minor, customer.currency))
        .with("release", release.id.to_string())
}
