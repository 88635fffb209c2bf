//! Writes what a plan says onto the unit of work, everything of it in one act.

use std::collections::BTreeMap;

use domain::{
    Actor, CheckState, CustomerCheck, CustomerId, CustomerVerification, Event, EventKind, ExchangeRate, MovementKind, Order, OrderId,
    Price, Product, Quantity, Version,
};
use store::rows::{Approvals, CustomerAddresses, CustomerByCode, CustomerContacts, OrderLines, Prices, ProductByCode, ShipmentLines};
use store::{Outcome, Row, UnitOfWork};

use super::known::{CustomerFile, Known};
use super::mapping::Arrival;
use super::plan::{Fate, NewOrder, Plan, StockChange};
use super::run::{Phase, Progress};
use crate::customer;
use crate::stock::{self, Movement};

/// Where a plan is written.
pub(super) struct Writing<'a> {
    pub work: &'a mut UnitOfWork,
    pub by: &'a Actor,
    pub import_id: i64,
    /// Names of the files.
    pub file: String,
}

impl Writing<'_> {
    /// Writes everything.
    pub fn all(self, plan: Plan, known: &Known, arrival: Arrival, progress: &Progress, rows: usize) -> Outcome<()> {
        let mut this = self;
        this.want(&plan);
        for customer in plan.customers {
            this.customer(customer, known)?;
        }
        for product in plan.products {
            this.product(product)?;
        }
        for (price, product, customer) in plan.prices {
            this.price(price, &product, &customer)?;
        }
        for rate in plan.exchange_rates {
            this.exchange_rate(rate)?;
        }
        for change in plan.stock {
            this.stock(&change)?;
        }
        let mut open: BTreeMap<CustomerId, i64> = BTreeMap::new();
        let (mut done, orders) = (0, plan.orders.len());
        let mut submitted = Vec::new();
        for order in plan.orders {
            if order.order.status == domain::OrderStatus::Effective {
                *open.entry(order.order.customer_id).or_default() += order.order.payable_minor.minor();
                crate::price::remember(this.work, &order.order, &order.lines.iter().collect::<Vec<_>>())?;
            }
            submitted.push(order.order.id);
            this.order(order);
            done += 1;
            if done % 500 == 0 {
                progress(Phase::Writing, rows * done / orders.max(1), rows);
            }
        }
        if arrival == Arrival::Submitted {
            for id in submitted {
                crate::order::submit::submit(this.work, this.by, id, None)?;
            }
        }
        for (customer, payable) in open {
            this.work.count::<domain::CustomerAccount>(customer, &[0, payable, 0, 0], false)?;
        }
        Ok(())
    }

    /// Asks for everything that writing looks at, at once.
    fn want(&mut self, plan: &Plan) {
        let work = &mut self.work;
        let code = |fate: &Fate<CustomerFile>| match fate {
            Fate::New(_) => None,
            Fate::Changed(file, _) => Some(file.customer.code.clone()),
        };
        work.want_of::<CustomerByCode>(plan.customers.iter().filter_map(code));
        let changed = |fate: &Fate<CustomerFile>| match fate {
            Fate::New(_) => None,
            Fate::Changed(file, _) => Some(file.customer.id),
        };
        work.want::<CustomerCheck>(plan.customers.iter().filter_map(changed));
        work.want::<domain::Stock>(plan.stock.iter().map(|change| (change.product.id, change.warehouse.id)));
        for new in &plan.orders {
            if new.order.status == domain::OrderStatus::Effective {
                work.want::<domain::LastPrice>(new.lines.iter().map(|line| (new.order.customer_id, line.product_id)));
                continue;
            }
            work.want::<domain::Stock>(new.lines.iter().map(|line| (line.product_id, new.order.warehouse_id)));
            work.want::<domain::Warehouse>([new.order.warehouse_id]);
        }
    }

    fn event(&self, kind: EventKind, subject: &str, id: i64, number: &str) -> Event {
        Event::of(kind, subject, id, number).with("file", self.file.as_str()).with("import", self.import_id)
    }

    fn customer(&mut self, fate: Fate<CustomerFile>, known: &Known) -> Outcome<()> {
        match fate {
            Fate::New(file) => {
                let CustomerFile { customer, contacts, addresses, account } = file;
                let id = customer.id;
                let event =
                    self.event(EventKind::CustomerCreated, "customer", id.raw(), &customer.code).with("name", customer.name.as_str());
                if !customer.verified {
                    self.work.add(CustomerVerification::entered(id, self.by.user_id));
                }
                self.work.add(customer);
                self.work.add(account);
                self.work.add(CustomerCheck { customer_id: id, version: Version::FIRST, state: CheckState::Due });
                self.work.fresh::<CustomerContacts>(id);
                self.work.fresh::<CustomerAddresses>(id);
                contacts.into_iter().for_each(|contact| {
                    self.work.add(contact);
                });
                addresses.into_iter().for_each(|address| {
                    self.work.add(address);
                });
                self.work.record(self.by, event);
            }
            Fate::Changed(file, changes) => {
                let id = file.customer.id;
                let event = self.event(EventKind::CustomerEdited, "customer", id.raw(), &file.customer.code).changing(changes);
                let limit = known.customers.get(&file.customer.code).map_or(0, |before| before.account.limit_minor.minor());
                let delta = file.account.limit_minor.minor() - limit;
                if let Some(mut held) = self.work.one::<CustomerByCode>(file.customer.code.clone())? {
                    *held = file.customer;
                    self.work.save(&mut held);
                }
                if delta != 0 {
                    self.work.count::<domain::CustomerAccount>(id, &[delta, 0, 0, 0], false)?;
                }
                customer::keys::check(self.work, id, CheckState::Due)?;
                put(self.work, file.contacts)?;
                put(self.work, file.addresses)?;
                self.work.record(self.by, event);
            }
        }
        Ok(())
    }

    fn product(&mut self, fate: Fate<Product>) -> Outcome<()> {
        match fate {
            Fate::New(product) => {
                let event =
                    self.event(EventKind::ProductCreated, "product", product.id.raw(), &product.code).with("name", product.name.as_str());
                self.work.fresh::<Prices>((product.id, CustomerId::NONE));
                self.work.add(product);
                self.work.record(self.by, event);
            }
            Fate::Changed(product, changes) => {
                let event = self.event(EventKind::ProductEdited, "product", product.id.raw(), &product.code).changing(changes);
                if let Some(mut held) = self.work.one::<ProductByCode>(product.code.clone())? {
                    *held = product;
                    self.work.save(&mut held);
                }
                self.work.record(self.by, event);
            }
        }
        Ok(())
    }

    fn price(&mut self, fate: Fate<Price>, product: &str, customer: &str) -> Outcome<()> {
        let (kind, price, changes) = match fate {
            Fate::New(price) => (EventKind::PriceCreated, price, Vec::new()),
            Fate::Changed(price, changes) => (EventKind::PriceEdited, price, changes),
        };
        let event = self
            .event(kind, "price", price.id.raw(), product)
            .with("product", product)
            .with("customer", customer)
            .with("min_quantity", price.min_quantity_micro)
            .with("unit_price", price.unit_price_micro)
            .with("currency", price.currency)
            .with("valid_from", price.valid_from)
            .changing(changes);
        if kind == EventKind::PriceCreated {
            self.work.add(price);
        } else {
            let mut held = self.work.get::<Price>(price.id)?;
            *held = price;
            self.work.save(&mut held);
        }
        self.work.record(self.by, event);
        Ok(())
    }

    fn exchange_rate(&mut self, fate: Fate<ExchangeRate>) -> Outcome<()> {
        let (kind, rate, changes) = match fate {
            Fate::New(rate) => (EventKind::ExchangeRateCreated, rate, Vec::new()),
            Fate::Changed(rate, changes) => (EventKind::ExchangeRateEdited, rate, changes),
        };
        let event = self
            .event(kind, "exchange_rate", rate.id.raw(), rate.currency.as_str())
            .with("valid_from", rate.valid_from)
            .with("rate", rate.rate_nano.decimal())
            .changing(changes);
        if kind == EventKind::ExchangeRateCreated {
            self.work.add(rate);
        } else {
            let mut held = self.work.get::<ExchangeRate>(rate.id)?;
            *held = rate;
            self.work.save(&mut held);
        }
        self.work.record(self.by, event);
        Ok(())
    }

    fn stock(&mut self, change: &StockChange) -> Outcome<()> {
        let movement = Movement {
            product_id: change.product.id,
            warehouse_id: change.warehouse.id,
            kind: if change.opening { MovementKind::Opening } else { MovementKind::Adjust },
            on_hand_delta: change.difference,
            reserved_delta: Quantity::ZERO,
            spot: domain::Spot::PLAIN,
            unit_cost: None,
            cause_kind: "import",
            cause_id: self.import_id,
            note: &self.file,
        };
        let fits = stock::post(self.work, self.by, &movement)?;
        assert!(fits, "what was counted is not below what is reserved");
        let event = self.event(EventKind::StockCounted, "product", change.product.id.raw(), &change.product.code);
        let event =
            event.with("warehouse", change.warehouse.name.as_str()).with("difference", (change.difference, change.product.unit.clone()));
        self.work.record(self.by, event);
        Ok(())
    }

    fn order(&mut self, new: NewOrder) {
        let NewOrder { order, lines, shipment, file } = new;
        let id: OrderId = order.id;
        let event = order_event(&order, &file, self.import_id);
        self.work.fresh::<OrderLines>(id);
        self.work.fresh::<Approvals>(id);
        self.work.add(order);
        lines.into_iter().for_each(|line| {
            self.work.add(line);
        });
        if let Some((shipment, lines)) = shipment {
            self.work.fresh::<ShipmentLines>(shipment.id);
            self.work.add(shipment);
            lines.into_iter().for_each(|line| {
                self.work.add(line);
            });
        }
        self.work.record(self.by, event);
    }
}

fn order_event(order: &Order, file: &str, import_id: i64) -> Event {
    let event = Event::of_order(EventKind::OrderImported, order.id, &order.number).with("file", file).with("import", import_id);
    event.with("customer", order.customer_name.as_str()).with("payable", (order.payable_minor, order.currency))
}

/// Writes rows that may exist.
fn put<R: Row + PartialEq>(work: &mut UnitOfWork, rows: Vec<R>) -> Outcome<()> {
    for row in rows {
        match work.find::<R>(row.key())? {
            Some(held) if *held == row => {}
            Some(mut held) => {
                *held = row;
                work.save(&mut held);
            }
            None => {
                work.add(row);
            }
        }
    }
    Ok(())
}
