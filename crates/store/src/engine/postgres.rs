//! PostgreSQL: one statement per table and phase over arrays, the statements of a phase pipelined on one connection.

mod statement;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::time::Duration;

use domain::CompanyId;
use futures_util::future::join_all;
use rustc_hash::FxHashMap;
use tokio::runtime::Runtime;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Config, NoTls, Statement};

use crate::cell::{Cell, Kind, Source};
use crate::engine::{Changes, Engine, Head, Load};
use crate::fault::Fault;
use crate::key::RawKey;
use crate::row::{Mode, TableDef};
use crate::sql::Verb;
use crate::table::{Guards, TableChanges};

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Self {
        let text = error.as_db_error().map_or_else(|| error.to_string(), |e| format!("{} ({})", e.message(), e.code().code()));
        if error.is_closed() {
            return Fault::Lost(text);
        }
        let Some(code) = error.code() else { return Fault::Lost(text) };
        match code.code() {
            "23505" | "23503" | "23514" | "40001" | "40P01" | "55P03" => Fault::Conflict(text),
            "53100" => Fault::Full(text),
            // The server has no more memory or connections, or the connection is at fault.
            code if code.starts_with("53") || code.starts_with("08") => Fault::Lost(text),
            "25006" | "42501" => Fault::ReadOnly(text),
            _ if *code == SqlState::ADMIN_SHUTDOWN || *code == SqlState::CRASH_SHUTDOWN || *code == SqlState::CANNOT_CONNECT_NOW => {
                Fault::Lost(text)
            }
            _ => Fault::Broken(text),
        }
    }
}

impl Source for tokio_postgres::Row {
    fn int(&self, i: usize) -> Result<Option<i64>, Fault> {
        if *self.columns()[i].type_() == Type::INT4 {
            return Ok(self.try_get::<_, Option<i32>>(i)?.map(i64::from));
        }
        Ok(self.try_get(i)?)
    }
    fn text(&self, i: usize) -> Result<Option<&str>, Fault> {
        Ok(self.try_get(i)?)
    }
    fn blob(&self, i: usize) -> Result<Option<&[u8]>, Fault> {
        Ok(self.try_get(i)?)
    }
}

/// One column of many rows, as a statement takes it.
enum Array<'a> {
    Int(Vec<Option<i64>>),
    Text(Vec<Option<&'a str>>),
    Blob(Vec<Option<&'a [u8]>>),
}

impl<'a> Array<'a> {
    fn of(kind: Kind, cells: impl Iterator<Item = Cell<'a>>) -> Self {
        match kind {
            Kind::Int => Array::Int(cells.map(|c| if let Cell::Int(v) = c { Some(v) } else { None }).collect()),
            Kind::Text => Array::Text(cells.map(|c| if let Cell::Text(v) = c { Some(v) } else { None }).collect()),
            Kind::Blob => Array::Blob(cells.map(|c| if let Cell::Blob(v) = c { Some(v) } else { None }).collect()),
        }
    }

    fn as_sql(&self) -> &(dyn ToSql + Sync) {
        match self {
            Array::Int(v) => v,
            Array::Text(v) => v,
            Array::Blob(v) => v,
        }
    }
}

/// Which statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum What {
    /// A verb on the table with this place.
    Of(usize, Verb),
    /// Of no table.
    Fixed(&'static str),
}

/// A statement with its arrays, and how many rows it must touch.
pub(crate) struct Step<'a> {
    what: What,
    table: Option<&'static TableDef>,
    arrays: Vec<Array<'a>>,
    rows: Option<usize>,
    noun: &'static str,
}

/// Seconds until a server that does not answer counts as gone, where the URL says nothing else.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a URL asks for, with an end to waiting.
///
/// # Errors
/// `Broken` where it is no such URL.
pub fn config(url: &str) -> Result<Config, Fault> {
    let mut config: Config = url.parse().map_err(|e: tokio_postgres::Error| Fault::Broken(e.to_string()))?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(PATIENCE);
    }
    Ok(config)
}

