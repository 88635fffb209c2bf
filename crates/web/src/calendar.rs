//! Working calendars over HTTP.

use app::calendar::{CalendarInput as Input, create, edit};
use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, Calendar, CalendarRule, Date, HourSpan, MakeUpDay, Names, WorkCalendar};
use serde::{Deserialize, Serialize};
use store::query::calendar;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::fields::Fields;
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit))
}

/// A name in each language.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = Names)]
#[serde(deny_unknown_fields, default)]
pub struct NamesJson {
    /// In Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
    /// In Traditional Chinese.
    #[serde(rename = "zh-TW")]
    pub zh_tw: String,
    /// In English.
    pub en: String,
}

/// A day with hours of its own.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = MakeUpDay)]
#[serde(deny_unknown_fields, default)]
pub struct MakeUpJson {
    /// Which.
    pub on: String,
    /// Its hours, as spans like `09:00-12:00`.
    pub hours: Vec<String>,
}

/// A working calendar.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Calendar)]
pub struct CalendarJson {
    /// Its code.
    pub code: String,
    /// Raised by every change.
    pub version: i64,
    /// What it is called.
    pub name: NamesJson,
    /// Zone of its hours.
    pub zone: String,
    /// Around the clock, every day.
    pub always: bool,
    /// Hours on Mondays, as spans like `09:00-12:00`; none: it is no working day.
    pub monday: Vec<String>,
    /// Hours on Tuesdays, as spans like `09:00-12:00`; none: it is no working day.
    pub tuesday: Vec<String>,
    /// Hours on Wednesdays, as spans like `09:00-12:00`; none: it is no working day.
    pub wednesday: Vec<String>,
    /// Hours on Thursdays, as spans like `09:00-12:00`; none: it is no working day.
    pub thursday: Vec<String>,
    /// Hours on Fridays, as spans like `09:00-12:00`; none: it is no working day.
    pub friday: Vec<String>,
    /// Hours on Saturdays, as spans like `09:00-12:00`; none: it is no working day.
    pub saturday: Vec<String>,
    /// Hours on Sundays, as spans like `09:00-12:00`; none: it is no working day.
    pub sunday: Vec<String>,
    /// Days without work.
    pub holidays: Vec<String>,
    /// Days with hours of their own.
    pub make_up: Vec<MakeUpJson>,
}

fn shown(hours: &[HourSpan]) -> Vec<String> {
    hours.iter().map(ToString::to_string).collect()
}

impl From<Calendar> for CalendarJson {
    fn from(calendar: Calendar) -> Self {
        let hours = calendar.hours();
        let Names { zh_cn, zh_tw, en } = calendar.names();
        CalendarJson {
            code: calendar.code,
            version: calendar.version.raw(),
            name: NamesJson { zh_cn, zh_tw, en },
            monday: shown(&hours.monday),
            tuesday: shown(&hours.tuesday),
            wednesday: shown(&hours.wednesday),
            thursday: shown(&hours.thursday),
            friday: shown(&hours.friday),
            saturday: shown(&hours.saturday),
            sunday: shown(&hours.sunday),
            holidays: hours.holidays.iter().map(ToString::to_string).collect(),
            make_up: hours.make_up.iter().map(|day| MakeUpJson { on: day.on.to_string(), hours: shown(&day.hours) }).collect(),
            zone: hours.zone,
            always: hours.always,
        }
    }
}

/// A calendar, as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = CalendarInput)]
#[serde(deny_unknown_fields, default)]
pub struct CalendarBody {
    /// Its code; of a calendar that is there, that of its address.
    pub code: String,
    /// What it is called.
    pub name: NamesJson,
    /// Zone of its hours.
    pub zone: String,
    /// Around the clock, every day.
    pub always: bool,
    /// Hours on Mondays, as spans like `09:00-12:00`; none: it is no working day.
    pub monday: Vec<String>,
    /// Hours on Tuesdays, as spans like `09:00-12:00`; none: it is no working day.
    pub tuesday: Vec<String>,
    /// Hours on Wednesdays, as spans like `09:00-12:00`; none: it is no working day.
    pub wednesday: Vec<String>,
    /// Hours on Thursdays, as spans like `09:00-12:00`; none: it is no working day.
    pub thursday: Vec<String>,
    /// Hours on Fridays, as spans like `09:00-12:00`; none: it is no working day.
    pub friday: Vec<String>,
    /// Hours on Saturdays, as spans like `09:00-12:00`; none: it is no working day.
    pub saturday: Vec<String>,
    /// Hours on Sundays, as spans like `09:00-12:00`; none: it is no working day.
    pub sunday: Vec<String>,
    /// Days without work.
    pub holidays: Vec<String>,
    /// Days with hours of their own, whatever weekday they are.
    pub make_up: Vec<MakeUpJson>,
}

