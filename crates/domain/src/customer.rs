//! Customers: who buys (PTY-01).

use crate::codes::{Channel, Grade, SalesCategory, Settlement};
use crate::currency::Currency;
use crate::id::{CustomerId, UserId, Version};
use crate::instant::Instant;
use crate::language::Language;
use crate::rate::Rate;

/// The customer file.
#[derive(Clone, Debug, PartialEq)]
pub struct Customer {
    /// Key.
    pub id: CustomerId,
    /// Raised by every change.
    pub version: Version,
    /// Code on documents, unique in the company.
    pub code: String,
    /// Legal name.
    pub name: String,
    /// What people call it.
    pub short_name: String,
    /// What a search looks at: name, pinyin, initials and code in lower case.
    pub search: String,
    /// Unified social credit code (GB 32100), or empty.
    pub credit_code: String,
    /// Grade A, B or C.
    pub grade: Grade,
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
    /// Of its orders.
    pub currency: Currency,
    /// Of documents and messages to it.
    pub language: Language,
    /// Whether its prices contain tax.
    pub tax_inclusive: bool,
    /// The sales representative it belongs to.
    pub owner_id: Option<UserId>,
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
    /// Whether new orders may be submitted.
    pub active: bool,
    /// When it was entered.
    pub created_at: Instant,
}

/// A person at a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerContact {
    /// Whose.
    pub customer_id: CustomerId,
    /// Place in the list, from 1; key together with the customer.
    pub position: i64,
    /// Name.
    pub name: String,
    /// Position in the company.
    pub job: String,
    /// Phone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// The one to ask first.
    pub main: bool,
}

/// An address of a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerAddress {
    /// Whose.
    pub customer_id: CustomerId,
    /// Place in the list, from 1; key together with the customer.
    pub position: i64,
    /// What people call it: 总仓, 门店.
    pub label: String,
    /// Who takes the goods.
    pub receiver: String,
    /// Phone of the receiver.
    pub phone: String,
    /// Country, or empty for the company's own.
    pub country: String,
    /// 省.
    pub province: String,
    /// 市.
    pub city: String,
    /// 区/县.
    pub district: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// Taken for new orders.
    pub main: bool,
}
