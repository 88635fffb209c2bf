//! Which index a page of the order list is read by, so that the page costs what its rows cost, however many orders there are.
//!
//! SQLite keeps no statistics here and would look for the most equalities: for the closed orders by amount it would sort all of them. So
//! the index is named. A list may come in parts by several indexes; each part gives its first rows in order, and they are merged.

use domain::CompanyId;

use super::list::{FROM, Filter};
use super::view::{VIEWS, View, counts};
use crate::fault::Fault;
use crate::query::list::{Page, Select};
use crate::read::{Param, Reader};
use crate::sql::BY_INDEX;

/// A part of the list: an index, and what is true of the part's rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Way {
    pub index: &'static str,
    pub only: &'static str,
    pub values: Vec<Param>,
}

impl Way {
    pub fn by(index: &'static str) -> Self {
        Way { index, only: "", values: Vec::new() }
    }

    fn part(index: &'static str, only: &'static str, values: Vec<Param>) -> Self {
        Way { index, only, values }
    }

    /// `FROM orders …` by this index.
    pub fn from(&self) -> String {
        FROM.replacen("orders o", &format!("orders o{BY_INDEX}{}", self.index), 1)
    }

    /// Narrows to the part.
    pub fn narrow(&self, select: &mut Select) {
        if !self.only.is_empty() {
            select.and(self.only, self.values.iter().cloned());
        }
    }
}

/// The primary key, which is in the order orders were made in.
pub(super) const KEY: &str = "sqlite_autoindex_orders_1";

/// Up to so many rows are sorted rather than looked for in an order that has them far apart.
pub(super) const FEW: i64 = if cfg!(test) { 9 } else { 2_000 };

