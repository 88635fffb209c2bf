//! The states of the tracks, derived from what is counted (lifecycle "Derived states"), never set by hand.

use std::ops::Deref;

use crate::codes::codes;
use crate::date::Date;
use crate::invoice::Invoice;
use crate::lifecycle::Track;
use crate::money::Money;
use crate::order::{Finance, Fulfilment, Order, OrderLine, OrderStatus, Service, Supply};

codes! {
    /// The one colour language of states.
    Tone in "tone" {
        /// Not started.
        Idle = "idle",
        Going = "going",
        /// At risk.
        Risk = "risk",
        /// Late or blocked.
        Late = "late",
        Done = "done",
    }
}

/// The derived states of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tracks {
    /// Whether the goods are there.
    pub supply: Supply,
    /// Where the goods are.
    pub fulfilment: Fulfilment,
    /// Where the money is.
    pub finance: Finance,
    /// Whether the customer is content.
    pub service: Service,
}

/// A track as a screen shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackView {
    /// Which.
    pub track: Track,
    /// Its state's code.
    pub state: &'static str,
    /// Its colour.
    pub tone: Tone,
}

/// What the five tracks of an order are shown by; small, for lists and for what steps answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackFacts {
    /// Commercial track.
    pub status: OrderStatus,
    /// Whether it rests.
    pub held: bool,
    /// Supply track.
    pub supply: Supply,
    /// Fulfilment track.
    pub fulfilment: Fulfilment,
    /// Finance track.
    pub finance: Finance,
    /// Service track.
    pub service: Service,
    /// When the goods are promised.
    pub promised_on: Option<Date>,
    /// When they are required.
    pub required_on: Option<Date>,
    /// When the earliest open invoice falls due.
    pub overdue_on: Option<Date>,
    /// When the customer is to be asked.
    pub follow_up_due_on: Option<Date>,
    /// What was paid.
    pub paid: Money,
}

impl From<&Order> for TrackFacts {
    fn from(order: &Order) -> Self {
        Self {
            status: order.status,
            held: order.held,
            supply: order.supply,
            fulfilment: order.fulfilment,
            finance: order.finance,
            service: order.service,
            promised_on: order.promised_on,
            required_on: order.required_on,
            overdue_on: order.overdue_on,
            follow_up_due_on: order.follow_up_due_on,
            paid: order.paid_minor,
        }
    }
}

impl TrackFacts {
    /// Whether the goods should have been with the customer already.
    pub fn is_late(&self, today: Date) -> bool {
        let due = self.promised_on.or(self.required_on);
        self.status.is_open() && self.fulfilment != Fulfilment::Delivered && due.is_some_and(|due| due < today)
    }

    /// Whether an invoice should have been paid already.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.overdue_on.is_some_and(|due| due < today)
    }

    /// The five tracks as a screen shows them.
    pub fn views(&self, today: Date) -> [TrackView; 5] {
        let view = |track, state, tone| TrackView { track, state, tone };
        [
            view(Track::Commercial, self.status.as_str(), self.commercial_tone()),
            view(Track::Supply, self.supply.as_str(), self.supply_tone(today)),
            view(Track::Fulfilment, self.fulfilment.as_str(), self.fulfilment_tone(today)),
            view(Track::Finance, self.finance.as_str(), self.finance_tone(today)),
            view(Track::Service, self.service.as_str(), self.service_tone(today)),
        ]
    }

    fn commercial_tone(&self) -> Tone {
        use OrderStatus::{Approved, AwaitingSignature, Cancelled, Closed, Draft, Effective, Rejected, Reviewed, Submitted, Void};
        match self.status {
            _ if self.held => Tone::Risk,
            Draft | Void | Cancelled => Tone::Idle,
            Submitted | Reviewed | Approved | AwaitingSignature => Tone::Going,
            Effective | Closed => Tone::Done,
            Rejected => Tone::Late,
        }
    }

    fn supply_tone(&self, today: Date) -> Tone {
        match self.supply {
            Supply::None => Tone::Idle,
            Supply::Short | Supply::PartReserved if self.is_late(today) => Tone::Late,
            Supply::Short | Supply::PartReserved => Tone::Risk,
            Supply::Reserved => Tone::Going,
            Supply::Ready => Tone::Done,
        }
    }

    fn fulfilment_tone(&self, today: Date) -> Tone {
        match self.fulfilment {
            Fulfilment::Delivered => Tone::Done,
            _ if self.status == OrderStatus::Effective && self.is_late(today) => Tone::Late,
            Fulfilment::None => Tone::Idle,
            _ => Tone::Going,
        }
    }

    fn finance_tone(&self, today: Date) -> Tone {
        match self.finance {
            Finance::Settled => Tone::Done,
            Finance::RefundDue => Tone::Risk,
            _ if self.is_overdue(today) => Tone::Late,
            Finance::Unbilled if self.paid.is_zero() => Tone::Idle,
            _ => Tone::Going,
        }
    }

    fn service_tone(&self, today: Date) -> Tone {
        match self.service {
            Service::None => Tone::Idle,
            Service::FollowUpDue if self.follow_up_due_on.is_some_and(|due| due < today) => Tone::Late,
            Service::FollowUpDue => Tone::Going,
            Service::Satisfied | Service::Waived => Tone::Done,
            Service::Dissatisfied => Tone::Late,
        }
    }
}

