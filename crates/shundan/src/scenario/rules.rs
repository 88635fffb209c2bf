//! The rules of the company of a scenario: a blueprint that comes with the product, or one of the user's own in a file beside the scenario.

use std::path::Path;

use domain::{Blueprint, CompanyCodes, READY, STANDARD};
use toml::de::DeTable;

use super::mistake::Mistake;
use super::table::find;

/// A blueprint to put in force before the first step.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Byte in the text of the scenario where it is named.
    pub at: usize,
    /// As it is named there.
    pub name: String,
    /// The text of one's own; one that comes with the product has none here.
    pub text: Option<String>,
}

/// Reads the blueprint that a scenario names; what is wrong with it is told at its own place. `roles` are the codes of the company's roles.
///
/// Nothing comes of `standard`, in its own words too: it is in force in every new company.
pub fn read(path: &Path, file: &DeTable<'_>, roles: &[String], found: &mut Vec<Mistake>) -> Option<Rules> {
    let spot = find(file, "blueprint")?;
    let (at, name) = (spot.span().start, spot.get_ref().as_str()?.to_owned());
    if let Some((_, text)) = READY.iter().find(|(known, _)| *known == name) {
        return (*text != STANDARD).then_some(Rules { at, name, text: None });
    }
    let own = path.parent().unwrap_or(Path::new("")).join(&name);
    let text = match std::fs::read_to_string(&own) {
        Ok(text) => text,
        Err(_) if !name.contains(['.', '/', '\\']) => {
            let mistake = Mistake::new(at, "blueprint", "unknown_blueprint", [("value", &name)]);
            found.push(mistake.like(&name, READY.iter().map(|(known, _)| *known)));
            return None;
        }
        Err(why) => {
            let path = own.display().to_string();
            found.push(Mistake::new(at, "blueprint", "no_file", [("path", &path), ("why", &why.to_string())]));
            return None;
        }
    };
    let known = CompanyCodes { roles: roles.iter().map(String::as_str).collect(), ..CompanyCodes::of_product() };
    if let Err(mistakes) = Blueprint::read(&text, Some(&known)) {
        found.extend(mistakes.into_iter().map(|mistake| Mistake::of_rules(at, &own, mistake)));
    }
    (text != STANDARD).then_some(Rules { at, name, text: Some(text) })
}
