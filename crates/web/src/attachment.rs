//! Attachments over HTTP: files come in as multipart forms, are told by their content, and go out as files, never as pages.

use std::sync::Arc;

use app::attachment::add::{NewAttachment, add};
use axum::body::{Body as HttpBody, Bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{ATTACHMENT_MAX, Act, Actor, Attachment, AttachmentId, AttachmentKind, AttachmentRejection, Instant, Refusal};
use serde::{Deserialize, Serialize};
use store::query::attachment;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::error::Error;
use crate::fields::Fields;
use crate::state::Web;
use crate::value::AttachmentKindCode;
use crate::version::Created;
use crate::{file_type, replay, secret};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    let upload = OpenApiRouter::new().routes(routes!(upload)).layer(DefaultBodyLimit::max(ATTACHMENT_MAX + 64 * 1024));
    upload.routes(routes!(content))
}

/// A kept file.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Attachment)]
pub struct AttachmentJson {
    /// Its id.
    pub id: String,
    /// Name it was uploaded under.
    pub filename: String,
    /// Media type, told from its content.
    pub mime: String,
    /// Bytes.
    pub size: i64,
    /// Hex SHA-256 of its content.
    pub sha256: String,
    /// What it shows.
    pub kind: AttachmentKindCode,
    /// When it was kept.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// Name of who uploaded it.
    pub by: String,
}

/// The form of an upload.
#[derive(ToSchema)]
#[allow(dead_code)]
pub struct AttachmentForm {
    /// 10 MiB at the most: png, jpg, webp, pdf, xlsx, csv, txt or eml, by content and by name.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What it shows; `other` where none is sent.
    kind: Option<AttachmentKindCode>,
    /// Id or number of the order it belongs to; without it, a later step links it.
    order_id: Option<String>,
    /// Id of the task it belongs to.
    task_id: Option<String>,
    /// Id of the inquiry it belongs to.
    inquiry_id: Option<String>,
}

/// How a file is to go out.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ContentQuery {
    /// To be shown in place, for pictures and PDF.
    pub inline: bool,
}

#[derive(Default)]
struct Form {
    filename: String,
    bytes: Option<Bytes>,
    kind: String,
    order: String,
    task: String,
    inquiry: String,
}

/// Keeps a file.
#[utoipa::path(
    post,
    path = "/attachments",
    operation_id = "upload_attachment",
    tag = "attachment",
    request_body(content = AttachmentForm, content_type = "multipart/form-data"),
    responses((status = 201, body = AttachmentJson))
)]
async fn upload(State(web): State<Web>, by: By, request: Request) -> Result<Created<AttachmentJson>, Error> {
    by.may(Act::AddAttachment)?;
    let (parts, body) = request.into_parts();
    let form = form(Request::from_parts(parts.clone(), body)).await?;
    let new = checked(form)?;
    // The bytes of a form differ from try to try; what it says does not.
    let belongs = [&new.order, &new.task, &new.inquiry].map(String::as_str).join("\n");
    let content = format!("{}\n{}\n{}\n{belongs}", new.sha256, new.filename, new.kind);
    let replay = replay::of(&web, &parts, content.as_bytes())?;
    let kept = new.clone();
    let made = web.app.command(&by, replay, move |work, by| add(work, by, &new)).await?;
    let body = AttachmentJson {
        id: made.id,
        size: i64::try_from(kept.bytes.len()).unwrap_or(i64::MAX),
        filename: kept.filename,
        mime: kept.mime.to_owned(),
        sha256: kept.sha256,
        kind: kept.kind.into(),
        created_at: Instant::from_micros(made.created_at),
        by: by.name.clone(),
    };
    Ok(Created { location: format!("/api/v1/attachments/{}/content", body.id), version: 1, body })
}

