//! The rows of each list, many at once.

use std::collections::BTreeSet;

use domain::{
    Act, Actor, Buyer, CompanyId, Currency, Customer, CustomerAccount, CustomerAddress, CustomerContact, CustomerId, ExchangeRate,
    ExchangeRateId, Instant, Money, Order, OrderId, OrderLine, Price, PriceId, Product, ProductId, ProductUnit, Quantity, Selector, Stock,
    User, UserId, Warehouse, WarehouseId, find_price,
};
use store::query::import as query;
use store::rows::{CustomerAddresses, CustomerContacts, OrderLines, Prices};
use store::{Fault, Reader};

use super::{ById, Cell, List, company_row};

/// The rows with these keys, in the order given; of orders, delivery notes and invoices a row for each line. Keys that name nothing are
/// passed over. A key is an id beside 0, or of stock product and warehouse. List prices are those of `now`. `by` is who will read them: costs are
/// left out for those who may not know them.
///
/// # Errors
/// Any fault of the database.
pub fn rows(reader: &Reader<'_>, by: &Actor, list: List, keys: &[(i64, i64)], now: Instant) -> Result<Vec<Vec<Cell>>, Fault> {
    let from = Lists { reader, company: by.company_id, now, language: by.language };
    let mut rows = match list {
        List::Customers => from.customers(keys),
        List::Products => from.products(keys),
        List::Prices => from.prices(keys),
        List::ExchangeRates => from.exchange_rates(keys),
        List::Stock => from.stock(keys),
        List::Orders => from.orders(keys),
        List::Shipments => from.shipments(keys),
        List::Invoices => from.invoices(keys),
        List::Payments => from.payments(keys),
    }?;
    if list == List::Products {
        let width = list.columns_for(by).len();
        rows.iter_mut().for_each(|row| row.truncate(width));
    }
    if by.may(Act::SeePersonalData).is_err() {
        let columns = list.columns();
        let masked = |row: Vec<Cell>| row.into_iter().zip(columns).map(|(cell, column)| cell.masked(column)).collect();
        rows = rows.into_iter().map(masked).collect();
    }
    Ok(rows)
}

pub(super) struct Lists<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) company: CompanyId,
    now: Instant,
    language: domain::Language,
}

pub(super) fn money(amount: Money, currency: domain::Currency) -> Cell {
    Cell::Number(amount.decimal(currency))
}

pub(super) fn quantity(quantity: Quantity) -> Cell {
    Cell::Number(quantity.decimal())
}

pub(super) fn rate(rate: domain::Rate) -> Cell {
    Cell::Number(rate.decimal())
}

macro_rules! code {
    ($code:expr) => {{
        let code = $code;
        Cell::Code(code_group(code), code.as_str())
    }};
}

pub(super) fn code_group<C: domain::Code>(_: C) -> &'static str {
    C::GROUP
}

/// Rows by id, of a table whose key is one.
macro_rules! by_id {
    ($from:expr, $row:ty, $ids:expr) => {{
        let ids: BTreeSet<_> = $ids.into_iter().collect();
        let found = query::rows::<$row>($from.reader, $from.company, &ids.into_iter().collect::<Vec<_>>())?;
        found.into_iter().map(|row| (row.id.raw(), row)).collect::<ById<$row>>()
    }};
}

pub(super) fn in_order<R>(keys: &[(i64, i64)], mut rows: ById<R>) -> Vec<R> {
    keys.iter().filter_map(|(id, _)| rows.remove(id)).collect()
}

fn unit_price(price: Option<domain::UnitPrice>) -> Cell {
    price.map_or(Cell::Empty, |price| Cell::Number(price.decimal()))
}

/// The code an entry is for; nothing where it is for everybody.
fn selected<C: domain::Code>(selector: Selector<C>) -> Cell {
    selector.value().map_or(Cell::Empty, |value| Cell::Code(C::GROUP, value.as_str()))
}

pub(super) use {by_id, code};

