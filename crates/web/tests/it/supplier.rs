//! Suppliers over HTTP: what they supply, at which prices and how soon.

use serde_json::{Value, json};

use crate::shop::{cny, id, items, sets, shops, shows, with};

/// A supplier of P001 at 300.00, ten at least, in fives, rushed in three days for 10 % more.
pub fn supplier_of(code: &str) -> Value {
    json!({
        "code": code, "name": format!("供应商{code}"), "contact": "刘工", "phone": "13900139000", "email": "liu@example.com", "terms_days": 30,
        "lead_days": 10, "over_tolerance": "5", "under_tolerance": "2",
        "products": [{
            "product_id": "P001", "supplier_code": "X-1", "unit_price": "300", "minimum": "10", "multiple": "5", "lead_days": 7,
            "rush_lead_days": 3, "rush_rate": "10", "preferred": true,
        }],
    })
}

/// PUR-01
#[tokio::test(flavor = "multi_thread")]
async fn a_supplier_is_added_changed_and_listed_with_what_it_supplies() {
    for shop in shops().await {
        let wrong = json!({
            "code": "G 1", "name": "", "phone": "1", "email": "x", "calendar": "none", "lead_days": -1, "over_tolerance": "101",
            "products": [{"product_id": "P001", "unit_price": "1"}],
        });
        let answer = shop.manager.post("/suppliers", wrong.clone()).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [("/calendar".to_owned(), "value.unknown".to_owned())]);
        let answer = shop.manager.post("/suppliers", with(wrong, json!({"calendar": ""}))).await;
        let pointers: Vec<String> = answer.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/code", "/name", "/phone", "/email", "/lead_days", "/over_tolerance"]);
        let rush = json!([
            {"product_id": "P001", "unit_price": "1", "rush_rate": "5", "rush_amount": "1"},
            {"product_id": "P001", "unit_price": "1", "rush_lead_days": 10},
        ]);
        let answer = shop.manager.post("/suppliers", with(supplier_of("G1"), json!({"products": rush}))).await;
        assert_eq!(
            answer.pointers(),
            [
                ("/products/0/rush_amount", "supplier.two_surcharges"),
                ("/products/0/rush_lead_days", "supplier.no_rush_days"),
                ("/products/1/rush_lead_days", "supplier.rush_not_sooner"),
                ("/products/1/product_id", "value.repeated"),
            ]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
        assert_eq!(shop.rep.post("/suppliers", supplier_of("G1")).await.expect(403)["code"], "denied");
        shop.rep.get("/suppliers").await.expect(403);

        let made = shop.manager.post("/suppliers", with(supplier_of("G1"), json!({"calendar": "office"}))).await.expect(201);
        let one = id(&made);
        let page = shop.warehouse.get("/suppliers/G1").await.expect(200);
        shows(
            &page,
            &json!({
                "id": one, "version": 1, "currency": "CNY", "calendar": "office", "over_tolerance": "5", "active": true,
                "products": [{
                    "product": {"code": "P001", "name": "A产品"}, "unit_price": cny("300.00"), "minimum": sets("10"), "multiple": sets("5"),
                    "lead_days": 7, "rush_lead_days": 3, "rush_rate": "10", "rush_price": cny("330.00"), "preferred": true,
                }],
            }),
        );
        let twice = shop.manager.post("/suppliers", supplier_of("G1")).await;
        assert_eq!(twice.pointers(), [("/code".to_owned(), "value.taken".to_owned())]);
        // A product has one preferred supplier.
        let other = shop.manager.post("/suppliers", supplier_of("G2")).await;
        assert_eq!(other.pointers(), [("/products/0/preferred".to_owned(), "supplier.other_preferred".to_owned())]);

        // What it supplies is replaced as a whole; the trail says how each product was and is.
        shop.add_product("P002", json!({})).await;
        let products = json!([{"product_id": "P001", "unit_price": "280", "lead_days": 6}, {"product_id": "P002", "unit_price": "0.5"}]);
        let change = with(supplier_of("G1"), json!({"name": "新名", "products": products}));
        shop.manager.put(&format!("/suppliers/{one}"), 1, change.clone()).await.expect(200);
        shop.manager.put(&format!("/suppliers/{one}"), 1, change.clone()).await.expect(412);
        assert_eq!(shop.manager.put(&format!("/suppliers/{one}"), 2, change.clone()).await.expect(200)["version"], 2);
        let events = items(&shop.admin.get(&format!("/audit?subject=supplier/{one}&kind=SupplierEdited")).await.expect(200));
        let edited = Value::Array(events).to_string();
        assert!(edited.contains("P001 · X-1 · 300.00 CNY · ≥ 10 · × 5 · 7 d") && edited.contains("P002 · 0.50 CNY"), "{edited}");
        shop.manager.post("/suppliers", supplier_of("G2")).await.expect(201);

        let list = async |query: &str| items(&shop.finance.get(&format!("/suppliers?{query}")).await.expect(200));
        shows(&Value::Array(list("q=xinming").await), &json!([{"code": "G1", "products": 2, "lead_days": 10}]));
        assert_eq!(list("product=P002").await.len(), 1);
        assert_eq!(list("active=false").await.len(), 0);
        assert!(shop.admin.get("/suppliers?format=csv").await.text().contains("供应商G2"));
        shop.verify().await;
    }
}
