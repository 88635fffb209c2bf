//! Reading customers.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{
    Channel, CompanyId, Customer, CustomerAccount, CustomerAddress, CustomerContact, CustomerId, CustomerVerification, GRACE_DAYS, Grade,
    Money, SalesCategory, User, UserId,
};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::among::among;
use crate::query::list::{Found, Page, Select, Sort};
use crate::query::search;
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::text("code", "c.code"), Sort::text("name", "c.name"), Sort::int("created_at", "c.id")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "c.id")];

/// Which customers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in name, pinyin, initials or code.
    pub q: Option<String>,
    /// Of these grades; none: of all.
    pub grades: Vec<Grade>,
    /// Usually coming by these channels; none: by all.
    pub channels: Vec<Channel>,
    /// Of these sales categories; none: of all.
    pub categories: Vec<SalesCategory>,
    /// Verified or not.
    pub verified: Option<bool>,
    /// May order or not.
    pub active: Option<bool>,
    /// Belonging to this sales representative.
    pub owner: Option<UserId>,
}

/// A customer with everything that belongs to the file.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// The customer.
    pub customer: Customer,
    /// What it owes and may owe.
    pub account: CustomerAccount,
    /// Name of the sales representative it belongs to.
    pub owner_name: Option<String>,
    /// Its people, in their order.
    pub contacts: Vec<CustomerContact>,
    /// Its addresses, in their order.
    pub addresses: Vec<CustomerAddress>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}, a.limit_minor, a.open_orders_minor, a.open_invoices_minor, a.unallocated_minor, a.released_minor, a.grace_days, a.blocked, a.merged_into, u.name",
        columns::<Customer>("c")
    )
});

const FROM: &str = "FROM customers c LEFT JOIN customer_accounts a ON a.company_id = c.company_id AND a.customer_id = c.id \
    LEFT JOIN users u ON u.company_id = c.company_id AND u.id = c.owner_id WHERE c.company_id = ?1";

fn file(source: &dyn Source) -> Result<File, Fault> {
    let customer = Customer::read(source)?;
    let first = Customer::table().columns.len();
    let counter = |i: usize| Ok::<_, Fault>(read::<Option<Money>>(source, first + i)?.unwrap_or(Money::ZERO));
    let account = CustomerAccount {
        customer_id: customer.id,
        limit_minor: read::<Option<Money>>(source, first)?.unwrap_or(Money::NO_LIMIT),
        open_orders_minor: counter(1)?,
        open_invoices_minor: counter(2)?,
        unallocated_minor: counter(3)?,
        released_minor: counter(4)?,
        grace_days: read::<Option<i64>>(source, first + 5)?.unwrap_or(GRACE_DAYS),
        blocked: read::<Option<i64>>(source, first + 6)?.unwrap_or(0),
        merged_into: read::<Option<CustomerId>>(source, first + 7)?.unwrap_or(CustomerId::NONE),
    };
    Ok(File { customer, account, owner_name: read(source, first + 8)?, contacts: Vec::new(), addresses: Vec::new() })
}

/// A page of customers.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<File>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    select.and("c.merged_into IS NULL", []);
    if let Some(words) = &filter.q {
        search::add(&mut select, company, ("customers", "c"), page, words);
    }
    select.and_in("c.grade", filter.grades.iter().map(|grade| grade.as_str()));
    select.and_in("c.channel", filter.channels.iter().map(|channel| channel.as_str()));
    select.and_in("c.category", filter.categories.iter().map(|category| category.as_str()));
    if let Some(verified) = filter.verified {
        // Said in full, so that the index of those that are not is taken.
        select.and(if verified { "c.verified = 1" } else { "c.verified = 0" }, []);
    }
    select.and_if("c.active = ?", filter.active.map(i64::from));
    select.and_if("c.owner_id = ?", filter.owner.map(UserId::raw));
    let mut found = select.page(reader, page, file)?;
    fill(reader, company, &mut found.rows)?;
    Ok(found)
}

/// One customer.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: CustomerId) -> Result<Option<File>, Fault> {
    let text = format!("SELECT {} {FROM} AND c.id = ?2", *COLUMNS);
    let mut found: Vec<File> = reader.rows(&text, &[company.raw().into(), id.raw().into()], file)?;
    fill(reader, company, &mut found)?;
    Ok(found.pop())
}

