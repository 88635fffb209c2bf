//! What a person or a program says of a change. Products are named by ids or codes.

use domain::{
    ChangeInput, ChangeItem, ChangeSide, ChargeKind, Currency, FieldError, FieldRule, OrderLine, Product, Quantity, Reason, Refusal,
    SoldAs, UnitPrice, UnitRule,
};
use store::{Held, Outcome, UnitOfWork};

use crate::order::{ChargeInput, money};
use crate::product;

/// A change as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeSent {
    /// Who wants it.
    pub side: ChangeSide,
    /// Why.
    pub reason: String,
    /// What is to change.
    pub items: Vec<ItemSent>,
    /// Units that were sent beside quantities, with the places of their items: the base unit of the line's product, or a further one it is sold in.
    pub units: Vec<(usize, String)>,
}

/// One thing that is to change, as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemSent {
    /// Something that names no product.
    Plain(ChangeItem),
    /// Other charges and allowances, and other freight where it is said.
    Charges {
        /// All of them.
        charges: Vec<ChargeInput>,
        /// As before where left out.
        freight: Option<UnitPrice>,
    },
    /// A new line.
    AddLine {
        /// What, by id or code.
        product: String,
        /// How much.
        quantity: Quantity,
        /// Price of one unit; the book's where left out.
        unit_price: Option<UnitPrice>,
        /// Note.
        note: String,
        /// Codes of what is chosen.
        choices: Vec<String>,
    },
    /// Another product in the place of one.
    SwapProduct {
        /// Of which line.
        line_no: i64,
        /// What, by id or code.
        product: String,
        /// As before where left out.
        quantity: Option<Quantity>,
        /// Price of one unit; the book's where left out.
        unit_price: Option<UnitPrice>,
        /// Codes of what is chosen.
        choices: Vec<String>,
    },
}

impl ItemSent {
    fn product(&self) -> Option<&str> {
        match self {
            ItemSent::Plain(_) | ItemSent::Charges { .. } => None,
            ItemSent::AddLine { product, .. } | ItemSent::SwapProduct { product, .. } => Some(product),
        }
    }
}

/// The units of a line that is there already.
pub(super) struct LineUnit {
    /// Its base unit.
    pub base: String,
    /// The further unit it is sold in.
    pub sold: Option<SoldAs>,
}

impl LineUnit {
    pub(super) fn of(line: &OrderLine) -> Self {
        Self { base: line.unit.clone(), sold: (*line.sold).clone() }
    }

    /// A quantity in one of its units as the base unit has it.
    fn base_of(&self, quantity: Quantity, unit: &str) -> Result<Quantity, Reason> {
        match &self.sold {
            _ if unit.is_empty() || unit == self.base => Ok(quantity),
            Some(sold) if sold.unit == unit => {
                let ratio = sold.ratio.to_string();
                let rule = || UnitRule::NotExact { unit: unit.to_owned(), base: self.base.clone(), ratio };
                sold.ratio.base_of(quantity).ok_or_else(|| rule().into())
            }
            sold => {
                let units = std::iter::once(self.base.as_str()).chain(sold.as_ref().map(|sold| sold.unit.as_str()));
                Err(FieldRule::WrongUnit { unit: units.collect::<Vec<_>>().join(" / ") }.into())
            }
        }
    }
}

/// Charges and freight in the order's currency.
fn charged(charges: &[ChargeInput], freight: Option<UnitPrice>, currency: Currency, at: &str) -> Result<ChangeItem, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut said = Vec::with_capacity(charges.len());
    for (place, charge) in charges.iter().enumerate().filter(|(_, charge)| charge.kind != ChargeKind::Promotion) {
        match charge.charge(currency, &format!("{at}/charges/{place}")) {
            Ok(charge) => said.push(charge),
            Err(error) => errors.push(error),
        }
    }
    let freight = freight.map(|freight| money(freight, currency, &format!("{at}/freight"))).transpose();
    match freight {
        Ok(freight) if errors.is_empty() => Ok(ChangeItem::Charges { charges: said, freight }),
        Ok(_) => Err(errors),
        Err(error) => Err(errors.into_iter().chain([error]).collect()),
    }
}

/// The change with its products looked up.
///
/// # Errors
/// `invalid` with every product that is not known and every unit that is another product's, each at its item.
pub(super) fn named(
    work: &mut UnitOfWork,
    sent: &ChangeSent,
    currency: Currency,
    line_of: impl Fn(i64) -> Option<LineUnit>,
) -> Outcome<ChangeInput> {
    let codes: Vec<String> = sent.items.iter().filter_map(ItemSent::product).map(str::to_owned).collect();
    let mut found = product::by_id_or_code(work, &codes)?.into_iter();
    let mut errors = Vec::new();
    let mut items = Vec::with_capacity(sent.items.len());
    for (place, item) in sent.items.iter().enumerate() {
        let product: Option<Held<Product>> = if item.product().is_some() { found.next().flatten() } else { None };
        if let Some(reference) = item.product().filter(|_| product.is_none()) {
            let rule = if reference.trim().is_empty() { FieldRule::Required } else { FieldRule::Unknown { value: reference.to_owned() } };
            errors.push(FieldError::new(format!("/changes/{place}/product_id"), rule));
            continue;
        }
        if let ItemSent::Charges { charges, freight } = item {
            match charged(charges, *freight, currency, &format!("/changes/{place}")) {
                Ok(item) => items.push(item),
                Err(wrong) => errors.extend(wrong),
            }
            continue;
        }
        let unit = sent.units.iter().find(|(of, _)| *of == place).map_or("", |(_, unit)| unit.as_str());
        let named = match (item, &product) {
            (ItemSent::Plain(ChangeItem::Quantity { line_no, quantity }), _) => {
                let base = line_of(*line_no).map_or(Ok(*quantity), |line| line.base_of(*quantity, unit));
                base.map(|quantity| ChangeItem::Quantity { line_no: *line_no, quantity })
            }
            (ItemSent::Plain(item), _) => Ok(item.clone()),
            (ItemSent::AddLine { quantity, unit_price, note, choices, .. }, Some(product)) => {
                product.said(*quantity, unit).map(|said| ChangeItem::AddLine {
                    product_id: product.id,
                    quantity: said.base,
                    unit_price: *unit_price,
                    note: note.clone(),
                    sold: said.sold,
                    choices: choices.clone(),
                })
            }
            (ItemSent::SwapProduct { line_no, quantity, unit_price, choices, .. }, Some(product)) => {
                // As before: five cartons stay five cartons, whatever the other product has in one.
                let before = line_of(*line_no).and_then(|line| line.sold).filter(|_| quantity.is_none());
                let (quantity, unit) = before.map_or((*quantity, unit.to_owned()), |sold| (Some(sold.quantity), sold.unit));
                let said = quantity.map(|quantity| product.said(quantity, &unit)).transpose();
                said.map(|said| ChangeItem::SwapProduct {
                    line_no: *line_no,
                    product_id: product.id,
                    quantity: said.as_ref().map(|said| said.base),
                    unit_price: *unit_price,
                    sold: said.and_then(|said| said.sold),
                    choices: choices.clone(),
                })
            }
            _ => continue,
        };
        match named {
            Ok(named) => items.push(named),
            Err(reason) => errors.push(FieldError::new(format!("/changes/{place}/quantity"), reason)),
        }
    }
    Refusal::unless_valid(errors)?;
    Ok(ChangeInput { side: sent.side, reason: sent.reason.clone(), items })
}
