//! Closing short over HTTP: stock, credit and money of what is given up come back in the same act, and the order closes when nothing is left to do.

use serde_json::{Value, json};

use crate::shop::{Shop, cny, id, order_of, parcel, sets, shops, shows};

fn short(lines: &[i64]) -> Value {
    json!({"lines": lines, "reason": "工厂停产"})
}

/// Two lines of P001: ten and four.
fn two_lines() -> Value {
    let lines = json!([{"product_id": "P001", "quantity": "10"}, {"product_id": "P001", "quantity": "4"}]);
    json!({"customer_id": "CUST001", "required_on": "2026-12-15", "lines": lines})
}

impl Shop {
    async fn owes(&self) -> (Value, Value, Value) {
        let credit = self.rep.get("/customers/CUST001").await.expect(200)["credit"].clone();
        (credit["open_orders"].clone(), credit["open_invoices"].clone(), credit["unallocated"].clone())
    }

    async fn sign_for_all(&self, order: &str) {
        for note in self.page(order).await["shipments"].as_array().unwrap().iter().filter(|note| note["delivered_on"].is_null()) {
            self.warehouse.post(&format!("/shipments/{}/deliver", id(note)), json!({"signer": "李"})).await.expect(200);
        }
    }
}

/// CHG-05: one line, then the rest of the order.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_is_free_again_and_shown_at_its_line() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let order = shop.effective(two_lines()).await;
        shop.service.step(&order, "ship", parcel("6")).await.expect(200);
        assert_eq!(shop.stock("P001").await, ("14".to_owned(), "8".to_owned()));
        let state = shop.service.step(&order, "close-short", short(&[1])).await.expect(200);
        shows(&state, &json!({"status": "effective", "tracks": {"fulfilment": {"state": "part_shipped"}}, "payable": cny("5000.00")}));
        let page = shop.page(&order).await;
        shows(
            &page["lines"],
            &json!([
                {"closed_short": sets("4"), "closed_reason": "工厂停产", "open": sets("0"), "reserved": sets("0"), "shippable": sets("0"),
                 "quantity": sets("10"), "gross": cny("3000.00")},
                {"closed_short": sets("0"), "closed_reason": "", "open": sets("4"), "reserved": sets("4"), "gross": cny("2000.00")},
            ]),
        );
        assert_eq!(shop.stock("P001").await, ("14".to_owned(), "4".to_owned()));
        assert_eq!(shop.owes().await, (cny("5000.00"), cny("0.00"), cny("0.00")));

        // The rest of the order: no line is named.
        shop.manager.step(&order, "close-short", short(&[])).await.expect(200);
        assert_eq!(shop.stock("P001").await, ("14".to_owned(), "0".to_owned()));
        let page = shop.page(&order).await;
        shows(&page, &json!({"tracks": {"fulfilment": {"state": "shipped"}}, "payable": cny("3000.00"), "net": cny("2654.87")}));
        let said = shop.rep.get(&format!("/orders/{order}/events")).await.expect(200);
        let told = said["items"].as_array().unwrap().iter().find(|event| event["kind"] == "OrderClosedShort").unwrap().clone();
        shows(&told, &json!({"reason": "工厂停产"}));
        assert!(told["summary"].as_str().unwrap().contains("3,000.00"), "{told}");
        let again = shop.service.step(&order, "close-short", short(&[])).await;
        assert_eq!(again.expect(409)["code"], "order.nothing_open");
        let line = shop.service.step(&order, "change", json!({})).await;
        assert!(line.status.is_client_error());
        let items = json!([{"kind": "quantity", "line_no": 1, "quantity": "12"}]);
        let refused = shop.rep.post(&format!("/orders/{order}/changes"), json!({"reason": "x", "changes": items})).await.expect(422);
        assert_eq!(refused["errors"][0]["code"], "change.line_closed");
        shop.verify().await;
    }
}

/// CHG-05, SVC-04: with the last open line closed short, what is left is to ask the customer, to bill the freight and to close.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_delivered_and_closed_short_is_done() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let order = shop.effective(order_of(10)).await;
        shop.service.step(&order, "ship", parcel("6")).await.expect(200);
        shop.sign_for_all(&order).await;
        shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        shop.finance.step(&order, "record-payment", json!({"amount": "3000.00"})).await.expect(200);
        let state = shop.service.step(&order, "close-short", short(&[])).await.expect(200);
        // The customer was not asked yet: the follow-up begins with it, and the order waits for that.
        let tracks = json!({"fulfilment": {"state": "delivered"}, "finance": {"state": "settled"}, "service": {"state": "follow_up_due"}});
        shows(&state, &json!({"status": "effective", "tracks": tracks}));
        shop.after.step(&order, "follow-up", json!({"score": 5, "comment": ""})).await.expect(200);
        shop.service.step(&order, "close", json!({})).await.expect(200);

        let freight = json!({"customer_id": "CUST001", "required_on": "2026-12-15", "freight": "80",
            "lines": [{"product_id": "P001", "quantity": "2"}, {"product_id": "P001", "quantity": "1"}]});
        let order = shop.effective(freight).await;
        shop.service.step(&order, "ship", parcel("2")).await.expect(200);
        shop.sign_for_all(&order).await;
        shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        shop.service.step(&order, "close-short", short(&[2])).await.expect(200);
        shop.after.step(&order, "waive-follow-up", json!({"reason": "老客户"})).await.expect(200);
        // The freight was to go on the last invoice: now it goes alone.
        let state = shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        shows(&state, &json!({"billed": cny("1080.00"), "payable": cny("1080.00"), "tracks": {"finance": {"state": "billed"}}}));
        let page = shop.page(&order).await;
        shows(&page["invoices"][1], &json!({"gross": cny("80.00"), "freight": cny("80.00"), "lines": []}));
        shop.finance.step(&order, "record-payment", json!({"amount": "1080.00"})).await.expect(200);
        shop.service.step(&order, "close", json!({})).await.expect(200);
        shop.verify().await;
    }
}

