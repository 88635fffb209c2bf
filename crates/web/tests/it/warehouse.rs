//! Warehouses over HTTP.

use reqwest::Method;
use serde_json::json;

use crate::client::send;
use crate::server::servers;

#[tokio::test(flavor = "multi_thread")]
async fn a_warehouse_is_added_changed_and_listed() {
    for server in servers().await {
        let client = server.sign_in("warehouse").await;
        let answer = client.post("/warehouses", json!({"code": "W8", "name": "东仓", "address": "杭州"})).await;
        answer.expect(201);
        let place = answer.header("location").strip_prefix("/api/v1").unwrap().to_owned();
        assert_eq!(client.get("/warehouses/W8").await.expect(200)["active"], true);
        let change = json!({"code": "W8", "name": "东仓", "active": false});
        client.put(&place, 1, change.clone()).await.expect(200);
        client.put(&place, 1, change.clone()).await.expect(412);
        send(client.request(Method::PUT, &place).json(&change)).await.expect(428);
        let found = client.get("/warehouses?active=false&q=w8").await.expect(200);
        assert_eq!((&found["items"][0]["code"], &found["items"][0]["address"]), (&json!("W8"), &json!("")));
        let again = client.post("/warehouses", json!({"code": "W8", "name": ""})).await;
        again.expect(422);
        assert_eq!(again.pointers(), [("/name", "value.required"), ("/code", "value.taken")].map(|(a, b)| (a.into(), b.into())));
        let rep = server.sign_in("sales_rep").await;
        rep.get("/warehouses").await.expect(200);
        rep.post("/warehouses", json!({"code": "W9", "name": "西仓"})).await.expect(403);
        rep.get("/warehouses/none").await.expect(404);
        assert!(server.sign_in("admin").await.get("/warehouses?format=csv").await.text().contains("东仓"));
    }
}