/// The customer with this id or this code; the code of a file that was merged is that of the file it was merged into.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, reference: &str) -> Result<Option<CustomerId>, Fault> {
    let id = reference.trim().parse::<CustomerId>().unwrap_or_default();
    let text = "SELECT f.id FROM (SELECT t.id AS id, 0 AS place FROM customers t WHERE t.company_id = ?1 AND t.id = ?2 UNION ALL \
         SELECT coalesce(t.merged_into, t.id) AS id, 1 AS place FROM customers t WHERE t.company_id = ?1 AND t.code = ?3) f ORDER BY f.place LIMIT 1";
    reader.one(text, &[company.raw().into(), id.raw().into(), reference.trim().into()], |source| read(source, 0))
}

/// The customer that is meant by this one: itself, or the one it was merged into.
///
/// # Errors
/// Any fault of the database.
pub fn current(reader: &Reader<'_>, company: CompanyId, id: CustomerId) -> Result<CustomerId, Fault> {
    Ok(reader.get::<Customer>(company, id)?.and_then(|customer| customer.merged_into).unwrap_or(id))
}

/// The first customers for what somebody types: codes that begin so, then words found anywhere.
///
/// # Errors
/// Any fault of the database.
pub fn search(reader: &Reader<'_>, company: CompanyId, q: &str, limit: usize) -> Result<Vec<Customer>, Fault> {
    let mut found: Vec<Customer> = search::search(reader, company, q, limit)?;
    found.retain(|customer| customer.merged_into.is_none());
    Ok(found)
}

/// Who entered a customer and who has verified it, with names.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// What is kept of it.
    pub entry: CustomerVerification,
    /// Name of who entered it.
    pub entered_by: String,
    /// Name of who verified it.
    pub verified_by: Option<String>,
}

/// Who entered a customer and who has verified it; nothing for one that was there before.
///
/// # Errors
/// Any fault of the database.
pub fn verified(reader: &Reader<'_>, company: CompanyId, id: CustomerId) -> Result<Option<Verified>, Fault> {
    let Some(entry) = reader.get::<CustomerVerification>(company, id)? else { return Ok(None) };
    let name = |user: Option<UserId>| match user {
        Some(user) => Ok(reader.get::<User>(company, user)?.map(|user| user.name)),
        None => Ok::<_, Fault>(None),
    };
    let (entered_by, verified_by) = (name(Some(entry.entered_by))?.unwrap_or_default(), name(entry.verified_by)?);
    Ok(Some(Verified { entry, entered_by, verified_by }))
}

/// The contacts of a customer, in their order.
///
/// # Errors
/// Any fault of the database.
pub fn contacts(reader: &Reader<'_>, company: CompanyId, customer: CustomerId) -> Result<Vec<CustomerContact>, Fault> {
    reader.all(company, "AND customer_id = ?2 ORDER BY position", &[customer.raw().into()])
}

/// Loads contacts and addresses of a page at once.
fn fill(reader: &Reader<'_>, company: CompanyId, files: &mut [File]) -> Result<(), Fault> {
    let ids: Vec<i64> = files.iter().map(|file| file.customer.id.raw()).collect();
    let Some((among, params)) = among(company.raw(), &ids) else { return Ok(()) };
    let places: HashMap<CustomerId, usize> = files.iter().enumerate().map(|(i, file)| (file.customer.id, i)).collect();
    let order = "ORDER BY customer_id, position";
    let text =
        |table: &str, columns: String| format!("SELECT {columns} FROM {table} t WHERE t.company_id = ?1 AND t.customer_id {among} {order}");
    for contact in reader.rows(&text("customer_contacts", columns::<CustomerContact>("t")), &params, CustomerContact::read)? {
        files[places[&contact.customer_id]].contacts.push(contact);
    }
    for address in reader.rows(&text("customer_addresses", columns::<CustomerAddress>("t")), &params, CustomerAddress::read)? {
        files[places[&address.customer_id]].addresses.push(address);
    }
    Ok(())
}
