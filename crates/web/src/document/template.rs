//! Templates of documents over HTTP: which are the company's own, their versions, what they may use, and how they look before they are saved.

use app::document_template::edit::{self, NewTemplate};
use app::document_template::reset;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::{
    Act, DocumentKind, DocumentSubject, DocumentTemplate, DocumentTemplateVersion, Instant, Language, Refusal, check_template, name_of,
    template_code,
};
use serde::{Deserialize, Serialize};
use store::query::{document, order};
use typeset::data;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::gather::{Gathered, Subject, gather_any, pictures};
use super::press::rejection;
use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::order::{today, which};
use crate::state::Web;
use crate::value::{DocumentKindCode, DocumentSubjectCode, LanguageCode, Named, Saved};
use crate::version::{Matching, MaybeMatching, Tagged};

/// The addresses of this noun.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(preview))
        .routes(routes!(show, edit))
        .routes(routes!(reset))
        .routes(routes!(version))
}

/// A template in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DocumentTemplateRow)]
pub struct RowJson {
    /// For which documents.
    pub kind: DocumentKindCode,
    /// Name of the kind.
    pub kind_name: String,
    /// What documents of this kind are made of.
    pub subject: DocumentSubjectCode,
    /// In which language.
    pub language: LanguageCode,
    /// Whether the company uses its own.
    pub own: bool,
    /// Number of its last version; 0 where there was never one.
    pub version: i64,
    /// Who changed it last.
    pub changed_by: Option<Named>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub changed_at: Option<Instant>,
}

/// All templates.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DocumentTemplates {
    /// Each kind in each language.
    pub items: Vec<RowJson>,
    /// Whether the server has a font with Chinese characters.
    pub has_fonts: bool,
    /// What to do where it has none.
    pub fonts_message: Option<String>,
}

/// A fact that a template may use.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DocumentField)]
pub struct FieldJson {
    /// Its place in `data`.
    pub path: String,
    /// Its name.
    pub name: String,
    /// As it is in the sample.
    pub example: String,
}

/// A version of a template.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DocumentTemplateVersion)]
pub struct VersionJson {
    /// From 1.
    pub no: i64,
    /// Whether it says: the template that comes with the product.
    pub built_in: bool,
    /// What was changed.
    pub note: String,
    /// Who saved it.
    pub by: Named,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
}

/// A template with everything its editor shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DocumentTemplate)]
pub struct TemplateJson {
    /// Which it is, and who changed it last.
    #[serde(flatten)]
    pub row: RowJson,
    /// Typst, as it is in force.
    pub body: String,
    /// Typst, as it comes with the product.
    pub built_in: String,
    /// What templates import as `layout.typ`.
    pub layout: String,
    /// What it may use.
    pub fields: Vec<FieldJson>,
    /// Newest first.
    pub versions: Vec<VersionJson>,
}

/// A new version of a template.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = DocumentTemplateInput)]
pub struct InputJson {
    /// Typst.
    pub body: String,
    /// What was changed.
    pub note: String,
}

/// A template to be looked at.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = DocumentPreviewInput)]
pub struct PreviewInput {
    /// For which documents.
    pub kind: DocumentKindCode,
    /// In which language.
    pub language: LanguageCode,
    /// Typst; the template in force where none is sent.
    pub body: Option<String>,
    /// Id or number of what it is made of: the order, delivery note or invoice, or the code of the customer. A sample where none is sent.
    pub subject: String,
    /// Lines of the sample, 1 to 200; 3 where none is sent.
    pub lines: Option<i64>,
}

/// Something wrong with a template.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DocumentMistake)]
pub struct MistakeJson {
    /// Line, from 1; 0 where the place is not known.
    pub line: usize,
    /// Column in characters, from 1; 0 where the place is not known.
    pub column: usize,
    /// Whether nothing can be made until it is corrected.
    pub stops: bool,
    /// What is wrong, in the caller's language as far as the product knows the words of the typesetter.
    pub message: String,
    /// What the typesetter proposes, in its own words.
    pub hints: Vec<String>,
}

