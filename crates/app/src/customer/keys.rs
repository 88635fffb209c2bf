//! What customers are found by when the same one is entered again, and the pairs that look like one (PTY-03).
//!
//! Files that people enter have their keys at once. What comes in with files, or was there before, waits in `customer_checks`; a server makes its
//! keys and compares it by and by, in bounded batches, and each file is compared once for each of its names, codes and phones.

use domain::{
    CheckState, Customer, CustomerAddress, CustomerCheck, CustomerContact, CustomerId, CustomerKey, CustomerPair, PairState, Profile,
    Similar, Version,
};
use store::rows::{CustomerAddresses, CustomerContacts, CustomerKeys, OpenPairs, OpenPairsBack};
use store::{Failure, Outcome, UnitOfWork};

use crate::App;

/// Customers whose keys are made, or that are compared, in one transaction.
const BATCH: i64 = 50;

/// As many similar customers as are told of: there may be more.
const ALL_TOLD: usize = 10;

/// Gives a new customer its keys.
pub(crate) fn add(work: &mut UnitOfWork, customer: &Customer, contacts: &[CustomerContact], addresses: &[CustomerAddress]) {
    work.fresh::<CustomerKeys>(customer.id);
    for key in Profile::of_file(customer, contacts, addresses).keys(customer.id) {
        work.add(key);
    }
    work.add(CustomerCheck { customer_id: customer.id, version: Version::FIRST, state: CheckState::Fresh });
}

/// Asks for what [`change`] looks at.
pub(crate) fn want(work: &mut UnitOfWork, id: CustomerId) {
    work.want_of::<CustomerKeys>([id]);
    work.want::<CustomerCheck>([id]);
}

/// Gives a changed customer its keys; where they are others, it is compared again.
///
/// # Errors
/// Leaves when the keys it had are not loaded yet.
pub(crate) fn change(
    work: &mut UnitOfWork,
    customer: &Customer,
    contacts: &[CustomerContact],
    addresses: &[CustomerAddress],
) -> Outcome<()> {
    want(work, customer.id);
    let old = work.of::<CustomerKeys>(customer.id)?;
    let keys = Profile::of_file(customer, contacts, addresses).keys(customer.id);
    if old.len() == keys.len() && old.iter().zip(&keys).all(|(old, key)| **old == *key) {
        return Ok(());
    }
    check(work, customer.id, CheckState::Fresh)?;
    super::edit::put::<CustomerKey>(work, old, keys);
    Ok(())
}

/// Says how far the search for doubles of a customer has come.
///
/// # Errors
/// Leaves when that is not loaded yet.
pub(crate) fn check(work: &mut UnitOfWork, customer_id: CustomerId, state: CheckState) -> Outcome<()> {
    match work.find::<CustomerCheck>(customer_id)? {
        Some(mut check) => {
            check.state = state;
            work.save(&mut check);
        }
        None => {
            work.add(CustomerCheck { customer_id, version: Version::FIRST, state });
        }
    }
    Ok(())
}

/// Makes the keys of customers that wait for them.
///
/// # Errors
/// Leaves when something is not loaded yet.
pub fn make(work: &mut UnitOfWork, ids: &[CustomerId]) -> Outcome<()> {
    work.want::<Customer>(ids.iter().copied());
    work.want::<CustomerCheck>(ids.iter().copied());
    work.want_of::<CustomerContacts>(ids.iter().copied());
    work.want_of::<CustomerAddresses>(ids.iter().copied());
    work.want_of::<CustomerKeys>(ids.iter().copied());
    for id in ids {
        let Some(mut check) = work.find::<CustomerCheck>(*id)? else { continue };
        if check.state != CheckState::Due {
            continue;
        }
        let customer = work.get::<Customer>(*id)?;
        let contacts: Vec<_> = work.of::<CustomerContacts>(*id)?.iter().map(|row| (**row).clone()).collect();
        let addresses: Vec<_> = work.of::<CustomerAddresses>(*id)?.iter().map(|row| (**row).clone()).collect();
        let old = work.of::<CustomerKeys>(*id)?;
        super::edit::put::<CustomerKey>(work, old, Profile::of_file(&customer, &contacts, &addresses).keys(*id));
        check.state = CheckState::Fresh;
        work.save(&mut check);
    }
    Ok(())
}