/// For whom an order waits, and on which track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The first track that waits for somebody.
    pub track: Track,
    /// For what; its text is `waiting.<what>`.
    pub what: &'static str,
    /// Code of the role it waits for.
    pub who: String,
}

/// Derives the tracks from what is counted on order and lines.
pub fn derive<L: Deref<Target = OrderLine>>(order: &Order, lines: &[L]) -> Tracks {
    Tracks { supply: supply(order, lines), fulfilment: fulfilment(lines), finance: finance(order), service: order.service }
}

fn supply<L: Deref<Target = OrderLine>>(order: &Order, lines: &[L]) -> Supply {
    use OrderStatus::{Cancelled, Closed, Draft, Effective, Rejected, Void};
    if lines.is_empty() || matches!(order.status, Draft | Rejected | Void | Cancelled) {
        return Supply::None;
    }
    let covered = lines.iter().all(|line| line.open_to_reserve().is_zero());
    if covered {
        let firm = matches!(order.status, Effective | Closed);
        return if firm { Supply::Ready } else { Supply::Reserved };
    }
    let some = lines.iter().any(|line| line.reserved_micro.is_positive() || line.shipped_micro.is_positive());
    if some { Supply::PartReserved } else { Supply::Short }
}

fn fulfilment<L: Deref<Target = OrderLine>>(lines: &[L]) -> Fulfilment {
    let any = |counted: fn(&OrderLine) -> bool| lines.iter().any(|line| counted(line));
    let all = |counted: fn(&OrderLine) -> bool| !lines.is_empty() && lines.iter().all(|line| counted(line));
    if !any(|line| line.shipped_micro.is_positive()) {
        Fulfilment::None
    } else if all(OrderLine::is_delivered) {
        Fulfilment::Delivered
    } else if any(|line| line.delivered_micro > line.refused_micro) {
        Fulfilment::PartDelivered
    } else if all(OrderLine::is_complete) {
        Fulfilment::Shipped
    } else {
        Fulfilment::PartShipped
    }
}

fn finance(order: &Order) -> Finance {
    let (owed, cancelled) = (order.owed(), order.status == OrderStatus::Cancelled);
    let firm = cancelled || matches!(order.status, OrderStatus::Effective | OrderStatus::Closed);
    if firm && order.paid_minor > owed {
        return Finance::RefundDue;
    }
    if order.billed_minor < owed || !firm || (cancelled && owed.is_zero()) {
        return if order.billed_minor.is_positive() { Finance::PartBilled } else { Finance::Unbilled };
    }
    if order.paid_minor >= owed {
        Finance::Settled
    } else if order.paid_minor.is_positive() {
        Finance::PartPaid
    } else {
        Finance::Billed
    }
}

