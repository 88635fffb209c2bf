//! What changed in the people and addresses of a customer, field by field.

use domain::{Change, CustomerAddress, CustomerContact, Detail};
use store::Held;

type Field = (&'static str, Detail);

/// What changed in its people.
pub(crate) fn contacts(before: &[Held<CustomerContact>], after: &[CustomerContact]) -> Vec<Change> {
    let fields = |contact: &CustomerContact| {
        vec![
            ("name", text(&contact.name)),
            ("position", text(&contact.job)),
            ("phone", text(&contact.phone)),
            ("email", text(&contact.email)),
            ("primary", contact.main.into()),
        ]
    };
    let shown = |contact: &CustomerContact| format!("{} {}", contact.name, contact.phone).trim().to_owned();
    between("contacts", before, after, fields, shown)
}

/// What changed in its addresses.
pub(crate) fn addresses(before: &[Held<CustomerAddress>], after: &[CustomerAddress]) -> Vec<Change> {
    let fields = |address: &CustomerAddress| {
        vec![
            ("label", text(&address.label)),
            ("receiver", text(&address.receiver)),
            ("phone", text(&address.phone)),
            ("country", text(&address.country)),
            ("province", text(&address.province)),
            ("city", text(&address.city)),
            ("district", text(&address.district)),
            ("street", text(&address.street)),
            ("postal_code", text(&address.postal_code)),
            ("default", address.main.into()),
        ]
    };
    between("addresses", before, after, fields, CustomerAddress::one_line)
}

fn text(text: &str) -> Detail {
    text.into()
}

/// Rows are compared place by place; `contacts/2/phone` is counted from 1. A row that came or went is one change.
fn between<R: Clone>(
    list: &str,
    before: &[Held<R>],
    after: &[R],
    fields: impl Fn(&R) -> Vec<Field>,
    shown: impl Fn(&R) -> String,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for place in 0..before.len().max(after.len()) {
        let path = format!("{list}/{}", place + 1);
        match (before.get(place).map(|held| &**held), after.get(place)) {
            (Some(before), Some(after)) => {
                let pairs = fields(before).into_iter().zip(fields(after));
                changes.extend(pairs.filter_map(|((name, before), (_, after))| Change::between(format!("{path}/{name}"), before, after)));
            }
            (before, after) => changes.extend(Change::between(path, before.map(&shown), after.map(&shown))),
        }
    }
    changes
}
