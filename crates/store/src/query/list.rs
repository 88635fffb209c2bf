//! Lists: filters, one sort, and a page behind a cursor; keyset only, so that page 1,000 costs what page 1 costs.

use std::fmt::Write;

use domain::CompanyId;

use crate::cell::{Kind, Source};
use crate::fault::Fault;
use crate::read::{Param, Reader};

/// A column a list may be sorted by; its expression is never NULL.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sort {
    /// What callers name it.
    pub name: &'static str,
    /// The SQL expression.
    pub column: &'static str,
    /// Its type.
    pub kind: Kind,
}

impl Sort {
    /// By an integer.
    pub const fn int(name: &'static str, column: &'static str) -> Self {
        Self { name, column, kind: Kind::Int }
    }

    /// By a text.
    pub const fn text(name: &'static str, column: &'static str) -> Self {
        Self { name, column, kind: Kind::Text }
    }
}

/// Which page of a list is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// What it is sorted by.
    pub sort: Sort,
    /// From the greatest down.
    pub descending: bool,
    /// The sort value and the ties of the row before the page; `None`: the first page.
    pub after: Option<Vec<Param>>,
    /// Rows at the most.
    pub limit: i64,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the page after this one begins; `None`: there is none.
    pub next: Option<Vec<Param>>,
}

impl<T> Found<T> {
    /// A page from its rows and one more, each with its place in the order.
    fn of(mut rows: Vec<(Vec<Param>, T)>, page: &Page) -> Self {
        let limit = usize::try_from(page.limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|(place, _)| place.clone());
        Found { rows: rows.into_iter().map(|(_, row)| row).collect(), next }
    }

    /// A page from the same page of several parts of a list that have no row in common.
    pub(crate) fn merged(parts: Vec<Vec<(Vec<Param>, T)>>, page: &Page) -> Self {
        let many = parts.len() > 1;
        let mut rows: Vec<(Vec<Param>, T)> = parts.into_iter().flatten().collect();
        if many {
            rows.sort_by(|a, b| if page.descending { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) });
        }
        Found::of(rows, page)
    }

    /// The same page of something made from the rows.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Found<U> {
        Found { rows: self.rows.into_iter().map(make).collect(), next: self.next }
    }
}

/// A statement of a list while it is put together.
#[derive(Clone, Debug)]
pub struct Select {
    columns: &'static str,
    rest: String,
    params: Vec<Param>,
    ties: &'static [Sort],
}

impl Select {
    /// Of `columns`, with `rest` = `FROM … WHERE company_id = ?1 …`. `ties` are the columns that make the order certain, mostly the id.
    pub fn new(company: CompanyId, columns: &'static str, rest: &str, ties: &'static [Sort]) -> Self {
        Self { columns, rest: rest.to_owned(), params: vec![Param::Int(company.raw())], ties }
    }

