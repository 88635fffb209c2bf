//! What is said of a product, and the checks that need other rows.

use domain::{
    Act, Actor, FieldError, FieldRule, Instant, Kept, Options, Product, ProductId, ProductKind, ProductUnit, Quantity, Rate, TaxCategory,
    Tracking, UnitPrice, Version, parse_gtin,
};
use store::rows::{ProductByBarcode, ProductByCode};
use store::{Outcome, UnitOfWork};

use crate::field::taken;

/// What becomes of the list price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListPrice {
    /// It stays as it is.
    #[default]
    Keep,
    /// There is none any more.
    Clear,
    /// It is this much a unit, in the company's currency, from one unit on.
    Set(UnitPrice),
}

/// What becomes of the standard cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StandardCost {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is not known any more.
    Clear,
    /// One unit costs this much, in the company's currency.
    Set(UnitPrice),
}

impl StandardCost {
    /// What it is then, where it is `before` now.
    fn or(self, before: Option<UnitPrice>) -> Option<UnitPrice> {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::Set(price) => Some(price),
        }
    }

    /// Refuses to change it at its field without `product.cost`.
    pub(crate) fn check(self, by: &Actor, pointer: &str) -> Vec<FieldError> {
        let refused = self != Self::Keep && by.may(Act::SeeCost).is_err();
        let error = || FieldError::new(pointer, FieldRule::NotPermitted { permission: Act::SeeCost });
        refused.then(error).into_iter().collect()
    }
}

/// The whole product, as it is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductInput {
    /// Code on documents, unique in the company.
    pub code: String,
    /// Name.
    pub name: String,
    /// Specification or model.
    pub spec: String,
    /// Unit it is sold in.
    pub unit: String,
    /// Standard or made to order.
    pub kind: ProductKind,
    /// Group for lists and reports.
    pub category: String,
    /// GTIN of 8, 12, 13 or 14 digits, or empty; unique in the company.
    pub barcode: String,
    /// Class of tax.
    pub tax_category: TaxCategory,
    /// Rate of tax.
    pub tax_rate: Rate,
    /// Its entry in the price book.
    pub list_price: ListPrice,
    /// What one unit costs; another one needs `product.cost`.
    pub standard_cost: StandardCost,
    /// The price of one unit without tax below which it is not sold without consent; another one needs `product.cost`.
    pub floor_price: StandardCost,
    /// Days from order to readiness.
    pub lead_days: i64,
    /// How much more than ordered may be shipped.
    pub over_tolerance: Rate,
    /// How much less than ordered still completes a line.
    pub under_tolerance: Rate,
    /// Weight of one unit in grams.
    pub weight_g: i64,
    /// What else is known of it.
    pub details: ProductDetails,
    /// Anything else.
    pub notes: String,
}

/// Further units, options, and how a product is handled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProductDetails {
    /// Further units it is sold, packed or scanned in.
    pub units: Vec<ProductUnit>,
    /// What of it can be chosen.
    pub options: Options,
    /// By lot, by piece, or not told apart.
    pub tracking: Option<Tracking>,
    /// Length, width and height of one unit in millimetres.
    pub size_mm: [i64; 3],
    /// Days it keeps.
    pub shelf_days: i64,
    /// Whether it is dangerous goods.
    pub hazardous: bool,
    /// So many base units are one pack.
    pub pack_quantity: Quantity,
    /// How it is packed.
    pub packing_rules: String,
    /// The standard it leaves the factory by.
    pub quality_standard: String,
    /// What may be offered in its place, best first, by ids or codes.
    pub substitutes: Vec<String>,
}

/// What of a product is not said by an input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Like {
    pub id: ProductId,
    pub version: Version,
    pub standard_cost: Option<UnitPrice>,
    pub floor_price: Option<UnitPrice>,
    pub active: bool,
    pub created_at: Instant,
}

