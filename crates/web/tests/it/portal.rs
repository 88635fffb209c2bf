//! The portal's own logins, and the wall between them and everything else (INT-07).

use std::sync::Arc;

use app::portal_user::create::{NewPortalUser, create};
use domain::{Actor, CustomerId};
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::server::{PASSWORD, Server, password_hash};
use crate::shop::{Shop, order_of, shops};

/// A login of a customer whose first password was changed already.
pub fn login(customer: &str, username: &str) -> NewPortalUser {
    NewPortalUser {
        customer: customer.into(),
        username: username.into(),
        name: format!("{username} 小姐"),
        email: String::new(),
        language: None,
        password_hash: password_hash(),
        must_change: false,
    }
}

impl Client {
    /// Signs in at the portal and keeps the session, if it is let in.
    pub async fn try_portal(&mut self, username: &str, password: &str) -> Answer {
        let answer = self.post("/portal/session", json!({"company": "GS", "username": username, "password": password})).await;
        if answer.status == reqwest::StatusCode::OK {
            self.csrf = answer.json()["csrf_token"].as_str().unwrap().into();
        }
        answer
    }
}

impl Shop {
    /// Opens a login for a person of a customer; the actor it is.
    pub async fn invite(&self, customer: &str, username: &str) -> Actor {
        let new = login(customer, username);
        let by = self.server.operator();
        let made = self.server.app.command(&by, None, move |work, by| create(work, by, &new)).await.unwrap();
        let code = customer.to_owned();
        let company = self.server.company;
        let read = move |reader: &store::Reader<'_>| store::query::customer::id_of(reader, company, &code);
        let customer: CustomerId = self.server.app.store.read(read).await.unwrap().unwrap();
        Actor {
            user_id: made.id.parse().unwrap(),
            name: username.into(),
            channel: "portal".into(),
            company_id: company,
            customer_id: Some(customer),
            ..app::session::actor_of_nobody()
        }
    }

    /// A person of a customer who is signed in at the portal.
    pub async fn guest(&self, customer: &str, username: &str) -> Client {
        self.invite(customer, username).await;
        let mut client = self.server.stranger();
        client.try_portal(username, PASSWORD).await.expect(200);
        client
    }
}

