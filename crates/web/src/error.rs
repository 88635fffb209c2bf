//! Refusals and failures as RFC 9457 problem documents, in the caller's language; each is logged once, here and nowhere else.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Detail, Details, Language, Refusal, RefusalKind};
use serde::{Deserialize, Serialize};
use store::{Failure, Fault};
use utoipa::ToSchema;

use crate::context::Context;

/// A problem document (RFC 9457).
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Stable code of what is wrong: `order.not_reviewed`, `invalid`, `gate-refused`, `denied`, …
    pub r#type: String,
    /// The kind of problem, for people.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong and what to do next, for people.
    pub detail: String,
    /// The same as `type`.
    pub code: String,
    /// The id of the request, also in the server's log.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
    /// What is wrong with which field.
    pub errors: Vec<ProblemField>,
    /// Which gates are shut.
    pub gates: Vec<ProblemGate>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = FieldError)]
pub struct ProblemField {
    /// JSON pointer into what was sent: `/lines/3/quantity`; of a query `/limit`.
    pub pointer: String,
    /// Stable code.
    pub code: String,
    /// For people.
    pub message: String,
}

/// A gate that is shut.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Gate)]
pub struct ProblemGate {
    /// Stable code.
    pub code: String,
    /// For people.
    pub message: String,
    /// What it misses.
    pub missing: Vec<ProblemFact>,
    /// Roles that may override it.
    pub override_by: Vec<String>,
    /// It stands in the company's rules, so those roles override it by `override-gate`.
    pub of_rules: bool,
}

/// A fact that a gate misses.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = MissingFact)]
pub struct ProblemFact {
    /// Which, as a code.
    pub fact: String,
    /// Which, for people.
    pub label: String,
    /// What it is.
    pub current: Option<String>,
    /// What it must be.
    pub required: Option<String>,
}

impl Problem {
    /// A refusal in a language, for answers that carry problems inside (batches, checks).
    pub fn of(refusal: &Refusal, language: Language) -> Self {
        Problem {
            r#type: refusal.code.to_owned(),
            title: refusal.title(language),
            status: status_of(refusal.kind).as_u16(),
            detail: refusal.message(language),
            code: refusal.code.to_owned(),
            request_id: String::new(),
            errors: refusal.fields.iter().map(|field| ProblemField::of(field, language)).collect(),
            gates: refusal.gates.iter().map(|gate| ProblemGate::of(gate, language)).collect(),
        }
    }
}

impl ProblemField {
    /// An error of a field in a language.
    pub fn of(field: &domain::FieldError, language: Language) -> Self {
        ProblemField { pointer: field.pointer.clone(), code: field.code.to_owned(), message: field.message(language) }
    }
}

impl ProblemGate {
    /// A shut gate in a language.
    pub fn of(gate: &domain::GateRefusal, language: Language) -> Self {
        let shown = |detail: &Detail| Some(detail.shown(language)).filter(|text| !text.is_empty());
        let fact = |fact: &domain::MissingFact| ProblemFact {
            fact: fact.fact.to_owned(),
            label: fact.label(language),
            current: shown(&fact.current),
            required: shown(&fact.required),
        };
        ProblemGate {
            code: gate.code.clone().into_owned(),
            message: gate.message(language),
            missing: gate.missing.iter().map(fact).collect(),
            of_rules: gate.text.is_some(),
            override_by: gate.override_by.iter().map(|role| (*role).to_owned()).collect(),
        }
    }
}

fn status_of(kind: RefusalKind) -> StatusCode {
    match kind {
        RefusalKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        RefusalKind::Denied => StatusCode::FORBIDDEN,
        RefusalKind::NotFound => StatusCode::NOT_FOUND,
        RefusalKind::Conflict | RefusalKind::Gate => StatusCode::CONFLICT,
        RefusalKind::Stale => StatusCode::PRECONDITION_FAILED,
        RefusalKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        RefusalKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
    }
}

/// Why a request has no other answer. Every handler returns it; it turns into a problem document on its way out.
#[derive(Clone, Debug)]
pub struct Error(Box<Kind>);

