//! Rebate agreements of the demo: one that runs, one whose settlement is proposed, one that is settled, one that is written, one given up.

use domain::{CustomerId, Date, Money, Quantity, Rate, RebateBasis, RebateId, RebateInvoice, RebateTier, RebateTo, UnitPrice};
use store::Failure;
use store::query::rebate as query;

use super::people::Staff;
use crate::App;
use crate::rebate::{RebateInput, approve, create, end, propose, settle};

/// Who writes them, who approves them, who settles them.
const WRITER: &str = "sales";
const APPROVER: &str = "manager";
const FINANCE: &str = "finance";

fn shares(tiers: &[(i64, i64)]) -> Vec<RebateTier> {
    let tier = |(from, percent): &(i64, i64)| RebateTier {
        from_amount: Money::from_minor(from * 100),
        percent: Rate::from_bp(*percent),
        ..RebateTier::default()
    };
    tiers.iter().map(tier).collect()
}

fn sent(number: &str, customer: CustomerId, days: (i64, i64), tiers: Vec<RebateTier>, today: Date) -> RebateInput {
    RebateInput {
        number: number.to_owned(),
        customer: customer.to_string(),
        valid_from: today.plus_days(days.0),
        valid_to: today.plus_days(days.1),
        basis: RebateBasis::Amount,
        currency: None,
        products: Vec::new(),
        tiers,
        whole: true,
    }
}

/// Writes them on this day, with those who bought most.
///
/// # Errors
/// Any failure of the database.
pub async fn write(app: &App, staff: &Staff, today: Date) -> Result<(), Failure> {
    let company = staff.by(WRITER).company_id;
    let best = app.store.read(move |reader| query::best_customers(reader, company, 4)).await?;
    let &[first, second, third, fourth] = best.as_slice() else { return Ok(()) };
    let steps = || shares(&[(20_000, 100), (100_000, 150), (500_000, 200)]);
    let per_unit =
        RebateTier { from_quantity: Quantity::from_micro(500_000_000), per_unit: UnitPrice::from_micro(500_000), ..RebateTier::default() };
    let quantity =
        RebateInput { basis: RebateBasis::Quantity, tiers: vec![per_unit], ..sent("FL-004", fourth, (0, 90), Vec::new(), today) };

    let running = written(app, staff, sent("FL-001", first, (-50, 40), steps(), today)).await?;
    let proposed = written(app, staff, sent("FL-002", second, (-59, -2), steps(), today)).await?;
    let settled = written(app, staff, sent("FL-003", third, (-59, -2), steps(), today)).await?;
    written(app, staff, quantity).await?;
    let given_up = written(app, staff, sent("FL-005", fourth, (30, 120), steps(), today)).await?;
    for id in [running, proposed, settled] {
        app.command(staff.by(APPROVER), None, move |work, by| approve::approve(work, by, id, None)).await?;
    }
    app.command(staff.by(WRITER), None, move |work, by| end::withdraw(work, by, given_up, None, "客户改签年度合同")).await?;
    for id in [proposed, settled] {
        let invoices = counted(app, staff, id).await?;
        let to = RebateTo { orders: Vec::new(), pay_rest: true };
        app.command(staff.by(WRITER), None, move |work, by| propose::propose(work, by, id, None, &invoices, &to)).await?;
    }
    let invoices = counted(app, staff, settled).await?;
    app.command(staff.by(FINANCE), None, move |work, by| settle::settle(work, by, settled, None, &invoices, "HK20261101")).await?;
    Ok(())
}

async fn written(app: &App, staff: &Staff, sent: RebateInput) -> Result<RebateId, Failure> {
    let made = app.command(staff.by(WRITER), None, move |work, by| create::create(work, by, &sent)).await?;
    Ok(made.id.parse().expect("an id that was given"))
}

async fn counted(app: &App, staff: &Staff, id: RebateId) -> Result<Vec<RebateInvoice>, Failure> {
    let company = staff.by(WRITER).company_id;
    let found = app.store.read(move |reader| {
        let Some(rebate) = reader.get::<domain::Rebate>(company, id)? else { return Ok(Vec::new()) };
        query::counted(reader, company, &[&rebate])
    });
    Ok(found.await?.into_iter().map(query::Counted::into_invoice).collect())
}
