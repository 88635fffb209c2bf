//! Events: what happened; audit entry, timeline and outbox at once.

use std::fmt::Write;

use serde_json::{Map, Value};

use crate::codes::codes;
use crate::id::{OrderId, UserId};
use crate::instant::Instant;
use crate::language::Language;
use crate::refusal::Detail;
use crate::text::{catalogue, fill, shown, text};

codes! {
    /// Everything that can happen, in the past tense; what happens to the papers of an order happens to the order.
    EventKind in "event" {
        OrderCreated = "OrderCreated",
        /// Came in with a file.
        OrderImported = "OrderImported",
        OrderEdited = "OrderEdited",
        OrderSubmitted = "OrderSubmitted",
        OrderReturned = "OrderReturned",
        OrderReviewed = "OrderReviewed",
        /// One step of an approval of several.
        OrderStepApproved = "OrderStepApproved",
        OrderApproved = "OrderApproved",
        OrderTookEffect = "OrderTookEffect",
        OrderRejected = "OrderRejected",
        OrderVoided = "OrderVoided",
        OrderHeld = "OrderHeld",
        OrderResumed = "OrderResumed",
        OrderCancelled = "OrderCancelled",
        /// What cancelling costs, and what the rule said.
        CancellationCharged = "CancellationCharged",
        OrderReserved = "OrderReserved",
        /// What is reserved was released for delivery.
        ReservationsFirmed = "ReservationsFirmed",
        ReservationsLoosened = "ReservationsLoosened",
        /// The order had not taken effect in time.
        ReservationsExpired = "ReservationsExpired",
        /// Given to another order, or taken over from one.
        ReservationMoved = "ReservationMoved",
        OrderPrioritized = "OrderPrioritized",
        /// What was short is there: everything that is not shipped yet is reserved.
        OrderReady = "OrderReady",
        OrderShipped = "OrderShipped",
        OrderInvoiced = "OrderInvoiced",
        /// What was still open of lines is given up (CHG-05).
        OrderClosedShort = "OrderClosedShort",
        /// Something went wrong downstream, and waits for an answer (CHG-05).
        ExceptionOpened = "ExceptionOpened",
        /// Answered: delivered, made or written again.
        ExceptionRedone = "ExceptionRedone",
        /// Answered: what is missing is not supplied any more.
        ExceptionGivenUp = "ExceptionGivenUp",
        OrderClosed = "OrderClosed",
        OrderReopened = "OrderReopened",
        ShipmentDelivered = "ShipmentDelivered",
        InvoiceVoided = "InvoiceVoided",
        PaymentRecorded = "PaymentRecorded",
        PaymentReversed = "PaymentReversed",
        /// Money was paid back.
        RefundRecorded = "RefundRecorded",
        /// A gate was overridden.
        GateOverridden = "GateOverridden",
        /// What was missing at a gate was brought.
        GateBackfilled = "GateBackfilled",
        /// A question lets the order rest until it is answered (CHG-05).
        QuestionAsked = "QuestionAsked",
        QuestionAnswered = "QuestionAnswered",
        QuestionWithdrawn = "QuestionWithdrawn",
        FollowUpCreated = "FollowUpCreated",
        FollowUpCompleted = "FollowUpCompleted",
        FollowUpWaived = "FollowUpWaived",
        AttachmentAdded = "AttachmentAdded",
        EvidenceAdded = "EvidenceAdded",
        EvidenceWithdrawn = "EvidenceWithdrawn",
        /// Sent back to draft with a larger share in advance.
        OrderTermsProposed = "OrderTermsProposed",
        CustomerBlocked = "CustomerBlocked",
        CustomerUnblocked = "CustomerUnblocked",
        CreditReleased = "CreditReleased",
        /// Taken back, or run out.
        CreditReleaseEnded = "CreditReleaseEnded",
        CustomerCreated = "CustomerCreated",
        CustomerEdited = "CustomerEdited",
        CustomerActivated = "CustomerActivated",
        CustomerDeactivated = "CustomerDeactivated",
        ProductCreated = "ProductCreated",
        ProductEdited = "ProductEdited",
        ProductActivated = "ProductActivated",
        ProductDeactivated = "ProductDeactivated",
        PriceCreated = "PriceCreated",
        PriceEdited = "PriceEdited",
        PriceDeleted = "PriceDeleted",
        ExchangeRateCreated = "ExchangeRateCreated",
        ExchangeRateEdited = "ExchangeRateEdited",
        ExchangeRateDeleted = "ExchangeRateDeleted",
        /// By a person, with a time of its own; what happens by itself is told by what it follows from.
        ClockStarted = "ClockStarted",
        ClockPaused = "ClockPaused",
        ClockResumed = "ClockResumed",
        /// By a person: what was promised is done.
        ClockStopped = "ClockStopped",
        /// Little time is left.
        ClockWarned = "ClockWarned",
        ClockBreached = "ClockBreached",
        /// Somebody further up hears of it.
        ClockEscalated = "ClockEscalated",
        CalendarCreated = "CalendarCreated",
        CalendarEdited = "CalendarEdited",
        AbsenceCreated = "AbsenceCreated",
        AbsenceEdited = "AbsenceEdited",
        AbsenceDeleted = "AbsenceDeleted",
        WarehouseCreated = "WarehouseCreated",
        WarehouseEdited = "WarehouseEdited",
        StockReceived = "StockReceived",
        StockAdjusted = "StockAdjusted",
        /// Came in with a file.
        StockCounted = "StockCounted",
        StockMoved = "StockMoved",
        StockScrapped = "StockScrapped",
        BinCreated = "BinCreated",
        BinEdited = "BinEdited",
        TransferCreated = "TransferCreated",
        TransferEdited = "TransferEdited",
        TransferSent = "TransferSent",
        TransferReceived = "TransferReceived",
        TransferClosed = "TransferClosed",
        TransferCancelled = "TransferCancelled",
        StockCountOpened = "StockCountOpened",
        StockCountEntered = "StockCountEntered",
        StockCountSubmitted = "StockCountSubmitted",
        StockCountApproved = "StockCountApproved",
        StockCountReturned = "StockCountReturned",
        StockCountCancelled = "StockCountCancelled",
        TagsRead = "TagsRead",
        /// By the operator, from the rows they count.
        CountersRepaired = "CountersRepaired",
        CompanyCreated = "CompanyCreated",
        CompanyEdited = "CompanyEdited",
        /// In the books of the company from which another was founded.
        CompanyFounded = "CompanyFounded",
        BlueprintCreated = "BlueprintCreated",
        BlueprintEdited = "BlueprintEdited",
        BlueprintActivated = "BlueprintActivated",
        BlueprintDiscarded = "BlueprintDiscarded",
        UserCreated = "UserCreated",
        UserEdited = "UserEdited",
        UserActivated = "UserActivated",
        UserDeactivated = "UserDeactivated",
        PasswordSet = "PasswordSet",
        PasswordChanged = "PasswordChanged",
        RoleCreated = "RoleCreated",
        RoleEdited = "RoleEdited",
        TokenCreated = "TokenCreated",
        TokenRevoked = "TokenRevoked",
        SignedIn = "SignedIn",
        SignInFailed = "SignInFailed",
        SignedOut = "SignedOut",
        SessionRevoked = "SessionRevoked",
        ImportStarted = "ImportStarted",
        ImportFinished = "ImportFinished",
        ImportFailed = "ImportFailed",
        DataExported = "DataExported",
        MailSettingsEdited = "MailSettingsEdited",
        WebhookCreated = "WebhookCreated",
        WebhookEdited = "WebhookEdited",
        WebhookDeleted = "WebhookDeleted",
        /// Has another secret.
        WebhookRotated = "WebhookRotated",
        /// Its owner said that it is gone.
        WebhookStopped = "WebhookStopped",
        RobotCreated = "RobotCreated",
        RobotEdited = "RobotEdited",
        RobotDeleted = "RobotDeleted",
        TemplateEdited = "TemplateEdited",
        TemplateReset = "TemplateReset",
        /// Given up after the last try.
        DeliveryFailed = "DeliveryFailed",
        DeliveriesResent = "DeliveriesResent",
        TaskCreated = "TaskCreated",
        TaskEdited = "TaskEdited",
        TaskOffered = "TaskOffered",
        TaskTaken = "TaskTaken",
        TaskAccepted = "TaskAccepted",
        TaskRefused = "TaskRefused",
        TaskStarted = "TaskStarted",
        TaskPlanned = "TaskPlanned",
        TaskStepTicked = "TaskStepTicked",
        TaskReported = "TaskReported",
        TaskAsked = "TaskAsked",
        TaskAnswered = "TaskAnswered",
        TaskDelivered = "TaskDelivered",
        TaskReworked = "TaskReworked",
        TaskFinished = "TaskFinished",
        TaskEvaluated = "TaskEvaluated",
        TaskHandedOver = "TaskHandedOver",
        TaskCancelled = "TaskCancelled",
        WorkerCreated = "WorkerCreated",
        WorkerEdited = "WorkerEdited",
        SkillCreated = "SkillCreated",
        SkillEdited = "SkillEdited",
        TaskKindCreated = "TaskKindCreated",
        TaskKindEdited = "TaskKindEdited",
        ChangeCreated = "ChangeCreated",
        ChangeEdited = "ChangeEdited",
        ChangeSubmitted = "ChangeSubmitted",
        /// One signature of several.
        ChangeStepApproved = "ChangeStepApproved",
        ChangeApproved = "ChangeApproved",
        ChangeRejected = "ChangeRejected",
        ChangeWithdrawn = "ChangeWithdrawn",
        /// The customer said yes.
        ChangeAccepted = "ChangeAccepted",
        /// The customer said no.
        ChangeRefused = "ChangeRefused",
        /// By a change order.
        OrderChanged = "OrderChanged",
        /// What was corrected in a message that was read.
        IntakePhraseLearned = "IntakePhraseLearned",
        IntakePhraseDeleted = "IntakePhraseDeleted",
        OrderConfirmationSent = "OrderConfirmationSent",
        /// By the customer, for the first time: the proof that it was received.
        OrderConfirmationOpened = "OrderConfirmationOpened",
        /// By the customer, by the link or on paper.
        OrderSigned = "OrderSigned",
        /// By the customer, who does not sign it as it is.
        OrderCorrectionAsked = "OrderCorrectionAsked",
        /// The signed paper did not pass the check.
        OrderSignedCopyRefused = "OrderSignedCopyRefused",
        LinkRevoked = "LinkRevoked",
        /// A person of a customer may sign in at the portal.
        PortalUserCreated = "PortalUserCreated",
        PortalUserEdited = "PortalUserEdited",
        PortalUserActivated = "PortalUserActivated",
        PortalUserDeactivated = "PortalUserDeactivated",
        PortalPasswordSet = "PortalPasswordSet",
        /// From a person of a customer, at the portal.
        MessageReceived = "MessageReceived",
        /// To the people of a customer.
        MessageSent = "MessageSent",
        /// What a customer said needs no answer.
        MessagesSettled = "MessagesSettled",
        /// Two customers that look like one are two.
        CustomersToldApart = "CustomersToldApart",
        ContractCreated = "ContractCreated",
        ContractEdited = "ContractEdited",
        /// Put in force.
        ContractEnforced = "ContractEnforced",
        /// The signed contract is kept with it.
        ContractAttached = "ContractAttached",
        ContractEnded = "ContractEnded",
        /// Given up as a draft.
        ContractWithdrawn = "ContractWithdrawn",
        /// Somebody else than who entered it has looked at it.
        CustomerVerified = "CustomerVerified",
        /// Grades were worked out by the rule, of one customer or of all.
        GradesRecomputed = "GradesRecomputed",
        /// The rule gave it a grade.
        CustomerGraded = "CustomerGraded",
        /// Another grade than the rule's was proposed.
        CustomerGradeProposed = "CustomerGradeProposed",
        CustomerGradeApproved = "CustomerGradeApproved",
        CustomerGradeRefused = "CustomerGradeRefused",
        ConsentRecorded = "ConsentRecorded",
        ConsentWithdrawn = "ConsentWithdrawn",
        /// What is kept of a person was taken out.
        PersonExported = "PersonExported",
        /// A person was erased; the event names nobody.
        PersonErased = "PersonErased",
        /// Another file was merged into this one.
        CustomerMerged = "CustomerMerged",
        /// This file was merged into another one.
        CustomerMergedAway = "CustomerMergedAway",
        /// A customer file is an agent's from here on.
        AgentCreated = "AgentCreated",
        AgentEdited = "AgentEdited",
        /// An end customer orders through the agent from here on.
        AgentCustomerAssigned = "AgentCustomerAssigned",
        AgentCustomerReleased = "AgentCustomerReleased",
        /// A person of an agent acts for an end customer at the portal, or for the agent again.
        PortalCustomerChosen = "PortalCustomerChosen",
        QuotationCreated = "QuotationCreated",
        QuotationEdited = "QuotationEdited",
        QuotationSubmitted = "QuotationSubmitted",
        QuotationApproved = "QuotationApproved",
        QuotationReturned = "QuotationReturned",
        QuotationRejected = "QuotationRejected",
        /// To the customer.
        QuotationSent = "QuotationSent",
        /// By the customer, for the first time: the proof that it was received.
        QuotationOpened = "QuotationOpened",
        /// By the customer, by the link.
        QuotationAccepted = "QuotationAccepted",
        /// By the customer, by the link.
        QuotationDeclined = "QuotationDeclined",
        QuotationWon = "QuotationWon",
        QuotationLost = "QuotationLost",
        QuotationWithdrawn = "QuotationWithdrawn",
        /// A newer version takes its place.
        QuotationRevised = "QuotationRevised",
        /// An order was made from it.
        QuotationOrdered = "QuotationOrdered",
        InquiryCreated = "InquiryCreated",
        InquiryEdited = "InquiryEdited",
        /// Nothing required is missing or vague.
        InquiryClarified = "InquiryClarified",
        /// An answer by a time.
        InquiryPromised = "InquiryPromised",
        InquiryAnswered = "InquiryAnswered",
        /// A quotation was made from it.
        InquiryQuoted = "InquiryQuoted",
        /// An order was made from it.
        InquiryOrdered = "InquiryOrdered",
        InquiryDropped = "InquiryDropped",
        DocumentMade = "DocumentMade",
        DocumentTemplateEdited = "DocumentTemplateEdited",
        /// Back to the template that comes with the product.
        DocumentTemplateReset = "DocumentTemplateReset",
        LetterheadEdited = "LetterheadEdited",
        PromotionCreated = "PromotionCreated",
        PromotionEdited = "PromotionEdited",
        /// Put in force.
        PromotionActivated = "PromotionActivated",
        /// Also given up as a draft.
        PromotionEnded = "PromotionEnded",
        RebateCreated = "RebateCreated",
        RebateEdited = "RebateEdited",
        RebateApproved = "RebateApproved",
        /// Given up as a draft.
        RebateWithdrawn = "RebateWithdrawn",
        /// Ended before its last day.
        RebateEnded = "RebateEnded",
        RebateProposed = "RebateProposed",
        RebateReturned = "RebateReturned",
        RebateSettled = "RebateSettled",
        QuotaCreated = "QuotaCreated",
        QuotaEdited = "QuotaEdited",
        QuotaActivated = "QuotaActivated",
        QuotaDeactivated = "QuotaDeactivated",
        SupplierCreated = "SupplierCreated",
        SupplierEdited = "SupplierEdited",
        PurchaseCreated = "PurchaseCreated",
        PurchaseEdited = "PurchaseEdited",
        PurchaseSent = "PurchaseSent",
        /// By its supplier.
        PurchaseConfirmed = "PurchaseConfirmed",
        /// Goods came in for it.
        PurchaseReceived = "PurchaseReceived",
        /// What has not come is given up.
        PurchaseClosed = "PurchaseClosed",
        PurchaseCancelled = "PurchaseCancelled",
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Place in the company's stream; drawn when written, 0 before.
    pub position: i64,
    /// When.
    pub at: Instant,
    /// What, in the past tense: a code of [`EventKind`].
    pub kind: String,
    /// Kind of what it happened to: `order`.
    pub subject_kind: String,
    /// Id of what it happened to.
    pub subject_id: i64,
    /// Number or code of what it happened to.
    pub subject_number: String,
    /// Who did it.
    pub by: UserId,
    /// Name of who did it.
    pub by_name: String,
    /// Way in: `web`, `api`, `cli`, `import`.
    pub channel: String,
    /// Network address.
    pub address: String,
    /// Why, where a reason was given.
    pub reason: String,
    /// JSON: `{"changes":[{"field","before","after"}], …facts}`.
    pub data: String,
}

/// One field that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Which; its label is the text `field.<field>`. Of a line, `lines/3/quantity` counted from 1.
    pub field: String,
    /// What it was.
    pub before: Detail,
    /// What it is.
    pub after: Detail,
}

