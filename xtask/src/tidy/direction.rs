//! Dependencies point one way: `shundan → web → app → store → domain`; and libraries stay in their rooms.

use super::lexer::Source;
use super::{File, Finding};

/// Each layer may use those before it.
const LAYERS: [&str; 5] = ["domain", "store", "app", "web", "shundan"];

/// A crate beside the layers: what it may use of them. Web alone uses it.
const BESIDE: (&str, &str) = ("typeset", "domain");

/// Libraries that only these crates may depend on, outside tests.
const ROOMS: [(&str, &[&str]); 9] = [
    ("rusqlite", &["store"]),
    ("tokio-postgres", &["store"]),
    ("deadpool-postgres", &["store"]),
    ("axum", &["web"]),
    ("tower", &["web"]),
    ("tower-http", &["web"]),
    ("tokio", &["store", "web", "shundan"]),
    ("clap", &["shundan"]),
    ("getrandom", &["shundan"]),
];

/// Checks what a crate's manifest depends on.
pub fn check_manifest(file: &File) -> Vec<Finding> {
    let Some(member) = file.member().filter(|_| file.ends(&["/Cargo.toml"])) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let mut section = "";
    for (index, line) in file.text.lines().enumerate() {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
            continue;
        }
        if !section.ends_with("dependencies") {
            continue;
        }
        let name = line.split(['=', '.', ' ']).next().unwrap_or_default().trim_matches('"');
        if let Some(reason) = refused(member, name) {
            findings.push(Finding::new(file, index + 1, reason));
        } else if section == "dependencies" {
            let room = ROOMS.iter().find(|(library, members)| *library == name && !members.contains(&member));
            let reason = |(_, members): &(&str, &[&str])| format!("only {} may depend on `{name}`", members.join(", "));
            findings.extend(room.map(reason).map(|reason| Finding::new(file, index + 1, reason)));
        }
    }
    findings
}

/// Checks the `use` lines of a crate's source.
pub fn check_uses(file: &File, source: &Source) -> Vec<Finding> {
    let Some(member) = file.member() else {
        return Vec::new();
    };
    let used = |line: &str| {
        let line = line.trim_start();
        let path = line.strip_prefix("pub use ").or_else(|| line.strip_prefix("use "))?;
        refused(member, path.trim_start_matches("::").split([':', ';', ' ']).next().unwrap_or_default())
    };
    let lines = source.code.lines().enumerate();
    lines.filter_map(|(index, line)| Some(Finding::new(file, index + 1, used(line)?))).collect()
}

/// Why `member` may not use `other`; nothing if it may, or if one of them is no layer.
fn refused(member: &str, other: &str) -> Option<String> {
    let layer = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    if (member == BESIDE.0 && layer(other).is_some() && other != BESIDE.1)
        || (other == BESIDE.0 && layer(member).is_some() && member != "web")
    {
        return Some(format!("`{member}` must not use `{other}`: only web uses {}, which uses only {}", BESIDE.0, BESIDE.1));
    }
    if layer(other)? <= layer(member)? {
        return None;
    }
    Some(format!("`{member}` must not use `{other}`: dependencies point from shundan to web, app, store, domain"))
}

#[cfg(test)]
mod tests {
    use super::super::lexer::read;
    use super::super::tests::file;
    use super::*;

    fn manifest(member: &str, text: &str) -> Vec<usize> {
        let file = file(&format!("crates/{member}/Cargo.toml"), text);
        check_manifest(&file).iter().map(|finding| finding.line).collect()
    }

    fn uses(member: &str, text: &str) -> Vec<usize> {
        let file = file(&format!("crates/{member}/src/a.rs"), text);
        check_uses(&file, &read(text)).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn manifests_point_downwards() {
        assert_eq!(manifest("app", "[dependencies]\ndomain.workspace = true\nweb = { path = \"../web\" }\n"), [3]);
        assert_eq!(manifest("domain", "[dev-dependencies]\nstore.workspace = true\n"), [2]);
        assert_eq!(manifest("typeset", "[dependencies]\ndomain.workspace = true\nstore.workspace = true\n"), [3]);
        assert_eq!(manifest("app", "[dependencies]\ntypeset.workspace = true\n"), [2]);
        assert!(manifest("shundan", "[dependencies]\nweb.workspace = true\nclap = \"4\"\n").is_empty());
    }

    #[test]
    fn libraries_stay_in_their_rooms_except_in_tests() {
        assert_eq!(manifest("app", "[dependencies]\nrusqlite.workspace = true\n"), [2]);
        assert!(manifest("app", "[dev-dependencies]\ntokio.workspace = true\n").is_empty());
        assert!(manifest("store", "[dependencies]\nrusqlite.workspace = true\n").is_empty());
    }

    #[test]
    fn use_lines_point_downwards() {
        assert_eq!(uses("store", "use domain::Money;\nuse app::order;\n// use web::x;\n    pub use web::x;\n"), [2, 4]);
        assert!(uses("store", "use crate::app::x;\nuse application::y;\nuse self::web;\n").is_empty());
    }
}
