//! Products over HTTP.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::send;
use crate::server::servers;

fn new_product(code: &str) -> Value {
    json!({"code": code, "name": "A产品", "spec": "L-500×300", "unit": "台", "barcode": "6901234567892", "list_price": "500", "over_tolerance": "5"})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_added_shown_and_changed_with_its_list_price() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        let answer = admin.post("/products", new_product("P001")).await;
        answer.expect(201);
        let place = answer.header("location").strip_prefix("/api/v1").unwrap().to_owned();
        let product = admin.get(&place).await.expect(200);
        assert_eq!(product["list_price"], json!({"amount": "500.00", "currency": "CNY"}));
        assert_eq!((&product["tax_rate"], &product["kind"], &product["over_tolerance"]), (&json!("13"), &json!("standard"), &json!("5")));
        assert_eq!(product["barcode"], "06901234567892");

        let mut change = new_product("P001");
        change.as_object_mut().unwrap().remove("list_price");
        change["name"] = json!("B产品");
        admin.put(&place, 1, change.clone()).await.expect(200);
        let product = admin.get("/products/P001").await.expect(200);
        assert_eq!(
            (&product["name"], &product["list_price"]["amount"]),
            (&json!("B产品"), &json!("500.00")),
            "a price that is not sent stays"
        );
        change["list_price"] = json!({"amount": "0.123456", "currency": "CNY"});
        admin.put(&place, 2, change.clone()).await.expect(200);
        assert_eq!(admin.get(&place).await.expect(200)["list_price"]["amount"], "0.123456");
        change["list_price"] = Value::Null;
        admin.put(&place, 3, change).await.expect(200);
        assert_eq!(admin.get(&place).await.expect(200)["list_price"], Value::Null);
        assert_eq!(admin.get("/prices?product=P001").await.expect(200)["items"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_product_is_said_at_its_field() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        admin.post("/products", new_product("P001")).await.expect(201);
        let mut wrong = new_product("P001");
        wrong["unit"] = json!("");
        wrong["lead_days"] = json!(-1);
        let answer = admin.post("/products", wrong).await;
        answer.expect(422);
        let found: Vec<_> = answer.pointers().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect();
        assert_eq!(found, ["/unit value.required", "/lead_days value.out_of_range", "/code value.taken", "/barcode value.taken"]);
        let answer =
            admin.post("/products", json!({"code": "P2", "name": "B", "unit": "台", "barcode": "6901234567890", "tax_rate": "x"})).await;
        assert_eq!(answer.expect(422)["errors"][0]["pointer"], "/tax_rate");
        let answer = admin.post("/products", json!({"code": "P2", "name": "B", "unit": "台", "barcode": "6901234567890"})).await;
        assert_eq!(answer.expect(422)["errors"][0]["code"], "gtin.check_digit");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_and_permissions_hold_for_products() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        admin.post("/products", new_product("P001")).await.expect(201);
        admin.put("/products/P001", 7, new_product("P001")).await.expect(412);
        send(admin.request(Method::PUT, "/products/P001").json(&new_product("P001"))).await.expect(428);
        let rep = server.sign_in("sales_rep").await;
        rep.get("/products/P001").await.expect(200);
        rep.put("/products/P001", 1, new_product("P001")).await.expect(403);
        rep.post("/products", new_product("P002")).await.expect(403);
        rep.get("/products/none").await.expect(404);
        admin.post("/products/P001/deactivate", json!({})).await.expect(200);
        assert_eq!(admin.post("/products/P001/deactivate", json!({})).await.code(), "product.already_inactive");
        assert_eq!(rep.get("/products?active=false").await.expect(200)["items"][0]["code"], "P001");
        admin.post("/products/P001/activate", json!({})).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_price_needs_the_permission_for_prices() {
    for server in servers().await {
        let role = app::role::RoleInput {
            code: "catalogue".into(),
            name_zh_cn: "商品员".into(),
            name_zh_tw: String::new(),
            name_en: String::new(),
            permissions: domain::Codes::parse("product.view,product.create,product.edit"),
        };
        let operator = server.operator();
        server.app.command(&operator, None, move |work, by| app::role::create::create(work, by, &role)).await.unwrap();
        server.add_user("cai", "catalogue").await;
        let cai = server.sign_in("cai").await;
        assert_eq!(cai.post("/products", new_product("P001")).await.expect(403)["code"], "denied");
        let mut product = new_product("P001");
        product.as_object_mut().unwrap().remove("list_price");
        cai.post("/products", product).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_products_is_searched_and_exported() {
    for server in servers().await {
        let admin = server.sign_in("admin").await;
        admin.post("/products", new_product("P001")).await.expect(201);
        admin
            .post("/products", json!({"code": "P002", "name": "螺丝", "unit": "盒", "kind": "made_to_order", "category": "五金"}))
            .await
            .expect(201);
        let codes = async |query: &str| {
            let found = admin.get(&format!("/products?{query}")).await.expect(200);
            found["items"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(codes("q=690123").await, "P001");
        assert_eq!(codes("q=ls&sort=name").await, "P002");
        assert_eq!(codes("kind=made_to_order").await, "P002");
        assert_eq!(codes("category=%E4%BA%94%E9%87%91").await, "P002");
        assert_eq!(codes("sort=-created_at").await, "P002 P001");
        let text = admin.get("/products?format=csv").await.text();
        assert!(text.contains("L-500×300") && text.contains("500.00"), "{text}");
        let book = admin.get("/products?format=xlsx").await;
        book.expect(200);
        assert!(book.bytes.starts_with(b"PK"));
    }
}
