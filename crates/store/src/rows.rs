//! Long because every table stands in this one list, parents before children.
//!
//! The tables: which struct is kept where. Names of fields are names of columns; a test holds this against the migrations.

use domain::{
    Absence, AbsenceId, Allocation, ApiToken, Approval, Attachment, AttachmentId, Calendar, ChangeApproval, ChangeId, ChangeOrder, Clock,
    ClockId, Company, CompanyId, Confirmation, ConfirmationId, CreditBlock, CreditRelease, CreditReleaseId, Customer, CustomerAccount,
    CustomerAddress, CustomerContact, CustomerId, Date, Evidence, EvidenceId, ExchangeRate, ExchangeRateId, FollowUp, FollowUpId, Inquiry,
    InquiryId, Instant, Invoice, InvoiceId, InvoiceLine, InvoiceStatus, KeptBlueprint, LinkId, MovementId, Order, OrderId, OrderLine,
    OrderQuestion, Override, OverrideId, Payment, PaymentId, Price, PriceId, Product, ProductId, PublicLink, Quotation, QuotationId,
    QuotationLine, Role, Session, SessionId, Shipment, ShipmentId, ShipmentLine, Skill, Stock, StockMovement, Task, TaskEntry, TaskEntryId,
    TaskId, TaskKind, TaskStep, TokenId, User, UserId, Version, Warehouse, WarehouseId, Worker,
};

use domain::OrderSlack;
use domain::intake::IntakePhrase;
use domain::notify::{Delivery, MailSettings, Notification, NotifySettings, Robot, Template, Webhook};
use domain::promise::PromiseDays;
use domain::{Agent, AgentCustomer, OrderAgent};
use domain::{
    Bin, BinId, Lot, LotId, LotSource, OrderSchedule, PlaceId, Reservation, ShortageChoice, StockCost, StockCount, StockCountId,
    StockCountLine, StockPlace, Transfer, TransferId, TransferLine,
};
use domain::{
    CartLine, CustomerCheck, CustomerGrade, CustomerKey, CustomerMerge, CustomerPair, CustomerVerification, PairState, PortalSession,
    PortalSessionId, PortalUser, PortalUserId,
};
use domain::{Consent, ConsentId};
use domain::{Contract, ContractCall, ContractId, ContractLine, ContractStatus};
use domain::{DeliveryId, LastPrice, Message, MessageId, MessageThread, NotificationId, RobotId, WebhookId};
use domain::{Document, DocumentId, DocumentTemplate, DocumentTemplateVersion, DocumentTemplateVersionId, IntakePhraseId, Letterhead};
use domain::{ExceptionId, OrderException};
use domain::{Offer, OfferId};
use domain::{Promotion, PromotionId, PromotionStatus, PromotionUse};
use domain::{Purchase, PurchaseId, PurchaseLine, PurchaseReceipt, PurchaseReceiptId};
use domain::{Quota, QuotaCount, QuotaId, QuotaTake};
use domain::{Rebate, RebateId};
use domain::{SightingId, TagSighting};
use domain::{Supplier, SupplierId, SupplierProduct};

use crate::row;

/// The tables in the order of their dependence: parents before children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Table {
    Company,
    User,
    Role,
    Session,
    ApiToken,
    Customer,
    CustomerContact,
    CustomerAddress,
    CustomerAccount,
    Product,
    Price,
    PricedCustomer,
    ExchangeRate,
    LastPrice,
    Warehouse,
    Stock,
    Bin,
    Lot,
    StockPlace,
    TagSighting,
    StockCost,
    LotSource,
    Transfer,
    TransferLine,
    StockCount,
    StockCountLine,
    Contract,
    ContractLine,
    ContractCall,
    Promotion,
    PromotionUse,
    Rebate,
    Inquiry,
    Quotation,
    QuotationLine,
    Order,
    OrderLine,
    Reservation,
    OrderSchedule,
    Approval,
    Shipment,
    ShipmentLine,
    Invoice,
    InvoiceLine,
    Payment,
    Allocation,
    FollowUp,
    Attachment,
    Blob,
    Evidence,
    ShortageChoice,
    PublicLink,
    Confirmation,
    Offer,
    CreditBlock,
    CreditRelease,
    CustomerDue,
    StockMovement,
    ChainedEvent,
    Series,
    Answer,
    Job,
    Import,
    Mapping,
    Follower,
    KeptBlueprint,
    Override,
    OrderQuestion,
    Calendar,
    Clock,
    Absence,
    MailSettings,
    Webhook,
    Robot,
    Template,
    NotifySettings,
    Notification,
    Delivery,
    Skill,
    TaskKind,
    Worker,
    Task,
    TaskStep,
    TaskEntry,
    ChangeOrder,
    ChangeApproval,
    IntakePhrase,
    PortalUser,
    PortalSession,
    CartLine,
    Message,
    MessageThread,
    CustomerKey,
    CustomerCheck,
    CustomerPair,
    CustomerMerge,
    CustomerVerification,
    CustomerGrade,
    Consent,
    Document,
    DocumentTemplate,
    DocumentTemplateVersion,
    Letterhead,
    Agent,
    AgentCustomer,
    OrderAgent,
    OrderException,
    Supplier,
    SupplierProduct,
    Purchase,
    PurchaseLine,
    PurchaseReceipt,
    Quota,
    QuotaCount,
    QuotaTake,
    PromiseDays,
    OrderSlack,
}

impl Table {
    /// How many there are.
    pub const COUNT: usize = Table::OrderSlack as usize + 1;
}

/// A customer with prices of its own. What a batch has just written of prices is not in it: see [`crate::UnitOfWork::has_changed`].
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct PricedCustomer {
    pub customer_id: CustomerId,
}

/// Since when a customer owes. What a batch has just written of invoices is not in it: see [`crate::UnitOfWork::has_changed`].
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct CustomerDue {
    pub customer_id: CustomerId,
    /// Due date of the oldest open invoice.
    pub due_on: Option<Date>,
}

/// A series of numbers without gaps, such as `order.2026`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Series {
    pub name: String,
    pub last: i64,
}

/// An event as it is kept: with its place and the hash that chains it to the one before.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct ChainedEvent {
    pub position: i64,
    pub at: Instant,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: i64,
    pub subject_number: String,
    pub by: UserId,
    pub by_name: String,
    pub channel: String,
    pub address: String,
    pub reason: String,
    pub data: String,
    pub hash: String,
}

