//! Reading what readers of radio tags saw.

use std::sync::LazyLock;

use domain::{CompanyId, LotId, ProductId, TagSighting};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::int("last_at", "x.last_at")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "x.id")];

/// What was seen, and the lot or piece it names where it names just one.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// What was seen.
    pub sighting: TagSighting,
    /// The lot with its product's id, code and name.
    pub lot: Option<(LotId, (ProductId, String, String))>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| format!("{}, l.id, p.id, p.code, p.name", columns::<TagSighting>("x")));

const FROM: &str = "FROM tag_sightings x LEFT JOIN lots l ON l.company_id = x.company_id AND l.code = x.tag \
    AND NOT EXISTS (SELECT 1 FROM lots o WHERE o.company_id = x.company_id AND o.code = x.tag AND o.id <> l.id) \
    LEFT JOIN products p ON p.company_id = l.company_id AND p.id = l.product_id WHERE x.company_id = ?1";

/// A page of what was seen.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, words: Option<&str>, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = words {
        select.search(&["lower(x.tag)", "lower(x.reader)"], &words.to_lowercase());
    }
    let first = TagSighting::table().columns.len();
    select.page(reader, page, |source| {
        let lot: Option<LotId> = read(source, first)?;
        let product: Option<ProductId> = read(source, first + 1)?;
        let lot = match lot.zip(product) {
            Some((lot, product)) => Some((lot, (product, read(source, first + 2)?, read(source, first + 3)?))),
            None => None,
        };
        Ok(Listed { sighting: TagSighting::read(source)?, lot })
    })
}
