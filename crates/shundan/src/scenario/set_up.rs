//! What is there before the first step: settings, roles, blueprint, people, master data and stock, all by the API.

use serde_json::{Value, json};

use super::file::{Record, Scenario, User};
use super::mistake::Mistake;
use super::person::{Answer, Request};
use super::player::{Player, request};
use super::world::PASSWORD;
use crate::trouble::Trouble;

/// Sets the company up; answers with what the server refuses of it, each at its place in the file.
///
/// # Errors
/// The machine fails.
pub async fn set_up(player: &mut Player<'_>) -> Result<Vec<Mistake>, Trouble> {
    let mut found = Vec::new();
    let scenario = player.scenario;
    settings(player, &mut found).await?;
    make(player, &scenario.roles, &mut found).await?;
    blueprint(player, &mut found).await?;
    for user in &scenario.users {
        add(player, user, &mut found).await?;
    }
    make(player, &scenario.records, &mut found).await?;
    // What could not be made has no stock either.
    if found.is_empty() {
        for record in &scenario.records {
            stock(player, record, &mut found).await?;
        }
    }
    player.world.settle().await;
    Ok(found)
}

fn refused(answer: &Answer, at: usize, field: &str, found: &mut Vec<Mistake>) {
    if answer.status >= 400 {
        let why = super::refuse::problem(&answer.body);
        found.push(Mistake::new(at, field, "refused", [("status", &answer.status.to_string()), ("why", &why)]));
    }
}

async fn make(player: &mut Player<'_>, records: &[Record], found: &mut Vec<Mistake>) -> Result<(), Trouble> {
    for record in records {
        let answer = player.ask_admin(&request("POST", record.path, record.body.clone())).await?;
        refused(&answer, record.at, &record.field, found);
    }
    Ok(())
}

async fn settings(player: &mut Player<'_>, found: &mut Vec<Mistake>) -> Result<(), Trouble> {
    let company = &player.scenario.company;
    let Some(settings) = company.settings.as_object().filter(|settings| !settings.is_empty()) else { return Ok(()) };
    let look = Request { method: "GET".to_owned(), path: vec!["company".to_owned()], ..Request::default() };
    let seen = player.ask_admin(&look).await?;
    let mut body = seen.body.clone();
    for (name, value) in settings {
        body[name] = value.clone();
    }
    let mut change = request("PUT", "/company", body);
    change.headers.extend(seen.tag.map(|tag| ("if-match", tag)));
    let answer = player.ask_admin(&change).await?;
    refused(&answer, company.at, "company", found);
    Ok(())
}

/// Puts the blueprint of the scenario in force: a draft of it is made and activated. What is wrong with its text was told when it was read.
async fn blueprint(player: &mut Player<'_>, found: &mut Vec<Mistake>) -> Result<(), Trouble> {
    let Some(rules) = &player.scenario.rules else { return Ok(()) };
    let why = &rules.name;
    let body = match &rules.text {
        Some(text) => json!({"content": text, "why": why}),
        None => json!({"ready": why, "why": why}),
    };
    let made = player.ask_admin(&request("POST", "/blueprints", body)).await?;
    refused(&made, rules.at, "blueprint", found);
    if let Some(id) = made.body["id"].as_str() {
        let mut activate = request("POST", &format!("/blueprints/{id}/activate"), json!({"why": why}));
        activate.headers.push(("if-match", format!("\"{}\"", made.body["version"])));
        let answer = player.ask_admin(&activate).await?;
        refused(&answer, rules.at, "blueprint", found);
    }
    Ok(())
}

async fn add(player: &mut Player<'_>, user: &User, found: &mut Vec<Mistake>) -> Result<(), Trouble> {
    let language = player.scenario.language;
    let name = match user.name.as_str() {
        "" => domain::text(language, &format!("role.{}", user.username), &[]),
        name => name.to_owned(),
    };
    let body = json!({
        "username": user.username, "name": name, "roles": user.roles, "language": language.as_str(), "password": PASSWORD,
    });
    let answer = player.ask_admin(&request("POST", "/users", body)).await?;
    refused(&answer, user.at, &format!("user.{}", user.username), found);
    Ok(())
}

/// Receives what a product has at the start, by whoever may.
async fn stock(player: &mut Player<'_>, record: &Record, found: &mut Vec<Mistake>) -> Result<(), Trouble> {
    for (house, quantity) in &record.stock {
        let lines = json!([{"product_id": record.body["code"], "quantity": quantity}]);
        let receive = request("POST", "/stock/receive", json!({"warehouse_id": house, "lines": lines}));
        let mut last = Answer { status: 403, body: Value::Null, tag: None };
        for username in keepers(player.scenario) {
            last = player.ask(&username, &receive).await?;
            if last.status != 403 {
                break;
            }
        }
        match last.status {
            403 => found.push(Mistake::new(record.at, &format!("{}.stock", record.field), "no_keeper", [])),
            _ => refused(&last, record.at, &format!("{}.stock", record.field), found),
        }
    }
    Ok(())
}

/// Everybody, those of the warehouse first.
fn keepers(scenario: &Scenario) -> Vec<String> {
    let mut users: Vec<&User> = scenario.users.iter().collect();
    users.sort_by_key(|user| !user.roles.iter().any(|role| role == "warehouse"));
    users.into_iter().map(|user| user.username.clone()).collect()
}
