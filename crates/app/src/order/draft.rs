//! From what was said of an order to its head and lines, with prices and totals.

use domain::{
    Actor, Buyer, ChargeKind, Company, Contract, Customer, CustomerAccount, CustomerAddress, CustomerContact, Date, FieldError, FieldRule,
    Kept, LastPrice, Money, Order, OrderId, OrderLine, Product, Refusal, Said, UserId, Warehouse,
};
use store::rows::{ActivePromotions, ContractLines, CustomerAddresses, CustomerContacts, OrderByExternal, UserByName};
use store::{Held, Outcome, UnitOfWork};

use super::input::{LineInput, OrderInput, money};
use crate::{contract, customer, exchange_rate, price, product, quotation, stock, warehouse};

/// What an input names, looked up.
pub(crate) struct Named {
    pub company: Held<Company>,
    pub customer: Held<Customer>,
    pub contacts: Vec<Held<CustomerContact>>,
    pub addresses: Vec<Held<CustomerAddress>>,
    pub rep_id: Option<UserId>,
    pub warehouse: Held<Warehouse>,
    /// Of each line; `None` where there is none.
    pub products: Vec<Option<Held<Product>>>,
    /// The contract it is placed under.
    pub contract: Option<Held<Contract>>,
}

fn unknown(pointer: impl Into<String>, value: &str) -> FieldError {
    FieldError::new(pointer, FieldRule::Unknown { value: value.to_owned() })
}

/// The user with this id or this username.
pub(crate) fn rep(work: &mut UnitOfWork, reference: &str) -> Outcome<Option<UserId>> {
    if let Ok(id) = reference.parse::<UserId>()
        && let Some(user) = work.find::<domain::User>(id)?
    {
        return Ok(Some(user.id));
    }
    Ok(work.one::<UserByName>(reference.to_owned())?.map(|user| user.id))
}

/// Looks up what the input names; all unknown references are told at once, each at its field.
pub(crate) fn named(work: &mut UnitOfWork, input: &OrderInput) -> Outcome<Named> {
    let (named, errors) = look_up(work, input)?;
    Refusal::unless_valid(errors)?;
    named.ok_or_else(|| Refusal::invalid(Vec::new()).into())
}

/// What the input names, as far as it is known, and what is not.
pub(crate) fn look_up(work: &mut UnitOfWork, input: &OrderInput) -> Outcome<(Option<Named>, Vec<FieldError>)> {
    let company_id = work.company();
    work.want::<Company>([company_id]);
    let codes: Vec<String> = input.lines.iter().map(|line| line.product.clone()).collect();
    let found = product::by_id_or_code(work, &codes);
    let warehouse = match &input.warehouse {
        Some(reference) => warehouse::by_id_or_code(work, reference),
        None => warehouse::default(work),
    };
    let contract = contract(work, input);
    let customer = customer::by_id_or_code(work, &input.customer)?;
    let (found, warehouse, contract) = (found?, warehouse?, contract?);
    if let (Some(customer), Some(warehouse)) = (&customer, &warehouse) {
        want_for(work, customer, warehouse, &found);
        want_rate(work, customer, input)?;
    }
    let mut errors = Vec::new();
    for (place, (product, code)) in found.iter().zip(&codes).enumerate() {
        if product.is_none() {
            errors.push(unknown(format!("/lines/{place}/product_id"), code));
        }
    }
    for (place, (product, said)) in found.iter().zip(&input.lines).enumerate() {
        let Some(product) = product else { continue };
        if let Err(reason) = product.said(said.quantity, &said.unit) {
            errors.push(FieldError::new(format!("/lines/{place}/quantity"), reason));
        }
        errors.extend(product.configured(&said.choices, &format!("/lines/{place}/choices")).err().unwrap_or_default());
    }
    if warehouse.is_none() {
        errors.push(unknown("/warehouse_id", input.warehouse.as_deref().unwrap_or_default()));
    }
    let mut rep_id = customer.as_ref().and_then(|c| c.owner_id);
    if let Some(reference) = input.rep.as_deref().filter(|r| !r.is_empty()) {
        rep_id = rep(work, reference)?;
        if rep_id.is_none() {
            errors.push(unknown("/rep_id", reference));
        }
    }
    if customer.is_none() {
        errors.push(unknown("/customer_id", &input.customer));
    }
    if let Some(reference) = input.contract.as_deref().filter(|reference| !reference.is_empty() && contract.is_none()) {
        errors.push(unknown("/contract_id", reference));
    }
    let (Some(customer), Some(warehouse)) = (customer, warehouse) else { return Ok((None, errors)) };
    let addresses = work.of::<CustomerAddresses>(customer.id)?;
    let contacts = work.of::<CustomerContacts>(customer.id)?;
    let company = work.get(company_id)?;
    Ok((Some(Named { company, customer, contacts, addresses, rep_id, warehouse, products: found, contract }), errors))
}

