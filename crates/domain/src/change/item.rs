//! What a change order asks for, one typed change after the other (CHG-02).

use serde::{Deserialize, Serialize};

use crate::charge::Charge;
use crate::codes::{Settlement, codes};
use crate::date::Date;
use crate::id::ProductId;
use crate::kept_json::{raw, raw_option};
use crate::money::Money;
use crate::product_unit::SoldAs;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::unit_price::UnitPrice;

codes! {
    /// What kind of change it is.
    ChangeKind in "change.kind" {
        /// More or less of a line.
        Quantity = "quantity",
        AddLine = "add_line",
        DropLine = "drop_line",
        SwapProduct = "swap_product",
        /// Price or discount of a line.
        Price = "price",
        RequiredOn = "required_on",
        PromisedOn = "promised_on",
        PlannedShipOn = "planned_ship_on",
        ExpectedOn = "expected_on",
        Address = "address",
        Packing = "packing",
        /// Freight, charges and allowances.
        Charges = "charges",
        Settlement = "settlement",
        /// What was chosen of a configurable product.
        Configuration = "configuration",
    }
}

/// The most changes of a change order.
pub const MAX_ITEMS: usize = 500;

/// One thing that is to change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)] // The fields are those of order and line.
pub enum ChangeItem {
    /// A line has another quantity, in its base unit; its price stays as agreed, and so does the further unit it is sold in.
    Quantity {
        line_no: i64,
        #[serde(with = "raw")]
        quantity: Quantity,
    },
    /// A new line; without a price it takes that of the book.
    AddLine {
        product_id: ProductId,
        #[serde(with = "raw")]
        quantity: Quantity,
        /// Of one unit as it is said.
        #[serde(with = "raw_option")]
        unit_price: Option<UnitPrice>,
        note: String,
        /// The further unit it is sold in; the quantity is in the base unit all the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sold: Option<SoldAs>,
        /// Codes of the choices of a configurable product.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        choices: Vec<String>,
    },
    /// A line of which nothing has left is not wanted any more.
    DropLine { line_no: i64 },
    /// Another product in the place of one of which nothing has left.
    SwapProduct {
        line_no: i64,
        product_id: ProductId,
        /// As before where left out.
        #[serde(with = "raw_option")]
        quantity: Option<Quantity>,
        /// That of the book where left out; of one unit as it is said.
        #[serde(with = "raw_option")]
        unit_price: Option<UnitPrice>,
        /// The further unit it is sold in; the quantity is in the base unit all the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sold: Option<SoldAs>,
        /// Codes of the choices of a configurable product.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        choices: Vec<String>,
    },
    /// Price or discount of a line of which nothing has left.
    Price {
        line_no: i64,
        #[serde(with = "raw_option")]
        unit_price: Option<UnitPrice>,
        #[serde(with = "raw_option")]
        discount_rate: Option<Rate>,
    },
    /// Other choices of a configurable product of which nothing has left, before its freeze day; the price moves by what they add and take.
    Configuration { line_no: i64, choices: Vec<String> },
    /// The day the customer asks for.
    RequiredOn { date: Date },
    /// The day we promise.
    PromisedOn { date: Date },
    /// The day we plan to ship.
    PlannedShipOn { date: Date },
    /// The day the goods are expected to arrive.
    ExpectedOn { date: Date },
    /// Where the goods go; who takes them and whom to call stay as they are where left out.
    Address { delivery_address: String, receiver: Option<String>, contact_name: Option<String>, contact_phone: Option<String> },
    /// How they are packed.
    Packing { packing: String },
    /// Other charges and allowances than before, all of them; freight stays as it is where left out.
    Charges {
        charges: Vec<Charge>,
        #[serde(with = "raw_option")]
        freight: Option<Money>,
    },
    /// How it is paid; the share in advance stays as it is where left out.
    Settlement {
        settlement: Settlement,
        #[serde(with = "raw_option")]
        deposit_rate: Option<Rate>,
    },
}

impl ChangeItem {
    /// Its kind.
    pub fn kind(&self) -> ChangeKind {
        match self {
            Self::Quantity { .. } => ChangeKind::Quantity,
            Self::AddLine { .. } => ChangeKind::AddLine,
            Self::DropLine { .. } => ChangeKind::DropLine,
            Self::SwapProduct { .. } => ChangeKind::SwapProduct,
            Self::Price { .. } => ChangeKind::Price,
            Self::RequiredOn { .. } => ChangeKind::RequiredOn,
            Self::PromisedOn { .. } => ChangeKind::PromisedOn,
            Self::PlannedShipOn { .. } => ChangeKind::PlannedShipOn,
            Self::ExpectedOn { .. } => ChangeKind::ExpectedOn,
            Self::Address { .. } => ChangeKind::Address,
            Self::Packing { .. } => ChangeKind::Packing,
            Self::Charges { .. } => ChangeKind::Charges,
            Self::Settlement { .. } => ChangeKind::Settlement,
            Self::Configuration { .. } => ChangeKind::Configuration,
        }
    }

    /// The line it is about; nothing for the order as a whole and for new lines.
    pub fn line_no(&self) -> Option<i64> {
        match self {
            Self::Quantity { line_no, .. }
            | Self::DropLine { line_no }
            | Self::SwapProduct { line_no, .. }
            | Self::Configuration { line_no, .. }
            | Self::Price { line_no, .. } => Some(*line_no),
            _ => None,
        }
    }

    /// The product it brings, with its quantity where that is said.
    pub fn product(&self) -> Option<(ProductId, Option<Quantity>)> {
        match self {
            Self::AddLine { product_id, quantity, .. } => Some((*product_id, Some(*quantity))),
            Self::SwapProduct { product_id, quantity, .. } => Some((*product_id, *quantity)),
            _ => None,
        }
    }

    /// Whether it is about the order as a whole: then no line of it may leave meanwhile.
    pub fn is_of_head(&self) -> bool {
        self.line_no().is_none() && !matches!(self, Self::AddLine { .. })
    }

    /// Whether it changes what we promised or what the customer pays for a piece: then the customer has to say yes.
    pub fn changes_promise(&self) -> bool {
        matches!(
            self,
            Self::PromisedOn { .. } | Self::Price { .. } | Self::Settlement { .. } | Self::Configuration { .. } | Self::Charges { .. }
        )
    }
}
