//! Quotations over HTTP: approved by somebody else, in versions, valid until a day, won, lost or ordered with their prices.

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::shop::{Shop, cny, id, items, sets, shops, shows, ticked, with};

const RULES: &str = "title = \"价格\"\nprice_reason_above = 2\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n";

fn offer(unit_price: &str, reason: &str) -> Value {
    let line = json!({"product_id": "P001", "quantity": "10", "unit_price": unit_price, "price_reason": reason});
    json!({"customer_id": "CUST001", "valid_until": "2026-12-10", "lead_days": 15, "delivery_terms": "送货上门", "lines": [line]})
}

impl Client {
    async fn quote(&self, quotation: &str, verb: &str, body: Value) -> Answer {
        self.post(&format!("/quotations/{quotation}/{verb}"), body).await
    }
}

impl Shop {
    async fn quoted(&self, offer: Value) -> String {
        id(&self.rep.post("/quotations", offer).await.expect(201))
    }

    /// A quotation that the customer has; its id.
    async fn sent_quotation(&self, offer: Value) -> String {
        let one = self.quoted(offer).await;
        self.rep.quote(&one, "submit", json!({})).await.expect(200);
        self.manager.quote(&one, "approve", json!({"note": "可以"})).await.expect(200);
        self.rep.quote(&one, "send", json!({"note": "微信发送"})).await.expect(200);
        one
    }

    async fn quotation(&self, quotation: &str) -> Value {
        self.rep.get(&format!("/quotations/{quotation}")).await.expect(200)
    }

