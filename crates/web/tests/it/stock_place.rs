//! Bins, lots, serial numbers, statuses; transfers and counts; the way of a lot; what stock is worth (INV-01, INV-04, INV-05, INV-07).

use serde_json::{Value, json};

use crate::shop::{Shop, items, order_of, parcel, shops};

/// A second warehouse, bins in both, and two tracked products beside P001.
async fn arrange(shop: &Shop) {
    shop.admin.post("/warehouses", json!({"code": "W2", "name": "北仓"})).await.expect(201);
    for (warehouse, bin) in [("W1", "A-01"), ("W1", "A-02"), ("W2", "B-01")] {
        shop.admin.post(&format!("/warehouses/{warehouse}/bins"), json!({"code": bin, "name": "货架"})).await.expect(200);
    }
    for (code, name, tracking) in [("L001", "酸奶", "lot"), ("S001", "控制器", "serial")] {
        let product = json!({"code": code, "name": name, "unit": "台", "tracking": tracking, "shelf_days": 30});
        shop.admin.post("/products", product).await.expect(201);
    }
}

fn of(lines: Value) -> Value {
    json!({"warehouse_id": "W1", "reference": "RK-9", "lines": lines})
}

async fn lying(shop: &Shop, query: &str) -> Vec<[String; 4]> {
    let found = shop.admin.get(&format!("/stock/places?{query}")).await.expect(200);
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    let rows = found.as_array().unwrap().iter();
    rows.map(|row| [text(row, "bin"), text(row, "lot"), text(row, "status"), text(&row["on_hand"], "value")]).collect()
}

fn spots(rows: &[[&str; 4]]) -> Vec<[String; 4]> {
    rows.iter().map(|row| row.map(str::to_owned)).collect()
}

/// INV-01: what lies where by bin, lot and status; held goods are promised to nobody, what expires first goes first.
#[tokio::test(flavor = "multi_thread")]
async fn goods_lie_in_bins_by_lot_and_status() {
    for shop in shops().await {
        arrange(&shop).await;
        shop.receive("P001", "10").await;
        let lines = json!([
            {"product_id": "P001", "quantity": "5", "bin": "A-01", "lot": "L-late", "expires_on": "2027-06-30"},
            {"product_id": "P001", "quantity": "5", "bin": "A-02", "lot": "L-soon", "made_on": "2026-11-01", "expires_on": "2026-12-31"},
            {"product_id": "P001", "quantity": "5", "bin": "A-02", "lot": "L-over", "expires_on": "2026-01-31"},
            {"product_id": "P001", "quantity": "3", "bin": "A-01", "status": "quality"},
        ]);
        shop.warehouse.post("/stock/receive", of(lines)).await.expect(200);
        let row = items(&shop.admin.get("/stock?product=P001&warehouse=W1").await.expect(200))[0].clone();
        let figures = ["on_hand", "held", "available"].map(|name| row[name]["value"].as_str().unwrap().to_owned());
        assert_eq!(figures, ["28", "3", "25"]);

        // Twelve of what may leave: the lot that ends first, then the other one, then what has no lot.
        let order = shop.effective(order_of(12)).await;
        shop.warehouse.step(&order, "ship", parcel("12")).await.expect(200);
        let left = spots(&[["A-02", "L-over", "free", "5"], ["", "", "free", "8"], ["A-01", "", "quality", "3"]]);
        assert_eq!(lying(&shop, "product=P001&warehouse=W1").await, left);

        // What is over cannot be shipped, though it is on hand.
        let order = shop.effective(order_of(9)).await;
        let refused = shop.warehouse.step(&order, "ship", parcel("9")).await;
        assert_eq!(refused.expect(422)["errors"][0]["pointer"], "/lines/0/quantity");

        // Inspection is over: good.
        let moved = json!({"product_id": "P001", "warehouse_id": "W1", "quantity": "3", "bin": "A-01", "status": "quality", "to_bin": "A-01", "to_status": "free"});
        assert_eq!(shop.warehouse.post("/stock/move", moved.clone()).await.expect(422)["errors"][0]["pointer"], "/reason");
        let mut because = moved;
        because["reason"] = json!("检验合格");
        shop.warehouse.post("/stock/move", because.clone()).await.expect(200);
        assert_eq!(shop.warehouse.post("/stock/move", because.clone()).await.expect(409)["code"], "stock.not_there");
        because["to_bin"] = json!("Z-99");
        assert_eq!(shop.warehouse.post("/stock/move", because).await.expect(422)["errors"][0]["pointer"], "/to_bin");
        shop.warehouse.step(&order, "ship", parcel("9")).await.expect(200);

        // What is over is thrown away.
        let scrap = json!({"product_id": "P001", "warehouse_id": "W1", "quantity": "5", "bin": "A-02", "lot": "L-over", "reason": "过期"});
        shop.rep.post("/stock/scrap", scrap.clone()).await.expect(403);
        shop.warehouse.post("/stock/scrap", scrap).await.expect(200);
        assert_eq!(lying(&shop, "product=P001&warehouse=W1").await, spots(&[["", "", "free", "2"]]));
        shop.verify().await;
    }
}

