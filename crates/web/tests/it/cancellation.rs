//! What cancelling an order costs, and money paid back, over HTTP (CHG-04).

use serde_json::{Value, json};

use crate::client::Client;
use crate::shop::{Shop, cny, id, items, order_of, parcel, shops, shows};

/// Nothing reserved: 100.00; reserved: a tenth of the order.
const RULES: &str = "title = \"x\"\n[[checklist]]\ncode = \"lines\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n\
    [[cancellation]]\ncode = \"reserved\"\nname = \"备货后取消\"\nstage = \"reserved\"\npercent = 10\n\
    [[cancellation]]\ncode = \"large\"\nwhen = \"order.payable > 3000\"\namount = \"100\"\n";

fn because() -> Value {
    json!({"reason": "客户取消"})
}

impl Shop {
    async fn confirmed(&self, pieces: i64) -> String {
        let order = self.place(order_of(pieces)).await;
        self.service.step(&order, "review", json!({"checklist": ["lines"]})).await.expect(200);
        self.manager.step(&order, "approve", json!({})).await.expect(200);
        order
    }

    async fn account(&self) -> [Value; 3] {
        let credit = self.rep.get("/customers/CUST001").await.expect(200)["credit"].clone();
        ["open_orders", "open_invoices", "unallocated"].map(|name| credit[name].clone())
    }

    async fn pays(&self, order: &str, amount: &str) {
        self.finance.step(order, "record-payment", json!({"amount": amount})).await.expect(200);
    }
}

async fn told(client: &Client, order: &str, kind: &str) -> Value {
    let events = items(&client.get(&format!("/orders/{order}/events")).await.expect(200));
    events.into_iter().find(|event| event["kind"] == kind).unwrap()
}

/// CHG-04: the cost is shown with its rule before the act; afterwards stock and credit are free, the cost is paid, and the rest is paid back.
#[tokio::test(flavor = "multi_thread")]
async fn cancelling_costs_what_the_rules_say_at_its_stage() {
    for shop in shops().await {
        shop.rules(RULES).await;
        shop.receive("P001", "10").await;
        let order = shop.confirmed(10).await;
        shop.pays(&order, "1500.00").await;
        let shown = shop.service.get(&format!("/orders/{order}/cancellation")).await.expect(200);
        let expected = json!({"stage": "reserved", "rule": "reserved", "rule_name": "备货后取消", "cost": cny("500.00"), "paid": cny("1500.00"),
            "refund_due": cny("1000.00"), "open": cny("0.00"), "may_waive": false});
        shows(&shown, &expected);
        let state = shop.service.step(&order, "cancel", because()).await.expect(200);
        shows(
            &state,
            &json!({"status": "cancelled", "billed": cny("500.00"), "paid": cny("1500.00"), "tracks": {"finance": {"state": "refund_due"}}}),
        );
        assert_eq!(shop.stock("P001").await, ("10".to_owned(), "0".to_owned()));
        assert_eq!(shop.account().await, [cny("0.00"), cny("0.00"), cny("1000.00")]);
        let page = shop.page(&order).await;
        shows(&page, &json!({"refund_due": cny("1000.00"), "open": cny("-1000.00"), "waiting_for": {"what": "refund"}}));
        shows(
            &page["invoices"],
            &json!([{"kind": "cancellation", "status": "paid", "gross": cny("500.00"), "tax": cny("0.00"), "lines": []}]),
        );
        assert!(told(&shop.rep, &order, "CancellationCharged").await["summary"].as_str().unwrap().contains("500.00"));
        let work = shop.finance.get("/my-work").await.expect(200).to_string();
        assert!(work.contains("\"refund\""), "{work}");

        // Finance pays the rest back.
        let refused = shop.finance.step(&order, "record-refund", json!({"amount": "1000.01"})).await.expect(422);
        assert_eq!(
            (&refused["errors"][0]["code"], &refused["errors"][0]["pointer"]),
            (&json!("payment.above_refund_due"), &json!("/amount"))
        );
        assert_eq!(shop.service.step(&order, "record-refund", json!({"amount": "1"})).await.expect(403)["code"], "denied");
        let state = shop.finance.step(&order, "record-refund", json!({"amount": "1000.00", "reference": "回单 9"})).await.expect(200);
        shows(&state, &json!({"paid": cny("500.00"), "tracks": {"finance": {"state": "settled"}}, "made": {"kind": "payment"}}));
        assert_eq!(shop.account().await, [cny("0.00"), cny("0.00"), cny("0.00")]);
        assert_eq!(shop.finance.step(&order, "record-refund", json!({"amount": "1"})).await.expect(409)["code"], "order.nothing_to_refund");
        let page = shop.page(&order).await;
        let payments = page["payments"].as_array().unwrap();
        assert_eq!(payments.iter().map(|one| one["amount"]["amount"].as_str().unwrap()).collect::<Vec<_>>(), ["1500.00", "-1000.00"]);

        // What was paid back is not there to be taken back; the refund itself can be.
        let (paid, refund) = (id(&payments[0]), id(&payments[1]));
        let refused = shop.finance.post(&format!("/payments/{paid}/reverse"), json!({"reason": "录错"})).await.expect(409);
        assert_eq!(refused["code"], "payment.refunded");
        shop.finance.post(&format!("/payments/{refund}/reverse"), json!({"reason": "录错"})).await.expect(200);
        assert_eq!(shop.account().await, [cny("0.00"), cny("0.00"), cny("1000.00")]);
        shop.verify().await;
    }
}

