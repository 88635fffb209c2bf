//! Delivery notes over HTTP.

use app::shipment::deliver as use_case;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Attachment, AttachmentId, Shipment, ShipmentId, ShipmentLine, ShipmentStatus, Warehouse};
use serde::{Deserialize, Serialize};
use store::UnitOfWork;
use store::query::order::names;
use store::query::paper as query;
use utoipa::ToSchema;

use super::{PaperFilter, states};
use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::named;
use crate::order::paper::ShipmentJson;
use crate::order::step::{CountedJson, Stepped, run};
use crate::state::Web;
use crate::version::{MaybeMatching, Tagged};

impl Tabular for ShipmentJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "order", cell: |row| Cell::from(&row.order.number) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "shipped_on", cell: |row| Cell::from(&row.shipped_on) },
        Column { name: "carrier", cell: |row| Cell::from(&row.carrier) },
        Column { name: "tracking", cell: |row| Cell::from(&row.tracking) },
        Column { name: "delivered_on", cell: |row| Cell::from(row.delivered_on.as_deref().unwrap_or_default()) },
        Column { name: "signer", cell: |row| Cell::from(&row.signer) },
    ];
}

/// Delivery notes, filtered and sorted; lines and files only on the page of one.
#[utoipa::path(get, path = "/shipments", tag = "shipments", operation_id = "list_shipments", params(PaperFilter, PageParams),
    responses((status = 200, body = Listed<ShipmentJson>), (status = "default", body = Problem)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<PaperFilter>) -> Result<Response, Error> {
    by.may(Act::ViewShipment)?;
    let filter = asked.filter.read(&web, &by, &states::<ShipmentStatus>()).await?;
    let company = by.company_id;
    let sorts = Sorts { sorts: query::SHIPMENT_SORTS, ties: query::TIES, usual: "-created_at" };
    list::answer(&web, &by, "shipments", (&asked.page, asked.format), sorts, move |reader, page| {
        let names = names(reader, company)?;
        let found = query::shipments(reader, company, &filter, page)?;
        Ok(found.map(|row| ShipmentJson::of(&row.paper, &[], None, &[], &names)))
    })
    .await
}

/// The delivery note that an id or a number in the address names.
async fn which(web: &Web, by: &By, reference: &str) -> Result<ShipmentId, Error> {
    named(web, by, reference, query::id_of::<Shipment, ShipmentId>).await?.ok_or_else(|| Error::not_found("shipment"))
}

/// A delivery note with its lines and files.
#[utoipa::path(get, path = "/shipments/{id}", tag = "shipments", operation_id = "get_shipment",
    params(("id" = String, Path, description = "Id or number of the delivery note")),
    responses((status = 200, body = ShipmentJson), (status = "default", body = Problem)))]
pub(super) async fn read(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<ShipmentJson>, Error> {
    by.may(Act::ViewShipment)?;
    let id = which(&web, &by, &id).await?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| {
        let Some(note) = reader.get::<Shipment>(company, id)? else { return Ok(None) };
        let lines: Vec<ShipmentLine> = reader.all(company, "AND shipment_id = ?2 ORDER BY line_no", &[id.raw().into()])?;
        let files: Vec<Attachment> = reader.all(company, "AND subject_id = ?2 ORDER BY id", &[id.raw().into()])?;
        let warehouse = reader.get::<Warehouse>(company, note.warehouse_id)?;
        Ok(Some(ShipmentJson::of(&note, &lines, warehouse.as_ref(), &files, &names(reader, company)?)))
    });
    let note = found.await?.ok_or_else(|| Error::not_found("shipment"))?;
    Ok(Tagged(note.version, note))
}

/// What the customer signed for.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = Delivery)]
pub struct DeliverJson {
    /// Day it was signed for; today.
    pub delivered_on: Option<String>,
    /// Who signed.
    pub signer: String,
    /// What was written down.
    pub note: String,
    /// What was counted; all accepted.
    pub lines: Option<Vec<CountedJson>>,
    /// Ids of photos or scans uploaded before.
    pub attachment_ids: Vec<String>,
}

/// Records that a delivery note was signed for.
#[utoipa::path(post, path = "/shipments/{id}/deliver", tag = "shipments", operation_id = "deliver_shipment", request_body = DeliverJson,
    params(("id" = String, Path, description = "Id or number of the delivery note")),
    responses((status = 200, body = crate::order::state::OrderStateJson), (status = "default", body = Problem)))]
pub(super) async fn deliver(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<DeliverJson>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let (mut fields, mut units) = (Fields::new(), Vec::new());
    let lines = input.lines.as_ref();
    let counted = lines.map(|lines| lines.iter().enumerate().map(|(place, line)| line.read(&mut fields, &mut units, place)).collect());
    let files = input.attachment_ids.iter().enumerate();
    let said = use_case::Delivery {
        delivered_on: fields.optional_date("/delivered_on", input.delivered_on.as_deref()),
        signer: input.signer.trim().to_owned(),
        note: input.note.trim().to_owned(),
        counted,
        attachments: files.map(|(place, file)| fields.id::<AttachmentId>(&format!("/attachment_ids/{place}"), file)).collect(),
    };
    fields.done()?;
    let deliver = move |work: &mut UnitOfWork, by: &domain::Actor| {
        let state = use_case::deliver(work, by, id, version, &said)?;
        app::order::unit::fit_shipment(work, id, &units)?;
        Ok(state)
    };
    run(&web, &by, replay, deliver).await
}