impl ProductInput {
    /// The product that was described; id, version and state are those of `like`. Its substitutes are looked up by [`substitutes`].
    pub(crate) fn product(&self, like: &Like) -> Product {
        let text = |text: &String| text.trim().to_owned();
        let details = &self.details;
        let gtin = |barcode: &String| parse_gtin(barcode).unwrap_or_else(|_| text(barcode));
        let unit = |unit: &ProductUnit| ProductUnit { name: text(&unit.name), barcode: gtin(&unit.barcode), ..unit.clone() };
        let [length_mm, width_mm, height_mm] = details.size_mm;
        let mut product = Product {
            id: like.id,
            version: like.version,
            code: text(&self.code),
            name: text(&self.name),
            spec: text(&self.spec),
            search: String::new(),
            unit: text(&self.unit),
            kind: self.kind,
            category: text(&self.category),
            barcode: gtin(&self.barcode),
            tax_category: self.tax_category,
            tax_rate: self.tax_rate,
            standard_cost_micro: self.standard_cost.or(like.standard_cost),
            floor_price_micro: self.floor_price.or(like.floor_price),
            lead_days: self.lead_days,
            over_tolerance: self.over_tolerance,
            under_tolerance: self.under_tolerance,
            weight_g: self.weight_g,
            units: Kept::of(details.units.iter().map(unit).collect()),
            options: Kept::of(details.options.clone()),
            tracking: details.tracking.unwrap_or(Tracking::None),
            length_mm,
            width_mm,
            height_mm,
            shelf_days: details.shelf_days,
            hazardous: details.hazardous,
            pack_quantity_micro: details.pack_quantity,
            packing_rules: text(&details.packing_rules),
            quality_standard: text(&details.quality_standard),
            substitutes: Kept::default(),
            notes: text(&self.notes),
            active: like.active,
            created_at: like.created_at,
        };
        product.index();
        product
    }
}

/// Looks up what may be offered in its place; what is not known is told at its field.
pub(crate) fn substitutes(work: &mut UnitOfWork, input: &ProductInput, product: &mut Product) -> Outcome<Vec<FieldError>> {
    let found = super::by_id_or_code(work, &input.details.substitutes)?;
    let mut errors = Vec::new();
    for (place, (found, said)) in found.iter().zip(&input.details.substitutes).enumerate() {
        if found.is_none() {
            errors.push(crate::field::unknown(format!("/substitutes/{place}"), said));
        }
    }
    product.substitutes = Kept::of(found.into_iter().flatten().map(|found| found.id).collect());
    Ok(errors)
}

/// Asks for everything the checks look at, so that it is loaded at once.
pub(crate) fn want(work: &mut UnitOfWork, product: &Product) {
    work.want_of::<ProductByCode>([product.code.clone()]);
    work.want_of::<ProductByBarcode>(barcodes(product).map(|(_, barcode)| barcode));
}

/// What is wrong with a product, also beside other products.
pub(crate) fn check(work: &mut UnitOfWork, product: &Product) -> Outcome<Vec<FieldError>> {
    let mut errors = product.check();
    let other = work.one::<ProductByCode>(product.code.clone())?;
    if other.is_some_and(|other| other.id != product.id) {
        errors.push(taken("/code", &product.code));
    }
    for (pointer, barcode) in barcodes(product) {
        let others = work.of::<ProductByBarcode>(barcode.clone())?;
        if others.iter().any(|other| other.id != product.id) {
            errors.push(taken(&pointer, &barcode));
        }
    }
    Ok(errors)
}

/// Its barcode and those of its further units, with the pointers to them.
fn barcodes(product: &Product) -> impl Iterator<Item = (String, String)> + use<'_> {
    let units = product.units.iter().enumerate().map(|(place, unit)| (format!("/units/{place}/barcode"), unit.barcode.clone()));
    std::iter::once(("/barcode".to_owned(), product.barcode.clone())).chain(units).filter(|(_, barcode)| !barcode.is_empty())
}
