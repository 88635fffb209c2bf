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