impl Change {
    /// The change, if it is one.
    pub fn between(field: impl Into<String>, before: impl Into<Detail>, after: impl Into<Detail>) -> Option<Self> {
        let (before, after) = (before.into(), after.into());
        (before != after).then(|| Self { field: field.into(), before, after })
    }
}

/// Fields of products that only those who may know costs are told of.
const CONFIDENTIAL: [&str; 2] = ["standard_cost", "floor_price"];

impl Event {
    /// Something of this kind happened to `subject_kind` `subject_id`; who, when and from where are written by the
    /// unit of work that records it.
    pub fn of(kind: EventKind, subject_kind: &str, subject_id: i64, subject_number: &str) -> Self {
        Self {
            position: 0,
            at: Instant::from_micros(0),
            kind: kind.as_str().to_owned(),
            subject_kind: subject_kind.to_owned(),
            subject_id,
            subject_number: subject_number.to_owned(),
            by: UserId::NONE,
            by_name: String::new(),
            channel: String::new(),
            address: String::new(),
            reason: String::new(),
            data: "{}".to_owned(),
        }
    }

    /// Something of this kind happened to an order.
    pub fn of_order(kind: EventKind, id: OrderId, number: &str) -> Self {
        Self::of(kind, "order", id.raw(), number)
    }