#[derive(Clone, Debug)]
enum Kind {
    Refused { refusal: Refusal, retry_after: Option<i64> },
    Plain { status: StatusCode, code: &'static str, details: Details },
    Failed { status: StatusCode, code: &'static str, why: String },
}

impl Error {
    /// A problem of the request itself; its title is the text `problem.<code>`, its detail the text `<code>`.
    pub fn plain(status: StatusCode, code: &'static str) -> Self {
        Self::plain_with(status, code, Vec::new())
    }

    /// A problem of the request itself with what its text names.
    pub fn plain_with(status: StatusCode, code: &'static str, details: Details) -> Self {
        Error(Box::new(Kind::Plain { status, code, details }))
    }

    /// A rejection of a noun: `Error::refused(SessionRejection::Ended)`.
    pub fn refused(rejection: impl Into<Refusal>) -> Self {
        rejection.into().into()
    }

    /// Too often; to be tried again after so many seconds.
    pub fn throttled(seconds: i64) -> Self {
        let refusal = domain::SessionRejection::Throttled { seconds }.into();
        Error(Box::new(Kind::Refused { refusal, retry_after: Some(seconds) }))
    }

    /// There is no such thing; `noun` is a code of the texts `noun.*`.
    pub fn not_found(noun: &'static str) -> Self {
        Refusal::not_found(noun).into()
    }

    /// A fault of the program: logged with its reason, which the caller does not see.
    pub fn internal(why: impl std::fmt::Display) -> Self {
        Failure::Internal(why.to_string()).into()
    }

    /// As a problem document in a language.
    pub fn problem(&self, language: Language) -> Problem {
        match &*self.0 {
            Kind::Refused { refusal, .. } => Problem::of(refusal, language),
            Kind::Plain { status, code, details } => plain_problem(*status, code, details, language),
            Kind::Failed { status, code, .. } => plain_problem(*status, code, &[], language),
        }
    }
}

fn plain_problem(status: StatusCode, code: &str, details: &[(&'static str, Detail)], language: Language) -> Problem {
    Problem {
        r#type: code.to_owned(),
        title: domain::text(language, &format!("problem.{code}"), &[]),
        status: status.as_u16(),
        detail: domain::text(language, code, details),
        code: code.to_owned(),
        ..Problem::default()
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error(Box::new(Kind::Refused { refusal, retry_after: None }))
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let (status, code, why) = match failure {
            Failure::Refused(refusal) => return refusal.into(),
            Failure::Unavailable(why) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable", why),
            Failure::Full(why) => (StatusCode::SERVICE_UNAVAILABLE, "storage-full", why),
            Failure::ReadOnly(why) => (StatusCode::SERVICE_UNAVAILABLE, "storage-read-only", why),
            Failure::Failing(why) => (StatusCode::SERVICE_UNAVAILABLE, "storage-failing", why),
            Failure::Unknown(why) => (StatusCode::SERVICE_UNAVAILABLE, "outcome-unknown", why),
            Failure::Internal(why) => (StatusCode::INTERNAL_SERVER_ERROR, "internal", why),
        };
        Error(Box::new(Kind::Failed { status, code, why }))
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Failure::from(fault).into()
    }
}

impl IntoResponse for Error {
    /// The error itself, on its way to the layer that knows the caller's language.
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What the web framework refused by itself, in plain English (a path that is no UTF-8, for example), as an error of ours.
pub(crate) fn of_plain(response: &Response) -> Option<Error> {
    let status = response.status();
    let plain = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !plain || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let code = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported-type",
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        _ if status.is_client_error() => "malformed",
        _ => return Some(Error::internal(format!("an answer with status {status}"))),
    };
    Some(Error::plain(status, code))
}

/// The problem document of an error; `answer` gives its headers.
pub(crate) fn render(error: Error, context: &Context, answer: Response) -> Response {
    log(&error, context);
    let mut problem = error.problem(context.language());
    context.id().clone_into(&mut problem.request_id);
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (mut parts, _) = answer.into_parts();
    parts.status = status;
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    parts.headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(context.language().as_str()));
    let seconds = match &*error.0 {
        Kind::Refused { retry_after, .. } => *retry_after,
        Kind::Failed { status, .. } if *status == StatusCode::SERVICE_UNAVAILABLE => Some(1),
        _ => None,
    };
    if let Some(seconds) = seconds {
        parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    }
    if status == StatusCode::UNAUTHORIZED {
        parts.headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    let body = serde_json::to_vec(&problem).expect("a problem is plain data");
    Response::from_parts(parts, Body::from(body))
}

fn log(error: &Error, context: &Context) {
    let id = context.id();
    match &*error.0 {
        Kind::Failed { code, why, .. } => tracing::error!(id, code, why, "failed"),
        Kind::Plain { code, .. } => tracing::debug!(id, code, "not understood"),
        Kind::Refused { refusal, .. } => {
            let fields: Vec<&str> = refusal.fields.iter().map(|field| field.code).collect();
            tracing::debug!(id, code = refusal.code, ?fields, "refused");
        }
    }
}
