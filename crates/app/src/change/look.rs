//! What would come of a change now: the calculation that previews, decides and applies it.

use domain::{
    Approval, Brought, Buyer, CHANGE_RULE, ChangeApproval, ChangeInput, ChangeItem, ChangeStatus, Company, Customer, CustomerAccount, Date,
    Decision, Effect, LastPrice, Order, OrderLine, PreviewFacts, Previewed, Product, ProductId, Quantity, Refusal, Reservation,
    change_steps, effect_of,
};
use store::rows::{Approvals, ChangeApprovals, OrderChanges};
use store::{Held, Outcome, UnitOfWork};

use crate::order::{draft, gate, load};
use crate::{contract, price, quota, reservation};

/// What would come of a change now.
#[derive(Clone, Debug, PartialEq)]
pub struct Looked {
    /// The order and its lines afterwards, and what follows.
    pub previewed: Previewed,
    /// The same for those who decide.
    pub effect: Effect,
}

/// Looks at a change of an order; changes nothing.
///
/// # Errors
/// As [`domain::preview`].
///
/// Source: CHG-01
pub(super) fn look(work: &mut UnitOfWork, order: &Order, lines: &[Held<OrderLine>], input: &ChangeInput) -> Outcome<Looked> {
    let configured = input.items.iter().filter_map(|item| configured(item, lines));
    let products: Vec<ProductId> = input.items.iter().filter_map(|item| item.product()).map(|(id, _)| id).chain(configured).collect();
    work.want::<Company>([work.company()]);
    work.want::<Product>(products.iter().copied());
    work.want::<Customer>([order.customer_id]);
    work.want::<CustomerAccount>([order.customer_id]);
    work.want_of::<Approvals>([order.id]);
    work.want_of::<OrderChanges>([order.id]);
    price::want(work, order.customer_id, products.iter().copied());
    let all: Vec<ProductId> = lines.iter().map(|line| line.product_id).chain(products).collect();
    reservation::want(work, order);
    let company = work.get::<Company>(work.company())?;
    let today = draft::today(work, &company);
    let brought = brought(work, order, lines, input, today)?;
    let free = reservation::of_products(work, order, all.into_iter())?;
    let reservations = reservation::of_order(work, order)?;
    let reservations: Vec<&Reservation> = reservations.iter().map(|one| &**one).collect();

    let agreed = contract::agreed(work, order, lines)?;
    let own_currency = order.currency == company.currency;
    let facts = PreviewFacts {
        brought: &brought,
        free: &free,
        reservations: &reservations,
        today,
        own_currency,
        reason: &input.reason,
        contract: agreed.as_ref(),
    };
    let mut previewed = domain::preview(order, lines, &input.items, &facts)?;

    let after: Vec<&OrderLine> = previewed.lines.iter().collect();
    let (differences, wrong) =
        agreed.as_ref().map(|agreed| agreed.check_change((order, lines), (&previewed.order, &after))).unwrap_or_default();
    Refusal::unless_valid(wrong)?;
    if !differences.is_empty() && previewed.order.contract_reason.is_empty() {
        input.reason.trim().clone_into(&mut previewed.order.contract_reason);
    }
    let after: Vec<&OrderLine> = previewed.lines.iter().collect();
    Refusal::unless_valid(quota::check_change(work, &previewed.order, lines, &after)?)?;
    let wanted = gate::wanted_steps(work, &previewed.order, &after)?;
    let steps = change_steps(wanted, had(work, order)?);
    let account = load::account(work, order.customer_id)?;
    let effect = Effect { contract: differences, ..effect_of(order, lines, input, &previewed, &account, steps) };
    Ok(Looked { previewed, effect })
}

/// What each item brings, with what the price book says of it today.
fn brought(
    work: &mut UnitOfWork,
    order: &Order,
    lines: &[Held<OrderLine>],
    input: &ChangeInput,
    today: Date,
) -> Outcome<Vec<Option<Brought>>> {
    let grade = work.get::<Customer>(order.customer_id)?.grade;
    let book = price::Book::of(work, Buyer::of(order, grade))?;
    let mut all = Vec::with_capacity(input.items.len());
    for item in &input.items {
        if let Some(product) = configured(item, lines) {
            all.push(work.find::<Product>(product)?.map(|product| Brought { product: (*product).clone(), found: None, last: None }));
            continue;
        }
        let Some((product, quantity)) = item.product() else {
            all.push(None);
            continue;
        };
        let before = lines.iter().find(|line| Some(line.line_no) == item.line_no()).map(|line| line.quantity_micro);
        let quantity = quantity.or(before).unwrap_or(Quantity::ZERO);
        let found = book.find(work, product, quantity, today)?;
        let last = work.find::<LastPrice>((order.customer_id, product))?.map(|last| (*last).clone());
        all.push(work.find::<Product>(product)?.map(|product| Brought { product: (*product).clone(), found, last }));
    }
    Ok(all)
}

/// The product of the line whose choices change.
fn configured(item: &ChangeItem, lines: &[Held<OrderLine>]) -> Option<ProductId> {
    let ChangeItem::Configuration { line_no, .. } = item else { return None };
    lines.iter().find(|line| line.line_no == *line_no).map(|line| line.product_id)
}

/// The rules by which the order and its changes were signed already.
fn had(work: &mut UnitOfWork, order: &Order) -> Outcome<Vec<String>> {
    let signed = |decision: Option<Decision>| decision == Some(Decision::Approved);
    let steps: Vec<Held<Approval>> = work.of::<Approvals>(order.id)?;
    let round = steps.iter().filter(|step| step.round == order.approval_round && signed(step.decision));
    let mut had: Vec<String> = round.map(|step| step.rule.clone()).collect();
    let changes = work.of::<OrderChanges>(order.id)?;
    let applied: Vec<_> = changes.iter().filter(|change| change.status == ChangeStatus::Applied).collect();
    work.want_of::<ChangeApprovals>(applied.iter().map(|change| change.id));
    for change in applied {
        let steps: Vec<Held<ChangeApproval>> = work.of::<ChangeApprovals>(change.id)?;
        let own = steps.iter().filter(|step| step.round == change.round && signed(step.decision) && step.rule != CHANGE_RULE);
        had.extend(own.map(|step| step.rule.clone()));
    }
    Ok(had)
}