    async fn price_rules(&self) {
        let draft = self.admin.post("/blueprints", json!({"content": RULES, "why": "价格"})).await.expect(201);
        self.admin.post_at(&format!("/blueprints/{}/activate", id(&draft)), 1, json!({"why": "价格"})).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quotation_is_approved_by_somebody_else_sent_and_ordered_with_its_prices() {
    for shop in shops().await {
        shop.price_rules().await;
        let one = shop.quoted(offer("480", "")).await;
        shows(&shop.quotation(&one).await, &json!({"number": "BJ2026000001", "revision": 1, "status": "draft", "payable": cny("4800.00")}));
        // What stands in the way is told at its field, as for an order.
        let answer = shop.rep.quote(&one, "submit", json!({})).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [("/lines/0/price_reason".to_owned(), "line.no_price_reason".to_owned())]);
        let late = with(offer("480", "大客户"), json!({"valid_until": "2026-11-20"}));
        shop.rep.put(&format!("/quotations/{one}"), 1, late).await.expect(200);
        let answer = shop.rep.quote(&one, "submit", json!({})).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [("/valid_until".to_owned(), "date.before".to_owned())]);
        shop.rep.put(&format!("/quotations/{one}"), 1, offer("480", "x")).await.expect(412);
        shop.rep.put(&format!("/quotations/{one}"), 2, offer("480", "大客户")).await.expect(200);
        assert_eq!(shop.rep.quote(&one, "send", json!({})).await.expect(409)["code"], "quotation.not_approved");
        shop.rep.quote(&one, "submit", json!({})).await.expect(200);
        // Not by its author, not by others who may not, not without a reason.
        assert_eq!(shop.rep.quote(&one, "approve", json!({})).await.expect(403)["code"], "denied");
        assert_eq!(shop.finance.quote(&one, "approve", json!({})).await.expect(403)["code"], "denied");
        assert_eq!(shop.manager.quote(&one, "return", json!({})).await.expect(422)["errors"][0]["pointer"], "/reason");
        shows(&shop.manager.get("/my-work").await.expect(200)["quotations"], &json!([{"number": "BJ2026000001", "status": "submitted"}]));
        shop.manager.quote(&one, "return", json!({"reason": "交期写明"})).await.expect(200);
        shop.rep.quote(&one, "submit", json!({})).await.expect(200);
        shop.manager.quote(&one, "approve", json!({})).await.expect(200);
        shows(&shop.rep.get("/my-work").await.expect(200)["quotations"], &json!([{"status": "approved"}]));
        shop.rep.quote(&one, "send", json!({"note": "微信"})).await.expect(200);

        let state = shop.rep.quote(&one, "order", json!({})).await.expect(200);
        assert_eq!(state["status"], "won");
        let order = state["order_id"].as_str().unwrap().to_owned();
        let page = shop.page(&order).await;
        shows(
            &page,
            &json!({
                "status": "draft", "payable": cny("4800.00"), "required_on": "2026-12-06", "quotation": {"number": "BJ2026000001"},
                "lines": [{"quantity": sets("10"), "unit_price": cny("480.00"), "price_source": "quotation", "book_deviation": null}],
            }),
        );
        assert_eq!(shop.rep.quote(&one, "order", json!({})).await.expect(409)["code"], "quotation.ordered");
        // The quoted price holds from its quantity on, whoever edits the draft; below it, or another one, it counts as typed.
        let edited = |quantity: &str, price: Value| {
            let line = json!({"product_id": "P001", "quantity": quantity, "unit_price": price, "price_reason": "x"});
            json!({"customer_id": "CUST001", "required_on": "2026-12-06", "lines": [line]})
        };
        for (version, quantity, price, source, unit_price) in [
            (1, "12", json!(null), "quotation", "480.00"),
            (2, "12", json!("470"), "manual", "470.00"),
            (3, "9", json!("480"), "manual", "480.00"),
            (4, "9", json!(null), "list", "500.00"),
            (5, "10", json!("480"), "quotation", "480.00"),
        ] {
            shop.rep.put(&format!("/orders/{order}"), version, edited(quantity, price.clone())).await.expect(200);
            shows(&shop.page(&order).await["lines"], &json!([{"price_source": source, "unit_price": cny(unit_price)}]));
            let checked = shop.rep.post(&format!("/orders/check?order={order}"), edited(quantity, price)).await.expect(200);
            assert_eq!(checked["lines"][0]["price_source"]["kind"], source);
        }
        let plain = json!({"customer_id": "CUST001", "required_on": "2026-12-06", "lines": [{"product_id": "P001", "quantity": "10", "unit_price": "480"}]});
        shop.rep.put(&format!("/orders/{order}"), 6, plain).await.expect(200);
        shop.rep.step(&order, "submit", json!({})).await.expect(200);
        // A copy is another order: nothing was quoted for it.
        let copy = shop.rep.step(&order, "copy", json!({})).await.json();
        let copy = copy["made"]["id"].as_str().or(copy["id"].as_str()).unwrap().to_owned();
        shows(&shop.page(&copy).await, &json!({"quotation": null, "lines": [{"price_source": "manual"}]}));
        shop.service.step(&order, "void", json!({"reason": "客户改主意"})).await.expect(200);
        shop.rep.quote(&one, "order", json!({})).await.expect(200);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_expired_needs_a_new_version_and_both_are_kept() {
    for shop in shops().await {
        shop.price_rules().await;
        let one = shop.sent_quotation(offer("480", "大客户")).await;
        let kept = shop.sent_quotation(offer("480", "大客户")).await;
        let order = shop.rep.quote(&kept, "order", json!({})).await.expect(200)["order_id"].as_str().unwrap().to_owned();
        let plain = json!({"customer_id": "CUST001", "required_on": "2026-12-20", "lines": [{"product_id": "P001", "quantity": "10", "unit_price": "480"}]});
        shop.rep.put(&format!("/orders/{order}"), 1, plain).await.expect(200);
        let shop = shop.on("2026-12-10T15:00:00Z").await;
        shows(&shop.quotation(&one).await, &json!({"status": "sent", "days_left": 0}));
        let shop = shop.on("2026-12-11T01:00:00Z").await;
        shows(&shop.quotation(&one).await, &json!({"status": "expired", "days_left": -1}));
        for verb in ["win", "order"] {
            let refused = shop.rep.quote(&one, verb, json!({})).await.expect(409);
            assert_eq!(refused["code"], "quotation.expired", "{verb}");
        }
        let listed = async |status: &str| -> Vec<String> {
            let list = shop.rep.get(&format!("/quotations?status={status}")).await.expect(200);
            items(&list).iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!((listed("expired").await, listed("sent").await.len()), (vec![one.clone()], 0));
        // The order that waited is told that its price is held no more.
        let answer = shop.rep.step(&order, "submit", json!({})).await;
        assert_eq!(answer.expect(422)["errors"][0]["code"], "line.no_price_reason");

        let second = shop.rep.quote(&one, "revise", json!({})).await.expect(200);
        shows(&second, &json!({"number": "BJ2026000001", "revision": 2, "status": "draft", "valid_until": "2026-12-30"}));
        let second = id(&second);
        assert_eq!(shop.rep.quote(&one, "revise", json!({})).await.expect(409)["code"], "quotation.not_revisable");
        let changed = with(offer("470", "再让一步"), json!({"valid_until": "2026-12-31"}));
        shop.rep.put(&format!("/quotations/{second}"), 1, changed).await.expect(200);
        let page = shop.quotation("BJ2026000001").await;
        shows(&page, &json!({"id": second, "latest": true, "payable": cny("4700.00"), "lines": [{"unit_price": cny("470.00")}]}));
        shows(
            &page["versions"],
            &json!([{"id": one, "revision": 1, "status": "superseded", "payable": cny("4800.00")}, {"revision": 2, "status": "draft"}]),
        );
        shows(&shop.quotation(&one).await, &json!({"latest": false, "lines": [{"unit_price": cny("480.00")}]}));
        assert_eq!(items(&shop.rep.get("/quotations?q=BJ2026000001").await.expect(200)).len(), 1);
        assert_eq!(items(&shop.rep.get("/quotations?q=BJ2026000001&all_versions=true").await.expect(200)).len(), 2);

        shop.rep.quote(&second, "submit", json!({})).await.expect(200);
        shop.manager.quote(&second, "approve", json!({})).await.expect(200);
        shop.rep.quote(&second, "send", json!({})).await.expect(200);
        assert_eq!(shop.rep.quote(&second, "lose", json!({})).await.expect(422)["errors"][0]["pointer"], "/reason");
        assert_eq!(shop.rep.quote(&second, "lose", json!({"reason": "other"})).await.expect(422)["errors"][0]["pointer"], "/note");
        shop.rep.quote(&second, "lose", json!({"reason": "price", "note": "对手报 450"})).await.expect(200);
        shows(&shop.quotation(&second).await, &json!({"status": "lost", "reason": "price", "end_note": "对手报 450"}));
        let third = shop.rep.quote(&second, "revise", json!({})).await.expect(200);
        assert_eq!(third["revision"], 3);
        shows(&shop.quotation(&second).await, &json!({"status": "lost", "latest": false}));
        shop.rep.quote(&id(&third), "withdraw", json!({"reason": "不报了"})).await.expect(200);
        let text = shop.rep.get("/quotations?format=csv").await.text();
        assert!(text.contains("BJ2026000001") && text.contains("4700.00"), "{text}");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wrote_it_does_not_approve_it_and_who_may_not_see_it_does_not() {
    for shop in shops().await {
        let own = id(&shop.manager.post("/quotations", offer("500", "")).await.expect(201));
        shop.manager.quote(&own, "submit", json!({})).await.expect(200);
        assert_eq!(shop.manager.quote(&own, "approve", json!({})).await.expect(403)["code"], "quotation.own");
        assert_eq!(shop.manager.get("/my-work").await.expect(200)["quotations"], json!([]));
        let page = shop.manager.get(&format!("/quotations/{own}")).await.expect(200);
        let approve = page["actions"].as_array().unwrap().iter().find(|action| action["verb"] == "approve").cloned().unwrap();
        shows(&approve, &json!({"allowed": false, "code": "quotation.own"}));
        assert_eq!(shop.warehouse.post("/quotations", offer("500", "")).await.expect(403)["code"], "denied");
        let empty = with(offer("500", ""), json!({"lines": []}));
        let empty = shop.quoted(empty).await;
        assert_eq!(shop.rep.quote(&empty, "submit", json!({})).await.expect(422)["errors"][0]["pointer"], "/lines");
        let wrong = with(offer("500", ""), json!({"customer_id": "NOBODY", "lead_days": -1}));
        assert_eq!(shop.rep.post("/quotations", wrong).await.expect(422)["errors"][0]["pointer"], "/lead_days");
        shop.manager.quote(&own, "withdraw", json!({"reason": "重复"})).await.expect(200);
        let refused = shop.manager.quote(&own, "withdraw", json!({"reason": "重复"})).await.expect(409);
        assert_eq!(refused["code"], "quotation.ended");
        // The standard rules take orders from a quotation as any other.
        shop.receive("P001", "50").await;
        let one = shop.sent_quotation(offer("500", "")).await;
        shop.rep.quote(&one, "win", json!({"reason": "price", "note": "电话确认"})).await.expect(200);
        let order = shop.rep.quote(&one, "order", json!({})).await.expect(200)["order_id"].as_str().unwrap().to_owned();
        shop.rep.step(&order, "submit", json!({})).await.expect(200);
        shop.service.step(&order, "review", ticked()).await.expect(200);
        shop.manager.step(&order, "approve", json!({})).await.expect(200);
        shows(&shop.page(&order).await, &json!({"status": "effective", "lines": [{"reserved": sets("10")}]}));
        shop.verify().await;
    }
}

/// PRC-05, QUO-01
#[tokio::test(flavor = "multi_thread")]
async fn who_approves_a_quotation_sees_what_it_would_earn_and_who_may_not_know_costs_does_not() {
    for shop in shops().await {
        shop.cost("400").await;
        let one = shop.quoted(offer("480", "大客户")).await;
        shop.rep.quote(&one, "submit", json!({})).await.expect(200);
        let page = shop.manager.get(&format!("/quotations/{one}")).await.expect(200);
        // 4,800.00 with 13 % tax are 4,247.79 without; ten cost 4,000.00.
        shows(
            &page,
            &json!({
                "margin": {"known": true, "net": cny("4247.79"), "cost": cny("4000.00"), "amount": cny("247.79"), "percent": "5.83", "low": true},
                "lines": [{"unit_cost": cny("400.00"), "margin_percent": "5.83"}],
            }),
        );
        let page = shop.quotation(&one).await;
        assert_eq!(page["margin"], Value::Null);
        assert!(page["lines"][0].get("unit_cost").is_none() && page["lines"][0].get("margin_percent").is_none(), "{page}");
    }
}

/// QUO-01
#[tokio::test(flavor = "multi_thread")]
async fn a_quotation_is_printed_from_its_own_page_once_it_is_approved() {
    for shop in shops().await {
        let one = shop.quoted(offer("480", "大客户")).await;
        let of = format!("/quotations/{one}/documents");
        let asked = json!({"kind": "quotation", "language": "zh-CN"});
        assert_eq!(shop.rep.post(&of, asked.clone()).await.expect(409)["code"], "document.not_approved");
        shows(&shop.rep.get(&of).await.expect(200)["kinds"], &json!([{"kind": "quotation", "allowed": false}]));
        shop.rep.quote(&one, "submit", json!({})).await.expect(200);
        shop.manager.quote(&one, "approve", json!({})).await.expect(200);
        let made = shop.rep.post(&of, asked.clone()).await.expect(201);
        shows(
            &made,
            &json!({"kind": "quotation", "subject": "quotation", "subject_id": one, "subject_number": "BJ2026000001", "order_id": null}),
        );
        // The same facts on the same day are the same document, kept by its hash.
        assert_eq!(id(&shop.rep.post(&of, asked).await.expect(201)), id(&made));
        let file = shop.manager.get(&format!("/documents/{}/content", id(&made))).await;
        file.expect(200);
        assert!(file.bytes.starts_with(b"%PDF-"));
        assert_eq!(items(&shop.rep.get(&of).await.expect(200)).len(), 1);
        assert_eq!(items(&shop.finance.get("/customers/CUST001/documents").await.expect(200)).len(), 0, "no statement");
        // The next version is another paper, and waits for its own approval.
        let next = id(&shop.rep.quote(&one, "revise", json!({})).await.expect(200));
        shows(
            &shop.rep.get(&format!("/quotations/{next}/documents")).await.expect(200),
            &json!({"items": [], "kinds": [{"allowed": false}]}),
        );
        let other = json!({"kind": "order_form"});
        assert_eq!(shop.rep.post(&format!("/quotations/{next}/documents"), other).await.pointers()[0].1, "document.other_subject");
        shop.verify().await;
    }
}
