//! Two files of one customer made one, over HTTP (PTY-03).

use serde_json::{Value, json};
use store::query::merge as papers;

use crate::client::Client;
use crate::shop::{Shop, cny, id, order_of, parcel, shops, shows, with};

fn order_for(code: &str, pieces: i64) -> Value {
    with(order_of(pieces), json!({"customer_id": code}))
}

async fn account(who: &Client, code: &str) -> Value {
    who.get(&format!("/customers/{code}/credit")).await.expect(200)["account"].clone()
}

async fn numbers(who: &Client, path: &str) -> usize {
    who.get(path).await.expect(200)["items"].as_array().unwrap().len()
}

/// Two files of one customer, both with an order; that of the second is billed and half paid, and has a quotation, a price and a portal user.
async fn doubles(shop: &Shop) -> (String, String) {
    shop.add_customer("K1", json!({"name": "杭州明华印务有限公司", "credit_limit": "9000", "terms_days": 10})).await;
    let second = json!({
        "name": "明华印务", "credit_limit": "20000", "terms_days": 30, "bank": "工行", "credit_code": "91330100799655058B",
        "contacts": [{"name": "王经理", "phone": "13800138000"}, {"name": "李华", "phone": "13900139000"}],
    });
    shop.add_customer("K2", second).await;
    shop.receive("P001", "50").await;
    let first = shop.effective(order_for("K1", 2)).await;
    let other = shop.effective(order_for("K2", 4)).await;
    shop.warehouse.step(&other, "ship", parcel("4")).await.expect(200);
    shop.finance.step(&other, "invoice", json!({})).await.expect(200);
    shop.finance.step(&other, "record-payment", json!({"amount": "500"})).await.expect(200);
    let price = json!({"product_id": "P001", "customer_id": "K2", "price": "480", "valid_from": "2026-01-01"});
    let entered = shop.manager.post("/prices", price).await;
    assert!(entered.status == 201 || entered.status == 422, "{}", entered.text());
    (first, other)
}

