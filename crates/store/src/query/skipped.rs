//! Reading skipped steps (KPI-05): one list over what is recorded in several tables, each part a range of an index by when it happened.

use domain::{CompanyId, Instant, OrderId, SkippedKind, UserId};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, read};

/// Skipped steps are listed by when they were.
pub const SORTS: &[Sort] = &[Sort::int("at", "s.at")];

/// No two parts have all three in common.
pub const TIES: &[Sort] = &[Sort::int("id", "s.id"), Sort::int("part", "s.part")];

/// A step that was skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// How.
    pub kind: SkippedKind,
    /// Key together with `part` and `at`: of the override, the order, the follow-up or the clock.
    pub id: i64,
    /// Which part of it.
    pub part: i64,
    /// When.
    pub at: Instant,
    /// Of which order.
    pub order_id: OrderId,
    /// Its number.
    pub order_number: String,
    /// Name of its customer.
    pub customer_name: String,
    /// Code of the step; empty for a clock.
    pub verb: String,
    /// Code of the gate, the role or the clock's rule.
    pub what: String,
    /// What the gate said; of a clock its terms as JSON.
    pub said: String,
    /// Why.
    pub reason: String,
    /// Who did it; nobody where time ran out.
    pub by: Option<UserId>,
    /// In whose place.
    pub in_place: Option<UserId>,
}

/// Which skipped steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Any of these kinds; none: all.
    pub kinds: Vec<SkippedKind>,
    /// The step.
    pub verb: Option<String>,
    /// The gate, role or rule.
    pub what: Option<String>,
    /// For this order.
    pub order_number: Option<String>,
    /// Done by this user.
    pub by: Option<UserId>,
    /// Not before.
    pub from: Option<Instant>,
    /// Before.
    pub until: Option<Instant>,
}

const COLUMNS: &str = "s.id, s.part, s.at, s.order_id, s.order_number, s.customer_name, s.verb, s.what, s.said, s.reason, s.by, s.in_place";

const OVERRIDE: &str = "SELECT v.company_id, v.id, CAST(0 AS BIGINT) AS part, v.used_at AS at, v.order_id, v.order_number, v.customer_name, v.verb, \
    v.gate AS what, v.said, v.reason, v.by, CAST(NULL AS BIGINT) AS in_place FROM overrides v WHERE v.used_at IS NOT NULL";

const SHIPPED: &str = "SELECT v.company_id, v.id, p.id AS part, p.created_at AS at, v.order_id, v.order_number, v.customer_name, 'ship' AS verb, \
    v.gate AS what, v.said, v.reason, p.created_by AS by, CAST(NULL AS BIGINT) AS in_place FROM overrides v \
    JOIN shipments p ON p.company_id = v.company_id AND p.order_id = v.order_id AND p.created_at > v.used_at \
    AND (v.backfilled_at IS NULL OR v.backfilled_at > p.created_at) WHERE v.used_at IS NOT NULL AND v.due_at IS NOT NULL";

const CLOSED: &str = "SELECT v.company_id, v.id, CAST(0 AS BIGINT) AS part, o.closed_at AS at, v.order_id, v.order_number, v.customer_name, \
    'close' AS verb, v.gate AS what, v.said, v.reason, CAST(NULL AS BIGINT) AS by, CAST(NULL AS BIGINT) AS in_place FROM overrides v \
    JOIN orders o ON o.company_id = v.company_id AND o.id = v.order_id AND o.closed_at > v.used_at \
    AND (v.backfilled_at IS NULL OR v.backfilled_at > o.closed_at) WHERE v.used_at IS NOT NULL AND v.due_at IS NOT NULL";

const SUBSTITUTE: &str = "SELECT a.company_id, a.order_id AS id, a.round * 1000 + a.step AS part, a.decided_at AS at, a.order_id, o.number AS order_number, \
    o.customer_name, 'approve' AS verb, a.role AS what, '' AS said, a.note AS reason, a.decided_by AS by, a.decided_for AS in_place FROM approvals a \
    JOIN orders o ON o.company_id = a.company_id AND o.id = a.order_id WHERE a.decided_for IS NOT NULL AND a.decision = 'approved'";

