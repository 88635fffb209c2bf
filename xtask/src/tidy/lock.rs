//! Lock files pin versions and checksums, not the hosts one machine got them from.

use super::{File, Finding};
use serde_json::Value;

const CRATES: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

/// Checks the two lock files.
pub fn check(file: &File) -> Vec<Finding> {
    if file.ends(&["package-lock.json"]) {
        let mut findings = hosts(file, |line| line.trim_start().starts_with("\"resolved\": \"http"));
        findings.extend(left_out(file));
        findings
    } else if file.path == "Cargo.lock" {
        hosts(file, |line| line.starts_with("source = ") && line != CRATES)
    } else {
        Vec::new()
    }
}

fn hosts(file: &File, wrong: impl Fn(&str) -> bool) -> Vec<Finding> {
    let lines = file.text.lines().enumerate().filter(|(_, line)| wrong(line));
    lines.map(|(index, _)| Finding::new(file, index + 1, "a lock file names no host but crates.io")).collect()
}

/// `npm install` at times forgets the optional packages of other machines, and `npm ci` then refuses the lock file.
fn left_out(file: &File) -> Vec<Finding> {
    let lock: Value = serde_json::from_str(&file.text).unwrap_or_default();
    let Some(packages) = lock["packages"].as_object() else { return Vec::new() };
    let optional = packages.values().filter_map(|package| package["optionalDependencies"].as_object());
    optional
        .flat_map(|names| names.keys())
        .filter(|name| !packages.keys().any(|path| path.ends_with(&format!("node_modules/{name}"))))
        .map(|name| {
            let line = file.text.lines().position(|line| line.contains(&format!("\"{name}\":"))).unwrap_or(0) + 1;
            Finding::new(file, line, format!("optional `{name}` has no entry of its own, so `npm ci` refuses this file"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;

    #[test]
    fn hosts_in_lock_files_are_found() {
        let npm = "{\n  \"version\": \"1.0.0\",\n  \"resolved\": \"https://mirror.example/a.tgz\",\n  \"integrity\": \"sha512-x\"\n}\n";
        assert_eq!(check(&file("ui/package-lock.json", npm))[0].line, 3);
        assert!(check(&file("Cargo.lock", &format!("{CRATES}\n"))).is_empty());
        assert_eq!(check(&file("Cargo.lock", "source = \"registry+https://mirror.example\"\n")).len(), 1);
    }

    #[test]
    fn optional_packages_of_other_machines_must_stand_in_the_lock_file() {
        let text = r#"{"packages":{
            "node_modules/a":{"optionalDependencies":{
                "a-linux":"1",
                "a-mac":"1"}},
            "node_modules/a-linux":{"version":"1"}}}"#;
        let found = check(&file("ui/package-lock.json", text));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].line, found[0].reason.contains("a-mac")), (4, true));
    }
}
