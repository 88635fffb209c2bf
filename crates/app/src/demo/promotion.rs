//! Promotions of the demo: one that is given, one that waits to be put in force, one that has ended.

use domain::{Date, Names, PromotionEffect, PromotionTerms, Quantity, Rate, Selector};
use store::Failure;

use super::people::Staff;
use crate::App;
use crate::promotion::{PromotionInput, activate, create, end};
use crate::saved::Saved;

/// Who writes them, and who puts them in force.
const WRITER: &str = "sales";
const APPROVER: &str = "manager";

/// What they are for.
const PRODUCTS: [&str; 4] = ["WH-001", "WH-002", "WH-003", "WH-004"];

fn sent(code: &str, names: [&str; 3], terms: PromotionTerms, today: Date) -> PromotionInput {
    let [zh_cn, zh_tw, en] = names.map(str::to_owned);
    PromotionInput {
        code: code.to_owned(),
        names: Names { zh_cn, zh_tw, en },
        valid_from: today.plus_days(-7),
        valid_to: today.plus_days(60),
        customer: None,
        grade: Selector::Any,
        category: Selector::Any,
        channel: Selector::Any,
        currency: None,
        products: PRODUCTS.map(str::to_owned).to_vec(),
        terms,
        combinable: true,
        priority: 10,
        limit_total: 0,
        limit_customer: 2,
    }
}

/// Writes them on this day.
///
/// # Errors
/// Any failure of the database.
pub async fn write(app: &App, staff: &Staff, today: Date) -> Result<(), Failure> {
    let share = |effect, percent| PromotionTerms { effect, percent: Rate::from_bp(percent), ..PromotionTerms::default() };
    let bulk = PromotionTerms { min_quantity: Quantity::from_micro(500_000_000), ..share(PromotionEffect::LinePercent, 300) };
    let free = PromotionTerms {
        effect: PromotionEffect::FreeUnits,
        buy: Quantity::from_micro(100_000_000),
        free: Quantity::from_micro(5_000_000),
        ..PromotionTerms::default()
    };
    let all = [
        sent("CX-PL", ["双胶纸批量让利", "雙膠紙批量讓利", "Bulk discount on offset paper"], bulk, today),
        sent("CX-MZ", ["买一百送五", "買一百送五", "Buy 100, get 5"], free, today),
        sent("CX-QJ", ["秋季清仓", "秋季清倉", "Autumn clearance"], share(PromotionEffect::OrderPercent, 500), today),
    ];
    for (place, sent) in all.into_iter().enumerate() {
        let made: Saved = app.command(staff.by(WRITER), None, move |work, by| create::create(work, by, &sent)).await?;
        let Ok(id) = made.id.parse() else { continue };
        if place != 1 {
            app.command(staff.by(APPROVER), None, move |work, by| activate::activate(work, by, id, None)).await?;
        }
        if place == 2 {
            app.command(staff.by(APPROVER), None, move |work, by| end::end(work, by, id, None, "库存已清")).await?;
        }
    }
    Ok(())
}
