//! `shundan scenario`: plays a company through the public HTTP API with a moved clock, and checks every figure and every refusal.
//!
//! A scenario is a TOML file; `docs/guide/scenarios.md` tells how to write one. Source: POL-10 to POL-20

mod api;
mod body;
mod expect;
mod file;
mod fill;
mod key;
mod mistake;
mod person;
mod player;
mod pointer;
mod refuse;
mod report;
mod rules;
mod schema;
mod set_up;
mod step;
mod table;
mod when;
mod world;

use std::path::{Path, PathBuf};
use std::time::Instant;

use api::Api;
use file::Scenario;
use mistake::Mistake;
use player::{Player, Stop};
use report::{End, Played, Report};
use world::{Ground, PASSWORD, World};

use crate::args::{Global, RunScenario, Scenario as Command};
use crate::texts::Say;
use crate::trouble::Trouble;

pub async fn run(say: Say, global: &Global, command: Command) -> Result<(), Trouble> {
    match command {
        Command::Run(typed) => {
            let scenarios = read_all(say, &typed.files)?;
            if typed.list {
                scenarios.iter().for_each(|scenario| list(say, scenario));
                return Ok(());
            }
            play_all(say, global, &typed, &scenarios).await
        }
        Command::Check(typed) => {
            for scenario in read_all(say, &typed.files)? {
                let steps = scenario.steps.len().to_string();
                println!("{}", say.text("scenario.checked", &[("path", &scenario.path.display().to_string()), ("steps", &steps)]));
            }
            Ok(())
        }
        Command::Schema => {
            print!("{}", schema::text());
            Ok(())
        }
    }
}

/// Reads the files; tells every mistake in any of them.
fn read_all(say: Say, paths: &[PathBuf]) -> Result<Vec<Scenario>, Trouble> {
    let api = Api::new();
    let mut scenarios = Vec::new();
    let mut mistakes = 0;
    for path in paths {
        let text = std::fs::read_to_string(path).map_err(|why| Trouble::file(path, &why))?;
        match file::read(path, &text, &api) {
            Ok(scenario) => scenarios.push(scenario),
            Err(found) => {
                mistakes += found.len();
                tell(say, path, &text, &found);
            }
        }
    }
    if mistakes == 0 { Ok(scenarios) } else { Err(Trouble::with("trouble.scenario", [("count", &mistakes)])) }
}

fn tell(say: Say, path: &Path, text: &str, found: &[Mistake]) {
    found.iter().for_each(|mistake| eprintln!("{}", mistake.told(say, path, text)));
}

fn head(say: Say, scenario: &Scenario) -> String {
    let path = scenario.path.display().to_string();
    say.text("scenario.head", &[("name", scenario.name.in_language(say.0)), ("path", &path)])
}

fn list(say: Say, scenario: &Scenario) {
    println!("{}", head(say, scenario));
    scenario.steps.iter().for_each(|step| println!("  {}", report::told(say, scenario, step)));
    println!();
}

async fn play_all(say: Say, global: &Global, typed: &RunScenario, scenarios: &[Scenario]) -> Result<(), Trouble> {
    let mut reports = Vec::new();
    for scenario in scenarios {
        let ground = Ground::new(global, typed.keep.as_deref(), &scenario.path).await?;
        let played = play(say, typed.json, &ground, scenario).await;
        if let (Ground::Kept(folder), false) = (&ground, typed.json) {
            let places = [("data", folder.display().to_string()), ("code", scenario.company.code.clone())];
            let places: Vec<(&str, &str)> = places.iter().map(|(name, value)| (*name, value.as_str())).collect();
            println!("{}\n", say.text("scenario.kept", &[&places[..], &[("password", PASSWORD)]].concat()));
        }
        ground.remove().await;
        reports.push(played?);
    }
    if typed.json {
        let all: Vec<_> = reports.iter().map(|report| report.json(say)).collect();
        println!("{:#}", serde_json::Value::from(all));
    }
    if reports.iter().all(Report::is_good) { Ok(()) } else { Err(Trouble::Said) }
}

async fn play<'a>(say: Say, quiet: bool, ground: &Ground, scenario: &'a Scenario) -> Result<Report<'a>, Trouble> {
    let begun = Instant::now();
    if !quiet {
        println!("{}", head(say, scenario));
    }
    let world = World::start(ground, scenario).await?;
    let done = steps(say, quiet, &world, scenario).await;
    let findings = world.verify().await;
    world.stop().await;
    let report = Report { scenario, played: done?, findings: findings?, took: begun.elapsed() };
    if !quiet {
        report.print_end(say);
    }
    Ok(report)
}

async fn steps(say: Say, quiet: bool, world: &World, scenario: &Scenario) -> Result<Vec<Played>, Trouble> {
    let mut player = Player::new(world, scenario);
    let refused = set_up::set_up(&mut player).await?;
    if !refused.is_empty() {
        tell(say, &scenario.path, &scenario.text, &refused);
        return Err(Trouble::with("trouble.scenario", [("count", &refused.len())]));
    }
    let mut all = Vec::new();
    for step in &scenario.steps {
        let played = one(&mut player, step).await?;
        if !quiet {
            report::print(say, scenario, step, &played);
        }
        all.push(played);
    }
    Ok(all)
}

async fn one(player: &mut Player<'_>, step: &step::Step) -> Result<Played, Trouble> {
    player.go_to(step.at).await;
    let mut played = Played { end: End::Good, request: String::new(), status: 0, differences: Vec::new(), needs: String::new() };
    let Some(ask) = &step.ask else { return Ok(played) };
    match player.act(ask).await {
        Ok(tried) => {
            played.end = if tried.differences.is_empty() { End::Good } else { End::Bad };
            (played.request, played.status, played.differences) = (tried.request, tried.status, tried.differences);
        }
        Err(Stop::Unknown(name)) => (played.end, played.needs) = (End::Skipped, name),
        Err(Stop::Trouble(trouble)) => return Err(trouble),
    }
    Ok(played)
}
