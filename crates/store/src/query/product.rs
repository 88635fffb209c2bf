//! Reading products.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use domain::{Buyer, CompanyId, Date, Price, Product, ProductId, ProductKind, Quantity, Stock, UnitPrice, Warehouse, find_price};

use crate::fault::Fault;
use crate::query::among::among;
use crate::query::list::{Found, Page, Select, Sort};
use crate::query::search;
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::text("code", "p.code"), Sort::text("name", "p.name"), Sort::int("created_at", "p.id")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "p.id")];

/// Which products.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in name, pinyin, initials, code, specification or barcode.
    pub q: Option<String>,
    /// Standard or made to order; none: both.
    pub kinds: Vec<ProductKind>,
    /// Of this group.
    pub category: Option<String>,
    /// May be put on orders or not.
    pub active: Option<bool>,
}

/// A product with its price.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The product.
    pub product: Product,
    /// The list price of one unit on the day asked for.
    pub list_price: Option<UnitPrice>,
    /// What may be offered in its place, best first, with codes and names.
    pub substitutes: Vec<(ProductId, String, String)>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<Product>("p"));

/// A page of products with the list prices of day `on`.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, on: Date, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, "FROM products p WHERE p.company_id = ?1", TIES);
    if let Some(words) = &filter.q {
        search::add(&mut select, company, ("products", "p"), page, words);
    }
    select.and_in("p.kind", filter.kinds.iter().map(|kind| kind.as_str()));
    select.and_if("p.category = ?", filter.category.as_deref());
    select.and_if("p.active = ?", filter.active.map(i64::from));
    let found = select.page(reader, page, |source| Product::read(source))?;
    let ids: Vec<ProductId> = found.rows.iter().map(|product| product.id).collect();
    let mut prices = list_prices(reader, company, &ids, on)?;
    let all: Vec<ProductId> = found.rows.iter().flat_map(|product| product.substitutes.iter().copied()).collect();
    let names = named(reader, company, &all)?;
    Ok(found.map(|product| Listed { list_price: prices.remove(&product.id), substitutes: substitutes(&product, &names), product }))
}

/// One product with the list price of day `on`.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: ProductId, on: Date) -> Result<Option<Listed>, Fault> {
    let Some(product) = reader.get::<Product>(company, id)? else { return Ok(None) };
    let list_price = list_prices(reader, company, &[id], on)?.remove(&id);
    let substitutes = substitutes(&product, &named(reader, company, &product.substitutes)?);
    Ok(Some(Listed { product, list_price, substitutes }))
}

fn substitutes(product: &Product, names: &BTreeMap<ProductId, (String, String)>) -> Vec<(ProductId, String, String)> {
    let one = |id: &ProductId| names.get(id).map(|(code, name)| (*id, code.clone(), name.clone()));
    product.substitutes.iter().filter_map(one).collect()
}

/// The product with this id or this code.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, reference: &str) -> Result<Option<ProductId>, Fault> {
    search::id_of::<Product>(reader, company, reference)
}

/// The first products for what somebody types: codes that begin so, then words found anywhere.
///
/// # Errors
/// Any fault of the database.
pub fn search(reader: &Reader<'_>, company: CompanyId, q: &str, limit: usize) -> Result<Vec<Product>, Fault> {
    search::search(reader, company, q, limit)
}

/// The list prices of one unit of these products on a day, in the company's currency.
///
/// # Errors
/// Any fault of the database.
pub fn list_prices(
    reader: &Reader<'_>,
    company: CompanyId,
    products: &[ProductId],
    on: Date,
) -> Result<HashMap<ProductId, UnitPrice>, Fault> {
    let ids: Vec<i64> = products.iter().map(|id| id.raw()).collect();
    let Some((among, mut params)) = among(company.raw(), &ids) else { return Ok(HashMap::new()) };
    params.extend([Quantity::ONE.micro().into(), Param::from(on.as_str())]);
    let text = format!(
        "SELECT {} FROM prices x WHERE x.company_id = ?1 AND x.product_id {among} AND x.customer_id = 0 AND x.min_quantity_micro <= ?{} \
         AND x.currency = (SELECT c.currency FROM companies c WHERE c.company_id = ?1 AND c.id = ?1) AND x.valid_from <= ?{} ORDER BY x.product_id, x.id",
        columns::<Price>("x"),
        params.len() - 1,
        params.len()
    );
    let mut entries: HashMap<ProductId, Vec<Price>> = HashMap::new();
    for price in reader.rows(&text, &params, |source| Price::read(source))? {
        entries.entry(price.product_id).or_default().push(price);
    }
    let found = entries.into_iter().filter_map(|(product, entries)| {
        let entries: Vec<&Price> = entries.iter().collect();
        let price = find_price(&entries, &Buyer::anybody(entries.first()?.currency), Quantity::ONE, on)?;
        Some((product, price.unit_price))
    });
    Ok(found.collect())
}

/// What there is of a product, in every warehouse that is used or has had some.
///
/// # Errors
/// Any fault of the database.
pub fn availability(reader: &Reader<'_>, company: CompanyId, product: ProductId) -> Result<Vec<(Warehouse, Stock)>, Fault> {
    let text = format!(
        "SELECT {}, coalesce(s.on_hand_micro, 0), coalesce(s.reserved_micro, 0), coalesce(s.held_micro, 0), coalesce(s.placed_micro, 0) FROM warehouses w \
         LEFT JOIN stock s ON s.company_id = w.company_id AND s.warehouse_id = w.id AND s.product_id = ?2 \
         WHERE w.company_id = ?1 AND (w.active = 1 OR s.product_id IS NOT NULL) ORDER BY w.code, w.id",
        columns::<Warehouse>("w")
    );
    let width = Warehouse::table().columns.len();
    reader.rows(&text, &[company.raw().into(), product.raw().into()], |source| {
        let warehouse = Warehouse::read(source)?;
        let stock = Stock {
            product_id: product,
            warehouse_id: warehouse.id,
            on_hand_micro: read(source, width)?,
            reserved_micro: read(source, width + 1)?,
            held_micro: read(source, width + 2)?,
            placed_micro: read(source, width + 3)?,
        };
        Ok((warehouse, stock))
    })
}

/// Codes and names of these products.
///
/// # Errors
/// Any fault of the database.
pub fn named(reader: &Reader<'_>, company: CompanyId, products: &[ProductId]) -> Result<BTreeMap<ProductId, (String, String)>, Fault> {
    let ids: Vec<i64> = products.iter().map(|id| id.raw()).collect();
    let Some((among, params)) = among(company.raw(), &ids) else { return Ok(BTreeMap::new()) };
    let found: Vec<Product> = reader.all(company, &format!("AND id {among} ORDER BY id"), &params[1..])?;
    Ok(found.into_iter().map(|product| (product.id, (product.code, product.name))).collect())
}
