use std::path::Path;

use tempfile::tempdir;

use super::program::{run, well, with_company};

fn corrupt(home: &Path, statement: &str) {
    let connection = rusqlite::Connection::open(home.join(".local/share/shundan/shundan.db")).unwrap();
    connection.execute_batch(statement).unwrap();
}

/// INV-02, PRM-06: each counter that was tampered with is found, told how it would be set right, and set right through the one write path.
#[test]
fn a_counter_that_was_tampered_with_is_told_and_set_right() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let files = [
        ("products.csv", "商品编码,商品名称,单位\nP1,毛巾,条\nP2,浴巾,条\n"),
        ("customers.csv", "客户编码,客户名称,客户等级\nK1,客户一,B\n"),
        ("stock.csv", "商品编码,仓库编码,现存量\nP1,W1,10\nP2,W1,20\n"),
    ];
    corrupt(
        home.path(),
        "INSERT INTO warehouses (company_id, id, version, code, name, address, active) SELECT company_id, 77, 1, 'W1', '主仓', '', 1 FROM companies",
    );
    for (name, text) in files {
        let file = home.path().join(name);
        std::fs::write(&file, text).unwrap();
        well(home.path(), &["import", file.to_str().unwrap()]);
    }
    corrupt(
        home.path(),
        "INSERT INTO quotas (company_id, id, version, code, name, product_id, grade, channel, region, valid_from, valid_to, limit_micro, active, created_at)
             SELECT company_id, 78, 1, 'Q1', '年末', id, '', '', '', '2026-11-01', '2026-12-31', 9000000, 1, 0 FROM products WHERE code = 'P1';
         INSERT INTO quota_counts (company_id, quota_id, limit_micro, taken_micro) SELECT company_id, 78, 9000000, 0 FROM companies",
    );
    let said = well(home.path(), &["repair", "--dry-run"]);
    assert!(said.contains("No counter needs repair") && said.contains("Counters agree"), "{said}");

    let wrong = [
        ("stock.on_hand_micro (P1, ", "UPDATE stock SET on_hand_micro = on_hand_micro + 3000000 WHERE on_hand_micro = 10000000"),
        ("stock.reserved_micro (P2, ", "UPDATE stock SET reserved_micro = 5000000 WHERE on_hand_micro = 20000000"),
        ("stock.held_micro (P2, ", "UPDATE stock SET held_micro = 1000000 WHERE on_hand_micro = 20000000"),
        ("stock.placed_micro (P2, ", "UPDATE stock SET placed_micro = 2000000 WHERE on_hand_micro = 20000000"),
        ("customer_accounts.open_orders_minor (K1)", "UPDATE customer_accounts SET open_orders_minor = 500"),
        ("customer_accounts.open_invoices_minor (K1)", "UPDATE customer_accounts SET open_invoices_minor = 600"),
        ("customer_accounts.unallocated_minor (K1)", "UPDATE customer_accounts SET unallocated_minor = 700"),
        ("customer_accounts.released_minor (K1)", "UPDATE customer_accounts SET released_minor = 800"),
        ("quota_counts.taken_micro (Q1)", "UPDATE quota_counts SET taken_micro = 4000000"),
    ];
    for (_, statement) in wrong {
        corrupt(home.path(), statement);
        assert_eq!(run(home.path(), &["verify"]).code, 1, "{statement}");
    }
    let said = run(home.path(), &["repair", "--dry-run"]);
    assert_eq!(said.code, 1);
    for (told, _) in wrong {
        assert!(said.out.contains(told), "{told} in {}", said.out);
    }
    assert!(said.out.contains("says 13000000, reckoned 10000000") && said.out.contains("nothing was written"), "{}", said.out);
    assert_eq!(run(home.path(), &["repair", "--dry-run"]).out, said.out, "looking changes nothing");

    let said = well(home.path(), &["repair"]);
    assert!(said.contains("13000000 → 10000000") && said.contains("Counters agree"), "{said}");
    assert!(well(home.path(), &["verify"]).contains("Nothing is wrong"));

    // What is not a counter is not mended.
    corrupt(home.path(), "UPDATE events SET by_name = 'somebody else' WHERE position = 2");
    let said = run(home.path(), &["repair"]);
    assert!(said.code == 1 && said.out.contains("no counter can mend"), "{}", said.out);
}
