//! Lots and serial numbers over HTTP, and the way they went.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Instant, LotId, OrderId};
use serde::{Deserialize, Serialize};
use store::query::lot::{self, Filter, Step};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::product;
use crate::state::Web;
use crate::value::{Coded, MovementKindCode, Named, Numbered, QuantityJson};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

/// The filters of the list of lots.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LotQuery {
    /// Words in its number, the supplier's number or the product.
    pub q: Option<String>,
    /// Id or code of the product.
    pub product: Option<String>,
    /// Whose last day is this one or before.
    pub until: Option<String>,
    /// `true`: only what is on hand.
    pub on_hand: Option<String>,
}

/// A lot, or a piece with a serial number.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LotRow)]
pub struct LotJson {
    /// Its id.
    pub id: String,
    /// Its number.
    pub code: String,
    /// Of what.
    pub product: Coded,
    /// Day it was made.
    pub made_on: Option<String>,
    /// Its last day.
    pub expires_on: Option<String>,
    /// Number the supplier gave it, or empty.
    pub origin: String,
    /// On hand in all warehouses.
    pub on_hand: QuantityJson,
    /// When it was first seen.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

impl From<lot::Listed> for LotJson {
    fn from(row: lot::Listed) -> Self {
        let (code, name, unit) = row.product;
        LotJson {
            id: row.lot.id.to_string(),
            code: row.lot.code,
            product: Coded { id: row.lot.product_id.to_string(), code, name },
            made_on: row.lot.made_on.map(|day| day.to_string()),
            expires_on: row.lot.expires_on.map(|day| day.to_string()),
            origin: row.lot.origin,
            on_hand: QuantityJson::of(row.on_hand, &unit),
            created_at: row.lot.created_at,
        }
    }
}

impl Tabular for LotJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "lot", cell: |row| Cell::from(&row.code) },
        Column { name: "product", cell: |row| Cell::from(&row.product.code) },
        Column { name: "product_name", cell: |row| Cell::from(&row.product.name) },
        Column { name: "made_on", cell: |row| row.made_on.as_ref().map_or(Cell::Empty, Cell::from) },
        Column { name: "expires_on", cell: |row| row.expires_on.as_ref().map_or(Cell::Empty, Cell::from) },
        Column { name: "origin", cell: |row| Cell::from(&row.origin) },
        Column { name: "on_hand", cell: |row| Cell::Number(row.on_hand.value.clone()) },
        Column { name: "unit", cell: |row| Cell::from(&row.on_hand.unit) },
    ];
}

/// One step on the way of goods.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LotStep)]
pub struct StepJson {
    /// The lot it speaks of.
    pub lot: Numbered,
    /// Its product.
    pub product: Named,
    /// Steps of making away: below 0 what went into the lot, above 0 what was made of it.
    pub depth: i64,
    /// Why goods moved.
    pub kind: MovementKindCode,
    /// In, or out with a minus.
    pub quantity: QuantityJson,
    /// The first time.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// In which warehouse.
    pub warehouse: String,
    /// Kind of the paper behind it.
    pub cause: String,
    /// Its id and number.
    pub paper: Numbered,
    /// The order that was shipped.
    pub order: Option<Numbered>,
    /// The customer who got it.
    pub customer: Option<Named>,
}

impl From<Step> for StepJson {
    fn from(step: Step) -> Self {
        // Ids of every noun are written alike.
        let id = |raw: i64| OrderId::from_raw(raw).to_string();
        StepJson {
            lot: Numbered { id: step.lot_id.to_string(), number: step.lot },
            product: Named { id: step.product.0, name: step.product.1 },
            depth: step.depth,
            kind: step.kind.into(),
            quantity: QuantityJson::of(step.quantity, &step.unit),
            at: step.at,
            warehouse: step.warehouse,
            cause: step.cause_kind,
            paper: Numbered { id: id(step.cause_id), number: step.cause_number },
            order: step.order.map(|(raw, number)| Numbered { id: id(raw), number }),
            customer: step.customer.map(|(raw, name)| Named { id: id(raw), name }),
        }
    }
}

/// A lot with its whole way.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LotPage)]
pub struct LotPage {
    /// What the list shows of it.
    #[serde(flatten)]
    pub row: LotJson,
    /// From what it was made to who has it: by depth, then by time.
    pub steps: Vec<StepJson>,
}

/// Lists lots and serial numbers. Sorts: `-created_at` (usual), `code`, `expires_on`.
#[utoipa::path(get, path = "/lots", operation_id = "list_lots", tag = "lot", params(LotQuery, PageParams), responses((status = 200, body = Listed<LotJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<LotQuery>) -> Result<Response, Error> {
    by.may(Act::ViewStock)?;
    let query = asked.filter;
    let mut fields = Fields::new();
    let until = fields.optional_date("/until", query.until.as_deref());
    let on_hand = yes_or_no(&mut fields, "/on_hand", query.on_hand.as_deref()) == Some(true);
    fields.done()?;
    let product = product::filtered(&web, &by, "/product", query.product).await?;
    let filter = Filter { q: query.q, product, until, on_hand };
    let company = by.company_id;
    let sorts = Sorts { sorts: lot::SORTS, ties: lot::TIES, usual: "-created_at" };
    list::answer(&web, &by, "lots", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(lot::list(reader, company, &filter, page)?.map(LotJson::from))
    })
    .await
}

/// Shows a lot: where it came from, what it was made of, what was made of it, and which customers got any of it.
#[utoipa::path(get, path = "/lots/{id}", operation_id = "show_lot", tag = "lot", responses((status = 200, body = LotPage)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<LotPage>, Error> {
    by.may(Act::ViewStock)?;
    let company = by.company_id;
    let id: LotId = id.parse().map_err(|_| Error::not_found("lot"))?;
    let found = web.app.store.read(move |reader| Ok((lot::one(reader, company, id)?, lot::trace(reader, company, id)?))).await?;
    let row = found.0.ok_or_else(|| Error::not_found("lot"))?;
    Ok(Json(LotPage { row: row.into(), steps: found.1.into_iter().map(StepJson::from).collect() }))
}
