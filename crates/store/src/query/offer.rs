//! Reading quotations as they were sent, and taking their hashes again.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{CompanyId, CustomerId, Offer, OfferId, Quotation, QuotationId};

use crate::fault::Fault;
use crate::query::among::among;
use crate::query::attachment;
use crate::query::evidence::sha256;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns};
use crate::row::Row;

/// One that was sent.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: OfferId) -> Result<Option<Offer>, Fault> {
    reader.get::<Offer>(company, id)
}

/// Those of a version of a quotation, oldest first.
///
/// # Errors
/// Any fault of the database.
pub fn of_quotation(reader: &Reader<'_>, company: CompanyId, quotation: QuotationId) -> Result<Vec<Offer>, Fault> {
    reader.all::<Offer>(company, "AND quotation_id = ?2 ORDER BY no", &[Param::Int(quotation.raw())])
}

/// Whether the document and the signature have the hashes that were sent and signed; also where there is no signature yet.
///
/// # Errors
/// Any fault of the database.
pub fn held(reader: &Reader<'_>, company: CompanyId, offer: &Offer) -> Result<(bool, bool), Fault> {
    let has = |hash: &str| -> Result<bool, Fault> {
        let bytes = attachment::content(reader, company, hash)?;
        Ok(bytes.is_some_and(|bytes| sha256(&bytes) == hash))
    };
    let signature = offer.signature_sha256.is_empty() || has(&offer.signature_sha256)?;
    Ok((has(&offer.document_sha256)?, signature))
}

/// What the list of a customer's quotations may be sorted by.
pub const SORTS: &[Sort] = &[Sort::int("created_at", "q.id"), Sort::text("valid_until", "q.valid_until")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "q.id")];

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<Quotation>("q"));

/// Of each number the last version that its customer was sent.
const SENT: &str = "FROM quotations q WHERE q.company_id = ?1 AND q.sent_at IS NOT NULL \
     AND EXISTS (SELECT 1 FROM offers o WHERE o.company_id = q.company_id AND o.quotation_id = q.id) \
     AND NOT EXISTS (SELECT 1 FROM quotations n JOIN offers o ON o.company_id = n.company_id AND o.quotation_id = n.id \
        WHERE n.company_id = q.company_id AND n.number = q.number AND n.revision > q.revision AND n.sent_at IS NOT NULL)";

/// A page of the quotations that a customer was sent, each with what was sent of it last.
///
/// # Errors
/// Any fault of the database.
///
/// Source: QUO-01, INT-07
pub fn of_customer(reader: &Reader<'_>, company: CompanyId, customer: CustomerId, page: &Page) -> Result<Found<(Quotation, Offer)>, Fault> {
    let mut select = Select::new(company, &COLUMNS, SENT, TIES);
    select.and("q.customer_id = ?", [customer.raw().into()]);
    let found = select.page(reader, page, |source| Quotation::read(source))?;
    let ids: Vec<i64> = found.rows.iter().map(|quotation| quotation.id.raw()).collect();
    let mut last: HashMap<QuotationId, Offer> = HashMap::new();
    if let Some((among, params)) = among(company.raw(), &ids) {
        let and = format!("AND quotation_id {among} ORDER BY no");
        last.extend(reader.all::<Offer>(company, &and, &params[1..])?.into_iter().map(|offer| (offer.quotation_id, offer)));
    }
    let rows = found.rows.into_iter().filter_map(|quotation| last.remove(&quotation.id).map(|offer| (quotation, offer)));
    Ok(Found { rows: rows.collect(), next: found.next })
}
