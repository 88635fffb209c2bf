//! Who may set what decides a customer's credit: its limit, its days to pay, its days of grace (CRD-01).

use domain::{Act, Actor, FieldError, FieldRule, GRACE_DAYS, Money};

/// What decides a customer's credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CreditTerms {
    /// The limit; nothing: there is none.
    pub limit: Option<Money>,
    /// Days from invoice to due date.
    pub terms_days: i64,
    /// Days an invoice may be overdue before shipping stops.
    pub grace_days: i64,
}

impl CreditTerms {
    /// Of a new customer to whom nobody has given credit yet.
    pub(crate) const NONE: Self = Self { limit: Some(Money::ZERO), terms_days: 0, grace_days: GRACE_DAYS };

    /// Refuses what differs from `before`, each at its field, without `credit.edit`.
    ///
    /// Source: CRD-01
    pub(crate) fn check_change(self, before: Self, by: &Actor) -> Vec<FieldError> {
        if by.may(Act::EditCredit).is_ok() {
            return Vec::new();
        }
        let fields = [
            ("/credit_limit", self.limit == before.limit),
            ("/terms_days", self.terms_days == before.terms_days),
            ("/grace_days", self.grace_days == before.grace_days),
        ];
        let refused = |pointer: &str| FieldError::new(pointer, FieldRule::NotPermitted { permission: Act::EditCredit });
        fields.into_iter().filter(|(_, same)| !same).map(|(pointer, _)| refused(pointer)).collect()
    }
}
