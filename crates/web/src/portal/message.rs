//! Messages at the portal: what the customer's people and the company said to each other (INT-07).

use app::message::{read, write};
use axum::Json;
use axum::extract::State;
use domain::{Message, MessageThread};
use serde::Serialize;
use store::query::message::{self, About};
use utoipa::ToSchema;

use super::person::Person;
use super::session::company_of;
use crate::body::Body;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams};
use crate::message::{MessageBody, MessageJson, MessageQuery, MessagesSeen, ReadBody, SaidJson};
use crate::state::Web;
use crate::version::Created;

/// Lists what was said, the last first. Who of the company said it is not told.
#[utoipa::path(get, path = "/portal/messages", operation_id = "list_portal_messages", tag = "portal", security(("portal" = [])),
    params(MessageQuery, PageParams), responses((status = 200, body = Listed<MessageJson>)))]
pub(super) async fn list(State(web): State<Web>, person: Person, asked: Asked<MessageQuery>) -> Result<Json<Listed<MessageJson>>, Error> {
    let mut fields = Fields::new();
    let order = fields.optional_id("/order", asked.filter.order.as_deref());
    fields.done()?;
    let quotation = asked.filter.quotation.clone();
    let page = asked.page.page(message::MESSAGE_SORTS, message::MESSAGE_TIES, "-at")?;
    let (company, customer, wanted) = (person.company_id, person.customer.id, page.clone());
    let name = company_of(&web, &person).await?.name;
    let found = web
        .app
        .store
        .read(move |reader| message::messages(reader, company, customer, About { order, quotation: quotation.as_deref() }, &wanted))
        .await?;
    let shown = |said: Message| {
        let author = if said.from_customer { said.author.clone() } else { name.clone() };
        MessageJson { author, ..said.into() }
    };
    Ok(Json(list::listed(&page, found.map(shown))))
}

/// Says something to the company.
#[utoipa::path(post, path = "/portal/messages", operation_id = "create_portal_message", tag = "portal", security(("portal" = [])),
    request_body = MessageBody, responses((status = 201, body = SaidJson), (status = "default", body = Problem)))]
pub(super) async fn create(State(web): State<Web>, person: Person, body: Body<MessageBody>) -> Result<Created<SaidJson>, Error> {
    let new = body.input.read()?;
    let said = web.app.command(&person, body.replay, move |work, by| write::write_as_customer(work, by, &new)).await?;
    Ok(Created { location: "/api/v1/portal/messages".to_owned(), version: 1, body: SaidJson { id: said.id } })
}

/// How the messages stand.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalMessages {
    /// Whether the company said something that nobody of the customer has read yet.
    pub unread: bool,
    /// Whether something waits for the company's answer.
    pub waiting: bool,
}

/// Tells whether there is something new.
#[utoipa::path(get, path = "/portal/messages/state", operation_id = "show_portal_messages", tag = "portal", security(("portal" = [])),
    responses((status = 200, body = PortalMessages)))]
pub(super) async fn state(State(web): State<Web>, person: Person) -> Result<Json<PortalMessages>, Error> {
    let (company, customer) = (person.company_id, person.customer.id);
    let thread = web.app.store.read(move |reader| reader.get::<MessageThread>(company, customer)).await?;
    let is_unread = |thread: &MessageThread| thread.customer_read_at.is_none_or(|read| read < thread.last_at);
    Ok(Json(PortalMessages {
        unread: thread.as_ref().is_some_and(is_unread),
        waiting: thread.is_some_and(|thread| thread.waiting_since.is_some()),
    }))
}

/// Notes that somebody of the customer has read what the company said.
#[utoipa::path(post, path = "/portal/messages/read", operation_id = "read_portal_messages", tag = "portal", security(("portal" = [])),
    request_body = ReadBody, responses((status = 200, body = MessagesSeen), (status = "default", body = Problem)))]
pub(super) async fn mark_read(State(web): State<Web>, person: Person, body: Body<ReadBody>) -> Result<Json<MessagesSeen>, Error> {
    let upto = body.input.read(web.now())?;
    let news = web.app.command(&person, body.replay, move |work, by| read::read_as_customer(work, by, upto)).await?;
    Ok(Json(MessagesSeen { news }))
}
