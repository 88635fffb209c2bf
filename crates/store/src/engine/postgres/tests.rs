//! Every statement of the unit of work is one that PostgreSQL accepts over the migrated tables.
#![allow(clippy::unwrap_used)]

use super::statement;
use crate::row::Mode;

async fn fresh(server: &str) -> tokio_postgres::Client {
    let connect = async |url: &str| {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    };
    let name = format!("statements_{}", std::process::id());
    connect(server).await.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    let mut client = connect(&format!("{}/{name}", server.rsplit_once('/').unwrap().0)).await;
    crate::migrate::postgres(&mut client).await.unwrap();
    client
}

#[tokio::test]
async fn every_statement_prepares() {
    let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") else { return };
    let client = fresh(&server).await;
    let mut texts = vec![statement::LOCK_CHAIN.to_owned(), statement::HEAD.into(), statement::TALLIES.into(), statement::COMMITTED.into()];
    for table in crate::rows::all() {
        let all = (1u128 << table.columns.len()) - 1;
        let not_key = all & !((1 << table.key_len) - 1);
        texts.extend([statement::select_by_key(table), statement::insert(table)]);
        texts.extend((0..table.sets.len()).map(|set| statement::select_by_owner(table, set)));
        match table.mode {
            Mode::Versioned | Mode::Owned if not_key != 0 => {
                texts.extend([statement::update(table, not_key), statement::delete(table, table.version_column().is_some())]);
            }
            Mode::Counted { .. } => texts.extend([statement::count(table, false), statement::count(table, true)]),
            _ => {}
        }
    }
    for text in texts {
        client.prepare(&text).await.unwrap_or_else(|e| panic!("{e:?}\n{text}"));
    }
}
