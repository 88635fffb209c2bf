//! Orders of the portal: placed from the cart, followed, changed and cancelled until the company has confirmed them (INT-07).

use serde_json::json;

use crate::client::Client;
use crate::portal::product;
use crate::shop::{Shop, cny, id, items, order_of, parcel, sets, shops, shows, ticked};

/// Lays so many pieces into the cart and orders them; the order's id.
async fn order(guest: &Client, pieces: &str) -> String {
    guest.post("/portal/cart", json!({"product_id": product(guest).await, "quantity": pieces})).await.expect(200);
    id(&guest.post("/portal/orders", json!({"required_on": "2026-12-15"})).await.expect(201))
}

async fn approve(shop: &Shop, order: &str) {
    shop.service.step(order, "review", ticked()).await.expect(200);
    let state = shop.manager.step(order, "approve", json!({})).await.expect(200);
    if state["status"] == "reviewed" {
        shop.finance.step(order, "approve", json!({})).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_cart_held_is_reserved_for_its_order() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let guest = shop.guest("CUST001", "anna").await;
        assert_eq!(guest.post("/portal/orders", json!({})).await.expect(409)["code"], "portal.cart_empty");
        guest.post("/portal/cart", json!({"product_id": product(&guest).await, "quantity": "8"})).await.expect(200);
        let incomplete = guest.post("/portal/orders", json!({})).await;
        incomplete.expect(422);
        assert_eq!(incomplete.pointers()[0].0, "/required_on");
        assert_eq!(shop.stock("P001").await, ("10".into(), "8".into()), "a refused order changes nothing");
        let body = json!({"required_on": "2026-12-15", "customer_po": "PO-7", "notes": "请走货运", "receiver": "张师傅"});
        let made = guest.post_once("once", "/portal/orders", body.clone()).await.expect(201);
        assert_eq!(guest.post_once("once", "/portal/orders", body).await.expect(201), made, "ordered once");
        assert_eq!(shop.stock("P001").await, ("10".into(), "8".into()));
        assert_eq!(guest.get("/portal/cart").await.expect(200)["lines"], json!([]));
        shows(&made, &json!({"status": "waiting", "payable": cny("4000.00")}));

        let page = shop.page(&id(&made)).await;
        shows(
            &page,
            &json!({
                "status": "submitted", "channel": "portal", "customer_po": "PO-7", "receiver": "张师傅", "notes": "请走货运", "settlement": "deposit_balance",
                "entered_by": {"name": "anna 小姐"}, "lines": [{"reserved": sets("8"), "unit_price": cny("500.00")}],
            }),
        );
        let timeline = shop.rep.get(&format!("/orders/{}/events", id(&made))).await.expect(200);
        assert!(timeline.to_string().contains("anna 小姐 · "), "who did it is known by name and customer: {timeline}");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_changed_and_cancelled_until_it_is_confirmed() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let guest = shop.guest("CUST001", "anna").await;
        let first = order(&guest, "4").await;
        shop.service.step(&first, "review", ticked()).await.expect(200);
        let path = format!("/portal/orders/{first}");
        let seen = guest.get(&path).await.expect(200);
        shows(&seen, &json!({"status": "waiting", "open_to_change": true, "promised_on": null}));
        let change = json!({"lines": [{"line_no": 1, "quantity": "6"}], "required_on": "2026-12-20", "notes": "多要两台"});
        guest.post_at(&format!("{path}/change"), 1, change.clone()).await.expect(412);
        let version = seen["version"].as_i64().unwrap();
        let changed = guest.post_at(&format!("{path}/change"), version, change).await.expect(200);
        shows(&changed, &json!({"status": "waiting", "payable": cny("3000.00"), "number": seen["number"]}));
        let page = shop.page(&first).await;
        shows(&page, &json!({"status": "submitted", "required_on": "2026-12-20", "notes": "多要两台", "lines": [{"reserved": sets("6")}]}));
        assert_eq!(shop.stock("P001").await, ("10".into(), "6".into()));
        let nothing = guest.post(&format!("{path}/change"), json!({"lines": [{"line_no": 1, "quantity": "0"}]})).await;
        nothing.expect(422);
        assert_eq!(nothing.pointers(), [("/lines".into(), "value.required".into())]);

        let second = order(&guest, "1").await;
        guest.post(&format!("/portal/orders/{second}/cancel"), json!({"reason": "重复下单"})).await.expect(200);
        assert_eq!(shop.page(&second).await["status"], "void");
        assert_eq!(guest.post(&format!("/portal/orders/{second}/cancel"), json!({})).await.expect(409)["code"], "portal.ended");
        assert_eq!(shop.stock("P001").await, ("10".into(), "6".into()));

        approve(&shop, &first).await;
        for verb in ["change", "cancel"] {
            assert_eq!(guest.post(&format!("{path}/{verb}"), json!({})).await.expect(409)["code"], "portal.confirmed", "{verb}");
        }
        let orders = items(&guest.get("/portal/orders").await.expect(200));
        assert_eq!(orders.iter().map(|row| row["status"].as_str().unwrap()).collect::<Vec<_>>(), ["cancelled", "confirmed"]);
        assert_eq!(items(&guest.get("/portal/orders?status=confirmed").await.expect(200)).len(), 1);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_follows_its_order_and_sees_nothing_of_the_house() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let guest = shop.guest("CUST001", "anna").await;
        let id = order(&guest, "4").await;
        approve(&shop, &id).await;
        let payment = json!({"amount": "600", "method": "bank", "paid_on": "2026-11-21"});
        shop.finance.step(&id, "record-payment", payment).await.expect(200);
        shop.warehouse.step(&id, "ship", parcel("3")).await.expect(200);
        shop.finance.step(&id, "invoice", json!({})).await.expect(200);
        let answer = guest.get(&format!("/portal/orders/{id}")).await;
        let seen = answer.expect(200);
        shows(
            &seen,
            &json!({
                "status": "confirmed", "open_to_change": false, "promised_on": "2026-12-15", "paid": cny("600.00"), "open": cny("1400.00"),
                "lines": [{"quantity": sets("4"), "ready": sets("4"), "shipped": sets("3"), "delivered": sets("0")}],
                "shipments": [{"carrier": "顺丰", "tracking": "SF1", "lines": [{"quantity": sets("3")}]}],
                "payments": [{"amount": cny("600.00")}],
            }),
        );
        assert_eq!(seen["tracks"].as_array().unwrap().len(), 5);
        let text = answer.text();
        assert!(!text.contains("先生"), "no names of the company's people: {text}");
        for inside in ["approvals", "margin", "unit_cost", "exposure", "rep", "gates"] {
            assert!(!text.contains(&format!("\"{inside}")), "{inside}: {text}");
        }
        let steps: Vec<&str> = seen["steps"].as_array().unwrap().iter().map(|step| step["text"].as_str().unwrap()).collect();
        assert!(
            steps.contains(&"Shipped")
                && steps.contains(&"Your payment was received")
                && steps.last() == Some(&"Order sent; we will confirm it"),
            "{steps:?}"
        );
        let account = guest.get("/portal/account").await.expect(200);
        shows(&account, &json!({"invoices": [{"order": {"id": id}}]}));

        let hidden = shop.effective(order_of(1)).await;
        let theirs = items(&guest.get("/portal/orders").await.expect(200));
        assert!(theirs.iter().any(|row| row["id"] == hidden.as_str()), "orders the company took by phone are there too");
    }
}
