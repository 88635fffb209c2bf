//! Shortages: what may be offered to a customer whose goods are not there, and what they chose (INV-03).

use crate::codes::codes;
use crate::currency::Currency;
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::id::{AttachmentId, ChangeId, EvidenceId, OrderId, ProductId, PurchaseId, SupplierId, TaskId, TransferId, UserId, WarehouseId};
use crate::instant::Instant;
use crate::money::Money;
use crate::order::{Order, OrderLine};
use crate::order_schedule::OrderSchedule;
use crate::promise::Route;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::{FieldError, Refusal, rejections};
use crate::rule::FieldRule;
use crate::supplier::SupplierProduct;
use crate::totals::line_amount;
use crate::unit_price::UnitPrice;

rejections! {
    /// Why a choice about a shortage refuses.
    ShortageRejection {
        /// The order does not wait for goods, or not any more.
        NotEffective => Conflict "shortage.not_effective",
        /// The line has everything it needs.
        NotShort => Conflict "shortage.not_short",
        /// That way is not open, and why.
        Blocked { block: ShortageBlock } => Invalid "shortage.blocked",
        /// What is only said does not prove what a customer chose.
        NotProven => Invalid "shortage.not_proven",
        /// More off than the order comes to.
        TooMuch => Invalid "shortage.too_much",
        /// There is no freight to waive.
        NoFreight => Invalid "shortage.no_freight",
    }
}

codes! {
    /// A way out of a shortage.
    ShortageOption in "shortage.option" {
        /// All of it later, in one delivery.
        Later = "later",
        /// What is there now, the rest later.
        Split = "split",
        /// Another product in the place of what is missing.
        Substitute = "substitute",
        /// Bought in a hurry.
        RushPurchase = "rush_purchase",
        /// Made in a hurry.
        RushProduction = "rush_production",
        /// Brought from another warehouse.
        Transfer = "transfer",
    }
}

codes! {
    /// Why a way is not open.
    ShortageBlock in "shortage.block" {
        /// Nothing is known to come, so that no day can be told: it has to be said.
        NoSupply = "no_supply",
        /// Nothing of the line is there.
        NothingThere = "nothing_there",
        /// The product has no substitute of which anything is free.
        NoSubstitute = "no_substitute",
        /// No supplier takes rush orders of it.
        NoRush = "no_rush",
        /// It is not made or bought within a lead time.
        NotMade = "not_made",
        /// No other warehouse has any of it free.
        NowhereElse = "nowhere_else",
    }
}

codes! {
    /// What a customer gets for having to wait.
    Compensation in "shortage.compensation" {
        None = "none",
        /// The freight is not charged.
        FreightWaived = "freight_waived",
        /// An amount off.
        Discount = "discount",
    }
}

/// One way out of the shortage of a line, with its day and its cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortageOffer {
    /// Which.
    pub option: ShortageOption,
    /// How much of what is missing it covers.
    pub quantity: Quantity,
    /// The day everything is with the customer; none: it has to be said.
    pub on: Option<Date>,
    /// What it costs more, in the currency of who asks it: the supplier's for rush purchases; none: not known.
    pub extra_cost: Option<Money>,
    /// The substitute.
    pub product_id: Option<ProductId>,
    /// The warehouse it comes from.
    pub warehouse_id: Option<WarehouseId>,
    /// Who delivers it.
    pub supplier_id: Option<SupplierId>,
    /// Why it is not open.
    pub block: Option<ShortageBlock>,
}

/// A supplier who takes rush orders of the product.
#[derive(Clone, Debug, PartialEq)]
pub struct RushSource {
    /// Who.
    pub supplier_id: SupplierId,
    /// What of it.
    pub supplied: SupplierProduct,
    /// In which currency.
    pub currency: Currency,
    /// The day it would arrive.
    pub arrives_on: Date,
}

/// What is known of the line that is short.
#[derive(Clone, Debug)]
pub struct ShortageFacts<'a> {
    /// Today.
    pub today: Date,
    /// The line.
    pub line: &'a OrderLine,
    /// What is promised of what it lacks.
    pub parts: &'a [OrderSchedule],
    /// The day the customer asks for.
    pub wanted_on: Option<Date>,
    /// Substitutes in the order of preference, with what is free of each in the order's warehouse.
    pub substitutes: &'a [(ProductId, Quantity)],
    /// What is free in other warehouses.
    pub elsewhere: &'a [(WarehouseId, Quantity)],
    /// Days goods took between these warehouses before; none: nobody knows.
    pub transfer_days: &'a [(WarehouseId, i64)],
    /// Suppliers who rush.
    pub rush: &'a [RushSource],
    /// Days from order to readiness; 0: it is neither made nor bought to order.
    pub lead_days: i64,
    /// The day it is ready then.
    pub made_on: Date,
    /// The way from the order's warehouse to the customer.
    pub way: Route<'a>,
}

