//! Migrations: append-only, numbered, applied on start, one text for both engines.

use rusqlite::Connection;
use tokio_postgres::Client;

use crate::fault::Fault;

const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001_first.sql")),
    (2, include_str!("../migrations/0002_reads.sql")),
    (3, include_str!("../migrations/0003_ledger.sql")),
    (4, include_str!("../migrations/0004_writes.sql")),
    (5, include_str!("../migrations/0005_rules.sql")),
    (6, include_str!("../migrations/0006_clocks.sql")),
    (7, include_str!("../migrations/0007_tasks.sql")),
    (8, include_str!("../migrations/0008_notifications.sql")),
    (9, include_str!("../migrations/0009_evidence.sql")),
    (10, include_str!("../migrations/0010_companies.sql")),
    (11, include_str!("../migrations/0011_skipped.sql")),
    (12, include_str!("../migrations/0012_costs.sql")),
    (13, include_str!("../migrations/0013_numbers.sql")),
    (14, include_str!("../migrations/0014_changes.sql")),
    (15, include_str!("../migrations/0015_rates.sql")),
    (16, include_str!("../migrations/0016_deviations.sql")),
    (17, include_str!("../migrations/0017_intake.sql")),
    (18, include_str!("../migrations/0018_documents.sql")),
    (19, include_str!("../migrations/0019_confirmations.sql")),
    (20, include_str!("../migrations/0020_customers.sql")),
    (21, include_str!("../migrations/0021_goods.sql")),
    (22, include_str!("../migrations/0022_quotations.sql")),
    (23, include_str!("../migrations/0023_portal.sql")),
    (25, include_str!("../migrations/0025_names.sql")),
    (26, include_str!("../migrations/0026_payment_rates.sql")),
    (27, include_str!("../migrations/0027_ends.sql")),
    (28, include_str!("../migrations/0028_contracts.sql")),
    (29, include_str!("../migrations/0029_customer_file.sql")),
    (30, include_str!("../migrations/0030_charges.sql")),
    (31, include_str!("../migrations/0031_inquiries.sql")),
    (32, include_str!("../migrations/0032_messages.sql")),
    (33, include_str!("../migrations/0033_grades.sql")),
    (35, include_str!("../migrations/0035_promotions.sql")),
    (37, include_str!("../migrations/0037_offers.sql")),
    (38, include_str!("../migrations/0038_confirmed_versions.sql")),
    (39, include_str!("../migrations/0039_agents.sql")),
    (40, include_str!("../migrations/0040_consents.sql")),
    (42, include_str!("../migrations/0042_exceptions.sql")),
    (43, include_str!("../migrations/0043_quotation_messages.sql")),
    (49, include_str!("../migrations/0049_personal_data.sql")),
    (55, include_str!("../migrations/0055_rebates.sql")),
    (56, include_str!("../migrations/0056_cart_hold.sql")),
    (57, include_str!("../migrations/0057_past_stock.sql")),
    (60, include_str!("../migrations/0060_places.sql")),
    (61, include_str!("../migrations/0061_transfers.sql")),
    (62, include_str!("../migrations/0062_purchasing.sql")),
    (63, include_str!("../migrations/0063_purchases.sql")),
    (64, include_str!("../migrations/0064_reservations.sql")),
    (65, include_str!("../migrations/0065_schedules.sql")),
    (66, include_str!("../migrations/0066_shortages.sql")),
    (67, include_str!("../migrations/0067_quotas.sql")),
    (68, include_str!("../migrations/0068_promise_days.sql")),
    (69, include_str!("../migrations/0069_slacks.sql")),
];

/// The newest migration.
pub fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |m| m.0)
}

fn too_new(applied: i64) -> Result<(), Fault> {
    if applied > newest() {
        return Err(Fault::Broken(format!(
            "the database is at version {applied}, this program knows only {}; use a newer program",
            newest()
        )));
    }
    Ok(())
}

/// Brings an embedded database up to date.
///
/// # Errors
/// Any fault of the database; a migration that fails leaves nothing of itself.
pub fn sqlite(connection: &mut Connection) -> Result<(), Fault> {
    let has: i64 = connection.query_row("SELECT count(*) FROM sqlite_master WHERE name = 'schema_migrations'", [], |r| r.get(0))?;
    let applied = |c: &Connection| -> Result<i64, Fault> {
        Ok(c.query_row("SELECT coalesce(max(number), 0) FROM schema_migrations", [], |r| r.get(0))?)
    };
    if has == 1 && applied(connection)? == newest() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    transaction.execute_batch("CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY)")?;
    let done = applied(&transaction)?;
    too_new(done)?;
    for (number, text) in MIGRATIONS.iter().filter(|(n, _)| *n > done) {
        transaction.execute_batch(&filled(text))?;
        transaction.execute("INSERT INTO schema_migrations (number) VALUES (?1)", [number])?;
    }
    statistics(&transaction)?;
    transaction.commit()?;
    Ok(())
}

