//! Two files of one customer made one: what the file that stays takes over, and when they cannot be one (PTY-03).

use crate::account::CustomerAccount;
use crate::agent::AgentRejection;
use crate::codes::codes;
use crate::currency::Currency;
use crate::customer::{Customer, CustomerAddress, CustomerContact, CustomerRejection};
use crate::id::{CustomerId, UserId, Version};
use crate::instant::Instant;
use crate::money::Money;
use crate::refusal::Detail;

codes! {
    /// What the file that stays may take over from the other one. The code, the currency and the grade are its own.
    MergeField in "merge_field" {
        Name = "name",
        ShortName = "short_name",
        CreditCode = "credit_code",
        Channel = "channel",
        Category = "category",
        Settlement = "settlement",
        TermsDays = "terms_days",
        DepositRate = "deposit_rate",
        CreditLimit = "credit_limit",
        GraceDays = "grace_days",
        Language = "language",
        TaxInclusive = "tax_inclusive",
        Owner = "owner_id",
        Bank = "bank",
        BankAccount = "bank_account",
        InvoiceTitle = "invoice_title",
        InvoiceAddress = "invoice_address",
        Notes = "notes",
    }
}

codes! {
    /// How far the papers of a merged file have come.
    MergeState in "merge_state" {
        /// Some may still be kept under the file that is gone.
        Moving = "moving",
        Done = "done",
    }
}

/// A file that was merged into another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerMerge {
    /// The file that is gone.
    pub customer_id: CustomerId,
    /// Raised by every change.
    pub version: Version,
    /// The file that stays.
    pub into_id: CustomerId,
    /// Why they are one.
    pub reason: String,
    /// Who said so.
    pub merged_by: UserId,
    /// When.
    pub merged_at: Instant,
    /// Whether all its papers have followed.
    pub state: MergeState,
}

/// Two files that are to become one.
#[derive(Clone, Copy, Debug)]
pub struct Merge<'a> {
    /// The file that stays.
    pub into: &'a Customer,
    /// What is counted on its account.
    pub into_account: &'a CustomerAccount,
    /// The file that goes.
    pub from: &'a Customer,
    /// What is counted on its account.
    pub from_account: &'a CustomerAccount,
}

/// How a customer file stands to agents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agency {
    /// It is an agent.
    pub is_agent: bool,
    /// It orders through one.
    pub has_agent: bool,
}

impl Agency {
    /// Why it and another one cannot be one file: an agent orders through nobody (PTY-06).
    ///
    /// # Errors
    /// `agent.merge`.
    pub fn check_merge(self, other: Self) -> Result<(), AgentRejection> {
        if (self.is_agent && other.has_agent) || (self.has_agent && other.is_agent) {
            return Err(AgentRejection::Merge);
        }
        Ok(())
    }
}

impl Merge<'_> {
    /// Why they cannot be one, the first reason; nothing where they can.
    pub fn refusal(&self) -> Option<CustomerRejection> {
        let Merge { into, from, .. } = *self;
        if into.id == from.id {
            return Some(CustomerRejection::SameCustomer);
        }
        for file in [from, into] {
            if file.merged_into.is_some() {
                return Some(CustomerRejection::Merged { customer: file.name.clone(), code: file.code.clone() });
            }
        }
        let codes = (&*into.credit_code, &*from.credit_code);
        if !codes.0.is_empty() && !codes.1.is_empty() && codes.0 != codes.1 {
            return Some(CustomerRejection::CreditCodesDiffer { one: codes.0.to_owned(), other: codes.1.to_owned() });
        }
        if into.currency != from.currency && self.from_account.is_used() {
            let code = |currency: Currency| currency.as_str().to_owned();
            return Some(CustomerRejection::MergeCurrency { one: code(into.currency), other: code(from.currency) });
        }
        None
    }

    /// What the customer owes or will owe afterwards.
    pub fn exposure(&self) -> Money {
        self.into_account.exposure() + self.from_account.exposure()
    }

    /// How much of it is above the limit of `limit`, in the currency of the file that stays.
    pub fn over(&self, limit: Option<Money>) -> Option<Detail> {
        let released = self.into_account.released_minor + self.from_account.released_minor;
        let over = self.exposure() - (limit? + released);
        over.is_positive().then_some(Detail::Money(over, self.into.currency))
    }
}

impl Customer {
    /// Takes fields over from another file. What decides the account is not on this file: the limit and the days of grace.
    pub fn take(&mut self, other: &Self, fields: &[MergeField]) {
        for field in fields {
            match field {
                MergeField::Name => self.name.clone_from(&other.name),
                MergeField::ShortName => self.short_name.clone_from(&other.short_name),
                MergeField::CreditCode => self.credit_code.clone_from(&other.credit_code),
                MergeField::Channel => self.channel = other.channel,
                MergeField::Category => self.category = other.category,
                MergeField::Settlement => self.settlement = other.settlement,
                MergeField::TermsDays => self.terms_days = other.terms_days,
                MergeField::DepositRate => self.deposit_rate = other.deposit_rate,
                MergeField::CreditLimit | MergeField::GraceDays => {}
                MergeField::Language => self.language = other.language,
                MergeField::TaxInclusive => self.tax_inclusive = other.tax_inclusive,
                MergeField::Owner => self.owner_id = other.owner_id,
                MergeField::Bank => self.bank.clone_from(&other.bank),
                MergeField::BankAccount => self.bank_account.clone_from(&other.bank_account),
                MergeField::InvoiceTitle => self.invoice_title.clone_from(&other.invoice_title),
                MergeField::InvoiceAddress => self.invoice_address.clone_from(&other.invoice_address),
                MergeField::Notes => self.notes.clone_from(&other.notes),
            }
        }
    }

