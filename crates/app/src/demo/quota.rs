//! Quotas of the demo: one that every order of its product takes of, one for a grade, one out of use.

use domain::{CompanyId, Date, Grade, Quantity, QuotaId, Selector};
use store::Failure;

use super::people::Staff;
use crate::App;
use crate::quota::{QuotaInput, activate, create, edit};
use crate::saved::Saved;

/// Who shares out.
const WRITER: &str = "manager";

/// Code, name, product and grade; the first is for everybody.
const QUOTAS: [[&str; 4]; 3] = [
    ["PE-RFID", "RFID 标签下半年配额", "BQ-007", ""],
    ["PE-CRJ", "缠绕机重点客户配额", "SB-005", "A"],
    ["PE-DBJ", "打包机试销配额", "SB-004", ""],
];

/// More than the demo orders of anything.
const PLENTY: i64 = 10_000_000;

fn said([code, name, product, grade]: [&str; 4], (from, to): (Date, Date), quantity: Quantity) -> QuotaInput {
    QuotaInput {
        code: code.to_owned(),
        name: name.to_owned(),
        product: product.to_owned(),
        grade: Selector::of(Grade::parse(grade)),
        channel: Selector::Any,
        region: String::new(),
        valid_from: from,
        valid_to: to,
        quantity,
        unit: String::new(),
    }
}

/// Shares out before anything is ordered.
///
/// # Errors
/// Any failure of the database.
pub async fn write(app: &App, staff: &Staff, period: (Date, Date)) -> Result<Vec<Saved>, Failure> {
    let mut all = Vec::new();
    for one in QUOTAS {
        let input = said(one, period, Quantity::units(PLENTY));
        all.push(app.command(staff.by(WRITER), None, move |work, by| create::create(work, by, &input)).await?);
    }
    Ok(all)
}

/// Fits the quotas to what was taken in the end: a quarter more is left, and the last is out of use.
///
/// # Errors
/// Any failure of the database.
pub async fn fit(app: &App, staff: &Staff, company: CompanyId, made: &[Saved], period: (Date, Date)) -> Result<(), Failure> {
    for (place, (one, saved)) in QUOTAS.into_iter().zip(made).enumerate() {
        let id: QuotaId = saved.id.parse().map_err(|_| store::Fault::Broken("the id of a quota".to_owned()))?;
        let known = app.store.read(move |reader| store::query::quota::one(reader, company, id)).await?;
        let taken = known.map_or(0, |known| known.taken.micro() / 1_000_000);
        let input = said(one, period, Quantity::units((taken * 5 / 4 / 10 + 1) * 10));
        app.command(staff.by(WRITER), None, move |work, by| edit::edit(work, by, id, None, &input)).await?;
        if place + 1 == QUOTAS.len() {
            app.command(staff.by(WRITER), None, move |work, by| activate::deactivate(work, by, id, None)).await?;
        }
    }
    Ok(())
}
