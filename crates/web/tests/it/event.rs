//! The stream of events and the audit trail.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;
use crate::server::{Server, servers};

/// A stream that is read message by message.
struct Stream {
    answer: reqwest::Response,
    text: String,
}

impl Stream {
    async fn open(client: &Client, last: Option<i64>) -> Self {
        let mut request = client.request(Method::GET, "/events");
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Stream { answer, text: String::new() }
    }

    /// The next event; nothing where there is none for a while.
    async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
                let data = message.lines().find_map(|line| line.strip_prefix("data: ")).map(|data| serde_json::from_str(data).unwrap());
                self.text = rest.to_owned();
                if data.is_some() {
                    return data;
                }
                continue;
            }
            let piece = tokio::time::timeout(Duration::from_millis(2500), self.answer.chunk()).await.ok()?.unwrap()?;
            self.text.push_str(std::str::from_utf8(&piece).unwrap());
        }
    }
}

async fn make_user(server: &Server, name: &str) {
    server.add_user(name, "finance").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_is_streamed_as_it_happens_and_resumed() {
    for server in servers().await {
        let auditor = server.sign_in("auditor").await;
        let mut stream = Stream::open(&auditor, None).await;
        make_user(&server, "one").await;
        let event = stream.next().await.unwrap();
        assert_eq!((&event["specversion"], &event["type"]), (&json!("1.0"), &json!("shundan.UserCreated")));
        assert_eq!((&event["data"]["subject_kind"], &event["data"]["number"]), (&json!("user"), &json!("one")));
        assert_eq!(event["subject"], format!("user/{}", event["data"]["subject_id"].as_str().unwrap()));
        drop(stream);
        make_user(&server, "two").await;
        make_user(&server, "three").await;
        let last: i64 = event["id"].as_str().unwrap().parse().unwrap();
        let mut stream = Stream::open(&auditor, Some(last)).await;
        assert_eq!(stream.next().await.unwrap()["data"]["number"], "two");
        assert_eq!(stream.next().await.unwrap()["data"]["number"], "three");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_see_is_not_streamed() {
    for server in servers().await {
        let finance = server.sign_in("finance").await;
        let mut stream = Stream::open(&finance, Some(0)).await;
        make_user(&server, "secret").await;
        assert_eq!(stream.next().await, None);
        server.stranger().get("/events").await.expect(401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_commits_is_seen_too() {
    for server in servers().await {
        let auditor = server.sign_in("auditor").await;
        let mut stream = Stream::open(&auditor, None).await;
        let clock = server.clock.clone();
        let other = store::Store::open(server.app.store.place().clone(), std::sync::Arc::new(move || clock.now())).await.unwrap();
        let other = app::App::new(other);
        let new = crate::server::user("elsewhere", "finance");
        let create = move |work: &mut store::UnitOfWork, by: &domain::Actor| app::user::create::create(work, by, &new);
        other.command(&server.operator(), None, create).await.unwrap();
        assert_eq!(stream.next().await.unwrap()["data"]["number"], "elsewhere");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_trail_is_filtered() {
    for server in servers().await {
        let (admin, auditor) = (server.sign_in("admin").await, server.sign_in("auditor").await);
        let body = json!({"username": "audited", "name": "A", "roles": ["finance"], "password": "long enough to be good"});
        let id = admin.post("/users", body).await.expect(201)["id"].as_str().unwrap().to_owned();
        admin.put(&format!("/users/{id}"), 1, json!({"name": "B", "language": "en", "roles": ["finance"]})).await.expect(200);
        let count = async |query: &str| auditor.get(&format!("/audit?{query}")).await.expect(200)["items"].as_array().unwrap().len();
        assert_eq!(count(&format!("subject=user/{id}")).await, 2);
        assert_eq!(count("subject=audited&kind=UserEdited,UserCreated").await, 2);
        assert_eq!(count("subject=audited&by=admin").await, 2);
        assert_eq!(count("subject=audited&by=finance").await, 0);
        assert_eq!(count("subject=audited&from=2026-11-21&to=2026-11-21").await, 2);
        assert_eq!(count("subject=audited&from=2026-11-22").await, 0);
        let newest = auditor.get("/audit?subject=audited&limit=1").await.expect(200);
        assert_eq!(newest["items"][0]["changes"][0]["before"], "A");
        assert!(!auditor.get("/audit?limit=200").await.text().contains("argon2"), "no hash is ever in an event");
        for (query, pointer) in
            [("kind=Nothing", "/kind"), ("from=yesterday", "/from"), ("subject=user/x", "/subject"), ("by=nobody", "/by")]
        {
            assert_eq!(auditor.get(&format!("/audit?{query}")).await.pointers()[0].0, pointer);
        }
        server.sign_in("finance").await.get("/audit").await.expect(403);
    }
}

/// A stream that also says what is unread.
struct Bell(Stream);

impl Bell {
    async fn open(client: &Client) -> Self {
        let answer = client.request(Method::GET, "/events?unread=true").send().await.unwrap();
        assert_eq!(answer.status(), 200);
        Bell(Stream { answer, text: String::new() })
    }

    /// The next count; nothing where there is none for a while.
    async fn next(&mut self) -> Option<i64> {
        loop {
            let found = self.0.next().await?;
            if let Some(count) = found["count"].as_i64() {
                return Some(count);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bell_rings_for_who_is_told_and_costs_the_others_nothing() {
    for shop in crate::shop::shops().await {
        // Forty sessions of people who are not told, and one of a manager who is.
        let mut others = Vec::new();
        for _ in 0..20 {
            others.push(Bell::open(&shop.warehouse).await);
            others.push(Bell::open(&shop.after).await);
        }
        for bell in &mut others {
            assert_eq!(bell.next().await, Some(0));
        }
        let mut bell = Bell::open(&shop.manager).await;
        assert_eq!(bell.next().await, Some(0));
        let order = shop.place(crate::shop::order_of(1)).await;
        tokio::time::sleep(Duration::from_millis(400)).await;
        let before = shop.server.app.store.reads();
        shop.service.step(&order, "review", crate::shop::ticked()).await.expect(200);
        web::tick(&shop.server.app).await;
        assert_eq!(bell.next().await, Some(1), "an order waits for the manager's approval");
        tokio::time::sleep(Duration::from_millis(400)).await;
        let reads = shop.server.app.store.reads() - before;
        // The request, the followers, one look for all streams at each commit, one count for the manager.
        assert!(reads < 40, "{reads} reads with {} streams open", others.len() + 1);

        // Another window of the same person is told that it was read.
        let mut second = Bell::open(&shop.manager).await;
        assert_eq!(second.next().await, Some(1));
        shop.manager.post("/notifications/read-all", json!({})).await.expect(200);
        assert_eq!((bell.next().await, second.next().await), (Some(0), Some(0)));
        shop.manager.get("/events?unread=perhaps").await.expect(422);
        println!("one order reviewed with {} streams open: {reads} reads", others.len() + 1);
    }
}
