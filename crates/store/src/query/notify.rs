//! Reading notifications, what goes out of the house, and to whom.

use std::sync::LazyLock;

use domain::notify::{Delivery, Notification, Robot, Webhook};
use domain::{CompanyId, DeliveryId, Event, Instant, NotificationId, UserId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// Notifications are listed by age only.
pub const NOTIFICATION_SORTS: &[Sort] = &[Sort::int("created_at", "n.id")];
/// The id is unique.
pub const NOTIFICATION_TIES: &[Sort] = &[Sort::int("id", "n.id")];
/// What deliveries may be sorted by.
pub const DELIVERY_SORTS: &[Sort] = &[Sort::int("created_at", "d.id"), Sort::int("next_at", "d.next_at")];
/// The id is unique.
pub const DELIVERY_TIES: &[Sort] = &[Sort::int("id", "d.id")];
/// What webhooks may be sorted by.
pub const WEBHOOK_SORTS: &[Sort] = &[Sort::int("created_at", "w.id"), Sort::text("url", "w.url")];
/// The id is unique.
pub const WEBHOOK_TIES: &[Sort] = &[Sort::int("id", "w.id")];
/// What robots may be sorted by.
pub const ROBOT_SORTS: &[Sort] = &[Sort::int("created_at", "r.id"), Sort::text("name", "r.name")];
/// The id is unique.
pub const ROBOT_TIES: &[Sort] = &[Sort::int("id", "r.id")];

static NOTIFICATION: LazyLock<String> = LazyLock::new(|| columns::<Notification>("n"));
static DELIVERY: LazyLock<String> = LazyLock::new(|| {
    let name = "coalesce((SELECT u.name FROM users u WHERE u.company_id = d.company_id AND u.id = d.user_id), '')";
    format!("{}, {name}", columns::<Delivery>("d"))
});
static WEBHOOK: LazyLock<String> = LazyLock::new(|| columns::<Webhook>("w"));
static ROBOT: LazyLock<String> = LazyLock::new(|| columns::<Robot>("r"));

/// A page of what a person was told; only what they have not read, or only what they have.
///
/// # Errors
/// Any fault of the database.
pub fn notifications(
    reader: &Reader<'_>,
    company: CompanyId,
    user: UserId,
    unread: Option<bool>,
    page: &Page,
) -> Result<Found<Notification>, Fault> {
    let mut select = Select::new(company, &NOTIFICATION, "FROM notifications n WHERE n.company_id = ?1", NOTIFICATION_TIES);
    select.and("n.user_id = ?", [Param::Int(user.raw())]);
    match unread {
        Some(true) => select.and("n.read_at IS NULL", []),
        Some(false) => select.and("n.read_at IS NOT NULL", []),
        None => {}
    }
    select.page(reader, page, |source| Notification::read(source))
}

/// How many notifications a person has not read, counted up to `most`.
///
/// # Errors
/// Any fault of the database.
pub fn unread(reader: &Reader<'_>, company: CompanyId, user: UserId, most: i64) -> Result<i64, Fault> {
    let text = "SELECT count(*) FROM (SELECT 1 FROM notifications WHERE company_id = ?1 AND user_id = ?2 AND read_at IS NULL LIMIT ?3) n";
    reader.int(text, &[company.raw().into(), user.raw().into(), most.into()])
}

/// Notifications with an id above `after`, and who they are for, up to `limit`.
///
/// # Errors
/// Any fault of the database.
pub fn made_after(reader: &Reader<'_>, company: CompanyId, after: i64, limit: i64) -> Result<Vec<(i64, UserId)>, Fault> {
    let text = "SELECT id, user_id FROM notifications WHERE company_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    reader.rows(text, &[company.raw().into(), after.into(), limit.into()], |source| Ok((read(source, 0)?, read(source, 1)?)))
}

/// The id of the newest notification, 0 where there is none.
///
/// # Errors
/// Any fault of the database.
pub fn newest(reader: &Reader<'_>, company: CompanyId) -> Result<i64, Fault> {
    reader.int("SELECT max(id) FROM notifications WHERE company_id = ?1", &[company.raw().into()])
}

/// The oldest notifications that a person has not read.
///
/// # Errors
/// Any fault of the database.
pub fn unread_ids(reader: &Reader<'_>, company: CompanyId, user: UserId, limit: i64) -> Result<Vec<NotificationId>, Fault> {
    let text = "SELECT id FROM notifications WHERE company_id = ?1 AND user_id = ?2 AND read_at IS NULL ORDER BY id LIMIT ?3";
    reader.rows(text, &[company.raw().into(), user.raw().into(), limit.into()], |source| read(source, 0))
}

/// Which deliveries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// In one of these states; empty: in any.
    pub states: Vec<String>,
    /// By one of these channels; empty: by any.
    pub channels: Vec<String>,
    /// About the thing with this number.
    pub number: Option<String>,
    /// To this webhook or robot.
    pub endpoint: Option<i64>,
}

