//! Entries of the price book of an import.

use domain::{CustomerId, Price, PriceId, Quantity, Version};

use super::{Fate, Found, Planning};
use crate::import::field::{Noun, price as f};

const PLACES: &[(&str, usize)] = &[("/min_quantity", f::MIN_QUANTITY), ("/unit_price", f::UNIT_PRICE), ("/valid_to", f::VALID_TO)];

impl Planning<'_> {
    /// An entry is the same one when product, customer, quantity and first day are.
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
            let entries = self.known.prices.get(&(product.id, customer_id)).map_or(&[][..], Vec::as_slice);
            let valid_from = record.date(f::VALID_FROM);
            let same_step =
                |entry: &&Price| entry.min_quantity_micro == min_quantity_micro && valid_from.is_none_or(|day| entry.valid_from == day);
            let before = entries.iter().filter(same_step).max_by_key(|entry| entry.valid_from);
            let valid_from = valid_from.or(before.map(|entry| entry.valid_from)).unwrap_or(self.known.today);
            let key = format!("{} {customer_code} {} {valid_from}", product.code, min_quantity_micro.decimal());
            if !self.is_first(Noun::Prices, key, record) {
                continue;
            }
            let id = before.map_or_else(|| PriceId::from_raw((self.id)()), |entry| entry.id);
            let version = before.map_or(Version::FIRST, |entry| entry.version);
            let valid_to = record.date(f::VALID_TO).or(before.and_then(|entry| entry.valid_to));
            let entry =
                Price { id, version, product_id: product.id, customer_id, min_quantity_micro, unit_price_micro, valid_from, valid_to };
            self.note(record, entry.check(), PLACES);
            if self.problems.len() > errors {
                self.tally(Noun::Prices).errors += 1;
                continue;
            }
            let fate = match before {
                None => Fate::New(entry),
                Some(before) if *before == entry => {
                    self.tally(Noun::Prices).same += 1;
                    continue;
                }
                Some(before) => {
                    let changes = entry.changes_from(before);
                    Fate::Changed(entry, changes)
                }
            };
            let tally = self.tally(Noun::Prices);
            if matches!(fate, Fate::New(_)) {
                tally.new += 1
            } else {
                tally.changed += 1
            }
            self.plan.prices.push((fate, product.code, customer_code));
        }
    }
}
