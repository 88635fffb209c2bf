//! Customers of an import.

use domain::{
    Act, Change, Channel, Code, Customer, CustomerAccount, CustomerAddress, CustomerContact, CustomerId, CustomerRejection, Grade,
    GradeRule, Language, Money, Rate, SalesCategory, Settlement, Version,
};

use super::{Fate, Found, Planning};
use crate::customer::credit::CreditTerms;
use crate::import::field::{Noun, customer as f};
use crate::import::known::CustomerFile;
use crate::import::record::Record;

const PLACES: &[(&str, usize)] = &[
    ("/code", f::CODE),
    ("/name", f::NAME),
    ("/short_name", f::SHORT_NAME),
    ("/credit_code", f::CREDIT_CODE),
    ("/terms_days", f::TERMS_DAYS),
    ("/credit_limit", f::CREDIT_LIMIT),
    ("/deposit_rate", f::DEPOSIT_RATE),
    ("/bank", f::BANK),
    ("/bank_account", f::BANK_ACCOUNT),
    ("/invoice_title", f::INVOICE_TITLE),
    ("/invoice_address", f::INVOICE_ADDRESS),
    ("/notes", f::NOTES),
    ("/contacts/0/name", f::CONTACT_NAME),
    ("/contacts/0/position", f::CONTACT_JOB),
    ("/contacts/0/phone", f::CONTACT_PHONE),
    ("/contacts/0/email", f::CONTACT_EMAIL),
    ("/addresses/0/label", f::ADDRESS_LABEL),
    ("/addresses/0/receiver", f::RECEIVER),
    ("/addresses/0/phone", f::ADDRESS_PHONE),
    ("/addresses/0/country", f::COUNTRY),
    ("/addresses/0/province", f::PROVINCE),
    ("/addresses/0/city", f::CITY),
    ("/addresses/0/district", f::DISTRICT),
    ("/addresses/0/street", f::STREET),
    ("/addresses/0/postal_code", f::POSTAL_CODE),
];

fn put(record: &Record, field: usize, text: &mut String) {
    if let Some(given) = record.text(field) {
        given.trim().clone_into(text);
    }
}

fn put_code<C: Code>(record: &Record, field: usize, code: &mut C) {
    if let Some(given) = record.code(field).and_then(C::parse) {
        *code = given;
    }
}

