//! Contracts of the demo: one in force with a frame, one that waits to be put in force.

use domain::{Codes, ContractTerms, Date, Quantity, Rate, Settlement, UnitPrice};
use store::Failure;

use super::master::{Customer, Product};
use super::people::Staff;
use crate::App;
use crate::contract::{ContractLineSent, ContractSent, ContractState, create, enforce};

/// Who writes them, and who puts them in force.
const WRITER: &str = "sales";
const APPROVER: &str = "manager";

/// Customer and products by their places with price and quantity in pieces, and whether it is in force.
type Deal = (usize, &'static [(usize, i64, Option<i64>)], bool);

const DEALS: &[Deal] = &[(0, &[(1, 86, Some(5_000)), (2, 132, Some(1_200)), (3, 45, None)], true), (3, &[(4, 218, Some(800))], false)];

fn sent((customer, lines, _): Deal, today: Date, customers: &[Customer], products: &[Product]) -> Option<ContractSent> {
    let line = |(product, price, quantity): &(usize, i64, Option<i64>)| {
        let product = products.get(*product)?.input.code.clone();
        let quantity = quantity.map(|pieces| Quantity::from_micro(pieces * 1_000_000));
        let unit_price = UnitPrice::from_micro(price * 1_000_000);
        Some(ContractLineSent { product, unit_price, quantity, unit: String::new(), note: String::new() })
    };
    let terms = ContractTerms {
        customer_ref: String::new(),
        title: "年度框架供货合同".to_owned(),
        currency: None,
        tax_inclusive: None,
        valid_from: today.plus_days(-30),
        valid_to: today.plus_days(335),
        settlement: Some(Settlement::Monthly),
        deposit_rate: Some(Rate::ZERO),
        credit_days: None,
        credit_terms: "月结，次月 10 日前对账付款".to_owned(),
        lead_days: Some(3),
        delivery_terms: "送货到客户仓库，分批调用".to_owned(),
        terms: "全年单价不变；数量以框架数量为限，余量到期作废。".to_owned(),
        binding: Codes::parse("period,price"),
    };
    let lines = lines.iter().map(line).collect::<Option<Vec<_>>>()?;
    Some(ContractSent { customer: customers.get(customer)?.input.code.clone(), terms, lines })
}

/// Writes them on this day.
///
/// # Errors
/// Any failure of the database.
pub async fn write(app: &App, staff: &Staff, today: Date, customers: &[Customer], products: &[Product]) -> Result<(), Failure> {
    for deal in DEALS {
        let Some(sent) = sent(*deal, today, customers, products) else { continue };
        let made: ContractState = app.command(staff.by(WRITER), None, move |work, by| create::create(work, by, &sent)).await?;
        if deal.2 {
            app.command(staff.by(APPROVER), None, move |work, by| enforce::enforce(work, by, made.id, None)).await?;
        }
    }
    Ok(())
}
