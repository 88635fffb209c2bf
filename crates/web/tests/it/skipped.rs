//! Skipped steps over HTTP: figures that were counted by hand (KPI-05).

use serde_json::{Value, json};

use crate::shop::{Shop, id, items, order_of, parcel, shops, shows};

/// Money before goods, or the manager's word and the money within a day.
const RULES: &str = "title = \"x\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n[[checklist]]\ncode = \"lines\"\n\
    [[gate]]\ncode = \"ship.deposit\"\non = [\"ship\"]\nrequire = \"order.paid >= order.deposit\"\nmessage = \"The deposit is not in\"\n\
    override = [\"sales_manager\"]\nbackfill = \"24h\"\n";

impl Shop {
    async fn approved(&self, pieces: i64) -> String {
        let order = self.place(order_of(pieces)).await;
        self.service.step(&order, "review", json!({"checklist": ["lines"]})).await.expect(200);
        self.manager.step(&order, "approve", json!({})).await.expect(200);
        order
    }

    /// Ships by an override, a minute after what was before.
    async fn ships_without_money(&self, order: &str, quantity: &str) {
        self.server.clock.forward(60);
        let over = json!({"gate": "ship.deposit", "verb": "ship", "reason": "老客户"});
        self.manager.step(order, "override-gate", over).await.expect(200);
        self.warehouse.step(order, "ship", parcel(quantity)).await.expect(200);
    }

    async fn deliver_all(&self, order: &str) {
        for note in self.page(order).await["shipments"].as_array().unwrap() {
            self.warehouse.post(&format!("/shipments/{}/deliver", id(note)), json!({"signer": "李"})).await.expect(200);
        }
    }

    async fn pay(&self, order: &str, amount: &str) {
        self.finance.step(order, "record-payment", json!({"amount": amount, "method": "bank"})).await.expect(200);
    }
}

/// In November: one order twice through the gate, the second time while the first is owed; one whose follow-up is waived, one signed in the manager's
/// place, one that nobody reviews in time. In December the first once more, and closed with everything owed.
async fn happens(shop: Shop) -> Shop {
    let shop = shop.on("2026-11-23T01:00:00Z").await;
    shop.rules(RULES).await;
    shop.receive("P001", "100").await;
    let late = shop.place(order_of(1)).await;
    web::tick(&shop.server.app).await;
    shop.server.clock.forward(130 * 60);
    web::tick(&shop.server.app).await;
    shop.service.step(&late, "void", json!({"reason": "太晚"})).await.expect(200);

    let owing = shop.approved(4).await;
    shop.ships_without_money(&owing, "2").await;
    shop.ships_without_money(&owing, "1").await;
    // An override that nobody uses is none.
    let unused = shop.approved(1).await;
    shop.manager.step(&unused, "override-gate", json!({"gate": "ship.deposit", "reason": "老客户"})).await.expect(200);

    let waived = shop.approved(1).await;
    shop.pay(&waived, "150").await;
    shop.warehouse.step(&waived, "ship", parcel("1")).await.expect(200);
    shop.deliver_all(&waived).await;
    shop.after.step(&waived, "waive-follow-up", json!({"reason": "样品"})).await.expect(200);

    let signed = shop.place(order_of(1)).await;
    shop.service.step(&signed, "review", json!({"checklist": ["lines"]})).await.expect(200);
    let people = items(&shop.admin.get("/users").await.expect(200));
    let user = |name: &str| people.iter().find(|user| user["username"] == name).map(id).unwrap();
    let away = json!({"user_id": user("sales_manager"), "substitute_id": user("finance"), "from_on": "2026-11-23", "to_on": "2026-11-23", "note": "出差"});
    shop.admin.post("/absences", away).await.expect(201);
    shop.finance.step(&signed, "approve", json!({"note": "代签"})).await.expect(200);

    let shop = shop.on("2026-12-01T02:00:00Z").await;
    shop.ships_without_money(&owing, "1").await;
    shop.deliver_all(&owing).await;
    shop.finance.step(&owing, "invoice", json!({})).await.expect(200);
    shop.pay(&owing, "2000").await;
    shop.after.step(&owing, "follow-up", json!({"score": 5, "comment": ""})).await.expect(200);
    shop.server.clock.forward(60);
    shop.service.step(&owing, "close", json!({})).await.expect(200);
    shop
}

#[tokio::test(flavor = "multi_thread")]
async fn skipped_steps_are_counted_by_month_and_kind_and_listed() {
    for shop in shops().await {
        let shop = happens(shop).await;
        let figures = shop.manager.get("/skipped-steps/figures?from=2026-10-15&to=2026-12-31").await.expect(200);
        let kind = |kind: &str, months: [i64; 3], orders: i64| json!({"kind": kind, "count": months.iter().sum::<i64>(), "orders": orders, "months": months});
        // In December: the third delivery note with two owed before it, and the closing with three.
        let expected = json!([
            kind("override", [0, 2, 1], 1),
            kind("owed", [0, 1, 5], 1),
            kind("substitute", [0, 1, 0], 1),
            kind("waived", [0, 1, 0], 1),
            kind("late", [0, 1, 0], 1),
        ]);
        shows(&figures, &json!({"months": ["2026-10", "2026-11", "2026-12"], "orders": 4, "kinds": expected}));
        let first = &figures["steps"][0];
        shows(first, &json!({"kind": "override", "verb": "ship", "verb_name": "Ship", "what": "ship.deposit", "count": 3}));
        assert_eq!(shop.manager.get("/skipped-steps/figures").await.expect(200)["months"].as_array().unwrap().len(), 6, "the usual months");
        assert_eq!(shop.manager.get("/skipped-steps/figures?from=2020-01-01").await.pointers()[0].0, "/from");

        let count = async |query: &str| items(&shop.manager.get(&format!("/skipped-steps?{query}")).await.expect(200)).len();
        assert_eq!(count("limit=200").await, 12);
        assert_eq!(count("kind=override,late").await, 4);
        assert_eq!(count("kind=owed&verb=close").await, 3);
        assert_eq!(count("from=2026-12-01&to=2026-12-31").await, 6);
        assert_eq!(count("kind=owed&from=2026-11-01&to=2026-11-30").await, 1);
        let signed = &items(&shop.manager.get("/skipped-steps?kind=substitute").await.expect(200))[0];
        shows(
            signed,
            &json!({"step": "Approve", "what": "sales_manager", "by": {"name": "finance 先生"}, "in_place": {"name": "sales_manager 先生"}, "reason": "代签"}),
        );
        let late = &items(&shop.manager.get("/skipped-steps?kind=late").await.expect(200))[0];
        shows(late, &json!({"what": "order.review", "by": null, "verb": ""}));
        assert!(!late["step"].as_str().unwrap().is_empty());

        // Page by page, each once, the newest first.
        let (mut seen, mut cursor): (Vec<Value>, String) = (Vec::new(), String::new());
        loop {
            let page = shop.manager.get(&format!("/skipped-steps?limit=5&cursor={cursor}")).await.expect(200);
            seen.extend(items(&page));
            match page["next"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        let mut ids: Vec<&str> = seen.iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert!(seen.windows(2).all(|two| two[0]["at"].as_str() >= two[1]["at"].as_str()));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((seen.len(), ids.len()), (12, 12));
        let file = shop.manager.get("/skipped-steps?format=csv&kind=owed").await.text();
        assert_eq!(file.lines().count(), 7, "{file}");
        shop.verify().await;
    }
}
