//! What is promised out of supply to come: set as orders lack goods, looked at as facts arrive, set anew by whoever decides on it (PRM-01, PRM-02, PRM-04, PRM-05, PRM-08).

use serde_json::{Value, json};

use crate::shop::{Shop, id, order_of, shops, with};
use crate::supplier::supplier_of;

impl Shop {
    /// A purchase order over P001 that its supplier has confirmed for a day; its id.
    async fn awaited(&self, quantity: &str, day: &str) -> String {
        let lines = json!([{"product_id": "P001", "quantity": quantity, "asked_on": day}]);
        let one = id(&self.manager.post("/purchases", json!({"supplier_id": "G1", "lines": lines})).await.expect(201));
        self.manager.post(&format!("/purchases/{one}/send"), json!({})).await.expect(200);
        self.tick().await;
        one
    }

    /// What an order is promised: `quantity ready→promised source band reason`.
    pub async fn promised(&self, order: &str) -> Vec<String> {
        self.tick().await;
        let got = self.service.get(&format!("/orders/{order}/schedule")).await.expect(200);
        let day = |part: &Value, name: &str| part[name].as_str().unwrap()[5..].to_owned();
        let text = |part: &Value, name: &str| part[name].as_str().unwrap().to_owned();
        let shown = |part: &Value| {
            let quantity = part["quantity"]["value"].as_str().unwrap();
            let source = part["source"]["kind"].as_str().unwrap();
            format!(
                "{quantity} {}→{} {source} {} {}",
                day(part, "ready_on"),
                day(part, "promised_on"),
                text(part, "jeopardy"),
                text(part, "jeopardy_reason")
            )
        };
        got.as_array().unwrap().iter().map(shown).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_short_is_promised_out_of_supply_to_come() {
    for shop in shops().await {
        shop.manager.post("/suppliers", supplier_of("G1")).await.expect(201);
        shop.receive("P001", "10").await;
        let first = shop.effective(with(order_of(8), json!({"required_on": "2026-12-01"}))).await;
        let second = shop.effective(with(order_of(6), json!({"required_on": "2026-12-05"}))).await;
        let third = shop.place(with(order_of(5), json!({"required_on": "2026-12-30"}))).await;
        // Nothing is known to come: nothing is promised, and nobody pretends.
        assert_eq!(shop.promised(&second).await, Vec::<String>::new());
        shop.awaited("6", "2026-12-10").await;
        assert_eq!(shop.promised(&first).await, Vec::<String>::new());
        // Four for the second, and two are left for the third, whose day is far enough.
        assert_eq!(shop.promised(&second).await, ["4 12-10→12-10 receipt at_risk no_history"]);
        assert_eq!(shop.promised(&third).await, ["2 12-30→12-30 receipt safe room"]);
        shop.awaited("3", "2026-12-28").await;
        assert_eq!(shop.promised(&second).await, ["4 12-10→12-10 receipt at_risk no_history"]);
        let got = shop.service.get(&format!("/orders/{second}/schedule")).await.expect(200);
        assert_eq!((&got[0]["constraint"], &got[0]["source"]["document"]["number"]), (&json!("receipt"), &json!("CG2026000001")));
        // The days of the order are nobody's but who set them.
        assert_eq!(shop.page(&second).await["promised_on"], "2026-12-05");
        // The timeline counts each once.
        let timeline = shop.rep.get("/promise/timeline?product=P001").await.expect(200);
        let days = timeline["days"].as_array().unwrap();
        let total = |name: &str| days.iter().map(|day| day[name]["value"].as_str().unwrap().parse::<i64>().unwrap()).sum::<i64>();
        assert_eq!((total("supply"), total("demand")), (19, 19));
        // Who orders less, or has goods, is promised anew; who has everything needs no promise.
        shop.receive("P001", "4").await;
        shop.service.step(&second, "reserve", json!({})).await.expect(200);
        assert_eq!(shop.promised(&second).await, Vec::<String>::new());
        shop.service.step(&third, "void", json!({"reason": "不要了"})).await.expect(200);
        assert_eq!(shop.promised(&third).await, Vec::<String>::new());
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_supplier_puts_promises_at_risk_until_they_are_set_anew() {
    for shop in shops().await {
        shop.manager.post("/suppliers", supplier_of("G1")).await.expect(201);
        let order = shop.effective(with(order_of(6), json!({"required_on": "2026-12-12"}))).await;
        let other = shop.effective(with(order_of(2), json!({"required_on": "2026-12-30"}))).await;
        let purchase = shop.awaited("8", "2026-12-05").await;
        assert_eq!(shop.promised(&order).await, ["6 12-12→12-12 receipt safe room"]);
        let risks = shop.service.get("/promise/risks").await.expect(200);
        assert_eq!((&risks["safe"], &risks["late"], risks["parts"].as_array().unwrap().len()), (&json!(2), &json!(0), 0));
        let later = json!({"lines": [{"line_no": 1, "confirmed_on": "2026-12-20"}]});
        shop.manager.post(&format!("/purchases/{purchase}/confirm"), later).await.expect(200);
        assert_eq!(shop.promised(&order).await, ["6 12-12→12-12 receipt late supply_late"]);
        assert_eq!(shop.promised(&other).await, ["2 12-30→12-30 receipt safe room"]);
        let risks = shop.service.get("/promise/risks").await.expect(200);
        assert_eq!((&risks["late"], &risks["parts"][0]["order"]["id"]), (&json!(1), &json!(order)));

        // Looking changes nothing; applying moves what has to move, and says so at the order.
        let run = json!({"segments": [{"code": "all", "strategy": "improve", "order": ["wanted"]}]});
        let proposed = shop.service.post("/promise/propose", run.clone()).await.expect(200);
        assert_eq!((&proposed["worse"], &proposed["lines"]), (&json!(1), &json!(2)), "{proposed}");
        assert_eq!(shop.promised(&order).await, ["6 12-12→12-12 receipt late supply_late"]);
        shop.rep.post("/promise/apply", run.clone()).await.expect(403);
        shop.service.post("/promise/apply", json!({"segments": []})).await.expect(422);
        assert_eq!(shop.service.post("/promise/apply", run.clone()).await.expect(200), json!({"orders": 1, "left": 0}));
        assert_eq!(shop.promised(&order).await, ["6 12-20→12-20 receipt at_risk no_history"]);
        assert_eq!(shop.promised(&other).await, ["2 12-30→12-30 receipt safe room"]);
        assert_eq!(shop.service.post("/promise/apply", run).await.expect(409)["code"], "promise.nothing");
        let told = |page: &Value| page["items"].as_array().unwrap().iter().filter(|one| one["kind"] == "OrderPromiseChanged").count();
        assert_eq!(told(&shop.service.get(&format!("/orders/{order}/events")).await.expect(200)), 1);
        assert_eq!(told(&shop.service.get(&format!("/orders/{other}/events")).await.expect(200)), 0);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_may_let_its_orders_take_their_days_from_what_is_promised() {
    for shop in shops().await {
        shop.add_product("P002", json!({"lead_days": 10})).await;
        let page = shop.admin.get("/company").await.expect(200);
        let mut input = json!({"promise_dates": true});
        for name in ["name", "tax_rounding", "follow_up_days", "order_pattern", "default_tax_rate", "time_zone"] {
            input[name] = page[name].clone();
        }
        shop.admin.put("/company", page["version"].as_i64().unwrap(), input).await.expect(200);
        let mut order = with(order_of(6), json!({"required_on": "2026-11-25"}));
        order["lines"][0]["product_id"] = json!("P002");
        let one = shop.place(order.clone()).await;
        // It would be made or bought: nobody has ordered it yet.
        assert_eq!(shop.promised(&one).await, ["6 12-01→12-01 plan at_risk no_history"]);
        let page = shop.page(&one).await;
        assert_eq!((&page["promised_on"], &page["planned_ship_on"]), (&json!("2026-12-01"), &json!("2026-12-01")));
        // A day that somebody set stays.
        order["planned_ship_on"] = json!("2026-12-24");
        let two = shop.place(order).await;
        assert_eq!(shop.promised(&two).await, ["6 12-01→12-01 plan at_risk no_history"]);
        let page = shop.page(&two).await;
        assert_eq!((&page["promised_on"], &page["planned_ship_on"]), (&json!("2026-12-01"), &json!("2026-12-24")));
        shop.verify().await;
    }
}
