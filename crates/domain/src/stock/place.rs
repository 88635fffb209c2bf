//! What lies in which bin, of which lot, in which status; and where a quantity is taken from.

use crate::codes::codes;
use crate::date::Date;
use crate::id::{BinId, LotId, PlaceId, ProductId, WarehouseId};
use crate::quantity::Quantity;
use crate::stock::Lot;

codes! {
    /// Whether goods may be promised (INV-01).
    StockStatus in "stock.status" {
        /// May be promised and shipped.
        Free = "free",
        /// Waits for its inspection.
        Quality = "quality",
        /// Cannot be sold as it is.
        Damaged = "damaged",
        /// Kept back by somebody.
        Blocked = "blocked",
    }
}

/// What of a product lies in one bin of a warehouse, of one lot, in one status; changed by differences only, never below zero. Goods without any
/// of these have no such row: they are what [`crate::Stock::plain`] says.
#[derive(Clone, Debug, PartialEq)]
pub struct StockPlace {
    /// Key.
    pub id: PlaceId,
    /// Of what.
    pub product_id: ProductId,
    /// In which warehouse.
    pub warehouse_id: WarehouseId,
    /// In which bin; none: 0.
    pub bin_id: BinId,
    /// Of which lot; none: 0.
    pub lot_id: LotId,
    /// In which status.
    pub status: StockStatus,
    /// How much.
    pub on_hand_micro: Quantity,
}

/// Where within a warehouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// In which bin; none: 0.
    pub bin_id: BinId,
    /// Of which lot; none: 0.
    pub lot_id: LotId,
    /// In which status.
    pub status: StockStatus,
}

impl Spot {
    /// No bin, no lot, free.
    pub const PLAIN: Self = Self { bin_id: BinId::NONE, lot_id: LotId::NONE, status: StockStatus::Free };

    /// Whether it needs no row of its own.
    pub fn is_plain(self) -> bool {
        self == Self::PLAIN
    }
}

impl StockPlace {
    /// Where it is.
    pub fn spot(&self) -> Spot {
        Spot { bin_id: self.bin_id, lot_id: self.lot_id, status: self.status }
    }
}

/// Takes a quantity from free places: what expires first, then the older lot, then the bin, at last what has no place (`plain`). Lots that are over
/// on `day` are passed by. What is missing is the second figure.
///
/// Source: INV-01, first expired first out
pub fn take_from_places(
    places: &[(StockPlace, Option<Lot>)],
    plain: Quantity,
    quantity: Quantity,
    day: Date,
) -> (Vec<(Spot, Quantity)>, Quantity) {
    let mut good: Vec<&(StockPlace, Option<Lot>)> = places
        .iter()
        .filter(|(place, lot)| place.status == StockStatus::Free && lot.as_ref().is_none_or(|lot| lot.is_good_on(day)))
        .collect();
    let ends = |lot: &Option<Lot>| lot.as_ref().and_then(|lot| lot.expires_on);
    good.sort_by_key(|(place, lot)| (ends(lot).is_none(), ends(lot), place.lot_id == LotId::NONE, place.lot_id, place.bin_id, place.id));
    let mut left = quantity;
    let mut taken = Vec::new();
    let lying = good.into_iter().map(|(place, _)| (place.spot(), place.on_hand_micro));
    for (spot, there) in lying.chain([(Spot::PLAIN, plain)]) {
        let part = there.min(left);
        if part.is_positive() {
            left -= part;
            taken.push((spot, part));
        }
    }
    (taken, left)
}

/// How much of a named lot is free on a day, over all bins.
///
/// Source: INV-01
pub fn free_of_lot(places: &[(StockPlace, Option<Lot>)], lot: &str, day: Date) -> Quantity {
    places
        .iter()
        .filter(|one| is_lot(one, lot))
        .map(|one| take_from_places(std::slice::from_ref(one), Quantity::ZERO, one.0.on_hand_micro, day))
        .fold(Quantity::ZERO, |sum, (taken, _)| sum + taken.iter().map(|(_, part)| *part).sum())
}

