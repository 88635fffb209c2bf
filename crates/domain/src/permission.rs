//! What can be permitted, and the roles the product comes with.

use crate::codes::{Codes, codes};
use crate::id::Version;
use crate::language::Language;
use crate::text::text;
use crate::user::Role;

codes! {
    /// Everything that can be permitted (SEC-01); the code is the permission.
    Act in "permission" {
        ViewOrder = "order.view",
        CreateOrder = "order.create",
        EditOrder = "order.edit",
        SubmitOrder = "order.submit",
        ReturnOrder = "order.return",
        ReviewOrder = "order.review",
        ApproveOrder = "order.approve",
        RejectOrder = "order.reject",
        /// Sends confirmations to customers, again too, and takes links back (CNF-01).
        SendConfirmation = "order.send_confirmation",
        /// Records the signed paper, checked item by item (CNF-02).
        RecordSignedCopy = "order.record_signed_copy",
        VoidOrder = "order.void",
        /// Also resumes.
        HoldOrder = "order.hold",
        /// Lets an order pass a gate; which, the rules say by role.
        OverrideOrder = "order.override",
        CancelOrder = "order.cancel",
        /// Cancels for less than the rules say (CHG-04).
        WaiveCancelCost = "order.waive_cancel_cost",
        ReserveOrder = "order.reserve",
        /// Says how soon it gets scarce goods (INV-02).
        PrioritizeOrder = "order.prioritize",
        /// Gives what an order has reserved to another, and free goods to who waits (INV-02).
        MoveReservation = "reservation.move",
        /// Writing down what a customer chose about goods that are short (INV-03).
        ChooseShortage = "shortage.choose",
        /// Letting a proposal of new promises become what customers are promised (PRM-04).
        ApplyPromise = "promise.apply",
        AskSlack = "promise.ask_slack",
        AnswerSlack = "promise.answer_slack",
        ShipOrder = "order.ship",
        InvoiceOrder = "order.invoice",
        /// Gives up what is still open of lines (CHG-05).
        CloseShort = "order.close_short",
        /// Asks a question that lets an effective order rest; also takes it back (CHG-05).
        AskOrder = "order.ask",
        CloseOrder = "order.close",
        ReopenOrder = "order.reopen",
        ViewShipment = "shipment.view",
        DeliverShipment = "shipment.deliver",
        /// Records what went wrong with an order downstream (CHG-05).
        OpenException = "exception.open",
        /// Answers it with redo or give up.
        AnswerException = "exception.answer",
        ViewInvoice = "invoice.view",
        VoidInvoice = "invoice.void",
        ViewPayment = "payment.view",
        RecordPayment = "payment.record",
        ReversePayment = "payment.reverse",
        /// Records money paid back, and takes such records back (CHG-04).
        RecordRefund = "payment.refund",
        ViewFollowUp = "follow_up.view",
        CompleteFollowUp = "follow_up.complete",
        WaiveFollowUp = "follow_up.waive",
        /// Promises an answer by a time.
        StartClock = "clock.start",
        /// While the customer is waited for; also resumes.
        PauseClock = "clock.pause",
        StopClock = "clock.stop",
        ViewCustomer = "customer.view",
        CreateCustomer = "customer.create",
        EditCustomer = "customer.edit",
        /// Says that new customers are who they say they are, but not of those one has entered.
        VerifyCustomer = "customer.verify",
        /// Lets the rule give grades, and approves those that others propose (PTY-02).
        GradeCustomer = "customer.grade",
        /// Takes out and erases what is kept of a person (PTY-05).
        ManagePerson = "customer.person",
        /// Makes two files of one customer one.
        MergeCustomer = "customer.merge",
        /// Sees phones and e-mails of the people of customers in whole, and the documents they stand in (PTY-05).
        SeePersonalData = "personal_data.see",
        /// Agents, their commission terms and what they earn.
        ViewAgent = "agent.view",
        /// Also says through whom customers order.
        EditAgent = "agent.edit",
        ViewProduct = "product.view",
        CreateProduct = "product.create",
        EditProduct = "product.edit",
        /// Sees what products cost and orders earn, and sets costs where it also edits products.
        SeeCost = "product.cost",
        ViewPrice = "price.view",
        EditPrice = "price.edit",
        ViewPromotion = "promotion.view",
        /// Also edits and gives drafts up.
        CreatePromotion = "promotion.create",
        /// Also ends.
        ActivatePromotion = "promotion.activate",
        ViewRebate = "rebate.view",
        /// Also edits, withdraws drafts and proposes settlements.
        CreateRebate = "rebate.create",
        /// Also ends early.
        ApproveRebate = "rebate.approve",
        /// Also sends proposals back.
        SettleRebate = "rebate.settle",
        /// Quotas of scarce products, and what orders took of them.
        ViewQuota = "quota.view",
        /// Also puts quotas out of use.
        EditQuota = "quota.edit",
        /// Suppliers, what they supply and at which prices.
        ViewSupplier = "supplier.view",
        EditSupplier = "supplier.edit",
        ViewPurchase = "purchase.view",
        /// Also edits, sends, records what suppliers confirm, closes and cancels.
        CreatePurchase = "purchase.create",
        /// Takes in what suppliers deliver.
        ReceivePurchase = "purchase.receive",
        /// Exchange rates.
        EditExchangeRate = "exchange_rate.edit",
        ViewStock = "stock.view",
        ReceiveStock = "stock.receive",
        AdjustStock = "stock.adjust",
        /// Between bins and statuses of one warehouse.
        MoveStock = "stock.move",
        ScrapStock = "stock.scrap",
        /// Draws up, sends, receives and gives up transfers between warehouses.
        TransferStock = "stock.transfer",
        /// Opens counts and enters what was counted.
        CountStock = "stock.count",
        /// Accepts the differences of a count of somebody else.
        ApproveCount = "stock.approve_count",
        EditWarehouse = "warehouse.edit",
        ViewUser = "user.view",
        EditUser = "user.edit",
        EditRole = "role.edit",
        EditToken = "token.edit",
        /// Of others; one's own everybody may.
        EditAbsence = "absence.edit",
        EditCompany = "company.edit",
        /// Founds further companies on this server; only from the company that was there first.
        CreateCompany = "company.create",
        /// Looks at the rules and their versions.
        ViewBlueprint = "blueprint.view",
        EditBlueprint = "blueprint.edit",
        EditCalendar = "calendar.edit",
        RunImport = "import.run",
        RunExport = "export.run",
        ViewAudit = "audit.view",
        AddAttachment = "attachment.add",
        AddEvidence = "evidence.add",
        WithdrawEvidence = "evidence.withdraw",
        /// Limit and terms of customers, where it also creates or edits them.
        EditCredit = "credit.edit",
        /// Also unblocks.
        BlockCredit = "credit.block",
        /// Also takes back what was released.
        ReleaseCredit = "credit.release",
        /// Webhooks, robots, templates and the mail server.
        EditNotification = "notification.edit",
        ViewDelivery = "delivery.view",
        ResendDelivery = "delivery.resend",
        ViewTask = "task.view",
        CreateTask = "task.create",
        /// Sends tasks to people.
        DispatchTask = "task.dispatch",
        /// Takes, does and delivers tasks.
        WorkOnTask = "task.work",
        /// Takes results, gives them back, and judges them.
        EvaluateTask = "task.evaluate",
        EditWorker = "worker.edit",
        /// Asks for changes of orders that have taken effect; also edits, submits and withdraws them.
        CreateChange = "change.create",
        /// Also rejects.
        ApproveChange = "change.approve",
        /// Records what the customer says to a change.
        AnswerChange = "change.answer",
        /// Lets people of customers in at the portal.
        EditPortalUser = "portal_user.edit",
        /// Answers people of customers at the portal; also says that no answer is needed.
        WriteMessage = "message.write",
        ViewContract = "contract.view",
        /// Also edits, keeps the signed file and gives drafts up.
        CreateContract = "contract.create",
        /// Also ends.
        EnforceContract = "contract.enforce",
        ViewQuotation = "quotation.view",
        /// Also edits, submits, sends, withdraws and orders by it, and records what the customer decided.
        CreateQuotation = "quotation.create",
        /// Also returns and rejects.
        ApproveQuotation = "quotation.approve",
        ViewInquiry = "inquiry.view",
        /// Also edits, clarifies, promises, answers and drops.
        CreateInquiry = "inquiry.create",
        /// Makes documents of what one may see, and keeps them.
        MakeDocument = "document.make",
        /// Templates of documents and the letterhead.
        EditDocumentTemplate = "document_template.edit",
    }
}

