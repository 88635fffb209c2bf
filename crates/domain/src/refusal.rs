//! Refusals: what the product says instead of doing what was asked, in business words and with the facts.
//!
//! Every noun has a closed enum of rejections; each turns into a [`Refusal`] with a stable code, typed details and,
//! by that code, a text in every language (`texts/`).

use std::borrow::Cow;

use crate::currency::Currency;
use crate::date::Date;
use crate::decimal::ParseError;
use crate::instant::Instant;
use crate::language::Language;
use crate::money::Money;
use crate::names::Names;
use crate::permission::Act;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::rules::LocalText;
use crate::text::{shown, text};

/// A typed fact inside a refusal or an event; each language writes it its own way.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// Nothing, where a value may be missing.
    Nothing,
    /// A name, number or word as it is.
    Text(String),
    /// A count.
    Int(i64),
    /// An amount and its currency.
    Money(Money, Currency),
    /// A quantity and its unit.
    Quantity(Quantity, String),
    /// A rate.
    Rate(Rate),
    /// A date.
    Date(Date),
    /// A point in time.
    Instant(Instant),
    /// A code, by the group of its texts and itself: `("order.status", "draft")`.
    Code(&'static str, &'static str),
    /// At least, at most, above or below this; the sign stands before it.
    Bound(&'static str, Box<Detail>),
    /// One of these.
    AnyOf(Vec<Detail>),
    /// What something is called, with what it is.
    Pair(Box<Detail>, Box<Detail>),
    /// A name that the company gave, in each language.
    Names(Box<Names>),
}

/// Named details, by the placeholder they fill.
pub type Details = Vec<(&'static str, Detail)>;

/// What kind of refusal it is; the HTTP status follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalKind {
    /// Nobody knows who asks (401).
    Unauthenticated,
    /// Who asks may not do this (403).
    Denied,
    /// There is no such thing (404).
    NotFound,
    /// It does not fit the state things are in (409).
    Conflict,
    /// It was decided on an older version (412).
    Stale,
    /// What was sent is wrong, see the fields (422).
    Invalid,
    /// A gate is shut, see the gates (409).
    Gate,
    /// Too often (429).
    TooMany,
}

impl RefusalKind {
    /// The code of the problem's kind: its title is the text `problem.<code>`.
    pub const fn problem(self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::Denied => "denied",
            Self::NotFound => "not-found",
            Self::Conflict => "conflict",
            Self::Stale => "stale",
            Self::Invalid => "invalid",
            Self::Gate => "gate-refused",
            Self::TooMany => "too-many",
        }
    }
}

/// A code and the details of its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Stable code.
    pub code: &'static str,
    /// What its text is filled with.
    pub details: Details,
}

impl From<ParseError> for Reason {
    fn from(error: ParseError) -> Self {
        Self { code: error.code, details: Vec::new() }
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// JSON pointer into what was sent: `/lines/3/quantity`, counted from 0.
    pub pointer: String,
    /// Stable code.
    pub code: &'static str,
    /// What its text is filled with.
    pub details: Details,
}

impl FieldError {
    /// This is wrong with the field at `pointer`.
    pub fn new(pointer: impl Into<String>, reason: impl Into<Reason>) -> Self {
        let Reason { code, details } = reason.into();
        Self { pointer: pointer.into(), code, details }
    }

    /// The same error of something that is part of something larger: `/quantity` under `/lines/3`.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        self.pointer.insert_str(0, prefix);
        self
    }

    /// What is wrong, for people.
    pub fn message(&self, language: Language) -> String {
        text(language, self.code, &self.details)
    }
}

/// A fact a gate misses.
#[derive(Clone, Debug, PartialEq)]
pub struct MissingFact {
    /// Which; its label is the text `fact.<fact>`.
    pub fact: &'static str,
    /// What it is.
    pub current: Detail,
    /// What it must be.
    pub required: Detail,
    /// Its name where a company's rules give it one.
    pub label: Option<LocalText>,
}

