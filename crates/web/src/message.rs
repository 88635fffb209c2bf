//! Messages with customers over HTTP, for the company's people.

use app::message::write::NewMessage;
use app::message::{read, settle, write};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, CustomerId, Instant, Message};
use serde::{Deserialize, Serialize};
use store::query::message::{self, About, Thread};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::{Coded, Numbered, Saved};
use crate::version::{Created, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(threads)).routes(routes!(list, create)).routes(routes!(mark_read)).routes(routes!(settle_thread))
}

/// Something that was said between a customer and the company.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Message)]
pub struct MessageJson {
    /// Its id.
    pub id: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// Said by the customer; else by the company.
    pub from_customer: bool,
    /// Who said it.
    pub author: String,
    /// What.
    pub text: String,
    /// About which order.
    pub order: Option<Numbered>,
    /// About which quotation.
    pub quotation: Option<Numbered>,
}

impl From<Message> for MessageJson {
    fn from(message: Message) -> Self {
        let (number, quoted) = (message.order_number, message.quotation_number);
        MessageJson {
            id: message.id.to_string(),
            at: message.at,
            from_customer: message.from_customer,
            author: message.author,
            text: message.text,
            order: message.order_id.map(|id| Numbered { id: id.to_string(), number }),
            quotation: message.quotation_id.map(|id| Numbered { id: id.to_string(), number: quoted }),
        }
    }
}

/// Messages with one customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MessageThread)]
pub struct ThreadJson {
    /// With whom.
    pub customer: Coded,
    /// What was said last.
    pub last: MessageJson,
    /// Since when the customer waits for an answer; `null`: it does not.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub waiting_since: Option<Instant>,
    /// Whether nobody of the company has read the last yet.
    pub unread: bool,
}

impl From<Thread> for ThreadJson {
    fn from(found: Thread) -> Self {
        let Thread { thread, customer_code, customer_name, last } = found;
        ThreadJson {
            customer: Coded { id: thread.customer_id.to_string(), code: customer_code, name: customer_name },
            unread: thread.company_read_at.is_none_or(|read| read < thread.last_at),
            waiting_since: thread.waiting_since,
            last: last.into(),
        }
    }
}

impl Tabular for ThreadJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "last_at", cell: |row| row.last.at.into() },
        Column { name: "author", cell: |row| Cell::from(&row.last.author) },
        Column { name: "text", cell: |row| Cell::from(&row.last.text) },
        Column { name: "waiting_since", cell: |row| row.waiting_since.into() },
    ];
}

/// The filters of the list of threads.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ThreadQuery {
    /// `true`: only those whose customer waits for an answer.
    pub waiting: Option<String>,
}

/// Lists the customers that messages were exchanged with. Sorts: `-last_at` (usual), `waiting_since`.
#[utoipa::path(get, path = "/message-threads", operation_id = "list_message_threads", tag = "message", params(ThreadQuery, PageParams),
    responses((status = 200, body = Listed<ThreadJson>)))]
async fn threads(State(web): State<Web>, by: By, asked: Asked<ThreadQuery>) -> Result<Response, Error> {
    by.may(Act::ViewCustomer)?;
    let mut fields = Fields::new();
    let waiting = yes_or_no(&mut fields, "/waiting", asked.filter.waiting.as_deref()) == Some(true);
    fields.done()?;
    let company = by.company_id;
    let sorts = Sorts { sorts: message::SORTS, ties: message::TIES, usual: "-last_at" };
    list::answer(&web, &by, "messages", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(message::threads(reader, company, waiting, page)?.map(ThreadJson::from))
    })
    .await
}

/// The filters of the list of messages.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessageQuery {
    /// Id of the order they are about.
    pub order: Option<String>,
    /// Number of the quotation they are about, whichever version.
    pub quotation: Option<String>,
}

fn customer_of(id: &str) -> Result<CustomerId, Error> {
    id.parse().map_err(|_| Error::not_found("customer"))
}

/// Lists what was said with a customer, the last first.
#[utoipa::path(get, path = "/customers/{id}/messages", operation_id = "list_messages", tag = "message", params(MessageQuery, PageParams),
    responses((status = 200, body = Listed<MessageJson>)))]