impl Act {
    /// What it is about, the part before the dot; its name is the text `permission_group.<group>`.
    pub fn group(self) -> &'static str {
        self.as_str().split_once('.').map_or(self.as_str(), |(group, _)| group)
    }
}

/// Roles the product comes with. Duties are apart: who enters does not approve, who approves does not ship, who
/// sets up neither sells nor takes money.
const ROLES: &[(&str, &[&[Act]])] = &[
    (
        "admin",
        &[
            VIEWS,
            SETTINGS,
            MASTERS,
            SUPPLY,
            &[
                Act::EditSupplier,
                Act::ViewAgent,
                Act::EditAgent,
                Act::SeePersonalData,
                Act::SeeCost,
                Act::EditExchangeRate,
                Act::EditCredit,
                Act::RunImport,
                Act::RunExport,
                Act::ViewAudit,
                Act::AddAttachment,
                Act::AddEvidence,
            ],
        ],
    ),
    (
        "sales_rep",
        &[
            VIEWS,
            ENTRY,
            CLOCKS,
            &[
                Act::ViewQuota,
                Act::AnswerSlack,
                Act::AskOrder,
                Act::ViewAgent,
                Act::SeePersonalData,
                Act::CreateCustomer,
                Act::EditCustomer,
                Act::EditPortalUser,
                Act::RunImport,
                Act::RunExport,
                Act::WorkOnTask,
            ],
        ],
    ),
    (
        "sales_manager",
        &[
            VIEWS,
            ENTRY,
            DECISION,
            CLOCKS,
            DISPATCH,
            SUPPLY,
            &[
                Act::ViewQuota,
                Act::EditQuota,
                Act::EditSupplier,
                Act::CreatePurchase,
                Act::SeePersonalData,
                Act::SendConfirmation,
                Act::RecordSignedCopy,
                Act::CancelOrder,
                Act::WaiveCancelCost,
                Act::PrioritizeOrder,
                Act::MoveReservation,
                Act::ApplyPromise,
                Act::AskSlack,
                Act::AnswerSlack,
                Act::ChooseShortage,
                Act::CloseShort,
                Act::OpenException,
                Act::AnswerException,
                Act::AskOrder,
                Act::ReopenOrder,
                Act::ApproveQuotation,
                Act::EnforceContract,
                Act::ViewAgent,
                Act::EditAgent,
                Act::ActivatePromotion,
                Act::ApproveRebate,
                Act::EditPrice,
                Act::SeeCost,
                Act::EditCredit,
                Act::CreateCustomer,
                Act::MergeCustomer,
                Act::VerifyCustomer,
                Act::GradeCustomer,
                Act::ManagePerson,
                Act::EditCustomer,
                Act::EditPortalUser,
                Act::WaiveFollowUp,
                Act::RunExport,
                Act::WithdrawEvidence,
            ],
        ],
    ),
    (
        "customer_service",
        &[
            VIEWS,
            ENTRY,
            CLOCKS,
            DISPATCH,
            &[
                Act::ViewQuota,
                Act::SeePersonalData,
                Act::ReviewOrder,
                Act::SendConfirmation,
                Act::RecordSignedCopy,
                Act::ReturnOrder,
                Act::HoldOrder,
                Act::OverrideOrder,
                Act::VoidOrder,
                Act::CancelOrder,
                Act::CloseShort,
                Act::OpenException,
                Act::AnswerException,
                Act::AskOrder,
                Act::WithdrawEvidence,
                Act::ReserveOrder,
                Act::PrioritizeOrder,
                Act::MoveReservation,
                Act::ApplyPromise,
                Act::AskSlack,
                Act::ChooseShortage,
                Act::ShipOrder,
                Act::DeliverShipment,
                Act::CloseOrder,
                Act::VerifyCustomer,
                Act::ManagePerson,
                Act::CreateCustomer,
                Act::EditCustomer,
                Act::EditPortalUser,
                Act::RunImport,
                Act::RunExport,
            ],
        ],
    ),
    (
        "finance",
        &[
            VIEWS,
            DECISION,
            SUPPLY,
            &[
                Act::ViewAgent,
                Act::EditAgent,
                Act::AskOrder,
                Act::SeePersonalData,
                Act::InvoiceOrder,
                Act::VoidInvoice,
                Act::RecordPayment,
                Act::ReversePayment,
                Act::RecordRefund,
                Act::SettleRebate,
                Act::CloseOrder,
                Act::RunExport,
                Act::AddAttachment,
                Act::AddEvidence,
                Act::WithdrawEvidence,
                Act::SeeCost,
                Act::ApproveCount,
                Act::EditExchangeRate,
                Act::EditCustomer,
                Act::VerifyCustomer,
                Act::GradeCustomer,
                Act::EditCredit,
                Act::BlockCredit,
                Act::ReleaseCredit,
                Act::WorkOnTask,
                Act::MakeDocument,
            ],
        ],
    ),
    (
        "warehouse",
        &[
            VIEWS,
            SUPPLY,
            &[
                Act::OpenException,
                Act::AskOrder,
                Act::SeePersonalData,
                Act::ReserveOrder,
                Act::ShipOrder,
                Act::DeliverShipment,
                Act::ReceivePurchase,
                Act::ReceiveStock,
                Act::AdjustStock,
                Act::MoveStock,
                Act::ScrapStock,
                Act::TransferStock,
                Act::CountStock,
                Act::EditWarehouse,
                Act::AddAttachment,
                Act::AddEvidence,
                Act::WorkOnTask,
                Act::MakeDocument,
            ],
        ],
    ),
    (
        "after_sales",
        &[
            VIEWS,
            CLOCKS,
            &[
                Act::OpenException,
                Act::AskOrder,
                Act::SeePersonalData,
                Act::WriteMessage,
                Act::CompleteFollowUp,
                Act::WaiveFollowUp,
                Act::CloseOrder,
                Act::AddAttachment,
                Act::AddEvidence,
                Act::CreateTask,
                Act::WorkOnTask,
                Act::MakeDocument,
            ],
        ],
    ),
    (
        "auditor",
        &[
            VIEWS,
            SUPPLY,
            &[Act::ViewQuota, Act::ViewUser, Act::ViewAgent, Act::ViewBlueprint, Act::ViewAudit, Act::ViewDelivery, Act::RunExport],
        ],
    ),
];