impl MissingFact {
    /// The name of the fact, for people.
    pub fn label(&self, language: Language) -> String {
        if let Some(label) = &self.label {
            return label.of(language).to_owned();
        }
        text(language, &format!("fact.{}", self.fact), &[])
    }
}

/// A gate that is shut.
#[derive(Clone, Debug, PartialEq)]
pub struct GateRefusal {
    /// Stable code of the gate: `order.close.settled`.
    pub code: Cow<'static, str>,
    /// What its text is filled with.
    pub details: Details,
    /// Everything it misses.
    pub missing: Vec<MissingFact>,
    /// Roles that may override it.
    pub override_by: Vec<String>,
    /// What it says where a company's rules say it; else the text of its code.
    pub text: Option<LocalText>,
}

impl GateRefusal {
    /// Why it is shut, for people.
    pub fn message(&self, language: Language) -> String {
        match &self.text {
            Some(said) => said.of(language).to_owned(),
            None => text(language, &self.code, &self.details),
        }
    }
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Stable code: `order.not_reviewed`, `invalid`, `gate-refused`, …
    pub code: &'static str,
    /// What kind of refusal it is.
    pub kind: RefusalKind,
    /// What its text is filled with.
    pub details: Details,
    /// What is wrong with which field.
    pub fields: Vec<FieldError>,
    /// Which gates are shut.
    pub gates: Vec<GateRefusal>,
}

impl Refusal {
    /// A refusal without fields and gates.
    pub const fn new(kind: RefusalKind, code: &'static str, details: Details) -> Self {
        Self { code, kind, details, fields: Vec::new(), gates: Vec::new() }
    }

    /// Who asks lacks this permission.
    pub fn denied(act: Act) -> Self {
        let details = vec![("permission", Detail::Code(Act::GROUP, act.as_str()))];
        Self::new(RefusalKind::Denied, "denied", details)
    }

    /// There is no such thing; `noun` is a code of the texts `noun.*`.
    pub fn not_found(noun: &'static str) -> Self {
        let details = vec![("noun", Detail::Code("noun", noun))];
        Self::new(RefusalKind::NotFound, "not-found", details)
    }

    /// It was decided on an older version of this; `noun` is a code of the texts `noun.*`.
    pub fn stale(noun: &'static str) -> Self {
        let details = vec![("noun", Detail::Code("noun", noun))];
        Self::new(RefusalKind::Stale, "stale", details)
    }

    /// These fields are wrong.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        let count = i64::try_from(fields.len()).unwrap_or(i64::MAX);
        let details = vec![("count", Detail::Int(count))];
        Self { fields, ..Self::new(RefusalKind::Invalid, "invalid", details) }
    }

    /// This one field is wrong.
    pub fn field(pointer: impl Into<String>, reason: impl Into<Reason>) -> Self {
        Self::invalid(vec![FieldError::new(pointer, reason)])
    }

    /// These gates are shut.
    pub fn gates(gates: Vec<GateRefusal>) -> Self {
        let count = i64::try_from(gates.len()).unwrap_or(i64::MAX);
        let details = vec![("count", Detail::Int(count))];
        Self { gates, ..Self::new(RefusalKind::Gate, "gate-refused", details) }
    }

    /// Nothing where no field is wrong.
    ///
    /// # Errors
    /// `invalid` with the fields.
    pub fn unless_valid(fields: Vec<FieldError>) -> Result<(), Self> {
        if fields.is_empty() { Ok(()) } else { Err(Self::invalid(fields)) }
    }

    /// Nothing where no gate is shut.
    ///
    /// # Errors
    /// `gate-refused` with the gates.
    pub fn unless_open(gates: Vec<GateRefusal>) -> Result<(), Self> {
        if gates.is_empty() { Ok(()) } else { Err(Self::gates(gates)) }
    }

    /// The kind of refusal, for people.
    pub fn title(&self, language: Language) -> String {
        text(language, &format!("problem.{}", self.kind.problem()), &[])
    }

    /// What is wrong and what to do next, for people: of gates every reason, of a single field its own.
    pub fn message(&self, language: Language) -> String {
        if !self.gates.is_empty() {
            let reasons: Vec<String> = self.gates.iter().map(|gate| gate.message(language)).collect();
            let between = if language == Language::En { " " } else { "" };
            return reasons.join(between);
        }
        match self.fields.as_slice() {
            [only] => only.message(language),
            _ => text(language, self.code, &self.details),
        }
    }
}

