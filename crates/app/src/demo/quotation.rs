//! Quotations of the demo: some from long ago that were lost or forgotten, and those of today in every state.

use domain::{Quantity, QuotationId, QuotationReason, QuotationTerms, Rate};
use store::Failure;

use super::master::{Customer, Product};
use super::people::Staff;
use crate::App;
use crate::order::{LineInput, OrderInput};
use crate::quotation::{QuotationSent, QuotationState, approve, create, lose, revise, send, submit, win};

/// How far a quotation comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Drafted,
    Submitted,
    Approved,
    Sent,
    Won,
    Lost,
    /// Lost, and written anew.
    Revised,
}

/// Customer and product by their places, quantity, percent off, days to deliver, and how far it comes.
type Offer = (usize, usize, i64, i64, i64, Way);

/// Sixty days ago: one was lost, one was never answered and has expired.
const EARLIER: &[Offer] = &[(2, 5, 400, 200, 10, Way::Lost), (6, 9, 1_000, 300, 15, Way::Sent)];

/// Today.
const TODAY: &[Offer] = &[
    (0, 1, 600, 200, 7, Way::Submitted),
    (3, 4, 1_200, 500, 20, Way::Sent),
    (5, 8, 300, 0, 5, Way::Approved),
    (8, 12, 2_000, 300, 15, Way::Won),
    (11, 15, 500, 300, 12, Way::Revised),
    (14, 2, 250, 0, 0, Way::Drafted),
];

/// Who writes them, and who approves them.
const WRITER: &str = "sales";
const APPROVER: &str = "manager";

fn sent((customer, product, pieces, off, days, _): Offer, customers: &[Customer], products: &[Product]) -> Option<QuotationSent> {
    let (customer, product) = (customers.get(customer)?, products.get(product)?);
    let line = LineInput {
        product: product.input.code.clone(),
        quantity: Quantity::from_micro(pieces * 1_000_000),
        discount_rate: Rate::from_bp(off),
        ..LineInput::default()
    };
    let order = OrderInput { customer: customer.input.code.clone(), lines: vec![line], ..OrderInput::default() };
    let terms = QuotationTerms {
        valid_until: None,
        lead_days: days,
        delivery_terms: "送货到客户仓库，卸货由客户负责".to_owned(),
        terms: "含税含运费；数量增减 5% 以内按此单价结算。".to_owned(),
    };
    Some(QuotationSent { order, terms })
}

async fn play(app: &App, staff: &Staff, offer: Offer, sent: QuotationSent) -> Result<(), Failure> {
    let (rep, manager) = (staff.by(WRITER), staff.by(APPROVER));
    let made: QuotationState = app.command(rep, None, move |work, by| create::create(work, by, &sent)).await?;
    let (id, way): (QuotationId, Way) = (made.id, offer.5);
    if way == Way::Drafted {
        return Ok(());
    }
    app.command(rep, None, move |work, by| submit::submit(work, by, id, None)).await?;
    if way == Way::Submitted {
        return Ok(());
    }
    app.command(manager, None, move |work, by| approve::approve(work, by, id, None, "")).await?;
    if way == Way::Approved {
        return Ok(());
    }
    app.command(rep, None, move |work, by| send::send(work, by, id, None, "邮件发给采购")).await?;
    match way {
        Way::Won => {
            app.command(rep, None, move |work, by| win::win(work, by, id, None, (Some(QuotationReason::LeadTime), "交期能配合"))).await?;
        }
        Way::Lost | Way::Revised => {
            let why = (QuotationReason::Price, "客户拿到的另一家报价低 4%");
            app.command(rep, None, move |work, by| lose::lose(work, by, id, None, why)).await?;
        }
        _ => {}
    }
    if way == Way::Revised {
        app.command(rep, None, move |work, by| revise::revise(work, by, id, None)).await?;
    }
    Ok(())
}

/// Writes those of long ago, or those of today, at what the clock shows.
///
/// # Errors
/// Any failure of the database.
pub async fn write(app: &App, staff: &Staff, today: bool, customers: &[Customer], products: &[Product]) -> Result<(), Failure> {
    for offer in if today { TODAY } else { EARLIER } {
        if let Some(sent) = sent(*offer, customers, products) {
            play(app, staff, *offer, sent).await?;
        }
    }
    Ok(())
}
