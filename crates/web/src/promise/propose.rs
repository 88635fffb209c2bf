//! All open lines promised again, by segments with a strategy each: who would be hit, and who would gain. A proposal: nothing is applied (PRM-04).

use app::promise::apply;
use axum::Json;
use axum::extract::State;
use domain::promise::{Among, Confirmed, Proposal, Segment, Shift};
use domain::{Act, Date, FieldRule};
use serde::{Deserialize, Serialize};
use store::query::promise as query;
use utoipa::ToSchema;

use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::product;
use crate::state::Web;
use crate::value::{
    ChannelCode, Coded, GradeCode, Named, Numbered, PromisePrecedenceCode, PromiseShiftCode, PromiseStrategyCode, QuantityJson,
};

/// What is asked.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PromiseProposalInput)]
pub struct ProposeInput {
    /// Id or code of the only product that is looked at; none: all.
    pub product_id: Option<String>,
    /// The segments; a line is of the first it fits, and untouched where it fits none.
    pub segments: Vec<SegmentInput>,
}

/// Lines that are served alike; what is left out holds for every line.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PromiseSegment)]
pub struct SegmentInput {
    /// Its code.
    pub code: String,
    /// Of customers of these grades.
    pub grades: Vec<GradeCode>,
    /// Through these channels.
    pub channels: Vec<ChannelCode>,
    /// Needed on this day or later.
    pub needed_from: Option<String>,
    /// Needed on this day or earlier.
    pub needed_to: Option<String>,
    /// What may be done with them.
    pub strategy: PromiseStrategyCode,
    /// In which order they are served; what is equal is served in the order of orders.
    pub order: Vec<PromisePrecedenceCode>,
}

/// So much on a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseConfirmed {
    /// The day.
    pub on: String,
    /// How much.
    pub quantity: QuantityJson,
}

/// What would become of a line.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseProposal {
    /// The order.
    pub order: Numbered,
    /// Its line.
    pub line_no: i64,
    /// For whom.
    pub customer: Named,
    /// The product.
    pub product: Coded,
    /// Code of its segment; `null`: it is of none.
    pub segment: Option<String>,
    /// How it is served.
    pub strategy: PromiseStrategyCode,
    /// The day it is needed.
    pub needed_on: String,
    /// What it has been promised.
    pub before: Vec<PromiseConfirmed>,
    /// What it would be promised.
    pub after: Vec<PromiseConfirmed>,
    /// What that is for the customer.
    pub shift: PromiseShiftCode,
    /// What its strategy promises cannot be kept.
    pub exception: bool,
}

/// What would become of all open lines.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PromiseProposals)]
pub struct ProposalsJson {
    /// Open lines that were looked at.
    pub lines: usize,
    /// Of those, better than promised.
    pub better: usize,
    /// Of those, worse, or partly worse.
    pub worse: usize,
    /// Of those, with a promise of their strategy that cannot be kept.
    pub exceptions: usize,
    /// Lines that would change or are exceptions: exceptions first, then what is worse; five hundred at the most.
    pub proposals: Vec<PromiseProposal>,
}

/// Lines that are shown.
const MOST: usize = 500;

/// Segments of a run at the most.
const MOST_SEGMENTS: usize = 50;

