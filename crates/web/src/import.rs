//! Imports over HTTP: files are uploaded and checked, and run in the background (INT-04).

mod json;
mod mapping;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use app::import::{self, Arrival, File, Mapping, Progress, refusal_of};
use axum::Extension;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::response::Json;
use domain::{Act, FieldRule, ImportId, ImportRejection, Refusal};
use serde::Deserialize;
use store::query::import as query;
use store::rows::Import;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::Error;
use crate::file_type;
use crate::list::Listed;
use crate::state::Web;
use crate::version::Created;
use json::{ImportJson, ImportRow};

/// Bytes of the files of one upload together.
const MAX_UPLOAD: usize = 128 * 1024 * 1024;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    let upload = OpenApiRouter::new().routes(routes!(list, upload)).layer(DefaultBodyLimit::max(MAX_UPLOAD));
    upload.routes(routes!(show)).routes(routes!(remap)).routes(routes!(run)).merge(mapping::routes()).layer(Extension(Running::default()))
}

/// How far the imports are that this process runs.
#[derive(Clone, Default)]
pub(crate) struct Running(Arc<Mutex<HashMap<i64, (usize, usize)>>>);

impl Running {
    fn at(&self, id: i64) -> Option<(usize, usize)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
    }

    fn tell(&self, id: i64, done: usize, total: usize) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, (done, total));
    }

    /// False where it runs already.
    fn begin(&self, id: i64, total: usize) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, (0, total)).is_none()
    }

    fn end(&self, id: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}

/// The form of an upload.
#[derive(ToSchema)]
#[allow(dead_code)]
pub struct ImportForm {
    /// Workbooks (xlsx) and csv files that belong together.
    #[schema(value_type = Vec<String>, format = Binary)]
    files: Vec<Vec<u8>>,
    /// Name of a mapping, or a mapping as JSON or TOML; the one that fits best where none is sent.
    mapping: Option<String>,
    /// How orders come in, where not as the mapping says: `draft`, `submitted` or `history`.
    r#as: Option<String>,
}

/// By what mapping an import is to be read.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Remap {
    /// Name of a mapping, or a mapping; the one that fits best where none is sent.
    #[schema(value_type = Object)]
    pub mapping: serde_json::Value,
    /// How orders come in, where not as the mapping says: `draft`, `submitted` or `history`.
    pub r#as: String,
}

#[derive(Default)]
struct Form {
    files: Vec<File>,
    mapping: String,
    arrival: String,
}

/// Lists the latest imports, the newest first.
#[utoipa::path(get, path = "/imports", operation_id = "list_imports", tag = "import", responses((status = 200, body = Listed<ImportRow>)))]
async fn list(State(web): State<Web>, by: By) -> Result<Json<Listed<ImportRow>>, Error> {
    by.may(Act::RunImport)?;
    let (company, now) = (by.company_id, web.now());
    let imports = web.app.store.read(move |reader| query::latest(reader, company, 50)).await?;
    let items = imports.iter().map(|import| ImportRow::of(import, now)).collect();
    Ok(Json(Listed { items, next: None }))
}

/// Keeps files and checks every row of them; nothing is imported yet.
#[utoipa::path(
    post,
    path = "/imports",
    operation_id = "upload_import",
    tag = "import",
    request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 201, body = ImportJson))
)]
async fn upload(
    State(web): State<Web>,
    by: By,
    Extension(running): Extension<Running>,
    request: Request,
) -> Result<Created<ImportJson>, Error> {
    by.may(Act::RunImport)?;
    let form = form(request).await?;
    let mapping = mapping_of(&web, &by, &form.mapping).await?;
    let id = import::upload(&web.app, &by, form.files, mapping, arrival(&form.arrival)?).await?;
    let (version, body) = read(&web, &by, &running, id).await?;
    Ok(Created { location: format!("/api/v1/imports/{}", body.id), version, body })
}

/// Shows an import: its sheets, what it comes to, everything that is wrong, how far it is.
#[utoipa::path(get, path = "/imports/{id}", operation_id = "show_import", tag = "import", responses((status = 200, body = ImportJson)))]
async fn show(
    State(web): State<Web>,
    by: By,
    Extension(running): Extension<Running>,
    Path(id): Path<String>,
) -> Result<Json<ImportJson>, Error> {
    by.may(Act::RunImport)?;
    Ok(Json(read(&web, &by, &running, id_of(&id)?).await?.1))
}

