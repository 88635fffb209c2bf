//! Every statement of the unit of work is one that PostgreSQL accepts over the migrated tables.
#![allow(clippy::unwrap_used)]

use super::{Postgres, statement};
use crate::engine::{Changes, Engine, Head};
use crate::fault::Fault;
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
        statement::WRITES.into(),
        statement::WRITTEN.into(),
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

fn wrote(engine: &mut Postgres, company: domain::CompanyId) {
    engine.lock_chain(company).unwrap();
    engine.flush(company, &Changes { tables: Vec::new(), tallies: Vec::new(), head: None }).unwrap();
    engine.commit().unwrap();
}

/// Rows are held over as long as nobody else writes to the company; who was overtaken is told.
#[tokio::test]
async fn what_is_held_is_what_the_database_has() {
    let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") else { return };
    let (client, url) = fresh(&server, "held").await;
    client.batch_execute("INSERT INTO chains VALUES (1, 0, ''), (2, 0, '')").await.unwrap();
    let done = tokio::task::spawn_blocking(move || {
        let (mut one, mut two) = (Postgres::new(&url).unwrap(), Postgres::new(&url).unwrap());
        let (here, there) = (domain::CompanyId::from_raw(1), domain::CompanyId::from_raw(2));
        assert_eq!(one.begin(here), Ok(false), "nothing is held yet");
        wrote(&mut one, here);
        assert_eq!(one.begin(here), Ok(true));
        wrote(&mut one, here);
        // Another company is another matter.
        assert_eq!(two.begin(there), Ok(false));
        wrote(&mut two, there);
        assert_eq!(one.begin(here), Ok(true));
        // Overtaken between begin and writing.
        assert_eq!(two.begin(here), Ok(false));
        wrote(&mut two, here);
        assert!(matches!(one.lock_chain(here), Err(Fault::Conflict(_))));
        one.rollback();
        assert_eq!(one.begin(here), Ok(false), "it must read again");
        // Whoever reads again keeps the others out until it is done.
        let mut three = Postgres::new(&url).unwrap();
        let waits = std::thread::spawn(move || (three.begin(here), three));
        std::thread::sleep(std::time::Duration::from_millis(200));
        assert!(!waits.is_finished());
        wrote(&mut one, here);
        let (begun, mut three) = waits.join().unwrap();
        assert_eq!(begun, Ok(false));
        three.rollback();
        assert_eq!(one.begin(here), Ok(true), "the other wrote nothing");
    });
    done.await.unwrap();
}

/// What the statement triggers ask is what foreign keys asked.
#[tokio::test]
async fn no_line_is_without_its_order_and_product() {
    let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") else { return };
    let (client, _) = fresh(&server, "orphans").await;
    // Only what is looked at is checked: the other columns and keys are not in question here.
    let setup = "SET session_replication_role = replica;
        INSERT INTO products SELECT (jsonb_populate_record(null::products, jsonb_object_agg(column_name, CASE WHEN data_type = 'text' THEN '\"x\"'::jsonb ELSE '1'::jsonb END))).*
            FROM information_schema.columns WHERE table_name = 'products';
        INSERT INTO orders SELECT (jsonb_populate_record(null::orders, jsonb_object_agg(column_name, CASE WHEN data_type = 'text' THEN '\"x\"'::jsonb ELSE '1'::jsonb END))).*
            FROM information_schema.columns WHERE table_name = 'orders';
        INSERT INTO approvals SELECT (jsonb_populate_record(null::approvals, jsonb_object_agg(column_name, CASE WHEN data_type = 'text' THEN '\"x\"'::jsonb ELSE '1'::jsonb END))).*
            FROM information_schema.columns WHERE table_name = 'approvals';
        CREATE FUNCTION line(at bigint, of_order bigint, of_product bigint) RETURNS void LANGUAGE sql AS $$
            INSERT INTO order_lines SELECT (jsonb_populate_record(null::order_lines, jsonb_object_agg(column_name,
                CASE column_name WHEN 'line_no' THEN to_jsonb(at) WHEN 'order_id' THEN to_jsonb(of_order) WHEN 'product_id' THEN to_jsonb(of_product)
                ELSE CASE WHEN data_type = 'text' THEN '\"x\"'::jsonb ELSE '1'::jsonb END END))).*
            FROM information_schema.columns WHERE table_name = 'order_lines' $$;
        SET session_replication_role = origin";
    client.batch_execute(setup).await.unwrap();
    client.batch_execute("SELECT line(1, 1, 1)").await.unwrap();
    for refused in [
        "SELECT line(2, 1, 7)",
        "SELECT line(2, 7, 1)",
        "UPDATE order_lines SET product_id = 7",
        "UPDATE approvals SET order_id = 7",
        "DELETE FROM products",
        "DELETE FROM orders",
        "UPDATE products SET id = 7",
    ] {
        let error = client.batch_execute(refused).await.expect_err(refused);
        assert_eq!(error.code(), Some(&tokio_postgres::error::SqlState::FOREIGN_KEY_VIOLATION), "{refused}: {error:?}");
    }
    client
        .batch_execute(
            "UPDATE order_lines SET note = 'y'; DELETE FROM order_lines; DELETE FROM approvals; DELETE FROM orders; DELETE FROM products",
        )
        .await
        .unwrap();
}
