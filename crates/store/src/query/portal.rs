//! Reading for the portal: always one customer's, or of one person of it (INT-07, INT-12).

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{
    Buyer, Channel, CompanyId, Customer, CustomerId, Date, Instant, Invoice, Order, PortalSession, PortalSessionId, PortalStatus,
    PortalUser, PortalUserId, Price, Product, ProductId, Quantity, UnitPrice, UsualProduct, WarehouseId, find_price,
};

use crate::fault::Fault;
use crate::query::agent;
use crate::query::among::among;
use crate::query::list::{Found, Page, Select, Sort};
use crate::query::search;
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// A session with its person and customer.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: PortalSession,
    /// Whose it is.
    pub user: PortalUser,
    /// Whose people they are.
    pub customer: Customer,
    /// For whom they act instead.
    pub acting: Acting,
}

/// For whom a person of an agent acts (PTY-06).
#[derive(Clone, Debug)]
pub enum Acting {
    /// For the own customer.
    Own,
    /// For an end customer of it.
    For(Box<Customer>),
    /// For a customer that no longer orders through it.
    Ended,
}

/// The session whose cookie has this hash.
///
/// # Errors
/// Any fault of the database.
pub fn by_token(reader: &Reader<'_>, company: CompanyId, token_hash: &str) -> Result<Option<SignedIn>, Fault> {
    let found = reader.all::<PortalSession>(company, "AND token_hash = ?2", &[Param::from(token_hash)])?;
    found.into_iter().next().map_or(Ok(None), |session| of_session(reader, company, session))
}

/// A session with its person and customer.
///
/// # Errors
/// Any fault of the database.
pub fn signed_in(reader: &Reader<'_>, company: CompanyId, session: PortalSessionId) -> Result<Option<SignedIn>, Fault> {
    let found = reader.get::<PortalSession>(company, session)?;
    found.map_or(Ok(None), |session| of_session(reader, company, session))
}

fn of_session(reader: &Reader<'_>, company: CompanyId, session: PortalSession) -> Result<Option<SignedIn>, Fault> {
    let Some(user) = reader.get::<PortalUser>(company, session.portal_user_id)? else { return Ok(None) };
    let Some(customer) = reader.get::<Customer>(company, user.customer_id)? else { return Ok(None) };
    let acting = match session.acting_for {
        None => Acting::Own,
        Some(end) if agent::may_act(reader, company, user.customer_id, end)? => {
            reader.get::<Customer>(company, end)?.map_or(Acting::Ended, |customer| Acting::For(Box::new(customer)))
        }
        Some(_) => Acting::Ended,
    };
    Ok(Some(SignedIn { session, user, customer, acting }))
}

/// The person with this username, with the customer.
///
/// # Errors
/// Any fault of the database.
pub fn by_username(reader: &Reader<'_>, company: CompanyId, username: &str) -> Result<Option<(PortalUser, Customer)>, Fault> {
    let found = reader.all::<PortalUser>(company, "AND username = ?2", &[Param::from(username)])?;
    let Some(user) = found.into_iter().next() else { return Ok(None) };
    Ok(reader.get::<Customer>(company, user.customer_id)?.map(|customer| (user, customer)))
}

/// What the list of people may be sorted by.
pub const SORTS: &[Sort] = &[Sort::text("username", "p.username"), Sort::int("created_at", "p.id")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "p.id")];

/// A person of the portal, with whom they order for and when they were last there.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The person; without the password.
    pub user: PortalUser,
    /// Code of the customer.
    pub customer_code: String,
    /// Name of the customer.
    pub customer_name: String,
    /// The last sign of life of any session.
    pub last_seen_at: Option<Instant>,
}

static USERS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}, c.code, c.name, (SELECT max(s.seen_at) FROM portal_sessions s WHERE s.company_id = p.company_id AND s.portal_user_id = p.id)",
        columns::<PortalUser>("p")
    )
});

const FROM_USERS: &str =
    "FROM portal_users p JOIN customers c ON c.company_id = p.company_id AND c.id = p.customer_id WHERE p.company_id = ?1";

