//! The order list over HTTP: filters, sorts, pages, files, sums and views.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::client::Client;
use crate::shop::{Shop, cny, items, order_of, parcel, shops, shows, ticked, with};

/// Takes in so many orders of different sizes and dates, some with the same.
async fn fill(shop: &Shop, count: i64, submit: bool) -> Vec<String> {
    let order = |i: i64| with(order_of(1 + i * 7 % 5), json!({"required_on": format!("2026-12-{:02}", 1 + i * 3 % 11)}));
    let batch = json!({"orders": (0..count).map(order).collect::<Vec<_>>(), "submit": submit});
    let answer = shop.rep.post("/orders/batch", batch).await.expect(200);
    answer["results"].as_array().unwrap().iter().map(|result| result["ok"]["id"].as_str().unwrap().to_owned()).collect()
}

fn minor(money: &Value) -> i64 {
    money["amount"].as_str().unwrap().replace('.', "").parse().unwrap()
}

/// Every row of a list, page by page; between two pages `meanwhile` happens.
async fn walk(client: &Client, path: &str, limit: i64, mut meanwhile: impl AsyncFnMut()) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = client.get(&format!("{path}&limit={limit}&cursor={cursor}")).await.expect(200);
        let found = items(&page);
        assert!(found.len() <= usize::try_from(limit).unwrap());
        rows.extend(found);
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return rows,
        }
        meanwhile().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sort_walks_all_rows_once_while_others_come_in() {
    for shop in shops().await {
        let mut known: BTreeSet<String> = fill(&shop, 18, false).await.into_iter().collect();
        known.extend(fill(&shop, 5, true).await);
        for sort in ["created_at", "number", "payable", "required_on"] {
            for sign in ["", "-"] {
                let rows = walk(&shop.rep, &format!("/orders?sort={sign}{sort}"), 5, async || drop(shop.draft(order_of(3)).await)).await;
                let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
                let once: BTreeSet<&str> = ids.iter().copied().collect();
                assert_eq!(once.len(), ids.len(), "{sign}{sort}: a row comes twice");
                assert!(known.iter().all(|id| once.contains(id.as_str())), "{sign}{sort}: a row is missing");
                let keys: Vec<(i64, String)> = rows.iter().map(|row| key(sort, row)).collect();
                let mut sorted = keys.clone();
                sorted.sort();
                if sign == "-" {
                    sorted.reverse();
                }
                assert_eq!(keys, sorted, "{sign}{sort}");
            }
        }
        let usual: Vec<Value> = items(&shop.rep.get("/orders?limit=3").await.expect(200));
        assert_eq!(usual, items(&shop.rep.get("/orders?sort=-created_at&limit=3").await.expect(200)));
    }
}