fn is_lot((_, lot): &(StockPlace, Option<Lot>), code: &str) -> bool {
    lot.as_ref().is_some_and(|lot| lot.code == code)
}

/// As [`take_from_places`], but of each named lot so much before all, whatever expires first.
///
/// Source: INV-01, SHP-02
pub fn take_named_lots(
    places: &[(StockPlace, Option<Lot>)],
    plain: Quantity,
    quantity: Quantity,
    day: Date,
    named: &[(String, Quantity)],
) -> (Vec<(Spot, Quantity)>, Quantity) {
    let mut rest: Vec<(StockPlace, Option<Lot>)> = places.to_vec();
    let (mut taken, mut left, mut missing) = (Vec::new(), quantity, Quantity::ZERO);
    for (code, wanted) in named {
        let of_lot: Vec<_> = rest.iter().filter(|one| is_lot(one, code)).cloned().collect();
        let (part, short) = take_from_places(&of_lot, Quantity::ZERO, *wanted, day);
        for (spot, out) in &part {
            rest.iter_mut().filter(|(place, _)| place.spot() == *spot).for_each(|(place, _)| place.on_hand_micro -= *out);
        }
        taken.extend(part);
        left -= *wanted;
        missing += short;
    }
    let (part, short) = take_from_places(&rest, plain, left.or_zero(), day);
    for (spot, out) in part {
        match taken.iter_mut().find(|(one, _)| *one == spot) {
            Some((_, sum)) => *sum += out,
            None => taken.push((spot, out)),
        }
    }
    (taken, missing + short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Version;
    use crate::instant::Instant;

    fn lot(id: i64, expires_on: Option<&str>) -> Lot {
        Lot {
            id: LotId::from_raw(id),
            version: Version::FIRST,
            product_id: ProductId::from_raw(1),
            code: format!("L{id}"),
            made_on: None,
            expires_on: expires_on.map(|day| Date::parse(day).unwrap()),
            origin: String::new(),
            created_at: Instant::from_micros(0),
        }
    }

    fn place(id: i64, bin: i64, lot: i64, status: StockStatus, pieces: i64) -> StockPlace {
        StockPlace {
            id: PlaceId::from_raw(id),
            product_id: ProductId::from_raw(1),
            warehouse_id: WarehouseId::from_raw(1),
            bin_id: BinId::from_raw(bin),
            lot_id: LotId::from_raw(lot),
            status,
            on_hand_micro: Quantity::units(pieces),
        }
    }

    /// INV-01
    #[test]
    fn what_expires_first_goes_first_and_nothing_over_or_held_goes() {
        let today: Date = Date::parse("2026-11-23").unwrap();
        let places = vec![
            (place(1, 1, 0, StockStatus::Free, 5), None),
            (place(2, 2, 2, StockStatus::Free, 5), Some(lot(2, Some("2027-01-31")))),
            (place(3, 3, 3, StockStatus::Free, 5), Some(lot(3, Some("2026-12-31")))),
            (place(4, 4, 4, StockStatus::Free, 5), Some(lot(4, Some("2026-11-22")))),
            (place(5, 5, 3, StockStatus::Quality, 5), Some(lot(3, Some("2026-12-31")))),
            (place(6, 6, 6, StockStatus::Free, 5), Some(lot(6, None))),
        ];
        let (taken, missing) = take_from_places(&places, Quantity::units(5), Quantity::units(23), today);
        let taken: Vec<(i64, i64, i64)> =
            taken.iter().map(|(spot, part)| (spot.bin_id.raw(), spot.lot_id.raw(), part.micro() / 1_000_000)).collect();
        assert_eq!(taken, [(3, 3, 5), (2, 2, 5), (6, 6, 5), (1, 0, 5), (0, 0, 3)]);
        assert_eq!(missing, Quantity::ZERO);
        let (_, missing) = take_from_places(&places, Quantity::units(5), Quantity::units(26), today);
        assert_eq!(missing, Quantity::units(1));
    }
}
