//! The read path: plain statements on read-only connections.

use rusqlite::Connection;
use tokio::runtime::Handle;
use tokio_postgres::types::ToSql;

use crate::cell::{Cell, Column, Source};
use crate::fault::Fault;
use crate::key::Key;
use crate::row::Row;
use crate::sql::{self, Verb};

/// A parameter of a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Param {
    /// An integer.
    Int(i64),
    /// A text.
    Text(String),
}

impl From<i64> for Param {
    fn from(value: i64) -> Self {
        Param::Int(value)
    }
}

impl From<&str> for Param {
    fn from(value: &str) -> Self {
        Param::Text(value.to_owned())
    }
}

impl From<String> for Param {
    fn from(value: String) -> Self {
        Param::Text(value)
    }
}

/// A read-only connection for the time of one read.
pub enum Reader<'a> {
    /// On the embedded database.
    Sqlite(&'a Connection),
    /// On PostgreSQL.
    Postgres(&'a deadpool_postgres::Client, Handle),
}

#[cfg(test)]
thread_local! {
    /// The statements that were run on this thread, for tests of how they are run.
    pub(crate) static TEXTS: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

impl Reader<'_> {
    /// Every row of a portable statement, mapped.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn rows<T>(&self, text: &str, params: &[Param], mut map: impl FnMut(&dyn Source) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
        #[cfg(test)]
        TEXTS.with(|texts| texts.borrow_mut().push(text.to_owned()));
        match self {
            Reader::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(text)?;
                for (i, param) in params.iter().enumerate() {
                    match param {
                        Param::Int(value) => statement.raw_bind_parameter(i + 1, *value)?,
                        Param::Text(value) => statement.raw_bind_parameter(i + 1, value.as_str())?,
                    }
                }
                let mut found = statement.raw_query();
                let mut all = Vec::new();
                while let Some(row) = found.next()? {
                    all.push(map(row)?);
                }
                Ok(all)
            }
            Reader::Postgres(client, handle) => {
                let found = handle.block_on(async {
                    let statement = client.prepare_cached(&sql::for_postgres(text)).await?;
                    let values: Vec<&(dyn ToSql + Sync)> = params
                        .iter()
                        .map(|p| match p {
                            Param::Int(value) => value as &(dyn ToSql + Sync),
                            Param::Text(value) => value,
                        })
                        .collect();
                    client.query(&statement, &values).await
                })?;
                found.iter().map(|row| map(row)).collect()
            }
        }
    }

    /// The first row, mapped.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn one<T>(&self, text: &str, params: &[Param], map: impl FnMut(&dyn Source) -> Result<T, Fault>) -> Result<Option<T>, Fault> {
        Ok(self.rows(text, params, map)?.into_iter().next())
    }

    /// A row by its key.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn get<R: Row>(&self, company: domain::CompanyId, key: R::Key) -> Result<Option<R>, Fault> {
        let raw = key.raw();
        let mut params = vec![Param::Int(company.raw())];
        params.extend((0..raw.len()).map(|i| match raw.cell(i) {
            Cell::Text(text) => Param::Text(text.to_owned()),
            Cell::Int(value) => Param::Int(value),
            _ => Param::Int(0),
        }));
        self.one(&Verb::Keys.text(R::table()), &params, |source| R::read(source))
    }

    /// Rows of a table under a condition (`company_id = ?1` is added), such as `AND order_id = ?2 ORDER BY line_no`.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn all<R: Row>(&self, company: domain::CompanyId, and: &str, params: &[Param]) -> Result<Vec<R>, Fault> {
        let columns: Vec<&str> = R::table().columns.iter().map(|c| c.name).collect();
        let text = format!("SELECT {} FROM {} WHERE company_id = ?1 {and}", columns.join(", "), R::table().name);
        let mut all = vec![Param::Int(company.raw())];
        all.extend_from_slice(params);
        self.rows(&text, &all, |source| R::read(source))
    }

    /// A single integer, 0 where there is none.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn int(&self, text: &str, params: &[Param]) -> Result<i64, Fault> {
        Ok(self.one(text, params, |s| s.int(0))?.flatten().unwrap_or_default())
    }
}

/// Column `i` as its type.
///
/// # Errors
/// `Broken` where the stored value has no meaning.
pub fn read<C: Column>(source: &dyn Source, i: usize) -> Result<C, Fault> {
    C::read(source, i)
}

/// The columns of a table in the order that `R::read` wants them, of the table by this alias.
pub fn columns<R: Row>(alias: &str) -> String {
    let names: Vec<String> = R::table().columns.iter().map(|column| format!("{alias}.{}", column.name)).collect();
    names.join(", ")
}
