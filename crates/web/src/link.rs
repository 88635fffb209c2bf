//! Links for people outside over HTTP: tokens, finding what a link shows, taking one back.

use std::collections::BTreeSet;

use app::link::{Token, revoke, stranger};
use axum::extract::{Path, State};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Actor, CompanyId, Language, LinkId, LinkPurpose, LinkRejection, PublicLink};
use store::query::link as query;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::context::Context;
use crate::error::{Error, Problem};
use crate::secret;
use crate::state::Web;
use crate::value::Saved;
use crate::version::{MaybeMatching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(revoke_link))
}

/// A new secret of a link of a company: `<company>-<random>`, 256 random bits.
pub(crate) fn token(web: &Web, company: CompanyId) -> Token {
    let secret = format!("{company}-{}", URL_SAFE_NO_PAD.encode(web.random::<32>()));
    Token { hash: secret::hash(&secret), secret }
}

/// A link that somebody has, and who they are: nobody of the company.
pub(crate) struct Held {
    pub company: CompanyId,
    pub link: PublicLink,
}

impl Held {
    /// Who acts by it.
    pub fn actor(&self, name: &str, context: &Context) -> Actor {
        let language: Language = context.accepted().unwrap_or(self.link.language);
        stranger(self.company, name, context.address(), language)
    }
}

/// What a token opens. Whatever is wrong with it is told in the same words, and whoever tries many is slowed down.
///
/// # Errors
/// 404 `link.not_valid`; 429 after many tries from one address, or of one token.
pub(crate) async fn held(web: &Web, context: &Context, token: &str, purpose: LinkPurpose) -> Result<Held, Error> {
    let not_valid = || Error::refused(LinkRejection::NotValid);
    let hash = secret::hash(token);
    let wait = web.links.begin(&hash, context.address(), web.now());
    if wait > 0 {
        return Err(Error::throttled(wait));
    }
    let company: CompanyId = token.split_once('-').and_then(|(company, _)| company.parse().ok()).ok_or_else(not_valid)?;
    let wanted = hash.clone();
    let found = web.app.store.read(move |reader| query::by_token(reader, company, &wanted)).await?;
    let link = found.filter(|link| link.purpose == purpose).ok_or_else(not_valid)?;
    link.check(web.now()).map_err(Error::refused)?;
    web.links.succeeded(&hash, context.address());
    Ok(Held { company, link })
}

/// Slows down who answers by one link again and again.
///
/// # Errors
/// 429 after several answers.
pub(crate) fn answers(web: &Web, context: &Context, held: &Held) -> Result<(), Error> {
    let wait = web.links.begin(&format!("answer {}", held.link.id), context.address(), web.now());
    if wait > 0 { Err(Error::throttled(wait)) } else { Ok(()) }
}

/// Takes a link back: who has it is told that it is not valid.
#[utoipa::path(post, path = "/links/{id}/revoke", tag = "confirmations", operation_id = "revoke_link", request_body = Empty,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn revoke_link(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    let acts: BTreeSet<_> = LinkPurpose::ALL.iter().map(|purpose| purpose.act()).collect();
    if acts.iter().all(|act| by.may(*act).is_err()) {
        by.may(LinkPurpose::SignConfirmation.act())?;
    }
    let id: LinkId = id.parse().map_err(|_| Error::not_found("link"))?;
    let saved = web.app.command(&by, body.replay, move |work, by| revoke::revoke(work, by, id, version)).await?;
    Ok(Tagged::saved(saved))
}
