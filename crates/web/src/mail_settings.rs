//! The server for e-mail over HTTP.

use app::mail_settings::edit::edit as edit_mail;
use app::notify::words::{Told, words};
use axum::Json;
use axum::extract::State;
use domain::notify::{MAIL, MailSecurity, MailSettings, NotifyRejection};
use domain::{Act, FieldRule, User};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::fields::Fields;
use crate::sending::{Known, Letter, send_mail};
use crate::state::Web;
use crate::value::{MailSecurityCode, Saved};
use crate::version::{Matching, Tagged};
use crate::webhook::Tested;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(show, edit)).routes(routes!(test))
}

/// Through which server e-mail goes out.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MailSettings)]
pub struct MailJson {
    /// Raised by every change; 0 where nothing was said yet.
    pub version: i64,
    /// Whether e-mail is sent at all.
    pub active: bool,
    /// Name of the server.
    pub host: String,
    /// Its port.
    pub port: i64,
    /// How the connection is protected.
    pub security: MailSecurityCode,
    /// Who signs in there; empty: nobody does.
    pub username: String,
    /// Whether there is a secret, which is in no answer.
    pub has_secret: bool,
    /// From this address.
    pub from_address: String,
    /// Under this name.
    pub from_name: String,
    /// Where people reach the product, for links; may be empty.
    pub site_url: String,
}

impl From<MailSettings> for MailJson {
    fn from(mail: MailSettings) -> Self {
        MailJson {
            version: mail.version.raw(),
            active: mail.active,
            host: mail.host,
            port: mail.port,
            security: mail.security.into(),
            username: mail.username,
            has_secret: !mail.secret.is_empty(),
            from_address: mail.from_address,
            from_name: mail.from_name,
            site_url: mail.site_url,
        }
    }
}

/// Through which server e-mail is to go out.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MailInput {
    /// Whether e-mail is sent at all.
    pub active: bool,
    /// Name of the server.
    pub host: String,
    /// Its port; 465.
    pub port: Option<i64>,
    /// How the connection is protected; `tls`.
    pub security: MailSecurityCode,
    /// Who signs in there; empty: nobody does.
    pub username: String,
    /// With which secret; where none is sent, as it was, unless server or username change.
    pub secret: Option<String>,
    /// From this address.
    pub from_address: String,
    /// Under this name.
    pub from_name: String,
    /// Where people reach the product, for links: `https://orders.example.com`; may be empty.
    pub site_url: String,
}

async fn found(web: &Web, by: &By) -> Result<MailSettings, Error> {
    by.may(Act::EditNotification)?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| reader.get::<MailSettings>(company, MAIL)).await?;
    Ok(found.unwrap_or_else(MailSettings::unset))
}

/// Shows through which server e-mail goes out.
#[utoipa::path(get, path = "/mail-settings", operation_id = "show_mail_settings", tag = "notification", responses((status = 200, body = MailJson)))]
async fn show(State(web): State<Web>, by: By) -> Result<Tagged<MailJson>, Error> {
    let found = MailJson::from(found(&web, &by).await?);
    Ok(Tagged(found.version, found))
}

/// Changes through which server e-mail goes out.
#[utoipa::path(put, path = "/mail-settings", operation_id = "edit_mail_settings", tag = "notification", request_body = MailInput, responses((status = 200, body = Saved)))]
async fn edit(State(web): State<Web>, by: By, Matching(version): Matching, body: Body<MailInput>) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditNotification)?;
    let input = body.input;
    let mut fields = Fields::new();
    let security = fields.code_or("/security", &input.security, MailSecurity::Tls);
    fields.done()?;
    let text = |text: &str| text.trim().to_owned();
    let wanted = MailSettings {
        active: input.active,
        host: text(&input.host),
        port: input.port.unwrap_or(465),
        security,
        username: text(&input.username),
        from_address: text(&input.from_address),
        from_name: text(&input.from_name),
        site_url: text(&input.site_url).trim_end_matches('/').to_owned(),
        ..MailSettings::unset()
    };
    let secret = input.secret;
    let edit = move |work: &mut store::UnitOfWork, by: &domain::Actor| edit_mail(work, by, Some(version), &wanted, secret.as_deref());
    Ok(Tagged::saved(web.app.command(&by, None, edit).await?))
}

/// To whom a test goes.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MailTest {
    /// To this address; the caller's own where none is sent.
    pub to: String,
}

/// The facts of a test message.
pub(crate) fn test_facts(web: &Web, by: &By) -> String {
    json!({"by": by.name, "at": web.now().to_string()}).to_string()
}

/// Sends a test message through the server that was saved and tells what it said.
#[utoipa::path(post, path = "/mail-settings/test", operation_id = "test_mail_settings", tag = "notification", request_body = MailTest, responses((status = 200, body = Tested)))]
async fn test(State(web): State<Web>, by: By, body: Body<MailTest>) -> Result<Json<Tested>, Error> {
    let mail = found(&web, &by).await?;
    if mail.host.is_empty() || mail.from_address.is_empty() {
        return Err(Error::refused(NotifyRejection::NoMailServer));
    }
    let (company, user) = (by.company_id, by.user_id);
    let read = web.app.store.read(move |reader| Ok((Known::of(reader, company)?, reader.get::<User>(company, user)?)));
    let (known, user) = read.await?;
    let own = user.map_or_else(String::new, |user| user.email);
    let mut fields = Fields::new();
    let to = if body.input.to.trim().is_empty() { own } else { fields.text("/to", &body.input.to, 200) };
    if to.is_empty() {
        fields.wrong("/to", FieldRule::Required);
    } else if !to.contains('@') {
        fields.wrong("/to", FieldRule::NotAnEmail);
    }
    fields.done()?;
    let facts = test_facts(&web, &by);
    let told = Told { kind: "", template: "test", subject_kind: "", subject_id: 0, subject_number: "", facts: &facts, recipient: &by.name };
    let words = words(known.templates.get("test"), &told, &known.around, by.language);
    let id = format!("test-{}", crate::secret::hex(&web.random::<8>()));
    let letter = Letter { id, to, to_name: String::new(), subject: words.subject, body: words.body, at: web.now() };
    Ok(Json(Tested::of(send_mail(&mail, letter).await, &by)))
}
