//! The tables of clocks, notifications and roles: read leniently, so that what is wrong is told at its field and the rest is looked at still.

use serde::Deserialize;
use toml::Spanned;

use crate::clock::{ClockRule, ClockSubject, Escalation};
use crate::codes::{Code, Codes};
use crate::event::EventKind;
use crate::names::Names;
use crate::notify::{self, NotifyChannel, NotifyRule};
use crate::permission::Act;
use crate::refusal::{Detail, FieldError};
use crate::rules::blueprint::LocalText;
use crate::rules::check::Known;
use crate::rules::mistake::BlueprintRule;
use crate::rules::read::{MOST, Reader, unknown};
use crate::rules::role::RoleRule;
use crate::time_span::TimeSpan;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawClock {
    code: String,
    name: LocalText,
    subject: Option<String>,
    starts: Vec<String>,
    stops: Vec<String>,
    pauses: Vec<String>,
    resumes: Vec<String>,
    stops_by_hand: bool,
    categories: Vec<String>,
    except_categories: Vec<String>,
    when: Option<Spanned<String>>,
    calendar: String,
    limit: Option<String>,
    anchor: Option<String>,
    before: Option<String>,
    warn_before: Option<String>,
    role: String,
    escalation: Vec<RawLevel>,
    task: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLevel {
    after: String,
    role: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawNotify {
    events: Vec<String>,
    roles: Vec<String>,
    to: Vec<String>,
    channels: Option<Vec<String>>,
    template: String,
    urgent: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawRole {
    pub(super) code: String,
    name: LocalText,
    permissions: Vec<String>,
}

fn names(text: &LocalText) -> Names {
    let of = |language| text.of(language).to_owned();
    use crate::language::Language::{En, ZhCn, ZhTw};
    Names { zh_cn: of(ZhCn), zh_tw: of(ZhTw), en: of(En) }
}

impl Reader<'_> {
    pub(super) fn clocks(&mut self, raw: &[RawClock], known: &Known<'_>) -> Vec<ClockRule> {
        self.each_once("clock", raw.iter().map(|clock| clock.code.as_str()));
        raw.iter().enumerate().map(|(place, clock)| self.clock(&format!("/clock/{place}"), clock, known)).collect()
    }

    fn clock(&mut self, at: &str, raw: &RawClock, known: &Known<'_>) -> ClockRule {
        let when = raw.when.as_ref().and_then(|text| self.condition(&super::mistake::path_of(&format!("{at}/when")), text, known));
        let mut level = |(place, level): (usize, &RawLevel)| Escalation {
            after: self.span(&format!("{at}/escalation/{place}/after"), Some(&level.after)).unwrap_or_default(),
            role: level.role.clone(),
        };
        let escalation = raw.escalation.iter().enumerate().map(&mut level).collect();
        let rule = ClockRule {
            code: raw.code.clone(),
            name: names(&raw.name),
            subject: self.choice(&format!("{at}/subject"), raw.subject.as_deref()).unwrap_or(ClockSubject::Order),
            starts: self.choices(&format!("{at}/starts"), &raw.starts),
            stops: self.choices(&format!("{at}/stops"), &raw.stops),
            pauses: self.choices(&format!("{at}/pauses"), &raw.pauses),
            resumes: self.choices(&format!("{at}/resumes"), &raw.resumes),
            stops_by_hand: raw.stops_by_hand,
            categories: self.choices(&format!("{at}/categories"), &raw.categories),
            except_categories: self.choices(&format!("{at}/except_categories"), &raw.except_categories),
            when,
            calendar: raw.calendar.clone(),
            limit: self.span(&format!("{at}/limit"), raw.limit.as_deref()),
            anchor: self.choice(&format!("{at}/anchor"), raw.anchor.as_deref()),
            before: self.span(&format!("{at}/before"), raw.before.as_deref()).unwrap_or_default(),
            warn_before: self.span(&format!("{at}/warn_before"), raw.warn_before.as_deref()).unwrap_or_default(),
            role: raw.role.clone(),
            escalation,
            task: raw.task.clone(),
        };
        if let Some(company) = self.known {
            let errors = rule.check(&self.roles, &company.calendars);
            self.told(at, errors);
            if !rule.task.is_empty() && !company.task_kinds.contains(&rule.task) {
                self.wrong_at(&format!("{at}/task"), unknown(&rule.task, company.task_kinds.iter()));
            }
        }
        rule
    }

    pub(super) fn notify(&mut self, raw: Vec<RawNotify>) -> Vec<NotifyRule> {
        self.at_most("notify", raw.len());
        let mut rules = Vec::with_capacity(raw.len());
        for (place, raw) in raw.into_iter().enumerate() {
            let at = format!("/notify/{place}");
            if self.known.is_some() {
                // Of those kept before this was looked at, unknown ones never happen.
                self.choices::<EventKind>(&format!("{at}/events"), &raw.events);
            }
            let channels = raw.channels.as_ref();
            let rule = NotifyRule {
                to: self.choices(&format!("{at}/to"), &raw.to),
                channels: channels.map_or(NotifyChannel::ALL.to_vec(), |names| self.choices(&format!("{at}/channels"), names)),
                events: raw.events,
                roles: raw.roles,
                template: raw.template,
                urgent: raw.urgent,
            };
            if self.known.is_some() {
                let errors = rule.check(&self.roles);
                self.told(&at, errors);
            }
            rules.push(rule);
        }
        rules
    }

    pub(super) fn role_rules(&mut self, raw: &[RawRole]) -> Vec<RoleRule> {
        self.each_once("role", raw.iter().map(|role| role.code.as_str()));
        let mut rules = Vec::with_capacity(raw.len());
        for (place, raw) in raw.iter().enumerate() {
            let at = format!("/role/{place}");
            self.choices::<Act>(&format!("{at}/permissions"), &raw.permissions);
            let permissions: Codes = raw.permissions.iter().map(String::as_str).collect();
            let rule = RoleRule { code: raw.code.clone(), name: names(&raw.name), permissions };
            if let Some(company) = self.known {
                let mut errors = rule.role().check();
                errors.retain(|error| !error.pointer.starts_with("/permissions"));
                self.told(&at, errors);
                let lost = company.admin.iter().find(|code| rule.code == "admin" && !rule.permissions.contains(code));
                if let Some(act) = lost.and_then(Act::parse) {
                    let permission = Detail::Code(Act::GROUP, act.as_str());
                    self.wrong_at(&format!("{at}/permissions"), BlueprintRule::AdminLoses { permission });
                }
            }
            rules.push(rule);
        }
        rules
    }

    /// Tells what is wrong with the fields of a table.
    fn told(&mut self, at: &str, errors: Vec<FieldError>) {
        let calendars = self.known.map(|company| company.calendars.clone()).unwrap_or_default();
        for error in errors {
            let pointer = format!("{at}{}", error.pointer);
            match error.details.iter().find(|_| error.code == "value.unknown") {
                Some((_, Detail::Text(name))) => {
                    let rule = match error.pointer.as_str() {
                        "/calendar" => unknown(name, calendars.iter()),
                        "/template" => unknown(name, notify::CODES.iter().copied()),
                        _ => unknown(name, self.roles.iter()),
                    };
                    self.wrong_at(&pointer, rule);
                }
                _ => self.wrong_at(&pointer, crate::refusal::Reason { code: error.code, details: error.details }),
            }
        }
    }

    fn span(&mut self, pointer: &str, text: Option<&str>) -> Option<TimeSpan> {
        let read = TimeSpan::parse(text?);
        read.map_err(|error| self.wrong_at(pointer, error)).ok()
    }

    fn choice<C: Code>(&mut self, pointer: &str, name: Option<&str>) -> Option<C> {
        let name = name?;
        let found = C::parse(name);
        if found.is_none() {
            self.wrong_at(pointer, unknown(name, C::ALL.iter().map(|code| code.as_str())));
        }
        found
    }

    fn choices<C: Code>(&mut self, pointer: &str, names: &[String]) -> Vec<C> {
        names.iter().enumerate().filter_map(|(place, name)| self.choice(&format!("{pointer}/{place}"), Some(name))).collect()
    }

    /// Codes of clocks and roles, each once and not too many. Of kept rules they are taken as they are.
    fn each_once<'a>(&mut self, part: &str, codes: impl Iterator<Item = &'a str>) {
        let codes: Vec<&str> = codes.collect();
        self.at_most(part, codes.len());
        for (place, code) in codes.iter().enumerate() {
            if self.known.is_some() && codes[..place].contains(code) {
                self.wrong_at(&format!("/{part}/{place}/code"), BlueprintRule::Repeated { name: (*code).to_owned() });
            }
        }
    }

    fn at_most(&mut self, part: &str, count: usize) {
        if self.known.is_some() && count > MOST {
            self.wrong_at(&format!("/{part}/{MOST}"), BlueprintRule::TooMany { max: 200 });
        }
    }
}
