//! Shortages over HTTP: every way out with its day and cost, what the customer chose with its proof, and what that makes (INV-03, PUR-01).

use serde_json::{Value, json};

use crate::shop::{Shop, id, order_of, shops, shows, with};
use crate::supplier::supplier_of;

impl Shop {
    async fn shortage(&self, order: &str) -> Value {
        self.tick().await;
        self.service.get(&format!("/orders/{order}/shortage")).await.expect(200)
    }

    async fn choose(&self, order: &str, input: Value) -> crate::client::Answer {
        let usual = json!({"line_no": 1, "evidence": {"kind": "call_note", "statement": "王经理同意", "given_by": "王经理"}});
        self.service.post(&format!("/orders/{order}/shortage/choose"), with(usual, input)).await
    }
}

/// `option quantity day [cost] [block]` of every way.
fn ways(shortage: &Value) -> Vec<String> {
    let text = |value: &Value, before: &str| value.as_str().map_or_else(String::new, |text| format!("{before}{text}"));
    let one = |way: &Value| {
        let option = way["option"].as_str().unwrap();
        let quantity = way["quantity"]["value"].as_str().unwrap();
        let (on, cost) = (text(&way["on"], " "), text(&way["extra_cost"]["amount"], " +"));
        let from = format!(
            "{}{}{}",
            text(&way["product"]["code"], " "),
            text(&way["warehouse"]["code"], " "),
            text(&way["supplier"]["code"], " ")
        );
        format!("{option} {quantity}{on}{cost}{from}{}", text(&way["block"], " !"))
    };
    shortage["lines"][0]["ways"].as_array().unwrap().iter().map(one).collect()
}

