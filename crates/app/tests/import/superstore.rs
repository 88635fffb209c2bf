//! A retailer's orders of four years: one file, a row for each line, amounts instead of prices.

use app::import::{Ask, Ran};

use crate::{counts, file, mapping, worlds};

#[tokio::test(flavor = "multi_thread")]
async fn amounts_are_kept_to_the_cent() {
    for world in worlds().await {
        let begun = std::time::Instant::now();
        let ask = || Ask { mapping: mapping("superstore"), ..Ask::default() };
        let Ran::Done(_, report) = world.import(vec![file("superstore.csv")], ask()).await else { panic!("not done") };
        println!("superstore: {:?}", begun.elapsed());
        assert_eq!(report.rows, 9994);
        assert_eq!(counts(&report, "customers"), (793, 0, 0, 0));
        assert_eq!(counts(&report, "products"), (1862, 0, 0, 0));
        assert_eq!(counts(&report, "orders"), (5009, 0, 0, 0));
        assert_eq!(counts(&report, "order_lines"), (9994, 0, 0, 0));
        assert_eq!(report.sums["CNY"].goods_minor, 229_720_107);
        assert_eq!(world.int("SELECT CAST(sum(net_minor) AS BIGINT) FROM order_lines WHERE company_id = ?1").await, 229_720_107);
        assert_eq!(world.int("SELECT CAST(sum(payable_minor) AS BIGINT) FROM orders WHERE company_id = ?1").await, 229_720_107);
        let begun = std::time::Instant::now();
        assert!(matches!(world.import(vec![file("superstore.csv")], ask()).await, Ran::Again(..)));
        println!("again: {:?}", begun.elapsed());
        assert_eq!(world.int("SELECT count(*) FROM orders WHERE company_id = ?1").await, 5009);
    }
}
