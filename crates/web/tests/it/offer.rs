//! A customer is sent a quotation, reads it by a link, asks, and accepts or declines it (QUO-01).

use serde_json::{Value, json};
use tokio::net::TcpListener;
use web::mail_sink::{self, Inbox};

use crate::client::{Answer, Client};
use crate::confirmation::{signature, wait};
use crate::shop::{Shop, cny, id, items, shops, shows, with};

impl Shop {
    /// A quotation that may go out, valid until 2026-12-10; its id.
    pub async fn approved_quotation(&self) -> String {
        self.approved_quotation_for("CUST001").await
    }

    /// The same for a customer.
    pub async fn approved_quotation_for(&self, customer: &str) -> String {
        let line = json!({"product_id": "P001", "quantity": "10"});
        let body = json!({"customer_id": customer, "valid_until": "2026-12-10", "lead_days": 15, "terms": "含税含运费", "contact_name": "王经理", "lines": [line]});
        let one = id(&self.rep.post("/quotations", body).await.expect(201));
        self.rep.post(&format!("/quotations/{one}/submit"), json!({})).await.expect(200);
        self.manager.post(&format!("/quotations/{one}/approve"), json!({})).await.expect(200);
        one
    }

    /// Sends it by a link that is handed over; its token.
    pub async fn offered(&self, quotation: &str) -> String {
        let sent = self.rep.post(&format!("/quotations/{quotation}/offer"), json!({})).await.expect(200);
        assert_eq!(sent["status"], "sent");
        sent["link_path"].as_str().unwrap().strip_prefix("/offer/").unwrap().to_owned()
    }

    pub async fn offers(&self, quotation: &str) -> Value {
        self.rep.get(&format!("/quotations/{quotation}/offers")).await.expect(200)["items"].clone()
    }

    pub async fn quotation_status(&self, quotation: &str) -> Value {
        self.rep.get(&format!("/quotations/{quotation}")).await.expect(200)["status"].clone()
    }
}

pub async fn said(client: &Client, token: &str, verb: &str, body: Value) -> Answer {
    client.post(&format!("/public/offer/{token}/{verb}"), body).await
}

