//! A gate of the company before every step of an order; and approvals that are asked for again.

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::confirmation::{copy, sending};
use crate::shop::{Shop, cny, id, order_of, parcel, shops, shows, with};

/// Rules with one gate before one step: the customer's own number must be there.
fn gate_before(verb: &str) -> String {
    format!(
        "title = \"x\"\n[[checklist]]\ncode = \"lines\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n\
         [[gate]]\ncode = \"po\"\non = [\"{verb}\"]\nrequire = \"order.customer_po != ''\"\nmessage = \"No number of the customer\"\n\
         override = [\"sales_manager\"]\n"
    )
}

fn reason() -> Value {
    json!({"reason": "因为"})
}

/// A body with which a step is possible.
fn body(verb: &str) -> Value {
    match verb {
        "return" | "reject" | "void" | "hold" | "cancel" | "close-short" | "reopen" | "waive-follow-up" => reason(),
        "review" => json!({"checklist": ["lines"]}),
        "ship" => parcel("1"),
        "deliver" => json!({"signer": "李"}),
        "record-payment" | "record-refund" => json!({"amount": "1.00", "method": "bank"}),
        "follow-up" => json!({"score": 5, "comment": ""}),
        _ => json!({}),
    }
}

/// Who does a step.
fn doer<'a>(shop: &'a Shop, verb: &str) -> &'a Client {
    match verb {
        "edit" | "submit" | "copy" | "change" => &shop.rep,
        "approve" | "reject" | "reopen" => &shop.manager,
        "reserve" | "ship" => &shop.warehouse,
        "invoice" | "record-payment" | "record-refund" => &shop.finance,
        "follow-up" | "waive-follow-up" => &shop.after,
        _ => &shop.service,
    }
}

/// Does a step, as the one who does it.
async fn act(shop: &Shop, order: &str, verb: &str) -> Answer {
    let who = doer(shop, verb);
    match verb {
        "edit" => {
            let version = shop.page(order).await["version"].as_i64().unwrap();
            who.put(&format!("/orders/{order}"), version, order_of(2)).await
        }
        "deliver" => {
            let page = shop.page(order).await;
            let open = page["shipments"].as_array().unwrap().iter().find(|note| note["delivered_on"].is_null()).unwrap().clone();
            who.post(&format!("/shipments/{}/deliver", id(&open)), body(verb)).await
        }
        // A draft of a change is nothing yet; the gate stands before its submission.
        "change" => {
            let packing = json!([{"kind": "packing", "packing": "木箱"}]);
            let made = who.post(&format!("/orders/{order}/changes"), json!({"reason": "客户来函", "changes": packing})).await.expect(201);
            who.post(&format!("/changes/{}/submit", id(&made)), json!({})).await
        }
        "send-confirmation" => who.step(order, verb, sending(who).await).await,
        "record-signed-copy" => who.step(order, verb, copy(who, &[]).await).await,
        _ => who.step(order, verb, body(verb)).await,
    }
}

/// The steps that bring a new draft of two pieces to where another is possible.
const WAY: &[(&str, &[&str])] = &[
    ("edit", &[]),
    ("submit", &[]),
    ("return", &["submit"]),
    ("review", &["submit"]),
    ("approve", &["submit", "review"]),
    ("send-confirmation", &["submit", "review", "approve"]),
    ("record-signed-copy", &["submit", "review", "approve", "send-confirmation"]),
    ("reject", &["submit", "review"]),
    ("reserve", &["submit", "review", "approve", "receive"]),
    ("ship", &["submit", "review", "approve", "receive"]),
    ("deliver", &["submit", "review", "approve", "receive", "ship", "ship"]),
    ("invoice", &["submit", "review", "approve", "receive", "ship"]),
    ("record-payment", &["submit", "review", "approve"]),
    ("record-refund", &["submit", "review", "approve", "receive", "ship", "pay", "close-short"]),
    ("follow-up", &["submit", "review", "approve", "receive", "ship", "ship", "deliver", "deliver"]),
    ("waive-follow-up", &["submit", "review", "approve", "receive", "ship", "ship", "deliver", "deliver"]),
    ("close-short", &["submit", "review", "approve", "receive", "ship"]),
    ("close", CLOSING),
    ("reopen", CLOSED),
    ("hold", &["submit"]),
    ("resume", &["submit", "hold"]),
    ("void", &["submit"]),
    ("cancel", &["submit", "review", "approve"]),
    ("change", &["submit", "review", "approve"]),
    ("copy", &["submit"]),
];
const CLOSING: &[&str] = &["submit", "review", "approve", "receive", "ship", "ship", "deliver", "deliver", "follow-up", "invoice", "pay"];
const CLOSED: &[&str] =
    &["submit", "review", "approve", "receive", "ship", "ship", "deliver", "deliver", "follow-up", "invoice", "pay", "close"];

