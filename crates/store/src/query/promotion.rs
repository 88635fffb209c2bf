//! Reading promotions.

use std::sync::LazyLock;

use domain::{CompanyId, CustomerId, ProductId, Promotion, PromotionId, PromotionStatus};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::int("created_at", "x.id"), Sort::text("code", "x.code"), Sort::text("valid_to", "x.valid_to")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "x.id")];

/// Which promotions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in code or name.
    pub q: Option<String>,
    /// In these states; none: in any.
    pub status: Vec<PromotionStatus>,
    /// For this customer alone.
    pub customer: Option<CustomerId>,
}

/// A promotion, how many orders have it, and what it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The promotion.
    pub promotion: Promotion,
    /// Orders that have it.
    pub used: i64,
    /// Code and name of the customer, where it is for one.
    pub customer: Option<(String, String)>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| format!("{}, coalesce(u.used, 0), c.code, c.name", columns::<Promotion>("x")));

const FROM: &str = "FROM promotions x LEFT JOIN promotion_uses u ON u.company_id = x.company_id AND u.promotion_id = x.id AND u.customer_id = 0 \
    LEFT JOIN customers c ON c.company_id = x.company_id AND c.id = x.customer_id WHERE x.company_id = ?1";

fn listed(source: &dyn Source) -> Result<Listed, Fault> {
    let promotion = Promotion::read(source)?;
    let first = Promotion::table().columns.len();
    let (code, name) = (read::<Option<String>>(source, first + 1)?, read::<Option<String>>(source, first + 2)?);
    Ok(Listed { promotion, used: read(source, first)?, customer: code.zip(name) })
}

/// A page of promotions.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(x.code)", "x.name_zh_cn", "x.name_zh_tw", "lower(x.name_en)"], &words.to_lowercase());
    }
    select.and_in("x.status", filter.status.iter().map(|status| status.as_str()));
    select.and_if("x.customer_id = ?", filter.customer.map(CustomerId::raw));
    select.page(reader, page, listed)
}

/// One promotion.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: PromotionId) -> Result<Option<Listed>, Fault> {
    let text = format!("SELECT {} {FROM} AND x.id = ?2", *COLUMNS);
    reader.one(&text, &[company.raw().into(), id.raw().into()], listed)
}

/// Ids, codes and names of products, in the order asked for.
///
/// # Errors
/// Any fault of the database.
pub fn products(reader: &Reader<'_>, company: CompanyId, ids: &[ProductId]) -> Result<Vec<(ProductId, String, String)>, Fault> {
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(product) = reader.get::<domain::Product>(company, *id)? {
            all.push((product.id, product.code, product.name));
        }
    }
    Ok(all)
}
