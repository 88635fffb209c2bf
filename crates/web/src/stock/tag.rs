//! Reads of radio tags over HTTP.

use app::stock::read_tags::{Seen, TagRead, read_tags};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::{Act, Instant};
use serde::{Deserialize, Serialize};
use store::query::stock::sighting;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::{Coded, Numbered};

/// The addresses of reads.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list_reads, tell))
}

/// What a reader tells.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TagReadsInput {
    /// Which reader; one that is named like a bin books into it what it sees.
    pub reader: String,
    /// What it read, at most 1,000.
    pub reads: Vec<TagReadInput>,
}

/// One read.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TagReadInput {
    /// What the tag says: a serial number or the number of a lot.
    pub tag: String,
    /// When; now where left out.
    pub at: String,
}

/// What came of the reads.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TagsSeen)]
pub struct SeenJson {
    /// Reads that were told.
    pub reads: i64,
    /// Tags that came anew; reads within five seconds of the one before repeat it.
    pub visits: i64,
    /// Places of goods that were booked into the reader's bin.
    pub moved: i64,
    /// Tags that name no lot and no piece.
    pub unknown: Vec<String>,
}

impl From<Seen> for SeenJson {
    fn from(seen: Seen) -> Self {
        let Seen { reads, visits, moved, unknown } = seen;
        SeenJson { reads, visits, moved, unknown }
    }
}

/// Takes what a reader of radio tags read. Reads of a tag within seconds are one visit; a reader that is named like a bin books goods into it.
#[utoipa::path(post, path = "/stock/reads", operation_id = "tell_tag_reads", tag = "stock", request_body = TagReadsInput, responses((status = 200, body = SeenJson)))]
async fn tell(State(web): State<Web>, by: By, body: Body<TagReadsInput>) -> Result<Json<SeenJson>, Error> {
    by.may(Act::MoveStock)?;
    let Body { input, replay } = body;
    let now = web.now();
    let mut fields = Fields::new();
    let reader = fields.required("/reader", &input.reader, 60);
    let mut reads = Vec::with_capacity(input.reads.len());
    for (place, read) in input.reads.iter().enumerate() {
        let at = fields.optional_instant(&format!("/reads/{place}/at"), Some(read.at.as_str())).unwrap_or(now);
        reads.push(TagRead { tag: fields.required(&format!("/reads/{place}/tag"), &read.tag, 96), at });
    }
    fields.done()?;
    let seen = web.app.command(&by, replay, move |work, by| read_tags(work, by, &reader, &reads)).await?;
    Ok(Json(seen.into()))
}

/// The filters of what readers saw.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReadsQuery {
    /// Words in tag or reader.
    pub q: Option<String>,
}

/// A tag as one reader last saw it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TagSighting)]
pub struct SightingJson {
    /// Its id.
    pub id: String,
    /// Which reader.
    pub reader: String,
    /// What the tag says.
    pub tag: String,
    /// The lot or piece it names.
    pub lot: Option<Numbered>,
    /// Its product.
    pub product: Option<Coded>,
    /// When it was first read there.
    #[schema(value_type = String, format = DateTime)]
    pub first_at: Instant,
    /// When it was last read there.
    #[schema(value_type = String, format = DateTime)]
    pub last_at: Instant,
    /// How often it was read.
    pub reads: i64,
    /// How often it came.
    pub visits: i64,
}

impl From<sighting::Listed> for SightingJson {
    fn from(row: sighting::Listed) -> Self {
        let seen = row.sighting;
        let (lot, product) = row.lot.map(|lot| (Numbered { id: lot.0.to_string(), number: seen.tag.clone() }, lot.1)).unzip();
        SightingJson {
            id: seen.id.to_string(),
            reader: seen.reader,
            tag: seen.tag,
            lot,
            product: product.map(|(id, code, name)| Coded { id: id.to_string(), code, name }),
            first_at: seen.first_at,
            last_at: seen.last_at,
            reads: seen.reads,
            visits: seen.visits,
        }
    }
}

impl Tabular for SightingJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "reader", cell: |row| Cell::from(&row.reader) },
        Column { name: "tag", cell: |row| Cell::from(&row.tag) },
        Column { name: "product", cell: |row| row.product.as_ref().map_or(Cell::Empty, |product| Cell::from(&product.code)) },
        Column { name: "first_at", cell: |row| row.first_at.into() },
        Column { name: "last_at", cell: |row| row.last_at.into() },
        Column { name: "reads", cell: |row| Cell::from(row.reads) },
        Column { name: "visits", cell: |row| Cell::from(row.visits) },
    ];
}

/// Lists tags as each reader last saw them. Sort: `-last_at` (usual).
#[utoipa::path(get, path = "/stock/reads", operation_id = "list_tag_reads", tag = "stock", params(ReadsQuery, PageParams), responses((status = 200, body = Listed<SightingJson>)))]
async fn list_reads(State(web): State<Web>, by: By, asked: Asked<ReadsQuery>) -> Result<Response, Error> {
    by.may(Act::ViewStock)?;
    let (company, words) = (by.company_id, asked.filter.q);
    let sorts = Sorts { sorts: sighting::SORTS, ties: sighting::TIES, usual: "-last_at" };
    list::answer(&web, &by, "tag-reads", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(sighting::list(reader, company, words.as_deref(), page)?.map(SightingJson::from))
    })
    .await
}
