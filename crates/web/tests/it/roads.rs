//! Whose days promises count, over HTTP (PRM-01, PRM-02).

use serde_json::{Value, json};

use crate::shop::{order_of, shops, shows};

/// Three days that are kept apart: ready by the company's days, sent by the carrier's, received by the customer's.
#[tokio::test(flavor = "multi_thread")]
async fn a_promise_counts_the_days_of_company_carrier_and_customer() {
    for shop in shops().await {
        shop.receive("P001", "50").await;
        let line = json!({"product_id": "P001", "warehouse_id": "W1", "quantity": {"value": "12", "unit": "台"}});
        let look = async |customer: Value| {
            let body = json!({"lines": [line], "customer_id": customer});
            shop.rep.post("/promise/look", body).await.expect(200)["lines"][0]["promise"]["lines"][0].clone()
        };
        let none = look(Value::Null).await;
        assert_eq!((&none["ready_on"], &none["arrive_on"]), (&none["ship_on"], &none["ship_on"]));
        shows(&shop.service.get("/promise/days").await.expect(200), &json!({"version": 0, "calendar": "", "warehouses": []}));

        // Goods take a working day to be packed and three days on the way; CUST001 receives on working days only.
        let said = json!({
            "calendar": "office",
            "warehouses": [{"warehouse_id": "W1", "handling_days": 1, "transit_days": 3}],
            "customers": [{"customer_id": "CUST001", "calendar": "office", "transit_days": 5}],
        });
        shop.rep.put("/promise/days", 0, said.clone()).await.expect(403);
        let wrong = json!({
            "calendar": "nine",
            "warehouses": [{"warehouse_id": "W1", "handling_days": -1, "transit_days": 400}, {"warehouse_id": "W1"}],
        });
        let refused = shop.admin.put("/promise/days", 0, wrong).await;
        refused.expect(422);
        let pointers: Vec<String> = refused.pointers().into_iter().map(|(at, _)| at).collect();
        assert_eq!(pointers, ["/warehouses/0/handling_days", "/warehouses/0/transit_days", "/warehouses/1/warehouse_id", "/calendar"]);
        let nobody = json!({"customers": [{"customer_id": "C404", "calendar": ""}]});
        let refused = shop.admin.put("/promise/days", 0, nobody).await;
        assert_eq!(refused.pointers(), [("/customers/0/customer_id".to_owned(), "value.unknown".to_owned())]);
        shop.admin.put("/promise/days", 0, said.clone()).await.expect(200);
        shop.admin.put("/promise/days", 0, said).await.expect(412);

        // The clock of the shop stands on Saturday, the 21st of November: packed on Monday, on the way till Thursday; to CUST001 till Saturday, received on Monday.
        let days = async |customer: Value| {
            let found = look(customer).await;
            ["ready_on", "ship_on", "arrive_on"].map(|name| found[name].as_str().unwrap_or_default().to_owned())
        };
        assert_eq!(days(Value::Null).await, ["2026-11-21", "2026-11-23", "2026-11-26"]);
        assert_eq!(days(json!("CUST001")).await, ["2026-11-21", "2026-11-23", "2026-11-30"]);

        // What an order lacks is promised by the same days.
        let order = shop.effective(order_of(60)).await;
        let purchase = json!({"product_id": "P001", "quantity": "10", "asked_on": "2026-12-19"});
        shop.manager.post("/suppliers", crate::supplier::supplier_of("G1")).await.expect(201);
        let made = shop.manager.post("/purchases", json!({"supplier_id": "G1", "lines": [purchase]})).await.expect(201);
        shop.manager.post(&format!("/purchases/{}/send", made["id"].as_str().unwrap()), json!({})).await.expect(200);
        shop.tick().await;
        let parts = shop.service.get(&format!("/orders/{order}/schedule")).await.expect(200);
        // Saturday, the 19th: packed on Monday, on the way till Saturday, received on Monday.
        shows(&parts[0], &json!({"ready_on": "2026-12-19", "ship_on": "2026-12-21", "arrive_on": "2026-12-28"}));
        shop.verify().await;
    }
}

/// Completion, shipping, arrival and what the customer is told: the last moves by slack that customer service asks for and sales agrees to.
#[tokio::test(flavor = "multi_thread")]
async fn slack_takes_the_yes_of_sales() {
    for shop in shops().await {
        shop.manager.post("/suppliers", crate::supplier::supplier_of("G1")).await.expect(201);
        let line = json!({"product_id": "P001", "quantity": "10", "asked_on": "2026-12-19"});
        let made = shop.manager.post("/purchases", json!({"supplier_id": "G1", "lines": [line]})).await.expect(201);
        shop.manager.post(&format!("/purchases/{}/send", made["id"].as_str().unwrap()), json!({})).await.expect(200);
        let draft = shop.draft(order_of(10)).await;
        let asking = json!({"days": 2, "reason": "年底运力紧张"});
        assert_eq!(shop.service.step(&draft, "slack/ask", asking.clone()).await.expect(409)["code"], "slack.not_now");
        shop.rep.step(&draft, "submit", json!({})).await.expect(200);
        assert_eq!(shop.promised(&draft).await[0][..16], *"10 12-19→12-19");
        shop.rep.step(&draft, "slack/ask", asking.clone()).await.expect(403);
        let wrong = shop.service.step(&draft, "slack/ask", json!({"days": 61, "reason": " "})).await;
        let pointers: Vec<String> = wrong.pointers().into_iter().map(|(at, _)| at).collect();
        assert_eq!(pointers, ["/days", "/reason"]);
        assert_eq!(shop.rep.step(&draft, "slack/answer", json!({"yes": true})).await.expect(409)["code"], "slack.not_asked");
        shop.service.step(&draft, "slack/ask", asking.clone()).await.expect(200);
        assert_eq!(shop.service.step(&draft, "slack/ask", asking.clone()).await.expect(409)["code"], "slack.waiting");
        shop.service.step(&draft, "slack/answer", json!({"yes": true})).await.expect(403);
        // Nothing moves before the answer.
        let before = shop.page(&draft).await["promised_on"].clone();
        assert_eq!(shop.promised(&draft).await[0][..16], *"10 12-19→12-19");
        shop.rep.step(&draft, "slack/answer", json!({"yes": true, "note": "可以"})).await.expect(200);
        assert_eq!((before, &shop.page(&draft).await["promised_on"]), (json!("2026-12-15"), &json!("2026-12-17")));
        assert_eq!(shop.promised(&draft).await[0][..16], *"10 12-19→12-21");
        let slack = shop.rep.get(&format!("/orders/{draft}/slack")).await.expect(200);
        shows(&slack, &json!({"agreed_days": 2, "asked": {"state": "agreed", "days": 2, "answer": "可以"}}));

        // A no leaves what was agreed; who asked cannot answer, though a manager may do both.
        shop.manager.step(&draft, "slack/ask", json!({"days": 5, "reason": "再留余量"})).await.expect(200);
        shop.manager.step(&draft, "slack/answer", json!({"yes": true})).await.expect(403);
        shop.rep.step(&draft, "slack/answer", json!({"yes": false, "note": "客户等不了"})).await.expect(200);
        let slack = shop.rep.get(&format!("/orders/{draft}/slack")).await.expect(200);
        shows(&slack, &json!({"agreed_days": 2, "asked": {"state": "refused", "days": 5}}));
        assert_eq!(shop.page(&draft).await["promised_on"], "2026-12-17");
        shop.verify().await;
    }
}
