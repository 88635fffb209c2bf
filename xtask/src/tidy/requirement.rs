//! Requirement ids that are named exist.

use super::{File, Finding};
use std::collections::BTreeSet;

/// One id a line; lines with `#` are remarks.
const LIST: &str = "docs/requirements-ids.txt";

/// Finds ids of a known kind, `APR` in `APR-03`, that are not on the list.
pub fn check(files: &[File]) -> Vec<Finding> {
    let Some(list) = files.iter().find(|file| file.path == LIST) else {
        return Vec::new();
    };
    let known: BTreeSet<&str> = list.text.lines().filter(|line| !line.starts_with('#')).map(str::trim).collect();
    let kinds: BTreeSet<&str> = known.iter().filter_map(|id| id.split('-').next()).collect();
    let unknown = |id: &&str| !known.contains(id) && id.split('-').next().is_some_and(|kind| kinds.contains(kind));
    files
        .iter()
        .filter(|file| file.path != LIST && file.ends(&[".rs", ".md", ".ts", ".tsx", ".toml", ".json", ".sql"]))
        .filter(|file| !file.ends(&["package-lock.json"]) && !file.path.starts_with("xtask/src/tidy/"))
        .flat_map(|file| file.text.lines().enumerate().map(move |(index, line)| (file, index + 1, line)))
        .flat_map(|(file, number, line)| ids(line).into_iter().map(move |id| (file, number, id)))
        .filter(|(_, _, id)| unknown(id))
        .map(|(file, number, id)| Finding::new(file, number, format!("there is no requirement {id} in {LIST}")))
        .collect()
}

/// The words of a line that have the form `AAA-00`.
fn ids(line: &str) -> Vec<&str> {
    line.split(|character: char| !(character.is_ascii_alphanumeric() || character == '-' || character == '_'))
        .filter(|word| {
            word.len() == 6
                && word.is_ascii()
                && word[..3].bytes().all(|byte| byte.is_ascii_uppercase())
                && &word[3..4] == "-"
                && word[4..].bytes().all(|byte| byte.is_ascii_digit())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;

    #[test]
    fn only_ids_of_known_kinds_are_looked_up() {
        let list = file(LIST, "# ids\nAPR-01\nAPR-02\n");
        let code = file("crates/app/src/a.rs", "/// Source: APR-02,\n/// APR-09 (ABC-77)\n");
        let found = check(&[list, code]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].line, found[0].reason.contains("APR-09")), (2, true));
    }

    #[test]
    fn ids_are_whole_words() {
        assert_eq!(ids("APR-01…APR-03, SHA-256 XAPR-01 apr-02 [SVC-04]"), ["APR-01", "APR-03", "SVC-04"]);
    }
}