/// A delivery and the name of who it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The delivery.
    pub delivery: Delivery,
    /// Name of the person, or empty.
    pub user_name: String,
}

/// A page of deliveries.
///
/// # Errors
/// Any fault of the database.
pub fn deliveries(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Named>, Fault> {
    let mut select = Select::new(company, &DELIVERY, "FROM deliveries d WHERE d.company_id = ?1", DELIVERY_TIES);
    select.and_in("d.state", filter.states.iter().map(String::as_str));
    select.and_in("d.channel", filter.channels.iter().map(String::as_str));
    select.and_if("d.subject_number = ?", filter.number.as_deref());
    select.and_if("d.endpoint_id = ?", filter.endpoint);
    let name = Delivery::table().columns.len();
    select.page(reader, page, |source| Ok(Named { delivery: Delivery::read(source)?, user_name: read(source, name)? }))
}

/// Messages in one digest at the most.
const DIGEST: i64 = 200;

/// What is to be sent now, the longest due first; of a digest all that is in it, also beyond the limit.
///
/// # Errors
/// Any fault of the database.
pub fn due(reader: &Reader<'_>, company: CompanyId, now: Instant, limit: i64) -> Result<Vec<DeliveryId>, Fault> {
    let text = "SELECT id, gathered, user_id FROM deliveries WHERE company_id = ?1 AND state IN ('queued', 'sending', 'failed') AND next_at <= ?2 \
        ORDER BY next_at LIMIT ?3";
    let params: [Param; 3] = [company.raw().into(), now.micros().into(), limit.into()];
    let found = reader
        .rows(text, &params, |source| Ok((read::<DeliveryId>(source, 0)?, read::<bool>(source, 1)?, read::<Option<UserId>>(source, 2)?)))?;
    let mut ids: Vec<DeliveryId> = found.iter().map(|(id, _, _)| *id).collect();
    let mut people: Vec<UserId> = found.iter().filter(|(_, gathered, _)| *gathered).filter_map(|(_, _, user)| *user).collect();
    people.sort_unstable();
    people.dedup();
    for person in people {
        let text = "SELECT id FROM deliveries WHERE company_id = ?1 AND state IN ('queued', 'sending', 'failed') AND next_at <= ?2 \
            AND gathered = 1 AND user_id = ?3 ORDER BY next_at LIMIT ?4";
        let params: [Param; 4] = [company.raw().into(), now.micros().into(), person.raw().into(), DIGEST.into()];
        ids.extend(reader.rows(text, &params, |source| read::<DeliveryId>(source, 0))?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// What was given up, the oldest first.
///
/// # Errors
/// Any fault of the database.
pub fn dead(reader: &Reader<'_>, company: CompanyId, limit: i64) -> Result<Vec<DeliveryId>, Fault> {
    let text = "SELECT id FROM deliveries WHERE company_id = ?1 AND state = 'dead' ORDER BY id LIMIT ?2";
    reader.rows(text, &[company.raw().into(), limit.into()], |source| read(source, 0))
}

/// A page of webhooks.
///
/// # Errors
/// Any fault of the database.
pub fn webhooks(reader: &Reader<'_>, company: CompanyId, page: &Page) -> Result<Found<Webhook>, Fault> {
    let select = Select::new(company, &WEBHOOK, "FROM webhooks w WHERE w.company_id = ?1", WEBHOOK_TIES);
    select.page(reader, page, |source| Webhook::read(source))
}

/// A page of robots.
///
/// # Errors
/// Any fault of the database.
pub fn robots(reader: &Reader<'_>, company: CompanyId, page: &Page) -> Result<Found<Robot>, Fault> {
    let select = Select::new(company, &ROBOT, "FROM robots r WHERE r.company_id = ?1", ROBOT_TIES);
    select.page(reader, page, |source| Robot::read(source))
}

/// The event at a place in the stream.
///
/// # Errors
/// Any fault of the database.
pub fn event_at(reader: &Reader<'_>, company: CompanyId, position: i64) -> Result<Option<Event>, Fault> {
    Ok(super::event::behind(reader, company, position - 1, 1)?.pop().filter(|event| event.position == position))
}