/// SHP-02, INV-01: who ships may say of which lots; the rest is taken by what expires first, and what is not there is told at its lot.
#[tokio::test(flavor = "multi_thread")]
async fn who_ships_may_say_of_which_lots() {
    for shop in shops().await {
        arrange(&shop).await;
        let lines = json!([
            {"product_id": "P001", "quantity": "5", "bin": "A-01", "lot": "L-late", "expires_on": "2027-06-30"},
            {"product_id": "P001", "quantity": "4", "bin": "A-02", "lot": "L-late"},
            {"product_id": "P001", "quantity": "5", "bin": "A-02", "lot": "L-soon", "expires_on": "2026-12-31"},
            {"product_id": "P001", "quantity": "5", "bin": "A-02", "lot": "L-over", "expires_on": "2026-01-31"},
        ]);
        shop.warehouse.post("/stock/receive", of(lines)).await.expect(200);
        let order = shop.effective(order_of(12)).await;
        let ship = async |lots: Value| {
            let line = json!({"line_no": 1, "quantity": "10", "lots": lots});
            shop.warehouse.step(&order, "ship", json!({"carrier": "顺丰", "lines": [line]})).await
        };
        let refused = ship(json!([{"lot": "L-late", "quantity": "6"}, {"lot": "L-soon", "quantity": "5"}])).await;
        assert_eq!(refused.pointers(), [("/lines/0/lots/1/quantity".to_owned(), "line.above_shippable".to_owned())]);
        for (lot, code) in [("L-over", "line.lot_not_there"), ("L-none", "line.lot_not_there"), ("", "value.required")] {
            let refused = ship(json!([{"lot": lot, "quantity": "2"}])).await;
            assert_eq!(refused.pointers(), [("/lines/0/lots/0/lot".to_owned(), code.to_owned())]);
        }
        let refused = ship(json!([{"lot": "L-late", "quantity": "7"}, {"lot": "L-late", "quantity": "3"}])).await;
        assert!(refused.expect(422).to_string().contains("L-late"));
        // Seven of the later lot, out of both bins, and three of the one that would have gone first.
        ship(json!([{"lot": "L-late", "quantity": "7"}])).await.expect(200);
        let left = spots(&[["A-02", "L-over", "free", "5"], ["A-02", "L-soon", "free", "2"], ["A-02", "L-late", "free", "2"]]);
        assert_eq!(lying(&shop, "product=P001&warehouse=W1").await, left);
        shop.verify().await;
    }
}

