//! Purchase orders: written, sent, confirmed by the supplier, received into stock, closed or cancelled (PUR-01).

mod input;

pub mod cancel;
pub mod close;
pub mod confirm;
pub mod create;
pub mod edit;
pub mod receive;
pub mod send;

use domain::{Actor, Company, Event, Moment, Purchase, PurchaseId, PurchaseLine, PurchaseStatus, Version};
use serde::{Deserialize, Serialize};
use store::rows::PurchaseLines;
use store::{Held, Outcome, UnitOfWork};

pub use input::{PurchaseInput, PurchaseLineInput, PurchaseNeed};

use crate::order::draft;
use crate::saved::on_version;

/// A purchase order after a step, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseState {
    /// Its id.
    pub id: PurchaseId,
    /// Its number.
    pub number: String,
    /// For the next change.
    pub version: i64,
    /// Its state.
    pub status: PurchaseStatus,
}

impl PurchaseState {
    fn of(purchase: &Purchase) -> Self {
        PurchaseState { id: purchase.id, number: purchase.number.clone(), version: purchase.version.raw(), status: purchase.status }
    }
}

/// The purchase order, at the version the caller saw, with its lines in their order. Whoever changes a line raises the version, so that what was decided
/// on the lines holds until the commit.
fn load(work: &mut UnitOfWork, id: PurchaseId, version: Option<Version>) -> Outcome<(Held<Purchase>, Vec<Held<PurchaseLine>>)> {
    work.want::<Company>([work.company()]);
    work.want_of::<PurchaseLines>([id]);
    let purchase = work.get::<Purchase>(id)?;
    on_version(version, purchase.version, "purchase")?;
    let mut lines = work.of::<PurchaseLines>(id)?;
    lines.sort_by_key(|line| line.line_no);
    Ok((purchase, lines))
}

/// Now, and the company's day.
fn moment(work: &mut UnitOfWork) -> Outcome<Moment> {
    let company = work.get::<Company>(work.company())?;
    Ok(Moment { now: work.now(), today: draft::today(work, &company) })
}

/// Writes what a step changed.
fn keep(
    work: &mut UnitOfWork,
    by: &Actor,
    mut purchase: Held<Purchase>,
    mut lines: Vec<Held<PurchaseLine>>,
    event: Event,
) -> PurchaseState {
    work.save(&mut purchase);
    work.save_changed(&mut lines);
    work.record(by, event);
    PurchaseState::of(&purchase)
}
