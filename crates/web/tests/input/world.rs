//! Two small companies in one fresh database behind the real router, and what a caller can know of them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::App;
use app::user::create::NewUser;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use domain::{Codes, CompanyId, Currency, Instant, Language};
use serde_json::{Value, json};
use store::{Place, Store};
use tower::ServiceExt;

use crate::dice::Dice;
use crate::sent::Caller;

/// The password of every user; in no answer.
pub const PASSWORD: &str = "a password that nobody answers";

/// In every text of the other company; in no answer to ours.
pub const FOREIGN: &str = "ZZOTHER";

/// A request that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer, read to its end (of a stream: its head).
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON; `null` where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Two companies, their people, and the ids that were seen.
pub struct World {
    router: Router,
    app: App,
    now: Arc<AtomicI64>,
    tables: Vec<String>,
    /// Headers of each known caller.
    known: BTreeMap<&'static str, Vec<(&'static str, String)>>,
    /// Ids, codes and numbers by noun (`orders`).
    pub ids: BTreeMap<String, Vec<String>>,
    /// Ids of the other company.
    pub foreign: Vec<String>,
    /// Secrets that no answer shows.
    pub secrets: Vec<String>,
    _directory: tempfile::TempDir,
}

fn user(username: &str, roles: &str, name: &str) -> NewUser {
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let hash = HASH.get_or_init(|| app::user::password::hash(PASSWORD, &[3; 16])).clone();
    NewUser {
        username: username.into(),
        name: name.into(),
        email: String::new(),
        language: Language::ZhCn,
        roles: Codes::parse(roles),
        password_hash: hash,
    }
}

async fn found(store: &Store, code: &str, name: &str) -> CompanyId {
    let admin = user("admin", "admin", name);
    let (currency, time_zone) = (Currency::CNY, "Asia/Shanghai".into());
    let new = app::company::create::NewCompany {
        code: code.into(),
        name: name.into(),
        currency,
        time_zone,
        rules: app::company::create::PRODUCT.to_owned(),
        warehouse: String::new(),
        admin,
    };
    app::company::create::create(store, new).await.unwrap()
}

impl World {
    /// Founds both companies and signs everybody in.
    pub async fn found(seed: u64) -> World {
        let directory = tempfile::tempdir().unwrap();
        let now = Arc::new(AtomicI64::new(1_795_248_000_000_000));
        let clock = now.clone();
        let place = Place::Directory(directory.path().into());
        let store = Store::open(place, Arc::new(move || Instant::from_micros(clock.load(Ordering::SeqCst)))).await.unwrap();
        let all: Vec<String> = domain::default_roles().into_iter().map(|role| role.code).collect();
        let ours = found(&store, "GS", "光石").await;
        let theirs = found(&store, "OTHER", FOREIGN).await;
        let app = App::new(store);
        let all = all.join(",");
        for (company, username, name, roles) in [
            (theirs, "boss", FOREIGN, all.as_str()),
            (theirs, "chief", FOREIGN, &all),
            (theirs, "rep", FOREIGN, "sales_rep"),
            (ours, "boss", "光", &all),
            (ours, "chief", "光", &all),
            (ours, "rep", "光", "sales_rep"),
        ] {
            let operator = app::company::create::founder(company);
            let new = user(username, roles, name);
            app.command(&operator, None, move |work, by| app::user::create::create(work, by, &new)).await.unwrap();
        }
        let dice = Mutex::new(Dice::new(seed ^ 0x5ec7));
        let random = move |bytes: &mut [u8]| bytes.fill_with(|| u8::try_from(dice.lock().unwrap().below(256)).unwrap());
        let router = web::router(app.clone(), web::Options::new(Arc::new(random)));
        let mut world = World {
            router,
            app,
            now,
            tables: Vec::new(),
            known: BTreeMap::new(),
            ids: BTreeMap::new(),
            foreign: Vec::new(),
            secrets: vec!["$argon2".into(), PASSWORD.into()],
            _directory: directory,
        };
        world.tables = world.read_tables().await;
        for (key, company, username) in [
            ("other", "OTHER", "boss"),
            ("other-chief", "OTHER", "chief"),
            ("other-rep", "OTHER", "rep"),
            ("boss", "GS", "boss"),
            ("chief", "GS", "chief"),
            ("rep", "GS", "rep"),
        ] {
            assert!(world.sign_in(key, company, username).await);
        }
        crate::story::play(&mut world).await;
        world
    }

    async fn sign_in(&mut self, key: &'static str, company: &str, username: &str) -> bool {
        let body = json!({"company": company, "username": username, "password": PASSWORD});
        let answer = self.ask("nobody", "POST", "/api/v1/session", Some(body)).await;
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        let csrf = answer.json()["csrf_token"].as_str().unwrap_or_default().to_owned();
        if answer.status != 200 {
            return false;
        }
        if let Some((_, secret)) = cookie.split_once('=') {
            self.secrets.push(secret.to_owned());
            self.secrets.push(web::secret::hash(secret));
        }
        self.known.insert(key, vec![("cookie", cookie), ("x-csrf-token", csrf)]);
        true
    }

