//! Grades worked out by the company's rule.

use domain::{Act, Actor, Company, Customer, CustomerGrade, CustomerId, Date, Event, EventKind, GradeFigures, GradeRejection};
use serde::{Deserialize, Serialize};
use store::query::grade as query;
use store::{Failure, Outcome, UnitOfWork};

use super::{keep, known};
use crate::{App, Replay, blueprint};

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recomputed {
    /// Customers whose grade was worked out.
    pub count: i64,
    /// Of those, with another grade than they have.
    pub differ: i64,
}

/// Works out the grades of all customers, or of one, by the rule in force and keeps them with their figures. No customer's grade changes. Customers
/// are read in bounded batches, with one statement a figure; what happens meanwhile is in it or not.
///
/// # Errors
/// `denied`; `grade.no_rule` where the rules say nothing of grades.
///
/// Source: PTY-02
pub async fn recompute(app: &App, by: &Actor, only: Option<CustomerId>, replay: Option<Replay>) -> Result<Recomputed, Failure> {
    by.may(Act::GradeCustomer).map_err(Failure::Refused)?;
    if let Some(answer) = app.answered(by, replay.as_ref()).await? {
        return Ok(answer);
    }
    let (company, now) = (by.company_id, app.store.now());
    let mut told = Recomputed::default();
    let mut after = CustomerId::NONE;
    loop {
        let read = app.store.read(move |reader| {
            let Some(company) = reader.get::<Company>(company, company)? else { return Ok(None) };
            let ids = match only {
                Some(only) if after == CustomerId::NONE => vec![only],
                Some(_) => Vec::new(),
                None => query::customers(reader, company.id, after)?,
            };
            let on = company.date_of(now);
            Ok(Some((on, query::figures(reader, &company, &ids, on)?)))
        });
        let Some((on, figures)) = read.await?.filter(|(_, figures)| !figures.is_empty()) else { break };
        after = figures.last().map_or(after, |(id, _)| *id);
        let judged = app.command(by, None, move |work, _| judge(work, &figures, on)).await?;
        told = Recomputed { count: told.count + judged.count, differ: told.differ + judged.differ };
    }
    app.command(by, replay, move |work, by| record(work, by, only, told)).await
}

/// Keeps what the rule makes of these figures.
fn judge(work: &mut UnitOfWork, figures: &[(CustomerId, GradeFigures)], on: Date) -> Outcome<Recomputed> {
    work.want::<Customer>(figures.iter().map(|(id, _)| *id));
    work.want::<CustomerGrade>(figures.iter().map(|(id, _)| *id));
    let company = work.get::<Company>(work.company())?;
    let rules = blueprint::in_force(work)?;
    let mut told = Recomputed::default();
    for (id, figures) in figures {
        let says = rules.grade(figures, on, company.currency).ok_or(GradeRejection::NoRule)?;
        let customer = work.get::<Customer>(*id)?;
        let held = work.find::<CustomerGrade>(*id)?;
        let mut kept = known(held.as_ref(), *id);
        kept.judge(figures, says, company.blueprint_no, (on, work.now()));
        told.count += 1;
        told.differ += i64::from(customer.grade != says);
        keep(work, held, kept)?;
    }
    Ok(told)
}

fn record(work: &mut UnitOfWork, by: &Actor, only: Option<CustomerId>, told: Recomputed) -> Outcome<Recomputed> {
    let event = match only {
        Some(id) => {
            let customer = work.get::<Customer>(id)?;
            Event::of(EventKind::GradesRecomputed, "customer", id.raw(), &customer.code)
        }
        None => {
            let company = work.get::<Company>(work.company())?;
            Event::of(EventKind::GradesRecomputed, "company", company.id.raw(), &company.code)
        }
    };
    work.record(by, event.with("count", told.count).with("differ", told.differ));
    Ok(told)
}