impl ChainedEvent {
    /// The hash of what an event says now: of its texts, each with its length. An erasure names it, so that the event can be told from one that
    /// somebody else changed (PTY-05).
    pub fn fingerprint(&self) -> String {
        let texts = [&self.subject_number, &self.by_name, &self.reason, &self.data];
        let told: String = texts.iter().map(|text| format!("{}:{text}", text.len())).collect();
        crate::chain::sha256(told.as_bytes())
    }
}

/// The answer to a request that carried an idempotency key, for ever the same.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Answer {
    pub key: String,
    pub user_id: UserId,
    pub request_hash: String,
    pub status: i64,
    pub body: String,
    pub created_at: Instant,
}

/// Work that a transaction leaves to be done after it.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Job {
    pub id: i64,
    pub version: Version,
    pub kind: String,
    pub subject_id: i64,
    pub payload: String,
    pub due_at: Instant,
    pub attempts: i64,
    pub state: String,
    pub error: String,
    pub created_at: Instant,
}

/// The content of a file by its SHA-256.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Blob {
    pub sha256: String,
    pub bytes: Vec<u8>,
}

/// One run of an import.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Import {
    pub id: i64,
    pub version: Version,
    pub file_names: String,
    pub files_hash: String,
    pub mapping: String,
    pub state: String,
    pub summary: String,
    pub created_by: UserId,
    pub created_at: Instant,
    pub finished_at: Option<Instant>,
}

/// How far a follower of the event stream has come.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Follower {
    pub name: String,
    pub version: Version,
    pub position: i64,
}

/// A kept mapping of an import.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Mapping {
    pub name: String,
    pub version: Version,
    pub title: String,
    pub content: String,
}

row! { Company in "companies" as "company" {
    key [id: CompanyId]
    versioned
    columns [version, code, name, currency, tax_rounding, blueprint_no, follow_up_days, cart_hold_minutes, reserve_hours, promise_dates, order_pattern, shipment_pattern, invoice_pattern, payment_pattern, task_pattern, change_pattern, quotation_pattern, contract_pattern, inquiry_pattern, purchase_pattern, renumbered, default_tax_rate, time_zone, created_at]
    sets { CompanyByCode(code: String); }
} }

row! { User in "users" as "user" {
    key [id: UserId]
    versioned
    columns [version, username, name, email, password_hash, language, roles, active, created_at]
    sets { UserByName(username: String); UsersByActive(active: bool); }
} }

row! { Role in "roles" as "role" {
    key [code: String]
    versioned
    columns [version, name_zh_cn, name_zh_tw, name_en, permissions, built_in]
    sets { RolesByOrigin(built_in: bool); }
} }

row! { Session in "sessions" as "session" {
    key [id: SessionId]
    versioned
    columns [token_hash, user_id, csrf, created_at, expires_at, seen_at, address, agent, revoked, version]
    sets { SessionByToken(token_hash: String); UserSessions(user_id: UserId); }
} }

row! { ApiToken in "api_tokens" as "api_token" {
    key [id: TokenId]
    versioned
    columns [version, token_hash, user_id, name, scopes, created_at, expires_on, last_used_at, revoked]
    sets { TokenByHash(token_hash: String); UserTokens(user_id: UserId); }
} }

row! { Customer in "customers" as "customer" {
    key [id: CustomerId]
    versioned
    columns [version, code, name, short_name, search, credit_code, grade, channel, category, settlement, terms_days, deposit_rate, currency, language, tax_inclusive, owner_id, bank, bank_account, invoice_title, invoice_address, notes, active, verified, merged_into, former, created_at]
    sets {
        CustomerByCode(code: String);
        CustomersByCreditCode(credit_code: String) only "credit_code <> '' AND merged_into IS NULL" => |c: &Customer| !c.credit_code.is_empty() && c.merged_into.is_none();
    }
} }

row! { CustomerContact in "customer_contacts" as "customer_contact" {
    key [customer_id: CustomerId, position: i64]
    owned
    columns [name, job, phone, email, main]
    sets { CustomerContacts(customer_id: CustomerId); }
} }

row! { CustomerAddress in "customer_addresses" as "customer_address" {
    key [customer_id: CustomerId, position: i64]
    owned
    columns [label, receiver, phone, country, province, city, district, street, postal_code, main]
    sets { CustomerAddresses(customer_id: CustomerId); }
} }

row! { CustomerAccount in "customer_accounts" as "customer_account" {
    key [customer_id: CustomerId]
    counted [limit_minor, open_orders_minor, open_invoices_minor, unallocated_minor, released_minor, grace_days, blocked, merged_into] guard "open_orders_minor >= 0 and open_invoices_minor >= 0 and unallocated_minor >= 0 and released_minor >= 0 and blocked >= 0 and blocked <= 1 and (merged_into = 0 or (open_orders_minor = 0 and open_invoices_minor = 0 and unallocated_minor = 0 and released_minor = 0))" => |a: &CustomerAccount| (a.merged_into.is_none() || !a.is_used()) && a.open_orders_minor.minor() >= 0 && a.open_invoices_minor.minor() >= 0 && a.unallocated_minor.minor() >= 0 && a.released_minor.minor() >= 0 && (0..=1).contains(&a.blocked),
        claim "blocked = 0 and open_orders_minor + open_invoices_minor - unallocated_minor <= limit_minor + released_minor" => |a: &CustomerAccount| a.blocked == 0 && a.exposure() <= a.limit_minor + a.released_minor;
    columns [limit_minor, open_orders_minor, open_invoices_minor, unallocated_minor, released_minor, grace_days, blocked, merged_into]
    sets { }
} }

row! { Product in "products" as "product" {
    key [id: ProductId]
    versioned
    columns [version, code, name, spec, search, unit, kind, category, barcode, tax_category, tax_rate, standard_cost_micro, floor_price_micro, lead_days, over_tolerance, under_tolerance, weight_g, units, options, tracking, length_mm, width_mm, height_mm, shelf_days, hazardous, pack_quantity_micro, packing_rules, quality_standard, substitutes, notes, active, created_at]
    sets { ProductByCode(code: String); ProductByBarcode(barcode: String); }
} }

row! { Price in "prices" as "price" {
    key [id: PriceId]
    versioned
    columns [version, product_id, customer_id, grade, category, channel, currency, min_quantity_micro, unit_price_micro, valid_from, valid_to]
    sets { Prices(product_id: ProductId, customer_id: CustomerId); }
} }

row! { PricedCustomer in "priced_customers" as "price" {
    key [customer_id: CustomerId]
    view
    columns []
    sets { }
} }

