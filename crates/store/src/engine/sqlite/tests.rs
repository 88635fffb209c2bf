//! Every statement of the unit of work is one that SQLite accepts over the migrated tables, and no column is forgotten.
#![allow(clippy::unwrap_used)]

use crate::row::Mode;
use crate::sql::Verb;
use crate::table::Guards;

fn migrated() -> (tempfile::TempDir, rusqlite::Connection) {
    let directory = tempfile::tempdir().unwrap();
    let mut connection = super::open_writer(&directory.path().join("t.db")).unwrap();
    crate::migrate::sqlite(&mut connection).unwrap();
    (directory, connection)
}

#[test]
fn every_statement_prepares() {
    let (_directory, connection) = migrated();
    for table in crate::rows::all() {
        let all = (1u128 << table.columns.len()) - 1;
        let not_key = all & !((1 << table.key_len) - 1);
        let mut texts = vec![Verb::Keys.text(table)];
        if !matches!(table.mode, Mode::View) {
            texts.push(Verb::Insert.text(table));
        }
        texts.extend((0..table.sets.len()).map(|set| Verb::Owners(set).text(table)));
        match table.mode {
            Mode::Versioned | Mode::Owned if not_key != 0 => {
                texts.extend([Verb::Update(not_key).text(table), Verb::Delete(table.version_column().is_some()).text(table)]);
            }
            Mode::Counted { .. } => texts.extend(Guards::ALL.map(|guards| Verb::Count(guards).text(table))),
            _ => {}
        }
        for text in texts {
            connection.prepare(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
            assert!(text.contains("company_id"), "every statement is of one company: {text}");
        }
    }
}

/// Few by their nature, in one company.
const FEW: &[&str] = &["companies", "users", "roles", "warehouses"];

#[test]
fn rows_and_sets_are_found_by_an_index_on_all_they_are_asked_by() {
    let (_directory, connection) = migrated();
    let mut wrong = Vec::new();
    for table in crate::rows::all().iter().filter(|table| !matches!(table.mode, Mode::View)) {
        let keys = std::iter::once((Verb::Keys, table.key_len));
        let sets = table.sets.iter().enumerate().map(|(i, set)| (Verb::Owners(i), set.owner.len()));
        for (verb, columns) in keys.chain(sets) {
            let text = verb.text(table);
            let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {text}")).unwrap();
            let plan: String = explained.raw_query().next().unwrap().unwrap().get(3).unwrap();
            let by_all = plan.starts_with("SEARCH") && plan.matches("=?").count() > columns;
            if !by_all && !FEW.contains(&table.name) {
                wrong.push(format!("{text}\n{plan}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_have_the_columns_of_their_rows_and_no_others() {
    let (_directory, connection) = migrated();
    for table in crate::rows::all() {
        let mut stored: Vec<String> = connection
            .prepare(&format!("SELECT name FROM pragma_table_info('{}')", table.name))
            .unwrap()
            .query_map([], |r| r.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let mut declared: Vec<String> = table.columns.iter().map(|c| c.name.to_owned()).chain(["company_id".to_owned()]).collect();
        stored.sort();
        declared.sort();
        assert_eq!(stored, declared, "{}", table.name);
    }
}

#[test]
fn the_company_comes_first_in_every_key_and_index() {
    let (_directory, connection) = migrated();
    let text = "SELECT m.name || '.' || i.name, (SELECT name FROM pragma_index_info(i.name) WHERE seqno = 0)
        FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND m.name <> 'schema_migrations'";
    let mut statement = connection.prepare(text).unwrap();
    let found: Vec<(String, Option<String>)> =
        statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().map(Result::unwrap).collect();
    assert!(found.len() > 30);
    for (index, first) in found {
        assert_eq!(first.as_deref(), Some("company_id"), "{index}");
    }
}

#[test]
fn what_must_not_be_written_is_told_when_it_is_opened() {
    let (directory, connection) = migrated();
    drop(connection);
    let path = directory.path().join("t.db");
    let url = format!("file:{}?immutable=1", path.display());
    let opened = super::open_writer(std::path::Path::new(&url));
    assert!(matches!(opened, Err(crate::Fault::ReadOnly(_))), "{opened:?}");
}
