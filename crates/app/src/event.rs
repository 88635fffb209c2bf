//! What happened, and who may see it.

use domain::{Act, Actor, Event, EventKind};
use store::{Outcome, UnitOfWork};

/// Each kind of thing that events happen to, with the permission to look at it.
const VIEWS: &[(&str, Act)] = &[
    ("order", Act::ViewOrder),
    ("shipment", Act::ViewShipment),
    ("invoice", Act::ViewInvoice),
    ("payment", Act::ViewPayment),
    ("follow_up", Act::ViewFollowUp),
    ("attachment", Act::ViewOrder),
    ("customer", Act::ViewCustomer),
    ("agent", Act::ViewAgent),
    ("product", Act::ViewProduct),
    ("price", Act::ViewPrice),
    ("exchange_rate", Act::ViewPrice),
    ("calendar", Act::ViewOrder),
    ("absence", Act::ViewOrder),
    ("warehouse", Act::ViewStock),
    ("stock", Act::ViewStock),
    ("bin", Act::ViewStock),
    ("transfer", Act::ViewStock),
    ("stock_count", Act::ViewStock),
    ("quota", Act::ViewQuota),
    ("supplier", Act::ViewSupplier),
    ("purchase", Act::ViewPurchase),
    ("user", Act::ViewUser),
    ("role", Act::ViewUser),
    ("session", Act::ViewUser),
    ("api_token", Act::ViewUser),
    ("company", Act::ViewUser),
    ("import", Act::RunImport),
    ("export", Act::ViewAudit),
    ("mail_settings", Act::EditNotification),
    ("webhook", Act::EditNotification),
    ("robot", Act::EditNotification),
    ("template", Act::EditNotification),
    ("delivery", Act::ViewDelivery),
    ("task", Act::ViewTask),
    ("worker", Act::ViewTask),
    ("skill", Act::ViewTask),
    ("task_kind", Act::ViewTask),
    ("intake_phrase", Act::ViewOrder),
    ("portal_user", Act::ViewCustomer),
    ("quotation", Act::ViewQuotation),
    ("contract", Act::ViewContract),
    ("exception", Act::ViewOrder),
    ("inquiry", Act::ViewInquiry),
    ("document", Act::ViewOrder),
    ("document_template", Act::EditDocumentTemplate),
    ("letterhead", Act::ViewOrder),
];

/// Whether this actor may see what happens to things of this kind; all of it with `audit.view`.
pub fn may_see(by: &Actor, subject_kind: &str) -> bool {
    let act = VIEWS.iter().find(|(kind, _)| *kind == subject_kind).map_or(Act::ViewAudit, |(_, act)| *act);
    by.may(act).is_ok() || by.may(Act::ViewAudit).is_ok()
}

/// Whether things of this kind have events.
pub fn is_subject(kind: &str) -> bool {
    VIEWS.iter().any(|(known, _)| *known == kind)
}

/// Records that a list went out as a file.
///
/// # Errors
/// Refused without `export.run`.
pub fn exported(work: &mut UnitOfWork, by: &Actor, noun: &'static str, format: &str) -> Outcome<()> {
    by.may(Act::RunExport)?;
    work.record(by, Event::of(EventKind::DataExported, "export", 0, noun).with("list", noun).with("format", format));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_for_auditors_only() {
        let mut actor = crate::session::actor_of_nobody();
        actor.permissions = domain::Codes::parse("order.view");
        assert!(may_see(&actor, "order") && !may_see(&actor, "user") && !may_see(&actor, "moon"));
        actor.permissions = domain::Codes::parse("audit.view");
        assert!(may_see(&actor, "moon"));
    }
}
