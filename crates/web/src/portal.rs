//! The portal over HTTP: everything people of customers can ask for, and nothing else (INT-07, INT-08).
//!
//! It has sessions, cookies and addresses of its own. [`person::Person`] lets in only who is signed in here, and each answer is of that person's
//! customer; the addresses of the company's people know nothing of these sessions.

mod acting;
mod cart;
mod catalogue;
mod message;
mod order;
mod order_page;
mod paper;
pub(crate) mod person;
mod quotation;
mod session;
mod signing;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::Web;

/// The addresses of the portal.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(session::welcome))
        .routes(routes!(session::sign_in, session::show, session::sign_out))
        .routes(routes!(session::change_password))
        .routes(routes!(acting::choose))
        .routes(routes!(catalogue::list))
        .routes(routes!(catalogue::usual))
        .routes(routes!(catalogue::show))
        .routes(routes!(cart::show, cart::put))
        .routes(routes!(cart::hold))
        .routes(routes!(order::list, order::place))
        .routes(routes!(order_page::show))
        .routes(routes!(order::change))
        .routes(routes!(order::cancel))
        .routes(routes!(order::answer))
        .routes(routes!(signing::link))
        .routes(routes!(quotation::list))
        .routes(routes!(quotation::show))
        .routes(routes!(quotation::document))
        .routes(routes!(quotation::note_opened))
        .routes(routes!(quotation::accept_it))
        .routes(routes!(quotation::decline_it))
        .routes(routes!(quotation::ask_about))
        .routes(routes!(message::list, message::create))
        .routes(routes!(message::state))
        .routes(routes!(message::mark_read))
        .routes(routes!(paper::attachment))
        .routes(routes!(paper::account))
        .routes(routes!(paper::document))
}