row! { ExchangeRate in "exchange_rates" as "exchange_rate" {
    key [id: ExchangeRateId]
    versioned
    columns [version, currency, valid_from, period, rate_nano]
    sets { ExchangeRates(period: String); }
} }

row! { LastPrice in "last_prices" as "price" {
    key [customer_id: CustomerId, product_id: ProductId]
    versioned
    columns [version, currency, tax_inclusive, unit_price_micro, order_id, ordered_on]
    sets { }
} }

row! { Warehouse in "warehouses" as "warehouse" {
    key [id: WarehouseId]
    versioned
    columns [version, code, name, address, active, also_from]
    sets { WarehouseByCode(code: String); Warehouses(active: bool); }
} }

row! { Stock in "stock" as "stock" {
    key [product_id: ProductId, warehouse_id: WarehouseId]
    counted [on_hand_micro, reserved_micro, held_micro, placed_micro] guard "on_hand_micro >= reserved_micro + held_micro and on_hand_micro >= placed_micro and reserved_micro >= 0 and held_micro >= 0 and placed_micro >= 0" => Stock::holds,
        claim "" => |_: &Stock| true;
    columns [on_hand_micro, reserved_micro, held_micro, placed_micro]
    sets { StockOf(product_id: ProductId); }
} }

row! { Bin in "bins" as "bin" {
    key [id: BinId]
    versioned
    columns [version, warehouse_id, code, name, active]
    sets { Bins(warehouse_id: WarehouseId); BinByCode(code: String); }
} }

row! { Lot in "lots" as "lot" {
    key [id: LotId]
    versioned
    columns [version, product_id, code, made_on, expires_on, origin, created_at]
    sets { LotByCode(code: String); }
} }

row! { StockPlace in "stock_places" as "stock_place" {
    key [id: PlaceId]
    counted [on_hand_micro] guard "on_hand_micro >= 0" => |p: &StockPlace| !p.on_hand_micro.is_negative(),
        claim "" => |_: &StockPlace| true;
    columns [on_hand_micro, product_id, warehouse_id, bin_id, lot_id, status]
    sets {
        PlacesOfLot(product_id: ProductId, warehouse_id: WarehouseId, lot_id: LotId);
        PlacesFilled(product_id: ProductId, warehouse_id: WarehouseId) only "on_hand_micro > 0" => |p: &StockPlace| p.on_hand_micro.is_positive();
        PlacesOfSerial(lot_id: LotId) only "lot_id <> 0" => |p: &StockPlace| p.lot_id != LotId::NONE;
    }
} }

row! { TagSighting in "tag_sightings" as "tag_sighting" {
    key [id: SightingId]
    versioned
    columns [version, reader, tag, first_at, last_at, reads, visits]
    sets { SightingsOf(tag: String); }
} }

row! { StockCost in "stock_costs" as "stock_cost" {
    key [product_id: ProductId]
    versioned
    columns [version, average_micro]
    sets { }
} }

row! { LotSource in "lot_sources" as "lot_source" {
    key [lot_id: LotId, source_lot_id: LotId]
    counted [quantity_micro] guard "quantity_micro > 0" => |s: &LotSource| s.quantity_micro.is_positive(),
        claim "" => |_: &LotSource| true;
    columns [quantity_micro]
    sets { }
} }

row! { Transfer in "transfers" as "transfer" {
    key [id: TransferId]
    versioned
    columns [version, number, status, from_id, to_id, expected_on, note, end_reason, created_by, created_at, sent_at]
    sets { }
} }

row! { TransferLine in "transfer_lines" as "transfer_line" {
    key [transfer_id: TransferId, line_no: i64]
    owned
    columns [product_id, product_code, name, unit, lot_id, quantity_micro, received_micro, lost_micro]
    sets { TransferLines(transfer_id: TransferId); }
} }

row! { StockCount in "stock_counts" as "stock_count" {
    key [id: StockCountId]
    versioned
    columns [version, number, status, warehouse_id, blind, note, reason, created_by, created_at, submitted_by, approved_by, approved_at]
    sets { }
} }

row! { StockCountLine in "stock_count_lines" as "stock_count_line" {
    key [count_id: StockCountId, line_no: i64]
    owned
    columns [product_id, product_code, name, unit, bin_id, lot_id, status, book_micro, counted_micro, counted_by, counted_at]
    sets { StockCountLines(count_id: StockCountId); }
} }

row! { Inquiry in "inquiries" as "inquiry" {
    key [id: InquiryId]
    versioned
    columns [version, number, status, customer_id, customer_name, contact_name, contact_phone, channel, received_at, taken_by, rep_id, said, items, blueprint_no, missing_count, vague_count, answer_by, answer, answered_by, answered_at, drop_reason, quotation_id, order_id, created_at]
    sets { InquiryByNumber(number: String); }
} }

row! { Contract in "contracts" as "contract" {
    key [id: ContractId]
    versioned
    columns [version, number, status, customer_id, customer_code, customer_name, customer_ref, title, currency, tax_inclusive, valid_from, valid_to, settlement, deposit_rate, credit_days, credit_terms, lead_days, delivery_terms, terms, binding, line_count, file_id, file_sha256, created_by, created_at, edited_by, enforced_by, enforced_at, ended_by, ended_at, end_reason]
    sets {
        ContractByNumber(number: String);
        CustomerContracts(customer_id: CustomerId) only "status = 'in_force'" => |c: &Contract| c.status == ContractStatus::InForce;
    }
} }

row! { ContractLine in "contract_lines" as "contract_line" {
    key [contract_id: ContractId, line_no: i64]
    owned
    columns [product_id, product_code, name, spec, unit, unit_price_micro, quantity_micro, note]
    sets { ContractLines(contract_id: ContractId); }
} }

row! { ContractCall in "contract_calls" as "contract_call" {
    key [contract_id: ContractId, line_no: i64]
    counted [agreed_micro, called_micro, ended] guard "called_micro >= 0 and called_micro <= agreed_micro and ended >= 0 and ended <= 1" => |c: &ContractCall| c.called_micro.micro() >= 0 && c.called_micro <= c.agreed_micro && (0..=1).contains(&c.ended),
        claim "ended = 0" => |c: &ContractCall| c.ended == 0;
    columns [agreed_micro, called_micro, ended]
    sets { }
} }

