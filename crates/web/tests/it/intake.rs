//! Orders from text over HTTP: a message is read without effect, confirmed it is a draft, and what was corrected is known the next time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::server::server_with;
use crate::shop::{Shop, id, items, shops};

const MESSAGE: &str = "明华印务要80g双胶纸787的20令，不锈钢螺丝M8×30一百二十个，下周三送到";

impl Shop {
    /// Customers and products as people speak of them.
    async fn with_names(&self) {
        self.add_customer("C1001", json!({"name": "北京明华印务有限公司", "short_name": "明华印务"})).await;
        self.add_customer(
            "C1002",
            json!({
                "name": "上海新雅包装材料有限公司", "short_name": "新雅包装",
                "contacts": [{"name": "沈雯", "phone": "13912345678", "email": "shen@xinya.example", "primary": true}],
            }),
        )
        .await;
        self.add_product("WH-002", json!({"name": "双胶纸 80g", "spec": "787×1092mm", "unit": "令"})).await;
        self.add_product("WH-003", json!({"name": "双胶纸 80g", "spec": "889×1194mm", "unit": "令"})).await;
        self.add_product("LS-30", json!({"name": "不锈钢螺丝 M8×30", "unit": "个"})).await;
        self.add_product("LS-40", json!({"name": "不锈钢螺丝 M8×40", "unit": "个"})).await;
        self.add_product("JD-001", json!({"name": "封箱胶带 透明", "unit": "箱"})).await;
    }

    async fn read(&self, text: &str) -> Value {
        self.rep.post("/intake/read", json!({"text": text})).await.expect(200)
    }
}

