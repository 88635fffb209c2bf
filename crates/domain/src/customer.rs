//! Customers: who buys (PTY-01).

use crate::account::CustomerAccount;
use crate::codes::{Channel, Grade, SalesCategory, Settlement};
use crate::credit_code::parse_credit_code;
use crate::currency::Currency;
use crate::event::{Change, changes};
use crate::id::{CustomerId, UserId, Version};
use crate::instant::Instant;
use crate::language::Language;
use crate::rate::Rate;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};
use crate::search::search_text;

rejections! {
    /// Why a customer refuses.
    CustomerRejection {
        AlreadyActive => Conflict "customer.already_active",
        AlreadyInactive => Conflict "customer.already_inactive",
        /// Amounts in the old currency are counted on its account.
        CurrencyInUse { currency: String } => Invalid "customer.currency_in_use",
        /// Another customer has this credit code.
        CreditCodeTaken { customer: String, code: String } => Invalid "customer.credit_code_taken",
        /// Another customer is very like it, and no reason was given why it is another one.
        LooksLike { customer: String, code: String, score: i64 } => Invalid "customer.looks_like",
        /// Both are the same file.
        SameCustomer => Invalid "customer.same_customer",
        AlreadyDistinct => Conflict "customer.already_distinct",
        AlreadyVerified => Conflict "customer.already_verified",
        /// Somebody else than who entered it verifies it.
        VerifySamePerson => Denied "customer.verify_same_person",
        /// It is another file now.
        Merged { customer: String, code: String } => Conflict "customer.merged",
        /// Two credit codes are two companies.
        CreditCodesDiffer { one: String, other: String } => Conflict "customer.credit_codes_differ",
        /// Amounts are counted in another currency.
        MergeCurrency { one: String, other: String } => Conflict "customer.merge_currency",
    }
}

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
    /// Whether somebody else than who entered it has looked at licence, phone and address (PTY-04).
    pub verified: bool,
    /// The file it was merged into (PTY-03).
    pub merged_into: Option<CustomerId>,
    /// Codes and names of the files that were merged into it, a line each, a tab between.
    pub former: String,
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

impl Customer {
    /// Refuses what is done to a file that was merged into another one.
    ///
    /// # Errors
    /// `customer.merged`.
    pub fn not_merged(&self) -> Result<(), CustomerRejection> {
        match self.merged_into {
            Some(_) => Err(CustomerRejection::Merged { customer: self.name.clone(), code: self.code.clone() }),
            None => Ok(()),
        }
    }

    /// Sets what a search looks at.
    pub fn index(&mut self) {
        let former = self.former.replace(['\t', '\n'], " ");
        self.search = search_text([&*self.name, &*self.short_name, &*self.code, former.trim_end()]);
    }

