//! Reading inquiries.

use std::sync::LazyLock;

use domain::{Attachment, Channel, CompanyId, CustomerId, Inquiry, InquiryId, InquiryStatus, Instant, UserId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by. What is promised nobody stands behind what is promised somebody.
pub const SORTS: &[Sort] = &[
    Sort::int("received_at", "i.received_at"),
    Sort::text("number", "i.number"),
    Sort::int("answer_by", "CASE WHEN i.answer_by IS NULL OR i.answered_at IS NOT NULL THEN 9223372036854775807 ELSE i.answer_by END"),
];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "i.id")];

/// Which inquiries. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in number, customer, contact, phone or the raw words.
    pub q: Option<String>,
    /// Any of these states.
    pub status: Vec<InquiryStatus>,
    /// By this way.
    pub channel: Option<Channel>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Of this representative.
    pub rep: Option<UserId>,
    /// Taken by this person, or of this representative.
    pub mine: Option<UserId>,
    /// Not dropped, and something is missing or vague.
    pub unclear: bool,
    /// An answer is promised and not given.
    pub owes_answer: bool,
    /// Of those, promised by then.
    pub answer_before: Option<Instant>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<Inquiry>("i"));

fn select(company: CompanyId, filter: &Filter) -> Select {
    let mut select = Select::new(company, &COLUMNS, "FROM inquiries i WHERE i.company_id = ?1", TIES);
    if let Some(words) = &filter.q {
        let places = ["lower(i.number)", "lower(i.customer_name)", "lower(i.contact_name)", "i.contact_phone", "lower(i.said)"];
        select.search(&places, words);
    }
    select.and_in("i.status", filter.status.iter().map(|status| status.as_str()));
    select.and_if("i.channel = ?", filter.channel.map(Channel::as_str));
    select.and_if("i.customer_id = ?", filter.customer.map(CustomerId::raw));
    select.and_if("i.rep_id = ?", filter.rep.map(UserId::raw));
    if let Some(user) = filter.mine {
        let user = Param::Int(user.raw());
        select.and("(i.taken_by = ? OR i.rep_id = ?)", [user.clone(), user]);
    }
    if filter.unclear {
        select.and("i.status <> 'dropped' AND i.missing_count + i.vague_count > 0", []);
    }
    if filter.owes_answer || filter.answer_before.is_some() {
        select.and("i.status <> 'dropped' AND i.answer_by IS NOT NULL AND i.answered_at IS NULL", []);
    }
    select.and_if("i.answer_by <= ?", filter.answer_before.map(Instant::micros));
    select
}

/// A page of inquiries.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Inquiry>, Fault> {
    select(company, filter).page(reader, page, |source| Inquiry::read(source))
}

/// The files of an inquiry, the oldest first.
///
/// # Errors
/// Any fault of the database.
pub fn attachments(reader: &Reader<'_>, company: CompanyId, id: InquiryId) -> Result<Vec<Attachment>, Fault> {
    reader.all(company, "AND subject_id = ?2 AND subject_kind = 'inquiry' ORDER BY id", &[Param::Int(id.raw())])
}

/// The id of an inquiry by its number.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, number: &str) -> Result<Option<InquiryId>, Fault> {
    let text = "SELECT id FROM inquiries WHERE company_id = ?1 AND number = ?2";
    let found = reader.one(text, &[company.raw().into(), number.into()], |source| read::<i64>(source, 0))?;
    Ok(found.map(InquiryId::from_raw))
}
