//! The project's own commands: `cargo xtask <command>`.
//!
//! Everything a person or a build server does with this repository goes through here, so that a fresh machine needs
//! no instructions. Built from the standard library and `serde_json` alone: it must compile in seconds.

mod advisory;
mod binary;
mod ci;
mod command;
mod demo;
mod licence;
mod openapi;
mod postgres;
mod require;
mod screenshots;
mod tally;
mod test;
mod tidy;
mod torture;
mod ui;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  demo [--port N] [--data DIR]   build everything and start a demo company (further options: those of `shundan demo`)
  test [filter] [--rust|--ui|--browser]
                                 run all tests, or one kind, or those whose name contains the filter
  torture [--seconds N] [--only crash|backup|disk|race|simulation|input] [--seed S]
                                 kill servers and databases, fill disks, race, break connections, send nonsense;
                                 N: how long each test goes on; see docs/reliability.md
  ci                             every check that is not a test: format, lints, docs, tidy, drift, licences
  tidy                           only the house rules: sizes, layers, names, requirement ids, texts, last commit
  pg                             a private PostgreSQL for development, until Enter or Ctrl-C
  openapi                        write docs/openapi.json and the types of the UI from the program
  screenshots                    write docs/screenshots/*.png from the running program

What is missing on the machine is installed (Debian and Ubuntu, as root) or named.
CARGO_TARGET_DIR is respected.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = match words.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("help", &[][..]),
    };
    let done = match name {
        "demo" => demo::run(rest),
        "test" => test::run(rest),
        "ci" => none(rest).and_then(|()| ci::run()),
        "torture" => torture::run(rest),
        "tidy" => none(rest).and_then(|()| tidy::run()),
        "pg" => none(rest).and_then(|()| postgres::hold()),
        "openapi" => none(rest).and_then(|()| openapi::write()),
        "screenshots" => screenshots::run(rest),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command `{other}`\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            if !message.is_empty() {
                eprintln!("xtask {name}: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Refuses arguments for a command that takes none.
fn none(rest: &[String]) -> command::Result {
    match rest.first() {
        None => Ok(()),
        Some(word) => Err(format!("takes no `{word}`; `cargo xtask help` lists the commands")),
    }
}