/// The key of a pair: the one that was there first comes first.
pub(crate) fn pair_of(one: CustomerId, other: CustomerId) -> (CustomerId, CustomerId) {
    (one.min(other), one.max(other))
}

/// A pair that was just found.
pub(crate) fn pair(work: &UnitOfWork, one: CustomerId, similar: &Similar) -> CustomerPair {
    let (customer_id, other_id) = pair_of(one, similar.customer_id);
    CustomerPair {
        customer_id,
        other_id,
        version: Version::FIRST,
        score: similar.likeness.score,
        name_score: similar.likeness.name_score,
        reasons: similar.likeness.reason_codes(),
        state: PairState::Open,
        note: String::new(),
        decided_by: None,
        decided_at: None,
        found_at: work.now(),
    }
}

/// Keeps the pairs that customers are found in, and forgets open ones that are none any more; what people have told apart stays so.
///
/// # Errors
/// Leaves when something is not loaded yet.
pub fn compare(work: &mut UnitOfWork, found: &[(CustomerId, Vec<Similar>)]) -> Outcome<()> {
    for (id, similar) in found {
        work.want::<CustomerCheck>([*id]);
        work.want::<CustomerPair>(similar.iter().map(|one| pair_of(*id, one.customer_id)));
        work.want_of::<OpenPairs>([*id]);
        work.want_of::<OpenPairsBack>([*id]);
    }
    for (id, similar) in found {
        let Some(mut check) = work.find::<CustomerCheck>(*id)? else { continue };
        if check.state != CheckState::Fresh {
            continue;
        }
        let mut open = work.of::<OpenPairs>(*id)?;
        open.extend(work.of::<OpenPairsBack>(*id)?);
        for one in similar {
            let new = pair(work, *id, one);
            match work.find::<CustomerPair>((new.customer_id, new.other_id))? {
                None => {
                    work.add(new);
                }
                Some(mut known) if (known.score, &known.reasons) != (new.score, &new.reasons) => {
                    (known.score, known.name_score, known.reasons) = (new.score, new.name_score, new.reasons);
                    work.save(&mut known);
                }
                Some(_) => {}
            }
        }
        let gone = |pair: &CustomerPair| similar.iter().all(|one| pair_of(*id, one.customer_id) != (pair.customer_id, pair.other_id));
        for pair in open.iter().filter(|pair| similar.len() < ALL_TOLD && gone(pair)) {
            work.remove(pair);
        }
        check.state = CheckState::Done;
        work.save(&mut check);
    }
    Ok(())
}

/// Makes keys and compares until nothing waits any more; answers with how many customers that were.
///
/// # Errors
/// Any fault of the database; what was done until then is done.
pub async fn catch_up(app: &App, company: domain::CompanyId) -> Result<usize, Failure> {
    let mut all = 0;
    loop {
        let due = app.store.read(move |reader| store::query::duplicate::waiting(reader, company, CheckState::Due, BATCH)).await?;
        if due.is_empty() {
            break;
        }
        app.store.write(company, move |work| make(work, &due)).await?;
    }
    loop {
        let read = app.store.read(move |reader| {
            let ids = store::query::duplicate::waiting(reader, company, CheckState::Fresh, BATCH)?;
            store::query::duplicate::compared(reader, company, &ids)
        });
        let found = read.await?;
        if found.is_empty() {
            return Ok(all);
        }
        all += found.len();
        app.store.write(company, move |work| compare(work, &found)).await?;
    }
}
