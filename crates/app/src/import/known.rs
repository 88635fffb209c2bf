//! What exists already of what an import speaks of. Loaded in bulk, either for a preview or inside the transaction that writes.

use std::collections::{BTreeSet, HashMap};

use domain::{
    Channel, Company, CompanyId, Currency, Customer, CustomerAccount, CustomerAddress, CustomerContact, CustomerId, Date, ExchangeRate,
    Instant, Order, OrderId, OrderLine, Price, Product, ProductId, Stock, User, UserId, Warehouse, WarehouseId,
};
use store::query::import as query;
use store::rows::{
    CustomerAddresses, CustomerByCode, CustomerContacts, ExchangeRates, OrderByExternal, OrderByNumber, OrderLines, Prices,
    ProductByBarcode, ProductByCode, UserByName, WarehouseByCode,
};
use store::{Fault, Outcome, Reader, Row, SetOf, Stop, UnitOfWork};

use super::field::{Noun, Takes, customer, exchange_rate, order, order_line, price, product, stock};
use super::mapping::Arrival;
use super::record::{Batch, Record};

/// Where rows are looked up.
pub trait Existing {
    /// Why a look-up ends early.
    type Stop;
    /// Asks for the rows of owners, so that they are loaded together with what is asked next.
    fn want_of<S: SetOf>(&mut self, owners: &[S::Owner]);
    /// Asks for rows.
    fn want<R: Row>(&mut self, keys: &[R::Key]);
    /// The rows of owners.
    fn of<S: SetOf>(&mut self, owners: &[S::Owner]) -> Result<Vec<S::Row>, Self::Stop>;
    /// The rows that exist.
    fn rows<R: Row>(&mut self, keys: &[R::Key]) -> Result<Vec<R>, Self::Stop>;
    /// The company.
    fn company(&mut self) -> Result<Company, Self::Stop>;
}

impl Existing for UnitOfWork {
    type Stop = Stop;

    fn want_of<S: SetOf>(&mut self, owners: &[S::Owner]) {
        UnitOfWork::want_of::<S>(self, owners.iter().cloned());
    }

    fn want<R: Row>(&mut self, keys: &[R::Key]) {
        UnitOfWork::want::<R>(self, keys.iter().cloned());
    }

    fn of<S: SetOf>(&mut self, owners: &[S::Owner]) -> Outcome<Vec<S::Row>> {
        UnitOfWork::want_of::<S>(self, owners.iter().cloned());
        let mut rows = Vec::new();
        for owner in owners {
            rows.extend(UnitOfWork::of::<S>(self, owner.clone())?.into_iter().map(|held| (*held).clone()));
        }
        Ok(rows)
    }

    fn rows<R: Row>(&mut self, keys: &[R::Key]) -> Outcome<Vec<R>> {
        UnitOfWork::want::<R>(self, keys.iter().cloned());
        let mut rows = Vec::new();
        for key in keys {
            rows.extend(self.find::<R>(key.clone())?.map(|held| (*held).clone()));
        }
        Ok(rows)
    }

    fn company(&mut self) -> Outcome<Company> {
        let id = UnitOfWork::company(self);
        Ok((*self.get::<Company>(id)?).clone())
    }
}

/// Looks up on a read-only connection.
pub struct Looking<'a> {
    /// The connection.
    pub reader: &'a Reader<'a>,
    /// Whose rows.
    pub company: CompanyId,
}

impl Existing for Looking<'_> {
    type Stop = Fault;

    fn want_of<S: SetOf>(&mut self, _owners: &[S::Owner]) {}

    fn want<R: Row>(&mut self, _keys: &[R::Key]) {}

    fn of<S: SetOf>(&mut self, owners: &[S::Owner]) -> Result<Vec<S::Row>, Fault> {
        query::of::<S>(self.reader, self.company, owners)
    }

    fn rows<R: Row>(&mut self, keys: &[R::Key]) -> Result<Vec<R>, Fault> {
        query::rows::<R>(self.reader, self.company, keys)
    }

    fn company(&mut self) -> Result<Company, Fault> {
        let found = self.reader.get::<Company>(self.company, self.company)?;
        found.ok_or_else(|| Fault::Broken("the company is gone".to_owned()))
    }
}

/// A customer with its first contact, address and its account.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerFile {
    /// The file.
    pub customer: Customer,
    /// Its people.
    pub contacts: Vec<CustomerContact>,
    /// Its addresses.
    pub addresses: Vec<CustomerAddress>,
    /// Its account.
    pub account: CustomerAccount,
}

