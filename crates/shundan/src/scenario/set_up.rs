//! What is there before the first step: settings, blueprint, people, master data and stock, all by the API.

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
    settings(player, &mut found).await?;
    blueprint(player, &mut found).await?;
    for user in &player.scenario.users {
        add(player, user, &mut found).await?;
    }
    for record in &player.scenario.records {
        let answer = player.ask_admin(&request("POST", record.path, record.body.clone())).await?;
        refused(&answer, record.at, &record.field, &mut found);
    }
    // What could not be made has no stock either.
    if found.is_empty() {
        for record in &player.scenario.records {
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

/// Makes the blueprint of the file, or one that the product comes with, the one in force.
async fn blueprint(player: &mut Player<'_>, found: &mut Vec<Mistake>) -> Result<(), Trouble> {
    let Some((name, at)) = &player.scenario.blueprint else { return Ok(()) };
    let path = player.scenario.path.parent().map(|folder| folder.join(name)).filter(|path| path.is_file());
    let body = match path {
        Some(path) => json!({"text": std::fs::read_to_string(&path).map_err(|why| Trouble::file(&path, &why))?}),
        None => json!({"name": name}),
    };
    let made = player.ask_admin(&request("POST", "/blueprints", body)).await?;
    if made.status == 404 {
        found.push(Mistake::new(*at, "blueprint", "no_blueprints", [("value", name)]));
        return Ok(());
    }
    refused(&made, *at, "blueprint", found);
    if let Some(id) = made.body["id"].as_str() {
        let answer = player.ask_admin(&request("POST", &format!("/blueprints/{id}/activate"), json!({}))).await?;
        refused(&answer, *at, "blueprint", found);
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
