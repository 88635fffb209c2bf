//! What holds for every answer, whatever was sent.

use serde_json::Value;

use crate::operation::{Api, Operation};
use crate::sent::Sent;
use crate::world::{Answer, FOREIGN, World};

/// What is wrong with an answer; its kind first, the same for the same fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Which property does not hold.
    pub kind: &'static str,
    /// What was seen.
    pub seen: String,
}

fn wrong(kind: &'static str, seen: impl Into<String>) -> Result<(), Wrong> {
    Err(Wrong { kind, seen: seen.into() })
}

/// Everything that holds for one answer.
///
/// # Errors
/// The first property that does not hold.
pub fn check(api: &Api, world: &World, sent: &Sent, answer: &Answer) -> Result<(), Wrong> {
    let operation = &api.operations[sent.operation];
    let text = String::from_utf8_lossy(&answer.bytes);
    match answer.status {
        500.. => return wrong("the server failed", format!("{} {text}", answer.status)),
        400..500 => problem(sent, operation, answer)?,
        200..300 => success(api, operation, answer)?,
        status => return wrong("an answer that is neither success nor problem", status.to_string()),
    }
    let whole = format!("{text}\n{:?}", answer.headers);
    let may_tell = operation.path == "/api/v1/session" && operation.method == "POST";
    for secret in world.secrets.iter().filter(|secret| !secret.is_empty()) {
        // What the caller wrote is no secret to the caller.
        if whole.contains(secret) && !may_tell && !String::from_utf8_lossy(&sent.bytes()).contains(secret) {
            return wrong("a secret is told", secret.clone());
        }
    }
    let own = |word: &str| sent.address().contains(word) || String::from_utf8_lossy(&sent.bytes()).contains(word);
    if ["password_hash", "secret_hash"].iter().any(|word| text.contains(word) && !own(word)) {
        return wrong("a secret is told", text);
    }
    // The page for signing in names the companies of this server; who signs in elsewhere is told where.
    let signs_in = ["session", "sign-in"].contains(&operation.noun()) || operation.id == "portal_sign_in_page";
    // Who runs the server sees the companies that were founded on it.
    let founds = ["list_companies", "show_founded_company"].contains(&operation.id.as_str());
    if text.contains(FOREIGN) && !signs_in && !founds {
        return wrong("another company's row is told", text);
    }
    Ok(())
}

fn success(api: &Api, operation: &Operation, answer: &Answer) -> Result<(), Wrong> {
    let Some(schema) = operation.answers.get(&answer.status) else {
        return wrong("a status that is not in the description", answer.status.to_string());
    };
    let json = answer.header("content-type").starts_with("application/json");
    let Some(schema) = schema.as_ref().filter(|_| json) else { return Ok(()) };
    let Ok(value) = serde_json::from_slice::<Value>(&answer.bytes) else {
        return wrong("an answer that is no JSON", String::from_utf8_lossy(&answer.bytes));
    };
    let mut mistakes = Vec::new();
    api.mistakes(schema, &value, "", &mut mistakes);
    if mistakes.is_empty() { Ok(()) } else { wrong("an answer that is not as described", mistakes.join("; ")) }
}

fn problem(sent: &Sent, operation: &Operation, answer: &Answer) -> Result<(), Wrong> {
    let shown = String::from_utf8_lossy(&answer.bytes).into_owned();
    if answer.header("content-type") != "application/problem+json" {
        return wrong("an error that is no problem document", format!("{} {} {shown}", answer.status, answer.header("content-type")));
    }
    let value = answer.json();
    let text = |name: &str| value[name].as_str().unwrap_or_default();
    let code = text("code");
    let stable = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte));
    if !stable
        || value["type"] != value["code"]
        || value["status"] != answer.status
        || text("title").is_empty()
        || text("detail").is_empty()
    {
        return wrong("a problem that is not whole", shown);
    }
    if text("title") == code || text("detail") == code || text("title").starts_with("problem.") {
        return wrong("a problem without a text", shown);
    }
    language(sent, answer, text("title"), &shown)?;
    for error in value["errors"].as_array().into_iter().flatten() {
        let (code, message) = (error["code"].as_str().unwrap_or_default(), error["message"].as_str().unwrap_or_default());
        if code.is_empty() || message.is_empty() || message == code {
            return wrong("a field's error without a text", shown);
        }
        let pointer = error["pointer"].as_str().unwrap_or_default();
        if !points(sent, operation, pointer) {
            return wrong("a pointer to nothing", format!("{pointer} of {shown}"));
        }
    }
    Ok(())
}

fn language(sent: &Sent, answer: &Answer, title: &str, shown: &str) -> Result<(), Wrong> {
    let Some(asked) = sent.header("accept-language").filter(|asked| ["en", "zh-CN", "zh-TW"].contains(asked)) else { return Ok(()) };
    let chinese = title.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    if answer.header("content-language") != asked || chinese == (asked == "en") {
        return wrong("a text in another language", format!("asked for {asked}: {} {shown}", answer.header("content-language")));
    }
    Ok(())
}

/// Whether a pointer names something that was sent, or a field that is missing in something that was.
fn points(sent: &Sent, operation: &Operation, pointer: &str) -> bool {
    let Some(rest) = pointer.strip_prefix('/') else { return pointer.is_empty() };
    let first = rest.split('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    let in_query = operation.query.iter().any(|(name, _)| *name == first) || sent.query.iter().any(|(name, _)| *name == first);
    let in_path = operation.path.contains(&format!("{{{first}}}"));
    if in_query || in_path || sent.headers.iter().any(|(name, _)| *name == first) {
        return true;
    }
    // What is wrong inside of a mapping is named as mappings are written.
    if first == "mapping" || first == "content" || operation.noun() == "import" {
        return true;
    }
    let bytes = sent.bytes();
    if operation.body.as_ref().is_some_and(|(kind, _)| kind.starts_with("multipart")) {
        return ["files", "as", "file", "order_id", "kind"].contains(&first.as_str());
    }
    let body = if bytes.is_empty() { serde_json::json!({}) } else { serde_json::from_slice(&bytes).unwrap_or(Value::Null) };
    // A body nested too deeply for this reader cannot be looked into.
    if body.is_null() || body.pointer(pointer).is_some() {
        return true;
    }
    // What is not there is named whole: `/name/en` where there is no `name`.
    let mut parent = pointer;
    while let Some((above, _)) = parent.rsplit_once('/') {
        if let Some(found) = body.pointer(above) {
            // The reader of JSON takes a list for an object whose fields have no names, and names them.
            return found.is_object() || found.is_array();
        }
        parent = above;
    }
    false
}
