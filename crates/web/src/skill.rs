//! Skills over HTTP.

use app::skill::{create, edit};
use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, Skill, Version};
use serde::{Deserialize, Serialize};
use store::query::worker;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::role::Names;
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create_skill)).routes(routes!(edit_skill))
}

/// Something people can do well or less well.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Skill)]
pub struct SkillJson {
    /// Its key.
    pub code: String,
    /// Raised by every change.
    pub version: i64,
    /// Its names.
    pub name: Names,
    /// Whether new tasks may ask for it.
    pub active: bool,
}

impl From<Skill> for SkillJson {
    fn from(skill: Skill) -> Self {
        let Skill { code, version, name_zh_cn, name_zh_tw, name_en, active } = skill;
        SkillJson { code, version: version.raw(), name: Names { zh_cn: name_zh_cn, zh_tw: name_zh_tw, en: name_en }, active }
    }
}

/// A skill, as it is to be.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SkillInput {
    /// Its key; only for a new one.
    pub code: Option<String>,
    /// Its names.
    pub name: Names,
    /// Whether new tasks may ask for it; `true`.
    pub active: Option<bool>,
}

impl SkillInput {
    fn read(self, code: Option<String>) -> Skill {
        let text = |text: String| text.trim().to_owned();
        Skill {
            code: text(code.or(self.code).unwrap_or_default()),
            version: Version::FIRST,
            name_zh_cn: text(self.name.zh_cn),
            name_zh_tw: text(self.name.zh_tw),
            name_en: text(self.name.en),
            active: self.active.unwrap_or(true),
        }
    }
}

/// All skills: a company has few of them.
#[utoipa::path(get, path = "/skills", operation_id = "list_skills", tag = "tasks", responses((status = 200, body = Vec<SkillJson>)))]
async fn list(State(web): State<Web>, by: By) -> Result<Json<Vec<SkillJson>>, Error> {
    by.may(Act::ViewTask)?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| worker::skills(reader, company)).await?;
    Ok(Json(found.into_iter().map(SkillJson::from).collect()))
}

/// Adds a skill.
#[utoipa::path(post, path = "/skills", operation_id = "create_skill", tag = "tasks", request_body = SkillInput, responses((status = 201, body = Saved)))]
async fn create_skill(State(web): State<Web>, by: By, body: Body<SkillInput>) -> Result<Created<Saved>, Error> {
    let skill = body.input.read(None);
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &skill)).await?;
    Ok(Created::at("skills", saved))
}

/// Changes a skill.
#[utoipa::path(put, path = "/skills/{code}", operation_id = "edit_skill", tag = "tasks", request_body = SkillInput, responses((status = 200, body = Saved)))]
async fn edit_skill(
    State(web): State<Web>,
    by: By,
    Path(code): Path<String>,
    Matching(version): Matching,
    body: Body<SkillInput>,
) -> Result<Tagged<Saved>, Error> {
    let skill = body.input.read(Some(code));
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, Some(version), &skill)).await?;
    Ok(Tagged::saved(saved))
}