/// CHG-04: nothing reserved and nothing paid: the customer is billed and pays, or finance gives the bill up.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_paid_is_owed() {
    for shop in shops().await {
        shop.rules(RULES).await;
        let small = shop.confirmed(2).await;
        shows(&shop.service.get(&format!("/orders/{small}/cancellation")).await.expect(200), &json!({"rule": null, "cost": cny("0.00")}));
        let state = shop.service.step(&small, "cancel", because()).await.expect(200);
        shows(&state, &json!({"billed": cny("0.00"), "made": null, "tracks": {"finance": {"state": "unbilled"}}}));

        let order = shop.confirmed(8).await;
        shows(
            &shop.service.get(&format!("/orders/{order}/cancellation")).await.expect(200),
            &json!({"stage": "confirmed", "cost": cny("100.00")}),
        );
        shop.service.step(&order, "cancel", because()).await.expect(200);
        assert_eq!(shop.account().await, [cny("0.00"), cny("100.00"), cny("0.00")]);
        shows(&shop.page(&order).await, &json!({"open": cny("100.00"), "waiting_for": {"what": "collect"}}));
        shop.pays(&order, "60.00").await;
        shows(&shop.page(&order).await["invoices"][0], &json!({"open": cny("40.00")}));
        let invoice = id(&shop.page(&order).await["invoices"][0]);
        shop.finance.post(&format!("/invoices/{invoice}/void"), json!({"reason": "老客户"})).await.expect(200);
        shows(&shop.page(&order).await, &json!({"refund_due": cny("60.00"), "billed": cny("0.00")}));
        shop.finance.step(&order, "record-refund", json!({"amount": "60.00"})).await.expect(200);
        assert_eq!(shop.account().await, [cny("0.00"), cny("0.00"), cny("0.00")]);
        assert_eq!(shop.finance.step(&order, "record-payment", json!({"amount": "1"})).await.expect(409)["code"], "order.not_payable");
        shop.verify().await;
    }
}

/// CHG-04: who has the permission charges less, with a reason; nobody charges more.
#[tokio::test(flavor = "multi_thread")]
async fn the_cost_is_waived_by_who_may_with_a_reason() {
    for shop in shops().await {
        shop.rules(RULES).await;
        let order = shop.confirmed(8).await;
        let with = |cost: &str, why: &str| json!({"reason": "客户取消", "cost": cost, "waive_reason": why});
        assert_eq!(shop.service.step(&order, "cancel", with("99.99", "老客户")).await.expect(403)["code"], "denied");
        let pointer = async |body: Value| {
            let refused = shop.manager.step(&order, "cancel", body).await.expect(422);
            refused["errors"][0]["pointer"].as_str().unwrap().to_owned()
        };
        assert_eq!(pointer(with("0", " ")).await, "/waive_reason");
        assert_eq!(pointer(with("100.01", "")).await, "/cost");
        assert_eq!(pointer(with("-1", "x")).await, "/cost");
        assert_eq!(pointer(json!({"cost": "1", "waive_reason": "x"})).await, "/reason");
        shows(&shop.page(&order).await, &json!({"status": "effective"}));
        assert_eq!(shop.manager.get(&format!("/orders/{order}/cancellation")).await.expect(200)["may_waive"], true);
        shop.manager.step(&order, "cancel", with("0", "老客户")).await.expect(200);
        shows(&shop.page(&order).await, &json!({"status": "cancelled", "billed": cny("0.00"), "open": cny("0.00"), "invoices": []}));
        shows(&told(&shop.rep, &order, "CancellationCharged").await, &json!({"reason": "老客户"}));
        let refused = shop.finance.step(&order, "invoice", json!({"kind": "cancellation"})).await;
        assert!(refused.status.is_client_error());
        shop.verify().await;
    }
}

/// CHG-04, CHG-05: an order that waits for nothing but its refund closes with it; shipping and cancelling at the same time: one of them happens.
#[tokio::test(flavor = "multi_thread")]
async fn a_refund_ends_what_nothing_else_keeps_open() {
    for shop in shops().await {
        shop.receive("P001", "40").await;
        let order = shop.effective(order_of(4)).await;
        shop.pays(&order, "2000.00").await;
        shop.service.step(&order, "ship", parcel("3")).await.expect(200);
        let note = id(&shop.page(&order).await["shipments"][0]);
        shop.warehouse.post(&format!("/shipments/{note}/deliver"), json!({"signer": "李"})).await.expect(200);
        shop.service.step(&order, "close-short", json!({"reason": "停产"})).await.expect(200);
        shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        shop.after.step(&order, "follow-up", json!({"score": 5, "comment": ""})).await.expect(200);
        let refused = shop.service.step(&order, "close", json!({})).await.expect(409);
        assert_eq!(refused["gates"][0]["code"], "order.close.overpaid");
        let state = shop.finance.step(&order, "record-refund", json!({"amount": "500.00"})).await.expect(200);
        shows(&state, &json!({"status": "closed", "tracks": {"finance": {"state": "settled"}}}));

        for _ in 0..4 {
            let order = shop.effective(order_of(2)).await;
            let (shipped, cancelled) =
                tokio::join!(shop.warehouse.step(&order, "ship", parcel("1")), shop.service.step(&order, "cancel", because()));
            assert!(shipped.status.is_success() != cancelled.status.is_success(), "{} {}", shipped.text(), cancelled.text());
        }
        shop.verify().await;
    }
}
