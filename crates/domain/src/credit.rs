//! Credit in the hands of finance: customers that are blocked, amounts that are released above the limit, and terms that make an order fit
//! (CRD-01, CRD-02).

use crate::account::CustomerAccount;
use crate::actor::Actor;
use crate::codes::Settlement;
use crate::currency::Currency;
use crate::date::Date;
use crate::event::{Change, Event, EventKind};
use crate::id::{CreditReleaseId, CustomerId, OrderId, UserId, Version};
use crate::instant::Instant;
use crate::lifecycle::Verb;
use crate::money::Money;
use crate::order::{Order, checked_reason};
use crate::rate::Rate;
use crate::refusal::{Detail, FieldError, GateRefusal, MissingFact, Refusal, rejections};
use crate::rule::{FieldCheck, FieldRule};

rejections! {
    /// Why credit refuses.
    CreditRejection {
        AlreadyBlocked => Conflict "credit.already_blocked",
        NotBlocked => Conflict "credit.not_blocked",
        /// Taken back or run out.
        ReleaseEnded => Conflict "credit.release_ended",
        /// Without a limit there is nothing to release.
        NoLimit => Conflict "credit.no_limit",
        /// Nobody releases for an order of his own.
        OwnOrder => Denied "credit.own_order",
        /// The order is another customer's.
        AnothersOrder => Invalid "credit.anothers_order",
        OrderEnded => Conflict "credit.order_ended",
        RunsOutAtOnce => Invalid "credit.runs_out_at_once",
    }
}

/// Days an invoice may be overdue before shipping stops, where nothing else was agreed.
pub const GRACE_DAYS: i64 = 30;

/// The most days of grace.
pub const GRACE_MAX: i64 = 3660;

/// The longest time a release lasts, in days.
pub const RELEASE_DAYS_MAX: i64 = 366;

/// Whether and why nothing more may be sold to a customer; a customer that never was blocked has none.
#[derive(Clone, Debug, PartialEq)]
pub struct CreditBlock {
    /// Key.
    pub customer_id: CustomerId,
    /// Raised by every change.
    pub version: Version,
    /// Whether the customer is blocked now.
    pub blocked: bool,
    /// Why it is, or why it is not any more.
    pub reason: String,
    /// Who said so.
    pub changed_by: UserId,
    /// When.
    pub changed_at: Instant,
}

/// An amount that finance lets a customer owe above its limit, until it runs out.
#[derive(Clone, Debug, PartialEq)]
pub struct CreditRelease {
    /// Key.
    pub id: CreditReleaseId,
    /// Raised when it ends.
    pub version: Version,
    /// Whose.
    pub customer_id: CustomerId,
    /// For this order only; nothing for all.
    pub order_id: Option<OrderId>,
    /// How much more.
    pub amount_minor: Money,
    /// Why.
    pub reason: String,
    /// From when on it counts no more.
    pub expires_at: Instant,
    /// Who released it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// When it was taken back or had run out.
    pub ended_at: Option<Instant>,
    /// Who took it back; nobody where it ran out.
    pub ended_by: Option<UserId>,
}

/// What is said of a release.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleaseInput<'a> {
    /// Id of the release.
    pub id: CreditReleaseId,
    /// How much.
    pub amount: Money,
    /// Until when.
    pub expires_at: Instant,
    /// Why.
    pub reason: &'a str,
}

