//! A changed bin.

use domain::{Act, Actor, Bin, BinId, Event, EventKind, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::add_bin::{BinInput, check};
use crate::saved::{Saved, on_version};

/// Makes a bin what `input` says. Nothing happens where nothing differs.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
///
/// Source: INV-01
pub fn edit_bin(work: &mut UnitOfWork, by: &Actor, id: BinId, expected: Option<Version>, input: &BinInput) -> Outcome<Saved> {
    by.may(Act::EditWarehouse)?;
    let mut bin = work.get::<Bin>(id)?;
    on_version(expected, bin.version, "bin")?;
    let before = (*bin).clone();
    bin.code = input.code.trim().to_owned();
    bin.name = input.name.trim().to_owned();
    bin.active = input.active;
    Refusal::unless_valid(check(work, &bin)?)?;
    let changes = bin.changes_from(&before);
    if changes.is_empty() {
        return Ok(Saved::new(id, before.version, &before.code));
    }
    work.save(&mut bin);
    work.record(by, Event::of(EventKind::BinEdited, "bin", id.raw(), &bin.code).changing(changes));
    Ok(Saved::new(id, bin.version, &bin.code))
}
