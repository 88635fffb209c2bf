//! What comes with the product, written out as a company would write it: to be changed then.

use std::fmt::Display;

use crate::clock::{ClockRule, ClockSubject, standard_clocks};
use crate::codes::Code;
use crate::names::Names;
use crate::notify::{self, NotifyRule};

/// The tables of a part that the product brings and a file may leave out, `clock` or `notify`; nothing for any other.
pub fn written_out(part: &str) -> Option<String> {
    match part {
        "clock" => Some(standard_clocks().iter().map(clock).collect()),
        "notify" => Some(notify::standard().iter().map(notification).collect()),
        _ => None,
    }
}

/// A table in the making; what says nothing is left out.
struct Lines(String);

impl Lines {
    fn of(part: &str) -> Self {
        Self(format!("\n[[{part}]]\n"))
    }

    fn put(&mut self, key: &str, value: impl Display) {
        // Writing to a text cannot fail.
        let _ = std::fmt::Write::write_fmt(&mut self.0, format_args!("{key} = {value}\n"));
    }

    fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.put(key, quoted(text));
        }
    }

    fn truth(&mut self, key: &str, truth: bool) {
        if truth {
            self.put(key, true);
        }
    }

    fn list<'a>(&mut self, key: &str, items: impl IntoIterator<Item = &'a str>) {
        let items: Vec<String> = items.into_iter().map(quoted).collect();
        if !items.is_empty() {
            self.put(key, format_args!("[{}]", items.join(", ")));
        }
    }

    fn codes<C: Code>(&mut self, key: &str, codes: &[C]) {
        self.list(key, codes.iter().map(|code| code.as_str()));
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn names(names: &Names) -> String {
    format!("{{ zh-CN = {}, zh-TW = {}, en = {} }}", quoted(&names.zh_cn), quoted(&names.zh_tw), quoted(&names.en))
}

fn clock(rule: &ClockRule) -> String {
    let mut lines = Lines::of("clock");
    lines.text("code", &rule.code);
    lines.put("name", names(&rule.name));
    lines.text("subject", if rule.subject == ClockSubject::Order { "" } else { rule.subject.as_str() });
    lines.codes("starts", &rule.starts);
    lines.codes("stops", &rule.stops);
    lines.codes("pauses", &rule.pauses);
    lines.codes("resumes", &rule.resumes);
    lines.truth("stops_by_hand", rule.stops_by_hand);
    lines.codes("categories", &rule.categories);
    lines.codes("except_categories", &rule.except_categories);
    lines.text("when", rule.when.as_ref().map_or("", |when| &when.text));
    lines.text("calendar", &rule.calendar);
    lines.text("limit", &rule.limit.map(|limit| limit.to_string()).unwrap_or_default());
    lines.text("anchor", rule.anchor.map_or("", |anchor| anchor.as_str()));
    for (key, span) in [("before", rule.before), ("warn_before", rule.warn_before)] {
        if !span.is_zero() {
            lines.put(key, quoted(&span.to_string()));
        }
    }
    lines.text("role", &rule.role);
    lines.text("task", &rule.task);
    let levels: Vec<String> =
        rule.escalation.iter().map(|level| format!("{{ after = \"{}\", role = {} }}", level.after, quoted(&level.role))).collect();
    if !levels.is_empty() {
        lines.put("escalation", format_args!("[{}]", levels.join(", ")));
    }
    lines.0
}

fn notification(rule: &NotifyRule) -> String {
    let mut lines = Lines::of("notify");
    lines.list("events", rule.events.iter().map(String::as_str));
    lines.list("roles", rule.roles.iter().map(String::as_str));
    lines.codes("to", &rule.to);
    if rule.channels != notify::NotifyChannel::ALL {
        lines.codes("channels", &rule.channels);
    }
    lines.text("template", &rule.template);
    lines.truth("urgent", rule.urgent);
    lines.0
}
