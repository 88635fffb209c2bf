//! A draft made of a message, the message kept with it, and what was corrected learned.

use domain::intake::{IntakePhrase, LearnedKind, VagueField, phrase_key};
use domain::{
    Actor, Asked, AttachmentKind, CustomerId, Event, EventKind, FieldError, FieldRule, Order, OrderId, OrderQuestion, Refusal, Version,
    text,
};
use store::rows::IntakePhrases;
use store::{Outcome, UnitOfWork};

use super::{Correction, Source};
use crate::attachment::add::File;
use crate::order::{OrderInput, OrderState, create};
use crate::{attachment, customer, product};

/// Makes the draft that a person confirmed, as [`create::create`] does. The message is kept as a file of the order (INT-01); each vague word
/// that is still open is a question about its field (INT-02); corrections are learned.
///
/// # Errors
/// As [`create::create`]; `invalid` for a correction that names nothing, at `/corrections/…`.
///
/// Source: INT-05, INT-01, INT-02
pub fn confirm(work: &mut UnitOfWork, by: &Actor, input: &OrderInput, source: &Source) -> Outcome<OrderState> {
    let state = create::create(work, by, input, false)?;
    let order = (*work.get::<Order>(state.id)?).clone();
    learn(work, by, order.customer_id, &source.corrections)?;
    keep(work, by, order.id, source)?;
    ask(work, by, order.id, order.required_on.is_some(), source)?;
    Ok(state)
}

/// Keeps the message as a file of the order.
fn keep(work: &mut UnitOfWork, by: &Actor, order: OrderId, source: &Source) -> Outcome<()> {
    let (kind, filename, mime) = (AttachmentKind::Message, "message.txt", "text/plain; charset=utf-8");
    let file = File { kind, filename, mime, sha256: &source.sha256, bytes: source.text.as_bytes() };
    attachment::add::keep(work, by, Some(order), ("order", order.raw()), &file)?;
    let event = Event::of_order(EventKind::AttachmentAdded, order, "");
    work.record(by, event.with("filename", filename).with("kind", kind));
    Ok(())
}

/// Each vague word that is open as a question about its field, in the language of who enters the order.
fn ask(work: &mut UnitOfWork, by: &Actor, order: OrderId, dated: bool, source: &Source) -> Outcome<()> {
    let open = source.vague.iter().filter(|(field, _)| *field != VagueField::RequiredOn || !dated);
    let asked: Vec<Asked> = open
        .map(|(field, said)| {
            let said: String = said.chars().take(100).collect();
            let question = text(by.language, &format!("intake.open.{}", field.as_str()), &[("said", said.into())]);
            Asked { field: field.as_str().to_owned(), question }
        })
        .collect();
    for question in OrderQuestion::ask(order, 0, &asked, by, work.now())? {
        work.add(question);
    }
    Ok(())
}

/// Learns what was corrected; words that meant something else before mean this from now on.
fn learn(work: &mut UnitOfWork, by: &Actor, customer_id: CustomerId, corrections: &[Correction]) -> Outcome<()> {
    for (place, correction) in corrections.iter().enumerate() {
        let key = phrase_key(&correction.said);
        let unknown = || -> store::Stop {
            let rule = FieldRule::Unknown { value: correction.means.clone() };
            Refusal::invalid(vec![FieldError::new(format!("/corrections/{place}/means"), rule)]).into()
        };
        if key.is_empty() {
            return Err(Refusal::field(format!("/corrections/{place}/said"), FieldRule::Required).into());
        }
        let (product_id, means_id, unit, target) = match correction.kind {
            LearnedKind::Product => {
                let found = product::by_id_or_code(work, std::slice::from_ref(&correction.means))?.pop().flatten().ok_or_else(unknown)?;
                (Some(found.id), None, String::new(), found.name.clone())
            }
            LearnedKind::Customer => {
                let found = customer::by_id_or_code(work, &correction.means)?.ok_or_else(unknown)?;
                (None, Some(found.id), String::new(), found.name.clone())
            }
            LearnedKind::Unit => {
                let unit: String = correction.means.trim().chars().take(20).collect();
                if unit.is_empty() {
                    return Err(unknown());
                }
                (None, None, unit.clone(), unit)
            }
        };
        let own = correction.only_this_customer && correction.kind != LearnedKind::Customer;
        let said_by = if own { customer_id } else { CustomerId::NONE };
        let known = work.of::<IntakePhrases>(key.clone())?;
        let known = known.into_iter().find(|known| known.kind == correction.kind && known.customer_id == said_by);
        let said: String = correction.said.trim().chars().take(200).collect();
        let id = match known {
            Some(mut known) => {
                (known.product_id, known.means_id, known.unit) = (product_id, means_id, unit);
                (known.said, known.created_by, known.created_at) = (said.clone(), by.user_id, work.now());
                work.save(&mut known);
                known.id
            }
            None => {
                let (id, now) = (work.id(), work.now());
                let (created_by, created_at, customer_id) = (by.user_id, now, said_by);
                let (kind, phrase, said) = (correction.kind, key, said.clone());
                work.add(IntakePhrase {
                    id,
                    version: Version::FIRST,
                    kind,
                    phrase,
                    said,
                    customer_id,
                    product_id,
                    means_id,
                    unit,
                    created_by,
                    created_at,
                });
                id
            }
        };
        let event = Event::of(EventKind::IntakePhraseLearned, "intake_phrase", id.raw(), &said);
        work.record(by, event.with("said", said.as_str()).with("target", target));
    }
    Ok(())
}
