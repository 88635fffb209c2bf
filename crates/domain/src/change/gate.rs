//! What an open change keeps from happening: the order is neither closed, closed short nor cancelled meanwhile, and what it is about does not leave.

use std::borrow::Cow;
use std::ops::Deref;

use super::ChangeOrder;
use crate::lifecycle::Verb;
use crate::order::{OrderLine, Part};
use crate::refusal::{Detail, GateRefusal, MissingFact};

/// What is proven before a change that leaves less for the customer may be approved: who makes or buys it agrees to a day.
pub const SUPPLY_PROOF: &str = "production_date";

/// What proves the customer's yes to a change: the customer's own paper.
pub const ANSWER_PROOF: &str = "change_accepted";

fn gate(code: &'static str, number: &str, fact: &'static str, current: bool) -> GateRefusal {
    GateRefusal {
        code: Cow::Borrowed(code),
        details: vec![("number", Detail::from(number))],
        missing: vec![MissingFact { fact, current: Detail::from(current), required: Detail::from(!current), label: None }],
        override_by: Vec::new(),
        text: None,
    }
}

/// The gate that shuts a step of the order while a change of it is open. Of a shipment `parts` are asked about; nothing: of any line that could leave.
///
/// Source: CHG-01
pub fn open_change_gate<C: Deref<Target = ChangeOrder>, L: Deref<Target = OrderLine>>(
    changes: &[C],
    lines: &[L],
    verb: Verb,
    parts: Option<&[Part]>,
) -> Option<GateRefusal> {
    let open = changes.iter().find(|change| change.status.is_open())?;
    let concerned = open.effect().map(|effect| effect.concerned).unwrap_or_default();
    match (verb, parts) {
        (Verb::Close | Verb::CloseShort | Verb::Cancel, _) => Some(gate("order.change_open", &open.number, "change_open", true)),
        (Verb::Ship, Some(parts)) => {
            let touched = parts.iter().any(|part| concerned.contains(&part.line_no));
            touched.then(|| gate("order.ship.change_open", &open.number, "change_open", true))
        }
        (Verb::Ship, None) => {
            let mut leaving = lines.iter().filter(|line| line.shippable().is_positive()).peekable();
            let all = leaving.peek().is_some() && leaving.all(|line| concerned.contains(&line.line_no));
            all.then(|| gate("order.ship.change_open", &open.number, "change_open", true))
        }
        _ => None,
    }
}

/// The gate before approving a change that leaves less for the customer: it is shut until who makes or buys the goods has agreed (CHG-03).
pub(super) fn supply_gate(change: &ChangeOrder, agreed: bool) -> Option<GateRefusal> {
    let asks = change.effect().is_some_and(|effect| effect.asks_supply);
    (asks && !agreed).then(|| gate("change.supply_agreed", &change.number, "supply_agreed", false))
}
