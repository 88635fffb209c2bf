//! Further units of a product with exact ratios (CAT-01): a carton is 24 bottles, a roll is 1000/3 metres.
//!
//! Stock, tolerances and the price book speak the base unit. A line that is sold in a further unit keeps what was said – unit, quantity and the price
//! of one such unit – beside its base quantity, and its money is what was said: entered quantity × entered price.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::decimal::divide_rounded;
use crate::gtin::parse_gtin;
use crate::kept_json::raw;
use crate::product::Product;
use crate::quantity::Quantity;
use crate::refusal::{FieldError, Reason, rejections};
use crate::rule::{FieldCheck, FieldRule};
use crate::unit_price::UnitPrice;

rejections! {
    /// Why a unit of a product refuses.
    UnitRule {
        /// Not a ratio: whole or decimal numbers, or a fraction of them, above zero.
        NotARatio => Invalid "unit.not_a_ratio",
        /// The product has the unit, but is not sold in it.
        NotSold { unit: String } => Invalid "unit.not_sold",
        /// The quantity is no exact quantity of the base unit.
        NotExact { unit: String, base: String, ratio: String } => Invalid "unit.not_exact",
    }
}

/// How many base units one unit is, as a fraction in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratio {
    numerator: i64,
    denominator: i64,
}

impl Default for Ratio {
    fn default() -> Self {
        Self::ONE
    }
}

fn common(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Ratio {
    /// A unit that is the base unit.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };
    /// The largest numerator and denominator.
    pub const MAX: i64 = 1_000_000;

    /// A fraction, in lowest terms; nothing unless both are above zero and at most [`Ratio::MAX`] then.
    pub fn of(numerator: i64, denominator: i64) -> Option<Self> {
        if numerator <= 0 || denominator <= 0 {
            return None;
        }
        let common = common(numerator, denominator);
        let ratio = Self { numerator: numerator / common, denominator: denominator / common };
        (ratio.numerator <= Self::MAX && ratio.denominator <= Self::MAX).then_some(ratio)
    }

    /// Reads `24`, `0.5` or `1000/3`.
    pub fn parse(text: &str) -> Option<Self> {
        let (above, below) = text.trim().split_once('/').unwrap_or((text.trim(), "1"));
        let read = |text: &str| Quantity::parse(text.trim()).ok().map(Quantity::micro);
        Self::of(read(above)?, read(below)?)
    }

    /// The exact base quantity of so many units; nothing where it is none of six decimals, or too large.
    pub fn base_of(self, quantity: Quantity) -> Option<Quantity> {
        exact(quantity, self.numerator, self.denominator)
    }

    /// How many units a base quantity exactly is; nothing where it is no number of six decimals.
    pub fn units_of(self, base: Quantity) -> Option<Quantity> {
        exact(base, self.denominator, self.numerator)
    }

    /// The price of one unit at this price of a base unit, rounded half away from zero to six decimals.
    pub fn price_of(self, base: UnitPrice) -> UnitPrice {
        rounded(base, self.numerator, self.denominator)
    }

    /// The price of a base unit at this price of one unit, rounded half away from zero to six decimals.
    pub fn base_price_of(self, price: UnitPrice) -> UnitPrice {
        rounded(price, self.denominator, self.numerator)
    }

    /// Base units, and units they are.
    pub(crate) fn parts(self) -> (i128, i128) {
        (i128::from(self.numerator), i128::from(self.denominator))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == 1 { write!(f, "{}", self.numerator) } else { write!(f, "{}/{}", self.numerator, self.denominator) }
    }
}

fn exact(quantity: Quantity, times: i64, by: i64) -> Option<Quantity> {
    let wide = i128::from(quantity.micro()) * i128::from(times);
    if wide % i128::from(by) != 0 {
        return None;
    }
    let micro = i64::try_from(wide / i128::from(by)).ok()?;
    (micro.abs() <= Quantity::MAX.micro()).then(|| Quantity::from_micro(micro))
}

fn rounded(price: UnitPrice, times: i64, by: i64) -> UnitPrice {
    let wide = divide_rounded(i128::from(price.micro()) * i128::from(times), i128::from(by));
    let micro = wide.and_then(|wide| i64::try_from(wide).ok()).unwrap_or(i64::MAX);
    UnitPrice::from_micro(micro.clamp(-UnitPrice::MAX.micro(), UnitPrice::MAX.micro()))
}

/// A further unit of a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductUnit {
    /// Its name, another one than the base unit's.
    pub name: String,
    /// Base units in one.
    pub ratio: Ratio,
    /// GTIN of 14 digits on such a unit, or empty.
    pub barcode: String,
    /// Whether the product is sold in it.
    pub sold: bool,
}