fn key(sort: &str, row: &Value) -> (i64, String) {
    match sort {
        "payable" => (minor(&row["payable"]), row["id"].to_string()),
        "created_at" => (0, row["id"].to_string()),
        other => (0, format!("{} {}", row[other], row["id"])),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_asked_wrongly_says_where() {
    for shop in shops().await {
        fill(&shop, 3, false).await;
        let next = shop.rep.get("/orders?sort=payable&limit=1").await.expect(200)["next"].as_str().unwrap().to_owned();
        for (query, pointer) in [
            ("limit=0", "/limit"),
            ("limit=201", "/limit"),
            ("limit=many", "/limit"),
            ("sort=moon", "/sort"),
            ("sort=--number", "/sort"),
            ("cursor=x", "/cursor"),
            (&format!("cursor={next}"), "/cursor"),
            (&format!("sort=-payable&cursor={next}"), "/cursor"),
            ("format=pdf", "/format"),
            ("colour=red", "/colour"),
            ("status=draft,moon", "/status"),
            ("supply=moon", "/supply"),
            ("fulfilment=moon", "/fulfilment"),
            ("finance=moon", "/finance"),
            ("service=moon", "/service"),
            ("view=moon", "/view"),
            ("mine=maybe", "/mine"),
            ("held=maybe", "/held"),
            ("late=maybe", "/late"),
            ("required_from=soon", "/required_from"),
            ("ordered_to=2026-02-30", "/ordered_to"),
            ("customer=NOBODY", "/customer"),
            ("rep=ghost", "/rep"),
        ] {
            let answer = shop.rep.get(&format!("/orders?{query}")).await;
            answer.expect(422);
            assert_eq!(answer.pointers()[0].0, pointer, "{query}");
            if !["/limit", "/sort", "/cursor", "/format"].contains(&pointer) {
                shop.rep.get(&format!("/orders/summary?{query}")).await.expect(422);
            }
        }
        assert_eq!(
            items(&shop.rep.get("/orders?limit=200&sort=&q=&status=&view=").await.expect(200)).len(),
            3,
            "what is empty is not asked for"
        );
        let wrong = shop.rep.get("/orders/SO1/events?cursor=x").await;
        assert_eq!((wrong.status.is_client_error(), wrong.header("content-type")), (true, "application/problem+json"), "{}", wrong.text());
        let wrong = shop.rep.post("/orders?submit=perhaps", order_of(1)).await;
        assert_eq!((wrong.status.is_client_error(), wrong.header("content-type")), (true, "application/problem+json"), "{}", wrong.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_find_what_they_say_and_sums_agree() {
    for shop in shops().await {
        seven_orders(&shop).await;
        let me = shop.rep.get("/session").await.expect(200)["user"]["id"].as_str().unwrap().to_owned();
        for (query, count) in [
            ("", 7),
            ("status=draft", 2),
            ("status=draft,submitted", 3),
            ("status=effective&supply=ready", 1),
            ("status=effective&supply=short,part_reserved", 1),
            ("fulfilment=part_shipped", 1),
            ("finance=part_billed", 1),
            ("service=none&status=void", 1),
            ("held=true", 1),
            ("held=false", 6),
            ("customer=BIG", 2),
            ("customer=CUST001", 5),
            ("rep=sales_rep", 1),
            (&format!("rep={me}"), 1),
            ("mine=true", 6),
            ("required_from=2026-12-20", 1),
            ("required_to=2026-11-25", 1),
            ("required_from=2026-12-15&required_to=2026-12-15", 5),
            ("ordered_from=2026-11-21&ordered_to=2026-11-21", 7),
            ("ordered_from=2026-11-22", 0),
            ("q=SO2026000001", 1),
            ("q=so2026", 5),
            ("q=SO2026000002", 1),
            ("q=big", 2),
            ("q=EXT-9", 1),
            ("q=100%25", 0),
            ("q=%27%20OR%201%3D1", 0),
            ("late=true", 0),
            ("q=big&status=draft", 1),
        ] {
            let rows = walk(&shop.rep, &format!("/orders?{query}"), 3, async || {}).await;
            assert_eq!(rows.len(), count, "{query}");
            let summary = shop.rep.get(&format!("/orders/summary?{query}")).await.expect(200);
            let sum: i64 = rows.iter().map(|row| minor(&row["payable"])).sum();
            assert_eq!((summary["count"].as_u64(), minor(&summary["payable"])), (Some(count as u64), sum), "{query}");
        }
        // Late is a matter of the day.
        let shop = shop.on("2026-11-26T08:00:00Z").await;
        assert_eq!(items(&shop.rep.get("/orders?late=true").await.expect(200)).len(), 1);
        shows(&shop.rep.get("/orders/counts").await.expect(200), &json!({"all": 7, "late": 1}));
    }
}

/// Two drafts, one of them held by BIG; one submitted; one void; one short; one part shipped and billed; one rejected by nobody.
async fn seven_orders(shop: &Shop) {
    shop.add_customer("BIG", json!({"name": "Big Ltd"})).await;
    shop.receive("P001", "10").await;
    shop.draft(with(order_of(2), json!({"required_on": "2026-12-24", "external_number": "EXT-9"}))).await;
    let held = shop.draft(with(order_of(1), json!({"customer_id": "BIG"}))).await;
    shop.service.step(&held, "hold", json!({"reason": "等图纸"})).await.expect(200);
    let shipped = shop.effective(with(order_of(5), json!({"rep_id": "sales_rep"}))).await;
    shop.warehouse.step(&shipped, "ship", parcel("2")).await.expect(200);
    shop.finance.step(&shipped, "invoice", json!({})).await.expect(200);
    let void = shop.place(order_of(1)).await;
    shop.service.step(&void, "void", json!({"reason": "重复"})).await.expect(200);
    shop.effective(with(order_of(20), json!({"required_on": "2026-11-25"}))).await;
    shop.place(with(order_of(3), json!({"customer_id": "BIG"}))).await;
    let foreign = shop.manager.post("/orders?submit=true", order_of(4)).await.expect(201);
    shop.service.step(foreign["id"].as_str().unwrap(), "review", ticked()).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_goes_out_as_csv_and_as_a_workbook() {
    for shop in shops().await {
        shop.add_customer("EVIL", json!({"name": "=HYPERLINK(\"http://x\")"})).await;
        fill(&shop, 12, true).await;
        shop.draft(with(order_of(1), json!({"customer_id": "EVIL"}))).await;
        let csv = shop.rep.get("/orders?format=csv&limit=5").await;
        csv.expect(200);
        assert!(csv.header("content-type").starts_with("text/csv"), "{}", csv.header("content-type"));
        assert!(csv.header("content-disposition").contains("orders.csv"));
        assert_eq!(csv.text().lines().count(), 14, "a head and every row, not a page: {}", csv.text());
        assert!(csv.text().contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && !csv.text().contains(",=HYPERLINK"), "{}", csv.text());
        let drafts = shop.rep.clone().with("accept", "text/csv").get("/orders?status=draft").await;
        assert_eq!(drafts.text().lines().count(), 2);
        let book = shop.rep.get("/orders?format=xlsx").await;
        book.expect(200);
        assert!(book.bytes.starts_with(b"PK") && book.header("content-disposition").contains("orders.xlsx"));
        assert_eq!(shop.warehouse.get("/orders?format=csv").await.expect(403)["code"], "denied", "who may look may not yet export");
        for list in ["shipments", "invoices", "payments", "follow-ups"] {
            assert!(shop.finance.get(&format!("/{list}?format=csv")).await.text().lines().count() == 1, "{list}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_shows_what_the_page_shows() {
    for shop in shops().await {
        shop.receive("P001", "3").await;
        let id = shop.effective(with(order_of(5), json!({"rep_id": "sales_rep", "external_number": "E-1"}))).await;
        let (row, page) = (items(&shop.rep.get("/orders").await.expect(200))[0].clone(), shop.page(&id).await);
        for name in [
            "id",
            "version",
            "number",
            "status",
            "held",
            "rep",
            "channel",
            "payable",
            "open",
            "line_count",
            "required_on",
            "promised_on",
            "created_at",
            "waiting_for",
        ] {
            assert_eq!(row[name], page[name], "{name}");
        }
        for track in ["commercial", "supply", "fulfilment", "finance", "service"] {
            for name in ["state", "tone"] {
                assert_eq!(row["tracks"][track][name], page["tracks"][track][name], "{track} {name}");
            }
        }
        shows(
            &row,
            &json!({"customer": {"code": "CUST001", "grade": "B"}, "payable": cny("2500.00"), "tracks": {"supply": {"state": "part_reserved"}}}),
        );
        shows(&page["tracks"]["commercial"], &json!({"state": "effective", "by": "sales_manager 先生", "since": "2026-11-21T08:00:00Z"}));
    }
}