const VIEWS: &[Act] = &[
    Act::ViewOrder,
    Act::ViewShipment,
    Act::ViewInvoice,
    Act::ViewPayment,
    Act::ViewFollowUp,
    Act::ViewCustomer,
    Act::ViewProduct,
    Act::ViewPrice,
    Act::ViewPromotion,
    Act::ViewRebate,
    Act::ViewStock,
    Act::ViewTask,
    Act::ViewQuotation,
    Act::ViewContract,
    Act::ViewInquiry,
];

/// Who looks at what is bought, also at its prices.
const SUPPLY: &[Act] = &[Act::ViewSupplier, Act::ViewPurchase];

const ENTRY: &[Act] = &[
    Act::WriteMessage,
    Act::CreateOrder,
    Act::EditOrder,
    Act::SubmitOrder,
    Act::AddAttachment,
    Act::AddEvidence,
    Act::CreateTask,
    Act::CreateChange,
    Act::AnswerChange,
    Act::CreateQuotation,
    Act::CreateContract,
    Act::CreatePromotion,
    Act::CreateRebate,
    Act::CreateInquiry,
    Act::MakeDocument,
];

const DECISION: &[Act] =
    &[Act::ApproveOrder, Act::RejectOrder, Act::ReturnOrder, Act::HoldOrder, Act::OverrideOrder, Act::ViewBlueprint, Act::ApproveChange];

