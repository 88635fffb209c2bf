//! Purchase orders over HTTP: written from the supplier's file, confirmed, received in parts into stock, and measured.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::shop::{Shop, cny, id, items, sets, shops, shows, with};
use crate::supplier::supplier_of;

/// An order to G1 over so many P001.
fn purchase_of(quantity: &str) -> Value {
    json!({"supplier_id": "G1", "lines": [{"product_id": "P001", "quantity": quantity}]})
}

impl Client {
    async fn purchase(&self, purchase: &str, verb: &str, body: Value) -> Answer {
        self.post(&format!("/purchases/{purchase}/{verb}"), body).await
    }
}

impl Shop {
    /// A purchase order that its supplier has; its id.
    async fn ordered(&self, purchase: Value) -> String {
        let one = id(&self.manager.post("/purchases", purchase).await.expect(201));
        self.manager.purchase(&one, "send", json!({})).await.expect(200);
        one
    }

    async fn purchased(&self, purchase: &str) -> Value {
        self.finance.get(&format!("/purchases/{purchase}")).await.expect(200)
    }
}

/// PUR-01
#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_order_is_written_from_the_suppliers_file_sent_and_confirmed() {
    for shop in shops().await {
        shop.manager.post("/suppliers", supplier_of("G1")).await.expect(201);
        shop.add_product("P002", json!({})).await;
        let wrong = json!({"supplier_id": "G9", "warehouse_id": "W9", "lines": [{"product_id": "P9", "quantity": "1", "order_id": "SO1"}]});
        let pointers =
            |answer: Answer| answer.pointers().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect::<Vec<_>>();
        assert_eq!(
            pointers(shop.manager.post("/purchases", wrong).await),
            [
                "/lines/0/order_id value.unknown",
                "/lines/0/product_id value.unknown",
                "/warehouse_id value.unknown",
                "/supplier_id value.unknown"
            ]
        );
        let unpriced = json!([{"product_id": "P002", "quantity": "0", "rush": true}]);
        assert_eq!(
            pointers(shop.manager.post("/purchases", with(purchase_of("1"), json!({"lines": unpriced}))).await),
            ["/lines/0/rush purchase.not_rushed", "/lines/0/unit_price purchase.no_price", "/lines/0/quantity value.not_positive"]
        );
        assert_eq!(pointers(shop.manager.post("/purchases", json!({"supplier_id": "G1"})).await), ["/lines value.required"]);
        shop.warehouse.post("/purchases", purchase_of("10")).await.expect(403);
        shop.rep.get("/purchases").await.expect(403);

        let order = shop.place(crate::shop::order_of(3)).await;
        let number = shop.page(&order).await["number"].as_str().unwrap().to_owned();
        let lines = json!([
            {"product_id": "P001", "quantity": "20", "order_id": number, "order_line": 1},
            {"product_id": "P001", "quantity": "10", "rush": true},
            {"product_id": "P002", "quantity": "4", "unit_price": "2.5", "asked_on": "2026-12-24"},
        ]);
        let made = shop.manager.post("/purchases", with(purchase_of("1"), json!({"lines": lines}))).await.expect(201);
        shows(&made, &json!({"number": "CG2026000001", "status": "draft", "version": 1}));
        let one = id(&made);
        let page = shop.purchased("CG2026000001").await;
        shows(
            &page,
            &json!({
                "supplier": {"code": "G1"}, "warehouse": {"code": "W1"}, "over_tolerance": "5", "total": cny("9310.00"), "expected_on": null,
                "lines": [
                    {"unit_price": cny("300.00"), "asked_on": "2026-11-28", "cause": "order", "order": {"id": order}, "order_line": 1, "supplier_code": "X-1"},
                    {"unit_price": cny("330.00"), "asked_on": "2026-11-24", "rush": true, "cause": "stock", "order": null},
                    {"amount": cny("10.00"), "open": sets("0"), "most": sets("0")},
                ],
            }),
        );
        // Only drafts are edited; what is not sent is neither received nor confirmed.
        assert_eq!(shop.warehouse.purchase(&one, "receive", json!({})).await.expect(409)["code"], "purchase.not_on_its_way");
        shop.manager.put(&format!("/purchases/{one}"), 1, purchase_of("40")).await.expect(200);
        shop.manager.put(&format!("/purchases/{one}"), 1, purchase_of("40")).await.expect(412);
        shows(&shop.purchased(&one).await, &json!({"lines": [{"quantity": sets("40")}], "total": cny("12000.00")}));
        shows(&shop.manager.purchase(&one, "send", json!({})).await.expect(200), &json!({"status": "sent"}));
        assert_eq!(shop.manager.put(&format!("/purchases/{one}"), 3, purchase_of("1")).await.expect(409)["code"], "purchase.not_draft");
        shows(
            &shop.purchased(&one).await,
            &json!({"expected_on": "2026-11-28", "ordered_on": "2026-11-21", "lines": [{"open": sets("40"), "most": sets("42")}]}),
        );
        let early = json!({"lines": [{"line_no": 1, "confirmed_on": "2026-11-20"}, {"line_no": 2, "confirmed_on": "2026-12-01"}]});
        assert_eq!(
            pointers(shop.manager.purchase(&one, "confirm", early).await),
            ["/lines/0/confirmed_on date.before", "/lines/1/line_no value.unknown"]
        );
        let said = json!({"supplier_ref": "AB-7", "lines": [{"line_no": 1, "confirmed_on": "2026-12-02"}]});
        shows(&shop.manager.purchase(&one, "confirm", said).await.expect(200), &json!({"status": "confirmed"}));
        shows(
            &shop.purchased(&one).await,
            &json!({"expected_on": "2026-12-02", "supplier_ref": "AB-7", "lines": [{"asked_on": "2026-11-28"}]}),
        );

        let list = async |query: &str| items(&shop.warehouse.get(&format!("/purchases?{query}")).await.expect(200)).len();
        assert_eq!((list("status=confirmed&supplier=G1&product=P001").await, list("late=true").await, list("q=ab-7").await), (1, 0, 1));
        shop.manager.purchase(&one, "cancel", json!({"reason": ""})).await.expect(422);
        shop.manager.purchase(&one, "cancel", json!({"reason": "改由他家供货"})).await.expect(200);
        shows(&shop.purchased(&one).await, &json!({"status": "cancelled", "expected_on": null, "lines": [{"open": sets("0")}]}));
        shop.verify().await;
    }
}