impl CreditRelease {
    /// Whether it has not ended.
    pub fn is_open(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Whether it has run out and is to be taken back.
    pub fn is_due(&self, now: Instant) -> bool {
        self.is_open() && self.expires_at <= now
    }

    /// Whether it counts for an order.
    pub fn is_for(&self, order: OrderId) -> bool {
        self.order_id.is_none_or(|only| only == order)
    }

    /// Ends it; by nobody where it ran out.
    ///
    /// # Errors
    /// `ReleaseEnded`.
    pub fn end(&mut self, by: Option<UserId>, now: Instant) -> Result<(), CreditRejection> {
        if !self.is_open() {
            return Err(CreditRejection::ReleaseEnded);
        }
        self.ended_at = Some(now);
        self.ended_by = by;
        Ok(())
    }
}

impl CustomerAccount {
    /// Releases an amount above the limit; with `order`, for that order only.
    ///
    /// # Errors
    /// `NoLimit`; `OwnOrder` for who entered the order, `AnothersOrder`, `OrderEnded`; `invalid` for an amount that is not above zero, a
    /// time that is over or too far, without a reason.
    ///
    /// Source: CRD-01
    pub fn release(&self, order: Option<&Order>, input: &ReleaseInput<'_>, by: &Actor, now: Instant) -> Result<CreditRelease, Refusal> {
        if let Some(order) = order {
            if order.entered_by == by.user_id {
                return Err(CreditRejection::OwnOrder.into());
            }
            if order.customer_id != self.customer_id {
                return Err(Refusal::field("/order_id", CreditRejection::AnothersOrder));
            }
            if !order.status.is_open() {
                return Err(CreditRejection::OrderEnded.into());
            }
        }
        if self.limit().is_none() {
            return Err(CreditRejection::NoLimit.into());
        }
        let mut check = FieldCheck::default();
        check.that(input.amount.is_positive(), "/amount", FieldRule::NotPositive);
        let max = Money::MAX;
        check.that(input.amount <= max, "/amount", FieldRule::OutOfRange { min: 0, max: max.minor() / 100 });
        let last = now.plus_seconds(RELEASE_DAYS_MAX * 24 * 3600);
        check.that(input.expires_at <= last, "/expires_at", FieldRule::OutOfRange { min: 1, max: RELEASE_DAYS_MAX });
        let mut errors = check.errors;
        if input.expires_at <= now {
            errors.push(FieldError::new("/expires_at", CreditRejection::RunsOutAtOnce));
        }
        Refusal::unless_valid(errors)?;
        let reason = checked_reason(input.reason)?;
        Ok(CreditRelease {
            id: input.id,
            version: Version::FIRST,
            customer_id: self.customer_id,
            order_id: order.map(|order| order.id),
            amount_minor: input.amount,
            reason: reason.to_owned(),
            expires_at: input.expires_at,
            created_by: by.user_id,
            created_at: now,
            ended_at: None,
            ended_by: None,
        })
    }

    /// The gate that is shut while the customer is blocked.
    pub fn block_gate(&self, reason: &str) -> Option<GateRefusal> {
        let gate = || GateRefusal {
            code: "customer.blocked".into(),
            details: vec![("reason", Detail::from(reason))],
            missing: vec![MissingFact {
                fact: "customer_blocked",
                current: Detail::from(true),
                required: Detail::from(false),
                label: None,
            }],
            override_by: vec!["finance".to_owned()],
            text: None,
        };
        self.is_blocked().then(gate)
    }

    /// The account as a decision about `order` sees it: of what is released, what has run out and what is for other orders does not count.
    #[must_use]
    pub fn seen_by<'a>(&self, order: OrderId, releases: impl IntoIterator<Item = &'a CreditRelease>, now: Instant) -> Self {
        let counts = |release: &&CreditRelease| release.is_open() && !release.is_due(now) && release.is_for(order);
        let released = releases.into_iter().filter(counts).map(|release| release.amount_minor).sum();
        Self { released_minor: released, ..self.clone() }
    }
}

/// What credit looks at beside the order.
#[derive(Clone, Debug, PartialEq)]
pub struct CreditFacts<'a> {
    /// The customer's account as the order sees it.
    pub account: &'a CustomerAccount,
    /// Why the customer is blocked, where it is.
    pub blocked_because: &'a str,
    /// Due date of the customer's oldest open invoice.
    pub due_on: Option<Date>,
    /// The day it is.
    pub today: Date,
}

