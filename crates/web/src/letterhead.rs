//! The letterhead over HTTP: what every document says about the company.

use app::letterhead::edit::{self, Picture};
use axum::extract::State;
use domain::{Act, AttachmentId, Letterhead, UserId, Version};
use serde::{Deserialize, Serialize};
use store::query::document;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(read, edit))
}

/// What documents say about the company; empty fields are left out.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Letterhead)]
pub struct LetterheadJson {
    /// For `If-Match`; 0 where none was entered yet.
    pub version: i64,
    /// Name of the company, which stands where `name` is empty.
    pub company_name: String,
    /// Name.
    pub name: String,
    /// Name on English documents.
    pub name_en: String,
    /// Address.
    pub address: String,
    /// Address on English documents.
    pub address_en: String,
    /// Phone.
    pub phone: String,
    /// Fax.
    pub fax: String,
    /// E-mail.
    pub email: String,
    /// Web site.
    pub website: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// Bank.
    pub bank: String,
    /// Account at the bank.
    pub bank_account: String,
    /// Whether there is a logo.
    pub has_logo: bool,
    /// Whether there is a picture of the seal.
    pub has_seal: bool,
}

/// The letterhead as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = LetterheadInput)]
pub struct InputJson {
    /// Name where it differs from the company's.
    pub name: String,
    /// Name on English documents.
    pub name_en: String,
    /// Address.
    pub address: String,
    /// Address on English documents.
    pub address_en: String,
    /// Phone.
    pub phone: String,
    /// Fax.
    pub fax: String,
    /// E-mail.
    pub email: String,
    /// Web site.
    pub website: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// Bank.
    pub bank: String,
    /// Account at the bank.
    pub bank_account: String,
    /// Id of an attachment, a PNG or JPEG; empty: no logo; left out: as it is.
    pub logo_id: Option<String>,
    /// Id of an attachment, a PNG or JPEG; empty: no seal; left out: as it is.
    pub seal_id: Option<String>,
}

/// What documents say about the company.
#[utoipa::path(get, path = "/letterhead", tag = "document templates", operation_id = "get_letterhead",
    responses((status = 200, body = LetterheadJson), (status = "default", body = Problem)))]
async fn read(State(web): State<Web>, by: By) -> Result<Tagged<LetterheadJson>, Error> {
    by.may(Act::EditDocumentTemplate)?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| {
        Ok((document::letterhead(reader, company)?, reader.get::<domain::Company>(company, company)?.map(|one| one.name)))
    });
    let (one, name) = found.await?;
    let json = LetterheadJson {
        version: one.version.raw(),
        company_name: name.unwrap_or_default(),
        name: one.name,
        name_en: one.name_en,
        address: one.address,
        address_en: one.address_en,
        phone: one.phone,
        fax: one.fax,
        email: one.email,
        website: one.website,
        credit_code: one.credit_code,
        bank: one.bank,
        bank_account: one.bank_account,
        has_logo: !one.logo_sha256.is_empty(),
        has_seal: !one.seal_sha256.is_empty(),
    };
    Ok(Tagged(json.version, json))
}

fn picture(fields: &mut Fields, pointer: &str, id: Option<&str>) -> Picture {
    match id {
        None => Picture::Keep,
        Some("") => Picture::Remove,
        Some(id) => Picture::Take(fields.id::<AttachmentId>(pointer, id)),
    }
}

/// Changes what documents say about the company. Documents that were made stay as they are.
#[utoipa::path(put, path = "/letterhead", tag = "document templates", operation_id = "edit_letterhead", request_body = InputJson,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn edit(State(web): State<Web>, by: By, Matching(version): Matching, body: Body<InputJson>) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditDocumentTemplate)?;
    let input = body.input;
    let mut fields = Fields::new();
    let pictures = (picture(&mut fields, "/logo_id", input.logo_id.as_deref()), picture(&mut fields, "/seal_id", input.seal_id.as_deref()));
    fields.done()?;
    let text = |text: &str| text.trim().to_owned();
    let wanted = Letterhead {
        code: Letterhead::CODE.to_owned(),
        version: Version::from_raw(0),
        name: text(&input.name),
        name_en: text(&input.name_en),
        address: text(&input.address),
        address_en: text(&input.address_en),
        phone: text(&input.phone),
        fax: text(&input.fax),
        email: text(&input.email),
        website: text(&input.website),
        credit_code: text(&input.credit_code),
        bank: text(&input.bank),
        bank_account: text(&input.bank_account),
        logo_sha256: String::new(),
        seal_sha256: String::new(),
        changed_by: UserId::NONE,
        changed_at: web.now(),
    };
    let saved =
        web.app.command(&by, None, move |work, by| edit::edit(work, by, Some(version), &wanted, (&pictures.0, &pictures.1))).await?;
    Ok(Tagged::saved(saved))
}