    /// For this reason.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.reason);
        self
    }

    /// With this fact; the event's text may name it as `{name}`.
    #[must_use]
    pub fn with(self, name: &str, fact: impl Into<Detail>) -> Self {
        self.put(name, fact.into().to_json())
    }

    /// With whom it was told to: as the fact `to`, a list of ids and names.
    #[must_use]
    pub fn told<'a>(self, users: impl IntoIterator<Item = (UserId, &'a str)>) -> Self {
        let user = |(id, name): (UserId, &str)| serde_json::json!({"id": id.to_string(), "name": name});
        let users: Vec<Value> = users.into_iter().map(user).collect();
        self.put("to", Value::Array(users))
    }

    /// With these changes.
    #[must_use]
    pub fn changing(self, changes: impl IntoIterator<Item = Change>) -> Self {
        let change = |change: Change| {
            serde_json::json!({
                "field": change.field, "before": change.before.to_json(), "after": change.after.to_json(),
            })
        };
        let changes: Vec<Value> = changes.into_iter().map(change).collect();
        if changes.is_empty() { self } else { self.put("changes", Value::Array(changes)) }
    }

    /// Adds a member at the end of the object; each name is given once.
    fn put(mut self, name: &str, value: Value) -> Self {
        debug_assert!(!self.facts().contains_key(name), "{name} is said twice");
        self.data.pop();
        let comma = if self.data.len() > 1 { "," } else { "" };
        // Writing to a text cannot fail.
        let _ = write!(self.data, "{comma}{}:{value}}}", Value::from(name));
        self
    }

    /// The facts and changes as JSON.
    pub fn facts(&self) -> Map<String, Value> {
        serde_json::from_str(&self.data).unwrap_or_default()
    }

    /// The same without what products cost, for those who may not know it.
    #[must_use]
    pub fn without_costs(mut self) -> Self {
        if !CONFIDENTIAL.iter().any(|field| self.data.contains(field)) {
            return self;
        }
        let mut facts = self.facts();
        if let Some(Value::Array(changes)) = facts.get_mut("changes") {
            changes.retain(|change| !change.get("field").and_then(Value::as_str).is_some_and(|field| CONFIDENTIAL.contains(&field)));
        }
        self.data = Value::Object(facts).to_string();
        self
    }

    /// What happened, in a sentence.
    pub fn summary(&self, language: Language) -> String {
        let Some(pattern) = catalogue(language).get(&format!("event.{}", self.kind)) else {
            return self.kind.clone();
        };
        let facts = self.facts();
        fill(pattern, |name| match name {
            "number" => Some(self.subject_number.clone()),
            _ => facts.get(name).map(|value| shown(language, value)),
        })
    }
}

