//! One order after another, each as far on its way as chance says: old ones are nearly all closed, of the newest most are open.

use app::demo::Dice;
use domain::{
    Actor, Company, Instant, Order, OrderId, OrderLine, OrderStatus, PriceSource, Quantity, Reservation, ReservationKind, Service, UserId,
    WarehouseId,
};
use store::work::IdSource;

use super::master::Masters;
use super::paper::{Chunk, papers};
use super::{Calendar, WITH_PAPERS, cents, dice};

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub(super) enum Stage {
    Draft,
    Submitted,
    Reviewed,
    Rejected,
    Void,
    Cancelled,
    /// Effective from here on.
    Short,
    PartReserved,
    Reserved,
    PartShipped,
    Shipped,
    Delivered,
    Billed,
    PartPaid,
    Paid,
    Content,
    Closed,
}

use Stage::*;

/// Of the newest fifth, in so many of a hundred.
const NEW: [(Stage, i64); 17] = [
    (Draft, 9),
    (Submitted, 8),
    (Reviewed, 7),
    (Rejected, 2),
    (Void, 2),
    (Cancelled, 2),
    (Short, 5),
    (PartReserved, 4),
    (Reserved, 7),
    (PartShipped, 5),
    (Shipped, 7),
    (Delivered, 6),
    (Billed, 5),
    (PartPaid, 4),
    (Paid, 4),
    (Content, 3),
    (Closed, 20),
];

fn stage(dice: &mut Dice, place: u64, orders: u64) -> Stage {
    if place < orders / 5 * 4 {
        return match dice.between(1, 1000) {
            1..=17 => Void,
            18..=30 => Cancelled,
            31 => PartPaid,
            _ => Closed,
        };
    }
    let mut left = dice.between(1, NEW.iter().map(|(_, share)| share).sum());
    for (stage, share) in NEW {
        left -= share;
        if left <= 0 {
            return stage;
        }
    }
    Closed
}

/// What a line has reserved, where it has any.
fn reservation(line: &OrderLine, house: WarehouseId, at: Instant) -> Option<Reservation> {
    line.reserved_micro.is_positive().then_some(Reservation {
        order_id: line.order_id,
        line_no: line.line_no,
        warehouse_id: house,
        product_id: line.product_id,
        quantity_micro: line.reserved_micro,
        kind: ReservationKind::Soft,
        expires_at: None,
        reserved_at: at,
    })
}

/// Makes orders, the oldest first.
pub(super) struct Making<'a> {
    company: &'a Company,
    pub masters: &'a Masters,
    calendar: &'a Calendar,
    orders: u64,
    pub ids: IdSource,
    pub dice: Dice,
    counter: i64,
    year: i16,
    by: Actor,
}

impl<'a> Making<'a> {
    pub fn new(company: &'a Company, masters: &'a Masters, calendar: &'a Calendar, orders: u64) -> Self {
        let by = app::company::create::founder(company.id);
        Making { company, masters, calendar, orders, ids: IdSource::new(1), dice: dice(7), counter: 0, year: 0, by }
    }

    /// The order at this place, with what belongs to it.
    pub fn one(&mut self, place: u64, chunk: &mut Chunk) {
        let at = self.calendar.at(place);
        let stage = stage(&mut self.dice, place, self.orders);
        let customer = self.index(self.masters.customers.len());
        let mut order = self.head(customer, at);
        let mut lines = self.lines(&order);
        order.total_up(&mut lines.iter_mut().map(|(_, line)| line).collect::<Vec<_>>()).expect("small sums fit");
        self.advance(stage, &mut order, &mut lines, at);
        if place + WITH_PAPERS >= self.orders || !matches!(stage, Closed) {
            papers(self, stage, &mut order, &mut lines, chunk);
        }
        chunk.reserved.extend(lines.iter().map(|(product, line)| (*product, line.reserved_micro.micro())).filter(|(_, held)| *held > 0));
        let house = self.masters.warehouse.id;
        chunk.reservations.extend(lines.iter().filter_map(|(_, line)| reservation(line, house, at)));
        chunk.lines.extend(lines.into_iter().map(|(_, line)| line));
        chunk.of.push((customer, self.counter));
        chunk.orders.push(order);
    }

    pub fn index(&mut self, count: usize) -> usize {
        usize::try_from(self.dice.between(0, i64::try_from(count).unwrap_or(1) - 1)).unwrap_or_default()
    }

    pub fn user(&mut self) -> UserId {
        let place = self.index(self.masters.users.len());
        self.masters.users[place].id
    }

