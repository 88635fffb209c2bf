//! Notifications from the event to the letter, the webhook and the bell, over real sockets.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use web::mail_sink::{self, Inbox, Received};

use crate::client::Client;
use crate::shop::{Shop, id, items, order_of, shops};

/// Waits until something is there.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..400 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("waited in vain for {what}");
}

/// Shops whose rules have no time limits: nothing is told but what the test does.
async fn timeless_shops() -> Vec<Shop> {
    let shops = shops().await;
    for shop in &shops {
        let content = format!("clock = []\n{}", domain::STANDARD);
        shop.admin.post("/blueprints", json!({"content": content})).await.expect(201);
        shop.admin.post_at("/blueprints/1/activate", 1, json!({"why": "无时限"})).await.expect(200);
    }
    shops
}

async fn sink() -> (Inbox, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (inbox, port) = (Inbox::default(), listener.local_addr().unwrap().port());
    tokio::spawn(mail_sink::serve(listener, inbox.clone()));
    (inbox, port)
}

fn mail(port: u16) -> Value {
    json!({"active": true, "host": "127.0.0.1", "port": port, "security": "none", "from_address": "shundan@example.com", "from_name": "顺单", "site_url": "https://orders.example.com/"})
}

async fn user_id(admin: &Client, name: &str) -> String {
    id(&items(&admin.get(&format!("/users?q={name}")).await.expect(200))[0])
}

/// Gives a user an address and a language.
async fn reachable(shop: &Shop, name: &str, language: &str) {
    let id = user_id(&shop.admin, name).await;
    let body = json!({"name": name, "email": format!("{name}@example.com"), "language": language, "roles": [name]});
    shop.admin.put(&format!("/users/{id}"), 1, body).await.expect(200);
}

async fn letters(inbox: &Inbox, count: usize) -> Vec<Received> {
    let found = until(&format!("{count} letters"), async || Some(inbox.letters()).filter(|all| all.len() >= count)).await;
    assert_eq!(found.len(), count, "{found:#?}");
    found
}

/// The only delivery, once it is in this state.
async fn delivery(shop: &Shop, state: &str) -> Value {
    until(&format!("a delivery that is {state}"), async || {
        items(&shop.admin.get("/deliveries").await.expect(200)).into_iter().find(|row| row["state"] == state)
    })
    .await
}

