//! The steps of a purchase order: written, sent, confirmed, given up. What comes in is in `receive.rs`.

use std::ops::DerefMut;

use super::{Purchase, PurchaseLine, PurchaseRejection, PurchaseRule, PurchaseStatus, PurchaseVerb};
use crate::actor::Actor;
use crate::date::Date;
use crate::event::{Change, Event, EventKind};
use crate::id::{PurchaseId, UserId, Version};
use crate::money::Money;
use crate::order::checked_reason;
use crate::quantity::Quantity;
use crate::quotation::Moment;
use crate::rate::Rate;
use crate::refusal::{FieldError, Refusal};
use crate::rule::{FieldCheck, FieldRule};
use crate::stock::Warehouse;
use crate::supplier::Supplier;

/// The most lines of a purchase order.
pub const MAX_PURCHASE_LINES: usize = 500;

/// What a purchase order says beside its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseTerms {
    /// How much more than ordered is taken; as the supplier's file says where left out.
    pub over_tolerance: Option<Rate>,
    /// How much less than ordered completes a line.
    pub under_tolerance: Option<Rate>,
    /// Anything else.
    pub notes: String,
}

/// What the supplier says about when it delivers.
#[derive(Clone, Debug, PartialEq)]
pub struct SupplierConfirmation {
    /// Its number.
    pub supplier_ref: String,
    /// Days by number of the line; lines that are left out come as they were expected.
    pub lines: Vec<(i64, Date)>,
}

impl Purchase {
    /// A draft without lines.
    pub fn draft(id: PurchaseId, to: (&Supplier, &Warehouse), terms: &PurchaseTerms, by: UserId, at: Moment) -> Self {
        let (supplier, warehouse) = to;
        let mut purchase = Self {
            id,
            version: Version::FIRST,
            number: String::new(),
            status: PurchaseStatus::Draft,
            supplier_id: supplier.id,
            supplier_code: String::new(),
            supplier_name: String::new(),
            supplier_ref: String::new(),
            warehouse_id: warehouse.id,
            currency: supplier.currency,
            over_tolerance: Rate::ZERO,
            under_tolerance: Rate::ZERO,
            notes: String::new(),
            line_count: 0,
            total_minor: Money::ZERO,
            created_by: by,
            created_at: at.now,
            sent_by: None,
            sent_at: None,
            ordered_on: None,
            confirmed_by: None,
            confirmed_at: None,
            receipt_count: 0,
            received_at: None,
            ended_by: None,
            ended_at: None,
            end_reason: String::new(),
        };
        purchase.fill(to, terms);
        purchase
    }

    /// Takes what was written.
    pub fn fill(&mut self, (supplier, warehouse): (&Supplier, &Warehouse), terms: &PurchaseTerms) {
        self.supplier_id = supplier.id;
        self.supplier_code.clone_from(&supplier.code);
        self.supplier_name.clone_from(&supplier.name);
        self.warehouse_id = warehouse.id;
        self.currency = supplier.currency;
        self.over_tolerance = terms.over_tolerance.unwrap_or(supplier.over_tolerance);
        self.under_tolerance = terms.under_tolerance.unwrap_or(supplier.under_tolerance);
        self.notes.clone_from(&terms.notes);
    }

    /// Sums up its lines.
    pub fn sum(&mut self, lines: &[PurchaseLine]) {
        self.line_count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        // More than money can be is refused by the check.
        self.total_minor = total(lines).unwrap_or(Money::ZERO);
    }

