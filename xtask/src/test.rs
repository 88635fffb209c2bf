//! `cargo xtask test`: all tests there are, and one closing line for all of them.

use crate::binary::{self, Build};
use crate::command::{Keep, Result, cargo, tee};
use crate::postgres::Cluster;
use crate::require::{self, Need};
use crate::tally::{self, Tally};
use crate::ui;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

/// A test runner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Runner {
    Rust,
    Ui,
    Browser,
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    runners: Vec<Runner>,
    filter: Option<String>,
}

/// What one step did, for the summary.
struct Report {
    name: &'static str,
    took: Duration,
    tally: Tally,
}

/// Runs what the words ask for. The last line printed is `N passed, M failed`.
///
/// # Errors
/// An empty one if a test failed, since everything has been told by then.
pub fn run(words: &[String]) -> Result {
    let plan = plan(words)?;
    prepare(&plan)?;
    let mut reports = Vec::new();
    let started = Instant::now();
    match build(&plan) {
        Ok(shundan) => {
            reports.push(Report { name: "build", took: started.elapsed(), tally: Tally::default() });
            run_all(&plan, &shundan, &mut reports)?;
        }
        Err(why) => {
            let tally = Tally::default().ended_badly(&why);
            reports.push(Report { name: "build", took: started.elapsed(), tally });
        }
    }
    close(&reports)
}

fn plan(words: &[String]) -> Result<Plan> {
    let mut plan = Plan { runners: Vec::new(), filter: None };
    for word in words {
        match word.as_str() {
            "--rust" => plan.runners.push(Runner::Rust),
            "--ui" => plan.runners.push(Runner::Ui),
            "--browser" => plan.runners.push(Runner::Browser),
            option if option.starts_with('-') => {
                return Err(format!("test: there is no option `{option}`"));
            }
            _ if plan.filter.is_some() => return Err("test: takes one filter".to_owned()),
            filter => plan.filter = Some(filter.to_owned()),
        }
    }
    if plan.runners.is_empty() {
        plan.runners = vec![Runner::Rust, Runner::Ui, Runner::Browser];
    }
    Ok(plan)
}

/// Everything that must be there, asked for before the first minute is spent on compiling.
fn prepare(plan: &Plan) -> Result {
    let mut needs = vec![Need::Node];
    if plan.runners.contains(&Runner::Rust) {
        needs.push(Need::PostgreSql);
    }
    if plan.runners.contains(&Runner::Browser) {
        needs.extend([Need::Chromium, Need::ChineseFont]);
    }
    require::ensure(&needs)
}

/// Builds the UI, which the server embeds, and all that is needed of the rest; answers with the program.
fn build(plan: &Plan) -> Result<PathBuf> {
    if plan.runners == [Runner::Rust] {
        ui::build_once()?;
    } else {
        ui::build()?;
    }
    if plan.runners.contains(&Runner::Rust) {
        binary::shundan(Build::WithTests)
    } else if plan.runners.contains(&Runner::Browser) {
        binary::shundan(Build::Debug)
    } else {
        Ok(PathBuf::new())
    }
}

fn run_all(plan: &Plan, shundan: &PathBuf, reports: &mut Vec<Report>) -> Result {
    let filter = plan.filter.as_deref();
    for runner in &plan.runners {
        let started = Instant::now();
        let (name, tally) = match runner {
            Runner::Rust => ("cargo test", rust(filter)?),
            Runner::Ui => ("vitest", node(&mut vitest(filter), tally::of_vitest)?),
            Runner::Browser => {
                let mut command = playwright(filter);
                command.env("SHUNDAN_BIN", shundan).env("CHROMIUM", require::chromium().unwrap_or_default());
                ("playwright", node(&mut command, tally::of_playwright)?)
            }
        };
        reports.push(Report { name, took: started.elapsed(), tally });
    }
    Ok(())
}

fn rust(filter: Option<&str>) -> Result<Tally> {
    let cluster = Cluster::start()?;
    let mut command = cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]).args(filter);
    command.env("SHUNDAN_TEST_POSTGRES", cluster.url());
    let (lines, well) = tee(&mut command, Keep::Output)?;
    let tally = tally::of_cargo(&lines);
    Ok(if well { tally } else { tally.ended_badly("`cargo test` failed; what it said is above") })
}

fn vitest(filter: Option<&str>) -> Command {
    let mut command = ui::npm(&["test", "--"]);
    if let Some(filter) = filter {
        command.args(["--testNamePattern", filter, "--passWithNoTests"]);
    }
    command
}

fn playwright(filter: Option<&str>) -> Command {
    let mut command = ui::npx(&["playwright", "test", "--reporter=list"]);
    if let Some(filter) = filter {
        command.args(["--grep", filter, "--pass-with-no-tests"]);
    }
    command
}

fn node(command: &mut Command, read: fn(&[String]) -> Tally) -> Result<Tally> {
    let (lines, well) = tee(command, Keep::OutputAndErrors)?;
    let tally = read(&lines);
    Ok(if well { tally } else { tally.ended_badly("the runner failed; what it said is above") })
}

/// Prints all failures again, the times, and the closing line.
fn close(reports: &[Report]) -> Result {
    for report in reports.iter().filter(|report| report.tally.failed > 0) {
        println!("\n════ {}: {} failed ════", report.name, report.tally.failed);
        for line in &report.tally.details {
            println!("{line}");
        }
    }
    println!();
    for Report { name, took, tally: Tally { passed, failed, skipped, .. } } in reports {
        println!("{name:<12} {:>6.1} s   {passed} passed, {failed} failed, {skipped} skipped", took.as_secs_f64());
    }
    let passed: u64 = reports.iter().map(|report| report.tally.passed).sum();
    let failed: u64 = reports.iter().map(|report| report.tally.failed).sum();
    println!("{passed} passed, {failed} failed");
    if failed == 0 { Ok(()) } else { Err(String::new()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(words: &str) -> Result<Plan> {
        plan(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn without_words_everything_runs() {
        let plan = planned("").unwrap();
        assert_eq!(plan, Plan { runners: vec![Runner::Rust, Runner::Ui, Runner::Browser], filter: None });
    }

    #[test]
    fn kinds_and_one_filter_narrow_it() {
        let plan = planned("--rust money").unwrap();
        assert_eq!(plan, Plan { runners: vec![Runner::Rust], filter: Some("money".to_owned()) });
        planned("one two").unwrap_err();
        planned("--fast").unwrap_err();
    }

    #[test]
    fn any_failure_makes_the_whole_a_failure() {
        let report = |failed| Report { name: "x", took: Duration::ZERO, tally: Tally { failed, ..Tally::default() } };
        assert_eq!(close(&[report(0)]), Ok(()));
        assert_eq!(close(&[report(0), report(1)]), Err(String::new()));
    }
}
