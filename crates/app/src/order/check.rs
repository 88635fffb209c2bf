//! What an order would come to, while it is typed. Changes nothing.

use domain::{
    Act, Actor, Agreed, Contract, ContractDifference, CustomerAccount, FieldError, Kept, Order, OrderId, OrderLine, Product, ProductId,
    Quantity, SubmitFacts, Warehouse,
};
use store::{Held, Outcome, UnitOfWork};

use super::{OrderInput, draft, gate, load};
use crate::{contract, promotion, quota, stock};

/// An order as it would be.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its head with totals, where the customer is known.
    pub order: Option<Order>,
    /// Its lines, as far as their products are known; `line_no` is the place in the input.
    pub lines: Vec<OrderLine>,
    /// What is free of each line's product in the order's warehouse, by line.
    pub available: Vec<Quantity>,
    /// What may be offered in the place of each line's product where there is not enough of it, with what is free of that.
    pub substitutes: Vec<Vec<(Product, Quantity)>>,
    /// Days until goods that are not there can be, by line.
    pub lead_days: Vec<i64>,
    /// Everything that stands in the way of submission.
    pub errors: Vec<FieldError>,
    /// What the customer owes already.
    pub account: Option<CustomerAccount>,
    /// The contract it would be placed under.
    pub contract: Option<Agreed>,
    /// Where it departs from that.
    pub differences: Vec<ContractDifference>,
    /// Where none is named: the only contract in force with the customer.
    pub proposed: Option<Contract>,
}

/// Prices, totals, availability, credit and everything that stands in the way of submission. `draft` is the order that is edited, whose quotation
/// holds prices.
///
/// # Errors
/// Denied without `order.create`; mistakes in the input are part of the answer.
///
/// Source: APR-02, PRC-01
pub fn check(work: &mut UnitOfWork, by: &Actor, input: &OrderInput, draft: Option<OrderId>) -> Outcome<Checked> {
    by.may(Act::CreateOrder)?;
    let edited = draft.map_or(Ok(None), |draft| work.find::<Order>(draft))?;
    let kept = edited.as_ref().and_then(|edited| edited.contract_id).map(|id| id.to_string());
    let input = &OrderInput { contract: input.contract.clone().or(kept), ..input.clone() };
    let (named, mut errors) = draft::look_up(work, input)?;
    let nothing = |errors| Checked {
        order: None,
        lines: Vec::new(),
        available: Vec::new(),
        substitutes: Vec::new(),
        lead_days: Vec::new(),
        errors,
        account: None,
        contract: None,
        differences: Vec::new(),
        proposed: None,
    };
    let Some(named) = named else { return Ok(nothing(errors)) };
    let mut order = draft::head(work, by, OrderId::NONE, input, &named)?;
    let declined = edited.as_ref().map(|edited| edited.promotions_declined.clone()).unwrap_or_default();
    order.quotation_id = edited.and_then(|edited| edited.quotation_id);
    let mut lines = draft::lines(work, &mut order, &input.lines, &named)?;
    order.promotions_declined = input.declined_promotions.clone().map_or(declined, Kept::of);
    promotion::grant(work, &mut order, &lines.iter().collect::<Vec<_>>(), named.customer.grade)?;
    let products: Vec<_> = lines.iter().map(|line| line.product_id).collect();
    stock::want(work, order.warehouse_id, products.iter().copied());
    let account = load::account(work, order.customer_id)?;
    let warehouse = work.get::<Warehouse>(order.warehouse_id)?;
    let known = work.all::<Product>(&products)?;
    let inactive: Vec<_> = known.iter().filter(|p| !p.active).map(|p| p.id).collect();
    let mut available = Vec::with_capacity(lines.len());
    for line in &lines {
        available.push(stock::available(work, line.product_id, order.warehouse_id)?);
    }
    let substitutes = substitutes(work, &order, &lines, &available, &known)?;
    if let Err(refusal) = order.total_up(&mut lines.iter_mut().collect::<Vec<_>>()) {
        errors.extend(refusal.fields);
    }
    let agreed = contract::agreed(work, &order, &lines.iter().collect::<Vec<_>>())?;
    let proposed = if input.contract.is_none() { contract::proposed(work, order.customer_id, order.ordered_on)? } else { None };
    let reason_above = gate::rules(work, &order)?.price_reason_above;
    let facts = SubmitFacts {
        customer: &named.customer,
        warehouse: &warehouse,
        books: named.company.currency,
        reason_above,
        inactive_products: &inactive,
        broken_choices: &[],
        contract: agreed.as_ref(),
    };
    if errors.is_empty() {
        errors.extend(order.check_submit(&lines.iter().collect::<Vec<_>>(), &facts));
        let today = named.company.date_of(work.now());
        errors.extend(quota::check(work, &order, &lines.iter().collect::<Vec<_>>(), named.customer.grade, today)?);
    }
    let lead_days = known.iter().map(|p| p.lead_days).collect();
    let differences = agreed.as_ref().map(|agreed| agreed.differences(&order, &lines.iter().collect::<Vec<_>>())).unwrap_or_default();
    let account = Some(account);
    Ok(Checked { order: Some(order), lines, available, substitutes, lead_days, errors, account, contract: agreed, differences, proposed })
}

/// What may be offered for the lines that are short, as far as there is any of it.
fn substitutes(
    work: &mut UnitOfWork,
    order: &Order,
    lines: &[OrderLine],
    available: &[Quantity],
    products: &[Held<Product>],
) -> Outcome<Vec<Vec<(Product, Quantity)>>> {
    let short = |place: usize| available[place] < lines[place].quantity_micro;
    let of = |place: usize| products.iter().find(|product| product.id == lines[place].product_id).filter(|_| short(place));
    let wanted: Vec<Vec<ProductId>> =
        (0..lines.len()).map(|place| of(place).map(|product| product.substitutes.to_vec()).unwrap_or_default()).collect();
    let all: Vec<ProductId> = wanted.iter().flatten().copied().collect();
    work.want::<Product>(all.iter().copied());
    stock::want(work, order.warehouse_id, all.iter().copied());
    let mut offered = Vec::with_capacity(lines.len());
    for wanted in wanted {
        let mut offers = Vec::new();
        for product in wanted {
            let Some(product) = work.find::<Product>(product)?.filter(|product| product.active) else { continue };
            let free = stock::available(work, product.id, order.warehouse_id)?;
            if free.is_positive() {
                offers.push(((*product).clone(), free));
            }
        }
        offered.push(offers);
    }
    Ok(offered)
}