/// A change as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownChange {
    /// Which field; of a line `lines/3/quantity`, counted from 1.
    pub field: String,
    /// Its name.
    pub label: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
}

impl Event {
    /// What changed, for people.
    pub fn changes_shown(&self, language: Language) -> Vec<ShownChange> {
        let facts = self.facts();
        let Some(Value::Array(changes)) = facts.get("changes") else { return Vec::new() };
        let change = |change: &Value| {
            let field = change.get("field").and_then(Value::as_str).unwrap_or_default().to_owned();
            let label = field_label(language, &field);
            let value = |name: &str| change.get(name).map(|value| shown(language, value)).unwrap_or_default();
            ShownChange { label, before: value("before"), after: value("after"), field }
        };
        changes.iter().map(change).collect()
    }
}

/// The label of a field; rows of lists are counted from 1: `lines/3/quantity`, `contacts/2/phone`, `contacts/2`.
pub fn field_label(language: Language, field: &str) -> String {
    let name = |name: &str| text(language, &format!("field.{name}"), &[]);
    let mut parts = field.splitn(3, '/');
    match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
        ("lines", Some(line), Some(inner)) => format!("#{line} {}", name(inner)),
        (list, Some(place), Some(inner)) => format!("{} {place} {}", name(list), name(inner)),
        (list, Some(place), None) => format!("{} {place}", name(list)),
        (whole, None, _) => name(whole),
    }
}

