//! Products of an import, with their list prices.

use domain::{
    Act, Buyer, Change, CustomerId, FieldRule, Kept, Price, PriceId, Product, ProductId, ProductKind, ProductUnit, Quantity, Selector,
    TaxCategory, Tracking, UnitRule, Version, find_price, parse_gtin,
};

use super::{Fate, Planning};
use crate::import::field::{Noun, product as f};
use crate::import::record::Record;

const PLACES: &[(&str, usize)] = &[
    ("/code", f::CODE),
    ("/name", f::NAME),
    ("/spec", f::SPEC),
    ("/unit", f::UNIT),
    ("/category", f::CATEGORY),
    ("/barcode", f::BARCODE),
    ("/tax_rate", f::TAX_RATE),
    ("/standard_cost", f::STANDARD_COST),
    ("/floor_price", f::FLOOR_PRICE),
    ("/lead_days", f::LEAD_DAYS),
    ("/over_tolerance", f::OVER_TOLERANCE),
    ("/under_tolerance", f::UNDER_TOLERANCE),
    ("/weight_g", f::WEIGHT_G),
    ("/units", f::UNITS),
    ("/length_mm", f::LENGTH_MM),
    ("/width_mm", f::WIDTH_MM),
    ("/height_mm", f::HEIGHT_MM),
    ("/shelf_days", f::SHELF_DAYS),
    ("/pack_quantity", f::PACK_QUANTITY),
    ("/packing_rules", f::PACKING_RULES),
    ("/quality_standard", f::QUALITY_STANDARD),
    ("/notes", f::NOTES),
];

fn put(record: &Record, field: usize, text: &mut String) {
    if let Some(given) = record.text(field) {
        given.trim().clone_into(text);
    }
}

