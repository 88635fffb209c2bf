//! Grades of the demo's customers: worked out by the rule, partly taken over; one proposed by hand, one approved, one refused.

use domain::{CustomerId, Grade};
use store::{Failure, UnitOfWork};

use super::master::Customer;
use super::people::Staff;
use crate::grade::{apply, approve, propose, recompute, refuse};
use crate::{App, customer};

/// Writes them.
///
/// # Errors
/// Any failure of the database.
pub(super) async fn write(app: &App, staff: &Staff, customers: &[Customer]) -> Result<(), Failure> {
    let manager = staff.by("manager");
    recompute::recompute(app, manager, None, None).await?;
    let company = manager.company_id;
    let differing = app.store.read(move |reader| store::query::grade::differing(reader, company, CustomerId::NONE)).await?;
    let some: Vec<CustomerId> = differing.iter().copied().step_by(3).collect();
    app.command(manager, None, move |work, by| apply::several(work, by, &some)).await?;

    // Of those that buy little, from the end of the list, which are not graded by the rule.
    let said = [("新项目将启用年框合同，预计本季成交 80 万元", "approve"), ("集团客户，总部为 A 级", "wait"), ("老客户介绍", "refuse")];
    let codes = customers.iter().filter(|one| one.input.grade != Some(Grade::A)).map(|one| one.input.code.clone());
    for (code, (reason, then)) in codes.zip(said) {
        let named = code.clone();
        let proposed = move |work: &mut UnitOfWork, by: &domain::Actor| {
            let found = customer::by_id_or_code(work, &named)?;
            let (id, grade) = found.map_or((CustomerId::NONE, Grade::C), |found| (found.id, found.grade));
            let better = if grade == Grade::C { Grade::B } else { Grade::A };
            propose::propose(work, by, id, None, (better, reason))
        };
        app.command(staff.by("sales"), None, proposed).await?;
        let decided = move |work: &mut UnitOfWork, by: &domain::Actor| {
            let id = customer::by_id_or_code(work, &code)?.map_or(CustomerId::NONE, |found| found.id);
            if then == "approve" {
                approve::approve(work, by, id, None, "同意")
            } else {
                refuse::refuse(work, by, id, None, "先看一个季度的回款")
            }
        };
        if then != "wait" {
            app.command(manager, None, decided).await?;
        }
    }
    Ok(())
}
