//! Running other programs from the root of the repository.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What every command answers; the error is the text for the person. An empty one means: already told.
pub type Result<T = ()> = std::result::Result<T, String>;

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&here).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// A program started in the root of the repository.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// Cargo, freed of what the outer `cargo run` set, which would make build scripts run again and again.
pub fn cargo() -> Command {
    let mut command = program(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    for (key, _) in std::env::vars() {
        let set_by_run = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if set_by_run.iter().any(|prefix| key.starts_with(prefix)) || key == "CARGO_PRIMARY_PACKAGE" {
            command.env_remove(key);
        }
    }
    command
}

/// Runs to the end with the terminal's input and output.
pub fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", line_of(command))) }
}

/// Runs to the end and answers with what was printed; errors still go to the terminal.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        return Err(format!("`{}` failed ({})", line_of(command), output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("`{}` did not print text", line_of(command)))
}

/// Which outputs [`tee`] keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Standard output; standard error goes straight to the terminal.
    Output,
    /// Standard output, without showing it.
    OutputSilently,
    /// Both, in the order in which they were printed.
    OutputAndErrors,
}

/// Runs to the end, keeps every line and shows it as it comes; answers with the lines and whether it went well.
pub fn tee(command: &mut Command, keep: Keep) -> Result<(Vec<String>, bool)> {
    let (reader, writer) = std::io::pipe().map_err(|error| error.to_string())?;
    if keep == Keep::OutputAndErrors {
        command.stderr(writer.try_clone().map_err(|error| error.to_string())?);
    }
    command.stdin(Stdio::null()).stdout(writer);
    let mut child = command.spawn().map_err(|error| not_started(command, &error))?;
    // The command still owns the writing end; only when it lets go does the reader see the end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut lines = Vec::new();
    for line in BufReader::new(reader).split(b'\n') {
        let line = line.map_err(|error| error.to_string())?;
        let line = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
        if keep != Keep::OutputSilently {
            println!("{line}");
        }
        lines.push(line);
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    Ok((lines, status.success()))
}

/// Whether a program of this name is on the search path.
pub fn is_installed(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` could not be started: {error}", line_of(command))
}

fn line_of(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words[0] = words[0].rsplit('/').next().unwrap_or_default().to_owned();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_outputs_are_kept_in_order_and_the_verdict_is_told() {
        let mut command = program("sh");
        command.args(["-c", "echo one; echo two >&2; echo three; exit 3"]);
        let (lines, well) = tee(&mut command, Keep::OutputAndErrors).unwrap();
        assert_eq!(lines, ["one", "two", "three"]);
        assert!(!well);
    }

    #[test]
    fn a_failure_names_the_command() {
        let refused = run(program("sh").args(["-c", "exit 2"])).unwrap_err();
        assert!(refused.contains("sh -c exit 2"), "{refused}");
        assert!(run(&mut program("no-such-program")).unwrap_err().contains("no-such-program"));
    }
}
