//! What the machine must have, and how it gets it.

use crate::command::{Result, is_installed, program, run};
use crate::postgres;
use std::path::Path;
use std::process::Stdio;

/// Something that must be installed beside the Rust tool chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// `npm`, and a `node` of at least [`NODE`].
    Node,
    /// The server programs of PostgreSQL; no running service.
    PostgreSql,
    /// A Chromium for the browser tests.
    Chromium,
    /// A font with Chinese characters, without which screenshots show boxes.
    ChineseFont,
}

/// The oldest major version of Node.js that builds the UI.
pub const NODE: u32 = 20;

/// The names under which a Chromium may be installed.
const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Installs what is missing where that is possible.
///
/// # Errors
/// Names the packages where this is not Debian or not root.
pub fn ensure(needs: &[Need]) -> Result {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    if is_root() && is_installed("apt-get") {
        install(&missing)?;
        let still = self::missing(&missing);
        return if still.is_empty() { Ok(()) } else { Err(advice(&still)) };
    }
    Err(advice(&missing))
}

/// The name of the installed Chromium.
pub fn chromium() -> Option<String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut candidates = CHROMIUM.iter().flat_map(|name| std::env::split_paths(&path).map(move |at| at.join(name)));
    match std::env::var("CHROMIUM") {
        Ok(chosen) if Path::new(&chosen).is_file() => Some(chosen),
        _ => candidates.find(|file| file.is_file()).map(|file| file.to_string_lossy().into_owned()),
    }
}

/// Whether this process may install packages and must not run PostgreSQL itself.
pub fn is_root() -> bool {
    let answer = program("id").arg("-u").stderr(Stdio::null()).output();
    answer.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn missing(needs: &[Need]) -> Vec<Need> {
    needs.iter().copied().filter(|need| !is_met(*need)).collect()
}

fn is_met(need: Need) -> bool {
    match need {
        Need::Node => is_installed("npm") && node_major().is_some_and(|major| major >= NODE),
        Need::PostgreSql => postgres::programs().is_some(),
        Need::Chromium => chromium().is_some(),
        Need::ChineseFont => has_chinese_font(),
    }
}

fn node_major() -> Option<u32> {
    let output = program("node").arg("--version").output().ok()?;
    major(&String::from_utf8_lossy(&output.stdout))
}

fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

fn has_chinese_font() -> bool {
    match program("fc-list").arg(":lang=zh-cn").output() {
        Ok(output) => !output.stdout.trim_ascii().is_empty(),
        Err(_) => cfg!(target_os = "macos"),
    }
}

fn packages(need: Need) -> &'static [&'static str] {
    match need {
        Need::Node => &["nodejs", "npm"],
        Need::PostgreSql => &["postgresql"],
        Need::Chromium => &["chromium"],
        Need::ChineseFont => &["fontconfig", "fonts-noto-cjk"],
    }
}

fn advice(missing: &[Need]) -> String {
    let packages: Vec<&str> = missing.iter().flat_map(|need| packages(*need)).copied().collect();
    let mut text = format!("missing on this machine: {missing:?}\n  Debian, Ubuntu: sudo apt-get install -y ");
    text.push_str(&packages.join(" "));
    if missing.contains(&Need::Node) {
        text.push_str(&format!("\n  Node.js must be version {NODE} or newer: https://nodejs.org/en/download"));
    }
    text
}

fn install(missing: &[Need]) -> Result {
    let names: Vec<&str> = missing.iter().flat_map(|need| packages(*need)).copied().collect();
    println!("installing {}", names.join(", "));
    apt(&["update", "-qq"])?;
    let quiet = if missing.contains(&Need::PostgreSql) { Some(NoCluster::begin()?) } else { None };
    let done = apt(&[&["install", "-y", "-qq", "--no-install-recommends"], &names[..]].concat());
    drop(quiet);
    done
}

fn apt(words: &[&str]) -> Result {
    run(program("apt-get").args(words).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()))
}

/// While it lives, installing PostgreSQL makes no cluster and starts no service; nobody asked for one.
struct NoCluster {
    before: String,
}

impl NoCluster {
    const FILE: &str = "/etc/postgresql-common/createcluster.conf";

    fn begin() -> Result<Self> {
        apt(&["install", "-y", "-qq", "--no-install-recommends", "postgresql-common"])?;
        let before = std::fs::read_to_string(Self::FILE).map_err(|error| format!("{}: {error}", Self::FILE))?;
        let during = format!("{before}\ncreate_main_cluster = false\n");
        std::fs::write(Self::FILE, during).map_err(|error| format!("{}: {error}", Self::FILE))?;
        Ok(Self { before })
    }
}

impl Drop for NoCluster {
    fn drop(&mut self) {
        if let Err(error) = std::fs::write(Self::FILE, &self.before) {
            eprintln!("{} could not be put back: {error}", Self::FILE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_is_one_line_to_copy() {
        let text = advice(&[Need::PostgreSql, Need::Chromium]);
        assert!(text.contains("sudo apt-get install -y postgresql chromium"), "{text}");
        assert!(!text.contains("Node.js must"), "{text}");
        assert!(advice(&[Need::Node]).contains("version 20 or newer"));
    }

    #[test]
    fn versions_are_read_as_node_prints_them() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major(""), None);
    }
}
