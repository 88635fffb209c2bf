//! E-mail by SMTP.

use std::time::{Duration, SystemTime};

use app::notify::send::Failed;
use domain::Instant;
use domain::notify::{MailSecurity, MailSettings};
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// Before the limit on a whole try, so that the server's own words are kept.
const PATIENCE: Duration = Duration::from_secs(15);

/// A letter to one person.
pub(crate) struct Letter {
    /// The same in every try; what is before the `@` of the `Message-ID`.
    pub id: String,
    /// Address.
    pub to: String,
    /// Name, or empty.
    pub to_name: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Its date.
    pub at: Instant,
}

/// Sends a letter; what the server said when it took it.
///
/// # Errors
/// What the server, or the way to it, said.
pub(crate) async fn send(mail: &MailSettings, letter: Letter) -> Result<String, Failed> {
    let message = message(mail, letter)?;
    let sent = transport(mail)?.send(message).await;
    let taken = sent.map_err(|why| Failed::because(super::http::told(&why)))?;
    let said: Vec<&str> = taken.message().collect();
    Ok(format!("{} {}", taken.code(), said.join(" ")).trim().to_owned())
}

fn failed(why: impl std::error::Error) -> Failed {
    Failed::because(super::http::told(&why))
}

fn mailbox(name: &str, address: &str) -> Result<Mailbox, Failed> {
    let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, address.parse().map_err(failed)?))
}

/// The domain of an address.
fn domain_of(address: &str) -> &str {
    address.rsplit_once('@').map_or("localhost", |(_, domain)| domain)
}

fn message(mail: &MailSettings, letter: Letter) -> Result<Message, Failed> {
    let micros = u64::try_from(letter.at.micros()).unwrap_or(0);
    let body = Body::new_with_encoding(letter.body, ContentTransferEncoding::Base64);
    let body = body.map_err(|_| Failed::because("the text cannot be encoded"))?;
    Message::builder()
        .from(mailbox(&mail.from_name, &mail.from_address)?)
        .to(mailbox(&letter.to_name, &letter.to)?)
        .subject(letter.subject)
        .date(SystemTime::UNIX_EPOCH + Duration::from_micros(micros))
        .message_id(Some(format!("<{}@{}>", letter.id, domain_of(&mail.from_address))))
        .header(ContentType::TEXT_PLAIN)
        .body(body)
        .map_err(failed)
}

fn transport(mail: &MailSettings) -> Result<AsyncSmtpTransport<Tokio1Executor>, Failed> {
    let tls = || TlsParameters::new(mail.host.clone()).map_err(failed);
    let tls = match mail.security {
        MailSecurity::None => Tls::None,
        MailSecurity::Starttls => Tls::Required(tls()?),
        MailSecurity::Tls => Tls::Wrapper(tls()?),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(mail.host.as_str())
        .port(u16::try_from(mail.port).unwrap_or(0))
        .tls(tls)
        .timeout(Some(PATIENCE))
        .hello_name(ClientId::Domain(domain_of(&mail.from_address).to_owned()));
    if !mail.username.is_empty() {
        builder = builder.credentials(Credentials::new(mail.username.clone(), mail.secret.clone()));
    }
    Ok(builder.build())
}