/// The secret in the cookie that an answer sets.
fn secret(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie");
    cookie.split(['=', ';']).nth(1).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_of_a_customer_is_let_in_and_sets_a_password_first() {
    for shop in shops().await {
        let new = json!({"customer_id": "CUST001", "username": "li.na", "name": "李娜", "email": "li@example.com", "password": "a first password"});
        let made = shop.rep.post("/portal-users", new.clone()).await.expect(201);
        let listed = shop.rep.get("/portal-users?customer_id=").await.expect(200);
        assert_eq!((&listed["items"][0]["id"], &listed["items"][0]["customer"]["code"]), (&made["id"], &json!("CUST001")));
        assert_eq!(shop.finance.post("/portal-users", new.clone()).await.expect(403)["code"], "denied");
        let again = shop.rep.post("/portal-users", crate::shop::with(new, json!({"customer_id": "NOBODY"}))).await;
        again.expect(422);
        assert_eq!(again.pointers(), [("/username".into(), "value.taken".into()), ("/customer_id".into(), "value.unknown".into())]);

        let mut guest = shop.server.stranger();
        guest.try_portal("li.na", "a wrong password").await.expect(401);
        let answer = guest.try_portal("li.na", "a first password").await;
        assert_eq!(answer.expect(200)["must_change_password"], true);
        let cookie = answer.header("set-cookie");
        assert!(cookie.contains("Path=/api/v1/portal;") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        assert_eq!(guest.get("/portal/cart").await.expect(403)["code"], "portal.must_change_password");
        let change = json!({"current": "a first password", "new": "another password"});
        let mut forged = guest.clone();
        forged.csrf = "x".into();
        forged.post("/portal/session/change-password", change.clone()).await.expect(403);
        guest.post("/portal/session/change-password", change).await.expect(204);
        guest.get("/portal/cart").await.expect(200);
        let session = guest.get("/portal/session").await.expect(200);
        assert_eq!((&session["customer"]["code"], &session["company"]["name"]), (&json!("CUST001"), &json!("光石科技有限公司")));

        let place = format!("/portal-users/{}", made["id"].as_str().unwrap());
        shop.rep.post(&format!("{place}/deactivate"), json!({})).await.expect(200);
        guest.get("/portal/session").await.expect(401);
        guest.try_portal("li.na", "another password").await.expect(401);
        shop.rep.post(&format!("{place}/activate"), json!({})).await.expect(200);
        shop.rep.post(&format!("{place}/set-password"), json!({"password": "yet another one"})).await.expect(200);
        assert_eq!(guest.try_portal("li.na", "yet another one").await.expect(200)["must_change_password"], true);
        guest.request(reqwest::Method::DELETE, "/portal/session").send().await.unwrap();
        guest.get("/portal/session").await.expect(401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_at_the_portal_is_slowed_down() {
    for shop in shops().await {
        shop.invite("CUST001", "guessed").await;
        let mut guest = shop.server.stranger();
        for _ in 0..5 {
            guest.try_portal("guessed", "no").await.expect(401);
        }
        let slowed = guest.try_portal("guessed", PASSWORD).await;
        slowed.expect(429);
        assert!(slowed.headers.contains_key("retry-after"));
        shop.server.sign_in("finance").await;
    }
}

/// The operations of the API: method, path with ids, whether strangers may.
fn operations() -> Vec<(reqwest::Method, String, bool)> {
    let document: Value = serde_json::from_str(&web::openapi()).unwrap();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let open = operation["security"] == json!([{}]) || operation["security"] == json!([]);
            let mut parts = path.split('/').map(|part| if part.starts_with('{') { "0000000000001" } else { part });
            let path = parts.by_ref().collect::<Vec<_>>().join("/");
            all.push((method.to_uppercase().parse().unwrap(), path.strip_prefix("/api/v1").unwrap_or(&path).to_owned(), open));
        }
    }
    all
}

/// Every way in that a secret could be tried by.
fn disguises(server: &Server, secret: &str, csrf: &str) -> Vec<Client> {
    let with = |name: &str, value: String| {
        let mut client = server.stranger().with(name, &value);
        client.csrf = csrf.into();
        client
    };
    vec![
        with("cookie", format!("shundan_session={secret}; shundan_portal={secret}")),
        with("authorization", format!("Bearer {secret}")),
        with("authorization", format!("Bearer shundan_{secret}")),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_one_side_is_nothing_on_the_other() {
    for shop in shops().await {
        shop.invite("CUST001", "outside").await;
        let (mut guest, mut staff) = (shop.server.stranger(), shop.server.stranger());
        let guest_secret = secret(&guest.try_portal("outside", PASSWORD).await);
        let staff_secret = secret(&staff.try_sign_in("GS", "admin", PASSWORD).await);
        let operations = Arc::new(operations());
        let (mut inside, mut outside) = (0, 0);
        for (method, path, open) in operations.iter() {
            let portal = path.starts_with("/portal/");
            let (secret, csrf) = if portal { (&staff_secret, &staff.csrf) } else { (&guest_secret, &guest.csrf) };
            for client in disguises(&shop.server, secret, csrf) {
                // A staff secret in the staff's cookie stays what it is: at the portal only its own cookie counts.
                let request = client.request(method.clone(), path).header("if-match", "\"1\"").json(&json!({}));
                let answer = crate::client::send(request).await;
                if *open {
                    assert_ne!(answer.status.as_u16(), 500, "{method} {path}");
                } else {
                    assert_eq!(answer.status.as_u16(), 401, "{method} {path}: {}", answer.text());
                }
            }
            if *open {
                let known = ["/session", "/sign-in", "/healthz"];
                // Who signs has the secret of one link and no session.
                let signs = path.starts_with("/public/sign/") || path.starts_with("/public/offer/");
                assert!(signs || known.iter().any(|end| path.ends_with(end)), "{path} is open to strangers");
            } else if portal {
                inside += 1;
            } else {
                outside += 1;
            }
        }
        assert!(inside >= 15 && outside > 200, "{inside} {outside}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_anything_of_another_customer() {
    for shop in shops().await {
        shop.add_customer("CUST002", json!({})).await;
        shop.receive("P001", "50").await;
        let (a, b) = (shop.guest("CUST001", "anna").await, shop.guest("CUST002", "bert").await);
        let order = shop.effective(order_of(3)).await;
        let hidden = shop.draft(order_of(1)).await;
        a.get(&format!("/portal/orders/{order}")).await.expect(200);
        let problem = |answer: Answer| {
            let mut body = answer.expect(404);
            body["request_id"] = Value::Null;
            body
        };
        for (method, path, _) in operations().iter().filter(|(_, path, _)| path.contains("/portal/orders/0")) {
            let send = |client: &Client, id: &str| {
                let path = path.replacen("0000000000001", id, 1);
                let empty = if path.ends_with("/cancel") { json!({"reason": "x"}) } else { json!({}) };
                crate::client::send(client.request(method.clone(), &path).json(&empty))
            };
            let none = problem(send(&b, "0000000000001").await);
            assert_eq!(problem(send(&b, &order).await), none, "{method} {path}");
            assert_eq!(problem(send(&a, &hidden).await), none, "{method} {path}: a draft of the company is not shown");
        }
        assert_eq!(b.get("/portal/orders").await.expect(200)["items"], json!([]));
        assert_eq!(a.get("/portal/orders").await.expect(200)["items"].as_array().unwrap().len(), 1);
        assert_eq!(b.get("/portal/usual-products").await.expect(200)["items"], json!([]));
        a.post("/portal/cart", json!({"product_id": product(&a).await, "quantity": "2"})).await.expect(200);
        assert_eq!(b.get("/portal/cart").await.expect(200)["lines"], json!([]));
    }
}

/// The id of the first product of the catalogue.
pub async fn product(guest: &Client) -> String {
    guest.get("/portal/products").await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned()
}
