//! The same customer entered again, over HTTP: shown while it is typed, kept apart with a reason, listed, told apart (PTY-03).

use serde_json::{Value, json};

use crate::import::upload;
use crate::server::{Server, servers};

const CODE: &str = "91330100799655058B";

fn file(code: &str, name: &str, phone: &str, credit_code: &str) -> Value {
    json!({"code": code, "name": name, "credit_code": credit_code, "contacts": [{"name": "李华", "phone": phone}]})
}

/// Code, score and reasons of customers, in a line.
fn lines(found: &Value) -> Vec<String> {
    let line = |one: &Value| format!("{} {} {}", one["code"].as_str().unwrap(), one["score"], one["reasons"]);
    found.as_array().unwrap().iter().map(line).collect()
}

async fn tick(server: &Server) {
    web::tick(&server.app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_like_the_one_that_is_typed_are_shown_with_the_reason() {
    for server in servers().await {
        let manager = server.sign_in("sales_manager").await;
        manager.post("/customers", file("C1", "杭州明华印务有限公司", "138 0013 8000", CODE)).await.expect(201);
        manager.post("/customers", file("C2", "新雅包装材料有限公司", "0571-88156888", "")).await.expect(201);
        let similar = async |query: &[(&str, &str)]| {
            let pair = |(name, value): &(&str, &str)| format!("{name}={}", value.replace('+', "%2B").replace(' ', "%20"));
            let query = query.iter().map(pair).collect::<Vec<_>>().join("&");
            lines(&manager.get(&format!("/customers/similar?{query}")).await.expect(200))
        };
        assert_eq!(similar(&[("name", "明華印務股份有限公司")]).await, [r#"C1 98 ["name"]"#]);
        assert_eq!(similar(&[("name", "新雅包袋材料")]).await, [r#"C2 83 ["name"]"#]);
        assert_eq!(similar(&[("name", "鸣华印务")]).await, [r#"C1 95 ["name"]"#]);
        assert_eq!(similar(&[("phone", "+86 571 8815 6888")]).await, [r#"C2 70 ["phone"]"#]);
        assert_eq!(similar(&[("name", "明华印刷"), ("phone", "13800138000")]).await, [r#"C1 95 ["name","phone"]"#]);
        assert_eq!(similar(&[("name", "别的"), ("credit_code", &CODE.to_lowercase())]).await, [r#"C1 100 ["credit_code"]"#]);
        assert!(similar(&[("name", "杭州明华印务有限公司"), ("except", "C1")]).await.is_empty());
        assert!(similar(&[("name", "杭州")]).await.is_empty());
        assert!(similar(&[]).await.is_empty());
        server.stranger().get("/customers/similar?name=a").await.expect(401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_file_needs_a_reason_and_the_same_credit_code_is_refused() {
    for server in servers().await {
        let manager = server.sign_in("sales_manager").await;
        manager.post("/customers", file("C1", "杭州明华印务有限公司", "13800138000", CODE)).await.expect(201);
        let again = file("C2", "明华印务（上海）有限公司", "13800138000", "");
        let refused = manager.post("/customers", again.clone()).await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/duplicate_reason".to_owned(), "customer.looks_like".to_owned())]);
        let mut again = again;
        again["duplicate_reason"] = json!("上海分公司，单独开票");
        manager.post("/customers", again).await.expect(201);
        let told = server.sign_in("admin").await.get("/audit?limit=20").await;
        assert!(told.text().contains("上海分公司，单独开票"), "{}", told.text());
        tick(&server).await;
        assert_eq!(manager.get("/customers/duplicates").await.expect(200)["items"], json!([]), "told apart at once");
        let apart = manager.get("/customers/duplicates?state=distinct").await.expect(200);
        assert_eq!((&apart["items"][0]["note"], &apart["items"][0]["score"]), (&json!("上海分公司，单独开票"), &json!(98)));

        let same = manager.post("/customers", file("C3", "别的公司", "", CODE)).await;
        same.expect(422);
        assert_eq!(same.pointers(), [("/credit_code".to_owned(), "customer.credit_code_taken".to_owned())]);
        manager.post("/customers", file("C3", "别的公司", "", "")).await.expect(201);
        let edited = manager.put("/customers/C3", 1, file("C3", "别的公司", "", CODE)).await;
        edited.expect(422);
        assert_eq!(edited.pointers()[0].1, "customer.credit_code_taken");
        // Renamed to what another one is called it needs a reason too; anything else may be edited as ever.
        manager.put("/customers/C3", 1, file("C3", "明华印务公司", "", "")).await.expect(422);
        manager.put("/customers/C3", 1, file("C3", "别的公司", "13900139000", "")).await.expect(200);
        manager.put("/customers/C1", 1, file("C1", "杭州明华印务有限公司", "13700137000", CODE)).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_in_with_a_file_is_compared_listed_and_told_apart() {
    for server in servers().await {
        let (manager, warehouse) = (server.sign_in("sales_manager").await, server.sign_in("warehouse").await);
        let admin = server.sign_in("admin").await;
        manager.post("/customers", file("C1", "宁波远大机械有限公司", "13800138000", "")).await.expect(201);
        let text = "Customer code,Customer,Credit limit\nC2,远大机械厂,0\nC3,宁波遠大機械有限公司,0\nC4,完全不同,0\n";
        let preview = upload(&admin, &[("customers.csv", text.as_bytes().to_vec())], &[("mapping", "shundan-customers")]).await.expect(201);
        assert_eq!(preview["errors"], json!([]));
        admin.post(&format!("/imports/{}/run", preview["id"].as_str().unwrap()), json!({})).await.expect(200);
        for _ in 0..100 {
            if manager.get("/customers/C4").await.status == 200 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        tick(&server).await;
        let pairs = async |query: &str| {
            let found = manager.get(&format!("/customers/duplicates{query}")).await.expect(200);
            let line = |pair: &Value| {
                format!("{} {} {}", pair["first"]["code"].as_str().unwrap(), pair["second"]["code"].as_str().unwrap(), pair["score"])
            };
            let mut lines: Vec<String> = found["items"].as_array().unwrap().iter().map(line).collect();
            lines.sort();
            lines
        };
        assert_eq!(pairs("").await, ["C1 C2 92", "C1 C3 100", "C2 C3 92"]);
        assert_eq!(pairs("?limit=1&sort=-score").await, ["C1 C3 100"]);

        manager.post("/customers/C2/tell-apart/C1", json!({"reason": " "})).await.expect(422);
        manager.post("/customers/C2/tell-apart/C2", json!({"reason": "x"})).await.expect(422);
        warehouse.post("/customers/C2/tell-apart/C1", json!({"reason": "x"})).await.expect(403);
        manager.post("/customers/C2/tell-apart/C1", json!({"reason": "厂与贸易公司"})).await.expect(204);
        assert_eq!(
            manager.post("/customers/C1/tell-apart/C2", json!({"reason": "x"})).await.expect(409)["code"],
            "customer.already_distinct"
        );
        assert_eq!(pairs("").await, ["C1 C3 100", "C2 C3 92"]);
        assert_eq!(pairs("?state=distinct").await, ["C1 C2 92"]);

        // Renamed it is like nobody any more, and what was told apart stays so.
        manager.put("/customers/C3", 1, file("C3", "宁波鸿运贸易有限公司", "", "")).await.expect(200);
        tick(&server).await;
        assert!(pairs("").await.is_empty());
        assert_eq!(pairs("?state=distinct").await, ["C1 C2 92"]);
        assert!(manager.get("/customers/duplicates?state=distinct&format=csv").await.text().contains("远大机械厂"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_cannot_be_right_is_refused_at_its_field() {
    for server in servers().await {
        let manager = server.sign_in("sales_manager").await.with("accept-language", "zh-CN");
        for (phone, code, words) in [
            ("1380013800", "value.not_a_mobile", "11 位"),
            ("+123", "value.not_a_phone", "格式"),
            ("+12345", "value.not_international", "国家"),
        ] {
            let refused = manager.post("/customers", file("C1", "甲", phone, "")).await;
            let problem = refused.expect(422);
            assert_eq!(refused.pointers(), [("/contacts/0/phone".to_owned(), code.to_owned())]);
            assert!(problem["errors"][0]["message"].as_str().unwrap().contains(words), "{problem}");
        }
        manager.post("/customers", file("C1", "甲", "+852 2345 6789", "")).await.expect(201);
    }
}
