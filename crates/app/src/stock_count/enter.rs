//! What was counted.

use domain::{Actor, EventKind, FieldError, FieldRule, Quantity, Refusal, StockCount, StockCountId, StockCountVerb, Version};
use store::rows::StockCountLines;
use store::{Outcome, UnitOfWork};

use super::open::line;
use crate::field::unknown;
use crate::product;
use crate::saved::{Saved, on_version};
use crate::stock::{self, LotDays, SaidSpot};

/// What was counted in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The line of the count; 0: a place that the count does not have yet.
    pub line_no: i64,
    /// Id or code of the product, for a new place.
    pub product: String,
    /// Where, for a new place.
    pub spot: SaidSpot,
    /// How much lies there.
    pub counted: Quantity,
}

/// Enters what was counted. What the books say is kept at this moment, so that goods that come and go while others still count change nothing.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `stock_count.wrong_state`; `invalid` with everything that is wrong at its field.
///
/// Source: INV-04
pub fn enter(work: &mut UnitOfWork, by: &Actor, id: StockCountId, version: Option<Version>, said: &[Entered]) -> Outcome<Saved> {
    work.want_of::<StockCountLines>([id]);
    let mut count = work.get::<StockCount>(id)?;
    on_version(version, count.version, "stock_count")?;
    let mut lines = work.of::<StockCountLines>(id)?;
    count.may(StockCountVerb::Enter, &lines, by)?;
    let warehouse = count.warehouse_id;
    let references: Vec<String> = said.iter().filter(|one| one.line_no == 0).map(|one| one.product.clone()).collect();
    let mut found = product::by_id_or_code(work, &references)?.into_iter();
    stock::want(work, warehouse, lines.iter().map(|line| line.product_id));
    let mut errors = Vec::new();
    if said.is_empty() {
        errors.push(FieldError::new("/lines", FieldRule::Required));
    }
    let mut next = lines.iter().map(|line| line.line_no).max().unwrap_or_default();
    let mut counted = Vec::with_capacity(said.len());
    for (place, one) in said.iter().enumerate() {
        let prefix = format!("/lines/{place}");
        if one.counted.is_negative() {
            errors.push(FieldError::new(format!("{prefix}/counted"), FieldRule::Negative));
        }
        if one.line_no > 0 {
            match lines.iter().position(|line| line.line_no == one.line_no) {
                Some(at) => counted.push((Some(at), None, one.counted)),
                None => errors.push(unknown(format!("{prefix}/line_no"), &one.line_no.to_string())),
            }
            continue;
        }
        let Some(product) = found.next().flatten() else {
            errors.push(unknown(format!("{prefix}/product_id"), &one.product));
            continue;
        };
        let spot = one.spot.to_fill(work, (&product, warehouse), &LotDays::default(), &prefix, &mut errors)?;
        match lines.iter().position(|line| line.product_id == product.id && line.spot() == spot) {
            Some(at) => counted.push((Some(at), None, one.counted)),
            None => {
                next += 1;
                counted.push((None, Some(line(id, next, &product, spot)), one.counted));
            }
        }
    }
    Refusal::unless_valid(errors)?;
    let now = work.now();
    for (at, new, quantity) in counted {
        let of = |row: &domain::StockCountLine| (row.product_id, row.spot());
        let (product, spot) = at.map_or_else(|| new.as_ref().map(of), |at| Some(of(&lines[at]))).expect("a line or a new one");
        let book = stock::there(work, product, warehouse, spot)?;
        let fill = |row: &mut domain::StockCountLine| {
            row.book_micro = Some(book);
            row.counted_micro = Some(quantity);
            row.counted_by = Some(by.user_id);
            row.counted_at = Some(now);
        };
        if let Some(at) = at {
            fill(&mut lines[at]);
        } else if let Some(mut row) = new {
            fill(&mut row);
            work.add(row);
        }
    }
    work.save_changed(&mut lines);
    work.save(&mut count);
    work.record(by, count.event(EventKind::StockCountEntered).with("lines", said.len()));
    Ok(Saved::new(id, count.version, &count.number))
}
