//! A private PostgreSQL for tests and development, in a temporary directory on a free loopback port.
//!
//! `postgres.sh` keeps the server. It runs in a process group of its own, so Ctrl-C reaches only us, and ends the server when
//! our end of its pipe closes, which the operating system does for us however we end.

use crate::command::{Result, is_installed};
use crate::require::{self, Need, is_root};
use std::io::{BufRead, BufReader, IsTerminal};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running server; dropping it stops it and removes its files.
pub struct Cluster {
    keeper: Child,
    url: String,
}

impl Cluster {
    /// Makes and starts one. The port is chosen before the server takes it, so it is tried again when someone was faster.
    pub fn start() -> Result<Self> {
        require::ensure(&[Need::PostgreSql])?;
        let programs = programs().ok_or("PostgreSQL was not found")?;
        let mut tries = 3;
        loop {
            tries -= 1;
            match Self::start_once(&programs) {
                Err(_) if tries > 0 => {}
                done => return done,
            }
        }
    }

    fn start_once(programs: &Path) -> Result<Self> {
        let mut keeper = Command::new("sh")
            .args(["-c", include_str!("postgres.sh"), "postgres.sh"])
            .arg(programs)
            .arg(free_port()?.to_string())
            .args(other_user()?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .map_err(|error| format!("sh: {error}"))?;
        let mut url = String::new();
        if let Some(output) = keeper.stdout.take() {
            BufReader::new(output).read_line(&mut url).map_err(|error| error.to_string())?;
        }
        let cluster = Self { keeper, url: url.trim().to_owned() };
        if cluster.url.is_empty() { Err("PostgreSQL did not start; its log is above".to_owned()) } else { Ok(cluster) }
    }

    /// Where it listens, with user and password.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("PostgreSQL may still be running: {error}");
        }
    }
}

/// `cargo xtask pg`: keeps a server until Enter or Ctrl-C.
pub fn hold() -> Result {
    let cluster = Cluster::start()?;
    println!("SHUNDAN_TEST_POSTGRES={}", cluster.url());
    println!("Enter or Ctrl-C stops it and removes its data.");
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    if !matches!(read, Ok(1..)) && !std::io::stdin().is_terminal() {
        // Started without a terminal there is no Enter to wait for, only a signal.
        loop {
            std::thread::park();
        }
    }
    Ok(())
}

/// The directory of the newest installed server programs.
pub fn programs() -> Option<PathBuf> {
    let mut places: Vec<PathBuf> = ["/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt"]
        .iter()
        .filter_map(|place| std::fs::read_dir(place).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path().join("bin")))
        .collect();
    places.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let complete = |place: &PathBuf| ["initdb", "pg_ctl", "postgres"].iter().all(|name| place.join(name).is_file());
    places.into_iter().filter(complete).max_by_key(|place| version(place))
}

/// Major version, 0 if it does not say.
fn version(place: &Path) -> u32 {
    let answer = Command::new(place.join("postgres")).arg("--version").output();
    let text = answer.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let number = text.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()));
    number.and_then(|number| number.split(['.', 'd', 'b', 'r']).next()?.parse().ok()).unwrap_or(0)
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

/// The words that run a program as somebody else, since PostgreSQL refuses to run as root; none when we are not root.
fn other_user() -> Result<Vec<String>> {
    if !is_root() {
        return Ok(Vec::new());
    }
    let users = std::fs::read_to_string("/etc/passwd").map_err(|error| format!("/etc/passwd: {error}"))?;
    let user = pick_user(&users).ok_or("PostgreSQL refuses to run as root, and there is no user postgres or nobody")?;
    let words: &[&str] = if is_installed("setpriv") {
        &["setpriv", "--reuid", &user.id, "--regid", &user.group, "--clear-groups", "--"]
    } else if is_installed("runuser") {
        &["runuser", "-u", &user.name, "--"]
    } else {
        return Err("PostgreSQL refuses to run as root: install util-linux (setpriv) or run this as another user".to_owned());
    };
    Ok(words.iter().map(|word| (*word).to_owned()).collect())
}

#[derive(Debug, PartialEq, Eq)]
struct User {
    name: String,
    id: String,
    group: String,
}

fn pick_user(passwd: &str) -> Option<User> {
    ["postgres", "nobody"].iter().find_map(|wanted| {
        let line = passwd.lines().find(|line| line.split(':').next() == Some(wanted))?;
        let mut fields = line.split(':').skip(2).map(str::to_owned);
        Some(User { name: (*wanted).to_owned(), id: fields.next()?, group: fields.next()? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_postgres_goes_before_nobody() {
        let nobody = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533::/nonexistent:/bin/false\n";
        let found = pick_user(nobody).unwrap();
        assert_eq!((found.name.as_str(), found.id.as_str(), found.group.as_str()), ("nobody", "65534", "65533"));
        let both = format!("{nobody}postgres:x:101:104::/var/lib/postgresql:/bin/bash\n");
        assert_eq!(pick_user(&both).unwrap().id, "101");
        assert_eq!(pick_user("root:x:0:0"), None);
    }

    #[test]
    fn a_server_listens_while_it_is_held_and_leaves_nothing_behind() {
        if programs().is_none() {
            return;
        }
        let cluster = Cluster::start().unwrap();
        let address = cluster.url().rsplit('@').next().unwrap().split('/').next().unwrap().to_owned();
        std::net::TcpStream::connect(&address).unwrap();
        drop(cluster);
        std::net::TcpStream::connect(&address).unwrap_err();
    }
}