/// Who sends tasks to people and judges what comes back; they may work on some themselves.
const DISPATCH: &[Act] = &[Act::DispatchTask, Act::EvaluateTask, Act::EditWorker, Act::WorkOnTask];

const MASTERS: &[Act] = &[
    Act::CreateCustomer,
    Act::MergeCustomer,
    Act::VerifyCustomer,
    Act::GradeCustomer,
    Act::ManagePerson,
    Act::EditCustomer,
    Act::EditPortalUser,
    Act::CreateProduct,
    Act::EditProduct,
    Act::EditPrice,
    Act::EditWarehouse,
    Act::EditWorker,
];

const CLOCKS: &[Act] = &[Act::StartClock, Act::PauseClock, Act::StopClock];

const SETTINGS: &[Act] = &[
    Act::ViewUser,
    Act::EditUser,
    Act::EditRole,
    Act::EditToken,
    Act::EditCompany,
    Act::CreateCompany,
    Act::EditAbsence,
    Act::EditCalendar,
    Act::ViewBlueprint,
    Act::EditBlueprint,
    Act::EditNotification,
    Act::ViewDelivery,
    Act::ResendDelivery,
    Act::EditDocumentTemplate,
    Act::MakeDocument,
];

/// The roles a new company starts with.
pub fn default_roles() -> Vec<Role> {
    let role = |(code, acts): &(&str, &[&[Act]])| {
        let name = |language| text(language, &format!("role.{code}"), &[]);
        Role {
            code: (*code).to_owned(),
            version: Version::FIRST,
            name_zh_cn: name(Language::ZhCn),
            name_zh_tw: name(Language::ZhTw),
            name_en: name(Language::En),
            permissions: acts.iter().flat_map(|acts| acts.iter()).map(|act| act.as_str()).collect(),
            built_in: true,
        }
    };
    ROLES.iter().map(role).collect()
}

