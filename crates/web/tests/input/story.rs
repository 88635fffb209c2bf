//! What happened in both companies before anybody sends nonsense: masters, and an order at every step.

use serde_json::{Value, json};

use crate::world::{FOREIGN, World};

/// The content of an order for so many P001.
fn order(pieces: usize) -> Value {
    json!({"customer_id": "C1", "required_on": "2026-12-15", "lines": [{"product_id": "P1", "quantity": pieces.to_string()}, {"product_id": "P2", "quantity": "1"}]})
}

/// Plays it.
pub async fn play(world: &mut World) {
    for (who, mark) in [("other", FOREIGN), ("boss", "光")] {
        masters(world, who, mark).await;
        for steps in 0..7 {
            advance(world, who, steps).await;
        }
    }
    let nouns = [
        "orders",
        "customers",
        "products",
        "warehouses",
        "prices",
        "users",
        "roles",
        "shipments",
        "invoices",
        "payments",
        "follow-ups",
        "sessions",
        "api-tokens",
    ];
    world.make_token().await;
    for noun in nouns {
        let ours = world.ask("boss", "GET", &format!("/api/v1/{noun}"), None).await;
        assert_eq!(ours.status, 200, "{noun}");
        world.learn(noun, &ours.json());
        if noun != "roles" {
            let theirs = world.ask("other", "GET", &format!("/api/v1/{noun}"), None).await.json();
            world.foreign.extend(theirs["items"].as_array().unwrap().iter().filter_map(|row| row["id"].as_str().map(str::to_owned)));
        }
    }
    assert!(world.foreign.len() > 15);
}

async fn masters(world: &World, who: &str, mark: &str) {
    let contact = json!([{"name": mark, "phone": "13800138000", "primary": true}]);
    let address = json!([{"receiver": mark, "province": "上海市", "street": mark, "default": true}]);
    let customer = json!({"code": "C1", "name": mark, "grade": "B", "channel": "phone", "settlement": "monthly", "tax_inclusive": true, "contacts": contact, "addresses": address});
    made(world, who, "/api/v1/customers", customer).await;
    made(world, who, "/api/v1/warehouses", json!({"code": "W1", "name": mark})).await;
    for code in ["P1", "P2"] {
        made(world, who, "/api/v1/products", json!({"code": code, "name": mark, "unit": "台", "list_price": "500"})).await;
    }
    made(world, who, "/api/v1/prices", json!({"product_id": "P1", "customer_id": "C1", "unit_price": "480"})).await;
    let lines = json!([{"product_id": "P1", "quantity": "1000"}, {"product_id": "P2", "quantity": "1000"}]);
    let goods = json!({"warehouse_id": "W1", "reference": mark, "lines": lines});
    assert_eq!(world.ask(who, "POST", "/api/v1/stock/receive", Some(goods)).await.status, 200);
}

async fn made(world: &World, who: &str, path: &str, body: Value) {
    let answer = world.ask(who, "POST", path, Some(body)).await;
    assert_eq!(answer.status, 201, "{path}: {}", String::from_utf8_lossy(&answer.bytes));
}

/// An order, so many steps on its way.
async fn advance(world: &World, who: &str, steps: usize) {
    // One enters, another reviews, a third approves.
    let (rep, chief) = if who == "boss" { ("rep", "chief") } else { ("other-rep", "other-chief") };
    let answer = world.ask(rep, "POST", "/api/v1/orders", Some(order(steps + 1))).await;
    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.bytes));
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    let parcel = json!({"carrier": "SF", "tracking": "1", "lines": [{"line_no": 1, "quantity": "1"}]});
    let way = [
        (rep, "submit", json!({})),
        (who, "review", json!({"checklist": domain::STANDARD_CHECKLIST})),
        (chief, "approve", json!({})),
        (who, "ship", parcel),
        (who, "invoice", json!({})),
        (who, "record-payment", json!({"amount": "100", "method": "bank", "reference": format!("R{steps}")})),
    ];
    for (caller, verb, body) in way.into_iter().take(steps) {
        let answer = world.ask(caller, "POST", &format!("/api/v1/orders/{id}/{verb}"), Some(body)).await;
        assert!(answer.status == 200, "{verb}: {}", String::from_utf8_lossy(&answer.bytes));
    }
}
