//! Stock over HTTP.

use serde_json::{Value, json};

use crate::client::Client;
use crate::server::{Server, servers};
use crate::shop::items;

async fn place(server: &Server) -> Client {
    let admin = server.sign_in("admin").await;
    for (code, name) in [("P001", "A产品"), ("P002", "B产品")] {
        admin.post("/products", json!({"code": code, "name": name, "unit": "台"})).await.expect(201);
    }
    admin.post("/warehouses", json!({"code": "W8", "name": "东仓"})).await.expect(201);
    server.sign_in("warehouse").await
}

fn receipt(lines: Value) -> Value {
    json!({"warehouse_id": "W8", "reference": "RK-001", "note": "到货", "lines": lines})
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_come_in_and_are_seen_everywhere() {
    for server in servers().await {
        let client = place(&server).await;
        let lines = json!([{"product_id": "P001", "quantity": "60"}, {"product_id": "P002", "quantity": {"value": "1.5", "unit": "台"}}]);
        let got = client.post_once("k1", "/stock/receive", receipt(lines.clone())).await.expect(200);
        assert_eq!((&got["lines"], &got["reference"]), (&json!(2), &json!("RK-001")));
        assert_eq!(client.post_once("k1", "/stock/receive", receipt(lines)).await.expect(200), got, "the same receipt comes in once");

        let stock = client.get("/stock?warehouse=W8").await.expect(200);
        assert_eq!(stock["items"][0]["on_hand"], json!({"value": "60", "unit": "台"}));
        assert_eq!(stock["items"][1]["available"]["value"], "1.5");
        let there = client.get("/products/P001/availability").await.expect(200);
        let there = there.as_array().unwrap().iter().find(|row| row["warehouse"]["code"] == "W8").unwrap().clone();
        assert_eq!((&there["on_hand"]["value"], &there["reserved"]["value"]), (&json!("60"), &json!("0")));
        let moved = client.get("/stock/movements?product=P001").await.expect(200);
        let moved = &moved["items"][0];
        assert_eq!((&moved["kind"], &moved["on_hand_delta"]["value"]), (&json!("receipt"), &json!("60")));
        assert_eq!((&moved["cause"]["number"], &moved["cause"]["id"], &moved["note"]), (&json!("RK-001"), &got["id"], &json!("到货")));
        assert_eq!(moved["by"], "warehouse 先生");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_with_mistakes_takes_nothing_in() {
    for server in servers().await {
        let client = place(&server).await;
        let lines = json!([{"product_id": "P001", "quantity": "60"}, {"product_id": "", "quantity": "many"}]);
        let answer = client.post("/stock/receive", receipt(lines)).await;
        answer.expect(422);
        let found: Vec<_> = answer.pointers().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect();
        assert_eq!(found, ["/lines/1/product_id value.required", "/lines/1/quantity number.not_a_number"]);
        let lines = json!([{"product_id": "P9", "quantity": "-1"}, {"product_id": "P001", "quantity": {"value": "1", "unit": "t"}}]);
        let mut wrong = receipt(lines);
        wrong["warehouse_id"] = json!("W9");
        let answer = client.post("/stock/receive", wrong).await;
        answer.expect(422);
        let found: Vec<_> = answer.pointers().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect();
        let expected = [
            "/lines/0/quantity value.not_positive",
            "/lines/0/product_id value.unknown",
            "/lines/1/quantity value.wrong_unit",
            "/warehouse_id value.unknown",
        ];
        assert_eq!(found, expected);
        assert_eq!(client.get("/stock").await.expect(200)["items"], json!([]));
        let rep = server.sign_in("sales_rep").await;
        rep.post("/stock/receive", receipt(json!([]))).await.expect(403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_corrects_the_books() {
    for server in servers().await {
        let client = place(&server).await;
        client.post("/stock/receive", receipt(json!([{"product_id": "P001", "quantity": "10"}]))).await.expect(200);
        let count = |counted: &str, reason: &str| json!({"warehouse_id": "W8", "product_id": "P001", "counted": counted, "reason": reason});
        let row = client.post("/stock/adjust", count("8", "盘亏")).await.expect(200);
        assert_eq!(
            (&row["on_hand"]["value"], &row["available"]["value"], &row["product"]["code"]),
            (&json!("8"), &json!("8"), &json!("P001"))
        );
        assert_eq!(client.post("/stock/adjust", count("8", "盘点")).await.expect(409)["code"], "stock.unchanged");
        let answer = client.post("/stock/adjust", count("-1", "")).await;
        answer.expect(422);
        assert_eq!(client.post("/stock/adjust", count("-1", "x")).await.expect(422)["errors"][0]["code"], "value.negative");
        server.sign_in("finance").await.post("/stock/adjust", count("1", "x")).await.expect(403);
        let moved = client.get("/stock/movements?warehouse=W8&q=acp&limit=1").await.expect(200);
        assert_eq!((&moved["items"][0]["kind"], &moved["items"][0]["on_hand_delta"]["value"]), (&json!("adjust"), &json!("-2")));
        let next = client
            .get(&format!("/stock/movements?warehouse=W8&q=acp&limit=1&cursor={}", moved["next"].as_str().unwrap()))
            .await
            .expect(200);
        assert_eq!((&next["items"][0]["kind"], &next["next"]), (&json!("receipt"), &Value::Null));
        let admin = server.sign_in("admin").await;
        assert!(admin.get("/stock?format=csv").await.text().contains("P001"));
        assert!(admin.get("/stock/movements?format=csv").await.text().contains("盘亏"));
        assert_eq!(client.get("/stock?low=true").await.expect(200)["items"], json!([]));
        client.get("/stock?product=P9").await.expect(422);
    }
}

/// INV-04: what lay where at any past moment, by the ledger.
#[tokio::test(flavor = "multi_thread")]
async fn stock_is_known_as_of_any_past_moment() {
    for shop in crate::shop::shops().await {
        shop.receive("P001", "10").await;
        let shop = shop.on("2026-11-23T02:00:00Z").await;
        let order = shop.effective(crate::shop::order_of(4)).await;
        shop.warehouse.step(&order, "ship", crate::shop::parcel("4")).await.expect(200);
        let shop = shop.on("2026-11-25T02:00:00Z").await;
        let counted = json!({"product_id": "P001", "warehouse_id": "W1", "counted": "5", "reason": "盘点"});
        shop.warehouse.post("/stock/adjust", counted).await.expect(200);
        let at = async |when: &str| {
            let row = items(&shop.warehouse.get(&format!("/stock/past?{when}")).await.expect(200))[0].clone();
            ["on_hand", "since", "now"].map(|name| row[name]["value"].as_str().unwrap().to_owned())
        };
        // Days end at midnight in Shanghai, eight hours before UTC.
        assert_eq!(at("on=2026-11-20").await, ["0", "5", "5"]);
        assert_eq!(at("on=2026-11-21").await, ["10", "-5", "5"]);
        assert_eq!(at("at=2026-11-23T01:59:59Z").await, ["10", "-5", "5"]);
        assert_eq!(at("on=2026-11-23").await, ["6", "-1", "5"]);
        assert_eq!(at("warehouse=W1").await, ["5", "0", "5"]);
        let wrong = shop.warehouse.get("/stock/past?on=2026-13-01").await;
        assert_eq!(wrong.expect(422)["errors"][0]["pointer"], "/on");
        let file = shop.admin.get("/stock/past?on=2026-11-21&format=csv").await.text();
        assert!(file.contains("P001") && file.contains("A产品") && file.contains("-5"), "{file}");
        shop.verify().await;
    }
}
