//! Orders of an import.

use std::collections::BTreeMap;

use domain::{
    Buyer, Code, FieldError, FieldRule, Grade, ImportRejection, ImportRule, Instant, Kept, Money, Order, OrderId, OrderLine, OrderStatus,
    Part, Product, ProductUnit, Quantity, Rate, Reason, ShipInput, ShipmentId, SoldAs, SubmitFacts, UnitPrice, find_price, rate_on,
};

use super::{Found, NewOrder, Planning};
use crate::import::field::{Noun, order as h, order_line as l};
use crate::import::known::CustomerFile;
use crate::import::mapping::Arrival;
use crate::import::record::{OrderRecord, Record};

const HEAD: &[(&str, usize)] = &[
    ("/customer_id", h::CUSTOMER),
    ("/warehouse_id", h::WAREHOUSE),
    ("/contact_name", h::CONTACT_NAME),
    ("/contact_phone", h::CONTACT_PHONE),
    ("/delivery_address", h::DELIVERY_ADDRESS),
    ("/receiver", h::RECEIVER),
    ("/external_number", h::EXTERNAL_NUMBER),
    ("/customer_po", h::CUSTOMER_PO),
    ("/packing", h::PACKING),
    ("/transport", h::TRANSPORT),
    ("/notes", h::NOTES),
    ("/special_requirements", h::SPECIAL_REQUIREMENTS),
    ("/required_on", h::REQUIRED_ON),
    ("/planned_ship_on", h::PLANNED_SHIP_ON),
    ("/expected_on", h::EXPECTED_ON),
    ("/freight", h::FREIGHT),
    ("/discount", h::DISCOUNT),
    ("/deposit_rate", h::DEPOSIT_RATE),
    ("/shipped_on", h::SHIPPED_ON),
    ("/carrier", h::CARRIER),
    ("/tracking", h::TRACKING),
];

const LINE: &[(&str, usize)] = &[
    ("/product_id", l::PRODUCT),
    ("/quantity", l::QUANTITY),
    ("/unit_price", l::UNIT_PRICE),
    ("/choices", l::CHOICES),
    ("/discount_rate", l::DISCOUNT_RATE),
    ("/tax_rate", l::TAX_RATE),
    ("/required_on", l::REQUIRED_ON),
    ("/note", l::NOTE),
];

fn put(record: &Record, field: usize, text: &mut String) {
    if let Some(given) = record.text(field) {
        given.trim().clone_into(text);
    }
}

fn put_code<C: Code>(record: &Record, field: usize, code: &mut C) {
    if let Some(given) = record.code(field).and_then(C::parse) {
        *code = given;
    }
}

/// A product with the units that a line was made with.
fn as_it_was(product: &Product, line: &OrderLine) -> Product {
    let sold = line.sold.as_ref();
    let unit = |sold: &SoldAs| ProductUnit { name: sold.unit.clone(), ratio: sold.ratio, barcode: String::new(), sold: true };
    Product { unit: line.unit.clone(), units: Kept::of(sold.map(unit).into_iter().collect()), ..product.clone() }
}

