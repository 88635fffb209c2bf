//! A draft made of a message, the message kept with it, and what was corrected learned.

use domain::intake::{IntakePhrase, LearnedKind, VagueField, phrase_key};
use domain::{
    Actor, Asked, Attachment, AttachmentId, AttachmentKind, CustomerId, Event, EventKind, FieldError, FieldRule, Order, OrderId,
    OrderQuestion, Refusal, Version, text,
};
use store::rows::{Blob, IntakePhrases};
use store::{Outcome, UnitOfWork};

use super::{Correction, Source};
use crate::order::{OrderInput, OrderState, create};
use crate::{customer, product};

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
    if work.find::<Blob>(source.sha256.clone())?.is_none() {
        work.add(Blob { sha256: source.sha256.clone(), bytes: source.text.clone().into_bytes() });
    }
    let (id, now) = (work.id::<AttachmentId>(), work.now());
    work.add(Attachment {
        id,
        order_id: Some(order),
        subject_kind: "order".to_owned(),
        subject_id: order.raw(),
        kind: AttachmentKind::Message,
        filename: "message.txt".to_owned(),
        mime: "text/plain; charset=utf-8".to_owned(),
        size: i64::try_from(source.text.len()).unwrap_or(i64::MAX),
        sha256: source.sha256.clone(),
        created_by: by.user_id,
        created_at: now,
    });
    let event = Event::of_order(EventKind::AttachmentAdded, order, "");
    work.record(by, event.with("filename", "message.txt").with("kind", AttachmentKind::Message));
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
        let (mut product_id, mut means_id, mut unit, target);
        (product_id, means_id, unit) = (None, None, String::new());
        match correction.kind {
            LearnedKind::Product => {
                let found = product::by_id_or_code(work, std::slice::from_ref(&correction.means))?.pop().flatten().ok_or_else(unknown)?;
                product_id = Some(found.id);
                target = found.name.clone();
            }
            LearnedKind::Customer => {
                let found = customer::by_id_or_code(work, &correction.means)?.ok_or_else(unknown)?;
                means_id = Some(found.id);
                target = found.name.clone();
            }
            LearnedKind::Unit => {
                unit = correction.means.trim().chars().take(20).collect();
                if unit.is_empty() {
                    return Err(unknown());
                }
                target = unit.clone();
            }
        }
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
