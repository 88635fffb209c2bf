//! The portal: people of customers who order by themselves, and what they have laid into their carts (INT-07, INT-08).

use crate::codes::codes;
use crate::date::Date;
use crate::event::{Change, changes};
use crate::id::{CustomerId, PortalSessionId, PortalUserId, ProductId, UserId, Version, WarehouseId};
use crate::instant::Instant;
use crate::language::Language;
use crate::order::{Order, OrderStatus};
use crate::quantity::Quantity;
use crate::refusal::{FieldError, rejections};
use crate::rule::FieldCheck;

rejections! {
    /// Why the portal refuses.
    PortalRejection {
        /// The first password is somebody else's choice.
        MustChangePassword => Denied "portal.must_change_password",
        /// From then on a change is asked for, not made.
        Confirmed => Conflict "portal.confirmed",
        /// It came to its end: nothing is left to change or cancel.
        Ended => Conflict "portal.ended",
        CartEmpty => Conflict "portal.cart_empty",
        CartFull { max: i64 } => Conflict "portal.cart_full",
        /// The book has no price for this customer.
        NoPrice { product: String } => Conflict "portal.no_price",
        /// No longer sold.
        NotSold { product: String } => Conflict "portal.not_sold",
        /// A person orders for the own customer, or for one that orders through it.
        NotYours => Invalid "portal.not_yours",
        /// What is in the cart is for the customer it was laid in for.
        CartFirst { customer: String } => Conflict "portal.cart_first",
        /// The customer that is acted for no longer orders through this agent.
        ActingEnded => Conflict "portal.acting_ended",
    }
}

codes! {
    /// How an order of the portal stands, in the customer's words.
    PortalStatus in "portal.status" {
        /// Sent, and not confirmed by the company yet.
        Waiting = "waiting",
        /// Confirmed by the company, and to be signed by the customer.
        ToSign = "to_sign",
        Confirmed = "confirmed",
        Completed = "completed",
        Rejected = "rejected",
        Cancelled = "cancelled",
    }
}

codes! {
    /// What a customer is told of the stock.
    PortalStock in "portal.stock" {
        Available = "available",
        /// Less than what is asked for, or than usual.
        Few = "few",
        /// Nothing is free; it is procured or made.
        ToOrder = "to_order",
    }
}

/// Lines of one cart at the most.
pub const CART_MAX: i64 = 200;

/// Below so many units a customer is told that few are left.
const FEW: Quantity = Quantity::from_micro(10_000_000);

/// A person of a customer who may sign in at the portal, and nowhere else.
#[derive(Clone, Debug, PartialEq)]
pub struct PortalUser {
    /// Key.
    pub id: PortalUserId,
    /// Raised by every change.
    pub version: Version,
    /// For whom they order; they see nothing of others.
    pub customer_id: CustomerId,
    /// Typed at sign-in, unique in the company.
    pub username: String,
    /// Shown beside what they do.
    pub name: String,
    /// Where they are written to; may be empty.
    pub email: String,
    /// argon2id in PHC form.
    pub password_hash: String,
    /// Language of screens and messages.
    pub language: Language,
    /// The password was set by somebody else: it has to be changed first.
    pub must_change: bool,
    /// Whether sign-in is allowed.
    pub active: bool,
    /// Who made it.
    pub created_by: UserId,
    /// When it was made.
    pub created_at: Instant,
}

/// A browser signed in at the portal.
#[derive(Clone, Debug, PartialEq)]
pub struct PortalSession {
    /// Key.
    pub id: PortalSessionId,
    /// Raised by every change.
    pub version: Version,
    /// Hex SHA-256 of the cookie; unique.
    pub token_hash: String,
    /// Whose.
    pub portal_user_id: PortalUserId,
    /// Must come back in a header with every change.
    pub csrf: String,
    /// Signed in at.
    pub created_at: Instant,
    /// Worth nothing from then on.
    pub expires_at: Instant,
    /// Last sign of life, to the minute or so.
    pub seen_at: Instant,
    /// Network address at sign-in.
    pub address: String,
    /// What the browser called itself.
    pub agent: String,
    /// Ended before its time.
    pub revoked: bool,
    /// The end customer that a person of an agent acts for; nothing: for the own customer.
    pub acting_for: Option<CustomerId>,
}

