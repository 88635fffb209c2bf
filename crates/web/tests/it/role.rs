//! Roles and permissions over HTTP.

use serde_json::json;

use crate::server::servers;

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_made_and_given() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let body = json!({"code": "price_keeper", "name": {"zh-CN": "价格员", "zh-TW": "價格員", "en": "Price keeper"}, "permissions": ["price.view", "price.edit"]});
        admin.post("/roles", body.clone()).await.expect(201);
        assert_eq!(admin.post("/roles", body).await.pointers(), [("/code".to_owned(), "value.taken".to_owned())]);
        server.add_user("keeper", "price_keeper").await;
        let keeper = server.sign_in("keeper").await;
        assert_eq!(keeper.get("/session").await.expect(200)["permissions"], json!(["price.edit", "price.view"]));
        let shown = admin.get("/roles/price_keeper").await.expect(200);
        assert_eq!((&shown["built_in"], &shown["name"]["en"]), (&json!(false), &json!("Price keeper")));
        assert_eq!(admin.get("/roles").await.expect(200)["items"].as_array().unwrap().len(), 9);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_a_role_holds_at_once() {
    for server in servers().await {
        let (admin, auditor) = (server.sign_in("admin").await, server.sign_in("auditor").await);
        auditor.get("/users").await.expect(200);
        let role = admin.get("/roles/auditor").await.expect(200);
        let change = json!({"name": role["name"], "permissions": ["order.view", "audit.view"]});
        admin.put("/roles/auditor", 7, change.clone()).await.expect(412);
        admin.put("/roles/auditor", 1, change).await.expect(200);
        auditor.get("/users").await.expect(403);
        let audit = auditor.get("/audit?kind=RoleEdited").await.expect(200);
        let changed = &audit["items"][0]["changes"][0];
        assert_eq!(changed["field"], "permissions");
        assert!(changed["before"].as_str().unwrap().contains("export.run") && !changed["after"].as_str().unwrap().contains("export.run"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_does_not_take_the_last_right_to_edit_users() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let role = admin.get("/roles/admin").await.expect(200);
        let change = json!({"name": role["name"], "permissions": ["role.edit"]});
        assert_eq!(admin.put("/roles/admin", 1, change).await.expect(409)["code"], "user.last_admin");
        let wrong = json!({"name": {"zh-CN": "", "zh-TW": "x", "en": "x"}, "permissions": ["moon.fly", "user.edit"]});
        let answer = admin.put("/roles/admin", 1, wrong).await;
        let pointers: Vec<String> = answer.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/name/zh-CN", "/permissions/0"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn permissions_have_names_in_the_callers_language() {
    for server in servers().await {
        let client = server.sign_in("finance").await.with("accept-language", "zh-CN");
        let all = client.get("/permissions").await.expect(200);
        let all = all.as_array().unwrap();
        assert_eq!(all.len(), domain::Act::ALL.len());
        let approve = all.iter().find(|permission| permission["code"] == "order.approve").unwrap();
        assert_eq!(approve["group"], "order");
        assert!(approve["name"].as_str().unwrap().contains("审批") || approve["name"].as_str().unwrap().contains("批准"), "{approve}");
    }
}
