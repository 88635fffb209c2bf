//! Reading the price book.

use std::sync::LazyLock;

use domain::{Channel, CompanyId, Currency, CustomerId, Grade, Price, PriceId, ProductId, SalesCategory, fold};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::text("product", "p.code"), Sort::int("created_at", "x.id")];

/// The columns that make every order certain: within a product the list price, then customers, each by quantity and day.
pub const TIES: &[Sort] = &[
    Sort::int("customer", "x.customer_id"),
    Sort::text("grade", "x.grade"),
    Sort::text("category", "x.category"),
    Sort::text("channel", "x.channel"),
    Sort::text("currency", "x.currency"),
    Sort::int("min_quantity", "x.min_quantity_micro"),
    Sort::text("valid_from", "x.valid_from"),
    Sort::int("id", "x.id"),
];

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in name, pinyin, initials, code, specification or barcode of the product.
    pub q: Option<String>,
    /// Of this product.
    pub product: Option<ProductId>,
    /// For this customer; [`CustomerId::NONE`] are those of no single customer.
    pub customer: Option<CustomerId>,
    /// For customers of this grade.
    pub grade: Option<Grade>,
    /// For orders of this sales category.
    pub category: Option<SalesCategory>,
    /// For orders from this channel.
    pub channel: Option<Channel>,
    /// In this currency.
    pub currency: Option<Currency>,
    /// For everybody: list prices.
    pub everybody: bool,
}

/// An entry and what it speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The entry.
    pub price: Price,
    /// Code of the product.
    pub product_code: String,
    /// Name of the product.
    pub product_name: String,
    /// Unit of the product.
    pub unit: String,
    /// Code and name of the customer, where it is not for everybody.
    pub customer: Option<(String, String)>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| format!("{}, p.code, p.name, p.unit, c.code, c.name", columns::<Price>("x")));

/// In the order of products, which is the usual one; `CROSS JOIN` keeps SQLite from beginning elsewhere.
const FROM: &str = "FROM products p CROSS JOIN prices x LEFT JOIN customers c ON c.company_id = x.company_id AND c.id = x.customer_id \
    WHERE p.company_id = ?1 AND x.company_id = p.company_id AND x.product_id = p.id";

/// Beginning with the entries: one customer has few.
const FROM_PRICES: &str = "FROM prices x CROSS JOIN products p LEFT JOIN customers c ON c.company_id = x.company_id AND c.id = x.customer_id \
    WHERE x.company_id = ?1 AND p.company_id = x.company_id AND p.id = x.product_id";

fn listed(source: &dyn Source) -> Result<Listed, Fault> {
    let price = Price::read(source)?;
    let first = Price::table().columns.len();
    let (code, name) = (read::<Option<String>>(source, first + 3)?, read::<Option<String>>(source, first + 4)?);
    Ok(Listed {
        price,
        product_code: read(source, first)?,
        product_name: read(source, first + 1)?,
        unit: read(source, first + 2)?,
        customer: code.zip(name),
    })
}

/// A page of the price book.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let one_customer = filter.customer.is_some_and(|customer| !customer.is_none());
    let mut select = Select::new(company, &COLUMNS, if one_customer { FROM_PRICES } else { FROM }, TIES);
    if let Some(words) = &filter.q {
        select.search(&["p.search"], &fold(words));
    }
    select.and_if("p.id = ?", filter.product.map(ProductId::raw));
    select.and_if("x.customer_id = ?", filter.customer.map(CustomerId::raw));
    select.and_if("x.grade = ?", filter.grade.map(Grade::as_str));
    select.and_if("x.category = ?", filter.category.map(SalesCategory::as_str));
    select.and_if("x.channel = ?", filter.channel.map(Channel::as_str));
    select.and_if("x.currency = ?", filter.currency.map(|currency| currency.as_str().to_owned()));
    if filter.everybody {
        select.and_if("x.customer_id = ? AND x.grade = '' AND x.category = '' AND x.channel = ''", Some(CustomerId::NONE.raw()));
    }
    select.page(reader, page, listed)
}

/// One entry.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: PriceId) -> Result<Option<Listed>, Fault> {
    let text = format!("SELECT {} {FROM_PRICES} AND x.id = ?2", *COLUMNS);
    reader.one(&text, &[company.raw().into(), id.raw().into()], listed)
}
