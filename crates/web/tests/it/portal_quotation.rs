//! At the portal a customer reads the quotations it was sent, asks, accepts and declines, by the same steps as by the links (QUO-01, INT-07).

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::offer::{accepting, said};
use crate::shop::{id, items, shops, shows, with};

async fn list(guest: &Client) -> Vec<Value> {
    items(&guest.get("/portal/quotations").await.expect(200))
}

/// Every address of one quotation at the portal.
async fn every_way(guest: &Client, id: &str) -> Vec<Answer> {
    let path = format!("/portal/quotations/{id}");
    let mut all = vec![guest.get(&path).await, guest.get(&format!("{path}/document")).await];
    for (verb, body) in [
        ("open", json!({})),
        ("accept", accepting(&json!({"document_sha256": "00"}))),
        ("decline", json!({"reason": "price", "signer": "王"})),
        ("ask", json!({"text": "?"})),
    ] {
        all.push(guest.post(&format!("{path}/{verb}"), body).await);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_reads_asks_and_accepts_at_the_portal() {
    for shop in shops().await {
        shop.add_customer("CUST002", json!({})).await;
        let (anna, bert) = (shop.guest("CUST001", "anna").await, shop.guest("CUST002", "bert").await);
        let one = shop.approved_quotation().await;
        assert_eq!(list(&anna).await, &[] as &[Value], "approved, and not sent yet");
        for answer in every_way(&anna, &one).await {
            assert_eq!(answer.expect(404)["code"], "not-found");
        }
        let token = shop.offered(&one).await;
        shows(
            &json!(list(&anna).await),
            &json!([{"id": one, "number": "BJ2026000001", "status": "sent", "open": true, "valid_until": "2026-12-10", "payable": {"amount": "5000.00"}}]),
        );
        assert_eq!(list(&bert).await, &[] as &[Value]);
        for answer in every_way(&bert, &one).await {
            assert_eq!(answer.expect(404)["code"], "not-found", "nothing of another customer");
        }

        let path = format!("/portal/quotations/{one}");
        let page = anna.get(&path).await.expect(200);
        shows(&page, &json!({"number": "BJ2026000001", "open": true, "terms": "含税含运费", "expires_at": null, "messages": []}));
        let paper = anna.get(&format!("{path}/document")).await;
        paper.expect(200);
        assert_eq!(store::query::evidence::sha256(&paper.bytes), page["document_sha256"].as_str().unwrap());
        assert!(shop.offers(&one).await[0]["opened_at"].is_null(), "reading changes nothing");
        for _ in 0..2 {
            anna.post(&format!("{path}/open"), json!({})).await.expect(200);
        }
        assert!(shop.offers(&one).await[0]["opened_at"].is_string());

        // What is asked at the portal is answered at the portal and by the link alike.
        assert_eq!(anna.post(&format!("{path}/ask"), json!({"text": ""})).await.pointers()[0].0, "/text");
        anna.post(&format!("{path}/ask"), json!({"text": "能分两批送吗？"})).await.expect(200);
        let buyer = shop.rep.get(&format!("/quotations/{one}")).await.expect(200)["customer"]["id"].as_str().unwrap().to_owned();
        shop.service.post(&format!("/customers/{buyer}/messages"), json!({"text": "可以。", "quotation_id": one})).await.expect(201);
        let expected =
            json!([{"text": "能分两批送吗？", "author": "anna 小姐 · 客户CUST001"}, {"text": "可以。", "author": "光石科技有限公司"}]);
        shows(&anna.get(&path).await.expect(200)["messages"], &expected);
        shows(&said(&shop.server.stranger(), &token, "open", json!({})).await.expect(200)["messages"], &expected);
        shows(
            &anna.get("/portal/messages?quotation=BJ2026000001").await.expect(200),
            &json!({"items": [{"text": "可以。"}, {"quotation": {"id": one}}]}),
        );
        let other = json!({"text": "?", "quotation_id": one});
        assert_eq!(bert.post("/portal/messages", other).await.pointers(), [("/quotation_id".to_owned(), "value.unknown".to_owned())]);

        // What is wrong is told at its field, and nothing is accepted.
        let accept = format!("{path}/accept");
        for (other, pointer, code) in [
            (json!({"signature": ""}), "/signature", "confirmation.not_a_signature"),
            (json!({"signer": " "}), "/signer", "value.required"),
            (json!({"consent": false}), "/consent", "offer.not_consented"),
        ] {
            let refused = anna.post(&accept, with(accepting(&page), other)).await;
            assert_eq!(refused.pointers(), [(pointer.to_owned(), code.to_owned())]);
        }
        let other = with(accepting(&page), json!({"document_sha256": "00"}));
        assert_eq!(anna.post(&accept, other).await.expect(409)["code"], "offer.other_document");
        assert_eq!(shop.quotation_status(&one).await, "sent");
        let done = anna.post_once("yes", &accept, accepting(&page)).await.expect(200);
        shows(&done, &json!({"status": "accepted", "open": false, "receipt": {"signer": "王经理"}}));
        anna.post_once("yes", &accept, accepting(&page)).await.expect(200);
        assert_eq!(
            anna.post(&format!("{path}/decline"), json!({"reason": "price", "signer": "王"})).await.expect(409)["code"],
            "offer.already_accepted"
        );
        assert_eq!(shop.quotation_status(&one).await, "won");
        let events = items(&shop.admin.get(&format!("/audit?subject=quotation/{one}&limit=100")).await.expect(200));
        for kind in ["QuotationOpened", "QuotationAccepted"] {
            let of: Vec<&Value> = events.iter().filter(|event| event["kind"] == kind).collect();
            assert_eq!(of.len(), 1, "{kind}");
            shows(of[0], &json!({"by": "anna 小姐 · 客户CUST001", "source": {"channel": "portal"}}));
        }
        // The link tells the same.
        shows(&said(&shop.server.stranger(), &token, "open", json!({})).await.expect(200), &json!({"status": "accepted"}));
        shop.rep.post(&format!("/quotations/{one}/order"), json!({})).await.expect(200);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn declined_replaced_withdrawn_and_over_are_told_apart_at_the_portal() {
    for shop in shops().await {
        let anna = shop.guest("CUST001", "anna").await;
        let one = shop.approved_quotation().await;
        shop.offered(&one).await;
        let decline = format!("/portal/quotations/{one}/decline");
        assert_eq!(anna.post(&decline, json!({"reason": "other", "signer": "王"})).await.pointers()[0].0, "/note");
        assert_eq!(anna.post(&decline, json!({"reason": "?", "signer": "王"})).await.pointers()[0].0, "/reason");
        let declined = anna.post(&decline, json!({"reason": "price", "note": "贵 4%", "signer": "王"})).await.expect(200);
        shows(&declined, &json!({"status": "declined", "open": false, "declined": {"signer": "王", "remark": "贵 4%"}}));
        shows(&shop.rep.get(&format!("/quotations/{one}")).await.expect(200), &json!({"status": "lost", "reason": "price"}));

        // The next version takes the place of the one before only once it is sent.
        let two = shop.approved_quotation().await;
        shop.offered(&two).await;
        let next = id(&shop.rep.post(&format!("/quotations/{two}/revise"), json!({})).await.expect(200));
        shows(&json!(list(&anna).await), &json!([{"id": two, "status": "superseded", "open": false}, {"id": one}]));
        anna.get(&format!("/portal/quotations/{next}")).await.expect(404);
        let page = anna.get(&format!("/portal/quotations/{two}")).await.expect(200);
        let late = anna.post(&format!("/portal/quotations/{two}/accept"), accepting(&page)).await.expect(409);
        assert_eq!((&late["code"], &late["detail"]), (&json!("offer.superseded"), &page["refusal"]));
        shop.rep.post(&format!("/quotations/{next}/submit"), json!({})).await.expect(200);
        shop.manager.post(&format!("/quotations/{next}/approve"), json!({})).await.expect(200);
        shop.offered(&next).await;
        shows(&json!(list(&anna).await), &json!([{"id": next, "revision": 2, "status": "sent", "open": true}, {"id": one}]));
        assert_eq!(list(&anna).await.len(), 2);
        shop.rep.post(&format!("/quotations/{next}/withdraw"), json!({"reason": "算错了"})).await.expect(200);
        shows(&json!(list(&anna).await), &json!([{"id": next, "status": "withdrawn", "open": false}, {"id": one}]));

        let three = shop.approved_quotation().await;
        shop.offered(&three).await;
        let shop = shop.on("2026-12-11T01:00:00Z").await;
        let carl = shop.guest("CUST001", "carl").await;
        shows(&list(&carl).await[0], &json!({"id": three, "status": "expired", "open": false, "days_left": -1}));
        let page = carl.get(&format!("/portal/quotations/{three}")).await.expect(200);
        let late = carl.post(&format!("/portal/quotations/{three}/accept"), accepting(&page)).await.expect(409);
        assert_eq!(late["code"], "offer.expired");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_answers_for_an_end_customer_while_it_is_one() {
    for shop in shops().await {
        crate::agent::agency(&shop, "5", "invoiced").await;
        let mut broker = shop.guest("AG", "broker").await;
        let one = shop.approved_quotation_for("E1").await;
        shop.offered(&one).await;
        let path = format!("/portal/quotations/{one}");
        assert_eq!(list(&broker).await, &[] as &[Value], "not the agent's own");
        broker.get(&path).await.expect(404);
        let choice = |who: &str| json!({"customer_id": who});
        let session = broker.get("/portal/session").await.expect(200);
        let end =
            session["acts_for"].as_array().unwrap().iter().find(|one| one["code"] == "E1").unwrap()["id"].as_str().unwrap().to_owned();
        let acting = broker.post("/portal/session/customer", choice(&end)).await.expect(200);
        broker.csrf = acting["csrf_token"].as_str().unwrap().into();
        shows(&json!(list(&broker).await), &json!([{"id": one, "open": true}]));
        let page = broker.get(&path).await.expect(200);
        shop.manager.post("/agents/AG/release", choice("E1")).await.expect(200);
        assert_eq!(broker.post(&format!("{path}/accept"), accepting(&page)).await.expect(409)["code"], "portal.acting_ended");
        assert_eq!(shop.quotation_status(&one).await, "sent");
        shop.manager.post("/agents/AG/assign", choice("E1")).await.expect(200);
        broker.post(&format!("{path}/accept"), accepting(&page)).await.expect(200);
        assert_eq!(shop.quotation_status(&one).await, "won");
    }
}
