//! What is asked of the customer before goods leave (CRD-03).

use crate::codes::Settlement;
use crate::date::Date;
use crate::money::Money;
use crate::order::{Order, OrderStatus};
use crate::rate::Rate;

/// A request for money in advance, in the order's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prepayment {
    /// Its share of what the customer pays.
    pub share: Rate,
    /// What is asked for: the deposit, or everything where payment comes first.
    pub asked: Money,
    /// Of it, what has arrived.
    pub received: Money,
    /// Of it, what has not.
    pub open: Money,
    /// By when, at the latest the day the goods are to leave; nothing: before they do.
    pub due_on: Option<Date>,
}

impl Order {
    /// What is asked for in advance; nothing where the order asks for nothing, or came to nothing.
    ///
    /// Source: CRD-03, CRD-02
    pub fn prepayment(&self) -> Option<Prepayment> {
        if matches!(self.status, OrderStatus::Rejected | OrderStatus::Void | OrderStatus::Cancelled) {
            return None;
        }
        let (share, asked) = match self.settlement {
            _ if self.deposit_minor.is_positive() => (self.deposit_rate, self.deposit_minor),
            Settlement::PaymentFirst => (Rate::WHOLE, self.payable_minor),
            _ => return None,
        };
        if !asked.is_positive() {
            return None;
        }
        let received = self.paid_minor.min(asked).max(Money::ZERO);
        let due_on = self.planned_ship_on.or(self.promised_on).or(self.required_on);
        Some(Prepayment { share, asked, received, open: asked - received, due_on })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{cny, draft, today};

    #[test]
    fn what_is_asked_for_in_advance() {
        // 100 × 500.00 and 800.00 freight: 30 % of 50,800.00.
        let (mut order, mut lines) = draft(&[("100", "500.00")]);
        order.freight_minor = cny("800.00");
        order.total_up(&mut lines).unwrap();
        let due_on = Some(today().plus_days(10));
        order.promised_on = due_on;
        let asked = cny("15240.00");
        let share = Rate::from_bp(3000);
        assert_eq!(order.prepayment(), Some(Prepayment { share, asked, received: Money::ZERO, open: asked, due_on }));
        order.paid_minor = cny("5000.00");
        order.planned_ship_on = Some(today());
        let expected = Prepayment { share, asked, received: cny("5000.00"), open: cny("10240.00"), due_on: Some(today()) };
        assert_eq!(order.prepayment(), Some(expected));
        order.paid_minor = cny("20000.00");
        let (received, open) = (asked, Money::ZERO);
        assert_eq!(order.prepayment(), Some(Prepayment { received, open, ..expected }));

        order.settlement = Settlement::Monthly;
        order.deposit_rate = Rate::ZERO;
        order.total_up(&mut lines).unwrap();
        assert_eq!(order.prepayment(), None);
        order.settlement = Settlement::PaymentFirst;
        let all = order.prepayment().unwrap();
        assert_eq!((all.share, all.asked, all.open), (Rate::WHOLE, cny("50800.00"), cny("30800.00")));
        order.status = OrderStatus::Void;
        assert_eq!(order.prepayment(), None);
    }
}