    /// What is wrong with the file, each at its field (PTY-01).
    pub fn check(&self, contacts: &[CustomerContact], addresses: &[CustomerAddress]) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.code, "/code");
        check.required(&self.name, 200, "/name");
        check.optional(&self.short_name, 100, "/short_name");
        if !self.credit_code.is_empty()
            && let Err(error) = parse_credit_code(&self.credit_code)
        {
            check.errors.push(FieldError::new("/credit_code", error));
        }
        let terms = FieldRule::OutOfRange { min: 0, max: 366 };
        check.that((0..=366).contains(&self.terms_days), "/terms_days", terms);
        check.that(self.deposit_rate.is_share(), "/deposit_rate", FieldRule::NotAShare);
        for (pointer, text) in [
            ("/bank", &self.bank),
            ("/bank_account", &self.bank_account),
            ("/invoice_title", &self.invoice_title),
            ("/invoice_address", &self.invoice_address),
        ] {
            check.optional(text, 300, pointer);
        }
        check.optional(&self.notes, 4000, "/notes");
        for (place, contact) in contacts.iter().enumerate() {
            let prefix = format!("/contacts/{place}");
            check.errors.extend(contact.check().into_iter().map(|error| error.under(&prefix)));
        }
        for (place, address) in addresses.iter().enumerate() {
            let prefix = format!("/addresses/{place}");
            check.errors.extend(address.check().into_iter().map(|error| error.under(&prefix)));
        }
        check.errors
    }

    /// What is wrong with another currency than `before`: what is counted on the account is in the old one.
    pub fn check_currency(&self, before: &Self, account: &CustomerAccount) -> Option<FieldError> {
        let rule = CustomerRejection::CurrencyInUse { currency: before.currency.as_str().to_owned() };
        (account.is_used() && self.currency != before.currency).then(|| FieldError::new("/currency", rule))
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "code": |customer| customer.code.clone(),
            "name": |customer| customer.name.clone(),
            "short_name": |customer| customer.short_name.clone(),
            "credit_code": |customer| customer.credit_code.clone(),
            "grade": |customer| customer.grade,
            "channel": |customer| customer.channel,
            "category": |customer| customer.category,
            "settlement": |customer| customer.settlement,
            "terms_days": |customer| customer.terms_days,
            "deposit_rate": |customer| customer.deposit_rate,
            "currency": |customer| customer.currency,
            "language": |customer| customer.language,
            "tax_inclusive": |customer| customer.tax_inclusive,
            "bank": |customer| customer.bank.clone(),
            "bank_account": |customer| customer.bank_account.clone(),
            "invoice_title": |customer| customer.invoice_title.clone(),
            "invoice_address": |customer| customer.invoice_address.clone(),
            "notes": |customer| customer.notes.clone(),
            "active": |customer| customer.active,
        )
    }
}

impl CustomerContact {
    fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.required(&self.name, 100, "/name");
        check.optional(&self.job, 100, "/position");
        check.phone(&self.phone, "/phone");
        check.email(&self.email, "/email");
        check.errors
    }
}

impl CustomerAddress {
    fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.required(&self.street, 200, "/street");
        check.phone(&self.phone, "/phone");
        for (pointer, text) in [
            ("/label", &self.label),
            ("/receiver", &self.receiver),
            ("/country", &self.country),
            ("/province", &self.province),
            ("/city", &self.city),
            ("/district", &self.district),
            ("/postal_code", &self.postal_code),
        ] {
            check.optional(text, 100, pointer);
        }
        check.errors
    }

    /// The address in one line, from the largest part to the smallest, as Chinese addresses are written.
    pub fn one_line(&self) -> String {
        [&self.country, &self.province, &self.city, &self.district, &self.street].into_iter().filter(|part| !part.is_empty()).fold(
            String::new(),
            |mut line, part| {
                let latin = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
                if latin(line.chars().last()) && latin(part.chars().next()) {
                    line.push(' ');
                }
                line.push_str(part);
                line
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn what_is_wrong_is_named_at_its_field() {
        let contact = |phone: &str, email: &str| CustomerContact {
            customer_id: CustomerId::NONE,
            position: 1,
            name: "李华".to_owned(),
            job: String::new(),
            phone: phone.to_owned(),
            email: email.to_owned(),
            main: true,
        };
        let good = sample::customer();
        assert_eq!(good.check(&[contact("+86 138 0013 8000", "li@example.com"), contact("", "")], &[]), []);
        let bad = Customer {
            code: "A B".to_owned(),
            name: " ".to_owned(),
            credit_code: "91330100799655085B".to_owned(),
            terms_days: 1000,
            deposit_rate: Rate::from_bp(10_001),
            ..good
        };
        let errors = bad.check(&[contact("", ""), contact("12@4567", "li@")], &[]);
        let found: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.code)).collect();
        assert_eq!(
            found,
            [
                ("/code", "value.not_a_code"),
                ("/name", "value.required"),
                ("/credit_code", "credit_code.check_digit"),
                ("/terms_days", "value.out_of_range"),
                ("/deposit_rate", "value.not_a_share"),
                ("/contacts/1/phone", "value.not_a_phone"),
                ("/contacts/1/email", "value.not_an_email"),
            ]
        );
    }
}