    /// What is wrong with what was written, each at its field.
    pub fn check(&self, lines: &[PurchaseLine]) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.that(self.over_tolerance.is_share(), "/over_tolerance", FieldRule::NotAShare);
        check.that(self.under_tolerance.is_share(), "/under_tolerance", FieldRule::NotAShare);
        check.optional(&self.notes, 2000, "/notes");
        let max = i64::try_from(MAX_PURCHASE_LINES).unwrap_or(i64::MAX);
        check.that(!lines.is_empty(), "/lines", FieldRule::Required);
        check.that(lines.len() <= MAX_PURCHASE_LINES, "/lines", FieldRule::TooMany { max });
        for (place, line) in lines.iter().enumerate() {
            let at = |name: &str| format!("/lines/{place}/{name}");
            check.that(line.quantity_micro.is_positive(), &at("quantity"), FieldRule::NotPositive);
            check.that(
                line.most(self) <= Quantity::MAX,
                &at("quantity"),
                FieldRule::OutOfRange { min: 0, max: Quantity::MAX.micro() / 1_000_000 },
            );
            check.that(!line.unit_price_micro.is_negative(), &at("unit_price"), FieldRule::Negative);
            check.optional(&line.note, 500, &at("note"));
            if super::line::amount(line.quantity_micro, line.unit_price_micro, self.currency).is_none() {
                check.errors.push(FieldError::new(at("unit_price"), PurchaseRule::TooLarge));
            }
        }
        if total(lines).is_none() {
            check.errors.push(FieldError::new("/lines", PurchaseRule::TooLarge));
        }
        check.errors
    }

    /// Sends it to the supplier: from now on its goods are awaited.
    ///
    /// # Errors
    /// `denied`, `NotDraft`, `SupplierInactive`, `WarehouseInactive`; `invalid` where a line is to arrive before today.
    ///
    /// Source: PUR-01
    pub fn send<L>(&mut self, lines: &mut [L], to: (&Supplier, &Warehouse), by: &Actor, at: Moment) -> Result<Event, Refusal>
    where
        L: DerefMut<Target = PurchaseLine>,
    {
        self.may(PurchaseVerb::Send, by)?;
        let (supplier, warehouse) = to;
        if !supplier.active {
            return Err(PurchaseRejection::SupplierInactive { supplier: supplier.name.clone() }.into());
        }
        if !warehouse.active {
            return Err(PurchaseRejection::WarehouseInactive { warehouse: warehouse.name.clone() }.into());
        }
        let late = |(place, line): (usize, &L)| {
            let rule = FieldRule::Before { date: at.today };
            (line.asked_on < at.today).then(|| FieldError::new(format!("/lines/{place}/asked_on"), rule))
        };
        Refusal::unless_valid(lines.iter().enumerate().filter_map(late).collect())?;

        self.status = PurchaseStatus::Sent;
        self.sent_by = Some(by.user_id);
        self.sent_at = Some(at.now);
        self.ordered_on = Some(at.today);
        for line in lines.iter_mut() {
            line.open_micro = line.quantity_micro;
        }
        Ok(self.event(EventKind::PurchaseSent).with("lines", self.line_count).with("total", (self.total_minor, self.currency)))
    }

    /// Records what the supplier confirmed; it may say something else later. Lines that it does not name come as they were expected.
    ///
    /// # Errors
    /// `denied`, `NotOnItsWay`; `invalid` for a line that is not there or complete, named twice, or with a day before the order's.
    ///
    /// Source: PUR-01
    pub fn confirm<L>(&mut self, lines: &mut [L], said: &SupplierConfirmation, by: &Actor, at: Moment) -> Result<Event, Refusal>
    where
        L: DerefMut<Target = PurchaseLine>,
    {
        self.may(PurchaseVerb::Confirm, by)?;
        let mut check = FieldCheck::default();
        check.optional(&said.supplier_ref, 100, "/supplier_ref");
        let ordered = self.ordered_on.unwrap_or(at.today);
        for (place, (no, day)) in said.lines.iter().enumerate() {
            let pointer = format!("/lines/{place}/line_no");
            match lines.iter().find(|line| line.line_no == *no) {
                None => check.errors.push(FieldError::new(pointer, FieldRule::Unknown { value: no.to_string() })),
                Some(line) if !line.open_micro.is_positive() => check.errors.push(FieldError::new(pointer, PurchaseRule::LineDone)),
                Some(_) => check.that(said.lines[..place].iter().all(|(other, _)| other != no), &pointer, FieldRule::Repeated),
            }
            check.that(*day >= ordered, &format!("/lines/{place}/confirmed_on"), FieldRule::Before { date: ordered });
        }
        Refusal::unless_valid(check.errors)?;

        let mut changes = Vec::new();
        for line in lines.iter_mut().filter(|line| line.open_micro.is_positive()) {
            let expected = line.expected_on();
            let day = said.lines.iter().find(|(no, _)| *no == line.line_no).map_or(expected, |(_, day)| *day);
            let shown = |day: Date| format!("{} {}: {day}", line.line_no, line.product_code);
            changes.extend(Change::between("expected_on", shown(expected), shown(day)));
            line.confirmed_on = Some(day);
        }
        if !said.supplier_ref.is_empty() {
            changes.extend(Change::between("supplier_ref", self.supplier_ref.clone(), said.supplier_ref.clone()));
            self.supplier_ref.clone_from(&said.supplier_ref);
        }
        if self.status == PurchaseStatus::Sent {
            self.status = PurchaseStatus::Confirmed;
        }
        self.confirmed_by = Some(by.user_id);
        self.confirmed_at = Some(at.now);
        Ok(self.event(EventKind::PurchaseConfirmed).changing(changes))
    }

    /// Gives up what has not come.
    ///
    /// # Errors
    /// `denied`, `NotInPart`; `invalid` without a reason.
    ///
    /// Source: PUR-01
    pub fn close<L>(&mut self, lines: &mut [L], reason: &str, by: &Actor, at: Moment) -> Result<Event, Refusal>
    where
        L: DerefMut<Target = PurchaseLine>,
    {
        self.may(PurchaseVerb::Close, by)?;
        let reason = checked_reason(reason)?;
        let open = lines.iter().filter(|line| line.open_micro.is_positive()).count();
        self.end(lines, PurchaseStatus::Closed, reason, by, at);
        Ok(self.event(EventKind::PurchaseClosed).with("open_lines", open).because(reason))
    }

    /// Cancels it before anything came.
    ///
    /// # Errors
    /// `denied`, `NotCancellable`; `invalid` without a reason.
    ///
    /// Source: PUR-01
    pub fn cancel<L>(&mut self, lines: &mut [L], reason: &str, by: &Actor, at: Moment) -> Result<Event, Refusal>
    where
        L: DerefMut<Target = PurchaseLine>,
    {
        self.may(PurchaseVerb::Cancel, by)?;
        let reason = checked_reason(reason)?;
        self.end(lines, PurchaseStatus::Cancelled, reason, by, at);
        Ok(self.event(EventKind::PurchaseCancelled).because(reason))
    }

    fn end<L: DerefMut<Target = PurchaseLine>>(&mut self, lines: &mut [L], status: PurchaseStatus, reason: &str, by: &Actor, at: Moment) {
        self.status = status;
        self.ended_by = Some(by.user_id);
        self.ended_at = Some(at.now);
        reason.clone_into(&mut self.end_reason);
        for line in lines.iter_mut() {
            line.open_micro = Quantity::ZERO;
        }
    }
}

/// The sum of the lines; `None` beyond what money can be.
fn total(lines: &[PurchaseLine]) -> Option<Money> {
    lines.iter().try_fold(Money::ZERO, |sum, line| sum.checked_add(line.amount_minor).filter(|sum| *sum <= Money::MAX))
}