/// What names mean and where goods lie; read before the transaction.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// The warehouse taken where none is named.
    pub warehouse: Option<WarehouseId>,
    /// Codes by name.
    pub customers: HashMap<String, Vec<String>>,
    /// Codes by name.
    pub products: HashMap<String, Vec<String>>,
}

impl Hints {
    /// Reads the hints a batch needs.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn read(reader: &Reader<'_>, company: CompanyId, batch: &Batch) -> Result<Self, Fault> {
        let customers = names(batch, |takes| matches!(takes, Takes::Customer));
        let products = names(batch, |takes| matches!(takes, Takes::Product));
        Ok(Hints {
            warehouse: query::main_warehouse(reader, company)?,
            customers: query::customer_names(reader, company, &customers)?,
            products: query::product_names(reader, company, &products)?,
        })
    }
}

fn names(batch: &Batch, takes: fn(&Takes) -> bool) -> Vec<String> {
    let named = batch.fields_of(takes).filter(|(record, field)| batch.is_by_name(record, *field));
    let names: BTreeSet<&str> = named.filter_map(|(record, field)| record.text(field)).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// What exists.
#[derive(Debug)]
pub struct Known {
    /// The company.
    pub company: Company,
    /// The time of the import.
    pub now: Instant,
    /// The day it is in the company.
    pub today: Date,
    /// By code.
    pub customers: HashMap<String, CustomerFile>,
    /// By code.
    pub products: HashMap<String, Product>,
    /// Products by barcode.
    pub barcodes: HashMap<String, ProductId>,
    /// By product and customer.
    pub prices: HashMap<(ProductId, CustomerId), Vec<Price>>,
    /// Of the currencies and days that are spoken of.
    pub exchange_rates: Vec<ExchangeRate>,
    /// By code.
    pub warehouses: HashMap<String, Warehouse>,
    /// The one taken where none is named.
    pub main_warehouse: Option<Warehouse>,
    /// By username.
    pub users: HashMap<String, UserId>,
    /// By product and warehouse.
    pub stock: HashMap<(ProductId, WarehouseId), Stock>,
    /// Orders and their lines.
    pub orders: HashMap<OrderId, (Order, Vec<OrderLine>)>,
    /// By number.
    pub numbers: HashMap<String, OrderId>,
    /// By channel and external number.
    pub externals: HashMap<(Channel, String), OrderId>,
}

/// The texts of all fields of a kind, each once and sorted.
fn texts(batch: &Batch, takes: fn(&Takes) -> bool, by_name: &HashMap<String, Vec<String>>) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for (record, field) in batch.fields_of(takes) {
        let Some(text) = record.text(field) else { continue };
        if batch.is_by_name(record, field) {
            texts.extend(by_name.get(text).into_iter().flatten().cloned());
        } else {
            texts.insert(text.to_owned());
        }
    }
    texts
}

fn column<'a>(records: impl IntoIterator<Item = &'a Record>, field: usize) -> BTreeSet<String> {
    records.into_iter().filter_map(|record| record.text(field)).map(str::to_owned).collect()
}

fn list(texts: BTreeSet<String>) -> Vec<String> {
    texts.into_iter().collect()
}