/// A writer's connection to PostgreSQL.
pub struct Postgres {
    url: String,
    runtime: Runtime,
    client: Option<Client>,
    statements: FxHashMap<What, Statement>,
    /// Whose transaction it is.
    company: CompanyId,
    /// Who was written to last by this connection, and how often that company had been written to then.
    left: Option<(CompanyId, i64)>,
    /// How often the company of this transaction has been written to.
    writes: Option<i64>,
    /// Rows of the last transaction are held in this one.
    holds: bool,
    /// Transactions begun on this connection.
    begun: u64,
}

impl<'a> Step<'a> {
    fn on(table: &'static TableDef, verb: Verb, arrays: Vec<Array<'a>>, rows: Option<usize>) -> Self {
        Step { what: What::Of(table.index, verb), table: Some(table), arrays, rows, noun: table.noun }
    }

    fn fixed(text: &'static str, arrays: Vec<Array<'a>>, rows: Option<usize>, noun: &'static str) -> Self {
        Step { what: What::Fixed(text), table: None, arrays, rows, noun }
    }

    fn text(&self) -> Cow<'static, str> {
        match (self.what, self.table) {
            (What::Of(_, verb), Some(table)) => statement::text(table, verb).into(),
            (What::Fixed(text), _) => text.into(),
            (What::Of(..), None) => unreachable!("a verb has its table"),
        }
    }
}