row! { Promotion in "promotions" as "promotion" {
    key [id: PromotionId]
    versioned
    columns [version, code, status, name_zh_cn, name_zh_tw, name_en, valid_from, valid_to, customer_id, grade, category, channel, currency, products, terms, combinable, priority, limit_total, limit_customer, created_by, created_at, edited_by, activated_by, activated_at, ended_by, ended_at, end_reason]
    sets {
        PromotionByCode(code: String);
        ActivePromotions(currency: domain::Currency) only "status = 'active'" => |p: &Promotion| p.status == PromotionStatus::Active;
    }
} }

row! { Rebate in "rebates" as "rebate" {
    key [id: RebateId]
    versioned
    columns [version, number, status, customer_id, valid_from, valid_to, basis, currency, products, tiers, whole, created_by, created_at, edited_by, approved_by, approved_at, end_reason, proposed_by, return_reason, settled_by, settled_at, settlement]
    sets {
        RebateByNumber(number: String);
        ClosedRebates(customer_id: CustomerId) only "status in ('proposed', 'settled')" => |r: &Rebate| r.status.is_closed();
    }
} }

row! { PromotionUse in "promotion_uses" as "promotion_use" {
    key [promotion_id: PromotionId, customer_id: CustomerId]
    counted [most, used] guard "used >= 0 and used <= most" => |u: &PromotionUse| u.used >= 0 && u.used <= u.most,
        claim "" => |_: &PromotionUse| true;
    columns [most, used]
    sets { }
} }

row! { Quotation in "quotations" as "quotation" {
    key [id: QuotationId]
    versioned
    columns [version, number, revision, latest, status, customer_id, customer_code, customer_name, contact_name, contact_phone, receiver, delivery_address, channel, category, settlement, currency, exchange_rate_nano, deposit_rate, tax_inclusive, tax_rounding, rep_id, warehouse_id, quoted_on, valid_until, lead_days, delivery_terms, packing, terms, notes, goods_minor, freight_minor, discount_minor, charges, net_minor, tax_minor, payable_minor, deposit_minor, line_count, created_by, created_at, submitted_by, submitted_at, decided_by, decided_at, decision_note, sent_by, sent_at, sent_note, reason, ended_by, ended_at, end_note, order_id, inquiry_id]
    sets { QuotationVersions(number: String); }
} }

row! { QuotationLine in "quotation_lines" as "quotation_line" {
    key [quotation_id: QuotationId, line_no: i64]
    owned
    columns [product_id, product_code, name, spec, unit, quantity_micro, unit_price_micro, book_price_micro, price_source, book_rule, last_price_micro, last_price_on, price_reason, discount_rate, tax_rate, net_minor, tax_minor, gross_minor, note]
    sets { QuotationLines(quotation_id: QuotationId); }
} }

row! { Order in "orders" as "order" {
    key [id: OrderId]
    versioned
    columns [version, number, status, held, hold_reason, held_question_no, customer_id, customer_code, customer_name, contact_name, contact_phone, receiver, delivery_address, channel, category, settlement, currency, exchange_rate_nano, deposit_rate, tax_inclusive, tax_rounding, rep_id, warehouse_id, external_number, customer_po, ordered_on, required_on, promised_on, planned_ship_on, expected_on, delivered_on, packing, transport, notes, special_requirements, goods_minor, freight_minor, discount_minor, charges, promotions_used, promotions_declined, net_minor, tax_minor, payable_minor, deposit_minor, billed_minor, paid_minor, cancel_cost_minor, cancel_rule, line_count, entered_by, reviewed_by, created_at, submitted_at, effective_at, closed_at, blueprint_no, approval_round, supply, fulfilment, finance, service, overdue_on, follow_up_due_on, source, signature, confirmation_no, slip, slips_from_on, quotation_id, contract_id, contract_reason, inquiry_id, open_exceptions, priority]
    tally crate::query::order::tally;
    sets {
        OrderByNumber(number: String) only "number <> ''" => |o: &Order| !o.number.is_empty();
        OrderByExternal(external_number: String) only "external_number <> ''" => |o: &Order| !o.external_number.is_empty();
    }
} }

row! { OrderLine in "order_lines" as "order_line" {
    key [order_id: OrderId, line_no: i64]
    owned
    columns [product_id, product_code, name, spec, unit, quantity_micro, unit_price_micro, sold, configuration, quality_standard, book_price_micro, price_source, book_rule, last_price_micro, last_price_on, price_reason, unit_cost_micro, unit_floor_micro, discount_rate, tax_rate, net_minor, tax_minor, gross_minor, reserved_micro, shipped_micro, delivered_micro, refused_micro, billed_micro, closed_micro, closed_reason, over_tolerance, under_tolerance, required_on, note, contract_line, called_micro]
    sets { OrderLines(order_id: OrderId); }
} }

row! { Reservation in "reservations" as "reservation" {
    key [order_id: OrderId, line_no: i64, warehouse_id: WarehouseId]
    owned
    columns [product_id, quantity_micro, kind, expires_at, reserved_at]
    sets { OrderReservations(order_id: OrderId); }
} }

row! { ShortageChoice in "shortage_choices" as "shortage_choice" {
    key [order_id: OrderId, line_no: i64, choice_no: i64]
    owned
    columns [short_micro, option_code, quantity_micro, promised_on, extra_cost_minor, compensation, compensation_minor, evidence_id, change_id, purchase_id, transfer_id, task_id, note, created_by, created_at]
    sets { OrderShortageChoices(order_id: OrderId); }
} }

row! { OrderSchedule in "order_schedules" as "order_schedule" {
    key [order_id: OrderId, line_no: i64, part_no: i64]
    owned
    columns [product_id, warehouse_id, quantity_micro, ready_on, ship_on, arrive_on, promised_on, supply, supply_id, supply_number, constraint_code, jeopardy, jeopardy_reason, chance, promised_at]
    sets { OrderSchedules(order_id: OrderId); }
} }

row! { Approval in "approvals" as "approval" {
    key [order_id: OrderId, round: i64, step: i64]
    owned
    columns [stage, rule, role, decision, decided_by, decided_for, decided_at, note]
    sets { Approvals(order_id: OrderId); }
} }

row! { Shipment in "shipments" as "shipment" {
    key [id: ShipmentId]
    versioned
    columns [version, number, order_id, order_number, customer_id, customer_name, warehouse_id, status, shipped_on, carrier, tracking, note, delivered_on, signer, created_by, created_at, closed_note]
    sets { OrderShipments(order_id: OrderId); ShipmentByNumber(number: String); }
} }