/// How a template looks.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DocumentPreview)]
pub struct PreviewJson {
    /// The first pages as SVG.
    pub pages: Vec<String>,
    /// How many pages there are.
    pub count: usize,
    /// What is wrong.
    pub mistakes: Vec<MistakeJson>,
}

/// Pages shown in a preview.
const SHOWN: usize = 8;

fn named(kind: &str, language: &str) -> Result<(DocumentKind, Language), Error> {
    DocumentKind::parse(kind).zip(Language::parse(language)).ok_or_else(|| Error::not_found("document_template"))
}

type Names = std::collections::BTreeMap<domain::UserId, String>;

fn row(kind: DocumentKind, language: Language, own: Option<&DocumentTemplate>, names: &Names, shown: Language) -> RowJson {
    let by = |id: domain::UserId| Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() };
    RowJson {
        kind: kind.into(),
        kind_name: name_of(shown, kind),
        subject: kind.subject().into(),
        language: language.into(),
        own: own.is_some_and(|own| !own.body.is_empty()),
        version: own.map_or(0, |own| own.version.raw()),
        changed_by: own.map(|own| by(own.changed_by)),
        changed_at: own.map(|own| own.changed_at),
    }
}

/// The templates of documents: which are the company's own.
#[utoipa::path(get, path = "/document-templates", tag = "document templates", operation_id = "list_document_templates",
    responses((status = 200, body = DocumentTemplates), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By) -> Result<Json<DocumentTemplates>, Error> {
    by.may(Act::EditDocumentTemplate)?;
    let company = by.company_id;
    let read = web.app.store.read(move |reader| Ok((document::templates(reader, company)?, order::names(reader, company)?)));
    let (own, names) = read.await?;
    let mut items = Vec::new();
    for kind in DocumentKind::ALL {
        for language in Language::ALL {
            let code = template_code(*kind, *language);
            items.push(row(*kind, *language, own.iter().find(|own| own.code == code), &names, by.language));
        }
    }
    let fonts = web.press.run(&web, |_| ()).await;
    let message = Refusal::from(domain::DocumentRejection::NoChineseFont).message(by.language);
    Ok(Json(DocumentTemplates { items, has_fonts: fonts.is_ok(), fonts_message: fonts.is_err().then_some(message) }))
}

/// A template with its versions and what it may use.
#[utoipa::path(get, path = "/document-templates/{kind}/{language}", tag = "document templates", operation_id = "get_document_template",
    params(("kind" = String, Path, description = "Kind of document"), ("language" = String, Path, description = "Its language")),
    responses((status = 200, body = TemplateJson), (status = "default", body = Problem)))]
async fn show(State(web): State<Web>, by: By, Path((kind, language)): Path<(String, String)>) -> Result<Tagged<TemplateJson>, Error> {
    by.may(Act::EditDocumentTemplate)?;
    let (kind, language) = named(&kind, &language)?;
    let (company, code) = (by.company_id, template_code(kind, language));
    let read = web.app.store.read(move |reader| {
        Ok((document::template(reader, company, &code)?, document::versions(reader, company, &code)?, order::names(reader, company)?))
    });
    let (own, versions, names) = read.await?;
    let version = |one: DocumentTemplateVersion| VersionJson {
        no: one.no,
        built_in: one.body.is_empty(),
        note: one.note,
        by: Named { id: one.created_by.to_string(), name: names.get(&one.created_by).cloned().unwrap_or_default() },
        at: one.created_at,
    };
    let field = |one: data::Field| FieldJson { path: one.path, name: one.name, example: one.example };
    let built_in = typeset::built_in(kind);
    let row = row(kind, language, own.as_ref(), &names, by.language);
    Ok(Tagged(
        row.version,
        TemplateJson {
            row,
            body: own.map(|own| own.body).filter(|body| !body.is_empty()).unwrap_or_else(|| built_in.to_owned()),
            built_in: built_in.to_owned(),
            layout: typeset::LAYOUT.to_owned(),
            fields: data::fields(kind, by.language).into_iter().map(field).collect(),
            versions: versions.into_iter().map(version).collect(),
        },
    ))
}