const WAIVED: &str = "SELECT f.company_id, f.id, CAST(0 AS BIGINT) AS part, f.done_at AS at, f.order_id, f.order_number, f.customer_name, \
    'waive-follow-up' AS verb, '' AS what, '' AS said, f.comment AS reason, f.done_by AS by, CAST(NULL AS BIGINT) AS in_place FROM follow_ups f \
    WHERE f.status = 'waived'";

const LATE: &str = "SELECT c.company_id, c.id, CAST(0 AS BIGINT) AS part, c.breached_at AS at, c.subject_id AS order_id, c.subject_number AS order_number, \
    o.customer_name, '' AS verb, c.code AS what, c.terms AS said, '' AS reason, CAST(NULL AS BIGINT) AS by, CAST(NULL AS BIGINT) AS in_place FROM clocks c \
    JOIN orders o ON o.company_id = c.company_id AND o.id = c.subject_id WHERE c.breached_at IS NOT NULL";

/// Where each kind is recorded.
const PARTS: &[(SkippedKind, &str)] = &[
    (SkippedKind::Override, OVERRIDE),
    (SkippedKind::Owed, SHIPPED),
    (SkippedKind::Owed, CLOSED),
    (SkippedKind::Substitute, SUBSTITUTE),
    (SkippedKind::Waived, WAIVED),
    (SkippedKind::Late, LATE),
];

fn skipped(kind: SkippedKind, source: &dyn Source) -> Result<Skipped, Fault> {
    Ok(Skipped {
        kind,
        id: read(source, 0)?,
        part: read(source, 1)?,
        at: read(source, 2)?,
        order_id: read(source, 3)?,
        order_number: read(source, 4)?,
        customer_name: read(source, 5)?,
        verb: read(source, 6)?,
        what: read(source, 7)?,
        said: read(source, 8)?,
        reason: read(source, 9)?,
        by: read(source, 10)?,
        in_place: read(source, 11)?,
    })
}

/// A page of skipped steps.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Skipped>, Fault> {
    let mut found = Vec::new();
    for (kind, part) in PARTS.iter().filter(|(kind, _)| filter.kinds.is_empty() || filter.kinds.contains(kind)) {
        let mut select = Select::new(company, COLUMNS, &format!("FROM ({part}) s WHERE s.company_id = ?1"), TIES);
        select.and_if("s.verb = ?", filter.verb.as_deref());
        select.and_if("s.what = ?", filter.what.as_deref());
        select.and_if("s.order_number = ?", filter.order_number.as_deref());
        select.and_if("s.by = ?", filter.by.map(UserId::raw));
        select.and_if("s.at >= ?", filter.from.map(Instant::micros));
        select.and_if("s.at < ?", filter.until.map(Instant::micros));
        found.push(select.rows(reader, page, |source| skipped(*kind, source))?);
    }
    Ok(Found::merged(found, page))
}

/// How often steps were skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// How.
    pub kind: SkippedKind,
    /// Which of the spans of time.
    pub span: i64,
    /// The step; empty for a clock.
    pub verb: String,
    /// The gate, role or rule.
    pub what: String,
    /// How often.
    pub count: i64,
}

/// How many orders that were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orders {
    /// In which way; all of them together where it is left out.
    pub kind: Option<SkippedKind>,
    /// How many orders.
    pub count: i64,
}

/// All parts as one table of `kind`, `at`, `order_id`, `verb`, `what` from `?2` until `?3`.
fn all() -> String {
    let part = |(kind, part): &(SkippedKind, &str)| {
        let kind = kind.as_str();
        format!(
            "SELECT '{kind}' AS kind, s.at, s.order_id, s.verb, s.what FROM ({part}) s WHERE s.company_id = ?1 AND s.at >= ?2 AND s.at < ?3"
        )
    };
    PARTS.iter().map(part).collect::<Vec<_>>().join(" UNION ALL ")
}