row! { ShipmentLine in "shipment_lines" as "shipment_line" {
    key [shipment_id: ShipmentId, line_no: i64]
    owned
    columns [order_line_no, product_id, product_code, name, spec, unit, quantity_micro, accepted_micro, refused_micro]
    sets { ShipmentLines(shipment_id: ShipmentId); }
} }

row! { Invoice in "invoices" as "invoice" {
    key [id: InvoiceId]
    versioned
    columns [version, number, order_id, order_number, customer_id, customer_name, kind, status, issued_on, due_on, net_minor, tax_minor, gross_minor, freight_minor, discount_minor, charges, paid_minor, created_by, created_at, void_reason]
    sets {
        OrderInvoices(order_id: OrderId);
        InvoiceByNumber(number: String);
        CustomerOpenInvoices(customer_id: CustomerId) only "status IN ('open', 'part_paid')" => |i: &Invoice| matches!(i.status, InvoiceStatus::Open | InvoiceStatus::PartPaid);
    }
} }

row! { InvoiceLine in "invoice_lines" as "invoice_line" {
    key [invoice_id: InvoiceId, line_no: i64]
    owned
    columns [order_line_no, name, spec, unit, quantity_micro, tax_rate, net_minor, tax_minor, gross_minor]
    sets { InvoiceLines(invoice_id: InvoiceId); }
} }

row! { Payment in "payments" as "payment" {
    key [id: PaymentId]
    versioned
    columns [version, number, order_id, order_number, customer_id, customer_name, amount_minor, allocated_minor, method, paid_on, exchange_rate_nano, reference, note, reversed, reverse_reason, created_by, created_at]
    sets { OrderPayments(order_id: OrderId); PaymentByNumber(number: String); }
} }

row! { Allocation in "allocations" as "allocation" {
    key [payment_id: PaymentId, invoice_id: InvoiceId]
    owned
    columns [order_id, amount_minor]
    sets { PaymentAllocations(payment_id: PaymentId); InvoiceAllocations(invoice_id: InvoiceId); OrderAllocations(order_id: OrderId); }
} }

row! { FollowUp in "follow_ups" as "follow_up" {
    key [id: FollowUpId]
    versioned
    columns [version, order_id, order_number, customer_id, customer_name, due_on, status, score, comment, done_by, done_at]
    sets { OrderFollowUps(order_id: OrderId); }
} }

row! { Attachment in "attachments" as "attachment" {
    key [id: AttachmentId]
    owned
    columns [order_id, subject_kind, subject_id, kind, filename, mime, size, sha256, created_by, created_at]
    sets { SubjectAttachments(subject_id: i64); }
} }

row! { Blob in "blobs" as "blob" {
    key [sha256: String]
    owned
    columns [bytes]
    sets { }
} }

row! { Evidence in "evidence" as "evidence" {
    key [id: EvidenceId]
    versioned
    columns [version, order_id, kind, proves, statement, given_by, given_at, attachment_id, file_sha256, sha256, created_by, created_at, withdrawn_by, withdrawn_at, withdraw_reason]
    sets { OrderEvidence(order_id: OrderId); }
} }

row! { PublicLink in "public_links" as "link" {
    key [id: LinkId]
    versioned
    columns [version, token_hash, purpose, subject_kind, subject_id, subject_number, sent_to, language, created_by, created_at, expires_at, first_opened_at, last_opened_at, opened_from, opened_with, revoked_at]
    sets { LinkByToken(token_hash: String); }
} }

row! { Confirmation in "confirmations" as "confirmation" {
    key [id: ConfirmationId]
    versioned
    columns [version, order_id, order_number, order_revision, no, status, way, sent_to, language, link_id, document_id, document_sha256, sent_by, sent_at, promised_on, opened_at, signed_at, signer, signed_way, signed_from, signature_sha256, evidence_id, slipped_days, remark]
    sets { OrderConfirmations(order_id: OrderId); }
} }

row! { Offer in "offers" as "offer" {
    key [id: OfferId]
    versioned
    columns [version, quotation_id, quotation_number, revision, no, status, way, sent_to, language, link_id, document_id, document_sha256, sent_by, sent_at, opened_at, answered_at, signer, signed_way, answered_from, signature_id, signature_sha256, reason, remark, question, asked_at]
    sets { QuotationOffers(quotation_id: QuotationId); }
} }

row! { CreditBlock in "credit_blocks" as "customer" {
    key [customer_id: CustomerId]
    versioned
    columns [version, blocked, reason, changed_by, changed_at]
    sets { }
} }

row! { CreditRelease in "credit_releases" as "credit_release" {
    key [id: CreditReleaseId]
    versioned
    columns [version, customer_id, order_id, amount_minor, reason, expires_at, created_by, created_at, ended_at, ended_by]
    sets { OpenReleases(customer_id: CustomerId) only "ended_at IS NULL" => |r: &CreditRelease| r.ended_at.is_none(); }
} }

row! { CustomerDue in "customer_dues" as "invoice" {
    key [customer_id: CustomerId]
    view
    columns [due_on]
    sets { }
} }

row! { StockMovement in "stock_movements" as "stock_movement" {
    key [id: MovementId]
    append
    columns [product_id, warehouse_id, kind, on_hand_delta_micro, reserved_delta_micro, bin_id, lot_id, status, unit_cost_micro, average_cost_micro, cause_kind, cause_id, note, by, at]
    sets { }
} }

// Written once; only the erasure of a person takes its data out of the texts (see `verify`).
row! { ChainedEvent in "events" as "event" {
    key [position: i64]
    owned
    columns [at, kind, subject_kind, subject_id, subject_number, by, by_name, channel, address, reason, data, hash]
    sets { }
} }

row! { Series in "series" as "series" {
    key [name: String]
    owned
    columns [last]
    sets { }
} }

row! { Answer in "answers" as "answer" {
    key [key: String]
    owned
    columns [user_id, request_hash, status, body, created_at]
    sets { }
} }

row! { Job in "jobs" as "job" {
    key [id: i64]
    versioned
    columns [version, kind, subject_id, payload, due_at, attempts, state, error, created_at]
    sets { }
} }

row! { Import in "imports" as "import" {
    key [id: i64]
    versioned
    columns [version, file_names, files_hash, mapping, state, summary, created_by, created_at, finished_at]
    sets { ImportByFiles(files_hash: String); }
} }

row! { Mapping in "mappings" as "mapping" {
    key [name: String]
    versioned
    columns [version, title, content]
    sets { }
} }

row! { Follower in "followers" as "follower" {
    key [name: String]
    versioned
    columns [version, position]
    sets { }
} }