/// Declares a closed enum of rejections; the fields of a variant are the placeholders of its text.
macro_rules! rejections {
    ($(#[$doc:meta])* $name:ident {$(
        $(#[$variant_doc:meta])*
        $variant:ident $({ $($field:ident: $type:ty),+ })? => $kind:ident $code:literal,
    )+}) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {$(
            $(#[$variant_doc])*
            #[doc = concat!(" Code `", $code, "`.")]
            $variant $({$(
                #[doc = concat!("Fills `{", stringify!($field), "}` of the text.")]
                $field: $type,
            )+})?,
        )+}

        impl $name {
            /// Every code of this enum.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The stable code.
            pub const fn code(&self) -> &'static str {
                match self {$(
                    Self::$variant { .. } => $code,
                )+}
            }

            /// What kind of refusal it is.
            pub const fn kind(&self) -> $crate::refusal::RefusalKind {
                match self {$(
                    Self::$variant { .. } => $crate::refusal::RefusalKind::$kind,
                )+}
            }
        }

        impl From<$name> for $crate::refusal::Reason {
            fn from(rejection: $name) -> Self {
                let code = rejection.code();
                let details = match rejection {$(
                    $name::$variant $({ $($field),+ })? => {
                        vec![$($((stringify!($field), $crate::refusal::Detail::from($field))),+)?]
                    }
                )+};
                Self { code, details }
            }
        }

        impl From<$name> for $crate::refusal::Refusal {
            fn from(rejection: $name) -> Self {
                let kind = rejection.kind();
                let $crate::refusal::Reason { code, details } = rejection.into();
                Self::new(kind, code, details)
            }
        }
    };
}
pub(crate) use rejections;

impl Detail {
    /// As people of this language write it.
    pub fn shown(&self, language: Language) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Int(number) => crate::decimal::grouped(&number.to_string()),
            Self::Money(amount, currency) => amount.shown(*currency),
            Self::Quantity(quantity, unit) if unit.is_empty() => quantity.grouped(),
            Self::Quantity(quantity, unit) => format!("{} {unit}", quantity.grouped()),
            Self::Rate(rate) => format!("{}%", rate.decimal()),
            Self::Date(date) => date.to_string(),
            Self::Instant(instant) => instant.to_string(),
            Self::Code(group, code) => text(language, &format!("{group}.{code}"), &[]),
            Self::Bound(sign, bound) => format!("{sign}{}", bound.shown(language)),
            Self::AnyOf(all) => all.iter().map(|one| one.shown(language)).collect::<Vec<_>>().join(" / "),
            Self::Pair(name, value) => format!("{} {}", name.shown(language), value.shown(language)),
            Self::Names(names) => names.of(language).to_owned(),
        }
    }

    /// For events: a form that can be shown in any language later, see [`crate::shown_json`].
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::json;
        match self {
            Self::Nothing => serde_json::Value::Null,
            Self::Text(text) => json!(text),
            Self::Int(number) => json!(number),
            Self::Money(amount, currency) => {
                json!({"amount": amount.decimal(*currency), "currency": currency.as_str()})
            }
            Self::Quantity(quantity, unit) => json!({"value": quantity.decimal(), "unit": unit}),
            Self::Rate(rate) => json!({"percent": rate.decimal()}),
            Self::Date(date) => json!(date.as_str()),
            Self::Instant(instant) => json!(instant.to_string()),
            Self::Code(group, code) => json!({"group": group, "code": code}),
            Self::Bound(sign, bound) => json!({"bound": sign, "of": bound.to_json()}),
            Self::AnyOf(all) => all.iter().map(Self::to_json).collect(),
            Self::Pair(name, value) => json!({"name": name.to_json(), "value": value.to_json()}),
            Self::Names(names) => json!(names),
        }
    }
}