/// Long enough for everything that is due to have been sent.
async fn quiet() {
    tokio::time::sleep(Duration::from_millis(1500)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submitted_order_is_told_at_the_bell_and_by_mail_in_ones_language() {
    for shop in timeless_shops().await {
        let (inbox, port) = sink().await;
        reachable(&shop, "customer_service", "zh-TW").await;
        shop.admin.put("/mail-settings", 0, mail(port)).await.expect(200);
        let order = shop.place(order_of(2)).await;
        let page = shop.page(&order).await;
        let number = page["number"].as_str().unwrap();
        let letter = letters(&inbox, 1).await.remove(0);
        assert_eq!(letter.to, ["customer_service@example.com"]);
        assert_eq!(letter.subject, format!("【待初審】訂單 {number}，客户CUST001，¥1,000.00"));
        assert!(letter.body.contains(&format!("https://orders.example.com/orders/{order}")), "{}", letter.body);
        assert!(letter.raw.contains("From: ") && letter.message_id.ends_with("@example.com"));
        let told = items(&shop.service.get("/notifications").await.expect(200));
        assert_eq!((told.len(), &told[0]["number"]), (1, &json!(number)));
        assert_eq!(told[0]["subject"], format!("To review: order {number}, 客户CUST001, ¥1,000.00"));
        assert_eq!(told[0]["path"], format!("/orders/{order}"));
        assert_eq!(shop.service.get("/notifications/unread").await.expect(200)["count"], 1);
        // Others are not told, and may not mark it as read.
        assert_eq!(items(&shop.rep.get("/notifications").await.expect(200)), Vec::<Value>::new());
        let read = format!("/notifications/{}/read", id(&told[0]));
        shop.rep.post(&read, json!({})).await.expect(404);
        assert_eq!(shop.service.post(&read, json!({})).await.expect(200)["count"], 1);
        assert_eq!(shop.service.post("/notifications/read-all", json!({})).await.expect(200)["count"], 0);
        assert_eq!(shop.service.get("/notifications/unread").await.expect(200)["count"], 0);
        let sent = delivery(&shop, "sent").await;
        assert_eq!((&sent["attempts"], &sent["channel"], &sent["next_at"]), (&json!(1), &json!("email"), &Value::Null));
        shop.rep.get("/deliveries").await.expect(403);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_connection_is_tried_again_and_the_dead_are_resent() {
    for shop in timeless_shops().await {
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = closed.local_addr().unwrap().port();
        drop(closed);
        reachable(&shop, "customer_service", "zh-CN").await;
        shop.admin.put("/mail-settings", 0, mail(port)).await.expect(200);
        shop.place(order_of(1)).await;
        let failed = delivery(&shop, "failed").await;
        assert_eq!(failed["attempts"], 1);
        assert!(!failed["last_error"].as_str().unwrap().is_empty());
        // Ten tries, each later than the one before; nobody answers any of them.
        for (tries, wait) in [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].into_iter().enumerate() {
            until("the next try", async || {
                let row = items(&shop.sign_in_admin().await.get("/deliveries").await.expect(200)).remove(0);
                (row["state"] == "failed" && row["attempts"] == tries + 1).then_some(())
            })
            .await;
            shop.server.clock.forward(wait);
        }
        let admin = shop.sign_in_admin().await;
        let dead = until("the dead", async || items(&admin.get("/deliveries?state=dead").await.expect(200)).pop()).await;
        assert_eq!(dead["attempts"], 10);
        // The administrator is told, and sends it again once the server is there.
        let told = until("the administrator is told", async || items(&admin.get("/notifications").await.expect(200)).pop()).await;
        assert_eq!(told["kind"], "DeliveryFailed");
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let inbox = Inbox::default();
        tokio::spawn(mail_sink::serve(listener, inbox.clone()));
        let resend = format!("/deliveries/{}/resend", id(&dead));
        let auditor = shop.server.sign_in("auditor").await;
        assert_eq!(items(&auditor.get("/deliveries").await.expect(200)).len(), 1);
        auditor.post(&resend, json!({})).await.expect(403);
        assert_eq!(admin.post(&resend, json!({})).await.expect(200)["count"], 1);
        let letter = letters(&inbox, 1).await.remove(0);
        assert_eq!(letter.message_id.split('@').next().unwrap(), id(&dead));
        until("it is sent", async || items(&admin.get("/deliveries?state=sent").await.expect(200)).pop()).await;
        assert_eq!(admin.post(&resend, json!({})).await.expect(409)["code"], "notify.not_resendable");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_hours_delay_and_a_digest_gathers() {
    for shop in timeless_shops().await {
        let (inbox, port) = sink().await;
        reachable(&shop, "customer_service", "en").await;
        shop.admin.put("/mail-settings", 0, mail(port)).await.expect(200);
        // It is 16:00 in Shanghai.
        let mut wanted = json!({"in_app": true, "email": true, "quiet": true, "quiet_from": "15:00", "quiet_to": "17:00", "urgent_waits": false, "digest": "immediately", "digest_at": "18:30"});
        shop.service.put("/me/notification-settings", 0, wanted.clone()).await.expect(200);
        shop.place(order_of(1)).await;
        let waits = delivery(&shop, "queued").await;
        assert_eq!(waits["next_at"], "2026-11-21T09:00:00Z");
        quiet().await;
        assert_eq!(inbox.letters().len(), 0);
        shop.server.clock.forward(3600);
        letters(&inbox, 1).await;
        wanted["digest"] = json!("daily");
        shop.service.put("/me/notification-settings", 1, wanted.clone()).await.expect(200);
        for _ in 0..3 {
            shop.place(order_of(1)).await;
        }
        until("three more", async || (items(&shop.admin.get("/deliveries?state=queued").await.expect(200)).len() == 3).then_some(())).await;
        quiet().await;
        assert_eq!(inbox.letters().len(), 1);
        shop.server.clock.forward(5400);
        let digest = letters(&inbox, 2).await.remove(1);
        assert_eq!(digest.subject, "光石科技有限公司: 3 notifications");
        assert_eq!(digest.body.matches("To review: order ").count(), 3, "{}", digest.body);
        quiet().await;
        assert_eq!(inbox.letters().len(), 2);
        assert_eq!(items(&shop.admin.get("/deliveries?state=sent").await.expect(200)).len(), 4);
        // Who wants nothing is told nothing.
        wanted["email"] = json!(false);
        wanted["in_app"] = json!(false);
        wanted["digest_at"] = json!("25:00");
        let wrong = shop.service.put("/me/notification-settings", 2, wanted.clone()).await;
        assert_eq!(wrong.pointers(), [("/digest_at".to_owned(), "notify.not_a_time".to_owned())]);
        wanted["digest_at"] = json!("09:00");
        shop.service.put("/me/notification-settings", 2, wanted).await.expect(200);
        let before = shop.service.get("/notifications/unread").await.expect(200);
        shop.place(order_of(1)).await;
        quiet().await;
        assert_eq!(items(&shop.admin.get("/deliveries").await.expect(200)).len(), 4);
        assert_eq!(shop.service.get("/notifications/unread").await.expect(200), before);
    }
}

/// What a program was sent.
type Heard = Arc<Mutex<Vec<(HeaderMap, String)>>>;

/// A program that answers with these statuses, then with 200.
async fn program(statuses: &'static [u16]) -> (Heard, String) {
    let heard: Heard = Arc::default();
    let (listener, kept) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), heard.clone());
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let hook = move |headers: HeaderMap, body: Bytes| {
        let kept = kept.clone();
        async move {
            let mut heard = kept.lock().unwrap();
            heard.push((headers, String::from_utf8(body.to_vec()).unwrap()));
            let status = statuses.get(heard.len() - 1).copied().unwrap_or(200);
            (StatusCode::from_u16(status).unwrap(), "{\"errcode\":0}")
        }
    };
    let router = Router::new().route("/hook", post(hook));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (heard, url)
}

async fn heard(all: &Heard, count: usize) -> Vec<(HeaderMap, String)> {
    until(&format!("{count} posts"), async || Some(all.lock().unwrap().clone()).filter(|all| all.len() >= count)).await
}

fn signed(secret: &str, headers: &HeaderMap, body: &str) -> String {
    use base64::Engine;
    use hmac::{Hmac, KeyInit, Mac};
    let text = |name: &str| headers[name].to_str().unwrap().to_owned();
    let base64 = base64::engine::general_purpose::STANDARD;
    let key = base64.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{}.{}.{body}", text("webhook-id"), text("webhook-timestamp")).as_bytes());
    format!("v1,{}", base64.encode(mac.finalize().into_bytes()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_signed_and_keeps_its_id_when_tried_again() {
    for shop in timeless_shops().await {
        let (posts, url) = program(&[500]).await;
        let made = shop.admin.post("/webhooks", json!({"url": url, "kinds": ["OrderSubmitted"]})).await.expect(201);
        let secret = made["secret"].as_str().unwrap().to_owned();
        assert!(secret.starts_with("whsec_") && secret.len() > 40);
        assert!(!shop.admin.get("/webhooks").await.text().contains("whsec_"));
        let order = shop.place(order_of(1)).await;
        heard(&posts, 1).await;
        let failed = delivery(&shop, "failed").await;
        assert_eq!((&failed["last_error"], &failed["target"]), (&json!("HTTP 500 {\"errcode\":0}"), &json!(url)));
        shop.server.clock.forward(5);
        let all = heard(&posts, 2).await;
        for (headers, body) in &all {
            assert_eq!(headers["webhook-signature"], signed(&secret, headers, body));
            assert_eq!(headers["webhook-id"].to_str().unwrap(), id(&failed));
            let event: Value = serde_json::from_str(body).unwrap();
            assert_eq!((&event["type"], &event["subject"]), (&json!("shundan.OrderSubmitted"), &json!(format!("order/{order}"))));
        }
        assert_eq!(all[0].1, all[1].1);
        delivery(&shop, "sent").await;
        // While a secret is rotated both sign.
        let rotated = shop.admin.post(&format!("/webhooks/{}/rotate", id(&made)), json!({})).await.expect(200);
        let other = rotated["secret"].as_str().unwrap().to_owned();
        let tested = shop.admin.post(&format!("/webhooks/{}/test", id(&made)), json!({})).await.expect(200);
        assert_eq!(tested["ok"], true);
        let (headers, body) = heard(&posts, 3).await.remove(2);
        let both = format!("{} {}", signed(&other, &headers, &body), signed(&secret, &headers, &body));
        assert_eq!(headers["webhook-signature"], both.as_str());
        shop.rep.get("/webhooks").await.expect(403);
        let wrong = shop.admin.post("/webhooks", json!({"url": "ftp://x", "kinds": ["OrderEaten"]})).await;
        assert_eq!(wrong.pointers().into_iter().map(|pair| pair.0).collect::<Vec<_>>(), ["/url", "/kinds/0"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_is_gone_is_stopped() {
    for shop in timeless_shops().await {
        let (posts, url) = program(&[410]).await;
        let made = shop.admin.post("/webhooks", json!({"url": url})).await.expect(201);
        shop.place(order_of(1)).await;
        heard(&posts, 1).await;
        delivery(&shop, "dead").await;
        let path = format!("/webhooks/{}", id(&made));
        let stopped = shop.admin.get(&path).await.expect(200);
        assert_eq!((&stopped["active"], &stopped["stopped"]), (&json!(false), &json!("410")));
        shop.place(order_of(1)).await;
        quiet().await;
        assert_eq!(posts.lock().unwrap().len(), 1);
        shop.admin.delete(&path, stopped["version"].as_i64().unwrap()).await;
        shop.admin.get(&path).await.expect(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_robot_is_told_in_words() {
    for shop in timeless_shops().await {
        let (posts, url) = program(&[]).await;
        let robot = json!({"name": "审单群", "provider": "dingtalk", "url": format!("{url}?access_token=hidden"), "secret": "SECx", "kinds": ["OrderSubmitted"], "language": "zh-CN"});
        let made = shop.admin.post("/robots", robot).await.expect(201);
        shop.place(order_of(1)).await;
        let (_, body) = heard(&posts, 1).await.remove(0);
        let said: Value = serde_json::from_str(&body).unwrap();
        assert!(said["text"]["content"].as_str().unwrap().starts_with("【待初审】订单 SO"), "{said}");
        delivery(&shop, "sent").await;
        let shown = shop.admin.get("/robots").await.text();
        assert!(!shown.contains("hidden") && !shown.contains("SECx"), "{shown}");
        assert!(!shop.admin.get("/deliveries").await.text().contains("hidden"));
        let tested = shop.admin.post(&format!("/robots/{}/test", id(&made)), json!({})).await.expect(200);
        assert_eq!(tested["ok"], true, "{tested}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_send_once_each() {
    for shop in timeless_shops().await {
        let (inbox, port) = sink().await;
        reachable(&shop, "customer_service", "zh-CN").await;
        shop.admin.put("/mail-settings", 0, mail(port)).await.expect(200);
        let clock = shop.server.clock.clone();
        let place = shop.server.app.store.place().clone();
        let other = store::Store::open(place, Arc::new(move || clock.now())).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut options = web::Options::new(Arc::new(|bytes: &mut [u8]| bytes.fill(7)));
        options.poll_seconds = 1;
        let second = tokio::spawn(web::serve(listener, app::App::new(other), options, std::future::pending()));
        for _ in 0..20 {
            shop.place(order_of(1)).await;
        }
        letters(&inbox, 20).await;
        quiet().await;
        let all = inbox.letters();
        let mut ids: Vec<&str> = all.iter().map(|letter| letter.message_id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((all.len(), ids.len()), (20, 20));
        assert_eq!(shop.service.get("/notifications/unread").await.expect(200)["count"], 20);
        second.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_cut_off_between_sending_and_marking_comes_again_under_the_same_id() {
    for shop in timeless_shops().await {
        let (inbox, port) = sink().await;
        reachable(&shop, "customer_service", "zh-CN").await;
        shop.admin.put("/mail-settings", 0, mail(port)).await.expect(200);
        // The server keeps the letter, but the sender is never told so.
        inbox.break_off(1);
        shop.place(order_of(1)).await;
        delivery(&shop, "failed").await;
        shop.server.clock.forward(5);
        let all = letters(&inbox, 2).await;
        assert_eq!(all[0].message_id, all[1].message_id);
        // A sender that dies is replaced when its lease is over.
        let wanted = json!({"in_app": true, "email": true, "quiet": false, "quiet_from": "15:00", "quiet_to": "17:00", "urgent_waits": false, "digest": "hourly", "digest_at": "18:30"});
        shop.service.put("/me/notification-settings", 0, wanted).await.expect(200);
        shop.place(order_of(1)).await;
        let queued = delivery(&shop, "queued").await;
        let which = vec![queued["id"].as_str().unwrap().parse().unwrap()];
        shop.server.clock.forward(3600);
        let claim = move |work: &mut store::UnitOfWork| app::notify::send::claim(work, &which);
        let claimed = shop.server.app.store.write(shop.server.company, claim).await.unwrap();
        if claimed.len() == 1 {
            quiet().await;
            assert_eq!(inbox.letters().len(), 2, "nobody else sends what is leased");
            shop.server.clock.forward(domain::notify::LEASE_SECONDS);
        }
        letters(&inbox, 3).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_are_checked_previewed_and_reset() {
    for shop in timeless_shops().await {
        let order = shop.place(order_of(2)).await;
        let all = shop.admin.get("/notification-templates").await.expect(200);
        assert!(all["places"].as_array().unwrap().iter().any(|place| place["name"] == "payable" && place["description"] == "Payable"));
        let path = "/notification-templates/order_submitted";
        let mut words = shop.admin.get(path).await.expect(200)["words"].clone();
        words["en"] = json!({"subject": "Please look: {numbr}", "body": "{zzzzzzzzzz}"});
        let wrong = shop.admin.put(path, 0, words.clone()).await;
        assert_eq!(
            wrong.pointers(),
            [("/en/subject", "notify.unknown_place_near"), ("/en/body", "notify.unknown_place")].map(|(a, b)| (a.into(), b.into()))
        );
        assert!(wrong.json()["errors"][0]["message"].as_str().unwrap().contains("“number”"), "{}", wrong.text());
        words["en"] = json!({"subject": "Please look: {number}", "body": "{customer} {payable} by {by}"});
        let page = shop.page(&order).await;
        let number = page["number"].as_str().unwrap();
        let preview = shop.admin.post(&format!("{path}/preview"), json!({"order": number, "words": words})).await.expect(200);
        assert_eq!(preview["en"], json!({"subject": format!("Please look: {number}"), "body": "客户CUST001 ¥1,000.00 by sales_rep 先生"}));
        assert!(preview["zh-CN"]["subject"].as_str().unwrap().starts_with("【待初审】"));
        shop.admin.put(path, 0, words.clone()).await.expect(200);
        let own = shop.admin.get(path).await.expect(200);
        assert_eq!((&own["own"], &own["words"]["en"]["subject"]), (&json!(true), &json!("Please look: {number}")));
        let told = until("the bell", async || items(&shop.service.get("/notifications").await.expect(200)).pop()).await;
        assert_eq!(told["subject"], format!("Please look: {number}"));
        shop.admin.post(&format!("{path}/reset"), json!({})).await.expect(204);
        assert_eq!(shop.admin.get(path).await.expect(200)["own"], false);
        shop.admin.post(&format!("{path}/preview"), json!({"order": "SO0"})).await.expect(422);
        shop.admin.get("/notification-templates/moon").await.expect(404);
        shop.rep.get("/notification-templates").await.expect(403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_server_is_tested_and_its_secret_stays_inside() {
    for shop in timeless_shops().await {
        let (inbox, port) = sink().await;
        assert_eq!(
            shop.admin.post("/mail-settings/test", json!({"to": "a@example.com"})).await.expect(409)["code"],
            "notify.no_mail_server"
        );
        let mut settings = mail(port);
        settings["username"] = json!("shundan");
        settings["secret"] = json!("s3cret-of-mail");
        shop.admin.put("/mail-settings", 0, settings.clone()).await.expect(200);
        let shown = shop.admin.get("/mail-settings").await;
        assert_eq!(shown.expect(200)["has_secret"], true);
        assert!(!shown.text().contains("s3cret") && !shop.admin.get("/audit").await.text().contains("s3cret"));
        let tested = shop.admin.post("/mail-settings/test", json!({"to": "a@example.com"})).await.expect(200);
        assert_eq!((&tested["ok"], tested["answer"].as_str().unwrap()), (&json!(true), "250 OK: kept"));
        assert_eq!(inbox.letters()[0].to, ["a@example.com"]);
        // Another server is not told the secret of this one.
        settings.as_object_mut().unwrap().remove("secret");
        settings["from_name"] = json!("X");
        shop.admin.put("/mail-settings", 1, settings.clone()).await.expect(200);
        assert_eq!(shop.admin.get("/mail-settings").await.expect(200)["has_secret"], true);
        settings["host"] = json!("localhost");
        shop.admin.put("/mail-settings", 2, settings).await.expect(200);
        assert_eq!(shop.admin.get("/mail-settings").await.expect(200)["has_secret"], false);
        shop.rep.get("/mail-settings").await.expect(403);
    }
}

impl Shop {
    /// The administrator, signed in again after the clock went far.
    async fn sign_in_admin(&self) -> Client {
        self.server.sign_in("admin").await
    }
}
