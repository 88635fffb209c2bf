//! Who is told of which event, by which channels.

use crate::codes::{Codes, codes};
use crate::notify::template;
use crate::refusal::FieldError;
use crate::rule::{FieldCheck, FieldRule};

codes! {
    /// A way by which people and programs are told.
    NotifyChannel in "notify_channel" {
        /// In the product, at the bell.
        InApp = "in_app",
        Email = "email",
        /// A program's address, signed as Standard Webhooks.
        Webhook = "webhook",
        /// The robot of a group chat.
        Robot = "robot",
    }
}

codes! {
    /// A recipient that depends on the event.
    NotifyRecipient in "notify_recipient" {
        /// The order's representative.
        Rep = "rep",
        /// Who entered the order.
        Enterer = "enterer",
        /// The users that the event itself names in its fact `recipients`.
        Recipients = "recipients",
        /// The order's customer: those who order for them in the portal and have an e-mail address.
        Customer = "customer",
    }
}

/// A rule of notification: one `[[notify]]` table of a blueprint.
///
/// Source: TSK-05
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotifyRule {
    /// Codes of events; unknown ones never happen.
    pub events: Vec<String>,
    /// Codes of roles, all of whose users are told.
    pub roles: Vec<String>,
    /// Who else.
    pub to: Vec<NotifyRecipient>,
    /// By which ways.
    pub channels: Vec<NotifyChannel>,
    /// Code of the template.
    pub template: String,
    /// Does not wait for a digest, and for quiet hours only where its reader wants so.
    pub urgent: bool,
}

fn all_channels() -> Vec<NotifyChannel> {
    NotifyChannel::ALL.to_vec()
}

impl NotifyRule {
    /// Whether it is about this event.
    pub fn is_about(&self, kind: &str) -> bool {
        self.events.iter().any(|known| known == kind)
    }

    /// Whether it goes by this channel.
    pub fn goes_by(&self, channel: NotifyChannel) -> bool {
        self.channels.contains(&channel)
    }

    /// What is wrong with it, each at its field; `roles` are the codes of the company's roles.
    pub fn check(&self, roles: &Codes) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.that(!self.events.is_empty(), "/events", FieldRule::Required);
        check.that(!self.channels.is_empty(), "/channels", FieldRule::Required);
        for (place, role) in self.roles.iter().enumerate() {
            check.that_or(roles.contains(role), &format!("/roles/{place}"), || FieldRule::Unknown { value: role.clone() });
        }
        let known = template::CODES.contains(&self.template.as_str());
        check.that_or(known, "/template", || FieldRule::Unknown { value: self.template.clone() });
        check.errors
    }
}

/// The rules of a company that has not said otherwise.
pub fn standard() -> Vec<NotifyRule> {
    use NotifyRecipient::{Customer, Enterer, Recipients, Rep};
    let rule = |event: &str, roles: &[&str], to: &[NotifyRecipient], template: &str| NotifyRule {
        events: vec![event.to_owned()],
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        to: to.to_vec(),
        channels: all_channels(),
        template: template.to_owned(),
        urgent: false,
    };
    let urgent = |rule: NotifyRule| NotifyRule { urgent: true, ..rule };
    vec![
        rule("OrderSubmitted", &["customer_service"], &[], "order_submitted"),
        rule("OrderReviewed", &["sales_manager"], &[], "order_reviewed"),
        rule("OrderStepApproved", &["finance"], &[], "order_reviewed"),
        urgent(rule("OrderReturned", &[], &[Enterer], "order_returned")),
        urgent(rule("OrderRejected", &[], &[Enterer], "order_rejected")),
        rule("InquiryAnswered", &[], &[Recipients], "event"),
        rule("InquiryDropped", &[], &[Recipients], "event"),
        rule("QuotationSubmitted", &["sales_manager"], &[], "event"),
        rule("QuotationApproved", &[], &[Recipients], "event"),
        rule("QuotationAccepted", &[], &[Recipients], "event"),
        rule("QuotationDeclined", &[], &[Recipients], "event"),
        urgent(rule("QuotationReturned", &[], &[Recipients], "event")),
        rule("OrderTookEffect", &["warehouse"], &[Rep], "order_took_effect"),
        rule("OrderChanged", &["warehouse"], &[Rep], "event"),
        rule("OrderPromiseChanged", &["customer_service"], &[Rep, Customer], "event"),
        rule("OrderSlackAsked", &[], &[Rep], "event"),
        rule("OrderSlackAgreed", &["customer_service"], &[], "event"),
        rule("OrderSlackRefused", &["customer_service"], &[], "event"),
        rule("OrderClosedShort", &["warehouse"], &[Rep], "event"),
        urgent(rule("ExceptionOpened", &["customer_service"], &[Rep], "event")),
        rule("ExceptionRedone", &["warehouse"], &[Rep], "event"),
        rule("ExceptionGivenUp", &["warehouse", "finance"], &[Rep], "event"),
        urgent(rule("QuestionAsked", &["customer_service"], &[Rep], "event")),
        rule("OrderCancelled", &["warehouse", "finance"], &[Rep], "event"),
        rule("OrderSigned", &["customer_service"], &[Rep], "order_signed"),
        urgent(rule("OrderCorrectionAsked", &["customer_service"], &[Rep], "order_correction")),
        rule("MessageReceived", &["customer_service"], &[Recipients], "event"),
        rule("OrderShipped", &[], &[Rep], "order_shipped"),
        rule("PaymentRecorded", &[], &[Rep], "payment_recorded"),
        rule("ShipmentDelivered", &["after_sales"], &[Rep], "shipment_delivered"),
        rule("ClockWarned", &[], &[Recipients], "clock_warned"),
        urgent(rule("ClockBreached", &[], &[Recipients], "clock_breached")),
        urgent(rule("ClockEscalated", &[], &[Recipients], "clock_escalated")),
        NotifyRule { channels: vec![NotifyChannel::InApp], ..urgent(rule("DeliveryFailed", &["admin"], &[], "delivery_failed")) },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_from_a_blueprint() {
        let text = "title = \"x\"\n[[notify]]\nevents = [\"OrderHeld\"]\nroles = [\"finance\"]\nto = [\"rep\"]\nchannels = [\"email\"]\ntemplate = \"event\"\nurgent = true\n\
            [[notify]]\nevents = [\"OrderVoided\"]\nto = [\"enterer\"]\ntemplate = \"event\"\n";
        let rules = crate::Blueprint::read(text, None).unwrap().notify.unwrap();
        assert!(rules[0].is_about("OrderHeld") && rules[0].urgent && !rules[0].goes_by(NotifyChannel::Robot));
        assert_eq!(rules[1].channels, NotifyChannel::ALL);
        assert!(crate::Blueprint::read(&text.replace("urgent", "urgnet"), None).is_err());
        assert!(crate::Blueprint::read(&text.replace("\"rep\"", "\"boss\""), None).is_err());
    }

    #[test]
    fn the_standard_rules_are_right() {
        let roles: Codes = crate::default_roles().iter().map(|role| role.code.clone()).collect();
        for rule in standard() {
            assert_eq!(rule.check(&roles), [], "{rule:?}");
        }
        let wrong = NotifyRule { roles: vec!["boss".into()], template: "order_submited".into(), events: vec![], ..standard().remove(0) };
        let pointers: Vec<String> = wrong.check(&roles).into_iter().map(|error| error.pointer).collect();
        assert_eq!(pointers, ["/events", "/roles/0", "/template"]);
    }
}
