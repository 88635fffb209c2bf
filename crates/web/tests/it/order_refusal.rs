//! What is refused, and how: every verb in every wrong state, without permission, on an old version, for no order at all.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, send};
use crate::shop::{Shop, id, order_of, parcel, shops, ticked};

/// A body with which each verb is possible.
fn body(verb: &str) -> Value {
    match verb {
        "return" | "reject" | "void" | "hold" | "cancel" | "close-short" | "reopen" | "waive-follow-up" => json!({"reason": "因为"}),
        "review" => ticked(),
        "ship" => parcel("1"),
        "invoice" => json!({}),
        "record-payment" | "record-refund" => json!({"amount": "1.00"}),
        "follow-up" => json!({"score": 5, "comment": ""}),
        _ => json!({}),
    }
}

/// Verb, the states it is possible in, and what it says in any other.
const STATES: &[(&str, &str, &str)] = &[
    ("edit", "draft", "order.not_draft"),
    ("submit", "draft", "order.not_draft"),
    ("review", "submitted", "order.not_submitted"),
    ("approve", "reviewed", "order.not_reviewed"),
    ("return", "submitted reviewed", "order.not_under_review"),
    ("reject", "reviewed", "order.not_reviewed"),
    ("reserve", "effective", "order.not_effective"),
    ("ship", "effective", "order.not_effective"),
    ("invoice", "effective", "order.not_effective"),
    ("record-payment", "submitted reviewed effective", "order.not_payable"),
    ("record-refund", "effective cancelled", "order.not_refundable"),
    ("follow-up", "effective", "order.not_effective"),
    ("waive-follow-up", "effective", "order.not_effective"),
    ("close-short", "effective", "order.not_effective"),
    ("close", "effective", "order.not_effective"),
    ("reopen", "closed", "order.not_closed"),
    ("hold", "draft submitted reviewed effective", "order.not_open"),
    ("resume", "", "order.not_open"),
    ("void", "draft submitted reviewed", "order.not_voidable"),
    ("cancel", "effective", "order.not_effective"),
];

async fn act(client: &Client, order: &str, verb: &str) -> crate::client::Answer {
    match verb {
        "edit" => {
            let version = client.get(&format!("/orders/{order}")).await.expect(200)["version"].as_i64().unwrap();
            client.put(&format!("/orders/{order}"), version, order_of(2)).await
        }
        _ => client.step(order, verb, body(verb)).await,
    }
}