impl CreditFacts<'_> {
    /// The gate that is shut while the customer is blocked.
    pub fn blocked(&self) -> Option<GateRefusal> {
        self.account.block_gate(self.blocked_because)
    }

    /// Since when the customer is overdue beyond its days of grace.
    pub fn overdue_since(&self) -> Option<Date> {
        self.due_on.filter(|due| *due < self.today.plus_days(-self.account.grace_days))
    }

    /// What keeps goods in the house: a customer that is blocked, over its limit now, or overdue beyond its days of grace. What finance has
    /// released for the order opens the last two. `adds` is what shipping more than was ordered adds to what the customer owes.
    ///
    /// Source: CRD-01
    pub fn ship_gates(&self, adds: Money, currency: Currency) -> Vec<GateRefusal> {
        let mut gates: Vec<GateRefusal> = self.blocked().into_iter().collect();
        let adds = if adds.is_positive() { adds } else { Money::ZERO };
        let used = self.account.exposure() + adds;
        let mut missing = Vec::new();
        let most = self.account.most();
        if let Some(most) = most.filter(|most| used > *most) {
            let money = |amount: Money| Detail::Money(amount, currency);
            missing.push(MissingFact { fact: "credit_used", current: money(used), required: money(most), label: None });
        }
        let released = self.account.released_minor.is_positive();
        if let Some(due) = self.overdue_since().filter(|_| !released) {
            let latest = self.today.plus_days(-self.account.grace_days);
            missing.push(MissingFact { fact: "overdue_since", current: Detail::Date(due), required: Detail::Date(latest), label: None });
        }
        if !missing.is_empty() {
            let limit = most.map_or(Detail::Nothing, |most| Detail::Money(most, currency));
            let details =
                vec![("used", Detail::Money(used, currency)), ("limit", limit), ("overdue_since", Detail::from(self.overdue_since()))];
            gates.push(GateRefusal {
                code: "order.ship.credit".into(),
                details,
                missing,
                override_by: vec!["finance".to_owned()],
                text: None,
            });
        }
        gates
    }

    /// What credit says against a verb of the table, beside what the step itself checks.
    pub fn gates(&self, verb: Verb, order: &Order) -> Vec<GateRefusal> {
        match verb {
            Verb::Submit => self.blocked().into_iter().collect(),
            Verb::Approve => self.blocked().into_iter().chain(self.account.credit_gate(order.payable_minor, order.currency)).collect(),
            Verb::Ship => self.ship_gates(Money::ZERO, order.currency),
            _ => Vec::new(),
        }
    }
}

/// Terms under which an order fits into the customer's credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// How much credit is missing; zero where it fits.
    pub missing: Money,
    /// Share of payable to be paid in advance, in whole percent.
    pub deposit_rate: Rate,
    /// That share of payable.
    pub deposit: Money,
    /// Of it, what has not come yet.
    pub to_receive: Money,
    /// Whether paying in advance is enough: not where other orders alone pass the limit.
    pub possible: bool,
}

/// The smallest share in whole percent of which `payable` gives at least `amount`.
fn share_for(amount: Money, payable: Money) -> Option<Rate> {
    if !payable.is_positive() {
        return None;
    }
    let (amount, payable) = (i128::from(amount.minor()), i128::from(payable.minor()));
    let percent = (amount * 100 + payable - 1).div_euclid(payable);
    i64::try_from(percent).ok().map(|percent| Rate::from_bp(percent * 100))
}

impl Order {
    /// What share of payable, paid in advance, makes the order fit (CRD-02). What was paid for it already lowers the exposure and is part of
    /// the share; the share is never below the order's own.
    ///
    /// `account` is the customer's as the order sees it, without the order.
    pub fn proposal(&self, account: &CustomerAccount) -> Proposal {
        let missing = account.free().map_or(Money::ZERO, |free| self.payable_minor - free);
        let missing = if missing.is_positive() { missing } else { Money::ZERO };
        if missing.is_zero() {
            let to_receive = self.deposit_due();
            return Proposal { missing, deposit_rate: self.deposit_rate, deposit: self.deposit_minor, to_receive, possible: true };
        }
        let asked = share_for(self.paid_minor + missing, self.payable_minor).filter(|share| *share <= Rate::WHOLE);
        let deposit_rate = asked.unwrap_or(Rate::WHOLE).max(self.deposit_rate);
        // A share of payable is rounded; never below what is missing.
        let bp = i128::from(deposit_rate.bp()) * i128::from(self.payable_minor.minor());
        let deposit = Money::from_minor(i64::try_from((bp + 5_000).div_euclid(10_000)).unwrap_or(self.payable_minor.minor()));
        let to_receive = (deposit - self.paid_minor).max(Money::ZERO);
        Proposal { missing, deposit_rate, deposit, to_receive, possible: asked.is_some() }
    }

