//! A customer is sent the confirmation of an order, reads it by a link and signs it; meanwhile the promised date slips.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use web::mail_sink::{self, Inbox};

use crate::client::{Answer, Client, send};
use crate::shop::{Shop, id, items, order_of, shops, shows, ticked, with};

/// Grade A signs afterwards, everybody else before; the deposit is asked for before goods leave (CNF-04).
const RULES: &str = "title = \"x\"\n[[checklist]]\ncode = \"lines\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n\
    [confirmation]\nask = \"customer.grade != 'A'\"\nowe = \"customer.grade == 'A'\"\n\
    [[gate]]\ncode = \"release.deposit\"\non = [\"ship\"]\nwhen = \"customer.grade != 'A'\"\nrequire = \"order.paid >= order.deposit\"\nmessage = \"The deposit is not in\"\n\
    [[gate]]\ncode = \"release.signed\"\non = [\"ship\"]\nwhen = \"customer.grade != 'A'\"\nrequire = \"order.signature == 'signed'\"\nmessage = \"Not signed\"\n";

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nthe signature";

pub fn signature() -> String {
    STANDARD.encode(PNG)
}

/// Uploads a file; its id.
pub async fn upload(client: &Client, name: &str, bytes: &[u8]) -> String {
    let form = Form::new().part("file", Part::bytes(bytes.to_vec()).file_name(name.to_owned())).text("kind", "other");
    id(&send(client.request(Method::POST, "/attachments").multipart(form)).await.expect(201))
}

/// A body with which a confirmation is sent.
pub async fn sending(client: &Client) -> Value {
    json!({"attachment_id": upload(client, "订单确认书.pdf", b"%PDF-1.7 confirmation").await})
}

/// A body with which a signed paper is recorded.
pub async fn copy(client: &Client, wrong: &[&str]) -> Value {
    let file = upload(client, "签回.jpg", b"\xff\xd8\xff scan").await;
    let checks: Vec<Value> =
        domain::CopyCheck::ALL.iter().map(|item| json!({"code": item.as_str(), "right": !wrong.contains(&item.as_str())})).collect();
    json!({"attachment_id": file, "signer": "王经理", "checks": checks, "reason": if wrong.is_empty() { "" } else { "印章看不清" }})
}

impl Shop {
    /// An approved order under the rules above, promised for so many days from today.
    async fn to_confirm(&self, other: Value) -> String {
        let order = self.place(with(order_of(2), other)).await;
        self.service.step(&order, "review", json!({"checklist": ["lines"]})).await.expect(200);
        let state = self.manager.step(&order, "approve", json!({})).await.expect(200);
        assert_eq!(state["status"], "approved", "waits for the confirmation to be sent");
        order
    }

    /// Sends the confirmation by a link that is handed over; its token.
    async fn sent(&self, order: &str) -> String {
        let body = sending(&self.service).await;
        let sent = self.service.step(order, "send-confirmation", body).await.expect(200);
        let path = sent["link_path"].as_str().unwrap();
        path.strip_prefix("/sign/").unwrap().to_owned()
    }
}

impl Shop {
    /// The clock of the order's signature, once it is in this state.
    async fn signature_clock(&self, order: &str, state: &str) -> Option<()> {
        let clocks = self.clocks(order).await;
        clocks.into_iter().any(|clock| clock["code"] == "order.signature" && clock["state"] == state).then_some(())
    }
}

async fn open(client: &Client, token: &str) -> Answer {
    client.post(&format!("/public/sign/{token}/open"), json!({})).await
}

fn signing(page: &Value) -> Value {
    json!({"signer": "王经理", "way": "drawn", "signature": signature(), "consent": true, "document_sha256": page["document_sha256"]})
}