/// The contract that the input names; what belongs to it is asked for with it.
fn contract(work: &mut UnitOfWork, input: &OrderInput) -> Outcome<Option<Held<Contract>>> {
    let Some(reference) = input.contract.as_deref().filter(|reference| !reference.is_empty()) else { return Ok(None) };
    if let Ok(id) = reference.parse::<domain::ContractId>() {
        work.want_of::<ContractLines>([id]);
    }
    contract::by_id_or_number(work, reference)
}

/// Asks for what an order of this customer needs to be priced, totalled and submitted, so that all of it comes in one round.
fn want_for(work: &mut UnitOfWork, customer: &Customer, warehouse: &Warehouse, products: &[Option<Held<Product>>]) {
    let products = || products.iter().flatten().map(|product| product.id);
    work.want_of::<CustomerContacts>([customer.id]);
    work.want_of::<CustomerAddresses>([customer.id]);
    work.want::<CustomerAccount>([customer.id]);
    work.want_of::<ActivePromotions>([customer.currency]);
    price::want(work, customer.id, products());
    stock::want(work, warehouse.id, products());
}

/// Asks for the rates that an order of a foreign customer looks at.
fn want_rate(work: &mut UnitOfWork, customer: &Customer, input: &OrderInput) -> Outcome<()> {
    let company = work.get::<Company>(work.company())?;
    if customer.currency != company.currency {
        exchange_rate::want(work, customer.currency, input.ordered_on.unwrap_or_else(|| today(work, &company)));
    }
    Ok(())
}

/// The day it is in the company.
pub(crate) fn today(work: &UnitOfWork, company: &Company) -> Date {
    work.now().date_in(&company.time_zone).unwrap_or_else(|| work.now().date_in("UTC").expect("UTC is a zone"))
}

/// A new head from what was said; what is left out comes from the customer.
pub(crate) fn head(work: &mut UnitOfWork, by: &Actor, id: OrderId, input: &OrderInput, named: &Named) -> Outcome<Order> {
    let (now, today) = (work.now(), today(work, &named.company));
    let mut order = Order::draft(id, &named.customer, &named.company, named.warehouse.id, by, (now, today));
    order.inquiry_id = input.inquiry_id;
    fill(&mut order, input, named)?;
    Ok(order)
}

/// Writes what was said into a head.
pub(crate) fn fill(order: &mut Order, input: &OrderInput, named: &Named) -> Outcome<()> {
    amounts(order, input)?;
    let contact = named.contacts.iter().find(|c| c.main).or(named.contacts.first());
    let address = named.addresses.iter().find(|a| a.main).or(named.addresses.first());
    let or = |given: &Option<String>, usual: Option<String>| given.clone().filter(|t| !t.trim().is_empty()).or(usual).unwrap_or_default();
    order.contact_name = or(&input.contact_name, contact.map(|c| c.name.clone()));
    order.contact_phone = or(&input.contact_phone, contact.map(|c| c.phone.clone()));
    order.receiver = or(&input.receiver, address.map(|a| a.receiver.clone()));
    order.delivery_address = or(&input.delivery_address, address.map(|a| full_address(a)));
    order.ordered_on = input.ordered_on.unwrap_or(order.ordered_on);
    order.required_on = input.required_on;
    order.promised_on = input.required_on;
    order.planned_ship_on = input.planned_ship_on;
    order.expected_on = input.expected_on;
    order.channel = input.channel.unwrap_or(named.customer.channel);
    order.category = input.category.unwrap_or(named.customer.category);
    let contract = named.contract.as_deref();
    let customer = &named.customer;
    let settlement = contract.and_then(|contract| contract.settlement).unwrap_or(customer.settlement);
    let deposit_rate = contract.and_then(|contract| contract.deposit_rate).unwrap_or(customer.deposit_rate);
    order.settlement = input.settlement.unwrap_or(settlement);
    order.deposit_rate = input.deposit_rate.unwrap_or(deposit_rate);
    order.tax_inclusive = input.tax_inclusive.unwrap_or(contract.map_or(customer.tax_inclusive, |contract| contract.tax_inclusive));
    order.contract_id = contract.map(|contract| contract.id);
    if let Some(reason) = &input.contract_reason {
        reason.trim().clone_into(&mut order.contract_reason);
    }
    if contract.is_none() {
        order.contract_reason.clear();
    }
    order.rep_id = named.rep_id;
    order.warehouse_id = named.warehouse.id;
    order.external_number.clone_from(&input.external_number);
    order.customer_po.clone_from(&input.customer_po);
    order.packing.clone_from(&input.packing);
    order.transport.clone_from(&input.transport);
    order.notes.clone_from(&input.notes);
    order.special_requirements.clone_from(&input.special_requirements);
    order.source.clone_from(&input.source);
    if let Some(declined) = &input.declined_promotions {
        order.promotions_declined = Kept::of(declined.clone());
    }
    Ok(())
}

