//! Master data of the demo: two warehouses, forty customers, sixty products and their prices.

use domain::{
    Actor, Channel, Conversion, Currency, CustomerAddress, CustomerContact, CustomerId, Date, Grade, Language, Money, ProductKind,
    Quantity, Rate, SalesCategory, Selector, Settlement, TaxCategory, UnitPrice, VerifyCheck,
};
use store::{Failure, Outcome, UnitOfWork};

use super::dice::Dice;
use super::people::{ADMIN, Staff};
use crate::customer::{CustomerInput, deactivate as deactivate_customer};
use crate::exchange_rate::ExchangeRateInput;
use crate::price::PriceInput;
use crate::product::{ListPrice, ProductInput, StandardCost, deactivate as deactivate_product};
use crate::saved::Saved;
use crate::warehouse::WarehouseInput;
use crate::{App, customer, exchange_rate, price, product, warehouse};

/// The two warehouses: code, name, address.
pub const WAREHOUSES: [(&str, &str, &str); 2] =
    [("W1", "华东总仓", "江苏省苏州市昆山市花桥镇物流大道1号"), ("W2", "华南分仓", "广东省东莞市石排镇工业大道58号")];

/// A customer and what the stories look at.
#[derive(Clone, Debug)]
pub struct Customer {
    /// The whole file.
    pub input: CustomerInput,
    /// Place in [`WAREHOUSES`] of the one that serves it.
    pub warehouse: usize,
}

/// A product and what the stories look at.
#[derive(Clone, Debug)]
pub struct Product {
    /// The whole product.
    pub input: ProductInput,
    /// Its list price.
    pub price: UnitPrice,
    /// An order takes at least so many.
    pub least: i64,
    /// And seldom more than so many.
    pub most: i64,
}

fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// All customers, in the order of their codes.
pub fn customers() -> Vec<Customer> {
    let mut dice = Dice::new(40);
    rows(include_str!("data/customers.tsv")).map(|row| customer_of(&row, &mut dice)).collect()
}

fn code<C: domain::Code>(text: &str) -> C {
    C::parse(text).unwrap_or_else(|| panic!("{text} in the demo's data is no {}", C::GROUP))
}

fn number(text: &str) -> i64 {
    text.parse().unwrap_or_else(|_| panic!("{text} in the demo's data is no number"))
}

fn country(chinese: bool, city: &str) -> &'static str {
    match (chinese, city) {
        (true, _) => "中国",
        (false, "Singapore") => "Singapore",
        (false, _) => "Netherlands",
    }
}

fn customer_of(row: &[&str], dice: &mut Dice) -> Customer {
    #[rustfmt::skip]
    let [id, short, name, credit, province, city, district, street, category, channel, settlement, terms, deposit, grade, limit, owner, first, second, bank, currency] = row
    else {
        panic!("a row of the demo's customers has {} columns", row.len())
    };
    let currency = Currency::parse(currency).unwrap_or(Currency::CNY);
    let phone = |dice: &mut Dice| format!("139{:04}{:04}", dice.between(0, 99), dice.between(1000, 9999));
    let people = [first, second].into_iter().filter_map(|text| text.split_once('/'));
    let contacts: Vec<CustomerContact> =
        people.enumerate().map(|(place, (name, job))| contact(name, job, phone(dice), short, place == 0)).collect();
    let south = ["广东", "广西", "海南", "福建", "湖南", "云南", "贵州"].iter().any(|name| province.starts_with(name));
    let chinese = !province.is_empty();
    let address = address([province, city, district, street], contacts.last());
    let account =
        if bank.is_empty() { String::new() } else { format!("6222{:08}{:07}", dice.between(0, 99_999_999), dice.between(0, 9_999_999)) };
    let input = CustomerInput {
        code: (*id).to_owned(),
        name: (*name).to_owned(),
        short_name: (*short).to_owned(),
        credit_code: (*credit).to_owned(),
        grade: Some(code::<Grade>(grade)),
        channel: code::<Channel>(channel),
        category: code::<SalesCategory>(category),
        settlement: code::<Settlement>(settlement),
        terms_days: number(terms),
        deposit_rate: Rate::from_bp(number(deposit) * 100),
        credit_limit: (!limit.is_empty()).then(|| Money::from_minor(number(limit) * 100)),
        grace_days: domain::GRACE_DAYS,
        currency,
        language: if chinese { Language::ZhCn } else { Language::En },
        tax_inclusive: *category == "supermarket",
        owner: Some((*owner).to_owned()),
        bank: (*bank).to_owned(),
        bank_account: account,
        invoice_title: if credit.is_empty() { String::new() } else { (*name).to_owned() },
        invoice_address: if credit.is_empty() { String::new() } else { format!("{province}{city}{district}{street}") },
        notes: String::new(),
        contacts,
        addresses: vec![address],
        duplicate_reason: String::new(),
        similar: Vec::new(),
    };
    Customer { input, warehouse: usize::from(south) }
}