    /// Remembers the code and the names of a file that was merged into this one, and of those that were merged into that one before.
    pub fn remember(&mut self, other: &Self) {
        let line = |code: &str, name: &str| format!("{}\t{}\n", code.trim(), name.trim());
        self.former.push_str(&line(&other.code, &other.name));
        if !other.short_name.trim().is_empty() {
            self.former.push_str(&line(&other.code, &other.short_name));
        }
        self.former.push_str(&other.former);
    }

    /// Codes and names of the files that were merged into this one.
    pub fn formerly(&self) -> impl Iterator<Item = (&str, &str)> {
        self.former.lines().filter_map(|line| line.split_once('\t'))
    }
}

/// The contacts of both files, those of the one that stays first; who is in both stays once.
pub fn joined_contacts(into: CustomerId, own: &[CustomerContact], other: &[CustomerContact]) -> Vec<CustomerContact> {
    let same = |a: &CustomerContact, b: &CustomerContact| (&a.name, &a.phone, &a.email) == (&b.name, &b.phone, &b.email);
    let mut all: Vec<CustomerContact> = own.to_vec();
    for contact in other {
        if !all.iter().any(|known| same(known, contact)) {
            all.push(CustomerContact { main: contact.main && all.is_empty(), ..contact.clone() });
        }
    }
    for (contact, position) in all.iter_mut().zip(1..) {
        (contact.customer_id, contact.position) = (into, position);
    }
    all
}

/// The addresses of both files, those of the one that stays first; what is in both stays once.
pub fn joined_addresses(into: CustomerId, own: &[CustomerAddress], other: &[CustomerAddress]) -> Vec<CustomerAddress> {
    let plain = |address: &CustomerAddress| CustomerAddress {
        customer_id: into,
        position: 0,
        label: String::new(),
        main: false,
        ..address.clone()
    };
    let mut all: Vec<CustomerAddress> = own.to_vec();
    for address in other {
        if !all.iter().any(|known| plain(known) == plain(address)) {
            all.push(CustomerAddress { main: address.main && all.is_empty(), ..address.clone() });
        }
    }
    for (address, position) in all.iter_mut().zip(1..) {
        (address.customer_id, address.position) = (into, position);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn other() -> Customer {
        Customer { id: CustomerId::from_raw(12), code: "K2".to_owned(), name: "明华".to_owned(), ..sample::customer() }
    }

    fn refusal(into: &Customer, from: &Customer, open: i64) -> Option<&'static str> {
        let account = CustomerAccount::new(from.id, None);
        let used = CustomerAccount { open_orders_minor: Money::from_minor(open), ..account.clone() };
        let merge = Merge { into, into_account: &account, from, from_account: &used };
        merge.refusal().map(|rejection| crate::refusal::Refusal::from(rejection).code)
    }

    /// PTY-03
    #[test]
    fn what_cannot_be_one_is_refused_with_the_reason() {
        let (into, from) = (sample::customer(), other());
        assert_eq!(refusal(&into, &from, 5), None);
        assert_eq!(refusal(&into, &into, 0), Some("customer.same_customer"));
        let gone = Customer { merged_into: Some(into.id), ..other() };
        assert_eq!(refusal(&into, &gone, 0), Some("customer.merged"));
        assert_eq!(refusal(&gone, &into, 0), Some("customer.merged"));
        let coded = Customer { credit_code: "91330100MA27XYJW9Q".to_owned(), ..other() };
        assert_eq!(refusal(&into, &coded, 0), Some("customer.credit_codes_differ"));
        let foreign = Customer { currency: Currency::parse("USD").unwrap(), ..other() };
        assert_eq!(refusal(&into, &foreign, 0), None, "nothing is counted in the other currency");
        assert_eq!(refusal(&into, &foreign, 1), Some("customer.merge_currency"));
    }

    /// PTY-03
    #[test]
    fn codes_and_names_of_all_that_went_are_remembered() {
        let mut second = other();
        second.remember(&Customer { code: "K3".to_owned(), name: "老明华".to_owned(), short_name: String::new(), ..other() });
        let mut into = sample::customer();
        into.remember(&second);
        into.index();
        assert_eq!(into.formerly().map(|(code, _)| code).collect::<Vec<_>>(), ["K2", "K2", "K3"]);
        assert!(into.search.contains("k3") && into.search.contains("laominghua"), "{}", into.search);
    }

    /// PTY-03
    #[test]
    fn people_of_both_stay_and_who_is_in_both_stays_once() {
        let contact = |name: &str, main: bool| CustomerContact {
            customer_id: CustomerId::from_raw(9),
            position: 7,
            name: name.to_owned(),
            job: String::new(),
            phone: String::new(),
            email: String::new(),
            main,
        };
        let into = CustomerId::from_raw(1);
        let all = joined_contacts(into, &[contact("李华", true)], &[contact("王一", true), contact("李华", false)]);
        let line = |one: &CustomerContact| (one.position, one.name.clone(), one.main);
        assert_eq!(all.iter().map(line).collect::<Vec<_>>(), [(1, "李华".to_owned(), true), (2, "王一".to_owned(), false)]);
        assert!(all.iter().all(|one| one.customer_id == into));
    }
}