row! { KeptBlueprint in "blueprints" as "blueprint" {
    key [number: i64]
    versioned
    columns [version, state, content, based_on, why, created_by, created_at, activated_by, activated_at]
    sets { }
} }

row! { Override in "overrides" as "override" {
    key [id: OverrideId]
    versioned
    columns [version, order_id, order_number, customer_name, gate, verb, said, role, reason, by, at, used_at, due_at, backfilled_by, backfilled_at, backfill_note]
    sets { OrderOverrides(order_id: OrderId); }
} }

row! { OrderQuestion in "order_questions" as "order_question" {
    key [order_id: OrderId, no: i64]
    owned
    columns [field, question, asked_by, asked_at, answer, answered_by, answered_at, answered_name, holds, for_customer, withdrawn_at, withdraw_reason]
    sets { OrderQuestions(order_id: OrderId); }
} }

row! { Calendar in "calendars" as "calendar" {
    key [code: String]
    versioned
    columns [version, name_zh_cn, name_zh_tw, name_en, content]
    sets { }
} }

row! { Clock in "clocks" as "clock" {
    key [id: ClockId]
    versioned
    columns [version, code, subject_kind, subject_id, subject_number, calendar, calendar_version, terms, limit_micros, spent_micros, started_at, running_since, due_at, warn_at, next_at, state, fired, paused_at, paused_by, pause_reason, breached_at, stopped_at, started_by, note]
    sets { OpenClocks(subject_id: i64) only "state <> 'stopped'" => |c: &Clock| c.is_open(); }
} }

row! { Absence in "absences" as "absence" {
    key [id: AbsenceId]
    versioned
    columns [version, user_id, substitute_id, from_on, to_on, note]
    sets { UserAbsences(user_id: UserId); SubstituteAbsences(substitute_id: UserId); }
} }

row! { MailSettings in "mail_settings" as "mail_settings" {
    key [id: i64]
    versioned
    columns [version, active, host, port, security, username, secret, from_address, from_name, site_url]
    sets { }
} }

row! { Webhook in "webhooks" as "webhook" {
    key [id: WebhookId]
    versioned
    columns [version, url, description, kinds, secret, old_secret, old_secret_until, active, stopped, created_at]
    sets { Webhooks(active: bool); }
} }

row! { Robot in "robots" as "robot" {
    key [id: RobotId]
    versioned
    columns [version, name, provider, url, secret, kinds, language, active, created_at]
    sets { Robots(active: bool); }
} }

row! { Template in "templates" as "template" {
    key [code: String]
    versioned
    columns [version, subject_zh_cn, body_zh_cn, subject_zh_tw, body_zh_tw, subject_en, body_en]
    sets { }
} }

row! { NotifySettings in "notify_settings" as "notify_settings" {
    key [user_id: UserId]
    versioned
    columns [version, in_app, email, quiet, quiet_from_minute, quiet_to_minute, urgent_waits, digest, digest_minute]
    sets { }
} }

row! { Notification in "notifications" as "notification" {
    key [id: NotificationId]
    versioned
    columns [version, user_id, kind, template, subject_kind, subject_id, subject_number, facts, urgent, created_at, read_at]
    sets { }
} }

row! { Delivery in "deliveries" as "delivery" {
    key [id: DeliveryId]
    versioned
    columns [version, dedup, position, kind, channel, endpoint_id, target, user_id, template, language, subject_kind, subject_id, subject_number, facts, gathered, state, attempts, next_at, last_error, created_at, sent_at]
    sets { }
} }

row! { Skill in "skills" as "skill" {
    key [code: String]
    versioned
    columns [version, name_zh_cn, name_zh_tw, name_en, active]
    sets { }
} }

row! { TaskKind in "task_kinds" as "task_kind" {
    key [code: String]
    versioned
    columns [version, name_zh_cn, name_zh_tw, name_en, skills, role, planned_minutes, due_hours, priority, checklist, active]
    sets { }
} }

row! { Worker in "workers" as "worker" {
    key [user_id: UserId]
    versioned
    columns [version, kind, skills, city, district, capacity_minutes, phone, active]
    sets { }
} }

row! { Task in "tasks" as "task" {
    key [id: TaskId]
    versioned
    columns [version, number, kind, title, detail, order_id, order_number, customer_name, cause, cause_code, cause_id, role, assignee, status, priority, city, district, place, skills, planned_minutes, due_at, percent, offered_at, accepted_at, delivered_at, done_at, quality, timeliness, evaluation, evaluated_by, created_by, created_at]
    sets { TaskByNumber(number: String); TasksByCause(cause_id: i64) only "cause_id <> 0" => |t: &Task| t.cause_id != 0; }
} }

row! { TaskStep in "task_steps" as "task_step" {
    key [task_id: TaskId, no: i64]
    owned
    columns [text, required, done_at]
    sets { TaskSteps(task_id: TaskId); }
} }

row! { TaskEntry in "task_entries" as "task_entry" {
    key [id: TaskEntryId]
    append
    columns [task_id, kind, text, percent, by, at]
    sets { }
} }

row! { ChangeOrder in "changes" as "change" {
    key [id: ChangeId]
    versioned
    columns [version, number, order_id, order_number, customer_id, customer_name, status, side, reason, items, effect, round, revision, created_by, created_at, submitted_at, answered_at, answered_by, evidence_id, ended_by, ended_at, end_reason]
    sets {
        OrderChanges(order_id: OrderId);
        OpenChanges(order_id: OrderId) only "status IN ('submitted', 'answering')" => |c: &ChangeOrder| c.status.is_open();
        ChangeByNumber(number: String);
    }
} }

row! { ChangeApproval in "change_approvals" as "change_approval" {
    key [change_id: ChangeId, round: i64, step: i64]
    owned
    columns [stage, rule, role, decision, decided_by, decided_for, decided_at, note]
    sets { ChangeApprovals(change_id: ChangeId); }
} }

row! { IntakePhrase in "intake_phrases" as "intake_phrase" {
    key [id: IntakePhraseId]
    versioned
    columns [version, kind, phrase, said, customer_id, product_id, means_id, unit, created_by, created_at]
    sets { IntakePhrases(phrase: String); }
} }

row! { PortalUser in "portal_users" as "portal_user" {
    key [id: PortalUserId]
    versioned
    columns [version, customer_id, username, name, email, password_hash, language, must_change, active, created_by, created_at]
    sets { PortalUserByName(username: String); CustomerPortalUsers(customer_id: CustomerId); }
} }