impl ProductUnit {
    /// Reads what [`ProductUnit::shown_all`] writes; nothing where a part of it is no unit.
    pub fn read_all(text: &str) -> Option<Vec<Self>> {
        let parts = text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(Self::read).collect()
    }

    fn read(part: &str) -> Option<Self> {
        let (part, sold) = part.strip_suffix('!').map_or((part, true), |rest| (rest.trim(), false));
        let (part, barcode) = part.split_once('#').map_or((part, ""), |(part, barcode)| (part.trim(), barcode.trim()));
        let (name, ratio) = part.split_once(['=', '＝'])?;
        let barcode = parse_gtin(barcode).unwrap_or_else(|_| barcode.to_owned());
        Some(Self { name: name.trim().to_owned(), ratio: Ratio::parse(ratio)?, barcode, sold })
    }

    /// Units as one cell of a table: `箱=24 #16901234567899; 托=960 !`, the sign at the end for a unit it is not sold in.
    pub fn shown_all(units: &[Self]) -> String {
        let one = |unit: &Self| {
            let barcode = if unit.barcode.is_empty() { String::new() } else { format!(" #{}", unit.barcode) };
            format!("{}={}{barcode}{}", unit.name, unit.ratio, if unit.sold { "" } else { " !" })
        };
        units.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

/// What a line says of the further unit it is sold in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SoldAs {
    /// The unit.
    pub unit: String,
    /// Ordered, in that unit.
    #[serde(with = "raw")]
    pub quantity: Quantity,
    /// Agreed price of one such unit.
    #[serde(with = "raw")]
    pub price: UnitPrice,
    /// Base units in one, as it was when the line was made.
    pub ratio: Ratio,
}

/// A quantity as it was said: in the base unit, or in a further one.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// In the base unit.
    pub base: Quantity,
    /// The further unit, without a price yet.
    pub sold: Option<SoldAs>,
}

impl Product {
    /// The most further units of a product.
    pub const MAX_UNITS: usize = 20;

    /// The further unit with this name.
    pub fn unit_named(&self, name: &str) -> Option<&ProductUnit> {
        self.units.iter().find(|unit| unit.name == name)
    }

    /// A quantity that was said in a unit; no unit is the base unit.
    ///
    /// # Errors
    /// `value.wrong_unit` for a unit that the product has not, `unit.not_sold`, `unit.not_exact`.
    pub fn said(&self, quantity: Quantity, unit: &str) -> Result<Said, Reason> {
        if unit.is_empty() || unit == self.unit {
            return Ok(Said { base: quantity, sold: None });
        }
        let sold = || self.units.iter().filter(|unit| unit.sold).map(|unit| unit.name.as_str());
        let Some(known) = self.unit_named(unit) else {
            let units: Vec<&str> = std::iter::once(self.unit.as_str()).chain(sold()).collect();
            return Err(FieldRule::WrongUnit { unit: units.join(" / ") }.into());
        };
        if !known.sold {
            return Err(UnitRule::NotSold { unit: unit.to_owned() }.into());
        }
        let not_exact = || UnitRule::NotExact { unit: unit.to_owned(), base: self.unit.clone(), ratio: known.ratio.to_string() };
        let base = known.ratio.base_of(quantity).ok_or_else(not_exact)?;
        let sold = SoldAs { unit: known.name.clone(), quantity, price: UnitPrice::ZERO, ratio: known.ratio };
        Ok(Said { base, sold: Some(sold) })
    }
    /// What a line says of the further unit that a base quantity is sold in, without a price yet; nothing for the base unit.
    ///
    /// # Errors
    /// As [`Product::said`].
    pub fn in_unit(&self, base: Quantity, unit: &str) -> Result<Option<SoldAs>, Reason> {
        let Some(known) = self.unit_named(unit) else { return self.said(base, unit).map(|said| said.sold) };
        let not_exact = || UnitRule::NotExact { unit: unit.to_owned(), base: self.unit.clone(), ratio: known.ratio.to_string() };
        let quantity = known.ratio.units_of(base).ok_or_else(not_exact)?;
        self.said(quantity, unit).map(|said| said.sold)
    }

