//! What is said of a customer, and the checks that need other rows.

use domain::{
    Channel, Currency, Customer, CustomerAccount, CustomerAddress, CustomerContact, CustomerId, CustomerRejection, FieldError, FieldRule,
    GRACE_MAX, Grade, Instant, Language, Money, Profile, Rate, SalesCategory, Settlement, Similar, User, UserId, Version,
    parse_credit_code,
};
use store::rows::{CustomerByCode, CustomersByCreditCode, UserByName};
use store::{Outcome, UnitOfWork};

use super::credit::CreditTerms;
use crate::field::{taken, unknown};

/// The whole customer file, as it is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerInput {
    /// Code on documents, unique in the company.
    pub code: String,
    /// Legal name.
    pub name: String,
    /// What people call it.
    pub short_name: String,
    /// Unified social credit code, or empty.
    pub credit_code: String,
    /// Grade; left out: the lowest of a new customer, as it is of one that is there.
    pub grade: Option<Grade>,
    /// Usual channel.
    pub channel: Channel,
    /// Sales category.
    pub category: SalesCategory,
    /// Usual way of paying.
    pub settlement: Settlement,
    /// Days from invoice to due date.
    pub terms_days: i64,
    /// Share of payable asked for in advance.
    pub deposit_rate: Rate,
    /// Credit limit in the customer's currency; `None`: no limit.
    pub credit_limit: Option<Money>,
    /// Days an invoice may be overdue before shipping stops.
    pub grace_days: i64,
    /// Of its orders.
    pub currency: Currency,
    /// Of documents and messages to it.
    pub language: Language,
    /// Whether its prices contain tax.
    pub tax_inclusive: bool,
    /// Id or username of the sales representative it belongs to.
    pub owner: Option<String>,
    /// Bank.
    pub bank: String,
    /// Account at the bank.
    pub bank_account: String,
    /// Name on invoices.
    pub invoice_title: String,
    /// Address and phone on invoices.
    pub invoice_address: String,
    /// Anything else.
    pub notes: String,
    /// Its people, in their order; whose they are and their positions are filled in.
    pub contacts: Vec<CustomerContact>,
    /// Its addresses, in their order; whose they are and their positions are filled in.
    pub addresses: Vec<CustomerAddress>,
    /// Why it is another one than those it is very like.
    pub duplicate_reason: String,
    /// Customers that look like it, found right before.
    pub similar: Vec<Similar>,
}

/// What of a customer is not said by an input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Like {
    pub id: CustomerId,
    pub version: Version,
    pub active: bool,
    pub verified: bool,
    pub grade: Grade,
    pub created_at: Instant,
}

impl CustomerInput {
    /// The customer that was described; id, version and state are those of `like`.
    pub(crate) fn customer(&self, like: &Like, owner_id: Option<UserId>) -> Customer {
        let text = |text: &String| text.trim().to_owned();
        let mut customer = Customer {
            id: like.id,
            version: like.version,
            code: text(&self.code),
            name: text(&self.name),
            short_name: text(&self.short_name),
            search: String::new(),
            credit_code: parse_credit_code(&self.credit_code).unwrap_or_else(|_| text(&self.credit_code)),
            grade: self.grade.unwrap_or(like.grade),
            channel: self.channel,
            category: self.category,
            settlement: self.settlement,
            terms_days: self.terms_days,
            deposit_rate: self.deposit_rate,
            currency: self.currency,
            language: self.language,
            tax_inclusive: self.tax_inclusive,
            owner_id,
            bank: text(&self.bank),
            bank_account: text(&self.bank_account),
            invoice_title: text(&self.invoice_title),
            invoice_address: text(&self.invoice_address),
            notes: text(&self.notes),
            active: like.active,
            verified: like.verified,
            merged_into: None,
            former: String::new(),
            created_at: like.created_at,
        };
        customer.index();
        customer
    }

    /// What it is compared with others by.
    pub fn profile(&self) -> Profile {
        let phones =
            self.contacts.iter().map(|contact| contact.phone.as_str()).chain(self.addresses.iter().map(|address| address.phone.as_str()));
        Profile::of(&self.name, &self.short_name, &self.credit_code, phones)
    }

    /// What it says of credit.
    pub(crate) fn credit(&self) -> CreditTerms {
        CreditTerms { limit: self.credit_limit, terms_days: self.terms_days, grace_days: self.grace_days }
    }

