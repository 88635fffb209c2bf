//! New customers verified by somebody else, over HTTP (PTY-04).

use serde_json::{Value, json};

use crate::shop::{Shop, order_of, shops, with};

fn checks() -> Value {
    json!({"checks": ["licence", "phone", "address"], "note": "执照、电话、地址已核"})
}

async fn unverified(shop: &Shop) -> Vec<String> {
    let found = shop.finance.get("/customers?verified=false").await.expect(200);
    found["items"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

/// Rules by which nobody buys who is not verified.
const GATED: &str = "title = \"x\"\n[[checklist]]\ncode = \"lines\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n\
    [[gate]]\ncode = \"approve.customer_verified\"\non = [\"approve\"]\nrequire = \"customer.verified\"\nmessage = \"Not verified yet\"\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_customer_is_verified_by_somebody_else_who_looked_at_everything() {
    for shop in shops().await {
        let before = unverified(&shop).await;
        shop.manager.post("/customers", json!({"code": "N1", "name": "新客户一"})).await.expect(201);
        assert_eq!(unverified(&shop).await.len(), before.len() + 1);
        let page = shop.rep.get("/customers/N1").await.expect(200);
        assert_eq!((&page["verified"], &page["verification"]["verified_by"]), (&json!(false), &Value::Null));
        shop.rep.post("/customers/N1/verify", checks()).await.expect(403);
        assert_eq!(shop.manager.post("/customers/N1/verify", checks()).await.expect(403)["code"], "customer.verify_same_person");
        let refused = shop.finance.post("/customers/N1/verify", json!({"checks": ["licence"]})).await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/checks".to_owned(), "customer.checks_open".to_owned())]);
        shop.finance.post("/customers/N1/verify", json!({"checks": ["stamp"]})).await.expect(422);
        shop.finance.post("/customers/N1/verify", checks()).await.expect(200);
        assert_eq!(shop.finance.post("/customers/N1/verify", checks()).await.expect(409)["code"], "customer.already_verified");
        let page = shop.rep.get("/customers/N1").await.expect(200);
        assert_eq!((&page["verified"], &page["verification"]["note"]), (&json!(true), &json!("执照、电话、地址已核")));
        assert_eq!(unverified(&shop).await, before);
        // Another name is another customer for who looked at it; another phone is not.
        let file = |name: &str, notes: &str| json!({"code": "N1", "name": name, "notes": notes});
        shop.rep.put("/customers/N1", 2, file("新客户一", "改备注")).await.expect(200);
        assert_eq!(unverified(&shop).await, before);
        shop.rep.put("/customers/N1", 3, file("完全另一家", "")).await.expect(200);
        let page = shop.rep.get("/customers/N1").await.expect(200);
        let rep = shop.rep.get("/session").await.expect(200)["user"]["id"].clone();
        assert_eq!((&page["verified"], &page["verification"]["entered_by"]["id"]), (&json!(false), &rep));
        let told = shop.admin.get("/audit?limit=20").await.text();
        assert!(told.contains("CustomerVerified"), "{told}");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_a_customer_nobody_verified_does_not_take_effect_where_the_rules_say_so() {
    for shop in shops().await {
        shop.rules(GATED).await;
        shop.add_customer("N1", json!({})).await;
        shop.receive("P001", "10").await;
        let order = shop.place(with(order_of(2), json!({"customer_id": "N1"}))).await;
        shop.service.step(&order, "review", json!({"checklist": ["lines"]})).await.expect(200);
        let refused = shop.manager.step(&order, "approve", json!({})).await.expect(409);
        assert_eq!(refused["gates"][0]["code"], "approve.customer_verified");
        assert_eq!(refused["gates"][0]["missing"][0]["fact"], "customer.verified");
        shop.finance.post("/customers/N1/verify", checks()).await.expect(200);
        assert_eq!(shop.manager.step(&order, "approve", json!({})).await.expect(200)["status"], "effective");
        shop.verify().await;
    }
}