    /// What is wrong with its further units, each at its field.
    pub(crate) fn check_units(&self, check: &mut FieldCheck) {
        let max = i64::try_from(Self::MAX_UNITS).unwrap_or(i64::MAX);
        check.that(self.units.len() <= Self::MAX_UNITS, "/units", FieldRule::TooMany { max });
        for (place, unit) in self.units.iter().enumerate() {
            let at = |field: &str| format!("/units/{place}/{field}");
            check.required(&unit.name, 20, &at("name"));
            let before = &self.units[..place];
            let taken = unit.name == self.unit || before.iter().any(|other| other.name == unit.name);
            check.that_or(!taken, &at("name"), || FieldRule::Taken { value: unit.name.clone() });
            if unit.barcode.is_empty() {
                continue;
            }
            if let Err(error) = parse_gtin(&unit.barcode) {
                check.errors.push(FieldError::new(at("barcode"), error));
            }
            let taken = unit.barcode == self.barcode || before.iter().any(|other| other.barcode == unit.barcode);
            check.that_or(!taken, &at("barcode"), || FieldRule::Taken { value: unit.barcode.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kept::Kept;
    use crate::sample;

    #[test]
    fn ratios_are_exact() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(Ratio::parse(text).map(|ratio| ratio.to_string()), expected.map(str::to_owned), "{text}");
        };
        check("24", Some("24"));
        check("0.5", Some("1/2"));
        check("1000/3", Some("1000/3"));
        check("48/2", Some("24"));
        check("0", None);
        check("-1", None);
        check("1/0", None);
        check("0.000001", Some("1/1000000"));
        check("1000001", None);
        check("a", None);
    }

    #[test]
    fn a_quantity_that_would_not_be_exact_is_refused() {
        let mut product = sample::product();
        let unit = |name: &str, ratio: &str, sold: bool| ProductUnit {
            name: name.into(),
            ratio: Ratio::parse(ratio).unwrap(),
            barcode: String::new(),
            sold,
        };
        product.units = Kept::of(vec![unit("箱", "24", true), unit("卷", "1000/3", true), unit("托", "960", false)]);
        let check = |quantity: &str, unit: &str, expected: Result<&str, &str>| {
            let said = product.said(Quantity::parse(quantity).unwrap(), unit);
            let shown = said.map(|said| said.base.decimal()).map_err(|reason| reason.code);
            assert_eq!(shown, expected.map(str::to_owned), "{quantity} {unit}");
        };
        check("5", "箱", Ok("120"));
        check("0.5", "箱", Ok("12"));
        check("7", "", Ok("7"));
        check("7", "台", Ok("7"));
        check("3", "卷", Ok("1000"));
        check("0.003", "卷", Ok("1"));
        check("1", "卷", Err("unit.not_exact"));
        check("1", "托", Err("unit.not_sold"));
        check("1", "盒", Err("value.wrong_unit"));
        assert_eq!(product.check(), []);
        let text = "箱=24; 卷=1000/3; 托=960 !";
        assert_eq!(
            (ProductUnit::shown_all(&product.units), ProductUnit::read_all(text)),
            (text.to_owned(), Some((*product.units).clone()))
        );
        assert_eq!(ProductUnit::read_all("箱 ＝ 24 #96385074；").unwrap()[0].barcode, "00000096385074");
        assert_eq!(ProductUnit::read_all("箱 24"), None);
        product.units = Kept::of(vec![unit("台", "2", true), unit("箱", "2", true), unit("箱", "3", true)]);
        let found: Vec<_> = product.check().into_iter().map(|error| (error.pointer, error.code)).collect();
        let expected = [("/units/0/name", "value.taken"), ("/units/2/name", "value.taken")];
        assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    }
}
