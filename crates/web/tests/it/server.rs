//! A server in this process, with a company and one user for each role.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use app::App;
use app::user::create::NewUser;
use domain::{Actor, Codes, CompanyId, Currency, Instant, Language};
use store::{Place, Store};
use tokio::sync::oneshot;

use crate::client::Client;

/// The password of every user.
pub const PASSWORD: &str = "a password of tests";

/// A clock that only the test moves.
#[derive(Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// At 2026-11-21T08:00:00Z.
    fn new() -> Self {
        Clock(Arc::new(AtomicI64::new(1_795_248_000_000_000)))
    }

    /// The time.
    pub fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }

    /// Lets so many seconds pass.
    pub fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

/// A running server; it ends when this is dropped.
pub struct Server {
    /// The product behind it, for seeding by use cases.
    pub app: App,
    /// Its clock.
    pub clock: Clock,
    /// Its company `GS`.
    pub company: CompanyId,
    /// `http://127.0.0.1:…`
    pub address: String,
    _stop: oneshot::Sender<()>,
    _directory: Option<tempfile::TempDir>,
}

/// A server on each engine: SQLite always, PostgreSQL where one is given.
pub async fn servers() -> Vec<Server> {
    let directory = tempfile::tempdir().unwrap();
    let place = Place::Directory(directory.path().into());
    let mut all = vec![Server::start(place, Some(directory), |_| {}).await];
    if let Ok(server) = std::env::var("SHUNDAN_TEST_POSTGRES") {
        all.push(Server::start(Place::Postgres(fresh_database(&server).await), None, |_| {}).await);
    }
    all
}

/// A server on SQLite with options of its own.
pub async fn server_with(options: impl FnOnce(&mut web::Options)) -> Server {
    let directory = tempfile::tempdir().unwrap();
    Server::start(Place::Directory(directory.path().into()), Some(directory), options).await
}

/// A database of its own: a copy of one in which the tables are made already, once for all tests.
async fn fresh_database(server: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    static TEMPLATE: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let template = TEMPLATE.get_or_init(|| migrated(server, &client)).await;
    let name = format!("{template}_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    client.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
    url_of(server, &name)
}

fn url_of(server: &str, database: &str) -> String {
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{database}")
}

/// A database with all tables, to which nobody is connected any more.
async fn migrated(server: &str, client: &tokio_postgres::Client) -> String {
    let name = format!("web_{}", std::process::id());
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    let clock = Clock::new();
    drop(Store::open(Place::Postgres(url_of(server, &name)), Arc::new(move || clock.now())).await.unwrap());
    client.batch_execute(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await.unwrap();
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
    let left = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1";
    while client.query_one(left, &[&name]).await.unwrap().get::<_, i64>(0) > 0 {
        client.execute(end, &[&name]).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    name
}

fn random(bytes: &mut [u8]) {
    use std::hash::{BuildHasher, Hasher, RandomState};
    for piece in bytes.chunks_mut(8) {
        let word = RandomState::new().build_hasher().finish().to_le_bytes();
        piece.copy_from_slice(&word[..piece.len()]);
    }
}

/// A hash of [`PASSWORD`] with 8 KiB and one pass: each test signs in a dozen times. What the product hashes by itself costs what it should.
pub fn password_hash() -> String {
    "$argon2id$v=19$m=8,t=1,p=1$AwMDAwMDAwMDAwMDAwMDAw$k/xi/kPHVpGAbH88kGY6MQSdFeWOV7RFh5+9GORBxh8".to_owned()
}

/// A user with the password of tests.
pub fn user(username: &str, roles: &str) -> NewUser {
    NewUser {
        username: username.into(),
        name: format!("{username} 先生"),
        email: String::new(),
        language: Language::ZhCn,
        roles: Codes::parse(roles),
        password_hash: password_hash(),
    }
}

impl Server {
    async fn start(place: Place, directory: Option<tempfile::TempDir>, change: impl FnOnce(&mut web::Options)) -> Server {
        let clock = Clock::new();
        let of_store = clock.clone();
        let store = Store::open(place, Arc::new(move || of_store.now())).await.unwrap();
        let company = found(&store, "GS", "光石科技有限公司").await;
        let app = App::new(store);
        for role in domain::default_roles().iter().filter(|role| role.code != "admin") {
            add_user(&app, company, user(&role.code, &role.code)).await;
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let mut options = web::Options::new(Arc::new(random));
        options.poll_seconds = 1;
        change(&mut options);
        let served = app.clone();
        tokio::spawn(async move { web::serve(listener, served, options, async { drop(stopped.await) }).await.unwrap() });
        Server { app, clock, company, address, _stop: stop, _directory: directory }
    }

    /// Shuts down, and keeps the product for another look.
    pub fn stop(self) -> App {
        self.app
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Client {
        Client::new(&self.address)
    }

    /// Signs in with the password of tests.
    pub async fn sign_in(&self, username: &str) -> Client {
        let mut client = self.stranger();
        let answer = client.try_sign_in("GS", username, PASSWORD).await;
        answer.expect(200);
        client
    }

    /// The operator, for seeding by use cases.
    pub fn operator(&self) -> Actor {
        app::company::create::founder(self.company)
    }

    /// Adds a user with the password of tests; answers with the id.
    pub async fn add_user(&self, username: &str, roles: &str) -> String {
        add_user(&self.app, self.company, user(username, roles)).await
    }
}

/// Founds another company, whose first user is `admin`.
pub async fn found(store: &Store, code: &str, name: &str) -> CompanyId {
    let new = app::company::create::NewCompany {
        code: code.into(),
        name: name.into(),
        currency: Currency::CNY,
        time_zone: "Asia/Shanghai".into(),
        rules: app::company::create::PRODUCT.into(),
        warehouse: String::new(),
        admin: user("admin", "admin"),
    };
    app::company::create::create(store, new).await.unwrap()
}

async fn add_user(app: &App, company: CompanyId, new: NewUser) -> String {
    let operator = app::company::create::founder(company);
    app.command(&operator, None, move |work, by| app::user::create::create(work, by, &new)).await.unwrap().id
}