/// Tells SQLite's planner what it would not guess: that the company narrows nothing, since a database has one or a few. Without it, it reads all
/// papers of a company in the order of their ids to find those of an order.
///
/// Source: SQLite, "The ANALYZE command": `sqlite_stat1`
fn statistics(connection: &Connection) -> Result<(), Fault> {
    const ROWS: f64 = 1_000_000.0;
    connection.execute_batch("ANALYZE sqlite_schema; DELETE FROM sqlite_stat1")?;
    let text =
        "SELECT m.name, CASE WHEN l.origin = 'pk' AND m.sql LIKE '%WITHOUT ROWID%' THEN m.name ELSE l.name END, l.\"unique\", l.partial,
            (SELECT count(*) FROM pragma_index_info(l.name) c)
        FROM sqlite_schema m JOIN pragma_index_list(m.name) l WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2";
    let mut indexes = connection.prepare(text)?;
    let mut found = indexes.query([])?;
    while let Some(row) = found.next()? {
        let (table, index, unique, partial, columns): (String, String, bool, bool, i32) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        let all = if FEW.contains(&table.as_str()) { 100.0 } else { ROWS };
        let all = if partial { all / 10.0 } else { all };
        let last: f64 = if unique { 1.0 } else { 10.0 };
        // From all rows of the company to those that agree in every column, in even steps.
        let rows = |column: i32| all * (last / all).powf(f64::from(column) / f64::from((columns - 1).max(1)));
        let steps: Vec<String> = (0..columns).map(|column| format!("{:.0}", rows(column))).collect();
        let stat = format!("{all:.0} {}", steps.join(" "));
        connection.execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?1, ?2, ?3)", [&table, &index, &stat])?;
    }
    // Plans made before are made again.
    connection.execute_batch("ANALYZE sqlite_schema")?;
    Ok(())
}

/// Tables that stay small.
const FEW: &[&str] = &[
    "companies",
    "users",
    "roles",
    "warehouses",
    "chains",
    "tallies",
    "series",
    "nodes",
    "followers",
    "blueprints",
    "calendars",
    "absences",
];

/// A migration with the rules that come with the product, for companies that had theirs as settings.
fn filled(text: &str) -> std::borrow::Cow<'_, str> {
    const PLACE: &str = "{{standard}}";
    if text.contains(PLACE) { text.replace(PLACE, &domain::STANDARD.replace('\'', "''")).into() } else { text.into() }
}

/// What only PostgreSQL is told, behind a comment of SQL.
const POSTGRES_ONLY: &str = "--postgres: ";

/// A migration as PostgreSQL takes it.
pub fn postgres_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1024);
    for line in text.lines() {
        if let Some(only) = line.strip_prefix(POSTGRES_ONLY) {
            out.push_str(only);
        } else if !line.trim_start().starts_with("--") {
            let line = line.replace(" WITHOUT ROWID", "").replace(" BLOB", " BYTEA").replace(" TEXT", " TEXT COLLATE \"C\"");
            out.push_str(&line);
        }
        out.push('\n');
    }
    out
}

/// A number for the advisory lock, so that only one process migrates.
const LOCK: i64 = 0x5348_554e_4441_4e01;

/// Brings a PostgreSQL database up to date.
///
/// # Errors
/// Any fault of the database; a migration that fails leaves nothing of itself.
pub async fn postgres(client: &mut Client) -> Result<(), Fault> {
    let transaction = client.transaction().await?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
    transaction.batch_execute("CREATE TABLE IF NOT EXISTS schema_migrations (number BIGINT PRIMARY KEY)").await?;
    let done: i64 = transaction.query_one("SELECT coalesce(max(number), 0) FROM schema_migrations", &[]).await?.get(0);
    too_new(done)?;
    for (number, text) in MIGRATIONS.iter().filter(|(n, _)| *n > done) {
        transaction.batch_execute(&postgres_text(&filled(text))).await?;
        transaction.execute("INSERT INTO schema_migrations (number) VALUES ($1)", &[number]).await?;
    }
    // Servers that run on hold nothing of before.
    if done > 0 && done < newest() {
        transaction.execute("UPDATE chains SET writes = writes + 1", &[]).await?;
    }
    transaction.commit().await?;
    Ok(())
}