impl Lists<'_> {
    fn users(&self, ids: impl IntoIterator<Item = UserId>) -> Result<ById<User>, Fault> {
        Ok(by_id!(self, User, ids))
    }

    fn customers(&self, keys: &[(i64, i64)]) -> Result<Vec<Vec<Cell>>, Fault> {
        let ids: Vec<CustomerId> = keys.iter().map(|(id, _)| CustomerId::from_raw(*id)).collect();
        let customers = in_order(keys, by_id!(self, Customer, ids.iter().copied()));
        let users = self.users(customers.iter().filter_map(|customer| customer.owner_id))?;
        let contacts = query::of::<CustomerContacts>(self.reader, self.company, &ids)?;
        let addresses = query::of::<CustomerAddresses>(self.reader, self.company, &ids)?;
        let accounts: ById<CustomerAccount> = query::rows::<CustomerAccount>(self.reader, self.company, &ids)?
            .into_iter()
            .map(|account| (account.customer_id.raw(), account))
            .collect();
        let mut rows = Vec::with_capacity(customers.len());
        for customer in &customers {
            let mut own = contacts.iter().filter(|contact| contact.customer_id == customer.id);
            let contact = own.clone().find(|contact| contact.main).or_else(|| own.next());
            let mut own = addresses.iter().filter(|address| address.customer_id == customer.id);
            let address = own.clone().find(|address| address.main).or_else(|| own.next());
            let limit = accounts.get(&customer.id.raw()).and_then(CustomerAccount::limit);
            let owner = customer.owner_id.and_then(|owner| users.get(&owner.raw())).map(|user| user.username.as_str());
            rows.push(customer_row(customer, contact, address, limit, owner));
        }
        Ok(rows)
    }

    fn products(&self, keys: &[(i64, i64)]) -> Result<Vec<Vec<Cell>>, Fault> {
        let products = in_order(keys, by_id!(self, Product, keys.iter().map(|(id, _)| ProductId::from_raw(*id))));
        let company = company_row(self.reader, self.company)?;
        let today = company.date_of(self.now);
        let owners: Vec<(ProductId, CustomerId)> = products.iter().map(|product| (product.id, CustomerId::NONE)).collect();
        let prices = query::of::<Prices>(self.reader, self.company, &owners)?;
        let row = |product: &Product| {
            let own: Vec<&Price> = prices.iter().filter(|price| price.product_id == product.id).collect();
            let price = find_price(&own, &Buyer::anybody(company.currency), Quantity::ONE, today);
            vec![
                Cell::from(&product.code),
                Cell::from(&product.name),
                Cell::from(&product.spec),
                Cell::from(&product.unit),
                code!(product.kind),
                Cell::from(&product.category),
                Cell::from(&product.barcode),
                code!(product.tax_category),
                rate(product.tax_rate),
                price.map_or(Cell::Empty, |price| Cell::Number(price.unit_price.decimal())),
                product.lead_days.into(),
                rate(product.over_tolerance),
                rate(product.under_tolerance),
                product.weight_g.into(),
                Cell::Text(ProductUnit::shown_all(&product.units)),
                code!(product.tracking),
                product.length_mm.into(),
                product.width_mm.into(),
                product.height_mm.into(),
                product.shelf_days.into(),
                product.hazardous.into(),
                quantity(product.pack_quantity_micro),
                Cell::from(&product.packing_rules),
                Cell::from(&product.quality_standard),
                Cell::from(&product.notes),
                product.active.into(),
                unit_price(product.standard_cost_micro),
                unit_price(product.floor_price_micro),
            ]
        };
        Ok(products.iter().map(row).collect())
    }

    fn prices(&self, keys: &[(i64, i64)]) -> Result<Vec<Vec<Cell>>, Fault> {
        let prices = in_order(keys, by_id!(self, Price, keys.iter().map(|(id, _)| PriceId::from_raw(*id))));
        let products = by_id!(self, Product, prices.iter().map(|price| price.product_id));
        let customers = by_id!(self, Customer, prices.iter().map(|price| price.customer_id));
        let row = |price: &Price| {
            let (product, customer) = (products.get(&price.product_id.raw()), customers.get(&price.customer_id.raw()));
            vec![
                Cell::from(product.map(|product| product.code.as_str())),
                Cell::from(product.map(|product| product.name.as_str())),
                Cell::from(product.map(|product| product.unit.as_str())),
                Cell::from(customer.map(|customer| customer.code.as_str())),
                Cell::from(customer.map(|customer| customer.name.as_str())),
                selected(price.grade),
                selected(price.category),
                selected(price.channel),
                quantity(price.min_quantity_micro),
                Cell::Number(price.unit_price_micro.decimal()),
                Cell::from(price.currency.as_str()),
                price.valid_from.into(),
                price.valid_to.into(),
            ]
        };
        Ok(prices.iter().map(row).collect())
    }

    fn exchange_rates(&self, keys: &[(i64, i64)]) -> Result<Vec<Vec<Cell>>, Fault> {
        let rates = in_order(keys, by_id!(self, ExchangeRate, keys.iter().map(|(id, _)| ExchangeRateId::from_raw(*id))));
        let row =
            |rate: &ExchangeRate| vec![Cell::from(rate.currency.as_str()), Cell::Number(rate.rate_nano.decimal()), rate.valid_from.into()];
        Ok(rates.iter().map(row).collect())
    }

    fn stock(&self, keys: &[(i64, i64)]) -> Result<Vec<Vec<Cell>>, Fault> {
        let pairs: Vec<_> =
            keys.iter().map(|(product, warehouse)| (ProductId::from_raw(*product), WarehouseId::from_raw(*warehouse))).collect();
        let stock = query::rows::<Stock>(self.reader, self.company, &pairs)?;
        let mut by_pair: std::collections::HashMap<_, _> =
            stock.into_iter().map(|stock| ((stock.product_id, stock.warehouse_id), stock)).collect();
        let products = by_id!(self, Product, pairs.iter().map(|(product, _)| *product));
        let warehouses = by_id!(self, Warehouse, pairs.iter().map(|(_, warehouse)| *warehouse));
        let mut rows = Vec::with_capacity(pairs.len());
        for pair in &pairs {
            let (Some(stock), Some(product)) = (by_pair.remove(pair), products.get(&pair.0.raw())) else { continue };
            let Some(warehouse) = warehouses.get(&pair.1.raw()) else { continue };
            rows.push(vec![
                Cell::from(&product.code),
                Cell::from(&product.name),
                Cell::from(&product.spec),
                Cell::from(&product.unit),
                Cell::from(&warehouse.code),
                Cell::from(&warehouse.name),
                quantity(stock.on_hand_micro),
                quantity(stock.reserved_micro),
                quantity(stock.available()),
            ]);
        }
        Ok(rows)
    }

    fn orders(&self, keys: &[(i64, i64)]) -> Result<Vec<Vec<Cell>>, Fault> {
        let ids: Vec<OrderId> = keys.iter().map(|(id, _)| OrderId::from_raw(*id)).collect();
        let orders = in_order(keys, by_id!(self, Order, ids.iter().copied()));
        let lines = query::of::<OrderLines>(self.reader, self.company, &ids)?;
        let mut of_order: std::collections::HashMap<OrderId, Vec<&OrderLine>> = std::collections::HashMap::new();
        lines.iter().for_each(|line| of_order.entry(line.order_id).or_default().push(line));
        let users = self.users(orders.iter().filter_map(|order| order.rep_id))?;
        let books = company_row(self.reader, self.company)?.currency;
        // Codes as they are now, by which an import finds them again.
        let customers = by_id!(self, Customer, orders.iter().map(|order| order.customer_id));
        let products = by_id!(self, Product, lines.iter().map(|line| line.product_id));
        let warehouses = by_id!(self, Warehouse, orders.iter().map(|order| order.warehouse_id));
        let mut rows = Vec::new();
        for order in &orders {
            let rep = order.rep_id.and_then(|rep| users.get(&rep.raw())).map(|user| user.username.as_str());
            let customer = customers.get(&order.customer_id.raw()).map_or(order.customer_code.as_str(), |customer| customer.code.as_str());
            let warehouse = warehouses.get(&order.warehouse_id.raw()).map(|warehouse| warehouse.code.as_str());
            let head = order_cells(order, customer, warehouse, rep, (books, self.language));
            let own = of_order.get(&order.id).map_or(&[][..], Vec::as_slice);
            if own.is_empty() {
                let mut row = head.clone();
                row.resize(List::Orders.columns().len(), Cell::Empty);
                rows.push(row);
            }
            for line in own {
                let product = products.get(&line.product_id.raw()).map_or(line.product_code.as_str(), |product| product.code.as_str());
                rows.push(head.iter().cloned().chain(line_cells(line, product, order.currency, self.language)).collect());
            }
        }
        Ok(rows)
    }
}

