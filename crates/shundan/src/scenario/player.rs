//! Who plays: everybody's session, the names that are known, and the clock.

use std::collections::BTreeMap;

use domain::{Instant, Language};
use serde_json::Value;

use super::expect::Difference;
use super::file::{ADMIN, Scenario};
use super::fill::{self, Known};
use super::person::{Answer, Person, Request, ask_with_token};
use super::step::{Ask, By, Part};
use super::world::{PASSWORD, World};
use crate::trouble::Trouble;

/// Plays one scenario on its world.
pub struct Player<'a> {
    /// Where.
    pub world: &'a World,
    /// What.
    pub scenario: &'a Scenario,
    /// Names saved so far.
    pub known: Known,
    /// The clock.
    pub now: Instant,
    people: BTreeMap<String, Person>,
}

/// What came of the tries of a step.
#[derive(Debug, Default)]
pub struct Tried {
    /// What was asked, for the reader.
    pub request: String,
    /// The status of the first answer.
    pub status: u16,
    /// What differs, with the line in the file.
    pub differences: Vec<(usize, Difference)>,
}

/// A name that no step before has saved, as it should have.
#[derive(Debug)]
pub enum Stop {
    /// The name.
    Unknown(String),
    /// The machine does not let it be played.
    Trouble(Trouble),
}

impl From<String> for Stop {
    fn from(name: String) -> Self {
        Stop::Unknown(name)
    }
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Stop::Trouble(trouble)
    }
}

/// How many answers that differ are told of a step that is repeated.
const TOLD: usize = 3;

impl<'a> Player<'a> {
    /// Before the first step.
    pub fn new(world: &'a World, scenario: &'a Scenario) -> Self {
        Player { world, scenario, known: Known::new(), now: scenario.start, people: BTreeMap::new() }
    }

    /// Moves the clock.
    pub async fn go_to(&mut self, instant: Instant) {
        if instant != self.now {
            self.now = instant;
            self.world.go_to(instant).await;
        }
    }

    /// Asks as a user, who signs in where that is needed.
    pub async fn ask(&mut self, username: &str, request: &Request) -> Result<Answer, Trouble> {
        let person = self.person(username).await?;
        person.ask(&self.world.address, request, self.scenario.language).await
    }

    /// Asks as the administrator.
    pub async fn ask_admin(&mut self, request: &Request) -> Result<Answer, Trouble> {
        self.ask(ADMIN, request).await
    }

    async fn person(&mut self, username: &str) -> Result<Person, Trouble> {
        let stale = self.people.get(username).is_none_or(|person| person.is_stale(self.now));
        if stale {
            let code = &self.scenario.company.code;
            let person = Person::sign_in(&self.world.address, code, username, PASSWORD, self.now).await?;
            self.people.insert(username.to_owned(), person);
        }
        let person = self.people.get_mut(username).expect("it was put there");
        person.seen(self.now);
        Ok(person.clone())
    }

    /// Does what a step asks for, as often as it says.
    ///
    /// # Errors
    /// A name is not known, or the machine fails.
    pub async fn act(&mut self, ask: &Ask) -> Result<Tried, Stop> {
        self.known.insert("now".to_owned(), self.now.to_string().into());
        let today = self.now.date_in(&self.scenario.company.time_zone).map(|date| date.to_string());
        self.known.insert("today".to_owned(), today.into());
        let mut requests = Vec::new();
        for number in 1..=ask.times {
            self.known.insert("n".to_owned(), number.into());
            requests.push(filled(ask, &self.known)?);
        }
        let first = requests[0].clone();
        let answers = self.answers(ask, requests).await?;
        let mut tried = self.judge(ask, &answers)?;
        tried.request = format!("{} /{}", first.method, first.path.join("/"));
        tried.status = answers[0].status;
        self.save(ask, &answers, &mut tried);
        self.world.settle().await;
        Ok(tried)
    }

    async fn answers(&mut self, ask: &Ask, requests: Vec<Request>) -> Result<Vec<Answer>, Stop> {
        let language = ask.language.unwrap_or(self.scenario.language);
        let caller = match &ask.by {
            By::User(username) => Caller::Person(self.person(username).await?),
            By::Bearer(secret) => Caller::Token(fill::text(secret, &self.known)?),
        };
        let address = self.world.address.clone();
        if ask.together {
            let start = |request| {
                let (caller, address) = (caller.clone(), address.clone());
                tokio::spawn(async move { caller.ask(&address, &request, language).await })
            };
            let running: Vec<_> = requests.into_iter().map(start).collect();
            let mut answers = Vec::new();
            for one in running {
                answers.push(one.await.map_err(|why| Trouble::with("trouble.system", [("why", &why)]))??);
            }
            return Ok(answers);
        }
        let mut answers = Vec::new();
        for request in requests {
            let request = looked(&caller, &address, request, language).await?;
            answers.push(caller.ask(&address, &request, language).await?);
        }
        Ok(answers)
    }