fn seen(source: &dyn crate::cell::Source) -> Result<Seen, Fault> {
    let user = PortalUser { password_hash: String::new(), ..PortalUser::read(source)? };
    let first = PortalUser::table().columns.len();
    Ok(Seen { user, customer_code: read(source, first)?, customer_name: read(source, first + 1)?, last_seen_at: read(source, first + 2)? })
}

/// A page of the people who may sign in at the portal, of one customer or of all.
///
/// # Errors
/// Any fault of the database.
pub fn users(reader: &Reader<'_>, company: CompanyId, customer: Option<CustomerId>, page: &Page) -> Result<Found<Seen>, Fault> {
    let mut select = Select::new(company, &USERS, FROM_USERS, TIES);
    select.and_if("p.customer_id = ?", customer.map(CustomerId::raw));
    select.page(reader, page, seen)
}

/// One person of the portal.
///
/// # Errors
/// Any fault of the database.
pub fn user(reader: &Reader<'_>, company: CompanyId, id: PortalUserId) -> Result<Option<Seen>, Fault> {
    let text = format!("SELECT {} {FROM_USERS} AND p.id = ?2", *USERS);
    reader.one(&text, &[company.raw().into(), id.raw().into()], seen)
}

/// Lines of carts whose holding has run out, a bounded number.
///
/// # Errors
/// Any fault of the database.
pub fn due(reader: &Reader<'_>, company: CompanyId, now: Instant, most: i64) -> Result<Vec<(PortalUserId, ProductId)>, Fault> {
    let text = "SELECT portal_user_id, product_id FROM cart_lines WHERE company_id = ?1 AND held_until IS NOT NULL AND held_until <= ?2 \
         ORDER BY held_until LIMIT ?3";
    reader.rows(text, &[company.raw().into(), now.micros().into(), most.into()], |s| Ok((read(s, 0)?, read(s, 1)?)))
}

/// What the catalogue may be sorted by.
pub const CATALOGUE_SORTS: &[Sort] = &[Sort::text("code", "p.code"), Sort::text("name", "p.name")];

/// A price from a quantity on.
pub type Step = (Quantity, UnitPrice);

/// A product as its customer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// The product.
    pub product: Product,
    /// The customer's prices by quantity, the smallest first; none: it has none.
    pub steps: Vec<Step>,
    /// What is free where orders of the portal are shipped from.
    pub free: Quantity,
    /// What of it is in the person's cart.
    pub in_cart: Quantity,
}

/// Who looks at the catalogue, and when.
#[derive(Clone, Copy, Debug)]
pub struct Looking<'a> {
    /// The person.
    pub user: PortalUserId,
    /// The customer.
    pub customer: &'a Customer,
    /// The day whose prices are shown.
    pub on: Date,
}

static PRODUCTS: LazyLock<String> = LazyLock::new(|| columns::<Product>("p"));

/// A page of the products that may be ordered.
///
/// # Errors
/// Any fault of the database.
pub fn catalogue(
    reader: &Reader<'_>,
    company: CompanyId,
    looking: Looking<'_>,
    q: Option<&str>,
    page: &Page,
) -> Result<Found<Offered>, Fault> {
    let mut select = Select::new(company, &PRODUCTS, "FROM products p WHERE p.company_id = ?1 AND p.active = 1", TIES);
    if let Some(words) = q {
        search::add(&mut select, company, ("products", "p"), page, words);
    }
    let found = select.page(reader, page, |source| Product::read(source))?;
    let rows = offered(reader, company, looking, found.rows)?;
    Ok(Found { rows, next: found.next })
}

/// One product that may be ordered.
///
/// # Errors
/// Any fault of the database.
pub fn product(reader: &Reader<'_>, company: CompanyId, looking: Looking<'_>, id: ProductId) -> Result<Option<Offered>, Fault> {
    let found = reader.get::<Product>(company, id)?.filter(|product| product.active);
    Ok(offered(reader, company, looking, found.into_iter().collect())?.pop())
}

