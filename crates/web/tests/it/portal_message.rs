//! At the portal people of customers write to the company, read its answers, and sign what it sent (INT-07, CNF-02).

use serde_json::{Value, json};

use crate::notify::until;
use crate::shop::{items, order_of, shops, shows};

#[tokio::test(flavor = "multi_thread")]
async fn what_a_customer_writes_waits_until_it_is_answered() {
    for shop in shops().await {
        shop.add_customer("CUST002", json!({})).await;
        let (anna, bert) = (shop.guest("CUST001", "anna").await, shop.guest("CUST002", "bert").await);
        let order = shop.effective(order_of(2)).await;
        assert_eq!(anna.get("/portal/messages/state").await.expect(200), json!({"unread": false, "waiting": false}));

        let wrong = anna.post("/portal/messages", json!({"text": " "})).await;
        wrong.expect(422);
        assert_eq!(wrong.pointers(), [("/text".into(), "value.required".into())]);
        let other = bert.post("/portal/messages", json!({"text": "这是谁的订单？", "order_id": order})).await;
        other.expect(422);
        assert_eq!(other.pointers(), [("/order_id".into(), "value.unknown".into())]);
        assert_eq!(items(&shop.rep.get("/message-threads").await.expect(200)), &[] as &[Value], "what is refused changes nothing");

        let said = json!({"text": "这批货能提前两天到吗？", "order_id": order});
        let once = anna.post_once("q1", "/portal/messages", said.clone()).await.expect(201);
        assert_eq!(anna.post_once("q1", "/portal/messages", said).await.expect(201), once, "said once");
        bert.post("/portal/messages", json!({"text": "请寄产品目录"})).await.expect(201);
        let waiting = shop.service.get("/message-threads?waiting=true&sort=waiting_since").await.expect(200);
        shows(
            &waiting,
            &json!({"items": [
                {"customer": {"code": "CUST001"}, "unread": true, "last": {"text": "这批货能提前两天到吗？", "from_customer": true, "order": {"id": order}}},
                {"customer": {"code": "CUST002"}, "last": {"order": null}},
            ]}),
        );
        let customer = waiting["items"][0]["customer"]["id"].as_str().unwrap().to_owned();
        let path = format!("/customers/{customer}/messages");
        assert_eq!(shop.service.post(&format!("{path}/read"), json!({})).await.expect(200)["news"], true);
        assert_eq!(shop.service.post(&format!("{path}/read"), json!({})).await.expect(200)["news"], false);
        assert_eq!(shop.warehouse.post(&path, json!({"text": "x"})).await.expect(403)["code"], "denied");

        shop.server.clock.forward(60);
        shop.service.post(&path, json!({"text": "可以，12 月 13 日送到。", "order_id": order})).await.expect(201);
        assert_eq!(anna.get("/portal/messages/state").await.expect(200), json!({"unread": true, "waiting": false}));
        let list = anna.get(&format!("/portal/messages?order={order}")).await.expect(200);
        shows(
            &list,
            &json!({"items": [{"text": "可以，12 月 13 日送到。", "author": "光石科技有限公司", "from_customer": false}, {"author": "anna 小姐 · 客户CUST001"}]}),
        );
        anna.post("/portal/messages/read", json!({})).await.expect(200);
        assert_eq!(anna.get("/portal/messages/state").await.expect(200)["unread"], false);
        assert_eq!(items(&bert.get("/portal/messages").await.expect(200)).len(), 1, "only one's own");

        let waiting = shop.service.get("/message-threads?waiting=true").await.expect(200);
        let second = waiting["items"][0]["customer"].clone();
        assert_eq!((items(&waiting).len(), &second["code"]), (1, &json!("CUST002")));
        let settle = format!("/customers/{}/messages/settle", second["id"].as_str().unwrap());
        shop.rep.post(&settle, json!({})).await.expect(200);
        assert_eq!(shop.rep.post(&settle, json!({})).await.expect(409)["code"], "message.nothing_waits");
        until("the message is told", async || {
            let told = shop.service.get("/notifications").await.expect(200);
            items(&told).iter().any(|one| one["kind"] == "MessageReceived").then_some(())
        })
        .await;
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_made_from_the_template_is_signed_from_the_portal() {
    const RULES: &str = "title = \"x\"\n[[checklist]]\ncode = \"lines\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n\
        [confirmation]\nask = \"true\"\n";
    for shop in shops().await {
        shop.rules(RULES).await;
        shop.add_customer("CUST002", json!({})).await;
        let (anna, bert) = (shop.guest("CUST001", "anna").await, shop.guest("CUST002", "bert").await);
        let order = shop.place(order_of(2)).await;
        shop.service.step(&order, "review", json!({"checklist": ["lines"]})).await.expect(200);
        shop.manager.step(&order, "approve", json!({})).await.expect(200);
        let link = format!("/portal/orders/{order}/signing-link");
        anna.post(&link, json!({})).await.expect(404);

        // Nothing is uploaded: the document is set from the company's template, and sent on paper.
        let sent = shop.service.step(&order, "send-confirmation", json!({"way": "print"})).await.expect(200);
        shows(&sent, &json!({"status": "awaiting_signature", "link_path": null}));
        assert_eq!(anna.get(&format!("/portal/orders/{order}")).await.expect(200)["status"], "to_sign");
        bert.post(&link, json!({})).await.expect(404);

        let made = shop.service.post(&format!("/orders/{order}/documents"), json!({"kind": "order_form"})).await.expect(201);
        let document = format!("/portal/documents/{}", made["id"].as_str().unwrap());
        let seen = anna.get(&format!("/portal/orders/{order}")).await.expect(200);
        shows(&seen, &json!({"documents": [{"id": made["id"], "number": seen["number"]}], "files": [{"kind": "confirmation"}]}));
        assert!(anna.get(&document).await.bytes.starts_with(b"%PDF-"));
        bert.get(&document).await.expect(404);

        let path = anna.post(&link, json!({})).await.expect(200)["path"].as_str().unwrap().to_owned();
        let token = path.strip_prefix("/sign/").unwrap();
        let stranger = shop.server.stranger();
        let page = stranger.post(&format!("/public/sign/{token}/open"), json!({})).await.expect(200);
        shows(&page, &json!({"open": true, "payable": {"amount": "1000.00"}}));
        let document = stranger.get(&format!("/public/sign/{token}/document")).await;
        document.expect(200);
        assert!(document.bytes.starts_with(b"%PDF-") && document.bytes.len() > 5_000, "{} bytes", document.bytes.len());
        let body = json!({
            "signer": "安娜", "way": "drawn", "signature": crate::confirmation::signature(), "consent": true, "document_sha256": page["document_sha256"],
        });
        stranger.post(&format!("/public/sign/{token}/sign"), body).await.expect(200);
        shows(&shop.page(&order).await, &json!({"status": "effective", "signature": "signed"}));
        assert_eq!(anna.post(&link, json!({})).await.expect(409)["code"], "confirmation.already_signed");
        shop.verify().await;
    }
}
