//! What is said of a transfer.

use domain::{
    Date, FieldError, FieldRule, Instant, LotId, Quantity, Refusal, Transfer, TransferId, TransferLine, TransferStatus, UserId, Version,
    WarehouseId,
};
use store::{Outcome, UnitOfWork};

use crate::field::unknown;
use crate::stock::lot;
use crate::{product, warehouse};

/// A transfer, as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferInput {
    /// Id or code of the warehouse it leaves.
    pub from: String,
    /// Id or code of the warehouse it goes to.
    pub to: String,
    /// Day it is expected to arrive.
    pub expected_on: Option<Date>,
    /// Anything else.
    pub note: String,
    /// What is to be sent.
    pub lines: Vec<TransferInputLine>,
}

/// One product of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferInputLine {
    /// Id or code of the product.
    pub product: String,
    /// How much.
    pub quantity: Quantity,
    /// The unit, where one was said: it must be the product's.
    pub unit: Option<String>,
    /// Of this lot; empty: what expires first.
    pub lot: String,
}

impl TransferInput {
    /// The draft that is meant.
    ///
    /// # Errors
    /// `invalid` with everything that is wrong at its field.
    pub(super) fn transfer(
        &self,
        work: &mut UnitOfWork,
        id: TransferId,
        by: UserId,
        now: Instant,
    ) -> Outcome<(Transfer, Vec<TransferLine>)> {
        let references: Vec<String> = self.lines.iter().map(|line| line.product.clone()).collect();
        let found = product::by_id_or_code(work, &references);
        let from = warehouse::by_id_or_code(work, &self.from);
        let to = warehouse::by_id_or_code(work, &self.to);
        let (found, from, to) = (found?, from?, to?);
        let mut errors = Vec::new();
        for (warehouse, said, pointer) in [(&from, &self.from, "/from_id"), (&to, &self.to, "/to_id")] {
            match warehouse {
                None => errors.push(unknown(pointer, said)),
                Some(warehouse) if !warehouse.active => {
                    errors.push(FieldError::new(pointer, FieldRule::Inactive { value: warehouse.name.clone() }));
                }
                Some(_) => {}
            }
        }
        let mut lines = Vec::with_capacity(found.len());
        for (place, (product, said)) in found.into_iter().zip(&self.lines).enumerate() {
            let Some(product) = product else {
                errors.push(unknown(format!("/lines/{place}/product_id"), &said.product));
                continue;
            };
            if said.unit.as_ref().is_some_and(|unit| *unit != product.unit) {
                errors.push(FieldError::new(format!("/lines/{place}/quantity"), FieldRule::WrongUnit { unit: product.unit.clone() }));
            }
            let lot = lot(work, &product, &said.lot)?;
            if lot.is_none() && !said.lot.trim().is_empty() {
                errors.push(unknown(format!("/lines/{place}/lot"), &said.lot));
            }
            lines.push(TransferLine {
                transfer_id: id,
                line_no: i64::try_from(place + 1).unwrap_or(i64::MAX),
                product_id: product.id,
                product_code: product.code.clone(),
                name: product.name.clone(),
                unit: product.unit.clone(),
                lot_id: lot.map_or(LotId::NONE, |lot| lot.id),
                quantity_micro: said.quantity,
                received_micro: Quantity::ZERO,
                lost_micro: Quantity::ZERO,
            });
        }
        let transfer = Transfer {
            id,
            version: Version::FIRST,
            number: String::new(),
            status: TransferStatus::Draft,
            from_id: from.map_or(WarehouseId::NONE, |warehouse| warehouse.id),
            to_id: to.map_or(WarehouseId::NONE, |warehouse| warehouse.id),
            expected_on: self.expected_on,
            note: self.note.trim().to_owned(),
            end_reason: String::new(),
            created_by: by,
            created_at: now,
            sent_at: None,
        };
        let known = errors.is_empty();
        errors.extend(transfer.check(&lines).into_iter().filter(|error| known || !error.pointer.starts_with("/lines/")));
        Refusal::unless_valid(errors)?;
        Ok((transfer, lines))
    }
}