/// An order that has come so far.
async fn come(shop: &Shop, way: &[&str]) -> String {
    let order = shop.draft(order_of(2)).await;
    for step in way {
        match *step {
            "receive" => shop.receive("P001", "4").await,
            "pay" => {
                shop.finance.step(&order, "record-payment", json!({"amount": "1000.00", "method": "bank"})).await.expect(200);
            }
            step => {
                let answer = act(shop, &order, step).await;
                assert!(answer.status.is_success(), "{step} {}", answer.text());
            }
        }
    }
    order
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_may_stand_before_every_step_and_an_override_lets_it_pass_once() {
    let all: Vec<&str> = domain::GATED.iter().map(|verb| verb.as_str()).collect();
    assert!(all.iter().all(|verb| WAY.iter().any(|(known, _)| known == verb)) && all.len() == WAY.len(), "{all:?}");
    for shop in shops().await {
        for (verb, way) in WAY {
            shop.rules(&gate_before(verb)).await;
            let order = come(&shop, way).await;
            let gate = json!({"code": "po", "message": "No number of the customer", "override_by": ["sales_manager"],
                "missing": [{"fact": "order.customer_po", "label": "Customer's order number"}]});
            let page = doer(&shop, verb).get(&format!("/orders/{order}")).await.expect(200);
            let action = page["actions"].as_array().unwrap().iter().find(|action| action["verb"] == *verb).unwrap().clone();
            shows(&action, &json!({"allowed": false, "code": "gate-refused", "gates": [gate]}));
            let refused = act(&shop, &order, verb).await.expect(409);
            shows(&refused, &json!({"type": "gate-refused", "gates": [gate]}));
            assert_eq!(shop.page(&order).await["version"], page["version"], "{verb}: nothing of it stays");

            let over = json!({"gate": "po", "verb": verb, "reason": "老客户"});
            shop.manager.step(&order, "override-gate", over).await.expect(200);
            let allowed = doer(&shop, verb).get(&format!("/orders/{order}")).await.expect(200);
            let action = allowed["actions"].as_array().unwrap().iter().find(|action| action["verb"] == *verb).unwrap().clone();
            assert_eq!(action["allowed"], true, "{verb} {action}");
            let done = act(&shop, &order, verb).await;
            assert!(done.status.is_success(), "{verb} {}", done.text());
            let page = shop.page(&order).await;
            shows(&page["rules"]["overrides"], &json!([{"gate": "po", "verb": verb, "owed": "nothing"}]));
            assert!(page["rules"]["overrides"][0]["used_at"].is_string(), "{verb}: the override is used up");
            if matches!(*verb, "edit" | "ship" | "deliver" | "record-payment" | "copy") {
                assert_eq!(act(&shop, &order, verb).await.expect(409)["type"], "gate-refused", "{verb}: once");
            }
        }
        shop.verify().await;
    }
}

/// The manager and the customer's service sign always, finance above the limit.
const LIMIT: &str = "title = \"x\"\n[limits]\napproval = 50000\n[[checklist]]\ncode = \"lines\"\n\
    [[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n\
    [[approval]]\ncode = \"finance\"\nstage = 2\nroles = [\"finance\"]\nwhen = \"order.payable > limit.approval\"\n\
    [[approval]]\ncode = \"terms\"\nstage = 3\nroles = [\"after_sales\"]\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_crosses_a_limit_asks_for_approval_again_from_everybody() {
    for shop in shops().await {
        let permissions = json!(["order.view", "order.approve", "order.return"]);
        let names = json!({"zh-CN": "条款", "zh-TW": "條款", "en": "Terms"});
        shop.admin.post("/roles", json!({"code": "terms", "name": names, "permissions": permissions})).await.expect(201);
        shop.server.add_user("t1", "terms").await;
        let terms = shop.server.sign_in("t1").await;
        shop.rules(&LIMIT.replace("after_sales", "terms")).await;
        let order = shop.place(order_of(100)).await;
        let put = |pieces: Value| {
            let (shop, order) = (&shop, order.clone());
            async move {
                let version = shop.page(&order).await["version"].as_i64().unwrap();
                shop.rep.put(&format!("/orders/{order}"), version, pieces).await
            }
        };
        assert_eq!(put(order_of(1)).await.expect(409)["code"], "order.not_draft", "submitted: only by going back");
        shop.service.step(&order, "review", body("review")).await.expect(200);
        assert_eq!(put(order_of(1)).await.expect(409)["code"], "order.not_draft", "reviewed: only by going back");
        let roles = |page: &Value, round: i64| {
            let mine = page["approvals"].as_array().unwrap().iter().filter(|step| step["round"] == round);
            mine.map(|step| (step["role"].as_str().unwrap().to_owned(), step["decision"].clone())).collect::<Vec<_>>()
        };
        let pair = |role: &str, decision: Value| (role.to_owned(), decision);
        let page = shop.page(&order).await;
        assert_eq!(page["payable"], cny("50000.00"));
        assert_eq!(roles(&page, 1), [pair("sales_manager", json!(null)), pair("terms", json!(null))], "at the limit: without finance");
        assert_eq!(shop.manager.step(&order, "approve", json!({})).await.expect(200)["status"], "reviewed");

        let question = json!({"questions": [{"field": "freight", "question": "运费谁付？"}]});
        assert_eq!(terms.step(&order, "return", question).await.expect(200)["status"], "draft");
        put(with(order_of(100), json!({"freight": "1.00"}))).await.expect(200);
        shop.rep.step(&order, "submit", json!({})).await.expect(200);
        shop.service.step(&order, "review", body("review")).await.expect(200);
        let page = shop.page(&order).await;
        assert_eq!(page["payable"], cny("50001.00"));
        let open = |role: &str| pair(role, json!(null));
        assert_eq!(roles(&page, 2), [open("sales_manager"), open("finance"), open("terms")], "the earlier signature does not count");
        assert_eq!(roles(&page, 1), [pair("sales_manager", json!("approved")), pair("terms", json!("returned"))]);

        assert_eq!(terms.step(&order, "approve", json!({})).await.expect(403)["code"], "order.not_your_step");
        assert_eq!(shop.manager.step(&order, "approve", json!({})).await.expect(200)["status"], "reviewed");
        assert_eq!(shop.finance.step(&order, "approve", json!({})).await.expect(200)["status"], "reviewed");
        assert_eq!(terms.step(&order, "approve", json!({})).await.expect(200)["status"], "effective");
        shop.verify().await;
    }
}