/// Where the goods go; the last of the contacts takes them.
fn address([province, city, district, street]: [&str; 4], receiver: Option<&CustomerContact>) -> CustomerAddress {
    CustomerAddress {
        customer_id: CustomerId::NONE,
        position: 1,
        label: "收货地址".to_owned(),
        receiver: receiver.map(|contact| contact.name.clone()).unwrap_or_default(),
        phone: receiver.map(|contact| contact.phone.clone()).unwrap_or_default(),
        country: country(!province.is_empty(), city).to_owned(),
        province: province.to_owned(),
        city: city.to_owned(),
        district: district.to_owned(),
        street: street.to_owned(),
        postal_code: String::new(),
        main: true,
    }
}

fn contact(name: &str, job: &str, phone: String, short: &str, main: bool) -> CustomerContact {
    let host: String = short.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let email = if host.is_empty() {
        String::new()
    } else {
        format!("{}@{host}.example", name.split(' ').next().unwrap_or_default().to_lowercase())
    };
    CustomerContact { customer_id: CustomerId::NONE, position: 1, name: name.to_owned(), job: job.to_owned(), phone, email, main }
}

/// All products, in the order of the file.
pub fn products() -> Vec<Product> {
    rows(include_str!("data/products.tsv")).map(|row| product_of(&row)).collect()
}

fn product_of(row: &[&str]) -> Product {
    let [id, name, spec, unit, kind, category, tax, rate, price, weight, lead, over, under, least, most, barcode] = row else {
        panic!("a row of the demo's products has {} columns", row.len())
    };
    let price = UnitPrice::parse(price).unwrap_or_else(|_| panic!("{price} in the demo's data is no price"));
    let percent = |text: &str| Rate::from_bp(number(text) * 100);
    let input = ProductInput {
        code: (*id).to_owned(),
        name: (*name).to_owned(),
        spec: (*spec).to_owned(),
        unit: (*unit).to_owned(),
        kind: code::<ProductKind>(kind),
        category: (*category).to_owned(),
        barcode: (*barcode).to_owned(),
        tax_category: code::<TaxCategory>(tax),
        tax_rate: percent(rate),
        list_price: ListPrice::Set(price),
        standard_cost: standard_cost(price, category),
        floor_price: StandardCost::Keep,
        lead_days: number(lead),
        over_tolerance: percent(over),
        under_tolerance: percent(under),
        weight_g: number(weight),
        details: Default::default(),
        notes: String::new(),
    };
    Product { input, price, least: number(least), most: number(most) }
}

/// What a unit costs: a share of its price, tax included, that is usual in its group, to four decimals. Nobody knows what a service costs.
fn standard_cost(price: UnitPrice, category: &str) -> StandardCost {
    let percent = match category {
        "文化用纸" => 78,
        "办公用纸" => 74,
        "定制纸品" => 70,
        "瓦楞包装" => 68,
        "胶带薄膜" | "仓储器具" => 66,
        "包装设备" => 64,
        "定制包装" => 60,
        "标签耗材" => 58,
        "五金工具" => 56,
        _ => return StandardCost::Keep,
    };
    StandardCost::Set(UnitPrice::from_micro(price.micro() * percent / 10_000 * 100))
}

/// Keeps all of it, through the use cases. Prices hold from `since`.
pub async fn keep(app: &App, staff: &Staff, customers: &[Customer], products: &[Product], since: Date) -> Result<(), Failure> {
    let by = staff.by(ADMIN);
    let warehouse = |(code, name, address): (&str, &str, &str)| WarehouseInput {
        code: code.to_owned(),
        name: name.to_owned(),
        address: address.to_owned(),
        active: true,
        also_from: Vec::new(),
    };
    each(app, by, WAREHOUSES.map(warehouse).to_vec(), warehouse::create::create).await?;
    each(app, by, exchange_rates(since), exchange_rate::create::create).await?;
    each(app, by, customers.iter().map(|customer| customer.input.clone()).collect(), customer::create::create).await?;
    // The last ones are still to be verified.
    let known = customers.iter().take(customers.len() - 3).map(|customer| customer.input.clone());
    each(app, staff.by("finance"), known.collect(), verified).await?;
    each(app, by, products.iter().map(|product| product.input.clone()).collect(), product::create::create).await?;
    each(app, by, prices(customers, products, since), price::create::create).await
}