/// Checks an import again, by another mapping.
#[utoipa::path(
    put,
    path = "/imports/{id}/mapping",
    operation_id = "remap_import",
    tag = "import",
    request_body = Remap,
    responses((status = 200, body = ImportJson))
)]
async fn remap(
    State(web): State<Web>,
    by: By,
    Extension(running): Extension<Running>,
    Path(id): Path<String>,
    body: Body<Remap>,
) -> Result<Json<ImportJson>, Error> {
    let id = id_of(&id)?;
    let mapping = match &body.input.mapping {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => mapping_of(&web, &by, text).await?,
        json => Some(Mapping::from_json(json).map_err(|problems| refusal_of(&problems))?),
    };
    import::remap(&web.app, &by, id, mapping, arrival(&body.input.r#as)?).await?;
    Ok(Json(read(&web, &by, &running, id).await?.1))
}

/// Runs an import in the background: everything of it or nothing.
#[utoipa::path(post, path = "/imports/{id}/run", operation_id = "run_import", tag = "import", responses((status = 200, body = ImportJson)))]
async fn run(
    State(web): State<Web>,
    by: By,
    Extension(running): Extension<Running>,
    Path(id): Path<String>,
    body: Body<Empty>,
) -> Result<Json<ImportJson>, Error> {
    let id = id_of(&id)?;
    web.app.command(&by, body.replay, move |work, by| import::begin(work, by, id)).await?;
    let (_, shown) = read(&web, &by, &running, id).await?;
    // The same request sent twice starts it once.
    if shown.state == "running" && running.begin(id, shown.rows) {
        let (web, actor, told) = (web.clone(), by.actor.clone(), running.clone());
        tokio::spawn(async move {
            let teller = told.clone();
            let progress: Progress = Arc::new(move |_, done, total| teller.tell(id, done, total));
            if let Err(failure) = import::finish(&web.app, &actor, id, progress).await {
                tracing::warn!(?failure, id, "an import failed");
            }
            told.end(id);
        });
    }
    Ok(Json(shown))
}

async fn read(web: &Web, by: &By, running: &Running, id: i64) -> Result<(i64, ImportJson), Error> {
    let (company, now) = (by.company_id, web.now());
    let import = web.app.store.read(move |reader| reader.get::<Import>(company, id)).await?;
    let import = import.ok_or_else(|| Error::not_found("import"))?;
    Ok((import.version.raw(), ImportJson::of(&import, by.language, now, running.at(id))))
}

fn id_of(text: &str) -> Result<i64, Error> {
    text.parse::<ImportId>().map(ImportId::raw).map_err(|_| Error::not_found("import"))
}

/// The mapping of this name, or the one that was sent; none for nothing.
async fn mapping_of(web: &Web, by: &By, text: &str) -> Result<Option<Mapping>, Error> {
    let text = text.trim();
    if text.is_empty() || text == "auto" {
        return Ok(None);
    }
    if text.starts_with('{') || text.contains('\n') {
        return Ok(Some(Mapping::from_text(text).map_err(|problems| refusal_of(&problems))?));
    }
    match import::named(&web.app, by.company_id, text).await? {
        Some(mapping) => Ok(Some(mapping)),
        None => Err(Refusal::field("/mapping", ImportRejection::UnknownMapping { mapping: text.to_owned() }).into()),
    }
}

fn arrival(word: &str) -> Result<Option<Arrival>, Error> {
    match word.trim() {
        "" => Ok(None),
        word => match Arrival::parse(word) {
            Some(arrival) => Ok(Some(arrival)),
            None => Err(Refusal::field("/as", FieldRule::UnknownChoice { value: word.to_owned() }).into()),
        },
    }
}

async fn form(request: Request) -> Result<Form, Error> {
    let mut multipart =
        Multipart::from_request(request, &()).await.map_err(|_| Error::plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-type"))?;
    let mut form = Form::default();
    while let Some(field) = multipart.next_field().await.map_err(|error| broken(&error))? {
        match field.name().unwrap_or_default() {
            "files" | "files[]" | "file" => {
                let name = file_type::plain_name(field.file_name().unwrap_or_default());
                let bytes = field.bytes().await.map_err(|error| broken(&error))?.to_vec();
                form.files.push(File { name, bytes });
            }
            "mapping" => form.mapping = text(field).await?,
            "as" => form.arrival = text(field).await?,
            _ => return Err(Error::plain(StatusCode::BAD_REQUEST, "malformed")),
        }
    }
    Ok(form)
}

async fn text(field: Field<'_>) -> Result<String, Error> {
    field.text().await.map_err(|error| broken(&error))
}

fn broken(error: &MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::plain(StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        _ => Error::plain(StatusCode::BAD_REQUEST, "malformed"),
    }
}