/// Changes between two rows, by field; the labels are the texts `field.<field>`.
macro_rules! changes {
    ($before:expr, $after:expr; $($name:literal: |$row:ident| $value:expr,)+) => {
        [$({
            let value = |$row: &Self| -> $crate::refusal::Detail { $crate::refusal::Detail::from($value) };
            $crate::event::Change::between($name, value($before), value($after))
        }),+].into_iter().flatten().collect::<Vec<$crate::event::Change>>()
    };
}
pub(crate) use changes;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use crate::money::Money;

    #[test]
    fn a_sentence_in_each_language() {
        let event = Event::of_order(EventKind::PaymentRecorded, OrderId::from_raw(7), "SO2026000001")
            .with("amount", (Money::from_minor(1_524_000), Currency::CNY))
            .with("payment", "PAY2026000001");
        let chinese = event.summary(Language::ZhCn);
        assert!(chinese.contains("¥15,240.00") && chinese.contains("PAY2026000001"), "{chinese}");
        assert!(!event.summary(Language::En).contains('{'));
    }

    #[test]
    fn costs_are_left_out_for_those_who_may_not_know_them() {
        let changes = [
            Change::between("name", "a", "b"),
            Change::between("standard_cost", "400.00", "410.00"),
            Change::between("floor_price", "420.00", "430.00"),
        ];
        let event = Event::of(EventKind::ProductEdited, "product", 7, "P001").changing(changes.into_iter().flatten());
        assert_eq!(event.changes_shown(Language::En).len(), 3);
        let shown = event.without_costs().changes_shown(Language::En);
        assert_eq!(shown.iter().map(|change| change.field.as_str()).collect::<Vec<_>>(), ["name"]);
    }

    #[test]
    fn fields_of_rows_are_labelled_with_their_place() {
        let label = |field: &str| field_label(Language::En, field);
        assert_eq!([label("notes"), label("lines/3/quantity")], ["Notes", "#3 Quantity"]);
        assert_eq!([label("contacts/2/phone"), label("contacts/2")], ["Contacts 2 Phone", "Contacts 2"]);
    }

    #[test]
    fn only_what_changed_is_a_change() {
        assert_eq!(Change::between("notes", "a", "a"), None);
        let change = Change::between("notes", "a", "b");
        let event = Event::of(EventKind::ProductEdited, "product", 1, "P001").changing(change);
        assert_eq!(event.data, r#"{"changes":[{"after":"b","before":"a","field":"notes"}]}"#);
    }
}
