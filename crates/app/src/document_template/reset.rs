//! Back to the template that comes with the product.

use domain::{Act, Actor, DocumentKind, DocumentTemplate, Event, EventKind, Language, Version, template_code};
use store::{Outcome, UnitOfWork};

use super::edit::keep;

/// Uses the template that comes with the product again; the company's own versions are kept.
///
/// # Errors
/// `denied`, `stale`. Nothing happens where it is used already.
pub fn reset(work: &mut UnitOfWork, by: &Actor, expected: Option<Version>, kind: DocumentKind, language: Language) -> Outcome<()> {
    by.may(Act::EditDocumentTemplate)?;
    let code = template_code(kind, language);
    if work.find::<DocumentTemplate>(code.clone())?.is_none_or(|held| held.body.is_empty()) {
        return Ok(());
    }
    keep(work, by, expected, (kind, language), ("", ""))?;
    let event = Event::of(EventKind::DocumentTemplateReset, "document_template", 0, &code);
    work.record(by, event.with("kind", kind).with("language", language));
    Ok(())
}