async fn sign(client: &Client, token: &str, page: &Value) -> Answer {
    client.post(&format!("/public/sign/{token}/sign"), signing(page)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_signs_by_the_link_and_the_order_takes_effect() {
    for shop in shops().await {
        shop.rules(RULES).await;
        let order = shop.to_confirm(json!({})).await;
        let counts = shop.rep.get("/orders/counts").await.expect(200);
        assert_eq!((&counts["to_confirm"], &counts["approved"]), (&json!(1), &json!(1)));
        let work = shop.service.get("/my-work").await.expect(200);
        assert_eq!(work["counts"]["send_confirmation"], 1);
        let credit = |shop: &Shop| {
            let rep = shop.rep.clone();
            async move { rep.get("/customers/CUST001").await.expect(200)["credit"]["open_orders"]["amount"].clone() }
        };
        assert_eq!(credit(&shop).await, "1000.00", "an approved order counts");

        assert_eq!(shop.rep.step(&order, "send-confirmation", json!({})).await.expect(403)["code"], "denied");
        let token = shop.sent(&order).await;
        let page = shop.page(&order).await;
        shows(&page, &json!({"status": "awaiting_signature", "signature": "asked", "waiting_for": {"what": "signature"}}));
        assert_eq!(items(&shop.rep.get("/orders?view=awaiting_signature").await.expect(200)).len(), 1);
        assert_eq!(shop.service.get("/my-work").await.expect(200)["counts"]["signature"], 1);

        let customer = shop.server.stranger().with("user-agent", "Phone");
        let shown = open(&customer, &token).await.expect(200);
        shows(
            &shown,
            &json!({"company": "光石科技有限公司", "number": page["number"], "open": true, "no": 1, "payable": {"amount": "1000.00"}}),
        );
        assert_eq!(shown["lines"].as_array().unwrap().len(), 1);
        let document = customer.get(&format!("/public/sign/{token}/document")).await;
        document.expect(200);
        assert_eq!((document.bytes.as_slice(), document.header("content-type")), (&b"%PDF-1.7 confirmation"[..], "application/pdf"));
        open(&customer, &token).await.expect(200);
        let list = shop.rep.get(&format!("/orders/{order}/confirmations")).await.expect(200);
        shows(&list["items"][0], &json!({"no": 1, "status": "sent", "link": {"valid": true, "opened_with": "Phone"}}));
        let opened = |events: &Value| items(events).iter().filter(|event| event["kind"] == "OrderConfirmationOpened").count();
        assert_eq!(opened(&shop.rep.get(&format!("/orders/{order}/events")).await.expect(200)), 1, "once");

        // What is wrong is told at its field, and nothing is signed.
        let refused = |other: Value| {
            let (customer, token, body) = (customer.clone(), token.clone(), with(signing(&shown), other));
            async move { customer.post(&format!("/public/sign/{token}/sign"), body).await }
        };
        let gif = STANDARD.encode(b"GIF89a");
        assert_eq!(refused(json!({"signature": gif})).await.pointers()[0].1, "confirmation.not_a_signature");
        assert_eq!(refused(json!({"consent": false})).await.pointers()[0].1, "confirmation.not_consented");
        assert_eq!(refused(json!({"document_sha256": "00"})).await.expect(409)["code"], "confirmation.other_document");
        shop.server.clock.forward(4000);
        let done = sign(&customer, &token, &shown).await.expect(200);
        shows(&done, &json!({"open": false, "status": "signed", "receipt": {"signer": "王经理"}}));
        let page = shop.page(&order).await;
        shows(&page, &json!({"status": "effective", "signature": "signed"}));
        assert!(page["effective_at"].is_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_is_evidence_and_a_changed_byte_is_told() {
    for shop in shops().await {
        shop.rules(RULES).await;
        let order = shop.to_confirm(json!({})).await;
        let token = shop.sent(&order).await;
        let customer = shop.server.stranger();
        let shown = open(&customer, &token).await.expect(200);
        sign(&customer, &token, &shown).await.expect(200);
        assert_eq!(sign(&customer, &token, &shown).await.expect(409)["code"], "confirmation.already_signed");
        let refused = shop.service.step(&order, "send-confirmation", sending(&shop.service).await).await.expect(409);
        assert_eq!(refused["code"], "order.already_signed");
        let proofs = shop.rep.get(&format!("/orders/{order}/evidence")).await.expect(200);
        shows(
            &proofs["items"][0],
            &json!({"kind": "signed_confirmation", "proves": "signed_confirmation", "given_by": "王经理", "counts": true}),
        );
        assert!(proofs["items"][0]["statement"].as_str().unwrap().contains(shown["document_sha256"].as_str().unwrap()));
        shop.verify().await;

        // Somebody changes one byte of the document behind the program's back.
        let (company, sha256) = (shop.server.company, shown["document_sha256"].as_str().unwrap().to_owned());
        let found = damaged(&shop, company, sha256).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].what.contains("its document"), "{found:?}");
    }
}

/// What is found after one byte of a kept file was changed.
async fn damaged(shop: &Shop, company: domain::CompanyId, sha256: String) -> Vec<store::verify::Finding> {
    let changed = sha256.clone();
    shop.server
        .app
        .store
        .write(company, move |work| {
            let mut blob = work.get::<store::rows::Blob>(changed.clone())?;
            blob.bytes[5] ^= 1;
            work.save(&mut blob);
            Ok(())
        })
        .await
        .unwrap();
    let report = shop.server.app.store.read(move |reader| store::verify::verify(reader, company)).await.unwrap();
    assert_eq!(report.confirmations, 1);
    report.findings
}

#[tokio::test(flavor = "multi_thread")]
async fn the_promised_date_slips_day_by_day_and_the_scan_is_checked() {
    for mut shop in shops().await {
        shop.rules(RULES).await;
        // 2026-11-21 is day D; promised for D+6.
        let order = shop.to_confirm(json!({"required_on": "2026-11-27"})).await;
        shop.sent(&order).await;
        shows(&shop.page(&order).await, &json!({"slip": {"original": "2026-11-27", "days": 0, "current": "2026-11-27"}}));
        shop = shop.on("2026-11-22T02:00:00Z").await;
        shows(&shop.page(&order).await, &json!({"slip": {"days": 1, "current": "2026-11-28"}}));
        let row = items(&shop.rep.get("/orders?view=awaiting_signature").await.expect(200)).remove(0);
        assert_eq!(row["slip"]["current"], "2026-11-28");

        // The stamp cannot be read: nothing is signed, the customer is asked again.
        let unread = copy(&shop.service, &["legible"]).await;
        let state = shop.service.step(&order, "record-signed-copy", unread).await.expect(200);
        assert_eq!(state["status"], "awaiting_signature");
        let incomplete = with(copy(&shop.service, &[]).await, json!({"checks": [{"code": "legible", "right": true}]}));
        let refused = shop.service.step(&order, "record-signed-copy", incomplete).await;
        assert_eq!(refused.pointers(), [("/checks".to_owned(), "confirmation.not_checked".to_owned())]);

        shop = shop.on("2026-11-23T02:00:00Z").await;
        shows(&shop.page(&order).await, &json!({"slip": {"days": 2, "current": "2026-11-29"}}));
        let good = copy(&shop.service, &[]).await;
        let state = shop.service.step(&order, "record-signed-copy", good).await.expect(200);
        assert_eq!(state["status"], "effective");
        shows(&shop.page(&order).await, &json!({"promised_on": "2026-11-29", "slip": null, "signature": "signed"}));
        let events = shop.rep.get(&format!("/orders/{order}/events")).await.expect(200);
        let event = items(&events).into_iter().find(|event| event["kind"] == "OrderSigned").unwrap();
        assert_eq!(event["changes"].as_array().unwrap().len(), 1, "{event}");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn grade_a_takes_effect_at_once_and_owes_the_signature() {
    for shop in shops().await {
        shop.rules(RULES).await;
        shop.add_customer("GRADEA", json!({"grade": "A"})).await;
        shop.receive("P001", "10").await;
        let order = shop.place(with(order_of(2), json!({"customer_id": "GRADEA"}))).await;
        shop.service.step(&order, "review", json!({"checklist": ["lines"]})).await.expect(200);
        let state = shop.manager.step(&order, "approve", json!({})).await.expect(200);
        assert_eq!(state["status"], "effective");
        let page = shop.page(&order).await;
        shows(&page, &json!({"signature": "owed", "slip": null}));
        wait(async || shop.signature_clock(&order, "running").await).await;
        let token = shop.sent(&order).await;
        let customer = shop.server.stranger();
        let shown = open(&customer, &token).await.expect(200);
        sign(&customer, &token, &shown).await.expect(200);
        shows(&shop.page(&order).await, &json!({"status": "effective", "signature": "signed"}));
        wait(async || shop.signature_clock(&order, "stopped").await).await;

        // Grade B needs signature and deposit before goods leave.
        let order = shop.to_confirm(json!({})).await;
        let token = shop.sent(&order).await;
        let shown = open(&customer, &token).await.expect(200);
        sign(&customer, &token, &shown).await.expect(200);
        let ship = shop.action(&order, "ship").await;
        let gates: Vec<&str> = ship["gates"].as_array().unwrap().iter().map(|gate| gate["code"].as_str().unwrap()).collect();
        assert_eq!(gates, ["release.deposit"], "{ship}");
        shop.verify().await;
    }
}

/// Waits until something is there.
pub async fn wait<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..200 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("waited in vain");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_count_any_more_is_not_signed_and_a_wrong_link_tells_nothing() {
    for shop in shops().await {
        shop.rules(RULES).await;
        let order = shop.to_confirm(json!({})).await;
        let first = shop.sent(&order).await;
        let second = shop.sent(&order).await;
        let customer = shop.server.stranger();
        let old = open(&customer, &first).await.expect(200);
        shows(&old, &json!({"open": false, "status": "superseded"}));
        assert!(old["refusal"].is_string());
        assert_eq!(sign(&customer, &first, &old).await.expect(409)["code"], "confirmation.superseded");

        // The customer asks for a correction: service has a task to call back.
        let shown = open(&customer, &second).await.expect(200);
        let asked = customer.post(&format!("/public/sign/{second}/ask-correction"), json!({"text": "数量应为三台"})).await.expect(200);
        shows(&asked, &json!({"status": "correction", "open": true, "remark": "数量应为三台"}));
        let tasks = items(&shop.service.get("/tasks").await.expect(200));
        assert!(tasks.iter().any(|task| task["kind"]["code"] == "call_customer"), "{tasks:?}");

        // The order goes back to be corrected: the link does not count any more, and the credit is given back.
        shop.service.step(&order, "return", json!({"reason": "数量应为三台"})).await.expect(200);
        assert_eq!(sign(&customer, &second, &shown).await.expect(409)["code"], "confirmation.withdrawn");
        let credit = shop.rep.get("/customers/CUST001").await.expect(200)["credit"]["open_orders"]["amount"].clone();
        assert_eq!(credit, "0.00");
        shop.verify().await;

        // Whatever is wrong with a link, it is told in the same words.
        let links = shop.rep.get(&format!("/orders/{order}/confirmations")).await.expect(200);
        let link = links["items"][0]["link"]["id"].as_str().unwrap().to_owned();
        shop.rep.post(&format!("/links/{link}/revoke"), json!({})).await.expect(403);
        shop.service.post(&format!("/links/{link}/revoke"), json!({})).await.expect(200);
        let revoked = open(&customer, &second).await.expect(404);
        let unknown = open(&customer, &format!("{}x", &second[..second.len() - 1])).await.expect(404);
        let nonsense = open(&customer, "nonsense").await.expect(404);
        assert_eq!(revoked["code"], "link.not_valid");
        for other in [&unknown, &nonsense] {
            assert_eq!((&other["code"], &other["detail"]), (&revoked["code"], &revoked["detail"]));
        }
        // Who tries again and again is slowed down.
        let mut slowed = false;
        for _ in 0..8 {
            slowed |= open(&customer, "nonsense").await.status.as_u16() == 429;
        }
        assert!(slowed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_order_is_confirmed_again() {
    for shop in shops().await {
        shop.rules(RULES).await;
        shop.receive("P001", "10").await;
        let order = shop.to_confirm(json!({})).await;
        let first = shop.sent(&order).await;
        let customer = shop.server.stranger();
        let page = open(&customer, &first).await.expect(200);
        sign(&customer, &first, &page).await.expect(200);
        shows(&shop.page(&order).await, &json!({"status": "effective", "signature": "signed"}));
        let refused = sending(&shop.service).await;
        assert_eq!(shop.service.step(&order, "send-confirmation", refused).await.expect(409)["code"], "order.already_signed");

        shop.server.clock.forward(4000);
        let change = json!({"reason": "客户来函", "changes": [{"kind": "packing", "packing": "木箱"}]});
        let made = id(&shop.rep.post(&format!("/orders/{order}/changes"), change).await.expect(201));
        shop.rep.post(&format!("/changes/{made}/submit"), json!({})).await.expect(200);
        let state = shop.manager.post(&format!("/changes/{made}/approve"), json!({})).await.expect(200);
        if state["status"] != "applied" {
            let evidence = shop.proof(&order, "scan", "change_accepted").await;
            shop.rep.post(&format!("/changes/{made}/answer"), json!({"accepted": true, "evidence_id": evidence})).await.expect(200);
        }
        // The order stays effective, and the signature for its new version is owed; the old page says that it was replaced.
        shows(&shop.page(&order).await, &json!({"status": "effective", "signature": "owed"}));
        let old = open(&customer, &first).await.expect(200);
        shows(&old, &json!({"status": "signed", "changed_since": true, "open": false, "receipt": {"signer": "王经理"}}));

        let second = shop.sent(&order).await;
        let list = shop.rep.get(&format!("/orders/{order}/confirmations")).await.expect(200);
        shows(&list, &json!({"order_revision": 2, "slip": null}));
        shows(
            &list["items"],
            &json!([{"no": 2, "order_revision": 2, "status": "sent"}, {"no": 1, "order_revision": 1, "status": "signed"}]),
        );
        let page = open(&customer, &second).await.expect(200);
        shows(&page, &json!({"changed_since": false, "open": true, "no": 2}));
        let done = sign(&customer, &second, &page).await.expect(200);
        shows(&done, &json!({"status": "signed", "open": false}));
        shows(&shop.page(&order).await, &json!({"status": "effective", "signature": "signed"}));
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_goes_out_once_by_mail_in_the_customers_language() {
    for shop in shops().await {
        shop.rules(&format!("clock = []\n{}", RULES.replacen("title", "notify = []\ntitle", 1))).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (inbox, port) = (Inbox::default(), listener.local_addr().unwrap().port());
        tokio::spawn(mail_sink::serve(listener, inbox.clone()));
        let order = shop.to_confirm(json!({})).await;
        let mail = with(sending(&shop.service).await, json!({"way": "email", "to": "buyer@example.com", "language": "zh-TW"}));
        let refused = shop.service.step(&order, "send-confirmation", mail.clone()).await;
        assert_eq!(refused.pointers(), [("/way".to_owned(), "link.no_mail".to_owned())]);
        let settings = json!({"active": true, "host": "127.0.0.1", "port": port, "security": "none", "from_address": "s@example.com", "from_name": "顺单", "site_url": "https://orders.example.com/"});
        shop.admin.put("/mail-settings", 0, settings).await.expect(200);
        let sent = shop.service.step(&order, "send-confirmation", mail).await.expect(200);
        let letter = wait(async || inbox.letters().pop()).await;
        let number = sent["number"].as_str().unwrap();
        assert_eq!(letter.to, ["buyer@example.com"]);
        assert_eq!(letter.subject, format!("光石科技有限公司：請確認訂單 {number}"));
        assert!(letter.body.contains(&format!("https://orders.example.com{}", sent["link_path"].as_str().unwrap())), "{}", letter.body);
        wait(async || {
            let list = shop.rep.get(&format!("/orders/{order}/confirmations")).await.expect(200);
            (list["items"][0]["link"]["mail"]["state"] == "sent").then_some(())
        })
        .await;
        assert_eq!(inbox.letters().len(), 1);
        // The secret of the link is not kept once the message is out.
        let company = shop.server.company;
        let kept = shop.server.app.store.read(move |r| r.all::<domain::notify::Delivery>(company, "", &[])).await.unwrap();
        assert!(kept.iter().all(|delivery| !delivery.facts.contains("/sign/")), "{kept:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_while_the_order_is_voided_ends_in_one_of_both() {
    for shop in shops().await {
        shop.rules(RULES).await;
        for _ in 0..6 {
            let order = shop.to_confirm(json!({})).await;
            let token = shop.sent(&order).await;
            let customer = shop.server.stranger();
            let shown = open(&customer, &token).await.expect(200);
            let (signed, voided) =
                tokio::join!(sign(&customer, &token, &shown), shop.service.step(&order, "void", json!({"reason": "客户不要了"})));
            let page = shop.page(&order).await;
            match page["status"].as_str().unwrap() {
                "effective" => {
                    signed.expect(200);
                    assert_eq!(voided.expect(409)["code"], "order.not_voidable");
                }
                "void" => {
                    voided.expect(200);
                    assert_eq!(signed.expect(409)["code"], "confirmation.withdrawn");
                }
                other => panic!("{other}"),
            }
        }
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_without_such_rules_may_send_one_all_the_same() {
    for shop in shops().await {
        let order = shop.place(order_of(2)).await;
        shop.service.step(&order, "review", ticked()).await.expect(200);
        let state = shop.manager.step(&order, "approve", json!({})).await.expect(200);
        assert_eq!(state["status"], "effective", "as before");
        let token = shop.sent(&order).await;
        let customer = shop.server.stranger();
        let shown = open(&customer, &token).await.expect(200);
        assert_eq!(shown["slip"], Value::Null);
        sign(&customer, &token, &shown).await.expect(200);
        shows(&shop.page(&order).await, &json!({"status": "effective", "signature": "signed"}));
        shop.verify().await;
    }
}
