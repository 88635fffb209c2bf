//! A trader's orders of three years: several files that refer to each other.

use app::import::{Ask, File, Ran};

use crate::{counts, file, mapping, worlds};

fn files() -> Vec<File> {
    ["customers", "products", "categories", "shippers", "orders", "order_details"].map(|name| file(&format!("northwind/{name}.csv"))).into()
}

fn ask() -> Ask {
    Ask { mapping: mapping("northwind"), ..Ask::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_comes_in_to_the_cent_and_only_once() {
    for world in worlds().await {
        let Ran::Done(_, report) = world.import(files(), ask()).await else { panic!("not done") };
        assert_eq!(counts(&report, "customers"), (93, 0, 0, 0));
        assert_eq!(counts(&report, "products"), (77, 0, 0, 0));
        assert_eq!(counts(&report, "orders"), (830, 0, 0, 0));
        assert_eq!(counts(&report, "order_lines"), (2155, 0, 0, 0));
        let sums = report.sums["CNY"];
        assert_eq!((sums.goods_minor, sums.freight_minor, sums.payable_minor), (126_579_329, 6_494_269, 133_073_598));
        assert_eq!(report.largest.as_ref().map(|(number, goods, _)| (number.as_str(), *goods)), Some(("10865", 1_638_750)));
        assert_eq!(report.unshipped, 21);

        // The same figures from the tables.
        assert_eq!(world.int("SELECT count(*) FROM customers WHERE company_id = ?1").await, 93);
        assert_eq!(world.int("SELECT count(*) FROM products WHERE company_id = ?1").await, 77);
        assert_eq!(world.int("SELECT count(*) FROM prices WHERE company_id = ?1").await, 77);
        assert_eq!(world.int("SELECT count(*) FROM orders WHERE company_id = ?1").await, 830);
        assert_eq!(world.int("SELECT count(*) FROM order_lines WHERE company_id = ?1").await, 2155);
        assert_eq!(world.int("SELECT CAST(sum(net_minor) AS BIGINT) FROM order_lines WHERE company_id = ?1").await, 126_579_329);
        assert_eq!(world.int("SELECT CAST(sum(freight_minor) AS BIGINT) FROM orders WHERE company_id = ?1").await, 6_494_269);
        assert_eq!(world.int("SELECT CAST(sum(quantity_micro) AS BIGINT) FROM order_lines WHERE company_id = ?1").await, 51_317_000_000);
        assert_eq!(world.int("SELECT goods_minor FROM orders WHERE company_id = ?1 ORDER BY goods_minor DESC LIMIT 1").await, 1_638_750);
        assert_eq!(world.int("SELECT count(*) FROM orders WHERE company_id = ?1 AND fulfilment = 'none'").await, 21);
        assert_eq!(world.int("SELECT count(*) FROM shipments WHERE company_id = ?1").await, 809);
        // History touches no stock: what lies there is what the file of products says.
        assert_eq!(world.int("SELECT count(*) FROM stock_movements WHERE company_id = ?1 AND kind <> 'opening'").await, 0);
        assert_eq!(world.int("SELECT CAST(sum(on_hand_micro) AS BIGINT) FROM stock WHERE company_id = ?1").await, 3_119_000_000);
        // What customers owe is what is not billed.
        assert_eq!(
            world.int("SELECT CAST(sum(open_orders_minor) AS BIGINT) FROM customer_accounts WHERE company_id = ?1").await,
            133_073_598
        );
        // Each order says in its timeline where it came from.
        assert_eq!(world.int("SELECT count(*) FROM events WHERE company_id = ?1 AND kind = 'OrderImported'").await, 830);

        let before = world.int("SELECT count(*) FROM events WHERE company_id = ?1").await;
        assert!(matches!(world.import(files(), ask()).await, Ran::Again(..)));
        assert_eq!(world.int("SELECT count(*) FROM events WHERE company_id = ?1").await, before);
        // The same rows in other files are the same rows.
        let mut others = files();
        others[4].bytes.extend_from_slice(b"\n");
        let Ran::Done(_, report) = world.import(others, ask()).await else { panic!("not done") };
        for (noun, rows) in [("customers", 93), ("products", 77), ("stock", 77), ("orders", 830), ("order_lines", 2155)] {
            assert_eq!(counts(&report, noun), (0, 0, rows, 0), "{noun}");
        }
        assert_eq!(world.int("SELECT count(*) FROM orders WHERE company_id = ?1").await, 830);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_row_in_the_middle_and_nothing_comes_in() {
    for world in worlds().await {
        let mut files = files();
        let details = String::from_utf8(std::mem::take(&mut files[5].bytes)).unwrap();
        let mut lines: Vec<&str> = details.lines().collect();
        lines[1078] = "10659,40,18.4,many,0.05";
        files[5].bytes = lines.join("\n").into_bytes();
        let Ran::Refused(report) = world.import(files, ask()).await else { panic!("not refused") };
        assert_eq!(report.error_count, 1);
        let error = &report.errors[0];
        assert_eq!((error.file.as_str(), error.row, error.column.as_str(), error.value.as_str()), ("order_details.csv", 1079, "D", "many"));
        assert_eq!((error.code.as_str(), error.field.as_str()), ("number.not_a_number", "Quantity"));
        assert!(error.message["zh-CN"].contains("数字") && error.message["en"].ends_with('.'), "{:?}", error.message);
        assert_eq!((counts(&report, "orders").3, counts(&report, "orders").0), (1, 829));
        assert!(world.is_untouched().await);
    }
}
