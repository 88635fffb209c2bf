//! New customers are looked at by somebody else than who entered them (PTY-04).

use crate::actor::Actor;
use crate::codes::{Codes, codes};
use crate::customer::{Customer, CustomerRejection};
use crate::event::{Event, EventKind};
use crate::id::{CustomerId, UserId, Version};
use crate::instant::Instant;
use crate::refusal::{FieldError, Refusal, rejections};
use crate::rule::FieldCheck;

codes! {
    /// What is looked at of a new customer.
    VerifyCheck in "verify_check" {
        /// The business licence, or the papers of the person.
        Licence = "licence",
        /// Somebody answered at the phone.
        Phone = "phone",
        /// The address exists, and the customer is found there.
        Address = "address",
    }
}

rejections! {
    /// Why a field of a verification is refused.
    VerifyRule {
        ChecksOpen { count: i64 } => Invalid "customer.checks_open",
    }
}

/// Who entered a customer, and who has looked at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerVerification {
    /// Which.
    pub customer_id: CustomerId,
    /// Raised by every change.
    pub version: Version,
    /// Who entered it, or changed what it was verified by.
    pub entered_by: UserId,
    /// What was looked at: codes of [`VerifyCheck`].
    pub checks: Codes,
    /// What was found.
    pub note: String,
    /// Who looked.
    pub verified_by: Option<UserId>,
    /// When.
    pub verified_at: Option<Instant>,
}

impl CustomerVerification {
    /// Of a customer that was just entered.
    pub fn entered(customer_id: CustomerId, by: UserId) -> Self {
        Self {
            customer_id,
            version: Version::FIRST,
            entered_by: by,
            checks: Codes::default(),
            note: String::new(),
            verified_by: None,
            verified_at: None,
        }
    }

    /// A customer whose name or credit code is another one is to be verified again.
    pub fn lapse(&mut self, by: UserId) {
        *self = Self { version: self.version, ..Self::entered(self.customer_id, by) };
    }

    /// Says that the customer is who it says it is.
    ///
    /// # Errors
    /// `customer.merged`, `customer.already_verified`; `customer.verify_same_person` for who entered it; `invalid` at `/checks` unless everything was
    /// looked at, and at `/note`.
    ///
    /// Source: PTY-04
    pub fn verify(
        &mut self,
        customer: &mut Customer,
        checks: &[VerifyCheck],
        note: &str,
        by: &Actor,
        now: Instant,
    ) -> Result<Event, Refusal> {
        customer.not_merged()?;
        if customer.verified {
            return Err(CustomerRejection::AlreadyVerified.into());
        }
        if self.entered_by == by.user_id {
            return Err(CustomerRejection::VerifySamePerson.into());
        }
        let mut check = FieldCheck::default();
        check.optional(note, 500, "/note");
        let open = VerifyCheck::ALL.iter().filter(|one| !checks.contains(one)).count();
        if open > 0 {
            let count = i64::try_from(open).unwrap_or(i64::MAX);
            check.errors.push(FieldError::new("/checks", VerifyRule::ChecksOpen { count }));
        }
        Refusal::unless_valid(check.errors)?;

        customer.verified = true;
        self.checks = checks.iter().map(|one| one.as_str()).collect();
        note.trim().clone_into(&mut self.note);
        (self.verified_by, self.verified_at) = (Some(by.user_id), Some(now));
        Ok(Event::of(EventKind::CustomerVerified, "customer", customer.id.raw(), &customer.code).because(&self.note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    /// PTY-04
    #[test]
    fn somebody_else_looks_at_everything_once() {
        let mut customer = Customer { verified: false, ..sample::customer() };
        let (clerk, other) = (sample::actor(1, "sales_rep"), sample::actor(2, "sales_manager"));
        let mut entry = CustomerVerification::entered(customer.id, clerk.user_id);
        let now = sample::now();
        let code = |result: Result<Event, Refusal>| result.err().map(|refusal| refusal.code);
        let all = VerifyCheck::ALL;
        assert_eq!(code(entry.verify(&mut customer, all, "", &clerk, now)), Some("customer.verify_same_person"));
        assert_eq!(code(entry.verify(&mut customer, &all[1..], "", &other, now)), Some("invalid"));
        assert!(!customer.verified && entry.verified_by.is_none());
        assert_eq!(code(entry.verify(&mut customer, all, "执照已核", &other, now)), None);
        assert!(customer.verified && entry.verified_by == Some(other.user_id));
        assert_eq!(code(entry.verify(&mut customer, all, "", &other, now)), Some("customer.already_verified"));
        entry.lapse(other.user_id);
        assert_eq!((entry.entered_by, entry.verified_by), (other.user_id, None));
    }
}