async fn list(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    asked: Asked<MessageQuery>,
) -> Result<Json<Listed<MessageJson>>, Error> {
    by.may(Act::ViewCustomer)?;
    let customer = customer_of(&id)?;
    let mut fields = Fields::new();
    let order = fields.optional_id("/order", asked.filter.order.as_deref());
    fields.done()?;
    let quotation = asked.filter.quotation.clone();
    let page = asked.page.page(message::MESSAGE_SORTS, message::MESSAGE_TIES, "-at")?;
    let (company, wanted) = (by.company_id, page.clone());
    let found = web
        .app
        .store
        .read(move |reader| message::messages(reader, company, customer, About { order, quotation: quotation.as_deref() }, &wanted))
        .await?;
    Ok(Json(list::listed(&page, found.map(MessageJson::from))))
}

/// Something to say.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = MessageInput)]
#[serde(deny_unknown_fields, default)]
pub struct MessageBody {
    /// Id of the order it is about.
    pub order_id: Option<String>,
    /// Id of a version of the quotation it is about; whoever has its link reads it too.
    pub quotation_id: Option<String>,
    /// What.
    pub text: String,
}

impl MessageBody {
    /// As the use case takes it.
    pub(crate) fn read(&self) -> Result<NewMessage, Error> {
        let mut fields = Fields::new();
        let order = fields.optional_id("/order_id", self.order_id.as_deref());
        let quotation = fields.optional_id("/quotation_id", self.quotation_id.as_deref());
        let text = fields.text("/text", &self.text, 2000);
        fields.done()?;
        Ok(NewMessage { order, quotation, text })
    }
}

/// What was said.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MessageSaid)]
pub struct SaidJson {
    /// Its id.
    pub id: String,
}

/// Says something to a customer, who reads it at the portal.
#[utoipa::path(post, path = "/customers/{id}/messages", operation_id = "create_message", tag = "message", request_body = MessageBody,
    responses((status = 201, body = SaidJson), (status = "default", body = Problem)))]
async fn create(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<MessageBody>) -> Result<Created<SaidJson>, Error> {
    by.may(Act::WriteMessage)?;
    let customer = customer_of(&id)?;
    let new = body.input.read()?;
    let said = web.app.command(&by, body.replay, move |work, by| write::write(work, by, customer, &new)).await?;
    Ok(Created { location: format!("/api/v1/customers/{customer}/messages"), version: 1, body: SaidJson { id: said.id } })
}

/// Up to when was read.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = MessagesRead)]
#[serde(deny_unknown_fields, default)]
pub struct ReadBody {
    /// Time of the last message that was seen; now where left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub upto: Option<String>,
}

impl ReadBody {
    /// As an instant.
    pub(crate) fn read(&self, now: Instant) -> Result<Instant, Error> {
        let mut fields = Fields::new();
        let upto = fields.optional_instant("/upto", self.upto.as_deref());
        fields.done()?;
        Ok(upto.unwrap_or(now))
    }
}

/// Whether something was new.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MessagesSeen {
    /// Nobody of this side had read it before.
    pub news: bool,
}

/// Notes that somebody of the company has read what a customer said.
#[utoipa::path(post, path = "/customers/{id}/messages/read", operation_id = "read_messages", tag = "message", request_body = ReadBody,
    responses((status = 200, body = MessagesSeen), (status = "default", body = Problem)))]
async fn mark_read(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<ReadBody>) -> Result<Json<MessagesSeen>, Error> {
    by.may(Act::ViewCustomer)?;
    let (customer, upto) = (customer_of(&id)?, body.input.read(web.now())?);
    let news = web.app.command(&by, body.replay, move |work, by| read::read(work, by, customer, upto)).await?;
    Ok(Json(MessagesSeen { news }))
}

/// Says that what a customer said needs no answer here.
#[utoipa::path(post, path = "/customers/{id}/messages/settle", operation_id = "settle_messages", tag = "message", request_body = Empty,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn settle_thread(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<Empty>) -> Result<Tagged<Saved>, Error> {
    by.may(Act::WriteMessage)?;
    let customer = customer_of(&id)?;
    let saved = web.app.command(&by, body.replay, move |work, by| settle::settle(work, by, customer)).await?;
    Ok(Tagged::saved(saved))
}
