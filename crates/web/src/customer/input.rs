//! Customers as they are sent.

use app::customer::CustomerInput as Input;
use domain::{
    Channel, Company, Currency, CustomerAddress, CustomerContact, CustomerId, GRACE_DAYS, Language, Rate, SalesCategory, Settlement,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::Error;
use crate::fields::Fields;
use crate::value::{CategoryCode, ChannelCode, GradeCode, LanguageCode, MoneyInput, SettlementCode};

/// A person at a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Contact)]
#[serde(deny_unknown_fields, default)]
pub struct ContactJson {
    /// Name.
    pub name: String,
    /// Position in the company.
    pub position: String,
    /// Phone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// The one to ask first.
    pub primary: bool,
}

/// An address of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Address)]
#[serde(deny_unknown_fields, default)]
pub struct AddressJson {
    /// What people call it.
    pub label: String,
    /// Who takes the goods.
    pub receiver: String,
    /// Phone of the receiver.
    pub phone: String,
    /// Country; empty for the company's own.
    pub country: String,
    /// Province.
    pub province: String,
    /// City.
    pub city: String,
    /// District or county.
    pub district: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// Taken for new orders.
    pub default: bool,
}

/// The whole customer file, as it is to be. What is left out is empty, or what is said with it.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CustomerInput {
    /// Code on documents, unique in the company; letters, digits and `-._/#`.
    pub code: String,
    /// Legal name.
    pub name: String,
    /// What people call it.
    pub short_name: String,
    /// Unified social credit code (GB 32100), checked; or empty.
    pub credit_code: String,
    /// Grade. Of a new customer `C`, another one with `customer.grade` only; of one that is there as it is: another one is proposed and approved.
    pub grade: GradeCode,
    /// Usual channel; `direct`.
    pub channel: ChannelCode,
    /// Sales category; `direct`.
    pub category: CategoryCode,
    /// Usual way of paying; `payment_first`.
    pub settlement: SettlementCode,
    /// Days from invoice to due date.
    pub terms_days: i64,
    /// Share of payable asked for in advance, in percent.
    #[schema(example = "30")]
    pub deposit_rate: String,
    /// Credit limit in the customer's currency; `null`: no limit.
    pub credit_limit: Option<MoneyInput>,
    /// Days an invoice may be overdue before shipping stops, up to 3660; 30.
    pub grace_days: Option<i64>,
    /// Currency of its orders; the company's.
    pub currency: String,
    /// Language of documents and messages to it; the caller's.
    pub language: LanguageCode,
    /// Whether its prices contain tax; `true`.
    pub tax_inclusive: Option<bool>,
    /// Id or username of the sales representative it belongs to.
    pub owner_id: Option<String>,
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
    /// Its people, in their order.
    pub contacts: Vec<ContactJson>,
    /// Its addresses, in their order.
    pub addresses: Vec<AddressJson>,
    /// Why it is another customer than those it is very like (`GET /customers/similar`, `needs_reason`); kept with the event.
    pub duplicate_reason: String,
}

impl CustomerInput {
    /// What was sent, as the use case takes it.
    pub(crate) fn read(self, company: &Company, language: Language) -> Result<Input, Error> {
        let mut fields = Fields::new();
        let currency = match self.currency.trim() {
            "" => company.currency,
            code => Currency::parse(code).unwrap_or_else(|error| {
                fields.wrong("/currency", error);
                company.currency
            }),
        };
        let limit = self.credit_limit.as_ref().filter(|limit| !limit.amount().is_empty());
        let input = Input {
            grade: (self.grade != GradeCode::default()).then(|| fields.code("/grade", &self.grade)),
            channel: fields.code_or("/channel", &self.channel, Channel::Direct),
            category: fields.code_or("/category", &self.category, SalesCategory::Direct),
            settlement: fields.code_or("/settlement", &self.settlement, Settlement::PaymentFirst),
            deposit_rate: fields.optional_rate("/deposit_rate", Some(&self.deposit_rate)).unwrap_or(Rate::ZERO),
            credit_limit: limit.map(|limit| fields.money("/credit_limit", limit, currency)),
            language: fields.code_or("/language", &self.language, language),
            code: self.code,
            name: self.name,
            short_name: self.short_name,
            credit_code: self.credit_code,
            terms_days: self.terms_days,
            grace_days: self.grace_days.unwrap_or(GRACE_DAYS),
            currency,
            tax_inclusive: self.tax_inclusive.unwrap_or(true),
            owner: self.owner_id,
            bank: self.bank,
            bank_account: self.bank_account,
            invoice_title: self.invoice_title,
            invoice_address: self.invoice_address,
            notes: self.notes,
            contacts: self.contacts.into_iter().map(ContactJson::read).collect(),
            addresses: self.addresses.into_iter().map(AddressJson::read).collect(),
            duplicate_reason: self.duplicate_reason,
            similar: Vec::new(),
        };
        fields.done()?;
        Ok(input)
    }
}

impl ContactJson {
    fn read(self) -> CustomerContact {
        let ContactJson { name, position: job, phone, email, primary: main } = self;
        CustomerContact { customer_id: CustomerId::NONE, position: 0, name, job, phone, email, main }
    }
}

impl From<CustomerContact> for ContactJson {
    fn from(contact: CustomerContact) -> Self {
        let CustomerContact { name, job: position, phone, email, main: primary, .. } = contact;
        ContactJson { name, position, phone, email, primary }
    }
}

impl AddressJson {
    fn read(self) -> CustomerAddress {
        let AddressJson { label, receiver, phone, country, province, city, district, street, postal_code, default: main } = self;
        let (customer_id, position) = (CustomerId::NONE, 0);
        CustomerAddress { customer_id, position, label, receiver, phone, country, province, city, district, street, postal_code, main }
    }
}

impl From<CustomerAddress> for AddressJson {
    fn from(address: CustomerAddress) -> Self {
        let CustomerAddress { label, receiver, phone, country, province, city, district, street, postal_code, main: default, .. } = address;
        AddressJson { label, receiver, phone, country, province, city, district, street, postal_code, default }
    }
}