/// A customer that was looked at.
fn verified(work: &mut UnitOfWork, by: &Actor, input: &CustomerInput) -> Outcome<Saved> {
    let found = customer::by_id_or_code(work, &input.code)?;
    let id = found.map_or(CustomerId::NONE, |found| found.id);
    customer::verify::verify(work, by, id, None, (VerifyCheck::ALL, ""))
}

/// What foreign currencies are worth, anew each month.
fn exchange_rates(since: Date) -> Vec<ExchangeRateInput> {
    let mut dice = Dice::new(11);
    let mut all = Vec::new();
    for month in 0..4 {
        let valid_from = Some(since.plus_days(month * 30));
        for (code, ten_thousandths) in [("EUR", 81_500), ("USD", 71_200)] {
            let rate = Conversion::from_nano((ten_thousandths + dice.between(-600, 600)) * 100_000);
            let currency = Currency::parse(code).unwrap_or(Currency::CNY);
            all.push(ExchangeRateInput { currency, valid_from, rate });
        }
    }
    all
}

/// Runs a use case for each of them, some in one transaction.
async fn each<T: Clone + Send + 'static>(
    app: &App,
    by: &Actor,
    inputs: Vec<T>,
    act: fn(&mut UnitOfWork, &Actor, &T) -> Outcome<Saved>,
) -> Result<(), Failure> {
    for some in inputs.chunks(10) {
        let some = some.to_vec();
        app.command(by, None, move |work, by| some.iter().try_for_each(|input| act(work, by, input).map(drop))).await?;
    }
    Ok(())
}

/// Steps for larger quantities for everybody, and prices agreed with the best customers.
fn prices(customers: &[Customer], products: &[Product], since: Date) -> Vec<PriceInput> {
    let mut dice = Dice::new(7);
    let less = |price: UnitPrice, percent: i64| UnitPrice::from_micro(price.micro() * (100 - percent) / 100 / 100 * 100);
    let entry = |product: &Product, customer: Option<&Customer>, from: i64, percent: i64| PriceInput {
        product: product.input.code.clone(),
        customer: customer.map(|customer| customer.input.code.clone()),
        grade: Selector::Any,
        category: Selector::Any,
        channel: Selector::Any,
        currency: None,
        min_quantity: Quantity::units(from),
        unit: None,
        unit_price: less(product.price, percent),
        valid_from: Some(since),
        valid_to: None,
    };
    let mut all = Vec::new();
    for product in products.iter().filter(|product| product.most >= 500) {
        all.push(entry(product, None, product.most / 4, 3));
        all.push(entry(product, None, product.most / 2, 5));
    }
    let best = customers.iter().filter(|customer| customer.input.grade == Some(Grade::A) && customer.input.currency == Currency::CNY);
    for customer in best {
        let mut places: Vec<usize> = (0..products.len()).collect();
        dice.shuffle(&mut places);
        for place in &places[..3] {
            let product = &products[*place];
            let percent = dice.between(3, 8);
            all.push(entry(product, Some(customer), 0, percent));
            all.push(entry(product, Some(customer), (product.most / 2).max(product.least + 1), percent + 2));
        }
    }
    all
}

/// One customer and one product that are not sold to or sold any more.
pub async fn retire(app: &App, staff: &Staff) -> Result<(), Failure> {
    let by = staff.by(ADMIN);
    app.command(by, None, |work, by| {
        let found = customer::by_id_or_code(work, "C1040")?;
        found.map_or(Ok(()), |found| deactivate_customer::deactivate(work, by, found.id, None).map(drop))
    })
    .await?;
    app.command(by, None, |work, by| {
        let found = product::by_id_or_code(work, &["TS-001".to_owned()])?.pop().flatten();
        found.map_or(Ok(()), |found| deactivate_product::deactivate(work, by, found.id, None).map(drop))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_barcodes_are_real() {
        let customers = customers();
        assert_eq!(customers.len(), 40);
        for customer in customers.iter().filter(|customer| !customer.input.credit_code.is_empty()) {
            assert!(domain::parse_credit_code(&customer.input.credit_code).is_ok(), "{}", customer.input.code);
        }
        let products = products();
        assert_eq!(products.len(), 60);
        assert!(products.iter().filter(|product| !product.input.barcode.is_empty()).count() > 25);
        for product in products.iter().filter(|product| !product.input.barcode.is_empty()) {
            assert!(domain::parse_gtin(&product.input.barcode).is_ok(), "{}", product.input.code);
        }
    }
}
