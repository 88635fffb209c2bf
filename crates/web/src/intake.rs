//! Orders from text over HTTP: a message is read without effect, and confirmed it becomes a draft (INT-05).

mod json;
mod learned;
mod model;

use app::intake::{Correction, Source, confirm};
use axum::Json;
use axum::extract::State;
use domain::intake::{LearnedKind, MESSAGE_MAX, VagueField, read};
use domain::{Act, FieldRule};
use serde::{Deserialize, Serialize};
use store::query::intake;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::order::input::OrderInputJson;
use crate::order::state::OrderStateJson;
use crate::order::today;
use crate::secret;
use crate::state::Web;
use crate::value::{IntakeFieldCode, IntakeKindCode};
use crate::version::Created;
use json::{ModelJson, ReadingJson};
pub use model::LanguageModel;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(read_message)).routes(routes!(confirm_message)).merge(learned::routes())
}

/// A message to be read.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = IntakeMessage)]
pub struct MessageJson {
    /// The message as it was pasted: an e-mail with its head, or a chat. Up to 20,000 characters.
    pub text: String,
    /// The day it came in, from which "tomorrow" is counted; today.
    pub received_on: Option<String>,
    /// Not to be shown to the language model, where one is configured.
    pub without_model: bool,
}

fn checked(fields: &mut Fields, pointer: &str, text: &str) {
    if text.trim().is_empty() {
        fields.wrong(pointer, FieldRule::Required);
    } else if text.chars().count() > MESSAGE_MAX {
        fields.wrong(pointer, FieldRule::TooLong { max: i64::try_from(MESSAGE_MAX).unwrap_or(i64::MAX) });
    }
}

/// Reads a message: who orders what, how much and for when, how sure each of it is and from which words it was read. Nothing is kept.
///
/// A language model reads along where one is configured (`shundan serve --language-model`); what it says counts only as far as it stands in
/// the message, and where it does not answer, the rules read alone.
#[utoipa::path(post, path = "/intake/read", tag = "intake", operation_id = "read_message", request_body = MessageJson,
    responses((status = 200, body = ReadingJson), (status = "default", body = Problem)))]
async fn read_message(State(web): State<Web>, by: By, body: Body<MessageJson>) -> Result<Json<ReadingJson>, Error> {
    by.may(Act::CreateOrder)?;
    let mut fields = Fields::new();
    checked(&mut fields, "/text", &body.input.text);
    let received_on = fields.optional_date("/received_on", body.input.received_on.as_deref());
    fields.done()?;
    let received_on = match received_on {
        Some(day) => day,
        None => today(&web, &by).await?,
    };
    let company = by.company_id;
    let MessageJson { text, without_model, .. } = body.input;
    let (suggestion, model) = match web.options.language_model.as_ref().filter(|_| !without_model) {
        Some(model) => {
            let read = model.read(&web.caller, &text, received_on).await;
            let problem = read.as_ref().err().cloned().unwrap_or_default();
            (read.ok(), Some(ModelJson { name: model.name.clone(), problem }))
        }
        None => (None, None),
    };
    let answer = web.app.store.read(move |reader| {
        let mut reading = read(&text, received_on);
        if let Some(said) = &suggestion {
            reading = reading.advised(said);
        }
        let found = intake::candidates(reader, company, &reading.asked())?;
        let settled = reading.settle(&found.customers, &found.products, &found.learned);
        Ok(ReadingJson { model: model.clone(), ..ReadingJson::of(&reading, &settled, &found, received_on) })
    });
    Ok(Json(answer.await?))
}

/// A correction of what was read.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = IntakeCorrection)]
pub struct CorrectionJson {
    /// What the words name.
    pub kind: IntakeKindCode,
    /// The words, as the reading gave them.
    pub said: String,
    /// Id or code of the product or customer, or the unit.
    pub means: String,
    /// Only where this customer says so; else whoever says so.
    pub only_this_customer: bool,
}

/// A vague word that stays open.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = IntakeOpenPoint)]
pub struct OpenPointJson {
    /// Which field it leaves open.
    pub field: IntakeFieldCode,
    /// The word.
    pub said: String,
}

/// What a person confirmed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = IntakeConfirmation)]
pub struct ConfirmationJson {
    /// The message, kept with the order.
    pub text: String,
    /// The order, as corrected; mistakes are told at its fields: `/lines/0/quantity`.
    pub order: OrderInputJson,
    /// What was corrected, to be known the next time.
    pub corrections: Vec<CorrectionJson>,
    /// Vague words that stay open; each becomes a question about its field. One about the day is left out where the order has a day.
    pub vague: Vec<OpenPointJson>,
}

/// Corrections and open points at once at the most.
const MOST: usize = 200;

/// Makes a draft of a message that a person confirmed: the message is kept as its file, corrections are learned.
#[utoipa::path(post, path = "/intake/confirm", tag = "intake", operation_id = "confirm_message", request_body = ConfirmationJson,
    responses((status = 201, body = OrderStateJson), (status = "default", body = Problem)))]
async fn confirm_message(State(web): State<Web>, by: By, body: Body<ConfirmationJson>) -> Result<Created<OrderStateJson>, Error> {
    by.may(Act::CreateOrder)?;
    let Body { input: sent, replay } = body;
    let mut fields = Fields::new();
    checked(&mut fields, "/text", &sent.text);
    let input = sent.order.read(&mut fields, "");
    for (pointer, count) in [("/corrections", sent.corrections.len()), ("/vague", sent.vague.len())] {
        if count > MOST {
            fields.wrong(pointer, FieldRule::TooMany { max: 200 });
        }
    }
    let corrections = sent.corrections.into_iter().enumerate().take(MOST).map(|(place, one)| Correction {
        kind: fields.code::<LearnedKind>(&format!("/corrections/{place}/kind"), &one.kind),
        said: one.said,
        means: one.means,
        only_this_customer: one.only_this_customer,
    });
    let corrections: Vec<Correction> = corrections.collect();
    let vague = sent.vague.into_iter().enumerate().take(MOST);
    let vague: Vec<(VagueField, String)> =
        vague.map(|(place, one)| (fields.code(&format!("/vague/{place}/field"), &one.field), one.said)).collect();
    fields.done()?;
    let today = today(&web, &by).await?;
    let source = Source { sha256: secret::sha256(sent.text.as_bytes()), text: sent.text, corrections, vague };
    let state = web.app.command(&by, replay, move |work, by| confirm::confirm(work, by, &input, &source)).await?;
    let body = OrderStateJson::of(&state, today);
    Ok(Created { location: format!("/api/v1/orders/{}", body.id), version: body.version, body })
}
