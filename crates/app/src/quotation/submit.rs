//! Submitting a quotation to the sales manager.

use domain::{
    Act, Actor, Company, Customer, Order, OrderId, OrderLine, Product, ProductId, QuotationId, QuotationVerb, SubmitFacts, Version,
    Warehouse,
};
use store::rows::QuotationLines;
use store::{Outcome, UnitOfWork};

use super::{QuotationState, keep, load, moment};
use crate::customer::follow;
use crate::order::gate;

/// Submits a draft; what stands in the way is what stands in the way of an order, without what only an order needs.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotDraft`; `invalid` with every missing or impossible field.
///
/// Source: QUO-01, PRC-02
pub fn submit(work: &mut UnitOfWork, by: &Actor, id: QuotationId, version: Option<Version>) -> Outcome<QuotationState> {
    by.may(Act::CreateQuotation)?;
    work.want_of::<QuotationLines>([id]);
    let mut quotation = load(work, id, version)?;
    let at = moment(work)?;
    quotation.may(QuotationVerb::Submit, at.today, by)?;
    let lines = work.of::<QuotationLines>(id)?;
    let products: Vec<ProductId> = lines.iter().map(|line| line.product_id).collect();
    work.want::<Product>(products.iter().copied());
    work.want::<Customer>([quotation.customer_id]);
    let warehouse = work.get::<Warehouse>(quotation.warehouse_id)?;
    let customer = follow::current(work, quotation.customer_id)?;
    quotation.customer_id = customer.id;
    let company = work.get::<Company>(work.company())?;
    let products = work.all::<Product>(&products)?;

    let base = Order::draft(OrderId::NONE, &customer, &company, warehouse.id, by, (at.now, at.today));
    let order = quotation.as_order(base);
    let reason_above = gate::rules(work, &order)?.price_reason_above;
    let inactive: Vec<ProductId> = products.iter().filter(|product| !product.active).map(|product| product.id).collect();
    let facts = SubmitFacts {
        customer: &customer,
        warehouse: &warehouse,
        books: company.currency,
        reason_above,
        inactive_products: &inactive,
        broken_choices: &[],
        contract: None,
    };
    let priced: Vec<OrderLine> = lines.iter().zip(&products).map(|(line, product)| line.as_order_line(product)).collect();
    let errors = quotation.check_submit(&order, &priced.iter().collect::<Vec<_>>(), &facts, at.today);
    let event = quotation.submit(errors, by, at)?;

    Ok(keep(work, by, quotation, event))
}