/// The scenario of `standard`: sixty of a hundred are there, the customer is told in time and takes split delivery.
#[tokio::test(flavor = "multi_thread")]
async fn sixty_of_a_hundred_are_there_and_the_customer_takes_split_delivery() {
    for shop in shops().await {
        shop.manager.post("/suppliers", supplier_of("G1")).await.expect(201);
        shop.receive("P001", "60").await;
        let order = shop.effective(order_of(100)).await;
        assert_eq!(
            ways(&shop.shortage(&order).await),
            [
                "later 40 +0.00 !no_supply",
                "split 40 +0.00 !no_supply",
                "substitute 40 !no_substitute",
                "rush_purchase 40 2026-11-24 G1",
                "rush_production 40 !not_made",
                "transfer 40 !nowhere_else",
            ]
        );
        // Forty are awaited: now there is a day to tell.
        let lines = json!([{"product_id": "P001", "quantity": "40", "asked_on": "2026-12-20"}]);
        let purchase = id(&shop.manager.post("/purchases", json!({"supplier_id": "G1", "lines": lines})).await.expect(201));
        shop.manager.post(&format!("/purchases/{purchase}/send"), json!({})).await.expect(200);
        let page = shop.shortage(&order).await;
        assert_eq!(ways(&page)[..2], ["later 40 2026-12-20 +0.00", "split 40 2026-12-20 +0.00"]);
        assert_eq!((&page["lines"][0]["reserved"]["value"], &page["lines"][0]["short"]["value"]), (&json!("60"), &json!("40")));
        let listed = shop.service.get("/shortages").await.expect(200);
        shows(&listed[0], &json!({"order": {"id": order}, "lines": 1, "chosen": 0, "due_at": "2026-12-13T16:00:00Z"}));

        let oral = json!({"kind": "oral", "statement": "说可以", "given_by": "王经理"});
        let refused = shop.choose(&order, json!({"option": "split", "evidence": oral})).await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/evidence/kind".to_owned(), "shortage.not_proven".to_owned())]);
        let nobody = json!({"kind": "call_note", "statement": "", "given_by": ""});
        let refused = shop.choose(&order, json!({"option": "split", "evidence": nobody})).await;
        refused.expect(422);
        assert_eq!(refused.pointers().into_iter().map(|(at, _)| at).collect::<Vec<_>>(), ["/evidence/statement", "/evidence/given_by"]);
        let refused = shop.choose(&order, json!({"option": "transfer"})).await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/option".to_owned(), "shortage.blocked".to_owned())]);
        shop.warehouse.post(&format!("/orders/{order}/shortage/choose"), json!({"line_no": 1, "option": "split"})).await.expect(403);

        let done = shop.choose(&order, json!({"option": "split", "note": "先发60"})).await.expect(200);
        shows(&done, &json!({"choice_no": 1, "change": null, "purchase": null, "settled": true}));
        let page = shop.shortage(&order).await;
        shows(
            &page["lines"][0]["choices"][0],
            &json!({"option": "split", "promised_on": "2026-12-20", "short": {"value": "40"}, "note": "先发60"}),
        );
        assert_eq!(shop.page(&order).await["promised_on"], "2026-12-15");
        assert_eq!(shop.clock(&order, "order.shortage").await["state"], "stopped");
        let evidence = shop.service.get(&format!("/orders/{order}/evidence")).await.expect(200);
        shows(&evidence["items"][0], &json!({"proves": "shortage_choice", "given_by": "王经理", "kind": "call_note"}));
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_chosen_makes_what_follows_from_it() {
    for shop in shops().await {
        shop.manager.post("/suppliers", supplier_of("G1")).await.expect(201);
        shop.admin.post("/warehouses", json!({"code": "W2", "name": "东仓"})).await.expect(201);
        shop.receive("P001", "6").await;
        let order = shop.effective(order_of(10)).await;
        let lines = json!([{"product_id": "P001", "quantity": "3"}]);
        shop.warehouse.post("/stock/receive", json!({"warehouse_id": "W2", "reference": "RK", "lines": lines})).await.expect(200);
        let found = ways(&shop.shortage(&order).await);
        assert!(found.contains(&"transfer 3 W2".to_owned()), "{found:?}");
        // A transfer of which nobody knows how long it takes needs a day.
        let refused = shop.choose(&order, json!({"option": "transfer"})).await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/promised_on".to_owned(), "value.required".to_owned())]);
        let done = shop.choose(&order, json!({"option": "transfer", "promised_on": "2026-12-01"})).await.expect(200);
        let transfers = shop.warehouse.get("/transfers").await.expect(200);
        shows(&transfers["items"][0], &json!({"number": done["transfer"], "status": "draft"}));

        // A rush purchase on the side of the customer, who waits longer and gets an amount off: a change order says so.
        let late = json!({"option": "rush_purchase", "promised_on": "2026-12-18", "compensation": "discount", "discount": "50.00"});
        let done = shop.choose(&order, late.clone()).await.expect(200);
        assert_eq!(done["choice_no"], 2);
        let purchases = shop.manager.get("/purchases").await.expect(200);
        shows(&purchases["items"][0], &json!({"number": done["purchase"], "status": "draft", "supplier": {"code": "G1"}}));
        let change = shop.manager.get("/changes").await.expect(200)["items"][0].clone();
        assert_eq!((&change["number"], &change["status"]), (&done["change"], &json!("submitted")), "{change}");
        // Nothing is half done: while the change waits another cannot be made, and then there is no second purchase either.
        shop.choose(&order, late).await.expect(409);
        assert_eq!(shop.manager.get("/purchases").await.expect(200)["items"].as_array().unwrap().len(), 1);
        let refused = shop.choose(&order, json!({"option": "split", "promised_on": "2026-12-20", "compensation": "freight_waived"})).await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/compensation".to_owned(), "shortage.no_freight".to_owned())]);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_substitute_takes_the_place_of_what_is_missing() {
    for shop in shops().await {
        shop.add_product("P002", json!({"name": "替代品"})).await;
        let page = shop.admin.get("/products/P001").await.expect(200);
        let mut input = json!({"substitutes": [shop.admin.get("/products/P002").await.expect(200)["id"]]});
        for name in ["code", "name", "spec", "unit"] {
            input[name] = page[name].clone();
        }
        shop.admin.put("/products/P001", page["version"].as_i64().unwrap(), input).await.expect(200);
        shop.receive("P001", "6").await;
        shop.receive("P002", "20").await;
        let order = shop.effective(order_of(10)).await;
        let found = ways(&shop.shortage(&order).await);
        assert!(found.contains(&"substitute 4 2026-12-15 P002".to_owned()), "{found:?}");
        let done = shop.choose(&order, json!({"option": "substitute"})).await.expect(200);
        let change = shop.manager.get("/changes").await.expect(200)["items"][0].clone();
        assert_eq!(change["number"], done["change"]);
        shop.verify().await;
    }
}