impl Planning<'_> {
    pub(super) fn orders(&mut self) {
        let batch = self.batch;
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        for record in &batch.orders {
            let errors = self.problems.len();
            let decided = self.order(record);
            let lines = record.lines.len();
            if let Some(new) = &decided {
                for number in [format!("#{}", new.order.number), format!("{} {}", new.order.channel, new.order.external_number)] {
                    if number == "#" || number.ends_with(' ') {
                        continue;
                    }
                    if let Some(row) = numbers.insert(number, record.head.row + 1) {
                        let rule = ImportRule::Duplicate { value: record.key.clone(), row };
                        self.problems.push(batch.row_problem(&record.head, rule));
                    }
                }
            }
            let flawed = batch.is_flawed(&record.head) || record.lines.iter().any(|line| batch.is_flawed(line));
            let wrong = self.problems.len() > errors || flawed;
            let pick = |tally: &mut super::Tally, count: usize| match (wrong, &decided) {
                (true, _) => tally.errors += count,
                (false, Some(_)) => tally.new += count,
                (false, None) => tally.same += count,
            };
            pick(self.tally(Noun::Orders), 1);
            pick(self.tally(Noun::OrderLines), lines);
            if let (Some(new), false) = (decided, wrong) {
                self.plan.report.add(&new.order, new.shipment.is_some());
                self.plan.orders.push(new);
            }
        }
    }

    /// The order that comes in; `None` where it is there already, or something is wrong.
    fn order(&mut self, record: &OrderRecord) -> Option<NewOrder> {
        let (customer, warehouse) = (self.customer(&record.head, h::CUSTOMER), self.warehouse(&record.head, h::WAREHOUSE));
        let rep = self.user(&record.head, h::REP);
        let products: Vec<Found<Product>> = record.lines.iter().map(|line| self.product(line, l::PRODUCT)).collect();
        let (Found::One(customer), Found::One(warehouse)) = (customer, warehouse) else { return None };
        if self.batch.is_flawed(&record.head) || record.lines.iter().any(|line| self.batch.is_flawed(line)) {
            return None;
        }
        if let Some(existing) = self.existing(record, &customer) {
            self.compare(record, &customer, existing, &products, &rep);
            return None;
        }
        let id = OrderId::from_raw((self.id)());
        let known = self.known;
        let mut order = Order::draft(id, &customer.customer, &known.company, warehouse.id, self.by, (known.now, known.today));
        order.currency = self.batch.currency.unwrap_or(order.currency);
        self.usual(&customer, &mut order);
        self.head(&record.head, &mut order, &rep);
        self.take_rate(&mut order);
        let mut lines = Vec::with_capacity(record.lines.len());
        for ((line, product), line_no) in record.lines.iter().zip(&products).zip(1..) {
            let Found::One(product) = product else { continue };
            let mut new = OrderLine::of_product(id, line_no, product, Quantity::ZERO);
            self.line(line, &mut new, &order, (product, customer.customer.grade));
            lines.push(new);
        }
        if lines.len() < products.len() {
            return None;
        }
        if let Err(refusal) = order.total_up(&mut lines.iter_mut().collect::<Vec<_>>()) {
            self.refused(record, refusal.fields);
            return None;
        }
        self.arrive(record, &customer, &warehouse, &products, order, lines)
    }

    /// A foreign order takes the rate of its date, where there is one.
    fn take_rate(&self, order: &mut Order) {
        if order.currency != self.known.company.currency {
            let rates: Vec<_> = self.known.exchange_rates.iter().filter(|rate| rate.currency == order.currency).collect();
            order.exchange_rate_nano = rate_on(&rates, order.ordered_on);
        }
    }

    /// What the customer's file says where a draft does not.
    fn usual(&self, customer: &CustomerFile, order: &mut Order) {
        if self.batch.arrival == Arrival::History {
            return;
        }
        if let Some(contact) = customer.contacts.iter().find(|contact| contact.main).or(customer.contacts.first()) {
            order.contact_name.clone_from(&contact.name);
            order.contact_phone.clone_from(&contact.phone);
        }
        if let Some(address) = customer.addresses.iter().find(|address| address.main).or(customer.addresses.first()) {
            order.receiver.clone_from(&address.receiver);
            order.delivery_address = address.one_line();
        }
    }

    /// Writes what a row says into a head.
    fn head(&mut self, record: &Record, order: &mut Order, rep: &Found<domain::UserId>) {
        put(record, h::EXTERNAL_NUMBER, &mut order.external_number);
        put(record, h::CUSTOMER_PO, &mut order.customer_po);
        put(record, h::CONTACT_NAME, &mut order.contact_name);
        put(record, h::CONTACT_PHONE, &mut order.contact_phone);
        put(record, h::RECEIVER, &mut order.receiver);
        put(record, h::DELIVERY_ADDRESS, &mut order.delivery_address);
        put(record, h::PACKING, &mut order.packing);
        put(record, h::TRANSPORT, &mut order.transport);
        put(record, h::NOTES, &mut order.notes);
        put(record, h::SPECIAL_REQUIREMENTS, &mut order.special_requirements);
        put_code(record, h::CHANNEL, &mut order.channel);
        put_code(record, h::CATEGORY, &mut order.category);
        put_code(record, h::SETTLEMENT, &mut order.settlement);
        order.ordered_on = record.date(h::ORDERED_ON).unwrap_or(order.ordered_on);
        order.required_on = record.date(h::REQUIRED_ON).or(order.required_on);
        order.promised_on = record.date(h::PROMISED_ON).or(order.promised_on).or(order.required_on);
        order.planned_ship_on = record.date(h::PLANNED_SHIP_ON).or(order.planned_ship_on);
        order.expected_on = record.date(h::EXPECTED_ON).or(order.expected_on);
        order.deposit_rate = record.rate(h::DEPOSIT_RATE).unwrap_or(order.deposit_rate);
        order.tax_inclusive = record.truth(h::TAX_INCLUSIVE).unwrap_or(order.tax_inclusive);
        order.currency = self.currency(record, h::CURRENCY, order.currency);
        if let Found::One(rep) = rep {
            order.rep_id = Some(*rep);
        }
        order.freight_minor = self.money(record, h::FREIGHT, order.currency).unwrap_or(order.freight_minor);
        order.discount_minor = self.money(record, h::DISCOUNT, order.currency).unwrap_or(order.discount_minor);
    }

    /// Writes what a row says into a line.
    fn line(&mut self, record: &Record, line: &mut OrderLine, order: &Order, of: (&Product, Grade)) {
        let (product, grade) = of;
        put(record, l::NAME, &mut line.name);
        put(record, l::NOTE, &mut line.note);
        put(record, l::PRICE_REASON, &mut line.price_reason);
        if let Some(quantity) = record.quantity(l::QUANTITY) {
            match product.said(quantity, record.text(l::UNIT).unwrap_or_default().trim()) {
                Ok(said) => (line.quantity_micro, line.sold) = (said.base, Kept::of(said.sold)),
                Err(reason) => return self.wrong(record, l::UNIT, reason),
            }
        }
        self.choices(record, line, product);
        line.discount_rate = record.rate(l::DISCOUNT_RATE).unwrap_or(line.discount_rate);
        line.tax_rate = record.rate(l::TAX_RATE).unwrap_or(line.tax_rate);
        line.required_on = record.date(l::REQUIRED_ON).or(line.required_on);
        if !line.quantity_micro.is_positive() && record.quantity(l::QUANTITY).is_some() {
            self.wrong(record, l::QUANTITY, FieldRule::NotPositive);
            return;
        }
        let given = match (record.unit_price(l::UNIT_PRICE), record.text(l::AMOUNT)) {
            (Some(price), _) => Some(price),
            (None, Some(amount)) => match self.price_of_amount(record, amount, line, order) {
                Some(price) => Some(price),
                None => return,
            },
            (None, None) => None,
        };
        let entries = self.prices_of(line.product_id, order.customer_id);
        let found = find_price(&entries, &Buyer::of(order, grade), line.quantity_micro, order.ordered_on);
        if given.is_none() && found.is_none() && self.batch.arrival != Arrival::Draft {
            self.wrong(record, l::UNIT_PRICE, ImportRule::NoPrice);
        }
        line.set_price_with(given, found, order.currency == self.known.company.currency);
    }

    /// Writes what a row says was chosen; a draft must say what has to be chosen.
    fn choices(&mut self, record: &Record, line: &mut OrderLine, product: &Product) {
        let said = record.text(l::CHOICES).unwrap_or_default();
        let codes: Vec<String> = said.split([',', '，', ';', '；', ' ', '、']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
        if codes == line.configuration.codes() && !codes.is_empty() {
            return;
        }
        if codes.is_empty() && self.batch.arrival == Arrival::History {
            return;
        }
        match product.configured(&codes, "/choices") {
            Ok(configuration) => line.configuration = Kept::of(configuration),
            Err(errors) => {
                errors.into_iter().for_each(|error| self.wrong(record, l::CHOICES, Reason { code: error.code, details: error.details }))
            }
        }
    }

    /// The price that gives the amount of a line, which is the truth.
    fn price_of_amount(&mut self, record: &Record, amount: &str, line: &OrderLine, order: &Order) -> Option<UnitPrice> {
        let money = match Money::parse_rounded(amount, order.currency) {
            Ok(money) => money,
            Err(error) => {
                self.wrong(record, l::AMOUNT, error);
                return None;
            }
        };
        if money.is_zero() && line.discount_rate == Rate::WHOLE {
            return Some(UnitPrice::ZERO);
        }
        let price = UnitPrice::giving(money, line.sold_quantity().0, line.discount_rate, order.currency);
        if price.is_none() {
            self.wrong(record, l::AMOUNT, ImportRejection::NoUnitPrice { amount: amount.to_owned() });
        }
        price
    }

    /// The order that is there already: by its id, its number, or its external number in its channel.
    fn existing(&mut self, record: &OrderRecord, customer: &CustomerFile) -> Option<OrderId> {
        let head = &record.head;
        if let Some(id) = head.text(h::ID).and_then(|id| id.parse().ok()).filter(|id| self.known.orders.contains_key(id)) {
            return Some(id);
        }
        if let Some(id) = head.text(h::NUMBER).and_then(|number| self.known.numbers.get(number)) {
            return Some(*id);
        }
        let channel = head.code(h::CHANNEL).and_then(domain::Channel::parse).unwrap_or(customer.customer.channel);
        let number = head.text(h::EXTERNAL_NUMBER);
        let number = if self.batch.arrival == Arrival::History { number } else { number.or(head.text(h::NUMBER)) };
        self.known.externals.get(&(channel, number?.to_owned())).copied()
    }

    /// An order that is there must be what the file says: an import does not change orders.
    fn compare(
        &mut self,
        record: &OrderRecord,
        customer: &CustomerFile,
        id: OrderId,
        products: &[Found<Product>],
        rep: &Found<domain::UserId>,
    ) {
        let known = self.known;
        let (before, lines) = &known.orders[&id];
        let errors = self.problems.len();
        let mut order = before.clone();
        self.head(&record.head, &mut order, rep);
        order.promised_on = record.head.date(h::PROMISED_ON).or(before.promised_on);
        let number = if before.number.is_empty() { &before.external_number } else { &before.number };
        let differs = || ImportRejection::OrderDiffers { number: if number.is_empty() { record.key.clone() } else { number.clone() } };
        if self.problems.len() == errors
            && (order != *before || customer.customer.id != before.customer_id || lines.len() != record.lines.len())
        {
            let field = order.changes_from(before).first().and_then(|change| HEAD.iter().find(|(pointer, _)| pointer[1..] == change.field));
            match field {
                Some((_, field)) => self.wrong(&record.head, *field, differs()),
                None => self.problems.push(self.batch.row_problem(&record.head, differs())),
            }
            return;
        }
        for ((line, before), product) in record.lines.iter().zip(lines).zip(products) {
            let Found::One(product) = product else { continue };
            let mut after = before.clone();
            self.line(line, &mut after, &order, (&as_it_was(product, before), customer.customer.grade));
            after.book_price_micro = before.book_price_micro;
            after.price_source = before.price_source;
            after.book_rule.clone_from(&before.book_rule);
            if after.configuration.codes() == before.configuration.codes() {
                after.configuration = before.configuration.clone();
            }
            after.unit_cost_micro = before.unit_cost_micro;
            after.unit_floor_micro = before.unit_floor_micro;
            (after.last_price_micro, after.last_price_on) = (before.last_price_micro, before.last_price_on);
            if line.unit_price(l::UNIT_PRICE).is_none() && line.text(l::AMOUNT).is_none() {
                after.unit_price_micro = before.unit_price_micro;
                after.sold = before.sold.clone();
            }
            if after != *before || product.id != before.product_id {
                self.problems.push(self.batch.row_problem(line, differs()));
            }
        }
    }

    /// Lets the order come in the way the mapping says.
    fn arrive(
        &mut self,
        record: &OrderRecord,
        customer: &CustomerFile,
        warehouse: &domain::Warehouse,
        products: &[Found<Product>],
        mut order: Order,
        mut lines: Vec<OrderLine>,
    ) -> Option<NewOrder> {
        let file = self.batch.sheets[self.batch.bound[record.head.bound].sheet].file.clone();
        order.source.clone_from(&file);
        let number = record.head.text(h::NUMBER).unwrap_or_default();
        if self.batch.arrival != Arrival::History {
            if order.external_number.is_empty() {
                number.clone_into(&mut order.external_number);
            }
            if self.batch.arrival == Arrival::Submitted {
                let sold = |found: &Found<Product>| matches!(found, Found::One(product) if product.active);
                let inactive: Vec<_> =
                    lines.iter().zip(products).filter(|(_, product)| !sold(product)).map(|(line, _)| line.product_id).collect();
                let facts = SubmitFacts {
                    customer: &customer.customer,
                    warehouse,
                    books: self.known.company.currency,
                    // The rules are asked when it is written.
                    reason_above: None,
                    inactive_products: &inactive,
                    broken_choices: &[],
                    contract: None,
                };
                let errors = order.check_submit(&lines.iter().collect::<Vec<_>>(), &facts);
                self.refused(record, errors);
            }
            return Some(NewOrder { order, lines, shipment: None, file });
        }
        if lines.is_empty() {
            self.problems.push(self.batch.row_problem(&record.head, ImportRule::NoLines));
        }
        let number = if number.is_empty() { order.external_number.clone() } else { number.to_owned() };
        order.number = if number.is_empty() { record.key.clone() } else { number };
        order.status = OrderStatus::Effective;
        order.submitted_at = Some(Instant::start_of(order.ordered_on));
        order.effective_at = order.submitted_at;
        order.derive(&lines.iter().collect::<Vec<_>>());
        let shipment = self.shipped(record, &mut order, &mut lines);
        Some(NewOrder { order, lines, shipment, file })
    }

    /// What was shipped before: a delivery note, and no stock is touched.
    fn shipped(
        &mut self,
        record: &OrderRecord,
        order: &mut Order,
        lines: &mut [OrderLine],
    ) -> Option<(domain::Shipment, Vec<domain::ShipmentLine>)> {
        let shipped_on = record.head.date(h::SHIPPED_ON)?;
        let parts: Vec<Part> = lines.iter().map(|line| Part { line_no: line.line_no, quantity: line.quantity_micro }).collect();
        let number = format!("{}-1", order.number);
        let input = ShipInput {
            id: ShipmentId::from_raw((self.id)()),
            number: &number,
            warehouse_id: order.warehouse_id,
            shipped_on,
            carrier: record.head.text(h::CARRIER).unwrap_or_default(),
            tracking: record.head.text(h::TRACKING).unwrap_or_default(),
            note: "",
            parts: &parts,
        };
        let (now, today) = (self.known.now, self.known.today);
        match order.ship(&mut lines.iter_mut().collect::<Vec<_>>(), &input, self.by, now, today) {
            Ok(shipped) => Some((shipped.shipment, shipped.lines)),
            Err(refusal) if refusal.fields.is_empty() => {
                let reason = Reason { code: refusal.code, details: refusal.details };
                self.wrong(&record.head, h::SHIPPED_ON, reason);
                None
            }
            Err(refusal) => {
                self.refused(record, refusal.fields);
                None
            }
        }
    }

    /// Notes what domain says is wrong with an order, each at its cell.
    fn refused(&mut self, record: &OrderRecord, errors: Vec<FieldError>) {
        for error in errors {
            let line = error.pointer.strip_prefix("/lines/").map(|rest| rest.split_once('/').unwrap_or((rest, "")));
            let line = line.and_then(|(place, field)| Some((record.lines.get(place.parse::<usize>().ok()?)?, format!("/{field}"))));
            match line {
                Some((line, pointer)) => self.note(line, vec![FieldError { pointer, ..error }], LINE),
                None => self.note(&record.head, vec![error], HEAD),
            }
        }
    }
}