impl Postgres {
    /// A writer on the database at `url`; connects when it is first used.
    ///
    /// # Errors
    /// Where no runtime can be made.
    pub fn new(url: &str) -> Result<Self, Fault> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| Fault::Broken(e.to_string()))?;
        Ok(Postgres {
            url: url.to_owned(),
            runtime,
            client: None,
            statements: FxHashMap::default(),
            company: CompanyId::NONE,
            left: None,
            writes: None,
            holds: false,
            begun: 0,
        })
    }

    pub(crate) fn connect(&mut self) -> Result<(), Fault> {
        if self.client.as_ref().is_some_and(|c| !c.is_closed()) {
            return Ok(());
        }
        self.statements.clear();
        self.begun = 0;
        let config = config(&self.url)?;
        let client = self.runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await?;
            tokio::spawn(connection);
            // The writer always looks rows up by key: plans over a few array elements must never scan a table. A transaction whose process
            // has vanished must not hold its locks for long.
            let setup = "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_material = off;
                SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off;
                SET synchronous_commit = on; SET idle_in_transaction_session_timeout = '60s'";
            client.batch_execute(setup).await?;
            Ok::<_, tokio_postgres::Error>(client)
        });
        self.client = Some(client.map_err(|e| Fault::Lost(e.to_string()))?);
        Ok(())
    }

    /// Forgets plans now and then, often at first: one that was made for an empty table is kept by the server while the table grows, and reads
    /// all of it by an index that was as good as any other then.
    fn plan_again(&mut self) -> Result<(), Fault> {
        self.begun += 1;
        if self.begun.is_power_of_two() || self.begun.is_multiple_of(1024) { self.run("DISCARD PLANS") } else { Ok(()) }
    }

    /// Begins a transaction and reads how often the company has been written to, in one exchange.
    fn begin_at(&mut self, company: CompanyId) -> Result<Option<i64>, Fault> {
        self.plan_again()?;
        let step = Step::fixed(statement::WRITES, Vec::new(), None, "event");
        self.prepare(std::slice::from_ref(&step))?;
        let client = self.client.as_ref().ok_or_else(|| Fault::Lost("no connection".into()))?;
        let raw = company.raw();
        let params: [&(dyn ToSql + Sync); 1] = [&raw];
        let both = futures_util::future::join(client.batch_execute("BEGIN"), client.query(&self.statements[&step.what], &params));
        let (begun, found) = self.runtime.block_on(both);
        begun?;
        self.company = company;
        let found = found.map_err(Fault::from).inspect_err(|_| self.rollback())?;
        Ok(found.first().map(|row| row.try_get(0)).transpose()?)
    }

    /// Locks the chain until the commit; its head, and how often the company has been written to.
    fn locked(&mut self, company: CompanyId) -> Result<Option<(Head, i64)>, Fault> {
        let step = Step::fixed(statement::LOCK_CHAIN, Vec::new(), None, "event");
        let rows = self.query(company, &[step])?;
        let Some(row) = rows.first().and_then(|rows| rows.first()) else { return Ok(None) };
        Ok(Some((Head { position: row.try_get(0)?, hash: row.try_get(1)? }, row.try_get(2)?)))
    }

    pub(crate) fn run(&mut self, text: &str) -> Result<(), Fault> {
        let client = self.client.as_ref().ok_or_else(|| Fault::Lost("no connection".into()))?;
        Ok(self.runtime.block_on(client.batch_execute(text))?)
    }

    /// Whether an event is there. The server may still be at its commit, or not have noticed yet that nobody is there: its locks are waited for.
    fn find(&mut self, company: CompanyId, head: &Head) -> Result<bool, Fault> {
        self.connect()?;
        self.run("SET lock_timeout = '10s'")?;
        for text in [statement::BEGIN_CHAIN, statement::LOCK_CHAIN] {
            self.query(company, &[Step::fixed(text, Vec::new(), None, "event")])?;
        }
        self.run("SET lock_timeout = 0")?;
        let arrays = vec![Array::Int(vec![Some(head.position)]), Array::Text(vec![Some(&head.hash)])];
        let step = Step::fixed(statement::COMMITTED, arrays, None, "event");
        Ok(self.query(company, &[step])?.first().is_some_and(|rows| !rows.is_empty()))
    }

    fn prepare(&mut self, steps: &[Step<'_>]) -> Result<(), Fault> {
        let new: Vec<&Step<'_>> = steps.iter().filter(|step| !self.statements.contains_key(&step.what)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let client = self.client.as_ref().ok_or_else(|| Fault::Lost("no connection".into()))?;
        let texts: Vec<Cow<'static, str>> = new.iter().map(|step| step.text()).collect();
        let prepared = self.runtime.block_on(join_all(texts.iter().map(|text| client.prepare(text))));
        for (step, statement) in new.into_iter().zip(prepared) {
            self.statements.insert(step.what, statement?);
        }
        Ok(())
    }

    pub(crate) fn query(&mut self, company: CompanyId, steps: &[Step<'_>]) -> Result<Vec<Vec<tokio_postgres::Row>>, Fault> {
        self.prepare(steps)?;
        let client = self.client.as_ref().ok_or_else(|| Fault::Lost("no connection".into()))?;
        let company = company.raw();
        let asked: Vec<_> = steps.iter().map(|s| (&self.statements[&s.what], params(&company, s))).collect();
        let answers = self.runtime.block_on(join_all(asked.iter().map(|(statement, params)| client.query(*statement, params))));
        let answers = answers.into_iter().map(|a| a.map_err(Fault::from)).collect();
        self.parted(answers)
    }

    /// Leaves a server that takes no writes: it may be a standby by now, and the URL may lead to another one.
    fn parted<T>(&mut self, done: Result<T, Fault>) -> Result<T, Fault> {
        if matches!(done, Err(Fault::ReadOnly(_))) {
            self.client = None;
        }
        done
    }

    pub(crate) fn execute(&mut self, company: CompanyId, steps: &[Step<'_>]) -> Result<(), Fault> {
        self.prepare(steps)?;
        let client = self.client.as_ref().ok_or_else(|| Fault::Lost("no connection".into()))?;
        let company = company.raw();
        let asked: Vec<_> = steps.iter().map(|s| (&self.statements[&s.what], params(&company, s))).collect();
        let answers = self.runtime.block_on(join_all(asked.iter().map(|(statement, params)| client.execute(*statement, params))));
        for (step, touched) in steps.iter().zip(answers) {
            let touched = self.parted(touched.map_err(Fault::from))?;
            if step.rows.is_some_and(|rows| rows as u64 != touched) {
                return Err(Fault::Conflict(format!("a {} was changed by another, or its guard does not hold", step.noun)));
            }
        }
        Ok(())
    }
}

fn params<'p>(company: &'p i64, step: &'p Step<'_>) -> Vec<&'p (dyn ToSql + Sync)> {
    let mut all: Vec<&(dyn ToSql + Sync)> = vec![company];
    all.extend(step.arrays.iter().map(Array::as_sql));
    all
}

