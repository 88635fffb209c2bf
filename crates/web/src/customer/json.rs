//! Customers as they are answered.

use app::export::List;
use domain::{Currency, CustomerAccount, Instant};
use serde::Serialize;
use store::query::customer::File;
use utoipa::ToSchema;

use super::input::{AddressJson, ContactJson};
use super::verification::VerificationJson;
use crate::export::{self, Tabular};
use crate::value::{CategoryCode, ChannelCode, GradeCode, LanguageCode, MoneyJson, Named, SettlementCode};

/// A customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Customer)]
pub struct CustomerJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Code on documents.
    pub code: String,
    /// Legal name.
    pub name: String,
    /// What people call it.
    pub short_name: String,
    /// Unified social credit code, or empty.
    pub credit_code: String,
    /// Grade.
    pub grade: GradeCode,
    /// Usual channel.
    pub channel: ChannelCode,
    /// Sales category.
    pub category: CategoryCode,
    /// Usual way of paying.
    pub settlement: SettlementCode,
    /// Days from invoice to due date.
    pub terms_days: i64,
    /// Share of payable asked for in advance, in percent.
    pub deposit_rate: String,
    /// Credit limit; `null`: none.
    pub credit_limit: Option<MoneyJson>,
    /// Days an invoice may be overdue before shipping stops.
    pub grace_days: i64,
    /// Whether finance has blocked it.
    pub blocked: bool,
    /// Currency of its orders.
    pub currency: String,
    /// Language of documents and messages to it.
    pub language: LanguageCode,
    /// Whether its prices contain tax.
    pub tax_inclusive: bool,
    /// The sales representative it belongs to.
    pub owner: Option<Named>,
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
    /// Whether somebody else than who entered it has verified it.
    pub verified: bool,
    /// Who entered it and who has verified it; not of customers that were there before. Only where one customer is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification: Option<VerificationJson>,
    /// The file it was merged into: then nothing is done to it any more. Only where one customer is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<MergedIntoJson>,
    /// When it was entered.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// Its people, in their order.
    pub contacts: Vec<ContactJson>,
    /// Its addresses, in their order.
    pub addresses: Vec<AddressJson>,
    /// What it owes and may still order; only where one customer is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<CreditJson>,
}

/// The file that a customer was merged into.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MergedInto)]
pub struct MergedIntoJson {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// What a customer owes or will owe, and may still order.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Credit)]
pub struct CreditJson {
    /// The limit; `null`: none.
    pub limit: Option<MoneyJson>,
    /// Everything it owes or will owe.
    pub used: MoneyJson,
    /// What it may still order; `null`: anything.
    pub free: Option<MoneyJson>,
    /// Payable of effective orders not yet billed.
    pub open_orders: MoneyJson,
    /// Open part of invoices.
    pub open_invoices: MoneyJson,
    /// Payments not yet allocated to invoices.
    pub unallocated: MoneyJson,
    /// What finance lets it owe above the limit now.
    pub released: MoneyJson,
    /// Whether finance has blocked it.
    pub blocked: bool,
}

impl CreditJson {
    /// Of an account in its customer's currency.
    pub fn of(account: &CustomerAccount, currency: Currency) -> Self {
        let money = |amount| MoneyJson::of(amount, currency);
        CreditJson {
            limit: account.limit().map(money),
            used: money(account.exposure()),
            free: account.free().map(money),
            open_orders: money(account.open_orders_minor),
            open_invoices: money(account.open_invoices_minor),
            unallocated: money(account.unallocated_minor),
            released: money(account.released_minor),
            blocked: account.is_blocked(),
        }
    }
}

impl CustomerJson {
    /// With the account.
    pub fn detail(file: File) -> Self {
        let credit = CreditJson::of(&file.account, file.customer.currency);
        CustomerJson { credit: Some(credit), ..Self::listed(file) }
    }

    /// Without the account.
    pub fn listed(file: File) -> Self {
        let File { customer, account, owner_name, contacts, addresses } = file;
        let owner = customer.owner_id.zip(owner_name);
        CustomerJson {
            id: customer.id.to_string(),
            version: customer.version.raw(),
            code: customer.code,
            name: customer.name,
            short_name: customer.short_name,
            credit_code: customer.credit_code,
            grade: customer.grade.into(),
            channel: customer.channel.into(),
            category: customer.category.into(),
            settlement: customer.settlement.into(),
            terms_days: customer.terms_days,
            deposit_rate: customer.deposit_rate.decimal(),
            credit_limit: account.limit().map(|limit| MoneyJson::of(limit, customer.currency)),
            grace_days: account.grace_days,
            blocked: account.is_blocked(),
            currency: customer.currency.as_str().to_owned(),
            language: customer.language.into(),
            tax_inclusive: customer.tax_inclusive,
            owner: owner.map(|(id, name)| Named { id: id.to_string(), name }),
            bank: customer.bank,
            bank_account: customer.bank_account,
            invoice_title: customer.invoice_title,
            invoice_address: customer.invoice_address,
            notes: customer.notes,
            active: customer.active,
            verified: customer.verified,
            verification: None,
            merged_into: None,
            created_at: customer.created_at,
            contacts: contacts.into_iter().map(ContactJson::from).collect(),
            addresses: addresses.into_iter().map(AddressJson::from).collect(),
            credit: None,
        }
    }
}

impl Tabular for CustomerJson {
    const LIST: Option<List> = Some(List::Customers);

    fn key(&self) -> (i64, i64) {
        (export::id(&self.id), 0)
    }
}