/// Loads what a batch speaks of.
///
/// # Errors
/// Leaves when it is not loaded yet, or a fault of the database.
pub fn load<E: Existing>(existing: &mut E, batch: &Batch, hints: &Hints, now: Instant) -> Result<Known, E::Stop> {
    let heads = || batch.orders.iter().map(|order| &order.head);
    let mut customer_codes = texts(batch, |takes| matches!(takes, Takes::Customer), &hints.customers);
    customer_codes.extend(column(batch.of(Noun::Customers), customer::CODE));
    let mut product_codes = texts(batch, |takes| matches!(takes, Takes::Product), &hints.products);
    product_codes.extend(column(batch.of(Noun::Products), product::CODE));
    let (customer_codes, product_codes) = (list(customer_codes), list(product_codes));
    let barcodes = column(batch.of(Noun::Products), product::BARCODE);
    let barcodes: Vec<String> = barcodes.iter().filter_map(|code| domain::parse_gtin(code).ok()).collect();
    let warehouses = list(texts(batch, |takes| matches!(takes, Takes::Warehouse), &HashMap::new()));
    let users = list(texts(batch, |takes| matches!(takes, Takes::User), &HashMap::new()));
    let (numbers, externals) = (list(column(heads(), order::NUMBER)), list(external_numbers(batch)));
    let ids: Vec<OrderId> = column(heads(), order::ID).iter().filter_map(|id| id.parse().ok()).collect();
    let main: Vec<WarehouseId> = hints.warehouse.into_iter().collect();

    existing.want_of::<CustomerByCode>(&customer_codes);
    existing.want_of::<ProductByCode>(&product_codes);
    existing.want_of::<ProductByBarcode>(&barcodes);
    existing.want_of::<WarehouseByCode>(&warehouses);
    existing.want_of::<UserByName>(&users);
    existing.want_of::<OrderByNumber>(&numbers);
    existing.want_of::<OrderByExternal>(&externals);
    existing.want::<Order>(&ids);
    existing.want::<Warehouse>(&main);
    let company = existing.company()?;
    let today = company.date_of(now);
    let customers = existing.of::<CustomerByCode>(&customer_codes)?;
    let products = existing.of::<ProductByCode>(&product_codes)?;
    let same_barcode = existing.of::<ProductByBarcode>(&barcodes)?;
    let by_code = |warehouse: Warehouse| (warehouse.code.clone(), warehouse);
    let users = existing.of::<UserByName>(&users)?;
    let mut known = Known {
        company,
        now,
        today,
        customers: HashMap::new(),
        products: products.into_iter().map(|product| (product.code.clone(), product)).collect(),
        barcodes: same_barcode.into_iter().map(|product| (product.barcode, product.id)).collect(),
        prices: HashMap::new(),
        exchange_rates: Vec::new(),
        warehouses: existing.of::<WarehouseByCode>(&warehouses)?.into_iter().map(by_code).collect(),
        main_warehouse: existing.rows::<Warehouse>(&main)?.pop(),
        users: users.into_iter().map(|user: User| (user.username, user.id)).collect(),
        stock: HashMap::new(),
        orders: HashMap::new(),
        numbers: HashMap::new(),
        externals: HashMap::new(),
    };
    let mut orders = existing.of::<OrderByNumber>(&numbers)?;
    orders.extend(existing.of::<OrderByExternal>(&externals)?);
    orders.extend(existing.rows::<Order>(&ids)?);
    more(existing, batch, &mut known, customers, orders)?;
    Ok(known)
}

/// What hangs on what was found.
fn more<E: Existing>(
    existing: &mut E,
    batch: &Batch,
    known: &mut Known,
    customers: Vec<Customer>,
    orders: Vec<Order>,
) -> Result<(), E::Stop> {
    let customer_ids: Vec<CustomerId> = customers.iter().map(|customer| customer.id).collect();
    let order_ids: Vec<OrderId> = orders.iter().map(|order| order.id).collect::<BTreeSet<_>>().into_iter().collect();
    let price_keys = price_keys(batch, known, &customers);
    let stock_keys = stock_keys(batch, known);
    existing.want_of::<CustomerContacts>(&customer_ids);
    existing.want_of::<CustomerAddresses>(&customer_ids);
    existing.want::<CustomerAccount>(&customer_ids);
    existing.want_of::<OrderLines>(&order_ids);
    existing.want_of::<Prices>(&price_keys);
    existing.want::<Stock>(&stock_keys);
    let periods = periods(batch, known, &customers);
    existing.want_of::<ExchangeRates>(&periods);

    let contacts = existing.of::<CustomerContacts>(&customer_ids)?;
    let addresses = existing.of::<CustomerAddresses>(&customer_ids)?;
    let accounts = existing.rows::<CustomerAccount>(&customer_ids)?;
    let files = customers.into_iter().map(|customer| {
        let account = CustomerAccount::new(customer.id, None);
        (customer.id, CustomerFile { customer, contacts: Vec::new(), addresses: Vec::new(), account })
    });
    let mut files: HashMap<CustomerId, CustomerFile> = files.collect();
    for contact in contacts {
        files.entry(contact.customer_id).and_modify(|file| file.contacts.push(contact));
    }
    for address in addresses {
        files.entry(address.customer_id).and_modify(|file| file.addresses.push(address));
    }
    for account in accounts {
        files.entry(account.customer_id).and_modify(|file| file.account = account);
    }
    known.customers = files.into_values().map(|file| (file.customer.code.clone(), file)).collect();
    known.exchange_rates = existing.of::<ExchangeRates>(&periods)?;
    for price in existing.of::<Prices>(&price_keys)? {
        known.prices.entry((price.product_id, price.customer_id)).or_default().push(price);
    }
    for stock in existing.rows::<Stock>(&stock_keys)? {
        known.stock.insert((stock.product_id, stock.warehouse_id), stock);
    }
    for order in orders {
        known.numbers.insert(order.number.clone(), order.id);
        known.externals.insert((order.channel, order.external_number.clone()), order.id);
        known.orders.insert(order.id, (order, Vec::new()));
    }
    for line in existing.of::<OrderLines>(&order_ids)? {
        known.orders.entry(line.order_id).and_modify(|(_, lines)| lines.push(line));
    }
    for (_, lines) in known.orders.values_mut() {
        lines.sort_by_key(|line| line.line_no);
    }
    Ok(())
}

