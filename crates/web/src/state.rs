//! What every handler has at hand.

use std::sync::Arc;

use app::App;
use domain::Language;
use tokio::sync::{Semaphore, watch};

use crate::by::Callers;
use crate::document::press::Press;
use crate::feed::Feeds;
use crate::replay::Running;
use crate::sending::Caller;
use crate::throttle::Throttle;

/// A login that the demo shows on its sign-in page.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct DemoLogin {
    /// Typed at sign-in.
    pub username: String,
    /// Typed at sign-in.
    pub password: String,
    /// Name of the person.
    pub name: String,
    /// Name of the person's role.
    pub role_name: String,
}

/// Fills the bytes with randomness good enough for secrets.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// How the server is set up; the clock is the store's.
#[derive(Clone)]
pub struct Options {
    /// Where secrets come from.
    pub random: Random,
    /// Logins shown on the sign-in page, in the language asked for; `None` outside a demo.
    pub demo: Option<fn(Language) -> Vec<DemoLogin>>,
    /// The server is reached by https: cookies are `Secure`, browsers are told to stay with https.
    pub https: bool,
    /// A proxy stands before the server: `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub behind_proxy: bool,
    /// Seconds between looks for what other processes have committed, for `/events`.
    pub poll_seconds: u64,
    /// The server looks after its companies by itself; where not, whoever moves its clock calls [`crate::tick`].
    pub ticks: bool,
    /// Folders with fonts for documents.
    pub fonts: Vec<std::path::PathBuf>,
    /// Reads messages along with the rules, where there is one.
    pub language_model: Option<crate::intake::LanguageModel>,
}

impl Options {
    /// A server on plain http without demo and proxy.
    pub fn new(random: Random) -> Self {
        Options {
            random,
            demo: None,
            https: false,
            behind_proxy: false,
            poll_seconds: 5,
            ticks: true,
            fonts: typeset::system_folders(),
            language_model: None,
        }
    }
}

impl Options {
    /// Whether this request came by https, as far as the caller is concerned.
    pub fn is_https(&self, headers: &axum::http::HeaderMap) -> bool {
        let forwarded = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
        self.https || (self.behind_proxy && forwarded)
    }
}

/// What every handler has at hand; cheap to clone.
#[derive(Clone)]
pub struct Web {
    /// The product.
    pub app: App,
    /// How the server is set up.
    pub options: Arc<Options>,
    pub(crate) running: Arc<Running>,
    pub(crate) throttle: Arc<Throttle>,
    /// Of those who try links for people outside.
    pub(crate) links: Arc<Throttle>,
    pub(crate) known: Arc<Callers>,
    pub(crate) guests: Arc<crate::portal::person::Callers>,
    pub(crate) hashing: Arc<Semaphore>,
    pub(crate) caller: Caller,
    pub(crate) feeds: Arc<Feeds>,
    pub(crate) press: Arc<Press>,
    pub(crate) closing: watch::Receiver<bool>,
}

/// Passwords hashed at the same time at the most: each takes 19 MiB.
const MAX_HASHING: usize = 4;

impl Web {
    /// The server on a product. `closing` becomes true when it shuts down.
    pub fn new(app: App, options: Options, closing: watch::Receiver<bool>) -> Self {
        Web {
            press: Arc::new(Press::new(options.fonts.clone())),
            app,
            options: Arc::new(options),
            running: Arc::default(),
            throttle: Arc::default(),
            links: Arc::default(),
            known: Arc::new(Callers::new()),
            guests: Arc::new(crate::portal::person::nobody()),
            hashing: Arc::new(Semaphore::new(MAX_HASHING)),
            caller: Caller::new(),
            feeds: Arc::default(),
            closing,
        }
    }

    /// So many random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.options.random)(&mut bytes);
        bytes
    }

    /// The time, as everything in the product sees it.
    pub fn now(&self) -> domain::Instant {
        self.app.store.now()
    }
}
