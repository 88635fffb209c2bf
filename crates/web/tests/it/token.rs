//! API tokens over HTTP.

use serde_json::json;

use crate::server::servers;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_does_what_its_scopes_and_its_user_allow() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let answer =
            admin.post("/api-tokens", json!({"name": "Shop", "scopes": ["user.view", "user.edit"], "expires_on": "2026-12-31"})).await;
        let token = answer.expect(201);
        let program = admin.with_token(token["secret"].as_str().unwrap());
        program.get("/users").await.expect(200);
        program.get("/roles").await.expect(200);
        assert_eq!(program.get("/api-tokens").await.expect(403)["code"], "denied");
        let body = json!({"username": "made", "name": "Made", "roles": ["finance"], "password": "long enough to be good"});
        program.post("/users", body).await.expect(201);

        let role = admin.get("/roles/admin").await.expect(200);
        let fewer: Vec<_> = role["permissions"].as_array().unwrap().iter().filter(|code| *code != "user.view").cloned().collect();
        admin.put("/roles/admin", 1, json!({"name": role["name"], "permissions": fewer})).await.expect(200);
        program.get("/users").await.expect(403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_by_its_day_or_by_hand() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let make = |name: &str, last: &str| admin.post("/api-tokens", json!({"name": name, "scopes": ["user.view"], "expires_on": last}));
        let day = make("day", "2026-11-22").await.expect(201);
        let hand = make("hand", "").await.expect(201);
        let (by_day, by_hand) = (admin.with_token(day["secret"].as_str().unwrap()), admin.with_token(hand["secret"].as_str().unwrap()));
        by_day.get("/users").await.expect(200);
        by_hand.get("/users").await.expect(200);
        admin.post(&format!("/api-tokens/{}/revoke", hand["id"].as_str().unwrap()), json!({})).await.expect(204);
        by_hand.get("/users").await.expect(401);
        server.clock.forward(86_400);
        by_day.get("/users").await.expect(200);
        server.clock.forward(86_400);
        by_day.get("/users").await.expect(401);
        admin.with_token("shundan_0000000000001.guess").get("/users").await.expect(401);
        admin.with_token("guess").get("/users").await.expect(401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_told_once_and_never_has_more_than_its_owner() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let body = json!({"name": "once", "scopes": ["user.view"]});
        let first = admin.post_once("t", "/api-tokens", body.clone()).await.expect(201);
        let again = admin.post_once("t", "/api-tokens", body).await.expect(201);
        assert_eq!(first["id"], again["id"]);
        assert!(first["secret"].is_string() && again.get("secret").is_none());
        let list = admin.get("/api-tokens").await;
        assert!(!list.text().contains("secret") && !list.text().contains("hash"), "{}", list.text());
        let answer = admin
            .post("/api-tokens", json!({"name": "", "scopes": ["user.view", "order.approve", "moon"], "expires_on": "2020-01-01"}))
            .await;
        answer.expect(422);
        let codes: Vec<String> = answer.pointers().into_iter().map(|(_, code)| code).collect();
        assert_eq!(codes.iter().filter(|code| *code == "token.scope_not_held").count(), 2, "{codes:?}");
        assert!(codes.contains(&"date.before".to_owned()) && codes.contains(&"value.required".to_owned()), "{codes:?}");
        server.sign_in("finance").await.post("/api-tokens", json!({"name": "x", "scopes": ["order.view"]})).await.expect(403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_need_no_token_against_forged_requests_and_are_recorded_as_programs() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let token = admin.post("/api-tokens", json!({"name": "Shop", "scopes": ["user.edit", "user.view"]})).await.expect(201);
        let program = admin.with_token(token["secret"].as_str().unwrap());
        let body = json!({"username": "made", "name": "Made", "roles": ["finance"], "password": "long enough to be good"});
        program.post("/users", body).await.expect(201);
        let audit = admin.get("/audit?kind=UserCreated&limit=1").await.expect(200);
        assert_eq!(audit["items"][0]["source"]["channel"], "api");
        assert_eq!(audit["items"][0]["source"]["address"], "127.0.0.1");
    }
}