/// An order in each state it may rest in.
async fn one_in_each_state(shop: &Shop) -> Vec<(&'static str, String)> {
    shop.receive("P001", "100").await;
    let closed = shop.effective(order_of(1)).await;
    shop.warehouse.step(&closed, "ship", parcel("1")).await.expect(200);
    let note = shop.page(&closed).await["shipments"][0]["id"].as_str().unwrap().to_owned();
    shop.warehouse.post(&format!("/shipments/{note}/deliver"), json!({"signer": "李"})).await.expect(200);
    shop.finance.step(&closed, "invoice", json!({})).await.expect(200);
    shop.finance.step(&closed, "record-payment", json!({"amount": "500.00"})).await.expect(200);
    shop.after.step(&closed, "follow-up", body("follow-up")).await.expect(200);
    shop.service.step(&closed, "close", json!({})).await.expect(200);
    let (rejected, void, cancelled) = (shop.reviewed(order_of(1)).await, shop.draft(order_of(1)).await, shop.effective(order_of(1)).await);
    shop.manager.step(&rejected, "reject", body("reject")).await.expect(200);
    shop.service.step(&void, "void", body("void")).await.expect(200);
    shop.service.step(&cancelled, "cancel", body("cancel")).await.expect(200);
    vec![
        ("draft", shop.draft(order_of(1)).await),
        ("submitted", shop.place(order_of(1)).await),
        ("reviewed", shop.reviewed(order_of(1)).await),
        ("effective", shop.effective(order_of(1)).await),
        ("closed", closed),
        ("rejected", rejected),
        ("void", void),
        ("cancelled", cancelled),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_verb_works_in_a_wrong_state_and_each_says_why() {
    for shop in shops().await {
        let all = "sales_rep,sales_manager,customer_service,finance,warehouse,after_sales";
        shop.server.add_user("boss", all).await;
        let boss = shop.server.sign_in("boss").await;
        for (state, order) in one_in_each_state(&shop).await {
            let before = shop.page(&order).await;
            assert_eq!(before["status"], state);
            for (verb, possible, code) in STATES.iter().filter(|row| !row.1.split(' ').any(|possible| possible == state)) {
                let answer = act(&boss, &order, verb).await;
                // A hold is asked about only while the order is open.
                let open = ["draft", "submitted", "reviewed", "effective"].contains(&state);
                let code = if *verb == "resume" && open { "order.not_held" } else { code };
                assert_eq!(answer.expect(409)["code"], code, "{verb} of an order that is {state}; possible when {possible}");
                let language = |language: &str| boss.clone().with("accept-language", language);
                assert!(!act(&language("zh-CN"), &order, verb).await.json()["detail"].as_str().unwrap().contains('{'));
            }
            assert_eq!(shop.page(&order).await, before, "what was refused left nothing");
        }
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_verb_needs_its_permission() {
    for shop in shops().await {
        let auditor = shop.server.sign_in("auditor").await;
        for (_, order) in one_in_each_state(&shop).await.into_iter().take(5) {
            auditor.get(&format!("/orders/{order}")).await.expect(200);
            for (verb, ..) in STATES {
                assert_eq!(act(&auditor, &order, verb).await.expect(403)["code"], "denied", "{verb}");
            }
            assert_eq!(auditor.step(&order, "copy", json!({})).await.expect(403)["code"], "denied");
        }
        for (who, verbs) in [
            (&shop.rep, "review approve return reject reserve ship invoice record-payment follow-up close reopen hold void cancel"),
            (&shop.service, "approve reject invoice record-payment follow-up waive-follow-up reopen"),
            (&shop.manager, "review reserve ship invoice record-payment follow-up close void"),
            (&shop.finance, "edit submit review reserve ship follow-up reopen void cancel"),
            (&shop.warehouse, "edit submit review approve invoice record-payment close hold"),
            (&shop.after, "edit submit review approve ship invoice record-payment reopen hold"),
            (&shop.admin, "edit submit review approve ship invoice record-payment close reopen hold void cancel"),
        ] {
            let order = shop.draft(order_of(1)).await;
            for verb in verbs.split(' ') {
                assert_eq!(act(who, &order, verb).await.expect(403)["code"], "denied", "{verb}");
            }
        }
        assert_eq!(auditor.post("/orders", order_of(1)).await.expect(403)["code"], "denied");
        assert_eq!(auditor.post("/orders/check", order_of(1)).await.expect(403)["code"], "denied");
        for path in [
            "/orders",
            "/orders/x",
            "/orders/x/events",
            "/orders/summary",
            "/orders/counts",
            "/shipments",
            "/invoices",
            "/payments",
            "/follow-ups",
            "/my-work",
            "/dashboard",
            "/search?q=x",
        ] {
            assert_eq!(shop.server.stranger().get(path).await.expect(401)["code"], "session.not_signed_in", "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_look_sees_nothing() {
    for shop in shops().await {
        let order = shop.effective(order_of(1)).await;
        let names = json!({"zh-CN": "门卫", "zh-TW": "門衛", "en": "Guard"});
        shop.admin.post("/roles", json!({"code": "guard", "name": names, "permissions": ["stock.view"]})).await.expect(201);
        shop.server.add_user("guard", "guard").await;
        let guard = shop.server.sign_in("guard").await;
        for path in [
            &format!("/orders/{order}"),
            &format!("/orders/{order}/events"),
            "/orders",
            "/orders/summary",
            "/orders/counts",
            "/shipments",
            "/invoices",
            "/payments",
            "/follow-ups",
            "/my-work",
            "/dashboard",
        ] {
            assert_eq!(guard.get(path).await.expect(403)["code"], "denied", "{path}");
        }
        let found = guard.get("/search?q=SO2026").await.expect(200);
        assert_eq!(found, json!({"orders": [], "customers": [], "products": []}));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_decided_on_an_old_version_is_refused() {
    for shop in shops().await {
        shop.server.add_user("boss", "sales_rep,sales_manager,customer_service,finance,warehouse,after_sales").await;
        let boss = shop.server.sign_in("boss").await;
        let order = shop.place(order_of(1)).await;
        let page = shop.rep.get(&format!("/orders/{order}")).await;
        let tag = page.header("etag").to_owned();
        shop.service.step(&order, "review", ticked()).await.expect(200);
        let matching = |verb: &str, tag: &str| {
            send(boss.request(Method::POST, &format!("/orders/{order}/{verb}")).header("if-match", tag).json(&body(verb)))
        };
        for (verb, ..) in STATES.iter().filter(|row| row.0 != "edit") {
            assert_eq!(matching(verb, &tag).await.expect(412)["code"], "stale", "{verb}");
        }
        matching("approve", "\"0").await.expect(400);
        let tag = shop.rep.get(&format!("/orders/{order}")).await.header("etag").to_owned();
        let done = matching("approve", &tag).await;
        assert_eq!(done.expect(200)["status"], "effective");
        assert_ne!(done.header("etag"), tag);
        let same = shop.rep.get(&format!("/orders/{order}")).await;
        assert_eq!(done.header("etag"), same.header("etag"), "a step answers with the tag for the next");
        matching("hold", "*").await.expect(200);
        // Papers have versions of their own.
        shop.service.step(&order, "resume", json!({})).await.expect(200);
        shop.receive("P001", "1").await;
        let note = shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200)["made"]["id"].as_str().unwrap().to_owned();
        let stale = send(
            boss.request(Method::POST, &format!("/shipments/{note}/deliver")).header("if-match", "\"9\"").json(&json!({"signer": "李"})),
        );
        assert_eq!(stale.await.expect(412)["code"], "stale");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_not_found() {
    for shop in shops().await {
        shop.server.add_user("boss", "sales_rep,sales_manager,customer_service,finance,warehouse,after_sales").await;
        let boss = shop.server.sign_in("boss").await;
        for order in ["0000000000001", "SO2026999999", "x"] {
            boss.get(&format!("/orders/{order}")).await.expect(404);
            boss.put(&format!("/orders/{order}"), 1, order_of(1)).await.expect(404);
            boss.get(&format!("/orders/{order}/events")).await.expect(404);
            for (verb, ..) in STATES.iter().filter(|row| row.0 != "edit") {
                assert_eq!(boss.step(order, verb, body(verb)).await.expect(404)["code"], "not-found", "{verb} {order}");
            }
            boss.step(order, "copy", json!({})).await.expect(404);
        }
        for paper in ["0000000000001", "INV2026999999", "x"] {
            for path in ["shipments", "invoices", "payments"] {
                boss.get(&format!("/{path}/{paper}")).await.expect(404);
            }
            boss.post(&format!("/shipments/{paper}/deliver"), json!({"signer": "李"})).await.expect(404);
            boss.post(&format!("/invoices/{paper}/void"), json!({"reason": "错"})).await.expect(404);
            boss.post(&format!("/payments/{paper}/reverse"), json!({"reason": "错"})).await.expect(404);
        }
        boss.step("0000000000001", "fly", json!({})).await.expect(404);
        // PostgreSQL knows no text with the character NUL in it.
        for path in ["/orders/%00", "/orders?q=%00", "/search?q=a%00"] {
            assert_eq!(boss.get(path).await.expect(400)["code"], "malformed", "{path}");
        }
        boss.post("/orders", crate::shop::with(order_of(1), json!({"notes": "a\u{0}b"}))).await.expect(400);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reasons_and_contents_are_asked_for() {
    for shop in shops().await {
        shop.server.add_user("boss", "sales_rep,sales_manager,customer_service,finance,warehouse,after_sales").await;
        let boss = shop.server.sign_in("boss").await;
        let (reviewed, effective) = (shop.reviewed(order_of(1)).await, shop.effective(order_of(2)).await);
        for (order, verb) in
            [(&reviewed, "return"), (&reviewed, "reject"), (&reviewed, "void"), (&reviewed, "hold"), (&effective, "cancel")]
        {
            for reason in [json!({}), json!({"reason": "  "}), json!({"reason": "x".repeat(501)})] {
                let answer = boss.step(order, verb, reason).await;
                answer.expect(422);
                assert_eq!(answer.pointers()[0].0, "/reason", "{verb}");
            }
        }
        let wrong = |verb: &'static str, body: Value| {
            let (boss, effective) = (boss.clone(), effective.clone());
            async move {
                let answer = boss.step(&effective, verb, body).await;
                answer.expect(422);
                answer.pointers().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect::<Vec<_>>()
            }
        };
        let parts = json!({"lines": [{"line_no": 9, "quantity": "1"}, {"line_no": 1, "quantity": "0"}, {"line_no": 1, "quantity": "-1"}, {"line_no": 1, "quantity": "3"}]});
        let expected = [
            "/lines/0/line_no line.unknown",
            "/lines/1/quantity value.not_positive",
            "/lines/2/line_no line.repeated",
            "/lines/2/quantity value.not_positive",
            "/lines/3/line_no line.repeated",
            "/lines/3/quantity line.above_shippable",
        ];
        assert_eq!(wrong("ship", parts).await, expected);
        assert_eq!(wrong("ship", json!({})).await, ["/lines value.required"]);
        assert_eq!(
            wrong("ship", json!({"shipped_on": "2026-11-22", "lines": [{"line_no": 1, "quantity": "1"}]})).await,
            ["/shipped_on date.after"]
        );
        assert_eq!(wrong("record-payment", json!({})).await, ["/amount value.required"]);
        assert_eq!(wrong("record-payment", json!({"amount": "0"})).await, ["/amount value.not_positive"]);
        assert_eq!(wrong("record-payment", json!({"amount": "-5"})).await, ["/amount value.not_positive"]);
        assert_eq!(
            wrong("record-payment", json!({"amount": "1", "method": "gold", "paid_on": "2026-11-22"})).await,
            ["/method value.unknown_choice"]
        );
        assert_eq!(wrong("record-payment", json!({"amount": "1", "paid_on": "2026-11-22"})).await, ["/paid_on date.after"]);
        assert_eq!(wrong("review", json!({"list": []})).await, ["/list value.not_understood"]);
        assert_eq!(boss.step(&effective, "invoice", json!({})).await.expect(409)["code"], "order.nothing_to_invoice");
        shop.receive("P001", "2").await;
        shop.warehouse.step(&effective, "ship", parcel("2")).await.expect(200);
        assert_eq!(wrong("invoice", json!({"lines": [{"line_no": 1, "quantity": "3"}]})).await, ["/lines/0/quantity line.above_unbilled"]);
        assert_eq!(wrong("invoice", json!({"lines": []})).await, ["/lines value.required"]);
        assert_eq!(wrong("invoice", json!({"issued_on": "2026-11-20", "due_on": "2026-11-19"})).await, ["/due_on date.before"]);
        assert_eq!(boss.step(&effective, "ship", parcel("1")).await.expect(409)["code"], "order.nothing_to_ship");
        let note = shop.page(&effective).await["shipments"][0]["id"].as_str().unwrap().to_owned();
        shop.warehouse.post(&format!("/shipments/{note}/deliver"), json!({"signer": "李"})).await.expect(200);
        for score in [0, 6] {
            assert_eq!(wrong("follow-up", json!({"score": score})).await, ["/score value.out_of_range"]);
        }
        assert_eq!(id(&shop.page(&effective).await), effective);
    }
}

/// While an order rests, nothing is submitted, shipped, billed or closed; it may be decided, reserved for and paid.
#[tokio::test(flavor = "multi_thread")]
async fn what_rests_does_not_move() {
    for shop in shops().await {
        shop.receive("P001", "5").await;
        let hold = json!({"reason": "客户破产传闻"});
        let draft = shop.draft(order_of(1)).await;
        shop.service.step(&draft, "hold", hold.clone()).await.expect(200);
        assert_eq!(shop.rep.step(&draft, "submit", json!({})).await.expect(409)["code"], "order.held");
        let order = shop.effective(order_of(2)).await;
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200);
        let held = shop.service.step(&order, "hold", hold.clone()).await.expect(200);
        assert_eq!((&held["held"], &held["tracks"]["commercial"]["tone"]), (&json!(true), &json!("risk")));
        assert_eq!(shop.service.step(&order, "hold", hold).await.expect(409)["code"], "order.already_held");
        let refused = shop.warehouse.step(&order, "ship", parcel("1")).await.expect(409);
        assert!(refused["code"] == "order.held" && refused["detail"].as_str().unwrap().contains("客户破产传闻"), "{refused}");
        assert_eq!(shop.finance.step(&order, "invoice", json!({})).await.expect(409)["code"], "order.held");
        assert_eq!(shop.service.step(&order, "close", json!({})).await.expect(409)["code"], "order.held");
        shop.finance.step(&order, "record-payment", json!({"amount": "10.00"})).await.expect(200);
        shop.service.step(&order, "resume", json!({})).await.expect(200);
        assert_eq!(shop.service.step(&order, "resume", json!({})).await.expect(409)["code"], "order.not_held");
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_was_taken_stays_with_who_paid_it() {
    for shop in shops().await {
        shop.add_customer("OTHER", json!({})).await;
        let order = shop.place(order_of(2)).await;
        shop.finance.step(&order, "record-payment", json!({"amount": "600.00"})).await.expect(200);
        let returned = shop.service.step(&order, "return", json!({"reason": "客户有误？"})).await.expect(200);
        let version = returned["version"].as_i64().unwrap();
        let other = crate::shop::with(order_of(2), json!({"customer_id": "OTHER"}));
        let answer = shop.rep.put(&format!("/orders/{order}"), version, other).await;
        assert!(answer.expect(422)["errors"][0]["message"].as_str().unwrap().contains("600.00"));
        assert_eq!(answer.pointers(), [("/customer_id".to_owned(), "order.paid_by_another".to_owned())]);
        assert_eq!(shop.service.step(&order, "void", json!({"reason": "不要了"})).await.json()["gates"][0]["code"], "order.void.unpaid");
        // An order that comes to less than what was paid is not submitted.
        shop.rep.put(&format!("/orders/{order}"), version, order_of(1)).await.expect(200);
        let answer = shop.rep.step(&order, "submit", json!({})).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [("/lines".to_owned(), "order.paid_above_payable".to_owned())]);
        shop.verify().await;
    }
}
