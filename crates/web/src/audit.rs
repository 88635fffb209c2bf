//! The audit trail over HTTP: every event of the company, with who, when, from where, and before and after (SEC-02).

use axum::extract::State;
use axum::response::Response;
use domain::{Act, Event, EventKind, Instant, Language, OrderId, UserId};
use serde::{Deserialize, Serialize};
use store::query::event::{self, Filter};
use store::query::{company, user};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list))
}

/// What something happened to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Subject {
    /// Its noun.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its number or code.
    pub number: String,
}

/// One field that changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditChange {
    /// Which.
    pub field: String,
    /// Which, for people.
    pub label: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
}

/// The way something came in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditSource {
    /// `web`, `api`, `cli` or `import`.
    pub channel: String,
    /// Network address.
    pub address: String,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditEvent {
    /// Its place in the company's stream.
    pub position: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// What, as a code.
    pub kind: String,
    /// Who.
    pub by: String,
    /// What, in a sentence.
    pub summary: String,
    /// Why, where a reason was given.
    pub reason: String,
    /// What changed.
    pub changes: Vec<AuditChange>,
    /// From where.
    pub source: AuditSource,
    /// To what.
    pub subject: Subject,
}

impl AuditEvent {
    fn of(event: Event, language: Language) -> Self {
        let shown = event.changes_shown(language).into_iter();
        let changes =
            shown.map(|change| AuditChange { field: change.field, label: change.label, before: change.before, after: change.after });
        AuditEvent {
            position: event.position,
            at: event.at,
            summary: event.summary(language),
            changes: changes.collect(),
            kind: event.kind,
            by: event.by_name,
            reason: event.reason,
            source: AuditSource { channel: event.channel, address: event.address },
            subject: Subject {
                kind: event.subject_kind,
                id: OrderId::from_raw(event.subject_id).to_string(),
                number: event.subject_number,
            },
        }
    }

    /// With phones and e-mails in what changed masked, also where a file has it in one text.
    fn masked(mut self) -> Self {
        for change in &mut self.changes {
            change.before = domain::masked_as(&change.field, &change.before);
            change.after = domain::masked_as(&change.field, &change.after);
        }
        self
    }

    fn changed(&self) -> String {
        let texts = self.changes.iter().map(|change| format!("{}: {} → {}", change.label, change.before, change.after));
        texts.collect::<Vec<_>>().join("; ")
    }
}

impl Tabular for AuditEvent {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "position", cell: |event| event.position.into() },
        Column { name: "at", cell: |event| event.at.into() },
        Column { name: "by", cell: |event| Cell::from(&event.by) },
        Column { name: "kind", cell: |event| Cell::from(&event.kind) },
        Column { name: "subject", cell: |event| Cell::from(&event.subject.kind) },
        Column { name: "number", cell: |event| Cell::from(&event.subject.number) },
        Column { name: "summary", cell: |event| Cell::from(&event.summary) },
        Column { name: "reason", cell: |event| Cell::from(&event.reason) },
        Column { name: "changes", cell: |event| Cell::from(&event.changed()) },
        Column { name: "channel", cell: |event| Cell::from(&event.source.channel) },
        Column { name: "address", cell: |event| Cell::from(&event.source.address) },
    ];
}

/// The filters of the audit trail.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// A noun (`order`), a thing by id (`order/…`), or a number or code (`SO2026000001`).
    pub subject: Option<String>,
    /// Id or username of who did it.
    pub by: Option<String>,
    /// Kinds of events, with commas between.
    pub kind: Option<String>,
    /// First day, in the company's time zone, or an instant.
    pub from: Option<String>,
    /// Last day, in the company's time zone, or an instant before which it was.
    pub to: Option<String>,
}

/// Lists what happened, the newest first. Sort: `position`.
#[utoipa::path(get, path = "/audit", operation_id = "list_audit", tag = "event", params(AuditQuery, PageParams), responses((status = 200, body = Listed<AuditEvent>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<AuditQuery>) -> Result<Response, Error> {
    by.may(Act::ViewAudit)?;
    let company = by.company_id;
    let who = asked.filter.by.clone();
    let found = web.app.store.read(move |reader| {
        let zone = company::one(reader, company)?.map_or_else(|| "UTC".to_owned(), |company| company.time_zone);
        let named = who.as_deref().map(|name| user::by_username(reader, company, name)).transpose()?.flatten();
        Ok((zone, named.map(|user| user.id)))
    });
    let (zone, named) = found.await?;
    let filter = filter(&asked.filter, &zone, named)?;
    let (language, costs, people) = (by.language, by.may(Act::SeeCost).is_ok(), by.may(Act::SeePersonalData).is_ok());
    let sorts = Sorts { sorts: event::SORTS, ties: event::TIES, usual: "-position" };
    list::answer(&web, &by, "audit", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(event::list(reader, company, &filter, page)?
            .map(|event| AuditEvent::of(if costs { event } else { event.without_costs() }, language))
            .map(|event| if people { event } else { event.masked() }))
    })
    .await
}

fn filter(asked: &AuditQuery, zone: &str, named: Option<UserId>) -> Result<Filter, Error> {
    let mut fields = Fields::new();
    let mut filter = Filter { kinds: kinds(&mut fields, asked.kind.as_deref()), ..Filter::default() };
    filter.by = named.or_else(|| fields.optional_id("/by", asked.by.as_deref()));
    filter.from = at(&mut fields, "/from", asked.from.as_deref(), zone, 0);
    filter.until = at(&mut fields, "/to", asked.to.as_deref(), zone, 1);
    match asked.subject.as_deref().map(|subject| subject.split_once('/').map_or((subject, None), |(kind, id)| (kind, Some(id)))) {
        Some((kind, Some(id))) => {
            filter.subject_kinds = vec![kind.to_owned()];
            filter.subject_id = Some(fields.id::<OrderId>("/subject", id).raw());
        }
        Some((kind, None)) if app::event::is_subject(kind) => filter.subject_kinds = vec![kind.to_owned()],
        Some((number, None)) => filter.subject_number = Some(number.to_owned()),
        None => {}
    }
    fields.done()?;
    Ok(filter)
}

fn kinds(fields: &mut Fields, list: Option<&str>) -> Vec<String> {
    codes::<EventKind>(fields, "/kind", list).into_iter().map(|kind| kind.as_str().to_owned()).collect()
}

/// An instant, or the beginning of the day so many days later.
fn at(fields: &mut Fields, pointer: &str, text: Option<&str>, zone: &str, days: i64) -> Option<Instant> {
    let text = text?;
    if let Ok(at) = Instant::parse(text) {
        return Some(at);
    }
    Some(Instant::start_of_in(fields.date(pointer, text).plus_days(days), zone))
}