/// A product in a cart; what of it is held counts as reserved in the stock until it runs out.
#[derive(Clone, Debug, PartialEq)]
pub struct CartLine {
    /// Whose cart; key together with the product.
    pub portal_user_id: PortalUserId,
    /// What.
    pub product_id: ProductId,
    /// Raised by every change.
    pub version: Version,
    /// Where it is held.
    pub warehouse_id: WarehouseId,
    /// How much is wanted.
    pub quantity_micro: Quantity,
    /// Of that, held.
    pub held_micro: Quantity,
    /// Until when; nothing where nothing is held.
    pub held_until: Option<Instant>,
    /// When it was laid in.
    pub created_at: Instant,
    /// For which customer; nothing: for whom its person acts.
    pub customer_id: Option<CustomerId>,
}

impl PortalUserId {
    /// As who acts in events, ledgers and on orders: ids of people of customers and of the company never meet.
    pub const fn as_user(self) -> UserId {
        UserId::from_raw(self.raw())
    }
}

impl PortalUser {
    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.username, "/username");
        check.required(&self.name, 100, "/name");
        check.email(&self.email, "/email");
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "name": |user| user.name.clone(),
            "email": |user| user.email.clone(),
            "language": |user| user.language,
            "active": |user| user.active,
        )
    }
}

impl CartLine {
    /// Whether what it holds is to be given free.
    pub fn is_due(&self, now: Instant) -> bool {
        self.held_until.is_some_and(|until| until <= now)
    }

    /// What is to be held more of it (below zero: given free) where so much is `free` beside what it holds already; it holds that from now on,
    /// for so many `minutes`; nothing where that is none.
    pub fn hold(&mut self, free: Quantity, now: Instant, minutes: i64) -> Quantity {
        let could = self.held_micro + if free.is_negative() { Quantity::ZERO } else { free };
        let wanted = if minutes > 0 { self.quantity_micro.min(could) } else { Quantity::ZERO };
        let more = wanted - self.held_micro;
        self.held_micro = wanted;
        self.held_until = wanted.is_positive().then(|| now.plus_seconds(minutes * 60));
        more
    }

    /// Gives free what it holds, and says how much that is.
    pub fn let_go(&mut self) -> Quantity {
        self.held_until = None;
        std::mem::replace(&mut self.held_micro, Quantity::ZERO)
    }
}

/// What a customer has ordered more than once or lately (INT-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsualProduct {
    /// What.
    pub product_id: ProductId,
    /// In how many orders.
    pub orders: i64,
    /// Day of the first of them.
    pub first_on: Date,
    /// Day of the last.
    pub last_on: Date,
}

impl UsualProduct {
    /// When the next order of it would come, going by the days between the orders until now; nothing to go by with a single order.
    pub fn due_on(&self) -> Option<Date> {
        let between = self.first_on.days_until(self.last_on);
        (self.orders > 1 && between > 0).then(|| self.last_on.plus_days(between / (self.orders - 1)))
    }

    /// Whether that day has come.
    pub fn is_due(&self, today: Date) -> bool {
        self.due_on().is_some_and(|due| due <= today)
    }
}

impl PortalStock {
    /// What is told of so much that is free.
    pub fn of(free: Quantity) -> Self {
        if !free.is_positive() {
            Self::ToOrder
        } else if free < FEW {
            Self::Few
        } else {
            Self::Available
        }
    }
}

impl PortalStatus {
    /// Of an order.
    pub const fn of(status: OrderStatus) -> Self {
        match status {
            OrderStatus::Draft | OrderStatus::Submitted | OrderStatus::Reviewed => Self::Waiting,
            OrderStatus::AwaitingSignature => Self::ToSign,
            OrderStatus::Approved | OrderStatus::Effective => Self::Confirmed,
            OrderStatus::Closed => Self::Completed,
            OrderStatus::Rejected => Self::Rejected,
            OrderStatus::Void | OrderStatus::Cancelled => Self::Cancelled,
        }
    }

