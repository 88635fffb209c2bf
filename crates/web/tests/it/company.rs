//! The company's settings over HTTP.

use serde_json::json;

use crate::server::{PASSWORD, found, servers};

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_are_shown_and_changed() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let mut company = server.sign_in("warehouse").await.get("/company").await.expect(200);
        assert_eq!(company["blueprint_no"], json!(0), "the rules that come with the product");
        company["name"] = json!("光石科技股份有限公司");
        company["follow_up_days"] = json!(5);
        let version = company["version"].as_i64().unwrap();
        server.sign_in("warehouse").await.put("/company", version, company.clone()).await.expect(403);
        let saved = admin.put("/company", version, company.clone()).await.expect(200);
        assert_eq!(saved["version"], version + 1);
        admin.put("/company", version, company).await.expect(412);
        let audit = admin.get("/audit?subject=company&kind=CompanyEdited").await.expect(200);
        let changes = audit["items"][0]["changes"].as_array().unwrap();
        assert_eq!(
            (changes.len(), &changes[0]["before"], &changes[0]["after"]),
            (2, &json!("光石科技有限公司"), &json!("光石科技股份有限公司"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_settings_are_refused_at_their_fields() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let mut company = admin.get("/company").await.expect(200);
        company["order_pattern"] = json!("SO");
        company["time_zone"] = json!("Mars/Olympus");
        company["default_tax_rate"] = json!("101");
        let answer = admin.put("/company", 1, company.clone()).await;
        let pointers: Vec<String> = answer.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/order_pattern", "/default_tax_rate", "/time_zone"]);
        company["currency"] = json!("USD");
        company["blueprint_no"] = json!(7);
        let answer = admin.put("/company", 1, company).await;
        let pairs = answer.pointers();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
        assert_eq!(pairs, [("/currency", "value.fixed"), ("/blueprint_no", "value.fixed")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn companies_do_not_see_each_other() {
    for server in servers().await {
        let here = server.sign_in("admin").await;
        found(&server.app.store, "G2", "第二公司").await;
        let mut there = server.stranger();
        there.try_sign_in("G2", "admin", PASSWORD).await.expect(200);
        assert_eq!(there.get("/users").await.expect(200)["items"].as_array().unwrap().len(), 1);
        let id = here.get("/users?q=finance").await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
        there.get(&format!("/users/{id}")).await.expect(404);
        there.post(&format!("/users/{id}/deactivate"), json!({})).await.expect(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_is_founded_by_the_first_one() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let ready = admin.get("/blueprints/ready").await.expect(200);
        let names: Vec<&str> = ready.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["standard", "mall", "dispatch", "export", "wood", "car"]);
        let boss = json!({"username": "boss", "name": "赵明", "language": "zh-CN", "password": "mill-pass-2026"});
        let new = json!({"code": "mill", "name": "明华印务", "currency": "CNY", "time_zone": "Asia/Shanghai", "rules": "mall",
            "warehouse": "总仓", "admin": boss});
        server.sign_in("sales_manager").await.post("/companies", new.clone()).await.expect(403);
        let answer = admin.post_once("found-1", "/companies", new.clone()).await;
        let saved = answer.expect(201);
        assert_eq!(admin.post_once("found-1", "/companies", new.clone()).await.expect(201), saved, "the first answer again");
        let place = answer.header("location").strip_prefix("/api/v1").unwrap().to_owned();
        assert_eq!(admin.get(&place).await.expect(200)["name"], "明华印务");
        assert_eq!(admin.post("/companies", new).await.pointers(), [("/code".to_owned(), "value.taken".to_owned())]);
        let audit = admin.get("/audit?kind=CompanyFounded").await.expect(200);
        assert_eq!((audit["items"].as_array().unwrap().len(), &audit["items"][0]["subject"]["number"]), (1, &json!("mill")));
        assert_eq!(admin.get("/companies?q=mill").await.expect(200)["items"].as_array().unwrap().len(), 1);

        let mut boss = server.stranger();
        boss.try_sign_in("mill", "boss", "mill-pass-2026").await.expect(200);
        let company = boss.get("/company").await.expect(200);
        assert_eq!((&company["blueprint_no"], &company["name"]), (&json!(1), &json!("明华印务")), "under rules of its own");
        assert_eq!(boss.get("/blueprints/1").await.expect(200)["state"], "active");
        assert_eq!(boss.get("/warehouses").await.expect(200)["items"][0]["name"], "总仓");
        let refused = boss.get("/companies").await;
        refused.expect(403);
        assert_eq!(refused.json()["code"], "company.not_first", "others cannot, whatever their roles say");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_new_company_is_told_at_its_field() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let mut new = json!({"code": "a b", "name": "", "currency": "yuan", "time_zone": "Mars/Olympus", "rules": "moon",
            "admin": {"username": "boss", "name": "赵明", "password": "boss"}});
        let pointers = |answer: &crate::client::Answer| answer.pointers().into_iter().map(|(pointer, _)| pointer).collect::<Vec<_>>();
        assert_eq!(pointers(&admin.post("/companies", new.clone()).await), ["/currency", "/admin/password"]);
        new["currency"] = json!("USD");
        new["admin"]["password"] = json!("long-enough-1");
        assert_eq!(pointers(&admin.post("/companies", new).await), ["/code", "/name", "/time_zone", "/rules"]);
        assert_eq!(admin.get("/companies").await.expect(200)["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn companies_founded_at_once_are_each_one_of_its_own() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let found = |code: &'static str| {
            let boss = json!({"username": "boss", "name": "赵明", "password": "mill-pass-2026"});
            let new = json!({"code": code, "name": code, "currency": "CNY", "time_zone": "Asia/Shanghai", "admin": boss});
            let admin = admin.clone();
            async move { admin.post("/companies", new).await.status.as_u16() }
        };
        let mut answers = futures_util::future::join_all(["a1", "a2", "a3", "a3"].map(found)).await;
        answers.sort_unstable();
        assert_eq!(answers, [201, 201, 201, 422], "the same code once");
        assert_eq!(admin.get("/companies").await.expect(200)["items"].as_array().unwrap().len(), 4);
    }
}