/// INV-01: what is promised stays promised, wherever goods are moved.
#[tokio::test(flavor = "multi_thread")]
async fn reserved_goods_are_neither_blocked_nor_scrapped_nor_sent_away() {
    for shop in shops().await {
        arrange(&shop).await;
        shop.receive("P001", "10").await;
        shop.effective(order_of(8)).await;
        let block = json!({"product_id": "P001", "warehouse_id": "W1", "quantity": "3", "to_status": "blocked", "reason": "封存"});
        assert_eq!(shop.warehouse.post("/stock/move", block).await.expect(409)["code"], "stock.short");
        let scrap = json!({"product_id": "P001", "warehouse_id": "W1", "quantity": "3", "reason": "报废"});
        assert_eq!(shop.warehouse.post("/stock/scrap", scrap).await.expect(409)["code"], "stock.short");
        let transfer = json!({"from_id": "W1", "to_id": "W2", "lines": [{"product_id": "P001", "quantity": "3"}]});
        let made = shop.warehouse.post("/transfers", transfer).await.expect(201);
        let path = format!("/transfers/{}/send", made["id"].as_str().unwrap());
        let refused = shop.warehouse.post(&path, json!({})).await.expect(422);
        assert_eq!(
            (&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]),
            (&json!("/lines/0/quantity"), &json!("transfer.not_there"))
        );
        let bin = json!({"product_id": "P001", "warehouse_id": "W1", "quantity": "9", "to_bin": "A-01"});
        shop.warehouse.post("/stock/move", bin).await.expect(200);
        shop.verify().await;
    }
}

/// INV-01: lots have a number and a last day, serial numbers name one piece.
#[tokio::test(flavor = "multi_thread")]
async fn tracked_products_come_with_their_numbers() {
    for shop in shops().await {
        arrange(&shop).await;
        let without = of(json!([{"product_id": "L001", "quantity": "5"}, {"product_id": "S001", "quantity": "2", "lot": "SN-1"}]));
        let found = shop.warehouse.post("/stock/receive", without).await;
        found.expect(422);
        let errors: Vec<_> = found.pointers().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect();
        assert_eq!(errors, ["/lines/0/lot value.required", "/lines/1/quantity stock.one_piece"]);
        let good = of(json!([
            {"product_id": "L001", "quantity": "5", "lot": "LOT-1", "made_on": "2026-11-20"},
            {"product_id": "S001", "quantity": "1", "lot": "SN-1"}, {"product_id": "S001", "quantity": "1", "lot": "SN-2"},
        ]));
        shop.warehouse.post("/stock/receive", good).await.expect(200);
        let lots = shop.admin.get("/lots?q=LOT-1").await.expect(200);
        assert_eq!(
            (&items(&lots)[0]["expires_on"], &items(&lots)[0]["on_hand"]["value"]),
            (&json!("2026-12-20"), &json!("5")),
            "the shelf life of 30 days"
        );
        assert_eq!(items(&shop.admin.get("/lots?until=2026-12-31&on_hand=true").await.expect(200)).len(), 1);
        let again = of(json!([{"product_id": "S001", "quantity": "1", "lot": "SN-1"}]));
        assert_eq!(shop.warehouse.post("/stock/receive", again).await.expect(422)["errors"][0]["code"], "stock.serial_twice");
        let twice =
            of(json!([{"product_id": "S001", "quantity": "1", "lot": "SN-3"}, {"product_id": "S001", "quantity": "1", "lot": "SN-3"}]));
        assert_eq!(shop.warehouse.post("/stock/receive", twice).await.expect(422)["errors"][0]["pointer"], "/lines/1/lot");
        // All of it lies in lots: a count says which.
        let count = json!({"warehouse_id": "W1", "product_id": "L001", "counted": "4", "reason": "盘点"});
        assert_eq!(shop.warehouse.post("/stock/adjust", count).await.expect(409)["code"], "stock.which_place");
        let count = json!({"warehouse_id": "W1", "product_id": "L001", "lot": "LOT-1", "counted": "4", "reason": "盘点"});
        shop.warehouse.post("/stock/adjust", count).await.expect(200);
        assert_eq!(lying(&shop, "product=L001").await, spots(&[["", "LOT-1", "free", "4"]]));
        shop.verify().await;
    }
}

