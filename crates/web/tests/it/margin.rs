//! Costs and margins over HTTP: rules decide by them, and nobody without `product.cost` is told of them.

use serde_json::{Value, json};

use crate::client::Client;
use crate::import::upload;
use crate::shop::{Shop, cny, id, items, shops, shows};

/// Orders that earn less than 15 % also go to finance; shipping them is held up by a gate that names the margin.
const RULES: &str = r#"
title = "毛利"

[[approval]]
code = "manager"
name = "销售经理审批"
stage = 1
roles = ["sales_manager"]

[[approval]]
code = "low_margin"
name = "低毛利会签"
stage = 2
roles = ["finance"]
when = "order.cost_known && order.margin_percent < 15"

[[checklist]]
code = "customer"
[[checklist]]
code = "lines"
[[checklist]]
code = "price"
[[checklist]]
code = "delivery"
[[checklist]]
code = "terms"

[[gate]]
code = "ship.margin"
on = ["ship"]
require = "order.margin_percent >= 5 && order.payable > order.cost"
message = "毛利过低，不得发货。"
override = ["sales_manager"]
"#;

impl Shop {
    /// The rules of this test come into force; the product costs 400.00, 442.48 without tax are asked for it.
    async fn with_margins(&self) {
        self.rules(RULES).await;
        self.cost("400").await;
        self.receive("P001", "1000").await;
    }

    /// The product costs this much from now on.
    pub(crate) async fn cost(&self, cost: &str) {
        let mut product = product_input(&self.admin).await;
        let version = product.1;
        product.0["standard_cost"] = json!(cost);
        self.admin.put("/products/P001", version, product.0).await.expect(200);
    }

    /// An order at a price with tax, reviewed.
    async fn priced(&self, price: &str) -> String {
        let line = json!({"product_id": "P001", "quantity": "10", "unit_price": price});
        self.reviewed(json!({"customer_id": "CUST001", "required_on": "2026-12-15", "lines": [line]})).await
    }
}

/// The product as the form sends it, and its version.
async fn product_input(client: &Client) -> (Value, i64) {
    let mut product = client.get("/products/P001").await.expect(200);
    let version = product["version"].as_i64().unwrap();
    for name in ["id", "version", "active"] {
        product.as_object_mut().unwrap().remove(name);
    }
    product["list_price"] = product["list_price"]["amount"].clone();
    if let Some(cost) = product.get("standard_cost").cloned() {
        product["standard_cost"] = cost["amount"].clone();
    }
    (product, version)
}

fn roles(page: &Value) -> Vec<&str> {
    page["approvals"].as_array().unwrap().iter().map(|step| step["role"].as_str().unwrap()).collect()
}