impl ShortageFacts<'_> {
    /// What is missing.
    pub fn short(&self) -> Quantity {
        self.line.open_to_reserve().or_zero()
    }

    /// Every way out, each kind at least once, those that are not open with the reason.
    ///
    /// Source: INV-03
    pub fn offers(&self) -> Vec<ShortageOffer> {
        let short = self.short();
        let promised: Quantity = self.parts.iter().map(|part| part.quantity_micro).sum();
        let last = self.parts.iter().map(|part| part.promised_on).max().filter(|_| promised >= short);
        let not_known = last.is_none().then_some(ShortageBlock::NoSupply);
        let plain = |option, on, block| ShortageOffer {
            option,
            quantity: short,
            on,
            extra_cost: None,
            product_id: None,
            warehouse_id: None,
            supplier_id: None,
            block,
        };
        let free = Some(Money::ZERO);
        let mut all = vec![ShortageOffer { extra_cost: free, ..plain(ShortageOption::Later, last, not_known) }];
        let there = self.line.reserved_micro.is_positive() || self.line.shipped_micro.is_positive();
        let split = if there { not_known } else { Some(ShortageBlock::NothingThere) };
        all.push(ShortageOffer { extra_cost: free, ..plain(ShortageOption::Split, last, split) });
        all.extend(self.substituted());
        all.extend(self.rushed());
        let made = self.arrives(self.made_on);
        all.push(match self.lead_days > 0 {
            true => plain(ShortageOption::RushProduction, Some(made), None),
            false => plain(ShortageOption::RushProduction, None, Some(ShortageBlock::NotMade)),
        });
        all.extend(self.transferred());
        for kind in ShortageOption::ALL {
            let block = match kind {
                ShortageOption::Substitute => ShortageBlock::NoSubstitute,
                ShortageOption::RushPurchase => ShortageBlock::NoRush,
                ShortageOption::Transfer => ShortageBlock::NowhereElse,
                _ => continue,
            };
            if all.iter().all(|offer| offer.option != *kind) {
                all.push(plain(*kind, None, Some(block)));
            }
        }
        all.sort_by_key(|offer| ShortageOption::ALL.iter().position(|kind| *kind == offer.option));
        all
    }

    /// The day goods that are ready on a day are with the customer.
    fn arrives(&self, ready_on: Date) -> Date {
        self.way.forward(ready_on).map_or(ready_on, |dates| dates.arrive_on)
    }

    /// The earliest day goods that are there today can be with the customer: the wished one, where that is later.
    fn soonest(&self) -> Date {
        let soonest = self.arrives(self.today);
        self.wanted_on.map_or(soonest, |wanted| wanted.max(soonest))
    }

    fn substituted(&self) -> impl Iterator<Item = ShortageOffer> {
        let (short, on) = (self.short(), self.soonest());
        self.substitutes.iter().filter(|(_, free)| free.is_positive()).map(move |(product, free)| ShortageOffer {
            option: ShortageOption::Substitute,
            quantity: short.min(*free),
            on: Some(on),
            extra_cost: None,
            product_id: Some(*product),
            warehouse_id: None,
            supplier_id: None,
            block: None,
        })
    }

    fn rushed(&self) -> impl Iterator<Item = ShortageOffer> {
        let short = self.short();
        self.rush.iter().map(move |source| ShortageOffer {
            option: ShortageOption::RushPurchase,
            quantity: short,
            on: Some(self.arrives(source.arrives_on)),
            extra_cost: surcharge(&source.supplied, short, source.currency),
            product_id: None,
            warehouse_id: None,
            supplier_id: Some(source.supplier_id),
            block: None,
        })
    }

    fn transferred(&self) -> impl Iterator<Item = ShortageOffer> {
        let (short, today) = (self.short(), self.today);
        self.elsewhere.iter().filter(|(_, free)| free.is_positive()).map(move |(warehouse, free)| {
            let days = self.transfer_days.iter().find(|(from, _)| from == warehouse).map(|(_, days)| *days);
            ShortageOffer {
                option: ShortageOption::Transfer,
                quantity: short.min(*free),
                on: days.map(|days| self.arrives(today.plus_days(days))),
                extra_cost: None,
                product_id: None,
                warehouse_id: Some(*warehouse),
                supplier_id: None,
                block: None,
            }
        })
    }
}

/// What rushing so much costs more, in the supplier's currency.
fn surcharge(supplied: &SupplierProduct, quantity: Quantity, currency: Currency) -> Option<Money> {
    let usual = supplied.price(false)?;
    let rushed = supplied.price(true)?;
    line_amount(quantity, UnitPrice::from_micro(rushed.micro() - usual.micro()), Rate::ZERO, currency)
}

