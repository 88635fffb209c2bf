//! Units that are sent beside the quantities of a step: nobody ships five kilograms of pieces.

use domain::{FieldError, FieldRule, OrderId, Refusal, ShipmentId};
use store::rows::{OrderLines, ShipmentLines};
use store::{Outcome, UnitOfWork};

/// A unit that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentUnit {
    /// Where it was sent, as a JSON pointer.
    pub pointer: String,
    /// Number of the line it is of.
    pub line_no: i64,
    /// The unit.
    pub unit: String,
}

/// Refuses units that are not those of the order's lines; lines that do not exist are the step's to refuse.
///
/// # Errors
/// `invalid` with every unit that is another.
pub fn fit(work: &mut UnitOfWork, id: OrderId, sent: &[SentUnit]) -> Outcome<()> {
    if sent.is_empty() {
        return Ok(());
    }
    let lines = work.of::<OrderLines>(id)?;
    compare(sent, |line_no| lines.iter().find(|line| line.line_no == line_no).map(|line| line.unit.clone()))
}

/// The same for the lines of a delivery note.
///
/// # Errors
/// `invalid` with every unit that is another.
pub fn fit_shipment(work: &mut UnitOfWork, id: ShipmentId, sent: &[SentUnit]) -> Outcome<()> {
    if sent.is_empty() {
        return Ok(());
    }
    let lines = work.of::<ShipmentLines>(id)?;
    compare(sent, |line_no| lines.iter().find(|line| line.line_no == line_no).map(|line| line.unit.clone()))
}

fn compare(sent: &[SentUnit], unit_of: impl Fn(i64) -> Option<String>) -> Outcome<()> {
    let mut errors = Vec::new();
    for sent in sent {
        if let Some(unit) = unit_of(sent.line_no).filter(|unit| *unit != sent.unit) {
            errors.push(FieldError::new(&sent.pointer, FieldRule::WrongUnit { unit }));
        }
    }
    Ok(Refusal::unless_valid(errors)?)
}
