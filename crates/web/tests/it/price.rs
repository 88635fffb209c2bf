//! The price book over HTTP.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, send};
use crate::server::{Server, servers};
use crate::shop::{Shop, cny, id, items, shops, shows, with};

async fn masters(server: &Server) -> Client {
    let admin = server.sign_in("admin").await;
    admin.post("/products", json!({"code": "P001", "name": "A产品", "unit": "台"})).await.expect(201);
    admin.post("/customers", json!({"code": "CUST001", "name": "明华印务"})).await.expect(201);
    admin
}

fn entry(customer: Value, min_quantity: &str, unit_price: &str) -> Value {
    json!({"product_id": "P001", "customer_id": customer, "min_quantity": min_quantity, "unit_price": unit_price, "valid_from": "2026-01-01"})
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_added_shown_changed_and_taken_out() {
    for server in servers().await {
        masters(&server).await;
        let client = server.sign_in("sales_manager").await;
        let answer = client.post("/prices", entry(json!("CUST001"), "100", "480.5")).await;
        answer.expect(201);
        let place = answer.header("location").strip_prefix("/api/v1").unwrap().to_owned();
        let price = client.get(&place).await.expect(200);
        assert_eq!((&price["product"]["code"], &price["customer"]["code"]), (&json!("P001"), &json!("CUST001")));
        assert_eq!(price["min_quantity"], json!({"value": "100", "unit": "台"}));
        assert_eq!(price["unit_price"], json!({"amount": "480.50", "currency": "CNY"}));
        assert_eq!((&price["valid_from"], &price["valid_to"]), (&json!("2026-01-01"), &Value::Null));

        let mut change = entry(json!("CUST001"), "100", "470");
        change["valid_to"] = json!("2026-12-31");
        client.put(&place, 1, change.clone()).await.expect(200);
        client.put(&place, 1, change.clone()).await.expect(412);
        send(client.request(Method::PUT, &place).json(&change)).await.expect(428);
        assert_eq!(client.get(&place).await.expect(200)["valid_to"], "2026-12-31");
        client.delete(&place, 1).await.expect(412);
        send(client.request(Method::DELETE, &place)).await.expect(428);
        client.delete(&place, 2).await.expect(204);
        client.get(&place).await.expect(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_entry_is_said() {
    for server in servers().await {
        let admin = masters(&server).await;
        admin.post("/prices", entry(Value::Null, "0", "500")).await.expect(201);
        assert_eq!(admin.post("/prices", entry(Value::Null, "0", "490")).await.expect(409)["code"], "price.same_step");
        let answer = admin.post("/prices", json!({"product_id": "P9", "customer_id": "C9", "unit_price": "1"})).await;
        answer.expect(422);
        assert_eq!(
            answer.pointers(),
            [("/product_id", "value.unknown"), ("/customer_id", "value.unknown")].map(|(a, b)| (a.into(), b.into()))
        );
        let answer = admin
            .post("/prices", json!({"min_quantity": "x", "unit_price": {"amount": "1", "currency": "USD"}, "valid_from": "soon"}))
            .await;
        answer.expect(422);
        let found: Vec<_> = answer.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(found, ["/product_id", "/min_quantity", "/unit_price", "/valid_from"]);
        let answer =
            admin.post("/prices", json!({"product_id": "P001", "min_quantity": {"value": "1", "unit": "t"}, "unit_price": "1"})).await;
        assert_eq!(answer.expect(422)["errors"][0]["code"], "value.wrong_unit");
        let rep = server.sign_in("sales_rep").await;
        rep.post("/prices", entry(Value::Null, "5", "490")).await.expect(403);
        rep.get("/prices").await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_book_is_listed_filtered_and_exported() {
    for server in servers().await {
        let admin = masters(&server).await;
        for (customer, min_quantity, unit_price) in [(json!("CUST001"), "0", "490"), (Value::Null, "100", "480"), (Value::Null, "0", "500")]
        {
            admin.post("/prices", entry(customer, min_quantity, unit_price)).await.expect(201);
        }
        let amounts = async |query: &str| {
            let found = admin.get(&format!("/prices?{query}")).await.expect(200);
            let items = found["items"].as_array().unwrap().iter().map(|row| row["unit_price"]["amount"].as_str().unwrap().to_owned());
            items.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(amounts("").await, "500.00 480.00 490.00");
        assert_eq!(amounts("product=P001&customer=CUST001").await, "490.00");
        assert_eq!(amounts("q=acp&list=true").await, "500.00 480.00");
        assert_eq!(amounts("sort=created_at&limit=1").await, "490.00");
        admin.get("/prices?customer=C9").await.expect(422);
        let text = admin.get("/prices?format=csv").await.text();
        assert!(text.contains("CUST001") && text.contains("480.00"), "{text}");
    }
}

/// The price that an order of this buyer would take: amount, source and rule.
async fn taken(shop: &Shop, order: Value, quantity: &str) -> (String, String, String) {
    let lines = json!([{"product_id": "P001", "quantity": quantity}]);
    let order = with(json!({"required_on": "2026-12-15", "lines": lines}), order);
    let checked = shop.rep.post("/orders/check", order).await.expect(200);
    let line = &checked["lines"][0];
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    (text(&line["unit_price"]["amount"]), text(&line["price_source"]["kind"]), text(&line["price_source"]["rule"]))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_most_special_entry_gives_the_price_and_says_so() {
    for shop in shops().await {
        shop.add_customer("CUST002", json!({"grade": "A"})).await;
        shop.add_customer("CUST003", json!({"grade": "C", "currency": "USD"})).await;
        for (selectors, unit_price) in [
            (json!({"channel": "web_shop"}), "495"),
            (json!({"category": "supermarket"}), "494"),
            (json!({"grade": "A"}), "493"),
            (json!({"grade": "A", "min_quantity": "100"}), "492"),
            (json!({"customer_id": "CUST001", "min_quantity": "100"}), "480"),
            (json!({"currency": "USD"}), "70"),
        ] {
            let entry = with(json!({"product_id": "P001", "unit_price": unit_price, "valid_from": "2026-01-01"}), selectors);
            shop.manager.post("/prices", entry).await.expect(201);
        }
        let check = async |order: Value, quantity: &str, expected: (&str, &str, &str)| {
            let found = taken(&shop, order.clone(), quantity).await;
            assert_eq!((found.0.as_str(), found.1.as_str(), found.2.as_str()), expected, "{order} {quantity}");
        };
        let one = |customer: &str| json!({"customer_id": customer});
        check(one("CUST001"), "1", ("500.00", "list", "List price since 2026-11-21")).await;
        check(json!({"customer_id": "CUST001", "channel": "web_shop"}), "1", ("495.00", "channel", "Channel price since 2026-01-01")).await;
        let both = json!({"customer_id": "CUST001", "channel": "web_shop", "category": "supermarket"});
        check(both, "1", ("494.00", "category", "Category price since 2026-01-01")).await;
        check(one("CUST002"), "1", ("493.00", "grade", "Grade price since 2026-01-01")).await;
        check(one("CUST002"), "100", ("492.00", "grade", "Grade price from 100 台 since 2026-01-01")).await;
        check(one("CUST001"), "100", ("480.00", "customer", "Customer price from 100 台 since 2026-01-01")).await;
        check(one("CUST003"), "1", ("70.00", "list", "List price since 2026-01-01")).await;

        // The order keeps the rule with its price, and the export tells it.
        let order = json!({"customer_id": "CUST001", "required_on": "2026-12-15", "lines": [{"product_id": "P001", "quantity": "100"}]});
        let order = shop.draft(order).await;
        shows(
            &shop.page(&order).await["lines"][0],
            &json!({"price_source": "customer", "price_rule": "Customer price from 100 台 since 2026-01-01"}),
        );
        // A typed price keeps what the book said, and by which rule.
        let typed = json!({"product_id": "P001", "quantity": "100", "unit_price": "481"});
        let order = shop.draft(json!({"customer_id": "CUST001", "required_on": "2026-12-15", "lines": [typed]})).await;
        let line = &shop.page(&order).await["lines"][0];
        shows(
            line,
            &json!({"price_source": "manual", "book_price": cny("480.00"), "price_rule": "Customer price from 100 台 since 2026-01-01"}),
        );
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_in_the_book_once_for_the_same_buyers() {
    for shop in shops().await {
        let entry = |selectors: Value| with(json!({"product_id": "P001", "unit_price": "1", "valid_from": "2026-01-01"}), selectors);
        let special = json!({"grade": "A", "category": "export", "channel": "agent", "currency": "USD"});
        let answer = shop.manager.post("/prices", entry(special.clone())).await.expect(201);
        let page = shop.manager.get(&format!("/prices/{}", id(&answer))).await.expect(200);
        let shown = json!({"grade": "A", "category": "export", "channel": "agent", "source": "grade"});
        shows(&page, &with(shown, json!({"unit_price": {"amount": "1.00", "currency": "USD"}})));
        let again = shop.manager.post("/prices", entry(special.clone())).await.expect(409);
        assert_eq!(again["code"], "price.same_step");
        for other in [json!({"grade": "B"}), json!({"category": "direct"}), json!({"channel": "web_shop"}), json!({"currency": "EUR"})] {
            shop.manager.post("/prices", entry(with(special.clone(), other))).await.expect(201);
        }
        // A change may not make one entry another.
        let same = shop.manager.post("/prices", entry(json!({"grade": "B"}))).await.expect(201);
        let place = format!("/prices/{}", id(&same));
        shop.manager.put(&place, 1, entry(special)).await.expect(409);
        let wrong = shop.manager.post("/prices", entry(json!({"grade": "Z", "channel": "pigeon", "currency": "us"}))).await;
        wrong.expect(422);
        let pointers: Vec<_> = wrong.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/currency", "/grade", "/channel"]);
        let found = shop.manager.get("/prices?grade=B").await.expect(200);
        assert_eq!(items(&found).len(), 2);
        assert_eq!(items(&shop.manager.get("/prices?currency=EUR&channel=agent").await.expect(200)).len(), 1);
        assert_eq!(items(&shop.manager.get("/prices?list=true").await.expect(200)).len(), 1);
        shop.manager.get("/prices?grade=Z").await.expect(422);
        shop.manager.get("/prices?currency=us").await.expect(422);
    }
}
