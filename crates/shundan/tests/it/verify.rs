use tempfile::tempdir;

use super::program::{run, well, with_company};

#[test]
fn whole_data_is_whole_and_tampering_shows() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let said = well(home.path(), &["verify"]);
    assert!(said.contains("Company Acme Ltd. (acme)") && said.contains("events") && said.contains("Nothing is wrong"), "{said}");

    let connection = rusqlite::Connection::open(home.path().join(".local/share/shundan/shundan.db")).unwrap();
    connection.execute("UPDATE events SET by_name = 'somebody else' WHERE position = 2", []).unwrap();
    connection
        .execute_batch(
            "PRAGMA foreign_keys=OFF; INSERT INTO customer_accounts SELECT company_id, 7, 0, 500, 0, 0, 0, 30, 0, 0 FROM companies",
        )
        .unwrap();
    drop(connection);
    let said = run(home.path(), &["verify"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("[chain] event 2"), "{}", said.out);
    assert!(said.out.contains("[accounts] customer 7: open orders 500, orders 0"), "{}", said.out);
    assert_eq!(said.err, "");
}
