//! What is said of a purchase order, and the checks that need other rows. References are ids or codes.

use domain::{
    Calendar, Date, FieldError, FieldRule, Order, OrderId, Product, Purchase, PurchaseCause, PurchaseFor, PurchaseLine, PurchaseLineTerms,
    PurchaseRule, PurchaseTerms, Quantity, Refusal, Supplier, SupplierProduct, UnitPrice, Warehouse,
};
use store::rows::OrderByNumber;
use store::{Held, Outcome, UnitOfWork};

use crate::field::unknown;
use crate::{product, supplier, warehouse};

/// A purchase order as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseInput {
    /// To whom.
    pub supplier: String,
    /// Where the goods come in; empty: the company's first warehouse.
    pub warehouse: String,
    /// Everything but the lines.
    pub terms: PurchaseTerms,
    /// What is ordered.
    pub lines: Vec<PurchaseLineInput>,
}

/// A line as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseLineInput {
    /// What.
    pub product: String,
    /// How much, in `unit`.
    pub quantity: Quantity,
    /// Unit of the quantity: empty or the base unit of the product, or a further one.
    pub unit: String,
    /// Price of one base unit, surcharge included; nothing: as the supplier states.
    pub unit_price: Option<UnitPrice>,
    /// The day on which it is to arrive; nothing: as soon as the supplier states.
    pub asked_on: Option<Date>,
    /// Whether it is rushed.
    pub rush: bool,
    /// What it is for.
    pub need: PurchaseNeed,
    /// Note.
    pub note: String,
}

/// What a line is for, as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum PurchaseNeed {
    /// For stock.
    Stock,
    /// For a line of a sales order.
    Order {
        /// Id or number of the order.
        order: String,
        /// Number of its line; 0: the whole order.
        line_no: i64,
    },
    /// From a replenishment proposal.
    Proposal {
        /// Its id.
        id: i64,
        /// Its number, or what else it is called.
        number: String,
    },
}

/// What the input names, looked up.
pub(super) struct Named {
    pub supplier: Held<Supplier>,
    pub warehouse: Held<Warehouse>,
    files: Vec<(Held<Product>, Option<Held<SupplierProduct>>, PurchaseFor)>,
    calendar: Option<Held<Calendar>>,
}

/// Looks up what the input names.
///
/// # Errors
/// `invalid` with every unknown reference at its field.
pub(super) fn named(work: &mut UnitOfWork, sent: &PurchaseInput) -> Outcome<Named> {
    let codes: Vec<String> = sent.lines.iter().map(|line| line.product.clone()).collect();
    let products = product::by_id_or_code(work, &codes);
    let house = if sent.warehouse.trim().is_empty() { warehouse::default(work) } else { warehouse::by_id_or_code(work, &sent.warehouse) };
    let from = supplier::by_id_or_code(work, &sent.supplier);
    let needs = needs(work, &sent.lines);
    let (products, house, from, (needs, mut errors)) = (products?, house?, from?, needs?);
    for (place, (product, said)) in products.iter().zip(&sent.lines).enumerate() {
        if product.is_none() {
            errors.push(unknown(format!("/lines/{place}/product_id"), &said.product));
        }
    }
    if house.is_none() {
        errors.push(unknown("/warehouse_id", &sent.warehouse));
    }
    if from.is_none() {
        errors.push(unknown("/supplier_id", &sent.supplier));
    }
    let (Some(supplier), Some(warehouse), true) = (from, house, errors.is_empty()) else {
        return Err(Refusal::invalid(errors).into());
    };
    work.want::<SupplierProduct>(products.iter().flatten().map(|product| (supplier.id, product.id)));
    let calendar = if supplier.calendar.is_empty() { Ok(None) } else { work.find::<Calendar>(supplier.calendar.clone()) };
    let mut files = Vec::with_capacity(products.len());
    for (product, need) in products.into_iter().flatten().zip(needs) {
        let supplied = work.find::<SupplierProduct>((supplier.id, product.id))?;
        files.push((product, supplied, need));
    }
    Ok(Named { supplier, warehouse, files, calendar: calendar? })
}

