//! Follow-ups over HTTP; they are completed and waived as steps of their order.

use axum::extract::State;
use axum::response::Response;
use domain::{Act, FollowUpStatus};
use store::query::order::names;
use store::query::paper as query;

use super::{PaperFilter, states};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::paper::FollowUpJson;
use crate::state::Web;

impl Tabular for FollowUpJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "order", cell: |row| Cell::from(&row.order.number) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "due_on", cell: |row| Cell::from(&row.due_on) },
        Column { name: "state", cell: |row| Cell::from(&row.state.0) },
        Column { name: "score", cell: |row| Cell::from(row.score) },
        Column { name: "comment", cell: |row| Cell::from(&row.comment) },
    ];
}

/// Follow-ups, filtered and sorted.
#[utoipa::path(get, path = "/follow-ups", tag = "follow-ups", operation_id = "list_follow_ups", params(PaperFilter, PageParams),
    responses((status = 200, body = Listed<FollowUpJson>), (status = "default", body = Problem)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<PaperFilter>) -> Result<Response, Error> {
    by.may(Act::ViewFollowUp)?;
    let filter = asked.filter.read(&web, &by, &states::<FollowUpStatus>()).await?;
    let company = by.company_id;
    let sorts = Sorts { sorts: query::FOLLOW_UP_SORTS, ties: query::TIES, usual: "due_on" };
    list::answer(&web, &by, "follow-ups", (&asked.page, asked.format), sorts, move |reader, page| {
        let names = names(reader, company)?;
        Ok(query::follow_ups(reader, company, &filter, page)?.map(|row| FollowUpJson::of(&row.paper, &names)))
    })
    .await
}