/// Counts skipped steps between the `bounds`, of which two that follow each other make a span.
///
/// # Errors
/// Any fault of the database.
pub fn counts(reader: &Reader<'_>, company: CompanyId, bounds: &[Instant]) -> Result<(Vec<Count>, Vec<Orders>), Fault> {
    let (Some(first), Some(last)) = (bounds.first(), bounds.last()) else { return Ok((Vec::new(), Vec::new())) };
    let range: Vec<Param> = vec![company.raw().into(), first.micros().into(), last.micros().into()];
    let mut params = range.clone();
    let mut span = String::from("CASE");
    for (place, bound) in bounds.iter().enumerate().skip(1) {
        params.push(bound.micros().into());
        span.push_str(&format!(" WHEN s.at < ?{} THEN {}", params.len(), place - 1));
    }
    span.push_str(" END");
    let kind = |source: &dyn Source| Ok::<_, Fault>(SkippedKind::parse(&read::<String>(source, 0)?));
    let text = format!(
        "SELECT t.kind, CAST(t.span AS BIGINT), t.verb, t.what, count(*) FROM (SELECT s.kind, {span} AS span, s.verb, s.what FROM ({}) s) t \
         GROUP BY t.kind, t.span, t.verb, t.what ORDER BY t.kind, t.span, t.verb, t.what",
        all()
    );
    let found = reader.rows(&text, &params, |source| {
        let count = |kind| {
            Ok::<_, Fault>(Count { kind, span: read(source, 1)?, verb: read(source, 2)?, what: read(source, 3)?, count: read(source, 4)? })
        };
        kind(source)?.map(count).transpose()
    })?;
    let all = all();
    let text = format!(
        "SELECT s.kind, count(DISTINCT s.order_id) FROM ({all}) s GROUP BY s.kind UNION ALL SELECT '', count(DISTINCT s.order_id) FROM ({all}) s"
    );
    let orders = reader.rows(&text, &range, |source| Ok(Orders { kind: kind(source)?, count: read(source, 1)? }))?;
    Ok((found.into_iter().flatten().collect(), orders))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPANY: CompanyId = CompanyId::from_raw(1);

    #[tokio::test(flavor = "multi_thread")]
    async fn every_part_is_a_range_of_an_index() {
        let directory = tempfile::tempdir().unwrap();
        let at = |text: &str| Instant::parse(text).unwrap();
        let clock = std::sync::Arc::new(move || at("2026-11-21T00:00:00Z"));
        let store = crate::Store::open(crate::Place::Directory(directory.path().into()), clock).await.unwrap();
        let read = store.read(move |reader| {
            let Reader::Sqlite(connection) = reader else { panic!("plans are SQLite's") };
            let (first, last) = (at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"));
            let filter = Filter { from: Some(first), until: Some(last), ..Filter::default() };
            let after = Some(vec![Param::Int(5), Param::Int(5), Param::Int(5)]);
            crate::read::TEXTS.with(|texts| texts.borrow_mut().clear());
            for after in [None, after] {
                list(reader, COMPANY, &filter, &Page { sort: SORTS[0], descending: true, after, limit: 20 })?;
            }
            counts(reader, COMPANY, &[first, last])?;
            let texts = crate::read::TEXTS.with(std::cell::RefCell::take);
            assert_eq!(texts.len(), 2 * PARTS.len() + 2);
            for text in texts {
                let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {text}"))?;
                let lines = statement.raw_query().mapped(|row| row.get::<_, String>(3)).collect::<Result<Vec<_>, _>>()?;
                for table in ["v", "p", "o", "a", "f", "c"] {
                    let scan = format!("SCAN {table}");
                    assert!(!lines.iter().any(|line| *line == scan || line.starts_with(&format!("{scan} "))), "{text}\n{lines:#?}");
                }
                for index in ["overrides", "approvals", "follow_ups", "clocks"] {
                    let whole = lines.iter().find(|line| line.contains(index) && line.contains("(company_id=?)"));
                    assert!(whole.is_none() || index == "overrides", "{text}\n{lines:#?}");
                }
            }
            Ok(())
        });
        read.await.unwrap();
    }
}
