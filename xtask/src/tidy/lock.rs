//! Lock files pin versions and checksums, not the hosts one machine got them from.

use super::{File, Finding};

const CRATES: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

/// Finds lines that name such a host.
pub fn check(file: &File) -> Vec<Finding> {
    let wrong: fn(&str) -> bool = if file.ends(&["package-lock.json"]) {
        |line| line.trim_start().starts_with("\"resolved\": \"http")
    } else if file.path == "Cargo.lock" {
        |line| line.starts_with("source = ") && line != CRATES
    } else {
        return Vec::new();
    };
    let lines = file
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| wrong(line));
    lines
        .map(|(index, _)| {
            Finding::new(
                file,
                index + 1,
                "the lock file names a host; only crates.io in Cargo.lock may stand",
            )
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
        assert_eq!(
            check(&file(
                "Cargo.lock",
                "source = \"registry+https://mirror.example\"\n"
            ))
            .len(),
            1
        );
    }
}
