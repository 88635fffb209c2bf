//! What a person or a program says of a change. Products are named by ids or codes.

use domain::{ChangeInput, ChangeItem, ChangeSide, FieldError, FieldRule, Product, Quantity, Refusal, UnitPrice};
use store::{Held, Outcome, UnitOfWork};

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
    /// Units that were sent beside quantities, with the places of their items; each must be that of the line's product.
    pub units: Vec<(usize, String)>,
}

/// One thing that is to change, as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemSent {
    /// Something that names no product.
    Plain(ChangeItem),
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
    },
}

impl ItemSent {
    fn product(&self) -> Option<&str> {
        match self {
            ItemSent::Plain(_) => None,
            ItemSent::AddLine { product, .. } | ItemSent::SwapProduct { product, .. } => Some(product),
        }
    }
}

/// The change with its products looked up.
///
/// # Errors
/// `invalid` with every product that is not known and every unit that is another product's, each at its item.
pub(super) fn named(work: &mut UnitOfWork, sent: &ChangeSent, unit_of: impl Fn(i64) -> Option<String>) -> Outcome<ChangeInput> {
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
        let named = match (item, &product) {
            (ItemSent::Plain(item), _) => item.clone(),
            (ItemSent::AddLine { quantity, unit_price, note, .. }, Some(product)) => {
                ChangeItem::AddLine { product_id: product.id, quantity: *quantity, unit_price: *unit_price, note: note.clone() }
            }
            (ItemSent::SwapProduct { line_no, quantity, unit_price, .. }, Some(product)) => {
                ChangeItem::SwapProduct { line_no: *line_no, product_id: product.id, quantity: *quantity, unit_price: *unit_price }
            }
            _ => continue,
        };
        let unit = product.map(|product| product.unit.clone()).or_else(|| named.line_no().and_then(&unit_of));
        let sent_unit = sent.units.iter().find(|(of, _)| *of == place).map(|(_, unit)| unit);
        if let (Some(unit), Some(sent)) = (unit, sent_unit)
            && unit != *sent
        {
            errors.push(FieldError::new(format!("/changes/{place}/quantity"), FieldRule::WrongUnit { unit }));
        }
        items.push(named);
    }
    Refusal::unless_valid(errors)?;
    Ok(ChangeInput { side: sent.side, reason: sent.reason.clone(), items })
}
