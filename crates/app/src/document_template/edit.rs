//! A new version of a template.

use domain::{
    Act, Actor, DocumentKind, DocumentRejection, DocumentTemplate, DocumentTemplateVersion, Event, EventKind, FieldError, FieldRule,
    Language, Refusal, Version, check_template, template_code,
};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// What is to be saved.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTemplate {
    /// For which documents.
    pub kind: DocumentKind,
    /// In which language.
    pub language: Language,
    /// Typst; was tried before.
    pub body: String,
    /// What was changed.
    pub note: String,
}

/// Saves a new version of a template, which is in force from now on; those before are kept. Version 0 stands for none before.
///
/// # Errors
/// `denied`, `stale`; `invalid` for a text that is empty, too long or what is in force already.
pub fn edit(work: &mut UnitOfWork, by: &Actor, expected: Option<Version>, new: &NewTemplate) -> Outcome<Saved> {
    by.may(Act::EditDocumentTemplate)?;
    let mut wrong = check_template(&new.body);
    if new.note.chars().count() > 200 {
        wrong.push(FieldError::new("/note", FieldRule::TooLong { max: 200 }));
    }
    Refusal::unless_valid(wrong)?;
    let (version, code) = keep(work, by, expected, (new.kind, new.language), (&new.body, &new.note))?;
    let event = Event::of(EventKind::DocumentTemplateEdited, "document_template", 0, &code);
    let event = event.with("kind", new.kind).with("language", new.language).with("version", version.raw());
    work.record(by, if new.note.is_empty() { event } else { event.because(&new.note) });
    Ok(Saved::new(&code, version, &code))
}

/// Writes a version and makes it the one in force.
pub(super) fn keep(
    work: &mut UnitOfWork,
    by: &Actor,
    expected: Option<Version>,
    (kind, language): (DocumentKind, Language),
    (body, note): (&str, &str),
) -> Outcome<(Version, String)> {
    let code = template_code(kind, language);
    let now = work.now();
    let version = match work.find::<DocumentTemplate>(code.clone())? {
        Some(mut held) => {
            on_version(expected, held.version, "document_template")?;
            if held.body == body {
                return Err(Refusal::field("/body", DocumentRejection::TemplateUnchanged).into());
            }
            body.clone_into(&mut held.body);
            held.changed_by = by.user_id;
            held.changed_at = now;
            work.save(&mut held);
            held.version
        }
        None => {
            on_version(expected, Version::from_raw(0), "document_template")?;
            let new = DocumentTemplate {
                code: code.clone(),
                version: Version::FIRST,
                body: body.to_owned(),
                changed_by: by.user_id,
                changed_at: now,
            };
            work.add(new).version
        }
    };
    let id = work.id();
    work.add(DocumentTemplateVersion {
        id,
        code: code.clone(),
        no: version.raw(),
        body: body.to_owned(),
        note: note.to_owned(),
        created_by: by.user_id,
        created_at: now,
    });
    Ok((version, code))
}
