//! Prices that are typed away from the book or from what the customer last paid, and prices below the floor.

use serde_json::{Value, json};

use crate::shop::{Shop, cny, shops, shows, ticked, with};

const RULES: &str = r#"
title = "价格"
price_reason_above = 2

[[approval]]
code = "manager"
stage = 1
roles = ["sales_manager"]

[[approval]]
code = "off"
stage = 2
roles = ["finance"]
when = "order.price_deviation_percent > 3 || lines.off_book > 1"

[[approval]]
code = "floor"
stage = 3
roles = ["admin"]
when = "lines.below_floor > 0"

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
"#;

async fn rules(shop: &Shop) {
    shop.receive("P001", "1000").await;
    shop.rules(RULES).await;
}

fn order(unit_price: &str, reason: &str) -> Value {
    let line = json!({"product_id": "P001", "quantity": "10", "unit_price": unit_price, "price_reason": reason});
    json!({"customer_id": "CUST001", "required_on": "2026-12-15", "lines": [line]})
}

fn roles(page: &Value) -> Vec<&str> {
    page["approvals"].as_array().unwrap().iter().map(|step| step["role"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_off_the_book_or_the_last_one_is_flagged_and_needs_a_reason() {
    for shop in shops().await {
        rules(&shop).await;
        // 480 is 4 % below the book: a reason is asked for, at its field.
        let answer = shop.rep.post("/orders?submit=true", order("480", " ")).await;
        assert_eq!(answer.expect(422)["errors"][0]["code"], "line.no_price_reason");
        assert_eq!(answer.pointers()[0].0, "/lines/0/price_reason");
        let checked = shop.rep.post("/orders/check", order("480", "")).await.expect(200);
        assert_eq!(checked["errors"][0]["pointer"], "/lines/0/price_reason");
        let source =
            json!({"kind": "manual", "book_price": cny("500.00"), "book_deviation": "-4.00", "last_price": null, "last_deviation": null});
        shows(&checked["lines"][0]["price_source"], &source);
        let long = shop.rep.post("/orders", order("480", &"x".repeat(201))).await;
        assert_eq!(long.expect(422)["errors"][0]["pointer"], "/lines/0/price_reason");
        // Two percent are within what the rules let pass.
        shop.place(order("490", "")).await;

        let first = shop.place(order("480", "老客户年度协议")).await;
        shop.service.step(&first, "review", ticked()).await.expect(200);
        let page = shop.page(&first).await;
        assert_eq!(roles(&page), ["sales_manager", "finance"]);
        shows(&page["lines"][0], &json!({"book_deviation": "-4.00", "price_reason": "老客户年度协议", "last_price": null}));
        shop.manager.step(&first, "approve", json!({})).await.expect(200);
        // It counts as the last price only once the order is effective.
        shows(&shop.page(&shop.draft(order("480", "x")).await).await["lines"][0], &json!({"last_price": null}));
        shop.finance.step(&first, "approve", json!({})).await.expect(200);

        // The book's own price is not off, also where the customer paid another one before.
        let own = json!({"customer_id": "CUST001", "required_on": "2026-12-15", "lines": [{"product_id": "P001", "quantity": "1"}]});
        let line = shop.page(&shop.place(own).await).await["lines"][0].clone();
        shows(&line, &json!({"price_source": "list", "last_price": cny("480.00"), "last_price_on": "2026-11-21"}));
        shows(&line, &json!({"book_deviation": null, "last_deviation": null}));
        // 495 is 1 % off the book and 3.125 % above the last price, shown rounded down.
        let answer = shop.rep.post("/orders?submit=true", order("495", "")).await;
        assert_eq!(answer.expect(422)["errors"][0]["code"], "line.no_price_reason");
        let second = shop.place(order("495", "加急")).await;
        shows(&shop.page(&second).await["lines"][0], &json!({"book_deviation": "-1.00", "last_deviation": "3.12"}));
        shop.service.step(&second, "review", ticked()).await.expect(200);
        assert_eq!(roles(&shop.page(&second).await), ["sales_manager", "finance"]);
        // Without tax it is another price, which is not compared.
        let without = with(order("480", "净价"), json!({"tax_inclusive": false}));
        shows(&shop.page(&shop.draft(without).await).await["lines"][0], &json!({"last_price": null}));
        // An older order that takes effect later changes nothing.
        let older = shop.place(with(order("460", "旧单"), json!({"ordered_on": "2026-11-01"}))).await;
        shop.service.step(&older, "review", ticked()).await.expect(200);
        shop.manager.step(&older, "approve", json!({})).await.expect(200);
        shop.finance.step(&older, "approve", json!({})).await.expect(200);
        shows(&shop.page(&shop.draft(order("480", "x")).await).await["lines"][0], &json!({"last_price": cny("480.00")}));
        let text = shop.manager.get("/orders?format=csv").await.text();
        assert!(!text.is_empty());
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_floor_price_decides_and_is_told_only_to_those_who_may_know_costs() {
    for shop in shops().await {
        rules(&shop).await;
        let product = |floor: Value| json!({"code": "P001", "name": "A产品", "spec": "L-500×300", "unit": "台", "list_price": "500", "floor_price": floor});
        // The keeper of products may not set it without seeing costs.
        let refused = shop.rep.put("/products/P001", 1, product(json!("430"))).await;
        refused.expect(403);
        let wrong = shop.admin.put("/products/P001", 1, product(json!("-1"))).await;
        assert_eq!(wrong.expect(422)["errors"][0]["pointer"], "/floor_price");
        shop.admin.put("/products/P001", 1, product(json!("430.0875"))).await.expect(200);
        shows(&shop.manager.get("/products/P001").await.expect(200), &json!({"floor_price": cny("430.0875")}));
        let left_out = json!({"code": "P001", "name": "A产品", "spec": "L-500×300", "unit": "台"});
        shop.admin.put("/products/P001", 2, with(left_out, json!({"notes": "x"}))).await.expect(200);

        // 10 × 486.00 with tax are 4,300.88 without: the floor is 4,300.88 too; a cent less is below it.
        let fair = shop.place(order("486", "议价")).await;
        shop.service.step(&fair, "review", ticked()).await.expect(200);
        let low = shop.place(order("485.99", "议价")).await;
        shop.service.step(&low, "review", ticked()).await.expect(200);
        let page = shop.manager.get(&format!("/orders/{fair}")).await.expect(200);
        shows(&page["lines"][0], &json!({"below_floor": false, "unit_floor": cny("430.0875")}));
        assert_eq!(roles(&page), ["sales_manager"]);
        let page = shop.manager.get(&format!("/orders/{low}")).await.expect(200);
        shows(&page["lines"][0], &json!({"below_floor": true}));
        assert_eq!(roles(&page), ["sales_manager", "admin"]);
        // Nobody else is told: not by the page, the product, lists, files or the history.
        for path in [
            format!("/orders/{low}"),
            format!("/orders/{low}/timeline"),
            "/products/P001".to_owned(),
            "/products".to_owned(),
            "/products?format=csv".to_owned(),
            "/orders?format=csv".to_owned(),
        ] {
            for person in [&shop.rep, &shop.service] {
                let answer = person.get(&path).await.text();
                for word in ["430.0875", "floor_price", "unit_floor", "below_floor", "底价", "Floor price"] {
                    assert!(!answer.contains(word), "{word} in {path}: {answer}");
                }
            }
        }
        assert!(shop.manager.get("/products?format=csv").await.text().contains("430.0875"));
        shop.verify().await;
    }
}