fn amounts(order: &mut Order, input: &OrderInput) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    for (pointer, currency) in &input.currencies {
        if currency != order.currency.as_str() {
            errors.push(FieldError::new(pointer, FieldRule::WrongCurrency { currency: order.currency.as_str().to_owned() }));
        }
    }
    let mut take = |amount, pointer| {
        money(amount, order.currency, pointer).unwrap_or_else(|error| {
            errors.push(error);
            Money::ZERO
        })
    };
    let (freight, discount) = (take(input.freight, "/freight"), take(input.discount, "/discount"));
    let mut charges = Vec::with_capacity(input.charges.len());
    // What promotions give is calculated, whatever is sent of it.
    let said = input.charges.iter().enumerate().filter(|(_, charge)| charge.kind != ChargeKind::Promotion);
    for (place, charge) in said {
        match charge.charge(order.currency, &format!("/charges/{place}")) {
            Ok(charge) => charges.push(charge),
            Err(error) => errors.push(error),
        }
    }
    Refusal::unless_valid(errors)?;
    order.freight_minor = freight;
    order.discount_minor = discount;
    order.charges = Kept::of(charges);
    Ok(())
}

/// An address in a line, as its country writes it.
pub fn full_address(address: &CustomerAddress) -> String {
    // A municipality is its own province: 北京市 is not written twice.
    let city = if address.city == address.province { &String::new() } else { &address.city };
    let parts = [&address.province, city, &address.district, &address.street];
    let chinese = parts.iter().any(|p| !p.is_ascii());
    let between = if chinese { "" } else { ", " };
    parts.iter().filter(|p| !p.is_empty()).map(|p| p.as_str()).collect::<Vec<_>>().join(between)
}

/// The lines of an order with their prices, not yet totalled; a foreign order takes the rate of its date with them.
pub(crate) fn lines(work: &mut UnitOfWork, order: &mut Order, input: &[LineInput], named: &Named) -> Outcome<Vec<OrderLine>> {
    let products = &named.products;
    exchange_rate::take(work, order, &named.company)?;
    let quoted = quotation::quoted(work, order)?;
    let agreed = contract::agreed(work, order, &Vec::<Held<OrderLine>>::new())?.filter(|one| one.contract.customer_id == order.customer_id);
    let book = price::Book::of(work, Buyer::of(order, named.customer.grade))?;
    let mut lines = Vec::with_capacity(input.len());
    for (line_no, (said, product)) in (1..).zip(input.iter().zip(products)) {
        let Some(product) = product else { continue };
        // What was said in a unit the product has not, or chosen though it is forbidden, is told elsewhere: the line is still priced.
        let quantity = product.said(said.quantity, &said.unit).unwrap_or(Said { base: said.quantity, sold: None });
        let choices = product.options.look(&said.choices).configuration;
        let found = book.find(work, product.id, quantity.base, order.ordered_on)?;
        let mut line = OrderLine::of_said(order.id, line_no, product, quantity, choices);
        line.set_price_with(said.unit_price, found, order.currency == named.company.currency);
        line.take_quoted(said.unit_price, &quoted);
        line.take_agreed(said.unit_price, agreed.as_ref(), order);
        let last = work.find::<LastPrice>((order.customer_id, product.id))?;
        line.set_last_price(order, last.as_deref());
        line.price_reason.clone_from(&said.price_reason);
        line.discount_rate = said.discount_rate;
        line.tax_rate = said.tax_rate.unwrap_or(product.tax_rate);
        line.required_on = said.required_on;
        line.note.clone_from(&said.note);
        lines.push(line);
    }
    Ok(lines)
}

/// Refuses a number that this channel has given before, for ever (INT-08).
pub(crate) fn external_number_is_free(work: &mut UnitOfWork, order: &Order) -> Outcome<()> {
    if order.external_number.is_empty() {
        return Ok(());
    }
    let taken = work.of::<OrderByExternal>(order.external_number.clone())?;
    if taken.iter().any(|other| other.channel == order.channel && other.id != order.id) {
        let rule = FieldRule::Taken { value: order.external_number.clone() };
        return Err(Refusal::field("/external_number", rule).into());
    }
    Ok(())
}
