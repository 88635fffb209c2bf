//! Signing in and out.

use reqwest::Method;
use serde_json::json;

use crate::client::send;
use crate::server::{PASSWORD, server_with, servers};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_and_out() {
    for server in servers().await {
        let mut client = server.stranger();
        let answer = client.try_sign_in("GS", "sales_manager", PASSWORD).await;
        let session = answer.expect(200);
        assert_eq!(session["user"]["roles"][0], json!({"code": "sales_manager", "name": "Sales manager"}));
        assert!(session["permissions"].as_array().unwrap().contains(&json!("order.approve")));
        let cookie = answer.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"), "{cookie}");
        assert_eq!(client.get("/session").await.expect(200), session);
        send(client.request(Method::DELETE, "/session")).await.expect(204);
        client.get("/session").await.expect(401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn over_https_the_cookie_is_secure() {
    let server = server_with(|options| options.https = true).await;
    let answer = server.stranger().try_sign_in("GS", "admin", PASSWORD).await;
    assert!(answer.header("set-cookie").contains("; Secure"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_to_be_wrong_gets_the_same_answer() {
    for server in servers().await {
        server.add_user("gone", "finance").await;
        let mut answers = Vec::new();
        for (company, username, password) in [
            ("GS", "admin", "wrong password"),
            ("GS", "nobody", PASSWORD),
            ("XX", "admin", PASSWORD),
            ("GS", "", ""),
            ("GS", "admin'--", "x"),
        ] {
            let problem = server.stranger().try_sign_in(company, username, password).await.expect(401);
            answers.push((problem["code"].clone(), problem["detail"].clone()));
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_down_and_forgiven() {
    for server in servers().await {
        for _ in 0..5 {
            server.stranger().try_sign_in("GS", "finance", "wrong password").await.expect(401);
        }
        let answer = server.stranger().try_sign_in("GS", "finance", PASSWORD).await;
        assert_eq!(answer.expect(429)["code"], "session.throttled");
        let seconds: i64 = answer.header("retry-after").parse().unwrap();
        assert!(seconds >= 1);
        server.sign_in("warehouse").await;
        server.clock.forward(seconds);
        server.sign_in("finance").await;
        server.stranger().try_sign_in("GS", "finance", "wrong password").await.expect(401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_need_the_token_of_the_session() {
    for server in servers().await {
        let mut client = server.sign_in("admin").await;
        let good = std::mem::take(&mut client.csrf);
        let body = json!({"username": "x", "name": "X", "roles": ["finance"], "password": "long enough to be good"});
        assert_eq!(client.post("/users", body.clone()).await.expect(403)["code"], "session.wrong_csrf");
        client.csrf = "forged".into();
        client.post("/users", body.clone()).await.expect(403);
        client.csrf = good;
        client.post("/users", body).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_lives_while_it_is_used_and_ends_at_last() {
    for server in servers().await {
        let client = server.sign_in("admin").await;
        for _ in 0..4 {
            server.clock.forward(10 * 3600);
            client.get("/session").await.expect(200);
            // The sign of life is written beside the answer.
            tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        }
        server.clock.forward(12 * 3600);
        assert_eq!(client.get("/session").await.expect(401)["code"], "session.ended");
        let client = server.sign_in("admin").await;
        for _ in 0..34 {
            server.clock.forward(10 * 3600);
            client.get("/session").await;
            tokio::time::sleep(std::time::Duration::from_millis(60)).await;
        }
        client.get("/session").await.expect(401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_the_other_sessions() {
    for server in servers().await {
        let (here, there) = (server.sign_in("finance").await, server.sign_in("finance").await);
        let change = |current: &str, new: &str| json!({"current": current, "new": new});
        let answer = here.post("/session/change-password", change("wrong password", "short")).await;
        answer.expect(422);
        assert_eq!(answer.pointers().len(), 2, "{}", answer.text());
        here.post("/session/change-password", change(PASSWORD, "another long password")).await.expect(204);
        here.get("/session").await.expect(200);
        there.get("/session").await.expect(401);
        server.stranger().try_sign_in("GS", "finance", PASSWORD).await.expect(401);
        server.stranger().try_sign_in("GS", "finance", "another long password").await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_and_ended_from_elsewhere() {
    for server in servers().await {
        let (here, there, other) = (server.sign_in("finance").await, server.sign_in("finance").await, server.sign_in("warehouse").await);
        let list = here.get("/sessions").await.expect(200);
        let items = list["items"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        let that = items.iter().find(|session| session["current"] == false).unwrap()["id"].as_str().unwrap().to_owned();
        other.post(&format!("/sessions/{that}/revoke"), json!({})).await.expect(404);
        here.post(&format!("/sessions/{that}/revoke"), json!({})).await.expect(204);
        there.get("/session").await.expect(401);
        here.get("/sessions?all=true").await.expect(403);
        let admin = server.sign_in("admin").await;
        let all = admin.get("/sessions?all=true").await.expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_is_kept_for_the_person() {
    for server in servers().await {
        let client = server.sign_in("finance").await.without("accept-language");
        send(client.request(Method::PUT, "/session/preferences").json(&json!({"language": "zh-TW"}))).await.expect(200);
        assert_eq!(client.get("/users").await.expect(403)["title"], "沒有權限");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_in_page_knows_the_companies() {
    for server in servers().await {
        let page = server.stranger().get("/sign-in").await.expect(200);
        assert_eq!(page, json!({"companies": [{"code": "GS", "name": "光石科技有限公司"}], "demo": null}));
        server.stranger().try_sign_in("", "admin", PASSWORD).await.expect(200);
        crate::server::found(&server.app.store, "G2", "第二公司").await;
        server.stranger().try_sign_in("", "admin", PASSWORD).await.expect(401);
        server.stranger().try_sign_in("G2", "admin", PASSWORD).await.expect(200);
    }
}
