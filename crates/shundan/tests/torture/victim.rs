//! A company under torture, with everything its callers were told.

use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

use crate::check;
use crate::company::{self, People};
use crate::ledger::{Ledger, Sent};
use crate::server::{Place, Server, Site};
use crate::terms::Dice;

/// A site with its server, its people and the truth.
pub struct Victim {
    pub site: Site,
    pub server: Option<Server>,
    pub people: People,
    pub ledger: Arc<Mutex<Ledger>>,
    pub home: TempDir,
}

impl Victim {
    /// Founds the company on an empty place and starts its server; `home` is for the files of servers and tests.
    pub async fn new(place: Place, home: TempDir) -> Self {
        let site = Site::new(place, home.path());
        company::found(&site);
        let server = site.start();
        let people = company::stock_up(&site).await;
        Victim { site, server: Some(server), people, ledger: Arc::new(Mutex::new(Ledger::new())), home }
    }

    /// Everything must be as its callers were told. `open` are the commands that had no answer, which are sent again. Answers with
    /// how many others were sent again.
    pub async fn check(&mut self, open: Vec<Sent>, dice: &mut Dice) -> usize {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner).clone();
        check::settle(&self.people, &mut ledger, open).await;
        let repeated = check::repeat(&self.people, &ledger, dice).await;
        check::compare(&self.people, &ledger).await;
        self.site.verify();
        self.site.no_panic();
        *self.ledger.lock().unwrap_or_else(PoisonError::into_inner) = ledger;
        repeated
    }

    /// Kills the server and starts it again.
    pub fn restart(&mut self) {
        self.server.take().expect("a server runs").kill();
        self.server = Some(self.site.start());
    }
}
