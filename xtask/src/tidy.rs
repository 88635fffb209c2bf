//! `cargo xtask tidy`: the house rules that no compiler checks. Each rule is one file beside this one.

mod commit;
mod direction;
mod function;
mod lexer;
mod lock;
mod name;
mod outside;
mod requirement;
mod size;
mod sql;
mod text;

use crate::command::{Result, capture, program, root};

/// A text file of the repository.
#[derive(Clone, Debug)]
pub struct File {
    /// From the root, with `/`.
    pub path: String,
    /// Its whole content.
    pub text: String,
}

impl File {
    /// Whether its name ends in one of these.
    fn ends(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    /// Whether all of it is tests, by its place.
    fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.ends(&["/tests.rs", "_tests.rs", ".test.ts", ".test.tsx"])
    }

    /// The crate it belongs to.
    fn member(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }
}

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the root.
    pub path: String,
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl Finding {
    fn new(file: &File, line: usize, reason: impl Into<String>) -> Self {
        Self { path: file.path.clone(), line, reason: reason.into() }
    }
}

/// Checks every file that is or would be committed, and the last commit's subject.
///
/// # Errors
/// Says how many findings there are; all of them are printed as `file:line: reason`.
pub fn run() -> Result {
    let files = files()?;
    let mut findings = check(&files);
    findings.extend(commit::check(&capture(program("git").args(["log", "-1", "--format=%s"]))?));
    findings.sort();
    for Finding { path, line, reason } in &findings {
        println!("{path}:{line}: {reason}");
    }
    println!("tidy: {}", size::Spread::of(&files));
    if findings.is_empty() { Ok(()) } else { Err(format!("findings: {}", findings.len())) }
}

fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = size::check(files);
    findings.extend(requirement::check(files));
    let places = text::Places::of_this_machine();
    for file in files {
        findings.extend(name::check(file));
        findings.extend(text::check(file, &places));
        findings.extend(lock::check(file));
        findings.extend(direction::check_manifest(file));
        if file.ends(&[".rs"]) && ["crates/", "xtask/"].iter().any(|place| file.path.starts_with(place)) {
            let source = lexer::read(&file.text);
            findings.extend(function::check(file, &source));
            findings.extend(direction::check_uses(file, &source));
            findings.extend(sql::check(file, &source));
            findings.extend(outside::check(file, &source));
        }
    }
    findings
}

/// The text files that Git knows or does not ignore.
fn files() -> Result<Vec<File>> {
    let names = git(&["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"])?;
    let read = |path: &str| {
        let bytes = std::fs::read(root().join(path)).ok()?;
        let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))?;
        Some(File { path: path.to_owned(), text })
    };
    Ok(names.split('\0').filter(|name| !name.is_empty()).filter_map(read).collect())
}

/// Asks Git, also where the checkout belongs to another user, as it may on a build server.
fn git(words: &[&str]) -> Result<String> {
    capture(program("git").args(["-c", "safe.directory=*"]).args(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file for the tests of the rules.
    pub fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn places_tell_crate_and_tests() {
        assert_eq!(file("crates/app/src/order/ship.rs", "").member(), Some("app"));
        assert_eq!(file("xtask/src/main.rs", "").member(), None);
        assert!(file("crates/web/tests/it/order.rs", "").is_test());
        assert!(!file("crates/web/src/order.rs", "").is_test());
    }

    #[test]
    fn all_rules_look_at_a_file() {
        let bad = file("crates/app/src/helpers.rs", "use web::x;\nfn f() { q(\"SELECT a FROM b\"); }\n");
        let reasons: Vec<usize> = check(&[bad]).iter().map(|finding| finding.line).collect();
        assert_eq!(reasons, [0, 1, 2]);
    }
}