/// What a customer chose about a line that is short. It is never changed: who chooses again makes another.
#[derive(Clone, Debug, PartialEq)]
pub struct ShortageChoice {
    /// Key, with the line and its number.
    pub order_id: OrderId,
    /// Number of the line.
    pub line_no: i64,
    /// Number of the choice, from 1.
    pub choice_no: i64,
    /// What was missing then.
    pub short_micro: Quantity,
    /// What was chosen.
    pub option_code: ShortageOption,
    /// How much of it that covers.
    pub quantity_micro: Quantity,
    /// The day the customer was told.
    pub promised_on: Date,
    /// What it costs more; none: not known.
    pub extra_cost_minor: Option<Money>,
    /// What they get for it.
    pub compensation: Compensation,
    /// How much that is, in the order's currency.
    pub compensation_minor: Money,
    /// What proves it.
    pub evidence_id: EvidenceId,
    /// The change order it made.
    pub change_id: Option<ChangeId>,
    /// The purchase order it made.
    pub purchase_id: Option<PurchaseId>,
    /// The transfer it made.
    pub transfer_id: Option<TransferId>,
    /// The task it made.
    pub task_id: Option<TaskId>,
    /// Note.
    pub note: String,
    /// Who wrote it down.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
}

/// What is said of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct ShortageSaid {
    /// Of which line.
    pub line_no: i64,
    /// What was chosen.
    pub option: ShortageOption,
    /// The substitute, where there are several.
    pub product_id: Option<ProductId>,
    /// The other warehouse, where there are several.
    pub warehouse_id: Option<WarehouseId>,
    /// The supplier, where there are several.
    pub supplier_id: Option<SupplierId>,
    /// The day the customer was told; that of the offer where left out.
    pub promised_on: Option<Date>,
    /// What they get for it.
    pub compensation: Compensation,
    /// An amount off, in the order's currency.
    pub discount: Money,
    /// The file that proves it, if it is one.
    pub file: Option<AttachmentId>,
    /// Note.
    pub note: String,
}

impl Order {
    /// The offer that is meant, and the day the customer is told, checked.
    ///
    /// # Errors
    /// `NotEffective`, `NotShort`; `invalid` at its field: a way that is not open, a day that is not known or is over, a compensation there is nothing of.
    ///
    /// Source: INV-03
    pub fn check_shortage(&self, offers: &[ShortageOffer], said: &ShortageSaid, today: Date) -> Result<(ShortageOffer, Date), Refusal> {
        if !self.needs_goods() {
            return Err(ShortageRejection::NotEffective.into());
        }
        if offers.first().is_none_or(|offer| !offer.quantity.is_positive()) {
            return Err(ShortageRejection::NotShort.into());
        }
        let mut errors = Vec::new();
        let fits = |offer: &&ShortageOffer| {
            offer.option == said.option
                && said.product_id.is_none_or(|id| offer.product_id == Some(id))
                && said.warehouse_id.is_none_or(|id| offer.warehouse_id == Some(id))
                && said.supplier_id.is_none_or(|id| offer.supplier_id == Some(id))
        };
        let found = offers.iter().find(fits).cloned();
        let Some(offer) = found else {
            return Err(Refusal::field("/option", FieldRule::Unknown { value: said.option.to_string() }));
        };
        // Where only the day is not known, it may be said.
        if let Some(block) = offer.block.filter(|block| *block != ShortageBlock::NoSupply) {
            errors.push(FieldError::new("/option", ShortageRejection::Blocked { block }));
        }
        let on = said.promised_on.or(offer.on);
        match on {
            None if errors.is_empty() => errors.push(FieldError::new("/promised_on", FieldRule::Required)),
            Some(day) if day < today => errors.push(FieldError::new("/promised_on", FieldRule::Before { date: today })),
            _ => {}
        }
        match said.compensation {
            Compensation::FreightWaived if !self.freight_minor.is_positive() => {
                errors.push(FieldError::new("/compensation", ShortageRejection::NoFreight));
            }
            Compensation::Discount if !said.discount.is_positive() => errors.push(FieldError::new("/discount", FieldRule::NotPositive)),
            Compensation::Discount if said.discount > self.goods_minor => {
                errors.push(FieldError::new("/discount", ShortageRejection::TooMuch));
            }
            _ => {}
        }
        Refusal::unless_valid(errors)?;
        Ok((offer, on.unwrap_or(today)))
    }

    /// What happened when a choice was written down.
    pub fn shortage_chosen(&self, choice: &ShortageChoice, product: &str, all: bool) -> Event {
        let kind = if all { EventKind::ShortageSettled } else { EventKind::ShortageChosen };
        let event = self.event(kind).with("line", choice.line_no).with("product", product).with("option", choice.option_code);
        event.with("promised_on", choice.promised_on)
    }
}
