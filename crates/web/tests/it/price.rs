//! The price book over HTTP.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, send};
use crate::server::{Server, servers};

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