fn key_arrays(keys: &[RawKey]) -> Vec<Array<'_>> {
    let Some(first) = keys.first() else { return Vec::new() };
    let kind = if matches!(first, RawKey::Text(_)) { Kind::Text } else { Kind::Int };
    (0..first.len()).map(|i| Array::of(kind, keys.iter().map(|k| k.cell(i)))).collect()
}

pub(crate) fn load_steps<'a>(wanted: &'a [Load]) -> Vec<(&'static TableDef, Step<'a>)> {
    let mut steps = Vec::new();
    for load in wanted {
        if !load.rows.is_empty() {
            steps.push((load.table, Step::on(load.table, Verb::Keys, key_arrays(&load.rows), None)));
        }
        for (set, owners) in load.sets.iter().enumerate().filter(|(_, owners)| !owners.is_empty()) {
            steps.push((load.table, Step::on(load.table, Verb::Owners(set), key_arrays(owners), None)));
        }
    }
    steps
}

pub(crate) fn change_steps<'a>(table: &'static TableDef, change: &'a TableChanges<'_>, steps: &mut Vec<Step<'a>>) {
    if !change.inserts.is_empty() {
        let column = |i: usize| Array::of(table.columns[i].kind, change.inserts.iter().map(move |r| r.any_cell(i)));
        let arrays = (0..table.columns.len()).map(column).collect();
        steps.push(Step::on(table, Verb::Insert, arrays, Some(change.inserts.len())));
    }
    let mut masks: Vec<u128> = change.updates.iter().map(|u| u.columns).collect();
    masks.sort_unstable();
    masks.dedup();
    for mask in masks {
        let rows: Vec<_> = change.updates.iter().filter(|u| u.columns == mask).collect();
        let columns = (0..table.columns.len()).filter(|i| *i < table.key_len || mask & (1 << i) != 0);
        let mut arrays: Vec<Array<'a>> =
            columns.map(|i| Array::of(table.columns[i].kind, rows.iter().map(|u| u.row.any_cell(i)))).collect();
        if table.version_column().is_some() {
            arrays.push(Array::Int(rows.iter().map(|u| u.version).collect()));
        }
        steps.push(Step::on(table, Verb::Update(mask), arrays, Some(rows.len())));
    }
    let Mode::Counted { counters, .. } = table.mode else { return };
    for guards in Guards::ALL {
        let rows: Vec<_> = change.counts.iter().filter(|c| c.guards == guards).collect();
        if rows.is_empty() {
            continue;
        }
        let mut arrays: Vec<Array<'a>> =
            (0..table.key_len).map(|i| Array::of(table.columns[i].kind, rows.iter().map(|c| c.key.cell(i)))).collect();
        arrays.extend((0..counters.len()).map(|i| Array::Int(rows.iter().map(|c| Some(c.deltas[i])).collect())));
        if guards.pinned {
            arrays.extend((0..counters.len()).map(|i| Array::Int(rows.iter().map(|c| Some(c.base[i])).collect())));
        }
        steps.push(Step::on(table, Verb::Count(guards), arrays, Some(rows.len())));
    }
}

pub(crate) fn delete_step<'a>(table: &'static TableDef, change: &'a TableChanges<'_>) -> Option<Step<'a>> {
    let first = change.deletes.first()?;
    let kind = if matches!(first.0, RawKey::Text(_)) { Kind::Text } else { Kind::Int };
    let mut arrays: Vec<Array<'a>> =
        (0..first.0.len()).map(|i| Array::of(kind, change.deletes.iter().map(move |(k, _)| k.cell(i)))).collect();
    let versioned = first.1.is_some();
    if versioned {
        arrays.push(Array::Int(change.deletes.iter().map(|(_, v)| *v).collect()));
    }
    Some(Step::on(table, Verb::Delete(versioned), arrays, Some(change.deletes.len())))
}

