//! The letterhead: what every document says about the company itself.

use crate::credit_code::parse_credit_code;
use crate::event::{Change, changes};
use crate::id::{UserId, Version};
use crate::instant::Instant;
use crate::refusal::FieldError;
use crate::rule::FieldCheck;

/// What documents say about the company; empty fields are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Letterhead {
    /// Key: there is one, `main`.
    pub code: String,
    /// Raised by every change.
    pub version: Version,
    /// Name where it differs from that of the company.
    pub name: String,
    /// The name in English, on English documents.
    pub name_en: String,
    /// Address.
    pub address: String,
    /// Address in English.
    pub address_en: String,
    /// Phone.
    pub phone: String,
    /// Fax.
    pub fax: String,
    /// E-mail.
    pub email: String,
    /// Web site.
    pub website: String,
    /// Unified social credit code (GB 32100), or empty.
    pub credit_code: String,
    /// Bank.
    pub bank: String,
    /// Account at the bank.
    pub bank_account: String,
    /// Hex SHA-256 of the logo, a PNG or JPEG; empty: none.
    pub logo_sha256: String,
    /// Hex SHA-256 of the picture of the seal; empty: none.
    pub seal_sha256: String,
    /// Who changed it last.
    pub changed_by: UserId,
    /// When.
    pub changed_at: Instant,
}

impl Letterhead {
    /// Key of the only one.
    pub const CODE: &'static str = "main";

    /// One that says nothing yet.
    pub fn empty() -> Self {
        let nothing = String::new;
        Self {
            code: Self::CODE.to_owned(),
            version: Version::default(),
            name: nothing(),
            name_en: nothing(),
            address: nothing(),
            address_en: nothing(),
            phone: nothing(),
            fax: nothing(),
            email: nothing(),
            website: nothing(),
            credit_code: nothing(),
            bank: nothing(),
            bank_account: nothing(),
            logo_sha256: nothing(),
            seal_sha256: nothing(),
            changed_by: UserId::NONE,
            changed_at: Instant::from_micros(0),
        }
    }

    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        for (value, most, pointer) in [
            (&self.name, 200, "/name"),
            (&self.name_en, 200, "/name_en"),
            (&self.address, 300, "/address"),
            (&self.address_en, 300, "/address_en"),
            (&self.phone, 100, "/phone"),
            (&self.fax, 100, "/fax"),
            (&self.email, 200, "/email"),
            (&self.website, 200, "/website"),
            (&self.bank, 200, "/bank"),
            (&self.bank_account, 100, "/bank_account"),
        ] {
            check.optional(value, most, pointer);
        }
        if !self.credit_code.is_empty()
            && let Err(error) = parse_credit_code(&self.credit_code)
        {
            check.errors.push(FieldError::new("/credit_code", error));
        }
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "name": |one| one.name.clone(),
            "name_en": |one| one.name_en.clone(),
            "address": |one| one.address.clone(),
            "address_en": |one| one.address_en.clone(),
            "phone": |one| one.phone.clone(),
            "fax": |one| one.fax.clone(),
            "email": |one| one.email.clone(),
            "website": |one| one.website.clone(),
            "credit_code": |one| one.credit_code.clone(),
            "bank": |one| one.bank.clone(),
            "bank_account": |one| one.bank_account.clone(),
            "logo_sha256": |one| one.logo_sha256.clone(),
            "seal_sha256": |one| one.seal_sha256.clone(),
        )
    }
}
