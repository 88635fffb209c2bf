//! The saved views of the order list: what is in them, as SQL and as the figure kept up by every write.

use domain::{CompanyId, Finance, Fulfilment, Order, OrderStatus, Service, Supply};

use crate::fault::Fault;
use crate::read::Reader;

/// A view of the order list.
pub struct View {
    /// Its name in the API.
    pub name: &'static str,
    /// The name of its figure.
    pub tally: &'static str,
    /// The condition, over the columns of `orders o`.
    pub sql: &'static str,
    /// The same condition.
    pub holds: fn(&Order) -> bool,
}

impl View {
    /// The one state of the commercial track that its orders are in, where it is one.
    pub fn status(&self) -> Option<&'static str> {
        self.sql.strip_prefix("o.status = '")?.split('\'').next()
    }
}

fn effective(order: &Order) -> bool {
    order.status == OrderStatus::Effective
}

macro_rules! views {
    ($($name:literal: $sql:literal => $holds:expr;)+) => {
        &[$(View { name: $name, tally: concat!("order.", $name), sql: $sql, holds: $holds }),+]
    };
}

/// Every view whose figure is kept up.
pub const VIEWS: &[View] = views! {
    "all": "1 = 1" => |_| true;
    "draft": "o.status = 'draft'" => |o| o.status == OrderStatus::Draft;
    "to_review": "o.status = 'submitted' AND o.held = 0" => |o| o.status == OrderStatus::Submitted && !o.held;
    "to_approve": "o.status = 'reviewed' AND o.held = 0" => |o| o.status == OrderStatus::Reviewed && !o.held;
    "to_confirm": "o.status = 'approved' AND o.held = 0" => |o| o.status == OrderStatus::Approved && !o.held;
    "awaiting_signature": "o.status = 'awaiting_signature'" => |o| o.status == OrderStatus::AwaitingSignature;
    "effective": "o.status = 'effective'" => effective;
    "short": "o.status = 'effective' AND o.supply IN ('short', 'part_reserved')"
        => |o| effective(o) && matches!(o.supply, Supply::Short | Supply::PartReserved);
    "to_ship": "o.status = 'effective' AND o.held = 0 AND o.fulfilment IN ('none', 'part_shipped', 'part_delivered') AND o.supply IN ('ready', 'part_reserved')"
        => |o| effective(o) && !o.held && matches!(o.fulfilment, Fulfilment::None | Fulfilment::PartShipped | Fulfilment::PartDelivered)
            && matches!(o.supply, Supply::Ready | Supply::PartReserved);
    "to_deliver": "o.status = 'effective' AND o.fulfilment IN ('part_shipped', 'shipped', 'part_delivered')"
        => |o| effective(o) && matches!(o.fulfilment, Fulfilment::PartShipped | Fulfilment::Shipped | Fulfilment::PartDelivered);
    "to_bill": "o.status = 'effective' AND o.held = 0 AND o.fulfilment <> 'none' AND o.billed_minor < o.payable_minor AND o.finance IN ('unbilled', 'part_billed', 'refund_due')"
        => |o| effective(o) && !o.held && o.fulfilment != Fulfilment::None && o.billed_minor < o.payable_minor
            && matches!(o.finance, Finance::Unbilled | Finance::PartBilled | Finance::RefundDue);
    "to_collect": "o.status = 'effective' AND o.billed_minor > o.paid_minor" => |o| effective(o) && o.billed_minor > o.paid_minor;
    "to_refund": "o.finance = 'refund_due'" => |o| o.finance == Finance::RefundDue;
    "to_follow_up": "o.status = 'effective' AND o.service = 'follow_up_due'" => |o| effective(o) && o.service == Service::FollowUpDue;
    "to_close": "o.status = 'effective' AND o.held = 0 AND o.fulfilment = 'delivered' AND o.finance = 'settled' AND o.service IN ('satisfied', 'waived')"
        => |o| effective(o) && !o.held && o.fulfilment == Fulfilment::Delivered && o.finance == Finance::Settled
            && matches!(o.service, Service::Satisfied | Service::Waived);
    "held": "o.held = 1" => |o| o.held;
    "exceptions": "o.open_exceptions > 0" => |o| o.open_exceptions > 0;
    "closed": "o.status = 'closed'" => |o| o.status == OrderStatus::Closed;
    "submitted": "o.status = 'submitted'" => |o| o.status == OrderStatus::Submitted;
    "reviewed": "o.status = 'reviewed'" => |o| o.status == OrderStatus::Reviewed;
    "approved": "o.status = 'approved'" => |o| o.status == OrderStatus::Approved;
    "rejected": "o.status = 'rejected'" => |o| o.status == OrderStatus::Rejected;
    "void": "o.status = 'void'" => |o| o.status == OrderStatus::Void;
    "cancelled": "o.status = 'cancelled'" => |o| o.status == OrderStatus::Cancelled;
};

/// Adds the order's payable amount to each view it is in.
pub fn tally(order: &Order, add: &mut dyn FnMut(&'static str, i64)) {
    for view in VIEWS.iter().filter(|v| (v.holds)(order)) {
        add(view.tally, order.payable_minor.minor());
    }
}

/// Count and payable amount (minor units, currencies unmixed only where the company has one) of every view.
///
/// # Errors
/// Any fault of the database.
pub fn counts(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<(&'static str, i64, i64)>, Fault> {
    let text = "SELECT name, count, amount FROM tallies WHERE company_id = ?1 AND name LIKE 'order.%'";
    let found = reader.rows(text, &[company.raw().into()], |s| {
        Ok((s.text(0)?.unwrap_or_default().to_owned(), s.int(1)?.unwrap_or_default(), s.int(2)?.unwrap_or_default()))
    })?;
    let figure = |view: &View| {
        let hit = found.iter().find(|f| f.0 == view.tally);
        (view.name, hit.map_or(0, |f| f.1), hit.map_or(0, |f| f.2))
    };
    Ok(VIEWS.iter().map(figure).collect())
}
