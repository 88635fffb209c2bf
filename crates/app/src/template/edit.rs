//! The company's own words for a template.

use domain::notify::{Template, built_in};
use domain::{Act, Actor, Event, EventKind, Language, Refusal, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Makes a template say what `wanted` says; an empty text, or one that is as built in, means the built-in one, which may get better. Version 0
/// stands for a template without words of its own.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
pub fn edit(work: &mut UnitOfWork, by: &Actor, expected: Option<Version>, wanted: &Template) -> Outcome<Saved> {
    by.may(Act::EditNotification)?;
    super::known(&wanted.code)?;
    Refusal::unless_valid(super::check(wanted))?;
    let wanted = without_built_in(wanted);
    let code = wanted.code.clone();
    let version = match work.find::<Template>(code.clone())? {
        Some(mut held) => {
            on_version(expected, held.version, "template")?;
            *held = Template { version: held.version, ..wanted };
            work.save(&mut held);
            held.version
        }
        None => {
            on_version(expected, Version::from_raw(0), "template")?;
            work.add(Template { version: Version::FIRST, ..wanted }).version
        }
    };
    work.record(by, Event::of(EventKind::TemplateEdited, "template", 0, &code));
    Ok(Saved::new(&code, version, &code))
}

fn without_built_in(wanted: &Template) -> Template {
    let mut own = wanted.clone();
    let [cn, tw, en] = [Language::ZhCn, Language::ZhTw, Language::En].map(|language| built_in(&wanted.code, language));
    for (text, usual) in [
        (&mut own.subject_zh_cn, cn.subject),
        (&mut own.body_zh_cn, cn.body),
        (&mut own.subject_zh_tw, tw.subject),
        (&mut own.body_zh_tw, tw.body),
        (&mut own.subject_en, en.subject),
        (&mut own.body_en, en.body),
    ] {
        if text.trim() == usual.trim() {
            text.clear();
        }
    }
    own
}
