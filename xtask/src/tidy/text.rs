//! Words that have no place in a committed file: reminders, and traces of the machine it was written on.

use super::{File, Finding};
use crate::command::root;
use std::path::Path;

/// Put together from halves, so that this file does not find itself.
const REMINDERS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("todo", "!(")];

const HOSTS: [&str; 6] = [
    concat!("registry.", "npmjs.org"),
    concat!("registry.", "yarnpkg.com"),
    concat!("registry.", "npmmirror.com"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("pypi.", "org"),
];

/// Directories that only exist on somebody's machine.
pub struct Places(Vec<String>);

impl Places {
    /// The usual ones, this checkout, what lies beside it, and the home directory.
    pub fn of_this_machine() -> Self {
        let root = root();
        let mut places: Vec<String> = [concat!("/ro", "ot/"), concat!("/tm", "p/"), concat!("/home", "/runner")].map(str::to_owned).into();
        places.extend(std::env::var("HOME").ok().filter(|home| home.len() > 1).map(|home| format!("{home}/")));
        if let Some(entries) = root.parent().filter(|parent| *parent != Path::new("/")).and_then(|at| at.read_dir().ok()) {
            places.extend(entries.flatten().map(|entry| entry.path().to_string_lossy().into_owned()));
        }
        Self(places)
    }
}

/// Finds such words.
pub fn check(file: &File, places: &Places) -> Vec<Finding> {
    if file.path == "Cargo.lock" || file.ends(&["package-lock.json"]) {
        return Vec::new();
    }
    let reason = |line: &str| {
        if let Some(word) = REMINDERS.iter().find(|word| holds_word(line, word)) {
            return Some(format!("`{word}`: do it, or open an issue"));
        }
        if let Some(host) = HOSTS.iter().find(|host| line.contains(*host)) {
            return Some(format!("`{host}`: where packages come from is the machine's business"));
        }
        let place = places.0.iter().find(|place| holds_path(line, place))?;
        Some(format!("`{place}` is a path of one machine"))
    };
    let lines = file.text.lines().enumerate();
    lines.filter_map(|(index, line)| Some(Finding::new(file, index + 1, reason(line)?))).collect()
}

/// Whether `word` stands in `line` without a letter or digit before or after it.
fn holds_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let inner = |near: Option<char>| near.is_some_and(|near| near.is_ascii_alphanumeric() || near == '_');
        let after = line[at + word.len()..].chars().next();
        !inner(line[..at].chars().next_back()) && (word.ends_with('(') || !inner(after))
    })
}

/// Whether the absolute path `place` begins in `line`, rather than being the end of a longer one.
fn holds_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let longer = |near: char| near.is_alphanumeric() || "._-~$})*".contains(near);
        let ends = place.ends_with('/') || !line[at + place.len()..].starts_with(|near: char| near.is_alphanumeric());
        ends && !line[..at].ends_with(longer)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        let places = Places(vec!["/srv/code/shundan".to_owned(), "/home/li/".to_owned()]);
        check(&file("README.md", text), &places).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn reminders_are_found_as_whole_words() {
        let word = REMINDERS[0];
        assert_eq!(lines(&format!("// {word}: later\n{word}S\nMY{word}\n({word})\n")), [1, 4]);
        assert_eq!(lines(&format!("{})", REMINDERS[2])), [1]);
    }

    #[test]
    fn machine_paths_are_found_where_they_begin() {
        assert_eq!(lines("see /srv/code/shundan/docs\nsee a/srv/code/shundan\n/srv/code/shundans\n\"/home/li/x\"\n"), [1, 4]);
    }

    #[test]
    fn package_hosts_are_found_outside_lock_files() {
        let text = format!("https://{}/x", HOSTS[0]);
        assert_eq!(lines(&text), [1]);
        assert!(check(&file("ui/package-lock.json", &text), &Places(Vec::new())).is_empty());
    }
}