pub fn accepting(page: &Value) -> Value {
    json!({"signer": "王经理", "way": "typed", "signature": signature(), "consent": true, "document_sha256": page["document_sha256"]})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_accepts_by_the_link_and_the_order_is_one_step_away() {
    for shop in shops().await {
        let one = shop.approved_quotation().await;
        assert_eq!(shop.finance.post(&format!("/quotations/{one}/offer"), json!({})).await.expect(403)["code"], "denied");
        let token = shop.offered(&one).await;
        let customer = shop.server.stranger().with("user-agent", "Phone");
        let page = said(&customer, &token, "open", json!({})).await.expect(200);
        shows(
            &page,
            &json!({"company": "光石科技有限公司", "number": "BJ2026000001", "revision": 1, "status": "sent", "open": true, "payable": cny("5000.00"),
                "valid_until": "2026-12-10", "terms": "含税含运费", "lines": [{"line_no": 1}], "receipt": null, "declined": null}),
        );
        let document = customer.get(&format!("/public/offer/{token}/document")).await;
        document.expect(200);
        assert!(document.bytes.starts_with(b"%PDF"));
        assert_eq!(document.header("content-type"), "application/pdf");
        assert_eq!(store::query::evidence::sha256(&document.bytes), page["document_sha256"].as_str().unwrap());
        said(&customer, &token, "open", json!({})).await.expect(200);
        shows(&shop.offers(&one).await, &json!([{"no": 1, "status": "sent", "link": {"valid": true, "opened_with": "Phone"}}]));
        assert!(shop.offers(&one).await[0]["opened_at"].is_string(), "the proof that it was received");

        // A question waits among the messages and stands beside the quotation.
        assert_eq!(said(&customer, &token, "ask", json!({"text": " "})).await.pointers()[0].0, "/text");
        shows(
            &said(&customer, &token, "ask", json!({"text": "含运费吗？"})).await.expect(200),
            &json!({"question": "含运费吗？", "open": true}),
        );
        let buyer = shop.rep.get(&format!("/quotations/{one}")).await.expect(200)["customer"]["id"].as_str().unwrap().to_owned();
        let messages = shop.service.get(&format!("/customers/{buyer}/messages")).await.expect(200);
        shows(
            &items(&messages)[0],
            &json!({"text": "含运费吗？", "from_customer": true, "quotation": {"id": one, "number": "BJ2026000001"}}),
        );

        // The answer is read by the link, without an account; what was said of anything else is not.
        let path = format!("/customers/{buyer}/messages");
        shop.service.post(&path, json!({"text": "上次的发票已寄出。"})).await.expect(201);
        shop.service.post(&path, json!({"text": "含市内运费。", "quotation_id": one})).await.expect(201);
        let page = said(&customer, &token, "open", json!({})).await.expect(200);
        shows(
            &page["messages"],
            &json!([{"text": "含运费吗？", "from_customer": true, "author": "客户CUST001"}, {"text": "含市内运费。", "from_customer": false, "author": "光石科技有限公司"}]),
        );
        assert_eq!(page["messages"].as_array().unwrap().len(), 2);
        assert_eq!(items(&shop.service.get(&format!("{path}?quotation=BJ2026000001")).await.expect(200)).len(), 2);
        // About what was never sent nothing is said to a customer.
        let hidden = shop.approved_quotation().await;
        let refused = shop.service.post(&path, json!({"text": "x", "quotation_id": hidden})).await;
        assert_eq!(refused.pointers(), [("/quotation_id".to_owned(), "value.unknown".to_owned())]);
        shop.rep.post(&format!("/quotations/{hidden}/withdraw"), json!({"reason": "不需要"})).await.expect(200);

        // What is wrong is told at its field, and nothing is accepted.
        for (other, pointer, code) in [
            (json!({"signature": "R0lGODlh"}), "/signature", "confirmation.not_a_signature"),
            (json!({"consent": false}), "/consent", "offer.not_consented"),
            (json!({"way": "paper"}), "/way", "value.unknown_choice"),
        ] {
            let refused = said(&customer, &token, "accept", with(accepting(&page), other)).await;
            assert_eq!(refused.pointers(), [(pointer.to_owned(), code.to_owned())]);
        }
        shop.server.clock.forward(4000);
        let other = with(accepting(&page), json!({"document_sha256": "00"}));
        assert_eq!(said(&customer, &token, "accept", other).await.expect(409)["code"], "offer.other_document");
        assert_eq!(shop.quotation_status(&one).await, "sent");

        let done = said(&customer, &token, "accept", accepting(&page)).await.expect(200);
        shows(&done, &json!({"status": "accepted", "open": false, "refusal": null, "receipt": {"signer": "王经理"}}));
        // Once more changes nothing; another answer is refused.
        said(&customer, &token, "accept", accepting(&page)).await.expect(200);
        let late = said(&customer, &token, "decline", json!({"reason": "price", "signer": "王"})).await.expect(409);
        assert_eq!(late["code"], "offer.already_accepted");
        let events = items(&shop.admin.get(&format!("/audit?subject=quotation/{one}&limit=100")).await.expect(200));
        for kind in ["QuotationOpened", "QuotationAccepted"] {
            assert_eq!(events.iter().filter(|event| event["kind"] == kind).count(), 1, "{kind}");
        }
        wait(async || {
            shop.tick().await;
            let told = items(&shop.rep.get("/notifications").await.expect(200));
            told.iter().any(|one| one["kind"] == "QuotationAccepted").then_some(())
        })
        .await;
        shows(&shop.rep.get("/my-work").await.expect(200)["quotations"], &json!([{"number": "BJ2026000001", "status": "won"}]));
        shop.rep.post(&format!("/quotations/{one}/order"), json!({})).await.expect(200);
        assert_eq!(shop.rep.get("/my-work").await.expect(200)["quotations"], json!([]));
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_replaced_or_taken_back_is_refused_in_clear_words() {
    for shop in shops().await {
        let customer = shop.server.stranger();
        let refused = async |token: &str| -> (Value, Value) {
            shop.server.clock.forward(4000);
            let page = said(&customer, token, "open", json!({})).await.expect(200);
            let answer = said(&customer, token, "accept", accepting(&page)).await.expect(409);
            assert_eq!(page["refusal"], answer["detail"]);
            (page["status"].clone(), answer["code"].clone())
        };
        // Sent again: the earlier link is replaced, the later one counts.
        let one = shop.approved_quotation().await;
        let (first, second) = (shop.offered(&one).await, shop.offered(&one).await);
        assert_eq!(refused(&first).await, (json!("superseded"), json!("offer.superseded")));
        shop.rep.post(&format!("/quotations/{one}/revise"), json!({})).await.expect(200);
        assert_eq!(refused(&second).await, (json!("superseded"), json!("offer.superseded")));
        let one = shop.approved_quotation().await;
        let token = shop.offered(&one).await;
        shop.rep.post(&format!("/quotations/{one}/withdraw"), json!({"reason": "算错了"})).await.expect(200);
        assert_eq!(refused(&token).await, (json!("withdrawn"), json!("offer.withdrawn")));
        let one = shop.approved_quotation().await;
        let token = shop.offered(&one).await;
        shop.rep.post(&format!("/quotations/{one}/win"), json!({"note": "电话"})).await.expect(200);
        assert_eq!(refused(&token).await, (json!("closed"), json!("offer.closed")));
        // Declined with its reason, once.
        let one = shop.approved_quotation().await;
        let token = shop.offered(&one).await;
        let wrong = said(&customer, &token, "decline", json!({"reason": "other", "signer": "王"})).await;
        assert_eq!(wrong.pointers()[0].0, "/note");
        let declined = said(&customer, &token, "decline", json!({"reason": "price", "note": "贵 4%", "signer": "王"})).await.expect(200);
        shows(&declined, &json!({"status": "declined", "open": false, "declined": {"signer": "王", "remark": "贵 4%"}}));
        assert_eq!(shop.quotation_status(&one).await, "lost");
        shows(&shop.offers(&one).await, &json!([{"status": "declined", "reason": "price", "declined_by": "王"}]));
        // Its last day is over: the link still opens and says so.
        let one = shop.approved_quotation().await;
        let token = shop.offered(&one).await;
        let shop = shop.on("2026-12-11T01:00:00Z").await;
        let customer = shop.server.stranger();
        let page = said(&customer, &token, "open", json!({})).await.expect(200);
        shows(&page, &json!({"status": "expired", "open": false, "days_left": -1}));
        assert_eq!(said(&customer, &token, "accept", accepting(&page)).await.expect(409)["code"], "offer.expired");
        assert_eq!(shop.quotation_status(&one).await, "expired");
        // Taken back, the link tells nothing.
        let link = shop.offers(&one).await[0]["link"]["id"].as_str().unwrap().to_owned();
        shop.rep.post(&format!("/links/{link}/revoke"), json!({})).await.expect(200);
        assert_eq!(said(&customer, &token, "open", json!({})).await.expect(404)["code"], "link.not_valid");
        // A link for one thing does not open another.
        assert_eq!(customer.post(&format!("/public/sign/{token}/open"), json!({})).await.expect(404)["code"], "link.not_valid");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accepting_and_declining_at_once_ends_in_one_of_both() {
    for shop in shops().await {
        let customer = shop.server.stranger();
        let one = shop.approved_quotation().await;
        let token = shop.offered(&one).await;
        let page = said(&customer, &token, "open", json!({})).await.expect(200);
        let withdraw = format!("/quotations/{one}/withdraw");
        let (accepted, declined, withdrawn) = tokio::join!(
            said(&customer, &token, "accept", accepting(&page)),
            said(&customer, &token, "decline", json!({"reason": "price", "signer": "王"})),
            shop.rep.post(&withdraw, json!({"reason": "算错了"})),
        );
        let good = [&accepted, &declined, &withdrawn].iter().filter(|answer| answer.status.is_success()).count();
        assert_eq!(good, 1, "{} {} {}", accepted.text(), declined.text(), withdrawn.text());
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_goes_out_once_with_the_link() {
    for shop in shops().await {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (inbox, port) = (Inbox::default(), listener.local_addr().unwrap().port());
        tokio::spawn(mail_sink::serve(listener, inbox.clone()));
        let one = shop.approved_quotation().await;
        let mail = json!({"way": "email", "to": "buyer@example.com", "language": "en"});
        let path = format!("/quotations/{one}/offer");
        assert_eq!(shop.rep.post(&path, mail.clone()).await.pointers(), [("/way".to_owned(), "link.no_mail".to_owned())]);
        assert_eq!(shop.quotation_status(&one).await, "approved", "refused: nothing of it stays");
        let settings = json!({"active": true, "host": "127.0.0.1", "port": port, "security": "none", "from_address": "s@example.com", "from_name": "顺单", "site_url": "https://orders.example.com/"});
        shop.admin.put("/mail-settings", 0, settings).await.expect(200);
        let wrong = with(mail.clone(), json!({"to": ""}));
        assert_eq!(shop.rep.post(&path, wrong).await.pointers(), [("/to".to_owned(), "offer.no_address".to_owned())]);
        let sent = shop.rep.post(&path, mail).await.expect(200);
        let letter = wait(async || inbox.letters().into_iter().find(|letter| letter.to == ["buyer@example.com"])).await;
        assert_eq!(letter.subject, "光石科技有限公司: quotation BJ2026000001");
        assert!(letter.body.contains(&format!("https://orders.example.com{}", sent["link_path"].as_str().unwrap())), "{}", letter.body);
        assert_eq!(shop.offers(&one).await[0]["sent_to"], "buyer@example.com");
    }
}