/// The text of a version of a template.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DocumentTemplateText {
    /// Typst.
    pub body: String,
}

/// A version of a template as it was.
#[utoipa::path(get, path = "/document-templates/{kind}/{language}/versions/{no}", tag = "document templates", operation_id = "get_document_template_version",
    params(("kind" = String, Path, description = "Kind of document"), ("language" = String, Path, description = "Its language"), ("no" = i64, Path, description = "Number of the version")),
    responses((status = 200, body = DocumentTemplateText), (status = "default", body = Problem)))]
async fn version(
    State(web): State<Web>,
    by: By,
    Path((kind, language, no)): Path<(String, String, i64)>,
) -> Result<Json<DocumentTemplateText>, Error> {
    by.may(Act::EditDocumentTemplate)?;
    let (kind, language) = named(&kind, &language)?;
    let (company, code) = (by.company_id, template_code(kind, language));
    let versions = web.app.store.read(move |reader| document::versions(reader, company, &code)).await?;
    let found = versions.into_iter().find(|one| one.no == no).ok_or_else(|| Error::not_found("document_template_version"))?;
    let body = if found.body.is_empty() { typeset::built_in(kind).to_owned() } else { found.body };
    Ok(Json(DocumentTemplateText { body }))
}

/// Saves a new version of a template; it is tried with the sample first.
#[utoipa::path(put, path = "/document-templates/{kind}/{language}", tag = "document templates", operation_id = "edit_document_template", request_body = InputJson,
    params(("kind" = String, Path, description = "Kind of document"), ("language" = String, Path, description = "Its language")),
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path((kind, language)): Path<(String, String)>,
    Matching(version): Matching,
    body: Body<InputJson>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditDocumentTemplate)?;
    let (kind, language) = named(&kind, &language)?;
    // A browser sends line ends of its own.
    let new = NewTemplate { kind, language, body: body.input.body.replace("\r\n", "\n"), note: body.input.note.trim().to_owned() };
    Refusal::unless_valid(check_template(&new.body))?;
    let tried = look(&web, sampled(&web, &by, kind, language, 3, Some(new.body.clone())).await?, 0).await?;
    if let Some(wrong) = tried.1.iter().find(|one| one.stops) {
        return Err(Refusal::field("/body", rejection(wrong, by.language)).into());
    }
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, Some(version), &new)).await?;
    Ok(Tagged::saved(saved))
}

/// Uses the template that comes with the product again; the company's own versions are kept.
#[utoipa::path(post, path = "/document-templates/{kind}/{language}/reset", tag = "document templates", operation_id = "reset_document_template", request_body = Empty,
    params(("kind" = String, Path, description = "Kind of document"), ("language" = String, Path, description = "Its language")),
    responses((status = 204), (status = "default", body = Problem)))]
