//! Evidence of orders over HTTP: a list, a new proof, and the check that nothing was changed.

use std::collections::BTreeMap;

use app::evidence::{add, withdraw};
use axum::Json;
use axum::extract::{Path, State};
use domain::{
    Act, Actor, Attachment, AttachmentId, Evidence, EvidenceId, EvidenceKind, FieldRule, Instant, Language, OrderId, UserId, provable_name,
};
use serde::{Deserialize, Serialize};
use store::query::{evidence, order};
use store::{Fault, Reader};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Because, Body};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::order::which;
use crate::state::Web;
use crate::value::{EvidenceKindCode, Named, Saved};
use crate::version::{Created, MaybeMatching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, add_evidence)).routes(routes!(withdraw_evidence)).routes(routes!(verify))
}

/// The file of a proof.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = EvidenceFile)]
pub struct FileJson {
    /// Id of the attachment.
    pub id: String,
    /// Name it was uploaded under.
    pub filename: String,
    /// Media type, told from its content.
    pub mime: String,
    /// Bytes.
    pub size: i64,
    /// Hex SHA-256 of its content.
    pub sha256: String,
}

/// A proof of a fact about an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Evidence)]
pub struct EvidenceJson {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// What kind of proof it is.
    pub kind: EvidenceKindCode,
    /// Name of the kind.
    pub kind_name: String,
    /// What it proves: a code.
    pub proves: String,
    /// What it proves, for people.
    pub proves_name: String,
    /// What is stated.
    pub statement: String,
    /// Who gave it.
    pub given_by: String,
    /// When it was given.
    #[schema(value_type = String, format = DateTime)]
    pub given_at: Instant,
    /// The file.
    pub file: Option<FileJson>,
    /// Hex SHA-256 of what it says and of the file's hash.
    pub sha256: String,
    /// Who recorded it.
    pub by: Named,
    /// When it was recorded.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// Whether it proves what it says: not what is only said, nor what was withdrawn.
    pub counts: bool,
    /// Who took it back, when and why.
    pub withdrawn: Option<WithdrawnJson>,
}

/// Who took a proof back, when and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = EvidenceWithdrawn)]
pub struct WithdrawnJson {
    /// Who.
    pub by: Named,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// Why.
    pub reason: String,
}

/// A code of what can be proved, with its name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Provable {
    /// The code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The evidence of an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrderEvidence {
    /// Oldest first; withdrawn ones too.
    pub items: Vec<EvidenceJson>,
    /// What is usually asked for; other codes may be used too.
    pub provable: Vec<Provable>,
    /// Whether the caller may record evidence.
    pub may_add: bool,
    /// Whether the caller may take evidence back.
    pub may_withdraw: bool,
}

impl EvidenceJson {
    fn of(
        proof: Evidence,
        files: &BTreeMap<AttachmentId, Attachment>,
        names: &BTreeMap<UserId, String>,
        rules: &domain::Blueprint,
        language: Language,
    ) -> Self {
        let name = |id: UserId| Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() };
        let counts = proof.satisfies(&proof.proves);
        let reason = proof.withdraw_reason;
        let withdrawn = proof.withdrawn_by.zip(proof.withdrawn_at).map(|(by, at)| WithdrawnJson { by: name(by), at, reason });
        let file = |file: &Attachment| FileJson {
            id: file.id.to_string(),
            filename: file.filename.clone(),
            mime: file.mime.clone(),
            size: file.size,
            sha256: file.sha256.clone(),
        };
        EvidenceJson {
            id: proof.id.to_string(),
            version: proof.version.raw(),
            kind: proof.kind.into(),
            kind_name: domain::name_of(language, proof.kind),
            proves_name: proof_name(rules, language, &proof.proves),
            proves: proof.proves,
            statement: proof.statement,
            given_by: proof.given_by,
            given_at: proof.given_at,
            file: proof.attachment_id.and_then(|id| files.get(&id)).map(file),
            sha256: proof.sha256,
            by: name(proof.created_by),
            at: proof.created_at,
            counts,
            withdrawn,
        }
    }
}

/// What a proof is called: as the company's rules name it, else as the product does.
fn proof_name(rules: &domain::Blueprint, language: Language, code: &str) -> String {
    if rules.proofs.iter().any(|proof| proof.code == code) { rules.proof_name(code, language) } else { provable_name(language, code) }
}

/// The evidence of an order, the oldest first.
pub(crate) fn of_order(reader: &Reader<'_>, by: &Actor, rules: &domain::Blueprint, id: OrderId) -> Result<Vec<EvidenceJson>, Fault> {
    let files = store::query::attachment::of_order(reader, by.company_id, id)?.into_iter().map(|file| (file.id, file)).collect();
    let names = order::names(reader, by.company_id)?;
    let found = evidence::of_order(reader, by.company_id, id)?;
    Ok(found.into_iter().map(|proof| EvidenceJson::of(proof, &files, &names, rules, by.language)).collect())
}

