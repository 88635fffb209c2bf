//! Entries of the price book of an import.

use domain::{Channel, Code, CustomerId, Grade, Price, PriceId, Quantity, SalesCategory, Selector, Version};

use super::{Fate, Found, Planning};
use crate::import::field::{Noun, price as f};
use crate::import::record::Record;

const PLACES: &[(&str, usize)] = &[("/min_quantity", f::MIN_QUANTITY), ("/unit_price", f::UNIT_PRICE), ("/valid_to", f::VALID_TO)];

fn selector<C: Code>(record: &Record, field: usize) -> Selector<C> {
    Selector::of(record.code(field).and_then(C::parse))
}

impl Planning<'_> {
    /// An entry is the same one when product, customer, grade, category, channel, currency, quantity and first day are.
    pub(super) fn prices(&mut self) {
        let batch = self.batch;
        for record in batch.of(Noun::Prices) {
            if batch.is_flawed(record) {
                self.tally(Noun::Prices).errors += 1;
                continue;
            }
            let errors = self.problems.len();
            let (product, customer) = (self.product(record, f::PRODUCT), self.customer(record, f::CUSTOMER));
            let (customer_id, customer_code) = match customer {
                Found::One(file) => (file.customer.id, file.customer.code),
                Found::Unnamed => (CustomerId::NONE, String::new()),
                Found::Wrong => (CustomerId::NONE, "?".to_owned()),
            };
            let (Found::One(product), Some(unit_price_micro), true) = (product, record.unit_price(f::UNIT_PRICE), customer_code != "?")
            else {
                self.tally(Noun::Prices).errors += 1;
                continue;
            };
            let min_quantity_micro = record.quantity(f::MIN_QUANTITY).unwrap_or(Quantity::ZERO);
            let known = self.known;
            let entries = known.prices.get(&(product.id, customer_id)).map_or(&[][..], Vec::as_slice);
            let said = record.date(f::VALID_FROM);
            let mut entry = Price {
                id: PriceId::from_raw(0),
                version: Version::FIRST,
                product_id: product.id,
                customer_id,
                grade: selector::<Grade>(record, f::GRADE),
                category: selector::<SalesCategory>(record, f::CATEGORY),
                channel: selector::<Channel>(record, f::CHANNEL),
                currency: self.currency(record, f::CURRENCY, known.company.currency),
                min_quantity_micro,
                unit_price_micro,
                valid_from: said.unwrap_or(known.today),
                valid_to: record.date(f::VALID_TO),
            };
            let same_step = |other: &&Price| match said {
                Some(_) => other.is_same_step(&entry),
                None => other.is_same_step(&Price { valid_from: other.valid_from, ..entry.clone() }),
            };
            let before = entries.iter().filter(same_step).max_by_key(|entry| entry.valid_from);
            if let Some(before) = before {
                entry.valid_from = before.valid_from;
                entry.valid_to = entry.valid_to.or(before.valid_to);
            }
            let buyers = [entry.grade.as_str(), entry.category.as_str(), entry.channel.as_str(), entry.currency.as_str()].join(" ");
            let key = format!("{} {customer_code} {buyers} {} {}", product.code, min_quantity_micro.decimal(), entry.valid_from);
            if !self.is_first(Noun::Prices, key, record) {
                continue;
            }
            entry.id = before.map_or_else(|| PriceId::from_raw((self.id)()), |entry| entry.id);
            entry.version = before.map_or(Version::FIRST, |entry| entry.version);
            self.note(record, entry.check(), PLACES);
            if self.problems.len() > errors {
                self.tally(Noun::Prices).errors += 1;
                continue;
            }
            if let Some(fate) = self.price_fate(before, entry) {
                self.plan.prices.push((fate, product.code, customer_code));
            }
        }
    }
    /// What becomes of an entry, counted; nothing where it is the same.
    fn price_fate(&mut self, before: Option<&Price>, entry: Price) -> Option<Fate<Price>> {
        let tally = self.tally(Noun::Prices);
        match before {
            None => {
                tally.new += 1;
                Some(Fate::New(entry))
            }
            Some(before) if *before == entry => {
                tally.same += 1;
                None
            }
            Some(before) => {
                tally.changed += 1;
                let changes = entry.changes_from(before);
                Some(Fate::Changed(entry, changes))
            }
        }
    }
}
