//! Evidence: the statement, paper, photo or receipt that proves a fact about an order. "Oral is invalid": it is written down, and opens nothing.

use std::fmt::Write;

use crate::actor::Actor;
use crate::codes::codes;
use crate::event::{Event, EventKind};
use crate::id::{AttachmentId, EvidenceId, OrderId, UserId, Version};
use crate::instant::Instant;
use crate::language::Language;
use crate::order::{Order, checked_reason};
use crate::refusal::{Detail, FieldError, Refusal, rejections};
use crate::rule::FieldCheck;
use crate::text::catalogue;

codes! {
    /// What kind of proof it is.
    EvidenceKind in "evidence.kind" {
        /// An employee's statement, signed in the product by who is signed in.
        SignedStatement = "signed_statement",
        /// The customer's signed paper.
        SignedConfirmation = "signed_confirmation",
        Photo = "photo",
        Scan = "scan",
        /// What the customer wrote by e-mail, as the message itself or printed.
        Email = "email",
        BankReceipt = "bank_receipt",
        /// What was said on the phone, written down by who heard it.
        CallNote = "call_note",
        /// Only said; written down, but it proves nothing.
        Oral = "oral",
    }
}

impl EvidenceKind {
    /// Whether it is a file.
    pub fn needs_file(self) -> bool {
        matches!(self, Self::SignedConfirmation | Self::Photo | Self::Scan | Self::Email | Self::BankReceipt)
    }

    /// Whether it is a text.
    pub fn needs_statement(self) -> bool {
        !self.needs_file()
    }

    /// Whether evidence of this kind can prove `proves`: what was said proves nothing, a note of a call only that there was contact, and
    /// a customer's signature is proved only by the paper that carries it.
    ///
    /// Source: APR-05
    pub fn can_prove(self, proves: &str) -> bool {
        match self {
            Self::Oral => false,
            Self::CallNote => NOTED.contains(&proves),
            Self::SignedStatement | Self::BankReceipt => !BY_CUSTOMER.contains(&proves),
            Self::SignedConfirmation | Self::Photo | Self::Scan => true,
            // An e-mail is words without a signature.
            Self::Email => proves != "signed_confirmation",
        }
    }
}

/// What evidence is usually asked for; other codes may be used by a company's rules. Their names are the texts `evidence.proves.<code>`.
pub const PROVABLE: &[&str] = &[
    "technical_confirmation",
    "materials",
    "production_date",
    "signed_confirmation",
    "change_accepted",
    "deposit_in",
    "quantity_checked",
    "contact_made",
    "shortage_choice",
    "delivered",
    "other",
];

/// What a note of a call is enough for.
const NOTED: &[&str] = &["contact_made", "shortage_choice"];

/// What only the customer's own paper proves.
const BY_CUSTOMER: &[&str] = &["signed_confirmation", "change_accepted"];

/// The longest statement, in characters.
pub const STATEMENT_MAX: i64 = 4000;

/// What `proves` is called in a language; a code of the company's own is shown as it is.
pub fn provable_name(language: Language, proves: &str) -> String {
    catalogue(language).get(&format!("evidence.proves.{proves}")).cloned().unwrap_or_else(|| proves.to_owned())
}

rejections! {
    /// Why evidence refuses.
    EvidenceRejection {
        AlreadyWithdrawn => Conflict "evidence.already_withdrawn",
        FileMissing => Invalid "evidence.file_missing",
        /// The file is of another order.
        FileElsewhere => Invalid "evidence.file_elsewhere",
        /// Given later than now.
        InTheFuture => Invalid "evidence.in_the_future",
    }
}

/// A proof of a fact about an order. It is never changed and never deleted, only withdrawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Key.
    pub id: EvidenceId,
    /// Raised when it is withdrawn.
    pub version: Version,
    /// About which order.
    pub order_id: OrderId,
    /// What kind of proof it is.
    pub kind: EvidenceKind,
    /// What it proves: a code, mostly one of [`PROVABLE`].
    pub proves: String,
    /// What is stated, or what the file shows.
    pub statement: String,
    /// Name of who gave it.
    pub given_by: String,
    /// When it was given.
    pub given_at: Instant,
    /// The file.
    pub attachment_id: Option<AttachmentId>,
    /// Hex SHA-256 of the file's content; empty without a file.
    pub file_sha256: String,
    /// Hex SHA-256 of [`Evidence::canonical`].
    pub sha256: String,
    /// Who recorded it.
    pub created_by: UserId,
    /// When it was recorded.
    pub created_at: Instant,
    /// Who withdrew it.
    pub withdrawn_by: Option<UserId>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Instant>,
    /// Why it was withdrawn.
    pub withdraw_reason: String,
}