/// INV-04: goods leave one warehouse, are on their way, and arrive with their lots; what does not arrive is written off.
#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_is_on_its_way_until_it_arrives() {
    for shop in shops().await {
        arrange(&shop).await;
        let lines = json!([
            {"product_id": "L001", "quantity": "5", "lot": "LOT-1", "expires_on": "2026-12-20"},
            {"product_id": "L001", "quantity": "5", "lot": "LOT-2", "expires_on": "2026-12-25", "bin": "A-01"},
        ]);
        shop.warehouse.post("/stock/receive", of(lines)).await.expect(200);
        let wrong = json!({"from_id": "W1", "to_id": "W1", "lines": [{"product_id": "L001", "quantity": "0"}, {"product_id": "P9", "quantity": "1"}]});
        let answer = shop.warehouse.post("/transfers", wrong).await;
        answer.expect(422);
        let errors: Vec<_> = answer.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(errors, ["/lines/1/product_id", "/to_id"]);

        let draft =
            json!({"from_id": "W1", "to_id": "W2", "expected_on": "2026-11-25", "lines": [{"product_id": "L001", "quantity": "7"}]});
        let made = shop.warehouse.post("/transfers", draft).await.expect(201);
        let path = format!("/transfers/{}", made["id"].as_str().unwrap());
        shop.rep.post(&format!("{path}/send"), json!({})).await.expect(403);
        shop.warehouse.post(&format!("{path}/send"), json!({})).await.expect(200);
        assert_eq!(shop.warehouse.post(&format!("{path}/send"), json!({})).await.expect(409)["code"], "transfer.wrong_state");
        let page = shop.admin.get(&path).await.expect(200);
        let sent: Vec<_> =
            page["lines"].as_array().unwrap().iter().map(|line| format!("{} {}", line["lot"], line["quantity"]["value"])).collect();
        assert_eq!(sent, ["\"LOT-1\" \"5\"", "\"LOT-2\" \"2\""], "one line for each lot");
        let coming = |rows: &Value| {
            items(rows)
                .iter()
                .map(|row| format!("{} {} {}", row["warehouse"]["code"], row["on_hand"]["value"], row["in_transit"]["value"]))
                .collect::<Vec<_>>()
        };
        let other = json!({"warehouse_id": "W2", "reference": "RK-0", "lines": [{"product_id": "L001", "quantity": "1", "lot": "LOT-0"}]});
        shop.warehouse.post("/stock/receive", other).await.expect(200);
        let rows = shop.admin.get("/stock?product=L001").await.expect(200);
        assert_eq!(coming(&rows), ["\"W1\" \"3\" \"0\"", "\"W2\" \"1\" \"7\""]);

        // What is on its way is promised from the day it is expected.
        let timeline = shop.admin.get("/promise/timeline?product=L001&warehouse=W2").await.expect(200);
        let days = timeline["days"].as_array().unwrap();
        let day = |on: &str| days.iter().rfind(|day| day["on"].as_str().unwrap() <= on).unwrap()["available"]["value"].clone();
        assert_eq!((day("2026-11-21"), day("2026-11-25")), (json!("1"), json!("8")), "{timeline}");

        let too_much = json!({"bin": "B-01", "lines": [{"line_no": 1, "quantity": "6"}, {"line_no": 7, "quantity": "1"}]});
        let answer = shop.warehouse.post(&format!("{path}/receive"), too_much).await;
        answer.expect(422);
        let errors: Vec<_> = answer.pointers().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect();
        assert_eq!(errors, ["/lines/0/quantity transfer.above_sent", "/lines/1/line_no transfer.unknown_line"]);
        let some = json!({"bin": "B-01", "lines": [{"line_no": 1, "quantity": "5"}, {"line_no": 2, "quantity": "1"}]});
        shop.warehouse.post(&format!("{path}/receive"), some).await.expect(200);
        assert_eq!(shop.admin.get(&path).await.expect(200)["status"], "sent");
        assert_eq!(
            shop.warehouse.post(&format!("{path}/close"), json!({"reason": ""})).await.expect(422)["errors"][0]["pointer"],
            "/reason"
        );
        shop.warehouse.post(&format!("{path}/close"), json!({"reason": "途中破损一件"})).await.expect(200);
        assert_eq!(
            lying(&shop, "product=L001&warehouse=W2").await,
            spots(&[["B-01", "LOT-1", "free", "5"], ["B-01", "LOT-2", "free", "1"], ["", "LOT-0", "free", "1"]])
        );
        let page = shop.admin.get(&path).await.expect(200);
        assert_eq!(
            (&page["status"], &page["lines"][1]["lost"]["value"], &page["end_reason"]),
            (&json!("closed"), &json!("1"), &json!("途中破损一件"))
        );
        shop.verify().await;
    }
}