    fn judge(&self, ask: &Ask, answers: &[Answer]) -> Result<Tried, String> {
        let mut tried = Tried::default();
        let mut known = self.known.clone();
        let (mut accepted, mut first) = (0, Vec::new());
        for (number, answer) in (1..).zip(answers) {
            known.insert("n".to_owned(), number.into());
            let differences = match (&ask.accept, &ask.refuse) {
                (None, Some(refuse)) => refused(refuse, answer, &known)?,
                (None, None) => shown(ask, answer, &known)?,
                (Some(_), refuse) => {
                    let differences = shown(ask, answer, &known)?;
                    accepted += usize::from(differences.is_empty());
                    let refused = match refuse {
                        Some(refuse) if !differences.is_empty() => refused(refuse, answer, &known)?,
                        _ => Vec::new(),
                    };
                    if first.is_empty() {
                        first = differences;
                    }
                    refused
                }
            };
            if tried.differences.len() < TOLD {
                tried.differences.extend(differences);
            }
        }
        if let Some(wanted) = ask.accept.filter(|wanted| *wanted != accepted) {
            if accepted < wanted {
                tried.differences.splice(0..0, first);
            }
            tried.differences.insert(0, (0, Difference::new("accept", wanted.to_string(), accepted.to_string())));
        }
        Ok(tried)
    }

    /// Keeps what later steps need, of the first answer that was one of success.
    fn save(&mut self, ask: &Ask, answers: &[Answer], tried: &mut Tried) {
        let Some(answer) = answers.iter().find(|answer| answer.status < 400) else { return };
        for (name, pointer) in &ask.save {
            match super::pointer::find(&answer.body, pointer) {
                Some(value) => drop(self.known.insert(name.clone(), value)),
                None => tried.differences.push((0, Difference::new(&format!("save.{name}"), pointer, "∅"))),
            }
        }
    }
}

#[derive(Clone)]
enum Caller {
    Person(Person),
    Token(String),
}

impl Caller {
    async fn ask(&self, address: &str, request: &Request, language: Language) -> Result<Answer, Trouble> {
        match self {
            Caller::Person(person) => person.ask(address, request, language).await,
            Caller::Token(secret) => ask_with_token(address, secret, request, language).await,
        }
    }
}

/// The request with the version of what is there now, as a person looks before changing it; as it is where it names one.
async fn looked(caller: &Caller, address: &str, mut request: Request, language: Language) -> Result<Request, Trouble> {
    let changes = matches!(request.method.as_str(), "PUT" | "DELETE");
    if !changes || request.headers.iter().any(|(name, _)| *name == IF_MATCH) {
        return Ok(request);
    }
    let look = Request { method: "GET".to_owned(), path: request.path.clone(), ..Request::default() };
    let seen = caller.ask(address, &look, language).await?;
    request.headers.extend(seen.tag.map(|tag| (IF_MATCH, tag)));
    Ok(request)
}

const IF_MATCH: &str = "if-match";

/// The request of a step.
fn filled(ask: &Ask, known: &Known) -> Result<Request, String> {
    let (path, behind) = ask.path.split_once('?').unwrap_or((&ask.path, ""));
    let mut query = Vec::new();
    for pair in behind.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        query.push((name.to_owned(), fill::text(value, known)?));
    }
    for (name, value) in &ask.query {
        query.push((name.clone(), fill::plain(&fill::value(value, known)?)));
    }
    let mut headers = Vec::new();
    if let Some(version) = &ask.version {
        headers.push((IF_MATCH, format!("\"{}\"", fill::text(version, known)?)));
    }
    if let Some(key) = &ask.key {
        headers.push(("idempotency-key", fill::text(key, known)?));
    }
    let part = |(name, part): &(String, Part)| {
        let part = match part {
            Part::Text(text) => Part::Text(fill::text(text, known)?),
            file => file.clone(),
        };
        Ok::<_, String>((name.clone(), part))
    };
    Ok(Request {
        method: ask.method.clone(),
        path: path.split('/').filter(|part| !part.is_empty()).map(|part| fill::text(part, known)).collect::<Result<_, _>>()?,
        query,
        body: ask.with.as_ref().map(|body| fill::value(body, known)).transpose()?,
        form: ask.upload.as_ref().map(|parts| parts.iter().map(part).collect::<Result<_, _>>()).transpose()?,
        headers,
    })
}

type Differences = Vec<(usize, Difference)>;

fn refused(refuse: &super::refuse::Refuse, answer: &Answer, known: &Known) -> Result<Differences, String> {
    let differences = refuse.differences(answer.status, &answer.body, known)?;
    Ok(differences.into_iter().map(|difference| (refuse.line, difference)).collect())
}

/// What differs from success with everything that is expected.
fn shown(ask: &Ask, answer: &Answer, known: &Known) -> Result<Differences, String> {
    let right = ask.status.map_or((200..300).contains(&answer.status), |status| status == answer.status);
    if !right {
        let wanted = ask.status.map_or_else(|| "2xx".to_owned(), |status| status.to_string());
        let said = if answer.status >= 400 { super::refuse::problem(&answer.body) } else { String::new() };
        return Ok(vec![(0, Difference::new("status", wanted, format!("{} {said}", answer.status).trim().to_owned()))]);
    }
    let mut all = Vec::new();
    for check in &ask.checks {
        all.extend(check.differences(&answer.body, known)?.into_iter().map(|difference| (check.line, difference)));
    }
    Ok(all)
}

/// A request of the set-up.
pub fn request(method: &str, path: &str, body: Value) -> Request {
    let path = path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    Request { method: method.to_owned(), path, body: Some(body), ..Request::default() }
}