row! { PortalSession in "portal_sessions" as "session" {
    key [id: PortalSessionId]
    versioned
    columns [version, token_hash, portal_user_id, csrf, created_at, expires_at, seen_at, address, agent, revoked, acting_for]
    sets { PortalSessionByToken(token_hash: String); PortalSessions(portal_user_id: PortalUserId); }
} }

row! { CartLine in "cart_lines" as "cart_line" {
    key [portal_user_id: PortalUserId, product_id: ProductId]
    versioned
    columns [version, warehouse_id, quantity_micro, held_micro, held_until, created_at, customer_id]
    sets { Cart(portal_user_id: PortalUserId); }
} }

row! { Message in "messages" as "message" {
    key [id: MessageId]
    owned
    columns [customer_id, order_id, order_number, quotation_id, quotation_number, from_customer, author_id, author, text, at]
    sets { }
} }

row! { MessageThread in "message_threads" as "message" {
    key [customer_id: CustomerId]
    versioned
    columns [version, last_at, waiting_since, company_read_at, customer_read_at]
    sets { }
} }

row! { CustomerKey in "customer_keys" as "customer" {
    key [customer_id: CustomerId, no: i64]
    owned
    columns [kind, key]
    sets { CustomerKeys(customer_id: CustomerId); }
} }

row! { CustomerCheck in "customer_checks" as "customer" {
    key [customer_id: CustomerId]
    versioned
    columns [version, state]
    sets { }
} }

row! { CustomerPair in "customer_pairs" as "customer_pair" {
    key [customer_id: CustomerId, other_id: CustomerId]
    versioned
    columns [version, score, name_score, reasons, state, note, decided_by, decided_at, found_at]
    sets {
        OpenPairs(customer_id: CustomerId) only "state = 'open'" => |p: &CustomerPair| p.state == PairState::Open;
        OpenPairsBack(other_id: CustomerId) only "state = 'open'" => |p: &CustomerPair| p.state == PairState::Open;
    }
} }

row! { CustomerMerge in "customer_merges" as "customer_merge" {
    key [customer_id: CustomerId]
    versioned
    columns [version, into_id, reason, merged_by, merged_at, state]
    sets { MergesInto(into_id: CustomerId); }
} }

row! { CustomerVerification in "customer_verifications" as "customer" {
    key [customer_id: CustomerId]
    versioned
    columns [version, entered_by, checks, note, verified_by, verified_at]
    sets { }
} }

row! { CustomerGrade in "customer_grades" as "customer" {
    key [customer_id: CustomerId]
    versioned
    columns [version, source, set_by, set_at, reason, rule_grade, turnover_minor, unrated_count, due_count, late_count, late_days, since_on, computed_on, computed_at, blueprint_no, proposed_grade, proposed_by, proposed_at, proposed_reason]
    sets { }
} }

row! { Consent in "consents" as "consent" {
    key [id: ConsentId]
    versioned
    columns [version, customer_id, person, purpose, given_on, evidence, recorded_by, recorded_at, withdrawn_on, withdrawn_note, withdrawn_by]
    sets { }
} }

row! { Document in "documents" as "document" {
    key [id: DocumentId]
    owned
    columns [order_id, customer_id, subject_kind, subject_id, subject_number, kind, language, sequence, template_no, archival, pages, size, sha256, created_by, created_at]
    sets { SubjectDocuments(subject_id: i64); }
} }

row! { DocumentTemplate in "document_templates" as "document_template" {
    key [code: String]
    versioned
    columns [version, body, changed_by, changed_at]
    sets { }
} }

row! { DocumentTemplateVersion in "document_template_versions" as "document_template_version" {
    key [id: DocumentTemplateVersionId]
    owned
    columns [code, no, body, note, created_by, created_at]
    sets { }
} }

row! { Letterhead in "letterheads" as "letterhead" {
    key [code: String]
    versioned
    columns [version, name, name_en, address, address_en, phone, fax, email, website, credit_code, bank, bank_account, logo_sha256, seal_sha256, changed_by, changed_at]
    sets { }
} }

row! { Agent in "agents" as "agent" {
    key [customer_id: CustomerId]
    versioned
    columns [version, active, commission_bp, basis, notes, created_at]
    sets { }
} }

row! { AgentCustomer in "agent_customers" as "agent_customer" {
    key [customer_id: CustomerId]
    versioned
    columns [version, agent_id, since]
    sets { }
} }

row! { OrderAgent in "order_agents" as "order_agent" {
    key [order_id: OrderId]
    owned
    columns [agent_id, commission_bp, basis]
    sets { }
} }

row! { OrderException in "order_exceptions" as "exception" {
    key [id: ExceptionId]
    versioned
    columns [version, number, order_id, order_number, kind, status, cause, parts, shipment_id, shipment_number, by_system, opened_by, opened_at, goods, reason, answered_by, answered_at]
    sets { OrderExceptions(order_id: OrderId); }
} }

row! { Supplier in "suppliers" as "supplier" {
    key [id: SupplierId]
    versioned
    columns [version, code, name, search, contact, phone, email, address, currency, terms_days, lead_days, calendar, over_tolerance, under_tolerance, notes, active, created_at]
    sets { SupplierByCode(code: String); }
} }

row! { SupplierProduct in "supplier_products" as "supplier_product" {
    key [supplier_id: SupplierId, product_id: ProductId]
    owned
    columns [supplier_code, unit_price_micro, minimum_micro, multiple_micro, lead_days, rush_lead_days, rush_rate, rush_amount_micro, preferred]
    sets {
        SupplierProducts(supplier_id: SupplierId);
        ProductSuppliers(product_id: ProductId);
    }
} }

row! { Purchase in "purchases" as "purchase" {
    key [id: PurchaseId]
    versioned
    columns [version, number, status, supplier_id, supplier_code, supplier_name, supplier_ref, warehouse_id, currency, over_tolerance, under_tolerance, notes, line_count, total_minor, created_by, created_at, sent_by, sent_at, ordered_on, confirmed_by, confirmed_at, receipt_count, received_at, ended_by, ended_at, end_reason]
    sets { PurchaseByNumber(number: String); }
} }

row! { PurchaseLine in "purchase_lines" as "purchase_line" {
    key [purchase_id: PurchaseId, line_no: i64]
    owned
    columns [warehouse_id, product_id, product_code, name, spec, unit, supplier_code, quantity_micro, unit_price_micro, amount_minor, rush, asked_on, confirmed_on, received_micro, open_micro, cause, cause_id, cause_line, cause_number, note]
    sets {
        PurchaseLines(purchase_id: PurchaseId);
        OpenPurchaseLines(product_id: ProductId) only "open_micro > 0" => |l: &PurchaseLine| l.open_micro.is_positive();
    }
} }

