//! Building the program `shundan` and finding where Cargo put it.

use crate::command::{Keep, Result, cargo, tee};
use serde_json::Value;
use std::path::PathBuf;

/// What is compiled along with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// The program as users run it.
    Release,
    /// The program, unoptimised.
    Debug,
    /// The program and all tests, unoptimised, with exactly the features that `cargo test --workspace` uses, so that
    /// nothing is compiled a second time.
    WithTests,
}

/// Builds and answers with the file to run.
pub fn shundan(build: Build) -> Result<PathBuf> {
    let mut command = cargo();
    command.args(words(build)).arg("--message-format=json-render-diagnostics");
    let (lines, well) = tee(&mut command, Keep::OutputSilently)?;
    if !well {
        return Err(format!("`cargo {}` failed", words(build).join(" ")));
    }
    executable(&lines).ok_or_else(|| "Cargo did not say where it put the program `shundan`".to_owned())
}

fn words(build: Build) -> &'static [&'static str] {
    match build {
        Build::Release => &["build", "--release", "--package", "shundan"],
        Build::Debug => &["build", "--package", "shundan"],
        Build::WithTests => &["build", "--workspace", "--all-targets"],
    }
}

fn executable(messages: &[String]) -> Option<PathBuf> {
    messages.iter().filter_map(|line| serde_json::from_str::<Value>(line).ok()).find_map(|message| {
        let is_program = message["reason"] == "compiler-artifact"
            && message["target"]["name"] == "shundan"
            && message["target"]["kind"][0] == "bin"
            && message["profile"]["test"] == false;
        if is_program { message["executable"].as_str().map(PathBuf::from) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_told_apart_from_its_tests_and_libraries() {
        let artifact = |name: &str, kind: &str, test: bool, file: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","target":{{"name":"{name}","kind":["{kind}"]}},"profile":{{"test":{test}}},"executable":"{file}"}}"#
            )
        };
        let lines = [
            "not json".to_owned(),
            artifact("xtask", "bin", false, "t/xtask"),
            artifact("shundan", "bin", true, "t/deps/shundan-1"),
            artifact("shundan", "bin", false, "t/shundan"),
        ];
        assert_eq!(executable(&lines), Some(PathBuf::from("t/shundan")));
        assert_eq!(executable(&lines[..3]), None);
    }
}
