//! Two files of one customer that become one.

use domain::{
    Act, Actor, Agent, AgentCustomer, Change, CheckState, CreditBlock, Customer, CustomerAccount, CustomerCheck, CustomerId, CustomerKey,
    CustomerMerge, CustomerPair, CustomerRejection, Event, EventKind, FieldError, Merge, MergeField, MergeState, PairState, Refusal,
    Version, checked_reason, joined_addresses, joined_contacts,
};
use store::query::merge::Papers;
use store::rows::{CustomerAddresses, CustomerContacts, CustomerKeys, MergesInto, OpenPairs, OpenPairsBack, OpenReleases};
use store::{Held, Outcome, UnitOfWork};

use super::credit::CreditTerms;
use super::{change, edit, follow, keys};
use crate::saved::{Saved, on_version};

/// How two files become one.
#[derive(Clone, Debug, Default)]
pub struct MergeInput {
    /// What the file that stays takes over from the other one.
    pub take: Vec<MergeField>,
    /// Why they are one.
    pub reason: String,
    /// What was found under the file that goes, right before; more follows afterwards.
    pub papers: Papers,
}

/// Makes two files of one customer one. People, addresses, what is owed and released, and the block go over at once, so that the credit of the file
/// that stays is right from here on whatever happens to papers that are still under the other one: its account says where to count. Papers follow
/// in batches ([`follow::all`]). The file that goes stays as it is, to be read, with where it went; its code finds the other one.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` without a reason, or at what decides credit without `credit.edit`; `customer.same_customer`,
/// `customer.merged`, `customer.credit_codes_differ`, `customer.merge_currency`, `agent.merge`.
///
/// Source: PTY-03
pub fn merge(
    work: &mut UnitOfWork,
    by: &Actor,
    (into, from): (CustomerId, CustomerId),
    expected: Option<Version>,
    input: &MergeInput,
) -> Outcome<Saved> {
    by.may(Act::MergeCustomer)?;
    want(work, into, from);
    let (mut stays, mut gone) = (work.get::<Customer>(into)?, work.get::<Customer>(from)?);
    on_version(expected, stays.version, "customer")?;
    let (account, other) = (work.get::<CustomerAccount>(into)?, work.get::<CustomerAccount>(from)?);
    let merging = Merge { into: &stays, into_account: &account, from: &gone, from_account: &other };
    if let Some(rejection) = merging.refusal() {
        return Err(rejection.into());
    }
    crate::agent::check_merge(work, into, from)?;
    let reason = checked_reason(&input.reason)?;
    let before = (*stays).clone();
    stays.take(&gone, &input.take);
    stays.remember(&gone);
    stays.index();
    let terms = terms(&before, &account, &stays, &gone, &other, &input.take);
    check(&before, &gone, &account, terms, by, &input.take)?;

    let mut changes = stays.changes_from(&before);
    changes.extend(edit::owner_change(work, &before, &stays)?);
    changes.extend(Change::between(
        "credit_limit",
        account.limit().map(|limit| (limit, before.currency)),
        terms.limit.map(|limit| (limit, before.currency)),
    ));
    changes.extend(Change::between("grace_days", account.grace_days, terms.grace_days));
    changes.extend(people(work, &stays, &gone)?);
    doubles(work, &stays, &gone)?;
    credit(work, (into, from), (&account, &other), terms)?;
    follow::chain(work, into, from)?;
    follow::put(work, from, into, &input.papers)?;

    gone.merged_into = Some(into);
    gone.active = false;
    work.save(&mut gone);
    work.save(&mut stays);
    let (merged_by, merged_at, reason) = (by.user_id, work.now(), reason.to_owned());
    work.add(CustomerMerge {
        customer_id: from,
        version: Version::FIRST,
        into_id: into,
        reason: reason.clone(),
        merged_by,
        merged_at,
        state: MergeState::Moving,
    });
    tell(work, by, &stays, &gone, changes, &reason);
    Ok(Saved::new(into, stays.version, &stays.code))
}

fn tell(work: &mut UnitOfWork, by: &Actor, stays: &Customer, gone: &Customer, changes: Vec<Change>, reason: &str) {
    let name = |customer: &Customer| format!("{} {}", customer.code, customer.name);
    let merged = Event::of(EventKind::CustomerMerged, "customer", stays.id.raw(), &stays.code).with("other", name(gone));
    work.record(by, merged.changing(changes).because(reason));
    let left = Event::of(EventKind::CustomerMergedAway, "customer", gone.id.raw(), &gone.code).with("other", name(stays));
    work.record(by, left.because(reason));
}

/// Asks for everything at once.
fn want(work: &mut UnitOfWork, into: CustomerId, from: CustomerId) {
    let both = [into, from];
    work.want::<Customer>(both);
    work.want::<CustomerAccount>(both);
    work.want::<CreditBlock>(both);
    work.want::<CustomerCheck>(both);
    work.want::<Agent>(both);
    work.want::<AgentCustomer>(both);
    work.want::<CustomerPair>([keys::pair_of(into, from)]);
    work.want_of::<CustomerContacts>(both);
    work.want_of::<CustomerAddresses>(both);
    work.want_of::<CustomerKeys>(both);
    work.want_of::<OpenReleases>([from]);
    work.want_of::<OpenPairs>([from]);
    work.want_of::<OpenPairsBack>([from]);
    work.want_of::<MergesInto>([from]);
}

