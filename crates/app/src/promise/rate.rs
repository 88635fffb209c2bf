//! How sure promises are, from what is known of their supply.

use std::collections::BTreeMap;

use domain::promise::{Awaited, JeopardyRule, Lateness, Risk, SupplyKind, SupplySource, jeopardy};
use domain::{Date, OrderSchedule, ProductId, Quantity, WarehouseId};
use store::query::schedule::World;

/// What is known of a supply: when it is expected, how much of it is left, and how late its supplier was before.
struct Known {
    expected_on: Date,
    left: Quantity,
    history: Lateness,
}

type Place = (ProductId, WarehouseId, SupplyKind, i64);

/// How sure each part is, in the order in which they are given, which is that in which supply is given to them.
///
/// Source: PRM-08
pub(super) fn rate<'a>(world: &World, parts: impl Iterator<Item = &'a OrderSchedule>, today: Date) -> Vec<Risk> {
    let supplier = world.awaited.iter().map(|line| (line.purchase_id.raw(), line.supplier_id)).collect::<BTreeMap<_, _>>();
    let mut known: BTreeMap<Place, Known> = BTreeMap::new();
    for coming in &world.events.coming {
        let source = &coming.supply.source;
        let history = supplier.get(&source.id).filter(|_| source.kind == SupplyKind::Receipt).and_then(|id| world.lateness.get(id));
        let place = (coming.product_id, coming.warehouse_id, source.kind, source.id);
        let entry =
            known.entry(place).or_insert(Known { expected_on: coming.supply.on, left: Quantity::ZERO, history: Lateness::default() });
        entry.expected_on = entry.expected_on.max(coming.supply.on);
        entry.left += coming.supply.quantity;
        entry.history = history.copied().unwrap_or_default();
    }
    let rule = JeopardyRule::default();
    parts.map(|part| of(world, &mut known, part, today, &rule)).collect()
}

fn of(world: &World, known: &mut BTreeMap<Place, Known>, part: &OrderSchedule, today: Date, rule: &JeopardyRule) -> Risk {
    // The customer was told a day that leaves so much room behind the arrival that is planned.
    let needed_on = part.ready_on.plus_days(part.arrive_on.days_until(part.promised_on));
    let awaited = |expected_on, history| [Awaited { source: part.source(), expected_on, history }];
    if part.supply == SupplyKind::Plan {
        // Nobody has ordered it: it takes its lead time from today on, however long it has been promised.
        let lead = world.products.get(&part.product_id).map_or(0, |product| product.lead_days);
        let expected = awaited(today.plus_days(lead).max(part.ready_on), Lateness::default());
        return jeopardy(today, needed_on, &expected, true, rule);
    }
    let place = (part.product_id, part.warehouse_id, part.supply, part.supply_id);
    let found = known.get_mut(&place).filter(|known| known.left >= part.quantity_micro);
    let Some(found) = found else {
        let mut risk = jeopardy(today, needed_on, &[], false, rule);
        risk.source = Some(SupplySource { kind: part.supply, id: part.supply_id, number: part.supply_number.clone() });
        return risk;
    };
    found.left -= part.quantity_micro;
    jeopardy(today, needed_on, &awaited(found.expected_on, found.history), true, rule)
}