/// Shows what [`Detail::to_json`] wrote, in a language.
pub fn shown_json(language: Language, value: &serde_json::Value) -> String {
    shown(language, value)
}

impl From<&str> for Detail {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<T: Into<Self>> From<Option<T>> for Detail {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

impl From<bool> for Detail {
    fn from(value: bool) -> Self {
        Self::Code("bool", if value { "true" } else { "false" })
    }
}

macro_rules! detail_from {
    ($($type:ty => |$value:ident| $detail:expr;)+) => {$(
        impl From<$type> for Detail {
            fn from($value: $type) -> Self {
                $detail
            }
        }
    )+};
}

detail_from! {
    String => |value| Self::Text(value);
    i64 => |value| Self::Int(value);
    usize => |value| Self::Int(i64::try_from(value).unwrap_or(i64::MAX));
    (Money, Currency) => |value| Self::Money(value.0, value.1);
    (Quantity, String) => |value| Self::Quantity(value.0, value.1);
    Quantity => |value| Self::Quantity(value, String::new());
    crate::unit_price::UnitPrice => |value| Self::Text(value.grouped());
    Rate => |value| Self::Rate(value);
    Date => |value| Self::Date(value);
    Instant => |value| Self::Instant(value);
    Currency => |value| Self::Text(value.as_str().to_owned());
    Names => |value| Self::Names(Box::new(value));
    crate::time_span::TimeSpan => |value| Self::Text(value.to_string());
    crate::codes::Codes => |value| Self::Text(value.as_str().to_owned());
}

/// Lets a code stand where a detail is wanted.
macro_rules! code_details {
    ($($type:ty),+ $(,)?) => {$(
        impl From<$type> for Detail {
            fn from(value: $type) -> Self {
                Self::Code(<$type>::GROUP, value.as_str())
            }
        }
    )+};
}

code_details! {
    crate::codes::Channel, crate::codes::SalesCategory, crate::codes::Settlement, crate::codes::Grade,
    crate::person::ConsentPurpose,
    crate::codes::ProductKind, crate::product::Tracking, crate::codes::TaxCategory, crate::codes::TaxRounding, crate::order::OrderStatus,
    crate::order::Supply, crate::order::Fulfilment, crate::order::Finance, crate::order::Service,
    crate::offer::OfferStatus, crate::offer::OfferWay,
    crate::confirmation::ConfirmationWay, crate::confirmation::SignatureWay, crate::confirmation::CopyCheck,
    crate::price::PriceSource, crate::payment::PaymentMethod, crate::attachment::AttachmentKind, crate::evidence::EvidenceKind,
    crate::shipment::ShipmentStatus, crate::invoice::InvoiceStatus, crate::invoice::InvoiceKind,
    crate::follow_up::FollowUpStatus, crate::stock::MovementKind, crate::approval::Decision,
    Act, crate::language::Language, crate::lifecycle::Verb, crate::notify::MailSecurity, crate::notify::RobotProvider,
    crate::rules::BlueprintState, crate::task::TaskCause, crate::task::TaskStatus, crate::task::WorkerKind, crate::change::ChangeStatus, crate::change::ChangeKind,
    crate::contract::ContractStatus, crate::contract::ContractTerm, crate::quotation::QuotationStatus, crate::quotation::QuotationReason,
    crate::document::DocumentKind, crate::inquiry::InquiryStatus, crate::charge::ChargeKind,
    crate::agent::CommissionBasis, crate::exception::ExceptionKind, crate::exception::ReturnedGoods,
    crate::promotion::PromotionStatus, crate::promotion::PromotionEffect, crate::rebate::RebateBasis, crate::rebate::RebateStatus, crate::transfer::TransferStatus, crate::stock_count::StockCountStatus,
    crate::purchase::PurchaseStatus,
    crate::shortage::ShortageBlock,
    crate::shortage::ShortageOption,
}