/// What decides the credit afterwards.
fn terms(
    before: &Customer,
    account: &CustomerAccount,
    stays: &Customer,
    gone: &Customer,
    other: &CustomerAccount,
    take: &[MergeField],
) -> CreditTerms {
    let limit = if take.contains(&MergeField::CreditLimit) && before.currency == gone.currency { other.limit() } else { account.limit() };
    let grace_days = if take.contains(&MergeField::GraceDays) { other.grace_days } else { account.grace_days };
    CreditTerms { limit, terms_days: stays.terms_days, grace_days }
}

/// Refuses what may not be taken over.
fn check(
    before: &Customer,
    gone: &Customer,
    account: &CustomerAccount,
    terms: CreditTerms,
    by: &Actor,
    take: &[MergeField],
) -> Result<(), Refusal> {
    let had = CreditTerms { limit: account.limit(), terms_days: before.terms_days, grace_days: account.grace_days };
    let mut errors: Vec<FieldError> = terms.check_change(had, by).into_iter().map(|error| error.under("/take")).collect();
    if take.contains(&MergeField::CreditLimit) && before.currency != gone.currency {
        let code = |customer: &Customer| customer.currency.as_str().to_owned();
        errors.push(FieldError::new("/take/credit_limit", CustomerRejection::MergeCurrency { one: code(before), other: code(gone) }));
    }
    Refusal::unless_valid(errors)
}

/// Puts the people and addresses of both into the file that stays.
fn people(work: &mut UnitOfWork, stays: &Customer, gone: &Customer) -> Outcome<Vec<Change>> {
    let (own, other) = (work.of::<CustomerContacts>(stays.id)?, work.of::<CustomerContacts>(gone.id)?);
    let (places, others) = (work.of::<CustomerAddresses>(stays.id)?, work.of::<CustomerAddresses>(gone.id)?);
    let contacts = joined_contacts(stays.id, &plain(&own), &plain(&other));
    let addresses = joined_addresses(stays.id, &plain(&places), &plain(&others));
    let mut changes = change::contacts(&own, &contacts);
    changes.extend(change::addresses(&places, &addresses));
    keys::change(work, stays, &contacts, &addresses)?;
    edit::put(work, own, contacts);
    edit::put(work, other, Vec::new());
    edit::put(work, places, addresses);
    edit::put(work, others, Vec::new());
    Ok(changes)
}

fn plain<R: Clone>(rows: &[Held<R>]) -> Vec<R> {
    rows.iter().map(|row| (**row).clone()).collect()
}

/// The file that goes is looked for no more, and is like nobody.
fn doubles(work: &mut UnitOfWork, stays: &Customer, gone: &Customer) -> Outcome<()> {
    let old = work.of::<CustomerKeys>(gone.id)?;
    edit::put::<CustomerKey>(work, old, Vec::new());
    keys::check(work, gone.id, CheckState::Done)?;
    let mut open = work.of::<OpenPairs>(gone.id)?;
    open.extend(work.of::<OpenPairsBack>(gone.id)?);
    let pair = keys::pair_of(stays.id, gone.id);
    for one in open.iter().filter(|one| (one.customer_id, one.other_id) != pair) {
        work.remove(one);
    }
    if let Some(mut known) = work.find::<CustomerPair>(pair)? {
        known.state = PairState::Merged;
        work.save(&mut known);
    }
    Ok(())
}

/// Counts everything of the one account on the other one, exactly what is on it at the commit.
fn credit(
    work: &mut UnitOfWork,
    (into, from): (CustomerId, CustomerId),
    (account, other): (&CustomerAccount, &CustomerAccount),
    terms: CreditTerms,
) -> Outcome<()> {
    work.pin::<CustomerAccount>(from)?;
    for mut release in work.of::<OpenReleases>(from)? {
        release.customer_id = into;
        work.save(&mut release);
    }
    let blocks = other.is_blocked() && !account.is_blocked();
    if let Some(mut said) = work.find::<CreditBlock>(from)? {
        let mut left = (*said).clone();
        left.blocked = false;
        if blocks {
            match work.find::<CreditBlock>(into)? {
                Some(mut held) => {
                    *held = CreditBlock { customer_id: into, version: held.version, ..(*said).clone() };
                    work.save(&mut held);
                }
                None => {
                    work.add(CreditBlock { customer_id: into, version: Version::FIRST, ..(*said).clone() });
                }
            }
        }
        *said = left;
        work.save(&mut said);
    }
    let new = CustomerAccount::new(into, terms.limit);
    let moved = [other.open_orders_minor, other.open_invoices_minor, other.unallocated_minor, other.released_minor];
    let [orders, invoices, unallocated, released] = moved.map(domain::Money::minor);
    let limit = (new.limit_minor - account.limit_minor).minor();
    let grace = terms.grace_days - account.grace_days;
    let own = [limit, orders, invoices, unallocated, released, grace, i64::from(blocks)];
    let gone = [0, -orders, -invoices, -unallocated, -released, 0, -other.blocked, into.raw()];
    let counted = work.count::<CustomerAccount>(into, &own, false)? && work.count::<CustomerAccount>(from, &gone, false)?;
    if counted { Ok(()) } else { Err(Refusal::stale("customer").into()) }
}
