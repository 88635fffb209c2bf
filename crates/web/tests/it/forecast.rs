//! Forecasts of demand and what must be ordered again, over HTTP.

use serde_json::{Value, json};

use crate::shop::{Shop, items, order_of, shops, with};

/// Fridays on which two pieces each are wanted.
const FRIDAYS: [&str; 8] = ["2026-11-27", "2026-12-04", "2026-12-11", "2026-12-18", "2026-12-25", "2027-01-01", "2027-01-08", "2027-01-15"];

/// Two pieces of P001 are wanted in each of eight weeks, and nothing is shipped; it is Wednesday after the last of them.
async fn sold(shop: Shop) -> Shop {
    for day in FRIDAYS {
        shop.effective(with(order_of(2), json!({"required_on": day}))).await;
    }
    shop.on("2027-01-20T02:00:00Z").await
}

/// INV-06: history, class, method with its reason, accuracy beside the naive forecasts, safety stock and reorder point.
#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_forecast_and_its_reorder_point_explained() {
    for shop in shops().await {
        let none = shop.warehouse.get("/products/P001/forecast").await.expect(200);
        assert_eq!((&none["history"], &none["profile"], &none["why"]), (&json!([]), &Value::Null, &json!("short")));
        assert_eq!(none["target"]["reorder_point"], json!({"value": "0", "unit": "台"}));

        let shop = sold(shop).await;
        let found = shop.warehouse.get("/products/P001/forecast?service_level=95&lead_days=14").await.expect(200);
        let history = found["history"].as_array().unwrap();
        assert_eq!((history.len(), &history[0]["starts_on"], &history[0]["ordered"]["value"]), (8, &json!("2026-11-23"), &json!("2")));
        assert_eq!(
            (&found["profile"]["class"], &found["method"], &found["why"]),
            (&json!("smooth"), &json!("damped_trend"), &json!("smooth"))
        );
        assert_eq!((&found["ahead"][0]["starts_on"], &found["ahead"][0]["expected"]["value"]), (&json!("2027-01-18"), &json!("2")));
        assert_eq!((&found["target"]["lead_demand"]["value"], &found["target"]["safety_stock"]["value"]), (&json!("4"), &json!("0")));
        assert_eq!(found["target"]["basis"], "normal");
        let methods: Vec<&Value> = found["accuracy"].as_array().unwrap().iter().map(|one| &one["method"]).collect();
        assert_eq!(methods, [&Value::Null, &json!("naive"), &json!("seasonal_naive")]);
        assert_eq!(found["accuracy"][0]["wape"], json!(0.0));

        let later = shop.warehouse.get("/products/P001/forecast?period=month&lead_days=0").await.expect(200);
        assert_eq!((&later["period"], &later["history"].as_array().unwrap().len()), (&json!("month"), &2));
        let wrong = shop.warehouse.get("/products/P001/forecast?period=year&service_level=100&lead_days=-1&lead_deviation_days=x").await;
        wrong.expect(422);
        let pointers: Vec<String> = wrong.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/period", "/service_level", "/lead_days", "/lead_deviation_days"]);
        shop.warehouse.get("/products/P9/forecast").await.expect(404);
    }
}

/// INV-06, PUR-01: what is at its reorder point is proposed with a quantity and a reason, the most urgent first; what has enough is not.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_low_is_proposed_for_ordering() {
    for shop in shops().await {
        assert_eq!(items(&shop.warehouse.get("/stock/replenishment").await.expect(200)), Vec::<Value>::new());
        let shop = sold(shop).await;
        // Sixteen are owed and none is there. Two weeks need 4, the 28 days after it 8 more.
        let list = shop.warehouse.get("/stock/replenishment?cover_days=28").await.expect(200);
        let rows = items(&list);
        assert_eq!((rows.len(), &rows[0]["code"], &rows[0]["urgency"]), (1, &json!("P001"), &json!("short")));
        assert_eq!((&rows[0]["short"]["value"], &rows[0]["position"]["value"]), (&json!("16"), &json!("-16")));
        assert_eq!((&rows[0]["target"]["reorder_point"]["value"], &rows[0]["proposed"]["value"]), (&json!("4"), &json!("28")));
        assert_eq!((&rows[0]["target"]["lead_days"], &list["next"]), (&json!(14), &Value::Null));

        shop.receive("P001", "19").await;
        let rows = items(&shop.warehouse.get("/stock/replenishment?cover_days=28&product=P001").await.expect(200));
        assert_eq!(
            (&rows[0]["position"]["value"], &rows[0]["urgency"], &rows[0]["proposed"]["value"]),
            (&json!("3"), &json!("late"), &json!("9"))
        );
        shop.receive("P001", "2").await;
        assert_eq!(items(&shop.warehouse.get("/stock/replenishment").await.expect(200)), Vec::<Value>::new());
        let surer = shop.warehouse.get("/stock/replenishment?lead_days=28").await.expect(200);
        assert_eq!(surer["items"][0]["urgency"], "late");
        let csv = shop.admin.get("/stock/replenishment?lead_days=28&format=csv").await;
        assert!(csv.text().contains("P001"), "{}", csv.text());
        shop.warehouse.get("/stock/replenishment?service_level=49").await.expect(422);
        shop.warehouse.get("/stock/replenishment?cover_days=731").await.expect(422);
    }
}
