//! A line of a purchase order: how much of what, at which price, until when, what for, and what has come.

use super::{Purchase, PurchaseCause};
use crate::currency::Currency;
use crate::date::Date;
use crate::id::{ProductId, PurchaseId, WarehouseId};
use crate::money::Money;
use crate::product::Product;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::totals::line_amount;
use crate::unit_price::UnitPrice;

/// A product that is ordered.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseLine {
    /// Key, with the number.
    pub purchase_id: PurchaseId,
    /// Number of the line, from 1.
    pub line_no: i64,
    /// Where it comes in: as the order says.
    pub warehouse_id: WarehouseId,
    /// What.
    pub product_id: ProductId,
    /// Code of the product when the line was written.
    pub product_code: String,
    /// Name of the product when the line was written.
    pub name: String,
    /// Specification of the product when the line was written.
    pub spec: String,
    /// Its base unit.
    pub unit: String,
    /// The supplier's code of it.
    pub supplier_code: String,
    /// How much, in the base unit.
    pub quantity_micro: Quantity,
    /// Price of one base unit without tax, surcharge included.
    pub unit_price_micro: UnitPrice,
    /// What it comes to, without tax.
    pub amount_minor: Money,
    /// Whether it is rushed.
    pub rush: bool,
    /// The day on which it is to arrive.
    pub asked_on: Date,
    /// The day the supplier has confirmed.
    pub confirmed_on: Option<Date>,
    /// How much has come.
    pub received_micro: Quantity,
    /// How much is still awaited: nothing before it is sent, and once it is complete or given up.
    pub open_micro: Quantity,
    /// What it is for.
    pub cause: PurchaseCause,
    /// The sales order or the proposal, by its id; 0: none.
    pub cause_id: i64,
    /// Number of the sales order's line; 0: none.
    pub cause_line: i64,
    /// Number of the sales order or of the proposal.
    pub cause_number: String,
    /// Note.
    pub note: String,
}

/// What is said of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseLineTerms {
    /// The supplier's code of it.
    pub supplier_code: String,
    /// How much, in the base unit.
    pub quantity: Quantity,
    /// Price of one base unit, surcharge included.
    pub unit_price: UnitPrice,
    /// Whether it is rushed.
    pub rush: bool,
    /// The day on which it is to arrive.
    pub asked_on: Date,
    /// What it is for.
    pub cause: PurchaseFor,
    /// Note.
    pub note: String,
}

/// What a line is for.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseFor {
    /// Of which kind.
    pub cause: PurchaseCause,
    /// Id of the sales order or the proposal; 0: none.
    pub id: i64,
    /// Number of the sales order's line; 0: none.
    pub line_no: i64,
    /// Number of the sales order or of the proposal.
    pub number: String,
}

impl PurchaseFor {
    /// For stock.
    pub fn stock() -> Self {
        Self { cause: PurchaseCause::Stock, id: 0, line_no: 0, number: String::new() }
    }
}

/// A share of a quantity, rounded down to the micro-unit.
fn share(quantity: Quantity, rate: Rate) -> Quantity {
    let exact = i128::from(quantity.micro()) * i128::from(rate.bp()) / i128::from(Rate::WHOLE.bp());
    // A share is not more than the whole.
    Quantity::from_micro(i64::try_from(exact).unwrap_or_default())
}

impl PurchaseLine {
    /// A line for a product. Where it comes to more than money can be, [`Purchase::check`] says so.
    pub fn of(purchase: &Purchase, line_no: i64, product: &Product, said: &PurchaseLineTerms) -> Self {
        Self {
            purchase_id: purchase.id,
            line_no,
            warehouse_id: purchase.warehouse_id,
            product_id: product.id,
            product_code: product.code.clone(),
            name: product.name.clone(),
            spec: product.spec.clone(),
            unit: product.unit.clone(),
            supplier_code: said.supplier_code.clone(),
            quantity_micro: said.quantity,
            unit_price_micro: said.unit_price,
            amount_minor: amount(said.quantity, said.unit_price, purchase.currency).unwrap_or(Money::ZERO),
            rush: said.rush,
            asked_on: said.asked_on,
            confirmed_on: None,
            received_micro: Quantity::ZERO,
            open_micro: Quantity::ZERO,
            cause: said.cause.cause,
            cause_id: said.cause.id,
            cause_line: said.cause.line_no,
            cause_number: said.cause.number.clone(),
            note: said.note.clone(),
        }
    }

    /// The day on which it is expected: what the supplier confirmed, else what was asked.
    pub fn expected_on(&self) -> Date {
        self.confirmed_on.unwrap_or(self.asked_on)
    }

    /// The most that may come in all.
    pub fn most(&self, purchase: &Purchase) -> Quantity {
        self.quantity_micro + share(self.quantity_micro, purchase.over_tolerance)
    }

    /// From how much on it is complete.
    pub fn least(&self, purchase: &Purchase) -> Quantity {
        self.quantity_micro - share(self.quantity_micro, purchase.under_tolerance)
    }
}

/// What so much comes to: rounded half away from zero to the minor unit; `None` beyond what money can be.
pub(super) fn amount(quantity: Quantity, price: UnitPrice, currency: Currency) -> Option<Money> {
    line_amount(quantity, price, Rate::ZERO, currency)
}
