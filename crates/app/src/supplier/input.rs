//! What is said of a supplier, and the checks that need other rows.

use domain::{
    Calendar, Company, Currency, FieldError, Instant, Product, Quantity, Rate, Refusal, Supplier, SupplierId, SupplierProduct,
    SupplierRule, UnitPrice, Version,
};
use store::rows::{ProductSuppliers, SupplierByCode};
use store::{Held, Outcome, UnitOfWork};

use crate::field::{taken, unknown};
use crate::product;

/// A supplier, as it is to be. References are ids or codes.
#[derive(Clone, Debug, PartialEq)]
pub struct SupplierInput {
    /// Code, unique in the company.
    pub code: String,
    /// Name.
    pub name: String,
    /// Whom to talk to.
    pub contact: String,
    /// Phone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Address.
    pub address: String,
    /// Of its prices; `None`: the company's.
    pub currency: Option<Currency>,
    /// Days to pay an invoice of it.
    pub terms_days: i64,
    /// Days from order to arrival it states.
    pub lead_days: i64,
    /// Code of the calendar of days on which goods of it arrive; empty: any day.
    pub calendar: String,
    /// How much more than ordered is taken.
    pub over_tolerance: Rate,
    /// How much less completes a line.
    pub under_tolerance: Rate,
    /// Anything else.
    pub notes: String,
    /// Whether new purchase orders may go to it.
    pub active: bool,
    /// What it supplies.
    pub products: Vec<SuppliedInput>,
}

/// A product that it supplies, as it is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct SuppliedInput {
    /// Which.
    pub product: String,
    /// Its code of it.
    pub supplier_code: String,
    /// Price of one base unit.
    pub unit_price: UnitPrice,
    /// The least that is ordered at once.
    pub minimum: Quantity,
    /// It is ordered in multiples of this.
    pub multiple: Quantity,
    /// Days from order to arrival; nothing: as the supplier states.
    pub lead_days: Option<i64>,
    /// The same of a rush order; nothing: none.
    pub rush_lead_days: Option<i64>,
    /// Surcharge as a share of the price.
    pub rush_rate: Rate,
    /// Surcharge for each base unit.
    pub rush_amount: UnitPrice,
    /// Whether it is ordered here first.
    pub preferred: bool,
}

/// What the input comes to.
pub(super) struct Read {
    pub supplier: Supplier,
    pub products: Vec<SupplierProduct>,
    pub files: Vec<Held<Product>>,
}

impl SupplierInput {
    /// The supplier with this content.
    ///
    /// # Errors
    /// `invalid` with everything that is wrong at its field.
    pub(super) fn read(&self, work: &mut UnitOfWork, id: SupplierId, version: Version, created_at: Instant) -> Outcome<Read> {
        let company = work.company();
        work.want::<Company>([company]);
        let named: Vec<String> = self.products.iter().map(|one| one.product.clone()).collect();
        let found = product::by_id_or_code(work, &named);
        let same = work.one::<SupplierByCode>(self.code.trim().to_owned());
        let calendar = self.calendar.trim();
        let hours = if calendar.is_empty() { Ok(None) } else { work.find::<Calendar>(calendar.to_owned()) };
        let (found, same, hours, company) = (found?, same?, hours?, work.get::<Company>(company)?);
        let mut errors = Vec::new();
        if same.is_some_and(|other| other.id != id) {
            errors.push(taken("/code", self.code.trim()));
        }
        if !calendar.is_empty() && hours.is_none() {
            errors.push(unknown("/calendar", calendar));
        }
        let (mut products, mut files) = (Vec::new(), Vec::new());
        for (place, (file, said)) in found.into_iter().zip(&self.products).enumerate() {
            let Some(file) = file else {
                errors.push(unknown(format!("/products/{place}/product_id"), &said.product));
                continue;
            };
            products.push(said.product(id, &file));
            files.push(file);
        }
        let supplier = self.supplier(id, version, created_at, company.currency);
        if errors.is_empty() {
            errors = supplier.check(&products);
        }
        Refusal::unless_valid(errors)?;
        Refusal::unless_valid(preferred_elsewhere(work, id, &products)?)?;
        Ok(Read { supplier, products, files })
    }

    fn supplier(&self, id: SupplierId, version: Version, created_at: Instant, currency: Currency) -> Supplier {
        let text = |text: &String| text.trim().to_owned();
        let (code, name) = (text(&self.code), text(&self.name));
        Supplier {
            id,
            version,
            search: Supplier::search_of(&name, &code),
            code,
            name,
            contact: text(&self.contact),
            phone: text(&self.phone),
            email: text(&self.email),
            address: text(&self.address),
            currency: self.currency.unwrap_or(currency),
            terms_days: self.terms_days,
            lead_days: self.lead_days,
            calendar: text(&self.calendar),
            over_tolerance: self.over_tolerance,
            under_tolerance: self.under_tolerance,
            notes: text(&self.notes),
            active: self.active,
            created_at,
        }
    }
}

impl SuppliedInput {
    fn product(&self, supplier_id: SupplierId, file: &Product) -> SupplierProduct {
        SupplierProduct {
            supplier_id,
            product_id: file.id,
            supplier_code: self.supplier_code.trim().to_owned(),
            unit_price_micro: self.unit_price,
            minimum_micro: self.minimum,
            multiple_micro: self.multiple,
            lead_days: self.lead_days,
            rush_lead_days: self.rush_lead_days,
            rush_rate: self.rush_rate,
            rush_amount_micro: self.rush_amount,
            preferred: self.preferred,
        }
    }
}

/// Products that another supplier is the preferred one of; an index of the database holds the same between processes.
fn preferred_elsewhere(work: &mut UnitOfWork, id: SupplierId, products: &[SupplierProduct]) -> Outcome<Vec<FieldError>> {
    let preferred = || products.iter().enumerate().filter(|(_, one)| one.preferred);
    work.want_of::<ProductSuppliers>(preferred().map(|(_, one)| one.product_id));
    let mut others = Vec::new();
    for (place, one) in preferred() {
        let all = work.of::<ProductSuppliers>(one.product_id)?;
        others.extend(all.iter().find(|other| other.preferred && other.supplier_id != id).map(|other| (place, other.supplier_id)));
    }
    work.want::<Supplier>(others.iter().map(|(_, supplier)| *supplier));
    let mut errors = Vec::new();
    for (place, supplier) in others {
        let supplier = work.get::<Supplier>(supplier)?;
        let rule = SupplierRule::OtherPreferred { supplier: format!("{} {}", supplier.code, supplier.name) };
        errors.push(FieldError::new(format!("/products/{place}/preferred"), rule));
    }
    Ok(errors)
}