/// What is said of new evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceInput<'a> {
    /// Id of the evidence.
    pub id: EvidenceId,
    /// Kind.
    pub kind: EvidenceKind,
    /// What it proves.
    pub proves: &'a str,
    /// What is stated.
    pub statement: &'a str,
    /// Who gave it; who signs in the product gives a signed statement, whatever is said here.
    pub given_by: &'a str,
    /// When it was given; now where left out.
    pub given_at: Option<Instant>,
    /// The file and the SHA-256 of its content.
    pub file: Option<(AttachmentId, &'a str)>,
}

impl Order {
    /// Records a proof; its `sha256` is to be set to the hash of [`Evidence::canonical`].
    ///
    /// A signed statement is given by the actor, now. Evidence may be added in every state: what was missing is filed later.
    ///
    /// # Errors
    /// `invalid` at the field: a file or a statement that its kind needs, a code that is none, a time to come.
    ///
    /// Source: APR-05
    pub fn add_evidence(&self, input: &EvidenceInput<'_>, by: &Actor, now: Instant) -> Result<(Evidence, Event), Refusal> {
        let kind = input.kind;
        let signed = kind == EvidenceKind::SignedStatement;
        let given_by = if signed { by.name.as_str() } else { input.given_by.trim() };
        let given_at = if signed { now } else { input.given_at.unwrap_or(now) };
        let mut check = FieldCheck::default();
        check.code(input.proves.trim(), "/proves");
        if kind.needs_statement() {
            check.required(input.statement, STATEMENT_MAX, "/statement");
        } else {
            check.optional(input.statement, STATEMENT_MAX, "/statement");
        }
        check.required(given_by, 100, "/given_by");
        let mut errors = check.errors;
        if kind.needs_file() && input.file.is_none() {
            errors.push(FieldError::new("/attachment_id", EvidenceRejection::FileMissing));
        }
        if given_at > now {
            errors.push(FieldError::new("/given_at", EvidenceRejection::InTheFuture));
        }
        Refusal::unless_valid(errors)?;

        let evidence = Evidence {
            id: input.id,
            version: Version::FIRST,
            order_id: self.id,
            kind,
            proves: input.proves.trim().to_owned(),
            statement: input.statement.trim().to_owned(),
            given_by: given_by.to_owned(),
            given_at,
            attachment_id: input.file.map(|(id, _)| id),
            file_sha256: input.file.map(|(_, sha256)| sha256.to_owned()).unwrap_or_default(),
            sha256: String::new(),
            created_by: by.user_id,
            created_at: now,
            withdrawn_by: None,
            withdrawn_at: None,
            withdraw_reason: String::new(),
        };
        let event = self.event(EventKind::EvidenceAdded).with("kind", kind).with("proves", evidence.proves_detail());
        let event = event.with("given_by", given_by).with("evidence", evidence.id.to_string());
        Ok((evidence, event))
    }
}