async fn form(request: Request) -> Result<Form, Error> {
    let mut multipart =
        Multipart::from_request(request, &()).await.map_err(|_| Error::plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-type"))?;
    let mut form = Form::default();
    while let Some(field) = multipart.next_field().await.map_err(|error| broken(&error))? {
        match field.name().unwrap_or_default() {
            "file" => {
                form.filename = field.file_name().unwrap_or_default().to_owned();
                form.bytes = Some(field.bytes().await.map_err(|error| broken(&error))?);
            }
            "kind" => form.kind = text(field).await?,
            "order_id" => form.order = text(field).await?,
            "task_id" => form.task = text(field).await?,
            "inquiry_id" => form.inquiry = text(field).await?,
            _ => return Err(Error::plain(StatusCode::BAD_REQUEST, "malformed")),
        }
    }
    Ok(form)
}

async fn text(field: Field<'_>) -> Result<String, Error> {
    let text = field.text().await.map_err(|error| broken(&error))?;
    Ok(text.trim().chars().take(200).collect())
}

fn broken(error: &MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::plain(StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        _ => Error::plain(StatusCode::BAD_REQUEST, "malformed"),
    }
}

fn checked(form: Form) -> Result<NewAttachment, Error> {
    let mut fields = Fields::new();
    let kind = fields.code_or("/kind", &AttachmentKindCode::sent(form.kind), AttachmentKind::Other);
    let bytes = form.bytes.unwrap_or_default();
    let filename = file_type::plain_name(&form.filename);
    if bytes.is_empty() {
        fields.wrong("/file", AttachmentRejection::Empty);
    } else if bytes.len() > ATTACHMENT_MAX {
        let max_mib = i64::try_from(ATTACHMENT_MAX / 1024 / 1024).unwrap_or(i64::MAX);
        fields.wrong("/file", AttachmentRejection::TooLarge { max_mib });
    }
    if filename.is_empty() {
        fields.wrong("/file", AttachmentRejection::BadName);
    }
    let mime = file_type::told(&filename, &bytes);
    if mime.is_none() && !bytes.is_empty() && !filename.is_empty() {
        fields.wrong("/file", AttachmentRejection::WrongType);
    }
    fields.done()?;
    let mime = mime.ok_or_else(|| Error::from(Refusal::field("/file", AttachmentRejection::WrongType)))?;
    Ok(NewAttachment {
        order: form.order,
        task: form.task,
        inquiry: form.inquiry,
        kind,
        filename,
        mime,
        sha256: secret::sha256(&bytes),
        bytes: Arc::new(bytes.to_vec()),
    })
}

/// Gives the content of a file.
#[utoipa::path(
    get,
    path = "/attachments/{id}/content",
    operation_id = "download_attachment",
    tag = "attachment",
    params(ContentQuery),
    responses((status = 200, content_type = "application/octet-stream", body = [u8]))
)]
async fn content(State(web): State<Web>, by: By, Path(id): Path<String>, Query(query): Query<ContentQuery>) -> Result<Response, Error> {
    let missing = || Error::not_found("attachment");
    let id: AttachmentId = id.parse().map_err(|_| missing())?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| attachment::one(reader, company, id)).await?.ok_or_else(missing)?;
    may_see(&by, &found)?;
    let sha256 = found.sha256.clone();
    let bytes = web.app.store.read(move |reader| attachment::content(reader, company, &sha256)).await?;
    let bytes = bytes.ok_or_else(|| Error::internal(format!("the content of attachment {id} is missing")))?;
    file(&found, bytes, query.inline)
}

/// An attachment is seen by who sees what it belongs to; one that belongs to nothing yet by who uploaded it.
pub(crate) fn may_see(by: &Actor, attachment: &Attachment) -> Result<(), Refusal> {
    let act = match (attachment.order_id, attachment.subject_kind.as_str()) {
        (_, "shipment") => Act::ViewShipment,
        (_, "invoice") => Act::ViewInvoice,
        (_, "payment") => Act::ViewPayment,
        (_, "task") => Act::ViewTask,
        (_, "contract") => Act::ViewContract,
        (_, "inquiry") => Act::ViewInquiry,
        (_, "quotation") => Act::ViewQuotation,
        (Some(_), _) => Act::ViewOrder,
        _ if attachment.created_by == by.user_id => return Ok(()),
        _ => Act::AddAttachment,
    };
    by.may(act)
}

/// Even a file that a browser shows in place runs nothing.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; sandbox; frame-ancestors 'self'";

/// A PDF that the product made itself: it is shown by the browser's own reader, which a sandbox would shut out.
const OWN: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

/// A PDF that the product made.
pub(crate) fn pdf(filename: &str, sha256: &str, bytes: Vec<u8>, inline: bool) -> Result<Response, Error> {
    let disposition = file_type::disposition(if inline { "inline" } else { "attachment" }, filename);
    let value = |text: &str| HeaderValue::from_str(text).map_err(Error::internal);
    let mut response = HttpBody::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition)?);
    headers.insert(header::ETAG, value(&format!("\"{sha256}\""))?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(OWN));
    headers.insert(HeaderName::from_static("x-frame-options"), HeaderValue::from_static("SAMEORIGIN"));
    Ok(response)
}

/// A kept file as it goes out.
pub(crate) fn file(attachment: &Attachment, bytes: Vec<u8>, inline: bool) -> Result<Response, Error> {
    let shown = inline && (attachment.mime.starts_with("image/") || attachment.mime == "application/pdf");
    let disposition = file_type::disposition(if shown { "inline" } else { "attachment" }, &attachment.filename);
    let value = |text: &str| HeaderValue::from_str(text).map_err(Error::internal);
    let mut response = HttpBody::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, value(&attachment.mime)?);
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition)?);
    headers.insert(header::ETAG, value(&format!("\"{}\"", attachment.sha256))?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    headers.insert(HeaderName::from_static("x-frame-options"), HeaderValue::from_static("SAMEORIGIN"));
    Ok(response)
}
