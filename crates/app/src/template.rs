//! The words of notifications, as the company wants them (TSK-05).

pub mod edit;
pub mod reset;

use domain::FieldError;
use domain::notify::{NotifyRejection, PLACES, Template, unknown_places};

use crate::import::field::nearest;

/// What is wrong with a template, each at its field: also places that nothing fills, with the nearest one that is known.
pub fn check(template: &Template) -> Vec<FieldError> {
    let mut errors = template.check();
    for (pointer, text) in template.texts() {
        for name in unknown_places(text) {
            let name = name.to_owned();
            let why = match nearest(&name, PLACES.iter().copied()) {
                Some(near) => NotifyRejection::UnknownPlaceNear { name, near: near.to_owned() },
                None => NotifyRejection::UnknownPlace { name, known: PLACES.join(", ") },
            };
            errors.push(FieldError::new(pointer, why));
        }
    }
    errors
}

/// Nothing where there is a template with this code.
///
/// # Errors
/// `not-found`.
pub fn known(code: &str) -> Result<(), domain::Refusal> {
    if domain::notify::CODES.contains(&code) { Ok(()) } else { Err(domain::Refusal::not_found("template")) }
}
