//! Grades of customers: worked out by the company's rule, taken over, or set by hand with the approval of somebody else (PTY-02).

pub mod apply;
pub mod approve;
pub mod propose;
pub mod recompute;
pub mod refuse;

use domain::{CustomerGrade, CustomerId};
use store::{Held, Outcome, UnitOfWork};

/// What is known of the grade of a customer, or what a new file has.
fn known(held: Option<&Held<CustomerGrade>>, id: CustomerId) -> CustomerGrade {
    held.map_or_else(|| CustomerGrade::entered(id), |held| (**held).clone())
}

/// Keeps what is known now, where it is another than before.
fn keep(work: &mut UnitOfWork, held: Option<Held<CustomerGrade>>, now: CustomerGrade) -> Outcome<()> {
    match held {
        Some(held) if *held == now => {}
        Some(mut held) => {
            *held = now;
            work.save(&mut held);
        }
        None => {
            work.add(now);
        }
    }
    Ok(())
}