    /// The states of orders that stand so.
    pub const fn states(self) -> &'static [OrderStatus] {
        match self {
            Self::Waiting => &[OrderStatus::Draft, OrderStatus::Submitted, OrderStatus::Reviewed],
            Self::ToSign => &[OrderStatus::AwaitingSignature],
            Self::Confirmed => &[OrderStatus::Approved, OrderStatus::Effective],
            Self::Completed => &[OrderStatus::Closed],
            Self::Rejected => &[OrderStatus::Rejected],
            Self::Cancelled => &[OrderStatus::Void, OrderStatus::Cancelled],
        }
    }
}

impl Order {
    /// Whether people of this customer see it: theirs, and handed in once.
    pub fn is_seen_by(&self, customer: CustomerId) -> bool {
        self.customer_id == customer && !self.number.is_empty()
    }

    /// Nothing while its customer may change or cancel it by oneself: until the company has approved it.
    ///
    /// # Errors
    /// `portal.confirmed`, `portal.ended`.
    ///
    /// Source: INT-07
    pub fn check_open_to_customer(&self) -> Result<(), PortalRejection> {
        match PortalStatus::of(self.status) {
            PortalStatus::Waiting => Ok(()),
            PortalStatus::ToSign | PortalStatus::Confirmed => Err(PortalRejection::Confirmed),
            PortalStatus::Completed | PortalStatus::Rejected | PortalStatus::Cancelled => Err(PortalRejection::Ended),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(wanted: i64, held: i64) -> CartLine {
        CartLine {
            portal_user_id: PortalUserId::from_raw(1),
            product_id: ProductId::from_raw(2),
            version: Version::FIRST,
            warehouse_id: WarehouseId::from_raw(3),
            quantity_micro: Quantity::from_micro(wanted),
            held_micro: Quantity::from_micro(held),
            held_until: None,
            created_at: Instant::from_micros(0),
            customer_id: None,
        }
    }

    #[test]
    fn a_line_holds_what_it_wants_and_no_more_than_there_is() {
        let check = |(wanted, held, free): (i64, i64, i64), more: i64, holds: i64| {
            let mut line = line(wanted, held);
            let now = Instant::from_micros(0);
            assert_eq!(line.hold(Quantity::from_micro(free), now, 30), Quantity::from_micro(more), "{wanted} {held} {free}");
            assert_eq!(line.held_micro, Quantity::from_micro(holds));
            assert_eq!(line.held_until, (holds > 0).then(|| now.plus_seconds(1800)));
        };
        check((10, 0, 20), 10, 10);
        check((10, 0, 4), 4, 4);
        check((10, 8, 0), 0, 8);
        check((3, 8, 0), -5, 3);
        check((10, 0, -2), 0, 0);
        check((0, 8, 5), -8, 0);
    }

    #[test]
    fn a_company_may_hold_nothing_for_carts() {
        let mut line = line(10, 4);
        assert_eq!(line.hold(Quantity::from_micro(20), Instant::from_micros(0), 0), Quantity::from_micro(-4));
        assert_eq!((line.held_micro, line.held_until), (Quantity::ZERO, None));
    }

    #[test]
    fn what_is_held_runs_out_once() {
        let now = Instant::from_micros(0);
        let mut line = line(5, 0);
        line.hold(Quantity::from_micro(9), now, 30);
        assert!(!line.is_due(now.plus_seconds(1799)));
        assert!(line.is_due(now.plus_seconds(1800)));
        assert_eq!((line.let_go(), line.let_go()), (Quantity::from_micro(5), Quantity::ZERO));
        assert!(!line.is_due(now.plus_seconds(1800)));
    }

    #[test]
    fn what_is_ordered_again_and_again_falls_due() {
        let date = |text: &str| Date::parse(text).unwrap();
        let usual = |orders, last: &str| UsualProduct {
            product_id: ProductId::from_raw(1),
            orders,
            first_on: date("2026-01-01"),
            last_on: date(last),
        };
        assert_eq!(usual(1, "2026-01-01").due_on(), None);
        assert_eq!(usual(3, "2026-03-02").due_on(), Some(date("2026-04-01")));
        assert!(usual(3, "2026-03-02").is_due(date("2026-04-01")) && !usual(3, "2026-03-02").is_due(date("2026-03-31")));
    }

    #[test]
    fn every_state_is_one_of_the_portal() {
        for status in OrderStatus::ALL {
            assert!(PortalStatus::of(*status).states().contains(status), "{status}");
        }
    }
}