impl Evidence {
    /// What its hash is taken of: each field on a line of its own with its length, so that no two proofs have the same text.
    pub fn canonical(&self) -> String {
        let at = self.given_at.to_string();
        let mut text = String::from("shundan evidence 1\n");
        for (name, value) in [
            ("kind", self.kind.as_str()),
            ("proves", &self.proves),
            ("given_by", &self.given_by),
            ("given_at", &at),
            ("statement", &self.statement),
            ("file", &self.file_sha256),
        ] {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "{name} {} {value}", value.len());
        }
        text
    }

    /// Whether it was taken back.
    pub fn is_withdrawn(&self) -> bool {
        self.withdrawn_at.is_some()
    }

    /// Whether it proves this: what is only said never does, nor what was withdrawn.
    ///
    /// Source: APR-05
    pub fn satisfies(&self, proves: &str) -> bool {
        !self.is_withdrawn() && self.proves == proves && self.kind.can_prove(proves)
    }

    /// Takes it back; it stays on file and opens nothing any more.
    ///
    /// # Errors
    /// `AlreadyWithdrawn`; `invalid` without a reason.
    pub fn withdraw(&mut self, order: &Order, reason: &str, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        if self.is_withdrawn() {
            return Err(EvidenceRejection::AlreadyWithdrawn.into());
        }
        let reason = checked_reason(reason)?;

        self.withdrawn_by = Some(by.user_id);
        self.withdrawn_at = Some(now);
        reason.clone_into(&mut self.withdraw_reason);
        let event = order.event(EventKind::EvidenceWithdrawn).because(reason).with("kind", self.kind);
        Ok(event.with("proves", self.proves_detail()).with("evidence", self.id.to_string()))
    }

    fn proves_detail(&self) -> Detail {
        match PROVABLE.iter().find(|code| **code == self.proves) {
            Some(code) => Detail::Code("evidence.proves", code),
            None => Detail::from(self.proves.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{actor, draft, now};

    fn input(kind: EvidenceKind, proves: &str) -> EvidenceInput<'_> {
        let file = kind.needs_file().then_some((AttachmentId::from_raw(5), "ab12"));
        EvidenceInput { id: EvidenceId::from_raw(1), kind, proves, statement: "可以生产", given_by: "李工", given_at: None, file }
    }

    fn given(kind: EvidenceKind, proves: &str) -> Evidence {
        draft(&[("1", "10.00")]).0.add_evidence(&input(kind, proves), &actor(2, "customer_service"), now()).unwrap().0
    }

    #[test]
    fn what_is_only_said_proves_nothing() {
        let check = |kind: EvidenceKind, proves: &str, enough: bool| {
            assert_eq!(given(kind, proves).satisfies(proves), enough, "{kind} for {proves}");
        };
        for kind in EvidenceKind::ALL {
            let oral = *kind == EvidenceKind::Oral;
            check(*kind, "contact_made", !oral);
            check(*kind, "materials", !oral && *kind != EvidenceKind::CallNote);
            assert!(!given(*kind, "materials").satisfies("deposit_in"), "{kind} proves what it says");
        }
        check(EvidenceKind::SignedStatement, "signed_confirmation", false);
        check(EvidenceKind::BankReceipt, "signed_confirmation", false);
        check(EvidenceKind::Email, "signed_confirmation", false);
        check(EvidenceKind::Email, "change_accepted", true);
        check(EvidenceKind::Scan, "signed_confirmation", true);
        check(EvidenceKind::SignedConfirmation, "signed_confirmation", true);
    }

    #[test]
    fn each_kind_needs_its_own() {
        let (order, _) = draft(&[("1", "10.00")]);
        let by = actor(2, "customer_service");
        let check = |input: &EvidenceInput<'_>, expected: &[(&str, &str)]| {
            let refusal = order.add_evidence(input, &by, now()).unwrap_err();
            let found: Vec<_> = refusal.fields.iter().map(|error| (error.pointer.as_str(), error.code)).collect();
            assert_eq!(found, expected);
        };
        for kind in EvidenceKind::ALL {
            let nothing = EvidenceInput { statement: "", file: None, ..input(*kind, "materials") };
            let pointer = if kind.needs_file() { ("/attachment_id", "evidence.file_missing") } else { ("/statement", "value.required") };
            check(&nothing, &[pointer]);
        }
        let later = Some(Instant::from_micros(now().micros() + 1));
        check(&EvidenceInput { given_at: later, ..input(EvidenceKind::Scan, "materials") }, &[("/given_at", "evidence.in_the_future")]);
        check(&input(EvidenceKind::Scan, "two words"), &[("/proves", "value.not_a_code")]);
        check(&EvidenceInput { given_by: " ", ..input(EvidenceKind::CallNote, "contact_made") }, &[("/given_by", "value.required")]);
    }

    #[test]
    fn who_signs_in_the_product_gives_the_statement() {
        let (order, _) = draft(&[("1", "10.00")]);
        let by = actor(2, "customer_service");
        let long_ago = Some(Instant::from_micros(1));
        let said = EvidenceInput { given_by: "别人", given_at: long_ago, ..input(EvidenceKind::SignedStatement, "materials") };
        let (evidence, event) = order.add_evidence(&said, &by, now()).unwrap();
        assert_eq!((evidence.given_by.as_str(), evidence.given_at), (by.name.as_str(), now()));
        assert_eq!((event.kind.as_str(), event.subject_kind.as_str()), ("EvidenceAdded", "order"));
    }

    #[test]
    fn a_withdrawn_proof_proves_nothing_and_stays() {
        let (order, _) = draft(&[("1", "10.00")]);
        let by = actor(2, "customer_service");
        let mut evidence = given(EvidenceKind::Scan, "materials");
        assert_eq!(evidence.withdraw(&order, " ", &by, now()).unwrap_err().fields[0].pointer, "/reason");
        evidence.withdraw(&order, "扫错了", &by, now()).unwrap();
        assert!(!evidence.satisfies("materials"));
        assert_eq!(evidence.withdraw(&order, "again", &by, now()).unwrap_err().code, "evidence.already_withdrawn");
    }

    #[test]
    fn every_field_moves_the_text_that_is_hashed() {
        let one = given(EvidenceKind::Scan, "materials");
        let others = [
            Evidence { kind: EvidenceKind::Photo, ..one.clone() },
            Evidence { proves: "other".into(), ..one.clone() },
            Evidence { given_by: "王".into(), ..one.clone() },
            Evidence { given_at: Instant::from_micros(1), ..one.clone() },
            Evidence { statement: "不能生产".into(), ..one.clone() },
            Evidence { file_sha256: "cd".into(), ..one.clone() },
            // Where one field ends and the next begins is part of it.
            Evidence { given_by: format!("{}\nstatement", one.given_by), ..one.clone() },
        ];
        for other in others {
            assert_ne!(other.canonical(), one.canonical());
        }
    }
}