    /// A token for programs.
    pub async fn make_token(&mut self) {
        let scopes: Vec<&str> = domain::Act::ALL.iter().map(|act| domain::Code::as_str(*act)).collect();
        let token = self.ask("boss", "POST", "/api/v1/api-tokens", Some(json!({"name": "p", "scopes": scopes}))).await;
        if let Some(secret) = token.json()["secret"].as_str() {
            self.secrets.push(secret.to_owned());
            self.known.insert("program", vec![("authorization", format!("Bearer {secret}"))]);
            // The sign of life of a new token is written beside the first request.
            self.ask("program", "GET", "/api/v1/company", None).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The headers of a caller.
    pub fn headers(&self, caller: Caller) -> Vec<(&'static str, String)> {
        let of = |key| self.known.get(key).cloned().unwrap_or_default();
        match caller {
            Caller::Boss => of("boss"),
            Caller::Program => of("program"),
            Caller::Rep => of("rep"),
            Caller::Stranger => Vec::new(),
            Caller::Forger => vec![("cookie", "shundan_session=AAAAAAAAAAA.Zm9v".into()), ("x-csrf-token", "🧨".into())],
        }
    }

    /// After what ended a session: everybody is signed in again; false where somebody is no longer let in.
    pub async fn again(&mut self) -> bool {
        self.now.fetch_add(3_600_000_000, Ordering::SeqCst);
        self.sign_in("boss", "GS", "boss").await && self.sign_in("rep", "GS", "rep").await && {
            self.make_token().await;
            true
        }
    }

    /// A plain request of a known caller.
    pub async fn ask(&self, key: &str, method: &str, path: &str, body: Option<Value>) -> Answer {
        let mut request =
            Request::builder().method(method).uri(path).header("content-type", "application/json").header("accept-language", "en");
        for (name, value) in self.known.get(key).into_iter().flatten() {
            request = request.header(*name, value);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.answer(request.body(body).unwrap()).await.expect("a plain request does not hang")
    }

    /// The answer to a request; nothing where it hangs.
    pub async fn answer(&self, request: Request<Body>) -> Option<Answer> {
        let router = self.router.clone();
        let whole = async move {
            let answer = router.oneshot(request).await.unwrap();
            let (parts, body) = answer.into_parts();
            let stream = parts.headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
            let bytes = if stream { Vec::new() } else { to_bytes(body, usize::MAX).await.unwrap().to_vec() };
            Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
        };
        tokio::time::timeout(PATIENCE, whole).await.ok()
    }

    /// Statements that say of each table how many rows it has and what they come to.
    async fn read_tables(&self) -> Vec<String> {
        // The sign of life of sessions and tokens is written beside requests.
        let text = "SELECT t.name, group_concat('coalesce(' || CASE c.type WHEN 'BIGINT' THEN c.name || ' % 1000003' \
            ELSE 'length(' || c.name || ')' END || ', 0)', ' + ') FROM sqlite_master AS t, pragma_table_info(t.name) AS c \
            WHERE t.type = 'table' AND NOT (t.name IN ('sessions', 'api_tokens') AND (c.name LIKE '%_at' OR c.name = 'version')) GROUP BY t.name";
        let statement =
            |table: &str, sum: &str| format!("SELECT '{table}: ' || count(*) || ' rows, ' || coalesce(sum({sum}), 0) FROM {table}");
        let read = move |reader: &store::Reader<'_>| {
            reader.rows(text, &[], |row| Ok(statement(row.text(0)?.unwrap_or_default(), row.text(1)?.unwrap_or("0"))))
        };
        self.app.store.read(read).await.unwrap()
    }

    /// What every table comes to, and the head of every chain of events.
    pub async fn fingerprint(&self) -> Vec<String> {
        let mut statements = self.tables.clone();
        let head =
            "SELECT 'head ' || hash FROM events AS e WHERE position = (SELECT max(position) FROM events WHERE company_id = e.company_id)";
        statements.push(head.into());
        let read = move |reader: &store::Reader<'_>| {
            let mut all = Vec::new();
            for statement in &statements {
                all.extend(reader.rows(statement, &[], |row| Ok(row.text(0)?.unwrap_or_default().to_owned()))?);
            }
            Ok(all)
        };
        self.app.store.read(read).await.unwrap()
    }

    /// Keeps the ids in an answer about a noun.
    pub fn learn(&mut self, noun: &str, answer: &Value) {
        let rows = answer["items"].as_array().cloned().unwrap_or_else(|| vec![answer.clone()]);
        for row in rows {
            for name in ["id", "code", "number"] {
                if let Some(text) = row[name].as_str().filter(|text| !text.is_empty()) {
                    let known = self.ids.entry(noun.to_owned()).or_default();
                    if !known.iter().any(|other| other == text) {
                        known.push(text.to_owned());
                    }
                }
            }
        }
    }
}
