//! Lists: filters, sort, limit and cursor of a query, and the three forms of the answer (JSON page, csv, xlsx).

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::{header, request::Parts};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{FieldRule, Refusal, RequestRejection};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::cell::Kind;
use store::query::list::{Found, Page, Select, Sort};
use store::{Fault, Param, Reader};
use utoipa::{IntoParams, ToSchema};

use crate::by::By;
use crate::context;
use crate::error::Error;
use crate::export::{self, Tabular};
use crate::state::Web;

/// Rows of a page, unless the caller says.
const USUAL_LIMIT: i64 = 50;

/// Rows of a page at the most.
pub const MAX_LIMIT: i64 = 200;

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the page after this one; `null`: there is none.
    pub next: Option<String>,
}

/// What every list takes beside its filters.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// A field of the list's sorts; with `-` before it from the greatest down.
    pub sort: Option<String>,
    /// Rows of a page, 1 to 200.
    pub limit: Option<i64>,
    /// `next` of the page before.
    pub cursor: Option<String>,
    /// `json` (usual), `csv` or `xlsx`; the last two give the whole filtered list. Also by `Accept`.
    pub format: Option<String>,
}

/// The form of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page.
    Json,
    /// All rows as comma-separated values.
    Csv,
    /// All rows as a workbook.
    Xlsx,
}

/// The query of a list: its filters `F` (a struct of `Option<String>` fields, unknown ones refused) and what every list takes.
#[derive(Clone, Debug)]
pub struct Asked<F> {
    /// The filters, as sent.
    pub filter: F,
    /// Sort, limit, cursor, format, as sent.
    pub page: PageParams,
    /// The form of the answer.
    pub format: Format,
}

impl<F: DeserializeOwned, S: Sync> FromRequestParts<S> for Asked<F> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let axum::extract::Query(pairs) = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|_| Error::plain(axum::http::StatusCode::BAD_REQUEST, "malformed"))?;
        let mut page = PageParams::default();
        let mut rest = Map::new();
        for (name, value) in pairs {
            match name.as_str() {
                "sort" => page.sort = Some(value),
                "cursor" => page.cursor = Some(value),
                "format" => page.format = Some(value),
                "limit" => page.limit = Some(value.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit)).ok_or_else(bad_limit)?),
                _ if value.is_empty() => {}
                _ => {
                    rest.insert(name, Value::String(value));
                }
            }
        }
        let filter = serde_path_to_error::deserialize(Value::Object(rest)).map_err(|error| {
            let pointer = crate::body::pointer(error.path());
            crate::body::wrong(pointer, &error.into_inner())
        })?;
        let format = format(page.format.as_deref(), context::text(&parts.headers, header::ACCEPT.as_str()))?;
        Ok(Asked { filter, page, format })
    }
}

fn bad_limit() -> Error {
    Refusal::field("/limit", FieldRule::OutOfRange { min: 1, max: MAX_LIMIT }).into()
}

fn format(asked: Option<&str>, accept: Option<&str>) -> Result<Format, Error> {
    let accept = accept.unwrap_or_default();
    match asked {
        Some("json") => Ok(Format::Json),
        Some("csv") => Ok(Format::Csv),
        Some("xlsx") => Ok(Format::Xlsx),
        Some(other) => Err(Refusal::field("/format", FieldRule::UnknownChoice { value: other.to_owned() }).into()),
        None if accept.starts_with("text/csv") => Ok(Format::Csv),
        None if accept.starts_with(export::XLSX) => Ok(Format::Xlsx),
        None => Ok(Format::Json),
    }
}

/// Where a page begins, as callers carry it around.
#[derive(Serialize, Deserialize)]
struct Cursor {
    sort: String,
    values: Vec<Value>,
}

impl PageParams {
    /// The page that is asked for, sorted by one of `sorts`; `usual` like `-created_at` where the caller does not say.
    ///
    /// # Errors
    /// 422 for a sort that is none of these, and for a cursor of another list or sort.
    pub fn page(&self, sorts: &'static [Sort], ties: &'static [Sort], usual: &str) -> Result<Page, Error> {
        let asked = self.sort.as_deref().filter(|sort| !sort.is_empty()).unwrap_or(usual);
        let (name, descending) = asked.strip_prefix('-').map_or((asked, false), |name| (name, true));
        let sort = *sorts
            .iter()
            .find(|sort| sort.name == name)
            .ok_or_else(|| Refusal::field("/sort", RequestRejection::UnknownSort { sort: asked.to_owned() }))?;
        let after = match self.cursor.as_deref().filter(|cursor| !cursor.is_empty()) {
            None => None,
            Some(text) => Some(read_cursor(text, asked, &Select::keys(&sort, ties)).ok_or_else(bad_cursor)?),
        };
        Ok(Page { sort, descending, after, limit: self.limit.unwrap_or(USUAL_LIMIT) })
    }
}

