//! A changed calendar moves what is due by it.

use domain::{Calendar, Clock, ClockId, CompanyId};
use store::query::clock;
use store::{Failure, Outcome, UnitOfWork};

use crate::{App, calendar};

/// Clocks that are reckoned anew in one transaction.
const BATCH: i64 = 200;

/// Reckons every open clock anew whose calendar has changed since; answers with how many those were. A clock knows by which version of its
/// calendar it was reckoned, so whatever is cut short goes on at the next look. Stages that have happened stay.
///
/// # Errors
/// Why it could not be read or written.
///
/// Source: TSK-03
pub async fn catch_up(app: &App, company: CompanyId) -> Result<usize, Failure> {
    let mut all = 0;
    loop {
        let outdated = app.store.read(move |reader| clock::outdated(reader, company, BATCH)).await?;
        if outdated.is_empty() {
            return Ok(all);
        }
        all += outdated.len();
        app.store.write(company, move |work| reckon(work, &outdated)).await?;
    }
}

fn reckon(work: &mut UnitOfWork, ids: &[ClockId]) -> Outcome<()> {
    work.want::<Clock>(ids.iter().copied());
    let mut codes = Vec::with_capacity(ids.len());
    for id in ids {
        codes.extend(work.find::<Clock>(*id)?.map(|clock| clock.calendar.clone()));
    }
    work.want::<Calendar>(codes);
    for id in ids {
        let Some(mut clock) = work.find::<Clock>(*id)?.filter(|clock| clock.is_open()) else { continue };
        let (hours, version) = calendar::hours(work, &clock.calendar)?;
        if clock.calendar_version == version {
            continue;
        }
        clock.calendar_version = version;
        let terms = clock.terms();
        if clock.paused_at.is_none() {
            clock.reckon(&terms, &hours);
        }
        work.save(&mut clock);
    }
    Ok(())
}
