//! `cargo xtask ci`: every check that is not a test. All run, even after one has failed, so that one run tells everything.

use crate::binary::{self, Build};
use crate::command::{Result, cargo, run as run_command};
use crate::{advisory, licence, openapi, require, tidy, ui};
use std::time::{Duration, Instant};

/// A check that has run.
struct Done {
    name: &'static str,
    took: Duration,
    problem: Option<String>,
}

/// Runs all checks and prints what each found and how long it took.
///
/// # Errors
/// Names the checks that failed.
pub fn run() -> Result {
    let mut checks = Checks::default();
    checks.run("format", || run_command(cargo().args(["fmt", "--all", "--check"])));
    checks.run("tidy", tidy::run);
    checks.run("ui packages", || require::ensure(&[require::Need::Node]).and_then(|()| ui::install()));
    checks.run("ui check", || run_command(&mut ui::npm(&["run", "check"])));
    checks.run("ui client", openapi::types_are_current);
    checks.run("ui build", ui::build);
    checks.run("ui size", ui::size);
    checks.run("clippy", || run_command(cargo().args(["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])));
    checks.run("doc", || {
        let mut command = cargo();
        command.args(["doc", "--locked", "--no-deps", "--workspace"]).env("RUSTDOCFLAGS", "-D warnings");
        run_command(&mut command)
    });
    let mut shundan = None;
    checks.run("build", || {
        shundan = Some(binary::shundan(Build::WithTests)?);
        Ok(())
    });
    checks.run("openapi", || openapi::document_is_current(&shundan.ok_or("not compared, since the program did not build")?));
    checks.run("licences", licence::run);
    checks.run("advisories", advisory::run);
    checks.close()
}

#[derive(Default)]
struct Checks {
    done: Vec<Done>,
}

impl Checks {
    fn run(&mut self, name: &'static str, check: impl FnOnce() -> Result) {
        println!("── {name}");
        let started = Instant::now();
        let problem = check().err();
        if let Some(problem) = &problem {
            println!("{name}: {problem}");
        }
        self.done.push(Done { name, took: started.elapsed(), problem });
    }

    fn close(self) -> Result {
        println!();
        for Done { name, took, problem } in &self.done {
            let verdict = if problem.is_none() { "ok" } else { "FAILED" };
            println!("{name:<12} {:>6.1} s   {verdict}", took.as_secs_f64());
        }
        let failed: Vec<&str> = self.done.iter().filter(|done| done.problem.is_some()).map(|done| done.name).collect();
        if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_check_does_not_stop_the_next_but_fails_the_whole() {
        let mut checks = Checks::default();
        let mut reached = false;
        checks.run("first", || Err("no".to_owned()));
        checks.run("second", || {
            reached = true;
            Ok(())
        });
        assert!(reached);
        assert_eq!(checks.close(), Err("failed: first".to_owned()));
    }
}
