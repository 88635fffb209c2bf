//! Reading everything that is kept of a person of a customer (PTY-05).

use domain::{
    Company, CompanyId, Confirmation, Consent, Customer, CustomerAddress, CustomerContact, CustomerId, Inquiry, Message, Offer, Order,
    Person, PortalUser, Quotation, Shipment,
};

use domain::notify::Delivery;

use crate::fault::Fault;
use crate::query::among::among;
use crate::read::{Param, Reader, read};
use crate::row::Row;
use crate::rows::ChainedEvent;

/// Rows of one kind that are read at a time.
pub const MOST: i64 = 1_000;

/// What is kept of a person; of each kind at most [`MOST`].
#[derive(Clone, Debug)]
pub struct Held {
    /// By what the person is known.
    pub person: Person,
    /// The customer.
    pub customer: Customer,
    /// As a contact.
    pub contacts: Vec<CustomerContact>,
    /// As a receiver.
    pub addresses: Vec<CustomerAddress>,
    /// What was agreed to.
    pub consents: Vec<Consent>,
    /// As somebody who may sign in at the portal.
    pub portal_users: Vec<PortalUser>,
    /// Orders that name the person.
    pub orders: Vec<Order>,
    /// Quotations that name the person.
    pub quotations: Vec<Quotation>,
    /// Inquiries that name the person.
    pub inquiries: Vec<Inquiry>,
    /// What the person said at the portal, and messages that name the person.
    pub messages: Vec<Message>,
    /// Confirmations the person signed or was sent.
    pub confirmations: Vec<Confirmation>,
    /// Offers the person answered or was sent.
    pub offers: Vec<Offer>,
    /// Letters to the person.
    pub letters: Vec<Delivery>,
    /// Deliveries the person signed for.
    pub shipments: Vec<Shipment>,
    /// Events that name the person, by their place.
    pub events: Vec<ChainedEvent>,
}

impl Held {
    /// Whether nothing is left that an erasure takes away.
    pub fn is_erased(&self) -> bool {
        self.contacts.is_empty()
            && self.addresses.is_empty()
            && self.consents.is_empty()
            && self.portal_users.is_empty()
            && self.orders.is_empty()
            && self.quotations.is_empty()
            && self.inquiries.is_empty()
            && self.messages.is_empty()
            && self.letters.is_empty()
            && self.sent().next().is_none()
            && self.events.is_empty()
    }
}

impl Held {
    /// Where confirmations and offers were sent that still tell the person's address.
    pub fn sent(&self) -> impl Iterator<Item = &str> {
        let confirmations = self.confirmations.iter().map(|row| row.sent_to.as_str());
        confirmations.chain(self.offers.iter().map(|row| row.sent_to.as_str())).filter(|to| self.person.is(to))
    }

    /// Confirmations and offers the person signed: the proof of a contract, which stays.
    pub fn signed(&self) -> (usize, usize) {
        let confirmations = self.confirmations.iter().filter(|row| self.person.is(&row.signer)).count();
        (confirmations, self.offers.iter().filter(|row| self.person.is(&row.signer)).count())
    }
}

/// By what a person of this name is known at a customer: as a contact and at the portal.
///
/// # Errors
/// Any fault of the database.
pub fn known(reader: &Reader<'_>, company: CompanyId, customer: CustomerId, name: &str) -> Result<Person, Fault> {
    let of = [Param::Int(customer.raw())];
    let contacts: Vec<CustomerContact> = reader.all(company, "AND customer_id = ?2 ORDER BY position", &of)?;
    let mut person = Person::of(name, &contacts);
    let users: Vec<PortalUser> = reader.all(company, "AND customer_id = ?2 ORDER BY id", &of)?;
    let users: Vec<PortalUser> = users.into_iter().filter(|user| person.is(&user.name) || person.is(&user.email)).collect();
    for user in users {
        if !user.email.is_empty() && !person.is(&user.email) {
            person.reached_at.push(user.email);
        }
        person.logins.push(user.username);
    }
    Ok(person)
}

