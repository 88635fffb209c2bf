//! The kinds of events.

use crate::codes::codes;

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
        /// The day on which what is short will be there is known.
        OrderPromised = "OrderPromised",
        /// It is another day than the one that was known, or none is known any more.
        OrderPromiseChanged = "OrderPromiseChanged",
        /// Days between arrival and what the customer is told.
        OrderSlackAsked = "OrderSlackAsked",
        OrderSlackAgreed = "OrderSlackAgreed",
        OrderSlackRefused = "OrderSlackRefused",
        /// A customer chose what to do about a line that is short; others of the order are still open.
        ShortageChosen = "ShortageChosen",
        /// A customer chose what to do about the last line that was short.
        ShortageSettled = "ShortageSettled",
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
        QuotaCreated = "QuotaCreated",
        QuotaEdited = "QuotaEdited",
        QuotaActivated = "QuotaActivated",
        QuotaDeactivated = "QuotaDeactivated",
    }
}
