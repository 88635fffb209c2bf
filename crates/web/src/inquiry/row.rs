//! The list of inquiries, and those that wait for somebody.

use std::collections::{BTreeMap, HashMap};

use axum::extract::State;
use axum::response::Response;
use domain::{Act, Actor, Channel, Clock, CustomerId, Inquiry, InquiryStatus, Instant, UserId};
use serde::{Deserialize, Serialize};
use store::query::clock;
use store::query::inquiry::{self as query, Filter, SORTS, TIES};
use store::query::list::Page;
use store::query::order::names;
use store::{Fault, Reader};
use utoipa::{IntoParams, ToSchema};

use crate::by::By;
use crate::clock::ClockChip;
use crate::customer;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::{ChannelCode, InquiryStatusCode, Named};

/// An inquiry in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(missing_docs)]
pub struct InquiryRow {
    pub id: String,
    pub version: i64,
    pub number: String,
    pub status: InquiryStatusCode,
    /// Id of the customer; `null`: one without a file yet.
    pub customer_id: Option<String>,
    pub customer_name: String,
    pub contact_name: String,
    pub contact_phone: String,
    pub channel: ChannelCode,
    #[schema(format = DateTime)]
    pub received_at: String,
    pub taken_by: Named,
    pub rep: Option<Named>,
    /// The beginning of the raw words.
    pub said: String,
    /// Required items that are missing.
    pub missing: i64,
    /// Items that are vague.
    pub vague: i64,
    /// When the customer was promised an answer.
    #[schema(format = DateTime)]
    pub answer_by: Option<String>,
    #[schema(format = DateTime)]
    pub answered_at: Option<String>,
    /// The clock that runs on it.
    pub clock: Option<ClockChip>,
    /// Id of the quotation that was made from it last.
    pub quotation_id: Option<String>,
    /// Id of the order that was made from it last.
    pub order_id: Option<String>,
}

impl Tabular for InquiryRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer_name) },
        Column { name: "contact_name", cell: |row| Cell::from(&row.contact_name) },
        Column { name: "contact_phone", cell: |row| Cell::from(&row.contact_phone) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "channel", cell: |row| Cell::from(&row.channel.0) },
        Column { name: "received_at", cell: |row| Cell::from(&row.received_at) },
        Column { name: "said", cell: |row| Cell::from(&row.said) },
        Column { name: "missing", cell: |row| Cell::from(row.missing) },
        Column { name: "vague", cell: |row| Cell::from(row.vague) },
        Column { name: "answer_by", cell: |row| Cell::from(&row.answer_by.clone().unwrap_or_default()) },
        Column { name: "rep", cell: |row| Cell::from(&row.rep.as_ref().map(|rep| rep.name.clone()).unwrap_or_default()) },
    ];
}

/// Characters of the raw words in a list.
const SHOWN: usize = 120;

impl InquiryRow {
    fn of(one: &Inquiry, names: &BTreeMap<UserId, String>, clocks: &HashMap<i64, Vec<Clock>>, by: &Actor) -> Self {
        let user = |id: UserId| Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() };
        InquiryRow {
            id: one.id.to_string(),
            version: one.version.raw(),
            number: one.number.clone(),
            status: one.status.into(),
            customer_id: one.customer_id.map(|id| id.to_string()),
            customer_name: one.customer_name.clone(),
            contact_name: one.contact_name.clone(),
            contact_phone: one.contact_phone.clone(),
            channel: one.channel.into(),
            received_at: one.received_at.to_string(),
            taken_by: user(one.taken_by),
            rep: one.rep_id.map(user),
            said: one.said.chars().take(SHOWN).collect(),
            missing: one.missing_count,
            vague: one.vague_count,
            answer_by: one.answer_by.map(|at| at.to_string()),
            answered_at: one.answered_at.map(|at| at.to_string()),
            clock: clocks.get(&one.id.raw()).and_then(|clocks| clocks.first()).map(|clock| ClockChip::of(clock, by.language)),
            quotation_id: one.quotation_id.map(|id| id.to_string()),
            order_id: one.order_id.map(|id| id.to_string()),
        }
    }
}

