//! `cargo xtask torture`: kills, races, faults, bad input, for as long as one likes. What each promises: `docs/reliability.md`.
//!
//! The tortures are ordinary tests, short in `cargo xtask test`; the environment makes them long.

use crate::command::{Keep, Result, cargo, tee};
use crate::postgres::Cluster;
use crate::tally::{self, Tally};
use crate::ui;
use std::process::Command;
use std::time::{Duration, Instant};

/// A kind of torture: the tests of some targets, or those of one module in them.
#[derive(Debug, PartialEq, Eq)]
struct Torture {
    name: &'static str,
    targets: &'static [&'static str],
    filter: Option<&'static str>,
}

/// All of them, the quick ones first.
const ALL: &[Torture] = &[
    Torture { name: "simulation", targets: &["simulation"], filter: None },
    Torture { name: "race", targets: &["race"], filter: None },
    Torture { name: "input", targets: &["input", "files", "figures"], filter: None },
    Torture { name: "disk", targets: &["torture"], filter: Some("disk::") },
    Torture { name: "backup", targets: &["torture"], filter: Some("backup::") },
    Torture { name: "crash", targets: &["torture"], filter: Some("crash::") },
];

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    chosen: Vec<&'static Torture>,
    seconds: Option<u64>,
    seed: u64,
}

/// How one went.
struct Report {
    name: &'static str,
    took: Duration,
    tally: Tally,
    figures: Vec<String>,
}

/// Runs what the words ask for and closes with the figures of all.
///
/// # Errors
/// An empty one if anything failed, since everything has been told by then.
pub fn run(words: &[String]) -> Result {
    let plan = plan(words)?;
    ui::make_room()?;
    let cluster = Cluster::start()?;
    let mut reports = Vec::new();
    for torture in &plan.chosen {
        println!("\n════ {} ════ seed {}", torture.name, plan.seed);
        let begun = Instant::now();
        let (lines, well) = tee(&mut command(torture, &plan, cluster.url()), Keep::Output)?;
        let mut tally = tally::of_cargo(&lines);
        if !well || tally.passed == 0 {
            tally = tally.ended_badly("it failed, or there was nothing to run; what it said is above");
        }
        let figures = lines.iter().filter_map(|line| figures(line)).collect();
        reports.push(Report { name: torture.name, took: begun.elapsed(), tally, figures });
    }
    close(&reports, &plan)
}

fn plan(words: &[String]) -> Result<Plan> {
    let mut plan = Plan { chosen: Vec::new(), seconds: None, seed: 1 };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("torture: `{word}` needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("torture: `{value}` is no number"));
        match word.as_str() {
            "--seconds" => plan.seconds = Some(number()?),
            "--seed" => plan.seed = number()?,
            "--only" => plan.chosen.push(named(value)?),
            _ => return Err(format!("torture: there is no option `{word}`")),
        }
    }
    if plan.chosen.is_empty() {
        plan.chosen = ALL.iter().collect();
    }
    Ok(plan)
}

fn named(name: &str) -> Result<&'static Torture> {
    let names: Vec<&str> = ALL.iter().map(|torture| torture.name).collect();
    let unknown = || format!("torture: there is no `{name}`, but {}", names.join(", "));
    ALL.iter().find(|torture| torture.name == name).ok_or_else(unknown)
}

fn command(torture: &Torture, plan: &Plan, database: &str) -> Command {
    let mut command = cargo();
    // All packages are named, so that nothing is compiled with other features than `cargo xtask test` does.
    command.args(["test", "--workspace", "--no-fail-fast"]);
    for target in torture.targets {
        command.args(["--test", target]);
    }
    command.arg("--").args(torture.filter).args(["--nocapture", "--test-threads", "1"]);
    command.env("SHUNDAN_TEST_POSTGRES", database).env("SHUNDAN_TORTURE_SEED", plan.seed.to_string());
    if let Some(seconds) = plan.seconds {
        command.env("SHUNDAN_TORTURE_SECONDS", seconds.to_string());
    }
    command
}

/// The figures in a line: `torture crash sqlite: 104 kills, …`. The first line that a test prints stands behind its name.
fn figures(line: &str) -> Option<String> {
    let said = line.split_once(" ... ").map_or(line, |(_, said)| said);
    let figures = said.strip_prefix("torture ")?;
    figures.contains(": ").then(|| figures.to_owned())
}

fn close(reports: &[Report], plan: &Plan) -> Result {
    println!("\n════ torture, seed {} ════", plan.seed);
    for Report { name, took, tally, figures } in reports {
        println!("{name:<12} {:>6.0} s   {} passed, {} failed", took.as_secs_f64(), tally.passed, tally.failed);
        figures.iter().for_each(|line| println!("    {line}"));
    }
    let (passed, failed) = reports.iter().fold((0, 0), |sum, report| (sum.0 + report.tally.passed, sum.1 + report.tally.failed));
    println!("{passed} passed, {failed} failed");
    if failed == 0 {
        return Ok(());
    }
    for report in reports.iter().filter(|report| report.tally.failed > 0) {
        println!("\n════ {}: {} failed ════", report.name, report.tally.failed);
        report.tally.details.iter().for_each(|line| println!("{line}"));
    }
    Err(String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(words: &str) -> Result<Plan> {
        plan(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn everything_runs_short_unless_words_say_otherwise() {
        let all = planned("").unwrap();
        assert_eq!((all.chosen.len(), all.seconds, all.seed), (ALL.len(), None, 1));
        let one = planned("--only crash --seconds 600 --seed 7 --only disk").unwrap();
        let names: Vec<&str> = one.chosen.iter().map(|torture| torture.name).collect();
        assert_eq!((names, one.seconds, one.seed), (vec!["crash", "disk"], Some(600), 7));
        for wrong in ["--only nothing", "--seconds", "--seconds many", "--fast 1"] {
            planned(wrong).unwrap_err();
        }
    }

    #[test]
    fn figures_are_found_also_behind_the_name_of_a_test() {
        let line = "torture race: 5 seeds";
        assert_eq!(figures(line).as_deref(), Some("race: 5 seeds"));
        assert_eq!(figures(&format!("test race::all ... {line}")).as_deref(), Some("race: 5 seeds"));
        assert_eq!(figures("torture crash begins with seed 1"), None);
        assert_eq!(figures("test torture ... ok"), None);
    }
}
