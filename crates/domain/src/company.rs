//! The company: a legal entity with its own books.

use crate::codes::TaxRounding;
use crate::currency::Currency;
use crate::id::{CompanyId, Version};
use crate::instant::Instant;
use crate::money::Money;
use crate::rate::Rate;

/// A company and its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Company {
    /// First key of every row.
    pub id: CompanyId,
    /// Raised by every change.
    pub version: Version,
    /// Typed at sign-in.
    pub code: String,
    /// Legal name.
    pub name: String,
    /// Of its books.
    pub currency: Currency,
    /// How new orders round tax; an order keeps the way it was made under.
    pub tax_rounding: TaxRounding,
    /// Up to this payable the sales manager approves alone, above it finance too (APR-03).
    pub approval_limit_minor: Money,
    /// Days from full delivery to the follow-up.
    pub follow_up_days: i64,
    /// Pattern of order numbers, `SO{yyyy}{000000}` (INT-10).
    pub order_pattern: String,
    /// For products without a rate of their own.
    pub default_tax_rate: Rate,
    /// Zone that decides which day it is.
    pub time_zone: String,
    /// When it was set up.
    pub created_at: Instant,
}