/// The clocks that run on these.
fn clocks(reader: &Reader<'_>, by: &Actor, all: &[Inquiry]) -> Result<HashMap<i64, Vec<Clock>>, Fault> {
    let ids: Vec<i64> = all.iter().map(|one| one.id.raw()).collect();
    clock::of_subjects(reader, by.company_id, &ids)
}

/// What may be filtered by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct InquiryQuery {
    /// Words in number, customer, contact, phone or the raw words.
    pub q: Option<String>,
    /// States, joined by commas.
    pub status: Option<String>,
    /// The way it came.
    pub channel: Option<String>,
    /// Id or code of the customer.
    pub customer: Option<String>,
    /// Id of the sales representative.
    pub rep: Option<String>,
    /// `true`: taken by the caller, or of the caller as representative.
    pub mine: Option<String>,
    /// `true`: something is missing or vague.
    pub unclear: Option<String>,
    /// `true`: an answer is promised and not given.
    pub answer_due: Option<String>,
}

/// Inquiries, filtered and sorted. Sorts: `received_at` (usual, newest first), `number`, `answer_by`.
#[utoipa::path(get, path = "/inquiries", tag = "inquiries", operation_id = "list_inquiries", params(InquiryQuery, PageParams),
    responses((status = 200, body = Listed<InquiryRow>), (status = "default", body = Problem)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<InquiryQuery>) -> Result<Response, Error> {
    by.may(Act::ViewInquiry)?;
    let sent = asked.filter;
    let mut fields = Fields::new();
    let status = codes::<InquiryStatus>(&mut fields, "/status", sent.status.as_deref());
    let channel = codes::<Channel>(&mut fields, "/channel", sent.channel.as_deref()).first().copied();
    let mut yes = |pointer: &str, text: &Option<String>| yes_or_no(&mut fields, pointer, text.as_deref()) == Some(true);
    let (mine, unclear, owes_answer) = (yes("/mine", &sent.mine), yes("/unclear", &sent.unclear), yes("/answer_due", &sent.answer_due));
    let rep = fields.optional_id::<UserId>("/rep", sent.rep.as_deref());
    fields.done()?;
    let customer: Option<CustomerId> = customer::filtered(&web, &by, "/customer", sent.customer).await?;
    let mine = mine.then_some(by.user_id);
    let filter = Filter { q: sent.q, status, channel, customer, rep, mine, unclear, owes_answer, answer_before: None };
    let actor = by.actor.clone();
    let sorts = Sorts { sorts: SORTS, ties: TIES, usual: "-received_at" };
    list::answer(&web, &by, "inquiries", (&asked.page, asked.format), sorts, move |reader, page| {
        let names = names(reader, actor.company_id)?;
        let found = query::list(reader, actor.company_id, &filter, page)?;
        let clocks = clocks(reader, &actor, &found.rows)?;
        Ok(found.map(|one| InquiryRow::of(&one, &names, &clocks, &actor)))
    })
    .await
}

/// Inquiries that wait for the caller: of the caller's own those that are open, and those that owe an answer; of everybody's those whose answer is
/// late. What was promised the soonest comes first.
pub(crate) fn waiting(reader: &Reader<'_>, by: &Actor, now: Instant, limit: i64) -> Result<Vec<InquiryRow>, Fault> {
    if by.may(Act::CreateInquiry).is_err() {
        return Ok(Vec::new());
    }
    let page = Page { sort: SORTS[2], descending: false, after: None, limit };
    let mine = Some(by.user_id);
    let mut found: Vec<Inquiry> = Vec::new();
    for filter in [
        Filter { answer_before: Some(now), ..Filter::default() },
        Filter { owes_answer: true, mine, ..Filter::default() },
        Filter { status: vec![InquiryStatus::Open], mine, ..Filter::default() },
    ] {
        found.extend(query::list(reader, by.company_id, &filter, &page)?.rows);
    }
    found.sort_by_key(|one| (!one.owes_answer(), one.answer_by, one.id));
    found.dedup_by_key(|one| one.id);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let names = names(reader, by.company_id)?;
    let clocks = clocks(reader, by, &found)?;
    Ok(found.iter().map(|one| InquiryRow::of(one, &names, &clocks, by)).collect())
}
