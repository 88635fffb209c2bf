//! Users over HTTP.

use serde_json::{Value, json};

use crate::client::Client;
use crate::server::{PASSWORD, servers};

fn new_user(username: &str) -> Value {
    json!({"username": username, "name": "王伟", "language": "zh-CN", "roles": ["sales_rep", "finance"], "password": "long enough to be good"})
}

async fn id_of(client: &Client, username: &str) -> String {
    let list = client.get(&format!("/users?q={username}")).await.expect(200);
    list["items"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_made_shown_and_changed() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let answer = admin.post("/users", new_user("wangwei")).await;
        let made = answer.expect(201);
        assert_eq!(answer.header("etag"), "\"1\"");
        let place = answer.header("location").strip_prefix("/api/v1").unwrap().to_owned();
        let user = admin.get(&place).await.expect(200);
        assert_eq!((&user["id"], &user["roles"], &user["last_seen_at"]), (&made["id"], &json!(["finance", "sales_rep"]), &Value::Null));
        assert!(user.get("password").is_none() && user.get("password_hash").is_none());

        let change = json!({"name": "王大伟", "language": "en", "roles": ["warehouse"]});
        admin.put(&place, 1, change.clone()).await.expect(200);
        assert_eq!(admin.put(&place, 1, change.clone()).await.expect(412)["code"], "stale");
        let bare = crate::client::send(admin.request(reqwest::Method::PUT, &place).json(&change)).await;
        assert_eq!(bare.expect(428)["code"], "version-missing");
        assert_eq!(admin.get(&place).await.expect(200)["name"], "王大伟");
        server.stranger().try_sign_in("GS", "wangwei", "long enough to be good").await.expect(200);
        assert!(admin.get(&place).await.expect(200)["last_seen_at"].is_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_user_is_said_at_its_field() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        admin.post("/users", new_user("wangwei")).await.expect(201);
        let mut body = new_user("wangwei");
        body["roles"] = json!(["finance", "pirate"]);
        let answer = admin.post("/users", body).await;
        answer.expect(422);
        let pairs = answer.pointers();
        assert!(
            pairs.contains(&("/username".into(), "value.taken".into())) && pairs.contains(&("/roles/1".into(), "value.unknown".into())),
            "{pairs:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_edit_users_does() {
    for server in servers().await {
        let auditor = server.sign_in("auditor").await;
        auditor.get("/users").await.expect(200);
        assert_eq!(auditor.post("/users", new_user("x")).await.expect(403)["code"], "denied");
        server.sign_in("finance").await.get("/users").await.expect(403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_leaves_is_signed_out_and_may_come_back() {
    for server in servers().await {
        let (admin, finance) = (server.sign_in("admin").await, server.sign_in("finance").await);
        let id = id_of(&admin, "finance").await;
        admin.post(&format!("/users/{id}/deactivate"), json!({})).await.expect(200);
        finance.get("/session").await.expect(401);
        server.stranger().try_sign_in("GS", "finance", PASSWORD).await.expect(401);
        admin.post(&format!("/users/{id}/activate"), json!({})).await.expect(200);
        server.sign_in("finance").await;
        let found = admin.get("/users?active=false").await.expect(200);
        assert_eq!(found["items"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_shuts_everybody_out() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let me = id_of(&admin, "admin").await;
        assert_eq!(admin.post(&format!("/users/{me}/deactivate"), json!({})).await.expect(409)["code"], "user.oneself");
        let demoted = json!({"name": "A", "language": "en", "roles": ["finance"]});
        assert_eq!(admin.put(&format!("/users/{me}"), 1, demoted.clone()).await.expect(409)["code"], "user.last_admin");
        let second = server.add_user("second", "admin").await;
        assert_eq!(admin.put(&format!("/users/{me}"), 1, demoted.clone()).await.expect(409)["code"], "user.oneself");
        let other = server.sign_in("second").await;
        other.put(&format!("/users/{me}"), 1, demoted).await.expect(200);
        admin.get("/users").await.expect(403);
        assert_eq!(other.post(&format!("/users/{second}/deactivate"), json!({})).await.expect(409)["code"], "user.oneself");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_password_ends_the_sessions_of_the_user() {
    for server in servers().await {
        let (admin, finance) = (server.sign_in("admin").await, server.sign_in("finance").await);
        let id = id_of(&admin, "finance").await;
        admin.post(&format!("/users/{id}/set-password"), json!({"password": "finance 2026!"})).await.expect(422);
        admin.post(&format!("/users/{id}/set-password"), json!({"password": "long enough to be good"})).await.expect(200);
        finance.get("/session").await.expect(401);
        server.stranger().try_sign_in("GS", "finance", "long enough to be good").await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_users_is_paged_sorted_and_filtered() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let mut names = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = admin.get(&format!("/users?sort=-username&limit=3&cursor={cursor}")).await.expect(200);
            names.extend(page["items"].as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap().to_owned()));
            match page["next"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        let mut sorted = names.clone();
        sorted.sort_by(|a, b| b.cmp(a));
        assert_eq!((names.len(), &names), (8, &sorted));
        assert_eq!(admin.get("/users?role=sales_rep").await.expect(200)["items"].as_array().unwrap().len(), 1);
        for (query, pointer) in [
            ("sort=moon", "/sort"),
            ("limit=0", "/limit"),
            ("limit=201", "/limit"),
            ("cursor=x", "/cursor"),
            ("active=maybe", "/active"),
            ("colour=red", "/colour"),
            ("format=pdf", "/format"),
        ] {
            let answer = admin.get(&format!("/users?{query}")).await;
            answer.expect(422);
            assert_eq!(answer.pointers()[0].0, pointer, "{query}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_users_goes_out_as_a_file_without_formulas() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let mut body = new_user("evil");
        body["name"] = json!("=HYPERLINK(\"x\")");
        admin.post("/users", body).await.expect(201);
        let exporter = admin.with("accept-language", "zh-CN");
        let answer = exporter.get("/users?format=csv&q=evil").await;
        answer.expect(200);
        let text = answer.text();
        assert!(text.starts_with('\u{feff}') && text.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
        assert_eq!(text.lines().count(), 2);
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"users.csv\"");
        let book = exporter.with("accept", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").get("/users").await;
        book.expect(200);
        assert!(book.bytes.starts_with(b"PK"), "a workbook is a zip archive");
    }
}