/// INV-04: who counts does not see the books, and somebody else accepts what differs.
#[tokio::test(flavor = "multi_thread")]
async fn a_blind_count_is_approved_by_somebody_else() {
    for shop in shops().await {
        arrange(&shop).await;
        shop.receive("P001", "10").await;
        let lines = json!([{"product_id": "P001", "quantity": "5", "bin": "A-01"}]);
        shop.warehouse.post("/stock/receive", of(lines)).await.expect(200);
        let made = shop.warehouse.post("/stock-counts", json!({"warehouse_id": "W1", "blind": true, "note": "月底"})).await.expect(201);
        let path = format!("/stock-counts/{}", made["id"].as_str().unwrap());
        let page = shop.warehouse.get(&path).await.expect(200);
        let places: Vec<_> = page["lines"].as_array().unwrap().iter().map(|line| format!("{} {}", line["bin"], line["book"])).collect();
        assert_eq!(places, ["\"\" null", "\"A-01\" null"]);
        assert_eq!(shop.warehouse.post(&format!("{path}/submit"), json!({})).await.expect(409)["code"], "stock_count.not_counted");

        let line = |at: usize| page["lines"][at]["line_no"].clone();
        let wrong = json!({"lines": [{"line_no": 99, "counted": "1"}, {"line_no": line(0), "counted": "-1"}]});
        assert_eq!(shop.warehouse.post(&format!("{path}/enter"), wrong).await.expect(422)["errors"].as_array().unwrap().len(), 2);
        let counted = json!({"lines": [{"line_no": line(0), "counted": "9"}, {"line_no": line(1), "counted": "5"}, {"line_no": 0, "product_id": "P001", "bin": "A-02", "counted": "2"}]});
        shop.warehouse.post(&format!("{path}/enter"), counted).await.expect(200);
        // Goods that leave meanwhile change nothing of what was counted.
        let order = shop.effective(order_of(3)).await;
        shop.warehouse.step(&order, "ship", parcel("3")).await.expect(200);
        shop.warehouse.post(&format!("{path}/submit"), json!({})).await.expect(200);
        let page = shop.admin.get(&path).await.expect(200);
        let differ: Vec<_> =
            page["lines"].as_array().unwrap().iter().map(|line| line["difference"]["value"].as_str().unwrap().to_owned()).collect();
        assert_eq!(differ, ["-1", "0", "2"]);
        shop.warehouse.post(&format!("{path}/approve"), json!({})).await.expect(403);
        shop.finance.post(&format!("{path}/approve"), json!({})).await.expect(200);
        let row = items(&shop.admin.get("/stock?product=P001&warehouse=W1").await.expect(200))[0].clone();
        assert_eq!(row["on_hand"]["value"], "13", "15 − 3 shipped − 1 + 2");
        let moved = shop.admin.get("/stock/movements?product=P001&limit=2").await.expect(200);
        assert!(items(&moved).iter().all(|row| row["cause"]["kind"] == "stock_count" && row["cause"]["number"] == page["number"]));
        shop.verify().await;

        // Without any difference nobody has to accept anything.
        let made = shop.warehouse.post("/stock-counts", json!({"warehouse_id": "W1", "bin": "A-02"})).await.expect(201);
        let path = format!("/stock-counts/{}", made["id"].as_str().unwrap());
        shop.warehouse.post(&format!("{path}/enter"), json!({"lines": [{"line_no": 1, "counted": "2"}]})).await.expect(200);
        shop.warehouse.post(&format!("{path}/submit"), json!({})).await.expect(200);
        assert_eq!(shop.admin.get(&path).await.expect(200)["status"], "approved");
        assert_eq!(
            shop.warehouse.post("/stock-counts", json!({"warehouse_id": "W2"})).await.expect(409)["code"],
            "stock_count.nothing_there"
        );
    }
}

