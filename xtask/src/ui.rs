//! The browser interface in `ui/`: its packages, its build, its checks.
//!
//! Packages and build are made again only when what they are made from has changed.

use crate::command::{Result, program, root, run};
use crate::require::{self, Need};
use serde_json::Value;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Directories in `ui/` that the build neither reads nor should notice.
const NOT_SOURCE: [&str; 6] = ["node_modules", "dist", "e2e", "test-results", "playwright-report", "coverage"];

/// `npm` in `ui/`.
pub fn npm(words: &[&str]) -> Command {
    in_ui("npm", words)
}

/// `npx` in `ui/`, only with what the lock file names.
pub fn npx(words: &[&str]) -> Command {
    in_ui("npx", &[&["--no-install"], words].concat())
}

/// `npm ci`, if what is installed is not what the lock file names.
pub fn install() -> Result {
    require::ensure(&[Need::Node])?;
    let lock = read(&folder().join("package-lock.json"))?;
    let installed = std::fs::read(folder().join("node_modules/.package-lock.json")).unwrap_or_default();
    if is_installed(&lock, &installed) {
        return Ok(());
    }
    println!("ui: installing packages");
    let mut command = npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    run(command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
}

/// `npm run build`, if a source is another one than last time.
pub fn build() -> Result {
    install()?;
    let sources = fingerprint(&folder())?;
    let marker = folder().join("node_modules/.shundan-build");
    let same = std::fs::read_to_string(&marker).is_ok_and(|before| before == sources);
    if same && is_built() {
        return Ok(());
    }
    println!("ui: building");
    run(&mut npm(&["run", "build"]))?;
    write(&marker, sources.as_bytes())
}

/// Checks that no page of the built UI takes more at its first load than it may.
pub fn size() -> Result {
    run(&mut in_ui("node", &["scripts/first-load.mjs"]))
}

/// Makes sure that there is a built UI, however old: what compiling the server needs.
pub fn build_once() -> Result {
    if is_built() { Ok(()) } else { build() }
}

/// Makes sure that there is a place for the built UI, empty if it must be: enough to compile a server that shows no pages.
pub fn make_room() -> Result {
    std::fs::create_dir_all(folder().join("dist")).map_err(|error| format!("ui/dist: {error}"))
}

/// Compares the lock file with the one npm leaves in `node_modules`; optional packages may be missing there, since
/// most of them are for other machines.
fn is_installed(lock: &[u8], installed: &[u8]) -> bool {
    let packages = |text: &[u8]| serde_json::from_slice::<Value>(text).ok()?["packages"].as_object().cloned();
    let (Some(wanted), Some(found)) = (packages(lock), packages(installed)) else { return false };
    let same = |one: &Value, other: &Value| one["version"] == other["version"] && one["integrity"] == other["integrity"];
    let all = wanted.iter().filter(|(path, _)| !path.is_empty()).all(|(path, package)| match found.get(path) {
        Some(other) => same(package, other),
        None => package["optional"] == true || package["devOptional"] == true,
    });
    all && found.keys().all(|path| wanted.contains_key(path))
}

fn is_built() -> bool {
    folder().join("dist/index.html").is_file()
}

fn folder() -> PathBuf {
    root().join("ui")
}

fn in_ui(name: &str, words: &[&str]) -> Command {
    let mut command = program(name);
    command.current_dir(folder()).args(words).env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    command
}

/// A text that changes when any source under `folder` is changed, added, moved or removed.
fn fingerprint(folder: &Path) -> Result<String> {
    let mut files = Vec::new();
    collect(folder, true, &mut files)?;
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        file.strip_prefix(folder).unwrap_or(file).hash(&mut hasher);
        read(file)?.hash(&mut hasher);
    }
    Ok(format!("{} files {:016x}", files.len(), hasher.finish()))
}

fn collect(folder: &Path, top: bool, files: &mut Vec<PathBuf>) -> Result {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if top && NOT_SOURCE.iter().any(|not| name == *not) {
            continue;
        }
        if path.is_dir() {
            collect(&path, false, files)?;
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn write(file: &Path, content: &[u8]) -> Result {
    std::fs::write(file, content).map_err(|error| format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_npm_installed_is_compared_with_the_lock_file() {
        let lock = |packages: &str| format!(r#"{{"packages":{{{packages}}}}}"#).into_bytes();
        let wanted = lock(r#""":{"name":"ui"},"a":{"version":"1"},"b":{"version":"1","optional":true}"#);
        assert!(is_installed(&wanted, &lock(r#""a":{"version":"1"}"#)));
        assert!(is_installed(&wanted, &lock(r#""a":{"version":"1"},"b":{"version":"1"}"#)));
        assert!(!is_installed(&wanted, &lock(r#""a":{"version":"2"}"#)));
        assert!(!is_installed(&wanted, &lock(r#""b":{"version":"1"}"#)));
        assert!(!is_installed(&wanted, &lock(r#""a":{"version":"1"},"c":{"version":"1"}"#)));
        assert!(!is_installed(&wanted, b""));
    }

    #[test]
    fn only_sources_change_the_fingerprint() {
        let folder = std::env::temp_dir().join(format!("shundan-xtask-{}", std::process::id()));
        for part in ["src/lib", "dist"] {
            std::fs::create_dir_all(folder.join(part)).unwrap();
        }
        let put = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        put("src/lib/a.ts", "1");
        let first = fingerprint(&folder).unwrap();
        put("dist/index.html", "built");
        assert_eq!(fingerprint(&folder).unwrap(), first);
        put("src/lib/a.ts", "2");
        let second = fingerprint(&folder).unwrap();
        assert_ne!(second, first);
        std::fs::rename(folder.join("src/lib/a.ts"), folder.join("src/lib/b.ts")).unwrap();
        assert_ne!(fingerprint(&folder).unwrap(), second);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
