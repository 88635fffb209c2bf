//! Something is said.

use domain::{
    Act, Actor, Customer, CustomerId, Event, EventKind, FieldError, FieldRule, Message, MessageThread, Order, OrderId, Quotation,
    QuotationId, Refusal, User,
};
use serde::{Deserialize, Serialize};
use store::{Held, Outcome, UnitOfWork};

/// What is to be said.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// About which order.
    pub order: Option<OrderId>,
    /// About which version of a quotation.
    pub quotation: Option<QuotationId>,
    /// What.
    pub text: String,
}

/// What was said.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Said {
    /// Its id.
    pub id: String,
}

/// Says something to a customer; what waited is answered by it.
///
/// # Errors
/// `denied` without `message.write`; `not-found`; `invalid` at `/text`, and at `/order_id` and `/quotation_id` for what is
/// somebody else's or was never sent.
///
/// Source: INT-07
pub fn write(work: &mut UnitOfWork, by: &Actor, customer: CustomerId, new: &NewMessage) -> Outcome<Said> {
    by.may(Act::WriteMessage)?;
    say(work, by, customer, new, false)
}

/// A person of a customer says something to the company.
///
/// # Errors
/// `invalid` as [`write()`].
///
/// Source: INT-07
pub fn write_as_customer(work: &mut UnitOfWork, by: &Actor, new: &NewMessage) -> Outcome<Said> {
    let customer = by.customer()?;
    say(work, by, customer, new, true)
}

/// A customer asks about a quotation, by its link or at the portal.
///
/// # Errors
/// `not-found`; `invalid` as [`write()`].
///
/// Source: INT-07, QUO-01
pub(crate) fn ask_about(work: &mut UnitOfWork, by: &Actor, quotation: &Quotation, text: &str) -> Outcome<Said> {
    let new = NewMessage { order: None, quotation: Some(quotation.id), text: text.to_owned() };
    say(work, by, quotation.customer_id, &new, true)
}

fn say(work: &mut UnitOfWork, by: &Actor, customer: CustomerId, new: &NewMessage, from_customer: bool) -> Outcome<Said> {
    work.want::<Customer>([customer]);
    work.want::<MessageThread>([customer]);
    work.want::<Order>(new.order);
    work.want::<Quotation>(new.quotation);
    let buyer = work.get::<Customer>(customer)?;
    buyer.not_merged()?;
    let thread: Option<Held<MessageThread>> = work.find::<MessageThread>(customer)?;
    let rep = match buyer.owner_id.filter(|_| from_customer) {
        Some(rep) => work.find::<User>(rep)?,
        None => None,
    };
    let mut errors = Vec::new();
    let mut number = String::new();
    if let Some(id) = new.order {
        let seen = |order: &Held<Order>| if from_customer { order.is_seen_by(customer) } else { order.customer_id == customer };
        match work.find::<Order>(id)?.filter(seen) {
            Some(order) => number.clone_from(&order.number),
            None => errors.push(FieldError::new("/order_id", FieldRule::Unknown { value: id.to_string() })),
        }
    }
    let mut quoted = String::new();
    if let Some(id) = new.quotation {
        match work.find::<Quotation>(id)?.filter(|one| one.is_seen_by(customer)) {
            Some(one) => quoted.clone_from(&one.number),
            None => errors.push(FieldError::new("/quotation_id", FieldRule::Unknown { value: id.to_string() })),
        }
    }
    let message = Message {
        id: work.id(),
        customer_id: customer,
        order_id: new.order,
        order_number: number,
        quotation_id: new.quotation,
        quotation_number: quoted,
        from_customer,
        author_id: by.user_id,
        author: by.name.clone(),
        text: new.text.trim().to_owned(),
        at: work.now(),
    };
    errors.extend(message.check());
    Refusal::unless_valid(errors)?;

    if let Some(mut thread) = thread {
        thread.say(&message);
        work.save(&mut thread);
    } else {
        let mut thread = MessageThread::new(customer, message.at);
        thread.say(&message);
        work.add(thread);
    }
    let kind = if from_customer { EventKind::MessageReceived } else { EventKind::MessageSent };
    let mut event = Event::of(kind, "customer", customer.raw(), &buyer.code).with("customer", buyer.name.as_str());
    event = event.with("text", message.text.chars().take(200).collect::<String>()).with("order", message.order_number.as_str());
    if !message.quotation_number.is_empty() {
        event = event.with("quotation", message.quotation_number.as_str());
    }
    if let Some(rep) = rep {
        event = event.told([(rep.id, rep.name.as_str())]);
    }
    work.record(by, event);
    let said = Said { id: message.id.to_string() };
    work.add(message);
    Ok(said)
}