fn spans(fields: &mut Fields, pointer: &str, texts: &[String]) -> Vec<HourSpan> {
    let mut read = Vec::with_capacity(texts.len());
    for (place, text) in texts.iter().enumerate() {
        match HourSpan::parse(text) {
            Ok(span) => read.push(span),
            Err(_) => fields.wrong(format!("{pointer}/{place}"), CalendarRule::NoHourSpan),
        }
    }
    read
}

impl CalendarBody {
    fn read(&self, code: String) -> Result<Input, Error> {
        let mut fields = Fields::new();
        let mut day = |name: &str, texts: &[String]| spans(&mut fields, &format!("/{name}"), texts);
        let mut hours = WorkCalendar {
            zone: self.zone.trim().to_owned(),
            always: self.always,
            monday: day("monday", &self.monday),
            tuesday: day("tuesday", &self.tuesday),
            wednesday: day("wednesday", &self.wednesday),
            thursday: day("thursday", &self.thursday),
            friday: day("friday", &self.friday),
            saturday: day("saturday", &self.saturday),
            sunday: day("sunday", &self.sunday),
            ..WorkCalendar::default()
        };
        for (place, text) in self.holidays.iter().enumerate() {
            let day: Date = fields.date(&format!("/holidays/{place}"), text);
            hours.holidays.insert(day);
        }
        for (place, day) in self.make_up.iter().enumerate() {
            let on = fields.date(&format!("/make_up/{place}/on"), &day.on);
            hours.make_up.push(MakeUpDay { on, hours: spans(&mut fields, &format!("/make_up/{place}/hours"), &day.hours) });
        }
        let names = Names { zh_cn: self.name.zh_cn.clone(), zh_tw: self.name.zh_tw.clone(), en: self.name.en.clone() };
        fields.done()?;
        Ok(Input { code, names, hours })
    }
}

/// Lists the calendars.
#[utoipa::path(get, path = "/calendars", operation_id = "list_calendars", tag = "calendar", responses((status = 200, body = Vec<CalendarJson>)))]
async fn list(State(web): State<Web>, by: By) -> Result<Json<Vec<CalendarJson>>, Error> {
    by.may(Act::ViewOrder)?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| calendar::all(reader, company)).await?;
    Ok(Json(found.into_iter().map(CalendarJson::from).collect()))
}

/// Shows a calendar.
#[utoipa::path(get, path = "/calendars/{code}", operation_id = "show_calendar", tag = "calendar", responses((status = 200, body = CalendarJson)))]
async fn show(State(web): State<Web>, by: By, Path(code): Path<String>) -> Result<Tagged<CalendarJson>, Error> {
    by.may(Act::ViewOrder)?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| reader.get::<Calendar>(company, code)).await?;
    let found = CalendarJson::from(found.ok_or_else(|| Error::not_found("calendar"))?);
    Ok(Tagged(found.version, found))
}

/// Adds a calendar.
#[utoipa::path(post, path = "/calendars", operation_id = "create_calendar", tag = "calendar", request_body = CalendarBody, responses((status = 201, body = Saved)))]
async fn create(State(web): State<Web>, by: By, body: Body<CalendarBody>) -> Result<Created<Saved>, Error> {
    by.may(Act::EditCalendar)?;
    let input = body.input.read(body.input.code.trim().to_owned())?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("calendars", saved))
}

/// Changes a calendar; what runs by it is reckoned anew.
#[utoipa::path(put, path = "/calendars/{code}", operation_id = "edit_calendar", tag = "calendar", request_body = CalendarBody, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(code): Path<String>,
    Matching(version): Matching,
    body: Body<CalendarBody>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditCalendar)?;
    let input = body.input.read(code)?;
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}
