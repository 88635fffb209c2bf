//! Changes of single fields in the text of a blueprint: comments and order stay as they are. Forms and tables on the screen edit the file by this.

use domain::{FieldRule, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Patch {
    /// Sets the field at a path such as `/limits/approval` or `/gate/0/require`; `null` takes it away.
    Set {
        /// JSON pointer; entries are counted from 0.
        path: String,
        /// The value.
        value: Json,
    },
    /// Adds an entry at the end of a list: `/gate`.
    Add {
        /// JSON pointer to the list.
        path: String,
        /// The entry.
        value: Json,
    },
    /// Takes an entry of a list away: `/gate/2`.
    Remove {
        /// JSON pointer to the entry.
        path: String,
    },
    /// Moves an entry of a list to another place: from `/gate/2` to 0.
    Move {
        /// JSON pointer to the entry.
        path: String,
        /// Where to.
        to: usize,
    },
    /// Writes what comes with the product out, to be changed: `/clock` or `/notify`, of which the text says nothing yet. `Set` to `null` takes it back.
    WriteOut {
        /// JSON pointer to the part.
        path: String,
    },
}

/// Parts that the product brings where the text does not name them; a list of them that is empty says that there are none.
const BROUGHT: &[&str] = &["clock", "notify"];

/// The text with the changes made.
///
/// # Errors
/// `invalid` where the text cannot be read at all, or a path leads nowhere.
pub fn patched(text: &str, patches: &[Patch]) -> Result<String, Refusal> {
    let mut document: DocumentMut = text.parse().map_err(|_| Refusal::field("/content", FieldRule::Malformed))?;
    for (place, patch) in patches.iter().enumerate() {
        let nowhere = || Refusal::field(format!("/patches/{place}/path"), FieldRule::Malformed);
        match patch {
            Patch::WriteOut { path } => document = written(&document, path).ok_or_else(nowhere)?,
            _ => apply(document.as_table_mut(), patch).ok_or_else(nowhere)?,
        }
    }
    Ok(document.to_string())
}

fn written(document: &DocumentMut, path: &str) -> Option<DocumentMut> {
    let part = path.strip_prefix('/')?;
    if document.contains_key(part) {
        return None;
    }
    let text = document.to_string();
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{end}{}", domain::written_out(part)?).parse().ok()
}

fn apply(root: &mut Table, patch: &Patch) -> Option<()> {
    match patch {
        Patch::Set { path, value } => {
            let (parents, last) = split(path)?;
            let table = walk(root, &parents, true)?.into_table_like()?;
            if value.is_null() {
                table.remove(&last);
                return Some(());
            }
            let new = to_value(value)?;
            match table.get_mut(&last).and_then(Item::as_value_mut) {
                // What stands around the value stays: the blank before it, the comment behind it.
                Some(old) => {
                    let decor = old.decor().clone();
                    *old = new;
                    *old.decor_mut() = decor;
                }
                None => {
                    table.insert(&last, Item::Value(new));
                }
            }
            Some(())
        }
        Patch::Add { path, value } => add(root, path, value),
        Patch::Remove { path } => remove(root, path),
        Patch::Move { path, to } => {
            let (list, place) = entry(root, path)?;
            let mut tables: Vec<Table> = list.iter().cloned().collect();
            if place >= tables.len() || *to >= tables.len() {
                return None;
            }
            let moved = tables.remove(place);
            tables.insert(*to, moved);
            // Tables are written where they stood first; without a place they are written in their order.
            list.clear();
            for mut table in tables {
                table.set_position(None);
                list.push(table);
            }
            Some(())
        }
        // Made of the whole document.
        Patch::WriteOut { .. } => None,
    }
}

fn add(root: &mut Table, path: &str, value: &Json) -> Option<()> {
    let (parents, last) = split(path)?;
    if !parents.is_empty() {
        return None;
    }
    if root.get(&last).and_then(Item::as_array).is_some_and(Array::is_empty) {
        root.remove(&last);
    }
    let list = root.entry(&last).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new())).as_array_of_tables_mut()?;
    let mut table = Table::new();
    for (key, value) in value.as_object()? {
        if !value.is_null() {
            table.insert(key, Item::Value(to_value(value)?));
        }
    }
    table.decor_mut().set_prefix("\n");
    list.push(table);
    Some(())
}

/// Without its last entry a part that the product brings is said to be none; other lists go.
fn remove(root: &mut Table, path: &str) -> Option<()> {
    let (list, place) = entry(root, path)?;
    if place >= list.len() {
        return None;
    }
    list.remove(place);
    let part = path.trim_start_matches('/').split('/').next()?;
    if list.is_empty() {
        root.remove(part);
        if BROUGHT.contains(&part) {
            root.insert(part, Item::Value(Value::Array(Array::new())));
        }
    }
    Some(())
}

fn split(path: &str) -> Option<(Vec<String>, String)> {
    let mut parts: Vec<String> = path.strip_prefix('/')?.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    let last = parts.pop().filter(|last| !last.is_empty())?;
    Some((parts, last))
}

fn entry<'a>(root: &'a mut Table, path: &str) -> Option<(&'a mut ArrayOfTables, usize)> {
    let (parents, last) = split(path)?;
    let [name] = parts_of(&parents)?;
    Some((root.get_mut(name)?.as_array_of_tables_mut()?, last.parse().ok()?))
}

fn parts_of(parents: &[String]) -> Option<[&str; 1]> {
    match parents {
        [only] => Some([only]),
        _ => None,
    }
}