pub(super) fn read(input: Vec<SegmentInput>, fields: &mut Fields) -> Vec<Segment> {
    if input.is_empty() {
        fields.wrong("/segments", FieldRule::Required);
    }
    if input.len() > MOST_SEGMENTS {
        fields.wrong("/segments", FieldRule::TooMany { max: 50 });
        return Vec::new();
    }
    let mut segments: Vec<Segment> = Vec::new();
    for (at, segment) in input.into_iter().enumerate() {
        let place = |field: &str| format!("/segments/{at}/{field}");
        let code = fields.required(&place("code"), &segment.code, 40);
        if segments.iter().any(|known| known.code == code && !code.is_empty()) {
            fields.wrong(place("code"), FieldRule::Repeated);
        }
        let grades = segment.grades.iter().enumerate().map(|(i, grade)| fields.code(&place(&format!("grades/{i}")), grade)).collect();
        let channels = segment.channels.iter().enumerate().map(|(i, code)| fields.code(&place(&format!("channels/{i}")), code)).collect();
        let order = segment.order.iter().enumerate().map(|(i, code)| fields.code(&place(&format!("order/{i}")), code)).collect();
        let day = |text: &Option<String>| text.clone().filter(|day| !day.is_empty());
        let needed_from = fields.optional_date(&place("needed_from"), day(&segment.needed_from).as_deref());
        let needed_to = fields.optional_date(&place("needed_to"), day(&segment.needed_to).as_deref());
        let strategy = fields.code(&place("strategy"), &segment.strategy);
        let among = Among { grades, channels, products: Vec::new(), priority_from: None, needed_from, needed_to };
        segments.push(Segment { code, among, strategy, order });
    }
    segments
}

/// Promises all open lines again, by segments with a strategy each, and says who would be better or worse off. Changes nothing.
#[utoipa::path(post, path = "/promise/propose", tag = "promise", operation_id = "propose_promises", request_body = ProposeInput,
    responses((status = 200, body = ProposalsJson), (status = "default", body = Problem)))]
pub(super) async fn propose(State(web): State<Web>, by: By, body: Body<ProposeInput>) -> Result<Json<ProposalsJson>, Error> {
    by.may(Act::ViewStock)?;
    by.may(Act::ViewOrder)?;
    let company = by.company_id;
    let mut fields = Fields::new();
    let segments = read(body.input.segments, &mut fields);
    fields.done()?;
    let product = product::filtered(&web, &by, "/product_id", body.input.product_id.filter(|text| !text.is_empty())).await?;
    let run = apply::run(&web.app, company, product, segments).await?;
    Ok(Json(answer(&run.lines, &run.proposals)))
}

fn answer(lines: &[query::OpenRow], proposals: &[Proposal]) -> ProposalsJson {
    let count = |of: &dyn Fn(&Proposal) -> bool| proposals.iter().filter(|proposal| of(proposal)).count();
    let mut shown: Vec<(&query::OpenRow, &Proposal)> =
        lines.iter().zip(proposals).filter(|(_, proposal)| proposal.exception || proposal.shift != Shift::Same).collect();
    let rank = |shift: Shift| [Shift::Worse, Shift::Mixed, Shift::Better, Shift::Same].iter().position(|known| *known == shift);
    shown.sort_by_key(|(_, proposal)| (!proposal.exception, rank(proposal.shift)));
    ProposalsJson {
        lines: lines.len(),
        better: count(&|proposal| proposal.shift == Shift::Better),
        worse: count(&|proposal| matches!(proposal.shift, Shift::Worse | Shift::Mixed)),
        exceptions: count(&|proposal| proposal.exception),
        proposals: shown.into_iter().take(MOST).map(|(row, proposal)| one(row, proposal)).collect(),
    }
}

fn one(row: &query::OpenRow, proposal: &Proposal) -> PromiseProposal {
    let parts = |parts: &[Confirmed]| {
        let part = |part: &Confirmed| PromiseConfirmed { on: part.on.to_string(), quantity: QuantityJson::of(part.quantity, &row.unit) };
        parts.iter().map(part).collect()
    };
    let order = domain::OrderId::from_raw(row.line.source.id);
    let needed: Date = row.line.needed_on;
    PromiseProposal {
        order: Numbered { id: order.to_string(), number: row.line.source.number.clone() },
        line_no: row.line.source.line_no,
        customer: Named { id: row.customer.0.to_string(), name: row.customer.1.clone() },
        product: Coded { id: row.line.product_id.to_string(), code: row.product.0.clone(), name: row.product.1.clone() },
        segment: proposal.segment.clone(),
        strategy: proposal.strategy.into(),
        needed_on: needed.to_string(),
        before: parts(&proposal.before),
        after: parts(&proposal.after),
        shift: proposal.shift.into(),
        exception: proposal.exception,
    }
}
