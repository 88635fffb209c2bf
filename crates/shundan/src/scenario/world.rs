//! The server a scenario is played on: in this process, on a port of its own, on data of its own, with a clock that only the scenario moves.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use app::App;
use app::company::create::{self, NewCompany};
use app::user::create::NewUser;
use domain::{Codes, CompanyId, Currency, FieldRule, Instant, Refusal};
use store::Place;
use tempfile::TempDir;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use web::Web;

use super::file::{ADMIN, Scenario};
use crate::args::Global;
use crate::bench::sibling;
use crate::trouble::Trouble;
use crate::{outside, place, serve};

/// The password of everybody in a scenario.
pub const PASSWORD: &str = "shundan-scenario";

fn broken(why: impl std::fmt::Display) -> Trouble {
    Trouble::with("trouble.system", [("why", &why)])
}

/// Where the data of one scenario is.
#[derive(Debug)]
pub enum Ground {
    /// In a directory that is removed.
    Passing(TempDir),
    /// In a directory that is kept.
    Kept(PathBuf),
    /// In a database of its own on this server, which is dropped.
    Database {
        /// What was given.
        server: String,
        /// Its name.
        name: String,
    },
}

impl Ground {
    /// An empty place.
    ///
    /// # Errors
    /// A directory to keep that has data already; what the system or the database server refuses.
    pub async fn new(global: &Global, keep: Option<&Path>, scenario: &Path) -> Result<Self, Trouble> {
        if let Some(folder) = keep {
            let folder = folder.join(scenario.file_stem().unwrap_or_default());
            return match place::file(&folder).exists() {
                true => Err(Trouble::with("trouble.exists", [("path", &place::file(&folder).display())])),
                false => Ok(Ground::Kept(folder)),
            };
        }
        let Some(server) = &global.database else { return Ok(Ground::Passing(tempfile::tempdir().map_err(broken)?)) };
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("shundan_scenario_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        store::administer(server, &format!("CREATE DATABASE {name}")).await?;
        Ok(Ground::Database { server: server.clone(), name })
    }

    fn place(&self) -> Place {
        match self {
            Ground::Passing(folder) => Place::Directory(folder.path().into()),
            Ground::Kept(folder) => Place::Directory(folder.clone()),
            Ground::Database { server, name } => Place::Postgres(sibling(server, name)),
        }
    }

    /// Removes what is not kept.
    pub async fn remove(self) {
        if let Ground::Database { server, name } = self
            && let Err(why) = store::administer(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await
        {
            tracing::warn!(%why, "the database of the scenario was not removed");
        }
    }
}

/// A company with its server.
pub struct World {
    /// `http://127.0.0.1:…`
    pub address: String,
    app: App,
    web: Web,
    clock: Arc<AtomicI64>,
    company: CompanyId,
    stop: oneshot::Sender<()>,
    running: JoinHandle<std::io::Result<()>>,
}

impl World {
    /// Founds the company and starts its server.
    pub async fn start(ground: &Ground, scenario: &Scenario) -> Result<Self, Trouble> {
        let clock = Arc::new(AtomicI64::new(scenario.start.micros()));
        let reads = clock.clone();
        let app = place::open(ground.place(), Arc::new(move || Instant::from_micros(reads.load(Ordering::SeqCst)))).await?;
        let company = found(&app, scenario).await?;
        let listener = serve::listen("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr().map_err(broken)?);
        let options = web::Options { ticks: false, ..web::Options::new(Arc::new(outside::fill)) };
        let (stop, stopped) = oneshot::channel();
        let shutdown = async move {
            // A sender that is gone stops it as well.
            let _ = stopped.await;
        };
        let running = tokio::spawn(web::serve(listener, app.clone(), options.clone(), shutdown));
        let (_, closing) = watch::channel(false);
        let web = Web::new(app.clone(), options, closing);
        Ok(World { address, app, web, clock, company, stop, running })
    }

    /// Moves the clock, and lets the server do what became due.
    pub async fn go_to(&self, instant: Instant) {
        self.clock.store(instant.micros(), Ordering::SeqCst);
        self.settle().await;
    }

    /// Lets the server do what is to be done now: act on events, look at clocks.
    pub async fn settle(&self) {
        web::tick(&self.web.app).await;
        web::send(&self.web).await;
    }

    /// What does not fit together in what is stored.
    pub async fn verify(&self) -> Result<Vec<String>, Trouble> {
        let company = self.company;
        let report = self.app.store.read(move |reader| store::verify::verify(reader, company)).await?;
        Ok(report.findings.into_iter().map(|finding| format!("[{}] {}", finding.check, finding.what)).collect())
    }

    /// Stops the server and closes the store.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        // Callers have closed their connections; one that broke off does not hold the end up.
        let _ = tokio::time::timeout(std::time::Duration::from_secs(5), self.running).await;
        let (app, web) = (self.app, self.web);
        tokio::task::spawn_blocking(move || drop((web, app))).await.ok();
    }
}

async fn found(app: &App, scenario: &Scenario) -> Result<CompanyId, Trouble> {
    let said = &scenario.company;
    let currency = Currency::parse(&said.currency.to_uppercase());
    let currency = currency.map_err(|_| Refusal::field("/currency", FieldRule::UnknownChoice { value: said.currency.clone() }))?;
    let admin = NewUser {
        username: ADMIN.to_owned(),
        name: domain::text(scenario.language, "role.admin", &[]),
        language: scenario.language,
        roles: Codes::parse(ADMIN),
        password_hash: app::user::password::hash(PASSWORD, &outside::random()),
        email: String::new(),
    };
    let new = NewCompany {
        code: said.code.clone(),
        name: said.name.clone(),
        currency,
        time_zone: said.time_zone.clone(),
        rules: create::PRODUCT.to_owned(),
        warehouse: String::new(),
        admin,
    };
    Ok(create::create(&app.store, new).await?)
}
