//! How values look in JSON: exact decimals as strings with their currency or unit, codes as closed sets.

use std::borrow::Cow;
use std::marker::PhantomData;

use domain::{Code, Currency, Quantity, UnitPrice};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// An amount of money: `{"amount": "50800.00", "currency": "CNY"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Money)]
pub struct MoneyJson {
    /// Decimal, with the currency's digits (a unit price: two to six).
    #[schema(example = "50800.00")]
    pub amount: String,
    /// ISO 4217.
    #[schema(example = "CNY")]
    pub currency: String,
}

impl MoneyJson {
    /// An amount of a currency.
    pub fn of(amount: domain::Money, currency: Currency) -> Self {
        MoneyJson { amount: amount.decimal(currency), currency: currency.as_str().to_owned() }
    }

    /// A price of one unit.
    pub fn price(price: UnitPrice, currency: Currency) -> Self {
        MoneyJson { amount: price.decimal(), currency: currency.as_str().to_owned() }
    }
}

/// A quantity: `{"value": "20.4", "unit": "t"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Quantity)]
pub struct QuantityJson {
    /// Decimal.
    #[schema(example = "20.4")]
    pub value: String,
    /// Unit of measure.
    #[schema(example = "t")]
    pub unit: String,
}

impl QuantityJson {
    /// So much of a unit.
    pub fn of(quantity: Quantity, unit: &str) -> Self {
        QuantityJson { value: quantity.decimal(), unit: unit.to_owned() }
    }
}

/// An amount as it is sent: `"50800.00"` or `{"amount": "50800.00", "currency": "CNY"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum MoneyInput {
    /// A decimal in the currency of its document.
    Plain(String),
    /// With its currency, which must be that of its document.
    Full(MoneyJson),
}

impl Default for MoneyInput {
    fn default() -> Self {
        MoneyInput::Plain(String::new())
    }
}

impl MoneyInput {
    /// The decimal.
    pub fn amount(&self) -> &str {
        match self {
            MoneyInput::Plain(amount) => amount,
            MoneyInput::Full(money) => &money.amount,
        }
    }

    /// The currency, where one was sent.
    pub fn currency(&self) -> Option<&str> {
        match self {
            MoneyInput::Plain(_) => None,
            MoneyInput::Full(money) => Some(&money.currency),
        }
    }
}

/// A quantity as it is sent: `"20.4"` or `{"value": "20.4", "unit": "t"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum QuantityInput {
    /// A decimal in the unit of its product.
    Plain(String),
    /// With its unit, which must be that of its product.
    Full(QuantityJson),
}

impl Default for QuantityInput {
    fn default() -> Self {
        QuantityInput::Plain(String::new())
    }
}

impl QuantityInput {
    /// The decimal.
    pub fn value(&self) -> &str {
        match self {
            QuantityInput::Plain(value) => value,
            QuantityInput::Full(quantity) => &quantity.value,
        }
    }

    /// The unit, where one was sent.
    pub fn unit(&self) -> Option<&str> {
        match self {
            QuantityInput::Plain(_) => None,
            QuantityInput::Full(quantity) => Some(&quantity.unit),
        }
    }
}

/// One of a closed set of codes, such as [`GradeCode`]. What is read may be none of them; [`crate::fields::Fields::code`] says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeOf<C: Code>(pub String, PhantomData<C>);

impl<C: Code> CodeOf<C> {
    /// A code as it was sent, in a form or a query.
    pub fn sent(code: String) -> Self {
        CodeOf(code, PhantomData)
    }

    /// The value, if it is one.
    pub fn get(&self) -> Option<C> {
        C::parse(&self.0)
    }
}

impl<C: Code> Default for CodeOf<C> {
    fn default() -> Self {
        CodeOf(String::new(), PhantomData)
    }
}

impl<C: Code> From<C> for CodeOf<C> {
    fn from(code: C) -> Self {
        CodeOf(code.as_str().to_owned(), PhantomData)
    }
}

impl<C: Code> Serialize for CodeOf<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de, C: Code> Deserialize<'de> for CodeOf<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(CodeOf(String::deserialize(deserializer)?, PhantomData))
    }
}