/// Products with what their customer sees of them, in a fixed number of statements.
fn offered(reader: &Reader<'_>, company: CompanyId, looking: Looking<'_>, products: Vec<Product>) -> Result<Vec<Offered>, Fault> {
    let ids: Vec<i64> = products.iter().map(|product| product.id.raw()).collect();
    let mut steps = prices(reader, company, looking, &ids)?;
    let free = free(reader, company, &ids)?;
    let in_cart = reader.rows(
        "SELECT product_id, quantity_micro FROM cart_lines WHERE company_id = ?1 AND portal_user_id = ?2",
        &[company.raw().into(), looking.user.raw().into()],
        |s| Ok((read::<ProductId>(s, 0)?, read::<Quantity>(s, 1)?)),
    )?;
    let in_cart: HashMap<ProductId, Quantity> = in_cart.into_iter().collect();
    let of = |figures: &HashMap<ProductId, Quantity>, id| figures.get(&id).copied().unwrap_or(Quantity::ZERO);
    let row = |product: Product| Offered {
        steps: steps.remove(&product.id).unwrap_or_default(),
        free: of(&free, product.id),
        in_cart: of(&in_cart, product.id),
        product,
    };
    Ok(products.into_iter().map(row).collect())
}

fn prices(reader: &Reader<'_>, company: CompanyId, looking: Looking<'_>, ids: &[i64]) -> Result<HashMap<ProductId, Vec<Step>>, Fault> {
    let Some((among, mut params)) = among(company.raw(), ids) else { return Ok(HashMap::new()) };
    params.push(looking.customer.id.raw().into());
    let text = format!(
        "SELECT {} FROM prices x WHERE x.company_id = ?1 AND x.product_id {among} AND x.customer_id IN (0, ?{}) ORDER BY x.product_id, x.id",
        columns::<Price>("x"),
        params.len()
    );
    let mut book: HashMap<ProductId, Vec<Price>> = HashMap::new();
    for price in reader.rows(&text, &params, |source| Price::read(source))? {
        book.entry(price.product_id).or_default().push(price);
    }
    let buyer = buyer(looking.customer);
    Ok(book.into_iter().map(|(product, entries)| (product, by_quantity(&entries, &buyer, looking.on))).collect())
}

/// A customer as it buys at the portal.
pub fn buyer(customer: &Customer) -> Buyer {
    Buyer {
        customer: customer.id,
        grade: Some(customer.grade),
        category: Some(customer.category),
        channel: Some(Channel::Portal),
        currency: customer.currency,
    }
}

/// The price of each quantity step that differs from the one before it.
fn by_quantity(entries: &[Price], buyer: &Buyer, on: Date) -> Vec<Step> {
    let entries: Vec<&Price> = entries.iter().collect();
    let mut from: Vec<Quantity> = entries.iter().map(|entry| entry.min_quantity_micro).collect();
    from.sort_unstable();
    from.dedup();
    let mut steps: Vec<Step> = Vec::new();
    for quantity in from {
        let Some(found) = find_price(&entries, buyer, quantity, on) else { continue };
        if steps.last().is_none_or(|last| last.1 != found.unit_price) {
            steps.push((quantity, found.unit_price));
        }
    }
    steps
}

/// Where orders that name no warehouse are shipped from.
fn warehouse(reader: &Reader<'_>, company: CompanyId) -> Result<Option<WarehouseId>, Fault> {
    let text = "SELECT id FROM warehouses WHERE company_id = ?1 AND active = 1 ORDER BY id LIMIT 1";
    reader.one(text, &[company.raw().into()], |s| read(s, 0))
}

fn free(reader: &Reader<'_>, company: CompanyId, ids: &[i64]) -> Result<HashMap<ProductId, Quantity>, Fault> {
    let (Some((among, mut params)), Some(warehouse)) = (among(company.raw(), ids), warehouse(reader, company)?) else {
        return Ok(HashMap::new());
    };
    params.push(warehouse.raw().into());
    let text = format!(
        "SELECT product_id, on_hand_micro - held_micro - reserved_micro FROM stock WHERE company_id = ?1 AND product_id {among} AND warehouse_id = ?{}",
        params.len()
    );
    Ok(reader.rows(&text, &params, |s| Ok((read(s, 0)?, read(s, 1)?)))?.into_iter().collect())
}