/// What the lines of a reading are.
fn lines(reading: &Value) -> Vec<(String, String)> {
    let line = |line: &Value| {
        (line["product"]["code"].as_str().unwrap_or_default().to_owned(), line["quantity"].as_str().unwrap_or_default().to_owned())
    };
    reading["lines"].as_array().unwrap().iter().map(line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_read_and_becomes_a_draft() {
    for shop in shops().await {
        shop.with_names().await;
        let reading = shop.read(MESSAGE).await;
        assert_eq!(reading["customer"]["best"]["code"], "C1001");
        assert_eq!(lines(&reading), [("WH-002", "20"), ("LS-30", "120")].map(|(a, b)| (a.to_owned(), b.to_owned())));
        // 2026-11-21 is a Saturday.
        assert_eq!((&reading["received_on"], &reading["required_on"]["value"]), (&json!("2026-11-21"), &json!("2026-11-25")));
        assert_eq!(reading["required_on"]["said"], "下周三");
        assert!(reading["lines"][0]["product"]["confidence"].as_i64().unwrap() >= 80);
        assert_eq!(items(&shop.rep.get("/orders").await.expect(200)).len(), 0);

        let order = json!({"customer_id": "C1001", "channel": "email", "required_on": "2026-11-25",
            "lines": [{"product_id": "WH-002", "quantity": "20"}, {"product_id": "LS-30", "quantity": "120"}]});
        let wrong = json!({"text": MESSAGE, "order": {"customer_id": "C1001", "lines": [{"product_id": "none", "quantity": "20"}]}});
        assert_eq!(shop.rep.post("/intake/confirm", wrong).await.pointers(), [("/lines/0/product_id".into(), "value.unknown".into())]);
        let confirmation = json!({"text": MESSAGE, "order": order});
        let made = shop.rep.post_once("k1", "/intake/confirm", confirmation.clone()).await.expect(201);
        let again = shop.rep.post_once("k1", "/intake/confirm", confirmation).await.expect(201);
        assert_eq!(id(&made), id(&again));
        let page = shop.page(&id(&made)).await;
        assert_eq!((&page["status"], &page["channel"]), (&json!("draft"), &json!("email")));
        assert_eq!(page["attachments"][0]["kind"], "message", "{page}");
        let file = page["attachments"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(shop.rep.get(&format!("/attachments/{file}/content")).await.text(), MESSAGE);
        shop.warehouse.post("/intake/read", json!({"text": MESSAGE})).await.expect(403);
        assert_eq!(shop.rep.post("/intake/read", json!({"text": " "})).await.pointers(), [("/text".into(), "value.required".into())]);
        let long = shop.rep.post("/intake/read", json!({"text": "字".repeat(20_001)})).await;
        assert_eq!(long.pointers(), [("/text".into(), "value.too_long".into())]);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_corrected_is_known_the_next_time() {
    for shop in shops().await {
        shop.with_names().await;
        let said = "新雅要老样子的透明带五箱";
        let order = json!({"customer_id": "C1002", "lines": [{"product_id": "JD-001", "quantity": "5"}]});
        let before = shop.read(said).await;
        let line = &before["lines"][0];
        assert!(line["product"]["confidence"].as_i64().unwrap_or(0) < 90, "{before}");
        let corrections = json!([
            {"kind": "product", "said": line["phrase"], "means": "JD-001", "only_this_customer": true},
            {"kind": "customer", "said": before["customer"]["phrase"], "means": "C1002"},
        ]);
        let sent = json!({"text": said, "order": order, "corrections": corrections});
        shop.rep.post("/intake/confirm", sent.clone()).await.expect(201);
        shop.rep.post("/intake/confirm", sent).await.expect(201);
        let after = shop.read("新雅要老样子的透明带八箱").await;
        assert_eq!((&after["customer"]["best"]["code"], &after["customer"]["learned"]), (&json!("C1002"), &json!(true)), "{after}");
        assert_eq!(lines(&after), [("JD-001".to_owned(), "8".to_owned())]);
        assert_eq!((&after["lines"][0]["product"]["confidence"], &after["lines"][0]["learned"]), (&json!(99), &json!(true)));

        let nothing = json!({"text": said, "order": {"customer_id": "C1002", "lines": [{"product_id": "JD-001", "quantity": "5"}]},
            "corrections": [{"kind": "product", "said": "带", "means": "none"}]});
        assert_eq!(shop.rep.post("/intake/confirm", nothing).await.pointers(), [("/corrections/0/means".into(), "value.unknown".into())]);

        shop.rep.get("/intake/phrases").await.expect(403);
        let learned = items(&shop.admin.get("/intake/phrases?kind=product").await.expect(200));
        assert_eq!(
            (learned.len(), &learned[0]["target"], &learned[0]["customer_name"]),
            (1, &json!("JD-001 封箱胶带 透明"), &json!("上海新雅包装材料有限公司"))
        );
        assert_eq!(items(&shop.admin.get("/intake/phrases?q=透明带").await.expect(200)).len(), 1);
        assert!(shop.admin.get("/intake/phrases?format=csv").await.text().contains("透明带"));
        let (place, version) = (format!("/intake/phrases/{}", id(&learned[0])), learned[0]["version"].as_i64().unwrap());
        shop.admin.delete(&place, version - 1).await.expect(412);
        assert_eq!(shop.admin.delete(&place, version).await.status, 204);
        assert_eq!(shop.read("新雅要老样子的透明带八箱").await["lines"][0]["learned"], json!(false));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_known_by_address_and_phone() {
    for shop in shops().await {
        shop.with_names().await;
        let mail = shop.read("From: Shen <shen@xinya.example>\nSubject: order\n\nJD-001 x 12").await;
        assert_eq!((&mail["customer"]["best"]["code"], &mail["lines"][0]["product"]["code"]), (&json!("C1002"), &json!("JD-001")));
        let phone = shop.read("要封箱胶带10箱，电话13912345678").await;
        assert_eq!((&phone["customer"]["best"]["code"], &phone["contact_phone"]["value"]), (&json!("C1002"), &json!("13912345678")));
        let nobody = shop.read("要封箱胶带10箱").await;
        assert_eq!(nobody["customer"]["best"], Value::Null);
    }
}

/// Paper, scenario 1: 尽快 is no date; the order is not reviewed until it is one.
#[tokio::test(flavor = "multi_thread")]
async fn a_vague_day_is_an_open_question_until_it_is_a_date() {
    for shop in shops().await {
        shop.with_names().await;
        let text = "明华印务 双胶纸80g 787 20令 尽快";
        let reading = shop.read(text).await;
        assert_eq!((&reading["required_on"], &reading["vague"][0]["field"]), (&Value::Null, &json!("required_on")));
        let order = json!({"customer_id": "C1001", "lines": [{"product_id": "WH-002", "quantity": "20"}]});
        let vague = json!([{"field": "required_on", "said": "尽快"}]);
        let made = shop.rep.post("/intake/confirm", json!({"text": text, "order": order, "vague": vague})).await.expect(201);
        let page = shop.page(&id(&made)).await;
        assert_eq!((&page["required_on"], &page["rules"]["questions"][0]["field"]), (&Value::Null, &json!("required_on")));
        assert!(page["rules"]["questions"][0]["question"].as_str().unwrap().contains("尽快"));
        let refused = shop.rep.step(&id(&made), "submit", json!({})).await;
        assert!(refused.pointers().iter().any(|(pointer, _)| pointer == "/required_on"), "{}", refused.text());
    }
}

/// A language model on a port of its own that answers every question with the same content; what it was asked is kept.
async fn model(status: u16, content: &'static str) -> (web::LanguageModel, Arc<Mutex<Vec<Value>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    let answer = move |Json(question): Json<Value>| async move {
        kept.lock().unwrap().push(question);
        let body = json!({"choices": [{"message": {"role": "assistant", "content": content}}]});
        (StatusCode::from_u16(status).unwrap(), Json(body))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let router = Router::new().route("/v1/chat/completions", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (web::LanguageModel::new(&url, "small", "secret", Duration::from_secs(5)), asked)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_model_reads_along_where_one_is_configured() {
    let message = "明华印务要封箱胶带透明 20箱，哦不，30箱";
    let said = r#"{"customer": "明华印务", "items": [{"product": "封箱胶带透明", "quantity": "30箱"}, {"product": "双胶纸 80g", "quantity": "900令"}],
        "contact_phone": "13900000000"}"#;
    let (small, asked) = model(200, said).await;
    let shop = Shop::open(server_with(|options| options.language_model = Some(small)).await).await;
    shop.with_names().await;
    let reading = shop.read(message).await;
    assert_eq!(reading["model"], json!({"name": "small", "problem": ""}));
    // What does not stand in the message is not believed.
    assert_eq!(lines(&reading), [("JD-001".to_owned(), "30".to_owned())]);
    assert_eq!((&reading["contact_phone"], &reading["customer"]["best"]["code"]), (&Value::Null, &json!("C1001")));
    let question = asked.lock().unwrap()[0].clone();
    assert_eq!(question["model"], "small");
    assert!(question["messages"][1]["content"].as_str().unwrap().contains(message));
    // Who does not want it asked gets the rules alone.
    let alone = shop.rep.post("/intake/read", json!({"text": message, "without_model": true})).await.expect(200);
    assert_eq!((&alone["model"], asked.lock().unwrap().len()), (&Value::Null, 1));
    assert!(lines(&alone).contains(&("JD-001".to_owned(), "20".to_owned())), "{alone}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_model_that_fails_leaves_the_rules_reading() {
    for (status, content) in [(500, ""), (200, "I am sorry")] {
        let (broken, _) = model(status, content).await;
        let shop = Shop::open(server_with(|options| options.language_model = Some(broken)).await).await;
        shop.with_names().await;
        let reading = shop.read(MESSAGE).await;
        assert!(reading["model"]["problem"].as_str().unwrap().starts_with(&format!("HTTP {status}")), "{}", reading["model"]);
        assert_eq!(lines(&reading).len(), 2);
    }
    let nobody = web::LanguageModel::new("http://127.0.0.1:9", "gone", "", Duration::from_secs(5));
    let shop = Shop::open(server_with(|options| options.language_model = Some(nobody)).await).await;
    shop.with_names().await;
    let reading = shop.read(MESSAGE).await;
    assert!(!reading["model"]["problem"].as_str().unwrap().is_empty());
    assert_eq!(lines(&reading).len(), 2);
}