/// What the file that stays shows of both.
async fn is_one(shop: &Shop, first: &str, other: &str) {
    let parts = json!({"open_orders": cny("1000.00"), "open_invoices": cny("1500.00"), "unallocated": cny("0.00"), "used": cny("2500.00")});
    shows(&account(&shop.finance, "K1").await, &parts);
    shows(&account(&shop.finance, "K2").await, &parts);
    for code in ["K1", "K2"] {
        assert_eq!(numbers(&shop.rep, &format!("/orders?customer={code}")).await, 2, "{code} finds the orders of both");
        assert_eq!(numbers(&shop.finance, &format!("/invoices?customer={code}")).await, 1);
        assert_eq!(numbers(&shop.finance, &format!("/payments?customer={code}")).await, 1);
    }
    assert_eq!(shop.page(other).await["customer"]["id"], shop.page(first).await["customer"]["id"]);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn merged_files_are_one_with_the_papers_and_the_balance_of_both() {
    for shop in shops().await {
        let (first, other) = doubles(&shop).await;
        let stays = shop.rep.get("/customers/K1").await.expect(200);
        let gone = shop.rep.get("/customers/K2").await.expect(200);
        let preview = shop.manager.get("/customers/K1/merge/K2").await.expect(200);
        assert_eq!((&preview["refusal"], &preview["exposure"]), (&Value::Null, &cny("2500.00")));
        for field in ["name", "credit_code", "terms_days", "credit_limit", "bank"] {
            assert!(preview["differs"].as_array().unwrap().contains(&json!(field)), "{field}: {}", preview["differs"]);
        }
        assert!(preview["moves"].as_array().unwrap().contains(&json!({"kind": "orders", "count": 1})), "{}", preview["moves"]);

        let body = json!({"take": ["credit_code", "bank", "credit_limit"], "reason": "同一家公司"});
        shop.rep.post("/customers/K1/merge/K2", body.clone()).await.expect(403);
        shop.manager.post("/customers/K1/merge/K2", json!({"reason": " "})).await.expect(422);
        shop.manager.post("/customers/K1/merge/K2", json!({"take": ["code"], "reason": "x"})).await.expect(422);
        assert_eq!(shop.manager.post("/customers/K1/merge/K1", body.clone()).await.expect(422)["code"], "customer.same_customer");
        shop.manager.post("/customers/K1/merge/K2", body.clone()).await.expect(200);

        is_one(&shop, &first, &other).await;
        let file = shop.rep.get("/customers/K1").await.expect(200);
        shows(&file, &json!({"name": stays["name"], "bank": "工行", "credit_code": gone["credit_code"], "credit_limit": cny("20000.00")}));
        assert_eq!(file["terms_days"], 10, "what was not taken stays its own");
        let people: Vec<&str> = file["contacts"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(people, ["王经理", "李华"]);
        // The file that went is still to be read; its code, its name and its phone find the one that stays.
        let kept = shop.rep.get(&format!("/customers/{}", gone["id"].as_str().unwrap())).await.expect(200);
        assert_eq!((&kept["merged_into"]["code"], &kept["active"]), (&json!("K1"), &json!(false)));
        assert_eq!(shop.rep.get("/customers/K2").await.expect(200)["code"], "K1");
        for words in ["k2", "明华印务", "minghua"] {
            let found = shop.rep.get(&format!("/customers?q={words}")).await.expect(200);
            assert_eq!(found["items"][0]["code"], "K1", "{words}");
            assert_eq!(found["items"].as_array().unwrap().len(), 1, "{words}");
        }
        let merged = shop.rep.get("/customers/K1/merged").await.expect(200);
        assert_eq!((&merged[0]["code"], &merged[0]["reason"]), (&json!("K2"), &json!("同一家公司")));
        // An order for the old code is one of the customer, and nothing is done to the old file.
        let third = shop.effective(order_for("K2", 1)).await;
        assert_eq!(account(&shop.finance, "K1").await["used"], cny("3000.00"));
        assert_eq!(shop.page(&third).await["customer"]["code"], "K1");
        let old = gone["id"].as_str().unwrap();
        assert_eq!(shop.admin.post(&format!("/customers/{old}/activate"), json!({})).await.expect(409)["code"], "customer.merged");
        let told = shop.admin.get("/audit?limit=50").await.text();
        assert!(told.contains("CustomerMerged") && told.contains("同一家公司"), "{told}");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_cannot_be_one_stay_two_and_nothing_changes() {
    for shop in shops().await {
        shop.add_customer("K1", json!({"credit_code": "91330100799655058B"})).await;
        shop.add_customer("K2", json!({"credit_code": "91440300708461136T"})).await;
        shop.add_customer("K3", json!({"currency": "USD"})).await;
        let body = json!({"reason": "同一家公司"});
        let refused = shop.manager.post("/customers/K1/merge/K2", body.clone()).await.expect(409);
        assert_eq!(refused["code"], "customer.credit_codes_differ");
        assert!(shop.manager.get("/customers/K1/merge/K2").await.expect(200)["refusal"].as_str().unwrap().contains("91440300708461136T"));
        let taken = json!({"take": ["credit_limit"], "reason": "同一家公司"});
        let refused = shop.manager.post("/customers/K1/merge/K3", taken).await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/take/credit_limit".to_owned(), "customer.merge_currency".to_owned())]);
        assert_eq!(numbers(&shop.rep, "/customers?q=客户K").await, 3);
        shop.manager.post("/customers/K1/merge/K3", body.clone()).await.expect(200);
        let again = shop.manager.get("/customers/K3").await.expect(200);
        assert_eq!(again["code"], "K1");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_placed_at_the_same_moment_is_counted_on_the_file_that_stays() {
    for shop in shops().await {
        let (first, other) = doubles(&shop).await;
        let late = shop.draft(order_for("K2", 1)).await;
        let open = shop.reviewed(order_for("K2", 2)).await;
        let body = json!({"reason": "同一家公司"});
        let (merged, approved) =
            tokio::join!(shop.manager.post("/customers/K1/merge/K2", body), shop.finance.step(&open, "approve", json!({})),);
        merged.expect(200);
        assert!([200, 403, 409].contains(&approved.status.as_u16()), "{}", approved.text());
        shop.manager.step(&open, "approve", json!({})).await;
        shop.rep.step(&late, "submit", json!({})).await.expect(200);
        web::tick(&shop.server.app).await;
        let stays = shop.rep.get("/customers/K1").await.expect(200)["id"].clone();
        assert_eq!(shop.page(&late).await["customer"]["id"], stays);
        assert_eq!(numbers(&shop.rep, "/orders?customer=K1").await, 4);
        let company = shop.server.company;
        for order in [&first, &other, &open] {
            assert_eq!(shop.page(order).await["customer"]["id"], stays);
        }
        let merged = shop.rep.get("/customers/K1/merged").await.expect(200);
        let (gone, into) = (merged[0]["id"].as_str().unwrap().parse().unwrap(), stays.as_str().unwrap().parse().unwrap());
        let left = shop.server.app.store.read(move |reader| papers::papers(reader, company, gone, into, 10)).await.unwrap();
        assert!(left.is_empty(), "nothing is kept under the file that went: {left:?}");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_merged_before_goes_along_and_blocks_and_releases_too() {
    for shop in shops().await {
        doubles(&shop).await;
        shop.add_customer("K0", json!({"name": "明华印务厂", "credit_limit": "100"})).await;
        let until = "2026-12-01T00:00:00Z";
        let release = json!({"amount": "700", "expires_at": until, "reason": "月底回款"});
        shop.finance.post("/customers/K1/release-credit", release).await.expect(200);
        shop.finance.post("/customers/K2/block", json!({"reason": "对账"})).await.expect(200);
        let body = json!({"reason": "同一家公司"});
        shop.manager.post("/customers/K1/merge/K2", body.clone()).await.expect(200);
        let page = shop.finance.get("/customers/K1/credit").await.expect(200);
        assert_eq!((&page["account"]["blocked"], &page["account"]["released"]), (&json!(true), &cny("700.00")));
        shop.verify().await;
        shop.manager.post("/customers/K0/merge/K1", body).await.expect(200);
        assert_eq!(shop.rep.get("/customers/K2").await.expect(200)["code"], "K0");
        let page = account(&shop.finance, "K0").await;
        shows(&page, &json!({"released": cny("700.00"), "blocked": true, "used": cny("2500.00")}));
        assert_eq!(shop.rep.get("/customers/K0/merged").await.expect(200).as_array().unwrap().len(), 2);
        shop.finance.post("/customers/K0/unblock", json!({"reason": "已对账"})).await.expect(200);
        let _ = id(&shop.rep.get("/customers/K0").await.expect(200));
        shop.verify().await;
    }
}

/// PTY-03, PTY-05, PRC-06: what was asked for and agreed to, promotions for the one customer and how often they were used, and agents go along and are told before.
#[tokio::test(flavor = "multi_thread")]
async fn inquiries_promotions_consents_and_agent_links_go_along() {
    for shop in shops().await {
        for (code, name) in [("K1", "杭州明华印务有限公司"), ("K2", "明华印务"), ("AG", "华东代理商")] {
            shop.add_customer(code, json!({"name": name})).await;
        }
        let asked = json!({"customer_id": "K2", "channel": "phone", "said": "要P001大概10个"});
        let inquiry = id(&shop.rep.post("/inquiries", asked).await.expect(201));
        let promotion = json!({
            "code": "MH", "names": {"zh-CN": "明华专享", "zh-TW": "明華專享", "en": "For Minghua"}, "customer_id": "K2", "limit_customer": 1,
            "valid_from": "2026-11-01", "valid_to": "2026-12-31", "effect": "line_percent", "percent": "10", "min_quantity": "1",
        });
        let promotion = id(&shop.rep.post("/promotions", promotion).await.expect(201));
        shop.manager.post(&format!("/promotions/{promotion}/activate"), json!({})).await.expect(200);
        let order = shop.place(order_for("K2", 2)).await;
        assert_eq!(shop.page(&order).await["payable"], cny("900.00"));
        let consent = json!({"person": "王经理", "purpose": "marketing", "given_on": "2026-11-20", "evidence": "签字"});
        shop.rep.post("/customers/K2/consents", consent).await.expect(201);

        let preview = shop.manager.get("/customers/K1/merge/K2").await.expect(200);
        for kind in ["inquiries", "promotions", "consents"] {
            assert!(preview["moves"].as_array().unwrap().contains(&json!({"kind": kind, "count": 1})), "{kind}: {}", preview["moves"]);
        }
        assert!(preview["moves"].as_array().unwrap().contains(&json!({"kind": "agent_links", "count": 0})), "{}", preview["moves"]);
        shop.manager.post("/customers/K1/merge/K2", json!({"reason": "同一家公司"})).await.expect(200);

        assert_eq!(shop.rep.get(&format!("/inquiries/{inquiry}")).await.expect(200)["customer"]["code"], "K1");
        let aimed = shop.rep.get(&format!("/promotions/{promotion}")).await.expect(200);
        assert_eq!(aimed["customer"]["code"], "K1");
        assert_eq!(shop.rep.get("/customers/K1/consents").await.expect(200)[0]["person"], "王经理");
        // The one use was the other file's: there is no further one until it is given back.
        let more = shop.draft(order_for("K1", 2)).await;
        assert_eq!(shop.page(&more).await["payable"], cny("1000.00"));
        shop.service.step(&order, "void", json!({"reason": "客户不要了"})).await.expect(200);
        let again = shop.draft(order_for("K1", 2)).await;
        assert_eq!(shop.page(&again).await["payable"], cny("900.00"));
        shop.verify().await;
    }
}
