//! Whether everything we ship comes under a licence that lets us ship it. Reads only what is already on the disk.

use crate::command::{Result, capture, cargo, program, root};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// SPDX identifiers under which a part may be used in, or to build, an Apache-2.0 program.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Python-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "WTFPL",
    "Zlib",
];

/// Checks the crates of this platform and the packages in `ui/node_modules`.
///
/// # Errors
/// Names the first problem; all of them are printed.
pub fn run() -> Result {
    let mut parts = crates()?;
    let crates = parts.len();
    packages(&root().join("ui/node_modules"), &mut parts)?;
    let refused: Vec<&Part> = parts.iter().filter(|part| !is_allowed(&part.licence)).collect();
    for Part { name, licence } in &refused {
        println!("{name}: licence `{licence}` is not on the list in xtask/src/licence.rs");
    }
    println!("licences: {crates} crates, {} packages", parts.len() - crates);
    if refused.is_empty() { Ok(()) } else { Err(format!("{} parts without an allowed licence", refused.len())) }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    name: String,
    licence: String,
}

fn crates() -> Result<BTreeSet<Part>> {
    let about = capture(program("rustc").arg("-vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    let words = ["metadata", "--format-version", "1", "--locked", "--filter-platform", host];
    let metadata: Value = serde_json::from_str(&capture(cargo().args(words))?).map_err(|error| error.to_string())?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    Ok(packages.iter().map(part).collect())
}

/// Adds what is installed in a `node_modules` directory, scopes and nested ones included.
fn packages(folder: &Path, parts: &mut BTreeSet<Part>) -> Result {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('@') {
            packages(&path, parts)?;
        }
        if let Ok(text) = std::fs::read_to_string(path.join("package.json")) {
            let about: Value = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
            parts.insert(part(&about));
            if path.join("node_modules").is_dir() {
                packages(&path.join("node_modules"), parts)?;
            }
        }
    }
    Ok(())
}

/// Reads the name and licence as Cargo and npm write them, with npm's two older forms.
fn part(about: &Value) -> Part {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let several = || {
        let all: Vec<String> = about["licenses"].as_array()?.iter().filter_map(|one| text(&one["type"])).collect();
        Some(all.join(" OR "))
    };
    let licence = text(&about["license"]).or_else(|| text(&about["license"]["type"])).or_else(several);
    let version = about["version"].as_str().unwrap_or_default();
    Part { name: format!("{} {version}", about["name"].as_str().unwrap_or("(no name)")), licence: licence.unwrap_or_default() }
}

/// Evaluates an SPDX expression: one side of an OR (or the old slash) suffices, both sides of an AND are needed.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    !words.is_empty() && either(&mut words) && words.is_empty()
}

/// `words` holds what is left, the next word last.
fn either(words: &mut Vec<&str>) -> bool {
    let mut good = both(words);
    while words.last() == Some(&"OR") {
        words.pop();
        good |= both(words);
    }
    good
}

fn both(words: &mut Vec<&str>) -> bool {
    let mut good = one(words);
    while words.last() == Some(&"AND") {
        words.pop();
        good &= one(words);
    }
    good
}

fn one(words: &mut Vec<&str>) -> bool {
    let good = match words.pop() {
        Some("(") => {
            let inner = either(words);
            words.pop() == Some(")") && inner
        }
        Some(name) => ALLOWED.contains(&name),
        None => false,
    };
    if words.last() == Some(&"WITH") {
        // An exception only ever permits more.
        words.truncate(words.len().saturating_sub(2));
    }
    good
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_evaluated() {
        for good in [
            "MIT",
            "MIT OR GPL-3.0-only",
            "GPL-2.0/MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR MIT",
            "Apache-2.0 AND ISC",
        ] {
            assert!(is_allowed(good), "{good}");
        }
        for bad in ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT", "MIT)", "UNLICENSED", "MIT AND (GPL-2.0 OR AGPL-3.0)"] {
            assert!(!is_allowed(bad), "{bad}");
        }
    }

    #[test]
    fn all_ways_of_naming_a_licence_are_read() {
        let licence = |text: &str| part(&serde_json::from_str(text).unwrap()).licence;
        assert_eq!(licence(r#"{"license":"MIT"}"#), "MIT");
        assert_eq!(licence(r#"{"license":{"type":"ISC"}}"#), "ISC");
        assert_eq!(licence(r#"{"licenses":[{"type":"MIT"},{"type":"GPL-2.0"}]}"#), "MIT OR GPL-2.0");
        assert_eq!(licence(r#"{"license":null}"#), "");
    }
}