fn bad_cursor() -> Error {
    Refusal::field("/cursor", RequestRejection::BadCursor).into()
}

fn read_cursor(text: &str, sort: &str, kinds: &[Kind]) -> Option<Vec<Param>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let cursor: Cursor = serde_json::from_slice(&bytes).ok()?;
    if cursor.sort != sort || cursor.values.len() != kinds.len() {
        return None;
    }
    let param = |(value, kind): (&Value, &Kind)| match kind {
        Kind::Int => value.as_i64().map(Param::Int),
        _ => value.as_str().map(Param::from),
    };
    cursor.values.iter().zip(kinds).map(param).collect()
}

fn write_cursor(page: &Page, after: Vec<Param>) -> String {
    let sign = if page.descending { "-" } else { "" };
    let value = |param| match param {
        Param::Int(value) => Value::from(value),
        Param::Text(value) => Value::from(value),
    };
    let cursor = Cursor { sort: format!("{sign}{}", page.sort.name), values: after.into_iter().map(value).collect() };
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(&cursor).expect("a cursor is plain data"))
}

/// A page as it is answered.
pub fn listed<T>(page: &Page, found: Found<T>) -> Listed<T> {
    Listed { items: found.rows, next: found.next.map(|after| write_cursor(page, after)) }
}

/// How a list may be sorted.
#[derive(Clone, Copy, Debug)]
pub struct Sorts {
    /// The sorts callers may name.
    pub sorts: &'static [Sort],
    /// The columns that make every order certain.
    pub ties: &'static [Sort],
    /// The usual one: `-created_at`.
    pub usual: &'static str,
}

/// Answers a list: a page as JSON, or all of its rows as csv or xlsx. `noun` names the file and the audit entry of an export.
///
/// # Errors
/// What [`PageParams::page`] refuses; 403 for an export without `export.run`.
pub async fn answer<T, F>(
    web: &Web,
    by: &By,
    noun: &'static str,
    asked: (&PageParams, Format),
    sorts: Sorts,
    fetch: F,
) -> Result<Response, Error>
where
    T: Serialize + Tabular + Send + 'static,
    F: Fn(&Reader<'_>, &Page) -> Result<Found<T>, Fault> + Clone + Send + 'static,
{
    let (params, format) = asked;
    let page = params.page(sorts.sorts, sorts.ties, sorts.usual)?;
    if format != Format::Json {
        return export::answer(web, by, noun, format, page, fetch).await;
    }
    let wanted = page.clone();
    let found = web.app.store.read(move |reader| fetch(reader, &wanted)).await?;
    Ok(Json(listed(&page, found)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SORTS: &[Sort] = &[Sort::int("created_at", "created_at"), Sort::text("code", "code")];
    const TIES: &[Sort] = &[Sort::int("id", "id")];

    #[test]
    fn a_cursor_comes_back_only_to_its_own_sort() {
        let params = PageParams { sort: Some("-code".into()), ..PageParams::default() };
        let page = params.page(SORTS, TIES, "created_at").unwrap();
        let after = vec![Param::Text("P1".into()), Param::Int(7)];
        let cursor = write_cursor(&page, after.clone());
        let again = PageParams { cursor: Some(cursor.clone()), ..params };
        assert_eq!(again.page(SORTS, TIES, "created_at").unwrap().after, Some(after));
        for (sort, cursor) in [("code", cursor.as_str()), ("-created_at", cursor.as_str()), ("-code", "nonsense")] {
            let params = PageParams { sort: Some(sort.into()), cursor: Some(cursor.into()), ..PageParams::default() };
            assert_eq!(params.page(SORTS, TIES, "code").unwrap_err().problem(domain::Language::En).errors[0].pointer, "/cursor");
        }
    }
}
