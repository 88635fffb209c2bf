//! What holds for every address.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::send;
use crate::server::{server_with, servers};

#[tokio::test(flavor = "multi_thread")]
async fn problems_are_told_in_the_callers_language() {
    for server in servers().await {
        for (language, title) in [("zh-TW, en;q=0.5", "未登入"), ("en-GB", "Not signed in"), ("fr, *", "未登录")] {
            let answer = server.stranger().with("accept-language", language).get("/users").await;
            let problem = answer.expect(401);
            assert_eq!(problem["title"], title);
            assert_eq!(problem["type"], "session.not_signed_in");
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert_eq!(answer.header("x-request-id"), problem["request_id"]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_and_methods_that_do_not_exist_are_problems_too() {
    let server = server_with(|_| {}).await;
    let client = server.sign_in("admin").await;
    assert_eq!(client.get("/moon").await.expect(404)["code"], "not-found");
    assert_eq!(client.get("//api/v2/users").await.expect(404)["code"], "not-found");
    assert_eq!(client.get("/users/%ff").await.expect(400)["code"], "malformed");
    assert_eq!(client.get("/attachments/x/content?inline=maybe").await.expect(400)["code"], "malformed");
    assert_eq!(send(client.request(Method::DELETE, "/users")).await.expect(405)["code"], "method-not-allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_of_an_input_is_named_at_its_place() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let body = json!({"name": "x".repeat(101), "language": "klingon", "password": "short"});
        let answer = admin.post("/users", body).await;
        answer.expect(422);
        let pairs = answer.pointers();
        let found: Vec<(&str, &str)> = pairs.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
        assert_eq!(found, [("/name", "value.too_long"), ("/language", "value.unknown_choice"), ("/password", "user.password_too_short")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_json_or_has_unknown_fields_is_refused() {
    let server = server_with(|_| {}).await;
    let admin = server.sign_in("admin").await;
    let raw = |body: &'static str, kind: &'static str| send(admin.request(Method::POST, "/users").header("content-type", kind).body(body));
    raw("{\"name\":", "application/json").await.expect(400);
    raw("name=x", "application/x-www-form-urlencoded").await.expect(415);
    let answer = raw("{\"nickname\":\"x\"}", "application/json").await;
    answer.expect(422);
    assert_eq!(answer.pointers(), [("/nickname".to_owned(), "value.not_understood".to_owned())]);
    let wrong = raw("{\"roles\":[\"admin\", 5]}", "application/json").await;
    assert_eq!(wrong.pointers()[0].0, "/roles/1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_large_is_refused() {
    let server = server_with(|_| {}).await;
    let admin = server.sign_in("admin").await;
    // The answer arrives, though it is given while the other side is still sending.
    for _ in 0..5 {
        admin.post("/users", json!({"name": "x".repeat(40 * 1024 * 1024)})).await.expect(413);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_told_to_be_careful() {
    let server = server_with(|_| {}).await;
    let answer = server.stranger().get("//healthz").await;
    answer.expect(200);
    assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("strict-transport-security"), "");
    let secure = server_with(|options| options.https = true).await;
    assert!(secure.stranger().get("//healthz").await.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_gives_the_same_answer_once() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let body = json!({"username": "once", "name": "Once", "roles": ["finance"], "password": "long enough to be good"});
        let first = admin.post_once("k1", "/users", body.clone()).await;
        let again = admin.post_once("k1", "/users", body.clone()).await;
        assert_eq!(first.expect(201), again.expect(201));
        let mut other = body.clone();
        other["name"] = json!("Other");
        assert_eq!(admin.post_once("k1", "/users", other).await.expect(422)["code"], "key-reused");
        admin.post_once("k2", "/users", body).await.expect(422);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_was_refused_may_be_tried_again_under_its_key() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let bad = json!({"username": "again", "name": "", "roles": ["finance"], "password": "long enough to be good"});
        admin.post_once("k", "/users", bad.clone()).await.expect(422);
        let mut good = bad;
        good["name"] = json!("Again");
        admin.post_once("k", "/users", good).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_sent_many_times_at_once_makes_one() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let body = json!({"username": "race", "name": "Race", "roles": ["finance"], "password": "long enough to be good"});
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let (admin, body) = (admin.clone(), body.clone());
                tokio::spawn(async move { admin.post_once("race", "/users", body).await })
            })
            .collect();
        let mut made = 0;
        for answer in tries {
            let answer = answer.await.unwrap();
            match answer.status.as_u16() {
                201 => made += 1,
                409 => assert_eq!(answer.code(), "running"),
                _ => panic!("{}", answer.text()),
            }
        }
        assert!(made >= 1);
        let list = admin.get("/users?q=race").await.expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_of_the_api_is_served() {
    let server = server_with(|_| {}).await;
    let document = server.stranger().get("//api/openapi.json").await.expect(200);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(serde_json::to_value(serde_json::from_str::<serde_json::Value>(&web::openapi()).unwrap()).unwrap(), document);
    let users = &document["paths"]["/api/v1/users"];
    assert_eq!(
        users["post"]["responses"]["default"]["content"]["application/problem+json"]["schema"]["$ref"],
        "#/components/schemas/Problem"
    );
    assert!(users["post"]["parameters"].as_array().unwrap().iter().any(|parameter| parameter["name"] == "Idempotency-Key"));
}

#[tokio::test]
async fn every_operation_has_a_name_of_its_own_and_every_reference_leads_somewhere() {
    let document: Value = serde_json::from_str(&web::openapi()).unwrap();
    let mut names = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap_or_else(|| panic!("{method} {path} has no name"));
            names.push(name.to_owned());
            assert!(operation["summary"].is_string() || operation["description"].is_string(), "{method} {path} says nothing about itself");
        }
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
    let mut references = Vec::new();
    collect(&document, &mut references);
    for reference in references {
        let place = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(place).is_some(), "{reference} leads nowhere");
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_proxy_its_word_is_taken_and_without_one_it_is_not() {
    for behind_proxy in [true, false] {
        let server = server_with(|options| options.behind_proxy = behind_proxy).await;
        let mut client = server.stranger().with("x-forwarded-for", "6.6.6.6, 203.0.113.7").with("x-forwarded-proto", "https");
        let answer = client.try_sign_in("GS", "admin", crate::server::PASSWORD).await;
        assert_eq!(answer.header("set-cookie").contains("Secure"), behind_proxy);
        assert_eq!(answer.header("strict-transport-security").is_empty(), !behind_proxy);
        // The jar keeps secure cookies from plain http, so the cookie is carried by hand.
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        let sessions = server.stranger().with("cookie", &cookie).get("/sessions").await.expect(200);
        assert_eq!(sessions["items"][0]["address"], if behind_proxy { "203.0.113.7" } else { "127.0.0.1" });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_shuts_down_ends_its_streams() {
    let server = server_with(|_| {}).await;
    let client = server.sign_in("auditor").await;
    let mut stream = client.request(Method::GET, "/events").send().await.unwrap();
    server.stop();
    let ended = async { while let Ok(Some(_)) = stream.chunk().await {} };
    tokio::time::timeout(std::time::Duration::from_secs(5), ended).await.expect("the stream ends");
}
