//! The head of an order: its tracks, and what every step answers with.

use app::order::OrderState;
use domain::{Date, Language, Order, Track, TrackFacts, TrackView, Waiting, text};
use serde::Serialize;
use store::rows::ChainedEvent;
use utoipa::ToSchema;

use crate::value::{MoneyJson, OrderStatusCode, ToneCode, TrackCode};

/// One of the five tracks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrackJson {
    /// Code of its state.
    pub state: String,
    /// Its colour: `idle`, `going`, `risk`, `late` or `done`.
    pub tone: ToneCode,
    /// Since when, where it is known.
    pub since: Option<String>,
    /// Who brought it there, where it is known.
    pub by: Option<String>,
}

/// The five tracks of an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TracksJson {
    /// From draft to closed.
    pub commercial: TrackJson,
    /// Whether the goods are there.
    pub supply: TrackJson,
    /// Where the goods are.
    pub fulfilment: TrackJson,
    /// Where the money is.
    pub finance: TrackJson,
    /// Whether the customer is content.
    pub service: TrackJson,
}

/// For what and for whom an order waits.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WaitingJson {
    /// On which track.
    pub track: TrackCode,
    /// Code of what it waits for.
    pub what: String,
    /// What it waits for, for people.
    pub text: String,
    /// Code of the role it waits for.
    pub who: String,
    /// Name of the role.
    pub who_name: String,
}

/// An order after a step.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderState)]
pub struct OrderStateJson {
    /// Its id.
    pub id: String,
    /// Its number; empty before the first submission.
    pub number: String,
    /// For `If-Match`.
    pub version: i64,
    /// The commercial track.
    pub status: OrderStatusCode,
    /// Whether it rests.
    pub held: bool,
    /// The five tracks.
    pub tracks: TracksJson,
    /// What the customer pays.
    pub payable: MoneyJson,
    /// What was paid.
    pub paid: MoneyJson,
    /// What was billed.
    pub billed: MoneyJson,
    /// The paper that the step made.
    pub made: Option<MadeJson>,
}

/// A paper that a step made.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Made)]
pub struct MadeJson {
    /// `shipment`, `invoice`, `payment` or `order`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
}

fn track(view: &TrackView, last: Option<&ChainedEvent>) -> TrackJson {
    TrackJson {
        state: view.state.to_owned(),
        tone: view.tone.into(),
        since: last.map(|event| event.at.to_string()),
        by: last.map(|event| event.by_name.clone()),
    }
}

/// Which track an event moved.
fn moved(kind: &str) -> Option<Track> {
    Some(match kind {
        "OrderReserved" | "OrderReady" => Track::Supply,
        "OrderShipped" | "ShipmentDelivered" => Track::Fulfilment,
        "OrderInvoiced" | "InvoiceVoided" | "PaymentRecorded" | "PaymentReversed" => Track::Finance,
        "FollowUpCreated" | "FollowUpCompleted" | "FollowUpWaived" => Track::Service,
        kind if kind.starts_with("Order") => Track::Commercial,
        _ => return None,
    })
}

/// The tracks of an order; `events`, newest first, say since when.
pub fn tracks(facts: &TrackFacts, today: Date, events: &[ChainedEvent]) -> TracksJson {
    let [commercial, supply, fulfilment, finance, service] = facts.views(today);
    let of = |view: TrackView| track(&view, events.iter().find(|event| moved(&event.kind) == Some(view.track)));
    TracksJson { commercial: of(commercial), supply: of(supply), fulfilment: of(fulfilment), finance: of(finance), service: of(service) }
}

/// For whom an order waits.
pub fn waiting(order: &Order, next_role: Option<&str>, language: Language) -> Option<WaitingJson> {
    let Waiting { track, what, who } = order.waiting_for(next_role)?;
    let text_of = |code: String| text(language, &code, &[]);
    Some(WaitingJson {
        track: track.into(),
        what: what.to_owned(),
        text: text_of(format!("waiting.{what}")),
        who_name: text_of(format!("role.{who}")),
        who,
    })
}

impl OrderStateJson {
    /// What a step answers with.
    pub fn of(state: &OrderState, today: Date) -> Self {
        let currency = state.currency();
        let money = |minor| MoneyJson::of(domain::Money::from_minor(minor), currency);
        OrderStateJson {
            id: state.id.to_string(),
            number: state.number.clone(),
            version: state.version,
            status: state.status.into(),
            held: state.held,
            tracks: tracks(&state.track_facts(), today, &[]),
            payable: money(state.payable_minor),
            paid: money(state.paid_minor),
            billed: money(state.billed_minor),
            made: state.made.as_ref().map(|made| MadeJson { kind: made.kind.clone(), id: made.id.clone(), number: made.number.clone() }),
        }
    }
}