/// External numbers, and what becomes one where the number cannot be kept.
fn external_numbers(batch: &Batch) -> BTreeSet<String> {
    let mut numbers = column(batch.orders.iter().map(|order| &order.head), order::EXTERNAL_NUMBER);
    if batch.arrival != Arrival::History {
        numbers.extend(column(batch.orders.iter().map(|order| &order.head), order::NUMBER));
    }
    numbers
}

/// Where the rates of these currencies and days are looked for.
fn periods(batch: &Batch, known: &Known, customers: &[Customer]) -> Vec<String> {
    let heads = || batch.orders.iter().map(|order| &order.head);
    let rates = || batch.of(Noun::ExchangeRates).iter();
    let written = column(heads(), order::CURRENCY).into_iter().chain(column(rates(), exchange_rate::CURRENCY));
    let mut currencies: BTreeSet<Currency> = written.filter_map(|code| Currency::parse(&code).ok()).collect();
    if !batch.orders.is_empty() {
        currencies.extend(customers.iter().map(|customer| customer.currency).chain(batch.currency));
    }
    currencies.remove(&known.company.currency);
    let mut days: BTreeSet<Date> = heads().filter_map(|head| head.date(order::ORDERED_ON)).collect();
    days.extend(rates().filter_map(|rate| rate.date(exchange_rate::VALID_FROM)));
    days.insert(known.today);
    let all = currencies.iter().flat_map(|currency| days.iter().flat_map(|day| ExchangeRate::periods(*currency, *day)));
    list(all.collect())
}

fn price_keys(batch: &Batch, known: &Known, customers: &[Customer]) -> Vec<(ProductId, CustomerId)> {
    let mut keys = BTreeSet::new();
    let product = |code: Option<&str>| known.products.get(code?).map(|product| product.id);
    let ids: HashMap<&str, CustomerId> = customers.iter().map(|customer| (customer.code.as_str(), customer.id)).collect();
    for record in batch.of(Noun::Products).iter().filter(|record| record.unit_price(product::LIST_PRICE).is_some()) {
        keys.extend(product(record.text(product::CODE)).map(|product| (product, CustomerId::NONE)));
    }
    for record in batch.of(Noun::Prices) {
        let customer = record.text(price::CUSTOMER).map_or(Some(CustomerId::NONE), |code| ids.get(code).copied());
        keys.extend(product(record.text(price::PRODUCT)).zip(customer));
    }
    if batch.arrival != Arrival::History {
        // Names are resolved to codes of every customer that was found; a price too many does no harm.
        for order in &batch.orders {
            let customer = order.head.text(order::CUSTOMER).and_then(|code| ids.get(code).copied());
            for product in order.lines.iter().filter_map(|line| product(line.text(order_line::PRODUCT))) {
                keys.insert((product, CustomerId::NONE));
                keys.extend(customer.map(|customer| (product, customer)));
            }
        }
    }
    keys.into_iter().collect()
}

fn stock_keys(batch: &Batch, known: &Known) -> Vec<(ProductId, WarehouseId)> {
    let mut keys = BTreeSet::new();
    let warehouse = |code: Option<&str>| match code {
        Some(code) => known.warehouses.get(code).map(|warehouse| warehouse.id),
        None => known.main_warehouse.as_ref().map(|warehouse| warehouse.id),
    };
    let product = |code: Option<&str>| known.products.get(code?).map(|product| product.id);
    for record in batch.of(Noun::Stock) {
        keys.extend(product(record.text(stock::PRODUCT)).zip(warehouse(record.text(stock::WAREHOUSE))));
    }
    if batch.arrival == Arrival::Submitted {
        for order in &batch.orders {
            let from = warehouse(order.head.text(order::WAREHOUSE));
            keys.extend(order.lines.iter().filter_map(|line| product(line.text(order_line::PRODUCT)).zip(from)));
        }
    }
    keys.into_iter().collect()
}
