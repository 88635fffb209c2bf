//! Rows to work on.

use domain::{
    Channel, Currency, Customer, CustomerContact, CustomerId, Grade, Instant, Language, Product, ProductId, Rate, SalesCategory,
    Settlement, Version,
};

/// A product.
pub fn product(id: ProductId, code: &str) -> Product {
    Product { code: code.into(), name: String::new(), unit: "台".into(), ..Product::blank(id, Instant::from_micros(0)) }
}

/// A customer.
pub fn customer(id: CustomerId) -> Customer {
    let text = String::new;
    Customer {
        id,
        version: Version::FIRST,
        code: format!("C{}", id.raw()),
        name: text(),
        short_name: text(),
        search: text(),
        credit_code: text(),
        grade: Grade::B,
        channel: Channel::Phone,
        category: SalesCategory::Direct,
        settlement: Settlement::Monthly,
        terms_days: 30,
        deposit_rate: Rate::ZERO,
        currency: Currency::CNY,
        language: Language::ZhCn,
        tax_inclusive: true,
        owner_id: None,
        bank: text(),
        bank_account: text(),
        invoice_title: text(),
        invoice_address: text(),
        notes: text(),
        active: true,
        verified: true,
        merged_into: None,
        former: String::new(),
        created_at: Instant::from_micros(0),
    }
}

/// A contact of a customer.
pub fn contact(customer_id: CustomerId, position: i64) -> CustomerContact {
    let text = String::new;
    CustomerContact { customer_id, position, name: text(), job: text(), phone: text(), email: text(), main: false }
}
