//! The steps of a contract: written, put in force, ended.

use std::ops::Deref;

use super::{
    Contract, ContractCall, ContractLine, ContractRejection, ContractRule, ContractStatus, ContractTerm, ContractTerms, ContractVerb,
};
use crate::actor::Actor;
use crate::attachment::Attachment;
use crate::codes::Codes;
use crate::customer::Customer;
use crate::event::{Event, EventKind};
use crate::id::{ContractId, UserId, Version};
use crate::order::checked_reason;
use crate::quotation::Moment;
use crate::refusal::{FieldError, Refusal};
use crate::rule::{FieldCheck, FieldRule};

/// The most lines of a contract.
pub const MAX_CONTRACT_LINES: usize = 1000;

impl Contract {
    /// A draft.
    pub fn draft(id: ContractId, number: &str, customer: &Customer, terms: &ContractTerms, by: UserId, at: Moment) -> Self {
        let mut contract = Self {
            id,
            version: Version::FIRST,
            number: number.to_owned(),
            status: ContractStatus::Draft,
            customer_id: customer.id,
            customer_code: String::new(),
            customer_name: String::new(),
            customer_ref: String::new(),
            title: String::new(),
            currency: customer.currency,
            tax_inclusive: customer.tax_inclusive,
            valid_from: terms.valid_from,
            valid_to: terms.valid_to,
            settlement: None,
            deposit_rate: None,
            credit_days: None,
            credit_terms: String::new(),
            lead_days: None,
            delivery_terms: String::new(),
            terms: String::new(),
            binding: Codes::default(),
            line_count: 0,
            file_id: None,
            file_sha256: String::new(),
            created_by: by,
            created_at: at.now,
            edited_by: by,
            enforced_by: None,
            enforced_at: None,
            ended_by: None,
            ended_at: None,
            end_reason: String::new(),
        };
        contract.fill(customer, terms);
        contract
    }

    /// Takes what was written.
    pub fn fill(&mut self, customer: &Customer, terms: &ContractTerms) {
        self.customer_id = customer.id;
        self.customer_code.clone_from(&customer.code);
        self.customer_name.clone_from(&customer.name);
        self.customer_ref.clone_from(&terms.customer_ref);
        self.title.clone_from(&terms.title);
        self.currency = terms.currency.unwrap_or(customer.currency);
        self.tax_inclusive = terms.tax_inclusive.unwrap_or(customer.tax_inclusive);
        self.valid_from = terms.valid_from;
        self.valid_to = terms.valid_to;
        self.settlement = terms.settlement;
        self.deposit_rate = terms.deposit_rate;
        self.credit_days = terms.credit_days;
        self.credit_terms.clone_from(&terms.credit_terms);
        self.lead_days = terms.lead_days;
        self.delivery_terms.clone_from(&terms.delivery_terms);
        self.terms.clone_from(&terms.terms);
        self.binding = terms.binding.clone();
    }

