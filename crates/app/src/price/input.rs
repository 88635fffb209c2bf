//! What is said of an entry of the price book, and the checks that need other rows.

use domain::{
    Channel, Company, Currency, CustomerId, Date, FieldError, FieldRule, Grade, Price, PriceId, PriceRejection, ProductId, Quantity,
    Refusal, SalesCategory, Selector, UnitPrice, Version,
};
use store::rows::Prices;
use store::{Outcome, UnitOfWork};

use crate::field::unknown;
use crate::{customer, product};

/// An entry of the price book, as it is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceInput {
    /// Id or code of the product.
    pub product: String,
    /// Id or code of the customer; `None`: for everybody.
    pub customer: Option<String>,
    /// For customers of which grade.
    pub grade: Selector<Grade>,
    /// For orders of which sales category.
    pub category: Selector<SalesCategory>,
    /// For orders from which channel.
    pub channel: Selector<Channel>,
    /// The currency of the price and of the orders it is for; `None`: the company's.
    pub currency: Option<Currency>,
    /// From this quantity on.
    pub min_quantity: Quantity,
    /// The unit of the quantity, where one was said: it must be the product's.
    pub unit: Option<String>,
    /// Price of one unit in that currency.
    pub unit_price: UnitPrice,
    /// First day; `None`: today.
    pub valid_from: Option<Date>,
    /// Last day, or open.
    pub valid_to: Option<Date>,
}

/// What an entry speaks of.
pub(crate) struct Named {
    pub product_id: ProductId,
    pub product_code: String,
    pub customer_id: CustomerId,
    /// Empty for everybody.
    pub customer_code: String,
    pub today: Date,
    /// Of the company's books.
    pub books: Currency,
}

impl PriceInput {
    /// Looks up what the entry names.
    pub(crate) fn named(&self, work: &mut UnitOfWork) -> Outcome<Named> {
        let company_id = work.company();
        work.want::<Company>([company_id]);
        let reference = self.customer.as_deref().map(str::trim).filter(|reference| !reference.is_empty());
        let found = product::by_id_or_code(work, std::slice::from_ref(&self.product));
        let customer = match reference {
            Some(reference) => customer::by_id_or_code(work, reference)?,
            None => None,
        };
        let product = found?.pop().flatten();
        let mut errors: Vec<FieldError> = Vec::new();
        if reference.is_some() && customer.is_none() {
            errors.push(unknown("/customer_id", reference.unwrap_or_default()));
        }
        let Some(product) = product else {
            errors.insert(0, unknown("/product_id", &self.product));
            return Err(Refusal::invalid(errors).into());
        };
        if self.unit.as_ref().is_some_and(|unit| *unit != product.unit) {
            errors.push(FieldError::new("/min_quantity", FieldRule::WrongUnit { unit: product.unit.clone() }));
        }
        Refusal::unless_valid(errors)?;
        let company = work.get::<Company>(company_id)?;
        let (today, books) = (company.date_of(work.now()), company.currency);
        let (customer_id, customer_code) =
            customer.map_or((CustomerId::NONE, String::new()), |customer| (customer.id, customer.code.clone()));
        Ok(Named { product_id: product.id, product_code: product.code.clone(), customer_id, customer_code, today, books })
    }

    /// The entry that was described, where nothing is wrong with it.
    pub(crate) fn price(&self, work: &mut UnitOfWork, id: PriceId, version: Version, named: &Named) -> Outcome<Price> {
        let price = Price {
            id,
            version,
            product_id: named.product_id,
            customer_id: named.customer_id,
            grade: self.grade,
            category: self.category,
            channel: self.channel,
            currency: self.currency.unwrap_or(named.books),
            min_quantity_micro: self.min_quantity,
            unit_price_micro: self.unit_price,
            valid_from: self.valid_from.unwrap_or(named.today),
            valid_to: self.valid_to,
        };
        Refusal::unless_valid(price.check())?;
        let entries = work.of::<Prices>((named.product_id, named.customer_id))?;
        if entries.iter().any(|entry| entry.id != id && entry.is_same_step(&price)) {
            return Err(PriceRejection::SameStep.into());
        }
        Ok(price)
    }
}
