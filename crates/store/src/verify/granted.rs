//! What customers were granted: promotions counted again, and settled rebates compared with the money that carries them.

use std::collections::BTreeMap;

use domain::{CompanyId, CustomerId, Kept, Promotion, PromotionId, PromotionUse, Rebate};

use super::{Finding, Report};
use crate::fault::Fault;
use crate::read::{Reader, read};

/// Counts again how many orders have each promotion, and how many of each customer where that is limited (PRC-06).
pub(super) fn promotions(reader: &Reader<'_>, company: CompanyId, report: &mut Report) -> Result<(), Fault> {
    let text = "SELECT promotions_used FROM orders WHERE company_id = ?1 AND promotions_used NOT IN ('', '[]')";
    let mut orders: BTreeMap<PromotionId, i64> = BTreeMap::new();
    for used in reader.rows(text, &[company.raw().into()], |source| read::<Kept<Vec<PromotionId>>>(source, 0))? {
        used.iter().for_each(|id| *orders.entry(*id).or_default() += 1);
    }
    let mut counted: BTreeMap<PromotionId, (i64, i64)> = BTreeMap::new();
    for one in reader.all::<PromotionUse>(company, "", &[])? {
        let (all, by_customer) = counted.entry(one.promotion_id).or_default();
        *(if one.customer_id == CustomerId::NONE { all } else { by_customer }) += one.used;
    }
    for promotion in reader.all::<Promotion>(company, "", &[])? {
        let orders = orders.get(&promotion.id).copied().unwrap_or_default();
        let (all, by_customer) = counted.get(&promotion.id).copied().unwrap_or_default();
        if all != orders || (promotion.limit_customer > 0 && by_customer != orders) {
            let what = format!("promotion {}: counted {all}, by customer {by_customer}, orders {orders}", promotion.code);
            report.findings.push(Finding { check: "promotions", what });
        }
    }
    Ok(())
}

/// Compares what rebates were settled with and the payments that carry them (PRC-06).
pub(super) fn rebates(reader: &Reader<'_>, company: CompanyId, report: &mut Report) -> Result<(), Fault> {
    let text = "SELECT reference, CAST(sum(amount_minor) AS BIGINT) FROM payments WHERE company_id = ?1 AND method = 'rebate' AND reversed = 0 GROUP BY reference";
    let rows = reader.rows(text, &[company.raw().into()], |source| Ok((read::<String>(source, 0)?, read::<i64>(source, 1)?)))?;
    let mut paid: BTreeMap<String, i64> = rows.into_iter().collect();
    for rebate in reader.all::<Rebate>(company, "AND status = 'settled'", &[])? {
        let credited = (rebate.settlement.amount - rebate.settlement.paid).minor();
        let payments = paid.remove(&rebate.number).unwrap_or_default();
        if credited != payments {
            let what = format!("rebate agreement {}: credited {credited}, payments {payments}", rebate.number);
            report.findings.push(Finding { check: "rebates", what });
        }
    }
    let stray =
        paid.into_iter().map(|(number, amount)| format!("payments of {amount} for rebate agreement {number}, which is not settled"));
    report.findings.extend(stray.map(|what| Finding { check: "rebates", what }));
    Ok(())
}