    /// What is wrong with what was written, each at its field.
    pub fn check<L: Deref<Target = ContractLine>>(&self, lines: &[L]) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.required(&self.title, 200, "/title");
        check.optional(&self.customer_ref, 100, "/customer_ref");
        check.that(self.valid_to >= self.valid_from, "/valid_to", FieldRule::Before { date: self.valid_from });
        check.that(self.deposit_rate.is_none_or(|rate| rate.is_share()), "/deposit_rate", FieldRule::NotAShare);
        check.that(
            self.credit_days.is_none_or(|days| (0..=366).contains(&days)),
            "/credit_days",
            FieldRule::OutOfRange { min: 0, max: 366 },
        );
        check.that(self.lead_days.is_none_or(|days| (0..=3650).contains(&days)), "/lead_days", FieldRule::OutOfRange { min: 0, max: 3650 });
        check.optional(&self.credit_terms, 2000, "/credit_terms");
        check.optional(&self.delivery_terms, 2000, "/delivery_terms");
        check.optional(&self.terms, 20_000, "/terms");
        for code in self.binding.iter().filter(|code| ContractTerm::parse(code).is_none()) {
            check.errors.push(FieldError::new("/binding", FieldRule::UnknownChoice { value: code.to_owned() }));
        }
        let max = i64::try_from(MAX_CONTRACT_LINES).unwrap_or(i64::MAX);
        check.that(lines.len() <= MAX_CONTRACT_LINES, "/lines", FieldRule::TooMany { max });
        for (place, line) in lines.iter().enumerate() {
            let at = |name: &str| format!("/lines/{place}/{name}");
            check.that(!line.unit_price_micro.is_negative(), &at("unit_price"), FieldRule::Negative);
            check.that(line.quantity_micro.is_none_or(|quantity| quantity.is_positive()), &at("quantity"), FieldRule::NotPositive);
            check.optional(&line.note, 500, &at("note"));
            if lines[..place].iter().any(|other| other.product_id == line.product_id) {
                check.errors.push(FieldError::new(at("product_id"), ContractRule::SameProduct));
            }
        }
        let says = !lines.is_empty()
            || self.settlement.is_some()
            || self.deposit_rate.is_some()
            || self.credit_days.is_some()
            || self.lead_days.is_some()
            || [&self.terms, &self.credit_terms, &self.delivery_terms].iter().any(|text| !text.trim().is_empty());
        if !says {
            check.errors.push(FieldError::new("/terms", ContractRule::SaysNothing));
        }
        check.errors
    }

    /// Something of this kind happened to it.
    pub fn event(&self, kind: EventKind) -> Event {
        Event::of(kind, "contract", self.id.raw(), &self.number).with("customer", self.customer_name.clone())
    }

    /// Puts it in force: orders are checked against it, and its frame lines may be called off.
    ///
    /// # Errors
    /// `denied`, `NotDraft`, `Own`, `Over`; `invalid` with everything that is wrong.
    ///
    /// Source: QUO-02
    pub fn enforce<L: Deref<Target = ContractLine>>(
        &mut self,
        lines: &[L],
        by: &Actor,
        at: Moment,
    ) -> Result<(Vec<ContractCall>, Event), Refusal> {
        self.may(ContractVerb::Enforce, at.today, by)?;
        Refusal::unless_valid(self.check(lines))?;

        self.status = ContractStatus::InForce;
        self.enforced_by = Some(by.user_id);
        self.enforced_at = Some(at.now);
        let calls = lines.iter().filter_map(|line| ContractCall::of(line)).collect();
        let event = self.event(EventKind::ContractEnforced).with("valid_from", self.valid_from).with("valid_to", self.valid_to);
        Ok((calls, event.told([(self.created_by, "")])))
    }

    /// Keeps the signed contract with it, by the hash of the file.
    ///
    /// # Errors
    /// `denied`, `Ended`.
    pub fn attach(&mut self, file: &Attachment, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(ContractVerb::Attach, at.today, by)?;
        self.file_id = Some(file.id);
        self.file_sha256.clone_from(&file.sha256);
        Ok(self.event(EventKind::ContractAttached).with("filename", file.filename.as_str()).with("sha256", file.sha256.as_str()))
    }

    /// Ends it. `calls` are the counters of its frame lines; where something remains, `confirmed` says that it is meant.
    ///
    /// # Errors
    /// `denied`, `NotInForce`, `Remains`; `invalid` without a reason.
    ///
    /// Source: QUO-04
    pub fn end<L, C>(&mut self, lines: &[L], calls: &[C], confirmed: bool, reason: &str, by: &Actor, at: Moment) -> Result<Event, Refusal>
    where
        L: Deref<Target = ContractLine>,
        C: Deref<Target = ContractCall>,
    {
        self.may(ContractVerb::End, at.today, by)?;
        let reason = checked_reason(reason)?;
        let left: Vec<&C> = calls.iter().filter(|call| call.remaining().is_positive()).collect();
        let first =
            left.first().and_then(|call| lines.iter().find(|line| line.line_no == call.line_no).map(|line| (line, call.remaining())));
        let count = i64::try_from(left.len()).unwrap_or(i64::MAX);
        if let Some((line, remaining)) = first.filter(|_| !confirmed) {
            let remaining = (remaining, line.unit.clone());
            return Err(ContractRejection::Remains { lines: count, product: line.name.clone(), remaining }.into());
        }
        self.close(reason, by, at);
        Ok(self.event(EventKind::ContractEnded).with("remaining_lines", count).because(reason))
    }

    /// Gives a draft up.
    ///
    /// # Errors
    /// `denied`, `NotDraft`; `invalid` without a reason.
    pub fn withdraw(&mut self, reason: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(ContractVerb::Withdraw, at.today, by)?;
        let reason = checked_reason(reason)?;
        self.close(reason, by, at);
        Ok(self.event(EventKind::ContractWithdrawn).because(reason))
    }

    fn close(&mut self, reason: &str, by: &Actor, at: Moment) {
        self.status = ContractStatus::Ended;
        self.ended_by = Some(by.user_id);
        self.ended_at = Some(at.now);
        reason.clone_into(&mut self.end_reason);
    }
}
