//! A place within a warehouse as it is said.

use domain::{Bin, BinId, Date, FieldError, FieldRule, Lot, LotId, Product, Spot, StockStatus, Version, WarehouseId};
use store::rows::{Bins, LotByCode};
use store::{Held, Outcome, UnitOfWork};

use crate::field::unknown;

/// Which bin, lot and status somebody means; empty: none, and free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidSpot {
    /// Id or code of the bin, or empty.
    pub bin: String,
    /// Number of the lot or the piece, or empty.
    pub lot: String,
    /// In which status.
    pub status: StockStatus,
}

impl Default for SaidSpot {
    fn default() -> Self {
        Self { bin: String::new(), lot: String::new(), status: StockStatus::Free }
    }
}

impl SaidSpot {
    /// The place among what is known; what is not known goes to `errors` under `prefix`.
    ///
    /// # Errors
    /// Leaves when the bins or lots are not loaded yet.
    pub fn known(
        &self,
        work: &mut UnitOfWork,
        (product, warehouse): (&Product, WarehouseId),
        prefix: &str,
        errors: &mut Vec<FieldError>,
    ) -> Outcome<Spot> {
        let bin = bin(work, warehouse, &self.bin)?;
        let lot = lot(work, product, &self.lot)?;
        if bin.is_none() && !self.bin.trim().is_empty() {
            errors.push(unknown(format!("{prefix}/bin"), &self.bin));
        }
        if lot.is_none() && !self.lot.trim().is_empty() {
            errors.push(unknown(format!("{prefix}/lot"), &self.lot));
        }
        let bin_id = bin.map_or(BinId::NONE, |bin| bin.id);
        Ok(Spot { bin_id, lot_id: lot.map_or(LotId::NONE, |lot| lot.id), status: self.status })
    }

    /// The place goods are put to: the bin must be in use, and a lot that is not known yet is entered with its days.
    ///
    /// # Errors
    /// Leaves when the bins or lots are not loaded yet.
    pub fn to_fill(
        &self,
        work: &mut UnitOfWork,
        (product, warehouse): (&Product, WarehouseId),
        days: &LotDays,
        prefix: &str,
        errors: &mut Vec<FieldError>,
    ) -> Outcome<Spot> {
        let code = self.lot.trim();
        errors.extend(Lot::check_said(product, code, days.made_on, days.expires_on).into_iter().map(|error| error.under(prefix)));
        let before = errors.len();
        let bin = bin(work, warehouse, &self.bin)?;
        match &bin {
            None if !self.bin.trim().is_empty() => errors.push(unknown(format!("{prefix}/bin"), &self.bin)),
            Some(bin) if !bin.active => {
                errors.push(FieldError::new(format!("{prefix}/bin"), FieldRule::Inactive { value: bin.code.clone() }));
            }
            _ => {}
        }
        let lot_id = match lot(work, product, code)? {
            Some(lot) => lot.id,
            None if code.is_empty() || errors.len() > before => LotId::NONE,
            None => {
                let id = work.id();
                let (made_on, expires_on) = (days.made_on, Lot::last_day(product, days.made_on, days.expires_on));
                let (code, origin, created_at) = (code.to_owned(), days.origin.trim().to_owned(), work.now());
                work.add(Lot { id, version: Version::FIRST, product_id: product.id, code, made_on, expires_on, origin, created_at }).id
            }
        };
        Ok(Spot { bin_id: bin.map_or(BinId::NONE, |bin| bin.id), lot_id, status: self.status })
    }
}

/// What is said of a lot when it is first seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LotDays {
    /// Day it was made.
    pub made_on: Option<Date>,
    /// Its last day; by the product's shelf life where none is said.
    pub expires_on: Option<Date>,
    /// Number the supplier gave it.
    pub origin: String,
}

/// The bin of this warehouse with this id or code.
///
/// # Errors
/// Leaves when the bins are not loaded yet.
pub fn bin(work: &mut UnitOfWork, warehouse: WarehouseId, said: &str) -> Outcome<Option<Held<Bin>>> {
    let said = said.trim();
    if said.is_empty() {
        return Ok(None);
    }
    let id = said.parse::<BinId>().ok();
    Ok(work.of::<Bins>(warehouse)?.into_iter().find(|bin| Some(bin.id) == id || bin.code == said))
}

/// The lot of this product with this number.
///
/// # Errors
/// Leaves when the lots are not loaded yet.
pub fn lot(work: &mut UnitOfWork, product: &Product, said: &str) -> Outcome<Option<Held<Lot>>> {
    let said = said.trim();
    if said.is_empty() {
        return Ok(None);
    }
    Ok(work.of::<LotByCode>(said.to_owned())?.into_iter().find(|lot| lot.product_id == product.id))
}
