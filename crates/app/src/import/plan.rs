//! Compares what was read with what exists: what is new, what changes, what is the same, and what is wrong at which cell. Pure.

mod customer;
mod exchange_rate;
mod order;
mod price;
mod product;
mod stock;

use std::collections::{BTreeMap, HashMap};

use domain::{Actor, Change, CustomerId, ExchangeRate, FieldRule, Order, OrderLine, Price, Product, ProductId, Shipment, ShipmentLine};

use super::field::Noun;
use super::known::{CustomerFile, Hints, Known};
use super::record::{Batch, Record};
use super::report::{Report, Tally};
use super::sheet::Problem;

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate<T> {
    /// It is added.
    New(T),
    /// It replaces what is there.
    Changed(T, Vec<Change>),
}

/// A difference of stock.
#[derive(Clone, Debug, PartialEq)]
pub struct StockChange {
    /// Of what.
    pub product: Product,
    /// Where.
    pub warehouse: domain::Warehouse,
    /// Added to what is on hand.
    pub difference: domain::Quantity,
    /// Nothing was ever there.
    pub opening: bool,
}

/// An order that comes in.
#[derive(Clone, Debug, PartialEq)]
pub struct NewOrder {
    /// The head.
    pub order: Order,
    /// The lines.
    pub lines: Vec<OrderLine>,
    /// What was shipped already.
    pub shipment: Option<(Shipment, Vec<ShipmentLine>)>,
    /// The file it came from.
    pub file: String,
}

/// Everything an import will write.
#[derive(Debug, Default)]
pub struct Plan {
    /// Customers.
    pub customers: Vec<Fate<CustomerFile>>,
    /// Products.
    pub products: Vec<Fate<Product>>,
    /// Entries of the price book with the codes of product and customer.
    pub prices: Vec<(Fate<Price>, String, String)>,
    /// Exchange rates.
    pub exchange_rates: Vec<Fate<ExchangeRate>>,
    /// Stock.
    pub stock: Vec<StockChange>,
    /// Orders.
    pub orders: Vec<NewOrder>,
    /// Counts, sums and everything that is wrong.
    pub report: Report,
}

/// Decides on every record of a batch. `id` gives new ids.
pub fn plan(batch: &Batch, known: &Known, hints: &Hints, by: &Actor, id: &mut dyn FnMut() -> i64) -> Plan {
    let mut planning = Planning {
        batch,
        known,
        hints,
        by,
        id,
        customers: HashMap::new(),
        products: HashMap::new(),
        seen: HashMap::new(),
        counts: BTreeMap::new(),
        problems: batch.problems.clone(),
        plan: Plan::default(),
    };
    planning.customers();
    planning.products();
    planning.prices();
    planning.exchange_rates();
    planning.stock();
    planning.orders();
    let Planning { mut plan, problems, counts, .. } = planning;
    plan.report.finish(batch, &known.company, counts, problems);
    plan
}

/// What is decided so far.
struct Planning<'a> {
    batch: &'a Batch,
    known: &'a Known,
    hints: &'a Hints,
    by: &'a Actor,
    id: &'a mut dyn FnMut() -> i64,
    /// Customers as they will be, by code.
    customers: HashMap<String, CustomerFile>,
    /// Products as they will be, by code.
    products: HashMap<String, Product>,
    /// Records by what must be unique, to find doubles.
    seen: HashMap<(Noun, String), &'a Record>,
    counts: BTreeMap<Noun, Tally>,
    problems: Vec<Problem>,
    plan: Plan,
}

/// What a reference comes to.
enum Found<T> {
    /// This.
    One(T),
    /// Nothing is named.
    Unnamed,
    /// It is wrong, and that is noted.
    Wrong,
}

impl<'a> Planning<'a> {
    fn wrong(&mut self, record: &Record, field: usize, reason: impl Into<domain::Reason>) {
        self.problems.push(self.batch.problem(record, field, reason));
    }

    fn tally(&mut self, noun: Noun) -> &mut Tally {
        self.counts.entry(noun).or_default()
    }

    /// Whether a record is the first with this key; a later one with the same content is passed over, another is noted as wrong.
    fn is_first(&mut self, noun: Noun, key: String, record: &'a Record) -> bool {
        let Some(first) = self.seen.get(&(noun, key.clone())) else {
            self.seen.insert((noun, key), record);
            return true;
        };
        let same = first.values == record.values;
        if !same && !self.batch.bound[record.bound].first_of_doubles {
            let rule = domain::ImportRule::Duplicate { value: key, row: first.row + 1 };
            self.problems.push(self.batch.row_problem(record, rule));
            self.tally(noun).errors += 1;
        }
        false
    }

