//! What readers of radio tags see: goods that turn up in a bin are booked into it.

use std::collections::BTreeMap;

use domain::{
    Act, Actor, Event, EventKind, FieldError, FieldRule, Instant, LotId, MovementId, MovementKind, Quantity, Refusal, SightingId, Spot,
    StockPlace, TagSighting, Version,
};
use serde::{Deserialize, Serialize};
use store::rows::{BinByCode, LotByCode, PlacesOfSerial, SightingsOf};
use store::{Held, Outcome, UnitOfWork};

use super::{Movement, post, want};

/// A tag that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagRead {
    /// What it says: a serial number or the number of a lot.
    pub tag: String,
    /// When.
    pub at: Instant,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Reads that were told.
    pub reads: i64,
    /// Tags that came anew; the other reads repeat what was there.
    pub visits: i64,
    /// Places of goods that were booked into the reader's bin.
    pub moved: i64,
    /// Tags that name no lot and no piece.
    pub unknown: Vec<String>,
}

/// Counts reads. A reader that is named like a bin books into it what it sees anew and what the books have elsewhere in that warehouse.
///
/// # Errors
/// `denied`; `invalid` without a reader or reads, or with too many of them.
///
/// Source: INV-05
pub fn read_tags(work: &mut UnitOfWork, by: &Actor, reader: &str, reads: &[TagRead]) -> Outcome<Seen> {
    by.may(Act::MoveStock)?;
    let reader = reader.trim();
    Refusal::unless_valid(wrong(reader, reads))?;
    // Clocks of readers go before or after.
    let now = work.now();
    let mut by_tag: BTreeMap<&str, Vec<Instant>> = BTreeMap::new();
    for read in reads {
        by_tag.entry(read.tag.trim()).or_default().push(read.at.min(now));
    }
    let tags: Vec<String> = by_tag.keys().map(ToString::to_string).collect();
    work.want_of::<SightingsOf>(tags.iter().cloned());
    work.want_of::<LotByCode>(tags.iter().cloned());
    let bins = work.of::<BinByCode>(reader.to_owned());
    let mut seen = Seen { reads: i64::try_from(reads.len()).unwrap_or(i64::MAX), ..Seen::default() };
    let mut came = Vec::new();
    for (tag, mut times) in by_tag {
        times.sort_unstable();
        let visits = sight(work, reader, tag, &times)?;
        seen.visits += visits;
        let lots: Vec<LotId> = work.of::<LotByCode>(tag.to_owned())?.iter().map(|lot| lot.id).collect();
        match lots.as_slice() {
            [] => seen.unknown.push(tag.to_owned()),
            [lot] if visits > 0 => came.push(*lot),
            _ => {}
        }
    }
    work.want_of::<PlacesOfSerial>(came.iter().copied());
    let bins = bins?;
    let cause: MovementId = work.id();
    for lot in came {
        let places: Vec<Held<StockPlace>> =
            work.of::<PlacesOfSerial>(lot)?.into_iter().filter(|place| place.on_hand_micro.is_positive()).collect();
        let [place] = places.as_slice() else { continue };
        let Some(bin) = bins.iter().find(|bin| bin.active && bin.warehouse_id == place.warehouse_id && bin.id != place.bin_id) else {
            continue;
        };
        want(work, place.warehouse_id, [place.product_id]);
        let to = Spot { bin_id: bin.id, ..place.spot() };
        for (spot, delta) in [(to, place.on_hand_micro), (place.spot(), -place.on_hand_micro)] {
            let movement = Movement {
                product_id: place.product_id,
                warehouse_id: place.warehouse_id,
                kind: MovementKind::Move,
                on_hand_delta: delta,
                reserved_delta: Quantity::ZERO,
                spot,
                unit_cost: None,
                cause_kind: "tag_read",
                cause_id: cause.raw(),
                note: reader,
            };
            // In before out: what is reserved stays covered.
            let fits = post(work, by, &movement)?;
            assert!(fits, "what lies in one bin fits into another");
        }
        seen.moved += 1;
    }
    if seen.visits > 0 {
        let event = Event::of(EventKind::TagsRead, "stock", cause.raw(), reader).with("tags", seen.visits).with("moved", seen.moved);
        work.record(by, event);
    }
    Ok(seen)
}

fn wrong(reader: &str, reads: &[TagRead]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if reader.is_empty() {
        errors.push(FieldError::new("/reader", FieldRule::Required));
    }
    let most = i64::try_from(TagSighting::MAX_READS).unwrap_or(i64::MAX);
    if reads.is_empty() || reads.len() > TagSighting::MAX_READS {
        errors.push(FieldError::new("/reads", FieldRule::OutOfRange { min: 1, max: most }));
    }
    for (place, read) in reads.iter().enumerate() {
        if read.tag.trim().is_empty() {
            errors.push(FieldError::new(format!("/reads/{place}/tag"), FieldRule::Required));
        }
    }
    errors
}

/// Counts the reads of one tag; how often it came anew.
fn sight(work: &mut UnitOfWork, reader: &str, tag: &str, times: &[Instant]) -> Outcome<i64> {
    let known = work.of::<SightingsOf>(tag.to_owned())?.into_iter().find(|seen| seen.reader == reader);
    if let Some(mut seen) = known {
        let visits = times.iter().filter(|at| seen.see(**at)).count();
        work.save(&mut seen);
        return Ok(i64::try_from(visits).unwrap_or(i64::MAX));
    }
    let (first_at, rest) = times.split_first().expect("a tag that was read was read at some time");
    let id: SightingId = work.id();
    let (reader, tag, first_at) = (reader.to_owned(), tag.to_owned(), *first_at);
    let mut seen = TagSighting { id, version: Version::FIRST, reader, tag, first_at, last_at: first_at, reads: 1, visits: 1 };
    for at in rest {
        seen.see(*at);
    }
    let visits = seen.visits;
    work.add(seen);
    Ok(visits)
}
