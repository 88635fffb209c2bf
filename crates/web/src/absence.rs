//! Absences over HTTP.

use app::absence::{AbsenceInput as Input, create, delete, edit};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Absence, AbsenceId, Act, UserId};
use serde::{Deserialize, Serialize};
use store::query::absence::{self, Filter, Named as Found};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::today;
use crate::state::Web;
use crate::value::{Named, Saved};
use crate::version::{Created, Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit, delete)).routes(routes!(substitutes))
}

/// Somebody is away, and somebody stands in.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Absence)]
pub struct AbsenceJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Who is away.
    pub user: Named,
    /// Who stands in.
    pub substitute: Named,
    /// First day.
    pub from_on: String,
    /// Last day.
    pub to_on: String,
    /// What to know.
    pub note: String,
    /// Whether the caller may change it.
    pub editable: bool,
}

impl AbsenceJson {
    fn of(found: Found, by: &domain::Actor) -> Self {
        let Found { absence: Absence { id, version, user_id, substitute_id, from_on, to_on, note }, user_name, substitute_name } = found;
        AbsenceJson {
            id: id.to_string(),
            version: version.raw(),
            user: Named { id: user_id.to_string(), name: user_name },
            substitute: Named { id: substitute_id.to_string(), name: substitute_name },
            from_on: from_on.to_string(),
            to_on: to_on.to_string(),
            note,
            editable: by.user_id == user_id || by.may(Act::EditAbsence).is_ok(),
        }
    }
}

impl Tabular for AbsenceJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "name", cell: |row| Cell::from(&row.user.name) },
        Column { name: "substitute", cell: |row| Cell::from(&row.substitute.name) },
        Column { name: "from_on", cell: |row| Cell::from(&row.from_on) },
        Column { name: "to_on", cell: |row| Cell::from(&row.to_on) },
        Column { name: "note", cell: |row| Cell::from(&row.note) },
    ];
}

/// The filters of the list of absences.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AbsenceQuery {
    /// Id of who is away.
    pub user: Option<String>,
    /// `true`: where I am away or stand in.
    pub mine: Option<String>,
    /// Lasting on this day.
    pub on: Option<String>,
    /// `true`: not over before today.
    pub current: Option<String>,
}

/// Lists absences; everybody may know who stands in for whom. Sorts: `-from_on` (usual), `to_on`.
#[utoipa::path(get, path = "/absences", operation_id = "list_absences", tag = "absence", params(AbsenceQuery, PageParams), responses((status = 200, body = Listed<AbsenceJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<AbsenceQuery>) -> Result<Response, Error> {
    by.may(Act::ViewOrder)?;
    let today = today(&web, &by).await?;
    let query = asked.filter;
    let mut fields = Fields::new();
    let mine = yes_or_no(&mut fields, "/mine", query.mine.as_deref()) == Some(true);
    let current = yes_or_no(&mut fields, "/current", query.current.as_deref()) == Some(true);
    let filter = Filter {
        user: fields.optional_id("/user", query.user.as_deref()),
        about: mine.then_some(by.user_id),
        on: fields.optional_date("/on", query.on.as_deref()),
        from: current.then_some(today),
    };
    fields.done()?;
    let actor = by.actor.clone();
    let sorts = Sorts { sorts: absence::SORTS, ties: absence::TIES, usual: "-from_on" };
    list::answer(&web, &by, "absences", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(absence::list(reader, actor.company_id, &filter, page)?.map(|found| AbsenceJson::of(found, &actor)))
    })
    .await
}

/// Who may stand in: everybody who may sign in, by name.
#[utoipa::path(get, path = "/substitutes", operation_id = "list_substitutes", tag = "absence", responses((status = 200, body = Vec<Named>)))]
async fn substitutes(State(web): State<Web>, by: By) -> Result<axum::Json<Vec<Named>>, Error> {
    by.may(Act::ViewOrder)?;
    let company = by.company_id;
    let found: Vec<domain::User> =
        web.app.store.read(move |reader| reader.all(company, "AND active = ?2 ORDER BY name", &[1.into()])).await?;
    Ok(axum::Json(found.into_iter().map(|user| Named { id: user.id.to_string(), name: user.name }).collect()))
}

/// Shows an absence.
#[utoipa::path(get, path = "/absences/{id}", operation_id = "show_absence", tag = "absence", responses((status = 200, body = AbsenceJson)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<AbsenceJson>, Error> {
    by.may(Act::ViewOrder)?;
    let (company, id) = (by.company_id, id_of(&id)?);
    let read = web.app.store.read(move |reader| {
        let Some(absence) = reader.get::<Absence>(company, id)? else { return Ok(None) };
        let mut names = store::query::user::names(reader, company)?;
        let user_name = names.remove(&absence.user_id).unwrap_or_default();
        let substitute_name = names.remove(&absence.substitute_id).unwrap_or_default();
        Ok(Some(Found { absence, user_name, substitute_name }))
    });
    let found = AbsenceJson::of(read.await?.ok_or_else(|| Error::not_found("absence"))?, &by);
    Ok(Tagged(found.version, found))
}

/// An absence, as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = AbsenceInput)]
#[serde(deny_unknown_fields, default)]
pub struct AbsenceBody {
    /// Who is away; the caller where nobody is named. It stays when an absence is changed.
    pub user_id: Option<String>,
    /// Who stands in.
    pub substitute_id: String,
    /// First day.
    pub from_on: String,
    /// Last day.
    pub to_on: String,
    /// What to know.
    pub note: String,
}

impl AbsenceBody {
    fn read(&self, by: &By) -> Result<Input, Error> {
        let mut fields = Fields::new();
        let user_id: Option<UserId> = fields.optional_id("/user_id", self.user_id.as_deref());
        let input = Input {
            user_id: user_id.unwrap_or(by.user_id),
            substitute_id: fields.id("/substitute_id", &self.substitute_id),
            from_on: fields.date("/from_on", &self.from_on),
            to_on: fields.date("/to_on", &self.to_on),
            note: fields.text("/note", &self.note, 500),
        };
        fields.done()?;
        Ok(input)
    }
}

/// Arranges that somebody stands in.
#[utoipa::path(post, path = "/absences", operation_id = "create_absence", tag = "absence", request_body = AbsenceBody, responses((status = 201, body = Saved)))]
async fn create(State(web): State<Web>, by: By, body: Body<AbsenceBody>) -> Result<Created<Saved>, Error> {
    let input = body.input.read(&by)?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("absences", saved))
}

/// Changes an absence.
#[utoipa::path(put, path = "/absences/{id}", operation_id = "edit_absence", tag = "absence", request_body = AbsenceBody, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<AbsenceBody>,
) -> Result<Tagged<Saved>, Error> {
    let (id, input) = (id_of(&id)?, body.input.read(&by)?);
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// Takes an absence back.
#[utoipa::path(delete, path = "/absences/{id}", operation_id = "delete_absence", tag = "absence", responses((status = 204)))]
async fn delete(State(web): State<Web>, by: By, Path(id): Path<String>, Matching(version): Matching) -> Result<StatusCode, Error> {
    let id = id_of(&id)?;
    web.app.command(&by, None, move |work, by| delete::delete(work, by, id, Some(version))).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn id_of(text: &str) -> Result<AbsenceId, Error> {
    text.parse().map_err(|_| Error::not_found("absence"))
}