/// What these roles together allow.
pub fn permissions_of<'a>(roles: impl IntoIterator<Item = &'a Role>) -> Codes {
    let mut codes = Codes::default();
    for role in roles {
        codes = codes.union(&role.permissions);
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(code: &str) -> Role {
        default_roles().into_iter().find(|role| role.code == code).unwrap()
    }

    #[test]
    fn duties_are_apart() {
        let check = |code: &str, act: Act, may: bool| {
            assert_eq!(role(code).permissions.contains(act.as_str()), may, "{code} {act}");
        };
        check("admin", Act::ApproveOrder, false);
        check("admin", Act::RecordPayment, false);
        check("admin", Act::EditRole, true);
        check("sales_rep", Act::SubmitOrder, true);
        check("sales_rep", Act::ReviewOrder, false);
        check("sales_rep", Act::ApproveOrder, false);
        check("customer_service", Act::ReviewOrder, true);
        check("customer_service", Act::ApproveOrder, false);
        check("sales_manager", Act::ApproveOrder, true);
        check("sales_manager", Act::RecordPayment, false);
        check("finance", Act::ApproveOrder, true);
        check("finance", Act::ShipOrder, false);
        check("finance", Act::CreateOrder, false);
        check("warehouse", Act::ShipOrder, true);
        check("warehouse", Act::InvoiceOrder, false);
        for (code, _) in ROLES {
            check(code, Act::ReleaseCredit, *code == "finance");
            check(code, Act::BlockCredit, *code == "finance");
            assert_eq!(role(code).permissions.contains("evidence.add"), role(code).permissions.contains("attachment.add"), "{code}");
        }
    }

    #[test]
    fn the_auditor_only_looks() {
        let changing = role("auditor").permissions.iter().filter(|code| !code.ends_with(".view") && *code != "export.run").count();
        assert_eq!(changing, 0);
    }

    #[test]
    fn somebody_may_do_each_act() {
        let all = permissions_of(&default_roles());
        for act in Act::ALL {
            assert!(all.contains(act.as_str()), "{act}");
        }
    }
}
