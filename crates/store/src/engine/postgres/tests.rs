//! Every statement of the unit of work is one that PostgreSQL accepts over the migrated tables.
#![allow(clippy::unwrap_used)]

use super::{Postgres, statement};
use crate::engine::{Engine, Head};
use crate::row::Mode;
use crate::sql::Verb;
use crate::table::Guards;

async fn connect(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// A new database with all tables, and its URL.
async fn fresh(server: &str, name: &str) -> (tokio_postgres::Client, String) {
    let name = format!("{name}_{}", std::process::id());
    connect(server).await.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    let mut client = connect(&url).await;
    crate::migrate::postgres(&mut client).await.unwrap();
    (client, url)
}

#[tokio::test]
async fn every_statement_prepares() {
    let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") else { return };
    let (client, _) = fresh(&server, "statements").await;
    let mut texts = vec![
        statement::BEGIN_CHAIN.to_owned(),
        statement::LOCK_CHAIN.into(),
        statement::HEAD.into(),
        statement::TALLIES.into(),
        statement::COMMITTED.into(),
    ];
    for table in crate::rows::all() {
        let all = (1u128 << table.columns.len()) - 1;
        let not_key = all & !((1 << table.key_len) - 1);
        texts.push(statement::text(table, Verb::Keys));
        if !matches!(table.mode, Mode::View) {
            texts.push(statement::text(table, Verb::Insert));
        }
        texts.extend((0..table.sets.len()).map(|set| statement::text(table, Verb::Owners(set))));
        match table.mode {
            Mode::Versioned | Mode::Owned if not_key != 0 => {
                texts.extend([
                    statement::text(table, Verb::Update(not_key)),
                    statement::text(table, Verb::Delete(table.version_column().is_some())),
                ]);
            }
            Mode::Counted { .. } => texts.extend(Guards::ALL.map(|guards| statement::text(table, Verb::Count(guards)))),
            _ => {}
        }
    }
    for text in texts {
        client.prepare(&text).await.unwrap_or_else(|e| panic!("{e:?}\n{text}"));
    }
}

/// A connection that broke in its commit: the server goes on with it when the writer already asks how it ended.
#[tokio::test]
async fn a_commit_under_way_is_waited_for() {
    let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") else { return };
    let (first, url) = fresh(&server, "doubt").await;
    let ghost = connect(&url).await;
    let event = |position: i64| {
        format!(
            "INSERT INTO events VALUES (1, {position}, 0, '', '', 0, '', 0, '', '', '', '', '{{}}', 'h{position}');
             INSERT INTO chains VALUES (1, {position}, 'h{position}')
             ON CONFLICT (company_id) DO UPDATE SET position = excluded.position, hash = excluded.hash"
        )
    };
    // The very first event of a company has no chain to lock yet.
    for (position, well) in [(1_i64, true), (2, true), (3, false)] {
        ghost.batch_execute(&format!("BEGIN; {}", event(position))).await.unwrap();
        let url = url.clone();
        let asked = std::thread::spawn(move || {
            let mut engine = Postgres::new(&url).unwrap();
            engine.committed(domain::CompanyId::from_raw(1), &Head { position, hash: format!("h{position}") })
        });
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert!(!asked.is_finished(), "it answered before it could know");
        ghost.batch_execute(if well { "COMMIT" } else { "ROLLBACK" }).await.unwrap();
        assert_eq!(asked.join().unwrap(), Ok(well));
    }
    drop(first);
}