/// Of its orders, the last so many say what a customer usually orders.
const USUAL_ORDERS: i64 = 500;

/// What a customer has ordered since a day, the most often ordered first, at most `most` products.
///
/// # Errors
/// Any fault of the database.
///
/// Source: INT-12
pub fn usual(
    reader: &Reader<'_>,
    company: CompanyId,
    looking: Looking<'_>,
    since: Date,
    most: usize,
) -> Result<Vec<(UsualProduct, Offered)>, Fault> {
    let text = format!(
        "SELECT l.product_id, count(DISTINCT o.id) AS orders, min(o.ordered_on), max(o.ordered_on) \
         FROM (SELECT id, ordered_on FROM orders WHERE company_id = ?1 AND customer_id = ?2 AND status IN ('submitted', 'reviewed', 'approved', 'effective', 'closed') \
               ORDER BY id DESC LIMIT {USUAL_ORDERS}) o \
         JOIN order_lines l ON l.company_id = ?1 AND l.order_id = o.id \
         WHERE o.ordered_on >= ?3 GROUP BY l.product_id ORDER BY orders DESC, l.product_id LIMIT 200"
    );
    let params = [company.raw().into(), looking.customer.id.raw().into(), Param::from(since.as_str())];
    let mut found = reader.rows(&text, &params, |s| {
        Ok(UsualProduct { product_id: read(s, 0)?, orders: read(s, 1)?, first_on: read(s, 2)?, last_on: read(s, 3)? })
    })?;
    found.sort_by_key(|usual| (!usual.is_due(looking.on), -usual.orders, usual.product_id));
    let ids: Vec<i64> = found.iter().take(most).map(|usual| usual.product_id.raw()).collect();
    let Some((among, params)) = among(company.raw(), &ids) else { return Ok(Vec::new()) };
    let products: Vec<Product> = reader.all(company, &format!("AND id {among} AND active = 1 ORDER BY id"), &params[1..])?;
    let offered = offered(reader, company, looking, products)?;
    let with = |usual: UsualProduct| offered.iter().find(|one| one.product.id == usual.product_id).map(|one| (usual, one.clone()));
    Ok(found.into_iter().filter_map(with).collect())
}

/// What the list of orders may be sorted by.
pub const ORDER_SORTS: &[Sort] = &[Sort::int("created_at", "o.id")];

/// The columns that make every order certain.
pub const ORDER_TIES: &[Sort] = &[Sort::int("id", "o.id")];

static ORDERS: LazyLock<String> = LazyLock::new(|| columns::<Order>("o"));

/// A page of the orders that people of a customer see.
///
/// # Errors
/// Any fault of the database.
pub fn orders(
    reader: &Reader<'_>,
    company: CompanyId,
    customer: CustomerId,
    status: Option<PortalStatus>,
    page: &Page,
) -> Result<Found<Order>, Fault> {
    let mut select = Select::new(company, &ORDERS, "FROM orders o WHERE o.company_id = ?1 AND o.number <> ''", ORDER_TIES);
    select.and("o.customer_id = ?", [customer.raw().into()]);
    select.and_in("o.status", status.into_iter().flat_map(|status| status.states().iter().map(|state| state.as_str())));
    select.page(reader, page, |source| Order::read(source))
}

/// Invoices of a customer that are not paid yet, the first to be paid first; a bounded number.
///
/// # Errors
/// Any fault of the database.
pub fn open_invoices(reader: &Reader<'_>, company: CompanyId, customer: CustomerId, most: i64) -> Result<Vec<Invoice>, Fault> {
    let and = format!("AND customer_id = ?2 AND status IN ('open', 'part_paid') ORDER BY due_on, id LIMIT {most}");
    reader.all(company, &and, &[customer.raw().into()])
}
