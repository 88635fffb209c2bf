//! Stock of an import: what is counted is what lies there from then on.

use domain::{FieldRule, Reason, Stock};

use super::{Found, Planning, StockChange};
use crate::import::field::{Noun, stock as f};

impl Planning<'_> {
    pub(super) fn stock(&mut self) {
        let batch = self.batch;
        for record in batch.of(Noun::Stock) {
            if batch.is_flawed(record) {
                self.tally(Noun::Stock).errors += 1;
                continue;
            }
            let errors = self.problems.len();
            let (product, warehouse) = (self.product(record, f::PRODUCT), self.warehouse(record, f::WAREHOUSE));
            let (Found::One(product), Found::One(warehouse), Some(counted)) = (product, warehouse, record.quantity(f::ON_HAND)) else {
                self.tally(Noun::Stock).errors += 1;
                continue;
            };
            if !self.is_first(Noun::Stock, format!("{} {}", product.code, warehouse.code), record) {
                continue;
            }
            let none = Stock::none(product.id, warehouse.id);
            let before = self.known.stock.get(&(product.id, warehouse.id));
            let stock = before.unwrap_or(&none);
            if counted.is_negative() {
                self.wrong(record, f::ON_HAND, FieldRule::Negative);
            } else if counted == stock.plain() {
                self.tally(Noun::Stock).same += 1;
                continue;
            }
            match stock.adjust(counted, &product.code, &product.unit) {
                Ok(difference) if self.problems.len() == errors => {
                    let opening = before.is_none();
                    let tally = self.tally(Noun::Stock);
                    if opening {
                        tally.new += 1
                    } else {
                        tally.changed += 1
                    }
                    self.plan.stock.push(StockChange { product, warehouse, difference, opening });
                    continue;
                }
                Err(rejection) if self.problems.len() == errors => self.wrong(record, f::ON_HAND, Reason::from(rejection)),
                _ => {}
            }
            self.tally(Noun::Stock).errors += 1;
        }
    }
}