    /// The account of a new customer.
    pub(crate) fn account(&self, id: CustomerId) -> CustomerAccount {
        CustomerAccount { grace_days: self.grace_days, ..CustomerAccount::new(id, self.credit_limit) }
    }

    /// The people of the customer, numbered.
    pub(crate) fn contacts_of(&self, customer_id: CustomerId) -> Vec<CustomerContact> {
        let numbered = self.contacts.iter().zip(1..);
        let text = |text: &String| text.trim().to_owned();
        numbered
            .map(|(contact, position)| CustomerContact {
                customer_id,
                position,
                name: text(&contact.name),
                job: text(&contact.job),
                phone: text(&contact.phone),
                email: text(&contact.email),
                main: contact.main,
            })
            .collect()
    }

    /// The addresses of the customer, numbered.
    pub(crate) fn addresses_of(&self, customer_id: CustomerId) -> Vec<CustomerAddress> {
        let numbered = self.addresses.iter().zip(1..);
        let text = |text: &String| text.trim().to_owned();
        numbered
            .map(|(address, position)| CustomerAddress {
                customer_id,
                position,
                label: text(&address.label),
                receiver: text(&address.receiver),
                phone: text(&address.phone),
                country: text(&address.country),
                province: text(&address.province),
                city: text(&address.city),
                district: text(&address.district),
                street: text(&address.street),
                postal_code: text(&address.postal_code),
                main: address.main,
            })
            .collect()
    }

    /// The sales representative, where one is named.
    pub(crate) fn owner(&self, work: &mut UnitOfWork, errors: &mut Vec<FieldError>) -> Outcome<Option<UserId>> {
        let Some(reference) = self.owner.as_deref().map(str::trim).filter(|reference| !reference.is_empty()) else { return Ok(None) };
        work.want_of::<UserByName>([reference.to_owned()]);
        if let Ok(id) = reference.parse::<UserId>()
            && work.find::<User>(id)?.is_some()
        {
            return Ok(Some(id));
        }
        let found = work.one::<UserByName>(reference.to_owned())?;
        if found.is_none() {
            errors.push(unknown("/owner_id", reference));
        }
        Ok(found.map(|user| user.id))
    }

    /// Asks for everything the checks look at, so that it is loaded at once.
    pub(crate) fn want(&self, work: &mut UnitOfWork) {
        work.want_of::<CustomerByCode>([self.code.trim().to_owned()]);
        if let Ok(code) = parse_credit_code(&self.credit_code) {
            work.want_of::<CustomersByCreditCode>([code]);
        }
        if let Some(reference) = self.owner.as_deref().map(str::trim) {
            work.want_of::<UserByName>([reference.to_owned()]);
            work.want::<User>(reference.parse::<UserId>());
        }
    }
}

/// What is wrong with the whole file, also beside other customers.
pub(crate) fn check(
    work: &mut UnitOfWork,
    input: &CustomerInput,
    customer: &Customer,
    before: Option<&Customer>,
    contacts: &[CustomerContact],
    addresses: &[CustomerAddress],
) -> Outcome<Vec<FieldError>> {
    let mut errors = customer.check(contacts, addresses);
    if input.credit_limit.is_some_and(Money::is_negative) {
        errors.push(FieldError::new("/credit_limit", FieldRule::Negative));
    }
    if !(0..=GRACE_MAX).contains(&input.grace_days) {
        errors.push(FieldError::new("/grace_days", FieldRule::OutOfRange { min: 0, max: GRACE_MAX }));
    }
    let other = work.one::<CustomerByCode>(customer.code.clone())?;
    if other.is_some_and(|other| other.id != customer.id) {
        errors.push(taken("/code", &customer.code));
    }
    let same = before.is_some_and(|before| before.credit_code == customer.credit_code);
    if !same && parse_credit_code(&customer.credit_code).is_ok() {
        let others = work.of::<CustomersByCreditCode>(customer.credit_code.clone())?;
        if let Some(other) = others.iter().find(|other| other.id != customer.id) {
            let rule = CustomerRejection::CreditCodeTaken { customer: other.name.clone(), code: other.code.clone() };
            errors.push(FieldError::new("/credit_code", rule));
        }
    }
    Ok(errors)
}