    fn head(&mut self, customer: usize, at: Instant) -> Order {
        let customer = &self.masters.customers[customer];
        let today = at.date_in("UTC").expect("UTC is a zone");
        let id = OrderId::from_raw(self.ids.next(at));
        let mut order = Order::draft(id, customer, self.company, self.masters.warehouse.id, &self.by, (at, today));
        // Mostly by whom the customer belongs to, else by somebody at the desk.
        order.entered_by = if self.dice.chance(80) { customer.owner_id.unwrap_or(self.masters.admin) } else { self.user() };
        order.contact_name = "王经理".to_owned();
        order.contact_phone = format!("138{:08}", self.dice.between(0, 99_999_999));
        order.receiver = "仓库".to_owned();
        order.delivery_address = format!("{}工业园{}号", &customer.name[..6], self.dice.between(1, 999));
        if self.dice.chance(95) {
            order.required_on = Some(today.plus_days(self.dice.between(3, 25)));
            order.promised_on = order.required_on;
            order.planned_ship_on = order.required_on.map(|day| day.plus_days(-2));
        }
        if self.dice.chance(20) {
            order.external_number = format!("PO-{id}");
            order.customer_po.clone_from(&order.external_number);
        }
        if self.dice.chance(30) {
            order.freight_minor = cents(self.dice.between(10, 500) * 100);
        }
        order
    }

    fn lines(&mut self, order: &Order) -> Vec<(usize, OrderLine)> {
        let count = *self.dice.pick(&[1, 1, 2, 2, 2, 3, 3, 4, 5, 7]);
        (1..=count)
            .map(|line_no| {
                let place = self.index(self.masters.products.len());
                let (product, price) = (&self.masters.products[place], &self.masters.prices[place]);
                let mut line = OrderLine::of_product(order.id, line_no, product, Quantity::units(self.dice.between(1, 200)));
                line.unit_price_micro = price.unit_price_micro;
                line.book_price_micro = Some(price.unit_price_micro);
                line.price_source = PriceSource::List;
                (place, line)
            })
            .collect()
    }

    fn number(&mut self, order: &mut Order) {
        if order.ordered_on.year() != self.year {
            (self.year, self.counter) = (order.ordered_on.year(), 0);
        }
        self.counter += 1;
        order.number = self.masters.pattern.number(order.ordered_on, self.counter);
    }

    /// Moves the order to its stage: state, quantities, money, dates, tracks.
    fn advance(&mut self, stage: Stage, order: &mut Order, lines: &mut [(usize, OrderLine)], at: Instant) {
        if stage != Draft && !(stage == Void && self.dice.chance(50)) {
            self.number(order);
            order.submitted_at = Some(at.plus_seconds(600));
        }
        order.status = match stage {
            Draft => OrderStatus::Draft,
            Submitted => OrderStatus::Submitted,
            Reviewed => OrderStatus::Reviewed,
            Rejected => OrderStatus::Rejected,
            Void => OrderStatus::Void,
            Cancelled => OrderStatus::Cancelled,
            Closed => OrderStatus::Closed,
            _ => OrderStatus::Effective,
        };
        if stage == Reviewed || stage >= Short {
            order.reviewed_by = Some(self.masters.admin);
            order.approval_round = 1;
        }
        if stage >= Short {
            order.effective_at = Some(at.plus_seconds(7_200));
        }
        for (place, (_, line)) in lines.iter_mut().enumerate() {
            count(stage, place, line);
        }
        if stage >= Delivered {
            order.delivered_on = Some(order.ordered_on.plus_days(5));
            order.service = if stage >= Content { Service::Satisfied } else { Service::FollowUpDue };
            order.follow_up_due_on = (stage < Content).then(|| order.ordered_on.plus_days(8));
        }
        if stage >= Billed {
            order.billed_minor = order.payable_minor;
            order.overdue_on = (stage < Paid).then(|| order.ordered_on.plus_days(36));
        }
        if stage >= PartPaid {
            order.paid_minor = if stage >= Paid { order.payable_minor } else { cents(order.payable_minor.minor() / 2) };
        }
        order.closed_at = (stage == Closed).then(|| at.plus_seconds(20 * 86_400));
        if stage != Closed && self.dice.between(1, 1000) <= 5 {
            order.held = true;
            order.hold_reason = "等客户确认".to_owned();
        }
        order.derive(&lines.iter().map(|(_, line)| line).collect::<Vec<_>>());
    }
}

/// Counts on a line what its order's stage says; of an order that is part way, the first line is further than the others.
fn count(stage: Stage, place: usize, line: &mut OrderLine) {
    let all = line.quantity_micro;
    let first = if place == 0 { Quantity::from_micro(all.micro() / 2) } else { Quantity::ZERO };
    match stage {
        PartReserved => line.reserved_micro = first,
        Reserved => line.reserved_micro = all,
        PartShipped => {
            line.shipped_micro = first;
            line.reserved_micro = all - first;
        }
        stage if stage >= Shipped => line.shipped_micro = all,
        _ => {}
    }
    if stage >= Delivered {
        line.delivered_micro = all;
    }
    if stage >= Billed {
        line.billed_micro = all;
    }
}