    /// The code of a reference that may be a name.
    fn code(&mut self, record: &Record, field: usize, names: &HashMap<String, Vec<String>>) -> Found<String> {
        let Some(text) = record.text(field) else { return Found::Unnamed };
        if !self.batch.is_by_name(record, field) {
            return Found::One(text.to_owned());
        }
        match names.get(text).map(Vec::as_slice) {
            Some([code]) => Found::One(code.clone()),
            Some([_, _, ..]) => {
                self.wrong(record, field, domain::ImportRule::NameAmbiguous { value: text.to_owned() });
                Found::Wrong
            }
            _ => {
                self.wrong(record, field, FieldRule::Unknown { value: text.to_owned() });
                Found::Wrong
            }
        }
    }

    fn customer(&mut self, record: &Record, field: usize) -> Found<CustomerFile> {
        let names = &self.hints.customers;
        match self.code(record, field, names) {
            Found::One(code) => match self.customers.get(&code).or_else(|| self.known.customers.get(&code)) {
                Some(file) if file.customer.merged_into.is_some() => {
                    let (customer, code) = (file.customer.name.clone(), file.customer.code.clone());
                    self.wrong(record, field, domain::CustomerRejection::Merged { customer, code });
                    Found::Wrong
                }
                Some(file) => Found::One(file.clone()),
                None => {
                    self.wrong(record, field, FieldRule::Unknown { value: code });
                    Found::Wrong
                }
            },
            Found::Unnamed => Found::Unnamed,
            Found::Wrong => Found::Wrong,
        }
    }

    fn product(&mut self, record: &Record, field: usize) -> Found<Product> {
        let names = &self.hints.products;
        match self.code(record, field, names) {
            Found::One(code) => match self.products.get(&code).or_else(|| self.known.products.get(&code)) {
                Some(product) => Found::One(product.clone()),
                None => {
                    self.wrong(record, field, FieldRule::Unknown { value: code });
                    Found::Wrong
                }
            },
            Found::Unnamed => Found::Unnamed,
            Found::Wrong => Found::Wrong,
        }
    }

    fn warehouse(&mut self, record: &Record, field: usize) -> Found<domain::Warehouse> {
        match (record.text(field), &self.known.main_warehouse) {
            (Some(code), _) => match self.known.warehouses.get(code) {
                Some(warehouse) => Found::One(warehouse.clone()),
                None => {
                    self.wrong(record, field, FieldRule::Unknown { value: code.to_owned() });
                    Found::Wrong
                }
            },
            (None, Some(main)) => Found::One(main.clone()),
            (None, None) => {
                // Said once: it is the same for every row.
                let code = domain::ImportRule::NoWarehouse.code();
                if self.problems.iter().all(|problem| problem.code != code) {
                    self.wrong(record, field, domain::ImportRule::NoWarehouse);
                }
                Found::Wrong
            }
        }
    }

    fn user(&mut self, record: &Record, field: usize) -> Found<domain::UserId> {
        let Some(name) = record.text(field) else { return Found::Unnamed };
        match self.known.users.get(name) {
            Some(user) => Found::One(*user),
            None => {
                self.wrong(record, field, FieldRule::Unknown { value: name.to_owned() });
                Found::Wrong
            }
        }
    }

    /// Prices of a product for a customer and for everybody.
    fn prices_of(&self, product: ProductId, customer: CustomerId) -> Vec<&Price> {
        let list = self.known.prices.get(&(product, CustomerId::NONE)).into_iter().flatten();
        list.chain(self.known.prices.get(&(product, customer)).into_iter().flatten()).collect()
    }

    /// Notes what domain says is wrong with a row, each at its cell.
    fn note(&mut self, record: &Record, errors: Vec<domain::FieldError>, places: &[(&str, usize)]) {
        for error in errors {
            let place = places.iter().find(|(pointer, _)| *pointer == error.pointer).map(|(_, place)| *place);
            let reason = domain::Reason { code: error.code, details: error.details };
            match place {
                Some(place) => self.wrong(record, place, reason),
                None => self.problems.push(self.batch.row_problem(record, reason)),
            }
        }
    }

    fn currency(&mut self, record: &Record, field: usize, usual: domain::Currency) -> domain::Currency {
        match record.text(field).map(|code| domain::Currency::parse(&code.to_uppercase())) {
            None => usual,
            Some(Ok(currency)) => currency,
            Some(Err(error)) => {
                self.wrong(record, field, error);
                usual
            }
        }
    }

    fn money(&mut self, record: &Record, field: usize, currency: domain::Currency) -> Option<domain::Money> {
        match domain::Money::parse(record.text(field)?, currency) {
            Ok(money) => Some(money),
            Err(error) => {
                self.wrong(record, field, error);
                None
            }
        }
    }
}