row! { PurchaseReceipt in "purchase_receipts" as "purchase_receipt" {
    key [id: PurchaseReceiptId]
    append
    columns [purchase_id, line_no, supplier_id, product_id, warehouse_id, quantity_micro, rush, ordered_on, received_on, lead_days, reference, note, by, at]
    sets { }
} }

row! { Quota in "quotas" as "quota" {
    key [id: QuotaId]
    versioned
    columns [version, code, name, product_id, grade, channel, region, valid_from, valid_to, limit_micro, active, created_at]
    sets {
        QuotaByCode(code: String);
        ProductQuotas(product_id: ProductId) only "active = 1" => |q: &Quota| q.active;
    }
} }

row! { QuotaCount in "quota_counts" as "quota" {
    key [quota_id: QuotaId]
    counted [limit_micro, taken_micro] guard "taken_micro >= 0 and taken_micro <= limit_micro" => |q: &QuotaCount| !q.taken_micro.is_negative() && q.taken_micro <= q.limit_micro,
        claim "" => |_: &QuotaCount| true;
    columns [limit_micro, taken_micro]
    sets { }
} }

row! { QuotaTake in "quota_takes" as "quota" {
    key [order_id: OrderId, line_no: i64, quota_id: QuotaId]
    owned
    columns [product_id, quantity_micro, taken_at]
    sets { OrderQuotaTakes(order_id: OrderId); }
} }

row! { PromiseDays in "promise_days" as "promise_days" {
    key [number: i64]
    versioned
    columns [version, said]
    sets { }
} }

row! { OrderSlack in "order_slacks" as "order_slack" {
    key [order_id: OrderId]
    versioned
    columns [version, state, days, agreed_days, reason, asked_by, asked_at, answered_by, answered_at, answer]
    sets { }
} }

/// What is derived from which table: held no longer than that is unchanged.
pub(crate) const DERIVED: &[(Table, Table)] = &[(Table::PricedCustomer, Table::Price), (Table::CustomerDue, Table::Invoice)];

/// Every table the unit of work reads and writes, parents before children.
pub fn all() -> &'static [&'static crate::row::TableDef] {
    static ALL: std::sync::LazyLock<Vec<&'static crate::row::TableDef>> =
        std::sync::LazyLock::new(|| [of_orders(), of_the_house(), others().to_vec()].concat());
    &ALL
}

/// What came after these.
fn others() -> [&'static crate::row::TableDef; 33] {
    use crate::row::Row;
    [
        ChangeOrder::table(),
        ChangeApproval::table(),
        IntakePhrase::table(),
        PortalUser::table(),
        PortalSession::table(),
        CartLine::table(),
        Message::table(),
        MessageThread::table(),
        CustomerKey::table(),
        CustomerCheck::table(),
        CustomerPair::table(),
        CustomerMerge::table(),
        CustomerVerification::table(),
        CustomerGrade::table(),
        Consent::table(),
        Document::table(),
        DocumentTemplate::table(),
        DocumentTemplateVersion::table(),
        Letterhead::table(),
        Agent::table(),
        AgentCustomer::table(),
        OrderAgent::table(),
        OrderException::table(),
        Supplier::table(),
        SupplierProduct::table(),
        Purchase::table(),
        PurchaseLine::table(),
        PurchaseReceipt::table(),
        Quota::table(),
        QuotaCount::table(),
        QuotaTake::table(),
        PromiseDays::table(),
        OrderSlack::table(),
    ]
}

/// The masters, the orders and their papers.
fn of_orders() -> Vec<&'static crate::row::TableDef> {
    use crate::row::Row;
    vec![
        Company::table(),
        User::table(),
        Role::table(),
        Session::table(),
        ApiToken::table(),
        Customer::table(),
        CustomerContact::table(),
        CustomerAddress::table(),
        CustomerAccount::table(),
        Product::table(),
        Price::table(),
        PricedCustomer::table(),
        ExchangeRate::table(),
        LastPrice::table(),
        Warehouse::table(),
        Stock::table(),
        Bin::table(),
        Lot::table(),
        StockPlace::table(),
        TagSighting::table(),
        StockCost::table(),
        LotSource::table(),
        Transfer::table(),
        TransferLine::table(),
        StockCount::table(),
        StockCountLine::table(),
        Contract::table(),
        ContractLine::table(),
        ContractCall::table(),
        Promotion::table(),
        PromotionUse::table(),
        Rebate::table(),
        Inquiry::table(),
        Quotation::table(),
        QuotationLine::table(),
        Order::table(),
        OrderLine::table(),
        Reservation::table(),
        OrderSchedule::table(),
        Approval::table(),
        Shipment::table(),
        ShipmentLine::table(),
        Invoice::table(),
        InvoiceLine::table(),
        Payment::table(),
        Allocation::table(),
        FollowUp::table(),
        Attachment::table(),
        Blob::table(),
        Evidence::table(),
        ShortageChoice::table(),
        PublicLink::table(),
        Confirmation::table(),
        Offer::table(),
        CreditBlock::table(),
        CreditRelease::table(),
        CustomerDue::table(),
    ]
}

/// What the house runs by.
fn of_the_house() -> Vec<&'static crate::row::TableDef> {
    use crate::row::Row;
    vec![
        StockMovement::table(),
        ChainedEvent::table(),
        Series::table(),
        Answer::table(),
        Job::table(),
        Import::table(),
        Mapping::table(),
        Follower::table(),
        KeptBlueprint::table(),
        Override::table(),
        OrderQuestion::table(),
        Calendar::table(),
        Clock::table(),
        Absence::table(),
        MailSettings::table(),
        Webhook::table(),
        Robot::table(),
        Template::table(),
        NotifySettings::table(),
        Notification::table(),
        Delivery::table(),
        Skill::table(),
        TaskKind::table(),
        Worker::table(),
        Task::table(),
        TaskStep::table(),
        TaskEntry::table(),
    ]
}

impl ChainedEvent {
    /// The event itself.
    pub fn event(self) -> domain::Event {
        domain::Event {
            position: self.position,
            at: self.at,
            kind: self.kind,
            subject_kind: self.subject_kind,
            subject_id: self.subject_id,
            subject_number: self.subject_number,
            by: self.by,
            by_name: self.by_name,
            channel: self.channel,
            address: self.address,
            reason: self.reason,
            data: self.data,
        }
    }
}