impl Planning<'_> {
    pub(super) fn products(&mut self) {
        let batch = self.batch;
        for record in batch.of(Noun::Products) {
            let Some(code) = record.text(f::CODE).map(str::to_owned) else { continue };
            if !self.is_first(Noun::Products, code.clone(), record) {
                continue;
            }
            let before = self.known.products.get(&code);
            let errors = self.problems.len();
            let product = self.as_described(record, &code, before);
            self.check_product(record, &product);
            self.products.insert(code, product.clone());
            if self.problems.len() > errors || batch.is_flawed(record) {
                self.tally(Noun::Products).errors += 1;
                continue;
            }
            let priced = self.list_price(record, &product);
            match before {
                None => {
                    self.tally(Noun::Products).new += 1;
                    self.plan.products.push(Fate::New(product));
                }
                Some(before) if *before == product && !priced => self.tally(Noun::Products).same += 1,
                Some(before) => {
                    self.tally(Noun::Products).changed += 1;
                    let changes = product.changes_from(before);
                    if *before != product {
                        self.plan.products.push(Fate::Changed(product, changes));
                    }
                }
            }
        }
    }

    fn as_described(&mut self, record: &Record, code: &str, before: Option<&Product>) -> Product {
        let mut product = before.cloned().unwrap_or_else(|| Product {
            code: code.to_owned(),
            tax_rate: self.known.company.default_tax_rate,
            ..Product::blank(ProductId::from_raw((self.id)()), self.known.now)
        });
        put(record, f::NAME, &mut product.name);
        put(record, f::SPEC, &mut product.spec);
        put(record, f::UNIT, &mut product.unit);
        put(record, f::CATEGORY, &mut product.category);
        put(record, f::NOTES, &mut product.notes);
        put(record, f::BARCODE, &mut product.barcode);
        if let Ok(barcode) = parse_gtin(&product.barcode) {
            product.barcode = barcode;
        }
        product.kind = record.code(f::KIND).and_then(ProductKind::parse).unwrap_or(product.kind);
        product.tax_category = record.code(f::TAX_CATEGORY).and_then(TaxCategory::parse).unwrap_or(product.tax_category);
        product.tax_rate = record.rate(f::TAX_RATE).unwrap_or(product.tax_rate);
        for (field, place) in [(f::STANDARD_COST, &mut product.standard_cost_micro), (f::FLOOR_PRICE, &mut product.floor_price_micro)] {
            let Some(price) = record.unit_price(field) else { continue };
            *place = Some(price);
            if self.by.may(Act::SeeCost).is_err() {
                self.wrong(record, field, FieldRule::NotPermitted { permission: Act::SeeCost });
            }
        }
        product.lead_days = record.int(f::LEAD_DAYS).unwrap_or(product.lead_days);
        product.over_tolerance = record.rate(f::OVER_TOLERANCE).unwrap_or(product.over_tolerance);
        product.under_tolerance = record.rate(f::UNDER_TOLERANCE).unwrap_or(product.under_tolerance);
        product.weight_g = record.int(f::WEIGHT_G).unwrap_or(product.weight_g);
        product.tracking = record.code(f::TRACKING).and_then(Tracking::parse).unwrap_or(product.tracking);
        product.length_mm = record.int(f::LENGTH_MM).unwrap_or(product.length_mm);
        product.width_mm = record.int(f::WIDTH_MM).unwrap_or(product.width_mm);
        product.height_mm = record.int(f::HEIGHT_MM).unwrap_or(product.height_mm);
        product.shelf_days = record.int(f::SHELF_DAYS).unwrap_or(product.shelf_days);
        product.hazardous = record.truth(f::HAZARDOUS).unwrap_or(product.hazardous);
        product.pack_quantity_micro = record.quantity(f::PACK_QUANTITY).unwrap_or(product.pack_quantity_micro);
        put(record, f::PACKING_RULES, &mut product.packing_rules);
        put(record, f::QUALITY_STANDARD, &mut product.quality_standard);
        if let Some(said) = record.text(f::UNITS) {
            match ProductUnit::read_all(said) {
                Some(units) => product.units = Kept::of(units),
                None => self.wrong(record, f::UNITS, UnitRule::NotARatio),
            }
        }
        product.active = record.truth(f::ACTIVE).unwrap_or(product.active);
        product.index();
        product
    }

    fn check_product(&mut self, record: &Record, product: &Product) {
        // What a cell lacks was said where it was read.
        let mut errors: Vec<_> = product.check().into_iter().filter(|error| error.code != "value.required").collect();
        errors.iter_mut().filter(|error| error.pointer.starts_with("/units/")).for_each(|error| error.pointer = "/units".to_owned());
        self.note(record, errors, PLACES);
        if product.barcode.is_empty() {
            return;
        }
        let taken = self.known.barcodes.get(&product.barcode).is_some_and(|other| *other != product.id);
        let doubled = self.products.values().any(|other| other.barcode == product.barcode && other.id != product.id);
        if taken || doubled {
            self.wrong(record, f::BARCODE, FieldRule::Taken { value: product.barcode.clone() });
        }
        if record.unit_price(f::LIST_PRICE).is_some_and(domain::UnitPrice::is_negative) {
            self.wrong(record, f::LIST_PRICE, FieldRule::Negative);
        }
    }

    /// Plans the list price; whether it is another one than today's.
    fn list_price(&mut self, record: &Record, product: &Product) -> bool {
        let Some(wanted) = record.unit_price(f::LIST_PRICE) else { return false };
        let known = self.known;
        let entries = known.prices.get(&(product.id, CustomerId::NONE)).map_or(&[][..], Vec::as_slice);
        let found = find_price(&entries.iter().collect::<Vec<_>>(), &Buyer::anybody(known.company.currency), Quantity::ONE, known.today);
        if found.is_some_and(|found| found.unit_price == wanted) {
            return false;
        }
        let current = found.and_then(|found| entries.iter().find(|entry| entry.id == found.price_id));
        let fate = match current {
            Some(entry) => {
                let changes = Change::between("unit_price", entry.unit_price_micro, wanted).into_iter().collect();
                Fate::Changed(Price { unit_price_micro: wanted, ..entry.clone() }, changes)
            }
            None => Fate::New(Price {
                id: PriceId::from_raw((self.id)()),
                version: Version::FIRST,
                product_id: product.id,
                customer_id: CustomerId::NONE,
                grade: Selector::Any,
                category: Selector::Any,
                channel: Selector::Any,
                currency: known.company.currency,
                min_quantity_micro: Quantity::ZERO,
                unit_price_micro: wanted,
                valid_from: known.today,
                valid_to: None,
            }),
        };
        self.plan.prices.push((fate, product.code.clone(), String::new()));
        true
    }
}