/// CHG-05: what was paid in advance for what is not supplied is owed to the customer.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_paid_above_is_a_refund_due() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let order = shop.effective(order_of(10)).await;
        shop.finance.step(&order, "record-payment", json!({"amount": "5000.00"})).await.expect(200);
        shop.service.step(&order, "ship", parcel("6")).await.expect(200);
        shows(&shop.page(&order).await, &json!({"refund_due": cny("0.00"), "open": cny("0.00")}));
        shop.service.step(&order, "close-short", short(&[])).await.expect(200);
        shows(&shop.page(&order).await, &json!({"refund_due": cny("2000.00"), "payable": cny("3000.00"), "paid": cny("5000.00")}));
        assert_eq!(shop.owes().await, (cny("3000.00"), cny("0.00"), cny("5000.00")));
        shop.verify().await;
    }
}

/// CHG-05: what is refused says why and changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_closed_short_says_why() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let order = shop.effective(two_lines()).await;
        let before = shop.page(&order).await;
        for who in [&shop.rep, &shop.finance, &shop.warehouse, &shop.after, &shop.admin] {
            assert_eq!(who.step(&order, "close-short", short(&[1])).await.expect(403)["code"], "denied");
        }
        let refused = async |body: Value, status: u16, code: &str| {
            let answer = shop.service.step(&order, "close-short", body).await.expect(status);
            let said = answer["errors"][0]["code"].as_str().or(answer["code"].as_str()).unwrap_or_default().to_owned();
            assert_eq!(said, code, "{answer}");
            answer
        };
        refused(json!({"lines": [1], "reason": " "}), 422, "value.required").await;
        let unknown = refused(json!({"lines": [1, 7], "reason": "x"}), 422, "line.unknown").await;
        assert_eq!(unknown["errors"][0]["pointer"], "/lines/1");
        refused(json!({"lines": [2, 2], "reason": "x"}), 422, "line.repeated").await;
        refused(short(&[]), 409, "order.nothing_left").await;
        assert_eq!(shop.page(&order).await, before);
        shop.service.step(&order, "ship", parcel("10")).await.expect(200);
        refused(short(&[1]), 422, "line.nothing_open").await;

        // While a change of the order is decided, nothing is closed short.
        let items = json!([{"kind": "packing", "packing": "木箱"}]);
        let change = id(&shop.rep.post(&format!("/orders/{order}/changes"), json!({"reason": "来函", "changes": items})).await.expect(201));
        let submitted = shop.rep.post(&format!("/changes/{change}/submit"), json!({})).await;
        if submitted.status.is_success() {
            let answer = shop.service.step(&order, "close-short", short(&[2])).await.expect(409);
            assert_eq!(answer["gates"][0]["code"], "order.change_open");
        }
        shop.verify().await;
    }
}

/// CHG-05: a shipment of the same goods at the same time: whoever comes second finds what is left.
#[tokio::test(flavor = "multi_thread")]
async fn a_shipment_at_the_same_time_leaves_figures_that_fit() {
    for shop in shops().await {
        shop.receive("P001", "200").await;
        for turn in 0..6 {
            let order = shop.effective(order_of(10)).await;
            shop.service.step(&order, "ship", parcel("2")).await.expect(200);
            let (shipped, closed) =
                tokio::join!(shop.warehouse.step(&order, "ship", parcel("5")), shop.service.step(&order, "close-short", short(&[1])));
            closed.expect(200);
            let page = shop.page(&order).await;
            let line = &page["lines"][0];
            let (of, given_up) = if shipped.status.is_success() { ("7", "3") } else { ("2", "8") };
            shows(line, &json!({"shipped": sets(of), "closed_short": sets(given_up), "reserved": sets("0"), "open": sets("0")}));
            if !shipped.status.is_success() {
                assert!(["order.nothing_to_ship", "stale"].contains(&shipped.code().as_str()), "turn {turn}: {}", shipped.text());
            }
        }
        shop.verify().await;
    }
}