/// The ways to a page, in which every row of the filter is once.
pub(super) fn ways(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Vec<Way>, Fault> {
    if filter.customer.is_some() {
        return Ok(vec![Way::by("orders_customer_id_id")]);
    }
    if filter.is_held() {
        return Ok(vec![Way::part("orders_held_id", "o.held = 1", Vec::new())]);
    }
    let [all, effective] = match page.sort.name {
        "number" => ["orders_number_id", "orders_effective_number_id"],
        "payable" => ["orders_payable_minor_id", "orders_effective_payable_minor_id"],
        "required_on" => ["orders_required_on_id", "orders_effective_required_on_id"],
        "ordered_on" => return Ok(vec![Way::by("orders_ordered_on_id")]),
        _ => return as_made(reader, company, filter),
    };
    if let Some(few) = few(reader, company, filter)? {
        return Ok(few);
    }
    let states = filter.states();
    if states == ["effective"] {
        return Ok(vec![Way::part(effective, "o.status = 'effective'", Vec::new())]);
    }
    // From the oldest number or day on, years of closed orders come before the first that is under way.
    let under_way = !states.is_empty() && !states.contains(&"closed");
    if under_way && !page.descending && page.sort.name != "payable" {
        return Ok(vec![Way::by("orders_status_id")]);
    }
    Ok(vec![Way::by(all)])
}

/// In the order they were made in.
fn as_made(reader: &Reader<'_>, company: CompanyId, filter: &Filter) -> Result<Vec<Way>, Fault> {
    if filter.rep.is_some() {
        return Ok(vec![Way::by("orders_rep_id_id")]);
    }
    if filter.mine.is_some() {
        return Ok(mine(filter));
    }
    let states = filter.states();
    if !states.is_empty() {
        let part = |state: &str| Way::part("orders_status_id", "o.status = ?", vec![Param::from(state)]);
        return Ok(states.into_iter().map(part).collect());
    }
    Ok(dated(reader, company, filter)?.unwrap_or_else(|| vec![Way::by(KEY)]))
}

/// What is mine: what belongs to me, and what I entered for somebody else.
fn mine(filter: &Filter) -> Vec<Way> {
    let me: Vec<Param> = filter.mine.iter().map(|me| Param::Int(me.raw())).collect();
    vec![
        Way::part("orders_rep_id_id", "o.rep_id = ?", me.clone()),
        Way::part("orders_entered_by_id", "o.entered_by = ? AND (o.rep_id IS NULL OR o.rep_id <> o.entered_by)", me),
    ]
}

/// By an index that finds few orders, which are then sorted, if there is one.
fn few(reader: &Reader<'_>, company: CompanyId, filter: &Filter) -> Result<Option<Vec<Way>>, Fault> {
    if filter.rep.is_some() || filter.mine.is_some() {
        let ways = if filter.mine.is_some() { mine(filter) } else { vec![Way::by("orders_rep_id_id")] };
        let me = filter.mine.or(filter.rep).map_or(0, |user| user.raw());
        return Ok((of_user(reader, company, me, FEW)? < FEW).then_some(ways));
    }
    let states = filter.states();
    if !states.is_empty() {
        let kept = counts(reader, company)?;
        let of = |state: &&str| kept.iter().find(|count| count.0 == *state).map_or(0, |count| count.1);
        if states.iter().map(of).sum::<i64>() < FEW {
            return Ok(Some(vec![Way::by("orders_status_id")]));
        }
        return Ok(None);
    }
    dated(reader, company, filter)
}

/// So many newer orders are passed by on the way to older days; beyond, all orders of the days are read and sorted.
const FAR: i64 = if cfg!(test) { 30 } else { 50_000 };

/// By days, where few orders are of these days, or many are newer.
fn dated(reader: &Reader<'_>, company: CompanyId, filter: &Filter) -> Result<Option<Vec<Way>>, Fault> {
    let (index, days, to) = if filter.ordered_from.is_some() || filter.ordered_to.is_some() {
        ("orders_ordered_on_id", Filter::ordered as fn(&Filter, &mut Select), filter.ordered_to)
    } else if filter.required_from.is_some() || filter.required_to.is_some() {
        ("orders_required_on_id", Filter::required as _, filter.required_to)
    } else {
        return Ok(None);
    };
    let by = |index: &str| Select::new(company, "o.id", &format!("FROM orders o{BY_INDEX}{index} WHERE o.company_id = ?1"), &[]);
    let mut few = by(index);
    days(filter, &mut few);
    if few.count(reader, FEW)? < FEW {
        return Ok(Some(vec![Way::by(index)]));
    }
    let Some(to) = to else { return Ok(None) };
    let mut newer = by("orders_ordered_on_id");
    newer.and("o.ordered_on > ?", [Param::from(to.as_str())]);
    Ok((newer.count(reader, FAR)? >= FAR).then(|| vec![Way::by(index)]))
}

/// How many orders belong to a user or were entered by them, counted up to `limit`.
pub(crate) fn of_user(reader: &Reader<'_>, company: CompanyId, user: i64, limit: i64) -> Result<i64, Fault> {
    let text = format!(
        "SELECT count(*) FROM (SELECT * FROM (SELECT o.id FROM orders o{BY_INDEX}orders_rep_id_id WHERE o.company_id = ?1 AND o.rep_id = ?2 LIMIT {limit}) a \
         UNION ALL SELECT * FROM (SELECT o.id FROM orders o{BY_INDEX}orders_entered_by_id WHERE o.company_id = ?1 AND o.entered_by = ?2 \
         AND (o.rep_id IS NULL OR o.rep_id <> o.entered_by) LIMIT {limit}) b) c"
    );
    Ok(reader.int(&text, &[company.raw().into(), user.into()])?.min(limit))
}

impl Filter {
    /// The states that the view or the filter leaves; none: all of them.
    fn states(&self) -> Vec<&str> {
        let of_view = self.view.and_then(|name| VIEWS.iter().find(|view| view.name == name)).and_then(View::status);
        if let Some(state) = of_view.or(self.late_on.map(|_| "effective")) {
            return vec![state];
        }
        let mut states: Vec<&str> = self.status.iter().map(String::as_str).collect();
        states.sort_unstable();
        states.dedup();
        states
    }

    fn is_held(&self) -> bool {
        self.held == Some(true) || self.view == Some("held")
    }
}