fn customer_row(
    customer: &Customer,
    contact: Option<&CustomerContact>,
    address: Option<&CustomerAddress>,
    limit: Option<Money>,
    owner: Option<&str>,
) -> Vec<Cell> {
    let of_contact = |text: fn(&CustomerContact) -> &String| Cell::from(contact.map(text));
    let of_address = |text: fn(&CustomerAddress) -> &String| Cell::from(address.map(text));
    vec![
        Cell::from(&customer.code),
        Cell::from(&customer.name),
        Cell::from(&customer.short_name),
        Cell::from(&customer.credit_code),
        code!(customer.grade),
        code!(customer.channel),
        code!(customer.category),
        code!(customer.settlement),
        customer.terms_days.into(),
        rate(customer.deposit_rate),
        limit.map_or(Cell::Empty, |limit| money(limit, customer.currency)),
        Cell::from(customer.currency.as_str()),
        code!(customer.language),
        customer.tax_inclusive.into(),
        Cell::from(owner),
        of_contact(|contact| &contact.name),
        of_contact(|contact| &contact.job),
        of_contact(|contact| &contact.phone),
        of_contact(|contact| &contact.email),
        of_address(|address| &address.label),
        of_address(|address| &address.receiver),
        of_address(|address| &address.phone),
        of_address(|address| &address.country),
        of_address(|address| &address.province),
        of_address(|address| &address.city),
        of_address(|address| &address.district),
        of_address(|address| &address.street),
        of_address(|address| &address.postal_code),
        Cell::from(&customer.bank),
        Cell::from(&customer.bank_account),
        Cell::from(&customer.invoice_title),
        Cell::from(&customer.invoice_address),
        Cell::from(&customer.notes),
        customer.active.into(),
    ]
}