    /// Adds a condition; each `?` in it stands for the next of `values`.
    pub fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Param>) {
        self.rest.push_str(" AND ");
        let mut values = values.into_iter();
        for part in condition.split_inclusive('?') {
            match part.strip_suffix('?') {
                Some(before) => {
                    self.params.push(values.next().expect("a condition has a value for each place"));
                    let _ = write!(self.rest, "{before}?{}", self.params.len());
                }
                None => self.rest.push_str(part),
            }
        }
    }

    /// Adds a condition where there is a value.
    pub fn and_if<P: Into<Param>>(&mut self, condition: &str, value: Option<P>) {
        if let Some(value) = value {
            self.and(condition, [value.into()]);
        }
    }

    /// Adds `column IN (…)`; an empty list adds nothing.
    pub fn and_in<P: Into<Param>>(&mut self, column: &str, values: impl IntoIterator<Item = P>) {
        let values: Vec<Param> = values.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            let places = vec!["?"; values.len()].join(", ");
            self.and(&format!("{column} IN ({places})"), values);
        }
    }

    /// Every word of `words` must be somewhere in one of the lower-case `columns`.
    pub fn search(&mut self, columns: &[&str], words: &str) {
        for word in words.split_whitespace().take(8) {
            let pattern = contains(word);
            let any: Vec<String> = columns.iter().map(|column| format!("{column} LIKE ? ESCAPE '\\'")).collect();
            let values = vec![Param::Text(pattern); columns.len()];
            self.and(&format!("({})", any.join(" OR ")), values);
        }
    }

    /// Reads the page; `map` sees the columns from 0 on.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn page<T>(self, reader: &Reader<'_>, page: &Page, map: impl FnMut(&dyn Source) -> Result<T, Fault>) -> Result<Found<T>, Fault> {
        Ok(Found::of(self.rows(reader, page, map)?, page))
    }

    /// The rows of a page and one more, each with its place in the order.
    pub(crate) fn rows<T>(
        mut self,
        reader: &Reader<'_>,
        page: &Page,
        mut map: impl FnMut(&dyn Source) -> Result<T, Fault>,
    ) -> Result<Vec<(Vec<Param>, T)>, Fault> {
        let mut keys = vec![page.sort];
        keys.extend(self.ties.iter().filter(|tie| tie.column != page.sort.column));
        let names: Vec<&str> = keys.iter().map(|key| key.column).collect();
        let (compare, direction) = if page.descending { ("<", " DESC") } else { (">", "") };
        if let Some(after) = &page.after {
            let places = vec!["?"; names.len()].join(", ");
            self.and(&format!("({}) {compare} ({places})", names.join(", ")), after.iter().cloned());
            // SQLite seeks by a pair only where its first is a column, not an expression of an index.
            if names[0].contains('(') {
                self.and(&format!("{} {compare}= ?", names[0]), after.first().cloned());
            }
        }
        let order: Vec<String> = names.iter().map(|name| format!("{name}{direction}")).collect();
        let text =
            format!("SELECT {}, {} {} ORDER BY {} LIMIT {}", names.join(", "), self.columns, self.rest, order.join(", "), page.limit + 1);
        reader.rows(&text, &self.params, |source| {
            let place = keys.iter().enumerate().map(|(i, key)| param(source, i, key.kind)).collect::<Result<Vec<_>, _>>()?;
            Ok((place, map(&Behind(source, keys.len()))?))
        })
    }

    /// The first rows in an order.
    pub(crate) fn first<T>(
        self,
        reader: &Reader<'_>,
        order: &str,
        limit: i64,
        map: impl FnMut(&dyn Source) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        reader.rows(&format!("SELECT {} {} ORDER BY {order} LIMIT {limit}", self.columns, self.rest), &self.params, map)
    }

    /// How many rows there are, counted up to `limit`.
    pub(crate) fn count(self, reader: &Reader<'_>, limit: i64) -> Result<i64, Fault> {
        reader.int(&format!("SELECT count(*) FROM (SELECT {} {} LIMIT {limit}) t", self.columns, self.rest), &self.params)
    }

    /// Every row, unsorted: for sums.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn all<T>(self, reader: &Reader<'_>, map: impl FnMut(&dyn Source) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
        reader.rows(&format!("SELECT {} {}", self.columns, self.rest), &self.params, map)
    }

    /// How many values a cursor of this page's sort has.
    pub fn keys(sort: &Sort, ties: &[Sort]) -> Vec<Kind> {
        let mut kinds = vec![sort.kind];
        kinds.extend(ties.iter().filter(|tie| tie.column != sort.column).map(|tie| tie.kind));
        kinds
    }
}

/// A pattern for LIKE that finds `word` anywhere, in lower case, with its wildcards taken as they are (`ESCAPE '\'`).
pub fn contains(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in word.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn param(source: &dyn Source, i: usize, kind: Kind) -> Result<Param, Fault> {
    match kind {
        Kind::Int => Ok(Param::Int(crate::cell::present(source.int(i)?, i)?)),
        _ => Ok(Param::Text(crate::cell::present(source.text(i)?, i)?.to_owned())),
    }
}

/// A row without its first columns.
pub(crate) struct Behind<'a>(pub &'a dyn Source, pub usize);

impl Source for Behind<'_> {
    fn int(&self, i: usize) -> Result<Option<i64>, Fault> {
        self.0.int(i + self.1)
    }
    fn text(&self, i: usize) -> Result<Option<&str>, Fault> {
        self.0.text(i + self.1)
    }
    fn blob(&self, i: usize) -> Result<Option<&[u8]>, Fault> {
        self.0.blob(i + self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_numbered_as_conditions_come() {
        let mut select = Select::new(CompanyId::from_raw(1), "id", "FROM users WHERE company_id = ?1", &[]);
        select.and("active = ?", [Param::Int(1)]);
        select.and_in("grade", ["A", "B"]);
        select.and_in("grade", Vec::<String>::new());
        select.search(&["search", "lower(code)"], "宏 50%");
        assert_eq!(
            select.rest,
            "FROM users WHERE company_id = ?1 AND active = ?2 AND grade IN (?3, ?4) AND (search LIKE ?5 ESCAPE '\\' OR lower(code) LIKE ?6 ESCAPE '\\') \
             AND (search LIKE ?7 ESCAPE '\\' OR lower(code) LIKE ?8 ESCAPE '\\')"
        );
        assert_eq!(select.params[6], Param::Text("%50\\%%".into()));
    }
}