/// PUR-01, INV-04
#[tokio::test(flavor = "multi_thread")]
async fn goods_come_in_parts_into_stock_and_measure_the_lead_time() {
    for shop in shops().await {
        shop.manager.post("/suppliers", supplier_of("G1")).await.expect(201);
        let one = shop.ordered(purchase_of("100")).await;
        let closed = shop.ordered(purchase_of("50")).await;
        let shop = shop.on("2026-11-29T08:00:00Z").await;
        let came = |quantity: &str| json!({"reference": "SH-1", "lines": [{"line_no": 1, "quantity": quantity}]});
        assert_eq!(items(&shop.finance.get("/purchases?late=true").await.expect(200)).len(), 2);
        shop.manager.purchase(&one, "receive", came("1")).await.expect(403);
        let above = shop.warehouse.purchase(&one, "receive", came("105.1")).await;
        assert_eq!(above.pointers(), [("/lines/0/quantity".to_owned(), "purchase.above_ordered".to_owned())]);
        let later = with(came("1"), json!({"received_on": "2026-11-30"}));
        assert_eq!(shop.warehouse.purchase(&one, "receive", later).await.pointers()[0].0, "/received_on");
        assert_eq!(shop.stock("P001").await.0, "0");

        shows(&shop.warehouse.purchase(&one, "receive", came("40")).await.expect(200), &json!({"status": "partly_received"}));
        assert_eq!(shop.stock("P001").await.0, "40");
        shop.manager.purchase(&one, "cancel", json!({"reason": "x"})).await.expect(409);
        // From 98 on a line is complete.
        shows(
            &shop.warehouse.purchase(&one, "receive", with(came("58"), json!({"received_on": "2026-11-27"}))).await.expect(200),
            &json!({"status": "received"}),
        );
        assert_eq!(shop.warehouse.purchase(&one, "receive", came("1")).await.expect(409)["code"], "purchase.not_on_its_way");
        shop.warehouse.purchase(&closed, "receive", came("10")).await.expect(200);
        shop.manager.purchase(&closed, "close", json!({"reason": "供方停产"})).await.expect(200);
        assert_eq!(shop.stock("P001").await.0, "108");

        let page = shop.purchased(&one).await;
        shows(
            &page["receipts"],
            &json!([{"quantity": sets("58"), "lead_days": 6, "received_on": "2026-11-27", "reference": "SH-1"}, {"lead_days": 8}]),
        );
        let moved = items(&shop.warehouse.get("/stock/movements?product=P001").await.expect(200));
        shows(&moved[0], &json!({"kind": "receipt", "cause": {"kind": "purchase_order", "number": "CG2026000002"}, "note": "SH-1"}));
        // Eight, six and eight days, beside the seven that are stated.
        let measured = json!({"count": 3, "mean_days": "7.33", "deviation_days": "1.15"});
        let supplier = shop.finance.get("/suppliers/G1").await.expect(200);
        shows(&supplier["products"], &json!([{"lead_days": 7, "measured": measured, "measured_rush": null}]));
        shop.verify().await;
    }
}