impl<C: Code> PartialSchema for CodeOf<C> {
    fn schema() -> RefOr<Schema> {
        let codes: Vec<&str> = C::ALL.iter().map(|code| code.as_str()).collect();
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes)).build().into()
    }
}

impl<C: Code> ToSchema for CodeOf<C> {
    fn name() -> Cow<'static, str> {
        // A movement of stock is also a row of the ledger, which has the name already.
        if C::GROUP == "stock.movement" {
            return Cow::Borrowed("MovementKind");
        }
        let words = C::GROUP.split(['.', '_']);
        let capital =
            |word: &str| word.chars().next().map(|c| c.to_ascii_uppercase()).into_iter().chain(word.chars().skip(1)).collect::<String>();
        Cow::Owned(words.map(capital).collect())
    }
}

/// Names a set of codes, since the macro that describes DTOs does not take generic types.
macro_rules! code_types {
    ($($name:ident = $code:ty;)+) => {$(
        #[doc = concat!("One of the codes of [`", stringify!($code), "`].")]
        pub type $name = CodeOf<$code>;
    )+};
}

code_types! {
    LanguageCode = domain::Language;
    ForecastBasisCode = domain::forecast::Basis;
    ForecastClassCode = domain::forecast::Class;
    ForecastMethodCode = domain::forecast::Method;
    ForecastPeriodCode = domain::forecast::Period;
    ForecastWhyCode = domain::forecast::Why;
    GradeCode = domain::Grade;
    GradeConditionCode = domain::GradeCondition;
    GradeSourceCode = domain::GradeSource;
    ConsentPurposeCode = domain::ConsentPurpose;
    ChannelCode = domain::Channel;
    CategoryCode = domain::SalesCategory;
    SettlementCode = domain::Settlement;
    ProductKindCode = domain::ProductKind;
    TrackingCode = domain::Tracking;
    TaxCategoryCode = domain::TaxCategory;
    TaxRoundingCode = domain::TaxRounding;
    EvidenceKindCode = domain::EvidenceKind;
    OrderStatusCode = domain::OrderStatus;
    PriceSourceCode = domain::PriceSource;
    DecisionCode = domain::Decision;
    ShipmentStatusCode = domain::ShipmentStatus;
    InvoiceStatusCode = domain::InvoiceStatus;
    InvoiceKindCode = domain::InvoiceKind;
    PaymentMethodCode = domain::PaymentMethod;
    FollowUpStatusCode = domain::FollowUpStatus;
    MovementKindCode = domain::MovementKind;
    StockStatusCode = domain::StockStatus;
    ReservationKindCode = domain::ReservationKind;
    ShortageOptionCode = domain::ShortageOption;
    ShortageBlockCode = domain::ShortageBlock;
    CompensationCode = domain::Compensation;
    TransferStatusCode = domain::TransferStatus;
    TransferVerbCode = domain::TransferVerb;
    StockCountStatusCode = domain::StockCountStatus;
    StockCountVerbCode = domain::StockCountVerb;
    AttachmentKindCode = domain::AttachmentKind;
    PermissionCode = domain::Act;
    EventKindCode = domain::EventKind;
    ToneCode = domain::Tone;
    TrackCode = domain::Track;
    VerbCode = domain::Verb;
    SkippedKindCode = domain::SkippedKind;
    IntakeKindCode = domain::intake::LearnedKind;
    IntakeFieldCode = domain::intake::VagueField;
    BlueprintStateCode = domain::BlueprintState;
    ClockStateCode = domain::ClockState;
    DigestCode = domain::notify::Digest;
    DeliveryStateCode = domain::notify::DeliveryState;
    MailSecurityCode = domain::notify::MailSecurity;
    NotifyChannelCode = domain::notify::NotifyChannel;
    RobotProviderCode = domain::notify::RobotProvider;
    TaskStatusCode = domain::TaskStatus;
    TaskCauseCode = domain::TaskCause;
    TaskEntryKindCode = domain::TaskEntryKind;
    TaskVerbCode = domain::TaskVerb;
    WorkerKindCode = domain::WorkerKind;
    ChangeStatusCode = domain::ChangeStatus;
    ChangeSideCode = domain::ChangeSide;
    ChangeKindCode = domain::ChangeKind;
    ChargeKindCode = domain::ChargeKind;
    ChangeVerbCode = domain::ChangeVerb;
    OrderSignatureCode = domain::Signature;
    ConfirmationStatusCode = domain::ConfirmationStatus;
    ConfirmationWayCode = domain::ConfirmationWay;
    SignatureWayCode = domain::SignatureWay;
    CopyCheckCode = domain::CopyCheck;
    PortalStatusCode = domain::PortalStatus;
    PortalStockCode = domain::PortalStock;
    SameAsCode = domain::SameAs;
    PairStateCode = domain::PairState;
    ContractStatusCode = domain::ContractStatus;
    PromiseConstraintCode = domain::promise::Constraint;
    PromiseSupplyCode = domain::promise::SupplyKind;
    PromiseDemandCode = domain::promise::DemandKind;
    PromiseAlternativeCode = domain::promise::AlternativeKind;
    PromiseReasonCode = domain::promise::AlternativeReason;
    PromiseStrategyCode = domain::promise::Strategy;
    PromisePrecedenceCode = domain::promise::Precedence;
    PromiseShiftCode = domain::promise::Shift;
    PromiseJeopardyCode = domain::promise::Jeopardy;
    PromiseJeopardyReasonCode = domain::promise::JeopardyReason;
    RebateStatusCode = domain::RebateStatus;
    RebateBasisCode = domain::RebateBasis;
    RebateVerbCode = domain::RebateVerb;
    PromotionStatusCode = domain::PromotionStatus;
    PromotionEffectCode = domain::PromotionEffect;
    PromotionVerbCode = domain::PromotionVerb;
    ContractTermCode = domain::ContractTerm;
    ContractVerbCode = domain::ContractVerb;
    PurchaseCauseCode = domain::PurchaseCause;
    PurchaseStatusCode = domain::PurchaseStatus;
    PurchaseVerbCode = domain::PurchaseVerb;
    MergeFieldCode = domain::MergeField;
    CommissionBasisCode = domain::CommissionBasis;
    ExceptionKindCode = domain::ExceptionKind;
    ExceptionStatusCode = domain::ExceptionStatus;
    ReturnedGoodsCode = domain::ReturnedGoods;
    VerifyCheckCode = domain::VerifyCheck;
    QuotationStatusCode = domain::QuotationStatus;
    QuotationReasonCode = domain::QuotationReason;
    QuotationVerbCode = domain::QuotationVerb;
    OfferStatusCode = domain::OfferStatus;
    OfferWayCode = domain::OfferWay;
    InquiryStatusCode = domain::InquiryStatus;
    InquiryVerbCode = domain::InquiryVerb;
    InquiryItemKindCode = domain::InquiryItemKind;
    InquiryMarkCode = domain::InquiryMark;
    InquiryWhyCode = domain::InquiryWhy;
    VagueMeaningCode = domain::intake::VagueMeaning;
    DocumentKindCode = domain::DocumentKind;
    DocumentSubjectCode = domain::DocumentSubject;
    SlackStateCode = domain::SlackState;
}

/// Something with a name: `{"id", "name"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Something with a code: `{"id", "code", "name"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Coded {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

impl Coded {
    /// A code of a closed set, with its name in a language.
    pub fn of<C: domain::Code>(code: C, language: domain::Language) -> Self {
        Coded { id: code.as_str().to_owned(), code: code.as_str().to_owned(), name: domain::name_of(language, code) }
    }
}

/// A document: `{"id", "number"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Numbered {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
}

/// What a change of a master record answers with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Saved {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// Its code.
    pub code: String,
}

impl From<app::saved::Saved> for Saved {
    fn from(saved: app::saved::Saved) -> Self {
        Saved { id: saved.id, version: saved.version, code: saved.code }
    }
}
