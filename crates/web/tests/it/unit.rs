//! Further units of a product over HTTP (CAT-01): what is said by the carton is printed by the carton, and the stock moves by the bottle.

use serde_json::{Value, json};

use crate::shop::{Shop, cny, id, items, parcel, shops, shows, with};

fn of(value: &str, unit: &str) -> Value {
    json!({"value": value, "unit": unit})
}

fn order(quantity: Value) -> Value {
    json!({"customer_id": "CUST001", "required_on": "2026-12-15", "lines": [{"product_id": "B1", "quantity": quantity}]})
}

impl Shop {
    /// Bottles at 4.05, 24 in a carton, 960 on a pallet they are not sold by; rolls of 1000/3 m.
    async fn with_units(&self) {
        let carton = json!({"name": "箱", "ratio": "24", "barcode": "6901234567892", "sold": true});
        let pallet = json!({"name": "托", "ratio": "960", "barcode": "", "sold": false});
        self.add_product("B1", json!({"name": "矿泉水", "unit": "瓶", "list_price": "4.05", "units": [carton, pallet]})).await;
        let roll = json!({"name": "卷", "ratio": "1000/3", "sold": true});
        self.add_product("F1", json!({"name": "薄膜", "unit": "m", "list_price": "0.1", "units": [roll]})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_ordered_by_the_carton_and_shipped_by_the_bottle() {
    for shop in shops().await {
        shop.with_units().await;
        shop.receive("B1", "200").await;
        let order = shop.effective(order(of("5", "箱"))).await;
        let page = shop.page(&order).await;
        let sold = json!({"quantity": of("5", "箱"), "unit_price": cny("97.20"), "ratio": "24"});
        shows(
            &page,
            &json!({"payable": cny("486.00"), "lines": [{"quantity": of("120", "瓶"), "unit_price": cny("4.05"), "price_source": "list", "sold": sold, "gross": cny("486.00"), "reserved": of("120", "瓶")}]}),
        );
        shop.service.step(&order, "ship", parcel("24")).await.expect(200);
        shows(&shop.page(&order).await["lines"], &json!([{"shipped": of("24", "瓶"), "reserved": of("96", "瓶")}]));
        // The change is in cartons; what is no whole number of them to six decimals is refused.
        let change = |quantity: Value| json!({"reason": "加单", "changes": [{"kind": "quantity", "line_no": 1, "quantity": quantity}]});
        let preview = async |quantity: Value| shop.rep.post(&format!("/orders/{order}/changes/preview"), change(quantity)).await;
        let six = preview(of("6", "箱")).await.expect(200);
        shows(
            &six["after"],
            &json!({"payable": cny("583.20"), "lines": [{"quantity": of("144", "瓶"), "sold": {"quantity": of("6", "箱"), "unit_price": cny("97.20")}}]}),
        );
        assert_eq!(preview(of("130", "瓶")).await.pointers(), [("/changes/0/quantity".to_owned(), "unit.not_exact".to_owned())]);
        assert_eq!(preview(of("6", "托")).await.pointers(), [("/changes/0/quantity".to_owned(), "value.wrong_unit".to_owned())]);
        // A copy, the list of products by the carton's barcode, and the table say the same.
        let copy = id(&shop.rep.step(&order, "copy", json!({})).await.expect(200)["made"]);
        shows(&shop.page(&copy).await["lines"], &json!([{"sold": sold, "gross": cny("486.00")}]));
        let found = shop.rep.get("/products?q=6901234567892").await.expect(200);
        shows(&json!(items(&found)), &json!([{"code": "B1"}]));
        let table = shop.manager.get("/products?format=csv").await.text();
        assert!(table.contains("箱=24 #06901234567892; 托=960 !"), "{table}");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_by_the_carton_is_exact_though_the_bottle_is_not() {
    for shop in shops().await {
        shop.with_units().await;
        let line = json!({"product_id": "B1", "quantity": of("5", "箱"), "unit_price": "100", "price_reason": "整箱价"});
        let order = shop.draft(with(order(json!("1")), json!({"lines": [line]}))).await;
        // 100.00 ÷ 24 is 4.166667 a bottle; 120 of those would be 500.00004.
        shows(
            &shop.page(&order).await["lines"],
            &json!([{"unit_price": cny("4.166667"), "price_source": "manual", "gross": cny("500.00"), "book_deviation": "2.88", "sold": {"unit_price": cny("100.00")}}]),
        );
        let check = async |product: &str, quantity: Value| {
            let line = json!({"product_id": product, "quantity": quantity});
            shop.rep.post("/orders/check", with(order_of_nothing(), json!({"lines": [line]}))).await.expect(200)
        };
        // Three rolls are 1,000 m at 0.10; a roll is 33.333333, and three of what is printed are 100.00.
        let rolls = check("F1", of("3", "卷")).await;
        shows(&rolls["lines"], &json!([{"sold": {"unit_price": cny("33.333333"), "ratio": "1000/3"}, "gross": cny("100.00")}]));
        for (product, quantity, code) in
            [("F1", of("1", "卷"), "unit.not_exact"), ("B1", of("1", "托"), "unit.not_sold"), ("B1", of("1", "桶"), "value.wrong_unit")]
        {
            let told = check(product, quantity).await;
            shows(&told["errors"][0], &json!({"pointer": "/lines/0/quantity", "code": code}));
        }
        let bad = json!({"code": "B2", "name": "B2", "unit": "瓶", "units": [{"name": "箱", "ratio": "0", "barcode": "6901234567892"}]});
        let refused = shop.admin.post("/products", bad).await;
        assert_eq!(refused.pointers(), [("/units/0/ratio".to_owned(), "unit.not_a_ratio".to_owned())]);
        shop.verify().await;
    }
}

fn order_of_nothing() -> Value {
    json!({"customer_id": "CUST001", "required_on": "2026-12-15"})
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_short_offers_its_substitutes() {
    for shop in shops().await {
        shop.add_product("P002", json!({"name": "B产品"})).await;
        shop.add_product("P003", json!({"name": "C产品"})).await;
        let details = json!({"name": "D产品", "substitutes": ["P002", "P003"], "tracking": "lot", "length_mm": 500, "width_mm": 300, "height_mm": 20,
            "shelf_days": 365, "hazardous": true, "pack_quantity": "12", "packing_rules": "木箱", "quality_standard": "Q/HZ 001-2026"});
        shop.add_product("P004", details.clone()).await;
        shop.receive("P003", "7").await;
        let product = shop.rep.get("/products/P004").await.expect(200);
        shows(&product["substitutes"], &json!([{"code": "P002", "name": "B产品"}, {"code": "P003"}]));
        let kept = ["tracking", "length_mm", "shelf_days", "hazardous", "pack_quantity", "packing_rules", "quality_standard"];
        kept.iter().for_each(|name| assert_eq!(product[*name], details[*name]));
        let line = json!({"product_id": "P004", "quantity": "3"});
        let told = shop.rep.post("/orders/check", with(order_of_nothing(), json!({"lines": [line]}))).await.expect(200);
        shows(&told["lines"], &json!([{"substitutes": [{"product": {"code": "P003"}, "available": {"value": "7", "unit": "台"}}]}]));
        let order = shop.draft(with(order_of_nothing(), json!({"lines": [line]}))).await;
        assert_eq!(shop.page(&order).await["lines"][0]["quality_standard"], "Q/HZ 001-2026");
        let unknown = json!({"code": "P005", "name": "E", "unit": "台", "substitutes": ["P404"]});
        assert_eq!(shop.admin.post("/products", unknown).await.pointers(), [("/substitutes/0".to_owned(), "value.unknown".to_owned())]);
        shop.verify().await;
    }
}