/// Goes down a path; tables that are missing are made.
fn walk<'a>(root: &'a mut Table, parents: &[String], make: bool) -> Option<Where<'a>> {
    let mut here = Where::Table(root);
    let mut parts = parents.iter();
    while let Some(part) = parts.next() {
        let Where::Table(table) = here else { return None };
        if make && table.get(part).is_none() {
            table.insert(part, Item::Table(Table::new()));
        }
        here = match table.get_mut(part)? {
            Item::Table(inner) => Where::Table(inner),
            Item::ArrayOfTables(list) => Where::Table(list.get_mut(parts.next()?.parse().ok()?)?),
            Item::Value(Value::InlineTable(inline)) => Where::Inline(inline),
            _ => return None,
        };
    }
    Some(here)
}

enum Where<'a> {
    Table(&'a mut Table),
    Inline(&'a mut InlineTable),
}

impl<'a> Where<'a> {
    fn into_table_like(self) -> Option<&'a mut dyn toml_edit::TableLike> {
        match self {
            Where::Table(table) => Some(table),
            Where::Inline(table) => Some(table),
        }
    }
}

/// A value of JSON as TOML writes it; objects become inline tables.
fn to_value(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Null => return None,
        Json::Bool(truth) => Value::from(*truth),
        Json::String(text) => Value::from(text.as_str()),
        Json::Number(number) => match number.as_i64() {
            Some(int) => Value::from(int),
            None => Value::from(number.as_f64()?),
        },
        Json::Array(items) => {
            let mut array = Array::new();
            for item in items {
                array.push(to_value(item)?);
            }
            Value::Array(array)
        }
        Json::Object(fields) => {
            let mut table = InlineTable::new();
            for (key, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
                table.insert(key, to_value(value)?);
            }
            Value::InlineTable(table)
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(text: &str, patches: Json, expected: &str) {
        let patches: Vec<Patch> = serde_json::from_value(patches).unwrap();
        assert_eq!(patched(text, &patches).unwrap(), expected);
    }

    #[test]
    fn only_what_is_said_changes() {
        let text = "# ours\n[limits]\napproval = 50000 # by the board\n\n# who\n[[gate]]\ncode = \"a\"\n\n[[gate]]\ncode = \"b\"\n";
        check(text, json!([{"do": "set", "path": "/limits/approval", "value": 80000}]), &text.replace("50000", "80000"));
        check(
            text,
            json!([{"do": "set", "path": "/gate/1/require", "value": "true"}]),
            &text.replace("code = \"b\"\n", "code = \"b\"\nrequire = \"true\"\n"),
        );
        check(text, json!([{"do": "remove", "path": "/gate/1"}]), &text.replace("\n[[gate]]\ncode = \"b\"\n", ""));
        check(
            text,
            json!([{"do": "set", "path": "/numbering/order", "value": "X{000}"}]),
            &format!("{text}\n[numbering]\norder = \"X{{000}}\"\n"),
        );
        check(
            text,
            json!([{"do": "add", "path": "/proof", "value": {"code": "p", "name": {"en": "P"}}}]),
            &format!("{text}\n[[proof]]\ncode = \"p\"\nname = {{ en = \"P\" }}\n"),
        );
    }

    #[test]
    fn what_the_product_brings_is_written_out_and_taken_back() {
        let text = "# ours\n[title]\nen = \"x\"\nzh-CN = \"x\"\nzh-TW = \"x\"\n";
        let patch = |text: &str, patches: Json| {
            let patches: Vec<Patch> = serde_json::from_value(patches).unwrap();
            patched(text, &patches)
        };
        let out = patch(text, json!([{"do": "write_out", "path": "/notify"}, {"do": "write_out", "path": "/clock"}])).unwrap();
        assert!(out.starts_with(text) && out.contains("\n[[clock]]\ncode = \"order.review\"\n"));
        let read = domain::Blueprint::read(&out, Some(&domain::CompanyCodes::of_product())).unwrap();
        assert_eq!(*read.clocks.unwrap(), domain::standard_clocks());
        let changed = patch(&out, json!([{"do": "set", "path": "/clock/0/limit", "value": "3h"}])).unwrap();
        assert_eq!(changed, out.replacen("limit = \"2h\"", "limit = \"3h\"", 1));
        let back =
            patch(&changed, json!([{"do": "set", "path": "/clock", "value": null}, {"do": "set", "path": "/notify", "value": null}]));
        assert_eq!(back.unwrap(), text);
        assert!(patch(&out, json!([{"do": "write_out", "path": "/clock"}])).is_err());
        assert!(patch(text, json!([{"do": "write_out", "path": "/gate"}])).is_err());
        // Without the last of them there are none, which is not the same as those of the product.
        let mut none =
            patch(text, json!([{"do": "add", "path": "/notify", "value": {"events": ["OrderHeld"], "template": "event"}}])).unwrap();
        none = patch(&none, json!([{"do": "remove", "path": "/notify/0"}])).unwrap();
        assert_eq!(none, format!("notify = []\n{text}"));
        let again =
            patch(&none, json!([{"do": "add", "path": "/notify", "value": {"events": ["OrderHeld"], "template": "event"}}])).unwrap();
        assert_eq!(again, format!("{text}\n[[notify]]\nevents = [\"OrderHeld\"]\ntemplate = \"event\"\n"));
    }

    #[test]
    fn a_path_that_leads_nowhere_is_told() {
        let patch = |json: Json| patched("[[gate]]\ncode = \"a\"\n", &[serde_json::from_value(json).unwrap()]).is_err();
        assert!(patch(json!({"do": "remove", "path": "/gate/1"})));
        assert!(patch(json!({"do": "set", "path": "gate", "value": 1})));
        assert!(patch(json!({"do": "move", "path": "/gate/0", "to": 3})));
        assert!(patched("title = ", &[]).is_err());
    }
}