fn order_cells(
    order: &Order,
    customer: &str,
    warehouse: Option<&str>,
    rep: Option<&str>,
    (books, language): (Currency, domain::Language),
) -> Vec<Cell> {
    let currency = order.currency;
    vec![
        Cell::Text(order.id.to_string()),
        Cell::from(&order.number),
        Cell::from(&order.external_number),
        Cell::from(&order.customer_po),
        code!(order.status),
        order.held.into(),
        Cell::from(customer),
        Cell::from(&order.customer_name),
        order.ordered_on.into(),
        order.required_on.into(),
        order.promised_on.into(),
        order.planned_ship_on.into(),
        order.expected_on.into(),
        code!(order.channel),
        code!(order.category),
        code!(order.settlement),
        rate(order.deposit_rate),
        Cell::from(currency.as_str()),
        order.exchange_rate_nano.map_or(Cell::Empty, |rate| Cell::Number(rate.decimal())),
        order.tax_inclusive.into(),
        Cell::from(rep),
        Cell::from(warehouse),
        Cell::from(&order.contact_name),
        Cell::from(&order.contact_phone),
        Cell::from(&order.receiver),
        Cell::from(&order.delivery_address),
        Cell::from(&order.packing),
        Cell::from(&order.transport),
        money(order.freight_minor, currency),
        money(order.discount_minor, currency),
        money(order.charged(), currency),
        Cell::Text(domain::charges_shown(&order.charges, language, currency)),
        money(order.goods_minor, currency),
        money(order.net_minor, currency),
        money(order.tax_minor, currency),
        money(order.payable_minor, currency),
        order.in_books(order.payable_minor, books).map_or(Cell::Empty, |amount| money(amount, books)),
        money(order.billed_minor, currency),
        money(order.paid_minor, currency),
        code!(order.supply),
        code!(order.fulfilment),
        code!(order.finance),
        code!(order.service),
        Cell::from(&order.notes),
        Cell::from(&order.special_requirements),
    ]
}

fn line_cells(line: &OrderLine, product: &str, currency: Currency, language: domain::Language) -> Vec<Cell> {
    vec![
        line.line_no.into(),
        Cell::from(product),
        Cell::from(&line.name),
        Cell::from(&line.spec),
        Cell::from(line.sold_quantity().1),
        quantity(line.sold_quantity().0),
        Cell::Number(line.sold_price().decimal()),
        line.shown_rule(language).map_or(Cell::Empty, Cell::Text),
        unit_price(line.last_price_micro),
        Cell::from(&line.price_reason),
        rate(line.discount_rate),
        rate(line.tax_rate),
        money(line.net_minor, currency),
        money(line.tax_minor, currency),
        money(line.gross_minor, currency),
        quantity(line.shipped_micro),
        quantity(line.delivered_micro),
        line.required_on.into(),
        Cell::from(&line.note),
        quantity(line.quantity_micro),
        Cell::from(&line.unit),
        Cell::Text(line.configuration.names()),
        Cell::Text(line.configuration.codes().join(" ")),
        Cell::from(&line.quality_standard),
    ]
}