impl Order {
    /// Sets the tracks to what is counted now.
    pub fn derive<L: Deref<Target = OrderLine>>(&mut self, lines: &[L]) {
        let tracks = derive(self, lines);
        self.supply = tracks.supply;
        self.fulfilment = tracks.fulfilment;
        self.finance = tracks.finance;
    }

    /// Notes when the earliest of the order's open invoices falls due.
    pub fn note_due<I: Deref<Target = Invoice>>(&mut self, invoices: &[I]) {
        let open = invoices.iter().filter(|invoice| invoice.open().is_positive());
        self.overdue_on = open.map(|invoice| invoice.due_on).min();
        self.finance = finance(self);
    }

    /// What the customer has still to pay.
    pub fn open(&self) -> Money {
        self.owed() - self.paid_minor
    }

    /// Whether the goods should have been with the customer already.
    pub fn is_late(&self, today: Date) -> bool {
        TrackFacts::from(self).is_late(today)
    }

    /// Whether an invoice should have been paid already.
    pub fn is_overdue(&self, today: Date) -> bool {
        TrackFacts::from(self).is_overdue(today)
    }

    /// The five tracks as a screen shows them.
    pub fn track_views(&self, today: Date) -> [TrackView; 5] {
        TrackFacts::from(self).views(today)
    }

    /// For whom the order waits: the first track in the order of the five that waits for somebody.
    ///
    /// `next_role` is the role of the approval step that is next, where it is known.
    pub fn waiting_for(&self, next_role: Option<&str>) -> Option<Waiting> {
        use OrderStatus::{Approved, AwaitingSignature, Draft, Effective, Reviewed, Submitted};
        let waiting = |track, what, who: &str| Some(Waiting { track, what, who: who.to_owned() });
        if self.held && self.held_question_no > 0 && self.status.is_open() {
            return waiting(Track::Commercial, "question", "customer_service");
        }
        if self.held && self.status.is_open() {
            return waiting(Track::Commercial, "resume", "customer_service");
        }
        match self.status {
            Draft => waiting(Track::Commercial, "submit", "sales_rep"),
            Submitted => waiting(Track::Commercial, "review", "customer_service"),
            Reviewed => waiting(Track::Commercial, "approve", next_role.unwrap_or("sales_manager")),
            Approved => waiting(Track::Commercial, "send_confirmation", "customer_service"),
            AwaitingSignature => waiting(Track::Commercial, "signature", "customer_service"),
            Effective if self.open_exceptions > 0 => waiting(Track::Fulfilment, "exception", "customer_service"),
            Effective => Some(self.waiting_when_effective()),
            OrderStatus::Cancelled if self.finance == Finance::RefundDue => waiting(Track::Finance, "refund", "finance"),
            OrderStatus::Cancelled if self.open().is_positive() => waiting(Track::Finance, "collect", "finance"),
            _ => None,
        }
    }

    fn waiting_when_effective(&self) -> Waiting {
        let (track, what, who) = match (self.supply, self.fulfilment, self.finance, self.service) {
            (Supply::Short | Supply::PartReserved, ..) => (Track::Supply, "stock", "warehouse"),
            (_, Fulfilment::None | Fulfilment::PartShipped, ..) => (Track::Fulfilment, "ship", "warehouse"),
            (_, Fulfilment::Shipped, ..) => (Track::Fulfilment, "deliver", "customer_service"),
            (_, Fulfilment::PartDelivered, ..) => (Track::Fulfilment, "finish_delivery", "warehouse"),
            (_, _, Finance::RefundDue, _) => (Track::Finance, "refund", "finance"),
            (_, _, Finance::Unbilled | Finance::PartBilled, _) => (Track::Finance, "invoice", "finance"),
            (_, _, Finance::Billed | Finance::PartPaid, _) => (Track::Finance, "collect", "finance"),
            (.., Service::Dissatisfied) => (Track::Service, "resolve", "after_sales"),
            (.., Service::None | Service::FollowUpDue) => (Track::Service, "follow_up", "after_sales"),
            _ => (Track::Commercial, "close", "customer_service"),
        };
        Waiting { track, what, who: who.to_owned() }
    }
}
