//! People of the company who send requests.

use std::time::Duration;

use serde_json::{Value, json};

use crate::server::Site;

pub const PASSWORD: &str = "correct horse battery";

/// What they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Admin,
    Rep,
    Service,
    Manager,
    Finance,
    Warehouse,
}

impl Role {
    pub const ALL: [Role; 6] = [Role::Admin, Role::Rep, Role::Service, Role::Manager, Role::Finance, Role::Warehouse];

    /// Its code in the product, which is the user's name as well.
    pub fn code(self) -> &'static str {
        ["admin", "sales_rep", "customer_service", "sales_manager", "finance", "warehouse"][self as usize]
    }
}

/// What came of a request.
pub enum Heard {
    /// An answer, read to its end.
    Answer(u16, Value),
    /// The connection broke: nobody knows.
    Nothing,
}

/// Longer than anything may take: a server that does not answer in this time hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Person {
    http: reqwest::Client,
    base: String,
    csrf: String,
    language: &'static str,
}

impl Person {
    pub async fn sign_in(site: &Site, role: Role) -> Self {
        let http = reqwest::Client::builder().cookie_store(true).timeout(PATIENCE).build().unwrap();
        let base = format!("{}/api/v1", site.address());
        let mut person = Person { http, base, csrf: String::new(), language: "en" };
        let body = json!({"company": "acme", "username": role.code(), "password": PASSWORD});
        person.csrf = person.well("/session", &body).await["csrf_token"].as_str().unwrap().to_owned();
        person
    }

    /// The same person reading another language.
    pub fn reading(&self, language: &'static str) -> Self {
        Person { language, ..self.clone() }
    }

    /// Sends a change, under a key where there is one.
    pub async fn send(&self, key: Option<&str>, path: &str, body: &Value) -> Heard {
        let request = self.http.post(format!("{}{path}", self.base)).header("x-csrf-token", &self.csrf).json(body);
        let request = request.header("accept-language", self.language);
        heard(if let Some(key) = key { request.header("idempotency-key", key) } else { request }).await
    }

    /// Sends a change that must succeed.
    #[track_caller]
    pub fn well(&self, path: &str, body: &Value) -> impl Future<Output = Value> {
        let caller = std::panic::Location::caller();
        async move {
            match self.send(None, path, body).await {
                Heard::Answer(200..=299, value) => value,
                Heard::Answer(status, value) => panic!("{caller}: {path}: {status} {value}"),
                Heard::Nothing => panic!("{caller}: {path}: no answer"),
            }
        }
    }

    /// Reads, if there is an answer.
    pub async fn try_get(&self, path: &str) -> Heard {
        heard(self.http.get(format!("{}{path}", self.base)).header("accept-language", self.language)).await
    }

    pub async fn get(&self, path: &str) -> Value {
        match self.try_get(path).await {
            Heard::Answer(200, value) => value,
            Heard::Answer(status, value) => panic!("{path}: {status} {value}"),
            Heard::Nothing => panic!("{path}: no answer"),
        }
    }

    /// All of a list, page by page.
    pub async fn list(&self, path: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(&format!("{path}?limit=200{cursor}")).await;
            all.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return all,
            }
        }
    }
}

async fn heard(request: reqwest::RequestBuilder) -> Heard {
    match request.send().await {
        Ok(answer) => {
            let status = answer.status().as_u16();
            match answer.bytes().await {
                Ok(bytes) if bytes.is_empty() => Heard::Answer(status, Value::Null),
                Ok(bytes) => Heard::Answer(status, serde_json::from_slice(&bytes).expect("answers are JSON")),
                Err(_) => Heard::Nothing,
            }
        }
        Err(why) => {
            assert!(!why.is_timeout(), "no answer in {PATIENCE:?}: {why}");
            Heard::Nothing
        }
    }
}