impl Planning<'_> {
    pub(super) fn customers(&mut self) {
        let batch = self.batch;
        for record in batch.of(Noun::Customers) {
            let Some(code) = record.text(f::CODE).map(str::to_owned) else { continue };
            if !self.is_first(Noun::Customers, code.clone(), record) {
                continue;
            }
            let before = self.known.customers.get(&code);
            let errors = self.problems.len();
            if let Some(before) = before.filter(|before| before.customer.merged_into.is_some()) {
                let rule = CustomerRejection::Merged { customer: before.customer.name.clone(), code: code.clone() };
                self.wrong(record, f::CODE, rule);
            }
            let file = self.customer_file(record, &code, before);
            self.check_customer(record, &file);
            self.customers.insert(code, file.clone());
            if self.problems.len() > errors || batch.is_flawed(record) {
                self.tally(Noun::Customers).errors += 1;
                continue;
            }
            match before {
                None => {
                    self.tally(Noun::Customers).new += 1;
                    self.plan.customers.push(Fate::New(file));
                }
                Some(before) if *before == file => self.tally(Noun::Customers).same += 1,
                Some(before) => {
                    self.tally(Noun::Customers).changed += 1;
                    let changes = changes(before, &file);
                    self.plan.customers.push(Fate::Changed(file, changes));
                }
            }
        }
    }

    fn customer_file(&mut self, record: &Record, code: &str, before: Option<&CustomerFile>) -> CustomerFile {
        let mut file = before.cloned().unwrap_or_else(|| self.new_customer(code));
        let customer = &mut file.customer;
        put(record, f::NAME, &mut customer.name);
        put(record, f::SHORT_NAME, &mut customer.short_name);
        put(record, f::CREDIT_CODE, &mut customer.credit_code);
        if let Ok(credit_code) = domain::parse_credit_code(&customer.credit_code) {
            customer.credit_code = credit_code;
        }
        let grade = customer.grade;
        put_code(record, f::GRADE, &mut customer.grade);
        put_code(record, f::CHANNEL, &mut customer.channel);
        put_code(record, f::CATEGORY, &mut customer.category);
        put_code(record, f::SETTLEMENT, &mut customer.settlement);
        put_code(record, f::LANGUAGE, &mut customer.language);
        customer.terms_days = record.int(f::TERMS_DAYS).unwrap_or(customer.terms_days);
        customer.deposit_rate = record.rate(f::DEPOSIT_RATE).unwrap_or(customer.deposit_rate);
        customer.tax_inclusive = record.truth(f::TAX_INCLUSIVE).unwrap_or(customer.tax_inclusive);
        customer.active = record.truth(f::ACTIVE).unwrap_or(customer.active);
        put(record, f::BANK, &mut customer.bank);
        put(record, f::BANK_ACCOUNT, &mut customer.bank_account);
        put(record, f::INVOICE_TITLE, &mut customer.invoice_title);
        put(record, f::INVOICE_ADDRESS, &mut customer.invoice_address);
        put(record, f::NOTES, &mut customer.notes);
        customer.currency = self.currency(record, f::CURRENCY, customer.currency);
        if let Found::One(owner) = self.user(record, f::OWNER) {
            file.customer.owner_id = Some(owner);
        }
        file.customer.index();
        let currency = file.customer.currency;
        if let Some(limit) = self.money(record, f::CREDIT_LIMIT, currency) {
            file.account.limit_minor = limit;
            if limit.is_negative() {
                self.wrong(record, f::CREDIT_LIMIT, domain::FieldRule::Negative);
            }
        }
        self.check_credit(record, before, &mut file);
        self.check_grade(record, before.is_none(), grade, &mut file);
        contact(record, &mut file);
        address(record, &mut file);
        file
    }

    /// What decides credit is brought in only by those who may set it; a new customer has none without them.
    fn check_credit(&mut self, record: &Record, before: Option<&CustomerFile>, file: &mut CustomerFile) {
        let terms = |file: &CustomerFile| CreditTerms {
            limit: file.account.limit(),
            terms_days: file.customer.terms_days,
            grace_days: file.account.grace_days,
        };
        if before.is_none() && record.text(f::CREDIT_LIMIT).is_none() && self.by.may(Act::EditCredit).is_err() {
            file.account.limit_minor = Money::ZERO;
        }
        let errors = terms(file).check_change(before.map_or(CreditTerms::NONE, terms), self.by);
        self.note(record, errors, PLACES);
    }

    /// A grade comes in with a new customer only, by who may decide grades.
    fn check_grade(&mut self, record: &Record, new: bool, before: Grade, file: &mut CustomerFile) {
        if file.customer.grade == before {
            return;
        }
        if !new {
            self.wrong(record, f::GRADE, GradeRule::ByApproval);
        } else if self.by.may(Act::GradeCustomer).is_err() {
            self.wrong(record, f::GRADE, GradeRule::NeedsApproval);
        }
    }

    fn new_customer(&mut self, code: &str) -> CustomerFile {
        let id = CustomerId::from_raw((self.id)());
        let customer = Customer {
            id,
            version: Version::FIRST,
            code: code.to_owned(),
            name: String::new(),
            short_name: String::new(),
            search: String::new(),
            credit_code: String::new(),
            grade: Grade::C,
            channel: Channel::Direct,
            category: SalesCategory::Direct,
            settlement: Settlement::PaymentFirst,
            terms_days: 0,
            deposit_rate: Rate::ZERO,
            currency: self.batch.currency.unwrap_or(self.known.company.currency),
            language: Language::ZhCn,
            tax_inclusive: true,
            owner_id: None,
            bank: String::new(),
            bank_account: String::new(),
            invoice_title: String::new(),
            invoice_address: String::new(),
            notes: String::new(),
            active: true,
            // Taken over from elsewhere by somebody who may say so.
            verified: self.by.may(Act::VerifyCustomer).is_ok(),
            merged_into: None,
            former: String::new(),
            created_at: self.known.now,
        };
        let account = CustomerAccount { limit_minor: Money::NO_LIMIT, ..CustomerAccount::new(id, None) };
        CustomerFile { customer, contacts: Vec::new(), addresses: Vec::new(), account }
    }

    fn check_customer(&mut self, record: &Record, file: &CustomerFile) {
        let errors = file.customer.check(&file.contacts, &file.addresses);
        // What a cell lacks was said where it was read.
        let errors = errors.into_iter().filter(|error| !(error.pointer == "/name" && error.code == "value.required"));
        let (contact, address) = (main_contact(file), main_address(file));
        let at_main = |mut error: domain::FieldError| {
            for (list, place) in [("contacts", contact), ("addresses", address)] {
                let prefix = format!("/{list}/{place}/");
                if let Some(field) = error.pointer.strip_prefix(&prefix) {
                    error.pointer = format!("/{list}/0/{field}");
                }
            }
            error
        };
        let errors = errors.map(at_main).collect();
        self.note(record, errors, PLACES);
    }
}