/// What the lines are for; orders that are not there are told at their field.
fn needs(work: &mut UnitOfWork, lines: &[PurchaseLineInput]) -> Outcome<(Vec<PurchaseFor>, Vec<FieldError>)> {
    let named = |line: &PurchaseLineInput| match &line.need {
        PurchaseNeed::Order { order, .. } => Some(order.trim().to_owned()),
        _ => None,
    };
    work.want::<Order>(lines.iter().filter_map(named).filter_map(|order| order.parse::<OrderId>().ok()));
    work.want_of::<OrderByNumber>(lines.iter().filter_map(named).filter(|order| order.parse::<OrderId>().is_err()));
    let (mut needs, mut errors) = (Vec::with_capacity(lines.len()), Vec::new());
    for (place, line) in lines.iter().enumerate() {
        needs.push(match &line.need {
            PurchaseNeed::Stock => PurchaseFor::stock(),
            PurchaseNeed::Proposal { id, number } => {
                PurchaseFor { cause: PurchaseCause::Proposal, id: *id, line_no: 0, number: number.clone() }
            }
            PurchaseNeed::Order { order, line_no } => match the_order(work, order.trim())? {
                None => {
                    errors.push(unknown(format!("/lines/{place}/order_id"), order));
                    PurchaseFor::stock()
                }
                Some(found) => {
                    let fits = (0..=found.line_count).contains(line_no);
                    if !fits {
                        errors
                            .push(FieldError::new(format!("/lines/{place}/order_line"), FieldRule::Unknown { value: line_no.to_string() }));
                    }
                    PurchaseFor { cause: PurchaseCause::Order, id: found.id.raw(), line_no: *line_no, number: found.number.clone() }
                }
            },
        });
    }
    Ok((needs, errors))
}

fn the_order(work: &mut UnitOfWork, reference: &str) -> Outcome<Option<Held<Order>>> {
    if let Ok(id) = reference.parse::<OrderId>()
        && let Some(order) = work.find::<Order>(id)?
    {
        return Ok(Some(order));
    }
    work.one::<OrderByNumber>(reference.to_owned())
}

impl Named {
    /// The lines as they are to be written: with the supplier's price, surcharge and day where nothing else was said.
    ///
    /// # Errors
    /// `invalid` with everything that is wrong at its field.
    pub(super) fn lines(&self, purchase: &Purchase, sent: &PurchaseInput, today: Date) -> Result<Vec<PurchaseLine>, Refusal> {
        let mut errors = Vec::new();
        let mut lines = Vec::with_capacity(self.files.len());
        for (place, ((product, supplied, need), said)) in self.files.iter().zip(&sent.lines).enumerate() {
            let at = |name: &str| format!("/lines/{place}/{name}");
            let quantity = product.said(said.quantity, &said.unit).map(|said| said.base).unwrap_or_else(|reason| {
                errors.push(FieldError::new(at("quantity"), reason));
                said.quantity
            });
            let supplied = supplied.as_deref();
            let lead = supplied.map_or(Some(self.supplier.lead_days), |one| one.lead_days(&self.supplier, said.rush));
            if said.rush && supplied.is_none_or(|one| one.rush_lead_days.is_none()) {
                errors.push(FieldError::new(at("rush"), PurchaseRule::NotRushed));
            }
            let unit_price = said.unit_price.or_else(|| supplied.and_then(|one| one.price(said.rush)));
            if unit_price.is_none() {
                errors.push(FieldError::new(at("unit_price"), PurchaseRule::NoPrice));
            }
            let soonest = || Supplier::arrival(today, lead.unwrap_or(self.supplier.lead_days), self.calendar.as_deref());
            let terms = PurchaseLineTerms {
                supplier_code: supplied.map(|one| one.supplier_code.clone()).unwrap_or_default(),
                quantity,
                unit_price: unit_price.unwrap_or_default(),
                rush: said.rush,
                asked_on: said.asked_on.unwrap_or_else(soonest),
                cause: need.clone(),
                note: said.note.trim().to_owned(),
            };
            lines.push(PurchaseLine::of(purchase, i64::try_from(place).unwrap_or(i64::MAX - 1) + 1, product, &terms));
        }
        errors.extend(purchase.check(&lines));
        Refusal::unless_valid(errors)?;
        Ok(lines)
    }
}