    /// Of the deposit, what has come.
    pub fn deposit_received(&self) -> Money {
        self.paid_minor.min(self.deposit_minor).max(Money::ZERO)
    }

    /// Of the deposit, what has not come yet.
    pub fn deposit_due(&self) -> Money {
        self.deposit_minor - self.deposit_received()
    }

    /// Changes the terms of an order that was sent back to draft: so much is paid in advance, the rest later; [`Order::total_up`] is to
    /// follow. Answers with what changed.
    ///
    /// # Errors
    /// `invalid` at `/deposit_rate` for what is no share, or is none.
    ///
    /// Source: CRD-02
    pub fn change_terms(&mut self, deposit_rate: Rate) -> Result<Vec<Change>, Refusal> {
        if !deposit_rate.is_share() || deposit_rate.is_zero() {
            return Err(Refusal::field("/deposit_rate", FieldRule::NotAShare));
        }
        let before = self.clone();
        self.deposit_rate = deposit_rate;
        self.settlement = Settlement::DepositBalance;
        let rate = Change::between("deposit_rate", before.deposit_rate, self.deposit_rate);
        let settlement = Change::between("settlement", before.settlement, self.settlement);
        Ok(rate.into_iter().chain(settlement).collect())
    }

    /// The event of terms that were proposed.
    pub fn terms_proposed(&self, changes: Vec<Change>, reason: &str) -> Event {
        let deposit = (self.deposit_minor, self.currency);
        self.event(EventKind::OrderTermsProposed).because(reason).with("rate", self.deposit_rate).with("deposit", deposit).changing(changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{actor, cny, draft, now, today};

    fn account(limit: &str, used: &str) -> CustomerAccount {
        let mut account = CustomerAccount::new(CustomerId::from_raw(11), Some(cny(limit)));
        account.open_orders_minor = cny(used);
        account
    }

    fn facts(account: &CustomerAccount, due_on: Option<Date>) -> CreditFacts<'_> {
        CreditFacts { account, blocked_because: "拖欠", due_on, today: today() }
    }

    #[test]
    fn goods_leave_only_on_credit_that_holds_now() {
        let check = |account: &CustomerAccount, due: Option<i64>, adds: &str, expected: &[(&str, &[&str])]| {
            let gates = facts(account, due.map(|days| today().plus_days(-days))).ship_gates(cny(adds), Currency::CNY);
            let found: Vec<(&str, Vec<&str>)> =
                gates.iter().map(|gate| (&*gate.code, gate.missing.iter().map(|fact| fact.fact).collect())).collect();
            let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(code, facts)| (*code, facts.to_vec())).collect();
            assert_eq!(found, expected, "{account:?} due {due:?} adds {adds}");
        };
        let fits = account("100.00", "100.00");
        check(&fits, None, "0.00", &[]);
        check(&fits, None, "-1.00", &[]);
        check(&fits, None, "0.01", &[("order.ship.credit", &["credit_used"])]);
        check(&fits, Some(30), "0.00", &[]);
        check(&fits, Some(31), "0.00", &[("order.ship.credit", &["overdue_since"])]);
        check(&CustomerAccount { grace_days: 0, ..fits.clone() }, Some(1), "0.00", &[("order.ship.credit", &["overdue_since"])]);
        check(&CustomerAccount { grace_days: 0, ..fits.clone() }, Some(0), "0.00", &[]);
        let over = account("99.99", "100.00");
        check(&over, Some(31), "0.00", &[("order.ship.credit", &["credit_used", "overdue_since"])]);
        let released = CustomerAccount { released_minor: cny("0.01"), ..over };
        check(&released, Some(31), "0.00", &[]);
        let blocked = CustomerAccount { blocked: 1, ..released };
        check(&blocked, None, "0.00", &[("customer.blocked", &["customer_blocked"])]);
        check(&CustomerAccount::new(CustomerId::from_raw(1), None), Some(31), "5.00", &[("order.ship.credit", &["overdue_since"])]);
    }