async fn reset(
    State(web): State<Web>,
    by: By,
    Path((kind, language)): Path<(String, String)>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<StatusCode, Error> {
    let (kind, language) = named(&kind, &language)?;
    web.app.command(&by, body.replay, move |work, by| reset::reset(work, by, version, kind, language)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows what a template makes of a sample or of something real; nothing is kept.
#[utoipa::path(post, path = "/document-templates/preview", tag = "document templates", operation_id = "preview_document_template", request_body = PreviewInput,
    responses((status = 200, body = PreviewJson), (status = "default", body = Problem)))]
async fn preview(State(web): State<Web>, by: By, body: Body<PreviewInput>) -> Result<Json<PreviewJson>, Error> {
    by.may(Act::EditDocumentTemplate)?;
    let input = body.input;
    let mut fields = Fields::new();
    let kind = fields.code("/kind", &input.kind);
    let language = fields.code("/language", &input.language);
    let lines = fields.whole("/lines", input.lines.unwrap_or(3), 1, 200);
    fields.all(input.body.as_deref().map(check_template).unwrap_or_default());
    fields.done()?;
    let asked = input.subject.trim().to_owned();
    let gathered = if asked.is_empty() {
        sampled(&web, &by, kind, language, lines, input.body).await?
    } else {
        let mut real = real(&web, &by, kind, language, &asked).await?;
        real.template = input.body.or(real.template);
        real
    };
    let (pages, wrong, count) = look(&web, gathered, SHOWN).await?;
    let mistake = |one: &typeset::Mistake| MistakeJson {
        line: one.line,
        column: one.column,
        stops: one.stops,
        message: one.said(by.language),
        hints: one.hints.clone(),
    };
    Ok(Json(PreviewJson { pages, count, mistakes: wrong.iter().map(mistake).collect() }))
}

/// A sample on the company's own letterhead.
async fn sampled(web: &Web, by: &By, kind: DocumentKind, language: Language, lines: i64, body: Option<String>) -> Result<Gathered, Error> {
    let (company, code) = (by.company_id, template_code(kind, language));
    let read = web.app.store.read(move |reader| {
        let letterhead = document::letterhead(reader, company)?;
        let pictures = pictures(reader, company, &letterhead)?;
        Ok((document::template(reader, company, &code)?, pictures))
    });
    let (own, pictures) = read.await?;
    let mut data = data::sample(kind, language, lines);
    for name in pictures.keys() {
        data[name.as_str()] = name.as_str().into();
    }
    let own = own.map(|own| own.body).filter(|body| !body.is_empty());
    Ok(Gathered { kind, language, subject_id: 0, data, pictures, template: body.or(own), template_no: 0 })
}

/// Something real, whether or not the document could be made of it now.
async fn real(web: &Web, by: &By, kind: DocumentKind, language: Language, asked: &str) -> Result<Gathered, Error> {
    by.may(app::document::add::view_of(kind.subject()))?;
    let day = today(web, by).await?;
    let subject = match kind.subject() {
        DocumentSubject::Order => Subject::Order(which(web, by, asked).await?),
        DocumentSubject::Quotation => Subject::Quotation(super::quotation(web, by, asked).await?),
        DocumentSubject::Shipment => Subject::Shipment(super::shipment(web, by, asked).await?),
        DocumentSubject::Invoice => Subject::Invoice(super::invoice(web, by, asked).await?),
        DocumentSubject::Customer => {
            let input = super::MakeJson::default();
            Subject::Customer(super::customer_of(web, by, asked).await?, super::period(day, &input)?)
        }
    };
    let company = by.company_id;
    Ok(web.app.store.read(move |reader| gather_any(reader, company, subject, kind, Some(language), day)).await??.shown_to(by))
}

type Look = (Vec<String>, Vec<typeset::Mistake>, usize);

async fn look(web: &Web, gathered: Gathered, most: usize) -> Result<Look, Error> {
    let day = domain::Date::of(2026, 1, 1).ok_or_else(|| Error::internal("the first of January is a day"))?;
    let set = move |fonts: &typeset::Fonts| {
        let template = gathered.template.as_deref().unwrap_or_else(|| typeset::built_in(gathered.kind));
        let sheet = typeset::Sheet { template, data: &gathered.data, pictures: &gathered.pictures, day, identity: "preview" };
        match typeset::typeset(fonts, &sheet) {
            Ok(pages) => (pages.pictures(most), pages.remarks.clone(), pages.count()),
            Err(wrong) => (Vec::new(), wrong, 0),
        }
    };
    web.press.run(web, set).await
}
