//! A new draft of the rules.

use domain::{
    Act, Actor, BlueprintState, Company, Event, EventKind, FieldError, FieldRule, KeptBlueprint, READY, Refusal, RuleText, STANDARD,
    Version,
};
use store::{Outcome, UnitOfWork};

use super::edit::checked_text;
use crate::saved::Saved;

/// Where the text of a new draft comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum From {
    /// A version of the company's own; 0: what comes with the product as `standard`.
    Number(i64),
    /// One that comes with the product, by its name.
    Ready(String),
    /// This text.
    Text(String),
}

/// Makes a draft. Its text may have mistakes; they are told when it is read, and it cannot be activated with them.
///
/// # Errors
/// Refused without `blueprint.edit`; `invalid` for an unknown version or name, or a text that is too long.
///
/// Source: POL-01
pub fn create(work: &mut UnitOfWork, by: &Actor, from: &From, why: &str) -> Outcome<Saved> {
    by.may(Act::EditBlueprint)?;
    let in_force = work.get::<Company>(work.company())?.blueprint_no;
    let (content, based_on) = match from {
        From::Number(0) => (STANDARD.to_owned(), 0),
        From::Number(number) => match work.find::<KeptBlueprint>(*number)? {
            Some(kept) => (kept.content.as_str().to_owned(), *number),
            None => return Err(Refusal::field("/from", FieldRule::Unknown { value: number.to_string() }).into()),
        },
        From::Ready(name) => match READY.iter().find(|(known, _)| known == name) {
            Some((_, text)) => ((*text).to_owned(), in_force),
            None => return Err(Refusal::field("/ready", FieldRule::Unknown { value: name.clone() }).into()),
        },
        From::Text(text) => (checked_text(text)?, in_force),
    };
    if why.chars().count() > 500 {
        return Err(Refusal::invalid(vec![FieldError::new("/why", FieldRule::TooLong { max: 500 })]).into());
    }
    let number = work.draw("blueprint")?;
    let draft = KeptBlueprint {
        number,
        version: Version::FIRST,
        state: BlueprintState::Draft,
        content: RuleText::new(content),
        based_on,
        why: why.trim().to_owned(),
        created_by: by.user_id,
        created_at: work.now(),
        activated_by: None,
        activated_at: None,
    };
    let event = Event::of(EventKind::BlueprintCreated, "blueprint", number, &number.to_string()).because(why.trim());
    work.record(by, event.with("based_on", based_on));
    let draft = work.add(draft);
    Ok(Saved::new(number, draft.version, &number.to_string()))
}