pub(crate) fn head_step(head: &Head) -> Step<'_> {
    let arrays = vec![Array::Int(vec![Some(head.position)]), Array::Text(vec![Some(&head.hash)])];
    Step::fixed(statement::HEAD, arrays, Some(1), "event")
}

pub(crate) fn tally_step<'a>(tallies: &'a [(&'static str, i64, i64)]) -> Step<'a> {
    let arrays = vec![
        Array::Text(tallies.iter().map(|t| Some(t.0)).collect()),
        Array::Int(tallies.iter().map(|t| Some(t.1)).collect()),
        Array::Int(tallies.iter().map(|t| Some(t.2)).collect()),
    ];
    Step::fixed(statement::TALLIES, arrays, None, "tally")
}

impl Engine for Postgres {
    fn begin(&mut self, company: CompanyId) -> Result<bool, Fault> {
        let left = self.left.take();
        self.connect()?;
        self.writes = match self.begin_at(company) {
            // The connection broke since it was last used; nothing is lost with it.
            Err(Fault::Lost(_)) => {
                self.client = None;
                self.connect()?;
                self.begin_at(company)?
            }
            done => done?,
        };
        self.holds = left.is_some() && left == self.writes.map(|writes| (company, writes));
        if !self.holds {
            // Another writer is about: it is kept out from here on, so that what is read now still holds when it is written on.
            let locked = self.locked(company).inspect_err(|_| self.rollback());
            self.writes = locked?.map(|(_, writes)| writes);
        }
        Ok(self.holds)
    }

    fn load(
        &mut self,
        company: CompanyId,
        wanted: &[Load],
        row: &mut dyn FnMut(&'static TableDef, &dyn Source) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let (tables, steps): (Vec<_>, Vec<_>) = load_steps(wanted).into_iter().unzip();
        for (table, rows) in tables.into_iter().zip(self.query(company, &steps)?) {
            for found in &rows {
                row(table, found)?;
            }
        }
        Ok(())
    }

    fn lock_chain(&mut self, company: CompanyId) -> Result<Head, Fault> {
        let Some((head, writes)) = self.locked(company)? else { return Ok(Head::default()) };
        if self.holds && self.writes != Some(writes) {
            return Err(Fault::Conflict("another server has written since".into()));
        }
        self.writes = Some(writes + 1);
        Ok(head)
    }

    fn flush(&mut self, company: CompanyId, changes: &Changes<'_>) -> Result<(), Fault> {
        let mut steps = Vec::new();
        steps.extend(changes.tables.iter().rev().filter_map(|(table, change)| delete_step(table, change)));
        for (table, change) in &changes.tables {
            change_steps(table, change, &mut steps);
        }
        steps.push(changes.head.as_ref().map_or_else(|| Step::fixed(statement::WRITTEN, Vec::new(), None, "event"), head_step));
        if !changes.tallies.is_empty() {
            steps.push(tally_step(&changes.tallies));
        }
        self.execute(company, &steps)
    }

    fn commit(&mut self) -> Result<(), Fault> {
        match self.run("COMMIT") {
            Err(Fault::Lost(why)) => {
                self.client = None;
                Err(Fault::Lost(why))
            }
            Err(other) => Err(other),
            Ok(()) => {
                self.left = self.writes.map(|writes| (self.company, writes));
                Ok(())
            }
        }
    }

    fn rollback(&mut self) {
        if self.run("ROLLBACK").is_err() {
            self.client = None;
        }
    }

    fn committed(&mut self, company: CompanyId, head: &Head) -> Result<bool, Fault> {
        let found = self.find(company, head);
        if found.is_err() {
            self.client = None;
        }
        found
    }
}