/// Nothing in it that only those who may know costs are told.
#[track_caller]
fn tells_nothing(answer: &str) {
    for word in
        ["4000.00", "400.00", "\"margin\":", "unit_cost", "standard_cost", "标准成本", "Standard cost", "low_margin\",\"name\":\"Low"]
    {
        assert!(!answer.contains(word), "{word} in {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matrix_rule_decides_by_the_margin() {
    for shop in shops().await {
        shop.with_margins().await;
        // 10 × 565.00 with tax is 5,000.00 without: 1,000.00 earned, 20 %. 10 × 525.00: 4,646.02, 646.02, 13.90 %.
        let (good, poor) = (shop.priced("565.00").await, shop.priced("525.00").await);
        let page = shop.manager.get(&format!("/orders/{good}")).await.expect(200);
        assert_eq!(roles(&page), ["sales_manager"]);
        let earned = json!({"known": true, "net": cny("5000.00"), "cost": cny("4000.00"), "amount": cny("1000.00"), "percent": "20.00", "lowest_percent": "20.00", "low": false});
        shows(&page, &json!({"margin": earned, "lines": [{"unit_cost": cny("400.00"), "margin_percent": "20.00"}]}));
        let page = shop.finance.get(&format!("/orders/{poor}")).await.expect(200);
        assert_eq!(roles(&page), ["sales_manager", "finance"]);
        shows(&page["margin"], &json!({"net": cny("4646.02"), "amount": cny("646.02"), "percent": "13.90"}));
        shop.manager.step(&good, "approve", json!({})).await.expect(200);
        assert_eq!(shop.manager.step(&poor, "approve", json!({})).await.expect(200)["status"], "reviewed");
        assert_eq!(shop.finance.step(&poor, "approve", json!({})).await.expect(200)["status"], "effective");

        // A later cost changes nothing of what is there, but what is priced from now on; also a copy.
        shop.cost("480.00").await;
        let page = shop.manager.get(&format!("/orders/{good}")).await.expect(200);
        assert_eq!(page["margin"]["percent"], "20.00");
        let copy = shop.rep.step(&good, "copy", json!({})).await.expect(200)["made"]["id"].as_str().unwrap().to_owned();
        let page = shop.manager.get(&format!("/orders/{copy}")).await.expect(200);
        shows(&page["margin"], &json!({"amount": cny("200.00"), "percent": "4.00", "low": true}));
        let risks: Vec<&str> = page["rules"]["risks"].as_array().unwrap().iter().map(|risk| risk["code"].as_str().unwrap()).collect();
        assert!(risks.contains(&"low_margin"), "{risks:?}");

        // Replayed on past orders, another limit asks others.
        let raised = RULES.replace("< 15", "< 25");
        let draft = shop.admin.post("/blueprints", json!({"content": raised, "why": "提高"})).await.expect(201);
        let replay = shop.admin.get(&format!("/blueprints/{}/replay", draft["id"].as_str().unwrap())).await.expect(200);
        shows(&replay, &json!({"looked_at": 2, "differing": 1, "approvals": [{"name": "低毛利会签", "more": 1, "fewer": 0}]}));
        assert_eq!(items(&replay)[0]["id"], good);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_know_costs_is_told_nothing_of_them() {
    for shop in shops().await {
        shop.with_margins().await;
        let poor = shop.priced("410.00").await;
        shop.manager.step(&poor, "approve", json!({})).await.expect(200);
        shop.finance.step(&poor, "approve", json!({})).await.expect(200);

        // Below its cost: 3,628.32 less 4,000.00.
        let shut = shop.warehouse.step(&poor, "ship", crate::shop::parcel("10")).await;
        let refused = shut.expect(409);
        let missing: Vec<&Value> = refused["gates"][0]["missing"].as_array().unwrap().iter().collect();
        assert_eq!(missing[0]["fact"], "order.margin_percent");
        assert_eq!((&missing[0]["current"], &missing[0]["required"]), (&json!("confidential"), &json!("≥ 5%")));
        let whole = refused.to_string();
        assert!(!whole.contains("10.2") && !whole.contains("4000") && !whole.contains("4,000"), "{whole}");
        // Who may know them sees on the page what the gate misses.
        let page = shop.manager.get(&format!("/orders/{poor}")).await.expect(200).to_string();
        assert!(page.contains("-10.24"), "{page}");

        for person in [&shop.rep, &shop.warehouse, &shop.service] {
            for path in [
                format!("/orders/{poor}"),
                "/orders?q=SO".to_owned(),
                "/orders?format=csv".to_owned(),
                format!("/orders/{poor}/events"),
                "/products/P001".to_owned(),
                "/products".to_owned(),
                "/my-work".to_owned(),
            ] {
                let answer = person.get(&path).await;
                tells_nothing(&answer.text());
            }
        }
        tells_nothing(&shop.rep.get("/products?format=csv").await.text());
        let file = shop.manager.get("/products?format=csv").await.text();
        assert!(file.contains("Standard cost") && file.contains("400.00"), "{file}");
        let listed = shop.manager.get("/products").await.expect(200);
        assert_eq!(items(&listed)[0]["standard_cost"], cny("400.00"));

        // The trail of changes: the auditor may look at everything but costs.
        let audit = shop.admin.get("/audit?subject=P001").await.expect(200).to_string();
        assert!(audit.contains("standard_cost"), "{audit}");
        let auditor = shop.server.sign_in("auditor").await;
        let trail = auditor.get("/audit?subject=P001").await.expect(200);
        assert!(!items(&trail).is_empty());
        tells_nothing(&trail.to_string());
        tells_nothing(&auditor.get("/audit?subject=P001&format=csv").await.text());
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cost_is_set_only_by_those_who_may() {
    for shop in shops().await {
        shop.cost("400").await;
        let role = json!({
            "code": "clerk", "name": {"zh-CN": "文员", "zh-TW": "文員", "en": "Clerk"},
            "permissions": ["product.view", "product.create", "product.edit", "price.edit", "import.run"],
        });
        shop.admin.post("/roles", role).await.expect(201);
        shop.server.add_user("clerk", "clerk").await;
        let clerk = shop.server.sign_in("clerk").await;
        let (mut product, version) = product_input(&clerk).await;
        assert!(product.get("standard_cost").is_none());
        for cost in [json!("1"), json!("400"), Value::Null] {
            let mut wrong = product.clone();
            wrong["standard_cost"] = cost;
            let refused = clerk.put("/products/P001", version, wrong).await;
            shows(&refused.expect(422)["errors"], &json!([{"pointer": "/standard_cost", "code": "value.not_permitted"}]));
        }
        product["name"] = json!("A产品 二型");
        clerk.put("/products/P001", version, product).await.expect(200);
        assert_eq!(shop.admin.get("/products/P001").await.expect(200)["standard_cost"], cny("400.00"), "what is left out stays");
        let file = [("products.csv", "Product code,Product,Unit,Standard cost\nP001,A产品 二型,台,410\n".as_bytes().to_vec())];
        let preview = upload(&clerk, &file, &[("mapping", "shundan-products")]).await.expect(201);
        shows(&preview["errors"], &json!([{"column": "D", "code": "value.not_permitted"}]));
        let preview = upload(&shop.admin, &file, &[("mapping", "shundan-products")]).await.expect(201);
        assert_eq!((&preview["counts"]["products"]["changed"], &preview["errors"]), (&json!(1), &json!([])));
        let (mut product, version) = product_input(&shop.admin).await;
        product["standard_cost"] = json!("-1");
        let wrong = shop.admin.put("/products/P001", version, product.clone()).await;
        assert_eq!(wrong.expect(422)["errors"][0]["pointer"], "/standard_cost");
        product["standard_cost"] = Value::Null;
        shop.admin.put("/products/P001", version, product).await.expect(200);
        assert_eq!(shop.admin.get("/products/P001").await.expect(200)["standard_cost"], Value::Null);
        let made = shop.rep.post("/orders", crate::shop::order_of(1)).await.expect(201);
        let page = shop.manager.get(&format!("/orders/{}", id(&made))).await.expect(200);
        shows(&page["margin"], &json!({"known": false, "net": null, "percent": null, "low": false}));
    }
}
