//! Everything that rules may name: facts, steps, events, and what the company has.

use axum::Json;
use axum::extract::State;
use domain::notify::{self, NotifyChannel, NotifyRecipient};
use domain::{
    Act, Calendar, ClockAnchor, Code, CompanyCodes, EventKind, FactKind, GATED, Language, Numbered, Role, SalesCategory, TaskKind,
    VOCABULARY, name_of, text,
};
use serde::Serialize;
use store::query::{calendar, worker};
use utoipa::ToSchema;

use crate::by::By;
use crate::error::Error;
use crate::state::Web;
use crate::value::Coded;

/// What the company has that rules may name.
pub(super) struct Known {
    pub(super) roles: Vec<Role>,
    calendars: Vec<Calendar>,
    task_kinds: Vec<TaskKind>,
}

impl Known {
    pub(super) fn codes(&self) -> CompanyCodes {
        let roles: Vec<&Role> = self.roles.iter().collect();
        let calendars = self.calendars.iter().map(|calendar| calendar.code.as_str()).collect();
        CompanyCodes::of(&roles, calendars, self.task_kinds.iter().map(|kind| kind.code.as_str()).collect())
    }
}

/// Reads what the company has.
pub(super) async fn known(web: &Web, by: &By) -> Result<Known, Error> {
    let company = by.company_id;
    let read = web.app.store.read(move |reader| {
        Ok(Known {
            roles: reader.all::<Role>(company, "ORDER BY code", &[])?,
            calendars: calendar::all(reader, company)?,
            task_kinds: worker::kinds(reader, company)?,
        })
    });
    Ok(read.await?)
}

/// A fact that conditions may name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FactJson {
    /// Its name in conditions.
    pub name: String,
    /// What it is, for people.
    pub label: String,
    /// `bool`, `money`, `percent`, `count`, `text`, `code` or `date`.
    pub kind: String,
    /// Where it is a code: what it may be.
    pub codes: Vec<Coded>,
}

/// A permission, by what it is about.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PermissionWord {
    /// Its code.
    pub code: String,
    /// What it allows.
    pub name: String,
    /// What it is about.
    pub group: String,
}

/// A kind of document that is numbered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NumberedWord {
    /// Its code.
    pub code: String,
    /// What it is.
    pub name: String,
    /// How it is numbered where nobody has said otherwise.
    pub standard: String,
}

/// Everything that rules may name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Vocabulary {
    /// Facts.
    pub facts: Vec<FactJson>,
    /// Steps that gates may stand before.
    pub verbs: Vec<Coded>,
    /// Roles of the company.
    pub roles: Vec<Coded>,
    /// Events that clocks hear: those of orders.
    pub clock_events: Vec<Coded>,
    /// Events that people may be told of: all.
    pub events: Vec<Coded>,
    /// Dates of an order that a clock may be reckoned from.
    pub anchors: Vec<Coded>,
    /// Categories of orders.
    pub categories: Vec<Coded>,
    /// Working calendars of the company.
    pub calendars: Vec<Coded>,
    /// Kinds of tasks of the company.
    pub task_kinds: Vec<Coded>,
    /// Recipients of a notification beside roles.
    pub recipients: Vec<Coded>,
    /// Ways by which people are told.
    pub channels: Vec<Coded>,
    /// Templates of notifications.
    pub templates: Vec<Coded>,
    /// Permissions that a role may have.
    pub permissions: Vec<PermissionWord>,
    /// Kinds of documents that are numbered.
    pub numbered: Vec<NumberedWord>,
}

fn coded(code: &str, name: String) -> Coded {
    Coded { id: code.to_owned(), code: code.to_owned(), name }
}

fn all<C: Code>(language: Language) -> Vec<Coded> {
    C::ALL.iter().map(|code| Coded::of(*code, language)).collect()
}

/// Nouns whose events happen to an order: what happens to its papers does.
const OF_ORDERS: &[&str] = &["Order", "Shipment", "Invoice", "Payment", "Gate", "Question", "FollowUp", "Attachment", "Evidence"];

/// Templates that the product uses by itself.
const OWN: &[&str] = &["digest", "test"];

fn events(language: Language, wanted: impl Fn(&str) -> bool) -> Vec<Coded> {
    let name = |code: &str| coded(code, text(language, &format!("event_name.{code}"), &[]));
    EventKind::ALL.iter().map(|kind| kind.as_str()).filter(|code| wanted(code)).map(name).collect()
}

fn facts(language: Language) -> Vec<FactJson> {
    let fact = |fact: &domain::Fact| FactJson {
        name: fact.name.to_owned(),
        label: text(language, &format!("fact.{}", fact.name), &[]),
        kind: fact.kind.as_str().to_owned(),
        codes: match fact.kind {
            FactKind::Code(group, all) => {
                all().into_iter().map(|code| coded(code, text(language, &format!("{group}.{code}"), &[]))).collect()
            }
            _ => Vec::new(),
        },
    };
    VOCABULARY.iter().map(fact).collect()
}

/// Tells everything that rules may name: facts with their kinds, steps, events, roles, calendars, kinds of tasks, templates, permissions.
#[utoipa::path(get, path = "/blueprints/vocabulary", operation_id = "show_vocabulary", tag = "blueprint", responses((status = 200, body = Vocabulary)))]
pub(super) async fn vocabulary(State(web): State<Web>, by: By) -> Result<Json<Vocabulary>, Error> {
    by.may(Act::ViewBlueprint)?;
    let language = by.language;
    let known = known(&web, &by).await?;
    let permission = |act: &Act| PermissionWord {
        code: act.as_str().to_owned(),
        name: name_of(language, *act),
        group: text(language, &format!("permission_group.{}", act.group()), &[]),
    };
    let numbered = |kind: &Numbered| NumberedWord {
        code: kind.as_str().to_owned(),
        name: name_of(language, *kind),
        standard: kind.standard_pattern().to_owned(),
    };
    Ok(Json(Vocabulary {
        facts: facts(language),
        verbs: GATED.iter().map(|verb| coded(verb.as_str(), name_of(language, *verb))).collect(),
        roles: known.roles.iter().map(|role| coded(&role.code, role.name(language).to_owned())).collect(),
        clock_events: events(language, |code| OF_ORDERS.iter().any(|noun| code.starts_with(noun))),
        events: events(language, |_| true),
        anchors: all::<ClockAnchor>(language),
        categories: all::<SalesCategory>(language),
        calendars: known.calendars.iter().map(|calendar| coded(&calendar.code, calendar.names().of(language).to_owned())).collect(),
        task_kinds: known.task_kinds.iter().map(|kind| coded(&kind.code, kind.name(language).to_owned())).collect(),
        recipients: all::<NotifyRecipient>(language),
        channels: all::<NotifyChannel>(language),
        templates: notify::CODES
            .iter()
            .filter(|code| !OWN.contains(code))
            .map(|code| coded(code, text(language, &format!("notify.{code}.name"), &[])))
            .collect(),
        permissions: Act::ALL.iter().map(permission).collect(),
        numbered: Numbered::ALL.iter().map(numbered).collect(),
    }))
}