/// INV-07: from material to customer and back, in one query.
#[tokio::test(flavor = "multi_thread")]
async fn a_lot_is_followed_from_material_to_customer_and_back() {
    for shop in shops().await {
        arrange(&shop).await;
        let milk =
            json!([{"product_id": "L001", "quantity": "20", "lot": "MILK-7", "origin": "供应商批号 88", "expires_on": "2026-12-20"}]);
        shop.warehouse.post("/stock/receive", of(milk)).await.expect(200);
        let made = of(
            json!([{"product_id": "P001", "quantity": "8", "lot": "P-1", "made_from": [{"product_id": "L001", "quantity": "12", "lot": "MILK-7"}]}]),
        );
        shop.warehouse.post("/stock/receive", made).await.expect(200);
        let too_much = of(
            json!([{"product_id": "P001", "quantity": "8", "lot": "P-2", "made_from": [{"product_id": "L001", "quantity": "12", "lot": "MILK-7"}]}]),
        );
        assert_eq!(shop.warehouse.post("/stock/receive", too_much).await.expect(409)["code"], "stock.not_there");
        let order = shop.effective(order_of(3)).await;
        shop.warehouse.step(&order, "ship", parcel("3")).await.expect(200);

        let lot = |code: &str| format!("/lots?q={code}");
        let milk = items(&shop.admin.get(&lot("MILK-7")).await.expect(200))[0]["id"].as_str().unwrap().to_owned();
        let made = items(&shop.admin.get(&lot("P-1")).await.expect(200))[0]["id"].as_str().unwrap().to_owned();
        let steps = |page: Value| -> Vec<String> {
            let text = |step: &Value| {
                let customer = step["customer"]["name"].as_str().unwrap_or("-").to_owned();
                format!(
                    "{} {} {} {} {customer}",
                    step["depth"],
                    step["lot"]["number"].as_str().unwrap(),
                    step["kind"].as_str().unwrap(),
                    step["quantity"]["value"].as_str().unwrap()
                )
            };
            page["steps"].as_array().unwrap().iter().map(text).collect()
        };
        let customer = shop.page(&order).await["customer"]["name"].as_str().unwrap().to_owned();
        let forward = steps(shop.admin.get(&format!("/lots/{milk}")).await.expect(200));
        assert_eq!(
            forward,
            [
                "0 MILK-7 receipt 20 -".to_owned(),
                "0 MILK-7 consume -12 -".to_owned(),
                "1 P-1 receipt 8 -".to_owned(),
                format!("1 P-1 issue -3 {customer}")
            ]
        );
        let back = steps(shop.admin.get(&format!("/lots/{made}")).await.expect(200));
        assert_eq!(
            back,
            [
                "-1 MILK-7 receipt 20 -".to_owned(),
                "-1 MILK-7 consume -12 -".to_owned(),
                "0 P-1 receipt 8 -".to_owned(),
                format!("0 P-1 issue -3 {customer}")
            ]
        );
        shop.verify().await;
    }
}

