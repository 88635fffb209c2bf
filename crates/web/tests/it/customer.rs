//! Customers over HTTP.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::send;
use crate::import::upload;
use crate::server::servers;

fn new_customer(code: &str, name: &str) -> Value {
    json!({
        "code": code, "name": name, "credit_code": if code == "CUST001" { "91330100799655058B" } else { "" }, "grade": "A", "settlement": "monthly", "terms_days": 30,
        "deposit_rate": "30", "credit_limit": "100000.00", "owner_id": "sales_rep",
        "contacts": [{"name": "李华", "position": "采购", "phone": "13800138000", "primary": true}],
        "addresses": [{"label": "总仓", "province": "浙江省", "city": "杭州市", "street": "文一西路 969 号", "default": true}],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_file_is_opened_shown_and_changed() {
    for server in servers().await {
        let client = server.sign_in("sales_manager").await;
        let answer = client.post("/customers", new_customer("CUST001", "明华印务有限公司")).await;
        let made = answer.expect(201);
        assert_eq!((answer.header("etag"), &made["code"], &made["version"]), ("\"1\"", &json!("CUST001"), &json!(1)));
        let place = answer.header("location").strip_prefix("/api/v1").unwrap().to_owned();
        let shown = client.get(&place).await;
        let file = shown.expect(200);
        assert_eq!(shown.header("etag"), "\"1\"");
        assert_eq!(file["credit_limit"], json!({"amount": "100000.00", "currency": "CNY"}));
        assert_eq!((&file["deposit_rate"], &file["channel"], &file["tax_inclusive"]), (&json!("30"), &json!("direct"), &json!(true)));
        assert_eq!(file["owner"]["name"], "sales_rep 先生");
        assert_eq!(file["contacts"][0]["position"], "采购");
        assert_eq!(file["credit"]["free"]["amount"], "100000.00");
        assert_eq!(client.get("/customers/CUST001").await.expect(200)["id"], file["id"], "a code may stand for an id");

        let mut change = new_customer("CUST001", "明华印务集团");
        change["credit_limit"] = Value::Null;
        change["contacts"] = json!([{"name": "王芳"}, {"name": "李华"}]);
        let changed = client.put(&place, 1, change).await;
        assert_eq!((changed.expect(200)["version"].clone(), changed.header("etag")), (json!(2), "\"2\""));
        let file = client.get(&place).await.expect(200);
        assert_eq!((&file["credit_limit"], &file["credit"]["free"]), (&Value::Null, &Value::Null));
        assert_eq!(file["contacts"][1]["name"], "李华");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_needs_the_version_it_was_decided_on() {
    for server in servers().await {
        let client = server.sign_in("sales_manager").await;
        client.post("/customers", new_customer("C1", "甲")).await.expect(201);
        client.put("/customers/C1", 1, new_customer("C1", "乙")).await.expect(200);
        assert_eq!(client.put("/customers/C1", 1, new_customer("C1", "丙")).await.expect(412)["code"], "stale");
        let bare = send(client.request(Method::PUT, "/customers/C1").json(&new_customer("C1", "丙"))).await;
        assert_eq!(bare.expect(428)["code"], "version-missing");
        let stale = send(client.request(Method::POST, "/customers/C1/deactivate").header("if-match", "\"1\"").json(&json!({}))).await;
        stale.expect(412);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_wrong_is_said_at_its_field_and_in_the_language_of_the_caller() {
    for server in servers().await {
        let client = server.sign_in("sales_manager").await.with("accept-language", "zh-CN");
        client.post("/customers", new_customer("C1", "甲")).await.expect(201);
        let mut wrong = new_customer("C1", " ");
        wrong["credit_code"] = json!("91330100799655085B");
        wrong["owner_id"] = json!("nobody");
        wrong["contacts"] = json!([{"name": "李华"}, {"name": "", "phone": "1"}]);
        let answer = client.post("/customers", wrong).await;
        let problem = answer.expect(422);
        let found = answer.pointers();
        let expected = ["/owner_id", "/name", "/credit_code", "/contacts/1/name", "/contacts/1/phone", "/code"];
        assert_eq!(found.iter().map(|(pointer, _)| pointer.as_str()).collect::<Vec<_>>(), expected);
        let message = problem["errors"][5]["message"].as_str().unwrap();
        assert!(message.contains("C1") && message.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)), "{message}");

        let mut wrong = new_customer("C2", "乙");
        wrong["grade"] = json!("Z");
        wrong["deposit_rate"] = json!("a");
        wrong["credit_limit"] = json!({"amount": "1.234", "currency": "USD"});
        let answer = client.post("/customers", wrong).await;
        answer.expect(422);
        let codes: Vec<_> = answer.pointers().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect();
        let expected = [
            "/grade value.unknown_choice",
            "/deposit_rate number.not_a_number",
            "/credit_limit value.wrong_currency",
            "/credit_limit number.too_many_decimals",
        ];
        assert_eq!(codes, expected);
        let answer = client.post("/customers", json!({"code": "C3", "colour": "red"})).await;
        assert_eq!(answer.expect(422)["errors"][0]["pointer"], "/colour");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_does() {
    for server in servers().await {
        server.sign_in("sales_manager").await.post("/customers", new_customer("C1", "甲")).await.expect(201);
        let warehouse = server.sign_in("warehouse").await;
        warehouse.get("/customers/C1").await.expect(200);
        assert_eq!(warehouse.post("/customers", new_customer("C2", "乙")).await.expect(403)["code"], "denied");
        warehouse.put("/customers/C1", 1, new_customer("C1", "乙")).await.expect(403);
        warehouse.post("/customers/C1/deactivate", json!({})).await.expect(403);
        server.stranger().get("/customers").await.expect(401);
        warehouse.get("/customers/C9").await.expect(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_switched_off_and_on() {
    for server in servers().await {
        let client = server.sign_in("sales_manager").await;
        client.post("/customers", new_customer("C1", "甲")).await.expect(201);
        assert_eq!(client.post("/customers/C1/deactivate", json!({})).await.expect(200)["version"], 2);
        assert_eq!(client.get("/customers?active=true").await.expect(200)["items"], json!([]));
        assert_eq!(client.post("/customers/C1/deactivate", json!({})).await.expect(409)["code"], "customer.already_inactive");
        client.post("/customers/C1/activate", json!({})).await.expect(200);
        assert_eq!(client.get("/customers?active=true").await.expect(200)["items"][0]["active"], true);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_opens_one_file() {
    for server in servers().await {
        let client = server.sign_in("sales_manager").await;
        let first = client.post_once("k1", "/customers", new_customer("C1", "甲")).await.expect(201);
        assert_eq!(client.post_once("k1", "/customers", new_customer("C1", "甲")).await.expect(201), first);
        client.post_once("k1", "/customers", new_customer("C2", "乙")).await.expect(422);
        assert_eq!(client.get("/customers").await.expect(200)["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_searched_filtered_paged_and_exported() {
    for server in servers().await {
        let client = server.sign_in("sales_manager").await;
        for (code, name) in [("C1", "明华印务"), ("C2", "新雅包装"), ("C3", "=1+1")] {
            client.post("/customers", new_customer(code, name)).await.expect(201);
        }
        let codes = async |query: &str| {
            let found = client.get(&format!("/customers?{query}")).await.expect(200);
            let codes = found["items"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap().to_owned());
            (codes.collect::<Vec<_>>().join(" "), found["next"].as_str().map(str::to_owned))
        };
        assert_eq!(codes("q=mhyw").await, ("C1".into(), None));
        assert_eq!(codes("q=%E6%96%B0%E9%9B%85&grade=A,B&owner=sales_rep&channel=direct").await, ("C2".into(), None));
        assert_eq!(codes("sort=-created_at").await, ("C3 C2 C1".into(), None));
        let (first, next) = codes("limit=2&sort=-code").await;
        assert_eq!(first, "C3 C2");
        assert_eq!(codes(&format!("limit=2&sort=-code&cursor={}", next.unwrap())).await, ("C1".into(), None));
        client.get("/customers?owner=nobody").await.expect(422);
        client.get("/customers?grade=Z").await.expect(422);

        let file = client.get("/customers?format=csv&sort=code").await;
        file.expect(200);
        let text = file.text();
        assert_eq!(text.lines().count(), 4, "{text}");
        assert!(text.contains("明华印务") && text.contains("'=1+1"), "{text}");
        let auditor = server.sign_in("warehouse").await;
        auditor.get("/customers?format=csv").await.expect(403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_decides_credit_is_set_only_by_those_who_may() {
    for server in servers().await {
        let (rep, manager, finance) =
            (server.sign_in("sales_rep").await, server.sign_in("sales_manager").await, server.sign_in("finance").await);
        manager.post("/customers", new_customer("C1", "甲")).await.expect(201);
        let changed = |name: &str, value: Value| {
            let mut change = new_customer("C1", "甲");
            change[name] = value;
            change
        };
        let others =
            [("credit_limit", json!("100000.01")), ("credit_limit", Value::Null), ("terms_days", json!(31)), ("grace_days", json!(31))];
        for (name, value) in others {
            let refused = rep.put("/customers/C1", 1, changed(name, value)).await;
            refused.expect(422);
            assert_eq!(refused.pointers(), [(format!("/{name}"), "value.not_permitted".to_owned())]);
        }
        // Everything else is as it was, with the same limit said in another way.
        let mut other = changed("short_name", json!("甲方"));
        other["credit_limit"] = json!({"amount": "100000", "currency": "CNY"});
        other["settlement"] = json!("deposit_balance");
        rep.put("/customers/C1", 1, other).await.expect(200);
        finance.put("/customers/C1", 2, changed("credit_limit", json!("80000"))).await.expect(200);
        manager.put("/customers/C1", 3, changed("terms_days", json!(45))).await.expect(200);

        // A file that a representative opens gives no credit.
        let refused = rep.post("/customers", new_customer("C2", "乙")).await;
        refused.expect(422);
        let pointers: Vec<String> = refused.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/credit_limit", "/terms_days", "/grade"]);
        let mut new = new_customer("C2", "乙");
        new["credit_limit"] = Value::Null;
        new["terms_days"] = json!(0);
        new["grade"] = json!("C");
        rep.post("/customers", new).await.expect(201);
        let file = rep.get("/customers/C2").await.expect(200);
        assert_eq!(file["credit_limit"]["amount"], "0.00", "nothing said is no credit, not credit without limit");

        // The same in files.
        let import = async |text: &str| {
            let files = [("customers.csv", text.as_bytes().to_vec())];
            let preview = upload(&rep, &files, &[("mapping", "shundan-customers")]).await.expect(201);
            preview["errors"].as_array().unwrap().iter().map(|e| (e["column"].clone(), e["code"].clone())).collect::<Vec<_>>()
        };
        let found = import("Customer code,Customer,Credit limit,Terms (days)\nC1,甲,90000,45\nC3,丙,0,0\n").await;
        assert_eq!(found, [(json!("C"), json!("value.not_permitted"))], "{found:?}");
        let found = import("Customer code,Customer,Credit limit,Short name\nC1,甲,100000,甲\nC3,丙,,丙\n").await;
        assert_eq!(found, [], "{found:?}");
    }
}