    #[test]
    fn the_share_is_rounded_up_to_what_is_enough() {
        // Payable 1,000.00 of a customer with a limit of 1,000.00.
        let check = |used: &str, paid: &str, share: &str, to_receive: &str, possible: bool| {
            let (mut order, mut lines) = draft(&[("1", "1000.00")]);
            order.deposit_rate = Rate::ZERO;
            order.total_up(&mut lines).unwrap();
            order.paid_minor = cny(paid);
            let mut account = account("1000.00", used);
            account.unallocated_minor = cny(paid);
            let proposal = order.proposal(&account);
            let found = (proposal.deposit_rate.decimal(), proposal.to_receive, proposal.possible);
            assert_eq!(found, (share.to_owned(), cny(to_receive), possible), "{used} {paid}");
            if possible && !proposal.missing.is_zero() {
                let mut after = account.clone();
                after.unallocated_minor += proposal.to_receive;
                assert_eq!(after.credit_gate(order.payable_minor, order.currency), None, "once it is in, the order fits");
            }
        };
        check("0.00", "0.00", "0", "0.00", true);
        check("0.01", "0.00", "1", "10.00", true);
        check("100.00", "0.00", "10", "100.00", true);
        check("100.01", "0.00", "11", "110.00", true);
        check("300.00", "100.00", "30", "200.00", true);
        check("1000.00", "0.00", "100", "1000.00", true);
        check("1000.01", "0.00", "100", "1000.00", false);
    }

    #[test]
    fn a_release_is_for_whom_it_was_given_and_ends() {
        let (order, _) = draft(&[("1", "10.00")]);
        let finance = actor(4, "finance");
        let input =
            ReleaseInput {
                id: CreditReleaseId::from_raw(1), amount: cny("50.00"), expires_at: now().plus_seconds(60), reason: "月底回款"
            };
        let account = CustomerAccount { customer_id: order.customer_id, ..account("100.00", "0.00") };
        let only = account.release(Some(&order), &input, &finance, now()).unwrap();
        let all = account.release(None, &input, &finance, now()).unwrap();
        let seen = |order: OrderId, at: i64| account.seen_by(order, [&only, &all], now().plus_seconds(at)).released_minor;
        assert_eq!((seen(order.id, 0), seen(OrderId::from_raw(9), 0), seen(order.id, 60)), (cny("100.00"), cny("50.00"), Money::ZERO));

        let refused = |order: Option<&Order>, input: &ReleaseInput<'_>, by: &Actor| {
            let refusal = account.release(order, input, by, now()).unwrap_err();
            refusal.fields.first().map_or(refusal.code, |field| field.code)
        };
        assert_eq!(refused(Some(&order), &input, &actor(1, "sales_rep")), "credit.own_order");
        assert_eq!(refused(None, &ReleaseInput { amount: Money::ZERO, ..input.clone() }, &finance), "value.not_positive");
        assert_eq!(refused(None, &ReleaseInput { expires_at: now(), ..input.clone() }, &finance), "credit.runs_out_at_once");
        assert_eq!(refused(None, &ReleaseInput { reason: "", ..input.clone() }, &finance), "value.required");
        let mut ended = all;
        ended.end(None, now()).unwrap();
        assert_eq!(ended.end(None, now()), Err(CreditRejection::ReleaseEnded));
        let unlimited = CustomerAccount::new(order.customer_id, None);
        assert_eq!(unlimited.release(None, &input, &finance, now()).unwrap_err().code, "credit.no_limit");
    }
}