/// INV-04: worth by the moving average and the standard cost, now and then; only for who may see costs.
#[tokio::test(flavor = "multi_thread")]
async fn stock_is_worth_what_it_cost() {
    for shop in shops().await {
        arrange(&shop).await;
        let cost = |quantity: &str, cost: &str| {
            of(json!([{"product_id": "L001", "quantity": quantity, "lot": "LOT-1", "expires_on": "2027-01-01", "unit_cost": cost}]))
        };
        shop.warehouse.post("/stock/receive", cost("100", "10")).await.expect(403);
        shop.server.add_user("buyer", "warehouse,finance").await;
        let buyer = shop.server.sign_in("buyer").await;
        buyer.post("/stock/receive", cost("100", "10")).await.expect(200);
        let shop = shop.on("2026-11-23T02:00:00Z").await;
        let buyer = shop.server.sign_in("buyer").await;
        buyer.post("/stock/receive", cost("50", "13")).await.expect(200);
        shop.rep.get("/stock/valuation").await.expect(403);
        let row = |page: Value| {
            let row = items(&page).iter().find(|row| row["product"]["code"] == "L001").unwrap().clone();
            [row["on_hand"]["value"].clone(), row["average"]["amount"].clone(), row["by_average"]["amount"].clone()]
                .map(|value| value.as_str().unwrap().to_owned())
        };
        assert_eq!(row(shop.finance.get("/stock/valuation").await.expect(200)), ["150", "11.00", "1650.00"]);
        assert_eq!(row(shop.finance.get("/stock/valuation?on=2026-11-22").await.expect(200)), ["100", "10.00", "1000.00"]);
        let sum = shop.finance.get("/stock/valuation/sum?product=L001").await.expect(200);
        assert_eq!((&sum["by_average"]["amount"], &sum["without_standard"]), (&json!("1650.00"), &json!(1)));
        shop.verify().await;
    }
}

/// INV-05: reads within seconds are one; a reader named like a bin books into it what it sees.
#[tokio::test(flavor = "multi_thread")]
async fn tags_that_are_read_again_and_again_come_once() {
    for shop in shops().await {
        arrange(&shop).await;
        let piece = of(json!([{"product_id": "S001", "quantity": "1", "lot": "SN-1", "bin": "A-01"}]));
        shop.warehouse.post("/stock/receive", piece).await.expect(200);
        let read = |at: &str, tag: &str| json!({"tag": tag, "at": format!("2026-11-21T00:00:{at}Z")});
        let reads = json!({"reader": "A-02", "reads": [read("01", "SN-1"), read("02", "SN-1"), read("04", "SN-1"), read("02", "E280-1")]});
        let seen = shop.warehouse.post("/stock/reads", reads.clone()).await.expect(200);
        assert_eq!(seen, json!({"reads": 4, "visits": 2, "moved": 1, "unknown": ["E280-1"]}));
        assert_eq!(lying(&shop, "product=S001").await, spots(&[["A-02", "SN-1", "free", "1"]]));
        let seen = shop.warehouse.post("/stock/reads", reads).await.expect(200);
        assert_eq!((&seen["visits"], &seen["moved"]), (&json!(0), &json!(0)), "told once more, it changes nothing");
        let known = shop.admin.get("/stock/reads?q=sn-1").await.expect(200);
        assert_eq!((&items(&known)[0]["reads"], &items(&known)[0]["product"]["code"]), (&json!(6), &json!("S001")));
        shop.rep.post("/stock/reads", json!({"reader": "A-02", "reads": []})).await.expect(403);
        shop.verify().await;
    }
}