/// Lists the evidence of an order.
#[utoipa::path(get, path = "/orders/{id}/evidence", tag = "evidence", operation_id = "list_evidence",
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = OrderEvidence), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<OrderEvidence>, Error> {
    by.may(Act::ViewOrder)?;
    let id = which(&web, &by, &id).await?;
    let (company, language, actor) = (by.company_id, by.language, by.actor.clone());
    let (may_add, may_withdraw) = (by.may(Act::AddEvidence).is_ok(), by.may(Act::WithdrawEvidence).is_ok());
    let read = web.app.store.read(move |reader| {
        let Some(asked) = reader.get::<domain::Order>(company, id)? else { return Ok(None) };
        let rules = order::rules(reader, company, asked.blueprint_no)?;
        let items = of_order(reader, &actor, &rules, id)?;
        // What the company's rules ask for comes first.
        let own = rules.proofs.iter().map(|proof| proof.code.as_str());
        let rest = domain::PROVABLE.iter().copied().filter(|code| rules.proofs.iter().all(|proof| proof.code != *code));
        let provable = own.chain(rest).map(|code| Provable { code: code.to_owned(), name: proof_name(&rules, language, code) });
        Ok(Some(OrderEvidence { items, provable: provable.collect(), may_add, may_withdraw }))
    });
    Ok(Json(read.await?.ok_or_else(|| Error::not_found("order"))?))
}

/// What is said of a proof.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = EvidenceInput)]
#[serde(deny_unknown_fields, default)]
pub struct EvidenceInputJson {
    /// Kind. `photo`, `scan`, `signed_confirmation`, `email` and `bank_receipt` need a file, the others a statement.
    pub kind: EvidenceKindCode,
    /// What it proves: `technical_confirmation`, `materials`, `production_date`, `signed_confirmation`, `deposit_in`, `quantity_checked`,
    /// `contact_made`, or a code of the company's own.
    pub proves: String,
    /// What is stated.
    pub statement: String,
    /// Who gave it; a `signed_statement` is always given by the caller, now.
    pub given_by: String,
    /// When it was given, RFC 3339; now.
    pub given_at: Option<String>,
    /// The file, uploaded before to `/attachments`.
    pub attachment_id: Option<String>,
}

/// What is said of a proof at a place of a body.
pub(crate) fn read(fields: &mut Fields, place: &str, input: EvidenceInputJson) -> add::NewEvidence {
    let kind: EvidenceKind = fields.code(&format!("{place}/kind"), &input.kind);
    let given_at = input.given_at.as_deref().map(str::trim).filter(|at| !at.is_empty()).and_then(|at| match Instant::parse(at) {
        Ok(at) => Some(at),
        Err(error) => {
            fields.wrong(format!("{place}/given_at"), error);
            None
        }
    });
    let file = input.attachment_id.as_deref().map(str::trim).filter(|file| !file.is_empty()).and_then(|file| {
        let id = file.parse::<AttachmentId>().ok();
        if id.is_none() {
            fields.wrong(format!("{place}/attachment_id"), FieldRule::Unknown { value: file.to_owned() });
        }
        id
    });
    add::NewEvidence { kind, proves: input.proves, statement: input.statement, given_by: input.given_by, given_at, file }
}

/// Records a proof of a fact about an order.
#[utoipa::path(post, path = "/orders/{id}/evidence", tag = "evidence", operation_id = "add_evidence",
    params(("id" = String, Path, description = "Id or number of the order")), request_body = EvidenceInputJson,
    responses((status = 201, body = Saved), (status = "default", body = Problem)))]
async fn add_evidence(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<EvidenceInputJson>,
) -> Result<Created<Saved>, Error> {
    by.may(Act::AddEvidence)?;
    let id = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let new = read(&mut fields, "", input);
    fields.done()?;
    let saved = web.app.command(&by, replay, move |work, by| add::add(work, by, id, version, &new)).await?;
    Ok(Created { location: format!("/api/v1/orders/{id}/evidence"), version: saved.version, body: saved.into() })
}

/// Takes a proof back; it stays on file with the reason.
#[utoipa::path(post, path = "/evidence/{id}/withdraw", tag = "evidence", operation_id = "withdraw_evidence", request_body = Because,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn withdraw_evidence(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Because>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::WithdrawEvidence)?;
    let id = id_of(&id)?;
    let reason = body.input.reason;
    let saved = web.app.command(&by, body.replay, move |work, by| withdraw::withdraw(work, by, id, version, &reason)).await?;
    Ok(Tagged::saved(saved))
}

fn id_of(id: &str) -> Result<EvidenceId, Error> {
    id.parse().map_err(|_| Error::not_found("evidence"))
}

/// Whether a proof is what it was when it was recorded.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = EvidenceIntegrity)]
pub struct IntegrityJson {
    /// Whether nothing was changed.
    pub unchanged: bool,
    /// Whether what it says has its hash.
    pub text_unchanged: bool,
    /// Whether the content of its file has its hash; `null` without a file.
    pub file_unchanged: Option<bool>,
    /// The hash that was kept.
    pub sha256: String,
    /// When it was looked at.
    #[schema(value_type = String, format = DateTime)]
    pub checked_at: Instant,
}

/// Takes the hashes of a proof again, of its text and of its file, and says whether it is unchanged.
#[utoipa::path(get, path = "/evidence/{id}/verify", tag = "evidence", operation_id = "verify_evidence",
    responses((status = 200, body = IntegrityJson), (status = "default", body = Problem)))]
async fn verify(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<IntegrityJson>, Error> {
    by.may(Act::ViewOrder)?;
    let (id, company, checked_at) = (id_of(&id)?, by.company_id, web.now());
    let read = web.app.store.read(move |reader| {
        let Some(proof) = evidence::one(reader, company, id)? else { return Ok(None) };
        Ok(Some((evidence::held(reader, company, &proof)?, proof.sha256)))
    });
    let (held, sha256) = read.await?.ok_or_else(|| Error::not_found("evidence"))?;
    Ok(Json(IntegrityJson { unchanged: held.is_whole(), text_unchanged: held.text, file_unchanged: held.file, sha256, checked_at }))
}