/// PUR-01, INV-04
#[tokio::test(flavor = "multi_thread")]
async fn never_more_comes_in_than_was_ordered_with_its_tolerance() {
    for shop in shops().await {
        shop.manager.post("/suppliers", supplier_of("G1")).await.expect(201);
        let one = shop.ordered(purchase_of("20")).await;
        // Thirty people take one each at the same time, of twenty; from 19.6 on it is complete.
        let came = json!({"lines": [{"line_no": 1, "quantity": "1"}]});
        let answers = join_all((0..30).map(|_| shop.warehouse.purchase(&one, "receive", came.clone()))).await;
        let taken = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(taken, 20);
        assert!(answers.iter().all(|answer| answer.status == 200 || answer.status == 409));
        shows(&shop.purchased(&one).await, &json!({"status": "received", "lines": [{"received": sets("20"), "open": sets("0")}]}));
        assert_eq!(shop.stock("P001").await.0, "20");
        shop.verify().await;
    }
}

/// INV-03
#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_its_way_is_known_by_day() {
    for shop in shops().await {
        shop.manager.post("/suppliers", supplier_of("G1")).await.expect(201);
        let first = shop.ordered(purchase_of("30")).await;
        let rushed = json!([{"product_id": "P001", "quantity": "10", "rush": true}]);
        shop.ordered(with(purchase_of("1"), json!({"lines": rushed}))).await;
        shop.manager.post("/purchases", purchase_of("99")).await.expect(201);
        let said = json!({"lines": [{"line_no": 1, "confirmed_on": "2026-12-05"}]});
        shop.manager.purchase(&first, "confirm", said).await.expect(200);
        shop.warehouse.purchase(&first, "receive", json!({"lines": [{"line_no": 1, "quantity": "12"}]})).await.expect(200);
        let company = shop.server.company;
        let supply = shop.server.app.store.read(move |reader| {
            let product = store::query::product::id_of(reader, company, "P001")?.unwrap_or_default();
            let house = store::query::warehouse::id_of(reader, company, "W1")?;
            let none = store::query::purchase::dated_supply(reader, company, &[product], Some(domain::WarehouseId::NONE))?;
            assert!(none.is_empty());
            store::query::purchase::dated_supply(reader, company, &[product], house)
        });
        let supply = supply.await.unwrap();
        let told: Vec<(String, &str, bool, bool)> =
            supply.iter().map(|one| (one.open.decimal(), one.expected_on.as_str(), one.confirmed, one.rush)).collect();
        assert_eq!(told, [("10".to_owned(), "2026-11-24", false, true), ("18".to_owned(), "2026-12-05", true, false)]);
    }
}