/// What is kept of a person.
///
/// # Errors
/// Any fault of the database.
pub fn held(reader: &Reader<'_>, company: &Company, customer: CustomerId, person: &Person) -> Result<Option<Held>, Fault> {
    let id = company.id;
    let Some(customer) = reader.get::<Customer>(id, customer)? else { return Ok(None) };
    let own = [Param::Int(customer.id.raw())];
    let all = |order: &str| format!("AND customer_id = ?2 ORDER BY {order}");
    let mut contacts: Vec<CustomerContact> = reader.all(id, &all("position"), &own)?;
    contacts.retain(|contact| person.is(&contact.name) || person.is(&contact.phone) || person.is(&contact.email));
    let mut addresses: Vec<CustomerAddress> = reader.all(id, &all("position"), &own)?;
    addresses.retain(|address| person.is(&address.receiver) || person.is(&address.phone));
    let mut consents: Vec<Consent> = reader.all(id, &all("id"), &own)?;
    consents.retain(|consent| person.is(&consent.person));
    let mut portal_users: Vec<PortalUser> = reader.all(id, &all("id"), &own)?;
    portal_users.retain(|user| person.is(&user.name) || person.is(&user.email) || person.is(&user.username));
    let (places, params) = words(person, &own);
    let order_by = format!("ORDER BY id DESC LIMIT {MOST}");
    let at = |columns: &str| {
        let any: Vec<String> = columns.split(' ').map(|column| format!("{column} IN ({places})")).collect();
        format!("AND customer_id = ?2 AND ({}) {order_by}", any.join(" OR "))
    };
    let orders: Vec<Order> = reader.all(id, &at("contact_name contact_phone receiver"), &params)?;
    let quotations: Vec<Quotation> = reader.all(id, &at("contact_name contact_phone receiver"), &params)?;
    let inquiries: Vec<Inquiry> = reader.all(id, &at("contact_name contact_phone"), &params)?;
    let mut messages: Vec<Message> = reader.all(id, &format!("AND customer_id = ?2 {order_by}"), &own)?;
    messages.retain(|message| person.is(&message.author) || person.erased(&message.text).is_some());
    let shipments: Vec<Shipment> = reader.all(id, &at("signer"), &params)?;
    let signed = format!(
        "AND (signer IN ({places}) OR sent_to IN ({places})) AND order_id IN (SELECT o.id FROM orders o WHERE o.company_id = ?1 AND o.customer_id = ?2) {order_by}"
    );
    let confirmations: Vec<Confirmation> = reader.all(id, &signed, &params)?;
    let answered = format!(
        "AND (signer IN ({places}) OR sent_to IN ({places})) AND quotation_id IN (SELECT q.id FROM quotations q WHERE q.company_id = ?1 AND q.customer_id = ?2) {order_by}"
    );
    let offers: Vec<Offer> = reader.all(id, &answered, &params)?;
    let letters: Vec<Delivery> = if person.reached_at.is_empty() {
        Vec::new()
    } else {
        let (places, params) = placed(&person.reached_at, Vec::new());
        reader.all(id, &format!("AND target IN ({places}) {order_by}"), &params)?
    };
    let mut subjects = subjects(reader, id, customer.id)?;
    subjects.push(customer.id.raw());
    let events = events(reader, id, person, &subjects)?;
    let person = person.clone();
    Ok(Some(Held {
        person,
        customer,
        contacts,
        addresses,
        consents,
        portal_users,
        orders,
        quotations,
        inquiries,
        messages,
        confirmations,
        offers,
        letters,
        shipments,
        events,
    }))
}

/// The places of the words that tell who it is, behind the customer, with their values.
fn words(person: &Person, own: &[Param]) -> (String, Vec<Param>) {
    placed(std::iter::once(&person.name).chain(&person.reached_at), own.to_vec())
}

/// The places of words behind the company and these parameters, with the values of all.
fn placed<'a>(words: impl IntoIterator<Item = &'a String>, mut params: Vec<Param>) -> (String, Vec<Param>) {
    let first = params.len() + 2;
    params.extend(words.into_iter().map(|word| Param::Text(word.clone())));
    let places: Vec<String> = (first..params.len() + 2).map(|place| format!("?{place}")).collect();
    (places.join(", "), params)
}

/// Ids of what events may be about that belongs to a customer.
fn subjects(reader: &Reader<'_>, company: CompanyId, customer: CustomerId) -> Result<Vec<i64>, Fault> {
    let mut ids = Vec::new();
    for table in ["orders", "quotations", "inquiries", "portal_users", "contracts", "changes"] {
        let text = format!("SELECT t.id FROM {table} t WHERE t.company_id = ?1 AND t.customer_id = ?2");
        ids.extend(reader.rows(&text, &[company.raw().into(), customer.raw().into()], |source| read::<i64>(source, 0))?);
    }
    Ok(ids)
}

/// Events about these that name the person.
fn events(reader: &Reader<'_>, company: CompanyId, person: &Person, subjects: &[i64]) -> Result<Vec<ChainedEvent>, Fault> {
    let mut found: Vec<ChainedEvent> = Vec::new();
    for ids in subjects.chunks(200) {
        let Some((among, params)) = among(company.raw(), ids) else { continue };
        let columns = crate::read::columns::<ChainedEvent>("e");
        let text = format!("SELECT {columns} FROM events e WHERE e.company_id = ?1 AND e.subject_id {among} ORDER BY e.position");
        let names = |event: &ChainedEvent| {
            let texts = [&event.subject_number, &event.by_name, &event.reason];
            texts.iter().any(|text| person.erased(text).is_some()) || person.erased_json(&event.data).is_some()
        };
        found.extend(reader.rows(&text, &params, ChainedEvent::read)?.into_iter().filter(names));
    }
    found.sort_by_key(|event| event.position);
    found.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    Ok(found)
}

/// The consents of the people of a customer, the newest first.
///
/// # Errors
/// Any fault of the database.
pub fn consents(reader: &Reader<'_>, company: CompanyId, customer: CustomerId) -> Result<Vec<Consent>, Fault> {
    reader.all(company, &format!("AND customer_id = ?2 ORDER BY id DESC LIMIT {MOST}"), &[customer.raw().into()])
}

/// Papers of a person that an erasure leaves: how many invoices and documents there are of the orders.
///
/// # Errors
/// Any fault of the database.
pub fn kept(reader: &Reader<'_>, company: CompanyId, orders: &[Order]) -> Result<(i64, i64), Fault> {
    let (mut invoices, mut documents) = (0, 0);
    let ids: Vec<i64> = orders.iter().map(|order| order.id.raw()).collect();
    for ids in ids.chunks(200) {
        let Some((among, params)) = among(company.raw(), ids) else { continue };
        let count = |table: &str| {
            let text = format!("SELECT count(*) FROM {table} t WHERE t.company_id = ?1 AND t.order_id {among}");
            Ok::<i64, Fault>(reader.one(&text, &params, |source| read(source, 0))?.unwrap_or(0))
        };
        invoices += count("invoices")?;
        documents += count("documents")?;
    }
    Ok((invoices, documents))
}
