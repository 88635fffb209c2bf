//! What was played, for people and for programs.

use std::time::Duration;

use console::{Alignment, measure_text_width, pad_str, style};
use domain::Instant;
use serde_json::{Value, json};

use super::expect::Difference;
use super::file::Scenario;
use super::step::{By, Step};
use crate::texts::Say;

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Everything is as the file says.
    Good,
    /// Something differs.
    Bad,
    /// What it needs was not made by the steps before.
    Skipped,
}

/// A step that was played.
#[derive(Clone, Debug)]
pub struct Played {
    /// How it ended.
    pub end: End,
    /// `POST /orders/…/submit`; empty where only time passes.
    pub request: String,
    /// Of the first answer.
    pub status: u16,
    /// What differs, with the line in the file.
    pub differences: Vec<(usize, Difference)>,
    /// The name that a skipped step needs.
    pub needs: String,
}

/// A scenario that was played.
#[derive(Debug)]
pub struct Report<'a> {
    /// Which.
    pub scenario: &'a Scenario,
    /// Its steps, in order.
    pub played: Vec<Played>,
    /// What does not fit together in what is stored.
    pub findings: Vec<String>,
    /// How long it took on the machine's clock.
    pub took: Duration,
}

impl Report<'_> {
    /// Whether everything is as the file says.
    pub fn is_good(&self) -> bool {
        self.findings.is_empty() && self.played.iter().all(|played| played.end == End::Good)
    }

    fn count(&self, end: End) -> usize {
        self.played.iter().filter(|played| played.end == end).count()
    }

    /// As JSON.
    pub fn json(&self, say: Say) -> Value {
        let steps = self.scenario.steps.iter().zip(&self.played);
        json!({
            "file": self.scenario.path.display().to_string(),
            "name": self.scenario.name.in_language(say.0),
            "good": self.is_good(),
            "seconds": (self.took.as_secs_f64() * 1000.0).round() / 1000.0,
            "steps": steps.map(|(step, played)| step_json(say, step, played)).collect::<Vec<_>>(),
            "findings": self.findings,
        })
    }

    /// The last lines: whether the data fits together, and the sum.
    pub fn print_end(&self, say: Say) {
        let key = if self.findings.is_empty() { "scenario.verified" } else { "scenario.not_verified" };
        println!("  {}", say.plain(key));
        self.findings.iter().for_each(|finding| println!("      {finding}"));
        let places = [
            ("steps", self.played.len().to_string()),
            ("bad", self.count(End::Bad).to_string()),
            ("skipped", self.count(End::Skipped).to_string()),
            ("seconds", format!("{:.1}", self.took.as_secs_f64())),
        ];
        let places: Vec<(&str, &str)> = places.iter().map(|(name, value)| (*name, value.as_str())).collect();
        println!("{}\n", say.text(if self.is_good() { "scenario.good" } else { "scenario.bad" }, &places));
    }
}

fn step_json(say: Say, step: &Step, played: &Played) -> Value {
    let difference = |(line, difference): &(usize, Difference)| json!({"line": line_of(*line, step), "place": difference.place, "expected": difference.expected, "got": difference.got});
    json!({
        "number": step.number,
        "line": step.line,
        "at": step.at.to_string(),
        "as": who(step),
        "say": step.say.in_language(say.0),
        "request": played.request,
        "status": played.status,
        "end": match played.end { End::Good => "good", End::Bad => "bad", End::Skipped => "skipped" },
        "needs": played.needs,
        "differences": played.differences.iter().map(difference).collect::<Vec<_>>(),
    })
}

fn line_of(line: usize, step: &Step) -> usize {
    if line == 0 { step.line } else { line }
}

fn who(step: &Step) -> &str {
    match step.ask.as_ref().map(|ask| &ask.by) {
        Some(By::User(username)) => username,
        Some(By::Bearer(_)) => "bearer",
        None => "",
    }
}

/// What a step is, for the reader: what it says, else what it asks for.
pub fn told(say: Say, scenario: &Scenario, step: &Step) -> String {
    let said = step.say.in_language(say.0);
    let said = match &step.ask {
        _ if !said.is_empty() => said.to_owned(),
        Some(ask) => format!("{} {}", ask.method, ask.path),
        None => say.plain("scenario.time_passes"),
    };
    let wide = scenario.steps.iter().map(|step| measure_text_width(who(step))).max().unwrap_or(0);
    let who = pad_str(who(step), wide, Alignment::Left, None);
    format!("{:>3}  {}  {who}  {said}", step.number, clock(scenario, step.at))
}

fn clock(scenario: &Scenario, at: Instant) -> String {
    at.shown_in(&scenario.company.time_zone).unwrap_or_else(|| at.to_string())
}

/// Prints a step, and under it what differs.
pub fn print(say: Say, scenario: &Scenario, step: &Step, played: &Played) {
    let mark = match played.end {
        End::Good => style("✓").green(),
        End::Bad => style("✗").red(),
        End::Skipped => style("–").yellow(),
    };
    println!("  {mark} {}", told(say, scenario, step));
    if played.end == End::Skipped {
        println!("        {}", say.text("scenario.skipped", &[("name", &played.needs)]));
    }
    if !played.differences.is_empty() {
        println!("        {}:{}  {} → {}", scenario.path.display(), step.line, played.request, played.status);
    }
    for (line, Difference { place, expected, got }) in &played.differences {
        let at = line_of(*line, step).to_string();
        println!("        {}", say.text("scenario.differs", &[("line", &at), ("place", place), ("expected", expected), ("got", got)]));
    }
}