fn main_contact(file: &CustomerFile) -> usize {
    file.contacts.iter().position(|contact| contact.main).unwrap_or(0)
}

fn main_address(file: &CustomerFile) -> usize {
    file.addresses.iter().position(|address| address.main).unwrap_or(0)
}

/// Writes the first contact, and makes one where the row names one.
fn contact(record: &Record, file: &mut CustomerFile) {
    let place = main_contact(file);
    if ![f::CONTACT_NAME, f::CONTACT_JOB, f::CONTACT_PHONE, f::CONTACT_EMAIL].iter().any(|field| record.text(*field).is_some()) {
        return;
    }
    if file.contacts.is_empty() {
        let nobody = || String::new();
        let (customer_id, name) = (file.customer.id, record.text(f::CONTACT_NAME).or(record.text(f::CONTACT_PHONE)).unwrap_or_default());
        let contact = CustomerContact {
            customer_id,
            position: 1,
            name: name.to_owned(),
            job: nobody(),
            phone: nobody(),
            email: nobody(),
            main: true,
        };
        file.contacts.push(contact);
    }
    let contact = &mut file.contacts[place];
    put(record, f::CONTACT_NAME, &mut contact.name);
    put(record, f::CONTACT_JOB, &mut contact.job);
    put(record, f::CONTACT_PHONE, &mut contact.phone);
    put(record, f::CONTACT_EMAIL, &mut contact.email);
}

/// Writes the main address, and makes one where the row names a street.
fn address(record: &Record, file: &mut CustomerFile) {
    let place = main_address(file);
    if file.addresses.is_empty() {
        if record.text(f::STREET).is_none() {
            return;
        }
        let none = String::new;
        file.addresses.push(CustomerAddress {
            customer_id: file.customer.id,
            position: 1,
            label: none(),
            receiver: none(),
            phone: none(),
            country: none(),
            province: none(),
            city: none(),
            district: none(),
            street: none(),
            postal_code: none(),
            main: true,
        });
    }
    let address = &mut file.addresses[place];
    put(record, f::ADDRESS_LABEL, &mut address.label);
    put(record, f::RECEIVER, &mut address.receiver);
    put(record, f::ADDRESS_PHONE, &mut address.phone);
    put(record, f::COUNTRY, &mut address.country);
    put(record, f::PROVINCE, &mut address.province);
    put(record, f::CITY, &mut address.city);
    put(record, f::DISTRICT, &mut address.district);
    put(record, f::STREET, &mut address.street);
    put(record, f::POSTAL_CODE, &mut address.postal_code);
}

fn changes(before: &CustomerFile, after: &CustomerFile) -> Vec<Change> {
    let mut changes = after.customer.changes_from(&before.customer);
    let limit = |file: &CustomerFile| file.account.limit().map(|limit| (limit, file.customer.currency));
    changes.extend(Change::between("credit_limit", limit(before), limit(after)));
    let contact = |file: &CustomerFile| file.contacts.get(main_contact(file)).map(|contact| format!("{} {}", contact.name, contact.phone));
    changes.extend(Change::between("contacts", contact(before), contact(after)));
    let address = |file: &CustomerFile| file.addresses.get(main_address(file)).map(CustomerAddress::one_line);
    changes.extend(Change::between("addresses", address(before), address(after)));
    changes
}
